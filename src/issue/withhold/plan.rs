//! Finds what must go: by the paper, by the bytes of its files, and by words.

use std::collections::{BTreeMap, BTreeSet};

use super::redacted::{redacted_manifest, redacted_record, says, titles};
use super::{NoticeOf, Taken};
use crate::archive::{self, Archive, ArchivedFile, Hole, Issue, Meeting, Side};
use crate::finding::Place;
use crate::fs;
use crate::issue::IssueFailure;
use crate::issue::contents::{FINDINGS, MANIFEST, PROOFS, PUBLIC, PUBLIC_FOLDER, SOURCES, WHOLE, json};
use crate::issue::manifest::{Kind, Manifest};
use crate::issue::proof::Proof;
use crate::issue::shelf::is_program;
use crate::packs::{self, MODELS};
use crate::record::{Document, Record};
use crate::secrets::Secret;

/// What is to be taken back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The paper.
    pub(crate) paper: Option<&'a Taken>,
    /// Words that no public file may hold.
    pub(crate) words: &'a [String],
    /// Whether the whole root loses them as well.
    pub(crate) erase: bool,
}

/// What must go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// The papers, of every meeting that had them.
    pub(crate) papers: BTreeSet<Taken>,
    /// Words that no public file may hold.
    pub(crate) words: Vec<String>,
    /// The files, with what stands in their place.
    pub(crate) holes: Vec<(Hole, Option<Vec<u8>>)>,
    /// SHA-512 of the papers' own files.
    pub(crate) sources: BTreeSet<String>,
    /// Public files that could not be searched for the words, by meeting, issue and path.
    pub(crate) unread: Vec<String>,
}

/// An issue with its files.
struct Version {
    meeting: String,
    number: u32,
    message: String,
    files: BTreeMap<String, ArchivedFile>,
}

struct Planning<'a> {
    archive: &'a Archive,
    wanted: Wanted<'a>,
    words: Vec<Secret>,
    /// What was taken back before.
    before: Vec<Hole>,
    /// What is gone, or goes now.
    gone: BTreeSet<(String, u32, String)>,
    /// What each file says, by its digest.
    searched: BTreeMap<String, bool>,
    plan: Plan,
}

impl Plan {
    /// Finds what must go.
    pub(crate) fn new(archive: &Archive, wanted: Wanted) -> Result<Self, IssueFailure> {
        let words = wanted.words.iter().map(|words| Secret::new(words, Place::default(), "", Vec::new())).collect();
        let records = archive.withheld()?;
        // What lost its public file may still be erased, and a proof loses more with each record.
        let before = records.iter().filter(|record| record.erased || !wanted.erase).flat_map(|record| &record.holes);
        let gone = before.filter(|hole| !PROOFS.contains(&hole.path.as_str()));
        let gone = gone.map(|hole| (hole.meeting.clone(), hole.issue, hole.path.clone())).collect();
        let before = records.into_iter().flat_map(|record| record.holes).collect();
        let plan = Self { words: wanted.words.to_vec(), ..Self::default() };
        let mut planning = Planning { archive, wanted, words, before, gone, searched: BTreeMap::new(), plan };
        planning.run()?;
        planning.plan.holes.sort();
        Ok(planning.plan)
    }

    /// Gives the issues that lose something, by meeting.
    pub(crate) fn issues(&self) -> BTreeMap<&str, BTreeSet<u32>> {
        let mut issues: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for (hole, _) in &self.holes {
            issues.entry(&hole.meeting).or_default().insert(hole.issue);
        }
        issues
    }

    /// Gives the files that go from the public root, by meeting and path there.
    pub(crate) fn public_files(&self) -> impl Iterator<Item = (&Hole, &str)> {
        let gone = self.holes.iter().filter(|(hole, instead)| instead.is_none() && hole.path != archive::note());
        gone.filter_map(|(hole, _)| Some((hole, hole.path.strip_prefix(PUBLIC_FOLDER)?)))
    }

