//! A work programme: what a body will look at, and when.

use chrono::NaiveDate;

use super::declare::record;
use super::{Line, Prose, Text};

record! {
    /// A work programme.
    pub struct WorkProgramme: "the work programme" {
        /// A title in place of the usual one.
        title: Option<Line>,
        /// The municipal year, as printed: `2026-27`.
        year: Option<Text>,
        /// The day of the last change.
        updated: Option<NaiveDate>,
        /// Text before the meetings.
        introduction: Option<Prose>,
        /// The meetings, with what they will look at.
        meetings: Vec<ProgrammeMeeting>,
        /// Items that have no meeting yet.
        unplaced: Vec<ProgrammeItem>,
    }
    besides |read| {
        /// Id of the body, which the file or its folder names.
        body: String = String::new(),
    }
}

record! {
    /// A meeting of the programme.
    pub struct ProgrammeMeeting: "a meeting of the programme" {
        /// The day, such as 2026-09-16.
        date: NaiveDate,
        /// What is printed in place of the day, such as `February 2027`.
        shown: Option<Text>,
        /// `true` prints "(tbc)" behind the day.
        tbc: bool = false,
        /// What it will look at.
        items: Vec<ProgrammeItem>,
    }
}

record! {
    /// An item of the programme.
    pub struct ProgrammeItem: "an item of the programme" or "title" {
        /// The title.
        title: Line,
        /// What it will cover.
        detail: Option<Prose>,
        /// Cabinet member and lead officer: lines, or ids of people and posts.
        lead: Vec<Line> as name,
        /// A name by which texts can refer to the item.
        label: Option<Text> as silent,
    }
}
