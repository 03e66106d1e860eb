//! Makes the next issue of every meeting whose last one was taken back, with placeholders.

use std::collections::{BTreeMap, BTreeSet};

use super::Withhold;
use super::tell::Done;
use crate::app::{Failure, Session, plain_order};
use crate::cli::here::Here;
use crate::cli::{CliError, Findings, report};
use crate::finding::Finding;
use crate::fs;
use crate::issue::last::Last;
use crate::issue::manifest::Kind;
use crate::issue::prepare::Order;
use crate::issue::time::Time;
use crate::packs;

/// Makes them, and notes which could not be made: what was taken back is gone all the same.
pub(super) fn issues(verb: &Withhold, session: &Session, here: &Here, time: &Time, done: &mut Done) {
    let mut papers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = done.plan.papers.iter().chain(&done.paper);
    for taken in all {
        papers.entry(taken.meeting.clone()).or_default().insert(taken.paper.clone());
    }
    for (meeting, papers) in papers {
        match next(verb, session, here, time, (&meeting, &papers)) {
            Ok(Some((number, pages))) => drop(done.made.insert(meeting, (number, pages))),
            Ok(None) => {}
            Err(error) => {
                let why = match error {
                    CliError::Failure(failure) => failure.to_string(),
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
    session: &Session,
    here: &Here,
    time: &Time,
    (meeting, papers): (&str, &BTreeSet<String>),
) -> Result<Option<(u32, Vec<String>)>, CliError> {
    let shelf = here.shelf();
    let Some(last) = shelf.last(meeting)? else { return Ok(None) };
    let is_public = |paper: &&String| last.whole.document(paper).is_some_and(|document| !document.withheld);
    let public: BTreeSet<String> = papers.iter().filter(is_public).cloned().collect();
    if public.is_empty() {
        return Ok(None);
    }
    time.follows(&last.manifest)?;
    let order = Order { reason: Some(&verb.reason), withhold: public, ..plain_order(meeting, Kind::Withhold, time) };
    let words = crate::issue::withhold::words(&shelf.taken_back()?);
    let secrets = session.project().secrets().clone().with(&words);
    let next = session
        .next(&last, &order, &secrets, Finding::is_error)
        .map_err(|refused| report::refused(refused, &Findings::HUMAN))?;
    let number = session.keep_next(&next, &next.told(), &verb.doing.by, verb.key(&shelf)?.as_ref())?;
    let folder = verb.outputs.folder(here).join(meeting);
    fs::replace_folder(&folder, &next.made.beside_the_archive(), packs::readers)
        .map_err(|error| Failure::work(error.to_string()))?;
    Ok(Some((number, pages(&last, &order.withhold))))
}

/// Gives the printed numbers of the pages of papers.
fn pages(last: &Last, papers: &BTreeSet<String>) -> Vec<String> {
    let own = papers.iter().filter_map(|paper| last.whole.document(paper));
    own.flat_map(|document| &document.pages).map(|page| page.number.clone()).collect()
}
