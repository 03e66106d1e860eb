//! Bookmarks of an appended file, hung under the bookmark of its paper.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::import::File;
use super::links::Aims;
use crate::pdf::objects::{dictionary, get, get_array, get_dictionary, get_integer, get_reference, resolve};

/// Hangs a file's bookmarks under the last bookmark that leads to its first page, folded in: they
/// are the file's, and must not bury those of the pack.
pub(super) fn hang(pack: &mut Document, file: &File, first_page: Option<ObjectId>, aims: &Aims) {
    let (Some(outline), Some(first_page)) = (&file.outline, first_page) else { return };
    let (Some(first), Some(last)) = (get_reference(outline, b"First"), get_reference(outline, b"Last")) else {
        return;
    };
    let Some(paper) = bookmark_of(pack, first_page) else { return };
    aim(pack, first, aims);
    let mut next = Some(first);
    while let Some(id) = next {
        let Ok(entry) = pack.get_dictionary_mut(id) else { break };
        entry.set("Parent", Object::Reference(paper));
        next = get_reference(entry, b"Next");
    }
    let Ok(entry) = pack.get_dictionary(paper) else { return };
    let before = get_reference(entry, b"Last");
    let own = get_integer(pack, entry, b"Count").unwrap_or(0);
    if let Some(before) = before {
        if let Ok(entry) = pack.get_dictionary_mut(before) {
            entry.set("Next", Object::Reference(first));
        }
        if let Ok(entry) = pack.get_dictionary_mut(first) {
            entry.set("Prev", Object::Reference(before));
        }
    }
    let number = outline.get(b"Count").and_then(Object::as_i64).unwrap_or(1);
    let Ok(entry) = pack.get_dictionary_mut(paper) else { return };
    if before.is_none() {
        entry.set("First", Object::Reference(first));
    }
    entry.set("Last", Object::Reference(last));
    if own <= 0 {
        entry.set("Count", Object::Integer(own - number));
    } else {
        // Open already: what hangs above counts what shows.
        entry.set("Count", Object::Integer(own + number));
        let mut above = get_reference(entry, b"Parent");
        while let Some(id) = above {
            let Ok(entry) = pack.get_dictionary_mut(id) else { break };
            if let Ok(count) = entry.get(b"Count").and_then(Object::as_i64).map(|count| count + number) {
                entry.set("Count", Object::Integer(count));
            }
            above = get_reference(entry, b"Parent");
        }
    }
}

/// Aims the bookmarks from this one on, and those below them, at pages of the pack.
fn aim(pack: &mut Document, first: ObjectId, aims: &Aims) {
    let mut pending = vec![first];
    while let Some(id) = pending.pop() {
        let Ok(entry) = pack.get_dictionary(id) else { continue };
        pending.extend([&b"First"[..], b"Next"].iter().filter_map(|key| get_reference(entry, key)));
        let moved = get_array(pack, entry, b"Dest").and_then(|destination| aims.moved(pack, destination));
        if let (Some((destination, _)), Ok(entry)) = (moved, pack.get_dictionary_mut(id)) {
            entry.set("Dest", destination);
        }
    }
}

/// Gives the last bookmark that leads to a page.
fn bookmark_of(pack: &Document, page: ObjectId) -> Option<ObjectId> {
    let outlines = get_dictionary(pack, pack.catalog().ok()?, b"Outlines")?;
    let mut found = None;
    let mut seen = BTreeSet::new();
    let mut pending: Vec<ObjectId> = get_reference(outlines, b"First").into_iter().collect();
    while let Some(id) = pending.pop() {
        let Ok(entry) = pack.get_dictionary(id) else { continue };
        if !seen.insert(id) {
            continue;
        }
        if page_of(pack, entry) == Some(page) {
            found = Some(id);
        }
        // Those below come before the next one.
        pending.extend([&b"Next"[..], b"First"].iter().filter_map(|key| get_reference(entry, key)));
    }
    found
}

fn page_of(pack: &Document, entry: &Dictionary) -> Option<ObjectId> {
    let destination = match get(pack, entry, b"Dest") {
        Some(destination) => destination,
        None => get(pack, get_dictionary(pack, entry, b"A")?, b"D")?,
    };
    let items = match destination {
        Object::Array(items) => items,
        Object::String(name, _) | Object::Name(name) => named(pack, name)?,
        _ => return None,
    };
    items.first()?.as_reference().ok()
}

/// Finds the destination of a name.
fn named<'a>(pack: &'a Document, name: &[u8]) -> Option<&'a [Object]> {
    let catalog = pack.catalog().ok()?;
    let old = get_dictionary(pack, catalog, b"Dests").and_then(|dests| get(pack, dests, name));
    let tree = || {
        let mut pending = vec![get_dictionary(pack, get_dictionary(pack, catalog, b"Names")?, b"Dests")?];
        while let Some(node) = pending.pop() {
            let names = get_array(pack, node, b"Names").unwrap_or_default();
            let found = names.chunks_exact(2).find(|pair| pair[0].as_str().is_ok_and(|key| key == name));
            if let Some([_, destination]) = found {
                return resolve(pack, destination);
            }
            let kids = get_array(pack, node, b"Kids").unwrap_or_default();
            pending.extend(kids.iter().filter_map(|kid| dictionary(pack, kid)));
        }
        None
    };
    match old.or_else(tree)? {
        Object::Array(items) => Some(items),
        Object::Dictionary(dict) => get_array(pack, dict, b"D"),
        _ => None,
    }
}
