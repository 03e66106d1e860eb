//! The structure tree: its elements in order, and which content belongs to which.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::faults::Faults;
use crate::pdf::reader::{PdfReader, dict_of, place};
use roles::{Role, Roles};

mod attributes;
mod nesting;
mod roles;
mod tables;
mod texts;

/// Most elements read.
const MOST: usize = 1_000_000;
/// Deepest element read.
const DEPTH: usize = 400;

/// The structure tree of a file.
pub(crate) struct Tree<'a> {
    root: &'a Dictionary,
    /// Elements, each after its parent and before its children.
    elements: Vec<Element<'a>>,
    /// Elements at the top.
    tops: Vec<usize>,
    /// Element of a marked content number on a page or in a form.
    content: HashMap<(usize, i64), usize>,
    /// Element of an annotation.
    objects: HashMap<usize, usize>,
    /// Entries of the parent tree.
    parents: HashMap<i64, &'a Object>,
    /// Key in the parent tree of a page or form.
    owners: HashMap<usize, i64>,
    /// Where referenced elements lie.
    places: HashMap<ObjectId, usize>,
    /// Whether reading had to stop.
    broken: bool,
}

/// An element of the tree.
struct Element<'a> {
    dict: &'a Dictionary,
    role: Role,
    parent: Option<usize>,
    children: Vec<usize>,
    page: Option<u32>,
    depth: usize,
    /// Whether it holds content of pages that are wanted, or none at all.
    kept: bool,
    holds: bool,
}

/// What marked content must know of its element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner {
    /// Whether other text stands for it.
    pub(crate) replaced: bool,
}

struct Reading<'b, 'a> {
    reader: &'b PdfReader<'a>,
    pages: &'b HashMap<ObjectId, u32>,
    roles: Roles<'a>,
    seen: HashSet<usize>,
}

impl<'a> Tree<'a> {
    /// Reads the tree; none when the file has none.
    pub(crate) fn read(reader: &PdfReader<'a>, pages: &[(ObjectId, u32)]) -> Option<Self> {
        let root = reader.dict(reader.catalog()?, b"StructTreeRoot")?;
        let numbers: HashMap<ObjectId, u32> = pages.iter().copied().collect();
        let roles = Roles::read(reader, root);
        let mut reading = Reading { reader, pages: &numbers, roles, seen: HashSet::new() };
        let mut tree = Self {
            root,
            elements: Vec::new(),
            tops: Vec::new(),
            content: HashMap::new(),
            objects: HashMap::new(),
            parents: HashMap::new(),
            owners: HashMap::new(),
            places: HashMap::new(),
            broken: false,
        };
        tree.elements(&mut reading);
        if tree.elements.is_empty() {
            return None;
        }
        for (page, _) in pages {
            tree.own(reader, dict_of(reader.by_id(*page)));
        }
        tree.read_parents(reader);
        tree.keep();
        Some(tree)
    }

