//! Ledgers: no promise that minutes record is lost, and none is told of where it may not be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::passages;
use super::reading::Reading;
use super::wording::dates::printed;
use crate::finding::{Confidence, Finding, Log, did_you_mean};
use crate::model::minutes::Record;
use crate::model::{Paper, PaperKind, Workspace};
use crate::resolve::ledger::{self, Ledger, Move, Promise, Reader};
use crate::resolve::{Access, Meeting, Published};

crate::finding::rule! {
    /// An entry of a ledger, or `closes` of a minute, names a promise that no minutes of the body hold: it may
    /// have been renamed or taken out when the minutes were corrected, or the minutes may lie with another
    /// body. A promise is known by its `label`; without one by the day of its meeting and its first six words,
    /// as in 2026-06-24/publish-the-survey-answers-by-ward. Put the promise back into the minutes, or name it
    /// as it is called now. A body that has taken over another's work says so with `formerly:`.
    NO_SUCH_PROMISE = "M0042", Sources, Error, guarded, "an entry about a promise that there is not";
}

crate::finding::rule! {
    /// A ledger or minutes that everybody reads name a promise of withheld minutes, and would tell that it was
    /// made. Put the entry into a file of its own, say ledger-private.yaml, with `withheld:` and its grounds.
    PROMISE_WITHHELD = "M0043", Sources, Error, guarded, "a public entry about a promise that is withheld";
}

crate::finding::rule! {
    /// Two promises of a body have the same label, or no label and the same first words at one meeting, so that
    /// nobody can tell of which an entry speaks. Give each a label of its own.
    PROMISE_TWICE = "M0044", Sources, Error, guarded, "two promises that are called the same";
}

crate::finding::rule! {
    /// An entry has a day before the meeting at which the promise was made, or comes after what has closed it.
    /// Correct the day, or take one of the two away; what is open again is promised anew in a minute.
    OUT_OF_ORDER = "M0045", Sources, Error, guarded, "an entry before its promise or after its end";
}

/// Holds what cites promises against the promises.
pub(super) fn entries(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let published = Published::of(workspace, meetings);
    let taken_over: BTreeSet<&str> =
        workspace.bodies.values().flat_map(|body| &body.formerly).map(|id| id.value.as_str()).collect();
    for body in workspace.bodies.keys().filter(|id| !taken_over.contains(id.as_str())) {
        let ledger = Ledger::of(workspace, body, Reader::Whole, NaiveDate::MAX);
        let of = Body { workspace, published: &published, ledger: &ledger };
        of.astray(log);
        of.twice(log);
        for promise in &ledger.promises {
            of.withheld(promise, log);
            // Minutes whose day was not understood are told of as that.
            if promise.made.day != NaiveDate::default() {
                out_of_order(promise, log);
            }
        }
    }
}

/// The ledger of a body, and who may read what.
struct Body<'a> {
    workspace: &'a Workspace,
    published: &'a Published,
    ledger: &'a Ledger<'a>,
}

impl Body<'_> {
    fn is_public(&self, path: &str) -> bool {
        let paper = self.workspace.papers.get(path);
        paper.is_some_and(|paper| Access::of_paper(paper).is_public()) && !self.published.withholds(path)
    }

    fn astray(&self, log: &Log) {
        for astray in &self.ledger.astray {
            let is_public = self.is_public(astray.path);
            let known = self.ledger.promises.iter().filter(|one| !is_public || self.is_public(one.made.path));
            let help = did_you_mean(&astray.cited.value, known.map(|one| one.id.as_str())).unwrap_or_else(|| {
                "name it as the minutes call it now; if it was taken out of them, put it back".to_owned()
            });
            let message = format!("no minutes of this body hold the promise `{}`", astray.cited.value);
            log.add(Finding::new(&NO_SUCH_PROMISE, astray.cited.place, message).help(help));
        }
    }

    fn twice(&self, log: &Log) {
        let mut seen = BTreeMap::new();
        for promise in &self.ledger.promises {
            if let Some(first) = seen.insert(&promise.id, promise.made.place) {
                let message = format!("two promises are called `{}`", promise.id);
                let finding = Finding::new(&PROMISE_TWICE, promise.made.place, message).also(first, "the first one");
                log.add(finding.help("give one of them a `label:` of its own"));
            }
        }
    }

    fn withheld(&self, promise: &Promise, log: &Log) {
        if self.is_public(promise.made.path) {
            return;
        }
        for one in promise.moves.iter().filter(|one| self.is_public(one.path)) {
            let message = "this is public, but the promise that it names is withheld";
            log.add(
                Finding::new(&PROMISE_WITHHELD, one.place, message)
                    .also(promise.made.place, "in these minutes")
                    .help("move the entry to a ledger with `withheld:`, such as ledger-private.yaml"),
            );
        }
    }
}

