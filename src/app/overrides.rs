//! Rules that an officer issues against: read from words, and held against what was found.

use super::{Failure, Report};
use crate::finding::{Finding, Stops};
use crate::issue::manifest::Override;

/// Reads `RULE=REASON`.
pub(crate) fn read(words: &String) -> Result<Override, Failure> {
    let (rule, reason) = words.split_once('=').unwrap_or((words, ""));
    let (rule, reason) = (rule.trim().to_uppercase(), reason.trim().to_owned());
    let Some(known) = crate::rules::all().find(&rule) else {
        return Err(Failure::asked(format!("there is no rule `{rule}`"))
            .hint("the code of a rule stands in the brackets behind `error`"));
    };
    if known.is_firm {
        return Err(Failure::asked(format!("`{rule}` cannot be overridden"))
            .hint(format!("mend what it shows; see `boardpack explain {rule}`")));
    }
    if known.has_gate {
        return Err(Failure::asked(format!("`{rule}` cannot be overridden: what it finds is accepted one by one"))
            .hint(format!(
                "write `accepted: [{{finding: {rule}, words: …, reason: …}}]` into the file in which it was found"
            )));
    }
    if known.stops != Stops::Issue {
        return Err(Failure::asked(format!("`{rule}` cannot be overridden: without mending it there is no pack"))
            .hint(format!("see `boardpack explain {rule}`")));
    }
    if reason.is_empty() {
        return Err(Failure::asked(format!("`--override {words}` gives no reason"))
            .hint(format!("write --override \"{rule}=why it is issued all the same\"")));
    }
    Ok(Override { rule, reason })
}

/// Refuses overrides that nothing needs: their reasons would stand in the archive and in the certificate as if the
/// rule had been broken.
pub(super) fn are_needed(overrides: &[Override], report: &Report, meeting: &str) -> Result<(), Failure> {
    for Override { rule, .. } in overrides {
        let entries = report.gate.entries().iter().map(|entry| &entry.finding);
        let mut of_rule = entries.filter(|finding| finding.rule.code == rule).peekable();
        if of_rule.clone().any(Finding::is_error) {
            continue;
        }
        let without = format!("leave --override \"{rule}=…\" out");
        return Err(match of_rule.peek() {
            None => Failure::asked(format!("`{rule}` was not found in {meeting}, so there is nothing to override"))
                .hint(format!("{without}; it would be kept as if the rule had been broken")),
            Some(finding) => Failure::asked(format!(
                "`{rule}` needs no override: in {meeting} it is of weight {}, which does not stand in the way of an issue",
                finding.severity.word()
            ))
            .hint(format!("{without}; what you let stand is accepted by `accepted:` in the file, with the reason")),
        });
    }
    Ok(())
}
