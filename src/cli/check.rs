//! `boardpack check`

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::select::Chosen;
use super::{Findings, Format, Stop, archive, progress, report, select};
use crate::check::{self, Scope};
use crate::finding::{Finding, Log};
use crate::issue::gate::{Before, Gate, State};
use crate::issue::shelf::Shelf;
use crate::model::agenda::Agenda;
use crate::packs::{self, Project};

mod certificates;

/// Shows what is wrong in the sources.
#[derive(Args)]
pub(super) struct Check {
    /// Meetings such as scrutiny/2026-09-16, or bodies; all when none is named
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meetings: Vec<String>,
    /// Leave out what needs typesetting: what is in appended files, words wider than their column, lengths
    #[arg(long)]
    fast: bool,
    /// Write a certificate of checks for each meeting, as PDF and JSON, to certificates/, or, with `=`, to another
    /// folder: --certificate=FOLDER
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = "certificates", require_equals = true)]
    certificate: Option<PathBuf>,
    #[command(flatten)]
    archive: archive::Place,
    #[command(flatten)]
    findings: Findings,
}

impl Check {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        archive::warn(&Shelf::at(&self.archive.folder(workspace)).warnings());
        let log = crate::rules::log();
        let progress = progress::Bar::new();
        let project = packs::open(workspace, super::receiver(workspace), &log);
        let chosen = select::meetings(&project.workspace, &self.meetings)?;
        let agendas = &chosen.agendas;
        self.look(&project, agendas, &log, &progress);
        progress.finish();
        let concern = |finding: &_| chosen.concerns(&project, finding);
        let gate = self.gate(&project, &chosen, &log, workspace)?;
        report::gate(&gate, &self.findings, self.one(&chosen).map(|agenda| agenda.id.as_str()))?;
        let counts =
            |finding: &Finding| finding.is_error() || (self.findings.deny_warnings && report::is_warning(finding));
        let stopped = gate.in_state(&[State::ToSettle]).any(|entry| counts(&entry.finding));
        if let Some(folder) = &self.certificate {
            let shelf = self.archive.folder(workspace);
            certificates::write_all(&project, &chosen, &log, !self.fast, &shelf, &super::below(workspace, folder))?;
        }
        chosen.not_nothing(stopped)?;
        if stopped {
            if self.findings.format == Format::Human && !log.sorted().iter().any(|one| one.is_error() && concern(one)) {
                eprintln!("`--deny-warnings` counts warnings as errors");
            }
            return Err(Stop::Findings);
        }
        if self.findings.format == Format::Human {
            let meetings = if agendas.len() == 1 { "meeting" } else { "meetings" };
            let accepted: usize = log.accepted().iter().map(|(_, covered)| covered.len()).sum();
            let accepted = if accepted > 0 { format!(", {accepted} accepted") } else { String::new() };
            let without = if self.fast { "; neither pages nor appended files were looked at" } else { "" };
            eprintln!("{} {meetings} checked, no errors{accepted}{without}", agendas.len());
        }
        Ok(())
    }

    /// Gives the one meeting that was asked for, if it was one.
    fn one<'a>(&self, chosen: &Chosen<'a>) -> Option<&'a Agenda> {
        match chosen.agendas[..] {
            [agenda] if !self.meetings.is_empty() => Some(agenda),
            _ => None,
        }
    }

    /// Sorts what was found by what is to be done about it, for one meeting also by what its last issue had.
    fn gate<'a>(&self, project: &'a Project, chosen: &Chosen, log: &Log, workspace: &Path) -> Result<Gate<'a>, Stop> {
        let shelf = Shelf::at(&self.archive.folder(workspace));
        let before = match self.one(chosen) {
            Some(agenda) => before(&shelf, project, agenda, workspace)?,
            None => None,
        };
        let concern = |finding: &Finding| chosen.concerns(project, finding);
        let reading = report::reading(log, &project.workspace.sources, concern);
        Ok(Gate::of(vec![reading], self.findings.terms(&[]), before.as_ref()))
    }

    /// Applies every rule.
    fn look(&self, project: &Project, agendas: &[&Agenda], log: &Log, progress: &progress::Bar) {
        project.check_texts(Scope { only: None, hints: true }, log);
        agendas.par_iter().for_each(|agenda| drop(project.compose(agenda, log)));
        for agenda in agendas.iter().filter(|_| !self.fast) {
            if !log.sorted().iter().any(|finding| finding.stops_build() && project.concerns(finding, agenda)) {
                project.check(agenda, log, progress);
            }
        }
        if self.meetings.is_empty() && !log.has_errors() {
            check::stale(log, !self.fast);
        }
    }
}

/// Gives what was found at the last issue of a meeting, where there is one.
fn before(shelf: &Shelf, project: &Project, agenda: &Agenda, workspace: &Path) -> Result<Option<Before>, Stop> {
    let Some(last) = shelf.manifest(&agenda.id).map_err(Stop::of)? else { return Ok(None) };
    shelf.before(&agenda.id, last.issue, workspace, &project.inputs(agenda)).map(Some).map_err(Stop::of)
}
