//! Makes an issue in memory: from a copy of its inputs, so that what is kept is what it was made from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, NaiveDate};

use super::difference::{Difference, Facts};
use super::last::Last;
use super::manifest::{Choice, Kind, Manifest, Override, Program, Review, SCHEMA_VERSION};
use super::numbering::{self, Late, Numbering};
use super::released;
use super::time::Time;
use super::{IssueFailure, contents, marks};
use crate::appended::Receiver;
use crate::compose::moved::PlanBefore;
use crate::compose::{Kept, Marks, Supplement};
use crate::finding::{Log, Sources};
use crate::fs::{self, Scratch};
use crate::model::agenda::Agenda;
use crate::packs::{self, Output, Project};
use crate::progress::Progress;
use crate::record::{Document, Record};
use crate::secrets::Secrets;

mod lines;

/// How often a pack is typeset until its numbers agree with its pages.
const ROUNDS: usize = 5;

/// What is to be issued.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// Id of the meeting.
    pub meeting: &'a str,
    /// Kind of issue that is wanted.
    pub kind: Kind,
    /// How pages are numbered.
    pub numbering: Choice,
    /// Why, as the front sheet prints it; none for a first issue, and for a draft.
    pub reason: Option<&'a str>,
    /// Rules that it is issued against.
    pub overrides: &'a [Override],
    /// Why a major change cannot wait, as the chair has agreed.
    pub urgent: Option<&'a str>,
    /// Keys of withheld papers that it publishes.
    pub release: BTreeSet<String>,
    /// Keys of papers that it takes back.
    pub withhold: BTreeSet<String>,
    /// Action plans as the public saw them last, by key; those that the last issue was compared with, where it is not said.
    pub plans: Option<BTreeMap<String, PlanBefore>>,
    /// The time of the issue.
    pub time: &'a Time,
    /// Whether reports of the changes are wanted as well.
    pub reports: bool,
    /// Whether replacement sheets have the pages too that only look otherwise.
    pub look_too: bool,
}

/// An issue that is made but not kept yet.
#[derive(Debug)]
pub struct Made {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its packs, papers and records.
    pub output: Output,
    /// What has changed since the last issue, where there is one.
    pub changes: Option<Difference>,
    /// Reports of the changes, by path beside the packs.
    pub reports: BTreeMap<String, Vec<u8>>,
}

impl Made {
    /// Gives what the whole pack holds.
    pub fn whole(&self) -> &Record {
        self.output.private.as_ref().unwrap_or(&self.output.public)
    }

    /// Gives what lies in the folder for outputs: the packs, and the reports of the changes.
    pub(crate) fn beside_the_archive(&self) -> BTreeMap<String, Vec<u8>> {
        self.output.files.iter().chain(&self.reports).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }
}

/// What is needed for making an issue from files.
pub struct Workshop<'a> {
    /// Gives what receives the appended files of a workspace in a folder.
    pub receiver: &'a dyn Fn(&Path) -> Receiver,
    /// Who is told of the progress.
    pub progress: &'a dyn Progress,
    /// Folder of single papers that were made before, and what sets this program apart from others.
    pub cache: Option<(&'a Path, &'a str)>,
    /// Words that nothing public may hold, besides those that the inputs of the issue protect.
    pub secrets: &'a Secrets,
}

