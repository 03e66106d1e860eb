//! Fonts with codes of one byte: Type 1, TrueType and Type 3.

use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use super::cff::Cff;
use super::cmap::Unicode;
use super::names;
use super::program::Program;
use super::sfnt::Sfnt;
use super::verdict::Verdict;
use crate::pdf::reader::PdfReader;

/// A font with codes of one byte.
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Simple {
    /// Names by code that the file gives; none where it leaves them to the program.
    pub(crate) names: Vec<Option<String>>,
    /// Whether the file has an `Encoding`.
    encoded: bool,
    symbolic: bool,
    true_type: bool,
    /// Whether it is one of the standard fonts of letters, whose encoding is known without a program.
    standard: bool,
    first: i64,
    widths: Vec<Option<f64>>,
    pub(crate) missing: Option<f64>,
    pub(crate) unicode: Unicode,
    /// Glyphs of the program by name.
    glyphs: HashMap<String, u32>,
}

impl Simple {
    /// Reads a font.
    pub(crate) fn read<'a>(
        reader: &PdfReader<'a>,
        font: &'a Dictionary,
        descriptor: Option<&'a Dictionary>,
        program: &Program,
    ) -> Self {
        let flags = descriptor.and_then(|dict| reader.int(dict, b"Flags")).unwrap_or(0);
        let symbolic = flags & 4 != 0;
        let true_type = reader.name(font, b"Subtype") == Some(b"TrueType");
        let encoding = reader.key(font, b"Encoding");
        let glyphs = match program {
            Program::Cff(data) => Cff::open(data).map(|font| font.names()).unwrap_or_default(),
            Program::TrueType(data) if !symbolic => Sfnt::open(data).map(|font| font.names()).unwrap_or_default(),
            _ => HashMap::new(),
        };
        Self {
            names: code_names(reader, encoding, true_type && !symbolic),
            encoded: encoding.is_some(),
            symbolic,
            true_type,
            standard: descriptor.is_none() && reader.name(font, b"BaseFont").is_some_and(names::is_standard_font),
            first: reader.int(font, b"FirstChar").unwrap_or(0),
            widths: widths(reader, font),
            missing: descriptor.and_then(|dict| reader.number(dict, b"MissingWidth")),
            unicode: Unicode::read(reader, font),
            glyphs,
        }
    }

    /// Judges a code.
    pub(crate) fn judge(&self, program: &Program, code: u8) -> Verdict {
        let mut verdict = Verdict::default();
        let name = self.name(code);
        let notdef = name.is_some_and(|name| name == ".notdef") || (self.true_type && name.is_none() && code == 0);
        verdict.add_if(notdef, Verdict::NOTDEF);
        let found = match program {
            Program::TrueType(data) => Sfnt::open(data).map(|font| self.in_true_type(&font, code)),
            Program::Cff(data) => Cff::open(data).map(|font| self.in_cff(&font, code)),
            Program::Type1(font) => Some(self.in_type1(font, code)),
            Program::Missing | Program::Damaged => None,
        };
        if let Some((there, width)) = found {
            verdict.add_if(!there && code != 0, Verdict::MISSING);
            verdict.width(self.width(code), width.or(self.missing).unwrap_or(0.0));
        }
        verdict.text(self.text(program, code).as_deref());
        verdict
    }

    /// Gives the width that the file gives for a code.
    pub(crate) fn width(&self, code: u8) -> f64 {
        let place = usize::try_from(i64::from(code).saturating_sub(self.first)).ok();
        place.and_then(|place| self.widths.get(place).copied()).unwrap_or(self.missing).unwrap_or(0.0)
    }

    /// Gives the name that the file gives for a code.
    pub(crate) fn name(&self, code: u8) -> Option<&str> {
        self.names.get(usize::from(code))?.as_deref()
    }

    /// Tells whether a TrueType program has a glyph of this code, and how wide it is. Where its maps disagree
    /// on the glyph, so may those who show it: then a width counts that is not the one of the file.
    fn in_true_type(&self, font: &Sfnt, code: u8) -> (bool, Option<f64>) {
        let (file, code) = (self.width(code), u32::from(code));
        let glyphs = match self.names.get(code as usize).and_then(Option::as_deref) {
            Some(name) if !self.symbolic && self.encoded => self.named(font, name),
            _ => {
                let mut glyphs = font.symbols(code);
                if !font.has_map(3, 0) || glyphs.iter().any(|glyph| *glyph != 0) {
                    glyphs.push(font.glyph(1, 0, code));
                }
                glyphs
            }
        };
        let found: Vec<u32> = glyphs.into_iter().filter(|glyph| *glyph != 0 && *glyph < font.glyphs()).collect();
        let Some(first) = found.first() else {
            let shown = if self.symbolic { font.any(code) } else { 0 };
            return (false, font.width(shown));
        };
        let off = |glyph: &&u32| font.width(**glyph).is_some_and(|width| (width - file).abs() > 1.0);
        (true, font.width(*found.iter().find(off).unwrap_or(first)))
    }

    /// Gives the glyphs that a name may stand for: by Unicode, by the Mac OS encoding, by the names of the program.
    fn named(&self, font: &Sfnt, name: &str) -> Vec<u32> {
        let unicode = names::listed(name).and_then(|text| text.chars().next()).map(u32::from);
        let by_unicode = unicode.map_or(0, |code| font.glyph(3, 1, code));
        let by_mac = names::mac_os_code(name).map_or(0, |code| font.glyph(1, 0, code));
        vec![by_unicode, by_mac, self.glyphs.get(name).copied().unwrap_or(0)]
    }

    fn in_cff(&self, font: &Cff, code: u8) -> (bool, Option<f64>) {
        let glyph = match self.name(code) {
            Some(name) if font.is_cid() => return (name != ".notdef" && u32::from(code) < font.glyphs(), None),
            Some(".notdef") => Some(0),
            Some(name) => self.glyphs.get(name).copied(),
            None => Some(font.glyph_of_code(code)).filter(|glyph| *glyph != 0),
        };
        (glyph.is_some(), glyph.and_then(|glyph| font.width(glyph)))
    }

    fn in_type1(&self, font: &super::type1::Type1, code: u8) -> (bool, Option<f64>) {
        let name = self.name(code).or_else(|| font.name(code)).unwrap_or(".notdef");
        match font.widths.get(name) {
            Some(width) => (true, *width),
            None => (false, None),
        }
    }

    /// Gives the text of a code: by the map, or by the name of its glyph.
    fn text(&self, program: &Program, code: u8) -> Option<String> {
        if let Some(text) = self.unicode.text(u32::from(code)) {
            return Some(text);
        }
        let own = match (self.name(code), program) {
            (Some(name), _) => Some(name.to_owned()),
            (None, Program::Type1(font)) => font.name(code).map(str::to_owned),
            (None, Program::Cff(data)) => {
                let font = Cff::open(data)?;
                Some(font.glyph_of_code(code)).filter(|glyph| *glyph != 0).and_then(|glyph| font.name(glyph))
            }
            (None, Program::Missing) if self.standard => Some(names::standard(code).to_owned()),
            _ => None,
        }?;
        let known = names::listed(&own);
        if known.is_none() && names::is_dingbat(&own) { Some(" ".to_owned()) } else { known }
    }
}

