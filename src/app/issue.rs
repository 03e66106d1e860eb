//! Issues: a meeting's packs, published as they are found to be lawful, and kept for good.

use super::report::reading;
use super::{Failure, Files, Refused, Report, Session, overrides, plain_order, told_to_everybody};
use crate::check::law::late;
use crate::check::{SHORT_NOTICE, Scope};
use crate::compose::moved::PlanBefore;
use crate::finding::{Finding, Log};
use crate::issue::changes::{Changes, Weight};
use crate::issue::difference::Difference;
use crate::issue::draft::{self, Draft};
use crate::issue::gate::{Before, Terms};
use crate::issue::last::Last;
use crate::issue::manifest::{Choice, Kind, Manifest, Override};
use crate::issue::prepare::{Made, Order};
use crate::issue::proof::signing::{self, PrivateKey};
use crate::issue::shelf::NewIssue;
use crate::issue::time::Time;
use crate::issue::{plans, promises, withhold};
use crate::model::agenda::Agenda;
use crate::resolve;
use std::collections::BTreeMap;

/// What is to be issued.
#[expect(clippy::struct_excessive_bools, reason = "what an officer can ask for, each by itself")]
pub struct IssueOrder<'a> {
    /// Id of the meeting.
    pub meeting: &'a str,
    /// Whether the late papers are published by themselves.
    pub supplement: bool,
    /// How pages are numbered.
    pub numbering: Choice,
    /// Why there is another issue, for everybody.
    pub reason: Option<&'a str>,
    /// Rules that it is issued against.
    pub overrides: &'a [Override],
    /// Why a major change cannot wait, as the chair has agreed.
    pub urgent: Option<&'a str>,
    /// Whether replacement sheets have the pages too that only look otherwise.
    pub look_too: bool,
    /// Whether nothing is to be kept.
    pub dry_run: bool,
    /// Whether warnings stand in the way as errors do.
    pub deny_warnings: bool,
    /// Whoever issues it: not published.
    pub by: &'a str,
    /// The council's private key, where it signs.
    pub key: Option<&'a PrivateKey>,
    /// The time of the issue.
    pub time: &'a Time,
}

/// An issue that was made, or would be.
pub struct Issued {
    /// Id of the meeting.
    pub meeting: String,
    /// Its number.
    pub number: u32,
    /// What lies beside the archive: the packs, and the reports of the changes.
    pub files: Files,
    /// What is new of it; nothing where the same order has made it before.
    pub news: Option<News>,
}

/// What is new of an issue.
pub struct News {
    /// What was found.
    pub report: Report,
    /// What it says of itself.
    pub manifest: Manifest,
    /// What has changed since the last issue.
    pub changes: Option<Changes>,
    /// Number of its last page.
    pub pages: u32,
    /// The public key that it has made the council's.
    pub first_key: Option<String>,
}

/// What is known while an issue is made.
struct Making<'a> {
    session: &'a Session,
    order: &'a IssueOrder<'a>,
    agenda: &'a Agenda,
    last: Option<Last>,
    before: Option<Before>,
    /// Action plans as the public saw them last.
    plans: BTreeMap<String, PlanBefore>,
    log: Log,
}

impl Session {
    /// Makes the next issue of a meeting, and keeps it.
    pub fn issue(&self, order: &IssueOrder) -> Result<Issued, Refused> {
        self.guarded()?;
        if !order.dry_run {
            self.shelf.may_sign(order.key)?;
        }
        let (agenda, log) = (self.one(order.meeting)?, self.log.fork());
        if let Some(reason) = order.reason {
            told_to_everybody("--reason", reason, self.project.secrets())?;
        }
        self.project.compose(agenda, &log);
        self.project.check_texts(Scope { only: Some(agenda), hints: false }, &log);
        withhold::look(&self.shelf, &self.project, agenda, &log)?;
        promises::look(&self.shelf, &self.project, agenda, &log)?;
        self.shelf.keeps(&agenda.id)?;
        let last = self.shelf.last(&agenda.id)?;
        let before = self.before(agenda)?;
        let plans = plans::before(&self.shelf, &self.project, agenda)?;
        Making { session: self, order, agenda, last, before, plans, log }.issue()
    }
}

