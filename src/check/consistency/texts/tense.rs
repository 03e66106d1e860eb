//! Tenses that do not fit a date: what was done in the future, and what will be done in the past.

use chrono::{Days, NaiveDate};

use super::dated::Dated;
use crate::check::passages::Passage;
use crate::check::reading::{Reading, Source};
use crate::check::wording::dates::{Mention, printed};
use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, gap, is_among, lower, words};
use crate::finding::{Confidence, Finding, Log, Severity, rules};
use crate::model::{Paper, PaperKind};

/// How a clause speaks of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Future,
}

/// Words that cannot stand between a verb and the date on which it happened: another clause or another date begins.
const APART: [&str; 43] = [
    "that",
    "to",
    "which",
    "who",
    "when",
    "whether",
    "if",
    "will",
    "would",
    "shall",
    "should",
    "may",
    "can",
    "could",
    "must",
    "and",
    "but",
    "or",
    "as",
    "because",
    "until",
    "till",
    "by",
    "before",
    "after",
    "from",
    "for",
    "since",
    "due",
    "expected",
    "planned",
    "scheduled",
    "proposed",
    "ending",
    "ends",
    "starting",
    "starts",
    "beginning",
    "begins",
    "than",
    "not",
    "opens",
    "closes",
];
/// Verbs of which the thing done can lie ahead: `was postponed to`, `has been arranged on`.
const AHEAD: [&str; 15] = [
    "postponed",
    "deferred",
    "arranged",
    "fixed",
    "set",
    "called",
    "convened",
    "scheduled",
    "planned",
    "expected",
    "due",
    "proposed",
    "extended",
    "moved",
    "booked",
];
const AUXILIARIES: [&str; 6] = ["was", "were", "been", "has", "have", "had"];
const PRETERITES: [&str; 10] =
    ["met", "began", "came", "went", "gave", "wrote", "became", "commenced", "attended", "visited"];

/// Finds past tenses with dates that lie ahead, and futures with dates that have gone by.
pub(super) fn tenses(dated: &Dated, log: &Log) {
    let Some(spoken) = Spoken::of(dated.reading) else { return };
    for (passage, date) in dated.each() {
        let Some(tense) = tense(&passage.words, date) else { continue };
        let (Some(around), Some(day)) = (dated.around, date.date(dated.around)) else { continue };
        let sure = date.year.is_some() && date.nearest(around).is_some();
        match tense {
            Tense::Past if day > spoken.last => past(dated, passage, date, day, sure, &spoken, log),
            Tense::Future if sure && date.day.is_some() && day < spoken.first => {
                let message = format!("this speaks of {} as still to come, but it has gone by", printed(day));
                let finding =
                    Finding::new(&rules::WRONG_TENSE, dated.reading.place(passage, date.range.clone()), message)
                        .weighing(Severity::Info)
                        .confidence(Confidence::Possible)
                        .help("say what came of it, or correct the date");
                log.add(finding);
            }
            _ => {}
        }
    }
}

fn past(dated: &Dated, passage: &Passage, date: &Mention, day: NaiveDate, sure: bool, spoken: &Spoken, log: &Log) {
    let said = if date.day.is_some() { printed(day) } else { day.format("%B %Y").to_string() };
    let message = format!("this speaks of {said} as gone by, but the paper is for {}", printed(spoken.last));
    let finding = Finding::new(&rules::WRONG_TENSE, dated.reading.place(passage, date.range.clone()), message)
        .help("correct the date or its year, or say that it is still to come");
    log.add(if sure {
        finding.confidence(Confidence::Likely)
    } else {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    });
}

/// The days between which a text is written and read.
struct Spoken {
    first: NaiveDate,
    last: NaiveDate,
}

impl Spoken {
    /// Gives them: a paper is written some weeks before the meeting that takes it, minutes after their own meeting.
    fn of(reading: &Reading) -> Option<Self> {
        let meeting = reading.meetings.first();
        if let Source::Paper(Paper { kind: PaperKind::Minutes(minutes), .. }) = reading.source {
            let held = minutes.when.date();
            let next = meeting.map(|agenda| agenda.when.date()).or_else(|| held.checked_add_days(Days::new(92)))?;
            return Some(Self { first: held, last: next });
        }
        let dated = reading.paper().and_then(|paper| match &paper.kind {
            PaperKind::BriefingNote(note) => note.date,
            PaperKind::Plain(paper) => paper.date,
            PaperKind::WorkProgramme(programme) => programme.updated,
            _ => None,
        });
        let last = reading.day().or(dated)?;
        let weeks_before = last.checked_sub_days(Days::new(21))?;
        let issued = meeting.and_then(|agenda| agenda.issued).map_or(weeks_before, |day| day.min(weeks_before));
        Some(Self { first: dated.map_or(issued, |day| day.min(issued)), last })
    }
}

