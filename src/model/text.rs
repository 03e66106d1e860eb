//! Text as it is written in the sources: plain, one line of Markdown, or blocks of it.

use std::ops::Deref;

use crate::finding::Place;

/// Plain text with its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Where it stands.
    pub place: Place,
}

/// One paragraph of Markdown.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its parts.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub place: Place,
}

/// Blocks of Markdown.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// Where they stand.
    pub place: Place,
}

/// The text of a paper, in which headings may stand: what is written at once and in sections, put together.
#[derive(Debug, Clone, Default)]
pub struct PaperText(pub Prose);

impl Deref for PaperText {
    type Target = Prose;

    fn deref(&self) -> &Prose {
        &self.0
    }
}

/// A list of lines, or the word `None` for an empty one.
#[derive(Debug, Clone, Default)]
pub struct LinesOrNone(pub Vec<Line>);

impl Deref for LinesOrNone {
    type Target = Vec<Line>;

    fn deref(&self) -> &Vec<Line> {
        &self.0
    }
}

/// What braces before a paragraph or behind a heading say: `{#label number=4.2 .unnumbered}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Label for references.
    pub label: Option<Text>,
    /// Pinned number.
    pub number: Option<Text>,
    /// `.numbered`: a sub-heading takes part in the numbering of paragraphs.
    pub numbered: bool,
    /// `.unnumbered`: a paragraph or heading that does not.
    pub unnumbered: bool,
    /// `lang=cy`: the language of its words, where it is another than the council's.
    pub language: Option<String>,
    /// `width=60%`: how much of the column a picture takes.
    pub width: Option<u8>,
    /// `full`: a picture may take the whole page.
    pub full: bool,
}

/// A block of Markdown.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /** Label and number. */
        attributes: Attributes,
        /** Its text. */
        content: Vec<Inline>,
        /** Where. */
        place: Place,
    },
    /// A heading; `level` 1 is a section.
    Heading {
        /** From 1. */
        level: u8,
        /** Label and number. */
        attributes: Attributes,
        /** Its text. */
        content: Vec<Inline>,
        /** Where. */
        place: Place,
    },
    /// A list.
    List {
        /** Number of each entry; none for dots. */
        numbers: Vec<u64>,
        /** Blocks of each item. */
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table(Table),
    /// A quotation.
    Quote(Vec<Block>),
    /// Preformatted text.
    Code(Text),
    /// A line across.
    Rule,
    /// A picture that stands alone.
    Picture {
        /** Path below the workspace. */
        path: Text,
        /** Alternative text. */
        alternative: Text,
        /** Caption. */
        caption: Option<Text>,
        /** Its size. */
        attributes: Attributes,
    },
}

/// How a table column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Left, also where nothing is said.
    Left,
    /// Centred.
    Centre,
    /// Right, for figures.
    Right,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Alignment of each column.
    pub columns: Vec<Align>,
    /// Cells of the header row.
    pub header: Vec<Vec<Inline>>,
    /// Cells of the rows; as many a row as there are columns.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Where.
    pub place: Place,
}

/// Part of a line.
#[derive(Debug, Clone)]
pub enum Inline {
    /// Words.
    Text(Text),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck through.
    Struck(Vec<Inline>),
    /// Code.
    Code(Text),
    /// A link or reference; apart, since most parts are words, of which thousands of papers hold millions.
    Link(Box<Link>),
    /// A forced line break.
    Break,
    /// A footnote with its text.
    Footnote(Vec<Inline>),
    /// Words in another language than the council's, by its tag, such as `cy`.
    Language(String, Vec<Inline>),
}

/// A link or reference.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Its words; empty for a generated text.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub place: Place,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A web, mail or telephone address.
    Address(String),
    /// A label in the papers.
    Label(String),
    /// A declared person.
    Person(String),
    /// A declared post.
    Post(String),
    /// A declared body.
    Body(String),
}

