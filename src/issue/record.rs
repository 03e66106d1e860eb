//! The record of an issue: what one edition of a pack said, on which pages, as plain data.
//!
//! It is kept with the issue, so that a later issue can be compared with it without the sources.
//! The record of a public edition knows of a withheld paper only its placeholder.

use serde::{Deserialize, Serialize};

/// Version of the schema; grows when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// What one edition of an issue holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the schema.
    pub schema_version: u32,
    /// Word of the edition, such as `public`.
    pub edition: String,
    /// The meeting.
    pub meeting: Meeting,
    /// Items of business in their order.
    pub items: Vec<Item>,
    /// Documents in their order.
    pub documents: Vec<Document>,
}

/// The facts of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Id such as `scrutiny/2026-09-16`.
    pub id: String,
    /// Name of the body.
    pub body: String,
    /// Title of the meeting.
    pub title: String,
    /// Day, as `2026-09-16`.
    pub date: String,
    /// Time, as `10:30`.
    pub time: Option<String>,
    /// Where it is held.
    pub place: Option<String>,
    /// Members as printed.
    pub membership: Vec<String>,
    /// `scheduled`, `cancelled` or `postponed`.
    pub status: String,
}

/// An item of business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is known by in every issue.
    pub key: String,
    /// Number as printed.
    pub number: String,
    /// Title as printed.
    pub title: String,
    /// Whether it is private business.
    pub private: bool,
    /// Whether it is withheld as a whole.
    pub withheld: bool,
    /// What is said of papers that are to follow.
    pub to_follow: Option<String>,
    /// Why it is withdrawn, when it is.
    pub withdrawn: Option<String>,
    /// Keys of its documents.
    pub documents: Vec<String>,
}

/// A document: the front sheet, a paper, or a placeholder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is known by in every issue, such as the path of its source.
    pub key: String,
    /// Kind, such as `briefing-note`.
    pub kind: String,
    /// Title as printed.
    pub title: String,
    /// Key of the item that it stands behind.
    pub item: Option<String>,
    /// Number of the appendix that it is.
    pub appendix: Option<String>,
    /// Whether it is withheld; in a public edition it is then a placeholder.
    pub withheld: bool,
    /// Its pages in their order, blank ones included.
    pub pages: Vec<Page>,
}

/// A page of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Number as printed, such as `7` or `10A`.
    pub number: String,
    /// Whether it is left blank.
    pub blank: bool,
    /// Hash of what it shows except its number and stamps.
    pub content: String,
    /// Its words in reading order: lines end with `\n`, paragraphs with `\n\n`. Empty for blank pages.
    pub text: String,
}
