//! The structure tree: tags of the pages that are taken over, and figures for pages without.
//!
//! It is read into a list of nodes, without trusting it: circles, depth and size are bounded.
//! (ISO 32000-1, 14.7 and 14.8.)

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::copy::Copier;
use crate::pdf::objects::{get, get_dictionary, get_integer, get_name, resolve, text_string};

mod parents;
mod types;

pub(super) use parents::Parents;

/// Elements read of one file.
const MOST: usize = 2_000_000;

/// How deep elements may be nested; what lies deeper hangs at the deepest.
const DEEPEST: u32 = 120;

/// Index of a node.
type Index = usize;

/// The structure tree of a file.
pub(super) struct Tree {
    nodes: Vec<Node>,
    top: Vec<Index>,
    roles: BTreeMap<Vec<u8>, Vec<u8>>,
    classes: BTreeMap<Vec<u8>, Object>,
    tagged: bool,
    /// Where annotations hang: element and place among what it holds.
    annotations: BTreeMap<ObjectId, (Index, usize)>,
    /// Where the marks of each page hang.
    marked: BTreeMap<ObjectId, Vec<(Index, usize)>>,
}

/// An element.
struct Node {
    kind: Vec<u8>,
    entries: Dictionary,
    classes: Vec<Vec<u8>>,
    kids: Vec<Kid>,
    /// Whether an element of our own, for what has no tags.
    own: bool,
}

/// What an element holds.
enum Kid {
    Element(Index),
    /// Marked content of a page, or of a form on it.
    Mark {
        page: ObjectId,
        mark: i64,
        form: Option<ObjectId>,
    },
    /// An annotation; once it is taken over, with its id in the cleaned file.
    Annotation {
        page: Option<ObjectId>,
        copy: Option<ObjectId>,
    },
}

/// What became of an element when only some pages were taken over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Kept,
    Empty,
    Dropped,
}

