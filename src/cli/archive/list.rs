//! `boardpack archive list`

use clap::Args;

use crate::cli::here::Here;
use crate::cli::{CliError, select, ui};

/// Lists the issues of all meetings, or of some.
#[derive(Args)]
pub(super) struct List {
    /// Bodies, or meetings such as scrutiny/2026-09-16; all when none is named
    #[arg(value_name = "BODY", value_parser = select::meeting)]
    named: Vec<String>,
    /// Only meetings of this year, such as 2026
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(1900..=2200))]
    year: Option<u16>,
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
}

impl List {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let mut meetings = shelf.meetings()?;
        let is_none = meetings.is_empty();
        meetings.retain(|meeting| self.means(&meeting.meeting));
        if self.json {
            let document = serde_json::json!({ "schema_version": 1, "meetings": meetings });
            return ui::json(&document);
        }
        for meeting in &meetings {
            for issue in &meeting.issues {
                let line = format!("{}  issue {}  {}  {}", meeting.meeting, issue.number, issue.issued, issue.message);
                ui::out(line.trim_end())?;
            }
        }
        if meetings.is_empty() {
            ui::say(if is_none { "nothing has been issued yet" } else { "no issue is of what was named" });
        }
        Ok(())
    }

    fn means(&self, id: &str) -> bool {
        let (body, day) = id.split_once('/').unwrap_or((id, ""));
        let named = self.named.is_empty() || self.named.iter().any(|name| name == id || name == body);
        named && self.year.is_none_or(|year| day.starts_with(&format!("{year}-")))
    }
}
