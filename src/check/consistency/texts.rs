//! What the texts themselves get wrong: references, names, dates, lists, totals.

use crate::check::reading::Reading;
use crate::finding::Log;
use crate::model::Workspace;

pub(in crate::check) mod appendices;
mod blocks;
pub(in crate::check) mod calendar;
mod dated;
mod foreign;
pub(in crate::check) mod gaps;
pub(in crate::check) mod lists;
pub(in crate::check) mod marks;
pub(in crate::check) mod people;
pub(in crate::check) mod placeholders;
pub(in crate::check) mod references;
pub(in crate::check) mod sums;

pub(in crate::check) use placeholders::left_on_page;

/// What the texts are compared with.
pub(in crate::check) struct Known<'a> {
    meetings: calendar::Meetings<'a>,
    people: people::People,
}

impl<'a> Known<'a> {
    /// Gathers it from a workspace.
    pub(in crate::check) fn of(workspace: &'a Workspace) -> Self {
        Self { meetings: calendar::Meetings::of(workspace), people: people::People::of(workspace) }
    }
}

/// Applies the rules about what is written in one agenda or paper.
pub(in crate::check) fn apply(reading: &Reading, known: &Known, log: &Log) {
    let dated = dated::Dated::of(reading);
    calendar::no_such_day(&dated, log);
    calendar::wrong_weekday(&dated, log);
    calendar::no_such_meeting(&dated, &known.meetings, log);
    appendices::cited_without(reading, log);
    references::paragraphs(reading, log);
    references::pages(reading, log);
    lists::doubled(reading, log);
    gaps::headings(reading, log);
    placeholders::placeholders(reading, log);
    placeholders::paths(reading, log);
    marks::typed_numbers(reading, log);
    marks::unnumbered(reading, log);
    sums::totals(reading, log);
    people::nearly_known(reading, &known.people, log);
}
