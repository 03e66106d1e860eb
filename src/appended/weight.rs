//! How much work the pages of a file make for those who show them: drawings within drawings, each
//! drawn several times, can multiply to more than any viewer gets through.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::content::operations;
use crate::pdf::objects::{contents, get_dictionary, get_name, resolve};
use crate::pdf::streams;

/// Operations that a page may come to, drawings within drawings counted as often as they are drawn.
pub(crate) const MOST: u64 = 20_000_000;

/// How deep drawings are followed.
const DEEPEST: u32 = 64;

/// Gives the number of the first page that comes to more than [`MOST`] operations.
pub(crate) fn too_heavy(pdf: &Document, pages: &[(ObjectId, u32)]) -> Option<u32> {
    let mut known = BTreeMap::new();
    let heavy = |(id, _): &&(ObjectId, u32)| {
        let Ok(page) = pdf.get_dictionary(*id) else { return false };
        let resources = get_dictionary(pdf, page, b"Resources");
        let parts = contents(pdf, page);
        // Operations that draw no other drawings come to at most half as many as the bytes they are written in.
        let bytes = parts.iter().map(|part| length(pdf, part)).fold(0, u64::saturating_add);
        if bytes / 2 < MOST && !has_forms(pdf, resources) {
            return false;
        }
        let weights = parts.into_iter().map(|content| weight(pdf, content, resources, &mut known, 0));
        weights.fold(0, u64::saturating_add) > MOST
    };
    pages.iter().find(heavy).map(|(_, number)| *number)
}

/// Gives the bytes of a content stream, unpacked.
fn length(pdf: &Document, content: &Object) -> u64 {
    let Some(Object::Stream(stream)) = resolve(pdf, content) else { return 0 };
    streams::decode(pdf, stream).map_or(0, |bytes| bytes.len() as u64)
}

/// Tells whether drawings can be drawn by name.
fn has_forms(pdf: &Document, resources: Option<&Dictionary>) -> bool {
    let forms = resources.and_then(|resources| get_dictionary(pdf, resources, b"XObject"));
    let is_form = |object: &Object| match resolve(pdf, object) {
        Some(Object::Stream(stream)) => get_name(pdf, &stream.dict, b"Subtype") == Some(b"Form"),
        _ => false,
    };
    forms.is_some_and(|forms| forms.iter().any(|(_, object)| is_form(object)))
}

/// Gives the operations that a content stream comes to.
fn weight(
    pdf: &Document,
    content: &Object,
    resources: Option<&Dictionary>,
    known: &mut BTreeMap<ObjectId, u64>,
    depth: u32,
) -> u64 {
    let Some(Object::Stream(stream)) = resolve(pdf, content) else { return 0 };
    let Some(bytes) = streams::decode(pdf, stream).filter(|_| depth < DEEPEST) else { return 0 };
    let forms = resources.and_then(|resources| get_dictionary(pdf, resources, b"XObject"));
    let mut total: u64 = 0;
    for operation in operations(&bytes) {
        total = total.saturating_add(1);
        let form = operation.name(0).filter(|_| operation.operator == b"Do").and_then(|name| forms?.get(name).ok());
        let Some(form @ Object::Reference(id)) = form else { continue };
        if let Some(weight) = known.get(id) {
            total = total.saturating_add(*weight);
            continue;
        }
        let Some(Object::Stream(inner)) = resolve(pdf, form) else { continue };
        if get_name(pdf, &inner.dict, b"Subtype") != Some(b"Form") {
            continue;
        }
        // What draws itself is drawn once: viewers stop there.
        known.insert(*id, 0);
        let own = get_dictionary(pdf, &inner.dict, b"Resources").or(resources);
        let weight = weight(pdf, form, own, known, depth + 1);
        known.insert(*id, weight);
        total = total.saturating_add(weight);
    }
    total
}
