//! Attributes of elements, their own or those of their classes.

use lopdf::{Dictionary, Object};

use super::Tree;
use crate::pdf::reader::{PdfReader, dict_of};

impl<'a> Tree<'a> {
    /// Gives an attribute of tables, when it is of the wanted type.
    pub(super) fn table_attribute<T>(
        &self,
        book: &PdfReader<'a>,
        element: &'a Dictionary,
        key: &[u8],
        read: impl Fn(&'a Object) -> Option<T>,
    ) -> Option<T> {
        if let Some(own) = book.key(element, b"A").and_then(|owner| among(book, owner, key, &read)) {
            return Some(own);
        }
        let classes = book.dict(self.root, b"ClassMap")?;
        let named = |name: &'a Object| {
            let name = book.get(name).as_name().ok()?;
            among(book, book.key(classes, name)?, key, &read)
        };
        match book.key(element, b"C")? {
            Object::Array(list) => list.iter().take(64).find_map(named),
            one => named(one),
        }
    }
}

fn among<'a, T>(
    book: &PdfReader<'a>,
    owner: &'a Object,
    key: &[u8],
    read: &impl Fn(&'a Object) -> Option<T>,
) -> Option<T> {
    let one = |object: &'a Object| {
        let dict = dict_of(book.get(object)).filter(|dict| book.name(dict, b"O") == Some(b"Table"))?;
        read(book.key(dict, key)?)
    };
    match owner {
        Object::Array(list) => list.iter().take(64).find_map(one),
        other => one(other),
    }
}
