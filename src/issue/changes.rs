//! What differs between two issues of a pack: facts of the meeting, items, papers, and words in them.
//!
//! Items are known by their keys, documents by their keys, titles or likeness. Documents are compared as
//! one stream of words each, so that text which only flows over another page or line is no change.
//!
//! Of a paper that a public record holds only as a placeholder nothing is said but that it is there, has
//! become public or is no longer so.

use serde::Serialize;

use crate::record::Record;

mod compare;
mod documents;
mod items;
mod likeness;
mod report;
mod terminal;
mod weight;
mod words;

pub use report::{ReportFacts, report};
pub use terminal::text;
pub use weight::{Reason, Weight};

/// Version of the schema of the JSON form; grows when a field changes its meaning or goes away.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// What differs between two issues of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Version of the schema.
    pub schema_version: u32,
    /// Word of the edition.
    pub edition: String,
    /// Id of the meeting.
    pub meeting: String,
    /// Name of the body.
    pub body: String,
    /// Title of the meeting.
    pub title: String,
    /// How much the changes weigh together.
    pub weight: Weight,
    /// What makes them weigh so, the heaviest first.
    pub reasons: Vec<Reason>,
    /// Facts of the meeting that are others now.
    pub facts: Vec<FactChange>,
    /// Members who are on the new issue alone.
    pub joined: Vec<String>,
    /// Members who were on the old issue alone.
    pub left: Vec<String>,
    /// Items that changed, in the new order; those that are gone come last.
    pub items: Vec<ItemChange>,
    /// Documents that changed, in the new order; those that are gone come last.
    pub documents: Vec<DocumentChange>,
}

/// A fact of the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Its title.
    Title,
    /// Its day.
    Date,
    /// Its time.
    Time,
    /// Where it is held.
    Place,
    /// Whether it is held.
    Status,
}

/// A fact that is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// Which fact.
    pub fact: Fact,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// How an item changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// It is new.
    Added,
    /// It is gone, or marked as withdrawn.
    Withdrawn,
    /// It was withdrawn and is not any more.
    Reinstated,
    /// It has another title.
    Retitled,
    /// It stands elsewhere among the others.
    Moved,
    /// It has become private business.
    Private,
    /// It has become public business.
    Public,
    /// Papers are now to follow.
    ToFollow,
    /// Papers are not to follow any more.
    Followed,
    /// It has another number.
    Renumbered,
}

/// An item that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// The item, as it is now or was.
    pub item: ItemName,
    /// Number before, where it is another.
    pub old_number: Option<String>,
    /// Title before, where it is another.
    pub old_title: Option<String>,
    /// What is said of its withdrawal or of what is to follow.
    pub note: Option<String>,
    /// How it changed, never nothing.
    pub kinds: Vec<ItemKind>,
}

/// What an item is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemName {
    /// What it is known by in every issue.
    pub key: String,
    /// Number as printed.
    pub number: String,
    /// Title as printed.
    pub title: String,
}

/// How a document changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// It is new.
    Added,
    /// It is gone.
    Withdrawn,
    /// It stood as a placeholder and is public now.
    NowPublic,
    /// It was public and is withheld now.
    NowWithheld,
    /// What it says or shows is something else.
    Replaced,
    /// It looks otherwise, and no word or picture is another.
    Looks,
    /// Where its links lead or what is read aloud of it is something else, and nothing that is printed.
    OnScreen,
    /// It stands behind another item.
    Moved,
    /// It has another title.
    Retitled,
    /// It has other page numbers.
    Renumbered,
    /// Page numbers that its text refers to are others, and no other word.
    References,
}

