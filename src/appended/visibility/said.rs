//! What a form says, without regard to where it stands.

use lopdf::{Dictionary, Document, Object, Stream};

use super::budget::Budget;
use super::font::Font;
use crate::pdf::content::{Operand, operations};
use crate::pdf::objects::{dictionary, get, get_dictionary, get_name};
use crate::pdf::streams;

/// Forms within forms.
const DEEPEST: u32 = 4;

/// Gives the words of a form, with those of the forms on it; nothing where something of it cannot be read.
///
/// `shared` has the resources that the form may use besides its own.
pub(crate) fn words_of_form(pdf: &Document, form: &Stream, shared: Option<&Dictionary>) -> Option<String> {
    let mut words = String::new();
    gather(pdf, form, shared, 0, &mut words).then_some(words)
}

fn gather(pdf: &Document, form: &Stream, shared: Option<&Dictionary>, depth: u32, words: &mut String) -> bool {
    let Some(bytes) = streams::decode(pdf, form).filter(|_| depth < DEEPEST) else { return false };
    let own = get_dictionary(pdf, &form.dict, b"Resources");
    let find = |list: &[u8], name: &[u8]| {
        let lists = [own, shared].into_iter().flatten().filter_map(|resources| get_dictionary(pdf, resources, list));
        lists.into_iter().find_map(|list| get(pdf, list, name))
    };
    let mut font: Option<Font> = None;
    for operation in operations(&bytes) {
        match operation.operator {
            b"Tf" => {
                let dict = operation.name(0).and_then(|name| dictionary(pdf, find(b"Font", name)?));
                font = dict.map(|dict| Font::read(pdf, dict, &mut Budget::new()));
            }
            b"Td" | b"TD" | b"Tm" | b"T*" | b"ET" => words.push(' '),
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                let known = match operation.operands.last() {
                    Some(Operand::String(bytes)) => add(font.as_ref(), bytes, words),
                    Some(Operand::Array(items)) => items.iter().all(|item| match item {
                        Operand::String(bytes) => add(font.as_ref(), bytes, words),
                        _ => true,
                    }),
                    _ => true,
                };
                if !known {
                    return false;
                }
            }
            b"Do" => {
                let object = operation.name(0).and_then(|name| find(b"XObject", name));
                if let Some(Object::Stream(inner)) = object
                    && get_name(pdf, &inner.dict, b"Subtype") == Some(b"Form")
                    && !gather(pdf, inner, own.or(shared), depth + 1, words)
                {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

/// Adds what a string stands for; tells whether all of it is known.
fn add(font: Option<&Font>, bytes: &[u8], words: &mut String) -> bool {
    let Some(font) = font else {
        words.push_str(&String::from_utf8_lossy(bytes));
        return bytes.is_ascii();
    };
    font.glyphs(bytes).into_iter().all(|glyph| match glyph.text {
        Some(text) => {
            words.push_str(&text);
            true
        }
        None => glyph.space,
    })
}
