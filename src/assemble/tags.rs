//! The pack's tags: those of appended files hung in, in the order of pages.
//!
//! (ISO 32000-1, 14.7: structure tree, parent tree, element ids, role map.)

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use super::Appended;
use super::import::File;
use crate::appended::FIGURE;
use crate::pdf::objects::{
    MOST_MARKS, get, get_array, get_dictionary, get_integer, get_reference, resolve, text_string,
};

/// The pack's tags, taken apart.
pub(super) struct Tags {
    root: ObjectId,
    /// The element that holds everything.
    document: ObjectId,
    /// What it holds, each with the index of its first page.
    kids: Vec<(Option<usize>, Object)>,
    /// By number: the elements of a page's marks, or the element of an annotation.
    parents: BTreeMap<i64, Object>,
    ids: BTreeMap<Vec<u8>, Object>,
    roles: Dictionary,
    /// Index of each sheet of the pack.
    sheets: BTreeMap<ObjectId, usize>,
}

impl Tags {
    /// Takes the pack's tags apart.
    pub(super) fn take(pack: &Document, sheets: &[ObjectId]) -> Option<Self> {
        let root = get_reference(pack.catalog().ok()?, b"StructTreeRoot")?;
        let dict = pack.get_dictionary(root).ok()?;
        let document = match get(pack, dict, b"K")? {
            Object::Array(items) => items.first()?.as_reference().ok()?,
            _ => get_reference(dict, b"K")?,
        };
        let sheets: BTreeMap<ObjectId, usize> = sheets.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let kids = match get(pack, pack.get_dictionary(document).ok()?, b"K") {
            Some(Object::Array(items)) => items.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        let kids = kids.into_iter().map(|kid| (first_page(pack, &kid, &sheets), kid)).collect();
        let mut parents = BTreeMap::new();
        for (key, value) in tree(pack, dict, b"ParentTree", b"Nums") {
            if let Object::Integer(key) = key {
                parents.insert(key, value);
            }
        }
        let mut ids = BTreeMap::new();
        for (key, value) in tree(pack, dict, b"IDTree", b"Names") {
            if let Object::String(key, _) = key {
                ids.insert(key, value);
            }
        }
        let roles = get_dictionary(pack, dict, b"RoleMap").cloned().unwrap_or_default();
        Some(Self { root, document, kids, parents, ids, roles, sheets })
    }

    fn next_key(&self) -> i64 {
        self.parents.last_key_value().map_or(0, |(key, _)| key + 1)
    }

    /// Follows a sheet's stamps into their form: what the typesetter tagged there stays tagged.
    pub(super) fn stamps_moved(&mut self, pack: &mut Document, sheet: ObjectId, shell: &Dictionary, stamps: ObjectId) {
        let Some(key) = get_integer(pack, shell, b"StructParents") else { return };
        let elements: BTreeSet<ObjectId> = match self.parents.get(&key).and_then(|value| resolve(pack, value)) {
            Some(Object::Array(items)) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
            _ => BTreeSet::new(),
        };
        if elements.is_empty() {
            self.parents.remove(&key);
            return;
        }
        if let Ok(Object::Stream(form)) = pack.get_object_mut(stamps) {
            form.dict.set("StructParents", Object::Integer(key));
        }
        for element in elements {
            let Ok(dict) = pack.get_dictionary(element) else { continue };
            let page = get_reference(dict, b"Pg");
            let kids = match get(pack, dict, b"K") {
                Some(Object::Array(items)) => items.clone(),
                Some(one) => vec![one.clone()],
                None => continue,
            };
            let moved = kids.into_iter().map(|kid| in_form(kid, page, sheet, stamps)).collect();
            if let Ok(dict) = pack.get_dictionary_mut(element) {
                dict.set("K", Object::Array(moved));
            }
        }
    }

    /// Hangs a file's tags in, as one part.
    pub(super) fn hang(
        &mut self,
        pack: &mut Document,
        file: &File,
        appended: &Appended,
        index: usize,
        pages: &[ObjectId],
    ) {
        let Some(root) = &file.tags else { return };
        let part = pack.new_object_id();
        let mut top: Vec<ObjectId> = references(root.get(b"K").ok());
        // A file's own "Document" would stand inside the pack's.
        if let [only] = top[..]
            && let Some(Object::Dictionary(dict)) = pack.objects.get(&only)
            && dict.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"Document")
            && elements_only(dict)
        {
            top = references(dict.get(b"K").ok());
            pack.objects.remove(&only);
        }
        let renamed = self.add_roles(root, index);
        let mut walk = Walk { renamed, prefix: format!("a{}-", index + 1), below: appended.below, ..Walk::default() };
        walk.figures(appended, pages);
        let mut pending: Vec<(ObjectId, ObjectId)> = top.iter().rev().map(|id| (*id, part)).collect();
        while let Some((id, parent)) = pending.pop() {
            let Some(Object::Dictionary(mut dict)) = pack.objects.remove(&id) else { continue };
            dict.set("P", Object::Reference(parent));
            pending.extend(walk.element(id, &mut dict).into_iter().rev().map(|kid| (kid, id)));
            pack.objects.insert(id, Object::Dictionary(dict));
        }
        for (of, marks) in walk.marks {
            let key = self.next_key();
            let length = marks.last_key_value().map_or(0, |(last, _)| last + 1);
            let mut list = vec![Object::Null; length];
            for (mark, id) in marks {
                list[mark] = Object::Reference(id);
            }
            let list = pack.add_object(Object::Array(list));
            self.parents.insert(key, Object::Reference(list));
            match pack.objects.get_mut(&of) {
                Some(Object::Dictionary(dict)) => dict.set("StructParents", Object::Integer(key)),
                Some(Object::Stream(stream)) => stream.dict.set("StructParents", Object::Integer(key)),
                _ => {}
            }
        }
        for (annotation, element) in walk.annotations {
            let key = self.next_key();
            self.parents.insert(key, Object::Reference(element));
            if let Ok(dict) = pack.get_dictionary_mut(annotation) {
                dict.set("StructParent", Object::Integer(key));
            }
        }
        self.ids.extend(walk.ids);

        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"StructElem".to_vec()));
        dict.set("S", Object::Name(b"Part".to_vec()));
        dict.set("P", Object::Reference(self.document));
        dict.set("T", text_string(appended.title));
        if let Some(language) = &file.language {
            dict.set("Lang", language.clone());
        }
        dict.set("K", Object::Array(top.into_iter().map(Object::Reference).collect()));
        pack.objects.insert(part, Object::Dictionary(dict));
        let first = pages.first().and_then(|page| self.sheets.get(page)).copied();
        let after = |(page, _): &(Option<usize>, Object)| page.is_some() && *page > first;
        let at = self.kids.iter().position(after).unwrap_or(self.kids.len());
        self.kids.insert(at, (first, Object::Reference(part)));
    }

    /// Takes over what a file's own types stand for, and gives new names for those that already
    /// stand for something else.
    fn add_roles(&mut self, root: &Dictionary, index: usize) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let mut renamed = BTreeMap::new();
        let Ok(Object::Dictionary(map)) = root.get(b"RoleMap") else { return renamed };
        for (name, role) in map {
            match self.roles.get(name) {
                Ok(other) if other != role => {
                    let new = [format!("A{}-", index + 1).as_bytes(), name].concat();
                    self.roles.set(new.clone(), role.clone());
                    renamed.insert(name.clone(), new);
                }
                Ok(_) => {}
                Err(_) => self.roles.set(name.clone(), role.clone()),
            }
        }
        renamed
    }

    /// Puts the tags together again.
    pub(super) fn put_back(self, pack: &mut Document) {
        let next = self.next_key();
        let kids = self.kids.into_iter().map(|(_, kid)| kid).collect();
        if let Ok(document) = pack.get_dictionary_mut(self.document) {
            document.set("K", Object::Array(kids));
        }
        let parents = self.parents.into_iter().flat_map(|(key, value)| [Object::Integer(key), value]).collect();
        let parents = pack.add_object(single_node(b"Nums", parents));
        let limits = self.ids.first_key_value().zip(self.ids.last_key_value());
        let limits = limits.map(|((first, _), (last, _))| (first.clone(), last.clone()));
        let string = |bytes: Vec<u8>| Object::String(bytes, StringFormat::Literal);
        let names: Vec<Object> = self.ids.into_iter().flat_map(|(key, value)| [string(key), value]).collect();
        let ids = limits.map(|(first, last)| {
            let mut leaf = single_node(b"Names", names);
            leaf.set("Limits", Object::Array(vec![string(first), string(last)]));
            let leaf = pack.add_object(leaf);
            pack.add_object(single_node(b"Kids", vec![Object::Reference(leaf)]))
        });
        if let Ok(root) = pack.get_dictionary_mut(self.root) {
            root.set("ParentTree", Object::Reference(parents));
            root.set("ParentTreeNextKey", Object::Integer(next));
            if !self.roles.is_empty() {
                root.set("RoleMap", Object::Dictionary(self.roles));
            }
            if let Some(ids) = ids {
                root.set("IDTree", Object::Reference(ids));
            }
        }
    }
}

