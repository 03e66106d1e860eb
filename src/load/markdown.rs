//! Markdown to the model's blocks and lines, each part with its place in the YAML file.
//!
//! `CommonMark` with tables, footnotes and strikethrough; no HTML. What Markdown would drop or
//! repair silently (cells, footnotes without text, HTML) is recorded as a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::Context;
use crate::finding::{Finding, Place, Rule};
use crate::load::markdown::attributes::BAD_NUMBERING;
use crate::load::markdown::inline::{BAD_FOOTNOTE, BAD_LINK};
use crate::load::walk::paths;
use crate::model::text::{Attributes, Block, Inline, Target, plain, typographic};
use crate::model::{Line, Prose, Text};

pub(super) mod as_typed;
pub(super) mod attributes;
pub(super) mod heading;
pub(super) mod inline;
pub(super) mod left;
pub(super) mod list;
mod pasted;
mod place;
pub(super) mod table;

use attributes::{heading_attributes, take_paragraph_attributes, take_picture_attributes};
use place::Placing;

/// How deep lists and quotes may be nested.
const DEEPEST: usize = 6;
/// How many characters a paragraph may have.
const LONGEST_PARAGRAPH: usize = 20_000;

/// Reads blocks of Markdown.
pub fn prose(text: &str, place: Place, cx: Context) -> Prose {
    let blocks = Reader::new(text, place, cx).all();
    Prose { blocks, place }
}

/// Reads the text of a paper, in which headings may stand.
pub fn paper(text: &str, place: Place, cx: Context) -> Prose {
    let mut reader = Reader::new(text, place, cx);
    reader.headings = true;
    Prose { blocks: reader.all(), place }
}

crate::finding::rule! {
    /// The place takes one paragraph, or text without headings. Headings belong in the text of papers.
    MISPLACED_BLOCK = "T0007", Text, Error, guarded, "text of a kind that cannot stand here";
}

/// Reads one paragraph of Markdown.
pub fn line(text: &str, place: Place, cx: Context) -> Line {
    // "1. x" or "- x" on a single line is meant as text, not as a list.
    let escaped = as_typed::as_one_paragraph(text);
    let blocks = Reader::new(escaped.as_deref().unwrap_or(text), place, cx).all();
    let mut blocks = blocks.into_iter();
    match (blocks.next(), blocks.next()) {
        (None, _) => Line { content: Vec::new(), place },
        (Some(Block::Paragraph { attributes, content, .. }), None) => {
            if attributes != Attributes::default() {
                cx.log.add(
                    Finding::new(&BAD_NUMBERING, place, "attributes in braces cannot stand here")
                        .help("use the fields `label:` and `number:` instead"),
                );
            }
            Line { content, place }
        }
        (Some(Block::Rule), None) if !text.trim().contains('\n') => {
            Line::from_text(Text { value: text.trim().to_owned(), place })
        }
        _ => {
            cx.log.add(
                Finding::new(&MISPLACED_BLOCK, place, "one paragraph is expected here, but there is more")
                    .help("keep it to one paragraph without lists, tables or headings"),
            );
            Line { content: Vec::new(), place }
        }
    }
}

struct Reader<'a> {
    cx: Context<'a>,
    text: &'a str,
    placing: Placing,
    events: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
    footnotes: BTreeMap<String, Vec<Inline>>,
    used: BTreeSet<String>,
    depth: usize,
    /// Headings may stand in the text.
    headings: bool,
    /// A line that spaces end was told of.
    told_spaces: bool,
    /// Number of the last entry of the numbered list before, with which the next one may go on.
    last_number: u64,
}

crate::finding::rule! {
    /// Text is Markdown without HTML. Use *emphasis*, **strong**, lists and tables; write `&lt;` or a
    /// backslash before `<` to print the sign itself.
    HTML = "T0001", Text, Error, guarded, "HTML in text";
}

crate::finding::rule! {
    /// Every picture needs words for those who cannot see it: ![What it shows](file.png). Required by the
    /// Public Sector Bodies Accessibility Regulations 2018 (WCAG 1.1.1).
    NO_ALTERNATIVE = "T0005", Text, Error, guarded, "a picture without alternative text";
}

