//! Lead lines that promise a paper of a kind that is not behind the item.

use crate::check::passages::of_parts;
use crate::finding::{Confidence, Finding, Log, rules};
use crate::model::agenda::{Agenda, Item};
use crate::model::{PaperKind, Workspace};

/// What lead lines begin with, and the kind of paper that they promise.
const PROMISES: [(&str, &str); 3] = [("briefing note", "briefing-note"), ("report", "report"), ("minutes", "minutes")];

/// Finds lead lines such as "Briefing note of the …" where papers are behind the item, but none of that kind.
pub(super) fn leads(workspace: &Workspace, log: &Log) {
    for item in workspace.meetings.values().flat_map(Agenda::items).map(|(item, _)| item) {
        let Some(lead) = &item.lead else { continue };
        let words = of_parts(&lead.content).words.to_lowercase();
        let Some((promise, kind)) = PROMISES.iter().find(|(promise, _)| begins(&words, promise)) else { continue };
        if item.all_papers().next().is_none() || has(workspace, item, kind) {
            continue;
        }
        let there = item.all_papers().find_map(|paper| workspace.papers.get(&paper.path)).map(|paper| &paper.kind);
        let Some(there) = there else { continue };
        let message = format!("the lead line promises a {promise}, but the item has {}", in_words(there));
        log.add(
            Finding::new(&rules::LEAD, lead.place, message)
                .confidence(Confidence::Likely)
                .help("say what the paper is, or add the one that is missing"),
        );
    }
}

fn begins(words: &str, promise: &str) -> bool {
    words.strip_prefix(promise).is_some_and(|rest| rest.starts_with(" of ") || rest.starts_with(" by "))
}

/// Tells whether the item has a paper of a kind; a file may be of any, and a plain paper as well.
fn has(workspace: &Workspace, item: &Item, kind: &str) -> bool {
    item.all_papers().any(|paper| match workspace.papers.get(&paper.path).map(|paper| &paper.kind) {
        None | Some(PaperKind::Appended(_) | PaperKind::Plain(_)) => true,
        // A report can be written as a note: "report" is the Act's word for both.
        Some(PaperKind::BriefingNote(_)) if kind == "report" => true,
        Some(other) => other.word() == kind,
    })
}

fn in_words(kind: &PaperKind) -> &'static str {
    match kind {
        PaperKind::Minutes(_) => "minutes",
        PaperKind::BriefingNote(_) => "a briefing note",
        PaperKind::Report(_) => "a report",
        PaperKind::ActionPlan(_) => "an action plan",
        PaperKind::WorkProgramme(_) => "a work programme",
        PaperKind::Plain(_) | PaperKind::Appended(_) => "another paper",
    }
}
