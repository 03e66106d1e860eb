//! Reads what an entry of a ledger must say in each state.

use super::fields::{Fields, MISSING_FIELD};
use super::yaml::record::Checked;
use crate::finding::Finding;
use crate::model::ledger::{Became, LedgerEntry};
use crate::yaml::fields::BAD_VALUE;

/// What closes a promise says why; what carries it forward, to when.
impl Checked for LedgerEntry {
    fn checked(self, fields: &Fields) -> Option<Self> {
        let state = self.state.word();
        let missing = |message: String, help: &str| {
            fields.context().log.add(Finding::new(&MISSING_FIELD, self.place, message).help(help));
        };
        if matches!(self.state, Became::Closed | Became::CarriedForward) && self.reason.is_none() {
            missing(format!("the entry says `{state}`, but not why"), "add `reason: …`, which is printed");
        }
        match (self.state, self.due) {
            (Became::CarriedForward, None) => {
                missing(
                    "the entry carries a promise forward, but not to when".to_owned(),
                    "add `due:` with the new day",
                );
            }
            (Became::Done | Became::Closed, Some(_)) => {
                let message = format!("what is `{state}` has no day by which it is due");
                let place = fields.place_of("due").unwrap_or(self.place);
                let help = "take `due` away, or write `state: carried-forward`";
                fields.context().log.add(Finding::new(&BAD_VALUE, place, message).help(help));
            }
            _ => {}
        }
        Some(self)
    }
}
