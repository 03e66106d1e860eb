//! Items with their numbers, standing items filled in, and the documents behind them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Kept, Role};
use crate::finding::{Finding, Log, rules};
use crate::layouts::Phrases;
use crate::model::agenda::{Agenda, Entry, Item, PaperUse};
use crate::model::{Access, Body, Line, Prose, Withheld, Workspace};

/// A line of the agenda, numbered.
#[derive(Debug, Clone)]
pub enum ComposedEntry {
    /// An item.
    Item(Box<ComposedItem>),
    /// A heading between items.
    Heading {
        /** Title. */
        title: Line,
        /** Text below it. */
        text: Option<Prose>,
    },
}

/// An item with its number and documents.
#[derive(Debug, Clone)]
pub struct ComposedItem {
    /// What it is known by from one issue to the next: its label, standing item or title.
    pub key: String,
    /// Number as printed, such as `4` or `5A`.
    pub number: String,
    /// The item, with what a standing item adds.
    pub item: Item,
    /// Sub-items with their numbers and documents.
    pub parts: Vec<ComposedPart>,
    /// Ids of the documents behind the item itself.
    pub documents: Vec<String>,
    /// Grounds shown with the item on the front sheet.
    pub withheld: Option<Withheld>,
}

/// A sub-item.
#[derive(Debug, Clone)]
pub struct ComposedPart {
    /// Number as printed, such as `(a)` or `4.1`.
    pub number: String,
    /// Ids of the documents behind it.
    pub documents: Vec<String>,
}

impl ComposedEntry {
    /// Gives an item with only these of its documents; nothing when none of them is its.
    pub(super) fn with_only(&self, ids: &[&str]) -> Option<Self> {
        let Self::Item(item) = self else { return None };
        let mut item = item.clone();
        let keep = |documents: &mut Vec<String>| documents.retain(|id| ids.contains(&id.as_str()));
        keep(&mut item.documents);
        item.parts.iter_mut().for_each(|part| keep(&mut part.documents));
        let some = !item.documents.is_empty() || item.parts.iter().any(|part| !part.documents.is_empty());
        some.then_some(Self::Item(item))
    }

    /// Puts other ids in the place of documents' ids; what becomes equal is named once.
    pub(super) fn rename_documents(&mut self, names: &BTreeMap<String, String>) {
        let Self::Item(item) = self else { return };
        let lists = item.parts.iter_mut().map(|part| &mut part.documents).chain([&mut item.documents]);
        for list in lists {
            for id in list.iter_mut() {
                if let Some(name) = names.get(id) {
                    id.clone_from(name);
                }
            }
            list.dedup();
        }
    }
}

pub(super) struct Composing<'a> {
    workspace: &'a Workspace,
    body: &'a Body,
    phrases: &'a Phrases,
    kept: &'a Kept,
    log: &'a Log,
    keys: BTreeSet<String>,
    last_number: u32,
    /// Number of the last document, and how many withheld ones of one item share it.
    last_document: (u32, u32),
    numbers: BTreeMap<String, crate::finding::Place>,
    pub(super) documents: Vec<Document>,
    values: super::placeholders::Values,
}

