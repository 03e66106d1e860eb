//! Items as the front sheet shows them: with what standing items add, and their numbers.

use std::collections::BTreeSet;

use crate::check::passages::{self, Passage};
use crate::finding::Place;
use crate::model::agenda::{Agenda, Item};
use crate::model::{Access, Body, Line, Text, Withheld, Workspace};

/// An item of an agenda.
pub(super) struct Shown<'a> {
    /// What the agenda says of it; of an agenda that lists no items, the standing item itself.
    pub(super) item: &'a Item,
    /// Whether it is private business.
    pub(super) private: bool,
    /// Where the agenda, or the body's list, names it.
    pub(super) place: Place,
    /// Its number, unless an earlier issue gave it another.
    pub(super) number: String,
    usual: Option<&'a Item>,
}

/// Grounds on which papers behind an item are withheld.
#[derive(Clone)]
pub(super) struct Grounds<'a> {
    /// The grounds.
    pub(super) withheld: &'a Withheld,
    /// What is withheld: the title of the item, or the file of the paper.
    pub(super) name: String,
}

/// Gives the items of an agenda, or the body's standing ones where it lists none: public ones first.
pub(super) fn items<'a>(workspace: &'a Workspace, agenda: &'a Agenda, body: &'a Body) -> Vec<Shown<'a>> {
    let standing = |id: &str| workspace.standing(&body.id, id);
    let inherited = body.agenda.iter().filter(|_| agenda.public.is_empty()).filter_map(|id: &Text| {
        let item = standing(&id.value)?;
        Some(Shown { item, private: false, place: id.place, number: String::new(), usual: None })
    });
    let own = agenda.items().map(|(item, private)| {
        let usual = workspace.usual(agenda, item);
        Shown { item, private, place: item.place, number: String::new(), usual }
    });
    let mut all: Vec<Shown> = inherited.chain(own).collect();
    let mut last: u32 = 0;
    for shown in &mut all {
        let pinned = shown.item.number.as_ref().or(shown.usual.and_then(|usual| usual.number.as_ref()));
        last = pinned.map_or(last + 1, |number| number.value.parse().unwrap_or(last));
        shown.number = pinned.map_or_else(|| last.to_string(), |number| number.value.clone());
    }
    all
}

impl<'a> Shown<'a> {
    fn title_line(&self) -> &'a Line {
        match self.usual {
            Some(usual) if self.item.title.is_empty() => &usual.title,
            _ => &self.item.title,
        }
    }

    /// Gives the words of its title.
    pub(super) fn title(&self) -> String {
        self.title_line().plain()
    }

    /// Gives its title, lead, text and parts, which the public reads on the front sheet.
    pub(super) fn passages(&self) -> Vec<Passage> {
        let own = self.item;
        let mut all = vec![passages::of_parts(&self.title_line().content)];
        let lead = own.lead.as_ref().or(self.usual.and_then(|usual| usual.lead.as_ref()));
        all.extend(lead.map(|lead| passages::of_parts(&lead.content)));
        let text = own.text.as_ref().or(self.usual.and_then(|usual| usual.text.as_ref()));
        all.extend(text.into_iter().flat_map(|text| passages::of_blocks(&text.blocks)));
        let parts = match self.usual {
            Some(usual) if own.parts.is_empty() => &usual.parts,
            _ => &own.parts,
        };
        all.extend(parts.iter().map(|part| passages::of_parts(&part.text.content)));
        all
    }

    /// Gives all of these words in one line.
    pub(super) fn words(&self) -> String {
        self.passages().into_iter().map(|passage| passage.words).collect::<Vec<_>>().join(" ")
    }

    /// Gives the labels that they refer to.
    pub(super) fn references(&self) -> BTreeSet<String> {
        self.passages().into_iter().flat_map(|passage| passage.labels).collect()
    }

    /// Gives the label by which others refer to it.
    pub(super) fn label(&self) -> Option<&'a str> {
        let label = self.item.label.as_ref().or(self.usual.and_then(|usual| usual.label.as_ref()));
        label.map(|label| label.value.as_str())
    }

    /// Tells whether it is on the exclusion of the press and public.
    pub(super) fn is_exclusion(&self) -> bool {
        let (title, words) = (self.title().to_lowercase(), self.words().to_lowercase());
        // Schools exclude too.
        let whom = ["public", "press", "exempt", "100a"];
        title.contains("exclu") && whom.iter().any(|whom| words.contains(whom))
    }

    /// Gives the grounds on which it or its papers are withheld. (A withdrawn item has no papers.)
    pub(super) fn grounds(&self, workspace: &'a Workspace) -> Vec<Grounds<'a>> {
        if self.item.withdrawn.is_some() {
            return Vec::new();
        }
        let whole = self.access().grounds();
        let mut all: Vec<Grounds> =
            whole.map(|withheld| Grounds { withheld, name: self.title() }).into_iter().collect();
        // Of a paper only the grounds that are its own: those of the item stand before them.
        for used in self.item.all_papers().map(|named| workspace.used(named, Access::Public)) {
            let name = used.named.file().rsplit('/').next().unwrap_or_default().to_owned();
            all.extend(used.access.grounds().map(|withheld| Grounds { withheld, name }));
        }
        all
    }

    /// Gives the access to it.
    pub(super) fn access(&self) -> Access<'a> {
        Access::of_item(self.item, self.usual, self.private)
    }
}