impl Tree {
    /// Reads the tree of a file.
    pub(super) fn read(pdf: &Document) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            top: Vec::new(),
            roles: BTreeMap::new(),
            classes: BTreeMap::new(),
            tagged: false,
            annotations: BTreeMap::new(),
            marked: BTreeMap::new(),
        };
        let root = pdf.catalog().ok().and_then(|catalog| get_dictionary(pdf, catalog, b"StructTreeRoot"));
        if let Some(root) = root {
            tree.roles = types::roles(pdf, root);
            if let Some(classes) = get_dictionary(pdf, root, b"ClassMap") {
                tree.classes = classes.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            }
            tree.walk(pdf, root);
            tree.find_marks();
            // A tree that names nothing on any page is none.
            tree.tagged = !tree.marked.is_empty();
            if !tree.tagged {
                tree.nodes.clear();
                tree.top.clear();
                tree.annotations.clear();
            }
        }
        tree
    }

    fn find_marks(&mut self) {
        for (index, node) in self.nodes.iter().enumerate() {
            for (place, kid) in node.kids.iter().enumerate() {
                if let Kid::Mark { page, .. } = kid {
                    self.marked.entry(*page).or_default().push((index, place));
                }
            }
        }
    }

    fn walk(&mut self, pdf: &Document, root: &Dictionary) {
        let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
        // Kids in reverse, so that the first is taken up first.
        let mut pending: Vec<(&Object, Option<Index>, Option<ObjectId>, u32)> = Vec::new();
        kids_of(pdf, root).into_iter().rev().for_each(|kid| pending.push((kid, None, None, 0)));
        while let Some((kid, parent, page, depth)) = pending.pop() {
            if self.nodes.len() > MOST {
                return;
            }
            match resolve(pdf, kid) {
                Some(Object::Integer(mark)) => {
                    if let (Some(page), Some(parent)) = (page, parent) {
                        self.nodes[parent].kids.push(Kid::Mark { page, mark: *mark, form: None });
                    }
                }
                Some(Object::Dictionary(dict)) => match get_name(pdf, dict, b"Type") {
                    Some(b"MCR") => self.marked(pdf, dict, parent, page),
                    Some(b"OBJR") => {
                        let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                        if let (Ok(id), Some(parent)) = (dict.get(b"Obj").and_then(Object::as_reference), parent) {
                            let place = (parent, self.nodes[parent].kids.len());
                            self.annotations.entry(id).or_insert(place);
                            self.nodes[parent].kids.push(Kid::Annotation { page, copy: None });
                        }
                    }
                    _ => {
                        if kid.as_reference().is_ok_and(|id| !seen.insert(id)) {
                            continue;
                        }
                        let Some(index) = self.element(pdf, dict) else { continue };
                        match parent {
                            Some(parent) => self.nodes[parent].kids.push(Kid::Element(index)),
                            None => self.top.push(index),
                        }
                        let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                        let holder = if depth >= DEEPEST { parent.unwrap_or(index) } else { index };
                        // A list of kids that several elements share would multiply what is below it.
                        let list = dict.get(b"K").and_then(Object::as_reference).ok();
                        let list = list.filter(|id| matches!(pdf.objects.get(id), Some(Object::Array(_))));
                        if list.is_some_and(|id| !seen.insert(id)) {
                            continue;
                        }
                        for kid in kids_of(pdf, dict).into_iter().rev() {
                            pending.push((kid, Some(holder), page, depth + 1));
                        }
                    }
                },
                _ => {}
            }
        }
    }

    fn marked(&mut self, pdf: &Document, dict: &Dictionary, parent: Option<Index>, page: Option<ObjectId>) {
        let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        let form = dict.get(b"Stm").and_then(Object::as_reference).ok();
        let mark = get_integer(pdf, dict, b"MCID");
        if let (Some(page), Some(mark), Some(parent)) = (page, mark, parent) {
            self.nodes[parent].kids.push(Kid::Mark { page, mark, form });
        }
    }

    fn element(&mut self, pdf: &Document, dict: &Dictionary) -> Option<Index> {
        let kind = get_name(pdf, dict, b"S")?.to_vec();
        let mut entries = Dictionary::new();
        for key in [&b"Alt"[..], b"ActualText", b"E", b"Lang", b"T", b"ID", b"A"] {
            if let Ok(value) = dict.get(key) {
                entries.set(key.to_vec(), value.clone());
            }
        }
        let classes = match get(pdf, dict, b"C") {
            Some(Object::Name(name)) => vec![name.clone()],
            Some(Object::Array(items)) => items.iter().filter_map(|item| Some(item.as_name().ok()?.to_vec())).collect(),
            _ => Vec::new(),
        };
        self.nodes.push(Node { kind, entries, classes, kids: Vec::new(), own: false });
        Some(self.nodes.len() - 1)
    }

    /// Tells whether the file has a tree.
    pub(super) fn is_tagged(&self) -> bool {
        self.tagged
    }

    /// Tells whether the tree names any of these marks on a page.
    pub(super) fn names_any(&self, of: ObjectId, marks: &BTreeSet<i64>) -> bool {
        let named = |(node, kid): &(Index, usize)| matches!(&self.nodes[*node].kids[*kid], Kid::Mark { mark, form: None, .. } if marks.contains(mark));
        self.marked.get(&of).is_some_and(|all| all.iter().any(named))
    }

    /// Tells whether the tree names marks in forms on a page.
    pub(super) fn has_marks_in_forms(&self, of: ObjectId) -> bool {
        let in_form =
            |(node, kid): &(Index, usize)| matches!(self.nodes[*node].kids[*kid], Kid::Mark { form: Some(_), .. });
        self.marked.get(&of).is_some_and(|marks| marks.iter().any(in_form))
    }

    /// Takes marks out that do not show.
    pub(super) fn forget_marks(&mut self, of: ObjectId, hidden: &BTreeSet<i64>) {
        if hidden.is_empty() {
            return;
        }
        for (node, kid) in self.marked.get(&of).into_iter().flatten() {
            if let Kid::Mark { page, mark, form: None } = &mut self.nodes[*node].kids[*kid]
                && hidden.contains(mark)
            {
                // A page that is not taken over: the element goes as with other pages.
                *page = (0, 0);
            }
        }
    }

    /// Puts an annotation that is now part of the page where it stood in the tree, or at its end.
    pub(super) fn mark_drawn(
        &mut self,
        page: ObjectId,
        mark: i64,
        annotation: Option<ObjectId>,
        description: Option<&str>,
    ) {
        let found = annotation.and_then(|id| self.annotations.get(&id).copied());
        if let Some((node, kid)) = found {
            self.nodes[node].kids[kid] = Kid::Mark { page, mark, form: None };
            return;
        }
        let mut entries = Dictionary::new();
        if let Some(description) = description {
            entries.set("Alt", text_string(description));
        }
        let kids = vec![Kid::Mark { page, mark, form: None }];
        self.nodes.push(Node { kind: b"P".to_vec(), entries, classes: Vec::new(), kids, own: true });
        self.top.push(self.nodes.len() - 1);
    }

    /// Makes a whole page one figure.
    pub(super) fn add_figure(&mut self, page: ObjectId) {
        let mut entries = Dictionary::new();
        entries.set(super::super::FIGURE, Object::Boolean(true));
        // `assemble` puts the paper's own description here.
        entries.set("Alt", text_string("A page without tags"));
        let kids = vec![Kid::Mark { page, mark: 0, form: None }];
        self.nodes.push(Node { kind: b"Figure".to_vec(), entries, classes: Vec::new(), kids, own: true });
        self.top.push(self.nodes.len() - 1);
    }

    /// Says which link of the cleaned file an annotation has become.
    pub(super) fn place_link(&mut self, page: ObjectId, annotation: Option<ObjectId>, link: ObjectId) {
        let found = annotation.and_then(|id| self.annotations.get(&id).copied());
        // Trees name annotations on the wrong page, and pages share annotations.
        if let Some((node, kid)) = found
            && let Kid::Annotation { page: on, copy: copy @ None } = &mut self.nodes[node].kids[kid]
        {
            (*on, *copy) = (Some(page), Some(link));
            return;
        }
        let kids = vec![Kid::Annotation { page: Some(page), copy: Some(link) }];
        self.nodes.push(Node {
            kind: b"Link".to_vec(),
            entries: Dictionary::new(),
            classes: Vec::new(),
            kids,
            own: true,
        });
        self.top.push(self.nodes.len() - 1);
    }

    /// Writes what belongs to the pages taken over, and gives the root's id with what leads back
    /// from pages to elements.
    pub(super) fn write(
        mut self,
        copier: &mut Copier,
        kept: &[ObjectId],
        places: &BTreeMap<ObjectId, usize>,
    ) -> (ObjectId, Parents) {
        let mut parents = Parents::default();
        self.sort_own(places);
        let states = self.states(places);
        let root = copier.reserve();
        let mut written = Vec::new();
        let top = std::mem::take(&mut self.top);
        let mut pending: Vec<(Index, ObjectId, ObjectId)> = Vec::new();
        for index in top.into_iter().filter(|index| states[*index] == State::Kept) {
            let id = copier.reserve();
            written.push(Object::Reference(id));
            pending.push((index, id, root));
        }
        while let Some((index, id, parent)) = pending.pop() {
            let mut kids = Vec::new();
            let mut below = Vec::new();
            let mut link_lost = self.nodes[index].kind == b"Link";
            for kid in &self.nodes[index].kids {
                match kid {
                    Kid::Element(element) => {
                        let Some(emptied) = self.kept_kid(*element, &states) else { continue };
                        let id = copier.reserve();
                        kids.push(Object::Reference(id));
                        below.push((*element, id, emptied));
                    }
                    Kid::Mark { page, mark, form } => {
                        let Some(place) = places.get(page) else { continue };
                        let mut dict = Dictionary::new();
                        dict.set("Type", Object::Name(b"MCR".to_vec()));
                        dict.set("Pg", Object::Reference(kept[*place]));
                        if let Some(form) = form {
                            let Some(form) = copier.copy_of(*form) else { continue };
                            dict.set("Stm", Object::Reference(form));
                        }
                        dict.set("MCID", Object::Integer(*mark));
                        parents.mark(&dict, *mark, id);
                        kids.push(Object::Dictionary(dict));
                    }
                    Kid::Annotation { page, copy, .. } => {
                        let (Some(copy), Some(place)) = (copy, page.and_then(|page| places.get(&page))) else {
                            continue;
                        };
                        link_lost = false;
                        parents.annotation(*copy, id);
                        let mut dict = Dictionary::new();
                        dict.set("Type", Object::Name(b"OBJR".to_vec()));
                        dict.set("Pg", Object::Reference(kept[*place]));
                        dict.set("Obj", Object::Reference(*copy));
                        kids.push(Object::Dictionary(dict));
                    }
                }
            }
            let node = &self.nodes[index];
            let mut dict = Dictionary::new();
            dict.set("Type", Object::Name(b"StructElem".to_vec()));
            dict.set("S", Object::Name(written_kind(node, link_lost)));
            dict.set("P", Object::Reference(parent));
            for (key, value) in &node.entries {
                let value = copier.object(value);
                dict.set(key.clone(), value);
            }
            self.add_classes(node, &mut dict, copier);
            dict.set("K", Object::Array(kids));
            copier.put(id, Object::Dictionary(dict));
            for (element, below, emptied) in below {
                if emptied {
                    self.nodes[element].kids.clear();
                    for key in [&b"Alt"[..], b"ActualText", b"E"] {
                        self.nodes[element].entries.remove(key);
                    }
                }
                pending.push((element, below, id));
            }
        }
        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"StructTreeRoot".to_vec()));
        dict.set("K", Object::Array(written));
        let roles = self.roles.iter().map(|(from, to)| (from.clone(), Object::Name(to.clone())));
        dict.set("RoleMap", Object::Dictionary(roles.collect()));
        copier.put(root, Object::Dictionary(dict));
        (root, parents)
    }

    /// Tells whether a kid of a kept element stays, and if so whether emptied: a cell of a table
    /// keeps its place even when what it held is on a page that is not taken over.
    fn kept_kid(&self, element: Index, states: &[State]) -> Option<bool> {
        match states[element] {
            State::Kept | State::Empty => Some(false),
            State::Dropped => matches!(&self.nodes[element].kind[..], b"TD" | b"TH").then_some(true),
        }
    }

    fn add_classes(&self, node: &Node, dict: &mut Dictionary, copier: &mut Copier) {
        let attributes: Vec<Object> =
            node.classes.iter().filter_map(|class| self.classes.get(class)).map(|value| copier.object(value)).collect();
        if attributes.is_empty() {
            return;
        }
        let mut all = match dict.remove(b"A") {
            Some(Object::Array(items)) => items,
            Some(other) => vec![other],
            None => Vec::new(),
        };
        for attribute in attributes {
            match attribute {
                Object::Array(items) => all.extend(items),
                other => all.push(other),
            }
        }
        dict.set("A", Object::Array(all));
    }

    /// Gives what becomes of each element.
    fn states(&self, places: &BTreeMap<ObjectId, usize>) -> Vec<State> {
        let mut states = vec![State::Empty; self.nodes.len()];
        // An element is always read before those below it.
        for index in (0..self.nodes.len()).rev() {
            let of = |kid: &Kid| match kid {
                Kid::Element(element) => states[*element],
                Kid::Mark { page, .. } if places.contains_key(page) => State::Kept,
                Kid::Annotation { copy: Some(_), page: Some(page), .. } if places.contains_key(page) => State::Kept,
                _ => State::Dropped,
            };
            let kids = &self.nodes[index].kids;
            states[index] = if kids.iter().any(|kid| of(kid) == State::Kept) {
                State::Kept
            } else if kids.iter().any(|kid| of(kid) == State::Dropped) {
                State::Dropped
            } else {
                State::Empty
            };
        }
        states
    }

    /// Puts elements of our own among those at the top, in the order of pages.
    fn sort_own(&mut self, places: &BTreeMap<ObjectId, usize>) {
        let mut first: Vec<usize> = vec![usize::MAX; self.nodes.len()];
        for index in (0..self.nodes.len()).rev() {
            let of = |kid: &Kid| match kid {
                Kid::Element(element) => first[*element],
                Kid::Mark { page, .. } | Kid::Annotation { page: Some(page), .. } => {
                    places.get(page).copied().unwrap_or(usize::MAX)
                }
                Kid::Annotation { .. } => usize::MAX,
            };
            first[index] = self.nodes[index].kids.iter().map(of).min().unwrap_or(usize::MAX);
        }
        let (own, foreign): (Vec<Index>, Vec<Index>) = self.top.iter().partition(|index| self.nodes[**index].own);
        let holds_pages = |kind: &[u8]| matches!(kind, b"Document" | b"Part" | b"Art" | b"Sect" | b"Div");
        let whole_file = foreign.len() == 1 && !own.is_empty() && holds_pages(&self.nodes[foreign[0]].kind);
        let mut list = if whole_file { self.kid_elements(foreign[0]) } else { foreign.clone() };
        // An element of our own comes before the first that begins on a later page.
        let mut own = own.into_iter().peekable();
        let mut merged = Vec::with_capacity(list.len());
        let mut reached = 0;
        for index in list.drain(..) {
            if first[index] != usize::MAX {
                reached = reached.max(first[index]);
            }
            while let Some(next) = own.next_if(|next| first[*next] < reached) {
                merged.push(next);
            }
            merged.push(index);
        }
        merged.extend(own);
        let list = merged;
        if whole_file {
            let root = foreign[0];
            self.nodes[root].kids.retain(|kid| !matches!(kid, Kid::Element(_)));
            self.nodes[root].kids.extend(list.into_iter().map(Kid::Element));
            self.top = foreign;
        } else {
            self.top = list;
        }
    }

    fn kid_elements(&self, index: Index) -> Vec<Index> {
        let element = |kid: &Kid| match kid {
            Kid::Element(element) => Some(*element),
            _ => None,
        };
        self.nodes[index].kids.iter().filter_map(element).collect()
    }
}

fn kids_of<'a>(pdf: &'a Document, dict: &'a Dictionary) -> Vec<&'a Object> {
    match dict.get(b"K") {
        Ok(value) => match resolve(pdf, value) {
            Some(Object::Array(items)) => items.iter().collect(),
            Some(_) => vec![value],
            None => Vec::new(),
        },
        Err(_) => Vec::new(),
    }
}

/// Gives the type by which an element is written: links that lead nowhere any more, and fields,
/// are text like any other.
fn written_kind(node: &Node, link_lost: bool) -> Vec<u8> {
    let field = matches!(&node.kind[..], b"Form" | b"Annot");
    if !field && !link_lost {
        return node.kind.clone();
    }
    let holds_elements = node.kids.iter().any(|kid| matches!(kid, Kid::Element(_)));
    if field && holds_elements { b"Div".to_vec() } else { b"Span".to_vec() }
}
