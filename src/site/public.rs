//! What the archive's public root holds of a meeting, read once and as data.
//!
//! Nothing else is read: no source, no whole root. What cannot be read is told of, and the rest is there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;

use super::address;
use crate::archive::{Archive, ArchiveFailure, ArchivedFile, Side};
use crate::fs;
use crate::record::Record;

/// The newest schema of `pack.json`, and that of models, which this program knows.
const KNOWN: [u64; 2] = [2, 1];

/// A meeting as it was published.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    /// Id, such as `cabinet/2026-10-06`.
    pub(super) id: String,
    /// Its issues, the first first.
    pub(super) issues: Vec<Issue>,
    /// Files that could not be read, in words.
    pub(super) damaged: Vec<String>,
}

/// An issue as it was published, without what was taken back.
#[derive(Debug, Default)]
pub(super) struct Issue {
    pub(super) number: u32,
    /// What it says of itself.
    pub(super) about: About,
    /// Files by path.
    pub(super) files: BTreeMap<String, ArchivedFile>,
    pub(super) pack: Option<Pack>,
    /// What differs from the issue before.
    pub(super) changes: Option<Json>,
    /// The model of the front sheet.
    pub(super) sheet: Option<Json>,
    /// Its papers and placeholders in order, without the front sheet.
    pub(super) papers: Vec<Paper>,
    /// How many members, and who, by the record.
    pub(super) membership: Vec<String>,
}

/// What an issue says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct About {
    pub(super) kind: String,
    pub(super) issued: String,
    pub(super) given_time: Option<String>,
    pub(super) reason: Option<String>,
}

/// The public pack file, as far as pages are made from it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pack {
    schema_version: u64,
    pub(super) meeting: Facts,
    pub(super) items: Vec<Item>,
    documents: Vec<Entry>,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    pub(super) body_name: String,
    pub(super) title: String,
    pub(super) date: String,
    pub(super) time: Option<String>,
    pub(super) place: Option<String>,
    pub(super) status: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Item {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) private: bool,
    pub(super) withheld: Option<Grounds>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Grounds {
    pub(super) paragraphs: Vec<u8>,
    pub(super) confidential: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Entry {
    kind: String,
    title: Option<String>,
    item: Option<String>,
    appendix: Option<String>,
    withheld: bool,
    first_page: u32,
    last_page: u32,
    printed: Vec<String>,
    file: Option<String>,
    source: Option<String>,
}

/// A paper of an issue, or what stands in the place of one.
#[derive(Debug, Default, Clone)]
pub(super) struct Paper {
    /// Folder of its page below that of the meeting.
    pub(super) address: String,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) item: Option<String>,
    pub(super) appendix: Option<String>,
    pub(super) withheld: bool,
    /// First and last page in the pack, counted from 1.
    pub(super) range: [u32; 2],
    /// Its pages, blank ones included.
    pub(super) pages: Vec<Page>,
    /// The file of its PDF.
    pub(super) file: Option<String>,
    /// Path of its model.
    pub(super) model: Option<String>,
    /// The meeting whose minutes it is, as far as where its source lay says so.
    pub(super) minutes_of: Option<String>,
}

/// A page of a paper.
#[derive(Debug, Default, Clone)]
pub(super) struct Page {
    pub(super) label: String,
    pub(super) blank: bool,
    pub(super) words: String,
    /// On which sheet of the public pack it is.
    pub(super) sheet: usize,
}

impl Issue {
    /// Gives the file of an issue that a supplement, a notice or the whole pack is.
    pub(super) fn packs(&self) -> impl Iterator<Item = &ArchivedFile> {
        self.files.values().filter(|file| !file.path.contains('/') && fs::has_ending(&file.path, &["pdf"]))
    }

    /// Gives what is printed on a page of the pack.
    pub(super) fn label(&self, page: u32) -> String {
        let of = |paper: &Entry| {
            let at = page.checked_sub(paper.first_page)?;
            paper.printed.get(usize::try_from(at).ok()?).cloned()
        };
        let entries = self.pack.iter().flat_map(|pack| &pack.documents);
        entries
            .filter(|entry| entry.last_page >= page || !entry.printed.is_empty())
            .find_map(of)
            .unwrap_or_else(|| page.to_string())
    }
}

/// Reads a meeting. A file that is damaged is told of; an object that is damaged is a failure.
pub(super) fn read(archive: &Archive, id: &str) -> Result<Meeting, ArchiveFailure> {
    let mut meeting = Meeting { id: id.to_owned(), ..Meeting::default() };
    let versions = archive.meeting(Side::Public, id)?.map(|meeting| meeting.issues).unwrap_or_default();
    for version in versions {
        let files = archive.files(Side::Public, id, version.version)?;
        let files: BTreeMap<String, ArchivedFile> = files.into_iter().map(|file| (file.path.clone(), file)).collect();
        let mut issue = Issue { number: version.version, files, ..Issue::default() };
        let mut reader = Reader { archive, id, number: version.version, damaged: &mut meeting.damaged };
        issue.about = reader.json(&issue, "issue.json").unwrap_or_default();
        if issue.about.issued.is_empty() {
            issue.about.issued.clone_from(&version.created);
        }
        issue.pack = reader.json(&issue, "pack.json").filter(|pack: &Pack| pack.schema_version <= KNOWN[0]);
        issue.changes = reader.json(&issue, "changes.json");
        issue.sheet = reader.model(&issue, "models/agenda.json");
        let record: Option<Record> = reader.json(&issue, "record.json");
        issue.membership = record.as_ref().map(|record| record.meeting.membership.clone()).unwrap_or_default();
        issue.papers = match &issue.pack {
            Some(pack) => of_pack(pack, record.as_ref(), &issue.files),
            None => reader.of_models(&issue),
        };
        meeting.issues.push(issue);
    }
    Ok(meeting)
}

