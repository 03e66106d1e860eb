//! Reports that a body asks for, against the programme in which they must then stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::diary::{Diary, Programme};
use crate::check::passages::{self, Kind, Passage};
use crate::check::wording::dates::printed;
use crate::check::wording::sentences::clauses;
use crate::check::wording::titles::Title;
use crate::check::wording::words::runs;
use crate::finding::{Confidence, Finding, Log, Place, Severity, rules};
use crate::model::minutes::{Minute, Minutes, Record};
use crate::model::programme::ProgrammeItem;

mod plans;
mod request;

use plans::{Plans, Row};
use request::{When, added, adds_subjects, asked, meeting_day};

/// Something that a resolution wants to see at a meeting.
struct Wanted {
    /// What it is about: in the resolution's words, else in those of the titles above it.
    titles: Vec<Title>,
    /// Labels by which a programme can refer to the resolution.
    labels: Vec<String>,
    /// The words that ask.
    words: String,
    place: Place,
    /// Whether it is a subject for the programme, rather than a report.
    is_subject: bool,
    /// The day, or the month, of the meeting at which it is wanted.
    day: Option<When>,
}

/// Where something wanted is found.
enum Found<'a> {
    /// Planned for a day, or without one.
    Row(Option<NaiveDate>, &'a ProgrammeItem),
    /// On a later agenda, so it has come.
    Taken,
    /// Only mentioned in the detail of another row.
    Detail(Option<NaiveDate>, &'a ProgrammeItem),
}

/// Finds reports and subjects that a body resolved to see, and that no programme or agenda since has; and those that
/// are planned for another day than the one resolved.
pub(super) fn for_reports(diary: &Diary, log: &Log) {
    let mut of_bodies: BTreeMap<&str, Plans> = BTreeMap::new();
    for (body, day, meeting) in diary.meetings() {
        let newest = diary.programmes_of(body).last();
        let Some(newest) = newest.filter(|newest| newest.until.is_none_or(|until| until >= day)) else { continue };
        let plans = of_bodies.entry(body).or_insert_with(|| Plans::of(diary, body));
        for (_, minutes) in &meeting.minutes {
            let mut lost: Vec<(Wanted, Option<Finding>)> = Vec::new();
            for wanted in all_wanted(diary, minutes) {
                let found = find(plans, day, &wanted);
                let finding = judge(&wanted, found.as_ref(), newest, day);
                // What is asked for twice in one meeting is told of once.
                let again = |earlier: &&mut (Wanted, Option<Finding>)| {
                    earlier.1.is_some()
                        && earlier.0.titles.iter().any(|one| wanted.titles.iter().any(|two| one.is_like(two)))
                };
                match (finding, lost.iter_mut().find(again)) {
                    (Some(_), Some((_, first))) => {
                        *first = first.take().map(|first| first.also(wanted.place, "asked for here too"));
                    }
                    (finding, _) => lost.push((wanted, finding)),
                }
            }
            log.extend(lost.into_iter().filter_map(|(_, finding)| finding));
        }
    }
}

/// Judges what became of something wanted.
fn judge(wanted: &Wanted, found: Option<&Found>, newest: &Programme, day: NaiveDate) -> Option<Finding> {
    let words = shortened(&wanted.words);
    let lost = |message: String| {
        Finding::new(&rules::ASKED_NOT_PLANNED, wanted.place, message)
            .help("add it to the work programme, with or without a day")
            .confidence(Confidence::Likely)
    };
    match found {
        None => {
            let message =
                format!("`{words}` was resolved on {}, but no work programme or later agenda has it", printed(day));
            Some(lost(message).also(newest.paper.place, "the newest programme"))
        }
        Some(Found::Detail(when, row)) => {
            let when = when.map_or_else(String::new, |day| format!(", planned for {}", printed(day)));
            let message =
                format!("`{words}` was resolved on {}, but no row of the work programme is about it", printed(day));
            let place = row.detail.as_ref().map_or(row.title.place, |detail| detail.place);
            let label = format!("perhaps meant in this detail of `{}`{when}", row.title.plain());
            Some(lost(message).also(place, label).weighing(Severity::Info).confidence(Confidence::Possible))
        }
        Some(Found::Row(when, row)) => {
            let Some(asked) = wanted.day.as_ref() else { return other_numbers(wanted, row) };
            (!when.is_some_and(|when| asked.is(when))).then(|| planned_otherwise(wanted, asked, *when, row))
        }
        Some(Found::Taken) => None,
    }
}

/// Tells of a row that has another day, or none.
fn planned_otherwise(wanted: &Wanted, asked: &When, when: Option<NaiveDate>, row: &ProgrammeItem) -> Finding {
    let words = shortened(&wanted.words);
    let now = when.map_or_else(|| "has no day for it".to_owned(), |day| format!("has it for {}", printed(day)));
    let other = asked.month().map_or_else(|| "on another day".to_owned(), |month| format!("in {month}"));
    let message = format!("`{words}` is wanted {other}: the work programme {now}");
    let finding = Finding::new(&rules::PLANNED_OTHERWISE, wanted.place, message)
        .also(row.title.place, "the programme")
        .help("plan it for the day that was resolved, or tell the members why it comes on another");
    if asked.is_sure {
        finding.confidence(Confidence::Likely)
    } else {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    }
}

/// Tells of a row that names other numbers than the resolution: "with Scrutiny Board 3", "with Boards 1 & 3".
fn other_numbers(wanted: &Wanted, row: &ProgrammeItem) -> Option<Finding> {
    let numbers = |words: &str| -> BTreeSet<String> {
        runs(words).filter(|word| word.len() < 4 && word.parse::<u32>().is_ok()).collect()
    };
    let (row_words, words) = (row.title.plain(), shortened(&wanted.words));
    let (planned, resolved) = (numbers(&row_words), numbers(&wanted.words));
    if !wanted.is_subject || planned == resolved || planned.is_empty() || resolved.is_empty() {
        return None;
    }
    let message = format!("`{words}` was resolved, but the work programme has `{row_words}`");
    Some(
        Finding::new(&rules::PLANNED_OTHERWISE, wanted.place, message)
            .also(row.title.place, "the programme")
            .help("put it into the programme in the words of the resolution")
            .weighing(Severity::Info)
            .confidence(Confidence::Possible),
    )
}

/// Gives the first words of a request.
fn shortened(words: &str) -> String {
    const WORDS: usize = 16;
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= WORDS {
        all.join(" ").trim_end_matches(['.', ';']).to_owned()
    } else {
        all[..WORDS].join(" ") + " …"
    }
}

/// Looks for something wanted: in rows of later meetings, on later agendas, at last in the details of rows.
fn find<'a>(plans: &Plans<'a>, day: NaiveDate, wanted: &Wanted) -> Option<Found<'a>> {
    let is_wanted = |title: &Title| wanted.titles.iter().any(|wanted| wanted.is_like(title));
    let refers = |row: &Row| {
        wanted.titles.iter().all(Title::is_vague) && row.labels.iter().any(|label| wanted.labels.contains(label))
    };
    let of_day = |row: &Row| row.day.is_some_and(|when| wanted.day.as_ref().is_some_and(|day| day.is(when)));
    // The newest programme that has it counts, and in that a row of the day that was resolved before others.
    let planned = plans.after(day).filter(|row| is_wanted(&row.title) || refers(row));
    if let Some(row) = planned.min_by_key(|row| (row.age, !of_day(row))) {
        return Some(Found::Row(row.day, row.item));
    }
    if plans.took(&wanted.titles, day) {
        return Some(Found::Taken);
    }
    let mut rows = plans.after(day);
    let mentions =
        |row: &&Row| row.details.iter().any(is_wanted) || row.labels.iter().any(|label| wanted.labels.contains(label));
    rows.find(mentions).map(|row| Found::Detail(row.day, row.item))
}

