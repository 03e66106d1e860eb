//! What has moved in an action plan since the public last saw it.
//!
//! Rows are known by their labels; those without one by number and text together, or by a text that stands there once.
//! What only looks like a row of the last plan is told to the officer and not printed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::labels::{action_numbers, objective_numbers};
use super::{Document, Role};
use crate::check::{finishes, first_words};
use crate::finding::{Confidence, Finding, Log};
use crate::model::action_plan::{Action, ActionPlan};
use crate::model::council::Rating;
use crate::model::{PaperKind, Workspace};

/// A plan as the public saw it last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanBefore {
    /// Day of the meeting that took it.
    pub day: NaiveDate,
    /// Its rows, in order.
    pub rows: Vec<RowBefore>,
}

/// A row of such a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowBefore {
    /// Its label.
    pub label: Option<String>,
    /// Its number.
    pub number: String,
    /// What was to be done.
    pub text: String,
    /// How it was rated.
    pub rating: Option<String>,
}

/// What has become of a row since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It was not there.
    New,
    /// It is finished.
    Done,
    /// Its day went by.
    Overdue,
    /// It is rated worse.
    Worse,
    /// It is rated better.
    Better,
    /// It says something else.
    Reworded,
}

impl Change {
    /// All of them, in the order in which they are told.
    pub(crate) const ALL: [Self; 6] = [Self::Done, Self::Overdue, Self::Worse, Self::Better, Self::New, Self::Reworded];

    /// Gives its word in phrases and data.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Reworded => "reworded",
        }
    }
}

/// What has moved in a plan.
#[derive(Debug, Clone, Default)]
pub struct Moved {
    /// Day of the meeting that took the plan before.
    pub(crate) since: NaiveDate,
    /// What became of each action, by number.
    pub(crate) rows: BTreeMap<String, Change>,
    /// Rows that are gone.
    pub(crate) dropped: Vec<RowBefore>,
}

crate::finding::rule! {
    /// An action of the plan has no label, and looks like one of the plan that the public saw last, but is not
    /// the same by number and text. Nothing is printed about it. Give both the same `label:`, from this plan
    /// on, and the next one can say what moved.
    MAYBE_THE_SAME = "C0043", Consistency, Info, "an action that may be one of the last plan";
    "practice"
}

/// Finds what has moved in the plans of a meeting that everybody reads, by path.
pub(super) fn plans(
    workspace: &Workspace,
    before: &BTreeMap<String, PlanBefore>,
    documents: &[Document],
    day: NaiveDate,
    log: &Log,
) -> BTreeMap<String, Moved> {
    let moved = |document: &Document| {
        let Role::Paper(path) = &document.role else { return None };
        let PaperKind::ActionPlan(plan) = &workspace.papers.get(path)?.kind else { return None };
        let before = before.get(path).filter(|_| plan.moved && document.withheld.is_none())?;
        let scale = if plan.ratings.is_empty() { &workspace.council.ratings.0 } else { &plan.ratings.0 };
        Some((path.clone(), Comparing { before, scale, day, log }.moved(plan)))
    };
    documents.iter().filter_map(moved).collect()
}

struct Comparing<'a> {
    before: &'a PlanBefore,
    scale: &'a [Rating],
    day: NaiveDate,
    log: &'a Log,
}

/// Gives words without what does not matter for telling two rows apart.
fn bare(text: &str) -> String {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Comparing<'_> {
    fn moved(&self, plan: &ActionPlan) -> Moved {
        let mut rows = BTreeMap::new();
        let mut left: Vec<&RowBefore> = self.before.rows.iter().collect();
        let mut open: Vec<(&Action, String, String)> = Vec::new();
        for (action, number) in numbered(plan) {
            let text = bare(&crate::check::words_of(&action.action));
            match self.same(action, &number, &text) {
                Some(row) => {
                    left.retain(|other| !std::ptr::eq(*other, row));
                    rows.extend(self.change(action, row, &text).map(|change| (number, change)));
                }
                None => open.push((action, number, text)),
            }
        }
        for (action, number, text) in open {
            let like =
                action.label.is_none().then(|| left.iter().position(|row| is_like(row, &number, &text))).flatten();
            match like {
                Some(at) => self.maybe(action, left.remove(at)),
                None => drop(rows.insert(number, Change::New)),
            }
        }
        Moved { since: self.before.day, rows, dropped: left.into_iter().cloned().collect() }
    }

    /// Finds the row that an action was, for certain.
    fn same(&self, action: &Action, number: &str, text: &str) -> Option<&RowBefore> {
        let rows = || self.before.rows.iter();
        if let Some(label) = &action.label {
            return rows().find(|row| row.label.as_ref() == Some(&label.value));
        }
        let unlabelled = || rows().filter(|row| row.label.is_none() && bare(&row.text) == text);
        let only = || (unlabelled().count() == 1).then(|| unlabelled().next()).flatten();
        unlabelled().find(|row| row.number == number).or_else(only)
    }

    fn change(&self, action: &Action, row: &RowBefore, text: &str) -> Option<Change> {
        let place = |id: &str| self.scale.iter().position(|rating| rating.id == id);
        let is_done = |id: &str| place(id).is_some_and(|at| finishes(&self.scale[at]));
        let now = action.complete.as_ref().or(action.rating.as_ref()).map(|rating| rating.value.as_str());
        let before = row.rating.as_deref();
        if now.is_some_and(is_done) {
            return (!before.is_some_and(is_done)).then_some(Change::Done);
        }
        if action.due.is_some_and(|due| (self.before.day..self.day).contains(&due)) {
            return Some(Change::Overdue);
        }
        if let (Some(now), Some(before)) = (now.and_then(place), before.and_then(place))
            && now != before
        {
            // Scales run from the best to the worst, unless what is finished stands at their end.
            let is_turned = self.scale.last().is_some_and(finishes);
            return Some(if (now > before) == is_turned { Change::Better } else { Change::Worse });
        }
        (bare(&row.text) != text).then_some(Change::Reworded)
    }

    fn maybe(&self, action: &Action, row: &RowBefore) {
        let message = format!(
            "`{}` may be action {} of the plan of {}, but is not told to be",
            first_words(&action.action),
            row.number,
            self.before.day.format("%-d %B %Y")
        );
        self.log.add(
            Finding::new(&MAYBE_THE_SAME, action.place, message)
                .help("give the action a `label:` and keep it in the plans to come")
                .confidence(Confidence::Possible),
        );
    }
}

