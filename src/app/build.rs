//! Builds packs: all outputs of the meetings that are asked for, each written all or nothing.

use std::path::Path;

use super::{Chosen, Refused, Report, Session};
use crate::compose::Kept;
use crate::finding::{Finding, Log};
use crate::fs::cache::Cache;
use crate::issue::{plans, prepare, withhold};
use crate::model::agenda::Agenda;
use crate::packs::Output;

/// What is to be built.
pub struct BuildOrder<'a> {
    /// Meetings by their ids, or bodies; all when none is named.
    pub meetings: &'a [String],
    /// Folder for the outputs.
    pub out: &'a Path,
    /// Whether warnings stand in the way as errors do.
    pub deny_warnings: bool,
}

/// What was built.
pub struct Built {
    /// What was found.
    pub report: Report,
    /// What was written, by meeting in order.
    pub written: Vec<Written>,
    /// Ids of the meetings of which nothing was written.
    pub missing: Vec<String>,
    /// Why writing has ended early.
    pub failure: Option<crate::app::Failure>,
    /// Whether errors stand in the way of something.
    pub is_stopped: bool,
    /// Whether there was no meeting to build.
    pub is_nothing: bool,
}

/// A meeting whose packs were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its id, which is also its folder.
    pub meeting: String,
    /// Number of the last page of the pack, blanks included.
    pub pages: u32,
    /// How many papers are withheld from the public edition.
    pub withheld: usize,
}

impl Session {
    /// Builds the packs of meetings, and writes those that nothing stands in the way of.
    pub fn build(&self, order: &BuildOrder) -> Result<Built, Refused> {
        self.guarded()?;
        let log = self.log.fork();
        let chosen = self.choose(order.meetings)?;
        for agenda in &chosen.agendas {
            self.project.compose(agenda, &log);
            withhold::look(&self.shelf, &self.project, agenda, &log)?;
        }
        Cache::begin(&self.cache());
        let (mut written, mut failure) = (Vec::new(), None);
        for agenda in &chosen.agendas {
            let Some(output) = self.output(agenda, order, &log)? else { continue };
            self.env.progress.step(&format!("{}: writing", agenda.id));
            if let Err(error) = output.write(order.out) {
                let error = super::Failure::work(error.to_string());
                failure = Some(error.hint("the last output of this meeting is as it was"));
                break;
            }
            written.push(Written { meeting: output.meeting, pages: output.last_page, withheld: output.withheld });
        }
        self.env.progress.finish();
        Ok(self.built(order, &chosen, &log, written, failure))
    }

    fn built(
        &self,
        order: &BuildOrder,
        chosen: &Chosen,
        log: &Log,
        written: Vec<Written>,
        failure: Option<crate::app::Failure>,
    ) -> Built {
        let report = self.report(log, order.deny_warnings, |finding| chosen.concerns(&self.project, finding));
        let missing = chosen.ids().filter(|id| written.iter().all(|one| one.meeting != *id));
        Built {
            is_stopped: report.is_stopped(Finding::stops_writing),
            is_nothing: chosen.ids().next().is_none(),
            missing: missing.map(str::to_owned).collect(),
            report,
            written,
            failure,
        }
    }

    /// Makes a meeting's outputs, unless something stands in the way.
    fn output(&self, agenda: &Agenda, order: &BuildOrder, log: &Log) -> Result<Option<Output>, Refused> {
        let stopped = |stops| {
            let report = self.report(log, order.deny_warnings, |finding| self.project.concerns(finding, agenda));
            report.is_stopped(stops)
        };
        if stopped(Finding::stops_build) {
            return Ok(None);
        }
        let kept = self.kept(agenda, log)?;
        let output = kept.and_then(|kept| self.project.build(agenda, &kept, log, &*self.env.progress));
        // Appended files are looked into only now, and may be warned of; and what holds a secret is not written.
        Ok(output.filter(|_| !stopped(Finding::stops_writing)))
    }

    /// Gives what a meeting's packs are held to: after its first issue, the numbers of that issue, or those that the
    /// next one would have.
    fn kept(&self, agenda: &Agenda, log: &Log) -> Result<Option<Kept>, Refused> {
        let plans = plans::before(&self.shelf, &self.project, agenda)?;
        let last = self.shelf.last(&agenda.id)?;
        let mut kept = match last {
            None => Kept { plans, ..Kept::default() },
            Some(last) if self.has_changed(agenda, last.manifest.issue)? || !last.taken_back.is_empty() => {
                let kept = prepare::kept(&self.project, agenda, &last, plans, log, &*self.env.progress)?;
                let Some(kept) = kept else { return Ok(None) };
                kept
            }
            Some(last) => return Ok(Some(last.manifest.kept)),
        };
        kept.marks.draft = self.project.workspace.council.look.mark_drafts;
        Ok(Some(kept))
    }
}
