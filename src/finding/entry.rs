//! Findings as machines read them, with places as lines and columns.

use serde::Serialize;

use super::{Confidence, Finding, Label, Severity, Sources, Stops};

/// A finding as machines read it.
#[derive(Debug, Serialize)]
pub(crate) struct FindingEntry {
    /// Code such as `T0008`.
    pub(crate) code: &'static str,
    /// `error`, `warning` or `info`.
    pub(crate) severity: Severity,
    /// What it stands in the way of, unless it is accepted or overridden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stops: Option<Stops>,
    /// What is wrong.
    pub(crate) message: String,
    /// File, line and column, from 1; none where there is no place.
    pub(crate) path: Option<String>,
    /// Line, from 1.
    pub(crate) line: Option<usize>,
    /// Column in characters, from 1.
    pub(crate) column: Option<usize>,
    /// Line of the end of the words meant, from 1.
    pub(crate) end_line: Option<usize>,
    /// Column behind their last character, from 1.
    pub(crate) end_column: Option<usize>,
    /// Path of the appended file that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// What to do.
    pub(crate) help: Option<String>,
    /// How sure it is, where it is not certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<Confidence>,
    /// Other places that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) also: Vec<OtherPlace>,
}

/// A further place of a finding.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OtherPlace {
    /// What is to be said of it.
    pub(crate) text: Option<String>,
    /// File.
    pub(crate) path: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
}

impl FindingEntry {
    /// Gives a finding with its place as line and column.
    pub(crate) fn of(finding: &Finding, sources: &Sources) -> Self {
        let at = finding.place().map(|place| (sources.path(place).to_owned(), sources.position(place)));
        let end = finding.place().map(|place| sources.end(place));
        Self {
            code: finding.rule.code,
            severity: finding.severity,
            stops: finding.stops(),
            message: finding.message.clone(),
            path: at.as_ref().map(|at| at.0.clone()),
            line: at.as_ref().map(|at| at.1.line),
            column: at.as_ref().map(|at| at.1.column),
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
            file: finding.file.clone(),
            help: finding.help.clone(),
            confidence: Some(finding.confidence).filter(|confidence| *confidence != Confidence::Certain),
            also: finding.labels.iter().skip(1).map(|label| OtherPlace::of(label, sources)).collect(),
        }
    }
}

impl OtherPlace {
    fn of(label: &Label, sources: &Sources) -> Self {
        let at = sources.position(label.place);
        let path = sources.path(label.place).to_owned();
        Self { text: label.text.clone(), path, line: at.line, column: at.column }
    }
}
