//! Items with the numbers of their parts, and the documents behind them.

use std::collections::BTreeMap;

use super::{Document, Role};
use crate::check::NUMBER_TWICE;
use crate::finding::{Finding, Log, Place};
use crate::layouts::Phrases;
use crate::model::{Line, Prose, Withheld};
use crate::resolve::{Entry, Item, Meeting, ResolvedPaper, Values};

/// A line of the agenda.
pub(crate) type ComposedEntry<'a> = Entry<'a, ComposedItem<'a>>;

/// An item with its documents, its placeholders filled in.
#[derive(Debug, Clone)]
pub struct ComposedItem<'a> {
    /// The item.
    pub item: Item<'a>,
    /// Title as printed.
    pub title: Line,
    /// Line below the title, as printed.
    pub lead: Option<Line>,
    /// Further text, as printed.
    pub text: Option<Prose>,
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

impl ComposedItem<'_> {
    /// Gives the ids of all documents behind it in order: those of its parts, then its own.
    pub(crate) fn all_documents(&self) -> impl Iterator<Item = &String> + Clone {
        self.parts.iter().flat_map(|part| &part.documents).chain(&self.documents)
    }

    fn lists(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        self.parts.iter_mut().map(|part| &mut part.documents).chain([&mut self.documents])
    }

    /// Gives it with only these of its documents; nothing when none of them is its.
    pub(super) fn with_only(&self, ids: &[&str]) -> Option<Self> {
        let mut item = self.clone();
        item.lists().for_each(|documents| documents.retain(|id| ids.contains(&id.as_str())));
        let some = item.all_documents().next().is_some();
        some.then_some(item)
    }

    /// Puts other ids in the place of documents' ids; what becomes equal is named once.
    pub(super) fn rename_documents(&mut self, names: &BTreeMap<String, String>) {
        for list in self.lists() {
            for id in list.iter_mut() {
                if let Some(name) = names.get(id) {
                    id.clone_from(name);
                }
            }
            list.dedup();
        }
    }
}

/// Public entries, private ones, and all documents of a meeting.
type Composed<'a> = (Vec<ComposedEntry<'a>>, Vec<ComposedEntry<'a>>, Vec<Document>);

pub(super) struct Composing<'c> {
    values: &'c Values,
    phrases: &'c Phrases,
    log: &'c Log,
    /// What the public is told in the place of papers that were taken back, by key.
    taken_back: &'c BTreeMap<String, String>,
    /// Number of the last document, and how many withheld ones of one item share it.
    last_document: (u32, u32),
    numbers: BTreeMap<String, Place>,
    documents: Vec<Document>,
}

impl<'c> Composing<'c> {
    pub(super) fn new(
        values: &'c Values,
        phrases: &'c Phrases,
        log: &'c Log,
        taken_back: &'c BTreeMap<String, String>,
    ) -> Self {
        let documents = vec![Document::front_sheet("d1")];
        Self { values, phrases, log, taken_back, last_document: (1, 0), numbers: BTreeMap::new(), documents }
    }

    /// Fills in the items of a meeting and lines up their documents; one that does not go ahead has none.
    pub(super) fn entries<'a>(mut self, meeting: &Meeting<'a>) -> Composed<'a> {
        let off = meeting.agenda.status() != "scheduled";
        let mut composed = |entries: &[Entry<'a>]| {
            let one = |entry: &Entry<'a>| match entry {
                Entry::Heading { title, text } => Entry::Heading { title, text: *text },
                Entry::Item(item) => Entry::Item(Box::new(self.item(item, off))),
            };
            entries.iter().map(one).collect()
        };
        let (public, private) = (composed(&meeting.public), composed(&meeting.private));
        (public, private, self.documents)
    }

    fn item<'a>(&mut self, item: &Item<'a>, off: bool) -> ComposedItem<'a> {
        self.number_once(item);
        let (values, log) = (self.values, self.log);
        let is_standing = item.usual_title.is_some();
        let line = |line: &Line| if is_standing { values.line(line, log) } else { line.clone() };
        let prose = |prose: &Prose| if is_standing { values.prose(prose, log) } else { prose.clone() };
        let (title, lead, text) = (line(item.title), item.lead.map(line), item.text.map(prose));
        // Without papers there is nothing to withhold.
        let bare = off || item.withdrawn.is_some();
        let before = self.documents.len();
        let mut parts = Vec::new();
        let mut letters = 0;
        let mut decimals = 0;
        for part in &item.parts {
            let number = if part.numbered {
                decimals += 1;
                format!("{}.{decimals}", item.number)
            } else {
                letters += 1;
                self.phrases.fill("part-letter", &[("letter", &letter(letters))])
            };
            let papers = if bare { &[] } else { part.papers.as_slice() };
            parts.push(ComposedPart { number, documents: self.line_up(papers, &item.number, before) });
        }
        let papers = if bare { &[] } else { item.papers.as_slice() };
        let documents = self.line_up(papers, &item.number, before);
        let withheld = withheld(item, &self.documents[before..], bare);
        ComposedItem { item: item.clone(), title, lead, text, parts, documents, withheld }
    }

    /// Records an item that has the number of one before it.
    fn number_once(&mut self, item: &Item) {
        let place = item.pinned.map_or(item.place, |number| number.place);
        if let Some(first) = self.numbers.insert(item.number.clone(), place) {
            self.log.add(
                Finding::new(&NUMBER_TWICE, place, format!("two items have the number {}", item.number))
                    .also(first, "the first one")
                    .help("pin another number, or none"),
            );
        }
    }

    fn line_up(&mut self, papers: &[ResolvedPaper], item: &str, before: usize) -> Vec<String> {
        let mut ids = Vec::new();
        for paper in papers.iter().filter(|paper| paper.paper.is_some()) {
            // What was taken back stays withheld, whatever the sources say.
            let taken_back = self.taken_back.get(&paper.named.path);
            let public = paper.access.is_public() && taken_back.is_none();
            let grounds = paper.access.grounds().cloned();
            let grounds =
                grounds.unwrap_or_else(|| Withheld { taken_back: taken_back.cloned(), ..Withheld::default() });
            let id = self.next_id(item, public);
            self.documents.push(Document {
                id: id.clone(),
                role: Role::Paper(paper.named.path.clone()),
                item: Some(item.to_owned()),
                first_of_item: self.documents.len() == before,
                appendix: paper.named.appendix.as_ref().map(|text| text.value.clone()),
                withheld: (!public).then_some(grounds),
                place: paper.named.place,
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

/// Gives the grounds that are shown with an item: its own unless all of its documents have been released, or those that
/// the first of its documents has where all are withheld.
fn withheld(item: &Item, documents: &[Document], bare: bool) -> Option<Withheld> {
    let own = item.access.grounds().filter(|_| !bare);
    let (open, held): (Vec<&Document>, Vec<&Document>) =
        documents.iter().partition(|document| document.withheld.is_none());
    let released = held.is_empty() && !open.is_empty();
    own.filter(|_| !released).cloned().or_else(|| held.first().filter(|_| open.is_empty())?.withheld.clone())
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