fn single_node(key: &[u8], items: Vec<Object>) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set(key.to_vec(), Object::Array(items));
    dict
}

/// What a walk through a file's elements gathers.
#[derive(Default)]
struct Walk {
    renamed: BTreeMap<Vec<u8>, Vec<u8>>,
    /// By how many levels headings go down.
    below: u8,
    prefix: String,
    /// Words for pages without tags, by page.
    figures: BTreeMap<ObjectId, String>,
    /// Elements of marks, by page or form.
    marks: BTreeMap<ObjectId, BTreeMap<usize, ObjectId>>,
    annotations: BTreeMap<ObjectId, ObjectId>,
    ids: BTreeMap<Vec<u8>, Object>,
}

impl Walk {
    fn figures(&mut self, appended: &Appended, pages: &[ObjectId]) {
        for (page, spot) in pages.iter().zip(&appended.spots) {
            self.figures.insert(*page, spot.alternative.clone());
        }
    }

    /// Takes up an element, and gives those below it.
    fn element(&mut self, id: ObjectId, dict: &mut Dictionary) -> Vec<ObjectId> {
        if let Ok(Object::Name(kind)) = dict.get(b"S")
            && let Some(new) = self.renamed.get(kind)
        {
            let new = new.clone();
            dict.set("S", Object::Name(new));
        }
        if let Ok(Object::Name(kind)) = dict.get(b"S")
            && let [b'H', level @ b'1'..=b'6'] = kind[..]
        {
            dict.set("S", Object::Name(vec![b'H', (level + self.below).min(b'6')]));
        }
        if let Ok(Object::String(own, format)) = dict.get(b"ID") {
            let own = [self.prefix.as_bytes(), own].concat();
            self.ids.insert(own.clone(), Object::Reference(id));
            let format = *format;
            dict.set("ID", Object::String(own, format));
        }
        if let Ok(attributes) = dict.get_mut(b"A") {
            self.headers(attributes);
        }
        let is_figure = dict.remove(FIGURE.as_bytes()).is_some();
        let mut below = Vec::new();
        let Ok(Object::Array(kids)) = dict.get(b"K") else { return below };
        let mut page_of_figure = None;
        for kid in kids {
            match kid {
                Object::Reference(kid) => below.push(*kid),
                Object::Dictionary(kid) => {
                    let page = get_reference(kid, b"Pg");
                    if let Some(annotation) = get_reference(kid, b"Obj") {
                        self.annotations.insert(annotation, id);
                    } else if let Ok(mark) = kid.get(b"MCID").and_then(Object::as_i64) {
                        page_of_figure = page;
                        let holder = get_reference(kid, b"Stm").or(page);
                        let mark = usize::try_from(mark).ok().filter(|mark| *mark <= MOST_MARKS);
                        if let (Some(holder), Some(mark)) = (holder, mark) {
                            self.marks.entry(holder).or_default().insert(mark, id);
                        }
                    }
                }
                _ => {}
            }
        }
        let words = page_of_figure.filter(|_| is_figure).and_then(|page| self.figures.get(&page));
        if let Some(words) = words {
            dict.set("Alt", text_string(words));
        }
        below
    }

