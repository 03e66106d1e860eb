//! An action plan: themes, objectives, actions and their ratings.

use chrono::NaiveDate;

use super::council::Scale;
use super::declare::record;
use super::{Line, Prose, Text};
use crate::finding::Place;
use crate::yaml::record::Several;

record! {
    /// An action plan.
    pub struct ActionPlan: "the action plan" [checked] {
        /// The title.
        title: Line,
        /// A line below the title.
        subtitle: Option<Line>,
        /// Text before the table.
        introduction: Option<Prose>,
        /// The plan's own scale, in place of the council's.
        ratings: Scale = Scale::default(),
        /// Which columns, in which order.
        columns: Vec<Column>,
        /// `false` says nothing of what has moved since the plan was last published.
        moved: bool = true,
        /// Themes: bands of objectives, with their actions.
        themes: Several<Theme>,
    }
}

/// Ids of all columns, in their usual order.
pub(crate) const COLUMNS: [&str; 9] =
    ["number", "action", "complete", "by", "lead", "measure", "impact", "rating", "progress"];

/// One of [`COLUMNS`].
#[derive(Debug, Clone, Default)]
pub struct ColumnId(pub String);

record! {
    /// A column of the plan's table.
    pub struct Column: "a column" or "column" [checked] {
        /// Which column.
        id["column"]: ColumnId,
        /// A heading in place of the usual one.
        title: Option<Line>,
        /// Its share of the width, against the other columns.
        width: Option<f64>,
    }
}

record! {
    /// A theme: a band of objectives.
    pub struct Theme: "a theme" {
        /// The title of the band.
        title: Option<Line>,
        /// Its objectives.
        objectives: Vec<Objective>,
    }
}

record! {
    /// An objective with its actions.
    pub struct Objective: "an objective" {
        /// Fixes the number, such as `"1.0"`.
        number: Option<Text> as silent,
        /// A name by which texts can refer to the objective.
        label: Option<Text> as silent,
        /// The area for improvement.
        area: Option<Line>,
        /// What is to be reached.
        objective: Option<Line>,
        /// What is done for it.
        actions: Vec<Action>,
    }
}

record! {
    /// An action: one row.
    pub struct Action: "an action" {
        /// Fixes the number.
        number: Option<Text> as silent,
        /// A name by which texts can refer to the action.
        label: Option<Text> as silent,
        /// What is to be done.
        action: Prose,
        /// How far it is done: an id of the scale of ratings, or nothing yet.
        complete: Option<Text> as rating,
        /// By when, in any words.
        by: Option<Prose>,
        /// By when, as a date; printed only where `by` is left out.
        due: Option<NaiveDate>,
        /// Who delivers it: lines, or ids of people and posts.
        lead: Vec<Line> as name,
        /// How it is measured.
        measure: Option<Prose>,
        /// How one will know that it has helped.
        impact: Option<Prose>,
        /// How measure and impact stand: an id of the scale of ratings, or nothing yet.
        rating: Option<Text> as rating,
        /// What has happened so far, or nothing yet.
        progress: Option<Prose> as cell,
    }
    besides |read| {
        /// Where it stands.
        place: Place = read.place(),
    }
}
