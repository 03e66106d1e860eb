//! The pack file: what a pack holds, for machines. `pack.json`, schema version 2.
//!
//! Page numbers count from 1, blank pages included; after late changes `printed` says what is printed on them. The public
//! edition's file knows of a withheld paper only its pages and the grounds, and nothing of the sources but the names of
//! public papers: a hash of a file, or a line in one, tells of comments, secrets and withheld items that the file also
//! holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Project;
use super::receive::Files;
use crate::compose::{ComposedItem, Document, Edition, Pack, PageMap, Role, labels};
use crate::finding::{Finding, FindingEntry, Label, Log};
use crate::fs;
use crate::model::Paper;
use crate::model::text::{Block, plain};
use crate::model::visit::{Visit, Visitor};

/// Version of the schema; grows when a field changes its meaning or goes away.
pub(crate) const SCHEMA_VERSION: u32 = 2;

/// What a pack file is made from.
pub(super) struct Description<'a> {
    pub(super) project: &'a Project,
    pub(super) pack: &'a Pack<'a>,
    pub(super) edition: Edition,
    pub(super) pages: &'a PageMap,
    pub(super) papers: &'a BTreeMap<String, String>,
    pub(super) appended: &'a Files,
    pub(super) files: &'a BTreeMap<String, Vec<u8>>,
}

#[derive(Serialize)]
struct PackFile {
    schema_version: u32,
    program: &'static str,
    edition: &'static str,
    meeting: Meeting,
    last_page: u32,
    items: Vec<Item>,
    documents: Vec<DocumentEntry>,
    /// SHA-256 of the sources, by path; of the private edition alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    inputs: Option<BTreeMap<String, String>>,
    outputs: BTreeMap<String, OutputFile>,
    /// Findings; of the private edition alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingEntry>>,
}

#[derive(Serialize)]
struct Meeting {
    id: String,
    body: String,
    body_name: String,
    title: String,
    date: String,
    time: Option<String>,
    place: Option<String>,
    issued: Option<String>,
    status: &'static str,
}

#[derive(Serialize)]
struct Item {
    number: String,
    title: String,
    private: bool,
    withheld: Option<Grounds>,
    pages: Option<PageRange>,
    documents: Vec<String>,
}

#[derive(Serialize)]
struct Grounds {
    paragraphs: Vec<u8>,
    confidential: bool,
}

#[derive(Serialize)]
struct PageRange {
    first: u32,
    last: u32,
    /// What is printed on the two, where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<[String; 2]>,
}

#[derive(Serialize)]
struct DocumentEntry {
    id: String,
    kind: &'static str,
    title: Option<String>,
    item: Option<String>,
    appendix: Option<String>,
    withheld: bool,
    first_page: u32,
    last_page: u32,
    blank_after: bool,
    /// What is printed on its pages, a blank one included, where that is something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    printed: Vec<String>,
    file: Option<String>,
    source: Option<String>,
    /// Pages of the whole file, of which the document may have only some; of appended files in the private edition alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_pages: Option<u32>,
}

#[derive(Serialize)]
struct OutputFile {
    sha256: String,
    bytes: usize,
}

