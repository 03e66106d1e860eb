//! What the texts themselves get wrong: references, names, dates, lists, quotations, totals.

use crate::check::reading::Reading;
use crate::finding::Log;
use crate::model::Workspace;

mod appendices;
mod blocks;
mod bodies_and_posts;
mod calendar;
mod capitals;
mod dated;
mod declared_days;
mod events;
mod foreign;
mod forms;
mod gaps;
mod lists;
mod marks;
mod people;
mod placeholders;
mod quotations;
mod references;
mod sums;
mod tense;
mod together;

pub(in crate::check) use placeholders::left_on_page;

/// What the texts are compared with.
pub(in crate::check) struct Known<'a> {
    meetings: calendar::Meetings<'a>,
    people: people::People,
    names: bodies_and_posts::Names<'a>,
}

impl<'a> Known<'a> {
    /// Gathers it from a workspace.
    pub(in crate::check) fn of(workspace: &'a Workspace) -> Self {
        Self {
            meetings: calendar::Meetings::of(workspace),
            people: people::People::of(workspace),
            names: bodies_and_posts::Names::of(workspace),
        }
    }
}

/// Applies the rules about what is written in one agenda or paper.
pub(in crate::check) fn apply(reading: &Reading, known: &Known, log: &Log) {
    let dated = dated::Dated::of(reading);
    calendar::no_such_day(&dated, log);
    calendar::wrong_weekday(&dated, log);
    calendar::no_such_meeting(&dated, &known.meetings, log);
    declared_days::disagree(&dated, log);
    tense::tenses(&dated, log);
    bodies_and_posts::names(reading, &known.names, log);
    appendices::cited_without(reading, log);
    references::paragraphs(reading, log);
    references::pages(reading, log);
    lists::doubled(reading, log);
    lists::mixed(reading, log);
    gaps::labels(reading, log);
    gaps::headings(reading, log);
    placeholders::placeholders(reading, log);
    placeholders::paths(reading, log);
    marks::typed_numbers(reading, log);
    marks::unnumbered(reading, log);
    marks::colour(reading, log);
    sums::totals(reading, log);
    people::nearly_known(reading, &known.people, log);
    if let Some(together) = together::Together::of(reading) {
        people::two_spellings(&together, &known.people, log);
        quotations::two_ways(&together, log);
        events::two_dates(&together, reading.day(), log);
    }
}
