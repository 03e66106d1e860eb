//! Two dates for what seems one event.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::dated::around;
use super::together::Together;
use crate::check::passages::{Kind, Passage};
use crate::check::wording::dates::{Around, mentions, printed};
use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, lower, words};
use crate::finding::{Confidence, Finding, Log, Severity, rules};

/// A date with the words around it.
struct Event<'t> {
    passage: &'t Passage,
    range: Range<usize>,
    day: NaiveDate,
    /// Words that count, with whether they begin with a capital inside the sentence.
    words: BTreeMap<String, bool>,
    /// The last of them before the date.
    nearest: String,
}

/// Words that say nothing about what happens on a day.
const EMPTY: [&str; 60] = [
    "the", "a", "an", "of", "on", "in", "at", "to", "for", "and", "or", "by", "from", "with", "was", "were", "is",
    "are", "be", "been", "being", "has", "have", "had", "will", "would", "held", "its", "their", "it", "this", "that",
    "which", "who", "as", "until", "till", "before", "after", "since", "between", "not", "no", "there", "them", "they",
    "up", "also", "then", "when", "where", "am", "pm", "noon", "date", "dated", "said", "end", "last", "next",
];

/// Finds pairs of dates that lie close together and stand among the same words.
pub(super) fn two_dates(together: &Together, day: Option<NaiveDate>, log: &Log) {
    let around = day.map(|day| around(together.workspace, day));
    let mut events: HashMap<String, Vec<Event>> = HashMap::new();
    for (passages, minutes) in together.each() {
        for event in passages.iter().filter(|_| !minutes).flat_map(|passage| in_passage(passage, around)) {
            events.entry(event.nearest.clone()).or_default().push(event);
        }
    }
    let mut told: BTreeSet<(NaiveDate, NaiveDate)> = BTreeSet::new();
    let mut groups: Vec<(&String, &Vec<Event>)> = events.iter().filter(|(_, group)| group.len() > 1).collect();
    groups.sort_by_key(|(word, _)| *word);
    for (_, group) in groups {
        for (at, first) in group.iter().enumerate() {
            for second in group[at + 1..].iter().take(50) {
                let pair = (first.day.min(second.day), first.day.max(second.day));
                let Some(sure) = same_event(first, second).filter(|_| !told.contains(&pair)) else { continue };
                told.insert(pair);
                let message = format!(
                    "this is {} here, and {} elsewhere among the same words",
                    printed(second.day),
                    printed(first.day)
                );
                let finding =
                    Finding::new(&rules::TWO_DATES, together.place(second.passage, second.range.clone()), message)
                        .also(
                            together.place(first.passage, first.range.clone()),
                            format!("{} here", printed(first.day)),
                        )
                        .help("find out which date is right, and correct the other");
                log.add(if sure {
                    finding.confidence(Confidence::Likely)
                } else {
                    finding.weighing(Severity::Info).confidence(Confidence::Possible)
                });
            }
        }
    }
}

/// Tells whether two days are easily mistyped for each other: near, or the same day of the next month.
fn close(first: NaiveDate, second: NaiveDate) -> bool {
    let days = (second - first).num_days().abs();
    (1..=4).contains(&days) || (first.day() == second.day() && (25..=35).contains(&days))
}

/// Tells whether two dates are of one event, and whether that is likely.
fn same_event(first: &Event, second: &Event) -> Option<bool> {
    if !close(first.day, second.day) {
        return None;
    }
    let same_place = std::ptr::eq(first.passage, second.passage);
    let shared = first.words.keys().filter(|word| second.words.contains_key(*word)).count();
    let most = first.words.len().max(second.words.len());
    let fewest = first.words.len().min(second.words.len());
    // Another name among the words makes it another event.
    let named = |one: &Event, other: &Event| {
        one.words.iter().any(|(word, capital)| *capital && !other.words.contains_key(word))
    };
    let figures = |one: &Event, other: &Event| {
        one.words
            .keys()
            .any(|word| word.starts_with(|letter: char| letter.is_ascii_digit()) && !other.words.contains_key(word))
    };
    if same_place || figures(first, second) || figures(second, first) || (named(first, second) && named(second, first))
    {
        return None;
    }
    let alike = shared >= 2 && (shared == fewest || (shared >= 4 && shared * 5 >= most * 4));
    alike.then_some(shared >= 4 || (shared >= 3 && shared == most))
}