    /// Lets cells name their header cells by the new ids.
    fn headers(&self, attributes: &mut Object) {
        match attributes {
            Object::Array(items) => items.iter_mut().for_each(|item| self.headers(item)),
            Object::Dictionary(dict) => {
                if let Ok(Object::Array(headers)) = dict.get_mut(b"Headers") {
                    for header in headers {
                        if let Object::String(id, _) = header {
                            *id = [self.prefix.as_bytes(), id].concat();
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn references(object: Option<&Object>) -> Vec<ObjectId> {
    match object {
        Some(Object::Array(items)) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
        Some(Object::Reference(id)) => vec![*id],
        _ => Vec::new(),
    }
}

fn elements_only(dict: &Dictionary) -> bool {
    match dict.get(b"K") {
        Ok(Object::Array(items)) => items.iter().all(|item| matches!(item, Object::Reference(_))),
        _ => false,
    }
}

/// Lets a mark of a sheet be one of its stamps' form.
fn in_form(kid: Object, page: Option<ObjectId>, sheet: ObjectId, stamps: ObjectId) -> Object {
    let mark = match &kid {
        Object::Integer(mark) if page == Some(sheet) => *mark,
        Object::Dictionary(dict) if get_reference(dict, b"Pg").or(page) == Some(sheet) => {
            match dict.get(b"MCID").and_then(Object::as_i64) {
                Ok(mark) => mark,
                Err(_) => return kid,
            }
        }
        _ => return kid,
    };
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"MCR".to_vec()));
    dict.set("Pg", Object::Reference(sheet));
    dict.set("Stm", Object::Reference(stamps));
    dict.set("MCID", Object::Integer(mark));
    Object::Dictionary(dict)
}

/// Gives the entries of a name tree or number tree.
fn tree(pack: &Document, root: &Dictionary, key: &[u8], leaf: &[u8]) -> Vec<(Object, Object)> {
    let mut found = Vec::new();
    let mut pending: Vec<&Dictionary> = get_dictionary(pack, root, key).into_iter().collect();
    while let Some(node) = pending.pop() {
        let pairs = get_array(pack, node, leaf).unwrap_or_default().chunks_exact(2);
        found.extend(pairs.map(|pair| (pair[0].clone(), pair[1].clone())));
        let kids = get_array(pack, node, b"Kids").unwrap_or_default();
        pending.extend(kids.iter().filter_map(|kid| crate::pdf::objects::dictionary(pack, kid)));
    }
    found
}

/// Gives the index of the first page that an element has anything on.
fn first_page(pack: &Document, element: &Object, sheets: &BTreeMap<ObjectId, usize>) -> Option<usize> {
    let mut pending = vec![element];
    while let Some(object) = pending.pop() {
        let Some(dict) = crate::pdf::objects::dictionary(pack, object) else { continue };
        if let Some(page) = get_reference(dict, b"Pg").and_then(|page| sheets.get(&page)) {
            return Some(*page);
        }
        match get(pack, dict, b"K") {
            Some(Object::Array(items)) => pending.extend(items.iter().rev()),
            Some(one) => pending.push(one),
            None => {}
        }
    }
    None
}
