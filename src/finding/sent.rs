//! Findings on their way from one process of this program to another.

use serde::{Deserialize, Serialize};

use super::{Finding, Label, Rule, Severity};

/// A finding with the code of its rule in the rule's place.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sent {
    code: String,
    severity: Severity,
    message: String,
    labels: Vec<Label>,
    help: Option<String>,
}

impl From<Finding> for Sent {
    fn from(finding: Finding) -> Self {
        let Finding { rule, severity, message, labels, help, .. } = finding;
        Self { code: rule.code.to_owned(), severity, message, labels, help }
    }
}

impl Sent {
    /// Gives the finding, under one of the rules that the sender can raise. No finding is lost: the first rule takes
    /// what no other does.
    pub(crate) fn received(self, first: &'static Rule, others: &[&'static Rule]) -> Finding {
        let Self { code, severity, message, labels, help } = self;
        let rule = others.iter().copied().find(|rule| rule.code == code).unwrap_or(first);
        let place = labels.first().map(|label| label.place).unwrap_or_default();
        Finding { severity, labels, help, ..Finding::new(rule, place, message) }
    }
}