/// Gives everything that the resolutions of minutes want to see at a meeting.
fn all_wanted(diary: &Diary, minutes: &Minutes) -> Vec<Wanted> {
    let mut all = Vec::new();
    for minute in minutes.all() {
        for record in minute.records() {
            in_text(diary, &minutes.body, record, &mut all);
            in_resolution(diary, &minutes.body, minute, record, &mut all);
        }
    }
    all
}

/// Finds what a minute says in passing that was added to the programme.
fn in_text(diary: &Diary, body: &str, record: &Record, all: &mut Vec<Wanted>) {
    for passage in record.text.iter().flat_map(|text| passages::of_blocks(&text.blocks)) {
        let Some(range) = added(&passage.words) else { continue };
        let words = passage.words[range.clone()].to_owned();
        let titles = vec![diary.wording(body).title(&words)];
        if !titles[0].is_vague() {
            let place = passage.place(range, &diary.workspace.sources);
            all.push(Wanted { titles, labels: Vec::new(), words, place, is_subject: true, day: None });
        }
    }
}

/// Finds what a resolution asks for, and the subjects that it adds.
fn in_resolution(diary: &Diary, body: &str, minute: &Minute, record: &Record, all: &mut Vec<Wanted>) {
    let wording = diary.wording(body);
    let sources = &diary.workspace.sources;
    let labels = [&record.label, &minute.label].into_iter().flatten().map(|label| label.value.clone());
    let labels: Vec<String> = labels.collect();
    // A part without a title is about what its minute is about.
    let above = [record, &minute.record].into_iter().find_map(|record| record.title.as_ref());
    let above = above.map(|title| wording.title(&title.plain())).filter(|title| !title.is_vague());
    let Some(resolved) = &record.resolved else { return };
    let mut adding = None;
    for passage in passages::of_blocks(&resolved.blocks) {
        let depth = depth(&passage);
        if adding.is_some_and(|above| depth > above) {
            let titles = vec![wording.title(&passage.words)];
            let day = None;
            let (words, place) = (passage.words.clone(), passage.whole());
            if !titles[0].is_vague() {
                all.push(Wanted { titles, labels: labels.clone(), words, place, is_subject: true, day });
            }
            continue;
        }
        adding = adds_subjects(&passage.words).then_some(depth);
        for sentence in clauses(&passage.words) {
            let words = &passage.words[sentence.clone()];
            let Some((asks, subject)) = asked(words) else { continue };
            let range = sentence.start + asks.start..sentence.start + asks.end;
            let own = Some(wording.title(subject)).filter(|title| !title.is_vague());
            let titles: Vec<Title> = own.into_iter().chain(above.clone()).collect();
            let (words, place) = (passage.words[range.clone()].to_owned(), passage.place(range, sources));
            let day = meeting_day(&passage.words[sentence]);
            if !titles.is_empty() {
                all.push(Wanted { titles, labels: labels.clone(), words, place, is_subject: false, day });
            }
        }
    }
}

/// Gives how deep a passage stands in lists.
fn depth(passage: &Passage) -> u8 {
    match passage.kind {
        Kind::Entry(depth) => depth,
        _ => 0,
    }
}