    pub(super) fn notices(&self, archive: &Archive) -> Result<Vec<NoticeOf>, IssueFailure> {
        let mut notices = Vec::new();
        for (meeting, issues) in self.issues() {
            let last = archive.meeting(Side::Whole, meeting)?.map_or(0, |meeting| meeting.issues.len());
            let last = u32::try_from(last).unwrap_or_default();
            // The proof of an issue that is damaged may not be there.
            let proof = archive.read(Side::Whole, meeting, last, PROOFS[1]).ok();
            notices.push(NoticeOf {
                meeting: meeting.to_owned(),
                files: self.public_files().filter(|(hole, _)| hole.meeting == meeting).count(),
                issues: issues.into_iter().collect(),
                last_proof: proof.map(|proof| fs::sha256(&proof)),
            });
        }
        Ok(notices)
    }
}

impl Planning<'_> {
    fn run(&mut self) -> Result<(), IssueFailure> {
        let meetings = self.archive.meetings(Side::Whole)?;
        let meetings: Vec<Meeting> = meetings.into_iter().filter(|meeting| !is_program(&meeting.id)).collect();
        let mut versions: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        for meeting in &meetings {
            let all: Result<Vec<Version>, IssueFailure> =
                meeting.issues.iter().map(|issue| self.version(&meeting.id, issue)).collect();
            versions.insert(meeting.id.clone(), all?);
        }
        if let Some(paper) = self.wanted.paper {
            self.plan.sources = versions
                .get(&paper.meeting)
                .into_iter()
                .flatten()
                .filter_map(|version| version.source(&paper.paper).map(|file| file.sha512.clone()))
                .collect();
        }
        let mut singles = BTreeSet::new();
        for all in versions.values() {
            let mut follows = false;
            for version in all {
                follows = self.by_paper(version, follows, &mut singles)?;
            }
        }
        for version in versions.values().flatten() {
            let same = version.public().filter(|file| singles.contains(&file.sha512));
            let same: Vec<String> = same.map(|file| file.path.clone()).collect();
            self.take(version, same);
            self.by_words(version);
            self.proofs(version)?;
        }
        Ok(())
    }

    fn version(&self, meeting: &str, issue: &Issue) -> Result<Version, IssueFailure> {
        let files = self.archive.files(Side::Whole, meeting, issue.version)?;
        let public = self.archive.message_in_public(meeting, issue.version)?;
        Ok(Version {
            meeting: meeting.to_owned(),
            number: issue.version,
            message: public,
            files: files.into_iter().map(|file| (file.path.clone(), file)).collect(),
        })
    }

    /// Takes what holds the paper. `follows` tells whether the issue before had it in public, so that the changes since
    /// then tell of it. Gives that of this issue.
    fn by_paper(
        &mut self,
        version: &Version,
        follows: bool,
        singles: &mut BTreeSet<String>,
    ) -> Result<bool, IssueFailure> {
        if self.wanted.paper.is_none() {
            return Ok(false);
        }
        let public = self.record(version, PUBLIC);
        let hits = self.hits(version, &public, false);
        if !hits.is_empty() {
            let others = self.others(version, &public, &hits)?;
            let gone = version.public().filter(|file| !others.contains(file.path.as_str()));
            let gone: Vec<String> = gone.map(|file| file.path.clone()).collect();
            let own = self.singles(version, &hits)?;
            singles.extend(own.iter().filter_map(|path| Some(version.files.get(path)?.sha512.clone())));
            self.take(version, gone);
        } else if follows && !self.manifest(version).is_some_and(|manifest| manifest.kind == Kind::Withhold) {
            // What the verb itself issues tells of no such change.
            let gone = version.public().filter(|file| is_about_changes(&file.path));
            let gone = gone.map(|file| file.path.clone()).collect();
            self.take(version, gone);
        }
        if self.wanted.erase {
            self.erase(version)?;
        }
        Ok(!hits.is_empty())
    }

    /// Takes what of the whole issue holds the paper: all but the papers of others, with a record that has lost its
    /// words.
    fn erase(&mut self, version: &Version) -> Result<(), IssueFailure> {
        let record = self.record(version, WHOLE);
        let hits = self.hits(version, &record, true);
        if hits.is_empty() {
            return Ok(());
        }
        let keys: BTreeSet<String> = hits.iter().map(|document| document.key.clone()).collect();
        let singles = self.singles(version, &hits)?;
        let mut gone: Vec<String> = singles.into_iter().collect();
        for file in version.files.values() {
            let path = file.path.as_str();
            let is_pack = path.starts_with("private/") && !path["private/".len()..].contains('/');
            if is_pack || path == "changes.json" || self.plan.sources.contains(&file.sha512) {
                gone.push(path.to_owned());
            }
        }
        gone.extend(self.naming(version, &record, &hits)?);
        gone.extend(self.pictures_of(version, &keys)?);
        self.take(version, gone);
        self.redact(version, &record, &keys);
        Ok(())
    }

    /// Puts in the place of what a whole issue says of itself the same without the words of the papers, for the next
    /// issue needs their pages.
    fn redact(&mut self, version: &Version, record: &Record, keys: &BTreeSet<String>) {
        self.put(version, WHOLE, json(&redacted_record(record, keys, &self.words)));
        self.put(version, FINDINGS, b"[]\n".to_vec());
        if let Some(manifest) = self.manifest(version) {
            self.put(version, MANIFEST, json(&redacted_manifest(manifest, keys, &self.words)));
        }
    }

    fn manifest(&self, version: &Version) -> Option<Manifest> {
        let bytes = self.archive.read(Side::Whole, &version.meeting, version.number, MANIFEST).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Gives the pictures and converted files that a paper's own file names and no other source does.
    fn pictures_of(&self, version: &Version, keys: &BTreeSet<String>) -> Result<Vec<String>, IssueFailure> {
        let is_text = |path: &str| fs::has_ending(path, &["yaml", "yml"]);
        let (mut own, mut others) = (String::new(), String::new());
        let named: BTreeSet<String> = keys.iter().filter_map(|key| Some(version.source(key)?.path.clone())).collect();
        for path in version.files.keys().filter(|path| path.starts_with(SOURCES) && is_text(path)) {
            let text = self.archive.read(Side::Whole, &version.meeting, version.number, path)?;
            let to = if named.contains(path) { &mut own } else { &mut others };
            to.push_str(&String::from_utf8_lossy(&text));
        }
        let names = |path: &&String| {
            let name = path.rsplit('/').next().unwrap_or(path);
            own.contains(name) && !others.contains(name)
        };
        let beside = version.files.keys().filter(|path| path.starts_with(SOURCES) && !is_text(path));
        Ok(beside.filter(names).cloned().collect())
    }

    /// Takes the files, and what the version says of itself, that say one of the words.
    fn by_words(&mut self, version: &Version) {
        if self.words.is_empty() {
            return;
        }
        let erase = self.wanted.erase;
        let wanted = |file: &&ArchivedFile| {
            let is_own =
                matches!(file.path.as_str(), MANIFEST | WHOLE | FINDINGS) || PROOFS.contains(&file.path.as_str());
            file.path.starts_with(PUBLIC_FOLDER) && file.path != PROOFS[1] || erase && !is_own
        };
        let files: Vec<&ArchivedFile> = version.files.values().filter(wanted).collect();
        let mut unknown: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for file in files.iter().filter(|file| !self.searched.contains_key(&file.sha512)) {
            let bytes = self.archive.read(Side::Whole, &version.meeting, version.number, &file.path);
            let ending = if fs::has_ending(&file.path, &["pdf"]) { ".pdf" } else { "" };
            match bytes {
                Ok(bytes) => drop(unknown.insert(format!("{}{ending}", file.sha512), bytes)),
                Err(_) => self.plan.unread.push(version.place(&file.path)),
            }
        }
        let told = packs::told(&unknown, &self.words);
        for name in unknown.keys() {
            let digest = name.trim_end_matches(".pdf").to_owned();
            self.searched.insert(digest, told.says.contains(name));
            if told.unread.contains(name) {
                let paths = files.iter().filter(|file| name.starts_with(&file.sha512)).map(|file| &file.path);
                self.plan.unread.extend(paths.map(|path| version.place(path)));
            }
        }
        let hit = |file: &&&ArchivedFile| {
            says(&self.words, &file.path) || self.searched.get(&file.sha512).copied().unwrap_or_default()
        };
        let mut gone: Vec<String> = files.iter().filter(hit).map(|file| file.path.clone()).collect();
        if says(&self.words, &version.message) {
            gone.push(archive::note().to_owned());
        }
        if erase && !gone.is_empty() {
            let record = self.record(version, WHOLE);
            self.redact(version, &record, &BTreeSet::new());
        }
        self.take(version, gone);
    }

    /// Puts a proof in the place of each that names a file which goes; the public one lacks what went before, too.
    fn proofs(&mut self, version: &Version) -> Result<(), IssueFailure> {
        let own = |hole: &&Hole| hole.meeting == version.meeting && hole.issue == version.number;
        let holes = self.plan.holes.iter().map(|(hole, _)| hole).filter(own);
        let mut gone: Vec<String> = holes.map(|hole| hole.path.clone()).collect();
        if !gone.iter().any(|path| path != archive::note()) {
            return Ok(());
        }
        let before = self.before.iter().filter(own);
        let public = before.filter(|hole| hole.instead.is_none() && hole.path.starts_with(PUBLIC_FOLDER));
        let public: Vec<String> = public.map(|hole| hole.path.clone()).collect();
        let proofs = PROOFS.into_iter().skip(usize::from(!self.wanted.erase));
        for path in proofs.filter(|path| version.files.contains_key(*path)) {
            let bytes = self.archive.read(Side::Whole, &version.meeting, version.number, path)?;
            let below = if path == PROOFS[1] { PUBLIC_FOLDER } else { "" };
            if path == PROOFS[1] {
                gone.extend(public.iter().cloned());
            }
            let paths: Vec<&str> = gone.iter().filter_map(|path| path.strip_prefix(below)).collect();
            self.put(version, path, Proof::read(&bytes)?.without(&paths));
        }
        Ok(())
    }

    fn take(&mut self, version: &Version, paths: Vec<String>) {
        for path in paths {
            for model in version.models(&path) {
                self.add(version, &model, None);
            }
            self.add(version, &path, None);
        }
    }

    fn put(&mut self, version: &Version, path: &str, instead: Vec<u8>) {
        self.add(version, path, Some(instead));
    }

    fn add(&mut self, version: &Version, path: &str, instead: Option<Vec<u8>>) {
        let key = (version.meeting.clone(), version.number, path.to_owned());
        let sha512 = version.files.get(path).map(|file| file.sha512.clone());
        let sha512 = sha512.or_else(|| (path == archive::note()).then(String::new));
        if let Some(sha512) = sha512.filter(|_| self.gone.insert(key)) {
            let (meeting, issue, path) = (version.meeting.clone(), version.number, path.to_owned());
            self.plan.holes.push((Hole { meeting, issue, path, sha512, instead: None }, instead));
        }
    }

    /// Reads a record; one that cannot be read is noted, since the paper may be in it.
    fn record(&mut self, version: &Version, path: &str) -> Record {
        let bytes = self.archive.read(Side::Whole, &version.meeting, version.number, path);
        let record = bytes.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if record.is_none() && version.files.contains_key(path) {
            self.plan.unread.push(version.place(path));
        }
        record.unwrap_or_default()
    }

    /// Gives the documents of a record that are the paper, or have the bytes of one of its files.
    fn hits<'r>(&mut self, version: &Version, record: &'r Record, withheld_too: bool) -> Vec<&'r Document> {
        let Some(paper) = self.wanted.paper else { return Vec::new() };
        let sources = &self.plan.sources;
        let is_hit = |document: &&Document| {
            let is_it = version.meeting == paper.meeting && document.key == paper.paper;
            let source = version.source(&document.key);
            (withheld_too || !document.withheld) && (is_it || source.is_some_and(|file| sources.contains(&file.sha512)))
        };
        let hits: Vec<&Document> = record.documents.iter().filter(is_hit).collect();
        let taken = |document: &&Document| Taken { meeting: version.meeting.clone(), paper: document.key.clone() };
        self.plan.papers.extend(hits.iter().map(taken));
        hits
    }

    /// Gives the paths of the single papers that documents are, in either edition.
    fn singles(&self, version: &Version, documents: &[&Document]) -> Result<BTreeSet<String>, IssueFailure> {
        let sources: BTreeSet<&str> = documents.iter().map(|document| source_of(&document.key)).collect();
        let all = self.papers(version)?;
        Ok(all.into_iter().filter(|(_, source)| sources.contains(source.as_str())).map(|(path, _)| path).collect())
    }

    /// Gives the paths of what else may stay in public: what the issue says of itself, and single papers of other
    /// documents that do not name the paper.
    fn others(&self, version: &Version, record: &Record, hits: &[&Document]) -> Result<BTreeSet<String>, IssueFailure> {
        let (own, naming) = (self.singles(version, hits)?, self.naming(version, record, hits)?);
        let papers = self.papers(version)?.into_iter().map(|(path, _)| path);
        let stays = papers.filter(|path| !own.contains(path) && !naming.contains(path));
        let stays = stays.flat_map(|path| [model_of(&path), Some(path)].into_iter().flatten());
        Ok(stays.chain([format!("{PUBLIC_FOLDER}issue.json"), PROOFS[1].to_owned()]).collect())
    }

    /// Gives the paths of single papers, in either edition, that name the paper by its title.
    fn naming(&self, version: &Version, record: &Record, hits: &[&Document]) -> Result<BTreeSet<String>, IssueFailure> {
        let keys = hits.iter().map(|document| document.key.clone()).collect();
        let titles = titles(record, &keys);
        let mut papers = BTreeMap::new();
        for (path, _) in self.papers(version)? {
            let bytes = self.archive.read(Side::Whole, &version.meeting, version.number, &path)?;
            papers.insert(path, bytes);
        }
        Ok(packs::told(&papers, &titles).says)
    }

    /// Gives the single papers of both editions with the sources that they were made from.
    fn papers(&self, version: &Version) -> Result<Vec<(String, String)>, IssueFailure> {
        let mut papers = Vec::new();
        for edition in ["public", "private"] {
            let path = format!("{edition}/pack.json");
            if !version.files.contains_key(&path) {
                continue;
            }
            let bytes = self.archive.read(Side::Whole, &version.meeting, version.number, &path)?;
            let pack: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
            for document in pack["documents"].as_array().into_iter().flatten() {
                let file = document["file"].as_str().map(|file| format!("{edition}/{file}"));
                // A pack file of the private edition names public papers too.
                if let Some(file) = file.filter(|file| version.files.contains_key(file)) {
                    papers.push((file, document["source"].as_str().unwrap_or_default().to_owned()));
                }
            }
        }
        Ok(papers)
    }
}

