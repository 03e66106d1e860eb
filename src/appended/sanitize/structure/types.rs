//! Types of elements: which are standard, and what others stand for.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use crate::pdf::objects::{get_dictionary, resolve};
use crate::pdf::tags::is_standard;

/// Most names followed from one type to the next.
const HOPS: usize = 64;

/// Types of PDF 2.0 with the older type that comes closest (ISO 32000-2, 14.8.4; Annex M there).
const NEWER: [(&str, &str); 8] = [
    ("DocumentFragment", "Part"),
    ("Aside", "Div"),
    ("Title", "P"),
    ("FENote", "Note"),
    ("Sub", "Span"),
    ("Em", "Span"),
    ("Strong", "Span"),
    ("Artifact", "NonStruct"),
];

/// Gives, for each type that is not standard, the standard one that it stands for. Standard types
/// are never remapped (ISO 14289-1, 7.1); what leads round in a circle stands for nothing.
pub(super) fn roles(pdf: &Document, root: &Dictionary) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut given: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for (newer, older) in NEWER {
        given.insert(newer.into(), older.into());
    }
    if let Some(map) = get_dictionary(pdf, root, b"RoleMap") {
        for (name, role) in map {
            if let Some(Object::Name(role)) = resolve(pdf, role) {
                given.insert(name.clone(), role.clone());
            }
        }
    }
    let follow = |name: &Vec<u8>| {
        let mut role = name;
        for _ in 0..HOPS {
            if is_standard(role) {
                return Some(role.clone());
            }
            role = given.get(role)?;
        }
        None
    };
    let role = |name: &Vec<u8>| match &follow(name)?[..] {
        // There are no fields left: what they showed is part of the page.
        b"Form" | b"Annot" => Some(b"Span".to_vec()),
        role => Some(role.to_vec()),
    };
    given.keys().filter(|name| !is_standard(name)).filter_map(|name| Some((name.clone(), role(name)?))).collect()
}
