//! `boardpack archive get`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Stop, below, out};
use crate::fs::{self, Readers};
use crate::issue::contents::{PUBLIC_FOLDER, SOURCES};
use crate::issue::shelf::Shelf;

/// Writes the files of an issue into a folder.
#[derive(Args)]
pub(super) struct Get {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// Number of the issue; the last one when none is named
    #[arg(long, value_name = "NUMBER")]
    issue: Option<u32>,
    /// Also what is not for the public
    #[arg(long)]
    whole: bool,
    /// Only the sources, as a workspace that can be built
    #[arg(long, conflicts_with = "whole")]
    sources: bool,
    /// Folder to write, which must not be there yet
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
}

impl Get {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let number = shelf.number(&self.meeting, self.issue).map_err(Stop::of)?;
        let target = below(workspace, &self.out);
        if target.exists() {
            return Err(Stop::CommandLine(format!(
                "`{}` is there already\n  = help: name a folder that is not there yet",
                target.display()
            )));
        }
        let prefix = match (self.whole, self.sources) {
            (true, _) => "",
            (_, true) => SOURCES,
            _ => PUBLIC_FOLDER,
        };
        let files = match prefix {
            PUBLIC_FOLDER => shelf.public_files(&self.meeting, number),
            prefix => shelf.read_below(&self.meeting, number, prefix),
        };
        let files = files.map_err(Stop::of)?;
        let readers = if prefix == PUBLIC_FOLDER { Readers::Everybody } else { Readers::Owner };
        fs::replace_folder(&target, &files, |_| readers).map_err(|error| Stop::Failure(error.to_string()))?;
        out(&format!("{}: issue {number}, {} files -> {}", self.meeting, files.len(), target.display()))?;
        for gap in shelf.gaps(&self.meeting, number).map_err(Stop::of)? {
            eprintln!("{}", super::withheld(&gap, prefix != PUBLIC_FOLDER));
        }
        Ok(())
    }
}
