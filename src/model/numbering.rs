//! Numbers of sections and paragraphs, generated from the order of the text.
//!
//! A section is numbered 1, 2 …, its paragraphs 1.1, 1.2 …. A sub-heading with `.numbered` takes
//! the next paragraph number, and the paragraphs below it then have none. A pinned number is
//! kept, and numbering goes on from it.

use crate::model::text::{Attributes, Block, Inline};

/// A block of a numbered text.
#[derive(Debug)]
pub(crate) enum Numbered<'a> {
    /// A section's heading.
    Section {
        /** Number. */
        number: Option<String>,
        /** Label. */
        label: Option<&'a str>,
        /** Title. */
        content: &'a [Inline],
    },
    /// A heading inside a section; one with a number is in the numbering of paragraphs.
    Subheading {
        /** Number. */
        number: Option<String>,
        /** Label. */
        label: Option<&'a str>,
        /** Title. */
        content: &'a [Inline],
    },
    /// A numbered paragraph.
    Paragraph {
        /** Number. */
        number: String,
        /** Label. */
        label: Option<&'a str>,
        /** Text. */
        content: &'a [Inline],
    },
    /// A block without a number, below a heading or numbered paragraph.
    Under(&'a Block),
    /// A block before the first section.
    Plain(&'a Block),
}

/// Numbers the blocks of a text; with `paragraphs` false only what is pinned gets a number.
pub(crate) fn number(blocks: &[Block], paragraphs: bool) -> Vec<Numbered<'_>> {
    let mut counter = Counter { paragraphs, ..Counter::default() };
    blocks.iter().map(|block| counter.next(block)).collect()
}

#[derive(Default)]
struct Counter {
    paragraphs: bool,
    section: u32,
    /// Number of the section as printed, when it has one.
    printed: Option<String>,
    paragraph: u32,
    in_section: bool,
    below_numbered_heading: bool,
}

impl Counter {
    fn next<'a>(&mut self, block: &'a Block) -> Numbered<'a> {
        match block {
            Block::Heading { level: 1, attributes, content, .. } => {
                self.in_section = true;
                self.below_numbered_heading = false;
                self.paragraph = 0;
                self.printed = self.section_number(attributes);
                Numbered::Section { number: self.printed.clone(), label: label(attributes), content }
            }
            Block::Heading { attributes, content, .. } => {
                self.below_numbered_heading = attributes.numbered || attributes.number.is_some();
                let number = if self.below_numbered_heading { self.paragraph_number(attributes) } else { None };
                Numbered::Subheading { number, label: label(attributes), content }
            }
            Block::Paragraph { attributes, content, .. } => {
                let wanted = attributes.number.is_some()
                    || (self.paragraphs
                        && !attributes.unnumbered
                        && !self.below_numbered_heading
                        && self.printed.is_some());
                match wanted.then(|| self.paragraph_number(attributes)).flatten() {
                    Some(number) => Numbered::Paragraph { number, label: label(attributes), content },
                    None => self.unnumbered(block),
                }
            }
            _ => self.unnumbered(block),
        }
    }

    fn unnumbered<'a>(&self, block: &'a Block) -> Numbered<'a> {
        if self.in_section && self.paragraphs { Numbered::Under(block) } else { Numbered::Plain(block) }
    }

    fn section_number(&mut self, attributes: &Attributes) -> Option<String> {
        if let Some(pinned) = &attributes.number {
            if let Ok(number) = pinned.value.parse() {
                self.section = number;
            }
            return Some(pinned.value.clone());
        }
        if attributes.unnumbered || !self.paragraphs {
            return None;
        }
        self.section = self.section.saturating_add(1);
        Some(self.section.to_string())
    }

    fn paragraph_number(&mut self, attributes: &Attributes) -> Option<String> {
        if let Some(pinned) = &attributes.number {
            if let Some(number) = pinned.value.rsplit('.').next().and_then(|last| last.parse().ok()) {
                self.paragraph = number;
            }
            return Some(pinned.value.clone());
        }
        let section = self.printed.as_ref()?;
        self.paragraph = self.paragraph.saturating_add(1);
        Some(format!("{section}.{}", self.paragraph))
    }
}

fn label(attributes: &Attributes) -> Option<&str> {
    attributes.label.as_ref().map(|label| label.value.as_str())
}

/// Gives the number that the actions below an objective begin with: `1.0` stands before 1.1.
pub(crate) fn objective_prefix(number: &str) -> &str {
    number.strip_suffix(".0").unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Log, Place};
    use crate::load::Context;
    use crate::load::markdown::prose;

    fn numbers(text: &str) -> Vec<String> {
        let log = Log::default();
        let wanted = std::cell::RefCell::default();
        let cx = Context { source: 0, path: "content/x.yaml", text, log: &log, wanted: &wanted };
        let end = u32::try_from(text.len()).unwrap_or(0);
        let prose = prose(text, Place { source: 0, start: 0, end }, cx);
        number(&prose.blocks, true)
            .into_iter()
            .map(|block| match block {
                Numbered::Section { number, .. } => format!("section {}", number.unwrap_or_default()),
                Numbered::Subheading { number, .. } => format!("heading {}", number.unwrap_or_default()),
                Numbered::Paragraph { number, .. } => number,
                Numbered::Under(_) => "under".into(),
                Numbered::Plain(_) => "plain".into(),
            })
            .collect()
    }

    #[test]
    fn numbers_sections_and_paragraphs() {
        assert_eq!(
            numbers("Before.\n\n# One\n\nA.\n\n- list\n\nB.\n\n## Sub\n\nC.\n\n# Two\n\n{.unnumbered} D."),
            ["plain", "section 1", "1.1", "under", "1.2", "heading ", "1.3", "section 2", "under"]
        );
    }

    #[test]
    fn keeps_pinned_numbers_and_goes_on_from_them() {
        assert_eq!(
            numbers("# One {number=6}\n\n{number=6.4} A.\n\nB.\n\n# Two\n\nC."),
            ["section 6", "6.4", "6.5", "section 7", "7.1"]
        );
    }

    #[test]
    fn numbered_sub_headings_take_paragraph_numbers() {
        assert_eq!(
            numbers("# One\n\n## How? {.numbered}\n\nA.\n\n## Why? {.numbered}\n\nB."),
            ["section 1", "heading 1.1", "under", "heading 1.2", "under"]
        );
    }
}