impl Making<'_> {
    fn issue(&self) -> Result<Issued, Refused> {
        let Session { project, shelf, .. } = self.session;
        let (id, order) = (&self.agenda.id, self.order());
        // Where the last issue lost its pack, even the same sources are worth another.
        let has_lost = self.last.as_ref().is_some_and(|last| self.has_lost(last));
        let unchanged = match &self.last {
            Some(last) => !has_lost && !self.session.has_changed(self.agenda, last.manifest.issue)?,
            None => false,
        };
        if let Some(number) = self.is_repeated(&order).filter(|_| unchanged) {
            let is_signed = shelf.is_signed(id, number)?;
            if !self.order.dry_run && is_signed == self.order.key.is_some() {
                return Ok(Issued { meeting: id.clone(), number, files: shelf.packs(id, number)?, news: None });
            }
        }
        self.fits()?;
        let today = self.order.time.at.date_naive();
        match &self.last {
            None => {
                let told = |finding: &Finding| finding.rule.code == SHORT_NOTICE.code;
                let known =
                    self.log.sorted().iter().any(|finding| told(finding) && project.concerns(finding, self.agenda));
                late::first_issue(&project.workspace, self.agenda, &project.calendar, today, known, &self.log);
            }
            Some(last) if unchanged && self.order.numbering == Choice::Keep => {
                return Err(nothing_to_issue(id, last.manifest.issue).into());
            }
            Some(_) => {}
        }
        let (draft, report) = self.draft(&order)?;
        let Some(made) = draft.made else { return Err(report.into()) };
        if !has_lost && made.changes.as_ref().is_some_and(Difference::is_empty) {
            return Err(Refused::of(report, nothing_to_issue(id, made.manifest.issue - 1)));
        }
        let is_first = self.order.key.is_some() && shelf.council_keys()?.is_empty();
        let number = self.keep(&draft.inputs, &made, &report)?;
        let first_key = self.order.key.filter(|_| is_first).map(|key| key.public().hexadecimal());
        let news = News { first_key, ..made.news(report) };
        Ok(Issued { meeting: id.clone(), number, files: made.beside_the_archive(), news: Some(news) })
    }

    fn order(&self) -> Order<'_> {
        let IssueOrder { supplement, numbering, reason, overrides, urgent, look_too, time, .. } = *self.order;
        let kind = if supplement { Kind::Supplement } else { Kind::Pack };
        let plans = Some(self.plans.clone());
        Order { numbering, reason, overrides, urgent, plans, look_too, ..plain_order(&self.agenda.id, kind, time) }
    }

    /// Gives the number of the last issue where the same order has made it.
    fn is_repeated(&self, order: &Order) -> Option<u32> {
        self.last.as_ref().filter(|last| last.manifest.was_ordered_by(order)).map(|last| last.manifest.issue)
    }

    /// Tells whether some of an issue was taken back from the public.
    fn has_lost(&self, last: &Last) -> bool {
        let Manifest { meeting, issue, .. } = &last.manifest;
        self.session.shelf.holes(meeting, *issue).is_ok_and(|holes| !holes.is_empty())
    }

    /// Finds what of the order does not fit the last issue.
    fn fits(&self) -> Result<(), Failure> {
        let id = &self.agenda.id;
        let Some(last) = &self.last else {
            if self.order.supplement {
                return Err(Failure::asked(format!("`{id}` has no issue that a supplement could add to"))
                    .hint("issue the pack first, without --supplement"));
            }
            return Ok(());
        };
        if self.order.reason.is_none_or(|reason| reason.trim().is_empty()) {
            let number = last.manifest.issue;
            return Err(Failure::asked(format!("`{id}` has issue {number} already, and the next one needs a reason"))
                .hint("add --reason \"what has changed, in words for everybody\""));
        }
        Ok(self.order.time.follows(&last.manifest)?)
    }

    /// Makes the draft, which nothing may stand in the way of.
    fn draft(&self, order: &Order) -> Result<(Draft, Report), Refused> {
        let Session { project, root, env, .. } = self.session;
        let first = self.report(None);
        if first.gate.stops_build() {
            return Err(first.into());
        }
        let (making, cache) = (crate::rules::log(), self.session.cache());
        let draft = env.with_workshop(Some(&cache), project.secrets(), |workshop| {
            draft::draft(project, root, self.agenda, order, self.last.as_ref(), workshop, &making)
        });
        let draft = match draft {
            Ok(draft) => draft,
            Err(failure) => return Err(Refused::of(first, failure)),
        };
        if let Some(made) = &draft.made {
            self.look_at_changes(made);
        }
        let report = self.report(Some((&making, &draft)));
        if !report.gate.is_open() {
            return Err(report.into());
        }
        match overrides::are_needed(order.overrides, &report, &self.agenda.id) {
            Ok(()) => Ok((draft, report)),
            Err(failure) => Err(Refused::of(report, failure)),
        }
    }

    /// Finds major changes for which there are too few clear days left.
    fn look_at_changes(&self, made: &Made) {
        let project = &self.session.project;
        let changes = made.changes.as_ref().filter(|_| made.manifest.weight == Some(Weight::Major));
        let Some(changes) = changes.filter(|_| self.order.urgent.is_none()) else { return };
        let kept = &made.manifest.kept;
        let meeting = resolve::meeting(&project.workspace, self.agenda, &kept.items, &kept.released);
        let major = changes.whole.reasons.iter().filter(|reason| reason.weight == Weight::Major);
        let major = major.map(|reason| (reason.item.as_deref(), reason.words.as_str()));
        let today = self.order.time.at.date_naive();
        late::major_changes(&project.workspace, &meeting, &project.calendar, today, major, &self.log);
    }

    fn report(&self, draft: Option<(&Log, &Draft)>) -> Report {
        let project = &self.session.project;
        let own = reading(&self.log, &project.workspace.sources, |finding| project.concerns(finding, self.agenda));
        let made = draft.map(|(log, draft)| reading(log, &draft.sources, |_| true));
        let terms = Terms { overrides: self.order.overrides, deny_warnings: self.order.deny_warnings };
        let report = Report::of([own].into_iter().chain(made).collect(), terms, self.before.as_ref());
        report.before_publication(Some(&self.agenda.id))
    }

    fn keep(&self, inputs: &Files, made: &Made, report: &Report) -> Result<u32, Refused> {
        let IssueOrder { dry_run, by, key, .. } = *self.order;
        if dry_run {
            return Ok(made.manifest.issue);
        }
        let findings = report.findings();
        let issue = NewIssue { made, inputs, findings: &findings, by, key, random: signing::random };
        self.session.shelf.add(&issue).map_err(Refused::from)
    }
}

impl Made {
    /// Gives what is new of it.
    pub(super) fn news(&self, report: Report) -> News {
        let changes = self.changes.as_ref().map(|changes| changes.whole.clone());
        News { report, manifest: self.manifest.clone(), changes, pages: self.output.last_page, first_key: None }
    }
}

fn nothing_to_issue(meeting: &str, issue: u32) -> Failure {
    Failure::work(format!("nothing has changed in `{meeting}` since issue {issue}")).hint("there is nothing to issue")
}
