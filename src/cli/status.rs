//! `boardpack status`

use std::path::Path;

use clap::Args;

use super::options::{ArchiveFolder, Findings};
use super::{CliError, now, report, ui};
use crate::app::Row;

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
    archive: ArchiveFolder,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// A table
    Human,
    /// A JSON document
    Json,
}

impl Status {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let today = now()?.date_naive();
        let session = self.archive.of(workspace).reading()?;
        let status = session.status(&self.meetings, today);
        let (rows, unread) = status.map_err(|refused| report::refused(refused, &Findings::HUMAN))?;
        if self.is_json() {
            ui::json(&serde_json::json!({ "schema_version": 1, "meetings": rows }))?;
        } else {
            let wide = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
            let (meeting, state) = (wide(|row| &row.meeting), wide(|row| &row.state));
            for row in &rows {
                ui::out(format!("{:meeting$}  {:state$}  {}", row.meeting, row.state, row.days).trim_end())?;
            }
        }
        if report::in_brief(&unread) { Err(CliError::Findings) } else { Ok(()) }
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}
