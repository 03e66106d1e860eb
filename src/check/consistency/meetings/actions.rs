//! Action plans: what should have been done, and what the plan says of it.

use chrono::{Datelike, Months, NaiveDate};

use super::diary::Diary;
use crate::check::passages;
use crate::check::wording::dates::{self, printed};
use crate::check::wording::deadlines::deadline;
use crate::check::wording::words::{is_among, runs};
use crate::finding::{Confidence, Finding, Log, Place};
use crate::model::action_plan::{Action, ActionPlan};
use crate::model::council::Rating;
use crate::model::{Paper, PaperKind, Prose};

crate::finding::rule! {
    /// The day of the action (`due`, or what `by` says in words: "July-August 2021" is the end of August) is
    /// before the meeting that takes the plan. The action is not rated as finished, and there is nothing under
    /// `progress`. Members will ask. Say what has been done, or give a new day and the reason.
    OVERDUE = "C0007", Consistency, Warning, "an action that is past its day, and of which nothing is said";
    "practice"
}

/// Finds actions whose day is past at the meeting that takes the plan, and of which it says nothing.
pub(in crate::check) fn overdue(diary: &Diary, log: &Log) {
    for (paper, plan) in plans(diary) {
        let last = diary.uses.get(paper.path.as_str()).and_then(|uses| uses.last());
        let Some((agenda, _)) = last else { continue };
        let meeting = agenda.when.date();
        let scale = if plan.ratings.is_empty() { &diary.workspace.council.ratings } else { &plan.ratings };
        let shown = |id: &str| plan.columns.iter().any(|column| column.id.0 == id);
        // A plan without a column for progress says it elsewhere.
        if !shown("progress") {
            continue;
        }
        for action in actions(plan) {
            let Some((due, place)) = due(action).filter(|(due, _)| *due < meeting) else { continue };
            if action.progress.is_some() || is_finished(action, scale) {
                continue;
            }
            let days = (meeting - due).num_days();
            let ago = if days == 1 { "the day before".to_owned() } else { format!("{days} days before") };
            let message = format!(
                "`{}` was due on {}, {ago} the meeting that takes the plan, and no progress is given",
                first_words(&action.action),
                printed(due)
            );
            log.add(
                Finding::new(&OVERDUE, place, message)
                    .also(agenda.place, "the meeting")
                    .help("say under `progress` what has been done, or give a new day")
                    .confidence(if action.due.is_some() { Confidence::Certain } else { Confidence::Likely }),
            );
        }
    }
}

crate::finding::rule! {
    /// `due` and the words in `by` give different days; or the words of the action name the same day of another
    /// month or year than its deadline ("launch at the workshop on 3 July", by 3 August), which is mostly a
    /// slip.
    TWO_DEADLINES = "C0008", Consistency, Warning, "an action with days that contradict each other";
    "practice"
}

/// Finds actions of which `due` and the words beside it give different days, or whose own words name the same day of
/// another month or year.
pub(in crate::check) fn two_deadlines(diary: &Diary, log: &Log) {
    for (_, plan) in plans(diary) {
        for action in actions(plan) {
            let finding =
                |place, message| Finding::new(&TWO_DEADLINES, place, message).help("give the same day in both places");
            let by = action.by.as_ref().map(words).unwrap_or_default();
            let days = dates::days(&by);
            let written = deadline(&by);
            if let (Some(due), Some(written), Some(prose)) = (action.due, written, &action.by) {
                let same = due == written
                    || days.iter().any(|day| day.is(due))
                    || (days.is_empty()
                        && due <= written
                        && (same_month(due, written) || in_season(&by, due, written)));
                if !same && days.len() < 2 {
                    let message = format!("`due` is {}, but the words in `by` say {}", printed(due), printed(written));
                    log.add(finding(prose.place, message).confidence(Confidence::Likely));
                }
            }
            let Some((deadline, place)) = due(action).filter(|_| days.len() < 2) else { continue };
            for passage in passages::of_blocks(&action.action.blocks) {
                let other = dates::days(&passage.words)
                    .into_iter()
                    .find(|day| day.date(None).is_some_and(|date| date != deadline && looks_mistyped(date, deadline)));
                if let Some((day, date)) = other.and_then(|day| day.date(None).map(|date| (day, date))) {
                    let message = format!("the action names {}, but is due on {}", printed(date), printed(deadline));
                    log.add(
                        finding(passage.place(day.range, &diary.workspace.sources), message)
                            .also(place, "due on this day")
                            .confidence(Confidence::Likely),
                    );
                }
            }
        }
    }
}

