//! Bookmarks, as far as they lead to pages that are taken over.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Facts;
use super::copy::Copier;
use super::destinations::{Place, Targets};
use crate::pdf::objects::{get_dictionary, get_text, text_string};

/// Bookmarks read of one file.
const MOST: usize = 20_000;

/// How deep bookmarks may be nested.
const DEEPEST: usize = 16;

/// A bookmark.
struct Bookmark {
    title: String,
    place: Option<Place>,
    kids: Vec<Bookmark>,
}

impl Bookmark {
    /// Gives the bookmark if it, or any below it, leads to a page that is taken over.
    fn kept(self) -> Option<Self> {
        let kids: Vec<Self> = self.kids.into_iter().filter_map(Self::kept).collect();
        let place = self.place.or_else(|| kids.first().and_then(|kid| kid.place))?;
        Some(Self { title: self.title, place: Some(place), kids })
    }
}

/// Writes the bookmarks and gives the id of their root; nothing when there are none.
pub(super) fn write(pdf: &Document, targets: &Targets, copier: &mut Copier, facts: &mut Facts) -> Option<ObjectId> {
    let outlines = get_dictionary(pdf, pdf.catalog().ok()?, b"Outlines")?;
    let mut seen = BTreeSet::new();
    let all = read(pdf, outlines, targets, &mut seen, 0);
    let kept: Vec<Bookmark> = all.into_iter().filter_map(Bookmark::kept).collect();
    if kept.is_empty() {
        return None;
    }
    let root = copier.reserve();
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"Outlines".to_vec()));
    let number = level(&kept, root, &mut dict, copier);
    copier.put(root, Object::Dictionary(dict));
    facts.counts.insert("bookmarks".to_owned(), number);
    Some(root)
}

fn read(
    pdf: &Document,
    parent: &Dictionary,
    targets: &Targets,
    seen: &mut BTreeSet<ObjectId>,
    depth: usize,
) -> Vec<Bookmark> {
    let mut found = Vec::new();
    let mut next = parent.get(b"First").and_then(Object::as_reference).ok();
    while let Some(id) = next {
        let Some(Object::Dictionary(entry)) = pdf.objects.get(&id) else { break };
        if seen.len() >= MOST || !seen.insert(id) {
            break;
        }
        let title = get_text(pdf, entry, b"Title").unwrap_or_default();
        let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
        let kids = if depth < DEEPEST { read(pdf, entry, targets, seen, depth + 1) } else { Vec::new() };
        found.push(Bookmark { title: title.trim().to_owned(), place: targets.of_bookmark(entry), kids });
        next = entry.get(b"Next").and_then(Object::as_reference).ok();
    }
    found
}

/// Writes bookmarks below a parent and gives how many there are in all.
fn level(bookmarks: &[Bookmark], parent: ObjectId, into: &mut Dictionary, copier: &mut Copier) -> u32 {
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| copier.reserve()).collect();
    let mut number = 0;
    for (index, bookmark) in bookmarks.iter().enumerate() {
        let mut dict = Dictionary::new();
        dict.set("Title", text_string(&bookmark.title));
        dict.set("Parent", Object::Reference(parent));
        if let Some(place) = bookmark.place {
            dict.set("Dest", place.written());
        }
        if index > 0 {
            dict.set("Prev", Object::Reference(ids[index - 1]));
        }
        if let Some(next) = ids.get(index + 1) {
            dict.set("Next", Object::Reference(*next));
        }
        number += 1 + level(&bookmark.kids, ids[index], &mut dict, copier);
        copier.put(ids[index], Object::Dictionary(dict));
    }
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        into.set("First", Object::Reference(*first));
        into.set("Last", Object::Reference(*last));
        into.set("Count", Object::Integer(i64::from(number)));
    }
    number
}
