//! Where links and bookmarks lead: to pages that are taken over, or to the web.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::pages::Page;
use super::{Notes, Subject};
use crate::pdf::objects::{get, get_array, get_dictionary, get_name, get_text, number, real, resolve};

/// Named places read of one file.
const MOST_NAMES: usize = 200_000;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Aim {
    /// A place on a page of the cleaned file.
    Page(Place),
    /// An address of the web, of mail, of a telephone.
    Address(String),
}

/// A place on a page of the cleaned file, in that page's own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(crate) page: ObjectId,
    pub(crate) left: f64,
    pub(crate) top: f64,
}

impl Place {
    /// Writes the place as an explicit destination.
    pub(super) fn written(self) -> Object {
        let xyz = Object::Name(b"XYZ".to_vec());
        Object::Array(vec![Object::Reference(self.page), xyz, real(self.left), real(self.top), Object::Null])
    }
}

impl Aim {
    /// Writes the aim into a link.
    pub(super) fn write(self, link: &mut Dictionary) {
        match self {
            Self::Page(place) => link.set("Dest", place.written()),
            Self::Address(address) => {
                let mut action = Dictionary::new();
                action.set("Type", Object::Name(b"Action".to_vec()));
                action.set("S", Object::Name(b"URI".to_vec()));
                action.set("URI", Object::string_literal(address));
                link.set("A", Object::Dictionary(action));
            }
        }
    }
}

/// Finds where links and bookmarks of a file lead.
pub(super) struct Targets<'a> {
    pdf: &'a Document,
    all: &'a [Page<'a>],
    kept: &'a [ObjectId],
    places: &'a BTreeMap<ObjectId, usize>,
    named: BTreeMap<Vec<u8>, &'a Object>,
    by_id: BTreeMap<ObjectId, usize>,
}

impl<'a> Targets<'a> {
    /// Reads the named places of a file. `kept` are ids of pages in the cleaned file, `places`
    /// the index among them of pages of the file.
    pub(super) fn new(
        pdf: &'a Document,
        all: &'a [Page<'a>],
        kept: &'a [ObjectId],
        places: &'a BTreeMap<ObjectId, usize>,
    ) -> Self {
        let by_id = all.iter().enumerate().map(|(index, page)| (page.id, index)).collect();
        Self { pdf, all, kept, places, named: named(pdf), by_id }
    }

    /// Gives where a link leads; what must not be taken over is noted.
    pub(super) fn of(&self, link: &Dictionary, page: &Page, notes: &mut Notes) -> Option<Aim> {
        if let Ok(destination) = link.get(b"Dest") {
            return self.place(destination).map(Aim::Page);
        }
        let action = get_dictionary(self.pdf, link, b"A")?;
        let mut dropped = |what: &str| {
            notes.page(Subject::Dropped, page.number, format!("a link that {what} is dropped"));
            None
        };
        match get_name(self.pdf, action, b"S").unwrap_or_default() {
            b"GoTo" => self.place(action.get(b"D").ok()?).map(Aim::Page),
            b"URI" => {
                let address = get_text(self.pdf, action, b"URI")?;
                let address = address.trim();
                match address {
                    _ if is_public(address) => Some(Aim::Address(address.to_owned())),
                    // As viewers do.
                    _ if address.starts_with("www.") => Some(Aim::Address(format!("http://{address}"))),
                    _ => dropped("leads to a private or unsafe address"),
                }
            }
            b"Launch" => dropped("starts a program or opens a file"),
            b"JavaScript" => dropped("runs a script"),
            b"GoToR" | b"GoToE" => dropped("leads into another file"),
            b"SubmitForm" | b"ImportData" | b"ResetForm" => dropped("sends or changes a form"),
            b"Rendition" | b"Movie" | b"Sound" | b"RichMediaExecute" | b"GoTo3DView" => dropped("plays film or sound"),
            _ => None,
        }
    }

    /// Gives the place that a bookmark leads to.
    pub(super) fn of_bookmark(&self, entry: &Dictionary) -> Option<Place> {
        if let Ok(destination) = entry.get(b"Dest") {
            return self.place(destination);
        }
        let action = get_dictionary(self.pdf, entry, b"A")?;
        (get_name(self.pdf, action, b"S") == Some(b"GoTo")).then_some(())?;
        self.place(action.get(b"D").ok()?)
    }

    /// Gives the place that a destination names, if its page is taken over.
    fn place(&self, destination: &Object) -> Option<Place> {
        let mut destination = resolve(self.pdf, destination)?;
        for _ in 0..4 {
            destination = match destination {
                Object::Name(name) | Object::String(name, _) => resolve(self.pdf, self.named.get(name)?)?,
                Object::Dictionary(dict) => get(self.pdf, dict, b"D")?,
                _ => break,
            };
        }
        let Object::Array(items) = destination else { return None };
        let page = match items.first()? {
            Object::Reference(id) => *id,
            Object::Integer(index) => self.all.get(usize::try_from(*index).ok()?)?.id,
            _ => return None,
        };
        let index = *self.places.get(&page)?;
        let source = self.all.get(*self.by_id.get(&page)?)?;
        let at = |index: usize| items.get(index).and_then(|item| number(self.pdf, item));
        let (left, top) = match items.get(1).and_then(|kind| kind.as_name().ok()).unwrap_or_default() {
            b"XYZ" => (at(2), at(3)),
            b"FitH" | b"FitBH" => (None, at(2)),
            b"FitV" | b"FitBV" => (at(2), None),
            b"FitR" => (at(2), at(5)),
            _ => (None, None),
        };
        let shown = source.shown;
        let left = left.unwrap_or(shown.left).clamp(shown.left, shown.right);
        let top = top.unwrap_or(shown.top).clamp(shown.bottom, shown.top);
        Some(Place { page: *self.kept.get(index)?, left, top })
    }
}

