//! Findings that an officer has looked at and lets stand, with the reason.

use std::collections::BTreeSet;

use super::{Finding, Place, Rule, Severity};

/// Findings of one rule in one file that are accepted.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The rule.
    pub rule: &'static Rule,
    /// Words of the message, where only some findings of the rule are meant.
    pub words: Option<String>,
    /// How many findings at the gate that say the same are meant: one, unless it is written.
    pub times: Option<u32>,
    /// Why.
    pub reason: String,
    /// Where it is written; findings of this file are meant.
    pub place: Place,
}

impl Accepted {
    /// Tells whether a finding is accepted. Errors never are: they are mended, or overridden at the issue.
    pub(crate) fn covers(&self, finding: &Finding) -> bool {
        let words = |finding: &Finding| {
            let text = |words: &String| {
                finding.message.contains(words)
                    || finding.labels.iter().filter_map(|label| label.text.as_ref()).any(|label| label.contains(words))
            };
            self.words.as_ref().is_none_or(text)
        };
        finding.severity < Severity::Error
            && !self.rule.is_firm
            && std::ptr::eq(finding.rule, self.rule)
            && finding.labels.iter().any(|label| label.place.source == self.place.source)
            && words(finding)
    }

    /// Says why it accepts nothing at the gate, where it does not. There, findings are accepted one by one: neither
    /// several that say different things, nor more of the same than the officer has counted.
    pub(super) fn fault(&self, findings: &[Finding]) -> Option<String> {
        let held = findings.iter().filter(|finding| finding.is_at_the_gate() && self.covers(finding));
        let messages: Vec<&str> = held.map(|finding| finding.message.as_str()).collect();
        let count = messages.len();
        let others = messages.into_iter().collect::<BTreeSet<_>>().len();
        if others > 1 {
            return Some(format!("meant for {others} findings, and so for none: add `words` that only one has"));
        }
        let wanted = self.times.unwrap_or(1) as usize;
        (count > wanted).then(|| {
            format!("meant for {wanted}, but {count} say the same: look at each, then write `times: {count}` here")
        })
    }
}