    /// Gives the root of the tree.
    pub(crate) fn root(&self) -> &'a Dictionary {
        self.root
    }

    /// Gives the element of a marked content number, when both the tree and its index name it.
    pub(crate) fn element_of(&self, owner: usize, number: i64) -> Option<Owner> {
        let element = self.elements.get(*self.content.get(&(owner, number))?)?;
        let entry = self.parents.get(self.owners.get(&owner)?)?.as_array().ok()?;
        let named = entry.get(usize::try_from(number).ok()?)?;
        let same = self.place_of(named) == Some(place(element.dict));
        same.then(|| Owner { replaced: matches!(element.dict.get(b"ActualText"), Ok(Object::String(..))) })
    }

    fn place_of(&self, object: &'a Object) -> Option<usize> {
        match object {
            Object::Reference(id) => self.places.get(id).copied(),
            other => dict_of(other).map(place),
        }
    }

    /// Reads elements from the top down, children in order.
    fn elements(&mut self, reading: &mut Reading<'_, 'a>) {
        // What is still to be read, the next one last.
        let mut waiting: Vec<(Option<usize>, &'a Object)> = Vec::new();
        let reader = reading.reader;
        push_kids(reader, &mut waiting, None, self.root);
        while let Some((parent, object)) = waiting.pop() {
            if let Object::Reference(id) = object
                && let Some(dict) = dict_of(reader.get(object))
            {
                self.places.insert(*id, place(dict));
            }
            match reader.get(object) {
                Object::Integer(number) => self.number(reading, parent, None, *number),
                Object::Dictionary(dict) => match reader.name(dict, b"Type") {
                    Some(b"MCR") => {
                        let number = reader.int(dict, b"MCID").unwrap_or(-1);
                        self.number(reading, parent, Some(dict), number);
                    }
                    Some(b"OBJR") => self.object(reading, parent, dict),
                    None | Some(b"StructElem") => {
                        if let Some(element) = self.element(reading, parent, dict) {
                            push_kids(reader, &mut waiting, Some(element), dict);
                        }
                    }
                    Some(_) => {}
                },
                _ => {}
            }
            self.broken |= waiting.len() > 4 * MOST;
            if self.broken {
                return;
            }
        }
    }

    fn element(&mut self, reading: &mut Reading<'_, 'a>, parent: Option<usize>, dict: &'a Dictionary) -> Option<usize> {
        let above = parent.and_then(|parent| self.elements.get(parent));
        let depth = above.map_or(0, |parent| parent.depth + 1);
        if !reading.seen.insert(place(dict)) || depth > DEPTH || self.elements.len() >= MOST {
            self.broken = true;
            return None;
        }
        let own = dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok());
        let page = own.and_then(|page| reading.pages.get(&page).copied()).or(above.and_then(|parent| parent.page));
        let role = reading.roles.of(reading.reader, dict);
        let number = self.elements.len();
        self.elements.push(Element {
            dict,
            role,
            parent,
            children: Vec::new(),
            page,
            depth,
            kept: false,
            holds: false,
        });
        match parent.and_then(|parent| self.elements.get_mut(parent)) {
            Some(parent) => parent.children.push(number),
            None => self.tops.push(number),
        }
        Some(number)
    }

    /// Notes marked content of an element.
    fn number(&mut self, reading: &Reading<'_, 'a>, parent: Option<usize>, dict: Option<&'a Dictionary>, number: i64) {
        let Some(parent) = parent else { return };
        let reader = reading.reader;
        let own = dict.and_then(|dict| dict.get(b"Pg").ok());
        let page = own.and_then(|page| page.as_reference().ok()).or_else(|| self.page_above(parent));
        let listed = page.and_then(|page| reading.pages.get(&page).copied());
        self.hold(parent, listed);
        let stream = dict.and_then(|dict| reader.stream(dict, b"Stm"));
        let owner = match (stream, page) {
            (Some(stream), _) => {
                self.own(reader, Some(&stream.dict));
                if let Some(key) = reader.int(&stream.dict, b"StructParents") {
                    self.owners.insert(place(stream), key);
                }
                Some(place(stream))
            }
            (None, Some(page)) => dict_of(reader.by_id(page)).map(place),
            (None, None) => None,
        };
        if let Some(owner) = owner {
            self.content.entry((owner, number)).or_insert(parent);
        }
    }

    fn object(&mut self, reading: &Reading<'_, 'a>, parent: Option<usize>, dict: &'a Dictionary) {
        let Some(parent) = parent else { return };
        let own = dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok());
        let page = own.or_else(|| self.page_above(parent));
        self.hold(parent, page.and_then(|page| reading.pages.get(&page).copied()));
        if let Some(target) = reading.reader.dict(dict, b"Obj") {
            self.objects.insert(place(target), parent);
        }
    }

    fn hold(&mut self, element: usize, page: Option<u32>) {
        if let Some(element) = self.elements.get_mut(element) {
            element.holds = true;
            element.kept |= page.is_some();
            element.page = element.page.or(page);
        }
    }

    /// Gives the page that an element or one above it names.
    fn page_above(&self, element: usize) -> Option<ObjectId> {
        let mut at = Some(element);
        while let Some(element) = at.and_then(|number| self.elements.get(number)) {
            if let Ok(page) = element.dict.get(b"Pg").and_then(Object::as_reference) {
                return Some(page);
            }
            at = element.parent;
        }
        None
    }

    fn own(&mut self, reader: &PdfReader<'a>, dict: Option<&'a Dictionary>) {
        if let Some(dict) = dict
            && let Some(key) = reader.int(dict, b"StructParents")
        {
            self.owners.insert(place(dict), key);
        }
    }

    /// Reads the number tree from keys to elements.
    fn read_parents(&mut self, reader: &PdfReader<'a>) {
        let mut waiting: Vec<&'a Dictionary> = reader.dict(self.root, b"ParentTree").into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(node) = waiting.pop() {
            if !seen.insert(place(node)) || self.parents.len() > MOST {
                continue;
            }
            for pair in reader.array(node, b"Nums").unwrap_or_default().chunks_exact(2) {
                if let Ok(key) = reader.get(&pair[0]).as_i64() {
                    let value = match &pair[1] {
                        reference @ Object::Reference(_) if reader.get(reference).as_array().is_err() => reference,
                        other => reader.get(other),
                    };
                    self.parents.insert(key, value);
                }
            }
            waiting.extend(
                reader.array(node, b"Kids").unwrap_or_default().iter().filter_map(|kid| dict_of(reader.get(kid))),
            );
        }
    }

    /// Leaves out elements whose content is on other pages only.
    fn keep(&mut self) {
        for number in (0..self.elements.len()).rev() {
            let Some(element) = self.elements.get(number) else { continue };
            let (kept, holds, page) = (element.kept, element.holds, element.page);
            if let Some(parent) = element.parent.and_then(|parent| self.elements.get_mut(parent)) {
                parent.kept |= kept;
                parent.holds |= holds;
                // An element begins on the first page of what it holds.
                parent.page = parent.page.into_iter().chain(page).min();
            }
        }
        for element in &mut self.elements {
            element.kept |= !element.holds;
        }
    }

    /// Checks all elements.
    pub(crate) fn check(&self, reader: &PdfReader<'a>, faults: &mut Faults) {
        if self.broken {
            faults.accessibility("its tags are damaged");
        }
        let marks = reader.catalog().and_then(|catalog| reader.dict(catalog, b"MarkInfo"));
        if marks.and_then(|marks| reader.truth(marks, b"Suspects")) == Some(true) {
            faults.accessibility("its tags are marked as doubtful by the program that made it");
        }
        self.check_roles(faults);
        self.check_nesting(faults);
        self.check_headings(faults);
        self.check_texts(reader, faults);
        self.check_tables(reader, faults);
    }

    /// Checks the links of a page (ISO 14289-1, 7.18.5).
    pub(crate) fn check_links(&self, reader: &PdfReader<'a>, faults: &mut Faults, page: &'a Dictionary) {
        for annotation in reader.array(page, b"Annots").unwrap_or_default().iter().take(20_000) {
            let Some(link) =
                dict_of(reader.get(annotation)).filter(|dict| reader.name(dict, b"Subtype") == Some(b"Link"))
            else {
                continue;
            };
            let hidden = reader.int(link, b"F").unwrap_or(0) & 2 != 0;
            let element = self.objects.get(&place(link)).and_then(|number| self.elements.get(*number));
            let index = reader.int(link, b"StructParent").and_then(|key| self.parents.get(&key));
            let sound = element.is_some_and(|element| {
                element.role.name() == "Link"
                    && index.and_then(|entry| self.place_of(entry)) == Some(place(element.dict))
            });
            if !hidden && !sound {
                faults.accessibility("a link is not tagged as one");
            }
        }
    }
}

fn push_kids<'a>(
    reader: &PdfReader<'a>,
    waiting: &mut Vec<(Option<usize>, &'a Object)>,
    parent: Option<usize>,
    dict: &'a Dictionary,
) {
    let Ok(kids) = dict.get(b"K") else { return };
    match reader.get(kids) {
        Object::Array(list) => waiting.extend(list.iter().rev().map(|kid| (parent, kid))),
        _ => waiting.push((parent, kids)),
    }
}

/// Whether a language is written as BCP 47 has it.
pub(crate) fn is_language(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'-');
    let short = |part: &[u8]| (1..=8).contains(&part.len());
    parts.next().is_some_and(|first| short(first) && first.iter().all(u8::is_ascii_alphabetic))
        && parts.all(|part| short(part) && part.iter().all(u8::is_ascii_alphanumeric))
}