impl Workshop<'_> {
    /// Makes an issue from its inputs, and gives the texts in which the findings of the log have their
    /// places. Makes nothing when something stands in the way, which is then in the log.
    pub fn make(
        &self,
        inputs: &BTreeMap<String, Vec<u8>>,
        order: &Order,
        last: Option<&Last>,
        log: &Log,
    ) -> Result<(Sources, Option<Made>), IssueFailure> {
        let guarded = |project: Project| project.with_secrets(self.secrets);
        self.in_copy(inputs, order.meeting, log, guarded, |project, agenda| {
            released::look(project, agenda, &order.release, log);
            let making = Making { project, agenda, order, last, log, progress: self.progress };
            making.make()
        })
    }

    /// Makes an issue again from its inputs and the issue before it, as it was ordered.
    pub(crate) fn remake(
        &self,
        inputs: &BTreeMap<String, Vec<u8>>,
        manifest: &Manifest,
        last: Option<&Last>,
        log: &Log,
    ) -> Result<(Sources, Option<Made>), IssueFailure> {
        let before = last.map(|last| last.manifest.released().clone()).unwrap_or_default();
        let is_new = |paper: &&String| last.is_none_or(|last| !last.manifest.kept.withheld.contains_key(*paper));
        let taken_back: BTreeSet<String> = manifest.kept.withheld.keys().filter(is_new).cloned().collect();
        let at = DateTime::parse_from_rfc3339(&manifest.issued).unwrap_or_default().to_utc();
        let order = Order {
            meeting: &manifest.meeting,
            // A notice is of a pack whose agenda says that the meeting is off.
            kind: if manifest.kind == Kind::Notice { Kind::Pack } else { manifest.kind },
            numbering: manifest.numbering,
            reason: manifest.reason.as_deref(),
            overrides: &manifest.overrides,
            urgent: manifest.urgent.as_deref(),
            release: manifest.released().difference(&before).cloned().collect(),
            withhold: taken_back.into_iter().filter(|_| manifest.kind == Kind::Withhold).collect(),
            plans: Some(manifest.kept.plans.clone()),
            time: &Time { at, given: manifest.given_time.clone() },
            reports: true,
            look_too: manifest.look_too,
        };
        self.in_copy(inputs, &manifest.meeting, log, Project::without_secrets, |project, agenda| {
            Making { project, agenda, order: &order, last, log, progress: self.progress }.make()
        })
    }

    /// Makes packs again that are held to the same as before.
    pub(crate) fn again(
        &self,
        inputs: &BTreeMap<String, Vec<u8>>,
        manifest: &Manifest,
        log: &Log,
    ) -> Result<(Sources, Option<Output>), IssueFailure> {
        self.in_copy(inputs, &manifest.meeting, log, Project::without_secrets, |project, agenda| {
            Ok(project.build_issue(agenda, &manifest.kept, log, self.progress))
        })
    }

    /// Opens a copy of the inputs in a folder of its own, which is removed afterwards. The log takes over what they
    /// decide about findings.
    fn in_copy<T>(
        &self,
        inputs: &BTreeMap<String, Vec<u8>>,
        meeting: &str,
        log: &Log,
        guarded: impl FnOnce(Project) -> Project,
        work: impl FnOnce(&Project, &Agenda) -> Result<Option<T>, IssueFailure>,
    ) -> Result<(Sources, Option<T>), IssueFailure> {
        let copy = Scratch::temporary(fs::ISSUE_COPY).map_err(|error| IssueFailure::copy(&error))?;
        fs::write_all(copy.path(), inputs)?;
        // The whole workspace was checked; what a copy of one meeting's inputs lacks is not the meeting's fault.
        let opening = log.another();
        let project = guarded(packs::read(copy.path(), (self.receiver)(copy.path()), &opening));
        log.decide_as(&opening);
        let project = match self.cache {
            Some((folder, program)) => project.with_cache(folder, program),
            None => project,
        };
        let Some(agenda) = project.workspace.meetings.get(meeting) else {
            return Err(IssueFailure::NoMeeting { meeting: meeting.to_owned() });
        };
        let made = work(&project, agenda)?;
        Ok((project.workspace.sources, made))
    }
}

/// Gives what the next issue of a meeting would be held to, so that a draft has its numbers already.
/// Gives nothing when something stands in the way, which is then in the log.
pub(crate) fn kept(
    project: &Project,
    agenda: &Agenda,
    last: &Last,
    plans: BTreeMap<String, PlanBefore>,
    log: &Log,
    progress: &dyn Progress,
) -> Result<Option<Kept>, IssueFailure> {
    let time = Time { at: DateTime::UNIX_EPOCH, given: None };
    let order = Order {
        meeting: &agenda.id,
        kind: Kind::Pack,
        numbering: Choice::Keep,
        reason: None,
        overrides: &[],
        urgent: None,
        release: BTreeSet::new(),
        withhold: BTreeSet::new(),
        plans: Some(plans),
        time: &time,
        reports: false,
        look_too: false,
    };
    let making = Making { project, agenda, order: &order, last: Some(last), log, progress };
    Ok(making.kept(0)?.map(|(kept, _)| kept))
}

