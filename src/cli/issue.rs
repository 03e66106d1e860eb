//! `boardpack issue`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::{Findings, Stop, archive, out, progress, report, select};
use crate::check::SHORT_NOTICE;
use crate::check::Scope;
use crate::finding::{Finding, Log};
use crate::issue::changes::Weight;
use crate::issue::difference::Difference;
use crate::issue::draft::{self, Draft};
use crate::issue::gate::{Before, Gate, Told};
use crate::issue::last::Last;
use crate::issue::manifest::{Choice, Kind, Manifest};
use crate::issue::prepare::{Made, Order, Workshop};
use crate::issue::proof::signing::{self, PrivateKey};
use crate::issue::shelf::{NewIssue, Shelf};
use crate::issue::time::Time;
use crate::issue::withhold;
use crate::model::agenda::{Agenda, Item, MeetingKind};
use crate::packs::{self, Project};

mod overrides;

/// Publishes a meeting's packs as its next issue, and keeps them for good.
#[derive(Args)]
pub(super) struct Issue {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    meeting: String,
    /// Why there is another issue: printed on its front sheet, for everybody
    #[arg(long, value_name = "WORDS", value_parser = super::words)]
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
    #[arg(long, value_name = "WORDS", value_parser = super::words)]
    urgent: Option<String>,
    /// Have replacement sheets for pages too that only look otherwise
    #[arg(long)]
    look_too: bool,
    /// Show what would be issued, without writing anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    signature: super::Signature,
    /// Name of whoever issues it, for the council's own archive
    #[arg(long, value_name = "NAME", default_value = "Governance Services", value_parser = super::words)]
    by: String,
    /// Folder for the outputs
    #[arg(short, long, value_name = "FOLDER", default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    time: super::time::GivenTime,
    #[command(flatten)]
    archive: archive::Place,
    #[command(flatten)]
    findings: Findings,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Numbers {
    /// Pages that did not change keep their numbers; late ones are 10A and so on
    Keep,
    /// Pages are numbered from 1 again
    Renumber,
}

impl From<Numbers> for Choice {
    fn from(numbers: Numbers) -> Self {
        match numbers {
            Numbers::Keep => Self::Keep,
            Numbers::Renumber => Self::Renumber,
        }
    }
}

impl Issue {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let overrides = overrides::read(&self.overrides)?;
        let time = self.time.time()?;
        let at = time.at;
        let shelf = Shelf::at(&self.archive.folder(workspace));
        if self.dry_run {
            archive::warn(&shelf.warnings());
        } else {
            archive::recover(&shelf)?;
        }
        let key = if self.dry_run { None } else { self.signature.key(&shelf)? };
        let log = crate::rules::log();
        let bar = progress::Bar::new();
        let project = packs::open(workspace, super::receiver(workspace), &log);
        let project = shelf.guarded(project).map_err(Stop::of)?;
        let agenda = select::one(&project, &self.meeting, &self.findings, &log)?;
        if let Some(reason) = &self.reason {
            super::told_to_everybody("--reason", reason, project.secrets())?;
        }
        project.compose(agenda, &log);
        project.check_texts(Scope { only: Some(agenda), hints: false }, &log);
        withhold::look(&shelf, &project, agenda, &log).map_err(Stop::of)?;
        shelf.keeps(&agenda.id).map_err(Stop::of)?;
        let last = shelf.last(&agenda.id).map_err(Stop::of)?;
        // Where the last issue lost its pack, even the same sources are worth another.
        let has_lost = last.as_ref().is_some_and(|last| has_lost(&shelf, &last.manifest));
        let kind = if self.supplement { Kind::Supplement } else { Kind::Pack };
        let order = Order {
            meeting: &agenda.id,
            kind,
            numbering: self.numbering.into(),
            reason: self.reason.as_deref(),
            overrides: &overrides,
            urgent: self.urgent.as_deref(),
            release: BTreeSet::new(),
            withhold: BTreeSet::new(),
            time: &time,
            reports: true,
            look_too: self.look_too,
        };
        let unchanged = match &last {
            Some(last) if !has_lost => {
                let inputs = project.inputs(agenda);
                !shelf.has_changed(&agenda.id, last.manifest.issue, workspace, &inputs).map_err(Stop::of)?
            }
            _ => false,
        };
        if let Some(last) = last.as_ref().filter(|last| unchanged && last.manifest.was_ordered_by(&order)) {
            let number = last.manifest.issue;
            let is_signed = shelf.is_signed(&agenda.id, number).map_err(Stop::of)?;
            if !self.dry_run && is_signed == key.is_some() {
                return self.packs(&agenda.id, number, workspace).complete(&shelf);
            }
        }
        self.fits(agenda, last.as_ref(), &time)?;
        let mut late = None;
        if last.is_none() {
            warn_of_day(agenda, at);
            let told = |finding: &Finding| finding.rule.code == SHORT_NOTICE.code;
            if !log.sorted().iter().any(|finding| told(finding) && project.concerns(finding, agenda)) {
                late = late_today(&project, agenda, at);
            }
        }
        let overridden = overrides.iter().any(|one| one.rule == SHORT_NOTICE.code);
        if let Some(why) = late.as_ref().filter(|_| !overridden) {
            return Err(Stop::Failure(why.clone()));
        }
        if let Some(last) = last.as_ref().filter(|_| unchanged && self.numbering == Numbers::Keep) {
            return Err(nothing_to_issue(&agenda.id, last.manifest.issue));
        }
        let before = last.as_ref().map(|last| {
            shelf.before(&agenda.id, last.manifest.issue, workspace, &project.inputs(agenda)).map_err(Stop::of)
        });
        let before = before.transpose()?;
        let (draft, findings) = self.draft(
            &project,
            workspace,
            agenda,
            &order,
            last.as_ref(),
            before.as_ref(),
            late.is_some(),
            &log,
            &bar,
        )?;
        let Some(made) = &draft.made else { return Err(Stop::Findings) };
        if !has_lost && made.changes.as_ref().is_some_and(Difference::is_empty) {
            return Err(nothing_to_issue(&agenda.id, made.manifest.issue - 1));
        }
        self.in_time(&project, agenda, made, at)?;
        let is_first = key.is_some() && shelf.council_keys().map_err(Stop::of)?.is_empty();
        let number = self.keep(&shelf, &draft, made, &findings, key.as_ref(), workspace)?;
        self.tell(made, number, workspace)?;
        match key.filter(|_| is_first) {
            Some(key) => out(&format!(
                "  signed with {}, which is published as the council's key: from now on everything is signed with it",
                key.public().hexadecimal()
            )),
            None => Ok(()),
        }
    }

