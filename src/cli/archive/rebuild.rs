//! `boardpack archive rebuild`

use std::path::Path;

use clap::Args;

use crate::cli::{Stop, out, progress, report};
use crate::issue::again::{self, Verdict};
use crate::issue::prepare::Workshop;
use crate::issue::shelf::Shelf;
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
    pub(super) fn run(&self, folder: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let bar = progress::Bar::new();
        let receiver = |folder: &Path| crate::cli::receiver(folder);
        let secrets = Secrets::default();
        let workshop = Workshop { receiver: &receiver, progress: &bar, cache: None, secrets: &secrets };
        let mut other = 0;
        if let Some(meeting) = &self.meeting {
            shelf.number(meeting, self.issue).map_err(Stop::of)?;
        }
        for meeting in shelf.meetings().map_err(Stop::of)? {
            if self.meeting.as_ref().is_some_and(|wanted| *wanted != meeting.meeting) {
                continue;
            }
            for issue in &meeting.issues {
                if self.issue.is_some_and(|wanted| wanted != issue.number) {
                    continue;
                }
                let gaps = shelf.gaps(&meeting.meeting, issue.number).map_err(Stop::of)?;
                if let Some(gap) = gaps.iter().find(|gap| gap.erased) {
                    let since = &gap.since;
                    out(&format!(
                        "{}, issue {}: in part erased since {since}, and so not made again",
                        meeting.meeting, issue.number
                    ))?;
                    continue;
                }
                let withheld = match gaps.iter().map(|gap| gap.files).sum::<u64>() {
                    0 => String::new(),
                    count => format!("; {count} withheld from the public"),
                };
                let log = crate::rules::log();
                let verdict = again::rebuild(&shelf, &meeting.meeting, issue.number, &workshop, &log);
                bar.finish();
                let verdict = verdict.map_err(Stop::of)?;
                other += u32::from(!verdict.is_good());
                let words = match verdict {
                    Verdict::SameBytes { files } => format!("{files} of {files} files, every byte the same"),
                    Verdict::OtherBytes { what, files } => {
                        format!("{} of {files} files differ: {}", what.len(), what.join("; "))
                    }
                    Verdict::SameText { program } => {
                        format!("made by {program}; pages, numbers and text are the same")
                    }
                    Verdict::Differs { what } => format!("differs: {}", what.join("; ")),
                    Verdict::NotMade { sources } => {
                        let how = crate::cli::Findings::human();
                        report::findings(&log, &sources, &how, |_| true)?;
                        "could not be made again".to_owned()
                    }
                };
                out(&format!("{}, issue {}: {words}{withheld}", meeting.meeting, issue.number))?;
            }
        }
        if other == 0 { Ok(()) } else { Err(Stop::Faults) }
    }
}
