//! Fonts with codes of several bytes (Type 0).

use std::collections::HashMap;

use hayro_cmap::CMap;
use lopdf::{Dictionary, Object};

use super::cff::Cff;
use super::cmap::{Code, Codes, Unicode, collection, collection_text, string};
use super::program::Program;
use super::sfnt::Sfnt;
use super::verdict::Verdict;
use crate::pdf::reader::PdfReader;

/// A font with codes of several bytes.
pub(crate) struct Composite {
    /// How codes become CIDs.
    pub(crate) codes: Codes,
    /// Glyphs by CID; the same number when there is none.
    glyphs: Option<Vec<u16>>,
    /// Glyphs by CID that a CFF program gives.
    cids: Option<HashMap<u32, u32>>,
    widths: HashMap<u32, f64>,
    /// First and last CID of ranges of one width, in order.
    ranges: Vec<(u32, u32, f64)>,
    usual: f64,
    pub(crate) unicode: Unicode,
    /// Text by CID of the character collection.
    collection: Option<CMap>,
}

impl Composite {
    /// Reads a font and its descendant.
    pub(crate) fn read<'a>(
        reader: &PdfReader<'a>,
        font: &'a Dictionary,
        descendant: &'a Dictionary,
        program: &Program,
    ) -> Self {
        let codes = Codes::read(reader, reader.key(font, b"Encoding"));
        let glyphs = reader.stream(descendant, b"CIDToGIDMap").map(|stream| {
            let data = reader.decode(stream).unwrap_or_default();
            data.chunks(2).map(|pair| u16::from(pair[0]) << 8 | u16::from(pair.get(1).copied().unwrap_or(0))).collect()
        });
        let cids = match program {
            Program::Cff(data) => Cff::open(data).filter(Cff::is_cid).map(|font| font.cids()),
            _ => None,
        };
        let owner = if codes.identity { collection(reader, descendant) } else { codes.collection.clone() };
        let unicode = Unicode::read(reader, font);
        let mut composite = Self {
            codes,
            glyphs,
            cids,
            widths: HashMap::new(),
            ranges: Vec::new(),
            usual: reader.number(descendant, b"DW").unwrap_or(1000.0),
            unicode,
            collection: owner.and_then(|(registry, ordering, _)| collection_text(&registry, &ordering)),
        };
        composite.read_widths(reader, reader.array(descendant, b"W").unwrap_or_default());
        composite
    }

    fn read_widths<'a>(&mut self, reader: &PdfReader<'a>, list: &'a [Object]) {
        let mut rest = list;
        while let [first, second, tail @ ..] = rest {
            let cid = |object| reader.get(object).as_i64().ok().and_then(|cid| u32::try_from(cid).ok());
            let Some(first) = cid(first) else { break };
            if let Object::Array(widths) = reader.get(second) {
                for (cid, width) in (first..).zip(widths.iter().take(70_000)) {
                    self.widths.insert(cid, reader.number_of(width).unwrap_or(0.0));
                }
                rest = tail;
            } else {
                let (Some(end), [width, tail @ ..]) = (cid(second), tail) else { break };
                self.ranges.push((first, end, reader.number_of(width).unwrap_or(0.0)));
                rest = tail;
            }
        }
        self.ranges.sort_by_key(|range| range.0);
    }

    /// Gives the width that the file gives for a CID.
    pub(crate) fn width(&self, cid: u32) -> f64 {
        if let Some(width) = self.widths.get(&cid) {
            return *width;
        }
        let after = self.ranges.partition_point(|range| range.0 <= cid);
        let before = after.checked_sub(1).and_then(|place| self.ranges.get(place));
        before.filter(|range| cid <= range.1).map_or(self.usual, |range| range.2)
    }

    /// Judges a code.
    pub(crate) fn judge(&self, program: &Program, code: Code) -> Verdict {
        let mut verdict = Verdict::default();
        let cid = code.cid.unwrap_or(0);
        let found = match program {
            Program::TrueType(data) => Sfnt::open(data).map(|font| {
                let glyph = self.glyph(cid);
                let there = code.cid.is_some() && cid != 0 && glyph.is_some_and(|glyph| glyph < font.glyphs());
                (there, glyph.unwrap_or(0), font.width(glyph.unwrap_or(0)))
            }),
            Program::Cff(data) => Cff::open(data).map(|font| {
                let glyph = match &self.cids {
                    Some(cids) => cids.get(&cid).copied(),
                    None => self.glyph(cid).filter(|glyph| *glyph < font.glyphs()),
                };
                let width = font.width(glyph.unwrap_or(0));
                (code.cid.is_some() && cid != 0 && glyph.is_some(), glyph.unwrap_or(0), width)
            }),
            _ => None,
        };
        if let Some((there, glyph, width)) = found {
            verdict.add_if(!there && code.number != 0, Verdict::MISSING);
            verdict.add_if(!there || glyph == 0, Verdict::NOTDEF);
            verdict.width(self.width(cid), width.unwrap_or(self.usual));
        }
        verdict.text(self.text(code).as_deref());
        verdict
    }

    /// Gives the glyph of a CID by the map of the file.
    fn glyph(&self, cid: u32) -> Option<u32> {
        match &self.glyphs {
            Some(map) => map.get(usize::try_from(cid).ok()?).map(|glyph| u32::from(*glyph)),
            None => Some(cid),
        }
    }

    fn text(&self, code: Code) -> Option<String> {
        self.unicode.text(code.number).or_else(|| self.text_of_cid(code.cid?))
    }

    /// Gives the text of a CID of the character collection.
    pub(crate) fn text_of_cid(&self, cid: u32) -> Option<String> {
        self.collection.as_ref()?.lookup_bf_string(cid).map(string)
    }

    /// Whether a CFF program has no CIDs of its own, so that CIDs are its glyphs.
    pub(crate) fn glyphs_are_cids(&self) -> bool {
        self.cids.is_none()
    }
}
