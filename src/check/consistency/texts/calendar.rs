//! Dates against the calendar: days that do not exist, weekdays that do not fit, meetings on other days.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::dated::Dated;
use crate::check::passages::{self, Passage};
use crate::check::reading::{Reading, Source};
use crate::check::wording::dates::{Mention, printed};
use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, gap, words};
use crate::finding::{Confidence, Finding, Log, Place, Severity};
use crate::model::agenda::Wanted;
use crate::model::dates::DAYS;
use crate::model::{Body, PaperKind, Workspace};

/// The days on which bodies meet, as far as the sources know, with where that is said.
pub(in crate::check) struct Meetings<'a>(BTreeMap<&'a str, BTreeMap<NaiveDate, Place>>);

impl<'a> Meetings<'a> {
    /// Gathers them from agendas, minutes and work programmes.
    pub(in crate::check) fn of(workspace: &'a Workspace) -> Self {
        let mut days: BTreeMap<&str, BTreeMap<NaiveDate, Place>> = BTreeMap::new();
        for agenda in workspace.meetings.values() {
            let known = days.entry(&agenda.body).or_default();
            known.insert(agenda.when.date(), agenda.place);
            if let Some(to) = agenda.postponed.as_ref().and_then(|postponed| postponed.to) {
                known.insert(to.date(), agenda.place);
            }
        }
        for paper in workspace.papers.values() {
            let (body, found): (&str, Vec<NaiveDate>) = match &paper.kind {
                PaperKind::Minutes(minutes) => (&minutes.body, vec![minutes.when.date()]),
                PaperKind::WorkProgramme(programme) => {
                    (&programme.body, programme.meetings.iter().map(|meeting| meeting.date).collect())
                }
                _ => continue,
            };
            let known = days.entry(body).or_default();
            for day in found {
                known.entry(day).or_insert(paper.place);
            }
        }
        Self(days)
    }

    /// Gives the meeting of a body that is nearest to a day on which it has none.
    fn instead_of(&self, body: &str, day: NaiveDate) -> Option<(NaiveDate, Place)> {
        let known = self.0.get(body)?;
        if known.contains_key(&day) {
            return None;
        }
        let apart = |other: NaiveDate| (other - day).num_days().abs();
        let nearest = known.iter().min_by_key(|(other, _)| apart(**other))?;
        (apart(*nearest.0) <= 7).then_some((*nearest.0, *nearest.1))
    }
}

/// Holds the dates of one agenda or paper against the calendar.
pub(in crate::check) fn days(reading: &Reading, meetings: &Meetings, log: &Log) {
    let dated = Dated::of(reading);
    no_such_day(&dated, log);
    wrong_weekday(&dated, log);
    no_such_meeting(&dated, meetings, log);
}

crate::finding::rule! {
    /// The month has no such day, or the year no 29 February. Nobody can tell which day is meant: look it up
    /// where the date comes from.
    NO_SUCH_DAY = "C0026", Consistency, Warning, "a day that no calendar has";
}

/// Finds days that no calendar has, such as 31 June.
fn no_such_day(dated: &Dated, log: &Log) {
    for (passage, date) in dated.each() {
        // In a year that is not written, 29 February may be meant.
        if date.day_in(date.year.unwrap_or(2024)).is_none() {
            let written = &passage.words[date.range.clone()];
            let place = dated.reading.place(passage, date.range.clone());
            log.add(
                Finding::new(&NO_SUCH_DAY, place, format!("there is no day `{written}`"))
                    .help("look up the date and correct it"),
            );
        }
    }
}

crate::finding::rule! {
    /// Day of the week and date are of two different days, and nobody can tell which of them is right.
    WRONG_WEEKDAY = "C0025", Consistency, Warning, "a weekday that does not fit the date";
}

/// Finds weekdays that are not those of the date.
fn wrong_weekday(dated: &Dated, log: &Log) {
    for (passage, dates) in &dated.passages {
        let mut last_year = None;
        for date in dates {
            last_year = date.year.or(last_year);
            let Some(written) = date.weekday.filter(|_| !among_weekdays(&passage.words[..date.range.start])) else {
                continue;
            };
            let nearest = dated.around.and_then(|around| date.nearest(around));
            let others = last_year.and_then(|year| date.day_in(year)).into_iter().chain(nearest);
            let Some(day) = date.date(dated.around).or(nearest) else { continue };
            let fits = |day: NaiveDate| day.weekday() == written;
            if fits(day) || (date.year.is_none() && others.into_iter().any(fits)) {
                continue;
            }
            let message = format!(
                "{} is a {}, not a {}",
                printed(day),
                day.format("%A"),
                DAYS[written.num_days_from_monday() as usize]
            );
            let place = dated.reading.place(passage, date.range.clone());
            let sure = if date.year.is_some() { Confidence::Certain } else { Confidence::Likely };
            log.add(
                Finding::new(&WRONG_WEEKDAY, place, message)
                    .confidence(sure)
                    .help("find out which of the two is right, and correct the other"),
            );
        }
    }
}

/// Tells whether a weekday stands before another: `Monday to Friday, 5 to 9 October` says which belongs to which by
/// their order.
fn among_weekdays(before: &str) -> bool {
    let all: Vec<&str> = before.split_whitespace().rev().take(2).collect();
    let [joined, day] = all[..] else { return false };
    matches!(joined, "to" | "and" | "or" | "–" | "-" | "until") && DAYS.contains(&day.trim_end_matches(','))
}

crate::finding::rule! {
    /// The text speaks of a meeting of a body on a day for which the sources have no agenda, no minutes and no
    /// row of a work programme, while the body meets some days before or after.
    NO_SUCH_MEETING = "C0027", Consistency, Warning, "a meeting on a day on which the body has none";
}