/// Page numbers that earlier issues have used and a new one does not.
#[derive(Debug, Clone, Default)]
struct Retired {
    all: Vec<String>,
    /// Those that stood on pages of public papers.
    public: Vec<String>,
}

impl Retired {
    /// Takes numbers that are not used any more. Of a paper that has become withheld none is told of either.
    fn of(unused: Vec<String>, last: &Last, new: &Record) -> Self {
        let withheld = |key: &str| new.document(key).is_some_and(|document| document.withheld);
        let open = last.public.documents.iter().filter(|document| !document.withheld && !withheld(&document.key));
        let known: BTreeSet<&String> = (open.flat_map(|document| &document.pages).map(|page| &page.number))
            .chain(&last.manifest.retired_in_public)
            .collect();
        let public = unused.iter().filter(|number| known.contains(number)).cloned().collect();
        Self { all: unused, public }
    }
}

struct Making<'a> {
    project: &'a Project,
    agenda: &'a Agenda,
    order: &'a Order<'a>,
    last: Option<&'a Last>,
    log: &'a Log,
    progress: &'a dyn Progress,
}

impl Making<'_> {
    fn make(&self) -> Result<Option<Made>, IssueFailure> {
        let mut sheet = 2;
        let (kept, retired, output) = loop {
            let Some((kept, retired)) = self.kept(sheet)? else { return Ok(None) };
            let output = self.project.build_issue(self.agenda, &kept, self.log, self.progress);
            let Some(output) = output else { return Ok(None) };
            // The pages of late papers begin behind the front sheet of their supplement.
            if kept.supplement.is_none() || output.sheet_pages as usize == sheet {
                break (kept, retired, output);
            }
            sheet = output.sheet_pages as usize;
        };
        let manifest = self.manifest(kept, retired, &output);
        let changes = self.last.map(|last| Difference::between(last, &output));
        let weight = changes.as_ref().map(|changes| changes.whole.weight());
        let manifest = Manifest { weight, ..manifest };
        let Some(reports) = self.reports(changes.as_ref(), &output, &manifest.kept.issue) else { return Ok(None) };
        let made = Made { manifest, output, changes, reports };
        let beside: BTreeMap<String, Vec<u8>> =
            made.reports.clone().into_iter().chain(contents::for_the_public(&made)).collect();
        let keeps = self.project.keeps_secrets(self.agenda, &beside, made.manifest.released(), self.log);
        Ok(keeps.then_some(made))
    }

    /// Gives the action plans that those of this issue are compared with. What is asked for comes first: a plan that was
    /// taken back since the last issue must not be told of again.
    fn plans(&self) -> BTreeMap<String, PlanBefore> {
        let of_last = || self.last.map(|last| last.manifest.kept.plans.clone()).unwrap_or_default();
        self.order.plans.clone().unwrap_or_else(of_last)
    }

    /// Finds what the new pack is held to: numbers of items, then numbers of pages, which may
    /// change what the front sheet says, until they agree with what is typeset.
    fn kept(&self, sheet: usize) -> Result<Option<(Kept, Retired)>, IssueFailure> {
        let mut kept = Kept {
            released: self.released(),
            withheld: self.withheld(),
            issue: self.lines(&[], None),
            marks: Marks { issue: self.issue_number(), ..Marks::default() },
            plans: self.plans(),
            ..Kept::default()
        };
        let Some(last) = self.last.filter(|_| self.order.numbering == Choice::Keep) else {
            let retired = self.last.map(|Last { manifest, .. }| Retired {
                all: manifest.retired.clone(),
                public: manifest.retired_in_public.clone(),
            });
            let retired = retired.unwrap_or_default();
            return Ok(Some((kept, retired)));
        };
        let measure =
            |kept: &Kept, for_good| self.project.measure(self.agenda, kept, for_good, self.log, self.progress);
        let Some(first) = measure(&kept, false) else { return Ok(None) };
        kept.items = numbering::items(&last.whole, &first);
        if self.order.kind == Kind::Supplement {
            kept.supplement = Some(self.supplement(last, &first, sheet)?);
        }
        let mut measured = first;
        for _ in 0..ROUNDS {
            let (next, retired) = self.renumbered(&kept, last, &measured);
            if next == kept {
                alone(self.order.kind, last, &measured)?;
                return Ok(Some((kept, retired)));
            }
            kept = next;
            // Most often the numbers agree now: then what was made is taken up when the pack is made.
            match measure(&kept, true) {
                Some(record) => measured = record,
                None => return Ok(None),
            }
        }
        Err(IssueFailure::Unstable { meeting: self.order.meeting.to_owned() })
    }

    /// Numbers what was typeset, and says so on the front sheet.
    fn renumbered(&self, kept: &Kept, last: &Last, measured: &Record) -> (Kept, Retired) {
        let sheet = u32::try_from(kept.supplement.as_ref().map_or(0, |supplement| supplement.sheet.len())).unwrap_or(0);
        let late = if kept.supplement.is_some() { Late::AtTheEnd(sheet) } else { Late::Between };
        let retired = &last.manifest.retired;
        let Numbering { mut pages, unused } = numbering::pages(&last.whole, measured, retired, late);
        let mut next = kept.clone();
        if let Some(supplement) = &mut next.supplement {
            let first = numbering::end(&last.whole, retired) + 1;
            supplement.sheet = (first..).take(supplement.sheet.len()).map(|number| number.to_string()).collect();
            pages.extend(supplement.sheet.iter().cloned());
        }
        let unused = Retired::of(unused, last, measured);
        // A draft has no day yet.
        let day = match self.order.reason {
            Some(_) => self.day(self.order.time.at.date_naive()),
            None => self.project.phrases.get("revised-in-draft").to_owned(),
        };
        next.marks = Marks { issue: next.marks.issue, ..marks::marks(last, measured, &day) };
        next.issue = self.lines(&unused.public, Some((measured, &pages)));
        next.pages = crate::compose::PageNumbers::new(pages);
        (next, unused)
    }

    /// Makes the reports of the changes. Gives nothing when one of them cannot be made, which is then in the log.
    fn reports(
        &self,
        changes: Option<&Difference>,
        output: &Output,
        lines: &[String],
    ) -> Option<BTreeMap<String, Vec<u8>>> {
        let Some((changes, last)) = changes.zip(self.last).filter(|_| self.order.reports) else {
            return Some(BTreeMap::new());
        };
        let formats = &self.project.workspace.council.formats;
        let when = formats.date.print(self.agenda.when.date());
        let facts = Facts {
            when: &when,
            reason: self.order.reason,
            date: self.order.time.at.date_naive(),
            lines,
            look_too: self.order.look_too,
        };
        match changes.reports(self.project, last, output, facts) {
            Ok(reports) => Some(reports),
            Err(findings) => {
                self.log.extend(findings);
                None
            }
        }
    }

    fn released(&self) -> BTreeSet<String> {
        let before = self.last.map(|last| last.manifest.released().clone()).unwrap_or_default();
        let taken = self.taken_back();
        let before =
            before.into_iter().filter(|paper| !taken.contains_key(paper) && !self.order.withhold.contains(paper));
        before.chain(self.order.release.iter().cloned()).collect()
    }

    /// Gives what was taken back since the last issue.
    fn taken_back(&self) -> BTreeMap<String, (NaiveDate, String)> {
        self.last.map(|last| last.taken_back.clone()).unwrap_or_default()
    }

    /// Gives what the public is told in the place of papers that were taken back, until they are released.
    fn withheld(&self) -> BTreeMap<String, String> {
        let mut withheld = self.last.map(|last| last.manifest.kept.withheld.clone()).unwrap_or_default();
        let words = |day: NaiveDate, reason: &str| {
            self.project.phrases.fill("taken-back", &[("date", &self.day(day)), ("reason", reason)])
        };
        for (paper, (day, reason)) in self.taken_back() {
            withheld.entry(paper).or_insert_with(|| words(day, &reason));
        }
        let now = words(self.order.time.at.date_naive(), self.order.reason.unwrap_or_default());
        withheld.extend(self.order.withhold.iter().map(|paper| (paper.clone(), now.clone())));
        withheld.retain(|paper, _| !self.order.release.contains(paper));
        withheld
    }

    /// Finds the papers of a supplement: those that the last issue did not have.
    fn supplement(&self, last: &Last, new: &Record, sheet: usize) -> Result<Supplement, IssueFailure> {
        let late = new.documents.iter().filter(|document| last.whole.document(&document.key).is_none());
        let papers: BTreeSet<String> = late.map(|document| document.key.clone()).collect();
        if papers.is_empty() {
            return Err(IssueFailure::NothingLate { meeting: self.order.meeting.to_owned() });
        }
        let number = last.manifest.supplements + 1;
        let date = self.day_of(&last.manifest.issued);
        let page = numbering::end(&last.whole, &last.manifest.retired).to_string();
        let adds = self.project.phrases.fill("supplement-adds", &[("date", &date), ("page", &page)]);
        let words = std::iter::once(adds).chain(self.order.reason.map(str::to_owned)).collect();
        Ok(Supplement { number, papers, sheet: vec![String::new(); sheet], words })
    }

    /// Prints the day of a time in the way of the council.
    fn day_of(&self, time: &str) -> String {
        let day = DateTime::parse_from_rfc3339(time).map(|time| time.date_naive()).unwrap_or_default();
        self.day(day)
    }

    fn day(&self, day: NaiveDate) -> String {
        self.project.workspace.council.formats.day.print(day)
    }

    fn manifest(&self, kept: Kept, retired: Retired, output: &Output) -> Manifest {
        let last = self.last.map(|last| &last.manifest);
        let off = self.agenda.cancelled.is_some() || self.agenda.postponed.is_some();
        let whole = output.private.as_ref().unwrap_or(&output.public);
        let lines = self.last.map(|last| {
            let numbers: Vec<String> = whole.pages().map(|page| page.number.clone()).collect();
            let mut lines = last.manifest.lines.clone();
            lines.push(self.line(last, Some((whole, &numbers))));
            lines
        });
        let supplement = u32::from(self.order.kind == Kind::Supplement);
        Manifest {
            schema_version: SCHEMA_VERSION,
            meeting: self.order.meeting.to_owned(),
            meeting_date: self.agenda.when.date().to_string(),
            issue: last.map_or(1, |last| last.issue + 1),
            kind: if off { Kind::Notice } else { self.order.kind },
            issued: self.order.time.stamp(),
            given_time: self.order.time.given.clone(),
            reason: self.order.reason.map(str::to_owned),
            numbering: self.order.numbering,
            weight: None,
            urgent: self.order.urgent.map(str::to_owned),
            overrides: self.order.overrides.to_vec(),
            program: Program::this(),
            kept,
            retired: retired.all,
            retired_in_public: retired.public,
            lines: lines.unwrap_or_else(|| self.first_line().into_iter().collect()),
            look_too: self.order.look_too,
            supplements: last.map_or(0, |last| last.supplements) + supplement,
            reviews: self.reviews(whole),
        }
    }

    fn reviews(&self, whole: &Record) -> Vec<Review> {
        let withheld = whole.documents.iter().filter(|document| document.withheld);
        let dates = self.project.review_dates(self.agenda);
        withheld
            .map(|document| Review {
                paper: document.key.clone(),
                title: document.title.clone(),
                on: dates.get(&document.key).copied(),
            })
            .collect()
    }
}

/// Finds that nothing but the front sheet has changed beside the late papers of a supplement.
fn alone(kind: Kind, last: &Last, new: &Record) -> Result<(), IssueFailure> {
    let differ = |old: &Document, new: &Document| {
        old.pages.len() != new.pages.len() || old.pages.iter().zip(&new.pages).any(|(old, new)| !old.says_the_same(new))
    };
    let changed = new
        .documents
        .iter()
        .skip(1)
        .find(|document| last.whole.document(&document.key).is_some_and(|old| differ(old, document)));
    match changed.filter(|_| kind == Kind::Supplement) {
        Some(document) => Err(IssueFailure::AlsoChanged { title: document.title.clone() }),
        None => Ok(()),
    }
}
