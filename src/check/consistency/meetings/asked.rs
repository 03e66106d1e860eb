//! Reports that a body asks for, against the programme in which they must then stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::diary::{Diary, Programme};
use crate::check::passages::{self, Kind, Passage};
use crate::check::wording::dates::printed;
use crate::check::wording::sentences::clauses;
use crate::check::wording::titles::Title;
use crate::finding::{Confidence, Finding, Log, Place, Severity, rules};
use crate::model::minutes::{Minute, Minutes, Record};
use crate::model::programme::ProgrammeItem;

mod plans;
mod request;

use plans::{Plans, Row};
use request::{adds_subjects, asked};

/// Something that a resolution wants to see at a meeting.
struct Wanted {
    /// What it is about: in its own words, else in those of the titles above it.
    titles: Vec<Title>,
    /// Labels by which a programme can refer to the resolution.
    labels: Vec<String>,
    /// The words that ask.
    words: String,
    place: Place,
    /// Whether the minute says in `asks` that it is wanted, so that nothing is guessed.
    is_said: bool,
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
    let lost = |missing: &str| {
        let message = format!("`{words}` was resolved on {}, but {missing}", printed(day));
        let finding = Finding::new(&rules::ASKED_NOT_PLANNED, wanted.place, message);
        if wanted.is_said {
            finding.help("add it to the work programme, with or without a day")
        } else {
            finding.confidence(Confidence::Likely).help(
                "add it to the work programme, with or without a day; `asks` of the minute says without doubt what is asked for",
            )
        }
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

/// Tells of a row that has another day, or none.
fn planned_otherwise(wanted: &Wanted, asked: NaiveDate, when: Option<NaiveDate>, row: &ProgrammeItem) -> Finding {
    let words = shortened(&wanted.words);
    let now = when.map_or_else(|| "has no day for it".to_owned(), |day| format!("has it for {}", printed(day)));
    let message = format!("`{words}` is wanted on {}: the work programme {now}", printed(asked));
    Finding::new(&rules::PLANNED_OTHERWISE, wanted.place, message)
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
    let is_wanted = |title: &Title| wanted.titles.iter().any(|wanted| wanted.is_like(title));
    let refers = |row: &Row| {
        wanted.titles.iter().all(Title::is_vague) && row.labels.iter().any(|label| wanted.labels.contains(label))
    };
    let of_day = |row: &Row| row.day.is_some() && row.day == wanted.day;
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

/// Gives everything that the resolutions of minutes want to see at a meeting: as they say in `asks`, or as their words
/// are understood where they do not.
fn all_wanted(diary: &Diary, minutes: &Minutes) -> Vec<Wanted> {
    let mut all = Vec::new();
    for minute in minutes.all() {
        for record in minute.records() {
            let own = Asking { diary, body: &minutes.body, minute, record };
            if record.asks.is_empty() { own.as_understood(&mut all) } else { own.as_said(&mut all) }
        }
    }
    all
}

/// A minute, or a part of one, that may ask for something.
struct Asking<'a> {
    diary: &'a Diary<'a>,
    body: &'a str,
    minute: &'a Minute,
    record: &'a Record,
}

impl Asking<'_> {
    fn labels(&self) -> Vec<String> {
        let labels = [&self.record.label, &self.minute.label].into_iter().flatten();
        labels.map(|label| label.value.clone()).collect()
    }

    /// Gives the title above, which says what a part without one is about.
    fn above(&self) -> Option<Title> {
        let above = [self.record, &self.minute.record].into_iter().find_map(|record| record.title.as_ref());
        above.map(|title| self.diary.wording(self.body).title(&title.plain())).filter(|title| !title.is_vague())
    }

    /// Gives the titles of something that is asked for in these words.
    fn titles(&self, words: &str) -> Vec<Title> {
        let own = Some(self.diary.wording(self.body).title(words)).filter(|title| !title.is_vague());
        own.into_iter().chain(self.above()).collect()
    }

    fn as_said(&self, all: &mut Vec<Wanted>) {
        all.extend(self.record.asks.iter().map(|ask| {
            let own = self.diary.wording(self.body).title(&ask.report.value);
            Wanted {
                titles: if own.is_vague() { self.titles(&ask.report.value) } else { vec![own] },
                labels: self.labels(),
                words: ask.report.value.clone(),
                place: ask.report.place,
                is_said: true,
                day: ask.day,
            }
        }));
    }

    fn as_understood(&self, all: &mut Vec<Wanted>) {
        let Some(resolved) = &self.record.resolved else { return };
        let mut want = |titles: Vec<Title>, words: &str, place| {
            if !titles.is_empty() {
                let (labels, words) = (self.labels(), words.to_owned());
                all.push(Wanted { titles, labels, words, place, is_said: false, day: None });
            }
        };
        let mut adding = None;
        for passage in passages::of_blocks(&resolved.blocks) {
            let depth = depth(&passage);
            if adding.is_some_and(|above| depth > above) {
                let own = self.diary.wording(self.body).title(&passage.words);
                want(Some(own).filter(|own| !own.is_vague()).into_iter().collect(), &passage.words, passage.whole());
                continue;
            }
            adding = adds_subjects(&passage.words).then_some(depth);
            for sentence in clauses(&passage.words) {
                let words = &passage.words[sentence.clone()];
                let Some((asks, subject)) = asked(words) else { continue };
                let range = sentence.start + asks.start..sentence.start + asks.end;
                let place = passage.place(range.clone(), &self.diary.workspace.sources);
                want(self.titles(subject), &passage.words[range], place);
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
