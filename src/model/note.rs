//! Briefing notes and plain papers.

use chrono::NaiveDate;

use super::people::PersonRef;
use super::{Line, Prose, Text};

/// A briefing note.
#[derive(Debug, Clone, Default)]
pub struct BriefingNote {
    /// Subject.
    pub title: Line,
    /// Addressees: ids of bodies, or words.
    pub to: Vec<Text>,
    /// Who writes.
    pub from: Option<Line>,
    /// Date; that of the meeting when none is given.
    pub date: Option<NaiveDate>,
    /// Numbered text.
    pub body: Prose,
    /// Authors.
    pub authors: Vec<PersonRef>,
    /// Appendices listed at the end.
    pub appendices: Vec<Line>,
    /// Background papers (section 100D).
    pub background: Option<Vec<Line>>,
}

/// A paper of no special kind.
#[derive(Debug, Clone, Default)]
pub struct PlainPaper {
    /// Title.
    pub title: Line,
    /// Subtitle.
    pub subtitle: Option<Line>,
    /// Date.
    pub date: Option<NaiveDate>,
    /// Authors.
    pub authors: Vec<PersonRef>,
    /// Whether its paragraphs are numbered.
    pub numbered: bool,
    /// Whether its pages lie on their side.
    pub landscape: bool,
    /// Text.
    pub body: Prose,
}
