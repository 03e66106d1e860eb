//! The weights that a council gives to rules.

use crate::finding::{Finding, Log, rules};
use crate::model::Workspace;
use crate::model::council::RuleChange;

/// Records findings with the weights that the council wants, and leaves out those that it has switched off.
pub(super) fn apply(found: &Log, workspace: &Workspace, log: &Log) {
    let changes = &workspace.council.rules;
    log.extend(found.sorted().into_iter().filter_map(|finding| weighed(finding, changes)));
}

/// Tells of every rule that the council has softened or switched off.
pub(super) fn tell(workspace: &Workspace, log: &Log) {
    let softer = |change: &&RuleChange| change.severity.is_none_or(|severity| severity < change.rule.severity);
    log.extend(workspace.council.rules.iter().filter(softer).map(softened));
}

/// Gives a finding the weight that the council wants; nothing when its rule is switched off.
fn weighed(finding: Finding, changes: &[RuleChange]) -> Option<Finding> {
    let Some(change) = changes.iter().find(|change| change.rule.code == finding.rule.code) else {
        return Some(finding);
    };
    let wanted = change.severity?;
    // A reason of the meeting's own may have made it lighter already.
    let severity = if wanted > change.rule.severity { wanted } else { wanted.min(finding.severity) };
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
