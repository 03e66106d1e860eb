//! `boardpack archive letter`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Stop, below, now, out, receiver, report, write};
use crate::fs::has_ending;
use crate::issue::document::Workshop;
use crate::issue::shelf::Shelf;
use crate::packs;

/// Writes a letter of one page that says how anybody can check a pack without this program.
#[derive(Args)]
pub(super) struct Letter {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// Number of the issue; the last one when none is named
    #[arg(long, value_name = "NUMBER")]
    issue: Option<u32>,
    /// File to write: plain text if it ends with .txt, else a PDF
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
}

impl Letter {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let number = shelf.number(&self.meeting, self.issue).map_err(Stop::of)?;
        let project = packs::open(workspace, receiver(workspace), &crate::rules::log());
        let letter = shelf.letter(&self.meeting, number, &project.workspace.council.formats).map_err(Stop::of)?;
        let workshop = Workshop::of(&project);
        let file = below(workspace, &self.out);
        let bytes = if has_ending(&self.out.to_string_lossy(), &["txt"]) {
            letter.text(&workshop).into_bytes()
        } else {
            letter.pdf(now()?.date_naive(), &workshop).map_err(|findings| stopped(findings, &project))?
        };
        write(&file, &bytes)?;
        out(&format!("{}, issue {number}: letter -> {}", self.meeting, file.display()))
    }
}

/// Shows what of the layouts is at fault.
fn stopped(findings: Vec<crate::finding::Finding>, project: &packs::Project) -> Stop {
    let log = crate::rules::log();
    log.extend(findings);
    report::stopped(&log, &project.workspace.sources).err().unwrap_or(Stop::Findings)
}
