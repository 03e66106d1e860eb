//! Taking back: a paper, or words, that were published and must not be public any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{CACHE, Failure, Refused, Session, plain_order, told_to_everybody};
use crate::finding::{Finding, Place, did_you_mean};
use crate::fs;
use crate::issue::IssueFailure;
use crate::issue::last::Last;
use crate::issue::manifest::Kind;
use crate::issue::proof::signing::PrivateKey;
use crate::issue::shelf::Shelf;
use crate::issue::time::Time;
use crate::issue::withhold::{self, Order, Plan, Taken, Wanted};
use crate::packs;
use crate::secrets::{Secret, Secrets};

/// What is to be taken back.
pub(crate) struct WithholdOrder<'a> {
    /// Id of the meeting.
    pub(crate) meeting: &'a str,
    /// The paper, by its file or the end of its path; none where only words are to go.
    pub(crate) paper: Option<&'a str>,
    /// Words that are to go from all public files of all meetings.
    pub(crate) words: &'a [String],
    /// Why, for everybody.
    pub(crate) reason: &'a str,
    /// Why, for staff alone.
    pub(crate) note: Option<&'a str>,
    /// The ground in law on which it is erased from the whole root too, and who made sure that nobody has asked for it.
    pub(crate) erase: Option<(&'a str, &'a str)>,
    /// Whoever takes it back.
    pub(crate) by: &'a str,
    /// The time of the record.
    pub(crate) time: &'a Time,
}

/// What was done.
#[derive(Default)]
pub(crate) struct Withheld {
    pub(crate) plan: Plan,
    pub(crate) paper: Option<Taken>,
    /// Number of the record, and of that of the erasure.
    pub(crate) record: Option<u32>,
    pub(crate) erased: Option<u32>,
    /// Files that are gone, below the archive and below the outputs.
    pub(crate) deleted: Vec<String>,
    pub(crate) outputs: Vec<String>,
    /// What could not be removed.
    pub(crate) left: Vec<String>,
    /// New issues, with the pages of their placeholders.
    pub(crate) made: BTreeMap<String, (u32, Vec<String>)>,
    /// Why others could not be made: what was taken back is gone all the same.
    pub(crate) not_made: BTreeMap<String, Refused>,
    /// Meetings whose last issue has no pack in public any more.
    pub(crate) without: BTreeSet<String>,
}

impl Session {
    /// Gives what would be taken back.
    pub(crate) fn would_withhold(&self, order: &WithholdOrder) -> Result<Plan, Failure> {
        let paper = self.to_take(order)?;
        let writer = self.shelf.writer(order.meeting)?;
        Ok(Plan::new(writer.archive(), Wanted { paper: paper.as_ref(), words: order.words, erase: false })?)
    }

    /// Takes it back, whatever is wrong with the sources, and makes the next issues with placeholders; with the key of
    /// a council that signs. Outputs of builds in the folder `out` go as well.
    pub(crate) fn withhold(
        &self,
        order: &WithholdOrder,
        key: Option<&PrivateKey>,
        out: &Path,
    ) -> Result<Withheld, Failure> {
        let paper = self.to_take(order)?;
        let before = fs::list(&self.env.archive, "public").files;
        let mut writer = self.shelf.writer(order.meeting)?;
        let wanted = Wanted { paper: paper.as_ref(), words: order.words, erase: false };
        let plan = Plan::new(writer.archive(), wanted)?;
        let mut done = Withheld { plan, paper, ..Withheld::default() };
        let taking = Taking { session: self, order, key, out };
        let waits = key.is_some() && Shelf::waits_for_signature(writer.archive())?;
        // First, since a run that is cut off finds them by the plan only while the archive still has the files.
        taking.clear_outputs(&mut done);
        if !done.plan.holes.is_empty() || waits {
            done.record = Some(Shelf::take_back(&mut writer, &done.plan, &taking.record())?);
        }
        drop(writer);
        taking.issues(&mut done);
        if let Some(why) = order.erase {
            taking.erase(why, &mut done)?;
        }
        let after: BTreeSet<String> = fs::list(&self.env.archive, "public").files.into_iter().collect();
        done.deleted = before.into_iter().filter(|path| !after.contains(path)).collect();
        done.without = self.without_a_pack(&done)?;
        Ok(done)
    }

    /// Finds the paper among those that were ever public; refuses words that cannot be looked for, and a reason that
    /// says what is to go.
    fn to_take(&self, order: &WithholdOrder) -> Result<Option<Taken>, Failure> {
        self.shelf.number(order.meeting, None)?;
        let secret = |words: &String| Secret::new(words, Place::default(), "`--words`", Vec::new());
        let secrets: Vec<Secret> = order.words.iter().map(secret).collect();
        if let Some(short) = secrets.iter().find(|secret| secret.is_too_short()) {
            let message =
                format!("`--words {}` is too short to be looked for: it would be found everywhere", short.words);
            return Err(Failure::asked(message).hint("give more of it"));
        }
        told_to_everybody("--reason", order.reason, &Secrets::gathered(secrets))?;
        let paper = order.paper.map(|wanted| self.published(order.meeting, wanted)).transpose()?;
        told_to_everybody("--reason", order.reason, self.project.secrets())?;
        Ok(paper)
    }

