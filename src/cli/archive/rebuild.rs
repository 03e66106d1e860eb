//! `boardpack archive rebuild`

use clap::Args;

use crate::app::Refused;
use crate::cli::here::Here;
use crate::cli::{CliError, Findings, report, ui};
use crate::issue::again::{self, Verdict};
use crate::secrets::Secrets;

/// Makes an issue again from its own sources, and compares.
#[derive(Args)]
pub(super) struct Rebuild {
    /// The meeting, such as scrutiny/2026-09-16; all when none is named
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: Option<String>,
    /// Number of the issue; all when none is named
    #[arg(long, value_name = "NUMBER", requires = "meeting")]
    issue: Option<u32>,
}

impl Rebuild {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let mut other = 0;
        if let Some(meeting) = &self.meeting {
            shelf.number(meeting, self.issue)?;
        }
        for meeting in shelf.meetings()? {
            if self.meeting.as_ref().is_some_and(|wanted| *wanted != meeting.meeting) {
                continue;
            }
            for issue in &meeting.issues {
                if self.issue.is_some_and(|wanted| wanted != issue.number) {
                    continue;
                }
                let (is_good, words) = again(here, &meeting.meeting, issue.number)?;
                other += u32::from(!is_good);
                ui::out(format!("{}, issue {}: {words}", meeting.meeting, issue.number))?;
            }
        }
        if other == 0 { Ok(()) } else { Err(CliError::Faults) }
    }
}

/// Makes an issue again; tells whether that came out well, and how.
fn again(here: &Here, meeting: &str, number: u32) -> Result<(bool, String), CliError> {
    let shelf = here.shelf();
    let gaps = shelf.gaps(meeting, number)?;
    if let Some(gap) = gaps.iter().find(|gap| gap.erased) {
        return Ok((true, format!("in part erased since {}, and so not made again", gap.since)));
    }
    let withheld = match gaps.iter().map(|gap| gap.files).sum::<u64>() {
        0 => String::new(),
        count => format!("; {count} withheld from the public"),
    };
    let log = crate::rules::log();
    let verdict = here
        .env()?
        .with_workshop(None, &Secrets::default(), |workshop| again::rebuild(&shelf, meeting, number, workshop, &log))?;
    let is_good = verdict.is_good();
    let words = match verdict {
        Verdict::SameBytes { files } => format!("{files} of {files} files, every byte the same"),
        Verdict::OtherBytes { what, files } => {
            format!("{} of {files} files differ: {}", what.len(), what.join("; "))
        }
        Verdict::SameText { program } => format!("made by {program}; pages, numbers and text are the same"),
        Verdict::Differs { what } => format!("differs: {}", what.join("; ")),
        Verdict::NotMade { sources } => {
            // It is told of as a fault of the issue, once what was found is shown.
            let _ = report::refused(Refused::making(&log, &sources), &Findings::HUMAN);
            "could not be made again".to_owned()
        }
    };
    Ok((is_good, format!("{words}{withheld}")))
}
