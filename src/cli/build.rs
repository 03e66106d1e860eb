//! `boardpack build`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Findings, Stop, archive, out, progress, report, select};
use crate::compose::Kept;
use crate::finding::{Finding, Log};
use crate::issue::prepare;
use crate::issue::shelf::Shelf;
use crate::issue::withhold;
use crate::model::agenda::Agenda;
use crate::packs::{self, Project};

/// Builds packs.
#[derive(Args)]
pub(super) struct Build {
    /// Meetings such as scrutiny/2026-09-16, or bodies; all when none is named
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meetings: Vec<String>,
    /// Folder for the outputs
    #[arg(short, long, value_name = "FOLDER", default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    archive: archive::Place,
    #[command(flatten)]
    findings: Findings,
}

impl Build {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(&self.archive.folder(workspace));
        archive::warn(&shelf.warnings());
        let log = crate::rules::log();
        let progress = progress::Bar::new();
        let project = packs::open(workspace, super::receiver(workspace), &log);
        let project = project.with_cache(&super::cache(workspace), &super::this_program());
        let shelf = Shelf::at(&self.archive.folder(workspace));
        let project = shelf.guarded(project).map_err(Stop::of)?;
        let chosen = select::meetings(&project.workspace, &self.meetings)?;
        let agendas = &chosen.agendas;
        for agenda in agendas {
            project.compose(agenda, &log);
            withhold::look(&shelf, &project, agenda, &log).map_err(Stop::of)?;
        }
        let out_folder = super::below(workspace, &self.out);
        let mut built = Vec::new();
        let mut failure = None;
        for agenda in agendas {
            if self.is_stopped(&project, agenda, &log, Finding::stops_build) {
                continue;
            }
            let kept = kept(&shelf, &project, workspace, agenda, &log, &progress)?;
            let output = kept.and_then(|kept| project.build(agenda, &kept, &log, &progress));
            // Appended files are looked into only now, and may be warned of; and what holds a secret is not written.
            if let Some(output) = output.filter(|_| !self.is_stopped(&project, agenda, &log, Finding::stops_writing)) {
                progress.step_to(&format!("{}: writing", agenda.id));
                match output.write(&out_folder) {
                    Ok(()) => built.push(output),
                    Err(error) => {
                        failure = Some(error);
                        break;
                    }
                }
            }
        }
        progress.finish();
        let concern = |finding: &Finding| chosen.concerns(&project, finding);
        report::findings(&log, &project.workspace.sources, &self.findings, concern)?;
        let stopped =
            log.sorted().iter().any(|finding| concern(finding) && self.stops(finding, Finding::stops_writing));
        for output in &built {
            let withheld = match output.withheld {
                0 => String::new(),
                1 => ", 1 paper withheld".to_owned(),
                count => format!(", {count} papers withheld"),
            };
            let folder = out_folder.join(&output.meeting);
            let line = format!("{}: {} pages{withheld} -> {}", output.meeting, output.last_page, folder.display());
            if self.findings.format == super::Format::Json { eprintln!("{line}") } else { out(&line)? }
        }
        let missing = |id: &&str| failure.is_none() && !built.iter().any(|output| output.meeting == *id);
        for id in chosen.ids().filter(missing) {
            let left = select::earlier(&out_folder, id, "");
            let left = left.map_or(String::new(), |folder| format!("; {folder} is from an earlier build"));
            eprintln!("{id}: not built{left}");
        }
        if let Some(error) = failure {
            return Err(Stop::Failure(format!("{error}\n  = help: the last output of this meeting is as it was")));
        }
        chosen.not_nothing(stopped)?;
        if stopped || built.len() < agendas.len() { Err(Stop::Findings) } else { Ok(()) }
    }

    fn is_stopped(&self, project: &Project, agenda: &Agenda, log: &Log, stops: fn(&Finding) -> bool) -> bool {
        log.sorted().iter().any(|finding| self.stops(finding, stops) && project.concerns(finding, agenda))
    }

    fn stops(&self, finding: &Finding, stops: fn(&Finding) -> bool) -> bool {
        stops(finding) || (self.findings.deny_warnings && report::is_warning(finding))
    }
}

/// Gives what a meeting's packs are held to: after its first issue, the numbers of that issue, or those that
/// the next one would have.
fn kept(
    shelf: &Shelf,
    project: &Project,
    workspace: &Path,
    agenda: &Agenda,
    log: &Log,
    progress: &progress::Bar,
) -> Result<Option<Kept>, Stop> {
    let Some(last) = shelf.last(&agenda.id).map_err(Stop::of)? else { return Ok(Some(Kept::default())) };
    let inputs = project.inputs(agenda);
    let differs = shelf.has_changed(&agenda.id, last.manifest.issue, workspace, &inputs).map_err(Stop::of)?;
    if differs || !last.taken_back.is_empty() {
        return prepare::kept(project, agenda, &last, log, progress).map_err(Stop::of);
    }
    Ok(Some(last.manifest.kept))
}