    fn published(&self, meeting: &str, wanted: &str) -> Result<Taken, Failure> {
        let papers = self.shelf.public_papers(meeting)?;
        let name = |paper: &str| paper.rsplit('/').next().unwrap_or_default().to_owned();
        let found: Vec<&String> = papers.iter().filter(|paper| paper.ends_with(wanted)).collect();
        let exact = found.iter().find(|paper| name(paper) == wanted);
        match (&found[..], exact) {
            ([paper], _) | (_, Some(paper)) => Ok(Taken { meeting: meeting.to_owned(), paper: (*paper).clone() }),
            (found, None) => {
                let names: Vec<String> = papers.iter().map(|paper| name(paper)).collect();
                let help = did_you_mean(wanted, names.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("those that were published are: {}", names.join(", ")));
                let many = if found.is_empty() { "a paper" } else { "more than one paper" };
                let message = format!("`{meeting}` has never published {many} `{wanted}`; nothing was changed");
                Err(Failure::asked(message).hint(help))
            }
        }
    }

    fn without_a_pack(&self, done: &Withheld) -> Result<BTreeSet<String>, IssueFailure> {
        let mut without = BTreeSet::new();
        let meetings = done.plan.issues().into_keys().chain(done.paper.iter().map(|taken| taken.meeting.as_str()));
        for meeting in meetings {
            let number = self.shelf.number(meeting, None)?;
            let public = self.shelf.public_files(meeting, number)?;
            let is_pack = |path: &String| {
                fs::has_ending(path, &["pdf"]) && !path.contains('/') && !withhold::is_about_changes(path)
            };
            if !public.keys().any(is_pack) {
                without.insert(meeting.to_owned());
            }
        }
        Ok(without)
    }
}

/// A paper on its way out.
struct Taking<'a> {
    session: &'a Session,
    order: &'a WithholdOrder<'a>,
    key: Option<&'a PrivateKey>,
    /// Folder of the outputs of builds.
    out: &'a Path,
}

impl<'a> Taking<'a> {
    /// Gives what the archive is to keep of it.
    fn record(&self) -> Order<'a> {
        let WithholdOrder { time, reason, note, by, .. } = *self.order;
        let council = self.session.project.workspace.council.name.value.as_str();
        let office = if council.is_empty() { "the council" } else { council };
        Order { time, reason, note, by, office, key: self.key, erase: None }
    }

    /// Takes it out of the outputs of builds, and out of what is kept from run to run.
    fn clear_outputs(&self, done: &mut Withheld) {
        match withhold::clear(self.out, &done.plan) {
            Ok(gone) => done.outputs.extend(gone),
            Err(failure) => done.left.push(failure.to_string()),
        }
        let kept = self.session.root.join(CACHE);
        if let Err(failure) = fs::remove_folder(kept.parent().unwrap_or(&kept)) {
            done.left.push(failure.to_string());
        }
    }

    /// Takes it out of the whole root too, with the issue that was made last.
    fn erase(&self, why: (&str, &str), done: &mut Withheld) -> Result<(), Failure> {
        let mut writer = self.session.shelf.writer(self.order.meeting)?;
        let wanted = Wanted { paper: done.paper.as_ref(), words: self.order.words, erase: true };
        let plan = Plan::new(writer.archive(), wanted)?;
        if plan.holes.is_empty() {
            return Ok(());
        }
        done.erased = Some(Shelf::take_back(&mut writer, &plan, &Order { erase: Some(why), ..self.record() })?);
        drop(writer);
        done.plan = plan;
        self.clear_outputs(done);
        Ok(())
    }

    /// Makes the next issue of every meeting whose last one was taken back.
    fn issues(&self, done: &mut Withheld) {
        let mut papers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for taken in done.plan.papers.iter().chain(&done.paper) {
            papers.entry(taken.meeting.clone()).or_default().insert(taken.paper.clone());
        }
        for (meeting, papers) in papers {
            match self.issue(&meeting, &papers) {
                Ok(Some(made)) => drop(done.made.insert(meeting, made)),
                Ok(None) => {}
                Err(why) => drop(done.not_made.insert(meeting, why)),
            }
        }
    }

    /// Makes the next issue of a meeting whose last one has these papers in public, and gives its number with the
    /// printed numbers of the placeholders' pages.
    fn issue(&self, meeting: &str, papers: &BTreeSet<String>) -> Result<Option<(u32, Vec<String>)>, Refused> {
        let Self { session, order: WithholdOrder { time, reason, by, .. }, .. } = *self;
        let Some(last) = session.shelf.last(meeting)? else { return Ok(None) };
        let is_public = |paper: &&String| last.whole.document(paper).is_some_and(|document| !document.withheld);
        let public: BTreeSet<String> = papers.iter().filter(is_public).cloned().collect();
        if public.is_empty() {
            return Ok(None);
        }
        time.follows(&last.manifest)?;
        let pages = pages(&last, &public);
        let wanted = crate::issue::prepare::Order {
            reason: Some(reason),
            withhold: public,
            ..plain_order(meeting, Kind::Withhold, time)
        };
        let words = withhold::words(&session.shelf.taken_back()?);
        let secrets = session.project.secrets().clone().with(&words);
        let next = session.next(&last, &wanted, &secrets, Finding::is_error)?;
        let number = session.keep_next(&next, &next.told(), by, self.key)?;
        fs::replace_folder(&self.out.join(meeting), &next.made.beside_the_archive(), packs::readers)
            .map_err(|error| Failure::work(error.to_string()))?;
        Ok(Some((number, pages)))
    }
}

fn pages(last: &Last, papers: &BTreeSet<String>) -> Vec<String> {
    let own = papers.iter().filter_map(|paper| last.whole.document(paper));
    own.flat_map(|document| &document.pages).map(|page| page.number.clone()).collect()
}
