//! Links of appended pages: moved with the page, and aimed at pages of the pack.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Spot;
use super::pages::{Placement, sheet_height};
use crate::pdf::objects::{get_array, get_dictionary, get_rect, get_text, number, real, rect, text_string};

/// What is needed to aim links and bookmarks of a file.
pub(super) struct Aims<'a> {
    pub(crate) placements: &'a [Placement],
    /// Index of each page of the file, by its id in the pack.
    pub(crate) pages: &'a BTreeMap<ObjectId, usize>,
    pub(crate) spots: &'a [Spot],
}

impl Aims<'_> {
    /// Gives a destination on a page of the file as one on the sheet where it lies, with the
    /// page's index.
    pub(super) fn moved(&self, pack: &Document, destination: &[Object]) -> Option<(Object, usize)> {
        let page = destination.first()?.as_reference().ok()?;
        let index = *self.pages.get(&page)?;
        let at = |index: usize| destination.get(index).and_then(|value| number(pack, value));
        let point = (at(2).unwrap_or(0.0), at(3).unwrap_or(0.0));
        let (left, top) = self.placements.get(index)?.matrix(sheet_height(pack, page)).point(point);
        let xyz = Object::Name(b"XYZ".to_vec());
        Some((Object::Array(vec![Object::Reference(page), xyz, real(left), real(top), Object::Null]), index))
    }
}

/// Moves the links of a page onto its sheet.
pub(super) fn place(pack: &mut Document, page: &Dictionary, sheet: ObjectId, placement: Placement, aims: &Aims) {
    let links: Vec<ObjectId> = get_array(pack, page, b"Annots")
        .unwrap_or_default()
        .iter()
        .filter_map(|link| link.as_reference().ok())
        .collect();
    if links.is_empty() {
        return;
    }
    let matrix = placement.matrix(sheet_height(pack, sheet));
    for id in &links {
        let Ok(mut link) = pack.get_dictionary(*id).cloned() else { continue };
        if let Some(at) = get_rect(pack, &link, b"Rect") {
            link.set("Rect", rect(matrix.rect(at)));
        }
        if let Some(points) = get_array(pack, &link, b"QuadPoints") {
            let values: Vec<f64> = points.iter().filter_map(|value| number(pack, value)).collect();
            let moved = values.chunks_exact(2).map(|pair| matrix.point((pair[0], pair[1])));
            let moved: Vec<Object> = moved.flat_map(|(x, y)| [real(x), real(y)]).collect();
            link.set("QuadPoints", Object::Array(moved));
        }
        let mut words = get_dictionary(pack, &link, b"A").and_then(|action| get_text(pack, action, b"URI"));
        if let Some((destination, index)) =
            get_array(pack, &link, b"Dest").and_then(|destination| aims.moved(pack, destination))
        {
            link.set("Dest", destination);
            words = aims.spots.get(index).map(|spot| spot.words.clone());
        }
        if let (Some(words), false) = (words, link.has(b"Contents")) {
            link.set("Contents", text_string(&words));
        }
        link.set("P", Object::Reference(sheet));
        pack.objects.insert(*id, Object::Dictionary(link));
    }
    let own = pack.get_dictionary(sheet).ok().and_then(|dict| get_array(pack, dict, b"Annots")).unwrap_or_default();
    let all: Vec<Object> = own.iter().cloned().chain(links.into_iter().map(Object::Reference)).collect();
    if let Ok(dict) = pack.get_dictionary_mut(sheet) {
        dict.set("Annots", Object::Array(all));
    }
}
