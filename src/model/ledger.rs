//! A body's ledger: what became of what it asked for and was promised. The promises themselves stand in minutes.

use chrono::NaiveDate;

use super::declare::{record, words};
use super::{Line, Prose, Text};
use crate::finding::Place;

record! {
    /// Entries of a body's ledger. Behind an agenda item it prints what is open, and what was closed since it was there last.
    pub struct LedgerFile: "the ledger" {
        /// A title in place of the usual one.
        title: Option<Line>,
        /// Text before the promises.
        introduction: Option<Prose>,
        /// What became of promises, each with its day.
        entries: Vec<LedgerEntry>,
    }
    besides |read| {
        /// Id of the body, which the file or its folder names.
        body: String = String::new(),
    }
}

record! {
    /// What became of a promise on a day.
    pub struct LedgerEntry: "an entry of the ledger" [checked] {
        /// The promise, by its label, or by the day of its meeting and its first words: `2026-06-24/publish-the-survey-answers`.
        promise["of"]: Text as silent,
        /// The day on which this is entered.
        on: NaiveDate,
        /// `answered`, `done`, `carried-forward` to the day in `due`, or `closed` for the reason in `reason`.
        state: Became,
        /// The new day; with `answered`, the promise stays open until then.
        due: Option<NaiveDate>,
        /// How, or why; printed.
        reason: Option<Line>,
    }
    besides |read| {
        /// Where it stands.
        place: Place = read.place(),
    }
}

words! {
    /// What becomes of a promise.
    pub enum Became {
        /// What was asked is answered.
        Answered = "answered",
        /// It is done.
        #[default]
        Done = "done",
        /// It gets another day.
        CarriedForward = "carried-forward",
        /// It is given up, or overtaken.
        Closed = "closed",
    }
}
