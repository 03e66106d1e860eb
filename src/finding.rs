//! Findings: what is wrong in the sources, and where.
//!
//! A finding is plain data. It is made wherever a problem is seen, gathered over all files, and
//! shown only at the edge ([`crate::cli`]). Work that could not be done at all is a *failure*,
//! an error type of the module concerned.

use serde::{Deserialize, Serialize};

mod accepted;
mod entry;
mod log;
pub mod rules;
mod sent;
mod sources;
mod waiting;

pub(crate) use accepted::Accepted;
pub(crate) use entry::FindingEntry;
pub use log::{Judged, Log};
pub(crate) use rules::{Rule, Stops, rule};
pub(crate) use sent::Sent;
pub use sources::{LineColumn, Source, Sources};
pub(crate) use waiting::{Stage, Waiting};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Informs only.
    Info,
    /// To be looked at; does not stop a build.
    Warning,
    /// Stops the build of every meeting that it touches.
    Error,
}

impl Severity {
    /// Gives the word printed for the severity.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure a finding is: rules that read running text can be mistaken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// May well be meant so.
    Possible,
    /// Nearly always a mistake.
    Likely,
    /// Follows from the sources.
    #[default]
    Certain,
}

impl Confidence {
    /// Gives the word printed for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// A byte range of one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// Index of the file in [`Sources`].
    pub source: u32,
    /// First byte, counted from 0 in the file.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// Gives the place from the first byte of `self` to the last of `other`.
    #[must_use]
    pub(crate) fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }

    /// Tells whether another place begins inside this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        self.source == other.source && (self.start..self.end.max(self.start + 1)).contains(&other.start)
    }

    /// Gives the place of the first `words` inside this one, in the text of its file.
    #[must_use]
    pub(crate) fn of(self, words: &str, file: &str) -> Self {
        let range = self.start as usize..(self.end as usize).min(file.len());
        let Some(at) = file.get(range).and_then(|text| text.find(words)) else { return self };
        let start = self.start + u32::try_from(at).unwrap_or(0);
        Self { start, end: start + u32::try_from(words.len()).unwrap_or(0), ..self }
    }
}

/// A place with what is to be said of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What to say there; the first label of a finding needs no words.
    pub text: Option<String>,
}

/// One thing wrong in the sources.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that was broken: code, severity and explanation.
    pub rule: &'static Rule,
    /// Weight: that of the rule, unless the sources give a reason for another.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where; the first is the main place. Empty only for what has no place.
    pub labels: Vec<Label>,
    /// What to do, in the imperative.
    pub help: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Path below the workspace of the appended file that it is about; none when it is about what the council writes.
    pub file: Option<String>,
    /// Whether it passes the gate of its rule: what is only told, such as comments that are not printed.
    pub passes: bool,
    /// How far the work was when it was recorded.
    pub stage: Stage,
    /// Whether what it misses may stand in something that was not understood, so that it waits for that.
    pub waits: bool,
}

impl Finding {
    /// Makes a finding at a place.
    pub(crate) fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            labels: vec![Label { place, text: None }],
            help: None,
            confidence: Confidence::Certain,
            file: None,
            passes: false,
            stage: Stage::default(),
            waits: false,
        }
    }

    /// Says which appended file the finding is about.
    #[must_use]
    pub(crate) fn about(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Says that the finding does not stand in the way of publishing, though others under its rule do.
    #[must_use]
    pub(crate) fn passing(mut self) -> Self {
        self.passes = true;
        self
    }

    /// Adds the line of help.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Gives the finding another weight than its rule has.
    #[must_use]
    pub(crate) fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Lets the finding wait where what it misses may stand in something that was not understood, unless it stands in
    /// the way of anything: the meeting that it concerns may not be blocked.
    #[must_use]
    pub(crate) fn waiting_if(mut self, unsure: bool) -> Self {
        self.waits = unsure;
        self
    }

    /// Says how sure the finding is.
    #[must_use]
    pub(crate) fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Adds a second place.
    #[must_use]
    pub(crate) fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: Some(text.into()) });
        self
    }

    /// Gives the main place.
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }

    /// Tells whether the finding is an error. It may still let a draft be built.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Tells whether the finding stops a build, not only the issue of what was built.
    pub fn stops_build(&self) -> bool {
        self.stops() == Some(Stops::Build)
    }

    /// Tells whether the finding stops what was built from being written.
    pub(crate) fn stops_writing(&self) -> bool {
        matches!(self.stops(), Some(Stops::Build | Stops::Writing))
    }

    /// Tells whether the finding is to be mended, or accepted by itself, before anything is published. Hints are not,
    /// nor is what may well be meant so.
    pub(crate) fn is_at_the_gate(&self) -> bool {
        let weighs = self.severity > Severity::Info && self.confidence > Confidence::Possible;
        self.rule.has_gate && !self.passes && weighs
    }

    /// Tells what the finding stands in the way of, while it is not accepted.
    pub(crate) fn stops(&self) -> Option<Stops> {
        if self.is_error() { Some(self.rule.stops) } else { self.is_at_the_gate().then_some(Stops::Issue) }
    }
}

/// Gives the help line "did you mean …" when a known name is close to what was written.
pub(crate) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(written, name), name))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| format!("did you mean `{name}`?"))
}
