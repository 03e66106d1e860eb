//! `boardpack archive release`

use clap::Args;

use super::Packs;
use crate::app::{Refused, ReleaseOrder};
use crate::cli::here::Here;
use crate::cli::options::{Doing, Outputs, words};
use crate::cli::{CliError, Findings, report, ui};
use crate::issue::gate::Acceptance;

/// Publishes a paper that was withheld, with its page numbers.
#[derive(Args)]
pub(super) struct Release {
    /// The meeting, such as cabinet/2026-10-06
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// The paper, by its file or the end of its path; those withheld are listed by `archive retention`
    #[arg(value_name = "PAPER")]
    paper: String,
    /// Why it is published now: printed on the front sheet
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    /// Accept a finding that stands in the way, by words of its message, with the reason: "D0002 07… …23=she agreed"
    #[arg(long = "accept", value_name = "RULE WORDS=REASON", value_parser = acceptance)]
    accepted: Vec<Acceptance>,
    #[command(flatten)]
    doing: Doing,
    #[command(flatten)]
    outputs: Outputs,
}

impl Release {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let Self { meeting, paper, reason, accepted, doing, outputs } = self;
        let key = doing.signature.key(&here.shelf())?;
        let (time, by, key) = (doing.time.time()?, doing.by.as_str(), key.as_ref());
        let order = ReleaseOrder { meeting, paper, reason, accepted, by, key, time: &time };
        let (issued, paper) = here.session()?.release(&order).map_err(|refused| self.refused(refused))?;
        let packs = Packs::of(&issued, here, outputs);
        if issued.news.is_none() {
            return packs.complete(&Findings::HUMAN);
        }
        packs.write()?;
        ui::out(format!("{meeting}: issue {} publishes {paper}", issued.number))?;
        packs.tell(&Findings::HUMAN)
    }

    fn refused(&self, refused: Refused) -> CliError {
        let at_the_gate = refused.report.as_ref().map(|report| report.publication.is_some());
        let error = report::refused(refused, &Findings::HUMAN);
        let what = match at_the_gate {
            Some(true) => {
                "accept each with --accept \"RULE WORDS=REASON\", or issue the meeting with a mended paper that is not \
                 withheld"
            }
            Some(false) => "release first what it refers to, or mend the sources and issue them again",
            None => return error,
        };
        ui::say(format!("{}: not released; {what}", self.meeting));
        error
    }
}

/// Reads `RULE WORDS=REASON`.
fn acceptance(written: &str) -> Result<Acceptance, String> {
    let (meant, reason) = written.split_once('=').unwrap_or((written, ""));
    let (rule, said) = meant.trim().split_once(' ').unwrap_or((meant.trim(), ""));
    if crate::rules::all().find(rule).is_none() {
        return Err(format!("there is no rule `{rule}`; its code stands in the brackets behind `warning`"));
    }
    Ok(Acceptance { rule: rule.to_uppercase(), words: said.trim().to_owned(), reason: words(reason)? })
}
