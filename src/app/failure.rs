//! Failures: what could not be done, and what to do about it.

use std::fmt;

use serde::Serialize;

use crate::archive::ArchiveFailure;
use crate::issue::IssueFailure;
use crate::issue::proof::ProofFailure;
use crate::site::SiteFailure;

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// What was asked for names what does not exist, or does not fit.
    Request,
    /// The work could not be done.
    Work,
}

/// Why something was not done. (Faults of the sources are findings instead, with their places.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do, each in the imperative.
    pub hints: Vec<String>,
}

impl Failure {
    /// Says that what was asked for cannot be meant so.
    pub(crate) fn asked(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Request, message: message.into(), hints: Vec::new() }
    }

    /// Says that the work could not be done.
    pub(crate) fn work(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Work, message: message.into(), hints: Vec::new() }
    }

    /// Adds what to do.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(to, "\n  = help: {hint}"))
    }
}

impl From<IssueFailure> for Failure {
    fn from(failure: IssueFailure) -> Self {
        Self::work(failure.to_string()).hint(failure.help())
    }
}

impl From<ArchiveFailure> for Failure {
    fn from(failure: ArchiveFailure) -> Self {
        IssueFailure::from(failure).into()
    }
}

impl From<ProofFailure> for Failure {
    fn from(failure: ProofFailure) -> Self {
        IssueFailure::from(failure).into()
    }
}

impl From<SiteFailure> for Failure {
    fn from(failure: SiteFailure) -> Self {
        Self::work(failure.to_string()).hint(failure.help())
    }
}
