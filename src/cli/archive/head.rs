//! `boardpack archive head`

use std::path::PathBuf;

use clap::Args;

use crate::app::Failure;
use crate::cli::here::Here;
use crate::cli::options::Signature;
use crate::cli::time::GivenTime;
use crate::cli::{CliError, files, ui};
use crate::issue::chain::timestamp;

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
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let key = self.signature.key(&shelf)?;
        let head = shelf.head(key.as_ref(), &self.time.time()?)?;
        let file = here.below(&self.file);
        files::write(&file, &head)?;
        ui::out(format!("head of the chain -> {}", file.display()))?;
        if let Some(request) = &self.timestamp_request {
            let bytes = timestamp::request(&head)
                .map_err(|failure| Failure::work(failure.to_string()).hint("report the fault"))?;
            let request = here.below(request);
            files::write(&request, &bytes)?;
            ui::out(format!("request to a time-stamping authority -> {}", request.display()))?;
        }
        Ok(())
    }
}