    /// Finds what of the command does not fit the last issue.
    fn fits(&self, agenda: &Agenda, last: Option<&Last>, time: &Time) -> Result<(), Stop> {
        let id = &agenda.id;
        let Some(last) = last else {
            if self.supplement {
                return Err(Stop::CommandLine(format!(
                    "`{id}` has no issue that a supplement could add to\n  = help: issue the pack first, without --supplement"
                )));
            }
            return Ok(());
        };
        let number = last.manifest.issue;
        if self.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(Stop::CommandLine(format!(
                "`{id}` has issue {number} already, and the next one needs a reason\n  = help: add --reason \"what has changed, in words for everybody\""
            )));
        }
        time.follows(&last.manifest).map_err(Stop::of)
    }

    /// Finds a major change for which there are too few clear days left, unless the chair has agreed that it
    /// is urgent.
    fn in_time(&self, project: &Project, agenda: &Agenda, made: &Made, at: DateTime<Utc>) -> Result<(), Stop> {
        let Some(changes) = made.changes.as_ref().filter(|_| made.manifest.weight == Some(Weight::Major)) else {
            return Ok(());
        };
        let Some(body) = project.workspace.bodies.get(&agenda.body) else { return Ok(()) };
        let needed = body.days(&project.workspace.council).agenda;
        let meeting = agenda.when.date();
        let left = project.calendar.clear_days(at.date_naive(), meeting);
        if agenda.status() != "scheduled" || left >= needed || self.urgent.is_some() {
            return Ok(());
        }
        let agreed = agreed_items(agenda, made);
        let excused = |item: &Option<String>| item.as_ref().is_some_and(|number| agreed.contains(number));
        let major = changes.whole.reasons.iter().filter(|reason| reason.weight == Weight::Major);
        let why: Vec<&str> =
            major.filter(|reason| !excused(&reason.item)).map(|reason| reason.words.as_str()).collect();
        if why.is_empty() {
            return Ok(());
        }
        let latest = project.calendar.latest(meeting, needed).format("%A %-d %B %Y");
        let days = if left == 1 { "1 clear day is".to_owned() } else { format!("{left} clear days are") };
        Err(Stop::Failure(format!(
            "{}: a major change ({}), and {days} left of {needed}; the latest lawful day was {latest}\n  = help: if it is urgent by reason of special circumstances and the chair agrees, say so in `urgent` of the item, or for all of the change add --urgent \"the circumstances\" and record them in the minutes (Local Government Act 1972, section 100B(4)(b))",
            agenda.id,
            why.join("; ")
        )))
    }

    /// Makes the draft and shows what stands at its gate, which must be open.
    #[expect(clippy::too_many_arguments, reason = "the steps of a run share what it has read")]
    fn draft(
        &self,
        project: &Project,
        workspace: &Path,
        agenda: &Agenda,
        order: &Order,
        last: Option<&Last>,
        before: Option<&Before>,
        is_late: bool,
        log: &Log,
        bar: &progress::Bar,
    ) -> Result<(Draft, Vec<Told>), Stop> {
        let terms = self.findings.terms(order.overrides);
        let id = Some(agenda.id.as_str());
        let found = || report::reading(log, &project.workspace.sources, |finding| project.concerns(finding, agenda));
        let gate = Gate::of(vec![found()], terms, before);
        if gate.stops_build() {
            report::gate(&gate, &self.findings, id)?;
            return Err(not_issued(&agenda.id));
        }
        let receiver = |folder: &Path| super::receiver(folder);
        let (cache, program) = (super::cache(workspace), super::this_program());
        let workshop = Workshop {
            receiver: &receiver,
            progress: bar,
            cache: Some((&cache, &program)),
            secrets: project.secrets(),
        };
        let making = crate::rules::log();
        let draft = draft::draft(project, workspace, agenda, order, last, &workshop, &making);
        bar.finish();
        let draft = match draft {
            Ok(draft) => draft,
            Err(failure) => {
                report::gate(&gate, &self.findings, id)?;
                return Err(Stop::of(failure));
            }
        };
        let gate = Gate::of(vec![found(), report::reading(&making, &draft.sources, |_| true)], terms, before);
        report::gate(&gate, &self.findings, id)?;
        if !gate.is_open() {
            return Err(not_issued(&agenda.id));
        }
        let findings: Vec<&Finding> = gate.entries().iter().map(|entry| &entry.finding).collect();
        overrides::are_needed(order.overrides, &findings, &agenda.id, is_late)?;
        let told = gate.told();
        Ok((draft, told))
    }

    fn keep(
        &self,
        shelf: &Shelf,
        draft: &Draft,
        made: &Made,
        findings: &[Told],
        key: Option<&PrivateKey>,
        workspace: &Path,
    ) -> Result<u32, Stop> {
        if self.dry_run {
            return Ok(made.manifest.issue);
        }
        let issue = NewIssue { made, inputs: &draft.inputs, findings, by: &self.by, key, random: signing::random };
        let number = shelf.add(&issue).map_err(Stop::of)?;
        self.packs(&made.output.meeting, number, workspace).write(&made.beside_the_archive())?;
        Ok(number)
    }

    fn tell(&self, made: &Made, number: u32, workspace: &Path) -> Result<(), Stop> {
        let id = &made.manifest.meeting;
        if let Some(changes) = &made.changes {
            out(crate::issue::changes::text(&changes.whole).trim_end())?;
        }
        let would = if self.dry_run { "would be " } else { "" };
        let kind = match made.manifest.kind {
            Kind::Supplement => format!(", supplement {}", made.manifest.supplements),
            Kind::Notice => ", a notice".to_owned(),
            Kind::Pack | Kind::Release | Kind::Withhold => String::new(),
        };
        out(&format!("{id}: {would}issue {number}{kind}, {} pages", made.output.last_page))?;
        if !self.dry_run {
            self.packs(id, number, workspace).tell()?;
        }
        Ok(())
    }

    fn packs(&self, meeting: &str, number: u32, workspace: &Path) -> archive::Packs {
        archive::Packs {
            meeting: meeting.to_owned(),
            number,
            archive: self.archive.folder(workspace),
            out: super::below(workspace, &self.out),
        }
    }
}

