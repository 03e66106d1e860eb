//! Which documents are new, gone, or otherwise than before, and which of the old ones each was.

use std::collections::{BTreeMap, BTreeSet};

use super::compare;
use super::items::name;
use super::likeness::Sketch;
use super::{DocumentChange, DocumentKind, ItemName, Span};
use crate::record::{Document, Page, Record};

/// Likeness from which a document under another name is taken for the same one.
const ALIKE: f64 = 0.5;

/// Gives the documents that changed.
pub(super) fn changed(old: &Record, new: &Record) -> Vec<DocumentChange> {
    let matching = Matching::of(old, new);
    let mut changes: Vec<DocumentChange> = Vec::new();
    for (index, document) in new.documents.iter().enumerate() {
        let was = matching.was.get(&index).map(|was| &old.documents[*was]);
        let change = Change { old, new, document, was, released: matching.released.contains(&index) };
        changes.extend(change.told());
    }
    let gone = (0..old.documents.len()).filter(|index| matching.is_gone(*index));
    changes.extend(gone.map(|index| {
        let document = &old.documents[index];
        let mut change = described(document, old);
        change.old_pages = span(&document.pages);
        change.kinds = vec![DocumentKind::Withdrawn];
        change
    }));
    changes
}

/// A document of the new issue beside what it was.
struct Change<'a> {
    old: &'a Record,
    new: &'a Record,
    document: &'a Document,
    was: Option<&'a Document>,
    /// Whether a placeholder stood in its place.
    released: bool,
}

impl Change<'_> {
    fn told(&self) -> Option<DocumentChange> {
        let mut change = described(self.document, self.new);
        change.new_pages = span(&self.document.pages);
        let Some(was) = self.was else {
            change.kinds = vec![if self.released { DocumentKind::NowPublic } else { DocumentKind::Added }];
            return Some(change);
        };
        let (hidden_before, hidden_now) = (hidden(was, self.old), hidden(self.document, self.new));
        if hidden_before && hidden_now {
            // Nothing of a withheld paper shows, not even that it has another length.
            return None;
        }
        change.old_pages = span(&was.pages);
        if hidden_before {
            change.kinds = vec![DocumentKind::NowPublic];
            return Some(change);
        }
        if hidden_now {
            change.kinds = vec![DocumentKind::NowWithheld];
            return Some(change);
        }
        self.compared(was, &mut change);
        (!change.kinds.is_empty()).then_some(change)
    }

    fn compared(&self, was: &Document, change: &mut DocumentChange) {
        if was.withheld != self.document.withheld {
            change.kinds.push(if was.withheld { DocumentKind::NowPublic } else { DocumentKind::NowWithheld });
        }
        change.difference = compare::versions(&was.pages, &self.document.pages);
        if let Some(difference) = &change.difference {
            let holds = [
                (difference.is_in_print(), DocumentKind::Replaced),
                (difference.references > 0 && !difference.is_in_print(), DocumentKind::References),
                (difference.restyled && !difference.is_in_print(), DocumentKind::Looks),
                (difference.on_screen && !difference.is_in_print(), DocumentKind::OnScreen),
            ];
            change.kinds.extend(holds.into_iter().filter(|(holds, _)| *holds).map(|(_, kind)| kind));
        }
        if was.item != self.document.item {
            change.kinds.push(DocumentKind::Moved);
            change.old_item = item(was, self.old);
        }
        if was.title != self.document.title {
            change.kinds.push(DocumentKind::Retitled);
            change.old_title = Some(was.title.clone());
        }
        if numbers(&was.pages) != numbers(&self.document.pages) {
            change.kinds.push(DocumentKind::Renumbered);
        }
    }
}

fn described(document: &Document, record: &Record) -> DocumentChange {
    DocumentChange {
        key: document.key.clone(),
        kind: document.kind.clone(),
        title: document.title.clone(),
        old_title: None,
        item: item(document, record),
        old_item: None,
        appendix: document.appendix.clone(),
        withheld: document.withheld,
        old_pages: None,
        new_pages: None,
        kinds: Vec::new(),
        difference: None,
    }
}

fn item(document: &Document, record: &Record) -> Option<ItemName> {
    let key = document.item.as_ref()?;
    record.items.iter().find(|item| item.key == *key).map(name)
}

/// Tells whether the record holds only a placeholder of a document.
fn hidden(document: &Document, record: &Record) -> bool {
    document.withheld && record.edition != "private"
}

fn numbers(pages: &[Page]) -> Vec<&str> {
    pages.iter().filter(|page| !page.blank).map(|page| page.number.as_str()).collect()
}

