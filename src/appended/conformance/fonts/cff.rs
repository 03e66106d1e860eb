//! Compact Font Format programs: glyphs by name, code and CID, and their widths.

use std::collections::{HashMap, HashSet};

use read_fonts::ps::cff::CffFontRef;
use read_fonts::ps::cff::index::Index;
use read_fonts::types::{Fixed, GlyphId};

/// Most steps taken to find the width of one glyph.
const STEPS: usize = 4000;

/// A CFF program.
pub(crate) struct Cff<'a> {
    font: CffFontRef<'a>,
}

impl<'a> Cff<'a> {
    /// Opens a program.
    pub(crate) fn open(data: &'a [u8]) -> Option<Self> {
        let font = CffFontRef::new_cff(data, 0, None).ok()?;
        (font.num_glyphs() > 0).then_some(Self { font })
    }

    /// Whether its glyphs have CIDs rather than names.
    pub(crate) fn is_cid(&self) -> bool {
        self.font.is_cid()
    }

    /// Number of glyphs.
    pub(crate) fn glyphs(&self) -> u32 {
        self.font.num_glyphs()
    }

    /// Glyphs by name.
    pub(crate) fn names(&self) -> HashMap<String, u32> {
        let mut found = HashMap::new();
        let Some(charset) = self.font.charset() else { return found };
        for (glyph, sid) in charset.iter() {
            if let Some(name) = self.font.string(sid) {
                found.entry(String::from_utf8_lossy(name).into_owned()).or_insert(glyph.to_u32());
            }
        }
        found
    }

    /// The glyph of a code in the encoding of the program; 0 when there is none.
    pub(crate) fn glyph_of_code(&self, code: u8) -> u32 {
        let found = self.font.encoding().and_then(|encoding| encoding.map(code));
        found.map_or(0, GlyphId::to_u32)
    }

    /// The name of a glyph.
    pub(crate) fn name(&self, glyph: u32) -> Option<String> {
        let sid = self.font.charset()?.string_id(GlyphId::new(glyph)).ok()?;
        self.font.string(sid).map(|name| String::from_utf8_lossy(name).into_owned())
    }

    /// Glyphs by CID.
    pub(crate) fn cids(&self) -> HashMap<u32, u32> {
        let Some(charset) = self.font.charset() else { return HashMap::new() };
        charset.iter().map(|(glyph, sid)| (u32::from(sid.to_u16()), glyph.to_u32())).collect()
    }

    /// Width of a glyph in thousandths.
    pub(crate) fn width(&self, glyph: u32) -> Option<f64> {
        let id = GlyphId::new(glyph);
        let subfont = self.font.subfont(self.font.subfont_index(id).unwrap_or(0), &[]).ok()?;
        let local = match usize::try_from(subfont.subrs_offset()).ok()? {
            0 => Index::Empty,
            offset => Index::new(self.font.data().get(offset..)?, false).ok()?,
        };
        let code = self.font.charstrings().get(usize::try_from(glyph).ok()?).ok()?;
        let mut reader = Reader { global: self.font.global_subrs(), local: &local, stack: Vec::new(), steps: 0 };
        let width = match reader.read(code, 0)? {
            Found::Width(width) => width + subfont.nominal_width().to_f64(),
            _ => subfont.default_width().unwrap_or_default().to_f64(),
        };
        let transform = self.font.transform(&subfont, None);
        let scaled = transform.transform_h_metric(Fixed::from_f64(width)).to_f64();
        Some(scaled * 1000.0 / f64::from(self.font.upem()))
    }

    /// CIDs of all glyphs but the first.
    pub(crate) fn all_cids(&self) -> HashSet<u32> {
        self.cids().into_keys().filter(|cid| *cid != 0).collect()
    }
}

enum Found {
    Width(f64),
    Default,
    /// The subroutine ended without a drawing operator.
    Nothing,
}

/// Reads a charstring as far as its width, which comes before the first drawing operator.
struct Reader<'a> {
    global: &'a Index<'a>,
    local: &'a Index<'a>,
    stack: Vec<f64>,
    steps: usize,
}

impl Reader<'_> {
    fn read(&mut self, code: &[u8], depth: usize) -> Option<Found> {
        let mut at = 0;
        while let Some(&first) = code.get(at) {
            self.steps += 1;
            if self.steps > STEPS || depth > 10 || self.stack.len() > 512 {
                return None;
            }
            at += 1;
            match first {
                28 => {
                    self.stack.push(f64::from(i16::from_be_bytes(code.get(at..at + 2)?.try_into().ok()?)));
                    at += 2;
                }
                32..=246 => self.stack.push(f64::from(first) - 139.0),
                247..=250 => {
                    self.stack.push((f64::from(first) - 247.0) * 256.0 + f64::from(*code.get(at)?) + 108.0);
                    at += 1;
                }
                251..=254 => {
                    self.stack.push(-(f64::from(first) - 251.0) * 256.0 - f64::from(*code.get(at)?) - 108.0);
                    at += 1;
                }
                255 => {
                    self.stack.push(f64::from(i32::from_be_bytes(code.get(at..at + 4)?.try_into().ok()?)) / 65536.0);
                    at += 4;
                }
                10 | 29 => {
                    let index = if first == 10 { self.local } else { self.global };
                    let number = self.stack.pop()?;
                    #[allow(clippy::cast_possible_truncation)]
                    let place = usize::try_from((number as i64).saturating_add(i64::from(index.subr_bias()))).ok()?;
                    let inner = index.get(place).ok()?;
                    match self.read(inner, depth + 1)? {
                        Found::Nothing => {}
                        found => return Some(found),
                    }
                }
                11 => return Some(Found::Nothing),
                12 => {
                    let second = *code.get(at)?;
                    at += 1;
                    if !self.arithmetic(second)? {
                        return Some(Found::Default);
                    }
                }
                operator => return Some(self.first_operator(operator)),
            }
        }
        Some(if depth == 0 { Found::Default } else { Found::Nothing })
    }

    /// A width is the operand beyond those that the operator takes.
    fn first_operator(&self, operator: u8) -> Found {
        let count = self.stack.len();
        let extra = match operator {
            1 | 3 | 18 | 19 | 20 | 23 => count % 2 == 1,
            14 => count == 1 || count == 5,
            21 => count > 2,
            4 | 22 => count > 1,
            _ => false,
        };
        match self.stack.first() {
            Some(width) if extra => Found::Width(*width),
            _ => Found::Default,
        }
    }

    /// Does what programs use before a width; false for operators that draw.
    fn arithmetic(&mut self, operator: u8) -> Option<bool> {
        match operator {
            9 => {
                let value = self.stack.pop()?;
                self.stack.push(value.abs());
            }
            10..=12 | 24 => {
                let second = self.stack.pop()?;
                let first = self.stack.pop()?;
                self.stack.push(match operator {
                    10 => first + second,
                    11 => first - second,
                    12 => first / second,
                    _ => first * second,
                });
            }
            14 => {
                let value = self.stack.pop()?;
                self.stack.push(-value);
            }
            18 => {
                self.stack.pop()?;
            }
            34..=37 => return Some(false),
            _ => return None,
        }
        Some(true)
    }
}
