//! What was found, and what became of it; and why something was refused.

use super::{Failure, Session};
use crate::finding::{Finding, Log, Severity, Sources};
use crate::issue::gate::{Before, Gate, Reading, State, Terms, Told};

/// What was found, as far as it concerns what was asked for.
#[derive(Debug)]
pub struct Report {
    /// The findings, and what became of each.
    pub(crate) gate: Gate,
    /// Whether warnings count as errors.
    pub(crate) deny_warnings: bool,
    /// Whether it tells what stands before publication, and of which meeting if of one.
    #[expect(clippy::option_option, reason = "of no publication, of those of several meetings, or of that of one")]
    pub(crate) publication: Option<Option<String>>,
}

impl Report {
    pub(super) fn of(readings: Vec<Reading>, terms: Terms, before: Option<&Before>) -> Self {
        Self { gate: Gate::of(readings, terms, before), deny_warnings: terms.deny_warnings, publication: None }
    }

    /// Gives all findings of a log whose places are in texts of its own.
    pub(crate) fn loose(log: &Log, sources: &Sources, deny_warnings: bool) -> Self {
        Self::of(vec![reading(log, sources, |_| true)], Terms { overrides: &[], deny_warnings }, None)
    }

    /// Says that it tells what stands before publication: of one meeting, or of several.
    pub(super) fn before_publication(self, meeting: Option<&str>) -> Self {
        Self { publication: Some(meeting.map(str::to_owned)), ..self }
    }

    /// Gives the findings that nobody has accepted.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Finding> {
        self.gate.entries().iter().filter(|entry| entry.state != State::Accepted).map(|entry| &entry.finding)
    }

    /// Gives all findings as machines read them: code, place, message, help, and what became of each.
    pub fn findings(&self) -> Vec<Told> {
        self.gate.told()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.open().next().is_none()
    }

    /// Tells whether something stands in the way: what `stops` it, and warnings where they are denied.
    pub(crate) fn is_stopped(&self, stops: fn(&Finding) -> bool) -> bool {
        self.open().any(|finding| stops(finding) || (self.deny_warnings && finding.severity == Severity::Warning))
    }
}

/// Why something was not done.
#[derive(Debug, Default)]
pub struct Refused {
    /// What was found until then.
    pub report: Option<Box<Report>>,
    /// What could not be done, if it was not for what was found.
    pub failure: Option<Failure>,
}

impl Refused {
    /// Refuses for what was found while something was made.
    pub(crate) fn making(log: &Log, sources: &Sources) -> Self {
        Report::loose(log, sources, false).into()
    }

    /// Refuses for a failure, beside what was found until then.
    pub(super) fn of(report: Report, failure: impl Into<Failure>) -> Self {
        Self { report: Some(Box::new(report)), failure: Some(failure.into()) }
    }
}

impl From<Report> for Refused {
    fn from(report: Report) -> Self {
        Self { report: Some(Box::new(report)), failure: None }
    }
}

impl<E> From<E> for Refused
where
    Failure: From<E>,
{
    fn from(failure: E) -> Self {
        Self { report: None, failure: Some(failure.into()) }
    }
}

impl Session {
    /// Refuses for what is at fault in the layouts.
    pub(crate) fn at_fault(&self, faults: Vec<Finding>) -> Refused {
        let log = crate::rules::log();
        log.extend(faults);
        self.report(&log, false, Finding::stops_build).into()
    }

    /// Gives the findings of a log that concern what was asked for.
    pub(super) fn report(&self, log: &Log, deny_warnings: bool, concern: impl Fn(&Finding) -> bool) -> Report {
        let reading = reading(log, &self.project.workspace.sources, concern);
        Report::of(vec![reading], Terms { overrides: &[], deny_warnings }, None)
    }
}

/// Gives the one reading that a log is, as far as it concerns what was asked for.
pub(super) fn reading(log: &Log, sources: &Sources, concern: impl Fn(&Finding) -> bool) -> Reading {
    let judged = log.judged().into_iter().filter(|one| concern(&one.finding)).collect();
    let waiting = log.held().iter().filter(|finding| concern(finding)).count();
    Reading { judged, sources: sources.clone(), waiting }
}
