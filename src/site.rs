//! The web site: static pages from what the archive's public root holds, for any web server.
//!
//! No source is read and no rule is run: what was published is shown as it was published. Addresses are made of body and
//! day ([`address`]), papers are written as HTML from the models that issues keep ([`rich`]), and older issues, which
//! have none, show their PDFs and the words of their pages. A meeting's pages are made again when its object, or minutes
//! of it elsewhere, or what all pages say has changed; lists and feeds always, from [`facts`] that are kept. What comes
//! of it is the same bytes whether all was made anew or only what changed ([`crate::fs::Tree`]).

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use thiserror::Error;

use crate::archive::{Archive, ArchiveFailure, Side};
use crate::fs::{self, Tree, TreeFailure, TreeTally};
use crate::layouts::Phrases;
use facts::{Facts, MinutesRef};
use public::Meeting;
use taken::Taken;

mod address;
mod data;
mod facts;
mod feeds;
mod finish;
mod lists;
mod minutes;
mod pages;
mod public;
mod rich;
mod sheet;
mod taken;
mod templates;

pub(crate) use templates::Templates;

/// Name of the file by which a folder is known to be a site of ours.
const MARKER: &str = ".boardpack-site";

/// Grows when what is noted of a meeting for the next run has other fields: all is then read again.
const NOTES: u32 = 2;

/// Why a site could not be made.
#[derive(Debug, Error)]
pub enum SiteFailure {
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveFailure),
    /// The folder of the site.
    #[error(transparent)]
    Tree(#[from] TreeFailure),
    /// A template.
    #[error("`{file}` cannot be used: {why}")]
    Template {
        /** Path of the template. */
        file: String,
        /** What is wrong. */
        why: String,
    },
    /// Nothing has been issued.
    #[error("nothing has been issued, so there is nothing to show")]
    Nothing,
    /// The folder of the site is in the archive.
    #[error("`{0}` lies in the archive, to which only issues are added")]
    InArchive(String),
    /// Something is being taken back, or was cut off.
    #[error("a run was cut off in the archive, so that it may hold what must not be shown")]
    Unfinished,
}

impl SiteFailure {
    /// Says what to do.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Archive(failure) => failure.help(),
            Self::Tree(TreeFailure::Foreign { .. }) => {
                "name an empty folder, or one that `boardpack site` made, with `--out`".to_owned()
            }
            Self::Tree(TreeFailure::Busy { .. }) => "wait until it has ended, then try again".to_owned(),
            Self::Tree(TreeFailure::Newer { .. }) => {
                "use the version of boardpack that made it, or a newer one".to_owned()
            }
            Self::Tree(TreeFailure::Write(_)) => {
                "make room on the disk, or get the right to write there; then give the same command again".to_owned()
            }
            Self::Template { .. } => "mend it, or remove the file to have the built-in one again".to_owned(),
            Self::Nothing => "issue a meeting first: `boardpack issue MEETING`".to_owned(),
            Self::InArchive(_) => "name a folder outside of it with `--out`".to_owned(),
            Self::Unfinished => "run `boardpack archive repair`, then try again".to_owned(),
        }
    }
}

/// What was made.
#[derive(Debug, Default, Serialize)]
pub struct SiteMade {
    /// Meetings that have pages.
    pub meetings: usize,
    /// Those of them whose pages were made again.
    pub made: usize,
    /// What is damaged in the archive, by meeting: their pages say so.
    pub damaged: BTreeMap<String, Vec<String>>,
    /// Files of the site.
    pub tally: TreeTally,
}

/// What the site notes for its next run.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Notes {
    version: u32,
    /// What all pages depend on: the design, and what was taken back.
    design: String,
    taken: String,
    meetings: BTreeMap<String, Noted>,
}

#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Noted {
    /// Digest of the object.
    object: String,
    /// What its pages were made from.
    pages: String,
    facts: Facts,
    damaged: Vec<String>,
}

/// A site that is being made.
struct Making<'a> {
    archive: &'a Archive,
    templates: &'a Templates,
    tree: Tree,
    taken: Vec<Taken>,
    meetings: BTreeMap<String, Noted>,
    council: Council,
}

