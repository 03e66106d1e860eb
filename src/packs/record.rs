//! The record of an edition: what later issues are compared with.

use std::collections::BTreeMap;

use super::receive::Files;
use crate::compose::{ComposedItem, Document, Edition, Pack, PageMap, Role, labels};
use crate::layouts::Phrases;
use crate::model::Line;
use crate::record::{self, Record};
use crate::render;
use crate::typeset::PageContent;

/// What a record is made from.
pub(super) struct Made<'a> {
    pub(super) pack: &'a Pack<'a>,
    pub(super) edition: Edition,
    pub(super) phrases: &'a Phrases,
    pub(super) appended: &'a Files,
    /// Pages of this edition.
    pub(super) pages: &'a PageMap,
    /// What stands on them, in order.
    pub(super) contents: &'a [PageContent],
}

impl Made<'_> {
    pub(super) fn record(&self) -> Record {
        let keys = self.keys();
        let items = self.pack.items().map(|composed| &composed.item);
        let item_keys: BTreeMap<&str, &str> = items.map(|item| (item.number.as_str(), item.key.as_str())).collect();
        let documents = self.pack.documents.iter().map(|document| record::Document {
            key: keys.get(document.id.as_str()).cloned().unwrap_or_default(),
            kind: self.pack.kind(document).to_owned(),
            title: self.title(document),
            item: document.item.as_deref().and_then(|item| item_keys.get(item)).map(|key| (*key).to_owned()),
            appendix: document.appendix.clone(),
            withheld: document.withheld.is_some(),
            pages: self.pages_of(document),
        });
        Record {
            schema_version: record::SCHEMA_VERSION,
            edition: self.edition.word().to_owned(),
            meeting: self.meeting(),
            documents: documents.collect(),
            items: self.pack.items().map(|item| item_of(item, &keys)).collect(),
        }
    }

    /// Gives what each document is known by from one issue to the next, by its id.
    fn keys(&self) -> BTreeMap<&str, String> {
        let mut taken: BTreeMap<String, u32> = BTreeMap::new();
        let mut keys = BTreeMap::new();
        for document in &self.pack.documents {
            let key = match &document.role {
                Role::FrontSheet => "front-sheet".to_owned(),
                Role::Paper(path) => path.clone(),
                Role::Placeholder(_) => format!("withheld {}", document.item.as_deref().unwrap_or_default()),
            };
            let count = taken.entry(key.clone()).or_default();
            *count += 1;
            keys.insert(document.id.as_str(), if *count > 1 { format!("{key} ({count})") } else { key });
        }
        keys
    }

    fn title(&self, document: &Document) -> String {
        match &document.role {
            Role::FrontSheet => self.phrases.get("agenda").to_owned(),
            Role::Placeholder(_) => self.phrases.get("restricted").to_owned(),
            Role::Paper(_) => {
                self.pack.paper(document).map(|paper| labels::title(paper, self.pack, self.phrases)).unwrap_or_default()
            }
        }
    }

    /// Gives the pages of a document, and the blank one behind it.
    fn pages_of(&self, document: &Document) -> Vec<record::Page> {
        let first_id = match &document.role {
            Role::Placeholder(ids) => ids.first().unwrap_or(&document.id),
            _ => &document.id,
        };
        let Some(range) = self.pages.get(&document.id).or_else(|| self.pages.get(first_id)) else { return Vec::new() };
        let foreign = self.pack.paper(document).and_then(|paper| self.appended.received.get(&paper.path));
        let prints = foreign.map(|received| received.prints.as_slice()).unwrap_or_default();
        let tags = foreign.and_then(|received| received.tags.as_ref());
        let words = foreign.map(|received| received.words.as_slice()).unwrap_or_default();
        let page = |(index, content): (usize, &PageContent)| {
            let own = if prints.is_empty() { &content.content } else { prints.get(index).unwrap_or(&content.content) };
            record::Page {
                number: self.pack.numbers.print(content.number),
                blank: content.number > range.last,
                content: own.clone(),
                // Whatever differs in other people's files may mean something.
                matter: prints.get(index).unwrap_or(&content.matter).clone(),
                on_screen: tags.filter(|_| index == 0).unwrap_or(&content.on_screen).clone(),
                text: words.get(index).unwrap_or(&content.text).clone(),
                lines: if words.is_empty() { content.lines.clone() } else { Vec::new() },
            }
        };
        let own = |content: &&PageContent| (range.first..=range.last_with_blank()).contains(&content.number);
        self.contents.iter().filter(own).enumerate().map(page).collect()
    }

    fn meeting(&self) -> record::Meeting {
        let (agenda, body) = (self.pack.agenda, self.pack.body);
        record::Meeting {
            id: agenda.id.clone(),
            body: body.name.value.clone(),
            title: agenda.title.as_ref().map_or_else(|| body.name.value.clone(), Line::plain),
            date: agenda.when.date().to_string(),
            time: agenda.when.has_time.then(|| agenda.when.format("%H:%M").to_string()),
            place: self.pack.meeting.place.map(Line::plain),
            membership: render::members(self.pack, self.phrases),
            status: agenda.status().to_owned(),
        }
    }
}

fn item_of(composed: &ComposedItem, keys: &BTreeMap<&str, String>) -> record::Item {
    let item = &composed.item;
    record::Item {
        key: item.key.clone(),
        number: item.number.clone(),
        title: composed.title.plain(),
        private: item.private,
        withheld: composed.withheld.is_some(),
        to_follow: item.to_follow.map(Line::plain),
        withdrawn: item.withdrawn.map(Line::plain),
        documents: composed.all_documents().filter_map(|id| keys.get(id.as_str()).cloned()).collect(),
    }
}