/// Gives the names by code of an `Encoding`; a TrueType font takes the standard ones where it has none.
fn code_names<'a>(reader: &PdfReader<'a>, encoding: Option<&'a Object>, standard: bool) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = vec![None; 256];
    let base = match encoding {
        Some(Object::Name(name)) => names::table(name),
        Some(Object::Dictionary(dict)) => reader.name(dict, b"BaseEncoding").and_then(names::table),
        _ => None,
    };
    for (name, own) in found.iter_mut().zip(base.into_iter().flatten()) {
        *name = Some(own.to_owned());
    }
    let Some(Object::Dictionary(dict)) = encoding else { return found };
    let mut code = 0_usize;
    for item in reader.array(dict, b"Differences").unwrap_or_default().iter().take(2000) {
        match reader.get(item) {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(place) = found.get_mut(code) {
                    *place = Some(String::from_utf8_lossy(name).into_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    if standard {
        for (name, code) in found.iter_mut().zip(0..=255) {
            if name.as_deref().is_none_or(|name| name == ".notdef") {
                *name = Some(names::standard(code).to_owned());
            }
        }
    }
    found
}

fn widths<'a>(reader: &PdfReader<'a>, font: &'a Dictionary) -> Vec<Option<f64>> {
    let list = reader.array(font, b"Widths").unwrap_or_default();
    list.iter().take(256).map(|width| reader.number_of(width)).collect()
}
