//! The next issue of a meeting from the sources of its last one: where a paper is released, or taken back.

use super::report::reading;
use super::{Failure, Files, Refused, Report, Session};
use crate::finding::{Finding, Log, Sources};
use crate::issue::gate::{Terms, Told};
use crate::issue::last::Last;
use crate::issue::prepare::{Made, Order};
use crate::issue::proof::signing::{self, PrivateKey};
use crate::issue::shelf::NewIssue;
use crate::secrets::Secrets;

/// An issue that is made but not kept yet.
pub(crate) struct Next {
    inputs: Files,
    pub(crate) made: Made,
    pub(crate) log: Log,
    pub(crate) sources: Sources,
}

impl Session {
    /// Makes it. Where something stands in the way that the last issue was not issued against, the findings that are
    /// to be `shown` say so.
    pub(crate) fn next(
        &self,
        last: &Last,
        order: &Order,
        secrets: &Secrets,
        shown: fn(&Finding) -> bool,
    ) -> Result<Next, Refused> {
        let inputs = self.shelf.inputs(order.meeting, last.manifest.issue)?;
        let log = crate::rules::log();
        let (sources, made) =
            self.env.with_workshop(None, secrets, |workshop| workshop.make(&inputs, order, Some(last), &log))?;
        let overridden = |code: &str| last.manifest.overrides.iter().any(|one| one.rule == code);
        let stopped = log.sorted().iter().any(|finding| finding.is_error() && !overridden(finding.rule.code));
        match made.filter(|_| !stopped) {
            Some(made) => Ok(Next { inputs, made, log, sources }),
            None => Err(Report::of(vec![reading(&log, &sources, shown)], Terms::default(), None).into()),
        }
    }

    /// Keeps it, and gives its number.
    pub(crate) fn keep_next(
        &self,
        next: &Next,
        findings: &[Told],
        by: &str,
        key: Option<&PrivateKey>,
    ) -> Result<u32, Failure> {
        let Next { made, inputs, .. } = next;
        Ok(self.shelf.add(&NewIssue { made, inputs, findings, by, key, random: signing::random })?)
    }
}

impl Next {
    /// Gives all that was found, as it is kept.
    pub(crate) fn told(&self) -> Vec<Told> {
        Report::loose(&self.log, &self.sources, false).findings()
    }
}
