//! What has changed from one issue to the next, for the public and on the whole, and the reports of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::changes::{self, Changes};
use super::changes::{ReportFacts, report};
use super::document;
use super::last::Last;
use super::manifest::Kind;
use super::numbering;
use super::sheets::pdf::{Belonging, Facts as SheetFacts, Issue, SheetsFailure, make};
use super::sheets::{self, Side};
use crate::finding::{Finding, Place};
use crate::packs::NOT_ASSEMBLED;
use crate::packs::{Output, Project};
use crate::record::{Document, Record};

/// What has changed from one issue to the next.
#[derive(Debug)]
pub struct Difference {
    /// For the public: nothing of what is withheld.
    pub public: Changes,
    /// On the whole.
    pub whole: Changes,
}

/// What the reports of changes say besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    /// When the meeting is, as printed.
    pub(crate) when: &'a str,
    /// Why there is a new issue.
    pub(crate) reason: Option<&'a str>,
    /// Day of the new issue.
    pub(crate) date: NaiveDate,
    /// What the front sheet says of the new issue.
    pub(crate) lines: &'a [String],
    /// Whether replacement sheets have the pages too that only look otherwise.
    pub(crate) look_too: bool,
}

impl Difference {
    /// Compares an issue with the one before it.
    pub(super) fn between(last: &Last, output: &Output) -> Self {
        let whole = output.private.as_ref().unwrap_or(&output.public);
        let compared = |old: &Record, new: &Record| changes::between(old, &numbering::with_known_keys(old, new));
        Self { public: compared(&last.public, &output.public), whole: compared(&last.whole, whole) }
    }

    /// Tells whether nothing has changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.public.is_empty() && self.whole.is_empty()
    }

    /// Makes the typeset reports of the changes, by path beside the packs.
    pub(super) fn reports(
        &self,
        project: &Project,
        last: &Last,
        output: &Output,
        facts: Facts,
    ) -> Result<BTreeMap<String, Vec<u8>>, Vec<Finding>> {
        let (old, new) = (last.manifest.issue.to_string(), (last.manifest.issue + 1).to_string());
        let about =
            ReportFacts { old_issue: &old, new_issue: &new, when: facts.when, reason: facts.reason, date: facts.date };
        let typeset = |changes: &Changes| report(changes, &about, &document::Workshop::of(project));
        let mut reports = BTreeMap::new();
        let whole = output.private.as_ref().map(|private| (&self.whole, &last.whole, private));
        for (changes, old, new) in [(&self.public, &last.public, &output.public)].into_iter().chain(whole) {
            let folder = &new.edition;
            reports.insert(format!("{folder}/changes.pdf"), typeset(changes)?);
            // Where nothing has changed only the front sheet's word of the issue is new: no leaf is worth replacing.
            if changes.is_empty() {
                continue;
            }
            if let Some(sheets) = sheets(project, last, (old, new), output, facts)? {
                reports.insert(format!("{folder}/replacement-sheets.pdf"), sheets);
            }
        }
        Ok(reports)
    }
}

/// Makes the leaves to print for those who hold the last issue on paper; nothing when no page has
/// changed, or when there is no pack.
fn sheets(
    project: &Project,
    last: &Last,
    (old, new): (&Record, &Record),
    output: &Output,
    facts: Facts,
) -> Result<Option<Vec<u8>>, Vec<Finding>> {
    let suffix = if new.edition == "public" { "agenda-pack.pdf" } else { "agenda-pack-private.pdf" };
    let prefix = format!("{}/", new.edition);
    let is_pack =
        |path: &str| path.strip_prefix(&prefix).is_some_and(|name| !name.contains('/')) && path.ends_with(suffix);
    let pack = output.files.iter().find(|(path, _)| is_pack(path)).map(|(_, bytes)| bytes);
    let Some(pack) = pack.filter(|_| last.manifest.kind != Kind::Notice) else { return Ok(None) };
    // Records of older programs do not know what a page says apart from how it looks.
    let knows = |record: &Record| record.pages().all(|page| !page.matter.is_empty());
    let by_look = facts.look_too || !knows(old) || !knows(new);
    let (old_sides, new_sides) = (sides(old, &last.manifest.kept.issue, by_look), sides(new, facts.lines, by_look));
    let plan = sheets::plan(&old_sides, &new_sides);
    if plan.steps.is_empty() {
        return Ok(None);
    }
    let (old_titles, new_titles) = (belongings(old), belongings(new));
    let number = last.manifest.issue;
    let about = SheetFacts {
        meeting: &new.meeting.id,
        body: &new.meeting.body,
        when: facts.when,
        issued: facts.date,
        reason: facts.reason,
        private: new.edition != "public",
    };
    let old = Issue { number, sides: &old_sides, belongings: &old_titles };
    let new = Issue { number: number + 1, sides: &new_sides, belongings: &new_titles };
    match make(pack, &plan, old, new, &about, &document::Workshop::of(project), project.receiver()) {
        Ok(pdf) => Ok(Some(pdf)),
        Err(SheetsFailure::Instructions(findings)) => Err(findings),
        Err(failure) => {
            let message = format!("the replacement sheets cannot be made: {failure}");
            let mut finding = Finding::new(&NOT_ASSEMBLED, Place::default(), message).help("report the fault");
            finding.labels.clear();
            Err(vec![finding])
        }
    }
}

/// Gives the printed sides of a pack, with all that each shows, or all that it says: its stamp too, and what the front
/// sheet says of the issue.
fn sides(record: &Record, lines: &[String], by_look: bool) -> Vec<Side> {
    let mut sides = Vec::new();
    for (index, document) in record.documents.iter().enumerate() {
        let item = document.item.as_deref().and_then(|key| record.item(key)).map_or("", |item| &item.number);
        for (page_index, page) in document.pages.iter().enumerate() {
            let stamp = if page_index == 0 { item } else { "" };
            let issue = if index == 0 { lines.join("\n") } else { String::new() };
            let shown = if by_look { &page.content } else { &page.matter };
            let content = format!("{shown} {stamp} {issue}");
            sides.push(Side { number: page.number.clone(), content, blank: page.blank });
        }
    }
    sides
}

fn belongings(record: &Record) -> Vec<Option<Belonging>> {
    let of = |document: &Document| {
        let item = document.item.as_deref().and_then(|key| record.item(key)).map(|item| item.number.clone());
        Some(Belonging { item, title: document.title.clone() })
    };
    record.documents.iter().flat_map(|document| document.pages.iter().map(|_| of(document))).collect()
}
