//! Fonts, as far as it takes to know which text is shown and how wide it runs.

use lopdf::{Dictionary, Document, Object};

use super::budget::Budget;
use super::standard;
use crate::appended::conformance::fonts::{Composite, Program, Simple, names};
use crate::pdf::objects::{get_array, get_dictionary, get_matrix, get_name, get_rect};
use crate::pdf::reader::{PdfReader, dict_of};

/// Width of a glyph whose width is not given, in em.
const USUAL_WIDTH: f64 = 0.5;

/// A font.
pub(crate) struct Font {
    codes: Codes,
    /// Whether text runs downwards.
    pub(crate) vertical: bool,
    /// Whether its glyphs are pictures of their own, with their own colours (Type 3).
    pub(crate) drawn: bool,
    /// Height of its glyphs for size 1; 1 for all fonts but drawn ones.
    pub(crate) height: f64,
    /// Em for one unit of its widths.
    unit: f64,
}

/// How bytes become codes and characters.
enum Codes {
    /// One byte each, with the name of the font where the file leaves the widths to the viewer.
    Simple(Box<Simple>, Option<Vec<u8>>),
    /// Several bytes each.
    Composite(Box<Composite>),
}

/// One glyph of a string.
#[derive(Debug, PartialEq)]
pub(crate) struct Shown {
    /// What it stands for; none when nobody can tell.
    pub(crate) text: Option<String>,
    /// Its width in em.
    pub(crate) width: f64,
    /// Whether it is the byte 32, after which words are spaced.
    pub(crate) space: bool,
}

impl Font {
    /// Reads a font.
    pub(crate) fn read(pdf: &Document, dict: &Dictionary, budget: &mut Budget) -> Self {
        let reader = PdfReader::new(pdf);
        let kind = get_name(pdf, dict, b"Subtype").unwrap_or_default();
        let mut font = Self::of_kind(&reader, pdf, dict, kind);
        if kind == b"Type3" {
            let matrix = get_matrix(pdf, dict, b"FontMatrix").0;
            font.unit = matrix[0].abs();
            font.height = match get_rect(pdf, dict, b"FontBBox") {
                Some(rect) if rect.height() > 0.0 => rect.height() * matrix[3].abs(),
                _ => 1.0,
            };
        }
        budget.spend_bytes(reader.spent());
        font
    }

    fn of_kind<'a>(reader: &PdfReader<'a>, pdf: &'a Document, dict: &'a Dictionary, kind: &[u8]) -> Self {
        let (codes, vertical) = if kind == b"Type0" {
            let descendant = get_array(pdf, dict, b"DescendantFonts").and_then(<[Object]>::first);
            let descendant = descendant.and_then(|font| dict_of(reader.get(font))).unwrap_or(dict);
            let composite = Composite::read(reader, dict, descendant, &Program::Missing);
            let vertical = get_name(pdf, dict, b"Encoding").is_some_and(|name| name.ends_with(b"-V"));
            (Codes::Composite(Box::new(composite)), vertical)
        } else {
            let simple = Simple::read(reader, dict, get_dictionary(pdf, dict, b"FontDescriptor"), &Program::Missing);
            let own = get_array(pdf, dict, b"Widths").is_some_and(|widths| !widths.is_empty());
            let name = (!own).then(|| get_name(pdf, dict, b"BaseFont").unwrap_or_default().to_vec());
            (Codes::Simple(Box::new(simple), name), false)
        };
        Self { codes, vertical, drawn: kind == b"Type3", height: 1.0, unit: 0.001 }
    }

    /// Gives the glyphs of a string.
    pub(crate) fn glyphs(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let length = match &self.codes {
                Codes::Simple(font, name) => {
                    shown.push(self.simple(font, name.as_deref(), *first));
                    1
                }
                Codes::Composite(font) => {
                    let code = font.codes.first(rest);
                    let text = is_text(font.unicode.text_somewhere(code.number));
                    let width = font.width(code.cid.unwrap_or(code.number)) * self.unit;
                    let space = code.length == 1 && code.number == 32;
                    shown.push(Shown { text: text.or_else(|| font.text_of_cid(code.cid?)), width, space });
                    code.length
                }
            };
            rest = rest.get(length.max(1)..).unwrap_or_default();
        }
        shown
    }

    fn simple(&self, font: &Simple, standard: Option<&[u8]>, code: u8) -> Shown {
        let named = names::text(font.name(code).unwrap_or(names::standard(code)));
        let width = match standard {
            None => font.width(code) * self.unit,
            Some(name) => {
                let char = named.as_ref().and_then(|text| text.chars().next());
                let known = char.and_then(|char| standard::width(name, char));
                known.or(font.missing.map(|width| width * self.unit)).unwrap_or(USUAL_WIDTH)
            }
        };
        let text = is_text(font.unicode.text_somewhere(u32::from(code))).or(named);
        Shown { text, width, space: code == 32 }
    }
}

/// Gives a map's text where it is one: some write zeros or replacement characters for unknown glyphs.
fn is_text(text: Option<String>) -> Option<String> {
    text.filter(|text| text.chars().any(|char| !matches!(char, '\0' | '\u{FFFD}' | '\u{FFFF}')))
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, dictionary};

    use super::Font;
    use crate::appended::visibility::budget::Budget;

    #[test]
    fn reads_simple_fonts() {
        let font = dictionary! {
            "Subtype" => "TrueType", "Encoding" => "WinAnsiEncoding", "FirstChar" => 65, "Widths" => vec![700.into()],
        };
        let font = Font::read(&Document::new(), &font, &mut Budget::new());
        let glyphs = font.glyphs(b"A ");
        assert_eq!(glyphs[0].text.as_deref(), Some("A"));
        assert!((glyphs[0].width - 0.7).abs() < 1e-9 && !glyphs[0].space && glyphs[1].space);
    }

    #[test]
    fn reads_composite_fonts() {
        let descendant =
            dictionary! { "DW" => 900, "W" => vec![3.into(), vec![500.into()].into(), 5.into(), 6.into(), 250.into()] };
        let font = dictionary! {
            "Subtype" => "Type0", "Encoding" => "Identity-H", "DescendantFonts" => vec![descendant.into()],
        };
        let font = Font::read(&Document::new(), &font, &mut Budget::new());
        let glyphs = font.glyphs(&[0, 3, 0, 6, 0, 9, 1]);
        let widths: Vec<_> = glyphs.iter().map(|glyph| (glyph.width * 1000.0).round()).collect();
        assert_eq!(widths, [500.0, 250.0, 900.0, 900.0]);
        assert!(glyphs.iter().all(|glyph| glyph.text.is_none()));
    }
}