impl Version {
    /// Gives a file in words.
    fn place(&self, path: &str) -> String {
        format!("{}, issue {}, {path}", self.meeting, self.number)
    }

    fn public(&self) -> impl Iterator<Item = &ArchivedFile> {
        self.files.values().filter(|file| file.path.starts_with(PUBLIC_FOLDER))
    }

    /// Gives what goes with the PDF of a paper: the paper as data, and the pictures, which nobody can search.
    fn models(&self, path: &str) -> Vec<String> {
        let Some(model) = model_of(path) else { return Vec::new() };
        let pictures = self.files.keys().filter(|path| path.starts_with(MODELS) && !fs::has_ending(path, &["json"]));
        pictures.cloned().chain([model]).collect()
    }

    /// Gives the file among the sources that a document is made from.
    fn source(&self, key: &str) -> Option<&ArchivedFile> {
        self.files.get(&format!("{SOURCES}{}", source_of(key)))
    }
}

/// Gives the path of a public paper as data by that of its PDF.
fn model_of(path: &str) -> Option<String> {
    let stem = path.strip_prefix(PUBLIC_FOLDER)?.strip_prefix("papers/")?.strip_suffix(".pdf")?;
    Some(format!("{MODELS}{stem}.json"))
}

/// Gives the path of the file that a document is made from: its key without the count of a further use.
fn source_of(key: &str) -> &str {
    let key = key.rsplit_once(" (").map_or(key, |(path, _)| path);
    key.rsplit_once('#').map_or(key, |(path, _)| path)
}

/// Tells whether a public file tells of changes since the issue before.
pub(crate) fn is_about_changes(path: &str) -> bool {
    let name = path.strip_prefix(PUBLIC_FOLDER).unwrap_or(path);
    ["changes.pdf", "changes.json", "replacement-sheets.pdf"].contains(&name)
}