/// Tells in what tense a clause speaks of a date: only where the verb stands close before it.
fn tense(text: &str, date: &Mention) -> Option<Tense> {
    let sentence = clause(text, date.range.start);
    let start = sentence.start.min(date.range.start);
    let clause = &text[start..date.range.start];
    let all = words(clause);
    let last = all.len().checked_sub(1)?;
    let direct = PRETERITES.contains(&lower(all[last].text).as_str());
    if !gap(clause, &all, last).is_empty() || !(direct || matches!(all[last].text, "on" | "in" | "On" | "In")) {
        return None;
    }
    // "A patient who was admitted on 1 November would be counted", "Had it been signed on 20 October".
    let whole = words(&text[sentence]);
    let supposed =
        whole.first().is_some_and(|word| word.text == "Had") || whole.iter().any(|word| word.text == "would");
    let conditional =
        supposed || all.iter().any(|word| matches!(lower(word.text).as_str(), "if" | "unless" | "whether"));
    let verb = if direct { last } else { last.checked_sub(1)? };
    if conditional {
        return None;
    }
    // The verb is one of the six words before the preposition.
    for at in (verb.saturating_sub(6)..=verb).rev() {
        let broken = !(direct && at == verb) && gap(clause, &all, at).contains([',', ':', '–', '(', ')']);
        let word = lower(all[at].text);
        if broken {
            return None;
        }
        if let Some(tense) = verb_at(clause, &all, at, &word) {
            return Some(tense);
        }
        if (APART.contains(&word.as_str()) && !leads_to_somebody(&all, at)) || AHEAD.contains(&word.as_str()) {
            return None;
        }
    }
    None
}

/// Tells whether a `to` is that of `submitted to Cabinet`, not of `to publish`.
fn leads_to_somebody(all: &[Word], at: usize) -> bool {
    let article = |word: &Word| matches!(word.text, "the" | "a" | "an" | "its" | "their" | "all" | "each" | "members");
    all[at].text == "to" && all.get(at + 1).is_some_and(|next| next.is_capital() || article(next))
}

/// Gives the tense of the verb whose last word stands at an index.
fn verb_at(clause: &str, all: &[Word], at: usize, word: &str) -> Option<Tense> {
    if AHEAD.contains(&word) {
        return None;
    }
    let three = [1, 2, 3].map(|back| at.checked_sub(back).map(|at| lower(all[at].text)).unwrap_or_default());
    if is_to_come(word, &three) {
        return Some(Tense::Future);
    }
    if three.iter().any(|word| UNSURE.contains(&word.as_str())) {
        return None;
    }
    let went = word == "place" && three[0] == "took" || word == "live" && three[0] == "went";
    let past = went || PRETERITES.contains(&word);
    let done = is_participle(word) && (has_auxiliary(&three) || goes_on(clause, all, at));
    (past || done).then_some(Tense::Past)
}

/// Words beside which a verb does not say that something was done.
const UNSURE: [&str; 12] =
    ["would", "could", "should", "may", "might", "must", "can", "to", "be", "will", "shall", "being"];

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || is_among("held made sent given taken done put paid begun", word)
}

/// Tells whether a verb with `will` before it is one of what is to come.
fn is_to_come(word: &str, before: &[String; 3]) -> bool {
    let verb = is_participle(word)
        || (word == "place" && matches!(before[0].as_str(), "take" | "taken"))
        || is_among("meet begin open start close happen", word);
    verb && before.iter().any(|word| matches!(word.as_str(), "will" | "shall"))
}

/// Tells whether an auxiliary stands before a participle: `was also held`.
fn has_auxiliary(before: &[String; 3]) -> bool {
    let auxiliary = |word: &String| AUXILIARIES.contains(&word.as_str());
    let between = before[0].ends_with("ly") || is_among("also not first been then", &before[0]);
    auxiliary(&before[0]) || (auxiliary(&before[1]) && between)
}

/// Tells whether a participle goes on from one before: `had been developed in response to it and submitted on`.
fn goes_on(clause: &str, all: &[Word], at: usize) -> bool {
    let joined = at > 0 && lower(all[at - 1].text) == "and" && gap(clause, all, at - 1).is_empty();
    let earlier: Vec<String> = all[at.saturating_sub(20)..at].iter().map(|word| lower(word.text)).collect();
    let spoken = earlier.iter().any(|word| AUXILIARIES.contains(&word.as_str()));
    let ahead = earlier.iter().any(|word| UNSURE[..7].contains(&word.as_str()) || word == "will");
    joined && spoken && !ahead
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::wording::dates::mentions;

    fn of(text: &str) -> Option<Tense> {
        tense(text, mentions(text).last().expect("a date"))
    }

    #[test]
    fn a_verb_close_before_the_date_tells_the_tense() {
        for text in [
            "The plan was discussed at the meeting of Cabinet on 12 November 2026.",
            "An audit of the work took place in December 2018",
            "The plan had been developed in response to the recommendations and submitted to Ofsted on 18 November 2023.",
            "The pilot commenced 14 April 2021",
            "It has been published on 3 May 2027",
            "The letter was also published on 3 May 2027",
        ] {
            assert_eq!(of(text), Some(Tense::Past), "{text}");
        }
        for text in ["The visit will take place on 3 May 2026", "Interviews will be held in June 2026"] {
            assert_eq!(of(text), Some(Tense::Future), "{text}");
        }
    }

    #[test]
    fn what_is_arranged_or_conditional_is_left_alone() {
        for text in [
            "The meeting was postponed to 11 November 2026",
            "It was agreed that the service ends on 2 November 2026",
            "The debate has been arranged on 12 November 2026",
            "If it is held on 12 November 2026",
            "The report, which would be published on 12 November 2026",
            "The offer was extended until 12 November 2026",
            "The Board asked for a report on 12 November 2026",
            "Bids were invited by 12 November 2026",
            "The group meets on 21 October 2026",
            "to be considered on 12 November 2026",
            "The agency has added two evenings in Aldermere, on 6 and 22 October 2026",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
