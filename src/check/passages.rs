//! The texts of a source as passages of plain words, in the order in which they are read.
//!
//! Rules about wording look at [`Passage::words`] and give byte ranges of it, which [`Passage::place`]
//! leads back to the file.

use std::ops::Range;

use crate::finding::{Place, Sources};
use crate::model::people::PersonRef;
use crate::model::text::{Block, Inline, Link, Target};
use crate::model::visit::{Visit, Visitor};
use crate::model::{Agenda, Paper, Text};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A title, a label, a cell of a form: one line of Markdown.
    Line,
    /// A word or a few, without mark-up: a name, a post, a number.
    Plain,
    /// A heading in a text, with its level from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The first paragraph of a list's entry, with the depth of the list from 1.
    Entry(u8),
    /// A heading of a table's column.
    Header,
    /// A cell of a table.
    Cell,
    /// A paragraph of a quotation.
    Quote,
    /// A footnote.
    Footnote,
}

/// A run of words that is read in one go.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    /// What it is.
    pub(super) kind: Kind,
    /// The words without mark-up; a reference that is generated leaves none.
    pub(super) words: String,
    /// Labels of the references in it.
    pub(super) labels: Vec<String>,
    /// Addresses of the links in it, and where the links stand.
    pub(super) addresses: Vec<(String, Place)>,
    /// Where something is left out of the words: a reference that is generated, or what is struck out.
    pub(super) gaps: Vec<usize>,
    /// What is code, not language.
    pub(super) code: Vec<Range<usize>>,
    /// Where each piece begins in the words, and where it stands in the file.
    pieces: Vec<(usize, Place)>,
}

impl Passage {
    fn empty(kind: Kind) -> Self {
        let (labels, addresses, gaps, code) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { kind, words: String::new(), labels, addresses, gaps, code, pieces: Vec::new() }
    }

    /// Gives the place of a byte range of the words: their exact place where the file has them as they are
    /// printed, or else that of the piece around them.
    pub(super) fn place(&self, range: Range<usize>, sources: &Sources) -> Place {
        let index = self.pieces.partition_point(|(start, _)| *start <= range.start).saturating_sub(1);
        let Some((start, place)) = self.pieces.get(index).copied() else { return Place::default() };
        let Some(file) = sources.get(place.source) else { return place };
        let end = self.pieces.get(index + 1).map_or(self.words.len(), |(next, _)| *next).min(range.end);
        let Some(words) = self.words.get(range.start..end).filter(|words| !words.is_empty()) else { return place };
        let nth = self.words[start..range.start].matches(words).count();
        nth_of(place, words, nth, &file.text).unwrap_or(place)
    }

    /// Gives the place of all of its words.
    pub(super) fn whole(&self) -> Place {
        match (self.pieces.first(), self.pieces.last()) {
            (Some((_, first)), Some((_, last))) if first.source == last.source => first.to(*last),
            (Some((_, first)), _) => *first,
            _ => Place::default(),
        }
    }
}

/// Gives the place of words inside another place: of those that come after `nth` others like them.
fn nth_of(place: Place, words: &str, nth: usize, file: &str) -> Option<Place> {
    let text = file.get(place.start as usize..(place.end as usize).min(file.len()))?;
    let all: Vec<(usize, usize)> = match text.match_indices(words).map(|(at, _)| (at, words.len())).collect::<Vec<_>>()
    {
        found if found.is_empty() => broken_over_lines(text, words),
        found => found,
    };
    if all.is_empty() && words.contains(['’', '‘', '“', '”']) {
        // The file has them as they are typed; the same number of them stands before.
        let typed = words.replace(['’', '‘'], "'").replace(['“', '”'], "\"");
        return nth_of(place, &typed, nth, file);
    }
    let (at, length) = *all.get(nth).or(all.last())?;
    let start = place.start + u32::try_from(at).ok()?;
    Some(Place { start, end: start + u32::try_from(length).ok()?, ..place })
}