/// Finds meetings of a body that are said to be on a day on which it has none, with one a few days away.
fn no_such_meeting(dated: &Dated, meetings: &Meetings, log: &Log) {
    let of_minutes = beside_minutes(dated);
    for (passage, date) in dated.each().filter(|(_, date)| date.day.is_some()) {
        if of_minutes.contains(&passage.whole()) {
            continue;
        }
        let Some(body) = meeting_of(dated, passage, date) else { continue };
        let day = dated.around.map_or_else(|| date.date(None), |around| date.nearest(around));
        let Some((day, (other, where_known))) = day.and_then(|day| Some((day, meetings.instead_of(&body.id, day)?)))
        else {
            continue;
        };
        let near = (other - day).num_days().abs() <= 3;
        let message =
            format!("`{}` has no meeting on {}, but one on {}", body.name.value, printed(day), printed(other));
        let place = dated.reading.place(passage, date.range.clone());
        let (severity, sure) =
            if near { (Severity::Warning, Confidence::Likely) } else { (Severity::Info, Confidence::Possible) };
        log.add(
            Finding::new(&NO_SUCH_MEETING, place, message)
                .weighing(severity)
                .confidence(sure)
                .also(where_known, format!("the meeting of {}", printed(other)))
                .help("correct the date of the meeting"),
        );
    }
}

/// Gives where an agenda speaks of the minutes that stand behind the same item: a wrong date there is told of when the
/// two are compared.
fn beside_minutes(dated: &Dated) -> Vec<Place> {
    let Source::Agenda(agenda) = dated.reading.source else { return Vec::new() };
    let mut places = Vec::new();
    for (item, _) in agenda.items() {
        if !item.all_papers().any(|paper| matches!(paper.wanted, Wanted::Minutes { .. })) {
            continue;
        }
        let lines = std::iter::once(&item.title).chain(&item.lead).chain(item.parts.iter().map(|part| &part.text));
        let lines = lines.map(|line| passages::of_parts(&line.content));
        let said = lines.chain(item.text.iter().flat_map(|text| passages::of_blocks(&text.blocks)));
        let speaks = |passage: &Passage| passage.words.to_lowercase().contains("minutes");
        places.extend(said.filter(speaks).map(|passage| passage.whole()));
    }
    places
}

/// Gives the body whose meeting a date is said to be of: `the meeting of the Board on`, `Cabinet on`.
fn meeting_of<'a>(dated: &Dated<'_, 'a>, passage: &Passage, date: &Mention) -> Option<&'a Body> {
    let text = &passage.words;
    let before = &text[clause(text, date.range.start).start.min(date.range.start)..date.range.start];
    let all = words(before);
    let mut end = all.len();
    let word = |end: usize| end.checked_sub(1).map_or("", |at| all[at].text);
    if !matches!(word(end), "on" | "of") || !gap(before, &all, end - 1).is_empty() {
        return None;
    }
    end -= 1;
    while matches!(word(end), "held" | "be" | "to" | "was" | "is" | "due" | "scheduled" | "planned" | "arranged") {
        end -= 1;
    }
    let said = &before[..end.checked_sub(1).map(|at| all[at].end())?];
    let bodies = &dated.reading.workspace.bodies;
    let own = dated.reading.body;
    let called = |body: &&Body| body.called.as_ref().is_some_and(|called| ends_with(said, &called.value));
    if word(end) != "meeting" {
        return own.filter(called).map(|body| &bodies[&body.id]).or_else(|| named(bodies, said));
    }
    let said = &before[..all.get(end.checked_sub(2)?).map(Word::end)?];
    match word(end - 1) {
        // "This meeting" is compared with its own agenda.
        "this" => None,
        "its" => its(dated, said),
        "the" | "The" | "last" | "next" | "previous" | "ordinary" | "extraordinary" | "annual" => {
            own.map(|body| &bodies[&body.id])
        }
        _ => own.filter(called).map(|body| &bodies[&body.id]).or_else(|| named(bodies, said)),
    }
}

/// Gives the body that `its` speaks of: the last that is named before, with no other name between.
fn its<'a>(dated: &Dated<'_, 'a>, said: &str) -> Option<&'a Body> {
    let bodies = &dated.reading.workspace.bodies;
    let own = dated.reading.body;
    let all = words(said);
    let last = all.iter().rposition(Word::is_capital)?;
    let named_to = &said[..all[last].end()];
    let called = own.and_then(|body| body.called.as_ref()).is_some_and(|called| ends_with(named_to, &called.value));
    if called { own.map(|body| &bodies[&body.id]) } else { named(bodies, named_to) }
}

/// Gives the body whose name or short name a text ends with.
fn named<'a>(bodies: &'a BTreeMap<String, Body>, said: &str) -> Option<&'a Body> {
    let names = |body: &Body| {
        ends_with(said, &body.name.value) || body.short.as_ref().is_some_and(|short| ends_with(said, &short.value))
    };
    bodies.values().find(|body| names(body))
}

/// Tells whether a text ends with a name that is not the end of a longer one, as of another council.
fn ends_with(said: &str, name: &str) -> bool {
    let said = said.trim_start();
    let Some(rest) = said.strip_suffix(name).map(str::trim_end) else { return false };
    let before = rest.rsplit(' ').next().unwrap_or_default();
    let longer = before.chars().next().is_some_and(char::is_uppercase) && rest.contains(' ');
    (said.len() == name.len() || said[..said.len() - name.len()].ends_with(' ')) && !longer
}