/// Tells whether an address may stand in a public paper: no scripts, no files of somebody's disk.
fn is_public(address: &str) -> bool {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let plain = address.chars().all(|character| !character.is_control());
    plain && ["http", "https", "mailto", "tel", "ftp"].contains(&scheme.as_str()) && address.contains(':')
}

fn named(pdf: &Document) -> BTreeMap<Vec<u8>, &Object> {
    let mut found = BTreeMap::new();
    let Ok(catalog) = pdf.catalog() else { return found };
    if let Some(dict) = get_dictionary(pdf, catalog, b"Dests") {
        found.extend(dict.iter().take(MOST_NAMES).map(|(name, value)| (name.clone(), value)));
    }
    let tree = get_dictionary(pdf, catalog, b"Names").and_then(|names| names.get(b"Dests").ok());
    let mut seen = std::collections::BTreeSet::new();
    let mut pending: Vec<&Object> = tree.into_iter().collect();
    while let Some(node) = pending.pop() {
        if let Object::Reference(id) = node
            && !seen.insert(*id)
        {
            continue;
        }
        let Some(Object::Dictionary(dict)) = resolve(pdf, node) else { continue };
        for pair in get_array(pdf, dict, b"Names").unwrap_or_default().chunks_exact(2) {
            if let (Some(Object::String(name, _)), true) = (resolve(pdf, &pair[0]), found.len() < MOST_NAMES) {
                found.entry(name.clone()).or_insert(&pair[1]);
            }
        }
        pending.extend(get_array(pdf, dict, b"Kids").unwrap_or_default());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn keeps_addresses_of_the_web_only() {
        let kept = ["https://example.org/a", " mailto:a@example.org", "HTTP://x"];
        let dropped = ["javascript:alert(1)", "file:///C:/Users/x", "example.org", "https://a\nb", "\\\\server\\share"];
        assert!(kept.iter().all(|address| is_public(address)));
        assert!(!dropped.iter().any(|address| is_public(address)));
    }
}
