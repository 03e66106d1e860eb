//! `boardpack archive remove`

use std::path::Path;

use clap::Args;

use crate::archive::ArchiveFailure;
use crate::cli::time::GivenTime;
use crate::cli::{Signature, Stop, out, receiver, told_to_everybody};
use crate::issue::shelf::Shelf;
use crate::packs;

/// Removes a meeting whose time of keeping is over; a record of that stays.
#[derive(Args)]
pub(super) struct Remove {
    /// The meeting, such as scrutiny/2019-09-16
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// Why, for the record that anybody can read
    #[arg(long, value_name = "WORDS", value_parser = crate::cli::words)]
    reason: String,
    /// Name of whoever removes it
    #[arg(long, value_name = "NAME", default_value = "Governance Services", value_parser = crate::cli::words)]
    by: String,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    time: GivenTime,
}

impl Remove {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let key = self.signature.key(&shelf)?;
        shelf.keeps(&self.meeting).map_err(Stop::of)?;
        let time = self.time.time()?;
        let Some(last) = shelf.manifest(&self.meeting).map_err(Stop::of)? else { return self.is_gone(&shelf) };
        time.follows(&last).map_err(Stop::of)?;
        let until = last.keep_until();
        if let Some(until) = until.filter(|until| *until >= time.at.date_naive()) {
            return Err(Stop::Failure(format!(
                "`{}` must stay open to inspection until {until} (Local Government Act 1972, section 100C)\n  = help: nothing was removed; to take back at once what should never have been public, use `boardpack archive withhold`",
                self.meeting
            )));
        }
        let project = packs::open(workspace, receiver(workspace), &crate::rules::log());
        told_to_everybody("--reason", &self.reason, project.secrets())?;
        shelf.remove(&self.meeting, &self.reason, &self.by, &time, key.as_ref()).map_err(Stop::of)?;
        out(&format!("{}: removed; the record of its removal stays in the archive", self.meeting))
    }

    /// Says that the meeting is removed, where this command has done so.
    fn is_gone(&self, shelf: &Shelf) -> Result<(), Stop> {
        let meeting = self.meeting.clone();
        match shelf.tombstone(&meeting).map_err(Stop::of)? {
            Some(stone) if stone.reason == self.reason => {
                out(&format!("{meeting}: was removed on {}, for this reason; nothing is left to do", stone.removed))
            }
            Some(_) => Err(Stop::of(ArchiveFailure::Removed { meeting })),
            None => Err(Stop::of(ArchiveFailure::NoMeeting { meeting })),
        }
    }
}
