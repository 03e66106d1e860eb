//! `boardpack archive key`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Stop, below, out, write_secret};
use crate::issue::proof;

/// Makes a private key for signing proofs.
#[derive(Args)]
pub(super) struct Key {
    /// File to write, which must not be there yet; keep it where only you can read it
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Key {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let file = below(workspace, &self.file);
        let key = proof::new_key()
            .map_err(|failure| Stop::Failure(format!("{failure}\n  = help: make the key on another machine")))?;
        write_secret(&file, key.as_bytes())?;
        out(&format!("private key -> {}", file.display()))
    }
}
