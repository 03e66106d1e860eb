//! `boardpack archive list`

use clap::Args;

use crate::cli::here::Here;
use crate::cli::{CliError, ui};

/// Lists the issues of all meetings.
#[derive(Args)]
pub(super) struct List {
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
}

impl List {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let meetings = shelf.meetings()?;
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
            ui::say("nothing has been issued yet");
        }
        Ok(())
    }
}
