//! An action plan: themes, objectives, actions and their ratings.

use chrono::NaiveDate;

use super::council::Rating;
use super::{Line, Prose, Text};
use crate::finding::Place;

/// An action plan.
#[derive(Debug, Clone, Default)]
pub struct ActionPlan {
    /// Title.
    pub title: Line,
    /// Subtitle.
    pub subtitle: Option<Line>,
    /// Introduction.
    pub introduction: Option<Prose>,
    /// Own rating scale; the council's when empty.
    pub ratings: Vec<Rating>,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// Themes.
    pub themes: Vec<Theme>,
}

/// Ids of all columns, in their usual order.
pub(crate) const COLUMNS: [&str; 9] =
    ["number", "action", "complete", "by", "lead", "measure", "impact", "rating", "progress"];

/// A column of the plan's table.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// One of [`COLUMNS`].
    pub id: String,
    /// Title in place of the usual one.
    pub title: Option<Line>,
    /// Share of the width, against the other columns.
    pub width: Option<f64>,
}

/// A theme: a band of objectives.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Title.
    pub title: Option<Line>,
    /// Objectives.
    pub objectives: Vec<Objective>,
}

/// An objective with its actions.
#[derive(Debug, Clone, Default)]
pub struct Objective {
    /// Pinned number.
    pub number: Option<Text>,
    /// Label for references.
    pub label: Option<Text>,
    /// Area for improvement.
    pub area: Option<Line>,
    /// The objective.
    pub objective: Option<Line>,
    /// Actions.
    pub actions: Vec<Action>,
}

/// An action: one row.
#[derive(Debug, Clone, Default)]
pub struct Action {
    /// Pinned number.
    pub number: Option<Text>,
    /// Label for references.
    pub label: Option<Text>,
    /// What is to be done.
    pub action: Prose,
    /// Rating of the action itself.
    pub complete: Option<Text>,
    /// By when, in words.
    pub by: Option<Prose>,
    /// By when, as a date.
    pub due: Option<NaiveDate>,
    /// Who delivers.
    pub lead: Vec<Line>,
    /// Performance measure.
    pub measure: Option<Prose>,
    /// How one will know.
    pub impact: Option<Prose>,
    /// Rating of measure and impact.
    pub rating: Option<Text>,
    /// Progress.
    pub progress: Option<Prose>,
    /// Where.
    pub place: Place,
}