/// Reads the model of a paper; nothing where an issue has none.
pub(super) fn model(archive: &Archive, id: &str, number: u32, path: &str) -> Option<Json> {
    let bytes = archive.read(Side::Public, id, number, path).ok()?;
    let model: Json = serde_json::from_slice(&bytes).ok()?;
    (model["schema_version"].as_u64()? <= KNOWN[1]).then_some(model)
}

struct Reader<'a> {
    archive: &'a Archive,
    id: &'a str,
    number: u32,
    damaged: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn json<T: serde::de::DeserializeOwned>(&mut self, issue: &Issue, path: &str) -> Option<T> {
        issue.files.get(path)?;
        let read = self.archive.read(Side::Public, self.id, self.number, path).map_err(|failure| failure.to_string());
        let parsed = read.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()));
        parsed.map_err(|why| self.damaged.push(why)).ok()
    }

    fn model(&mut self, issue: &Issue, path: &str) -> Option<Json> {
        self.json(issue, path).filter(|model: &Json| model["schema_version"].as_u64().is_some_and(|of| of <= KNOWN[1]))
    }

    /// Gives the papers of an issue whose pack was taken back, from the models of those that are left.
    fn of_models(&mut self, issue: &Issue) -> Vec<Paper> {
        let is_model = |path: &&String| {
            path.strip_prefix("models/").is_some_and(|name| fs::has_ending(name, &["json"]) && name != "agenda.json")
        };
        let mut models: Vec<(u64, String, Json)> = Vec::new();
        for path in issue.files.keys().filter(is_model) {
            if let Some(model) = self.model(issue, path) {
                models.push((model["pages"]["first"].as_u64().unwrap_or(0), path.clone(), model));
            }
        }
        models.sort_by_key(|(first, path, _)| (*first, path.clone()));
        let mut papers: Vec<Paper> = Vec::new();
        for (_, path, model) in models {
            let text = |name: &str| model[name].as_str().map(str::to_owned);
            let page =
                |name: &str| model["pages"][name].as_u64().and_then(|page| u32::try_from(page).ok()).unwrap_or(0);
            let (item, appendix) = (text("item"), text("appendix"));
            let is_taken = |path: &str| papers.iter().any(|paper| paper.address == path);
            papers.push(Paper {
                address: address::paper(item.as_deref(), appendix.as_deref(), is_taken),
                kind: text("kind").unwrap_or_default(),
                title: super::rich::plain(&model["paper"]["title"]),
                range: [page("first"), page("last")],
                file: text("file").filter(|file| issue.files.contains_key(file)),
                model: Some(path),
                item,
                appendix,
                ..Paper::default()
            });
        }
        papers
    }
}

fn of_pack(pack: &Pack, record: Option<&Record>, files: &BTreeMap<String, ArchivedFile>) -> Vec<Paper> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut papers = Vec::new();
    let mut sheet = 1;
    let documents = record.map(|record| record.documents.as_slice()).unwrap_or_default();
    for (index, entry) in pack.documents.iter().enumerate() {
        // The two are written from one list.
        let document = documents.get(index).filter(|document| document.kind == entry.kind);
        let pages = document.map(|document| document.pages.as_slice()).unwrap_or_default();
        let pages: Vec<Page> = pages
            .iter()
            .zip(sheet..)
            .map(|(page, sheet)| Page {
                label: page.number.clone(),
                blank: page.blank,
                words: page.text.clone(),
                sheet,
            })
            .collect();
        sheet += pages.len();
        if entry.kind == "front-sheet" {
            continue;
        }
        let path = address::paper(entry.item.as_deref(), entry.appendix.as_deref(), |path| taken.contains(path));
        taken.insert(path.clone());
        let file = entry.file.clone().filter(|file| files.contains_key(file));
        let model = file.as_ref().map(|file| file.replacen("papers/", "models/", 1).replace(".pdf", ".json"));
        papers.push(Paper {
            address: path,
            kind: entry.kind.clone(),
            title: entry.title.clone().or_else(|| document.map(|document| document.title.clone())).unwrap_or_default(),
            item: entry.item.clone(),
            appendix: entry.appendix.clone(),
            withheld: entry.withheld,
            range: [entry.first_page, entry.last_page],
            pages,
            model: model.filter(|model| files.contains_key(model)),
            file,
            minutes_of: entry.source.as_deref().filter(|_| entry.kind == "minutes").and_then(meeting_of),
        });
    }
    papers
}

/// Gives the meeting in whose folder a source lies.
fn meeting_of(source: &str) -> Option<String> {
    let (folder, _) = source.strip_prefix("content/bodies/")?.rsplit_once('/')?;
    folder.contains('/').then(|| folder.to_owned())
}
