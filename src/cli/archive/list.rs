//! `boardpack archive list`

use std::path::Path;

use clap::Args;

use crate::cli::{Stop, out};
use crate::issue::shelf::Shelf;

/// Lists the issues of all meetings.
#[derive(Args)]
pub(super) struct List {
    /// As a JSON document
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) fn run(&self, folder: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let meetings = shelf.meetings().map_err(Stop::of)?;
        if self.json {
            let document = serde_json::json!({ "schema_version": 1, "meetings": meetings });
            return out(&serde_json::to_string_pretty(&document).unwrap_or_default());
        }
        for meeting in &meetings {
            for issue in &meeting.issues {
                let line = format!("{}  issue {}  {}  {}", meeting.meeting, issue.number, issue.issued, issue.message);
                out(line.trim_end())?;
            }
        }
        if meetings.is_empty() {
            eprintln!("nothing has been issued yet");
        }
        Ok(())
    }
}
