//! Two dates for what seems one event.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::dated::around;
use super::together::Together;
use crate::check::passages::{Kind, Passage};
use crate::check::wording::dates::{Around, Mention, mentions, printed};
use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, is_among, words};
use crate::finding::{Confidence, Finding, Log, Severity, rules};

mod shortened;

use shortened::Shortened;

/// A date, or days from one to another, with the words around it.
struct Event<'t> {
    passage: &'t Passage,
    range: Range<usize>,
    day: NaiveDate,
    until: NaiveDate,
    /// Words that count, with whether they begin with a capital inside the sentence.
    words: BTreeMap<String, bool>,
    /// What is held then, by its name: `lga conference`.
    held: Option<String>,
    /// By which of them others like it are looked for: the last before the date, and what happens.
    keys: BTreeSet<String>,
}

/// What is held once, so that two dates of it cannot both be right.
const HELD: &str = "conference summit congress festival exhibition seminar symposium parade election by-election \
    referendum inquiry tribunal launch gala ballot";

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
    let shortened = Shortened::of(together.passages());
    let mut events: Vec<Event> = Vec::new();
    for (passages, _) in together.each().filter(|(_, minutes)| !minutes) {
        events.extend(passages.iter().flat_map(|passage| in_passage(passage, around, &shortened)));
    }
    let mut groups: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in &events {
        event.keys.iter().for_each(|key| groups.entry(key).or_default().push(event));
    }
    let mut told: BTreeSet<(NaiveDate, NaiveDate)> = BTreeSet::new();
    for group in groups.values() {
        for (at, first) in group.iter().enumerate() {
            for second in group[at + 1..].iter().take(50) {
                let pair = (first.day.min(second.day), first.day.max(second.day));
                let Some(sure) = same_event(first, second).filter(|_| !told.contains(&pair)) else { continue };
                told.insert(pair);
                log.add(apart(together, first, second, sure));
            }
        }
    }
}

fn apart(together: &Together, first: &Event, second: &Event, sure: bool) -> Finding {
    let message = format!("this is {} here, and {} elsewhere among the same words", second.printed(), first.printed());
    let finding = Finding::new(&rules::TWO_DATES, together.place(second.passage, second.range.clone()), message)
        .also(together.place(first.passage, first.range.clone()), format!("{} here", first.printed()))
        .help("find out which date is right, and correct the other");
    if sure {
        finding.confidence(Confidence::Likely)
    } else {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    }
}

impl Event<'_> {
    fn printed(&self) -> String {
        if self.day == self.until {
            printed(self.day)
        } else {
            format!("{} to {}", printed(self.day), printed(self.until))
        }
    }

    /// Tells whether all days of another are among its own.
    fn holds(&self, other: &Self) -> bool {
        self.day <= other.day && other.until <= self.until
    }
}

/// Tells whether dates are easily mistyped for each other: near, or the same day of the next month. A day among those
/// of a longer event is one of them.
fn close(first: &Event, second: &Event) -> bool {
    if first.holds(second) || second.holds(first) {
        return false;
    }
    let near = |one: NaiveDate, other: NaiveDate| {
        let days = (other - one).num_days().abs();
        days <= 4 || (one.day() == other.day() && (25..=35).contains(&days))
    };
    near(first.day, second.day)
        || (first.day == first.until) != (second.day == second.until) && near(first.until, second.day)
}

/// Tells whether two dates are of one event, and whether that is likely.
fn same_event(first: &Event, second: &Event) -> Option<bool> {
    if !close(first, second) {
        return None;
    }
    if first.held.is_some() && first.held == second.held {
        return Some(true);
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

/// Dates of a passage that are one event's: a date alone, or the first and last of `2 to 4 July`.
fn spans(text: &str, dates: &[Mention]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < dates.len() {
        let joined = |index: usize| {
            let next: Option<&Mention> = dates.get(index + 1);
            next.filter(|next| dates[index].joined && next.joined)
                .map(|next| text.get(dates[index].range.end..next.range.start).unwrap_or_default().trim())
        };
        let mut end = at;
        while joined(end).is_some() {
            end += 1;
        }
        let is_span = end == at + 1 && joined(at).is_some_and(|sign| matches!(sign, "-" | "–" | "—" | "to" | "until"));
        if end == at && !dates[at].joined || is_span {
            found.push((at, end));
        }
        at = end + 1;
    }
    found.retain(|(first, last)| dates[*first].day.is_some() && dates[*last].day.is_some());
    found
}

/// Gives the dates of a passage with the words around them in their sentence.
fn in_passage<'t>(passage: &'t Passage, around: Option<Around>, shortened: &Shortened) -> Vec<Event<'t>> {
    if matches!(passage.kind, Kind::Plain | Kind::Header) {
        return Vec::new();
    }
    let text = &passage.words;
    let dates = mentions(text);
    if dates.is_empty() {
        return Vec::new();
    }
    let all = words(text);
    let put = shortened.put_for(&all);
    let said: Vec<(Word, String)> = all.iter().zip(put).filter_map(|(word, put)| Some((*word, put?))).collect();
    let event = |(first, last): (usize, usize)| {
        let range = dates[first].range.start..dates[last].range.end;
        let words = words_around(text, &said, &range, &dates);
        let nearest = words.iter().rev().find(|(word, _)| word.end() <= range.start).map(|(_, said)| (*said).clone());
        let begins = clause(text, range.start).start;
        let first_word = said.iter().map(|(word, _)| word.at).find(|at| *at >= begins);
        let capital = |word: &Word| word.is_capital() && (Some(word.at) != first_word || is_shouted(word.text));
        let held = held(&words, &range, &capital).filter(|_| !is_limit(text, range.start));
        let keys = nearest.into_iter().chain(held.clone()).collect();
        let words = words.iter().map(|(word, said)| ((*said).clone(), capital(word))).collect();
        let (day, until) = (dates[first].date(around)?, dates[last].date(around)?);
        Some(Event { passage, range, day, until, words, held, keys })
    };
    spans(text, &dates).into_iter().filter_map(event).collect()
}

