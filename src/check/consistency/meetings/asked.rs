//! Reports that a body asks for, against the programme in which they must then stand.

use std::collections::BTreeMap;
use std::iter;

use chrono::NaiveDate;

use super::diary::{Diary, Programme};
use crate::check::wording::dates::printed;
use crate::check::wording::titles::Title;
use crate::finding::{Confidence, Finding, Log, Place, Severity};
use crate::model::Line;
use crate::model::minutes::{Ask, Minute, Minutes, Record};
use crate::model::programme::ProgrammeItem;

mod plans;

use plans::{Plans, Row};

/// Something that a resolution wants to see at a meeting.
struct Wanted {
    /// What it is about: in its own words, else in those of the title above it.
    title: Option<Title>,
    /// Labels by which a programme can refer to the resolution.
    labels: Vec<String>,
    /// The words that ask.
    words: String,
    place: Place,
    /// The day of the meeting at which it is wanted.
    day: Option<NaiveDate>,
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
pub(in crate::check) fn for_reports(diary: &Diary, log: &Log) {
    let mut of_bodies: BTreeMap<&str, Plans> = BTreeMap::new();
    for (body, day, meeting) in diary.meetings() {
        let newest = diary.programmes_of(body).last();
        let Some(newest) = newest.filter(|newest| newest.until.is_none_or(|until| until >= day)) else { continue };
        let plans = of_bodies.entry(body).or_insert_with(|| Plans::of(diary, body));
        for (_, minutes) in &meeting.minutes {
            let wanted = all_wanted(diary, minutes);
            log.extend(
                wanted.iter().filter_map(|wanted| judge(wanted, find(plans, day, wanted).as_ref(), newest, day)),
            );
        }
    }
}

crate::finding::rule! {
    /// `asks` of a minute or a part of one says what a resolution wants to see at a meeting: `asks: [{report: School
    /// meals, for: 2027-02-11}]`. No programme since then has a row like it, and no later agenda took it: it is
    /// about to be forgotten. Add it, with or without a day. The words of the resolution itself are not read. Where
    /// only the detail of another row mentions it, this is a hint: check that the row covers what was asked. A row
    /// that refers to the minute by its label covers it, where `asks` has no words of its own on the subject.
    ASKED_NOT_PLANNED = "C0003", Consistency, Warning, "a report that was asked for and is planned nowhere";
    "practice"
}

/// Judges what became of something wanted.
fn judge(wanted: &Wanted, found: Option<&Found>, newest: &Programme, day: NaiveDate) -> Option<Finding> {
    let words = shortened(&wanted.words);
    let lost = |missing: &str| {
        let message = format!("`{words}` was resolved on {}, but {missing}", printed(day));
        Finding::new(&ASKED_NOT_PLANNED, wanted.place, message)
            .help("add it to the work programme, with or without a day")
    };
    match found {
        None => Some(lost("no work programme or later agenda has it").also(newest.paper.place, "the newest programme")),
        Some(Found::Detail(when, row)) => {
            let when = when.map_or_else(String::new, |day| format!(", planned for {}", printed(day)));
            let place = row.detail.as_ref().map_or(row.title.place, |detail| detail.place);
            let label = format!("perhaps meant in this detail of `{}`{when}", row.title.plain());
            let finding = lost("no row of the work programme is about it").also(place, label);
            Some(finding.weighing(Severity::Info).confidence(Confidence::Possible))
        }
        Some(Found::Row(when, row)) => {
            let asked = wanted.day.filter(|asked| *when != Some(*asked))?;
            Some(planned_otherwise(wanted, asked, *when, row))
        }
        Some(Found::Taken) => None,
    }
}

crate::finding::rule! {
    /// `for` under `asks` of a minute is the day of the meeting at which a report is wanted, and the work programme
    /// has it for another day or for none. Plan it for the day that was resolved; where that cannot be, tell the
    /// members.
    PLANNED_OTHERWISE = "C0004", Consistency, Warning,
    "a report or subject that is planned otherwise than was resolved";
    "practice"
}

/// Tells of a row that has another day, or none.
fn planned_otherwise(wanted: &Wanted, asked: NaiveDate, when: Option<NaiveDate>, row: &ProgrammeItem) -> Finding {
    let words = shortened(&wanted.words);
    let now = when.map_or_else(|| "has no day for it".to_owned(), |day| format!("has it for {}", printed(day)));
    let message = format!("`{words}` is wanted on {}: the work programme {now}", printed(asked));
    Finding::new(&PLANNED_OTHERWISE, wanted.place, message)
        .also(row.title.place, "the programme")
        .help("plan it for the day that was resolved, or tell the members why it comes on another")
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
    let is_wanted = |title: &Title| wanted.title.as_ref().is_some_and(|wanted| wanted.is_like(title));
    let refers = |row: &Row| wanted.title.is_none() && row.labels.iter().any(|label| wanted.labels.contains(label));
    let of_day = |row: &Row| row.day.is_some() && row.day == wanted.day;
    // The newest programme that has it counts, and in that a row of the day that was resolved before others.
    let planned = plans.after(day).filter(|row| is_wanted(&row.title) || refers(row));
    if let Some(row) = planned.min_by_key(|row| (row.age, !of_day(row))) {
        return Some(Found::Row(row.day, row.item));
    }
    if wanted.title.as_ref().is_some_and(|title| plans.took(title, day)) {
        return Some(Found::Taken);
    }
    let mut rows = plans.after(day);
    let mentions =
        |row: &&Row| row.details.iter().any(is_wanted) || row.labels.iter().any(|label| wanted.labels.contains(label));
    rows.find(mentions).map(|row| Found::Detail(row.day, row.item))
}

/// Gives everything that the resolutions of minutes say in `asks` that they want to see at a meeting.
fn all_wanted(diary: &Diary, minutes: &Minutes) -> Vec<Wanted> {
    let wording = diary.wording(&minutes.body);
    let records = minutes.all().flat_map(|minute| minute.records().map(move |record| (minute, record)));
    let wanted = |(minute, record): (&Minute, &Record)| {
        let above = [record, &minute.record].into_iter().find_map(|record| record.title.as_ref());
        let labels = [&record.label, &minute.record.label].into_iter().flatten().map(|label| label.value.clone());
        let labels: Vec<String> = labels.collect();
        let title = |ask: &Ask| {
            let titles = iter::once(ask.report.value.clone()).chain(above.map(Line::plain));
            titles.map(|words| wording.title(&words)).find(|title| !title.is_vague())
        };
        let wanted = record.asks.iter().map(|ask| Wanted {
            title: title(ask),
            labels: labels.clone(),
            words: ask.report.value.clone(),
            place: ask.report.place,
            day: ask.day,
        });
        wanted.collect::<Vec<_>>()
    };
    records.flat_map(wanted).collect()
}
