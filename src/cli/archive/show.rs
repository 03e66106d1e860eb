//! `boardpack archive show`

use clap::Args;

use crate::cli::here::Here;
use crate::cli::options::OneIssue;
use crate::cli::{CliError, ui};

/// Shows an issue: when, why, and which files it holds.
#[derive(Args)]
pub(super) struct Show {
    #[command(flatten)]
    of: OneIssue,
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
}

impl Show {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let (number, meeting) = (self.of.number(&shelf)?, &self.of.meeting);
        let manifest = shelf.manifest_of(meeting, number)?;
        let files = shelf.files(meeting, number)?;
        if self.json {
            let gaps = shelf.gaps(meeting, number)?;
            let document =
                serde_json::json!({ "schema_version": 1, "issue": manifest, "files": files, "withheld": gaps });
            return ui::json(&document);
        }
        ui::out(format!("{}, issue {}, {}", manifest.meeting, manifest.issue, manifest.issued))?;
        if let Some(why) = &manifest.given_time {
            ui::out(format!("  time      given, not the clock's: {why}"))?;
        }
        if let Some(reason) = &manifest.reason {
            ui::out(format!("  reason    {reason}"))?;
        }
        for one in &manifest.overrides {
            ui::out(format!("  override  {}: {}", one.rule, one.reason))?;
        }
        ui::out(format!("  made by   {}", manifest.program.version))?;
        if let Some(day) = manifest.keep_until() {
            ui::out(format!("  keep to   {day}"))?;
        }
        let gaps = shelf.gaps(meeting, number)?;
        for gap in &gaps {
            ui::out(format!("  withheld  since {} (record {}): {} files", gap.since, gap.record, gap.files))?;
        }
        let gone = shelf.holes(meeting, number)?;
        for file in files.iter().filter(|file| !file.path.starts_with(crate::issue::contents::SOURCES)) {
            let mark = if gone.contains(&file.path) { "  (restricted: taken back from the public)" } else { "" };
            ui::out(format!("  {:>10}  {}{mark}", file.size, file.path))?;
        }
        let sources: Vec<_> =
            files.iter().filter(|file| file.path.starts_with(crate::issue::contents::SOURCES)).collect();
        let bytes: u64 = sources.iter().map(|file| file.size).sum();
        ui::out(format!("  {bytes:>10}  in {} sources", sources.len()))
    }
}