impl Description<'_> {
    pub(super) fn to_json(&self, log: &Log) -> Vec<u8> {
        let private = self.edition == Edition::Private;
        let file = PackFile {
            schema_version: SCHEMA_VERSION,
            program: concat!("boardpack ", env!("CARGO_PKG_VERSION")),
            edition: self.edition.word(),
            meeting: self.meeting(),
            last_page: self.pages.last_page(),
            items: self.items(),
            documents: self.pack.documents.iter().map(|document| self.document(document)).collect(),
            inputs: private.then(|| self.inputs()),
            outputs: self.outputs(),
            findings: private.then(|| self.findings(log)),
        };
        let mut json = serde_json::to_vec_pretty(&file).unwrap_or_default();
        json.push(b'\n');
        json
    }

    fn meeting(&self) -> Meeting {
        let (agenda, body) = (self.pack.agenda, self.pack.body);
        Meeting {
            id: agenda.id.clone(),
            body: body.id.clone(),
            body_name: body.name.value.clone(),
            title: agenda.title.as_ref().map_or_else(|| body.name.value.clone(), |title| plain(&title.content)),
            date: agenda.when.date().to_string(),
            time: agenda.when.has_time.then(|| agenda.when.format("%H:%M").to_string()),
            place: self.pack.meeting.place.map(crate::model::Line::plain),
            issued: agenda.issued.map(|date| date.to_string()),
            status: agenda.status(),
        }
    }

    fn items(&self) -> Vec<Item> {
        let item = |composed: &ComposedItem| {
            let behind: Vec<String> = composed.all_documents().flat_map(|id| self.pack.behind(id)).collect();
            Item {
                number: composed.item.number.clone(),
                title: plain(&composed.title.content),
                private: composed.item.private,
                withheld: composed.withheld.as_ref().map(|withheld| Grounds {
                    paragraphs: withheld.paragraphs.clone(),
                    confidential: withheld.confidential.is_some(),
                }),
                pages: self.pages.range(&behind).map(|(first, last)| {
                    let numbers = &self.pack.numbers;
                    let printed = (!numbers.is_plain()).then(|| [first, last].map(|page| numbers.print(page)));
                    PageRange { first, last, printed }
                }),
                documents: composed.all_documents().cloned().collect(),
            }
        };
        self.pack.items().map(item).collect()
    }

    fn document(&self, document: &Document) -> DocumentEntry {
        let paper = self.pack.paper(document);
        let (first_page, last_page) = self.pages.range(&self.pack.behind(&document.id)).unwrap_or((0, 0));
        let own = self.pages.get(&document.id);
        DocumentEntry {
            id: document.id.clone(),
            kind: self.pack.kind(document),
            title: paper.map(|paper| labels::title(paper, self.pack, &self.project.phrases)),
            item: document.item.clone(),
            appendix: document.appendix.clone(),
            withheld: document.withheld.is_some(),
            first_page,
            last_page: own.map_or(last_page, |pages| pages.last),
            printed: match own {
                Some(pages) if !self.pack.numbers.is_plain() => {
                    (pages.first..=pages.last_with_blank()).map(|page| self.pack.numbers.print(page)).collect()
                }
                _ => Vec::new(),
            },
            blank_after: own.is_some_and(crate::compose::Pages::has_blank),
            file: self.papers.get(&document.id).cloned(),
            source: paper.map(|paper| paper.source().to_owned()),
            source_pages: paper
                .filter(|_| self.edition == Edition::Private)
                .and_then(|paper| self.appended.received.get(&paper.path))
                .map(|received| received.facts.pages),
        }
    }

    /// Gives the papers of this edition.
    fn paper_paths(&self) -> BTreeSet<&str> {
        let papers = self.pack.documents.iter().filter_map(|document| match &document.role {
            Role::Paper(path) => Some(path.as_str()),
            _ => None,
        });
        papers.collect()
    }

    /// Tells whether a source is an input: one of the papers, the agenda, the body's file, or what all bodies share.
    fn is_input(&self, path: &str, papers: &BTreeSet<&str>) -> bool {
        let workspace = self.pack.workspace;
        let own_body = format!("content/bodies/{}/body.", self.pack.body.id);
        let shared = !path.starts_with("content/bodies/") && !workspace.papers.contains_key(path);
        papers.contains(path) || path == self.pack.agenda.path || path.starts_with(&own_body) || shared
    }

    fn inputs(&self) -> BTreeMap<String, String> {
        let workspace = self.pack.workspace;
        let papers = self.paper_paths();
        let mut inputs: BTreeMap<String, String> = self.project.own_files().clone();
        for source in workspace.sources.all() {
            if self.is_input(&source.path, &papers) && !source.text.is_empty() {
                inputs.insert(source.path.clone(), fs::sha256(source.text.as_bytes()));
            }
        }
        let sources = papers.iter().filter_map(|path| workspace.papers.get(*path)).map(Paper::source);
        for path in sources {
            if let Some(hash) = self.appended.hashes.get(path) {
                inputs.insert(path.to_owned(), hash.clone());
            }
        }
        for path in self.pictures(&papers) {
            if let Some(picture) = workspace.pictures.get(path) {
                inputs.insert(path.to_owned(), picture.source.clone());
            }
        }
        inputs
    }

    fn pictures(&self, papers: &BTreeSet<&str>) -> BTreeSet<&str> {
        let workspace = self.pack.workspace;
        let mut pictures = Pictures(BTreeSet::new());
        self.pack.agenda.visit(&mut pictures);
        workspace.council.visit(&mut pictures);
        papers.iter().filter_map(|path| workspace.papers.get(*path)).for_each(|paper| paper.visit(&mut pictures));
        pictures.0.extend(workspace.council.look.logo.as_ref().map(|logo| logo.value.as_str()));
        pictures.0
    }

    fn outputs(&self) -> BTreeMap<String, OutputFile> {
        let prefix = format!("{}/", self.edition.word());
        self.files
            .iter()
            .filter_map(|(path, bytes)| {
                let name = path.strip_prefix(&prefix)?;
                Some((name.to_owned(), OutputFile { sha256: fs::sha256(bytes), bytes: bytes.len() }))
            })
            .collect()
    }

    /// Gives the findings about the inputs.
    fn findings(&self, log: &Log) -> Vec<FindingEntry> {
        let sources = &self.pack.workspace.sources;
        let papers = self.paper_paths();
        let read = |path: &str| sources.all().iter().any(|source| source.path == path && !source.text.is_empty());
        let about_input = |label: &Label| {
            let path = sources.path(label.place);
            self.is_input(path, &papers) && read(path)
        };
        let shown = |finding: &&Finding| finding.labels.iter().all(about_input);
        log.sorted().iter().filter(shown).map(|finding| FindingEntry::of(finding, sources)).collect()
    }
}

/// Gathers the pictures that texts name.
pub(super) struct Pictures<'a>(pub(super) BTreeSet<&'a str>);

impl<'a> Visitor<'a> for Pictures<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Picture { path, .. } => {
                    self.0.insert(&path.value);
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(inner) => self.blocks(inner),
                _ => {}
            }
        }
    }
}
