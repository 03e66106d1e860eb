//! `boardpack archive repair`

use std::path::Path;

use clap::Args;

use super::warn;
use crate::cli::{Stop, out};
use crate::issue::shelf::Shelf;

/// Finishes what a run that was cut off has begun.
#[derive(Args)]
pub(super) struct Repair {}

impl Repair {
    #[expect(clippy::unused_self, reason = "a verb like the others")]
    pub(super) fn run(&self, folder: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        for line in shelf.recover().map_err(Stop::of)? {
            out(&line)?;
        }
        let lost = shelf.lost();
        warn(&lost);
        out("nothing is left unfinished; `boardpack archive verify` checks every file")?;
        if lost.is_empty() { Ok(()) } else { Err(Stop::Faults) }
    }
}
