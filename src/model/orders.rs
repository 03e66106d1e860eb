//! What a council's standing orders ask of agendas and papers, besides the law.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::declare::record;
use super::{Body, Council, Paper, PaperKind, Text};
use crate::finding::Place;
use crate::yaml::record::Several;

record! {
    /// Standing orders as far as they can be checked. Each part that a body has stands in the place of the council's.
    pub struct StandingOrders: "`standing_orders`" [checked] {
        /// How many pages a paper of each kind may have, blank ones at its end not counted.
        longest: ByKind<Longest> as silent,
        /// What the files of each kind are called, without their ending; `*` stands for anything.
        file_names: ByKind<Text> as silent,
        /// Items of every ordinary meeting: ids of standing items, or titles.
        items["required_items"]: Vec<Text>,
        /// Headings that papers of each kind have.
        sections["required_sections"]: ByKind<Several<Text>> as silent,
        /// Fields that papers of each kind fill in.
        fields["required_fields"]: ByKind<Several<Text>> as silent,
    }
}

/// What is said of each kind of paper, by its word.
#[derive(Debug, Clone)]
pub struct ByKind<T>(pub BTreeMap<String, T>);

impl<T> Default for ByKind<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Deref for ByKind<T> {
    type Target = BTreeMap<String, T>;

    fn deref(&self) -> &BTreeMap<String, T> {
        &self.0
    }
}

/// The greatest number of pages, and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Longest {
    /// Pages.
    pub pages: u32,
    /// Where.
    pub place: Place,
}

/// The standing orders that hold for a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Orders<'a> {
    own: Option<&'a StandingOrders>,
    council: &'a StandingOrders,
}

impl<'a> Orders<'a> {
    /// Gives those of a body: its own before the council's.
    pub(crate) fn of(council: &'a Council, body: Option<&'a Body>) -> Self {
        Self { own: body.map(|body| &body.orders), council: &council.orders }
    }

    /// Tells whether anything is asked for.
    pub(crate) fn has_any(self) -> bool {
        let asks = |orders: &StandingOrders| {
            !(orders.longest.is_empty()
                && orders.file_names.is_empty()
                && orders.items.is_empty()
                && orders.sections.is_empty()
                && orders.fields.is_empty())
        };
        asks(self.council) || self.own.is_some_and(asks)
    }

    /// Gives how many pages a paper of a kind may have.
    pub(crate) fn longest(self, kind: &str) -> Option<Longest> {
        self.part(|orders| orders.longest.get(kind)).copied()
    }

    /// Gives what the files of a kind are called.
    pub(crate) fn file_name(self, kind: &str) -> Option<&'a Text> {
        self.part(|orders| orders.file_names.get(kind))
    }

    /// Gives the sections that papers of a kind have.
    pub(crate) fn sections(self, kind: &str) -> &'a [Text] {
        self.part(|orders| orders.sections.get(kind)).map(|several| several.0.as_slice()).unwrap_or_default()
    }

    /// Gives the fields that papers of a kind fill in.
    pub(crate) fn fields(self, kind: &str) -> &'a [Text] {
        self.part(|orders| orders.fields.get(kind)).map(|several| several.0.as_slice()).unwrap_or_default()
    }

    /// Gives the items that every agenda has.
    pub(crate) fn items(self) -> &'a [Text] {
        self.part(|orders| Some(&orders.items).filter(|items| !items.is_empty())).map(Vec::as_slice).unwrap_or_default()
    }

    fn part<T>(self, of: impl Fn(&'a StandingOrders) -> Option<T>) -> Option<T> {
        self.own.and_then(&of).or_else(|| of(self.council))
    }
}

impl StandingOrders {
    /// Fields that can be required of papers.
    pub(crate) const FIELDS: [&'static str; 14] = [
        "from",
        "authors",
        "appendices",
        "background_papers",
        "cabinet_member",
        "director",
        "wards",
        "key_decision",
        "summary",
        "recommendations",
        "scrutiny",
        "council",
        "approvers",
        "date",
    ];
}

impl Paper {
    /// Tells whether a field of the paper is filled in; nothing where its kind has no such field.
    pub(crate) fn fills_in(&self, field: &str) -> Option<bool> {
        match &self.kind {
            PaperKind::BriefingNote(note) => Some(match field {
                "from" => note.from.is_some(),
                "date" => note.date.is_some(),
                "authors" => !note.authors.is_empty(),
                "appendices" => !note.appendices.is_empty(),
                "background_papers" => note.background.is_some(),
                _ => return None,
            }),
            PaperKind::Report(report) => Some(match field {
                "authors" => !report.authors.is_empty(),
                "appendices" => report.appendices.is_some(),
                "background_papers" => report.background.is_some(),
                "cabinet_member" => report.cabinet_member.is_some(),
                "director" => report.director.is_some(),
                "wards" => report.wards.is_some(),
                "key_decision" => report.key_decision.is_some(),
                "summary" => report.summary.is_some(),
                "recommendations" => !report.recommendations.is_empty(),
                "scrutiny" => report.scrutiny.is_some(),
                "council" => report.council.is_some(),
                "approvers" => !report.approvers.is_empty(),
                _ => return None,
            }),
            PaperKind::Plain(paper) => Some(match field {
                "date" => paper.date.is_some(),
                "authors" => !paper.authors.is_empty(),
                _ => return None,
            }),
            _ => None,
        }
    }
}
