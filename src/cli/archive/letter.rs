//! `boardpack archive letter`

use std::path::PathBuf;

use clap::Args;

use crate::cli::here::Here;
use crate::cli::options::OneIssue;
use crate::cli::{CliError, Findings, files, now, report, ui};
use crate::fs::has_ending;
use crate::issue::document::Workshop;

/// Writes a letter of one page that says how anybody can check a pack without this program.
#[derive(Args)]
pub(super) struct Letter {
    #[command(flatten)]
    of: OneIssue,
    /// File to write: plain text if it ends with .txt, else a PDF
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
}

impl Letter {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let (number, meeting) = (self.of.number(&shelf)?, &self.of.meeting);
        let session = here.session()?;
        let letter = shelf.letter(meeting, number, &session.project().workspace.council.formats)?;
        let (workshop, file) = (Workshop::of(session.project()), here.below(&self.out));
        let bytes = if has_ending(&self.out.to_string_lossy(), &["txt"]) {
            letter.text(&workshop).into_bytes()
        } else {
            let pdf = letter.pdf(now()?.date_naive(), &workshop);
            pdf.map_err(|faults| report::refused(session.at_fault(faults), &Findings::HUMAN))?
        };
        files::write(&file, &bytes)?;
        ui::out(format!("{meeting}, issue {number}: letter -> {}", file.display()))
    }
}
