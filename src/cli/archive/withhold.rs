//! `boardpack archive withhold`

use clap::Args;

use crate::app::WithholdOrder;
use crate::cli::CliError;
use crate::cli::here::Here;
use crate::cli::options::{Doing, Outputs, words};
use crate::issue::proof::signing::PrivateKey;
use crate::issue::shelf::Shelf;

mod tell;

use tell::Told;

/// Takes a published paper back.
#[derive(Args)]
pub(super) struct Withhold {
    /// The meeting, such as scrutiny/2026-12-10
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// The paper, by its file or the end of its path; none where only --words are to go
    #[arg(value_name = "PAPER", required_unless_present = "words")]
    paper: Option<String>,
    /// Why: printed on the placeholder, for everybody; do not write here what must not be known
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    /// Also take back every public file, of all meetings, that says these words; kept for staff, so that no later
    /// issue says them
    #[arg(long, value_name = "WORDS", value_parser = words)]
    words: Vec<String>,
    /// Why, for staff alone
    #[arg(long, value_name = "WORDS", value_parser = words)]
    note: Option<String>,
    /// Erase it from the council's own archive too, on this ground in law; that cannot be undone
    #[arg(long, value_name = "LAW", value_parser = words, requires = "no_request_open")]
    erase: Option<String>,
    /// Who made sure, and when, that nobody has asked for what is erased: to erase what was asked for can be an
    /// offence (Freedom of Information Act 2000, section 77)
    #[arg(long, value_name = "WORDS", value_parser = words, requires = "erase")]
    no_request_open: Option<String>,
    /// Show what would go, without changing anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    outputs: Outputs,
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    doing: Doing,
    /// Take it back though the council signs and its key is not at hand; to be run again with --sign
    #[arg(long, conflicts_with = "sign")]
    unsigned_now: bool,
}

impl Withhold {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let time = self.doing.time.time()?;
        let requests = self.no_request_open.as_deref().unwrap_or_default();
        let order = WithholdOrder {
            meeting: &self.meeting,
            paper: self.paper.as_deref(),
            words: &self.words,
            reason: &self.reason,
            note: self.note.as_deref(),
            erase: self.erase.as_deref().map(|law| (law, requests)),
            by: &self.doing.by,
            time: &time,
        };
        let session = here.session()?;
        let told = Told { json: self.json, out: self.outputs.named() };
        if self.dry_run {
            return told.plan(&session.would_withhold(&order)?);
        }
        let key = self.key(&here.shelf())?;
        told.done(session.withhold(&order, key.as_ref(), &self.outputs.folder(here))?)
    }

    /// Gives the council's key; none where it does not sign, or is to sign later.
    fn key(&self, shelf: &Shelf) -> Result<Option<PrivateKey>, CliError> {
        if self.unsigned_now {
            return Ok(None);
        }
        self.doing.signature.key(shelf).map_err(|error| match error {
            CliError::Failure(mut failure) if self.doing.signature.sign.is_none() => {
                let help = "; or, where the key is not at hand, take it back with --unsigned-now, and sign later";
                failure.hints.iter_mut().for_each(|hint| hint.push_str(help));
                failure.into()
            }
            error => error,
        })
    }
}
