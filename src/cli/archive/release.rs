//! `boardpack archive release`

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;

use crate::build;
use crate::cli::time::GivenTime;
use crate::cli::{Findings, Stop, out, progress, report};
use crate::finding::{Log, did_you_mean};
use crate::issue::manifest::{Choice, Kind};
use crate::issue::prepare::{Order, Workshop, in_the_way};
use crate::issue::shelf::{NewIssue, Shelf};

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
    #[arg(long, value_name = "WORDS", value_parser = crate::cli::words)]
    reason: String,
    /// Name of whoever releases it
    #[arg(long, value_name = "NAME", default_value = "Governance Services", value_parser = crate::cli::words)]
    by: String,
    #[command(flatten)]
    time: GivenTime,
}

impl Release {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let number = shelf.number(&self.meeting, None).map_err(Stop::of)?;
        let Some(last) = shelf.last(&self.meeting).map_err(Stop::of)? else { return Ok(()) };
        let papers: Vec<&str> = last.manifest.reviews.iter().map(|review| review.paper.as_str()).collect();
        let found: Vec<&str> = papers.iter().copied().filter(|paper| paper.ends_with(&self.paper)).collect();
        let [paper] = found[..] else {
            let help = did_you_mean(&self.paper, papers.iter().copied())
                .unwrap_or_else(|| format!("the papers withheld are: {}", papers.join(", ")));
            let many = if found.is_empty() { "no withheld paper" } else { "more than one withheld paper" };
            return Err(Stop::CommandLine(format!(
                "issue {number} of `{}` has {many} `{}`\n  = help: {help}",
                self.meeting, self.paper
            )));
        };
        let time = self.time.time()?;
        time.follows(&last.manifest).map_err(Stop::of)?;
        let order = Order {
            meeting: &self.meeting,
            kind: Kind::Release,
            numbering: Choice::Keep,
            reason: Some(&self.reason),
            overrides: &[],
            urgent: None,
            release: BTreeSet::from([(*paper).to_owned()]),
            time: &time,
            reports: true,
            look_too: false,
        };
        let inputs = shelf.inputs(&self.meeting, number).map_err(Stop::of)?;
        let bar = progress::Bar::new();
        let receiver = |folder: &Path| crate::cli::receiver(folder);
        let project = build::open(workspace, receiver(workspace), &Log::default());
        let released = BTreeSet::from([(*paper).to_owned()]);
        crate::cli::told_to_everybody("--reason", &self.reason, &project.secrets().beyond(&released))?;
        let workshop = Workshop { receiver: &receiver, progress: &bar, cache: None, secrets: project.secrets() };
        let log = Log::default();
        let (sources, made) = workshop.make(&inputs, &order, Some(&last), &log).map_err(Stop::of)?;
        bar.finish();
        let found = log.sorted();
        let stopped = !in_the_way(&found, &last.manifest.overrides).is_empty();
        let Some(made) = made.filter(|_| !stopped) else {
            report::findings(&log, &sources, &Findings::human(), |_| true)?;
            eprintln!(
                "{}: not released; release first what it refers to, or mend the sources and issue them again",
                self.meeting
            );
            return Err(Stop::Findings);
        };
        let issue = NewIssue { made: &made, inputs: &inputs, findings: &[], by: &self.by, key: None };
        let number = shelf.add(&issue).map_err(Stop::of)?;
        out(&format!("{}: issue {number} publishes {paper}", self.meeting))
    }
}