/// Says why a first issue is too late today, whatever day the agenda prints.
fn late_today(project: &Project, agenda: &Agenda, at: DateTime<Utc>) -> Option<String> {
    let body = project.workspace.bodies.get(&agenda.body)?;
    let softened = project.workspace.council.rules.0.iter().any(|change| change.rule.code == SHORT_NOTICE.code);
    let excused = softened || agenda.short_notice.is_some();
    if excused || agenda.status() != "scheduled" || agenda.kind == MeetingKind::Informal {
        return None;
    }
    let days = body.days(&project.workspace.council);
    let (needed, meeting, today) = (days.agenda.max(days.meeting), agenda.when.date(), at.date_naive());
    let left = project.calendar.clear_days(today, meeting);
    let printed = |day: chrono::NaiveDate| day.format("%A %-d %B %Y").to_string();
    (left < needed).then(|| {
        format!(
            "{}: published today, {}, the agenda has {left} of {needed} clear days; the latest lawful day was {}\n  = help: hold the meeting later, say in `short_notice` of the agenda why it was convened at shorter notice, or add --override \"N0002=why it is issued all the same\"",
            agenda.id,
            printed(today),
            printed(project.calendar.latest(meeting, needed))
        )
    })
}

/// Gives the numbers of items of which the agenda itself says that the chair finds them urgent, and why.
fn agreed_items(agenda: &Agenda, made: &Made) -> BTreeSet<String> {
    let agreed =
        |item: &Item| item.urgent.as_ref().is_some_and(|one| one.circumstances.is_some() && one.chair.is_some());
    let titles: BTreeSet<String> =
        agenda.items().filter(|(item, _)| agreed(item)).map(|(item, _)| item.title.plain()).collect();
    let items = made.whole().items.iter().filter(|item| titles.contains(&item.title));
    items.map(|item| item.number.clone()).collect()
}

