//! The parts of a line: words, emphasis, links, footnotes.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::{Reader, left};
use crate::finding::Place;
use crate::load::markdown::MISPLACED_BLOCK;
use crate::model::Text;
use crate::model::text::{Inline, Target, spaced_once};
use crate::yaml::signs;

/// Marks a picture among links until the paragraph around it is known.
pub(super) const PICTURE: &str = "\u{0}picture:";

/// How deep emphasis and links may be nested.
const DEEPEST: usize = 12;

crate::finding::rule! {
    /// Every mark [^1] needs its text [^1]: ..., and every text its mark, in the same field.
    BAD_FOOTNOTE = "T0010", Text, Error, guarded, "a footnote without its text or its mark";
}

crate::finding::rule! {
    /// Links lead to https:, http:, mailto: or tel: addresses, to a #label, or to person:, post: and
    /// body: ids.
    BAD_LINK = "T0012", Text, Error, guarded, "a link to an address that cannot be followed";
}

impl Reader<'_> {
    /// Reads parts of a line up to the end of what holds them or the next block.
    pub(super) fn inlines(&mut self) -> Vec<Inline> {
        let parts = self.parts(0);
        self.finish(parts, true)
    }

    fn parts(&mut self, depth: usize) -> Vec<Inline> {
        let mut line = Vec::new();
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            match event {
                Event::Text(text) => {
                    let typed = self.typed_punctuation(&text, &range).unwrap_or(&text);
                    push_text(&mut line, typed, self.place(&range));
                }
                Event::SoftBreak => push_text(&mut line, " ", self.place(&range)),
                Event::HardBreak => {
                    self.spaces_at_end(&range);
                    line.push(Inline::Break);
                }
                Event::Code(text) => match self.typed_code(&range) {
                    Some(typed) => push_text(&mut line, typed, self.place(&range)),
                    None => line.push(Inline::Code(Text { value: text.to_string(), place: self.place(&range) })),
                },
                Event::InlineHtml(html) if is_break(&html) => line.push(Inline::Break),
                Event::InlineHtml(html) | Event::Html(html) => self.html(&html, &range),
                Event::FootnoteReference(name) => self.footnote(&name, &range, &mut line),
                Event::Start(tag) if is_inline(&tag) => {
                    self.at += 1;
                    if depth >= DEEPEST {
                        self.skip_block();
                        continue;
                    }
                    let inner = self.parts(depth + 1);
                    if let Some(sign) = self.typed_sign(&tag, &range) {
                        let place = self.place(&range);
                        push_text(&mut line, sign, Place { end: place.start, ..place });
                        for part in inner {
                            push(&mut line, part);
                        }
                        push_text(&mut line, sign, Place { start: place.end, ..place });
                    } else {
                        let inner = self.finish(inner, false);
                        let inner = self.without_pictures(inner);
                        line.extend(self.wrapped(&tag, inner, &range));
                    }
                }
                _ => break,
            }
            self.at += 1;
        }
        line
    }

    fn wrapped(&mut self, tag: &Tag, inner: Vec<Inline>, range: &Range<usize>) -> Option<Inline> {
        let place = self.place(range);
        match tag {
            Tag::Emphasis => Some(Inline::Emphasis(inner)),
            Tag::Strong => Some(Inline::Strong(inner)),
            Tag::Strikethrough => Some(Inline::Struck(inner)),
            Tag::Image { dest_url, title, .. } => {
                let target = Target::Address(format!("{PICTURE}{dest_url}\n{title}"));
                Some(Inline::link(target, inner, place))
            }
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Some(Inline::link(Target::Address(format!("mailto:{dest_url}")), inner, place))
            }
            Tag::Link { title, .. } if !title.is_empty() => {
                self.cx.log.add(
                    self.finding(&BAD_LINK, range, format!("`{title}` behind the address would not be printed"))
                        .help("put the words into the text"),
                );
                None
            }
            Tag::Link { dest_url, .. } => match target(dest_url) {
                Some(target) => Some(Inline::link(target, inner, place)),
                None => {
                    self.cx.log.add(
                        self.finding(&BAD_LINK, range, format!("`{dest_url}` cannot be followed as a link"))
                            .help("link to https://…, mailto:…, tel:…, a #label, or person:, post: and body: ids"),
                    );
                    None
                }
            },
            _ => None,
        }
    }

    fn footnote(&mut self, name: &str, range: &Range<usize>, line: &mut Vec<Inline>) {
        if let Some(words) = self.footnotes.get(name) {
            self.used.insert(name.to_owned());
            line.push(Inline::Footnote(words.clone()));
        } else {
            self.no_such_footnote(name, self.place(range));
        }
    }

    fn no_such_footnote(&self, name: &str, place: Place) {
        self.cx.log.add(
            crate::finding::Finding::new(
                &BAD_FOOTNOTE,
                place.of(&format!("[^{name}]"), self.cx.text),
                format!("footnote `[^{name}]` has no text"),
            )
            .help(format!("add a paragraph `[^{name}]: …` to the same text")),
        );
    }

    /// Takes pictures out of a line, which cannot hold any.
    pub(super) fn without_pictures(&self, line: Vec<Inline>) -> Vec<Inline> {
        let is_picture = |part: &Inline| {
            let Inline::Link(link) = part else { return false };
            let found = matches!(&link.target, Target::Address(address) if address.starts_with(PICTURE));
            if found {
                self.cx.log.add(
                    crate::finding::Finding::new(
                        &MISPLACED_BLOCK,
                        link.place,
                        "a picture cannot stand in the middle of text",
                    )
                    .help("put it into a paragraph of its own, with empty lines around it"),
                );
            }
            found
        };
        line.into_iter().filter(|part| !is_picture(part)).collect()
    }

    /// Looks at the finished words: marks of missing footnotes, web addresses, what is left of mark-up.
    fn finish(&mut self, line: Vec<Inline>, at_start: bool) -> Vec<Inline> {
        let mut finished = Vec::with_capacity(line.len());
        for (index, part) in line.into_iter().enumerate() {
            let Inline::Text(mut text) = part else {
                finished.push(part);
                continue;
            };
            text.value = signs::without_unseen(spaced_once(&text.value), text.place, self.cx);
            if let Some(boxes) = left::boxes(&text.value, at_start && index == 0) {
                text.value = boxes;
            }
            // Braces at the start of a paragraph are its name.
            let named = at_start && index == 0 && text.value.starts_with('{');
            let rest = text.value.split_once('}').filter(|_| named).map_or(text.value.as_str(), |(_, rest)| rest);
            left::report(rest, text.place, self.cx);
            if let Some(name) =
                text.value.split_once("[^").and_then(|(_, rest)| rest.split_once(']')).map(|(name, _)| name)
            {
                self.no_such_footnote(name, text.place);
            }
            push_with_links(&mut finished, &text);
        }
        finished
    }
}

