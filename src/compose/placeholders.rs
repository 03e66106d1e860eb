//! `{contact}`, `{meeting_date}` and the like in notes, notices, access and standing items.

use std::collections::BTreeMap;

use super::FrontMatter;
use crate::finding::{Finding, Log, did_you_mean, rules};
use crate::layouts::phrases::placeholders;
use crate::model::agenda::Agenda;
use crate::model::people::Person;
use crate::model::text::{Block, Inline, Target, each_inline, each_part, typographic};
use crate::model::{Body, Line, Prose, Text, Workspace};

/// What the placeholders stand for at one meeting.
pub(super) struct Values(BTreeMap<&'static str, String>);

impl Values {
    pub(super) fn of(workspace: &Workspace, agenda: &Agenda, body: &Body) -> Self {
        let council = &workspace.council;
        let formats = &council.formats;
        let contact = (agenda.front.contact.as_ref())
            .or(body.front.contact.as_ref())
            .or(council.front.contact.as_ref())
            .map_or_else(Person::default, |reference| workspace.people.person(reference).clone());
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        let name = body.name.value.clone();
        let place = agenda.meeting_place.as_ref().or(body.meeting_place.as_ref()).map(Line::plain).unwrap_or_default();
        let post =
            contact.post.as_ref().map(|post| workspace.people.post_title(&post.value).to_owned()).unwrap_or_default();
        let values = [
            ("contact", contact.name.value.clone()),
            ("contact.name", contact.name.value.clone()),
            ("contact.post", post),
            ("contact.phone", text(&contact.phone)),
            ("contact.email", text(&contact.email)),
            ("council", council.name.value.clone()),
            ("address", text(&council.address)),
            ("website", text(&council.website)),
            ("body.short", body.short.as_ref().map_or_else(|| name.clone(), |short| short.value.clone())),
            ("body.called", body.called.as_ref().map_or_else(|| name.clone(), |called| called.value.clone())),
            ("body", name),
            ("place", place),
            ("meeting_date", formats.date.print(agenda.when.date())),
            ("meeting_day", formats.day.print(agenda.when.date())),
            ("meeting_time", formats.time.print(agenda.when.time())),
        ];
        Self(values.into_iter().collect())
    }

    fn fill(&self, content: &[Inline]) -> Vec<Inline> {
        content.iter().flat_map(|part| self.fill_part(part)).collect()
    }

    fn fill_part(&self, part: &Inline) -> Vec<Inline> {
        match part {
            Inline::Text(text) if text.value.contains('{') => self.fill_text(text),
            Inline::Emphasis(inner) => vec![Inline::Emphasis(self.fill(inner))],
            Inline::Strong(inner) => vec![Inline::Strong(self.fill(inner))],
            Inline::Struck(inner) => vec![Inline::Struck(self.fill(inner))],
            Inline::Footnote(inner) => vec![Inline::Footnote(self.fill(inner))],
            Inline::Link(link) => vec![Inline::link(link.target.clone(), self.fill(&link.content), link.place)],
            other => vec![other.clone()],
        }
    }

    fn fill_text(&self, text: &Text) -> Vec<Inline> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut rest = text.value.as_str();
        while let Some(start) = rest.find('{') {
            words.push_str(&rest[..start]);
            let value =
                rest[start + 1..].find('}').and_then(|end| Some((end, self.0.get(&rest[start + 1..start + 1 + end])?)));
            let Some((end, value)) = value else {
                words.push('{');
                rest = &rest[start + 1..];
                continue;
            };
            rest = &rest[start + end + 2..];
            if value.starts_with("http") || value.contains('@') {
                push_words(&mut parts, &mut words, text);
                let address = if value.starts_with("http") { value.clone() } else { format!("mailto:{value}") };
                let content = vec![Inline::Text(Text { value: value.clone(), place: text.place })];
                parts.push(Inline::link(Target::Address(address), content, text.place));
            } else {
                words.push_str(&typographic(value));
            }
        }
        words.push_str(rest);
        push_words(&mut parts, &mut words, text);
        parts
    }

    pub(super) fn fill_line(&self, line: &Line) -> Line {
        Line { content: self.fill(&line.content), place: line.place }
    }

    pub(super) fn fill_prose(&self, prose: &Prose) -> Prose {
        Prose { blocks: self.fill_blocks(&prose.blocks), place: prose.place }
    }

    fn fill_blocks(&self, blocks: &[Block]) -> Vec<Block> {
        let fill = |block: &Block| match block {
            Block::Paragraph { attributes, content, place } => {
                Block::Paragraph { attributes: attributes.clone(), content: self.fill(content), place: *place }
            }
            Block::List { numbers, items } => Block::List {
                numbers: numbers.clone(),
                items: items.iter().map(|item| self.fill_blocks(item)).collect(),
            },
            Block::Quote(inner) => Block::Quote(self.fill_blocks(inner)),
            other => other.clone(),
        };
        blocks.iter().map(fill).collect()
    }

    /// Records placeholders of a line that mean nothing.
    pub(super) fn check_line(&self, line: &Line, log: &Log) {
        each_part(&line.content, &mut |part| self.check(part, log));
    }

    /// Records placeholders of a text that mean nothing.
    pub(super) fn check_prose(&self, prose: &Prose, log: &Log) {
        each_inline(&prose.blocks, &mut |part| self.check(part, log));
    }

    /// Records placeholders that mean nothing.
    fn check(&self, part: &Inline, log: &Log) {
        let Inline::Text(text) = part else { return };
        for name in placeholders(&text.value).into_iter().filter(|name| !self.0.contains_key(name)) {
            let help = did_you_mean(name, self.0.keys().copied()).unwrap_or_else(|| {
                format!("the placeholders are: {}", self.0.keys().copied().collect::<Vec<_>>().join(", "))
            });
            log.add(
                Finding::new(&rules::UNKNOWN_PHRASE, text.place, format!("there is no placeholder `{{{name}}}`"))
                    .help(help),
            );
        }
    }
}