impl<'a> Composing<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        agenda: &'a Agenda,
        body: &'a Body,
        phrases: &'a Phrases,
        kept: &'a Kept,
        log: &'a Log,
    ) -> Self {
        let front = Document {
            id: "d1".into(),
            role: Role::FrontSheet,
            item: None,
            first_of_item: false,
            appendix: None,
            withheld: None,
        };
        let values = super::placeholders::Values::of(workspace, agenda, body);
        let (keys, numbers) = (BTreeSet::new(), BTreeMap::new());
        Self {
            workspace,
            body,
            phrases,
            kept,
            log,
            keys,
            last_number: 0,
            last_document: (1, 0),
            numbers,
            documents: vec![front],
            values,
        }
    }

    /// Numbers entries and lines up their documents; `off` leaves the papers out.
    pub(super) fn entries(&mut self, entries: &[Entry], private: bool, off: bool) -> Vec<ComposedEntry> {
        entries
            .iter()
            .map(|entry| match entry {
                Entry::Heading { title, text } => ComposedEntry::Heading { title: title.clone(), text: text.clone() },
                Entry::Item(item) => ComposedEntry::Item(Box::new(self.item(item, private, off))),
            })
            .collect()
    }

    fn item(&mut self, item: &Item, private: bool, off: bool) -> ComposedItem {
        let usual = item.standing.as_ref().and_then(|id| self.workspace.standing(&self.body.id, &id.value));
        let access = Access::of_item(item, usual, private);
        let mut own = access.grounds().cloned();
        let mut item = usual.map_or_else(|| item.clone(), |usual| self.with_standing(item, usual));
        if off || item.withdrawn.is_some() {
            // Without papers there is nothing to withhold.
            own = None;
            item.papers.clear();
            item.parts.iter_mut().for_each(|part| part.papers.clear());
        }
        let key = self.key(&item, access);
        let number = self.number(&item, &key);
        let before = self.documents.len();
        let mut parts = Vec::new();
        let mut letters = 0;
        let mut decimals = 0;
        for part in &item.parts {
            let part_number = if part.numbered {
                decimals += 1;
                format!("{number}.{decimals}")
            } else {
                letters += 1;
                self.phrases.fill("part-letter", &[("letter", &letter(letters))])
            };
            let documents = self.line_up(&part.papers, &number, before, access);
            parts.push(ComposedPart { number: part_number, documents });
        }
        let documents = self.line_up(&item.papers, &number, before, access);
        let mine = &self.documents[before..];
        let open = !mine.is_empty() && mine.iter().all(|document| document.withheld.is_none());
        let withheld = own.filter(|_| !open).or_else(|| {
            let all = !mine.is_empty() && mine.iter().all(|document| document.withheld.is_some());
            all.then(|| mine[0].withheld.clone()).flatten()
        });
        ComposedItem { key, number, item, parts, documents, withheld }
    }

    /// Gives an item with what the standing item that it is adds.
    fn with_standing(&self, item: &Item, usual: &Item) -> Item {
        for line in std::iter::once(&usual.title).chain(&usual.lead) {
            self.values.check_line(line, self.log);
        }
        if let Some(text) = &usual.text {
            self.values.check_prose(text, self.log);
        }
        let item = item.clone();
        let pick = |own: Vec<crate::model::agenda::Part>, usual: &[crate::model::agenda::Part]| {
            if own.is_empty() { usual.to_vec() } else { own }
        };
        let title = if item.title.is_empty() { usual.title.clone() } else { item.title.clone() };
        Item {
            title: self.values.fill_line(&title),
            number: item.number.or_else(|| usual.number.clone()),
            label: item.label.or_else(|| usual.label.clone()),
            lead: item.lead.or_else(|| usual.lead.clone()).map(|line| self.values.fill_line(&line)),
            text: item.text.or_else(|| usual.text.clone()).map(|prose| self.values.fill_prose(&prose)),
            parts: pick(item.parts, &usual.parts),
            requisition: if item.requisition.is_empty() { usual.requisition.clone() } else { item.requisition },
            listing_officer: item.listing_officer.or_else(|| usual.listing_officer.clone()),
            separately: item.separately.or_else(|| usual.separately.clone()),
            to_follow: item.to_follow.or_else(|| usual.to_follow.clone()),
            ..item
        }
    }

    /// Gives what an item is known by: two of the same title are told apart by a count. Of a withheld one that is its
    /// title, since the label is not printed.
    fn key(&mut self, item: &Item, access: Access) -> String {
        let name = item.label.as_ref().or(item.standing.as_ref()).filter(|_| access.is_public());
        let name = name.map_or_else(|| item.title.plain().to_lowercase(), |text| text.value.clone());
        let mut key = name.clone();
        let mut count = 2;
        while !self.keys.insert(key.clone()) {
            key = format!("{name} ({count})");
            count += 1;
        }
        key
    }

    fn number(&mut self, item: &Item, key: &str) -> String {
        let pinned = item.number.as_ref().map(|number| &number.value).or_else(|| self.kept.items.get(key));
        let number = if let Some(pinned) = pinned {
            if let Ok(number) = pinned.parse() {
                self.last_number = number;
            }
            pinned.clone()
        } else {
            self.last_number = self.last_number.saturating_add(1);
            self.last_number.to_string()
        };
        let place = item.number.as_ref().map_or(item.place, |number| number.place);
        if let Some(first) = self.numbers.insert(number.clone(), place) {
            self.log.add(
                Finding::new(&rules::NUMBER_TWICE, place, format!("two items have the number {number}"))
                    .also(first, "the first one")
                    .help("pin another number, or none"),
            );
        }
        number
    }

    fn line_up(&mut self, papers: &[PaperUse], item: &str, before: usize, access: Access) -> Vec<String> {
        let mut ids = Vec::new();
        for use_ in papers {
            let used = self.workspace.used(use_, access);
            if used.paper.is_none() {
                continue;
            }
            let public = used.access.is_public() || self.kept.released.contains(&use_.path);
            let withheld = (!public).then(|| used.access.grounds().cloned().unwrap_or_default());
            let id = self.next_id(item, public);
            self.documents.push(Document {
                id: id.clone(),
                role: Role::Paper(use_.path.clone()),
                item: Some(item.to_owned()),
                first_of_item: self.documents.len() == before,
                appendix: use_.appendix.as_ref().map(|text| text.value.clone()),
                withheld,
            });
            ids.push(id);
        }
        ids
    }

    /// Gives the id of the next document. Neighbouring withheld documents of one item share a number, that of the
    /// placeholder in their place, so that no id tells the public how many there are.
    fn next_id(&mut self, item: &str, public: bool) -> String {
        let goes_on = |last: &Document| last.withheld.is_some() && last.item.as_deref() == Some(item);
        let (number, withheld) = &mut self.last_document;
        if public || !self.documents.last().is_some_and(goes_on) {
            (*number, *withheld) = (*number + 1, 0);
        }
        if public {
            return format!("d{number}");
        }
        *withheld += 1;
        format!("d{number}-withheld-{withheld}")
    }
}

/// Gives the letter of a part: a to z, then aa, ab …
fn letter(number: u32) -> String {
    let mut rest = number;
    let mut letters = String::new();
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_run_on_after_z() {
        assert_eq!((letter(1), letter(26), letter(27), letter(53)), ("a".into(), "z".into(), "aa".into(), "ba".into()));
    }
}
