//! A meeting as members hold its agenda: as it was issued last, or as it stands in the sources.

use std::collections::{BTreeMap, BTreeSet};

use super::NewFailure;
use super::scalar::as_markdown;
use crate::appended::Receiver;
use crate::fs::{self, Scratch};
use crate::issue::IssueFailure;
use crate::issue::shelf::Shelf;
use crate::load::yaml::{self, Value};
use crate::load::{Context, markdown};
use crate::model::agenda::Agenda;
use crate::model::people::{PersonRef, Registry};
use crate::model::{Line, Workspace};
use crate::packs::{self, Project};
use crate::resolve::{self, Meeting, Values};

/// The workspace of an issue, as it was.
pub(crate) struct Issued {
    /// Number of the issue.
    pub(crate) number: u32,
    project: Project,
    numbers: BTreeMap<String, String>,
    released: BTreeSet<String>,
}

impl Issued {
    /// Gives the last issue of a meeting; nothing where there is none. Its sources are read by this receiver.
    pub(crate) fn last(shelf: &Shelf, meeting: &str, receiver: Receiver) -> Result<Option<Self>, NewFailure> {
        let Some(last) = shelf.last(meeting)? else { return Ok(None) };
        let number = last.manifest.issue;
        let inputs = shelf.inputs(meeting, number)?;
        let copy = Scratch::temporary(fs::ISSUE_COPY).map_err(|error| IssueFailure::copy(&error))?;
        fs::write_all(copy.path(), &inputs)?;
        // What was wrong then was told then.
        let project = packs::open(copy.path(), receiver, &crate::rules::log());
        let kept = last.manifest.kept;
        Ok(Some(Self { number, project, numbers: kept.items, released: kept.released }))
    }

    /// Gives the meeting.
    pub(crate) fn meeting(&self, id: &str) -> Option<(&Workspace, Meeting<'_>)> {
        let workspace = &self.project.workspace;
        let agenda = workspace.meetings.get(id)?;
        Some((workspace, resolve::meeting(workspace, agenda, &self.numbers, &self.released)))
    }
}

/// Gives a meeting as it stands in the sources.
pub(super) fn drafted<'a>(workspace: &'a Workspace, agenda: &'a Agenda) -> Meeting<'a> {
    resolve::meeting(workspace, agenda, &BTreeMap::new(), &BTreeSet::new())
}

/// Gives a line as its source has it, with what stands in braces filled in, for another source. A reference to a label
/// would lead nowhere there, and is left out.
pub(super) fn written(workspace: &Workspace, meeting: &Meeting, line: &Line) -> String {
    let filled = Values::of(workspace, meeting).fill_line(line);
    let plain = filled.plain();
    let own = (plain == line.plain()).then(|| as_in_source(workspace, line)).flatten();
    own.filter(|text| !text.contains("](#")).unwrap_or_else(|| as_markdown(&plain))
}

/// Gives a line as [`written`] does; nothing where words of it would be missing.
pub(super) fn whole(workspace: &Workspace, meeting: &Meeting, line: &Line) -> Option<String> {
    use crate::model::text::{Inline, Target, each_part};

    let mut refers = false;
    each_part(&line.content, &mut |part| {
        refers |= matches!(part, Inline::Link(link) if matches!(link.target, Target::Label(_)));
    });
    (!refers).then(|| written(workspace, meeting, line))
}

/// Gives a line as its source has it, where it stands there in one piece.
pub(super) fn as_in_source(workspace: &Workspace, line: &Line) -> Option<String> {
    let file = workspace.sources.get(line.place.source)?;
    let slice = file.text.get(line.place.start as usize..line.place.end as usize)?;
    let text = format!("line: {slice}");
    let (log, wanted) = (crate::rules::log(), std::cell::RefCell::default());
    let cx = Context { source: 0, path: &file.path, text: &text, log: &log, wanted: &wanted };
    let Value::Fields(fields) = yaml::parse(cx)?.value else { return None };
    match &fields.first()?.node.value {
        Value::Text(text) if markdown::line(text, line.place, cx).plain() == line.plain() => Some(text.clone()),
        _ => None,
    }
}

/// Gives somebody as another source can name them: by their id while they are declared, or else by their name.
pub(super) fn person(then: &Registry, now: &Registry, reference: &PersonRef) -> String {
    match reference {
        PersonRef::Named(id) if now.people.contains_key(&id.value) => id.value.clone(),
        _ => then.name_of(reference).to_owned(),
    }
}
