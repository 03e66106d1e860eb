//! `boardpack archive repair`

use clap::Args;

use crate::cli::here::{Here, warn};
use crate::cli::{CliError, ui};

/// Finishes what a run that was cut off has begun.
#[derive(Args)]
pub(super) struct Repair {}

impl Repair {
    #[expect(clippy::unused_self, reason = "a verb like the others")]
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        for line in shelf.recover()? {
            ui::out(&line)?;
        }
        let lost = shelf.lost();
        warn(&lost);
        ui::out("nothing is left unfinished; `boardpack archive verify` checks every file")?;
        if lost.is_empty() { Ok(()) } else { Err(CliError::Faults) }
    }
}
