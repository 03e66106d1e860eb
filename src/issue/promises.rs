//! Holds a body's ledger against the last one that was issued: what was open then is open now, or closed by something.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::IssueFailure;
use super::shelf::Shelf;
use crate::finding::{Finding, Log};
use crate::fs;
use crate::model::agenda::Agenda;
use crate::packs::Project;
use crate::resolve::ledger::{Ledger, Reader, used};

crate::finding::rule! {
    /// The last ledger that was issued told members of a promise as open, and no minutes of the body hold it
    /// now: they were corrected, or lie elsewhere. Nobody would hear of it again. Put it back into the minutes
    /// that made it, under the same label; without a label it is known by the day of its meeting and its first
    /// six words, so give it that name as `label:` if its words have changed. What is given up is closed by an
    /// entry in ledger.yaml, with a reason.
    VANISHED = "M0046", Sources, Error, guarded, "a promise that was told of as open and is gone";
}

/// A ledger as an issue keeps it.
#[derive(Deserialize)]
struct Told {
    kind: String,
    promises: Vec<Promise>,
}

#[derive(Deserialize)]
struct Promise {
    id: String,
    what: String,
    closed: Option<NaiveDate>,
}

/// Finds promises that the last issue of a ledger behind an item of this meeting held, and that are gone.
pub(crate) fn look(shelf: &Shelf, project: &Project, agenda: &Agenda, log: &Log) -> Result<(), IssueFailure> {
    let workspace = &project.workspace;
    for (named, file) in used(workspace, agenda) {
        let shows = |other: &&Agenda| other.when <= agenda.when && other.papers().any(|one| one.path == named.path);
        let mut meetings: Vec<&Agenda> = workspace.meetings.values().filter(shows).collect();
        meetings.sort_by_key(|other| std::cmp::Reverse(other.when));
        let ledger = Ledger::of(workspace, &file.body, Reader::Whole, NaiveDate::MAX);
        let known: BTreeSet<&str> = ledger.promises.iter().map(|promise| promise.id.as_str()).collect();
        for meeting in meetings {
            let told = ledgers(shelf, &meeting.id)?;
            if told.is_empty() {
                continue;
            }
            let open = told.iter().flat_map(|told| &told.promises).filter(|promise| promise.closed.is_none());
            let gone = open.filter(|promise| !known.contains(promise.id.as_str()));
            for promise in gone.map(|promise| (&promise.id, &promise.what)).collect::<BTreeSet<_>>() {
                let (id, words) = promise;
                let message = format!("`{id}` ({words}) was open at {}, and no minutes hold it now", meeting.id);
                log.add(
                    Finding::new(&VANISHED, named.place, message)
                        .help("put it back into its minutes; what is given up is closed by an entry in ledger.yaml"),
                );
            }
            break;
        }
    }
    Ok(())
}

/// Gives the ledgers that the last issue of a meeting holds; one that was taken back is not among them.
fn ledgers(shelf: &Shelf, meeting: &str) -> Result<Vec<Told>, IssueFailure> {
    let Some(last) = shelf.manifest(meeting)? else { return Ok(Vec::new()) };
    let files = shelf.files(meeting, last.issue)?;
    let data = files.iter().filter(|file| file.path.contains("/papers/") && fs::has_ending(&file.path, &["json"]));
    let told = data.filter_map(|file| shelf.json::<Told>(meeting, last.issue, &file.path).ok());
    Ok(told.filter(|told| told.kind == "ledger").collect())
}
