//! `boardpack issue`

use std::path::Path;

use clap::Args;

use super::options::{ArchiveFolder, Doing, Numbers, Outputs, words};
use super::{CliError, Findings, archive, here, report};
use crate::app::{IssueOrder, Issued, News, read_override};
use crate::issue::changes;
use crate::issue::manifest::Kind;

/// Publishes a meeting's packs as its next issue, and keeps them for good.
#[derive(Args)]
pub(super) struct Issue {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meeting: String,
    /// Why there is another issue: printed on its front sheet, for everybody
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: Option<String>,
    /// Whether pages that did not change keep their numbers
    #[arg(long, value_enum, default_value_t = Numbers::Keep)]
    numbering: Numbers,
    /// Publish the late papers by themselves, numbered on from the last page
    #[arg(long)]
    supplement: bool,
    /// Issue against a rule, with the reason for it, such as "N0002=the chair agreed on 8 September"
    #[arg(long = "override", value_name = "RULE=REASON")]
    overrides: Vec<String>,
    /// Why a major change cannot wait for the clear days, as the chair has agreed
    #[arg(long, value_name = "WORDS", value_parser = words)]
    urgent: Option<String>,
    /// Have replacement sheets for pages too that only look otherwise
    #[arg(long)]
    look_too: bool,
    /// Show what would be issued, without writing anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    doing: Doing,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    archive: ArchiveFolder,
    #[command(flatten)]
    pub(super) findings: Findings,
}

impl Issue {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let (here, how) = (self.archive.of(workspace), &self.findings);
        let overrides = self.overrides.iter().map(read_override).collect::<Result<Vec<_>, _>>()?;
        let time = self.doing.time.time()?;
        let key = if self.dry_run {
            here::warn(&here.shelf().warnings());
            None
        } else {
            here.recover()?;
            self.doing.signature.key(&here.shelf())?
        };
        let order = IssueOrder {
            meeting: &self.meeting,
            supplement: self.supplement,
            numbering: self.numbering.into(),
            reason: self.reason.as_deref(),
            overrides: &overrides,
            urgent: self.urgent.as_deref(),
            look_too: self.look_too,
            dry_run: self.dry_run,
            deny_warnings: how.deny_warnings,
            by: &self.doing.by,
            key: key.as_ref(),
            time: &time,
        };
        let issued = here.session()?.issue(&order).map_err(|refused| report::not_issued(refused, how))?;
        let packs = archive::Packs::of(&issued, &here, &self.outputs);
        let Some(news) = &issued.news else { return packs.complete(how) };
        if self.dry_run {
            return self.tell(&issued, news, None);
        }
        packs.write()?;
        self.tell(&issued, news, Some(&packs))
    }

    fn tell(&self, issued: &Issued, news: &News, packs: Option<&archive::Packs>) -> Result<(), CliError> {
        let (how, Issued { meeting, number, .. }) = (&self.findings, issued);
        report::issued(issued, news, how)?;
        if let Some(changes) = &news.changes {
            how.tell(changes::text(changes).trim_end())?;
        }
        let would = if self.dry_run { "would be " } else { "" };
        let kind = match news.manifest.kind {
            Kind::Supplement => format!(", supplement {}", news.manifest.supplements),
            Kind::Notice => ", a notice".to_owned(),
            Kind::Pack | Kind::Release | Kind::Withhold => String::new(),
        };
        how.tell(&format!("{meeting}: {would}issue {number}{kind}, {} pages", news.pages))?;
        packs.map_or(Ok(()), |packs| packs.tell(how))?;
        news.first_key.as_ref().map_or(Ok(()), |key| {
            how.tell(&format!(
                "  signed with {key}, which is published as the council's key: from now on everything is signed with it"
            ))
        })
    }
}
