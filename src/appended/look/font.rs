//! Fonts, as far as it takes to know which text is shown and how wide it runs.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::budget::{Budget, LARGEST_STREAM};
use super::cmap::CMap;
use super::names::{self, Table};
use super::standard;
use crate::pdf::objects::{get, get_array, get_integer, get_matrix, get_name, get_number, get_stream, number, resolve};

/// Most widths kept of one font.
const MOST_WIDTHS: usize = 70_000;
/// Width of a glyph whose width is not given, in em.
const USUAL_WIDTH: f64 = 0.5;

/// A font.
#[derive(Debug)]
pub(crate) struct Font {
    to_unicode: Option<CMap>,
    codes: Codes,
    widths: HashMap<u32, f64>,
    usual_width: f64,
    /// Whether text runs downwards.
    pub(crate) vertical: bool,
    /// Whether its glyphs are pictures of their own, with their own colours (Type 3).
    pub(crate) drawn: bool,
    /// Height of its glyphs for size 1; 1 for all fonts but drawn ones.
    pub(crate) height: f64,
}

/// How bytes become codes and characters.
#[derive(Debug)]
enum Codes {
    /// One byte each.
    Simple(Box<Table>),
    /// Two bytes each, which are the identifier of a glyph.
    Identity,
    /// Two bytes each, which are UTF-16.
    Utf16,
    /// As an embedded map tells.
    Mapped(CMap),
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
        let mut map = |stream: &lopdf::Stream| {
            let bytes = stream.get_plain_content_with_limit(LARGEST_STREAM).unwrap_or_default();
            budget.spend_bytes(bytes.len()).then(|| CMap::read(&bytes))
        };
        let to_unicode = get_stream(pdf, dict, b"ToUnicode").and_then(&mut map);
        let kind = get_name(pdf, dict, b"Subtype").unwrap_or_default();
        if kind == b"Type0" {
            let (codes, vertical) = match get(pdf, dict, b"Encoding") {
                Some(Object::Stream(stream)) => (map(stream).map_or(Codes::Identity, Codes::Mapped), false),
                Some(Object::Name(name)) => {
                    let unicode = name.starts_with(b"Uni") && name.windows(2).any(|pair| pair == b"-U");
                    (if unicode { Codes::Utf16 } else { Codes::Identity }, name.ends_with(b"-V"))
                }
                _ => (Codes::Identity, false),
            };
            let descendant = get_array(pdf, dict, b"DescendantFonts").and_then(<[Object]>::first);
            let descendant = descendant.and_then(|font| crate::pdf::objects::dictionary(pdf, font));
            let (widths, usual_width) = descendant.map_or((HashMap::new(), 1.0), |font| composite_widths(pdf, font));
            return Self { to_unicode, codes, widths, usual_width, vertical, drawn: false, height: 1.0 };
        }
        let drawn = kind == b"Type3";
        let matrix = get_matrix(pdf, dict, b"FontMatrix").0;
        let unit = if drawn { matrix[0].abs() } else { 0.001 };
        let height = match crate::pdf::objects::get_rect(pdf, dict, b"FontBBox") {
            Some(rect) if drawn && rect.height() > 0.0 => rect.height() * matrix[3].abs(),
            _ => 1.0,
        };
        let (widths, usual_width) = simple_widths(pdf, dict, unit);
        let table = names::table(pdf, dict);
        let widths = if widths.is_empty() { standard_widths(pdf, dict, &table) } else { widths };
        let codes = Codes::Simple(table);
        Self { to_unicode, codes, widths, usual_width, vertical: false, drawn, height }
    }

    /// Gives the glyphs of a string.
    pub(crate) fn glyphs(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = match &self.codes {
                Codes::Simple(_) => 1,
                Codes::Identity | Codes::Utf16 => 2,
                Codes::Mapped(map) => map.length(rest).unwrap_or(2),
            };
            let (now, after) = rest.split_at(length.clamp(1, rest.len()));
            rest = after;
            let code = now.iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            shown.push(self.glyph(code, now.len()));
        }
        shown
    }

    fn glyph(&self, code: u32, length: usize) -> Shown {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.text(code)).filter(|text| is_text(text));
        let text = mapped.or_else(|| match &self.codes {
            Codes::Simple(table) => usize::try_from(code).ok().and_then(|code| *table.get(code)?).map(String::from),
            Codes::Utf16 => char::from_u32(code).map(String::from),
            Codes::Identity | Codes::Mapped(_) => None,
        });
        let identifier = match &self.codes {
            Codes::Mapped(map) => map.identifier(code).unwrap_or(code),
            _ => code,
        };
        let width = self.widths.get(&identifier).copied().unwrap_or(self.usual_width);
        Shown { text, width, space: length == 1 && code == 32 }
    }
}

/// Tells whether a map's text is one: some write zeros or replacement characters for unknown glyphs.
fn is_text(text: &str) -> bool {
    text.chars().any(|char| !matches!(char, '\0' | '\u{FFFD}' | '\u{FFFF}'))
}

fn simple_widths(pdf: &Document, font: &Dictionary, unit: f64) -> (HashMap<u32, f64>, f64) {
    let first = get_integer(pdf, font, b"FirstChar").and_then(|first| u32::try_from(first).ok()).unwrap_or(0);
    let widths = get_array(pdf, font, b"Widths").unwrap_or_default();
    let each = (first..=u32::MAX).zip(widths.iter().take(256));
    let widths: HashMap<_, _> = each.filter_map(|(code, width)| Some((code, number(pdf, width)? * unit))).collect();
    let missing = crate::pdf::objects::get_dictionary(pdf, font, b"FontDescriptor")
        .and_then(|descriptor| get_number(pdf, descriptor, b"MissingWidth"));
    let usual = match missing {
        Some(width) => width * unit,
        None if widths.is_empty() => USUAL_WIDTH,
        None => 0.0,
    };
    (widths, usual)
}

fn standard_widths(pdf: &Document, font: &Dictionary, table: &Table) -> HashMap<u32, f64> {
    let name = get_name(pdf, font, b"BaseFont").unwrap_or_default();
    let each = (0..).zip(table.iter());
    each.filter_map(|(code, char)| Some((code, standard::width(name, (*char)?)?))).collect()
}

/// Reads the widths of a composite font. (ISO 32000-1, 9.7.4.3.)
fn composite_widths(pdf: &Document, font: &Dictionary) -> (HashMap<u32, f64>, f64) {
    let usual = get_number(pdf, font, b"DW").unwrap_or(1000.0) / 1000.0;
    let mut widths = HashMap::new();
    let mut items = get_array(pdf, font, b"W").unwrap_or_default().iter();
    while let Some(first) = items.next().and_then(|item| code(pdf, item)) {
        match items.next().and_then(|item| resolve(pdf, item)) {
            Some(Object::Array(list)) => {
                let each = (first..=u32::MAX).zip(list.iter().take(MOST_WIDTHS));
                widths.extend(each.filter_map(|(code, width)| Some((code, number(pdf, width)? / 1000.0))));
            }
            Some(last) => {
                let Some(last) = code(pdf, last) else { break };
                let Some(width) = items.next().and_then(|item| number(pdf, item)) else { break };
                widths.extend((first..=last).take(MOST_WIDTHS).map(|code| (code, width / 1000.0)));
            }
            None => break,
        }
        if widths.len() > MOST_WIDTHS {
            break;
        }
    }
    (widths, usual)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats to integers saturate")]
fn code(pdf: &Document, object: &Object) -> Option<u32> {
    number(pdf, object).map(|number| number as u32)
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, dictionary};

    use super::Font;
    use crate::appended::look::budget::Budget;

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
