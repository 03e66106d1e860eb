//! What is printed of a paper as JSON, for formatters that come later: the same data that the layouts get.
//!
//! An issue keeps one such file for each public paper, `models/NAME.json` beside `papers/NAME.pdf`, and the pictures in
//! it below `models/pictures/`, named by their bytes. The file has `schema_version`, the `kind` of paper (the name of
//! its layout), the `meeting` with its `date`, `item` and `appendix`, the `file` of its PDF, its `pages` in the pack
//! (sheets, counted from 1), for minutes the `body` and `date` that they are `minutes_of`, for the front sheet the
//! `phrases` that the council words itself, and in `paper` the fields that its layout prints. Rich text is a list of words and
//! objects: `is` names a layout function (`para`, `strong`, `numbered` ...), `of` holds its arguments by position, `text`
//! what it is put around; every other key is an argument by name.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Job, document_data};
use crate::compose::{Document, Role};
use crate::fs;
use crate::model::PaperKind;

/// Grows when a field changes its meaning or goes away; every later version reads the earlier ones.
const SCHEMA_VERSION: u32 = 1;

/// A paper as data, with the pictures that it shows.
pub(crate) struct Model {
    /// The paper.
    pub(crate) json: Value,
    /// Pictures by the names that the paper has for them.
    pub(crate) pictures: BTreeMap<String, Vec<u8>>,
}

/// Gives a document of a pack as data; `file` is the path of its PDF below the edition's folder.
pub(crate) fn model(job: &Job, document: &Document, file: &str) -> Model {
    let mut used = Vec::new();
    let (kind, data) = document_data(job, document, &mut used);
    let workspace = job.pack.workspace;
    let mut names = BTreeMap::new();
    let mut pictures = BTreeMap::new();
    for path in used {
        let Some(picture) = workspace.pictures.get(&path) else { continue };
        let printed = workspace.printed_path(&path);
        let ending = printed.rsplit_once('.').map_or("", |(_, ending)| ending);
        let name = format!("pictures/{}.{ending}", fs::sha256(&picture.bytes));
        names.insert(format!("/{printed}"), name.clone());
        pictures.insert(name, picture.bytes.clone());
    }
    // The path of a source is not printed, so that it is not told here either.
    let picture = |path: &str| names.get(path).cloned().unwrap_or_default();
    let agenda = job.pack.agenda;
    let pages = job.pages.and_then(|pages| pages.get(&document.id));
    let mut paper = data.json(&picture);
    let is_public = |label: &str| {
        let target = job.pack.labels.get(label).and_then(|target| target.document.as_deref());
        let role = target.and_then(|id| job.pack.document(id)).map(|document| &document.role);
        matches!(role, Some(Role::Paper(_)))
    };
    forget_labels(&mut paper, &is_public);
    let minutes_of = match job.pack.paper(document).map(|paper| &paper.kind) {
        Some(PaperKind::Minutes(minutes)) => {
            json!({"body": minutes.body, "date": minutes.when.date().to_string()})
        }
        _ => Value::Null,
    };
    let phrases = (document.role == Role::FrontSheet).then(|| job.phrases.own());
    let json = json!({
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "meeting": agenda.id,
        "date": agenda.when.date().to_string(),
        "language": workspace.council.language.0,
        "item": document.item,
        "appendix": document.appendix,
        "file": file,
        "pages": pages.map(|pages| json!({"first": pages.first, "last": pages.last})),
        "minutes_of": minutes_of,
        "phrases": phrases,
        "paper": paper,
    });
    Model { json, pictures }
}

/// Takes out labels that no public paper bears: they are not printed, and an item that is withheld may have one.
fn forget_labels(value: &mut Value, is_public: &dyn Fn(&str) -> bool) {
    let hides = |value: &Value| value.as_str().is_some_and(|label| !is_public(label));
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| forget_labels(value, is_public)),
        Value::Object(fields) => {
            if fields.get("label").is_some_and(hides) {
                fields.remove("label");
            }
            let refers = fields.get("is").is_some_and(|is| is == "xref" || is == "target");
            if let Some(Value::Array(arguments)) = fields.get_mut("of").filter(|_| refers)
                && let Some(label) = arguments.first_mut().filter(|label| hides(label))
            {
                *label = Value::Null;
            }
            fields.values_mut().for_each(|value| forget_labels(value, is_public));
        }
        _ => {}
    }
}
