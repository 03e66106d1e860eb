//! Composed packs to Typst source, through the templates in `layouts/`.
//!
//! The renderer makes [`Data`]: texts, numbers, lists, fields, and Typst code made from
//! Markdown. A template calls a layout's function with it; the formatter writes it as a Typst
//! *literal*. Nothing that a writer types can become Typst code.
//!
//! Every literal is written behind a comment that says which bytes of which source it came from,
//! so that what Typst says of the literal can be said of the source.

use std::collections::{BTreeMap, BTreeSet};

use crate::appended::Received;
use crate::compose::{Document, Edition, Pack, PageMap, Role};
use crate::finding::{Finding, Place};
use crate::layouts::{Layouts, Phrases};
use crate::model::Workspace;

mod alone;
mod appended;
pub(crate) mod fill;
mod grounds;
mod info;
mod interests;
mod ledger;
pub mod literal;
mod markdown;
mod model;
mod node;
mod papers;
mod people;
mod scripts;
mod sheet;
mod words;

pub(crate) use alone::{About, alone};
use fill::Form;
pub(crate) use ledger::tables;
use literal::Data;
use markdown::Writer;
pub(crate) use model::model;
use words::Words;

/// Files for Typst's world; the main one is `main.typ`.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Generated sources, layouts and pictures, by path from the world's root.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Rendered {
    fn with(layouts: &Layouts) -> Self {
        let files = layouts.all().iter().map(|(name, bytes)| (format!("layouts/{name}"), bytes.clone()));
        Self { files: files.collect() }
    }

    fn add_pictures(&mut self, pictures: &BTreeSet<String>, workspace: &Workspace) {
        for path in pictures {
            if let Some(picture) = workspace.pictures.get(path) {
                self.files.insert(workspace.printed_path(path), picture.bytes.clone());
            }
        }
    }
}

/// What one rendering is made from.
pub struct Job<'a> {
    /// The composed pack: the public one for the public edition.
    pub pack: &'a Pack<'a>,
    /// Which edition.
    pub edition: Edition,
    /// For a single document: its id.
    pub only: Option<&'a str>,
    /// Pages of the whole pack, once they are known.
    pub pages: Option<&'a PageMap>,
    /// Layouts.
    pub layouts: &'a Layouts,
    /// Fixed words.
    pub phrases: &'a Phrases,
    /// Appended files as they were received, by the key of their paper.
    pub appended: &'a BTreeMap<String, Received>,
}

impl Job<'_> {
    fn documents(&self) -> impl Iterator<Item = &Document> {
        self.pack.documents.iter().filter(|document| self.only.is_none_or(|id| document.id == id))
    }

    fn words(&self) -> Words<'_> {
        Words { pack: self.pack, phrases: self.phrases }
    }
}

/// Gives the members of the meeting with their roles, as they are printed.
pub(crate) fn members(pack: &Pack, phrases: &Phrases) -> Vec<String> {
    let words = Words { pack, phrases };
    pack.meeting.members.iter().map(|member| words.in_role(member, false).value).collect()
}

/// Renders an edition. A template that cannot be used is a finding.
pub fn edition(job: &Job) -> Result<Rendered, Box<Finding>> {
    let mut rendered = Rendered::with(job.layouts);
    let (mut documents, mut forms) = (Vec::new(), Vec::new());
    let mut pictures: BTreeSet<String> = BTreeSet::new();
    for document in job.documents() {
        let file = format!("papers/{}.typ", document.id);
        let mut used = Vec::new();
        let run = info::run(job, document, &format!("/{file}"));
        let (template, data) = document_data(job, document, &mut used);
        forms.push(Form::new(&file, template, [("paper", data), ("run", run.clone())]));
        rendered.files.extend(appended_pictures(job, document));
        pictures.extend(used);
        documents.push(run);
    }
    forms.push(Form::new("pack-info.typ", "pack-info", [("info", info::info(job, &mut pictures))]));
    forms.push(Form::new("references.typ", "references", [("references", info::references(job))]));
    let edition = Data::string(job.edition.word());
    let main = [("about", info::about(job)), ("documents", Data::List(documents)), ("edition", edition)];
    forms.push(Form::new("main.typ", "main", main));
    rendered.files.extend(fill::files(job.layouts, forms)?);
    rendered.add_pictures(&pictures, job.pack.workspace);
    Ok(rendered)
}

/// Gives the template of a document, and the data that it is called with.
fn document_data(job: &Job, document: &Document, pictures: &mut Vec<String>) -> (&'static str, Data) {
    match &document.role {
        Role::FrontSheet => ("front-sheet", sheet::front_sheet(job, pictures)),
        Role::Placeholder(ids) => ("placeholder", sheet::placeholder(job, document, ids, pictures)),
        Role::Paper(path) => match job.pack.workspace.papers.get(path) {
            Some(paper) => (paper.kind.word(), papers::paper(job, document, paper, pictures)),
            None => ("paper", Data::fields([])),
        },
    }
}

/// Gives the pictures that are a paper by themselves.
fn appended_pictures(job: &Job, document: &Document) -> BTreeMap<String, Vec<u8>> {
    match &document.role {
        Role::Paper(path) => job.pack.workspace.papers.get(path),
        _ => None,
    }
    .map(|paper| appended::files(job, document, paper))
    .unwrap_or_default()
}

/// Writes words of the program as content.
fn content(words: &str) -> Data {
    markdown::plain_content(words, Place::default())
}