/// Finds words that the file breaks over lines: where each begins, and its length.
fn broken_over_lines(text: &str, words: &str) -> Vec<(usize, usize)> {
    let mut parts = words.split(' ');
    let Some(first) = parts.next().filter(|first| !first.is_empty()) else { return Vec::new() };
    let rest: Vec<&str> = parts.collect();
    let length = |from: usize| {
        let mut end = from + first.len();
        for part in &rest {
            let gap = text[end..].len() - text[end..].trim_start().len();
            if gap == 0 || !text[end + gap..].starts_with(part) {
                return None;
            }
            end += gap + part.len();
        }
        Some(end - from)
    };
    text.match_indices(first).filter_map(|(at, _)| Some((at, length(at)?))).collect()
}

/// Gives the passages of a paper.
pub(super) fn of_paper(paper: &Paper) -> Vec<Passage> {
    let mut gather = Gather::default();
    paper.visit(&mut gather);
    gather.passages
}

/// Gives the passages of an agenda.
pub(super) fn of_agenda(agenda: &Agenda) -> Vec<Passage> {
    let mut gather = Gather::default();
    agenda.visit(&mut gather);
    gather.passages
}

/// Gives one line of parts as a passage.
pub(super) fn of_parts(content: &[Inline]) -> Passage {
    Gather::default().passage(Kind::Line, content).0
}

/// Gives all words of what is shown to a visitor, in passages: also what is struck out, code, words that are only
/// heard, addresses of links, and what may be an id.
pub(super) fn everything<'a>(show: impl FnOnce(&mut dyn Visitor<'a>)) -> Vec<Passage> {
    let mut gather = Gather { everything: true, ..Gather::default() };
    show(&mut gather);
    gather.passages
}

/// Gives the passages of blocks, such as a resolution.
pub(super) fn of_blocks(blocks: &[Block]) -> Vec<Passage> {
    let mut gather = Gather::default();
    gather.blocks_as(blocks, Kind::Paragraph, 0);
    gather.passages
}

/// Gathers passages from whatever is visited.
#[derive(Default)]
pub(super) struct Gather {
    /// What was visited.
    pub(super) passages: Vec<Passage>,
    /// Whether what no rule about language reads is wanted too.
    everything: bool,
}

impl Gather {
    fn push(&mut self, kind: Kind, content: &[Inline]) {
        let (passage, beside) = self.passage(kind, content);
        if !passage.words.trim().is_empty() || !passage.labels.is_empty() {
            self.passages.push(passage);
        }
        for footnote in beside.footnotes {
            self.push(Kind::Footnote, footnote);
        }
        for link in beside.links {
            if let Target::Address(address) = &link.target {
                self.plain(&Text { value: address.clone(), place: link.place });
            }
        }
    }

    fn passage<'a>(&self, kind: Kind, content: &'a [Inline]) -> (Passage, Beside<'a>) {
        let mut passage = Passage::empty(kind);
        let mut beside = Beside { everything: self.everything, ..Beside::default() };
        add(&mut passage, &mut beside, content);
        (passage, beside)
    }

    /// Takes plain words, but for ids, which are not printed.
    fn plain(&mut self, text: &Text) {
        let is_id =
            !self.everything && !text.value.contains(|letter: char| letter.is_whitespace() || letter.is_uppercase());
        if !text.value.trim().is_empty() && !is_id {
            let (words, pieces) = (text.value.clone(), vec![(0, text.place)]);
            self.passages.push(Passage { words, pieces, ..Passage::empty(Kind::Plain) });
        }
    }

    fn blocks_as(&mut self, blocks: &[Block], kind: Kind, depth: u8) {
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph { content, .. } => {
                    let kind = if index == 0 || !matches!(kind, Kind::Entry(_)) { kind } else { Kind::Paragraph };
                    self.push(kind, content);
                }
                Block::Heading { level, content, .. } => self.push(Kind::Heading(*level), content),
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks_as(item, Kind::Entry(depth + 1), depth + 1);
                    }
                }
                Block::Table(table) => {
                    table.header.iter().for_each(|cell| self.push(Kind::Header, cell));
                    table.rows.iter().flatten().for_each(|cell| self.push(Kind::Cell, cell));
                }
                Block::Quote(inner) => self.blocks_as(inner, Kind::Quote, depth),
                Block::Picture { caption, alternative, path, .. } => {
                    if let Some(caption) = caption {
                        self.plain(caption);
                    }
                    if self.everything {
                        self.plain(alternative);
                        self.plain(path);
                    }
                }
                Block::Code(code) if self.everything => self.plain(code),
                Block::Code(_) | Block::Rule => {}
            }
        }
    }
}