fn span(pages: &[Page]) -> Option<Span> {
    let end = pages.iter().rposition(|page| !page.blank)?;
    let (first, last) = (pages.first()?.number.clone(), pages[end].number.clone());
    Some(Span { first, last, pages: end + 1 })
}

/// Which document of the new issue was which of the old one.
struct Matching {
    /// Old index by new index.
    was: BTreeMap<usize, usize>,
    /// Old indices that are spoken for.
    taken: BTreeSet<usize>,
    /// New documents in the place of placeholders that stood for several.
    released: BTreeSet<usize>,
    count: usize,
}

impl Matching {
    fn of(old: &Record, new: &Record) -> Self {
        let mut matching = Self {
            was: BTreeMap::new(),
            taken: BTreeSet::new(),
            released: BTreeSet::new(),
            count: new.documents.len(),
        };
        matching.by(old, new, |document, _| Some((document.key.clone(), None)));
        let open = |document: &Document, record: &Record| !hidden(document, record);
        matching.by(old, new, |document, record| {
            open(document, record).then(|| (document.title.clone(), document.item.clone()))
        });
        matching.by(old, new, |document, record| open(document, record).then(|| (document.title.clone(), None)));
        matching.by_likeness(old, new);
        matching.placeholders(old, new);
        matching
    }

    /// Matches what is left by a name that only one document has on each side.
    fn by(
        &mut self,
        old: &Record,
        new: &Record,
        name: impl Fn(&Document, &Record) -> Option<(String, Option<String>)>,
    ) {
        let mut names: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for index in self.old_left(old) {
            if let Some(name) = name(&old.documents[index], old) {
                names.entry(name).or_default().0.push(index);
            }
        }
        for index in self.new_left() {
            if let Some(name) = name(&new.documents[index], new) {
                names.entry(name).or_default().1.push(index);
            }
        }
        for (before, now) in names.into_values() {
            if let ([before], [now]) = (&before[..], &now[..]) {
                self.join(*before, *now);
            }
        }
    }

    /// Matches placeholders with what stands in their place behind the same item.
    fn placeholders(&mut self, old: &Record, new: &Record) {
        for before in self.old_left(old) {
            let document = &old.documents[before];
            let beside: Vec<usize> =
                self.new_left().into_iter().filter(|now| new.documents[*now].item == document.item).collect();
            let is_hidden = |now: &usize| hidden(&new.documents[*now], new);
            let open: Vec<usize> = beside.iter().copied().filter(|now| !is_hidden(now)).collect();
            if hidden(document, old) {
                if let Some(now) = beside.iter().copied().find(is_hidden) {
                    self.join(before, now);
                } else if !open.is_empty() {
                    self.taken.insert(before);
                    self.released.extend(open);
                }
            } else if let Some(now) = beside.iter().copied().find(is_hidden) {
                self.join(before, now);
            }
        }
    }

    /// Matches what is left by what it says, the most alike first.
    fn by_likeness(&mut self, old: &Record, new: &Record) {
        let sketches = |record: &Record, left: Vec<usize>| -> Vec<(usize, Sketch)> {
            let open = left.into_iter().filter(|index| !hidden(&record.documents[*index], record));
            open.map(|index| (index, Sketch::of_pages(&record.documents[index].pages))).collect()
        };
        let (before, now) = (sketches(old, self.old_left(old)), sketches(new, self.new_left()));
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (old_index, old_sketch) in &before {
            for (new_index, new_sketch) in &now {
                let (was, is) = (&old.documents[*old_index], &new.documents[*new_index]);
                let likeness = if same_looks(was, is) { 1.0 } else { old_sketch.likeness(new_sketch) };
                if likeness >= ALIKE {
                    pairs.push((likeness, *old_index, *new_index));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, before, now) in pairs {
            if !self.taken.contains(&before) && !self.was.contains_key(&now) {
                self.join(before, now);
            }
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        self.was.insert(new, old);
        self.taken.insert(old);
    }

    fn old_left(&self, old: &Record) -> Vec<usize> {
        (0..old.documents.len()).filter(|index| self.is_gone(*index)).collect()
    }

    fn new_left(&self) -> Vec<usize> {
        let left = |index: &usize| !self.was.contains_key(index) && !self.released.contains(index);
        (0..self.count).filter(left).collect()
    }

    fn is_gone(&self, index: usize) -> bool {
        !self.taken.contains(&index)
    }
}

/// Tells whether two documents show the same, as scans without words do.
fn same_looks(was: &Document, is: &Document) -> bool {
    let looks = |document: &Document| -> Vec<String> {
        document.pages.iter().filter(|page| !page.blank).map(|page| page.content.clone()).collect()
    };
    let (was, is) = (looks(was), looks(is));
    !was.is_empty() && was == is
}
