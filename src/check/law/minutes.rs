//! What minutes record.

use crate::finding::{Finding, Log, rules};
use crate::model::minutes::{Minutes, Record, Votes};
use crate::model::{PaperKind, Workspace};

/// MN3: a recorded vote names who voted for and against and who abstained (SI 1993/202).
pub(super) fn recorded_votes(workspace: &Workspace, log: &Log) {
    for paper in workspace.papers.values() {
        let PaperKind::Minutes(minutes) = &paper.kind else { continue };
        for (record, place) in records(minutes) {
            let Some(vote) = &record.vote else { continue };
            let sides = [("for", &vote.in_favour), ("against", &vote.against), ("abstained", &vote.abstained)];
            if !sides.iter().any(|(_, side)| matches!(side, Some(Votes::Names(_)))) {
                continue;
            }
            let unnamed = |side: &Option<Votes>| match side {
                None => true,
                Some(Votes::Count(count)) => *count > 0,
                Some(Votes::Names(_)) => false,
            };
            for (name, _) in sides.into_iter().filter(|(_, side)| unnamed(side)) {
                log.add(
                    Finding::new(
                        &rules::VOTE_NOT_NAMED,
                        place,
                        format!("the recorded vote does not name those of `{name}`"),
                    )
                    .help(format!("add `{name}:` with the members' ids, or 0 where there were none")),
                );
            }
        }
    }
}

/// Gives every minute and part of one, with the place of the minute.
fn records(minutes: &Minutes) -> impl Iterator<Item = (&Record, crate::finding::Place)> {
    let all = minutes.items.iter().chain(&minutes.private);
    all.flat_map(|minute| std::iter::once(&minute.record).chain(&minute.parts).map(|record| (record, minute.place)))
}
