//! Texts that elements must have or may have: alternatives, languages and identifiers.

use std::collections::HashSet;

use lopdf::Object;

use super::{Tree, is_language};
use crate::appended::conformance::faults::Faults;
use crate::appended::facts::Subject;
use crate::pdf::reader::PdfReader;

impl<'a> Tree<'a> {
    /// Checks alternatives of figures and formulas, identifiers of notes, and languages.
    pub(super) fn check_texts(&self, reader: &PdfReader<'a>, faults: &mut Faults) {
        let mut notes = HashSet::new();
        for element in self.elements.iter().filter(|element| element.kept) {
            let dict = element.dict;
            let described = reader.text(dict, b"Alt").is_some_and(|alt| !is_blank(alt))
                || matches!(reader.key(dict, b"ActualText"), Some(Object::String(..)));
            let page = element.page;
            match element.role.name() {
                "Figure" if !described => {
                    faults.add_at(Subject::Accessibility, page, "a picture has no alternative text");
                }
                "Formula" if !described => {
                    faults.add_at(Subject::Accessibility, page, "a formula has no alternative text");
                }
                "Note" => match reader.text(dict, b"ID").filter(|id| !is_blank(id)) {
                    None => faults.add_at(Subject::Accessibility, page, "a note has no identifier"),
                    Some(id) if !notes.insert(id) => {
                        faults.add_at(Subject::Accessibility, page, "two notes have the same identifier");
                    }
                    Some(_) => {}
                },
                _ => {}
            }
            if reader.text(dict, b"Lang").is_some_and(|language| !is_language(&ascii(language))) {
                let message = "the language of a text is given in a way that is not known";
                faults.add_at(Subject::Accessibility, page, message);
                if !is_blank(reader.text(dict, b"Lang").unwrap_or_default()) {
                    faults.add_at(Subject::Unicode, page, message);
                }
            }
        }
    }
}

/// Whether a text string is empty, its byte order mark aside.
fn is_blank(text: &[u8]) -> bool {
    text.is_empty() || text == [0xFE, 0xFF] || text == [0xEF, 0xBB, 0xBF]
}

/// Gives a text string as bytes when it is written in two bytes a letter.
fn ascii(text: &[u8]) -> Vec<u8> {
    match text.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            wide.chunks(2).map(|pair| if pair[0] == 0 { pair.get(1).copied().unwrap_or(b'?') } else { b'?' }).collect()
        }
        None => text.to_vec(),
    }
}
