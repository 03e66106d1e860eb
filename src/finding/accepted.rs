//! Findings that an officer has looked at and lets stand, with the reason.

use super::{Finding, Place, Rule, Severity};

/// Findings of one rule in one file that are accepted.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The rule.
    pub rule: &'static Rule,
    /// Words of the message, where only some findings of the rule are meant.
    pub words: Option<String>,
    /// Why.
    pub reason: String,
    /// Where it is written; findings of this file are meant.
    pub place: Place,
}

impl Accepted {
    /// Tells whether a finding is accepted. Errors never are: they are mended, or overridden at the issue.
    pub fn covers(&self, finding: &Finding) -> bool {
        let words = |finding: &Finding| {
            let text = |words: &String| {
                finding.message.contains(words)
                    || finding.labels.iter().filter_map(|label| label.text.as_ref()).any(|label| label.contains(words))
            };
            self.words.as_ref().is_none_or(text)
        };
        finding.severity < Severity::Error
            && std::ptr::eq(finding.rule, self.rule)
            && finding.labels.iter().any(|label| label.place.source == self.place.source)
            && words(finding)
    }
}