/// Tells whether one day may be a slip for the other: the same day of a month beside, or of another year.
fn looks_mistyped(one: NaiveDate, other: NaiveDate) -> bool {
    let month = one.month().abs_diff(other.month()) == 1 && one.year() == other.year();
    one.day() == other.day() && (month || (one.month() == other.month() && one.year() != other.year()))
}

/// Tells whether a day lies in the season that words name: one in April in "Spring 2027", which ends with May.
fn in_season(words: &str, day: NaiveDate, last: NaiveDate) -> bool {
    let words = words.to_lowercase();
    let named = ["spring", "summer", "autumn", "winter"].iter().any(|season| words.contains(season));
    named && last.checked_sub_months(Months::new(3)).is_some_and(|before| day > before)
}

fn same_month(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

fn plans<'a>(diary: &Diary<'a>) -> impl Iterator<Item = (&'a Paper, &'a ActionPlan)> {
    diary.workspace.papers.values().filter_map(|paper| match &paper.kind {
        PaperKind::ActionPlan(plan) => Some((paper, &**plan)),
        _ => None,
    })
}

fn actions(plan: &ActionPlan) -> impl Iterator<Item = &Action> {
    plan.themes.iter().flat_map(|theme| &theme.objectives).flat_map(|objective| &objective.actions)
}

/// Gives the day by which an action is to be done, and where that is written.
fn due(action: &Action) -> Option<(NaiveDate, Place)> {
    let place = action.by.as_ref().map_or(action.place, |by| by.place);
    let due = action.due.or_else(|| deadline(&words(action.by.as_ref()?)))?;
    Some((due, place))
}

/// Tells whether the plan's scale says that nothing is left to do.
fn is_finished(action: &Action, scale: &[Rating]) -> bool {
    let given = action.complete.as_ref().or(action.rating.as_ref());
    given.and_then(|given| scale.iter().find(|rating| rating.id == given.value)).is_some_and(finishes)
}

/// Tells whether a rating says that nothing is left to do.
pub(crate) fn finishes(rating: &Rating) -> bool {
    const FINISHED: &str = "complete completed done met finished achieved closed delivered withdrawn refused rejected";
    let meaning = format!("{} {}", rating.word.value, rating.meaning.plain());
    let words: Vec<String> = runs(&meaning).collect();
    let denied = |at: usize| at > 0 && ["not", "be", "yet"].contains(&words[at - 1].as_str());
    let says = |at: usize| is_among(FINISHED, &words[at]) && !denied(at);
    (0..words.len()).any(|at| says(at) || (words[at] == "accepted" && at > 0 && words[at - 1] == "not"))
}

/// Gives all words of a text, each passage behind the other.
pub(crate) fn words(prose: &Prose) -> String {
    let passages = passages::of_blocks(&prose.blocks);
    passages.iter().map(|passage| passage.words.as_str()).collect::<Vec<_>>().join(" ; ")
}

/// Gives the first words of a text.
pub(crate) fn first_words(prose: &Prose) -> String {
    const WORDS: usize = 9;
    let words = words(prose);
    let all: Vec<&str> = words.split_whitespace().collect();
    let end = if all.len() > WORDS { " …" } else { "" };
    let first = all[..all.len().min(WORDS)].join(" ");
    format!("{}{end}", first.trim_end_matches(['.', ':', ',', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Line, Text};

    fn rating(id: &str, word: &str, meaning: &str) -> Rating {
        let text = |value: &str| Text { value: value.into(), place: Place::default() };
        let meaning = Line::from_text(text(meaning));
        Rating { id: id.into(), word: text(word), meaning, ..Rating::default() }
    }

    #[test]
    fn what_a_scale_calls_finished_is_not_overdue() {
        let scale = [
            rating("blue", "Complete", "The action is done."),
            rating("red", "Off track", "The date or the measure has been missed."),
            rating("green", "Green", "Targets and measures met."),
            rating("doing", "Under way", "Accepted, but not yet done."),
            rating("refused", "Not accepted", "The reason is given."),
        ];
        let finished = |id: &str| {
            let complete = Some(Text { value: id.into(), place: Place::default() });
            is_finished(&Action { complete, ..Action::default() }, &scale)
        };
        assert!(finished("blue") && finished("green") && finished("refused"));
        assert!(!finished("red") && !finished("doing") && !finished("none"));
    }

    #[test]
    fn a_day_of_the_month_beside_looks_like_a_slip() {
        let day = |month, day| NaiveDate::from_ymd_opt(2021, month, day).unwrap_or_default();
        assert!(looks_mistyped(day(7, 3), day(8, 3)));
        assert!(!looks_mistyped(day(5, 3), day(8, 3)));
        assert!(!looks_mistyped(day(8, 4), day(8, 3)));
    }
}