fn out_of_order(promise: &Promise, log: &Log) {
    let mut end = None;
    // Minutes whose day was not understood are told of as that.
    let understood = |one: &&Move| one.on != NaiveDate::default();
    for one in promise.moves.iter().filter(understood) {
        if one.on < promise.made.day {
            let message = format!(
                "`{}` was promised on {}, after the day of this entry, {}",
                promise.id,
                printed(promise.made.day),
                printed(one.on)
            );
            let finding = Finding::new(&OUT_OF_ORDER, one.place, message).also(promise.made.place, "promised here");
            log.add(finding.help("correct the day of the entry"));
        }
        if let Some((closed, day)) = end {
            let message = format!("`{}` was closed on {} already", promise.id, printed(day));
            let finding = Finding::new(&OUT_OF_ORDER, one.place, message).also(closed, "closed here");
            log.add(finding.help("take one of the two away; what is open again is promised anew in a minute"));
        }
        if one.closes() && end.is_none() {
            end = Some((one.place, one.on));
        }
    }
}

crate::finding::rule! {
    /// The words look like a promise ("undertook to send", "asked for a list"), and nothing in the minute says
    /// so to the ledger. If it is one, mark it: `actions`, `recommendations` or `requests`, each with who and
    /// by when; what a later meeting is to see can stand in `asks`. What is not marked is followed up by nobody
    /// but you.
    LOOKS_PROMISED = "C0042", Consistency, Info, "words that look like a promise";
    "practice"
}

/// Words by which officers promise something, or members ask for it.
const PROMISING: [&str; 9] = [
    "undertook to",
    "agreed to circulate",
    "would circulate",
    "agreed to provide",
    "agreed to send",
    "would be circulated",
    "would write to members",
    "ask for a list",
    "report back",
];

/// Suggests passages of minutes that look like promises, where the body keeps a ledger: who keeps none has no use for it.
pub(super) fn looks_promised(reading: &Reading, log: &Log) {
    let Some(PaperKind::Minutes(minutes)) = reading.paper().map(|paper| &paper.kind) else { return };
    let keeps = |paper: &Paper| match &paper.kind {
        PaperKind::Minutes(minutes) => minutes.records().any(promises),
        _ => true,
    };
    if !ledger::sources(reading.workspace, &minutes.body).any(keeps) {
        return;
    }
    for record in minutes.records().filter(|record| !is_marked(record)) {
        let texts = [&record.text, &record.resolved, &record.after].into_iter().flatten();
        let passages = texts.flat_map(|text| passages::of_blocks(&text.blocks));
        let found = passages.into_iter().find_map(|passage| {
            let words = passage.words.to_ascii_lowercase();
            let (at, length) =
                PROMISING.iter().find_map(|promising| Some((words.find(promising)?, promising.len())))?;
            Some(passage.place(at..at + length, reading.sources()))
        });
        if let Some(place) = found {
            log.add(
                Finding::new(&LOOKS_PROMISED, place, "this looks like a promise that the ledger does not know")
                    .help("add `actions:`, `requests:` or `recommendations:` to the minute, if it is one")
                    .confidence(Confidence::Possible),
            );
        }
    }
}

fn is_marked(record: &Record) -> bool {
    promises(record) || record.asks.len() + record.closes.len() > 0
}

fn promises(record: &Record) -> bool {
    record.actions.len() + record.recommendations.len() + record.requests.len() > 0
}