/// Makes the site of an archive in a folder.
pub(crate) fn make(archive: &Path, out: &Path, mut templates: Templates) -> Result<SiteMade, SiteFailure> {
    if out.starts_with(archive) {
        return Err(SiteFailure::InArchive(out.display().to_string()));
    }
    let archive = Archive::open(archive)?;
    if archive.is_unfinished()? {
        return Err(SiteFailure::Unfinished);
    }
    let objects = archive.digests(Side::Public)?.into_iter().filter(|(id, _)| !id.starts_with("boardpack/"));
    let objects: Vec<(String, String)> = objects.collect();
    let stones = archive.tombstone_files()?;
    if objects.is_empty() && stones.is_empty() {
        return Err(SiteFailure::Nothing);
    }
    let mut tree = Tree::open(out, MARKER)?;
    let (taken, of_taken) = (taken::all(&stones), fs::sha256(&stones.concat()));
    let notes = tree.notes().and_then(|notes| serde_json::from_value(notes.clone()).ok());
    let noted: Option<Notes> = notes;
    let mut noted = noted.filter(|noted| noted.version == NOTES).unwrap_or_default();
    if noted.taken != of_taken {
        taken::remove_first(&mut tree, &taken)?;
        noted = Notes::default();
    }
    let meetings = read(&archive, objects, &noted);
    let latest = meetings.values().map(|noted| &noted.facts).filter(|facts| !facts.council.is_empty());
    let latest = latest.max_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id))).cloned().unwrap_or_default();
    let council = Council::of(&latest, &archive);
    let design = fs::sha256(format!("{}{council:?}{:?}", templates.hash, latest.phrases).as_bytes());
    templates.word(Phrases::worded(latest.phrases));
    let mut making = Making { archive: &archive, templates: &templates, tree, taken, meetings, council };
    let made = making.pages_of_meetings(&noted, &design)?;
    making.lists()?;
    making.feeds()?;
    making.data()?;
    for (name, bytes) in &templates.files {
        making.tree.put(name, bytes)?;
    }
    let damaged = making.meetings.iter().filter(|(_, noted)| !noted.damaged.is_empty());
    let damaged = damaged.map(|(id, noted)| (id.clone(), noted.damaged.clone())).collect();
    let meetings = making.meetings.len();
    let notes = Notes { version: NOTES, design, taken: of_taken, meetings: making.meetings };
    let tally = making.tree.finish(json!(notes))?;
    Ok(SiteMade { meetings, made, damaged, tally })
}

/// Reads the facts of all meetings whose objects are others than they were, and adds those of which there are only
/// minutes.
fn read(archive: &Archive, objects: Vec<(String, String)>, noted: &Notes) -> BTreeMap<String, Noted> {
    let mut meetings = BTreeMap::new();
    for (id, object) in objects {
        let known = noted.meetings.get(&id).filter(|known| known.object == object && !object.is_empty());
        let facts = known.cloned().unwrap_or_else(|| read_one(archive, &id, object));
        meetings.insert(id, facts);
    }
    let minutes: Vec<(String, MinutesRef)> =
        meetings.values().flat_map(|noted: &Noted| MinutesRef::among(&noted.facts)).collect();
    for (id, _) in minutes {
        let (body, day) = facts::parts(&id);
        let name = meetings.values().find(|noted| noted.facts.body == body).map(|noted| noted.facts.body_name.clone());
        let facts = Facts {
            id: id.clone(),
            body: body.to_owned(),
            body_name: name.unwrap_or_else(|| body.to_owned()),
            date: day.get(..10).unwrap_or(day).to_owned(),
            status: "minutes".to_owned(),
            ..Facts::default()
        };
        meetings.entry(id).or_insert_with(|| Noted { facts, ..Noted::default() });
    }
    meetings
}

fn read_one(archive: &Archive, id: &str, object: String) -> Noted {
    let read = public::read(archive, id);
    let model = |issue: u32, path: &str| public::model(archive, id, issue, path);
    match read {
        Ok(meeting) => {
            Noted { object, facts: facts::of(&meeting, model), damaged: meeting.damaged, ..Noted::default() }
        }
        Err(failure) => {
            let facts = facts::of(&Meeting { id: id.to_owned(), ..Meeting::default() }, model);
            Noted { object: String::new(), facts, damaged: vec![failure.to_string()], ..Noted::default() }
        }
    }
}

