//! `boardpack archive remove`

use clap::Args;

use crate::app::{Failure, told_to_everybody};
use crate::archive::ArchiveFailure;
use crate::cli::here::Here;
use crate::cli::options::{Doing, words};
use crate::cli::{CliError, ui};
use crate::issue::shelf::Shelf;

/// Removes a meeting whose time of keeping is over; a record of that stays.
#[derive(Args)]
pub(super) struct Remove {
    /// The meeting, such as scrutiny/2019-09-16
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// Why, for the record that anybody can read
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    #[command(flatten)]
    doing: Doing,
}

impl Remove {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let (shelf, Self { meeting, reason, doing }) = (here.shelf(), self);
        let key = doing.signature.key(&shelf)?;
        shelf.keeps(meeting)?;
        let time = doing.time.time()?;
        let Some(last) = shelf.manifest(meeting)? else { return self.is_gone(&shelf) };
        time.follows(&last)?;
        if let Some(until) = last.keep_until().filter(|until| *until >= time.at.date_naive()) {
            return Err(Failure::work(format!(
                "`{meeting}` must stay open to inspection until {until} (Local Government Act 1972, section 100C)"
            ))
            .hint(
                "nothing was removed; to take back at once what should never have been public, use `boardpack archive \
                 withhold`",
            )
            .into());
        }
        told_to_everybody("--reason", reason, here.session()?.project().secrets())?;
        shelf.remove(meeting, reason, &doing.by, &time, key.as_ref())?;
        ui::out(format!("{meeting}: removed; the record of its removal stays in the archive"))
    }

    /// Says that the meeting is removed, where this command has done so.
    fn is_gone(&self, shelf: &Shelf) -> Result<(), CliError> {
        let meeting = self.meeting.clone();
        match shelf.tombstone(&meeting)? {
            Some(stone) if stone.reason == self.reason => {
                ui::out(format!("{meeting}: was removed on {}, for this reason; nothing is left to do", stone.removed))
            }
            Some(_) => Err(ArchiveFailure::Removed { meeting }.into()),
            None => Err(ArchiveFailure::NoMeeting { meeting }.into()),
        }
    }
}
