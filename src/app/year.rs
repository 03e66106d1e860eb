//! The year of a body in figures: notice, lateness, what was withheld, what was promised, who attended.
//!
//! Counts only what everybody may know: grounds are printed on front sheets, promises are those of public minutes, pages
//! are those of public packs. Nothing is told of single people.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde::Serialize;

use super::{Failure, Refused, Session};
use crate::check::is_same_person;
use crate::issue::document::Workshop;
use crate::model::Body;
use crate::model::agenda::{Agenda, MeetingKind};
use crate::model::people::InRole;
use crate::model::{Minutes, PaperKind};
use crate::resolve::ledger::{Ledger, Reader, State};
use crate::resolve::{self, Meeting, Published};

mod pdf;

/// Version of the schema; grows when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// A body's year.
#[derive(Debug, Serialize)]
pub struct Year {
    schema_version: u32,
    /// Id of the body.
    pub body: String,
    /// Its name.
    pub name: String,
    /// The municipal year, such as `2026-27`.
    pub year: String,
    /// The day up to which it is told.
    pub until: NaiveDate,
    /// Its meetings up to then, the first one first.
    pub meetings: Vec<YearMeeting>,
    /// How many papers were withheld, by paragraph of Schedule 12A, or as confidential.
    pub withheld: BTreeMap<String, usize>,
    /// How many of them are to be looked at again, and of how many that day is past.
    pub reviews: Reviews,
    /// What the body asked for and was promised.
    pub promises: Promises,
}

/// A meeting in the year of its body.
#[derive(Debug, Serialize)]
pub struct YearMeeting {
    /// Id of the meeting.
    pub meeting: String,
    /// Its day.
    pub date: NaiveDate,
    /// `scheduled`, `cancelled` or `postponed`.
    pub status: &'static str,
    /// Day of the first issue.
    pub issued: Option<NaiveDate>,
    /// Clear days between that and the meeting, and how many the law wants.
    pub clear_days: Option<u32>,
    /// How many the law wants.
    pub needed: u32,
    /// Whether the agenda was out in time; nothing where no notice is needed, or it was not issued.
    pub in_time: Option<bool>,
    /// How many issues there have been, and how many of them were supplements.
    pub issues: u32,
    /// How many of them were supplements.
    pub supplements: u32,
    /// Items taken as urgent, to follow and withdrawn.
    pub urgent: usize,
    /// Items whose report was to follow.
    pub to_follow: usize,
    /// Items withdrawn.
    pub withdrawn: usize,
    /// Papers withheld.
    pub withheld: usize,
    /// Pages of the public pack, blank ones included.
    pub pages: usize,
    /// Members who were present, by the minutes; nothing where none are public.
    pub present: Option<usize>,
    /// How many members there are.
    pub members: usize,
}

/// Reviews of what is withheld.
#[derive(Debug, Default, Serialize)]
pub struct Reviews {
    /// With a day on which they are looked at again.
    pub dated: usize,
    /// Of these, those whose day is past.
    pub past: usize,
}

/// What a body asked for and was promised in a year.
#[derive(Debug, Default, Serialize)]
pub struct Promises {
    /// Made at its meetings.
    pub made: usize,
    /// Closed in the year, whenever they were made.
    pub closed: usize,
    /// Closed by the day that was first given.
    pub kept: usize,
    /// Not closed at its end.
    pub open: usize,
    /// Not closed, and their day past.
    pub overdue: usize,
}

impl Session {
    /// Gives the year of a body up to a day.
    pub fn year(&self, body: &str, year: &str, today: NaiveDate) -> Result<Year, Refused> {
        if let Some(report) = self.unreadable() {
            return Err(report.into());
        }
        let workspace = &self.project.workspace;
        let Some(found) = workspace.bodies.get(body) else {
            let known: Vec<&str> = workspace.bodies.keys().map(String::as_str).collect();
            let failure = Failure::asked(format!("there is no body `{body}`"));
            return Err(failure.hint(format!("the bodies are: {}", known.join(", "))).into());
        };
        let began = began(year)?;
        let of_year = |day: NaiveDate| workspace.council.municipal_year(day) == began && day <= today;
        let meetings = resolve::meetings(workspace);
        let published = Published::of(workspace, &meetings);
        let mut told: Vec<&Meeting> =
            meetings.iter().filter(|one| one.agenda.body == body && of_year(one.agenda.when.date())).collect();
        told.sort_by_key(|one| one.agenda.when);
        let mut all = Year {
            schema_version: SCHEMA_VERSION,
            body: body.to_owned(),
            name: found.name.value.clone(),
            year: year.to_owned(),
            until: today,
            meetings: Vec::new(),
            withheld: BTreeMap::new(),
            reviews: Reviews::default(),
            promises: promises(&Ledger::of(workspace, body, Reader::Public(&published), today), of_year, today),
        };
        for meeting in told {
            all.grounds(meeting, today);
            all.meetings.push(self.meeting_of_year(meeting, found, &published)?);
        }
        Ok(all)
    }

