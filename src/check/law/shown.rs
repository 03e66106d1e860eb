//! What the public reads of an item on the front sheet, and on which grounds something of it is withheld.

use std::collections::BTreeSet;

use crate::check::passages::{self, Passage};
use crate::model::Withheld;
use crate::resolve::Item;

/// Grounds on which papers behind an item are withheld.
#[derive(Clone)]
pub(super) struct Grounds<'a> {
    /// The grounds.
    pub(super) withheld: &'a Withheld,
    /// What is withheld: the title of the item, or the file of the paper.
    pub(super) name: String,
}

/// What is told of an item.
pub(super) trait Shown<'a> {
    /// Gives its title, lead, text and parts, which the public reads on the front sheet.
    fn passages(&self) -> Vec<Passage>;

    /// Gives the grounds on which it or its papers are withheld. (A withdrawn item has no papers.)
    fn grounds(&self) -> Vec<Grounds<'a>>;

    /// Gives all of its words in one line.
    fn words(&self) -> String {
        self.passages().into_iter().map(|passage| passage.words).collect::<Vec<_>>().join(" ")
    }

    /// Gives the labels that they refer to.
    fn references(&self) -> BTreeSet<String> {
        self.passages().into_iter().flat_map(|passage| passage.labels).collect()
    }

    /// Tells whether it is on the exclusion of the press and public.
    fn is_exclusion(&self) -> bool;

    /// Tells whether one of these labels is its own.
    fn is_among(&self, labels: &BTreeSet<String>) -> bool;
}

impl<'a> Shown<'a> for Item<'a> {
    fn passages(&self) -> Vec<Passage> {
        let mut all = vec![passages::of_parts(&self.title.content)];
        all.extend(self.lead.map(|lead| passages::of_parts(&lead.content)));
        all.extend(self.text.into_iter().flat_map(|text| passages::of_blocks(&text.blocks)));
        all.extend(self.parts.iter().map(|part| passages::of_parts(&part.text.content)));
        all
    }

    fn is_exclusion(&self) -> bool {
        let (title, words) = (self.title.plain().to_lowercase(), self.words().to_lowercase());
        // Schools exclude too.
        let whom = ["public", "press", "exempt", "100a"];
        title.contains("exclu") && whom.iter().any(|whom| words.contains(whom))
    }

    fn is_among(&self, labels: &BTreeSet<String>) -> bool {
        self.label.is_some_and(|label| labels.contains(&label.value))
    }

    fn grounds(&self) -> Vec<Grounds<'a>> {
        if self.withdrawn.is_some() {
            return Vec::new();
        }
        let whole = self.access.grounds().map(|withheld| Grounds { withheld, name: self.title.plain() });
        // Of a paper only the grounds that are its own: those of the item stand before them.
        let of_paper = |paper: &crate::resolve::ResolvedPaper<'a>| {
            let name = paper.named.file().rsplit('/').next().unwrap_or_default().to_owned();
            paper.own_grounds.map(|withheld| Grounds { withheld, name })
        };
        whole.into_iter().chain(self.all_papers().filter_map(of_paper)).collect()
    }
}
