//! Checks: every rule, applied to the meetings that are asked for, and certificates of that.

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::report::reading;
use super::{Chosen, Failure, Refused, Report, Session};
use crate::check::{self, Scope};
use crate::finding::{Finding, Log};
use crate::issue::certificate::{Certificate, Checked as Facts, Secret};
use crate::issue::document::Workshop;
use crate::issue::gate::{Before, State, Terms};
use crate::issue::promises;
use crate::model::agenda::Agenda;

/// What is to be checked.
pub struct CheckOrder<'a> {
    /// Meetings by their ids, or bodies; all when none is named.
    pub meetings: &'a [String],
    /// Whether to leave out what needs typesetting.
    pub fast: bool,
    /// Whether warnings stand in the way as errors do.
    pub deny_warnings: bool,
    /// The time that certificates bear, where they are wanted.
    pub certificates: Option<DateTime<Utc>>,
}

/// What a check came to.
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// How many meetings were looked at.
    pub meetings: usize,
    /// How many findings are accepted in their files.
    pub accepted: usize,
    /// Whether something stands in the way of publishing.
    pub is_stopped: bool,
    /// Whether there was no meeting to check.
    pub is_nothing: bool,
    /// Certificates of the meetings that could be read.
    pub certificates: Vec<Certified>,
    /// Ids of the meetings that have none, since not everything could be read.
    pub uncertified: Vec<String>,
}

/// The certificate of a meeting.
pub struct Certified {
    /// Id of the meeting.
    pub meeting: String,
    /// As a PDF.
    pub pdf: Vec<u8>,
    /// As a JSON document.
    pub json: Vec<u8>,
}

impl Session {
    /// Applies every rule.
    pub fn check(&self, order: &CheckOrder) -> Result<Checked, Refused> {
        let log = self.log.fork();
        let chosen = self.choose(order.meetings)?;
        for agenda in &chosen.agendas {
            promises::look(&self.shelf, &self.project, agenda, &log)?;
        }
        self.look(order, &chosen.agendas, &log);
        self.env.progress.finish();
        let (mut certificates, mut uncertified, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(at) = order.certificates {
            let (read, not): (Vec<&Agenda>, Vec<&Agenda>) =
                chosen.agendas.iter().partition(|agenda| self.project.unread(agenda, &log).is_empty());
            uncertified.extend(not.iter().map(|agenda| agenda.id.clone()));
            uncertified.extend(chosen.unread.iter().map(|(id, _)| (*id).to_owned()));
            for agenda in read {
                match self.certificate(agenda, order, &log, at)? {
                    Ok(certified) => certificates.push(certified),
                    Err(findings) => faults.extend(findings),
                }
            }
        }
        let accepted = log.accepted().iter().map(|(_, covered)| covered.len()).sum();
        log.extend(faults);
        let report = self.weighed(order, &chosen, &log)?;
        let counts = report.gate.in_state(&[State::ToSettle]);
        let is_stopped = counts.map(|entry| &entry.finding).any(|finding| {
            finding.is_error() || (order.deny_warnings && finding.severity == crate::finding::Severity::Warning)
        });
        Ok(Checked {
            report,
            meetings: chosen.agendas.len(),
            accepted,
            is_stopped,
            is_nothing: chosen.ids().next().is_none(),
            certificates,
            uncertified,
        })
    }

    fn look(&self, order: &CheckOrder, agendas: &[&Agenda], log: &Log) {
        self.project.check_texts(Scope { only: None, hints: true }, log);
        agendas.par_iter().for_each(|agenda| drop(self.project.compose(agenda, log)));
        for agenda in agendas.iter().filter(|_| !order.fast) {
            if !log.sorted().iter().any(|finding| finding.stops_build() && self.project.concerns(finding, agenda)) {
                self.project.check(agenda, log, &*self.env.progress);
            }
        }
        if order.meetings.is_empty() && !log.has_errors() {
            check::stale(log, !order.fast);
        }
    }

    /// Sorts what was found by what is to be done about it, for one meeting also by what its last issue had.
    fn weighed(&self, order: &CheckOrder, chosen: &Chosen, log: &Log) -> Result<Report, Failure> {
        let one = match chosen.agendas[..] {
            [agenda] if !order.meetings.is_empty() => Some(agenda),
            _ => None,
        };
        let before = one.map_or(Ok(None), |agenda| self.before(agenda))?;
        let concern = |finding: &Finding| chosen.concerns(&self.project, finding);
        let readings = vec![reading(log, &self.project.workspace.sources, concern)];
        let terms = Terms { overrides: &[], deny_warnings: order.deny_warnings };
        Ok(Report::of(readings, terms, before.as_ref()).before_publication(one.map(|agenda| agenda.id.as_str())))
    }

    /// Gives what was found at the last issue of a meeting, where there is one.
    pub(super) fn before(&self, agenda: &Agenda) -> Result<Option<Before>, Failure> {
        let Some(last) = self.shelf.manifest(&agenda.id)? else { return Ok(None) };
        Ok(Some(self.shelf.before(&agenda.id, last.issue, &self.root, &self.project.inputs(agenda))?))
    }

    /// Makes the certificate of a meeting; else gives what is at fault in the layouts.
    fn certificate(
        &self,
        agenda: &Agenda,
        order: &CheckOrder,
        log: &Log,
        at: DateTime<Utc>,
    ) -> Result<Result<Certified, Vec<Finding>>, Failure> {
        let project = &self.project;
        let concerns = |finding: &Finding| project.concerns(finding, agenda);
        let findings: Vec<Finding> = log.sorted().into_iter().filter(concerns).collect();
        let mut accepted = log.accepted();
        accepted.retain(|(_, covered)| covered.iter().any(concerns));
        let issues = self.shelf.manifests(&agenda.id)?;
        let changed = issues.last().map_or(Ok(false), |last| self.has_changed(agenda, last.issue))?;
        let certificate = Certificate::of(&Facts {
            workspace: &project.workspace,
            agenda,
            findings: &findings,
            rules: crate::rules::all(),
            accepted: &accepted,
            secret: &Secret::of(&project.workspace),
            typeset: !order.fast,
            at,
            sources: &project.fingerprint(agenda),
            issues: &issues,
            changed,
        });
        let formats = &project.workspace.council.formats;
        let day = formats.date.print(agenda.when.date());
        let time = agenda.when.has_time.then(|| formats.time.print(agenda.when.time()));
        let when = time.map_or(day.clone(), |time| project.phrases.fill("when", &[("time", &time), ("date", &day)]));
        let pdf = certificate.pdf(&when, at.date_naive(), &Workshop::of(project));
        Ok(pdf.map(|pdf| Certified { meeting: agenda.id.clone(), pdf, json: certificate.json() }))
    }
}
