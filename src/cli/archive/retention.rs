//! `boardpack archive retention`

use std::path::Path;

use clap::Args;

use crate::cli::{Stop, now, out};
use crate::issue::shelf::Shelf;

/// Lists what must be kept until when, and withheld papers that are due to be looked at again.
#[derive(Args)]
pub(super) struct Retention {}

impl Retention {
    #[expect(clippy::unused_self, reason = "a verb like the others")]
    pub(super) fn run(&self, folder: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let today = now()?.date_naive();
        for meeting in shelf.meetings().map_err(Stop::of)? {
            let Some(manifest) = shelf.manifest(&meeting.meeting).map_err(Stop::of)? else { continue };
            let Some(until) = manifest.keep_until() else { continue };
            let may = if until < today { "may be removed" } else { "must be kept" };
            out(&format!("{}  {may}, open to inspection until {until}", meeting.meeting))?;
            for review in &manifest.reviews {
                let when = match review.on {
                    Some(day) if day <= today => format!("due to be looked at again since {day}"),
                    Some(day) => format!("to be looked at again on {day}"),
                    None => "no day for looking at it again".to_owned(),
                };
                out(&format!("    withheld: {} ({}): {when}", review.title, review.paper))?;
            }
        }
        Ok(())
    }
}
