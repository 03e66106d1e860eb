//! What the product does, as values: a workspace is opened, checked, built, issued, compared, and listed.
//!
//! The command line, a test in process and whatever else may come to be a door call the same [`Session`]. Nothing here
//! prints, or knows of arguments and exit codes. A method works with findings of its own, so that one does not stand in
//! the way of the next; what it finds it gives back as a [`Report`], and where it can do nothing, a [`Refused`] says why:
//! by findings with codes and places, or by a [`Failure`] with hints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::appended::office::Office;
use crate::appended::{Reader, Receiver};
use crate::finding::{Finding, Log};
use crate::fs::cache::Cache;
use crate::issue::IssueFailure;
use crate::issue::manifest::{Choice, Kind};
use crate::issue::prepare::{Order, Workshop};
use crate::issue::shelf::Shelf;
use crate::issue::time::Time;
use crate::issue::withhold as taken_back;
use crate::model::agenda::Agenda;
use crate::packs::{self, Project};
use crate::progress::Progress;
use crate::secrets::Secrets;
use select::Chosen;

mod build;
mod changes;
mod check;
mod failure;
mod issue;
mod next;
mod overrides;
mod release;
mod report;
mod select;
mod site;
mod status;
mod withhold;
mod year;

pub use build::{BuildOrder, Built, Written};
pub use changes::{ChangesOrder, Compared};
pub use check::{Certified, CheckOrder, Checked};
pub use failure::{Failure, FailureKind};
pub use issue::{IssueOrder, Issued, News};
pub use report::{Refused, Report};
pub use site::make_site;
pub use status::Row;
pub use year::Year;

pub(crate) use next::Next;
pub(crate) use overrides::read as read_override;
pub(crate) use release::ReleaseOrder;
pub(crate) use withhold::{Withheld, WithholdOrder};

/// Folder of a workspace in which packs, papers and files that were read are kept from run to run; it can be removed
/// at any time.
pub(crate) const CACHE: &str = ".boardpack/papers";

/// What a session stands on besides its workspace.
pub struct Env {
    /// This program: its hidden verbs read other people's files, in processes with bounds.
    pub program: PathBuf,
    /// What sets that program apart from others, such as a newer one of the same version, whose papers may differ.
    pub identity: String,
    /// LibreOffice's program, where it is not on the search path.
    pub office: Option<PathBuf>,
    /// Seconds that LibreOffice may take, where somebody has said.
    pub office_seconds: Option<String>,
    /// Folder of the archive.
    pub archive: PathBuf,
    /// Who is told of the progress.
    pub progress: Box<dyn Progress>,
}

impl Env {
    /// Gives what receives the appended files of a workspace in a folder.
    pub(crate) fn receiver(&self, folder: &Path) -> Receiver {
        let office = Office::new(folder, self.office.clone()).seconds(self.office_seconds.clone());
        Receiver::new(Reader::of(self.program.clone()), office)
    }

    /// Works with what makes issues from files: with papers of earlier runs where a cache is given.
    pub(crate) fn with_workshop<T>(
        &self,
        cache: Option<&Path>,
        secrets: &Secrets,
        work: impl FnOnce(&Workshop) -> T,
    ) -> T {
        let receiver = |folder: &Path| self.receiver(folder);
        cache.into_iter().for_each(Cache::begin);
        let cache = cache.map(|cache| (cache, self.identity.as_str()));
        let done = work(&Workshop { receiver: &receiver, progress: &*self.progress, cache, secrets });
        self.progress.finish();
        done
    }
}

/// A workspace that was opened: read, and checked by the rules that every answer needs.
pub struct Session {
    root: PathBuf,
    env: Env,
    shelf: Shelf,
    project: Project,
    log: Log,
    /// Why the words that were taken back are not known, so that nothing can be made for the public.
    unguarded: Option<Failure>,
}

impl Session {
    /// Opens the workspace in a folder.
    pub fn open(root: &Path, env: Env) -> Self {
        let log = crate::rules::log();
        let project = packs::open(root, env.receiver(root), &log);
        let project = project.with_cache(&root.join(CACHE), &env.identity);
        let shelf = Shelf::at(&env.archive);
        let (words, unguarded) = match shelf.taken_back() {
            Ok(records) => (taken_back::words(&records), None),
            Err(failure) => (Secrets::default(), Some(failure.into())),
        };
        Self { root: root.to_owned(), env, shelf, project: project.with_secrets(&words), log, unguarded }
    }

    /// Gives what was read.
    pub(crate) fn project(&self) -> &Project {
        &self.project
    }

    /// Gives the errors that leave nothing to answer from.
    pub(crate) fn unreadable(&self) -> Option<Report> {
        let report = self.report(&self.log, false, Finding::stops_build);
        (!report.is_empty()).then_some(report)
    }

    /// Makes sure that the words which were taken back are known.
    fn guarded(&self) -> Result<(), Failure> {
        self.unguarded.clone().map_or(Ok(()), Err)
    }

    /// Tells whether the sources of a meeting are others than those of one of its issues.
    fn has_changed(&self, agenda: &Agenda, number: u32) -> Result<bool, IssueFailure> {
        self.shelf.has_changed(&agenda.id, number, &self.root, &self.project.inputs(agenda))
    }

    fn cache(&self) -> PathBuf {
        self.root.join(CACHE)
    }
}

/// Refuses words for everybody that say what a withheld paper protects.
pub(crate) fn told_to_everybody(option: &str, words: &str, secrets: &Secrets) -> Result<(), Failure> {
    match secrets.said_in(words) {
        Some(secret) => Err(Failure::asked(format!(
            "`{option}` says `{}`, which {} protects, and everybody can read it",
            secret.words, secret.path
        ))
        .hint("say it in other words")),
        None => Ok(()),
    }
}

/// Gives the order of an issue that nothing special is asked of.
pub(crate) fn plain_order<'a>(meeting: &'a str, kind: Kind, time: &'a Time) -> Order<'a> {
    Order {
        meeting,
        kind,
        numbering: Choice::Keep,
        reason: None,
        overrides: &[],
        urgent: None,
        release: BTreeSet::new(),
        withhold: BTreeSet::new(),
        plans: None,
        time,
        reports: true,
        look_too: false,
    }
}

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;
