//! Types of elements: which are standard, and what others stand for.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object};

use crate::pdf::objects::{get_dictionary, resolve};

/// The standard types (ISO 32000-1, 14.8.4).
const STANDARD: [&str; 50] = [
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
    "Artifact",
];

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

/// Tells whether a type is standard.
fn is_standard(name: &[u8]) -> bool {
    name != b"Artifact" && STANDARD.iter().any(|standard| standard.as_bytes() == name)
}

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
        let mut seen: BTreeSet<&Vec<u8>> = BTreeSet::new();
        let mut role = name;
        while !is_standard(role) {
            if !seen.insert(role) {
                return None;
            }
            role = given.get(role)?;
        }
        Some(role.clone())
    };
    let role = |name: &Vec<u8>| match &follow(name)?[..] {
        // There are no fields left: what they showed is part of the page.
        b"Form" | b"Annot" => Some(b"Span".to_vec()),
        role => Some(role.to_vec()),
    };
    given.keys().filter(|name| !is_standard(name)).filter_map(|name| Some((name.clone(), role(name)?))).collect()
}
