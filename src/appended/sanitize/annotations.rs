//! Annotations: what they show becomes part of the page, links stay links, all else is dropped.
//!
//! (ISO 32000-1, 12.5; the algorithm of appearance streams is in 12.5.5.)

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::work::PageWork;
use super::{Subject, fields};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{
    get, get_array, get_dictionary, get_integer, get_matrix, get_name, get_rect, get_text, resolve, text_string,
};

pub(super) mod plain;

/// Annotations taken of one page; more are not the work of people.
const MOST: usize = 20_000;

/// An annotation that is drawn onto the page.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Name of the form on the page.
    pub(crate) name: Vec<u8>,
    /// The form that shows it.
    pub(crate) form: ObjectId,
    /// Where the form goes.
    matrix: Matrix,
    /// Id of the annotation in the file.
    pub(crate) annotation: Option<ObjectId>,
    /// What it says of itself.
    pub(crate) description: Option<String>,
}

impl Drawn {
    /// Gives the operators that draw it.
    pub(super) fn operators(&self) -> String {
        format!("q {} cm /{} Do Q\n", self.matrix.written(), String::from_utf8_lossy(&self.name))
    }
}

/// Gives the annotations of a page with their ids.
fn annotations<'a>(pdf: &'a Document, page: &'a Dictionary) -> Vec<(Option<ObjectId>, &'a Dictionary)> {
    let items = get_array(pdf, page, b"Annots").unwrap_or_default();
    let one = |item: &'a Object| match resolve(pdf, item)? {
        Object::Dictionary(dict) => Some((item.as_reference().ok(), dict)),
        _ => None,
    };
    items.iter().take(MOST).filter_map(one).collect()
}

/// Draws the annotations that show.
pub(super) fn draw(work: &mut PageWork) -> Vec<Drawn> {
    let pdf = work.copier.from;
    let number = work.page.number;
    let mut drawn = Vec::new();
    for (id, dict) in annotations(pdf, work.page.dict) {
        let kind = get_name(pdf, dict, b"Subtype").unwrap_or_default();
        let shows = shows(pdf, dict) && !work.hidden.is(pdf, dict);
        match kind {
            b"Link" | b"Popup" | b"PrinterMark" | b"TrapNet" => continue,
            b"Widget" => {}
            b"FileAttachment" => {
                work.notes.page(Subject::Dropped, number, "a file is attached to the page; it is not taken over");
            }
            b"Sound" | b"Movie" | b"Screen" | b"RichMedia" | b"3D" => {
                work.notes.page(Subject::Dropped, number, "film, sound or a model is embedded; only its picture shows");
            }
            b"Redact" => {
                let message = "text is marked to be blacked out, but that was never carried out";
                work.notes.page(Subject::Covered, number, message);
            }
            _ if shows && (appearance(pdf, dict).is_some() || plain::form(pdf, dict, kind).is_some()) => {
                work.notes.page(Subject::Comments, number, format!("it has {} that will be printed", words(kind)));
            }
            _ if shows => {
                let message = format!("it has {} without a picture of its own, which is left out", words(kind));
                work.notes.page(Subject::Comments, number, message);
            }
            _ => {}
        }
        if !shows {
            work.notes.page(Subject::Hidden, number, "an annotation that does not show is left out");
            continue;
        }
        let name = free_name(pdf, &work.page.resources, drawn.len());
        // What a mark says of itself stands in a window that nobody has opened.
        let says = |key| get_text(pdf, dict, key).filter(|_| !is_mark(kind));
        let description = says(b"Contents").or_else(|| says(b"TU"));
        let (form, matrix, description) = if kind == b"Widget" {
            let Some(shown) = fields::shown(work, dict) else { continue };
            let with_value = |value: String| description.clone().map(|words| format!("{words}: {value}"));
            (shown.form, shown.matrix, shown.value.map_or_else(|| description.clone(), with_value))
        } else {
            let own = appearance(pdf, dict).and_then(|form| placed(work, dict, form));
            let Some((form, matrix)) = own.or_else(|| drawn_plainly(work, dict, kind)) else { continue };
            (form, matrix, description)
        };
        drawn.push(Drawn { name, form, matrix, annotation: id, description });
    }
    drawn
}

/// Gives a name for the form of an annotation that no other form of the page has.
fn free_name(pdf: &Document, resources: &Dictionary, number: usize) -> Vec<u8> {
    let mut name = format!("BoardpackAnnotation{number}").into_bytes();
    while get_dictionary(pdf, resources, b"XObject").is_some_and(|objects| objects.has(&name)) {
        name.push(b'x');
    }
    name
}

/// Tells whether an annotation shows on the screen: neither hidden nor marked not to be viewed.
fn shows(pdf: &Document, dict: &Dictionary) -> bool {
    const HIDDEN: i64 = 2;
    const NO_VIEW: i64 = 32;
    get_integer(pdf, dict, b"F").unwrap_or(0) & (HIDDEN | NO_VIEW) == 0
}