/// A document that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentChange {
    /// What it is known by, as it is now or was.
    pub key: String,
    /// Kind of document.
    pub kind: String,
    /// Title as it is now or was.
    pub title: String,
    /// Title before, where it is another.
    pub old_title: Option<String>,
    /// The item that it stands behind now, or stood behind when it is gone.
    pub item: Option<ItemName>,
    /// The item that it stood behind, where it is another.
    pub old_item: Option<ItemName>,
    /// Number of the appendix that it is.
    pub appendix: Option<String>,
    /// Whether it is withheld.
    pub withheld: bool,
    /// Pages before.
    pub old_pages: Option<Span>,
    /// Pages now.
    pub new_pages: Option<Span>,
    /// How it changed, never nothing.
    pub kinds: Vec<DocumentKind>,
    /// What differs inside, where it was replaced.
    pub difference: Option<Difference>,
}

/// From page to page, as printed, without blank pages at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Number of the first page.
    pub first: String,
    /// Number of the last page.
    pub last: String,
    /// How many pages it has, blank ones among them counted.
    pub pages: usize,
}

/// What differs inside a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Whether so little is the same that differences are not told one by one.
    pub rewritten: bool,
    /// How many words are gone.
    pub deleted: usize,
    /// How many words are new.
    pub inserted: usize,
    /// Where words differ, in order; none when it is rewritten.
    pub hunks: Vec<Hunk>,
    /// Pages that have the same words but other pictures, or show something without words.
    pub looks: Vec<PagePair>,
    /// Whether pages look otherwise that say and picture the same.
    pub restyled: bool,
    /// Whether links lead elsewhere, or other words are read aloud in the place of pictures.
    pub on_screen: bool,
    /// How many numbers of pages in the text are others.
    pub references: usize,
}

/// Words that differ at one place. Joined in their order, the texts are as printed, with their spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hunk {
    /// Page of the old issue.
    pub old_page: Option<String>,
    /// Page of the new issue.
    pub new_page: Option<String>,
    /// Some words before.
    pub before: String,
    /// Words that are gone.
    pub deleted: String,
    /// Words that are new.
    pub inserted: String,
    /// Some words behind.
    pub after: String,
}

/// The same page in both issues; without one of its numbers it is new or gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PagePair {
    /// Number in the old issue.
    pub old: Option<String>,
    /// Number in the new issue.
    pub new: Option<String>,
}

/// Tells what differs between two issues of one edition.
pub fn between(old: &Record, new: &Record) -> Changes {
    let gone = |from: &[String], other: &[String]| -> Vec<String> {
        from.iter().filter(|name| !other.contains(name)).cloned().collect()
    };
    let mut changes = Changes {
        schema_version: SCHEMA_VERSION,
        edition: new.edition.clone(),
        meeting: new.meeting.id.clone(),
        body: new.meeting.body.clone(),
        title: new.meeting.title.clone(),
        weight: Weight::Minor,
        reasons: Vec::new(),
        facts: facts(old, new),
        joined: gone(&new.meeting.membership, &old.meeting.membership),
        left: gone(&old.meeting.membership, &new.meeting.membership),
        items: items::changed(old, new),
        documents: documents::changed(old, new),
    };
    changes.reasons = weight::reasons(&changes);
    changes.weight = changes.reasons.iter().map(|reason| reason.weight).max().unwrap_or(Weight::Minor);
    changes
}

fn facts(old: &Record, new: &Record) -> Vec<FactChange> {
    let (old, new) = (&old.meeting, &new.meeting);
    let some = |text: &String| Some(text.clone());
    [
        (Fact::Title, some(&old.title), some(&new.title)),
        (Fact::Date, some(&old.date), some(&new.date)),
        (Fact::Time, old.time.clone(), new.time.clone()),
        (Fact::Place, old.place.clone(), new.place.clone()),
        (Fact::Status, some(&old.status), some(&new.status)),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(fact, old, new)| FactChange { fact, old, new })
    .collect()
}

impl Changes {
    /// Tells whether nothing differs.
    pub fn is_empty(&self) -> bool {
        let people = self.joined.is_empty() && self.left.is_empty();
        people && self.facts.is_empty() && self.items.is_empty() && self.documents.is_empty()
    }

    /// Tells how much the changes weigh: after major ones the notice must be looked at again.
    pub fn weight(&self) -> Weight {
        self.weight
    }
}
