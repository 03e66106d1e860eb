//! `boardpack status`

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;

use super::{Stop, archive, out, report, select};
use crate::finding::{Finding, Place};
use crate::issue::manifest::{Kind, Manifest};
use crate::issue::shelf::Shelf;
use crate::model::agenda::Agenda;
use crate::packs::{self, Project};

/// State of a meeting of which not even the day is known.
const CANNOT_BE_READ: &str = "CANNOT BE READ";

/// Shows every meeting: draft or issued, changed since, and the days left.
#[derive(Args)]
pub(super) struct Status {
    /// Meetings such as scrutiny/2026-09-16, or bodies; all when none is named
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meetings: Vec<String>,
    /// How it is shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    archive: archive::Place,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// A table
    Human,
    /// A JSON document
    Json,
}

#[derive(serde::Serialize)]
struct Row {
    meeting: String,
    /// None where it could not be read.
    date: Option<NaiveDate>,
    state: String,
    issue: Option<u32>,
    issued: Option<String>,
    changed: bool,
    days: String,
    /// What could not be read, by file, line and column.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<Unread>,
}

#[derive(serde::Serialize)]
struct Unread {
    path: String,
    line: usize,
    column: usize,
}

impl Status {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(&self.archive.folder(workspace));
        archive::warn(&shelf.warnings());
        let log = crate::rules::log();
        let today = super::now()?.date_naive();
        let project = packs::open(workspace, super::receiver(workspace), &log);
        let mut chosen = select::meetings(&project.workspace, &self.meetings)?;
        chosen.agendas.sort_by_key(|agenda| (agenda.when, agenda.id.clone()));
        let mut rows: Vec<Row> = Vec::new();
        for (id, place) in &chosen.unread {
            rows.push(unread(&project, &shelf, id, *place)?);
        }
        for agenda in &chosen.agendas {
            let causes = project.unread(agenda, &log);
            rows.push(row(&project, &shelf, workspace, agenda, &causes, today)?);
        }
        self.show(&rows)?;
        let unread = |finding: &Finding| finding.says_unread() && chosen.concerns(&project, finding);
        if report::in_brief(&log, &project.workspace.sources, unread) { Err(Stop::Findings) } else { Ok(()) }
    }

    fn show(&self, rows: &[Row]) -> Result<(), Stop> {
        if self.format == Format::Json {
            let document = serde_json::json!({ "schema_version": 1, "meetings": rows });
            return out(&serde_json::to_string_pretty(&document).unwrap_or_default());
        }
        let wide = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
        let (meeting, state) = (wide(|row| &row.meeting), wide(|row| &row.state));
        for row in rows {
            let line = format!("{:meeting$}  {:state$}  {}", row.meeting, row.state, row.days);
            out(line.trim_end())?;
        }
        Ok(())
    }
}

/// Gives the row of a meeting of which no agenda could be read.
fn unread(project: &Project, shelf: &Shelf, id: &str, place: Place) -> Result<Row, Stop> {
    let last = shelf.manifest(id).map_err(Stop::of)?;
    let issued = last.as_ref().map_or(String::new(), |manifest| format!("issue {}; ", manifest.issue));
    Ok(Row {
        meeting: id.to_owned(),
        date: None,
        state: CANNOT_BE_READ.to_owned(),
        issue: last.as_ref().map(|manifest| manifest.issue),
        issued: last.as_ref().map(|manifest| manifest.issued.clone()),
        changed: last.is_some(),
        days: format!("{issued}{}", project.line(place)),
        unread: Some(Unread::at(project, place)),
    })
}

impl Unread {
    fn at(project: &Project, place: Place) -> Self {
        let sources = &project.workspace.sources;
        let at = sources.position(place);
        Self { path: sources.path(place).to_owned(), line: at.line, column: at.column }
    }
}

fn row(
    project: &Project,
    shelf: &Shelf,
    root: &Path,
    agenda: &Agenda,
    causes: &[Finding],
    today: NaiveDate,
) -> Result<Row, Stop> {
    let cause = causes.iter().find_map(Finding::place);
    if let Some(place) = cause.filter(|_| agenda.when.date() == NaiveDate::default()) {
        return unread(project, shelf, &agenda.id, place);
    }
    let last = shelf.manifest(&agenda.id).map_err(Stop::of)?;
    let changed = match &last {
        Some(manifest) => {
            shelf.has_changed(&agenda.id, manifest.issue, root, &project.inputs(agenda)).map_err(Stop::of)?
        }
        None => false,
    };
    Ok(Row {
        meeting: agenda.id.clone(),
        date: Some(agenda.when.date()),
        state: state(agenda, last.as_ref(), changed),
        issue: last.as_ref().map(|manifest| manifest.issue),
        issued: last.as_ref().map(|manifest| manifest.issued.clone()),
        changed,
        days: days(project, agenda, last.as_ref(), cause, today),
        unread: cause.map(|place| Unread::at(project, place)),
    })
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
