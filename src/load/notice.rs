//! Reads a council's closed days, how much notice it gives, and the rules to which it gives another weight.

use chrono::NaiveDate;

use super::Context;
use super::accepted::withdrawn;
use super::fields::{Fields, Read, one_of};
use super::yaml::record::{Checked, Slot};
use super::yaml::schema::{self, Definitions, Object, Schema};
use super::yaml::{Node, Value};
use crate::finding::rules::Family;
use crate::finding::{Finding, Place, Rule, Severity};
use crate::model::Text;
use crate::model::council::{RuleChange, RuleChanges};
use crate::model::notice::{ClosedDays, NoticeDays};
use crate::yaml::fields::BAD_VALUE;

/// A longer span is a mistake in one of its dates.
const LONGEST: i64 = 62;

impl Read for ClosedDays {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            let day = NaiveDate::read(node, cx)?;
            return Some(Self { from: day, to: day, reason: None, place: node.place });
        }
        let fields = Fields::open(node, "a closed day", cx)?;
        let day: Option<NaiveDate> = fields.get("date");
        let (from, to) = match day {
            Some(day) => (day, day),
            None => (fields.need("from"), fields.need("to")),
        };
        let closed = Self { from, to, reason: fields.get("reason"), place: fields.place() };
        fields.close();
        let known = from != NaiveDate::default() && to != NaiveDate::default();
        if known && !(0..LONGEST).contains(&(to - from).num_days()) {
            let message = if to < from {
                format!("the days end on {to}, before they begin on {from}")
            } else {
                format!("{from} to {to} is too long for offices to be closed")
            };
            cx.log.add(
                Finding::new(&BAD_VALUE, closed.place, message)
                    .help("write the first day behind `from:` and the last behind `to:`"),
            );
            return None;
        }
        known.then_some(closed)
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        let about = "Why the offices are closed.";
        let mut day = Object::new(definitions);
        day.need::<NaiveDate>("date", "The day, such as 2026-12-24.");
        day.may::<Text>("reason", about);
        let day = day.finish(Some("date"));
        let mut days = Object::new(definitions);
        days.need::<NaiveDate>("from", "The first day.");
        days.need::<NaiveDate>("to", "The last day.");
        days.may::<Text>("reason", about);
        schema::any([day, days.finish(None)])
    }
}

impl Checked for NoticeDays {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        let parts = [("meeting", &mut self.meeting), ("agenda", &mut self.agenda), ("executive", &mut self.executive)];
        for (name, part) in parts {
            if let (Some(days), Some(place)) = (*part, fields.place_of(name))
                && !(1..=90).contains(&days)
            {
                let message = format!("{days} days cannot be given as notice");
                fields
                    .context()
                    .log
                    .add(Finding::new(&BAD_VALUE, place, message).help(
                        "write a number of clear days from 1 to 90, or leave the field out for those of the law",
                    ));
                *part = None;
            }
        }
        Some(self)
    }

    fn refine(object: &mut Object) {
        for name in ["meeting", "agenda", "executive"] {
            object.within(name, 1, 90);
        }
    }
}

/// Weights that a council can give a rule.
const WEIGHTS: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("info", Some(Severity::Info)),
    ("off", None),
];

/// Reads the rules that a council has given another weight or switched off.
impl Slot for RuleChanges {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        Self(fields.node(name).map(|node| rule_changes(node, fields.context())).unwrap_or_default())
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        let change = object.record(None, |change| {
            change.put("severity", schema::words(WEIGHTS.map(|(word, _)| word)), "How much the rule weighs.");
            change.require("severity");
            change.need::<Text>("reason", "Why; the certificate of checks prints it.");
        });
        object.put(name, schema::by_id(&change), about);
    }
}

fn rule_changes(node: &Node, cx: Context) -> Vec<RuleChange> {
    let Some(changes) = Fields::open(node, "`rules`", cx) else { return Vec::new() };
    let one = |code: &str, place, node: &Node| {
        let Some(rule) = cx.log.rules().find(code) else {
            let message = format!("`{code}` is not the code of a rule");
            let unknown = Finding::new(&BAD_VALUE, place, message).help("`boardpack explain` lists all codes");
            cx.log.add(if cx.log.rules().is_withdrawn(code) { withdrawn(code, place) } else { unknown });
            return None;
        };
        let fields = Fields::open(node, "a rule", cx)?;
        let wanted = fields.node("severity");
        let severity = wanted.and_then(|node| one_of(node, &WEIGHTS, cx));
        if !fields.has("severity") {
            fields.need::<Text>("severity");
        }
        let change = RuleChange { rule, severity: severity.flatten(), reason: fields.need("reason"), place };
        fields.close();
        severity.filter(|severity| may_weigh(rule, *severity, wanted.map_or(place, |node| node.place), cx))?;
        Some(change).filter(|change| !change.reason.value.trim().is_empty())
    };
    let changes: Vec<RuleChange> =
        (changes.entries().iter()).filter_map(|field| one(&field.name, field.place, &field.node)).collect();
    for change in &changes {
        cx.log.weigh(change.rule, change.severity);
    }
    changes
}

/// Tells whether a council may give a rule a weight. What guards secrets and what was not read is never made lighter;
/// nor is what stands at the gate, where findings are accepted one by one.
fn may_weigh(rule: &Rule, wanted: Option<Severity>, place: Place, cx: Context) -> bool {
    let lighter = wanted.is_none_or(|wanted| wanted < rule.severity);
    if !lighter || rule.can_be_softened() {
        return true;
    }
    let message = format!("{} cannot be made lighter or switched off", rule.code);
    let why = if rule.has_gate {
        "what it finds is accepted one by one, by `accepted:` in the file, with the reason"
    } else {
        why_guarded(rule)
    };
    cx.log.add(Finding::new(&BAD_VALUE, place, message).help(format!("take the line away; {why}")));
    false
}

/// Says why a rule without a gate is never made lighter, by what it is about.
fn why_guarded(rule: &Rule) -> &'static str {
    match rule.family {
        Family::Law | Family::Consistency => "the rule guards what is withheld",
        Family::Files | Family::Sources => {
            "the rule is about what could not be read or understood, or what is withheld"
        }
        Family::Text | Family::Layouts | Family::Packs => {
            "the rule is about what would be printed wrongly or not at all, or would tell of what is withheld"
        }
        Family::Appended => "the rule is about pages that would be missing from the pack",
        Family::Orders | Family::PersonalData | Family::Language => "the rule is not one that a council may soften",
    }
}