    fn meeting_of_year(&self, meeting: &Meeting, body: &Body, published: &Published) -> Result<YearMeeting, Failure> {
        let (agenda, council) = (meeting.agenda, &self.project.workspace.council);
        let (id, day) = (agenda.id.as_str(), agenda.when.date());
        let last = self.shelf.last(id)?;
        let issues = last.as_ref().map_or(0, |last| last.manifest.issue);
        let first = if issues == 0 { None } else { Some(self.shelf.manifest_of(id, 1)?) };
        let issued = first.and_then(|first| Some(DateTime::parse_from_rfc3339(&first.issued).ok()?.date_naive()));
        let supplements = last.as_ref().map_or(0, |last| last.manifest.supplements);
        let days = body.days(council);
        let needed = days.agenda.max(days.meeting);
        let clear_days = issued.map(|issued| self.project.calendar.clear_days(issued, day));
        let is_notified = agenda.status() == "scheduled" && agenda.kind != MeetingKind::Informal;
        let count = |is: fn(&resolve::Item) -> bool| meeting.items().filter(|item| is(item)).count();
        Ok(YearMeeting {
            meeting: id.to_owned(),
            date: day,
            status: agenda.status(),
            issued,
            clear_days,
            needed,
            in_time: clear_days.filter(|_| is_notified).map(|days| days >= needed),
            issues,
            supplements,
            urgent: count(|item| item.urgent.is_some()),
            to_follow: count(|item| item.to_follow.is_some()),
            withdrawn: count(|item| item.withdrawn.is_some()),
            withheld: meeting.papers().filter(|used| !used.access.is_public()).count(),
            pages: last.map_or(0, |last| last.public.documents.iter().map(|document| document.pages.len()).sum()),
            present: self.minutes_of(agenda, published).map(|minutes| self.present(minutes, meeting)),
            members: meeting.members.len(),
        })
    }

    /// Gives the public minutes of a meeting.
    fn minutes_of(&self, agenda: &Agenda, published: &Published) -> Option<&Minutes> {
        self.project.workspace.papers.values().find_map(|paper| match &paper.kind {
            PaperKind::Minutes(minutes)
                if minutes.body == agenda.body
                    && minutes.when.date() == agenda.when.date()
                    && published.has(&paper.path)
                    && !minutes.present.is_empty() =>
            {
                Some(minutes.as_ref())
            }
            _ => None,
        })
    }

    /// Counts the members who were present.
    fn present(&self, minutes: &Minutes, meeting: &Meeting) -> usize {
        let people = &self.project.workspace.people;
        let present: Vec<_> = minutes.present.iter().flat_map(|group| &group.people).collect();
        let is_present =
            |member: &&InRole| present.iter().any(|one| is_same_person(people, &one.person, &member.person));
        meeting.members.iter().filter(is_present).count()
    }

    /// Makes the page of a year.
    pub(crate) fn year_pdf(&self, year: &Year) -> Result<Vec<u8>, Refused> {
        pdf::pdf(year, &Workshop::of(&self.project)).map_err(|faults| self.at_fault(faults))
    }
}

/// Reads `2026-27`, and gives the calendar year in which it begins.
fn began(year: &str) -> Result<i32, Failure> {
    let read = || {
        let (first, second) = year.split_once('-')?;
        let began: i32 = first.parse().ok().filter(|_| first.len() == 4)?;
        (second.parse::<i32>().ok()? == (began + 1) % 100).then_some(began)
    };
    read().ok_or_else(|| Failure::asked(format!("`{year}` is not a municipal year")).hint("write it as 2026-27"))
}

fn promises(ledger: &Ledger, of_year: impl Fn(NaiveDate) -> bool, today: NaiveDate) -> Promises {
    let mut sum = Promises::default();
    for promise in &ledger.promises {
        sum.made += usize::from(of_year(promise.made.day));
        let Some(standing) = promise.on(today) else { continue };
        match standing.closed {
            Some(closed) if of_year(closed.on) => {
                sum.closed += 1;
                sum.kept += usize::from(promise.due.is_none_or(|due| closed.on <= due));
            }
            Some(_) => {}
            None => {
                sum.open += 1;
                sum.overdue += usize::from(standing.state == State::Overdue);
            }
        }
    }
    sum
}

impl Year {
    /// Counts the grounds on which papers of a meeting are withheld.
    fn grounds(&mut self, meeting: &Meeting, today: NaiveDate) {
        for used in meeting.papers().filter(|used| !used.access.is_public()) {
            let Some(grounds) = used.access.grounds().or(used.own_grounds) else { continue };
            let mut kinds: Vec<String> = grounds.paragraphs.iter().map(u8::to_string).collect();
            if kinds.is_empty() {
                kinds.push("confidential".to_owned());
            }
            for kind in kinds {
                *self.withheld.entry(kind).or_default() += 1;
            }
            if let Some(day) = grounds.review {
                self.reviews.dated += 1;
                self.reviews.past += usize::from(day < today);
            }
        }
    }

    /// Gives the meetings as a table of values separated by commas.
    pub(crate) fn csv(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        for meeting in &self.meetings {
            // In memory, of plain values: nothing of it can fail.
            let _ = csv.serialize(meeting);
        }
        csv.into_inner().unwrap_or_default()
    }
}