/// Tells whether some of an issue was taken back from the public.
fn has_lost(shelf: &Shelf, manifest: &Manifest) -> bool {
    shelf.holes(&manifest.meeting, manifest.issue).is_ok_and(|holes| !holes.is_empty())
}

fn not_issued(meeting: &str) -> Stop {
    eprintln!("{meeting}: not issued");
    Stop::Findings
}

fn nothing_to_issue(meeting: &str, issue: u32) -> Stop {
    Stop::Failure(format!(
        "nothing has changed in `{meeting}` since issue {issue}\n  = help: there is nothing to issue"
    ))
}

/// Warns of a first issue on another day than the agenda says, or after the meeting.
fn warn_of_day(agenda: &Agenda, at: DateTime<Utc>) {
    let today = at.date_naive();
    let printed = |day: chrono::NaiveDate| day.format("%-d %B %Y").to_string();
    if today > agenda.when.date() {
        eprintln!("warning: {} was on {}; today is {}", agenda.id, printed(agenda.when.date()), printed(today));
    }
    if let Some(issued) = agenda.issued.filter(|issued| *issued != today) {
        eprintln!(
            "warning: the agenda of {} says that it was issued on {}; today is {}, which is the day that counts",
            agenda.id,
            printed(issued),
            printed(today)
        );
    }
}
