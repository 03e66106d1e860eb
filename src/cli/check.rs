//! `boardpack check`

use std::path::Path;

use clap::Args;

use super::{Findings, Format, Stop, progress, report, select};
use crate::build;
use crate::check::{self, Scope};
use crate::finding::Log;

/// Shows what is wrong in the sources.
#[derive(Args)]
pub(super) struct Check {
    /// Meetings such as scrutiny/2026-09-16, or bodies; all when none is named
    #[arg(value_name = "MEETING")]
    meetings: Vec<String>,
    /// Leave out what only typesetting finds, such as words wider than their column
    #[arg(long)]
    fast: bool,
    #[command(flatten)]
    findings: Findings,
}

impl Check {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let log = Log::default();
        let progress = progress::Bar::new();
        let project = build::open(workspace, super::receiver(workspace), &log);
        let agendas = select::meetings(&project.workspace, &self.meetings, &log)?;
        project.check_texts(Scope { only: None, hints: true }, &log);
        for agenda in &agendas {
            project.compose(agenda, &log);
        }
        for agenda in agendas.iter().filter(|_| !self.fast) {
            if !log.sorted().iter().any(|finding| finding.stops_build() && project.concerns(finding, agenda)) {
                project.check(agenda, &log, &progress);
            }
        }
        progress.finish();
        if self.meetings.is_empty() && !log.has_errors() {
            check::stale(&log, !self.fast);
        }
        let concern =
            |finding: &_| self.meetings.is_empty() || agendas.iter().any(|agenda| project.concerns(finding, agenda));
        if report::findings(&log, &project.workspace.sources, &self.findings, concern)? {
            return Err(Stop::Findings);
        }
        if self.findings.format == Format::Human {
            let meetings = if agendas.len() == 1 { "meeting" } else { "meetings" };
            eprintln!("{} {meetings} checked, no errors", agendas.len());
        }
        Ok(())
    }
}
