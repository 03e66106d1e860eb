//! What a file does besides showing pages. None of it is taken over; the officer is told.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};

use super::{Facts, Notes, Subject};
use crate::pdf::objects::{get, get_array, get_dictionary, get_name, get_text, resolve};

/// Nodes read of one name tree.
const MOST: usize = 10_000;

/// Tells whether a file is a form that only Adobe's programs can show: its pages only say that it cannot be shown.
pub(super) fn is_only_for_adobe(pdf: &Document) -> bool {
    let Ok(catalog) = pdf.catalog() else { return false };
    let Some(form) = get_dictionary(pdf, catalog, b"AcroForm") else { return false };
    let rendered = matches!(get(pdf, catalog, b"NeedsRendering"), Some(Object::Boolean(true)));
    get(pdf, form, b"XFA").is_some() && (rendered || get_array(pdf, form, b"Fields").unwrap_or_default().is_empty())
}

/// Notes scripts, attachments, actions and forms of the whole file.
pub(super) fn note(pdf: &Document, facts: &mut Facts, notes: &mut Notes) {
    let Ok(catalog) = pdf.catalog() else { return };
    let names = get_dictionary(pdf, catalog, b"Names");
    let scripts = names.map_or(0, |names| leaves(pdf, names, b"JavaScript").len());
    let opens = get_dictionary(pdf, catalog, b"OpenAction").and_then(|action| get_name(pdf, action, b"S"));
    let active = opens.is_some_and(|action| action != b"GoTo") || catalog.has(b"AA");
    if scripts > 0 || active {
        notes.file(Subject::Dropped, "it runs scripts or actions when it is opened; they are left out");
        facts.counts.insert("scripts".to_owned(), u32::try_from(scripts.max(1)).unwrap_or(u32::MAX));
    }
    let attachments = names.map(|names| leaves(pdf, names, b"EmbeddedFiles")).unwrap_or_default();
    if !attachments.is_empty() {
        let shown: Vec<String> = attachments.iter().take(5).map(|name| format!("“{name}”")).collect();
        let number = attachments.len();
        let files = if number == 1 { "1 file is".to_owned() } else { format!("{number} files are") };
        notes.file(Subject::Dropped, format!("{files} attached to it, and left out: {}", shown.join(", ")));
        facts.counts.insert("attachments".to_owned(), u32::try_from(number).unwrap_or(u32::MAX));
    }
    if catalog.has(b"Collection") {
        notes.file(Subject::Dropped, "it is a portfolio: only its cover page is taken over, not the files in it");
    }
    if let Some(form) = get_dictionary(pdf, catalog, b"AcroForm") {
        if get(pdf, form, b"XFA").is_some() {
            let message = "it is also a form in XFA, which Adobe's programs may show otherwise than the pack does";
            notes.file(Subject::Fields, message);
        }
        let signed = get_array(pdf, form, b"Fields").unwrap_or_default().iter().any(|field| is_signature(pdf, field));
        if signed {
            notes
                .file(Subject::Dropped, "its electronic signature is shown, but can no longer be verified in the pack");
        }
    }
}

fn is_signature(pdf: &Document, field: &Object) -> bool {
    let Some(Object::Dictionary(dict)) = resolve(pdf, field) else { return false };
    get_name(pdf, dict, b"FT") == Some(b"Sig") && dict.has(b"V")
}

/// Gives the names in a name tree.
fn leaves(pdf: &Document, names: &Dictionary, tree: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut pending: Vec<&Object> = names.get(tree).into_iter().collect();
    while let Some(node) = pending.pop() {
        if found.len() > MOST || node.as_reference().is_ok_and(|id| !seen.insert(id)) {
            continue;
        }
        let Some(Object::Dictionary(dict)) = resolve(pdf, node) else { continue };
        for pair in get_array(pdf, dict, b"Names").unwrap_or_default().chunks_exact(2) {
            let named = crate::pdf::objects::dictionary(pdf, &pair[1])
                .and_then(|file| get_text(pdf, file, b"UF").or_else(|| get_text(pdf, file, b"F")));
            let key = match resolve(pdf, &pair[0]) {
                Some(Object::String(bytes, _)) => crate::pdf::objects::text(bytes),
                _ => String::new(),
            };
            found.push(named.unwrap_or(key));
        }
        pending.extend(get_array(pdf, dict, b"Kids").unwrap_or_default());
    }
    found
}
