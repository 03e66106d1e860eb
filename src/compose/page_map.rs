//! Which pack pages each document has: the contract between the editions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The pages of one document, numbered as in the pack, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pages {
    /// First page.
    pub(crate) first: u32,
    /// Last page with text.
    pub(crate) last: u32,
}

impl Pages {
    /// Gives the last page counting the blank one that follows an odd number of pages.
    pub(crate) fn last_with_blank(self) -> u32 {
        self.last + self.last % 2
    }

    /// Tells whether a blank page follows.
    pub(crate) fn has_blank(self) -> bool {
        self.last % 2 == 1
    }
}

/// The pages of every document of the whole pack, by document id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageMap {
    pages: BTreeMap<String, Pages>,
    labels: BTreeMap<String, u32>,
}

impl PageMap {
    /// Records a document's pages.
    pub(crate) fn insert(&mut self, id: String, pages: Pages) {
        self.pages.insert(id, pages);
    }

    /// Records the page on which a label stands.
    pub(crate) fn insert_label(&mut self, label: String, page: u32) {
        self.labels.insert(label, page);
    }

    /// Gives the page on which a label stands.
    pub(crate) fn label(&self, label: &str) -> Option<u32> {
        self.labels.get(label).copied()
    }

    /// Gives a document's pages.
    pub(crate) fn get(&self, id: &str) -> Option<Pages> {
        self.pages.get(id).copied()
    }

    /// Gives the pages from the first to the last of several documents, the last blank included.
    pub(crate) fn range(&self, ids: &[String]) -> Option<(u32, u32)> {
        let pages: Vec<Pages> = ids.iter().filter_map(|id| self.get(id)).collect();
        let first = pages.iter().map(|pages| pages.first).min()?;
        let last = pages.iter().map(|pages| pages.last_with_blank()).max()?;
        Some((first, last))
    }

    /// Gives the number of the pack's last page, blanks included.
    pub(crate) fn last_page(&self) -> u32 {
        self.pages.values().map(|pages| pages.last_with_blank()).max().unwrap_or(0)
    }
}
