//! `boardpack changes`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::issue::Numbers;
use super::{Findings, Format, Stop, archive, out, progress, report, select};
use crate::finding::Finding;
use crate::issue::changes;
use crate::issue::draft;
use crate::issue::manifest::Kind;
use crate::issue::prepare::{Order, Workshop};
use crate::issue::shelf::Shelf;
use crate::issue::time::Time;
use crate::packs;

/// Shows what differs from the last issue of a meeting.
#[derive(Args)]
pub(super) struct Changes {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meeting: String,
    /// Leave out whatever concerns withheld papers
    #[arg(long)]
    public: bool,
    /// Whether pages that did not change would keep their numbers
    #[arg(long, value_enum, default_value_t = Numbers::Keep)]
    numbering: Numbers,
    /// Write the changes as a typeset report
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Write the pages to print for those who hold the last issue on paper, with instructions
    #[arg(long, value_name = "FILE")]
    sheets: Option<PathBuf>,
    /// Have replacement sheets for pages too that only look otherwise
    #[arg(long)]
    look_too: bool,
    #[command(flatten)]
    archive: archive::Place,
    #[command(flatten)]
    findings: Findings,
}

impl Changes {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(&self.archive.folder(workspace));
        archive::warn(&shelf.warnings());
        let (log, bar) = (crate::rules::log(), progress::Bar::new());
        let project = packs::open(workspace, super::receiver(workspace), &log);
        let project = shelf.guarded(project).map_err(Stop::of)?;
        let agenda = select::one(&project, &self.meeting, &self.findings, &log)?;
        project.compose(agenda, &log);
        let Some(last) = shelf.last(&agenda.id).map_err(Stop::of)? else {
            return Err(Stop::CommandLine(format!(
                "`{}` has not been issued, so that nothing can have changed\n  = help: issue it with `boardpack issue {}`",
                agenda.id, agenda.id
            )));
        };
        if self.numbering == Numbers::Keep
            && self.pdf.is_none()
            && self.sheets.is_none()
            && self.findings.format != Format::Json
        {
            let number = last.manifest.issue;
            if !shelf.has_changed(&agenda.id, number, workspace, &project.inputs(agenda)).map_err(Stop::of)? {
                return out(&format!("{}: nothing has changed since issue {number}", agenda.id));
            }
        }
        let errors = |finding: &Finding| project.concerns(finding, agenda) && finding.stops_writing();
        if report::findings(&log, &project.workspace.sources, &self.findings, errors)? {
            return Err(Stop::Findings);
        }
        let time = Time { at: super::now()?, given: None };
        let order = Order {
            meeting: &agenda.id,
            kind: Kind::Pack,
            numbering: self.numbering.into(),
            reason: None,
            overrides: &[],
            urgent: None,
            release: BTreeSet::new(),
            withhold: BTreeSet::new(),
            time: &time,
            reports: self.pdf.is_some() || self.sheets.is_some(),
            look_too: self.look_too,
        };
        let receiver = |folder: &Path| super::receiver(folder);
        let (cache, program) = (super::cache(workspace), super::this_program());
        let workshop = Workshop {
            receiver: &receiver,
            progress: &bar,
            cache: Some((&cache, &program)),
            secrets: project.secrets(),
        };
        let making = crate::rules::log();
        let draft =
            draft::draft(&project, workspace, agenda, &order, Some(&last), &workshop, &making).map_err(Stop::of)?;
        bar.finish();
        let Some((made, difference)) = draft.made.as_ref().and_then(|made| Some((made, made.changes.as_ref()?))) else {
            report::findings(&making, &draft.sources, &self.findings, Finding::stops_writing)?;
            return Err(Stop::Findings);
        };
        let shown = if self.public { &difference.public } else { &difference.whole };
        if self.findings.format == Format::Json {
            out(&serde_json::to_string_pretty(shown).unwrap_or_default())?;
        } else {
            out(changes::text(shown).trim_end())?;
        }
        // Where nothing is withheld there is only the public edition.
        let editions = if self.public { ["public", "public"] } else { ["private", "public"] };
        for (file, name) in [(&self.pdf, "changes.pdf"), (&self.sheets, "replacement-sheets.pdf")] {
            let Some(file) = file else { continue };
            let made = editions.iter().find_map(|edition| made.reports.get(&format!("{edition}/{name}")));
            match made {
                Some(pdf) => super::write(file, pdf)?,
                None => eprintln!("{}: not written, since no page has changed", file.display()),
            }
        }
        Ok(())
    }
}
