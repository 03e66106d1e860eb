//! The items of a meeting, each put together from the agenda and the standing item that it is, and numbered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Access, Entry, Item, Meeting, Part, ResolvedPaper, Values, standing};
use crate::finding::Place;
use crate::model::agenda::{self, PaperUse};
use crate::model::{Line, Text, Workspace};

/// What an item holds that is nothing but the standing item that a body lists.
static LISTED: LazyLock<agenda::Item> = LazyLock::new(agenda::Item::default);

/// The items of a meeting, as they are put together one after the other.
pub(super) struct Items<'a, 'm> {
    workspace: &'a Workspace,
    meeting: &'m Meeting<'a>,
    numbers: &'m BTreeMap<String, String>,
    released: &'m BTreeSet<String>,
    keys: BTreeSet<String>,
    last_number: u32,
}

impl<'a, 'm> Items<'a, 'm> {
    pub(super) fn new(
        workspace: &'a Workspace,
        meeting: &'m Meeting<'a>,
        numbers: &'m BTreeMap<String, String>,
        released: &'m BTreeSet<String>,
    ) -> Self {
        Self { workspace, meeting, numbers, released, keys: BTreeSet::new(), last_number: 0 }
    }

    pub(super) fn entries(&mut self, entries: &'a [agenda::Entry], private: bool) -> Vec<Entry<'a>> {
        let one = |entry: &'a agenda::Entry| match entry {
            agenda::Entry::Heading { title, text } => Entry::Heading { title, text: text.as_ref() },
            agenda::Entry::Item(item) => {
                Entry::Item(Box::new(self.item(item, item.standing.as_written().as_ref(), item.place, private)))
            }
        };
        entries.iter().map(one).collect()
    }

    /// Gives the body's standing items, for an agenda that lists none.
    pub(super) fn inherited(&mut self, ids: &'a [Text]) -> Vec<Entry<'a>> {
        ids.iter().map(|id| Entry::Item(Box::new(self.item(&LISTED, Some(id), id.place, false)))).collect()
    }

    fn item(&mut self, own: &'a agenda::Item, id: Option<&'a Text>, place: Place, private: bool) -> Item<'a> {
        let usual = id.and_then(|id| standing(self.workspace, &self.meeting.agenda.body, &id.value));
        let both = Both { own, usual };
        let undeclared = id.is_some() && usual.is_none();
        let access = Access::of_item(both.first(|item| item.withheld.as_written().as_ref()), undeclared || private);
        let title = both.first(|item| Some(&item.title).filter(|title| !title.is_empty())).unwrap_or(&own.title);
        let label = both.first(|item| item.label.as_ref());
        let pinned = both.first(|item| item.number.as_ref());
        let key = self.key(label.or(id).filter(|_| access.is_public()), title, usual.is_some());
        let number = self.number(pinned, &key);
        Item {
            key,
            number,
            private,
            access,
            standing: id,
            undeclared,
            title,
            usual_title: usual.map(|usual| &usual.title),
            pinned,
            label,
            lead: both.first(|item| item.lead.as_ref()),
            text: both.first(|item| item.text.as_ref()),
            parts: self.parts(both, access),
            requisition: both.first(|item| Some(&*item.requisition).filter(|all| !all.is_empty())).unwrap_or_default(),
            listing_officer: both.first(|item| item.listing_officer.as_ref()),
            separately: both.first(|item| item.separately.as_ref()),
            to_follow: both.first(|item| item.to_follow.as_ref()),
            withdrawn: own.withdrawn.as_ref(),
            published: own.published.map(|day| (day, own.published_place.unwrap_or(own.place))),
            urgent: own.urgent.as_ref(),
            no_public_report: own.no_public_report.as_ref(),
            papers: self.papers(&own.papers, access),
            place,
        }
    }

    /// Gives the item's own parts, or those of the standing item, which have no papers.
    fn parts(&self, both: Both<'a>, access: Access<'a>) -> Vec<Part<'a>> {
        let own = both.own.parts.iter().map(|part| (part, self.papers(&part.papers, access)));
        let usual = both.usual.filter(|_| both.own.parts.is_empty()).into_iter().flat_map(|usual| &usual.parts);
        let one = |(part, papers): (&'a agenda::Part, _)| Part {
            text: &part.text,
            numbered: part.numbered,
            requisition: &part.requisition,
            papers,
        };
        own.chain(usual.map(|part| (part, Vec::new()))).map(one).collect()
    }

    fn papers(&self, uses: &'a [PaperUse], item: Access<'a>) -> Vec<ResolvedPaper<'a>> {
        uses.iter().map(|named| self.paper(named, item)).collect()
    }

    fn paper(&self, named: &'a PaperUse, item: Access<'a>) -> ResolvedPaper<'a> {
        let paper = self.workspace.papers.get(&named.path);
        let itself = paper.map_or(Access::Withheld(None), Access::of_paper);
        let own = Access::on(named.withheld.as_written().as_ref()).and(itself);
        let is_released = paper.is_some() && self.released.contains(&named.path);
        let access = if is_released { Access::Public } else { own.and(item) };
        ResolvedPaper { named, paper, access, own_grounds: own.grounds() }
    }

    /// Gives what an item is known by: two of the same title are told apart by a count. Of a withheld one that is its
    /// title, since the label is not printed.
    fn key(&mut self, name: Option<&Text>, title: &Line, is_standing: bool) -> String {
        let name = name.map_or_else(
            || {
                let title =
                    if is_standing { Values::of(self.workspace, self.meeting).fill_line(title) } else { title.clone() };
                title.plain().to_lowercase()
            },
            |text| text.value.clone(),
        );
        let mut key = name.clone();
        let mut count = 2;
        while !self.keys.insert(key.clone()) {
            key = format!("{name} ({count})");
            count += 1;
        }
        key
    }

    fn number(&mut self, pinned: Option<&Text>, key: &str) -> String {
        let Some(pinned) = pinned.map(|number| &number.value).or_else(|| self.numbers.get(key)) else {
            self.last_number = self.last_number.saturating_add(1);
            return self.last_number.to_string();
        };
        self.last_number = pinned.parse().unwrap_or(self.last_number);
        pinned.clone()
    }
}

/// An item of an agenda, and the standing item that it is.
#[derive(Clone, Copy)]
struct Both<'a> {
    own: &'a agenda::Item,
    usual: Option<&'a agenda::Item>,
}

impl<'a> Both<'a> {
    /// Gives what the item says itself, or else the standing item.
    fn first<T: ?Sized>(self, get: impl Fn(&'a agenda::Item) -> Option<&'a T>) -> Option<&'a T> {
        get(self.own).or_else(|| self.usual.and_then(get))
    }
}
