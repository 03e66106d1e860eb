//! Form fields: each shows what was filled in, whatever picture of it the file keeps.
//!
//! Programs that fill forms in often store the values and leave the pictures as they were, for readers
//! draw them anew. (ISO 32000-1, 12.7.3 and 12.7.4.)

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::annotations::{self, Form};
use super::work::PageWork;
use super::{Notes, Subject};
use crate::appended::visibility;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{get, get_dictionary, get_name, get_rect};
use look_of::Look;
use value::{Kind, Value};

mod drawing;
mod lettering;
mod look_of;
mod value;

pub(super) use lettering::Lettering;

/// How deep fields may be nested.
const DEEPEST: usize = 16;

/// A field as it stands on a page.
pub(super) struct Field<'a> {
    pdf: &'a Document,
    /// The annotation that shows it.
    widget: &'a Dictionary,
    /// What holds for all fields of the file.
    all: Option<&'a Dictionary>,
}

impl<'a> Field<'a> {
    fn new(pdf: &'a Document, widget: &'a Dictionary) -> Self {
        Self { pdf, widget, all: pdf.catalog().ok().and_then(|catalog| get_dictionary(pdf, catalog, b"AcroForm")) }
    }

    /// Gives an entry of the field or of those above it.
    fn entry(&self, key: &[u8]) -> Option<&'a Object> {
        let mut field = self.widget;
        for _ in 0..DEEPEST {
            if let Some(value) = get(self.pdf, field, key) {
                return Some(value);
            }
            field = get_dictionary(self.pdf, field, b"Parent")?;
        }
        None
    }

    /// Gives an entry of the field, of those above it, or of the whole form.
    fn usual(&self, key: &[u8]) -> Option<&'a Object> {
        self.entry(key).or_else(|| get(self.pdf, self.all?, key))
    }

    fn flag(&self, bit: u32) -> bool {
        matches!(self.entry(b"Ff"), Some(Object::Integer(flags)) if flags & (1 << (bit - 1)) != 0)
    }

    /// Tells whether readers draw all fields anew when they open the file.
    fn is_drawn_anew(&self) -> bool {
        self.all.is_some_and(|all| matches!(get(self.pdf, all, b"NeedAppearances"), Some(Object::Boolean(true))))
    }

    fn rect(&self) -> Option<Rect> {
        get_rect(self.pdf, self.widget, b"Rect").filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)
    }

    /// Gives the looks of a box or button by its states.
    fn states(&self) -> Option<&'a Dictionary> {
        let looks = get_dictionary(self.pdf, self.widget, b"AP")?;
        match get(self.pdf, looks, b"N")? {
            Object::Dictionary(states) => Some(states),
            _ => None,
        }
    }

    fn state(&self) -> Option<&'a [u8]> {
        get_name(self.pdf, self.widget, b"AS")
    }
}

/// What a field has become on the page.
pub(super) struct Shown {
    pub(super) form: ObjectId,
    pub(super) matrix: Matrix,
    /// What was filled in, where it was drawn anew.
    pub(super) value: Option<String>,
}

/// Gives the picture of a field that shows what it holds; nothing where there is nothing to show.
pub(super) fn shown(work: &mut PageWork, widget: &Dictionary) -> Option<Shown> {
    let field = Field::new(work.copier.from, widget);
    let Some(kind) = Kind::of(&field) else { return as_it_is(work, widget) };
    match look_of::look(&field, &kind, Value::of(&field, &kind)) {
        Look::Own => as_it_is(work, widget),
        Look::Nothing => None,
        Look::State { form, changed } => {
            if changed {
                note(work.notes, work.page.number, true);
            }
            let (form, matrix) = annotations::placed(work, widget, form)?;
            Some(Shown { form, matrix, value: None })
        }
        Look::Unclear => {
            note_lost(
                work.notes,
                work.page.number,
                "a form field is filled in, but the file does not say how it looks",
            );
            as_it_is(work, widget)
        }
        Look::Drawn { value, frame, stale } => {
            let Some(drawn) = drawing::draw(work, &field, &kind, &value, frame) else {
                let message = "a form field is filled in with signs that cannot be drawn, so it does not show";
                note_lost(work.notes, work.page.number, message);
                return as_it_is(work, widget);
            };
            note(work.notes, work.page.number, stale);
            if drawn.overfull {
                note_lost(work.notes, work.page.number, "a form field holds more than its box can show");
            }
            let matrix = annotations::placement(work.copier.from, widget, &drawn.stream.dict)?;
            let form = work.copier.add(Object::Stream(drawn.stream));
            Some(Shown { form, matrix, value: Some(value.words()) })
        }
    }
}

/// Notes that a field was drawn anew, as the file's picture of it is `stale` or empty.
fn note(notes: &mut Notes, page: u32, stale: bool) {
    if stale {
        let message =
            "form fields showed something else than was filled in last; the pack prints what was filled in last";
        notes.page(Subject::Stale, page, message);
    } else {
        notes.page(Subject::Redrawn, page, "form fields did not show what was filled in; the pack prints it");
    }
}

fn note_lost(notes: &mut Notes, page: u32, message: &str) {
    notes.page(Subject::Fields, page, message);
}

fn as_it_is(work: &mut PageWork, widget: &Dictionary) -> Option<Shown> {
    let form: Form = annotations::appearance(work.copier.from, widget)?;
    let (form, matrix) = annotations::placed(work, widget, form)?;
    Some(Shown { form, matrix, value: None })
}

/// Gives the words that a picture of a field shows; nothing where that cannot be told.
fn said(pdf: &Document, form: &lopdf::Stream, all: Option<&Dictionary>) -> Option<String> {
    let shared = all.and_then(|all| get_dictionary(pdf, all, b"DR"));
    visibility::words_of_form(pdf, form, shared)
}
