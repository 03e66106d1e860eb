//! Composed packs to Typst source, through the templates in `layouts/`.
//!
//! The renderer makes [`Data`]: texts, numbers, lists, fields, and Typst code made from
//! Markdown. A template calls a layout's function with it; the formatter writes it as a Typst
//! *literal*. Nothing that a writer types can become Typst code.
//!
//! Every literal is written behind a comment that says which bytes of which source it came from,
//! so that what Typst says of the literal can be said of the source.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, UndefinedBehavior, Value, context};

use crate::appended::Received;
use crate::compose::{Document, Edition, Pack, PageMap, Role};
use crate::finding::{Finding, Place, rules};
use crate::fs::has_ending;
use crate::layouts::{Layouts, Phrases};
use crate::model::Workspace;

mod alone;
mod appended;
mod grounds;
mod info;
mod interests;
pub mod literal;
mod markdown;
mod papers;
mod people;
mod sheet;
mod words;

pub use alone::{About, alone};
use literal::Data;
use markdown::Writer;
use words::Words;

/// Files for Typst's world; the main one is `main.typ`.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Generated sources, layouts and pictures, by path from the world's root.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Rendered {
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
pub fn members(pack: &Pack, phrases: &Phrases) -> Vec<String> {
    let words = Words { pack, phrases };
    pack.meeting.members.iter().map(|member| words.in_role(member, false).value).collect()
}

/// Renders an edition. A template that cannot be used is a finding.
pub fn edition(job: &Job) -> Result<Rendered, Box<Finding>> {
    let mut rendered = Rendered::default();
    let layouts = job.layouts;
    let environment = environment(layouts)?;
    for (name, bytes) in job.layouts.all() {
        rendered.files.insert(format!("layouts/{name}"), bytes.clone());
    }
    let mut documents = Vec::new();
    let mut pictures: BTreeSet<String> = BTreeSet::new();
    for document in job.documents() {
        let file = format!("papers/{}.typ", document.id);
        let mut used = Vec::new();
        let run = Value::from_object(info::run(job, document, &format!("/{file}")));
        let (template, data) = document_data(job, document, &mut used);
        let source = render(
            &environment,
            layouts,
            &format!("{template}.typ.jinja"),
            context! { paper => Value::from_object(data), run => run.clone() },
        )?;
        rendered.files.insert(file.clone(), source.into_bytes());
        rendered.files.extend(appended_pictures(job, document));
        pictures.extend(used);
        documents.push(run);
    }
    let info = info::info(job, &mut pictures);
    let source = render(&environment, layouts, "pack-info.typ.jinja", context! { info => Value::from_object(info) })?;
    rendered.files.insert("pack-info.typ".into(), source.into_bytes());
    let references = Value::from_object(info::references(job));
    let source = render(&environment, layouts, "references.typ.jinja", context! { references })?;
    rendered.files.insert("references.typ".into(), source.into_bytes());
    let about = Value::from_object(info::about(job));
    let source =
        render(&environment, layouts, "main.typ.jinja", context! { about, documents, edition => job.edition.word() })?;
    rendered.files.insert("main.typ".into(), source.into_bytes());
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
    Data::Code(markdown::plain_content(words, Place::default()))
}

fn environment(layouts: &Layouts) -> Result<Environment<'static>, Box<Finding>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(literal::format);
    for (name, _) in layouts.all().iter().filter(|(name, _)| has_ending(name, &["jinja"])) {
        let text = layouts.text(name).unwrap_or_default().to_owned();
        environment.add_template_owned(name.clone(), text).map_err(|error| template_finding(name, &error, layouts))?;
    }
    Ok(environment)
}

fn render(environment: &Environment, layouts: &Layouts, name: &str, values: Value) -> Result<String, Box<Finding>> {
    let template = environment.get_template(name).map_err(|error| template_finding(name, &error, layouts))?;
    template.render(values).map_err(|error| template_finding(name, &error, layouts))
}

#[expect(clippy::unnecessary_box_returns, reason = "callers put it into an error")]
fn template_finding(name: &str, error: &minijinja::Error, layouts: &Layouts) -> Box<Finding> {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    let place = layouts.place(name, error.range().unwrap_or(0..0));
    let mut finding = Finding::new(
        &rules::LAYOUT_BROKEN,
        place.unwrap_or_default(),
        format!("the template layouts/{name} cannot be used: {detail}"),
    )
    .help("mend it, or remove the file to have the built-in template again");
    if place.is_none() {
        finding.labels.clear();
    }
    Box::new(finding)
}
