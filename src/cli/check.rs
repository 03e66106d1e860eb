//! `boardpack check`

use std::path::{Path, PathBuf};

use clap::Args;

use super::here::Here;
use super::options::ArchiveFolder;
use super::{CliError, Findings, Format, files, now, report, select, ui};
use crate::app::{Certified, CheckOrder, Checked, Failure};
use crate::fs;

/// Shows what is wrong in the sources.
#[derive(Args)]
pub(super) struct Check {
    /// Meetings such as scrutiny/2026-09-16, or bodies; all when none is named
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meetings: Vec<String>,
    /// Leave out what needs typesetting: what is in appended files, words wider than their column, lengths
    #[arg(long)]
    fast: bool,
    /// Write a certificate of checks for each meeting, as PDF and JSON, to certificates/, or, with `=`, to another
    /// folder: --certificate=FOLDER
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = "certificates", require_equals = true)]
    certificate: Option<PathBuf>,
    #[command(flatten)]
    archive: ArchiveFolder,
    #[command(flatten)]
    pub(super) findings: Findings,
}

impl Check {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let (here, how) = (self.archive.of(workspace), &self.findings);
        let certificates = self.certificate.as_ref().map(|_| now()).transpose()?;
        let (meetings, fast, deny_warnings) = (&self.meetings, self.fast, how.deny_warnings);
        let order = CheckOrder { meetings, fast, deny_warnings, certificates };
        let checked = here.reading()?.check(&order).map_err(|refused| report::refused(refused, how))?;
        report::show(&checked.report, how, None)?;
        if let Some(folder) = &self.certificate {
            write(&checked, &here, folder, how)?;
        }
        report::not_nothing(checked.is_nothing && !checked.is_stopped)?;
        if checked.is_stopped {
            if how.format == Format::Human && checked.report.open().all(|finding| !finding.is_error()) {
                ui::say("`--deny-warnings` counts warnings as errors");
            }
            return Err(CliError::Findings);
        }
        if how.format == Format::Human {
            let meetings = if checked.meetings == 1 { "meeting" } else { "meetings" };
            let accepted =
                if checked.accepted > 0 { format!(", {} accepted", checked.accepted) } else { String::new() };
            let without = if self.fast { "; neither pages nor appended files were looked at" } else { "" };
            ui::say(format!("{} {meetings} checked, no errors{accepted}{without}", checked.meetings));
        }
        Ok(())
    }
}

/// Writes the certificate of each meeting as `FOLDER/BODY/DATE.pdf` and `.json`.
fn write(checked: &Checked, here: &Here, folder: &Path, how: &Findings) -> Result<(), CliError> {
    let folder = here.below(folder);
    for id in &checked.uncertified {
        let left = select::earlier(&folder, id, ".pdf")
            .map_or(String::new(), |path| format!("; {path} is from an earlier check"));
        ui::say(format!("{id}: no certificate, since not everything could be read{left}"));
    }
    for Certified { meeting, pdf, json } in &checked.certificates {
        let path = folder.join(format!("{meeting}.pdf"));
        fs::make_parent(&path, fs::Readers::Owner)
            .map_err(|error| Failure::work(error.to_string()).hint("name another folder"))?;
        files::write(&path.with_extension("json"), json)?;
        files::write(&path, pdf)?;
        how.tell(&format!("{meeting}: certificate -> {}", path.display()))?;
    }
    Ok(())
}
