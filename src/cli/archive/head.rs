//! `boardpack archive head`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::time::GivenTime;
use crate::cli::{Signature, Stop, below, out, write};
use crate::issue::chain::timestamp;
use crate::issue::shelf::Shelf;

/// Writes the head of the chain: the last proofs of all meetings in one small file, for others to hold.
#[derive(Args)]
pub(super) struct Head {
    /// File to write, such as head.json
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write as well a request to a time-stamping authority (RFC 3161) to stamp that file
    #[arg(long, value_name = "FILE.tsq")]
    timestamp_request: Option<PathBuf>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    time: GivenTime,
}

impl Head {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let key = self.signature.key(&shelf)?;
        let head = shelf.head(key.as_ref(), &self.time.time()?).map_err(Stop::of)?;
        let file = below(workspace, &self.file);
        write(&file, &head)?;
        out(&format!("head of the chain -> {}", file.display()))?;
        if let Some(request) = &self.timestamp_request {
            let bytes = timestamp::request(&head)
                .map_err(|failure| Stop::Failure(format!("{failure}\n  = help: report the fault")))?;
            let request = below(workspace, request);
            write(&request, &bytes)?;
            out(&format!("request to a time-stamping authority -> {}", request.display()))?;
        }
        Ok(())
    }
}
