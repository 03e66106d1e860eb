//! `boardpack archive repair`

use std::path::Path;

use clap::Args;

use crate::cli::{Stop, out};
use crate::issue::shelf::Shelf;

/// Finishes what a run that was cut off has begun.
#[derive(Args)]
pub(super) struct Repair {}

impl Repair {
    #[expect(clippy::unused_self, reason = "a verb like the others")]
    pub(super) fn run(&self, folder: &Path) -> Result<(), Stop> {
        Shelf::at(folder).repair().map_err(Stop::of)?;
        out("nothing is left unfinished; `boardpack archive verify` checks every file")
    }
}
