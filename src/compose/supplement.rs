//! A supplement: late papers published by themselves, behind a front sheet of their own.

use super::kept::Supplement;
use super::{ComposedEntry, Document, Pack, PageMap, Pages, Role};
use crate::resolve::Entry;

/// Id of the front sheet of a supplement.
pub(crate) const SHEET: &str = "s1";

impl<'a> Pack<'a> {
    /// Gives the ids of the papers of a supplement; of the whole pack, since a public one does not know
    /// what it withholds.
    pub(crate) fn late(&self, supplement: &Supplement) -> Vec<String> {
        let is_late = |document: &&Document| match &document.role {
            Role::Paper(path) => supplement.papers.contains(path),
            _ => false,
        };
        self.documents.iter().filter(is_late).map(|document| document.id.clone()).collect()
    }

    /// Gives the pack of only these late papers, with the items that they stand behind.
    ///
    /// The pages of its papers are those of the whole pack; its front sheet is in no other pack.
    #[must_use]
    pub(crate) fn supplement(&self, supplement: &Supplement, late: &[String]) -> Self {
        let is_late = |document: &&Document| match &document.role {
            Role::Placeholder(hidden) => hidden.iter().any(|id| late.contains(id)),
            _ => late.contains(&document.id),
        };
        let late = self.documents.iter().filter(is_late).cloned();
        let documents: Vec<Document> = std::iter::once(Document::front_sheet(SHEET)).chain(late).collect();
        let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
        let keep = |entry: &ComposedEntry<'a>| Some(Entry::Item(Box::new(entry.item()?.with_only(&ids)?)));
        let public = self.public.iter().filter_map(keep).collect();
        let private = self.private.iter().filter_map(keep).collect();
        Self { public, private, documents, supplement: Some(supplement.clone()), ..self.clone() }
    }
}

impl PageMap {
    /// Gives the map of a supplement: the pages of the whole pack, and behind them its front sheet.
    #[must_use]
    pub(crate) fn of_supplement(&self) -> Self {
        let mut map = self.clone();
        let first = self.last_page() + 1;
        map.insert(SHEET.into(), Pages { first, last: first });
        map
    }
}