/// Tells whether a tag is a part of a line rather than a block.
pub(super) fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn is_break(html: &str) -> bool {
    let inner: String = html.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(inner.to_ascii_lowercase().as_str(), "<br>" | "<br/>")
}

fn push(line: &mut Vec<Inline>, part: Inline) {
    match part {
        Inline::Text(text) => push_text(line, &text.value, text.place),
        part => line.push(part),
    }
}

fn push_text(line: &mut Vec<Inline>, words: &str, place: Place) {
    if let Some(Inline::Text(last)) = line.last_mut() {
        last.value.push_str(words);
        last.place = last.place.to(place);
    } else {
        line.push(Inline::Text(Text { value: words.to_owned(), place }));
    }
}

/// Gives where a link leads, unless nobody could follow it.
fn target(address: &str) -> Option<Target> {
    if let Some(label) = address.strip_prefix('#') {
        return Some(Target::Label(label.to_owned()));
    }
    let (scheme, rest) = address.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "person" => Some(Target::Person(rest.to_owned())),
        "post" => Some(Target::Post(rest.to_owned())),
        "body" => Some(Target::Body(rest.to_owned())),
        "http" | "https" | "mailto" | "tel" => Some(Target::Address(address.to_owned())),
        _ => None,
    }
}

/// Adds words, and links for the web addresses written out in them.
fn push_with_links(line: &mut Vec<Inline>, text: &Text) {
    let mut rest = text.value.as_str();
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let length =
            rest[start..].find(|c: char| c.is_whitespace() || "<>\"“”".contains(c)).unwrap_or(rest.len() - start);
        let address = rest[start..start + length].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '’', '\'']);
        if start > 0 {
            line.push(Inline::Text(Text { value: rest[..start].to_owned(), place: text.place }));
        }
        let words = Inline::Text(Text { value: address.to_owned(), place: text.place });
        line.push(Inline::link(Target::Address(address.to_owned()), vec![words], text.place));
        rest = &rest[start + address.len().max(1)..];
    }
    if !rest.is_empty() {
        let value = rest.to_owned();
        line.push(Inline::Text(Text { value, place: text.place }));
    }
}
