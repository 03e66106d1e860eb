//! The state of every meeting: draft or issued, changed since, and the days left.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Failure, Refused, Report, Session};
use crate::finding::{Finding, Place};
use crate::issue::manifest::{Kind, Manifest};
use crate::model::agenda::Agenda;
use crate::packs::Project;

/// State of a meeting of which not even the day is known.
const CANNOT_BE_READ: &str = "CANNOT BE READ";

/// A meeting and its state.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Id of the meeting.
    pub meeting: String,
    /// Its day; none where it could not be read.
    pub date: Option<NaiveDate>,
    /// Draft or issued, and what became of it since, in words.
    pub state: String,
    /// Number of the last issue.
    pub issue: Option<u32>,
    /// When that was issued, in coordinated universal time.
    pub issued: Option<String>,
    /// Whether the sources have changed since.
    pub changed: bool,
    /// How long it is to the meeting, and to the last lawful day for its agenda, in words.
    pub days: String,
    /// What could not be read, by file, line and column.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<Unread>,
}

#[derive(Debug, Serialize)]
struct Unread {
    path: String,
    line: usize,
    column: usize,
}

impl Session {
    /// Gives the state of meetings as of a day, and what could not be read.
    pub fn status(&self, meetings: &[String], today: NaiveDate) -> Result<(Vec<Row>, Report), Refused> {
        let mut chosen = self.choose(meetings)?;
        chosen.agendas.sort_by_key(|agenda| (agenda.when, agenda.id.clone()));
        let mut rows: Vec<Row> = Vec::new();
        for (id, place) in &chosen.unread {
            rows.push(self.unread_row(id, *place)?);
        }
        for agenda in &chosen.agendas {
            rows.push(self.row(agenda, today)?);
        }
        let unread = |finding: &Finding| finding.says_unread() && chosen.concerns(&self.project, finding);
        Ok((rows, self.report(&self.log, false, unread)))
    }

    /// Gives the row of a meeting of which no agenda could be read.
    fn unread_row(&self, id: &str, place: Place) -> Result<Row, Failure> {
        let last = self.shelf.manifest(id)?;
        let issued = last.as_ref().map_or(String::new(), |manifest| format!("issue {}; ", manifest.issue));
        Ok(Row {
            meeting: id.to_owned(),
            date: None,
            state: CANNOT_BE_READ.to_owned(),
            issue: last.as_ref().map(|manifest| manifest.issue),
            issued: last.as_ref().map(|manifest| manifest.issued.clone()),
            changed: last.is_some(),
            days: format!("{issued}{}", self.project.line(place)),
            unread: Some(Unread::at(self, place)),
        })
    }

    fn row(&self, agenda: &Agenda, today: NaiveDate) -> Result<Row, Failure> {
        let causes = self.project.unread(agenda, &self.log);
        let cause = causes.iter().find_map(Finding::place);
        if let Some(place) = cause.filter(|_| agenda.when.date() == NaiveDate::default()) {
            return self.unread_row(&agenda.id, place);
        }
        let last = self.shelf.manifest(&agenda.id)?;
        let changed = last.as_ref().map_or(Ok(false), |last| self.has_changed(agenda, last.issue))?;
        Ok(Row {
            meeting: agenda.id.clone(),
            date: Some(agenda.when.date()),
            state: state(agenda, last.as_ref(), changed),
            issue: last.as_ref().map(|manifest| manifest.issue),
            issued: last.as_ref().map(|manifest| manifest.issued.clone()),
            changed,
            days: days(&self.project, agenda, last.as_ref(), cause, today),
            unread: cause.map(|place| Unread::at(self, place)),
        })
    }
}

impl Unread {
    fn at(session: &Session, place: Place) -> Self {
        let sources = &session.project.workspace.sources;
        let at = sources.position(place);
        Self { path: sources.path(place).to_owned(), line: at.line, column: at.column }
    }
}

fn state(agenda: &Agenda, last: Option<&Manifest>, changed: bool) -> String {
    let off = if agenda.status() == "scheduled" { String::new() } else { format!(", {}", agenda.status()) };
    let Some(manifest) = last else { return format!("draft{off}") };
    let kind = match manifest.kind {
        Kind::Supplement => " (supplement)",
        Kind::Release => " (release)",
        Kind::Notice => " (notice)",
        Kind::Withhold => " (a paper taken back)",
        Kind::Pack => "",
    };
    let changed = if changed { ", changed since" } else { "" };
    format!("issue {}{kind}{changed}{off}", manifest.issue)
}

/// Says how long it is to the meeting, and to the last lawful day for its agenda.
fn days(project: &Project, agenda: &Agenda, last: Option<&Manifest>, cause: Option<Place>, today: NaiveDate) -> String {
    let days = (agenda.when.date() - today).num_days();
    if days < 0 {
        return String::new();
    }
    let meeting = match days {
        0 => "meets today".to_owned(),
        1 => "meets tomorrow".to_owned(),
        days => format!("meets in {days} days"),
    };
    if let Some(place) = cause {
        return format!("{meeting}; mend {} first", project.line(place));
    }
    let Some(body) = project.workspace.bodies.get(&agenda.body).filter(|_| last.is_none()) else { return meeting };
    if agenda.status() != "scheduled" {
        return meeting;
    }
    let needed = body.days(&project.workspace.council).agenda;
    let latest = project.calendar.latest(agenda.when.date(), needed);
    let printed = latest.format("%-d %B %Y");
    match (latest - today).num_days() {
        days if days < 0 => format!("{meeting}; the latest lawful day for its agenda was {printed}"),
        0 => format!("{meeting}; its agenda must be published today"),
        1 => format!("{meeting}; its agenda must be published by tomorrow, {printed}"),
        days => format!("{meeting}; its agenda must be published by {printed}, in {days} days"),
    }
}