crate::finding::rule! {
    /// A paragraph of more than 20,000 characters is a mistake of pasting, not a paragraph.
    TOO_LONG = "T0014", Text, Error, guarded, "a paragraph that is too long";
}

crate::finding::rule! {
    /// Lists and quotes can be nested six deep.
    TOO_DEEP = "T0015", Text, Error, guarded, "text nested too deep";
}

crate::finding::rule! {
    /// Text pasted from elsewhere often brings bullets, letters or bars of its own, which would be printed as
    /// they stand, run together in one paragraph. Begin the entries of a list with `- ` or `1. `, give a
    /// table a second line such as |---|---|, and put a space behind the # of a heading.
    LOOKS_LIKE = "T0016", Text, Warning, "text that looks like a list, a table or a heading, but is none";
}

crate::finding::rule! {
    /// A paragraph that is indented by four spaces more than its neighbours is code to Markdown: links and
    /// emphasis in it are not read. Take the indentation away, or put ``` above and below it.
    INDENTED = "T0017", Text, Error, "text that would be printed as code";
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, place: Place, cx: Context<'a>) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_SMART_PUNCTUATION;
        let parser = Parser::new_ext(text, options);
        let definitions: Vec<(String, Range<usize>)> = parser
            .reference_definitions()
            .iter()
            .map(|(name, definition)| (name.to_owned(), definition.span.clone()))
            .collect();
        let events: Vec<(Event, Range<usize>)> = parser.into_offset_iter().collect();
        let placing = Placing::new(text, place, cx.text);
        let (footnotes, used) = (BTreeMap::new(), BTreeSet::new());
        let (at, depth, last_number) = (0, 0, 0);
        let (headings, told_spaces) = (false, false);
        let reader = Self { cx, text, placing, events, at, footnotes, used, depth, headings, told_spaces, last_number };
        reader.check_definitions(&definitions);
        reader
    }

    fn all(&mut self) -> Vec<Block> {
        self.read_footnotes();
        let mut blocks = Vec::new();
        while self.at < self.events.len() {
            blocks.extend(self.block());
        }
        for name in self.footnotes.keys().filter(|name| !self.used.contains(*name)) {
            let place = self.placing.whole().of(&format!("[^{name}]:"), self.cx.text);
            self.cx.log.add(
                Finding::new(&BAD_FOOTNOTE, place, format!("footnote `[^{name}]` has a text but no mark"))
                    .help(format!("put `[^{name}]` where the mark belongs, in the same text")),
            );
        }
        // What is read stays in memory as long as the workspace, and there can be thousands of papers.
        blocks.shrink_to_fit();
        blocks
    }

    /// Records addresses written as `[name]: address` that no link uses: they would vanish.
    fn check_definitions(&self, definitions: &[(String, Range<usize>)]) {
        let used = |name: &str| {
            self.events.iter().any(|(event, _)| match event {
                Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => id.eq_ignore_ascii_case(name),
                _ => false,
            })
        };
        for (name, range) in definitions.iter().filter(|(name, _)| !used(name)) {
            self.cx.log.add(
                self.finding(&BAD_LINK, range, format!("`[{name}]:` at the start of a line would not be printed"))
                    .help("write a backslash before the bracket, \\[, if it is meant as text"),
            );
        }
    }

    /// Reads the texts of footnotes first, since their marks may stand before them.
    fn read_footnotes(&mut self) {
        let starts: Vec<(usize, String)> = (self.events.iter().enumerate())
            .filter_map(|(at, (event, _))| match event {
                Event::Start(Tag::FootnoteDefinition(name)) => Some((at, name.to_string())),
                _ => None,
            })
            .collect();
        for (at, name) in starts {
            self.at = at + 1;
            let mut words: Vec<Inline> = Vec::new();
            while !self.at_end_of_block() {
                let range = self.events[self.at].1.clone();
                match self.block() {
                    Some(Block::Paragraph { content, .. }) => {
                        if !words.is_empty() {
                            words.push(Inline::Break);
                        }
                        words.extend(content);
                    }
                    Some(_) => self.cx.log.add(
                        self.finding(&MISPLACED_BLOCK, &range, "a footnote holds paragraphs only")
                            .help("keep lists and tables in the text itself"),
                    ),
                    None => {}
                }
            }
            self.footnotes.insert(name, words);
        }
        self.at = 0;
    }

    fn at_end_of_block(&self) -> bool {
        matches!(self.events.get(self.at), None | Some((Event::End(_), _)))
    }

    /// Skips to behind the end of the block whose start was just read.
    fn skip_block(&mut self) {
        let mut open = 1;
        while open > 0 && self.at < self.events.len() {
            match self.events[self.at].0 {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn place(&self, range: &Range<usize>) -> Place {
        self.placing.place(range)
    }

    fn finding(&self, rule: &'static Rule, range: &Range<usize>, message: impl Into<String>) -> Finding {
        Finding::new(rule, self.place(range), message)
    }

    fn block(&mut self) -> Option<Block> {
        let (event, range) = self.events.get(self.at)?.clone();
        match event {
            Event::Start(tag) if !inline::is_inline(&tag) => {
                self.at += 1;
                self.started(tag, &range)
            }
            Event::Rule => {
                self.at += 1;
                Some(Block::Rule)
            }
            Event::Html(html) => {
                self.at += 1;
                self.html(&html, &range);
                None
            }
            Event::End(_) => {
                self.at += 1;
                None
            }
            // A tight list item holds its words without a paragraph around them.
            _ => {
                let content = self.inlines();
                self.paragraph(content, &range)
            }
        }
    }

    fn started(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Option<Block> {
        match tag {
            Tag::Paragraph => {
                let written = &self.text[range.clone()];
                if let Some((words, path, caption)) = as_typed::spaced_picture(written) {
                    self.skip_block();
                    let place = self.place(range);
                    let words = Inline::Text(Text { value: typographic(words), place });
                    return self.picture(&format!("{path}\n{caption}"), &[words], place, Attributes::default());
                }
                let content = self.inlines();
                self.at += 1;
                self.paragraph(content, range)
            }
            Tag::Heading { level, id, classes, attrs } => {
                let content = self.inlines();
                let content = self.without_pictures(content);
                self.at += 1;
                let place = self.place(range);
                let attributes = heading_attributes(id.as_deref(), &classes, &attrs, place, self.cx);
                self.check_heading(&content, range).then_some(Block::Heading {
                    level: level as u8,
                    attributes,
                    content,
                    place,
                })
            }
            Tag::List(start) => self.list(start.is_some(), range),
            Tag::BlockQuote(_) => self.quote(range),
            Tag::Table(columns) => Some(self.table(&columns, range)),
            Tag::CodeBlock(kind) => {
                if matches!(kind, CodeBlockKind::Indented) {
                    self.cx.log.add(
                        self.finding(&INDENTED, range, "this text is indented so far that it would be printed as code")
                            .help("indent it as the text above it, or put ``` above and below it if it is code"),
                    );
                }
                let mut value = String::new();
                while let Some((Event::Text(text), _)) = self.events.get(self.at) {
                    value.push_str(text);
                    self.at += 1;
                }
                self.at += 1;
                Some(Block::Code(Text { value: value.trim_end().to_owned(), place: self.place(range) }))
            }
            Tag::HtmlBlock => {
                while let Some((Event::Html(html) | Event::Text(html), range)) = self.events.get(self.at).cloned() {
                    self.html(&html, &range);
                    self.at += 1;
                }
                self.at += 1;
                None
            }
            _ => {
                self.skip_block();
                None
            }
        }
    }

    /// Reads blocks up to the end of the block that holds them, and steps over that end.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while !self.at_end_of_block() {
            blocks.extend(self.block());
        }
        self.at += 1;
        blocks.shrink_to_fit();
        blocks
    }

    fn deeper(&mut self, range: &Range<usize>, read: impl FnOnce(&mut Self) -> Block) -> Option<Block> {
        if self.depth >= DEEPEST {
            self.cx.log.add(
                self.finding(&TOO_DEEP, range, "lists and quotes are nested more than six deep here")
                    .help("use fewer levels, or a table"),
            );
            self.skip_block();
            return None;
        }
        self.depth += 1;
        let block = read(self);
        self.depth -= 1;
        Some(block)
    }

    fn paragraph(&mut self, mut content: Vec<Inline>, range: &Range<usize>) -> Option<Block> {
        let place = self.place(range);
        let length = plain(&content).chars().count();
        if length > LONGEST_PARAGRAPH {
            self.cx.log.add(
                Finding::new(&TOO_LONG, place, format!("a paragraph of {length} characters"))
                    .help("break it into paragraphs with empty lines"),
            );
            return None;
        }
        if let Some(Inline::Link(link)) = content.first()
            && let Target::Address(address) = &link.target
            && address.starts_with(inline::PICTURE)
        {
            let attributes = take_picture_attributes(&mut content, self.cx);
            if let [Inline::Link(link)] = &content[..]
                && let Target::Address(address) = &link.target
                && let Some(path) = address.strip_prefix(inline::PICTURE)
            {
                return self.picture(path, &link.content, place, attributes);
            }
        }
        content = self.without_pictures(content);
        let written = self.text.get(range.clone()).unwrap_or_default();
        let bold = self.headings && self.depth == 0 && pasted::is_bold_heading(written);
        if let Some((message, help)) = pasted::looks_like(written).or_else(|| bold.then_some(pasted::BOLD_HEADING)) {
            self.cx.log.add(self.finding(&LOOKS_LIKE, range, message).help(help));
        }
        let attributes = take_paragraph_attributes(&mut content, self.cx);
        if content.is_empty() && attributes != Attributes::default() {
            let finding = self.finding(&BAD_NUMBERING, range, "the braces stand before no words");
            self.cx.log.add(finding.help("put them on the line on which their paragraph begins"));
        }
        (!content.is_empty()).then_some(Block::Paragraph { attributes, content, place })
    }

    fn quote(&mut self, range: &Range<usize>) -> Option<Block> {
        let behind = self.text[range.clone()].trim_start().trim_start_matches('>');
        let sign = !behind.starts_with([' ', '\t', '\n']) && !behind.is_empty();
        if sign || behind.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '£' | '€' | '$'))
        {
            let help = "write \\> if the sign is a part of the text, or a space behind it for a quotation";
            self.doubt(range, "`>` at the start of this line makes a quotation of it", help);
        }
        self.deeper(range, |reader| Block::Quote(reader.blocks()))
    }

    fn picture(&self, path_and_caption: &str, words: &[Inline], place: Place, attributes: Attributes) -> Option<Block> {
        let (path, caption) = path_and_caption.split_once('\n').unwrap_or((path_and_caption, ""));
        let alternative = plain(words);
        if alternative.trim().is_empty() {
            self.cx.log.add(
                Finding::new(&NO_ALTERNATIVE, place, format!("picture `{path}` has no alternative text"))
                    .help(format!("say what it shows: ![words for those who cannot see it]({path})")),
            );
        }
        let path = paths::resolve(self.cx, path, place)?;
        self.cx.wanted.borrow_mut().push((path.clone(), place));
        let caption = (!caption.is_empty()).then(|| Text { value: caption.to_owned(), place });
        Some(Block::Picture {
            path: Text { value: path, place },
            alternative: Text { value: alternative, place },
            caption,
            attributes,
        })
    }

    fn html(&self, html: &str, range: &Range<usize>) {
        let shown = html.trim();
        let shown = shown.lines().next().unwrap_or(shown);
        self.cx.log.add(
            self.finding(&HTML, range, format!("`{shown}` is HTML, which papers cannot hold"))
                .help("use Markdown instead; write \\< to print the sign itself"),
        );
    }
}
