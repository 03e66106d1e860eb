//! `boardpack site`

use std::path::{Path, PathBuf};

use clap::Args;

use super::options::ArchiveFolder;
use super::{CliError, ui};
use crate::app::make_site;

/// Makes a web site of what was issued.
#[derive(Args)]
pub(super) struct Site {
    /// Folder of the site
    #[arg(short, long, value_name = "FOLDER", default_value = "site")]
    out: PathBuf,
    #[command(flatten)]
    archive: ArchiveFolder,
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
}

impl Site {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let here = self.archive.of(workspace);
        let made = make_site(&here.root, &here.archive, &here.below(&self.out))?;
        for (meeting, what) in &made.damaged {
            for what in what {
                let help =
                    "its page says so; find the cause with `boardpack archive verify`, and restore from a backup";
                ui::warn(&format!("{meeting}: {what}"), help);
            }
        }
        if self.json {
            return ui::json(&serde_json::json!({ "schema_version": 1, "site": made }));
        }
        let tally = made.tally;
        let size = if tally.bytes < 10_000_000 { tally.bytes / 1000 } else { tally.bytes / 1_000_000 };
        let unit = if tally.bytes < 10_000_000 { "kB" } else { "MB" };
        ui::out(format!(
            "{}: {} meetings, {} files, {size} {unit}; {} written, {} removed",
            self.out.display(),
            made.meetings,
            tally.files,
            tally.written,
            tally.removed
        ))
    }
}
