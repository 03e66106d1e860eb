//! `boardpack archive retention`

use clap::Args;

use crate::cli::here::Here;
use crate::cli::{CliError, now, ui};

/// Lists what must be kept until when, and withheld papers that are due to be looked at again.
#[derive(Args)]
pub(super) struct Retention {}

impl Retention {
    #[expect(clippy::unused_self, reason = "a verb like the others")]
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let today = now()?.date_naive();
        for meeting in shelf.meetings()? {
            let Some(manifest) = shelf.manifest(&meeting.meeting)? else { continue };
            let Some(until) = manifest.keep_until() else { continue };
            let may = if until < today { "may be removed" } else { "must be kept" };
            ui::out(format!("{}  {may}, open to inspection until {until}", meeting.meeting))?;
            for review in &manifest.reviews {
                let when = match review.on {
                    Some(day) if day <= today => format!("due to be looked at again since {day}"),
                    Some(day) => format!("to be looked at again on {day}"),
                    None => "no day for looking at it again".to_owned(),
                };
                ui::out(format!("    withheld: {} ({}): {when}", review.title, review.paper))?;
            }
        }
        Ok(())
    }
}
