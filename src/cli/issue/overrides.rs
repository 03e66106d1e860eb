//! Rules that an officer issues against: read from the command line, and held against what was found.

use crate::check::SHORT_NOTICE;
use crate::cli::Stop;
use crate::finding::Finding;
use crate::issue::manifest::Override;

/// Reads `RULE=REASON`, as often as it is given.
pub(super) fn read(written: &[String]) -> Result<Vec<Override>, Stop> {
    written.iter().map(|words| one(words)).collect()
}

fn one(words: &str) -> Result<Override, Stop> {
    let (rule, reason) = words.split_once('=').unwrap_or((words, ""));
    let (rule, reason) = (rule.trim().to_uppercase(), reason.trim().to_owned());
    let known = crate::rules::all().find(&rule);
    if known.is_some_and(|rule| rule.has_gate) {
        return Err(Stop::CommandLine(format!(
            "`{rule}` cannot be overridden: what it finds is accepted one by one\n  = help: write `accepted: [{{finding: {rule}, words: …, reason: …}}]` into the file in which it was found"
        )));
    }
    if known.is_some_and(|rule| rule.stops != crate::finding::Stops::Issue) {
        return Err(Stop::CommandLine(format!(
            "`{rule}` cannot be overridden: without mending it there is no pack\n  = help: see `boardpack explain {rule}`"
        )));
    }
    match (known.is_some(), reason.is_empty()) {
        (true, false) => Ok(Override { rule, reason }),
        (true, true) => Err(Stop::CommandLine(format!(
            "`--override {words}` gives no reason\n  = help: write --override \"{rule}=why it is issued all the same\""
        ))),
        (false, _) => Err(Stop::CommandLine(format!(
            "there is no rule `{rule}`\n  = help: the code of a rule stands in the brackets behind `error`"
        ))),
    }
}

/// Refuses overrides that nothing needs: their reasons would stand in the archive and in the certificate as if the
/// rule had been broken. `late` says that the first issue is out too late today, whatever the agenda prints.
pub(super) fn are_needed(overrides: &[Override], found: &[&Finding], meeting: &str, late: bool) -> Result<(), Stop> {
    for Override { rule, .. } in overrides {
        let mut of_rule = found.iter().copied().filter(|finding| finding.rule.code == rule).peekable();
        if (late && rule == SHORT_NOTICE.code) || of_rule.clone().any(Finding::is_error) {
            continue;
        }
        return Err(Stop::CommandLine(match of_rule.peek() {
            None => format!(
                "`{rule}` was not found in {meeting}, so there is nothing to override\n  = help: leave --override \"{rule}=…\" out; it would be kept as if the rule had been broken"
            ),
            Some(finding) => format!(
                "`{rule}` needs no override: in {meeting} it is of weight {}, which does not stand in the way of an issue\n  = help: leave --override \"{rule}=…\" out; what you let stand is accepted by `accepted:` in the file, with the reason",
                finding.severity.word()
            ),
        }));
    }
    Ok(())
}
