//! `boardpack archive release`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Packs;
use crate::cli::time::GivenTime;
use crate::cli::{Findings, Signature, Stop, below, out, progress, report};
use crate::finding::{Log, Sources, did_you_mean};
use crate::issue::gate::{Acceptance, Gate, Reading, Terms, Told};
use crate::issue::manifest::{Choice, Kind, Manifest};
use crate::issue::prepare::{Order, Workshop};
use crate::issue::proof::signing;
use crate::issue::released;
use crate::issue::shelf::{NewIssue, Shelf};
use crate::issue::time::Time;
use crate::packs;

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
    /// Accept a finding that stands in the way, by words of its message, with the reason: "D0002 07… …23=she agreed"
    #[arg(long = "accept", value_name = "RULE WORDS=REASON", value_parser = acceptance)]
    accepted: Vec<Acceptance>,
    /// Name of whoever releases it
    #[arg(long, value_name = "NAME", default_value = "Governance Services", value_parser = crate::cli::words)]
    by: String,
    /// Folder for the outputs
    #[arg(short, long, value_name = "FOLDER", default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    time: GivenTime,
}

impl Release {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let key = self.signature.key(&shelf)?;
        let number = shelf.number(&self.meeting, None).map_err(Stop::of)?;
        let Some(last) = shelf.last(&self.meeting).map_err(Stop::of)? else { return Ok(()) };
        let time = self.time.time()?;
        let packs = |number| Packs {
            meeting: self.meeting.clone(),
            number,
            archive: folder.to_owned(),
            out: below(workspace, &self.out),
        };
        if number > 1 {
            let before = shelf.manifest_of(&self.meeting, number - 1).map_err(Stop::of)?;
            let paper = self.paper_in(&before).ok().filter(|paper| !before.released().contains(*paper));
            if paper.is_some_and(|paper| last.manifest.was_ordered_by(&self.order(paper, &time))) {
                return packs(number).complete(&shelf);
            }
        }
        let paper = self.paper_in(&last.manifest)?;
        time.follows(&last.manifest).map_err(Stop::of)?;
        let order = self.order(paper, &time);
        let inputs = shelf.inputs(&self.meeting, number).map_err(Stop::of)?;
        let bar = progress::Bar::new();
        let receiver = |folder: &Path| crate::cli::receiver(folder);
        let project = packs::open(workspace, receiver(workspace), &crate::rules::log());
        let project = shelf.guarded(project).map_err(Stop::of)?;
        crate::cli::told_to_everybody("--reason", &self.reason, &project.secrets().beyond(&order.release))?;
        let workshop = Workshop { receiver: &receiver, progress: &bar, cache: None, secrets: project.secrets() };
        let log = crate::rules::log();
        let (sources, made) = workshop.make(&inputs, &order, Some(&last), &log).map_err(Stop::of)?;
        bar.finish();
        let overridden = |code: &str| last.manifest.overrides.iter().any(|one| one.rule == code);
        let stopped = log.sorted().iter().any(|finding| finding.is_error() && !overridden(finding.rule.code));
        let Some(made) = made.filter(|_| !stopped) else {
            report::findings(&log, &sources, &Findings::human(), |_| true)?;
            eprintln!(
                "{}: not released; release first what it refers to, or mend the sources and issue them again",
                self.meeting
            );
            return Err(Stop::Findings);
        };
        let told = self.past_the_gate(&log, &sources, paper)?;
        let issue = NewIssue {
            made: &made,
            inputs: &inputs,
            findings: &told,
            by: &self.by,
            key: key.as_ref(),
            random: signing::random,
        };
        let packs = packs(shelf.add(&issue).map_err(Stop::of)?);
        packs.write(&made.beside_the_archive())?;
        out(&format!("{}: issue {} publishes {paper}", self.meeting, packs.number))?;
        packs.tell()
    }

    /// Gives the one withheld paper of an issue that is meant.
    fn paper_in<'a>(&self, issue: &'a Manifest) -> Result<&'a str, Stop> {
        let papers: Vec<&str> = issue.reviews.iter().map(|review| review.paper.as_str()).collect();
        let found: Vec<&str> = papers.iter().copied().filter(|paper| paper.ends_with(&self.paper)).collect();
        if let [paper] = found[..] {
            return Ok(paper);
        }
        let help = did_you_mean(&self.paper, papers.iter().copied())
            .unwrap_or_else(|| format!("the papers withheld are: {}", papers.join(", ")));
        let many = if found.is_empty() { "no withheld paper" } else { "more than one withheld paper" };
        Err(Stop::CommandLine(format!(
            "issue {} of `{}` has {many} `{}`\n  = help: {help}",
            issue.issue, self.meeting, self.paper
        )))
    }

    fn order<'a>(&'a self, paper: &str, time: &'a Time) -> Order<'a> {
        Order {
            meeting: &self.meeting,
            kind: Kind::Release,
            numbering: Choice::Keep,
            reason: Some(&self.reason),
            overrides: &[],
            urgent: None,
            release: BTreeSet::from([paper.to_owned()]),
            withhold: BTreeSet::new(),
            time,
            reports: true,
            look_too: false,
        }
    }

    /// Gives what was found in the paper and is accepted; what is not stands in the way.
    fn past_the_gate(&self, log: &Log, sources: &Sources, paper: &str) -> Result<Vec<Told>, Stop> {
        let judged = released::at_the_gate(log, sources, paper);
        let mut gate = Gate::of(vec![Reading { judged, sources, waiting: 0 }], Terms::default(), None);
        for one in &self.accepted {
            gate.accept(one).map_err(|count| {
                let what = match count {
                    0 => "nothing of the kind stands in the way".to_owned(),
                    count => format!("it is meant for {count} findings, and each is accepted by itself"),
                };
                let help = "write the code and words of the message that only one finding has";
                Stop::CommandLine(format!("`--accept {} {}`: {what}\n  = help: {help}", one.rule, one.words))
            })?;
        }
        if gate.is_open() {
            return Ok(gate.told());
        }
        report::gate(&gate, &Findings::human(), Some(&self.meeting))?;
        eprintln!(
            "{}: not released; accept each with --accept \"RULE WORDS=REASON\", or issue the meeting with a mended paper that is not withheld",
            self.meeting
        );
        Err(Stop::Findings)
    }
}

/// Reads `RULE WORDS=REASON`.
fn acceptance(written: &str) -> Result<Acceptance, String> {
    let (meant, reason) = written.split_once('=').unwrap_or((written, ""));
    let (rule, words) = meant.trim().split_once(' ').unwrap_or((meant.trim(), ""));
    if crate::rules::all().find(rule).is_none() {
        return Err(format!("there is no rule `{rule}`; its code stands in the brackets behind `warning`"));
    }
    let (rule, words) = (rule.to_uppercase(), words.trim().to_owned());
    Ok(Acceptance { rule, words, reason: crate::cli::words(reason)? })
}
