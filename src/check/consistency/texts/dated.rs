//! The dates of one agenda or paper.

use chrono::NaiveDate;

use crate::check::passages::Passage;
use crate::check::reading::Reading;
use crate::check::wording::dates::{Around, Mention, mentions};
use crate::model::Workspace;

/// The dates of a reading, by passage.
pub(super) struct Dated<'r, 'a> {
    /// What is read.
    pub(super) reading: &'r Reading<'a>,
    /// How dates without a year are understood.
    pub(super) around: Option<Around>,
    /// Passages that have dates.
    pub(super) passages: Vec<(&'r Passage, Vec<Mention>)>,
}

impl<'r, 'a> Dated<'r, 'a> {
    /// Finds the dates of a reading.
    pub(super) fn of(reading: &'r Reading<'a>) -> Self {
        let around = reading.day().map(|day| around(reading.workspace, day));
        let dates = |passage: &'r Passage| (passage, mentions(&passage.words));
        let passages = reading.passages.iter().map(dates).filter(|(_, dates)| !dates.is_empty()).collect();
        Self { reading, around, passages }
    }

    /// Gives every date with its passage.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'r Passage, &Mention)> {
        self.passages.iter().flat_map(|(passage, dates)| dates.iter().map(move |date| (*passage, date)))
    }
}

/// Gives how dates without a year are understood in a text of a day.
pub(super) fn around(workspace: &Workspace, day: NaiveDate) -> Around {
    let council = &workspace.council;
    Around { day, municipal_year: council.municipal_year(day), starts: council.year_starts.0 }
}
