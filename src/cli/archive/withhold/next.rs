//! Makes the next issue of every meeting whose last one was taken back, with placeholders.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Withhold;
use super::tell::Done;
use crate::cli::{Findings, Stop, below, progress, report};
use crate::finding::Finding;
use crate::fs;
use crate::issue::gate::{Gate, Terms};
use crate::issue::last::Last;
use crate::issue::manifest::{Choice, Kind};
use crate::issue::prepare::{Order, Workshop};
use crate::issue::proof::signing;
use crate::issue::shelf::{NewIssue, Shelf};
use crate::issue::time::Time;
use crate::packs::{self, Project};

/// Makes them, and notes which could not be made: what was taken back is gone all the same.
pub(super) fn issues(
    verb: &Withhold,
    shelf: &Shelf,
    project: &Project,
    time: &Time,
    workspace: &Path,
    done: &mut Done,
) {
    let mut papers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = done.plan.papers.iter().chain(&done.paper);
    for taken in all {
        papers.entry(taken.meeting.clone()).or_default().insert(taken.paper.clone());
    }
    for (meeting, papers) in papers {
        match next(verb, shelf, project, time, workspace, (&meeting, &papers)) {
            Ok(Some((number, pages))) => drop(done.made.insert(meeting, (number, pages))),
            Ok(None) => {}
            Err(stop) => {
                let why = match stop {
                    Stop::Failure(why) | Stop::CommandLine(why) => why,
                    _ => "its sources have errors".to_owned(),
                };
                done.not_made.insert(meeting, why);
            }
        }
    }
}

/// Makes the next issue of a meeting whose last one has these papers in public, and gives its number with the pages of
/// the placeholders.
fn next(
    verb: &Withhold,
    shelf: &Shelf,
    project: &Project,
    time: &Time,
    workspace: &Path,
    (meeting, papers): (&str, &BTreeSet<String>),
) -> Result<Option<(u32, Vec<String>)>, Stop> {
    let Some(last) = shelf.last(meeting).map_err(Stop::of)? else { return Ok(None) };
    let is_public = |paper: &&String| last.whole.document(paper).is_some_and(|document| !document.withheld);
    let public: BTreeSet<String> = papers.iter().filter(is_public).cloned().collect();
    if public.is_empty() {
        return Ok(None);
    }
    time.follows(&last.manifest).map_err(Stop::of)?;
    let order = Order {
        meeting,
        kind: Kind::Withhold,
        numbering: Choice::Keep,
        reason: Some(&verb.reason),
        overrides: &[],
        urgent: None,
        release: BTreeSet::new(),
        withhold: public,
        time,
        reports: true,
        look_too: false,
    };
    let inputs = shelf.inputs(meeting, last.manifest.issue).map_err(Stop::of)?;
    let words = crate::issue::withhold::words(&shelf.taken_back().map_err(Stop::of)?);
    let secrets = project.secrets().clone().with(&words);
    let (bar, log) = (progress::Bar::new(), crate::rules::log());
    let receiver = |folder: &Path| crate::cli::receiver(folder);
    let workshop = Workshop { receiver: &receiver, progress: &bar, cache: None, secrets: &secrets };
    let made = workshop.make(&inputs, &order, Some(&last), &log);
    bar.finish();
    let (sources, made) = made.map_err(Stop::of)?;
    let overridden = |code: &str| last.manifest.overrides.iter().any(|one| one.rule == code);
    let stopped = log.sorted().iter().any(|finding| finding.is_error() && !overridden(finding.rule.code));
    let Some(made) = made.filter(|_| !stopped) else {
        report::findings(&log, &sources, &Findings::human(), Finding::is_error)?;
        return Err(Stop::Findings);
    };
    let findings = Gate::of(vec![report::reading(&log, &sources, |_| true)], Terms::default(), None).told();
    let key = verb.key(shelf)?;
    let issue = NewIssue {
        made: &made,
        inputs: &inputs,
        findings: &findings,
        by: &verb.by,
        key: key.as_ref(),
        random: signing::random,
    };
    let number = shelf.add(&issue).map_err(Stop::of)?;
    let mut files = made.output.files.clone();
    files.extend(made.reports.clone());
    let folder = below(workspace, &verb.out).join(meeting);
    fs::replace_folder(&folder, &files, packs::readers).map_err(|error| Stop::Failure(error.to_string()))?;
    Ok(Some((number, pages(&last, &order.withhold))))
}

/// Gives the printed numbers of the pages of papers.
fn pages(last: &Last, papers: &BTreeSet<String>) -> Vec<String> {
    let own = papers.iter().filter_map(|paper| last.whole.document(paper));
    own.flat_map(|document| &document.pages).map(|page| page.number.clone()).collect()
}
