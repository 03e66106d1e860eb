//! One agenda or paper as it is read: its passages, with the meetings at which it is taken.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::passages::{self, Passage};
use crate::finding::{Place, Sources};
use crate::model::agenda::Agenda;
use crate::model::visit::{Visit, Visitor};
use crate::model::{Body, Paper, PaperKind, Workspace};
use crate::resolve::{Access, Meeting};

/// What is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    /// An agenda.
    Agenda(&'a Agenda),
    /// A paper.
    Paper(&'a Paper),
}

/// An agenda or paper with what is around it.
pub(super) struct Reading<'a> {
    /// Everything else.
    pub(super) workspace: &'a Workspace,
    /// What is read.
    pub(super) source: Source<'a>,
    /// Body of the first meeting, or the one in whose folder the paper lies.
    pub(super) body: Option<&'a Body>,
    /// Meetings at which it is taken, by day; of an agenda its own.
    pub(super) meetings: Vec<&'a Agenda>,
    /// Whether no public pack has it.
    pub(super) withheld: bool,
    /// Its texts.
    pub(super) passages: Vec<Passage>,
}

impl<'a> Reading<'a> {
    /// Gives the day as of which it speaks: of minutes that of their meeting, else that of the first meeting that
    /// takes it.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        match self.source {
            Source::Paper(Paper { kind: PaperKind::Minutes(minutes), .. }) => Some(minutes.when.date()),
            _ => self.meetings.first().map(|agenda| agenda.when.date()),
        }
    }

    /// Gives the place of a byte range of a passage's words.
    pub(super) fn place(&self, passage: &Passage, range: std::ops::Range<usize>) -> Place {
        passage.place(range, self.sources())
    }

    /// Gives the files.
    pub(super) fn sources(&self) -> &Sources {
        &self.workspace.sources
    }

    /// Shows every text and person of what is read to a visitor.
    pub(super) fn visit(&self, visitor: &mut dyn Visitor<'a>) {
        match self.source {
            Source::Agenda(agenda) => agenda.visit(visitor),
            Source::Paper(paper) => paper.visit(visitor),
        }
    }

    /// Gives the paper, unless an agenda is read.
    pub(super) fn paper(&self) -> Option<&'a Paper> {
        match self.source {
            Source::Paper(paper) => Some(paper),
            Source::Agenda(_) => None,
        }
    }
}

/// A paper's uses, by the paper's path: the agenda, and whether it is withheld there.
pub(super) type Uses<'a> = BTreeMap<&'a str, Vec<(&'a Agenda, bool)>>;

/// Gives where each paper is used, by day.
pub(super) fn uses<'a>(meetings: &[Meeting<'a>]) -> Uses<'a> {
    let mut uses: Uses = BTreeMap::new();
    for meeting in meetings {
        for used in meeting.papers().filter(|used| !used.named.path.is_empty()) {
            uses.entry(&used.named.path).or_default().push((meeting.agenda, !used.access.is_public()));
        }
    }
    for uses in uses.values_mut() {
        uses.sort_by_key(|(agenda, _)| agenda.when.at);
    }
    uses
}

/// Gives everything that can be read: agendas, and papers that an agenda names, or all of them.
pub(super) fn sources<'a>(workspace: &'a Workspace, only: Option<&'a Agenda>) -> Vec<Source<'a>> {
    let Some(agenda) = only else {
        let agendas = workspace.meetings.values().map(Source::Agenda);
        return agendas.chain(workspace.papers.values().map(Source::Paper)).collect();
    };
    let papers = agenda.papers().filter_map(|paper| workspace.papers.get(&paper.path)).map(Source::Paper);
    std::iter::once(Source::Agenda(agenda)).chain(papers).collect()
}

/// Reads one source.
pub(super) fn read<'a>(workspace: &'a Workspace, source: Source<'a>, uses: &Uses<'a>) -> Reading<'a> {
    let (passages, taken, folder, itself) = match source {
        Source::Agenda(agenda) => (passages::of_agenda(agenda), vec![(agenda, false)], Some(&agenda.body), false),
        Source::Paper(paper) => {
            let taken = uses.get(paper.path.as_str()).cloned().unwrap_or_default();
            (passages::of_paper(paper), taken, paper.body.as_ref(), !Access::of_paper(paper).is_public())
        }
    };
    let body = taken.first().map(|(agenda, _)| &agenda.body).or(folder).and_then(|id| workspace.bodies.get(id));
    let withheld = itself || (!taken.is_empty() && taken.iter().all(|(_, withheld)| *withheld));
    let meetings = taken.into_iter().map(|(agenda, _)| agenda).collect();
    Reading { workspace, source, body, meetings, withheld, passages }
}
