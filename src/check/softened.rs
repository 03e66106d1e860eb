//! Rules that the council has softened or switched off are told of at every check, so that nobody forgets them.

use crate::finding::{Finding, Log};
use crate::model::Workspace;
use crate::model::council::RuleChange;

/// Tells of every rule that the council has softened or switched off.
pub(super) fn rule_softened(workspace: &Workspace, log: &Log) {
    let softer = |change: &&RuleChange| change.severity.is_none_or(|severity| severity < change.rule.severity);
    log.extend(workspace.council.rules.0.iter().filter(softer).map(softened));
}

crate::finding::rule! {
    /// `rules` in the council's file gives a rule of law another weight, or switches it off, with the reason.
    /// Each is listed here whenever the sources are checked, so that nobody forgets it.
    RULE_SOFTENED = "N0003", Law, Info, "a rule of law that the council has softened or switched off";
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
    Finding::new(&RULE_SOFTENED, change.place, message).help("take the line away when the reason has gone")
}
