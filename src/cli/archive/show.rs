//! `boardpack archive show`

use std::path::Path;

use clap::Args;

use crate::cli::{Stop, out};
use crate::issue::shelf::Shelf;

/// Shows an issue: when, why, and which files it holds.
#[derive(Args)]
pub(super) struct Show {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// Number of the issue; the last one when none is named
    #[arg(long, value_name = "NUMBER")]
    issue: Option<u32>,
    /// As a JSON document
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(super) fn run(&self, folder: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let number = shelf.number(&self.meeting, self.issue).map_err(Stop::of)?;
        let manifest = shelf.manifest_of(&self.meeting, number).map_err(Stop::of)?;
        let files = shelf.files(&self.meeting, number).map_err(Stop::of)?;
        if self.json {
            let gaps = shelf.gaps(&self.meeting, number).map_err(Stop::of)?;
            let document =
                serde_json::json!({ "schema_version": 1, "issue": manifest, "files": files, "withheld": gaps });
            return out(&serde_json::to_string_pretty(&document).unwrap_or_default());
        }
        out(&format!("{}, issue {}, {}", manifest.meeting, manifest.issue, manifest.issued))?;
        if let Some(why) = &manifest.given_time {
            out(&format!("  time      given, not the clock's: {why}"))?;
        }
        if let Some(reason) = &manifest.reason {
            out(&format!("  reason    {reason}"))?;
        }
        for one in &manifest.overrides {
            out(&format!("  override  {}: {}", one.rule, one.reason))?;
        }
        out(&format!("  made by   {}", manifest.program.version))?;
        if let Some(day) = manifest.keep_until() {
            out(&format!("  keep to   {day}"))?;
        }
        let gaps = shelf.gaps(&self.meeting, number).map_err(Stop::of)?;
        for gap in &gaps {
            out(&format!("  withheld  since {} (record {}): {} files", gap.since, gap.record, gap.files))?;
        }
        let gone = shelf.holes(&self.meeting, number).map_err(Stop::of)?;
        for file in files.iter().filter(|file| !file.path.starts_with(crate::issue::contents::SOURCES)) {
            let mark = if gone.contains(&file.path) { "  (restricted: taken back from the public)" } else { "" };
            out(&format!("  {:>10}  {}{mark}", file.size, file.path))?;
        }
        let sources: Vec<_> =
            files.iter().filter(|file| file.path.starts_with(crate::issue::contents::SOURCES)).collect();
        let bytes: u64 = sources.iter().map(|file| file.size).sum();
        out(&format!("  {bytes:>10}  in {} sources", sources.len()))
    }
}
