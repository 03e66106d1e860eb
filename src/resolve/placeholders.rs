//! `{contact}`, `{meeting_date}` and the like in notes, notices, access and standing items.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Front, Meeting};
use crate::finding::{Finding, Log, did_you_mean};
use crate::layouts::UNKNOWN_PHRASE;
use crate::layouts::phrases::placeholders;
use crate::model::text::{Block, Inline, Target, each_inline, each_part, typographic};
use crate::model::{Body, Line, Prose, Text, Workspace};

/// What the placeholders stand for at one meeting.
pub(crate) struct Values(BTreeMap<&'static str, String>);

impl Values {
    /// Gives them.
    pub(crate) fn of(workspace: &Workspace, meeting: &Meeting) -> Self {
        let Meeting { agenda, body, place, .. } = meeting;
        let council = &workspace.council;
        let formats = &council.formats;
        let contact = meeting.front.contact.map(|reference| workspace.people.person(reference).clone());
        let contact = contact.unwrap_or_default();
        let optional = |text: Option<&Text>| text.map(|text| text.value.clone());
        let text = |text: &Option<Text>| optional(text.as_ref()).unwrap_or_default();
        let name = optional(body.map(|body| &body.name)).unwrap_or_default();
        let of_body = |own: fn(&Body) -> Option<&Text>| optional(body.and_then(own)).unwrap_or_else(|| name.clone());
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
            ("body.short", of_body(|body| body.short.as_ref())),
            ("body.called", of_body(|body| body.called.as_ref())),
            ("body", name.clone()),
            ("place", place.map(Line::plain).unwrap_or_default()),
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
            Inline::Language(tag, inner) => vec![Inline::Language(tag.clone(), self.fill(inner))],
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

    /// Gives a line with what its placeholders stand for.
    pub(crate) fn fill_line(&self, line: &Line) -> Line {
        Line { content: self.fill(&line.content), place: line.place }
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

    /// Fills in notices, notes and access; placeholders that mean nothing go to the log.
    pub(crate) fn fill_front(&self, front: &mut Front, log: &Log) {
        for prose in front.notices.iter_mut().chain(front.access.iter_mut().map(|(_, text)| text)) {
            *prose = Cow::Owned(self.prose(prose, log));
        }
        for line in front.notes.iter_mut().chain(front.access.iter_mut().map(|(title, _)| title)) {
            *line = Cow::Owned(self.line(line, log));
        }
    }

    /// Gives a line with what its placeholders stand for, and records those that mean nothing.
    pub(crate) fn line(&self, line: &Line, log: &Log) -> Line {
        each_part(&line.content, &mut |part| self.check(part, log));
        self.fill_line(line)
    }

    /// Gives a text with what its placeholders stand for, and records those that mean nothing.
    pub(crate) fn prose(&self, prose: &Prose, log: &Log) -> Prose {
        each_inline(&prose.blocks, &mut |part| self.check(part, log));
        Prose { blocks: self.fill_blocks(&prose.blocks), place: prose.place }
    }

    /// Records placeholders that mean nothing.
    fn check(&self, part: &Inline, log: &Log) {
        let Inline::Text(text) = part else { return };
        for name in placeholders(&text.value).into_iter().filter(|name| !self.0.contains_key(name)) {
            let help = did_you_mean(name, self.0.keys().copied()).unwrap_or_else(|| {
                format!("the placeholders are: {}", self.0.keys().copied().collect::<Vec<_>>().join(", "))
            });
            log.add(
                Finding::new(&UNKNOWN_PHRASE, text.place, format!("there is no placeholder `{{{name}}}`")).help(help),
            );
        }
    }
}

fn push_words(parts: &mut Vec<Inline>, words: &mut String, text: &Text) {
    if !words.is_empty() {
        parts.push(Inline::Text(Text { value: std::mem::take(words), place: text.place }));
    }
}
