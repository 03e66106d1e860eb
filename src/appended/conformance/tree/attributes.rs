//! Attributes of elements, their own or those of their classes.

use lopdf::{Dictionary, Object};

use super::Tree;
use crate::pdf::reader::{PdfReader, dict_of};

impl<'a> Tree<'a> {
    /// Gives an attribute of tables, when it is of the wanted type.
    pub(super) fn table_attribute<T>(
        &self,
        reader: &PdfReader<'a>,
        element: &'a Dictionary,
        key: &[u8],
        read: impl Fn(&'a Object) -> Option<T>,
    ) -> Option<T> {
        if let Some(own) = reader.key(element, b"A").and_then(|owner| among(reader, owner, key, &read)) {
            return Some(own);
        }
        let classes = reader.dict(self.root, b"ClassMap")?;
        let named = |name: &'a Object| {
            let name = reader.get(name).as_name().ok()?;
            among(reader, reader.key(classes, name)?, key, &read)
        };
        match reader.key(element, b"C")? {
            Object::Array(list) => list.iter().take(64).find_map(named),
            one => named(one),
        }
    }
}

fn among<'a, T>(
    reader: &PdfReader<'a>,
    owner: &'a Object,
    key: &[u8],
    read: &impl Fn(&'a Object) -> Option<T>,
) -> Option<T> {
    let one = |object: &'a Object| {
        let dict = dict_of(reader.get(object)).filter(|dict| reader.name(dict, b"O") == Some(b"Table"))?;
        read(reader.key(dict, key)?)
    };
    match owner {
        Object::Array(list) => list.iter().take(64).find_map(one),
        other => one(other),
    }
}