/// Gives the words of a line without any mark-up.
pub(crate) fn plain(content: &[Inline]) -> String {
    let mut words = String::new();
    for part in content {
        match part {
            Inline::Text(text) | Inline::Code(text) => words.push_str(&text.value),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) | Inline::Language(_, inner) => {
                words.push_str(&plain(inner));
            }
            Inline::Link(link) => words.push_str(&plain(&link.content)),
            Inline::Break => words.push(' '),
            Inline::Footnote(_) => {}
        }
    }
    words
}

impl Inline {
    /// Makes a link.
    pub(crate) fn link(target: Target, content: Vec<Self>, place: Place) -> Self {
        Self::Link(Box::new(Link { target, content, place }))
    }
}

impl Line {
    /// Gives the words without mark-up.
    pub(crate) fn plain(&self) -> String {
        plain(&self.content)
    }

    /// Makes a line of plain words.
    pub(crate) fn from_text(text: Text) -> Self {
        let place = text.place;
        Self { content: vec![Inline::Text(text)], place }
    }

    /// Tells whether nothing is written.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.is_empty()
    }
}

/// Calls `visit` with every part of the blocks, footnotes and nested parts included.
pub(crate) fn each_inline<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph { content, .. } | Block::Heading { content, .. } => each_part(content, visit),
            Block::List { items, .. } => items.iter().for_each(|item| each_inline(item, visit)),
            Block::Table(table) => {
                for cell in table.header.iter().chain(table.rows.iter().flatten()) {
                    each_part(cell, visit);
                }
            }
            Block::Quote(inner) => each_inline(inner, visit),
            Block::Code(_) | Block::Rule | Block::Picture { .. } => {}
        }
    }
}

/// Calls `visit` with every part of a line, nested parts included.
pub(crate) fn each_part<'a>(content: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for part in content {
        visit(part);
        match part {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Footnote(inner)
            | Inline::Language(_, inner) => each_part(inner, visit),
            Inline::Link(link) => each_part(&link.content, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

/// Puts one space in the place of several: they cannot be seen in a source, and print wide.
pub(crate) fn spaced_once(text: &str) -> String {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\u{a0}');
    let mut spaced = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if !is_space(letter) {
            spaced.push(letter);
            continue;
        }
        let mut hard = letter == '\u{a0}';
        while let Some(next) = letters.next_if(|next| is_space(*next)) {
            hard &= next == '\u{a0}';
        }
        spaced.push(if hard { '\u{a0}' } else { ' ' });
    }
    spaced
}

/// Puts curly quotation marks and apostrophes into plain text, as Markdown has them, and single spaces.
pub(crate) fn typographic(text: &str) -> String {
    let text = &spaced_once(text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '{' | '“' | '‘' | '–' | '—' | '/');
        let printed = match (character, opens) {
            ('\'', true) => '‘',
            ('\'', false) => '’',
            ('"', true) => '“',
            ('"', false) => '”',
            (other, _) => other,
        };
        out.push(printed);
        before = printed;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_that_cannot_be_seen_print_once() {
        for (typed, printed) in [
            ("a  b", "a b"),
            ("a \u{a0}b", "a b"),
            ("a\u{a0}\u{a0}b", "a\u{a0}b"),
            ("a\tb", "a b"),
            ("a\u{a0}b", "a\u{a0}b"),
        ] {
            assert_eq!(spaced_once(typed), printed);
        }
    }

    #[test]
    fn plain_text_gets_the_marks_that_markdown_gets() {
        for (plain, printed) in [
            ("Director of Children's Services", "Director of Children’s Services"),
            ("Members' Services", "Members’ Services"),
            ("Councillor Robert \"Bob\" O'Hara", "Councillor Robert “Bob” O’Hara"),
            ("The ('Green') Board", "The (‘Green’) Board"),
            ("The  \"Green\" Board", "The “Green” Board"),
        ] {
            assert_eq!(typographic(plain), printed);
            assert_eq!(typographic(printed), printed, "done twice");
        }
    }
}
