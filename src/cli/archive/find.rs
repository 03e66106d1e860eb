//! `boardpack archive find`

use std::path::PathBuf;

use clap::Args;

use crate::cli::here::Here;
use crate::cli::{CliError, files, ui};
use crate::issue::contents::PUBLIC_FOLDER;

/// Says of which issue of which meeting a file is that somebody holds.
#[derive(Args)]
pub(super) struct Find {
    /// The files, of any name
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Find {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let mut strangers = 0;
        for file in &self.files {
            let found = shelf.find(&files::read_bytes(&here.below(file))?)?;
            if found.is_empty() {
                strangers += 1;
                ui::out(format!("{}: is in no issue, or was altered", file.display()))?;
            }
            for one in found {
                let (path, whose) = match one.path.strip_prefix(PUBLIC_FOLDER) {
                    Some(path) => (path, ""),
                    None => (one.path.as_str(), ", not for the public"),
                };
                let last = if one.issue < one.issues { format!(" of {}", one.issues) } else { String::new() };
                ui::out(format!("{}: {}, issue {}{last}: {path}{whose}", file.display(), one.meeting, one.issue))?;
            }
        }
        if strangers == 0 { Ok(()) } else { Err(CliError::Faults) }
    }
}