/// Tells whether a row may be an action: one number, or more than half of the words.
fn is_like(row: &RowBefore, number: &str, text: &str) -> bool {
    let before = bare(&row.text);
    let (one, other): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), text.split(' ').collect());
    let shared = other.iter().filter(|word| one.contains(word)).count();
    row.label.is_none() && (row.number == number || 2 * shared > one.len().max(other.len()))
}

/// Gives all actions of a plan with their numbers.
fn numbered(plan: &ActionPlan) -> impl Iterator<Item = (&Action, String)> {
    let objectives = plan.themes.iter().flat_map(|theme| &theme.objectives).zip(objective_numbers(plan));
    objectives.flat_map(|(objective, number)| {
        let numbers = action_numbers(objective, &number);
        objective.actions.iter().zip(numbers).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::action_plan::{Objective, Theme};
    use crate::model::text::{Attributes, Block, Inline};
    use crate::model::{Line, Prose, Text};

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).expect("a day")
    }

    fn text(value: &str) -> Text {
        Text { value: value.into(), ..Text::default() }
    }

    fn action(label: &str, words: &str, complete: &str, due: Option<u32>) -> Action {
        let content = vec![Inline::Text(text(words))];
        let block =
            Block::Paragraph { attributes: Attributes::default(), content, place: crate::finding::Place::default() };
        Action {
            label: (!label.is_empty()).then(|| text(label)),
            action: Prose { blocks: vec![block], ..Prose::default() },
            complete: Some(text(complete)),
            due: due.map(day),
            ..Action::default()
        }
    }

    fn row(label: &str, number: &str, words: &str, rating: &str) -> RowBefore {
        let label = (!label.is_empty()).then(|| label.to_owned());
        RowBefore { label, number: number.into(), text: words.into(), rating: Some(rating.into()) }
    }

    #[test]
    fn rows_are_compared_by_label_and_else_by_number_and_text() {
        let scale = [("blue", "Complete"), ("green", "On track"), ("red", "Off track")];
        let scale = scale.map(|(id, word)| Rating {
            id: id.into(),
            word: text(word),
            meaning: Line::default(),
            ..Rating::default()
        });
        let before = PlanBefore {
            day: day(6),
            rows: vec![
                row("a", "1.1", "Hire staff", "green"),
                row("b", "1.2", "Open a hub", "green"),
                row("c", "1.3", "Visit homes", "red"),
                row("", "1.4", "Write to parents", "green"),
                row("", "1.5", "Buy five buses for the north", "green"),
                row("", "1.6", "Close the depot", "green"),
            ],
        };
        let actions = vec![
            action("b", "Open a hub in town", "green", None),
            action("a", "Hire staff", "blue", None),
            action("c", "Visit homes", "green", None),
            action("", "Write to parents", "green", Some(7)),
            action("", "Buy six buses for the north", "green", None),
            action("", "Paint the walls", "green", None),
            action("d", "Plant trees", "green", None),
        ];
        let objectives = vec![Objective { actions, ..Objective::default() }];
        let mut plan = ActionPlan { moved: true, ..ActionPlan::default() };
        plan.themes.0 = vec![Theme { title: None, objectives }];
        let log = crate::rules::log();
        let moved = Comparing { before: &before, scale: &scale, day: day(9), log: &log }.moved(&plan);
        let told: Vec<(&str, &str)> =
            moved.rows.iter().map(|(number, change)| (number.as_str(), change.word())).collect();
        assert_eq!(told, [("1.1", "reworded"), ("1.2", "done"), ("1.3", "better"), ("1.4", "overdue"), ("1.7", "new")]);
        assert!(moved.dropped.is_empty(), "what is unsure is not dropped: {:?}", moved.dropped);
        assert_eq!(log.sorted().len(), 2, "five buses or six, and 1.6");
    }
}
