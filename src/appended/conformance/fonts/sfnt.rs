//! TrueType programs: widths, character maps and names of glyphs.

use std::collections::HashMap;

use read_fonts::tables::cmap::CmapSubtable;
use read_fonts::tables::post::DEFAULT_GLYPH_NAMES;
use read_fonts::types::{GlyphId, Tag};
use read_fonts::{FontRef, TableProvider};

/// A TrueType or OpenType program.
pub(crate) struct Sfnt<'a> {
    font: FontRef<'a>,
    units: f64,
    glyphs: u16,
}

impl<'a> Sfnt<'a> {
    /// Opens a program; none when it lacks what widths need.
    pub(crate) fn open(data: &'a [u8]) -> Option<Self> {
        let font = FontRef::new(data).ok()?;
        let units = font.head().ok()?.units_per_em();
        let glyphs = font.maxp().ok()?.num_glyphs();
        font.hmtx().ok()?;
        (units > 0).then_some(Self { font, units: f64::from(units), glyphs })
    }

    /// Gives the bytes of the `CFF ` table.
    pub(crate) fn cff(data: &'a [u8]) -> Option<&'a [u8]> {
        let font = FontRef::new(data).ok()?;
        font.table_data(Tag::new(b"CFF ")).map(|table| table.as_bytes())
    }

    /// Number of glyphs.
    pub(crate) fn glyphs(&self) -> u32 {
        u32::from(self.glyphs)
    }

    /// Width of a glyph in thousandths.
    pub(crate) fn width(&self, glyph: u32) -> Option<f64> {
        let hmtx = self.font.hmtx().ok()?;
        let glyph = if glyph < self.glyphs() { glyph } else { 0 };
        hmtx.advance(GlyphId::new(glyph)).map(|width| f64::from(width) * 1000.0 / self.units)
    }

    /// Number of character maps.
    pub(crate) fn maps(&self) -> usize {
        self.font.cmap().map_or(0, |cmap| cmap.encoding_records().len())
    }

    /// Whether there is a character map for this platform and encoding.
    pub(crate) fn has_map(&self, platform: u16, encoding: u16) -> bool {
        self.map(platform, encoding).is_some()
    }

    /// Gives the glyph of a code in one character map; 0 when there is none.
    pub(crate) fn glyph(&self, platform: u16, encoding: u16, code: u32) -> u32 {
        let found = self.map(platform, encoding).and_then(|map| map.map_codepoint(code));
        found.map_or(0, GlyphId::to_u32)
    }

    /// Gives the glyphs of a code in the symbol map, whose codes may have a high byte; 0 where there is none.
    pub(crate) fn symbols(&self, code: u32) -> Vec<u32> {
        [0, 0xF000, 0xF100, 0xF200].into_iter().map(|high| self.glyph(3, 0, high + code)).collect()
    }

    /// Gives the glyph of a code in whichever character map has one.
    pub(crate) fn any(&self, code: u32) -> u32 {
        let Ok(cmap) = self.font.cmap() else { return 0 };
        let data = cmap.offset_data();
        cmap.encoding_records()
            .iter()
            .take(16)
            .filter_map(|record| record.subtable(data).ok()?.map_codepoint(code))
            .map(GlyphId::to_u32)
            .find(|glyph| *glyph != 0)
            .unwrap_or(0)
    }

    /// Gives the glyphs by their names in the `post` table.
    pub(crate) fn names(&self) -> HashMap<String, u32> {
        let mut found = HashMap::new();
        let Some(table) = self.font.table_data(Tag::new(b"post")).map(|table| table.as_bytes()) else {
            return found;
        };
        let version = table.get(..4).unwrap_or_default();
        if version == [0, 1, 0, 0] {
            for (glyph, name) in (0..).zip(DEFAULT_GLYPH_NAMES) {
                found.entry(name.to_owned()).or_insert(glyph);
            }
        } else if version == [0, 2, 0, 0] {
            second(table, &mut found);
        }
        found
    }

    fn map(&self, platform: u16, encoding: u16) -> Option<CmapSubtable<'a>> {
        let cmap = self.font.cmap().ok()?;
        let data = cmap.offset_data();
        let record = cmap
            .encoding_records()
            .iter()
            .find(|record| record.platform_id() as u16 == platform && record.encoding_id() == encoding)?;
        record.subtable(data).ok()
    }
}

/// Reads version 2 of the `post` table: indices, then strings with their lengths.
fn second(table: &[u8], found: &mut HashMap<String, u32>) {
    let pair = |at: usize| Some(u16::from_be_bytes([*table.get(at)?, *table.get(at + 1)?]));
    let count = usize::from(pair(32).unwrap_or(0));
    let mut own = Vec::new();
    let mut at = 34 + 2 * count;
    while let Some(length) = table.get(at) {
        let end = at + 1 + usize::from(*length);
        own.push(table.get(at + 1..end).unwrap_or_default());
        at = end;
    }
    for (glyph, place) in (0_u32..).zip(0..count) {
        let Some(index) = pair(34 + 2 * place).map(usize::from) else { return };
        let name = match DEFAULT_GLYPH_NAMES.get(index) {
            Some(name) => Some((*name).to_owned()),
            None => own.get(index - DEFAULT_GLYPH_NAMES.len()).map(|name| String::from_utf8_lossy(name).into_owned()),
        };
        if let Some(name) = name {
            found.entry(name).or_insert(glyph);
        }
    }
}
