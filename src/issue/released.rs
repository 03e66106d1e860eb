//! What a release would publish by mistake: findings at the gate about a paper that only the private pack had.

use std::collections::BTreeSet;

use crate::check::Scope;
use crate::finding::{Finding, Judged, Log, Sources};
use crate::model::agenda::Agenda;
use crate::packs::Project;

/// Looks at the words of papers that a release publishes. While they were withheld, what is private in them was only
/// told of; published, it weighs what its rule weighs.
pub(super) fn look(project: &Project, agenda: &Agenda, papers: &BTreeSet<String>, log: &Log) {
    if papers.is_empty() {
        return;
    }
    let found = log.another();
    project.check_texts(Scope { only: Some(agenda), hints: false }, &found);
    let sources = &project.workspace.sources;
    let about = |finding: &Finding| papers.iter().any(|paper| is_about(finding, paper, sources));
    let published = |finding: Finding| {
        let weight = finding.severity.max(finding.rule.severity);
        finding.weighing(weight)
    };
    log.extend(found.sorted().into_iter().filter(|finding| finding.rule.has_gate && about(finding)).map(published));
}

/// Gives what a log has at the gate about a paper. What was accepted while it was withheld, was accepted for the few who
/// had it.
pub(crate) fn at_the_gate(log: &Log, sources: &Sources, paper: &str) -> Vec<Judged> {
    let all = log.judged().into_iter().map(|judged| judged.finding);
    let held = all.filter(|finding| finding.is_at_the_gate() && is_about(finding, paper, sources));
    held.map(|finding| Judged { finding, accepted: None }).collect()
}

/// Tells whether a finding is about a paper, which is known by its path, or that of its appended file and how manieth use
/// of it the paper is.
fn is_about(finding: &Finding, paper: &str, sources: &Sources) -> bool {
    match &finding.file {
        Some(file) => paper.strip_prefix(file.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('#')),
        None => finding.place().is_some_and(|place| sources.path(place) == paper),
    }
}
