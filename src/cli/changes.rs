//! `boardpack changes`

use std::path::{Path, PathBuf};

use clap::Args;

use super::options::{ArchiveFolder, Numbers};
use super::{CliError, Findings, files, now, report, ui};
use crate::app::{ChangesOrder, Compared};
use crate::issue::changes;

/// Shows what differs from the last issue of a meeting.
#[derive(Args)]
pub(super) struct Changes {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meeting: String,
    /// Leave out whatever concerns withheld papers
    #[arg(long)]
    public: bool,
    /// Whether pages that did not change would keep their numbers
    #[arg(long, value_enum, default_value_t = Numbers::Keep)]
    numbering: Numbers,
    /// Write the changes as a typeset report
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Write the pages to print for those who hold the last issue on paper, with instructions
    #[arg(long, value_name = "FILE")]
    sheets: Option<PathBuf>,
    /// Have replacement sheets for pages too that only look otherwise
    #[arg(long)]
    look_too: bool,
    #[command(flatten)]
    archive: ArchiveFolder,
    #[command(flatten)]
    pub(super) findings: Findings,
}

impl Changes {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let how = &self.findings;
        let reports = self.pdf.is_some() || self.sheets.is_some();
        let order = ChangesOrder {
            meeting: &self.meeting,
            numbering: self.numbering.into(),
            reports,
            look_too: self.look_too,
            always: reports || self.numbering != Numbers::Keep || how.is_json(),
            at: now()?,
        };
        let compared = self.archive.of(workspace).reading()?.changes(&order);
        let (public, whole, reports) = match compared.map_err(|refused| report::refused(refused, how))? {
            Compared::Same(id, number) => return ui::out(format!("{id}: nothing has changed since issue {number}")),
            Compared::Draft { public, whole, reports } => (public, whole, reports),
        };
        let shown = if self.public { &public } else { &whole };
        if how.is_json() {
            ui::json(shown)?;
        } else {
            ui::out(changes::text(shown).trim_end())?;
        }
        // Where nothing is withheld there is only the public edition.
        let editions = if self.public { ["public", "public"] } else { ["private", "public"] };
        for (file, name) in [(&self.pdf, "changes.pdf"), (&self.sheets, "replacement-sheets.pdf")] {
            let Some(file) = file else { continue };
            match editions.iter().find_map(|edition| reports.get(&format!("{edition}/{name}"))) {
                Some(pdf) => files::write(file, pdf)?,
                None => ui::say(format!("{}: not written, since no page has changed", file.display())),
            }
        }
        Ok(())
    }
}
