//! The law of meetings: one rule, one small function. An error here lets a draft be built, but not issued.

use crate::finding::{Finding, Log, rules};
use crate::model::Workspace;
use crate::model::council::RuleChange;
use crate::notice::Calendar;

mod days;
mod meetings;
mod minutes;

/// Applies every rule of law, with what the council has changed of it.
pub(super) fn workspace(workspace: &Workspace, calendar: &Calendar, log: &Log) {
    let found = Log::default();
    days::holidays_known(workspace, calendar, &found);
    days::agenda_in_time(workspace, calendar, &found);
    meetings::requisitions(workspace, &found);
    meetings::exclusion(workspace, &found);
    meetings::executive_notice(workspace, calendar, &found);
    minutes::recorded_votes(workspace, &found);
    let changes = &workspace.council.rules;
    log.extend(found.sorted().into_iter().filter_map(|finding| weighed(finding, changes)));
    log.extend(changes.iter().map(softened));
}

/// Gives a finding the weight that the council wants; nothing when its rule is switched off.
fn weighed(finding: Finding, changes: &[RuleChange]) -> Option<Finding> {
    let Some(change) = changes.iter().find(|change| change.rule.code == finding.rule.code) else {
        return Some(finding);
    };
    // A reason of the meeting's own may have made it lighter already.
    let severity = change.severity?.min(finding.severity);
    Some(finding.weighing(severity))
}

fn softened(change: &RuleChange) -> Finding {
    let how =
        change.severity.map_or_else(|| "switched off".to_owned(), |severity| format!("of weight {}", severity.word()));
    let message = format!(
        "rule {} ({}) is {how}: {}",
        change.rule.code,
        change.rule.title,
        change.reason.value.trim_end_matches('.')
    );
    Finding::new(&rules::RULE_SOFTENED, change.place, message).help("take the line away when the reason has gone")
}
