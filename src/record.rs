//! What a made pack holds, as plain data: items, documents, and the printed number and words of every page.
//!
//! A record is kept with each issue, so that a later one can keep its numbers and say what has
//! changed. That of the public edition knows of a withheld paper only its placeholder.

use serde::{Deserialize, Serialize};

/// Version of the schema; grows when a field changes its meaning or goes away.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// What a made pack holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the schema.
    pub schema_version: u32,
    /// `public` or `private`.
    pub edition: String,
    /// The meeting.
    pub meeting: Meeting,
    /// Items in order, public ones first.
    pub items: Vec<Item>,
    /// Documents in order; the first is the front sheet.
    pub documents: Vec<Document>,
}

/// The meeting of a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Id, such as `scrutiny/2026-09-16`.
    pub id: String,
    /// Name of the body.
    pub body: String,
    /// Heading of the front sheet.
    pub title: String,
    /// Day, as `2026-09-16`.
    pub date: String,
    /// Time, as `10:30`.
    pub time: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Members with their roles.
    pub membership: Vec<String>,
    /// `scheduled`, `cancelled` or `postponed`.
    pub status: String,
}

/// An item of the agenda.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is known by from one issue to the next.
    pub key: String,
    /// Number as printed.
    pub number: String,
    /// Title.
    pub title: String,
    /// Whether it is private business.
    pub private: bool,
    /// Whether all of its papers are withheld.
    pub withheld: bool,
    /// Why its report is to follow.
    pub to_follow: Option<String>,
    /// Why it is withdrawn.
    pub withdrawn: Option<String>,
    /// Keys of its documents.
    pub documents: Vec<String>,
}

/// A document of the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is known by from one issue to the next: for a paper its source.
    pub key: String,
    /// Kind, such as `front-sheet`, `report` or `placeholder`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Key of the item that it stands behind.
    pub item: Option<String>,
    /// Number of the appendix that it is.
    pub appendix: Option<String>,
    /// Whether it is withheld.
    pub withheld: bool,
    /// Its pages, a blank one at the end included.
    pub pages: Vec<Page>,
}

/// A page of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Number as printed, such as `7` or `10A`.
    pub number: String,
    /// Whether it was left blank.
    pub blank: bool,
    /// SHA-256 of what it shows besides its number and running heads, in hexadecimal.
    pub content: String,
    /// SHA-256 of what it says and pictures, however it looks; empty in older records.
    #[serde(default)]
    pub matter: String,
    /// SHA-256 of what only a screen has of it: where links lead, and what is read aloud in the place of pictures.
    #[serde(default)]
    pub on_screen: String,
    /// Its words in reading order: lines, and paragraphs with a line between them.
    pub text: String,
    /// Upper and lower ends of its lines that are not empty, in tenths of a point from the upper edge; known only while
    /// it is made, and not of other people's files.
    #[serde(skip)]
    pub lines: Vec<(u32, u32)>,
}

impl Page {
    /// Tells whether another page says and pictures the same, however it looks.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        if self.matter.is_empty() || other.matter.is_empty() {
            return self.content == other.content;
        }
        self.matter == other.matter
    }
}

impl Record {
    /// Gives all pages in order.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.documents.iter().flat_map(|document| &document.pages)
    }

    /// Gives the document of a key.
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.key == key)
    }

    /// Gives the item of a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }
}
