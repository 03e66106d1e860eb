//! `boardpack archive get`

use std::path::PathBuf;

use clap::Args;

use crate::app::Failure;
use crate::cli::here::Here;
use crate::cli::options::OneIssue;
use crate::cli::{CliError, ui};
use crate::fs::{self, Readers};
use crate::issue::contents::{PUBLIC_FOLDER, SOURCES};

/// Writes the files of an issue into a folder.
#[derive(Args)]
pub(super) struct Get {
    #[command(flatten)]
    of: OneIssue,
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
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let (number, meeting) = (self.of.number(&shelf)?, &self.of.meeting);
        let target = here.below(&self.out);
        if target.exists() {
            return Err(Failure::asked(format!("`{}` is there already", target.display()))
                .hint("name a folder that is not there yet")
                .into());
        }
        let prefix = match (self.whole, self.sources) {
            (true, _) => "",
            (_, true) => SOURCES,
            _ => PUBLIC_FOLDER,
        };
        let files = match prefix {
            PUBLIC_FOLDER => shelf.public_files(meeting, number),
            prefix => shelf.read_below(meeting, number, prefix),
        };
        let files = files?;
        let readers = if prefix == PUBLIC_FOLDER { Readers::Everybody } else { Readers::Owner };
        fs::replace_folder(&target, &files, |_| readers).map_err(|error| Failure::work(error.to_string()))?;
        ui::out(format!("{}: issue {number}, {} files -> {}", meeting, files.len(), target.display()))?;
        for gap in shelf.gaps(meeting, number)? {
            ui::say(super::withheld(&gap, prefix != PUBLIC_FOLDER));
        }
        Ok(())
    }
}
