//! A work programme: what a body will look at, and when.

use chrono::NaiveDate;

use super::{Line, Prose, Text};

/// A work programme.
#[derive(Debug, Clone, Default)]
pub struct WorkProgramme {
    /// Id of the body.
    pub body: String,
    /// Title in place of the usual one.
    pub title: Option<Line>,
    /// Municipal year as printed.
    pub year: Option<Text>,
    /// When it was last updated.
    pub updated: Option<NaiveDate>,
    /// Introduction.
    pub introduction: Option<Prose>,
    /// Meetings with their items.
    pub meetings: Vec<ProgrammeMeeting>,
    /// Items not yet placed.
    pub unplaced: Vec<ProgrammeItem>,
}

/// A meeting of the programme.
#[derive(Debug, Clone, Default)]
pub struct ProgrammeMeeting {
    /// Day.
    pub date: NaiveDate,
    /// What is printed in place of the day.
    pub shown: Option<Text>,
    /// Whether the day is to be confirmed.
    pub tbc: bool,
    /// Items.
    pub items: Vec<ProgrammeItem>,
}

/// An item of the programme.
#[derive(Debug, Clone, Default)]
pub struct ProgrammeItem {
    /// Title.
    pub title: Line,
    /// What it will cover.
    pub detail: Option<Prose>,
    /// Cabinet member, lead officer.
    pub lead: Vec<Line>,
    /// Label for references.
    pub label: Option<Text>,
}
