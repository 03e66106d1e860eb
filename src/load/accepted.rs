//! Reads what a file says of findings that are accepted in it.

use super::Context;
use super::fields::{Fields, Read};
use super::yaml::Node;
use super::yaml::schema::{Definitions, Object, Schema};
use crate::finding::{Accepted, Finding, Place, Rule, Severity, Stops};
use crate::model::Text;
use crate::yaml::fields::BAD_VALUE;

crate::finding::rule! {
    /// `accepted:` in a file names findings that were looked at and may stand, each with the reason. Nothing that
    /// this line covers was found any more, so it would only hide what comes later: take it away. Lines about a
    /// rule that was withdrawn, here or under the council's `rules`, are told of as well.
    STALE = "M0024", Sources, Warning, "an accepted finding that is no longer found";
}

/// Tells whether findings of a rule may be accepted: those of law where a reason of their own has made them warnings.
fn can_be_accepted(rule: &Rule) -> bool {
    rule.severity < Severity::Error || rule.stops == Stops::Issue
}

/// Tells of a line about a rule that was withdrawn.
pub(super) fn withdrawn(code: &str, place: Place) -> Finding {
    Finding::new(&STALE, place, format!("the rule `{code}` was withdrawn"))
        .help("take the line away: nothing is found under this code any more")
}

impl Read for Accepted {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "an accepted finding", cx)?;
        let code: Text = fields.need("finding");
        let words: Option<Text> = fields.get("words");
        let times: Option<u32> = fields.get("times");
        let reason: Text = fields.need("reason");
        let place = fields.place();
        fields.close();
        let rule = cx.log.rules().find(&code.value);
        match rule {
            Some(rule) if can_be_accepted(rule) => {}
            Some(rule) => cx.log.add(
                Finding::new(&BAD_VALUE, code.place, format!("{} is an error and cannot be accepted", rule.code)).help(
                    "mend what it shows; a rule of law can be given another weight by `rules` in the council's file",
                ),
            ),
            None if code.value.is_empty() => {}
            None if cx.log.rules().is_withdrawn(&code.value) => cx.log.add(withdrawn(&code.value, code.place)),
            None => cx.log.add(
                Finding::new(&BAD_VALUE, code.place, format!("`{}` is not the code of a finding", code.value))
                    .help("write the code that stands in the brackets behind `warning` or `info`"),
            ),
        }
        let rule = rule.filter(|rule| can_be_accepted(rule))?;
        if reason.value.trim().is_empty() {
            return None;
        }
        Some(Self { rule, words: words.map(|words| words.value), times, reason: reason.value, place })
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        definitions.refer("Accepted", |definitions| {
            let mut object = Object::new(definitions);
            object.need::<Text>("finding", "The code of the finding.");
            object.may::<Text>("words", "Words of the message, so that only this one is meant.");
            object.may::<u32>("times", "How many findings that say the same are meant; otherwise one.");
            object.need::<Text>("reason", "Why it may stand; the certificate of checks prints it.");
            object.finish(None)
        })
    }
}