/// Gives the dates of a passage with the words around them in their sentence.
fn in_passage(passage: &Passage, around: Option<Around>) -> Vec<Event<'_>> {
    if matches!(passage.kind, Kind::Plain | Kind::Header) {
        return Vec::new();
    }
    let text = &passage.words;
    let dates = mentions(text);
    let alone = |index: usize| !dates[index].joined;
    let all = if dates.is_empty() { Vec::new() } else { words(text) };
    let event = |index: usize| {
        let date = &dates[index];
        let bounds = clause(text, date.range.start);
        let inside = |word: &&Word| bounds.start <= word.at && word.end() <= bounds.end;
        let free =
            |word: &&Word| !dates.iter().any(|other| other.range.start < word.end() && word.at < other.range.end);
        let told: Vec<&Word> = all.iter().filter(inside).collect();
        let before = told.iter().copied().filter(|word| word.end() <= date.range.start).rev().filter(free).take(8);
        let behind = told.iter().copied().filter(|word| word.at >= date.range.end).filter(free).take(3);
        let first = told.first().map_or(0, |word| word.at);
        let figure = |word: &Word| word.text.bytes().all(|byte| byte.is_ascii_digit());
        let counts =
            |word: &&Word| (word.text.len() > 1 || figure(word)) && !EMPTY.contains(&lower(word.text).as_str());
        let said = |word: &Word| (lower(word.text), word.is_capital() && word.at != first);
        let nearest = before.clone().find(|word| counts(word)).map(|word| lower(word.text))?;
        let words = before.chain(behind).filter(counts).map(said).collect();
        Some(Event { passage, range: date.range.clone(), day: date.date(around)?, words, nearest })
    };
    (0..dates.len()).filter(|index| alone(*index) && dates[*index].day.is_some()).filter_map(event).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::model::Text;
    use crate::model::text::Inline;

    fn passage(text: &str) -> Passage {
        crate::check::passages::of_parts(&[Inline::Text(Text { value: text.into(), place: Place::default() })])
    }

    fn same(first: &str, second: &str) -> Option<bool> {
        let (first, second) = (passage(first), passage(second));
        let (one, other) = (in_passage(&first, None), in_passage(&second, None));
        one.iter().find_map(|one| {
            other.iter().find_map(|other| (one.nearest == other.nearest).then(|| same_event(one, other)).flatten())
        })
    }

    #[test]
    fn one_event_with_two_dates_is_found() {
        assert_eq!(
            same(
                "The workshop on the Public Law Outline on 3 July 2021",
                "Deliver the workshop on the Public Law Outline on 3 August 2021"
            ),
            Some(true)
        );
        assert_eq!(
            same("before the Council meeting on 2nd July 2026", "at the Council meeting on 3 July 2026"),
            Some(false)
        );
        assert_eq!(
            same(
                "The letter after the focused visit was published on 25 June 2026.",
                "The letter after the visit was published on 26 June 2026."
            ),
            Some(false)
        );
    }

    #[test]
    fn other_events_are_left_alone() {
        for (first, second) in [
            (
                "A drop-in session at Harbour library on 3 July 2026",
                "A drop-in session at Saltgate library on 5 July 2026",
            ),
            ("The letter was published on 26 June 2026", "The plan was agreed on 28 June 2026"),
            ("Stage 1 of the consultation ends on 3 July 2026", "Stage 2 of the consultation ends on 5 July 2026"),
            ("The visit took place on 3 July 2026", "The visit took place on 3 July 2025"),
            ("Notice was given on 24 August 2026", "Notice was given on 28 September 2026"),
            ("open from 1 to 3 July 2026", "open on 4 July 2026"),
        ] {
            assert_eq!(same(first, second), None, "{first}");
        }
    }
}
