//! Annotations: what they show becomes part of the page, links stay links, all else is dropped.
//!
//! (ISO 32000-1, 12.5; the algorithm of appearance streams is in 12.5.5.)

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::Subject;
use super::work::PageWork;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{
    get, get_array, get_dictionary, get_integer, get_matrix, get_name, get_rect, get_text, resolve, text_string,
};

/// Annotations taken of one page; more are not the work of people.
const MOST: usize = 20_000;

/// An annotation that is drawn onto the page.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Name of the form on the page.
    pub name: Vec<u8>,
    /// The form that shows it.
    pub form: ObjectId,
    /// Where the form goes.
    matrix: Matrix,
    /// Id of the annotation in the file.
    pub annotation: Option<ObjectId>,
    /// What it says of itself.
    pub description: Option<String>,
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
            _ if shows && appearance(pdf, dict).is_some() => {
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
        let placed = appearance(pdf, dict).and_then(|(form, stream)| Some((form, placement(pdf, dict, stream)?)));
        let Some((form, matrix)) = placed else {
            if has_value(pdf, dict) {
                let message = "a form field is filled in, but the file does not say how that looks, so it shows empty";
                work.notes.page(Subject::Fields, number, message);
            }
            continue;
        };
        let description = get_text(pdf, dict, b"Contents").or_else(|| get_text(pdf, dict, b"TU"));
        let form = match form {
            Object::Reference(form) => work.copier.reference(*form),
            other => match work.copier.object(other) {
                Object::Reference(form) => form,
                copy => work.copier.add(copy),
            },
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

fn words(kind: &[u8]) -> &'static str {
    match kind {
        b"Text" | b"FreeText" | b"Caret" => "a comment",
        b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" => "marked text",
        b"Stamp" => "a stamp",
        b"Ink" => "drawing by hand",
        _ => "an annotation",
    }
}

/// Gives the form that shows an annotation in its present state.
fn appearance<'a>(pdf: &'a Document, dict: &'a Dictionary) -> Option<(&'a Object, &'a Stream)> {
    let normal = get_dictionary(pdf, dict, b"AP")?.get(b"N").ok()?;
    let form = match resolve(pdf, normal)? {
        Object::Stream(_) => normal,
        Object::Dictionary(states) => states.get(get_name(pdf, dict, b"AS")?).ok()?,
        _ => return None,
    };
    match resolve(pdf, form)? {
        Object::Stream(stream) => Some((form, stream)),
        _ => None,
    }
}

/// Gives the transformation that puts a form into the annotation's rectangle.
fn placement(pdf: &Document, dict: &Dictionary, form: &Stream) -> Option<Matrix> {
    let into = get_rect(pdf, dict, b"Rect")?;
    let from = get_matrix(pdf, &form.dict, b"Matrix").rect(get_rect(pdf, &form.dict, b"BBox")?);
    let visible = |rect: Rect| rect.width() > 0.0 && rect.height() > 0.0;
    if !visible(into) || !visible(from) {
        return None;
    }
    let scale = Matrix::scale(into.width() / from.width(), into.height() / from.height());
    Some(Matrix::shift(-from.left, -from.bottom).then(scale).then(Matrix::shift(into.left, into.bottom)))
}

/// Tells whether an annotation is a form field that holds something to be read.
fn has_value(pdf: &Document, dict: &Dictionary) -> bool {
    let mut field = dict;
    for _ in 0..8 {
        match get(pdf, field, b"V") {
            Some(Object::String(bytes, _)) => return !bytes.is_empty(),
            Some(Object::Name(name)) => return name != b"Off",
            Some(_) => return true,
            None => {}
        }
        let Some(parent) = get_dictionary(pdf, field, b"Parent") else { return false };
        field = parent;
    }
    false
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