/// Tells whether an annotation marks what is on the page, and keeps what there is to be said of it in a window of its own.
fn is_mark(kind: &[u8]) -> bool {
    matches!(
        kind,
        b"Text"
            | b"Caret"
            | b"Highlight"
            | b"Underline"
            | b"Squiggly"
            | b"StrikeOut"
            | b"Ink"
            | b"Square"
            | b"Circle"
            | b"Line"
            | b"Polygon"
            | b"PolyLine"
            | b"Redact"
    )
}

fn words(kind: &[u8]) -> &'static str {
    match kind {
        b"Text" | b"FreeText" | b"Caret" => "a comment",
        b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" => "marked text",
        b"Stamp" => "a stamp",
        b"Ink" => "drawing by hand",
        _ => "an annotation",
    }
}

/// A form of the file that shows an annotation.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// What leads to it, or itself.
    object: &'a Object,
    /// The form.
    pub(crate) stream: &'a Stream,
}

/// Gives a form.
pub(super) fn form<'a>(pdf: &'a Document, object: &'a Object) -> Option<Form<'a>> {
    match resolve(pdf, object)? {
        Object::Stream(stream) => Some(Form { object, stream }),
        _ => None,
    }
}

/// Gives the form that shows an annotation in its present state.
pub(super) fn appearance<'a>(pdf: &'a Document, dict: &'a Dictionary) -> Option<Form<'a>> {
    let normal = get_dictionary(pdf, dict, b"AP")?.get(b"N").ok()?;
    match resolve(pdf, normal)? {
        Object::Dictionary(states) => form(pdf, states.get(get_name(pdf, dict, b"AS")?).ok()?),
        _ => form(pdf, normal),
    }
}

/// Takes a form over and gives its id, with the transformation that puts it into the annotation's rectangle.
pub(super) fn placed(work: &mut PageWork, dict: &Dictionary, form: Form) -> Option<(ObjectId, Matrix)> {
    let matrix = placement(work.copier.from, dict, &form.stream.dict)?;
    let form = match form.object {
        Object::Reference(form) => work.copier.reference(*form),
        other => match work.copier.object(other) {
            Object::Reference(form) => form,
            copy => work.copier.add(copy),
        },
    };
    Some((form, matrix))
}

/// Draws an annotation that brings no picture.
fn drawn_plainly(work: &mut PageWork, dict: &Dictionary, kind: &[u8]) -> Option<(ObjectId, Matrix)> {
    let form = plain::form(work.copier.from, dict, kind)?;
    let matrix = placement(work.copier.from, dict, &form.dict)?;
    Some((work.copier.add(Object::Stream(form)), matrix))
}

/// Gives the transformation that puts a form into the annotation's rectangle.
pub(super) fn placement(pdf: &Document, dict: &Dictionary, form: &Dictionary) -> Option<Matrix> {
    let into = get_rect(pdf, dict, b"Rect")?;
    let from = get_matrix(pdf, form, b"Matrix").rect(get_rect(pdf, form, b"BBox")?);
    let visible = |rect: Rect| rect.width() > 0.0 && rect.height() > 0.0;
    if !visible(into) || !visible(from) {
        return None;
    }
    let scale = Matrix::scale(into.width() / from.width(), into.height() / from.height());
    Some(Matrix::shift(-from.left, -from.bottom).then(scale).then(Matrix::shift(into.left, into.bottom)))
}

/// Makes the links of a page.
pub(super) fn links(work: &mut PageWork) -> Vec<ObjectId> {
    let pdf = work.copier.from;
    let mut made = Vec::new();
    for (id, dict) in annotations(pdf, work.page.dict) {
        let is_link = get_name(pdf, dict, b"Subtype") == Some(b"Link");
        let Some(rect) = get_rect(pdf, dict, b"Rect") else { continue };
        if !is_link || !shows(pdf, dict) || work.hidden.is(pdf, dict) {
            continue;
        }
        let mut link = Dictionary::new();
        match work.targets.of(dict, work.page, work.notes) {
            Some(aim) => aim.write(&mut link),
            None => continue,
        }
        link.set("Type", Object::Name(b"Annot".to_vec()));
        link.set("Subtype", Object::Name(b"Link".to_vec()));
        link.set("Rect", crate::pdf::objects::rect(rect));
        link.set("F", Object::Integer(4));
        for key in [&b"QuadPoints"[..], b"Border", b"BS", b"C", b"H"] {
            if let Some(value) = get(pdf, dict, key) {
                let value = work.copier.object(value);
                link.set(key.to_vec(), value);
            }
        }
        if let Some(contents) = get_text(pdf, dict, b"Contents").filter(|contents| !contents.trim().is_empty()) {
            link.set("Contents", text_string(&contents));
        }
        let link = work.copier.add(Object::Dictionary(link));
        work.structure.place_link(work.page.id, id, link);
        *work.facts.counts.entry("links".to_owned()).or_default() += 1;
        made.push(link);
    }
    made
}
