//! Certificates of checks, one for each meeting.

use std::path::Path;

use crate::cli::select::{Chosen, earlier};
use crate::cli::{Stop, now, out, report, write};
use crate::finding::{Finding, Log};
use crate::fs;
use crate::issue::certificate::{Certificate, Checked, Secret};
use crate::issue::document::Workshop;
use crate::issue::shelf::Shelf;
use crate::model::agenda::Agenda;
use crate::packs::Project;

/// Writes the certificate of each meeting as `FOLDER/BODY/DATE.pdf` and `.json`.
pub(super) fn write_all(
    project: &Project,
    chosen: &Chosen,
    log: &Log,
    typeset: bool,
    archive: &Path,
    folder: &Path,
) -> Result<(), Stop> {
    let shelf = Shelf::at(archive);
    let at = now()?;
    let (found, accepted) = (log.sorted(), log.accepted());
    let secret = Secret::of(&project.workspace);
    let (read, not): (Vec<&Agenda>, Vec<&Agenda>) =
        chosen.agendas.iter().partition(|agenda| project.unread(agenda, log).is_empty());
    let unread = not.iter().map(|agenda| agenda.id.as_str()).chain(chosen.unread.iter().map(|(id, _)| *id));
    for id in unread {
        let left =
            earlier(folder, id, ".pdf").map_or(String::new(), |path| format!("; {path} is from an earlier check"));
        eprintln!("{id}: no certificate, since not everything could be read{left}");
    }
    for agenda in read {
        let findings: Vec<Finding> =
            found.iter().filter(|finding| project.concerns(finding, agenda)).cloned().collect();
        let concerns = |covered: &[Finding]| covered.iter().any(|finding| project.concerns(finding, agenda));
        let accepted: Vec<_> = accepted.iter().filter(|(_, covered)| concerns(covered)).cloned().collect();
        let issues = shelf.manifests(&agenda.id).map_err(Stop::of)?;
        let changed = match issues.last() {
            Some(last) => {
                shelf.has_changed(&agenda.id, last.issue, project.root(), &project.inputs(agenda)).map_err(Stop::of)?
            }
            None => false,
        };
        let certificate = Certificate::of(&Checked {
            rules: log.rules(),
            workspace: &project.workspace,
            agenda,
            findings: &findings,
            accepted: &accepted,
            secret: &secret,
            typeset,
            at,
            sources: &project.fingerprint(agenda),
            issues: &issues,
            changed,
        });
        let formats = &project.workspace.council.formats;
        let day = formats.date.print(agenda.when.date());
        let time = agenda.when.has_time.then(|| formats.time.print(agenda.when.time()));
        let when = time.map_or(day.clone(), |time| project.phrases.fill("when", &[("time", &time), ("date", &day)]));
        let pdf = match certificate.pdf(&when, at.date_naive(), &Workshop::of(project)) {
            Ok(pdf) => pdf,
            Err(findings) => {
                let log = crate::rules::log();
                log.extend(findings);
                report::stopped(&log, &project.workspace.sources)?;
                return Err(Stop::Findings);
            }
        };
        let path = folder.join(format!("{}.pdf", agenda.id));
        fs::make_parent(&path, fs::Readers::Owner)
            .map_err(|error| Stop::Failure(format!("{error}\n  = help: name another folder")))?;
        write(&path.with_extension("json"), &certificate.json())?;
        write(&path, &pdf)?;
        out(&format!("{}: certificate -> {}", agenda.id, path.display()))?;
    }
    Ok(())
}
