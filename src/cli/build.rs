//! `boardpack build`

use std::path::Path;

use clap::Args;

use super::options::{ArchiveFolder, Outputs};
use super::{CliError, Findings, report, select, ui};
use crate::app::{BuildOrder, Written};

/// Builds packs.
#[derive(Args)]
pub(super) struct Build {
    /// Meetings such as scrutiny/2026-09-16, or bodies; all when none is named
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meetings: Vec<String>,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    archive: ArchiveFolder,
    #[command(flatten)]
    pub(super) findings: Findings,
}

impl Build {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let (here, how) = (self.archive.of(workspace), &self.findings);
        let out = self.outputs.folder(&here);
        let order = BuildOrder { meetings: &self.meetings, out: &out, deny_warnings: how.deny_warnings };
        let built = here.reading()?.build(&order).map_err(|refused| report::refused(refused, how))?;
        report::show(&built.report, how, built.failure.as_ref())?;
        for Written { meeting, pages, withheld } in &built.written {
            let withheld = match withheld {
                0 => String::new(),
                1 => ", 1 paper withheld".to_owned(),
                count => format!(", {count} papers withheld"),
            };
            how.tell(&format!("{meeting}: {pages} pages{withheld} -> {}", out.join(meeting).display()))?;
        }
        if let Some(failure) = built.failure {
            return Err(CliError::Failure(failure));
        }
        for id in &built.missing {
            let left = select::earlier(&out, id, "");
            let left = left.map_or(String::new(), |folder| format!("; {folder} is from an earlier build"));
            ui::say(format!("{id}: not built{left}"));
        }
        report::not_nothing(built.is_nothing && !built.is_stopped)?;
        if built.is_stopped || !built.missing.is_empty() { Err(CliError::Findings) } else { Ok(()) }
    }
}
