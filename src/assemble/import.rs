//! Brings a cleaned file's objects into the pack, under new numbers.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::objects::get_reference;

/// A cleaned file whose objects are in the pack.
pub(super) struct File {
    /// Its pages, not yet in their places.
    pub(crate) pages: Vec<Dictionary>,
    /// Root of its tags.
    pub(crate) tags: Option<Dictionary>,
    /// Root of its bookmarks.
    pub(crate) outline: Option<Dictionary>,
    /// Its language.
    pub(crate) language: Option<Object>,
}

/// Moves all objects of a file into the pack; its pages take the ids of the places left for them.
pub(super) fn import(pack: &mut Document, bytes: &[u8], places: &[ObjectId]) -> Option<File> {
    let file = Document::load_mem(bytes).ok()?;
    let page_ids: Vec<ObjectId> = file.page_iter().collect();
    if page_ids.len() != places.len() {
        return None;
    }
    let places: BTreeMap<ObjectId, ObjectId> = page_ids.iter().copied().zip(places.iter().copied()).collect();
    let offset = pack.max_id;
    let rename = |id: ObjectId| places.get(&id).copied().unwrap_or((id.0 + offset, 0));
    let root = file.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
    let mut pages: BTreeMap<ObjectId, Dictionary> = BTreeMap::new();
    pack.max_id = offset + file.max_id;
    for (id, mut object) in file.objects {
        renumber(&mut object, &rename);
        match object {
            Object::Dictionary(dict) if places.contains_key(&id) => {
                pages.insert(id, dict);
            }
            object => {
                pack.objects.insert(rename(id), object);
            }
        }
    }
    let catalog = pack.objects.remove(&rename(root)).and_then(|object| object.as_dict().ok().cloned())?;
    if let Some(tree) = get_reference(&catalog, b"Pages") {
        pack.objects.remove(&tree);
    }
    let mut taken = |key: &[u8]| match pack.objects.remove(&get_reference(&catalog, key)?) {
        Some(Object::Dictionary(dict)) => Some(dict),
        _ => None,
    };
    Some(File {
        tags: taken(b"StructTreeRoot"),
        outline: taken(b"Outlines"),
        language: catalog.get(b"Lang").ok().cloned(),
        pages: page_ids.iter().map(|id| pages.remove(id)).collect::<Option<_>>()?,
    })
}

fn renumber(object: &mut Object, rename: &dyn Fn(ObjectId) -> ObjectId) {
    match object {
        Object::Reference(id) => *id = rename(*id),
        Object::Array(items) => items.iter_mut().for_each(|item| renumber(item, rename)),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, value)| renumber(value, rename)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| renumber(value, rename)),
        _ => {}
    }
}