/// What stands beside the words of a passage.
#[derive(Default)]
struct Beside<'a> {
    footnotes: Vec<&'a [Inline]>,
    links: Vec<&'a Link>,
    /// Whether what is struck out is wanted, and the addresses of links.
    everything: bool,
}

/// Adds parts to a passage, and what stands beside its words to lists of their own.
fn add<'a>(passage: &mut Passage, beside: &mut Beside<'a>, content: &'a [Inline]) {
    for part in content {
        match part {
            Inline::Text(text) | Inline::Code(text) => {
                let start = passage.words.len();
                passage.pieces.push((start, text.place));
                passage.words.push_str(&text.value);
                if matches!(part, Inline::Code(_)) {
                    passage.code.push(start..passage.words.len());
                }
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) => add(passage, beside, inner),
            Inline::Struck(inner) | Inline::Language(_, inner) if beside.everything => add(passage, beside, inner),
            // Rules that read English have no business in another language.
            Inline::Struck(_) | Inline::Language(..) => passage.gaps.push(passage.words.len()),
            Inline::Link(link) => {
                match &link.target {
                    Target::Label(label) => passage.labels.push(label.clone()),
                    Target::Address(address) => passage.addresses.push((address.clone(), link.place)),
                    _ => {}
                }
                if link.content.is_empty() {
                    passage.gaps.push(passage.words.len());
                }
                if beside.everything {
                    beside.links.push(link);
                }
                add(passage, beside, &link.content);
            }
            Inline::Break => passage.words.push(' '),
            Inline::Footnote(inner) => beside.footnotes.push(inner),
        }
    }
}

impl<'a> Visitor<'a> for Gather {
    fn text(&mut self, text: &'a Text) {
        self.plain(text);
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        self.push(Kind::Line, content);
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        self.blocks_as(blocks, Kind::Paragraph, 0);
    }

    fn post(&mut self, post: &'a Text) {
        self.plain(post);
    }

    fn body(&mut self, body: &'a Text) {
        self.plain(body);
    }

    fn person(&mut self, person: &'a PersonRef) {
        if let PersonRef::Named(name) = person {
            self.plain(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(file: &str, words: &str) -> (Passage, Sources) {
        let mut sources = Sources::default();
        let source = sources.add("a.yaml".into(), file.into());
        let place = Place { source, start: 0, end: u32::try_from(file.len()).expect("short") };
        let text = Text { value: words.into(), place };
        (of_parts(&[Inline::Text(text)]), sources)
    }

    fn found<'a>(file: &'a str, words: &str, range: Range<usize>) -> &'a str {
        let (passage, sources) = passage(file, words);
        let place = passage.place(range, &sources);
        &file[place.start as usize..place.end as usize]
    }

    #[test]
    fn a_range_leads_to_the_very_words() {
        assert_eq!(found("text: the cat and the dog", "the cat and the dog", 12..15), "the");
        let (passage, sources) = passage("the cat and the dog", "the cat and the dog");
        assert_eq!(passage.place(12..15, &sources).start, 12);
    }

    #[test]
    fn words_that_the_file_breaks_over_lines_are_found() {
        assert_eq!(found("the cat\n    sat down", "the cat sat down", 4..11), "cat\n    sat");
    }

    #[test]
    fn words_that_are_printed_otherwise_give_the_place_around_them() {
        assert_eq!(found("a b... c", "a b… c", 2..6), "a b... c");
        assert_eq!(found("a \"b's\" c", "a “b’s” c", 2..13), "\"b's\"");
    }
}
