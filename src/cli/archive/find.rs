//! `boardpack archive find`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Stop, below, out, read_bytes};
use crate::issue::contents::PUBLIC_FOLDER;
use crate::issue::shelf::Shelf;

/// Says of which issue of which meeting a file is that somebody holds.
#[derive(Args)]
pub(super) struct Find {
    /// The files, of any name
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Find {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let mut strangers = 0;
        for file in &self.files {
            let found = shelf.find(&read_bytes(&below(workspace, file))?).map_err(Stop::of)?;
            if found.is_empty() {
                strangers += 1;
                out(&format!("{}: is in no issue, or was altered", file.display()))?;
            }
            for one in found {
                let (path, whose) = match one.path.strip_prefix(PUBLIC_FOLDER) {
                    Some(path) => (path, ""),
                    None => (one.path.as_str(), ", not for the public"),
                };
                let last = if one.issue < one.issues { format!(" of {}", one.issues) } else { String::new() };
                out(&format!("{}: {}, issue {}{last}: {path}{whose}", file.display(), one.meeting, one.issue))?;
            }
        }
        if strangers == 0 { Ok(()) } else { Err(Stop::Faults) }
    }
}
