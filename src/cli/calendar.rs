//! `boardpack calendar`

use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::here::Here;
use super::{CliError, Findings, report, ui};
use crate::notice::deadlines::{self, Coming};

/// Lists the latest lawful days.
#[derive(Args)]
pub(super) struct Calendar {
    /// First day of the meetings that are listed, such as 2026-09-16; today when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<NaiveDate>,
    /// How the days are listed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Table,
    /// A JSON document
    Json,
    /// A calendar for diaries (iCalendar)
    Ics,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write year, month and day, such as 2026-09-16".to_owned())
}

impl Calendar {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let session = Here::at(workspace, Path::new("archive")).session()?;
        if let Some(report) = session.unreadable() {
            return Err(report::refused(report.into(), &Findings::HUMAN));
        }
        let project = session.project();
        let from = self.from.map_or_else(|| super::now().map(|now| now.date_naive()), Ok)?;
        let coming = deadlines::coming(&project.workspace, &project.calendar, from);
        for meeting in &coming {
            if let Some(year) = meeting.unknown_year {
                let id = &meeting.agenda.id;
                ui::say(format!("{id}: the bank holidays of {year} are not known, so its days may be too late"));
            }
        }
        match self.format {
            Format::Json => ui::json(&json(&coming)),
            Format::Ics => {
                let website = project.workspace.council.website.as_ref().map_or("", |website| website.value.as_str());
                let bare = website.split("//").last().unwrap_or_default().trim_start_matches("www.");
                let host = bare.split('/').next().filter(|host| !host.is_empty()).unwrap_or("boardpack");
                let text = deadlines::to_ics(&coming, host);
                ui::out(text.strip_suffix('\n').unwrap_or(&text))
            }
            Format::Table if coming.is_empty() => {
                ui::say(format!("no meetings from {from} on"));
                Ok(())
            }
            Format::Table => coming.iter().try_for_each(table),
        }
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

fn table(meeting: &Coming) -> Result<(), CliError> {
    ui::out(format!("{}  {}  {}", meeting.day.format("%a %-d %b %Y"), meeting.body.name.value, meeting.agenda.id))?;
    for deadline in &meeting.deadlines {
        let day = deadline.day.format("%a %-d %b %Y").to_string();
        ui::out(format!("  {day:<16}  {}", deadline.matter.words()))?;
    }
    Ok(())
}

fn json(coming: &[Coming]) -> serde_json::Value {
    let meetings: Vec<serde_json::Value> = coming
        .iter()
        .map(|meeting| {
            let deadlines: Vec<serde_json::Value> = (meeting.deadlines.iter())
                .map(|deadline| {
                    serde_json::json!({
                        "matter": deadline.matter.key(),
                        "words": deadline.matter.words(),
                        "latest": deadline.day.to_string(),
                        "clear_days": deadline.days,
                        "source": deadline.matter.source(),
                    })
                })
                .collect();
            serde_json::json!({
                "id": meeting.agenda.id,
                "body": meeting.body.name.value,
                "date": meeting.day.to_string(),
                "deadlines": deadlines,
                "unknown_year": meeting.unknown_year,
            })
        })
        .collect();
    serde_json::json!({ "schema_version": 1, "meetings": meetings })
}
