//! Every character must have a shape in the fonts.

use std::collections::BTreeMap;

use super::declared::everything;
use crate::finding::{Finding, Log, Place, Sources};
use crate::fonts::Fonts;
use crate::model::text::{Block, Inline, each_inline, each_part};
use crate::model::visit::Visitor;
use crate::model::{Text, Workspace};

struct Glyphs<'a> {
    fonts: &'a Fonts,
    sources: &'a Sources,
    log: &'a Log,
    known: BTreeMap<char, bool>,
}

crate::finding::rule! {
    /// The built-in fonts have no shape for the character, and an empty box must not be printed. Write it
    /// otherwise, or add a font that has it to the workspace's fonts/ folder.
    NO_GLYPH = "T0008", Text, Error, guarded, "a character that the fonts do not have";
}

impl Glyphs<'_> {
    fn look(&mut self, text: &str, place: Place) {
        if text.is_ascii() {
            return;
        }
        for character in text.chars().filter(|character| !character.is_ascii()) {
            let fonts = self.fonts;
            if !*self.known.entry(character).or_insert_with(|| fonts.cover(character)) {
                let file = self.sources.get(place.source).map_or("", |file| &file.text);
                self.log.add(
                    Finding::new(
                        &NO_GLYPH,
                        place.of(character.encode_utf8(&mut [0; 4]), file),
                        format!("the fonts have no shape for `{character}` (U+{:04X})", u32::from(character)),
                    )
                    .help("write it otherwise, or put a font that has it into the folder fonts/ of the workspace"),
                );
            }
        }
    }

    fn part(&mut self, part: &Inline) {
        if let Inline::Text(text) | Inline::Code(text) = part {
            self.look(&text.value, text.place);
        }
    }
}

impl<'a> Visitor<'a> for Glyphs<'_> {
    fn text(&mut self, text: &'a Text) {
        self.look(&text.value, text.place);
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        each_part(content, &mut |part| self.part(part));
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        each_inline(blocks, &mut |part| self.part(part));
        for block in blocks {
            if let Block::Code(text) = block {
                self.look(&text.value, text.place);
            }
        }
    }

    fn post(&mut self, post: &'a Text) {
        self.look(&post.value, post.place);
    }

    fn body(&mut self, body: &'a Text) {
        self.look(&body.value, body.place);
    }
}

/// Finds characters that no font has.
pub(super) fn no_glyph(workspace: &Workspace, fonts: &Fonts, log: &Log) {
    let mut glyphs = Glyphs { fonts, sources: &workspace.sources, log, known: BTreeMap::new() };
    everything(workspace, &mut glyphs);
}