fn push_words(parts: &mut Vec<Inline>, words: &mut String, text: &Text) {
    if !words.is_empty() {
        parts.push(Inline::Text(Text { value: std::mem::take(words), place: text.place }));
    }
}

/// Gathers notices, notes and access: the agenda's own before the body's before the council's.
pub(super) fn front_matter(workspace: &Workspace, agenda: &Agenda, body: &Body, log: &Log) -> FrontMatter {
    let values = Values::of(workspace, agenda, body);
    let fronts = [&agenda.front, &body.front, &workspace.council.front];
    let notices: Vec<&Prose> = fronts.iter().rev().flat_map(|front| &front.notices).collect();
    let first_notes = fronts.iter().position(|front| front.notes.is_some());
    let mut notes: Vec<&Line> = Vec::new();
    if let Some(first) = first_notes {
        notes.extend(fronts[first].notes.iter().flatten());
    }
    for front in fronts[..first_notes.map_or(fronts.len(), |first| first + 1)].iter().rev() {
        notes.extend(&front.notes_add);
    }
    let access = fronts.iter().find_map(|front| front.access.as_ref());
    for line in &notes {
        values.check_line(line, log);
    }
    let access_texts = access.iter().copied().flatten().map(|access| &access.text);
    for prose in notices.iter().copied().chain(access_texts) {
        values.check_prose(prose, log);
    }
    for access in access.iter().copied().flatten() {
        values.check_line(&access.title, log);
    }
    FrontMatter {
        notices: notices.into_iter().map(|prose| values.fill_prose(prose)).collect(),
        notes: notes.into_iter().map(|line| values.fill_line(line)).collect(),
        access: access
            .iter()
            .copied()
            .flatten()
            .map(|access| (values.fill_line(&access.title), values.fill_prose(&access.text)))
            .collect(),
    }
}
