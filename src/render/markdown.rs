//! Blocks and lines of text to rich text: words and calls of the layouts' functions.

use super::literal::Data;
use super::node::{Call, Node};
use super::words::Words;
use crate::finding::Place;
use crate::model::numbering::{Numbered, number};
use crate::model::text::{Align, Block, Inline, Table, Target, plain, typographic};
use crate::model::{Line, Prose, Text};

/// Writes text of one document.
pub(crate) struct Writer<'a> {
    /// Names and phrases.
    pub(crate) words: Words<'a>,
    /// Id of the document, for telling references inside it from those to others.
    pub(crate) document: &'a str,
    /// Pictures used.
    pub(crate) pictures: &'a mut Vec<String>,
}

/// How the numbers of lists look, by depth.
const LIST_STYLES: [&str; 4] = ["1)", "(a)", "(i)", "(A)"];
/// The same where the first level stands for a resolution or recommendation.
const RESOLUTION_STYLES: [&str; 4] = ["1.", "(a)", "(i)", "(A)"];

impl Writer<'_> {
    /// Writes a line as content.
    pub(crate) fn line(&mut self, line: &Line) -> Data {
        Data::Content(self.content(&line.content))
    }

    /// Writes a line that is a heading.
    pub(crate) fn title(&mut self, line: &Line) -> Data {
        let spoken = self.spoken(&line.content);
        Data::Content(self.content(&spoken))
    }

    /// Writes a line that is a heading, or nothing.
    pub(crate) fn maybe_title(&mut self, line: Option<&Line>) -> Data {
        line.map_or(Data::None, |line| self.title(line))
    }

    /// Writes a line, or nothing.
    pub(crate) fn maybe_line(&mut self, line: Option<&Line>) -> Data {
        line.map_or(Data::None, |line| self.line(line))
    }

    /// Writes blocks as content, without numbers.
    pub(crate) fn prose(&mut self, prose: &Prose) -> Data {
        Data::Content(self.blocks(&prose.blocks, LIST_STYLES, 0))
    }

    /// Writes blocks, or nothing.
    pub(crate) fn maybe_prose(&mut self, prose: Option<&Prose>) -> Data {
        prose.filter(|prose| !prose.blocks.is_empty()).map_or(Data::None, |prose| self.prose(prose))
    }

    /// Writes blocks whose lists number resolutions or recommendations.
    pub(crate) fn resolution(&mut self, prose: &Prose) -> Data {
        Data::Content(self.blocks(&prose.blocks, RESOLUTION_STYLES, 0))
    }

    /// Writes plain text as content.
    pub(crate) fn text(text: &Text) -> Data {
        plain_content(&text.value, text.place)
    }

    /// Writes blocks with the numbers of sections and paragraphs.
    pub(crate) fn numbered(&mut self, prose: &Prose, paragraphs: bool) -> Data {
        let mut nodes: Vec<Node> = Vec::new();
        let mut below: Vec<&Block> = Vec::new();
        let mut in_section = false;
        for block in number(&prose.blocks, paragraphs) {
            if let Numbered::Under(block) = block {
                below.push(block);
                continue;
            }
            self.under(&mut below, &mut nodes);
            nodes.push(match block {
                Numbered::Section { number, label, content } => {
                    in_section = true;
                    let call = Call::of("section").argument(Data::option(number, Data::string));
                    self.titled(call, label, &self.spoken(content))
                }
                Numbered::Subheading { number: None, label, content } => {
                    let call = Call::of("subheading");
                    // A heading level may not be skipped (PDF/UA-1, 7.4.2).
                    let call = if in_section { call } else { call.named("depth", Data::Integer(2)) };
                    self.titled(call, label, &self.spoken(content))
                }
                Numbered::Subheading { number: Some(number), label, content } => {
                    let call = Call::of("numbered-heading").argument(Data::string(number));
                    self.titled(call, label, &self.spoken(content))
                }
                Numbered::Paragraph { number, label, content } => {
                    self.titled(Call::of("np").argument(Data::string(number)), label, content)
                }
                Numbered::Plain(block) => self.block(block, LIST_STYLES, 0),
                Numbered::Under(_) => continue,
            });
        }
        self.under(&mut below, &mut nodes);
        Data::Content(nodes)
    }

    fn under(&mut self, below: &mut Vec<&Block>, nodes: &mut Vec<Node>) {
        if !below.is_empty() {
            let body = below.drain(..).map(|block| self.block(block, LIST_STYLES, 0)).collect();
            nodes.push(Call::of("under").around(body).into());
        }
    }

    fn titled(&mut self, call: Call, label: Option<&str>, content: &[Inline]) -> Node {
        let call = match label {
            Some(label) => call.named("label", Data::string(label)),
            None => call,
        };
        call.around(self.content(content)).into()
    }

    /// Gives a heading with the words of its references: a bookmark takes its title from them, and cannot hold links.
    fn spoken(&self, content: &[Inline]) -> Vec<Inline> {
        let part = |part: &Inline| match part {
            Inline::Link(link) => match &link.target {
                Target::Label(label) if plain(&link.content).trim().is_empty() => {
                    let target = self.words.pack.labels.get(label);
                    let words = target.map(|target| &target.words).filter(|words| !words.trim().is_empty());
                    let value = words.unwrap_or(label).clone();
                    vec![Inline::Text(Text { value, place: link.place })]
                }
                Target::Label(_) => self.spoken(&link.content),
                _ => vec![part.clone()],
            },
            Inline::Emphasis(inner) => vec![Inline::Emphasis(self.spoken(inner))],
            Inline::Strong(inner) => vec![Inline::Strong(self.spoken(inner))],
            Inline::Language(tag, inner) => vec![Inline::Language(tag.clone(), self.spoken(inner))],
            Inline::Struck(inner) => vec![Inline::Struck(self.spoken(inner))],
            _ => vec![part.clone()],
        };
        content.iter().flat_map(part).collect()
    }

    fn blocks(&mut self, blocks: &[Block], styles: [&'static str; 4], depth: usize) -> Vec<Node> {
        blocks.iter().map(|block| self.block(block, styles, depth)).collect()
    }

    fn block(&mut self, block: &Block, styles: [&'static str; 4], depth: usize) -> Node {
        match block {
            Block::Paragraph { attributes, content, .. } => {
                let target = attributes
                    .label
                    .as_ref()
                    .map(|label| Call::of("target").argument(Data::string(&label.value)).into());
                let body = target.into_iter().chain(self.content(content)).collect();
                Call::of("para").around(body).into()
            }
            Block::Heading { content, attributes, .. } => {
                let label = attributes.label.as_ref().map(|label| label.value.as_str());
                self.titled(Call::of("subheading"), label, &self.spoken(content))
            }
            Block::List { numbers, items } => self.list(numbers, items, styles, depth),
            Block::Table(table) => self.table(table),
            Block::Quote(inner) => Call::of("quotation").around(self.blocks(inner, styles, depth)).into(),
            Block::Code(text) => Call::of("code-block").around(code_lines(text)).into(),
            Block::Rule => Call::of("divider").into(),
            Block::Picture { path, alternative, caption, attributes } => {
                self.pictures.push(path.value.clone());
                let printed = format!("/{}", self.words.pack.workspace.printed_path(&path.value));
                let call =
                    Call::of("picture").argument(Data::Text(printed, path.place)).named("alt", Data::text(alternative));
                let call = match caption {
                    Some(caption) => call.named("caption", Self::text(caption)),
                    None => call,
                };
                let call = match attributes.width {
                    Some(width) => call.named("width", Data::Number(f64::from(width) / 100.0)),
                    None => call,
                };
                if attributes.full { call.named("full", Data::Bool(true)) } else { call }.into()
            }
        }
    }

    fn list(&mut self, numbers: &[u64], items: &[Vec<Block>], styles: [&'static str; 4], depth: usize) -> Node {
        let item = |item: &Vec<Block>| {
            // A lone paragraph is the item's words, not a block of its own.
            if let [Block::Paragraph { content, attributes, .. }, rest @ ..] = &item[..]
                && attributes.label.is_none()
            {
                let mut nodes = self.content(content);
                nodes.extend(self.blocks(rest, styles, depth + 1));
                return Data::Content(nodes);
            }
            Data::Content(self.blocks(item, styles, depth + 1))
        };
        let items = Data::list(items, item);
        let Some(first) = numbers.first() else { return Call::of("bullets").argument(items).into() };
        let call = Call::of("numbered").argument(items);
        let number = |number: &u64| Data::Integer(i64::try_from(*number).unwrap_or(i64::MAX));
        let counted = numbers.iter().zip(*first..).all(|(number, counted)| *number == counted);
        let call = if counted {
            call.named("start", number(first))
        } else {
            call.named("numbers", Data::list(numbers, number))
        };
        call.named("style", Data::string(styles[depth.min(3)])).into()
    }

    fn table(&mut self, table: &Table) -> Node {
        let align = |align: &Align| {
            Data::string(match align {
                Align::Left => "left",
                Align::Centre => "center",
                Align::Right => "right",
            })
        };
        let columns = i64::try_from(table.columns.len()).unwrap_or(1);
        let header = self.row(&table.header);
        let rows = Data::list(&table.rows, |row| self.row(row));
        Call::of("data-table")
            .named("columns", Data::Integer(columns))
            .named("align", Data::list(&table.columns, align))
            .named("header", header)
            .named("rows", rows)
            .into()
    }

    fn row(&mut self, cells: &[Vec<Inline>]) -> Data {
        Data::list(cells, |cell| Data::Content(self.content(cell)))
    }

    /// Writes parts of a line.
    pub(crate) fn content(&mut self, content: &[Inline]) -> Vec<Node> {
        content.iter().flat_map(|part| self.inline(part)).collect()
    }

    fn inline(&mut self, part: &Inline) -> Vec<Node> {
        let mut wrap = |function, inner: &[Inline]| Call::of(function).around(self.content(inner)).into();
        vec![match part {
            Inline::Text(text) => Node::Words(text.value.clone(), text.place),
            Inline::Emphasis(inner) => wrap("emph", inner),
            Inline::Strong(inner) => wrap("strong", inner),
            Inline::Struck(inner) => wrap("strike", inner),
            Inline::Footnote(inner) => wrap("footnote", inner),
            Inline::Language(tag, inner) => {
                Call::of("in-language").argument(Data::string(tag)).around(self.content(inner)).into()
            }
            Inline::Break => Call::of("linebreak").into(),
            Inline::Code(text) => Call::of("code").around(vec![Node::Words(text.value.clone(), text.place)]).into(),
            Inline::Link(link) => return self.link(&link.target, &link.content, link.place),
        }]
    }

    fn link(&mut self, target: &Target, content: &[Inline], place: Place) -> Vec<Node> {
        let own_words = !plain(content).trim().is_empty();
        let named = |words: String| vec![Node::Words(words, place)];
        match target {
            Target::Address(address) => {
                let shown = address.trim_start_matches("mailto:").trim_start_matches("tel:");
                let body = if own_words { self.content(content) } else { named(shown.to_owned()) };
                let address = Data::Text(address.clone(), place);
                vec![Call::of("link").argument(address).around(body).into()]
            }
            Target::Label(label) => self.reference(label, content, place),
            _ if own_words => self.content(content),
            Target::Person(id) => named(self.words.person_name(id)),
            Target::Post(id) => named(self.words.post_title(id)),
            Target::Body(id) => named(self.words.body_name(id)),
        }
    }

    fn reference(&mut self, label: &str, content: &[Inline], place: Place) -> Vec<Node> {
        let target = self.words.pack.labels.get(label);
        let own_words = !plain(content).trim().is_empty();
        let body = if own_words {
            self.content(content)
        } else {
            vec![Node::Words(target.map_or(label, |target| &target.words).to_owned(), place)]
        };
        if target.is_some_and(|target| target.taken_back) {
            // Not even the label may stand in the file.
            return body;
        }
        let elsewhere =
            target.and_then(|target| target.document.as_deref()).is_some_and(|document| document != self.document);
        let call = Call::of("xref").argument(Data::Text(label.to_owned(), place)).argument(Data::Content(body));
        let call = if elsewhere && !own_words { call.named("page", Data::Bool(true)) } else { call };
        vec![call.into()]
    }
}

/// Gives lines of code, with the spaces that they begin with.
fn code_lines(text: &Text) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (index, line) in text.value.lines().enumerate() {
        if index > 0 {
            nodes.push(Call::of("linebreak").into());
        }
        let indent = line.len() - line.trim_start().len();
        nodes.push(Node::Words(format!("{}{}", "\u{a0}".repeat(indent), line.trim_start()), text.place));
    }
    nodes
}

/// Gives plain words as content.
pub(crate) fn plain_content(text: &str, place: Place) -> Data {
    Data::Content(vec![Node::Words(typographic(text), place)])
}