/// Gives the name of what is held on a date: with nothing but a place between the two, or directly behind it.
fn held(words: &[(&Word, &String)], date: &Range<usize>, is_name: &dyn Fn(&Word) -> bool) -> Option<String> {
    let noun = words.iter().position(|(_, said)| is_among(HELD, said))?;
    let between = if words[noun].0.at < date.start {
        let behind = words[noun + 1..].iter();
        behind.take_while(|(word, _)| word.at < date.start).all(|(word, said)| word.is_capital() || *said == "place")
    } else {
        words[..noun].iter().all(|(word, _)| word.at > date.end && word.is_capital())
    };
    let name = words[..noun].iter().rev().map_while(|(word, said)| {
        let annual = said.as_str() == "annual" || said.as_str() == "national";
        if annual { Some("") } else { is_name(word).then_some(said.as_str()) }
    });
    let name: Vec<&str> = name.filter(|word| !word.is_empty()).collect();
    (between && !name.is_empty()).then(|| format!("{} {}", name.join(" "), words[noun].1))
}

/// Tells whether something is to be done before a date: `Places at the conference are sold until 2 July`.
fn is_limit(text: &str, date: usize) -> bool {
    let before = text[..date].split_whitespace().next_back().unwrap_or_default();
    matches!(before, "by" | "By" | "before" | "until" | "till" | "since" | "after" | "After")
}

fn is_shouted(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Gives the words that count around a date: some before it, and a few behind, or more where none stand before.
fn words_around<'s, 't>(
    text: &str,
    said: &'s [(Word<'t>, String)],
    date: &Range<usize>,
    dates: &[Mention],
) -> Vec<(&'s Word<'t>, &'s String)> {
    const BEFORE: usize = 8;
    const BEHIND: usize = 3;
    let bounds = clause(text, date.start);
    let free = |word: &Word| !dates.iter().any(|other| other.range.start < word.end() && word.at < other.range.end);
    let inside = said.iter().filter(|(word, _)| bounds.start <= word.at && word.end() <= bounds.end && free(word));
    let counts = |(word, said): &&(Word, String)| {
        let figure = word.text.bytes().all(|byte| byte.is_ascii_digit());
        (word.text.len() > 1 || figure) && !EMPTY.contains(&said.as_str())
    };
    let before: Vec<_> = inside.clone().rev().filter(|(word, _)| word.end() <= date.start).take(BEFORE).collect();
    let before: Vec<_> = before.into_iter().rev().filter(counts).collect();
    let most = if before.is_empty() { BEFORE } else { BEHIND };
    let behind = inside.filter(|(word, _)| word.at >= date.end).take(most).filter(counts);
    before.into_iter().chain(behind).map(|(word, said)| (word, said)).collect()
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
        let shortened = Shortened::of([&first, &second].into_iter());
        let (one, other) = (in_passage(&first, None, &shortened), in_passage(&second, None, &shortened));
        one.iter().find_map(|one| {
            other
                .iter()
                .find_map(|other| (!one.keys.is_disjoint(&other.keys)).then(|| same_event(one, other)).flatten())
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
    fn an_abbreviation_and_its_words_are_one_name() {
        let long = "Members went to the Local Government Association (LGA) conference on 2 July 2026";
        assert_eq!(same(long, "The cost of the LGA annual conference on 3 July 2026"), Some(true));
        assert_eq!(same(long, "Places at the LGA conference must be taken by 30 June 2026"), None);
        assert_eq!(same(long, "Members went to the LGA conference on 3 July 2026"), Some(true));
        assert_eq!(
            same("Papers of the LGA conference on 2 July 2026", "The LGA conference on 3 July 2026"),
            Some(true)
        );
        assert_eq!(
            same(
                "Local Government Association (LGA). The Local Government Association conference on 2 July 2026",
                "On 3 July 2026 the LGA conference"
            ),
            Some(true)
        );
    }

    #[test]
    fn ranges_are_compared_with_ranges_and_days() {
        let range = "the LGA conference in Harrogate on 2-4 July 2026";
        assert_eq!(same(range, "the LGA conference in Harrogate on 3 to 5 July 2026"), Some(true));
        assert_eq!(same(range, "the LGA conference in Harrogate on 7 July 2026"), Some(true));
        assert_eq!(same(range, "the LGA conference in Harrogate, 2–4 August 2026"), Some(true));
        for other in ["on 3 July 2026", "from 2 to 4 July 2026", "on 2 July 2026", "on 2, 3 and 4 July 2026"] {
            assert_eq!(same(range, &format!("the LGA conference in Harrogate {other}")), None, "{other}");
        }
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
            ("the conference on 2 July 2025", "the conference on 3 July 2026"),
            ("the LGA conference on 2 July 2026", "the ADASS conference on 3 July 2026"),
            ("the LGA conference on 2 July 2026", "the UNISON conference on 4 July 2026"),
        ] {
            assert_eq!(same(first, second), None, "{first}");
        }
    }
}
