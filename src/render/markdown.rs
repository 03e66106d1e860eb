//! Blocks and lines of text to Typst code made of calls and string literals.

use super::literal::{Data, bare_string, comment, string};
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
const LIST_STYLES: [&str; 3] = ["1)", "(a)", "(i)"];
/// The same where the first level stands for a resolution or recommendation.
const RESOLUTION_STYLES: [&str; 3] = ["1.", "(a)", "(i)"];

impl Writer<'_> {
    /// Writes a line as content.
    pub(crate) fn line(&mut self, line: &Line) -> Data {
        Data::Code(self.content(&line.content))
    }

    /// Writes a line that is a heading.
    pub(crate) fn title(&mut self, line: &Line) -> Data {
        let spoken = self.spoken(&line.content);
        Data::Code(self.content(&spoken))
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
        Data::Code(self.all_blocks(&prose.blocks, LIST_STYLES))
    }

    /// Writes blocks, or nothing.
    pub(crate) fn maybe_prose(&mut self, prose: Option<&Prose>) -> Data {
        prose.filter(|prose| !prose.blocks.is_empty()).map_or(Data::None, |prose| self.prose(prose))
    }

    /// Writes blocks whose lists number resolutions or recommendations.
    pub(crate) fn resolution(&mut self, prose: &Prose) -> Data {
        Data::Code(self.all_blocks(&prose.blocks, RESOLUTION_STYLES))
    }

    /// Writes plain text as content.
    pub(crate) fn text(text: &Text) -> Data {
        Data::Code(plain_content(&text.value, text.place))
    }

    /// Writes blocks with the numbers of sections and paragraphs.
    pub(crate) fn numbered(&mut self, prose: &Prose, paragraphs: bool) -> Data {
        let mut code = String::from("[");
        let mut below: Vec<&Block> = Vec::new();
        let mut in_section = false;
        for block in number(&prose.blocks, paragraphs) {
            if let Numbered::Under(block) = block {
                below.push(block);
                continue;
            }
            self.under(&mut below, &mut code);
            match block {
                Numbered::Section { number, label, content } => {
                    in_section = true;
                    code.push_str("#section(");
                    Data::option(number, Data::string).write(&mut code);
                    self.titled(label, &self.spoken(content), &mut code);
                }
                Numbered::Subheading { number: None, label, content } => {
                    // A heading level may not be skipped (PDF/UA-1, 7.4.2).
                    code.push_str(if in_section { "#subheading(" } else { "#subheading(depth: 2" });
                    self.titled(label, &self.spoken(content), &mut code);
                }
                Numbered::Subheading { number: Some(number), label, content } => {
                    code.push_str("#numbered-heading(");
                    Data::string(number).write(&mut code);
                    self.titled(label, &self.spoken(content), &mut code);
                }
                Numbered::Paragraph { number, label, content } => {
                    code.push_str("#np(");
                    Data::string(number).write(&mut code);
                    self.titled(label, content, &mut code);
                }
                Numbered::Plain(block) => self.block(block, LIST_STYLES, 0, &mut code),
                Numbered::Under(_) => {}
            }
        }
        self.under(&mut below, &mut code);
        code.push(']');
        Data::Code(code)
    }

    fn under(&mut self, below: &mut Vec<&Block>, code: &mut String) {
        if below.is_empty() {
            return;
        }
        code.push_str("#under[");
        for block in below.drain(..) {
            self.block(block, LIST_STYLES, 0, code);
        }
        code.push(']');
    }

    fn titled(&mut self, label: Option<&str>, content: &[Inline], code: &mut String) {
        if let Some(label) = label {
            if !code.ends_with('(') {
                code.push_str(", ");
            }
            code.push_str("label: ");
            string(label, Place::default(), code);
        }
        code.push(')');
        code.push_str(&self.content(content));
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
            Inline::Struck(inner) => vec![Inline::Struck(self.spoken(inner))],
            _ => vec![part.clone()],
        };
        content.iter().flat_map(part).collect()
    }

    fn all_blocks(&mut self, blocks: &[Block], styles: [&'static str; 3]) -> String {
        let mut code = String::from("[");
        for block in blocks {
            self.block(block, styles, 0, &mut code);
        }
        code.push(']');
        code
    }

    fn block(&mut self, block: &Block, styles: [&'static str; 3], depth: usize, code: &mut String) {
        match block {
            Block::Paragraph { attributes, content, .. } => {
                code.push_str("#para[");
                if let Some(label) = &attributes.label {
                    code.push_str("#target(");
                    string(&label.value, Place::default(), code);
                    code.push(')');
                }
                self.inlines(content, code);
                code.push(']');
            }
            Block::Heading { content, attributes, .. } => {
                code.push_str("#subheading(");
                let label = attributes.label.as_ref().map(|label| label.value.as_str());
                self.titled(label, &self.spoken(content), code);
            }
            Block::List { numbers, items } => self.list(numbers, items, styles, depth, code),
            Block::Table(table) => self.table(table, code),
            Block::Quote(inner) => {
                code.push_str("#quotation[");
                for block in inner {
                    self.block(block, styles, depth, code);
                }
                code.push(']');
            }
            Block::Code(text) => {
                code.push_str("#code-block[");
                for (index, line) in text.value.lines().enumerate() {
                    if index > 0 {
                        code.push_str("#linebreak()");
                    }
                    let indent = line.len() - line.trim_start().len();
                    words(&format!("{}{}", "\u{a0}".repeat(indent), line.trim_start()), text.place, code);
                }
                code.push(']');
            }
            Block::Rule => code.push_str("#divider()"),
            Block::Picture { path, alternative, caption } => {
                self.pictures.push(path.value.clone());
                code.push_str("#picture(");
                string(&format!("/{}", self.words.pack.workspace.printed_path(&path.value)), path.place, code);
                code.push_str(", alt: ");
                string(&alternative.value, alternative.place, code);
                if let Some(caption) = caption {
                    code.push_str(", caption: ");
                    code.push_str(&plain_content(&caption.value, caption.place));
                }
                code.push(')');
            }
        }
    }

    fn list(
        &mut self,
        numbers: &[u64],
        items: &[Vec<Block>],
        styles: [&'static str; 3],
        depth: usize,
        code: &mut String,
    ) {
        code.push_str(if numbers.is_empty() { "#bullets((" } else { "#numbered((" });
        for item in items {
            // A lone paragraph is the item's words, not a block of its own.
            if let [Block::Paragraph { content, attributes, .. }, rest @ ..] = &item[..]
                && attributes.label.is_none()
            {
                code.push('[');
                self.inlines(content, code);
                for block in rest {
                    self.block(block, styles, depth + 1, code);
                }
                code.push_str("], ");
            } else {
                code.push('[');
                for block in item {
                    self.block(block, styles, depth + 1, code);
                }
                code.push_str("], ");
            }
        }
        code.push(')');
        if let Some(first) = numbers.first() {
            let counted = numbers.iter().zip(*first..).all(|(number, counted)| *number == counted);
            if counted {
                code.push_str(", start: ");
                code.push_str(&first.to_string());
            } else {
                let number = |number: &u64| Data::Integer(i64::try_from(*number).unwrap_or(i64::MAX));
                code.push_str(", numbers: ");
                Data::list(numbers, number).write(code);
            }
            code.push_str(", style: ");
            string(styles[depth.min(2)], Place::default(), code);
        }
        code.push(')');
    }

    fn table(&mut self, table: &Table, code: &mut String) {
        let align = |align: &Align| {
            Data::string(match align {
                Align::Left => "left",
                Align::Centre => "center",
                Align::Right => "right",
            })
        };
        let header = self.row(&table.header);
        let rows = Data::List(table.rows.iter().map(|row| self.row(row)).collect());
        let columns = i64::try_from(table.columns.len()).unwrap_or(1);
        code.push_str("#data-table(columns: ");
        Data::Integer(columns).write(code);
        code.push_str(", align: ");
        Data::list(&table.columns, align).write(code);
        code.push_str(", header: ");
        header.write(code);
        code.push_str(", rows: ");
        rows.write(code);
        code.push(')');
    }

    fn row(&mut self, cells: &[Vec<Inline>]) -> Data {
        Data::List(cells.iter().map(|cell| Data::Code(self.content(cell))).collect())
    }

    /// Writes parts of a line as a content block.
    pub(crate) fn content(&mut self, content: &[Inline]) -> String {
        let mut code = String::from("[");
        self.inlines(content, &mut code);
        code.push(']');
        code
    }

    fn inlines(&mut self, content: &[Inline], code: &mut String) {
        for part in content {
            self.inline(part, code);
        }
    }

    fn inline(&mut self, part: &Inline, code: &mut String) {
        match part {
            Inline::Text(text) => words(&text.value, text.place, code),
            Inline::Emphasis(inner) => self.wrap("emph", inner, code),
            Inline::Strong(inner) => self.wrap("strong", inner, code),
            Inline::Struck(inner) => self.wrap("strike", inner, code),
            Inline::Footnote(inner) => self.wrap("footnote", inner, code),
            Inline::Break => code.push_str("#linebreak()"),
            Inline::Code(text) => {
                code.push_str("#code[");
                words(&text.value, text.place, code);
                code.push(']');
            }
            Inline::Link(link) => self.link(&link.target, &link.content, link.place, code),
        }
    }

    fn wrap(&mut self, function: &str, inner: &[Inline], code: &mut String) {
        code.push('#');
        code.push_str(function);
        code.push('[');
        self.inlines(inner, code);
        code.push(']');
    }

    fn link(&mut self, target: &Target, content: &[Inline], place: Place, code: &mut String) {
        let own_words = !plain(content).trim().is_empty();
        match target {
            Target::Address(address) => {
                code.push_str("#link(");
                string(address, place, code);
                code.push_str(")[");
                if own_words {
                    self.inlines(content, code);
                } else {
                    words(address.trim_start_matches("mailto:").trim_start_matches("tel:"), place, code);
                }
                code.push(']');
            }
            Target::Label(label) => self.reference(label, content, place, code),
            Target::Person(id) if !own_words => words(&self.words.person_name(id), place, code),
            Target::Post(id) if !own_words => words(&self.words.post_title(id), place, code),
            Target::Body(id) if !own_words => words(&self.words.body_name(id), place, code),
            Target::Person(_) | Target::Post(_) | Target::Body(_) => self.inlines(content, code),
        }
    }

    fn reference(&mut self, label: &str, content: &[Inline], place: Place, code: &mut String) {
        let target = self.words.pack.labels.get(label);
        let elsewhere =
            target.and_then(|target| target.document.as_deref()).is_some_and(|document| document != self.document);
        let own_words = !plain(content).trim().is_empty();
        if let Some(target) = target.filter(|target| target.taken_back) {
            // Not even the label may stand in the file.
            if own_words {
                self.inlines(content, code);
            } else {
                words(&target.words, place, code);
            }
            return;
        }
        code.push_str("#xref(");
        string(label, place, code);
        code.push_str(", [");
        if own_words {
            self.inlines(content, code);
        } else {
            words(target.map_or(label, |target| &target.words), place, code);
        }
        code.push(']');
        if elsewhere && !own_words {
            code.push_str(", page: true");
        }
        code.push(')');
    }
}

/// Writes words in content. The comment comes first: nothing may part the sign from the literal.
fn words(text: &str, place: Place, code: &mut String) {
    comment(place, code);
    code.push('#');
    bare_string(text, code);
}

/// Writes plain words as a content block.
pub(crate) fn plain_content(text: &str, place: Place) -> String {
    let mut code = String::from("[");
    words(&typographic(text), place, &mut code);
    code.push(']');
    code
}