/// What all pages say of the council.
#[derive(Debug, Clone, Default)]
struct Council {
    name: String,
    language: String,
}

impl Council {
    fn of(latest: &Facts, archive: &Archive) -> Self {
        let name = Some(latest.council.clone()).filter(|name| !name.is_empty());
        // Older issues say it only in their history.
        let meetings = || archive.meetings(Side::Public).unwrap_or_default();
        let by = || meetings().pop().and_then(|mut meeting| meeting.issues.pop()).map(|issue| issue.user.name);
        let language = if latest.language.is_empty() { "en-GB" } else { &latest.language };
        Self { name: name.or_else(by).unwrap_or_default(), language: language.to_owned() }
    }
}

impl Making<'_> {
    /// Makes the pages of every meeting of which anything has changed, and gives of how many.
    fn pages_of_meetings(&mut self, noted: &Notes, design: &str) -> Result<usize, SiteFailure> {
        let mut minutes: BTreeMap<String, Vec<MinutesRef>> = BTreeMap::new();
        for (id, of) in self.meetings.values().flat_map(|noted| MinutesRef::among(&noted.facts)) {
            minutes.entry(id).or_default().push(of);
        }
        let mut made = 0;
        for id in self.meetings.keys().cloned().collect::<Vec<_>>() {
            let refs = minutes.entry(id.clone()).or_default();
            // What was agreed is the last word, then what was published last.
            refs.sort_by_key(|of| (!of.draft, of.date.clone()));
            let known = &self.meetings[&id];
            let depends = format!("{design}{}{:?}{:?}", known.object, refs, known.damaged);
            let pages = fs::sha256(depends.as_bytes());
            let stands = noted.meetings.get(&id).is_some_and(|noted| noted.pages == pages && noted.damaged.is_empty());
            if !(stands && self.tree.keep(&format!("{}/", address::meeting(&id)))) {
                made += 1;
                let read = public::read(self.archive, &id);
                let empty = Meeting { id: id.clone(), ..Meeting::default() };
                let facts = known.facts.clone();
                pages::make(self, &read.unwrap_or(empty), &facts, refs)?;
            }
            self.meetings.entry(id).and_modify(|known| known.pages = pages);
        }
        Ok(made)
    }

    /// Writes a page: its template filled in, with what all pages have.
    fn page(
        &mut self,
        path: &str,
        template: &str,
        title: &str,
        crumbs: Vec<(String, String)>,
        values: Value,
    ) -> Result<(), SiteFailure> {
        let root = address::up(path);
        let all = context! {
            root => Value::from_safe_string(root), title, crumbs, council => &self.council.name,
            language => &self.council.language, path => path.trim_end_matches("index.html"),
        };
        let html = self.templates.fill(&format!("{template}.html"), context! { ..values, ..all })?;
        Ok(self.tree.put(path, finish::finish(&html).as_bytes())?)
    }

    fn body_name(&self, body: &str) -> String {
        let of = self.meetings.values().map(|noted| &noted.facts).filter(|facts| facts.body == body);
        let named = of.filter(|facts| !facts.body_name.is_empty()).max_by_key(|facts| &facts.date);
        named.map_or_else(|| body.to_owned(), |facts| facts.body_name.clone())
    }

    /// Notes that something of a meeting cannot be read.
    fn damaged(&mut self, id: &str, what: &str) {
        if let Some(noted) = self.meetings.get_mut(id)
            && !noted.damaged.iter().any(|known| known == what)
        {
            noted.damaged.push(what.to_owned());
        }
    }

    fn is_damaged(&self, id: &str) -> bool {
        self.meetings.get(id).is_some_and(|noted| !noted.damaged.is_empty())
    }

    /// Gives what was taken back of a meeting, or of one of its issues.
    fn taken_back(&self, id: &str, issue: Option<u32>) -> Vec<Value> {
        self.taken.iter().filter_map(|taken| taken.told(id, issue)).collect()
    }
}

/// Gives a day in words.
fn day(day: &str) -> String {
    day.parse::<NaiveDate>().map_or_else(|_| day.to_owned(), templates::long)
}
