//! Letters for fields that are drawn anew, of fonts that are embedded as far as they are used.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider as _};
use subsetter::GlyphRemapper;

use super::super::copy::Copier;
use crate::fonts;
use crate::pdf::objects::{hexadecimal, real};
use crate::pdf::streams;

/// Fonts for upright and for bold letters, in the order in which they help each other out.
const UPRIGHT: [&str; 3] = [
    "source-sans-pro/SourceSansPro-Regular.ttf",
    "noto-sans/NotoSans-Regular.ttf",
    "noto-sans/NotoSansSymbols2-Regular.ttf",
];
const BOLD: [&str; 3] =
    ["source-sans-pro/SourceSansPro-Bold.ttf", "noto-sans/NotoSans-Bold.ttf", "noto-sans/NotoSansSymbols2-Regular.ttf"];

/// Letter of a field.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    /// What it stands for.
    pub(super) char: char,
    /// Index of its font.
    pub(super) font: usize,
    /// Number of its shape in the font as it is embedded.
    pub(super) glyph: u16,
    /// Width for size 1.
    pub(super) width: f64,
}

/// The fonts in which fields of a file are drawn.
#[derive(Default)]
pub(in crate::appended::sanitize) struct Lettering {
    fonts: Vec<Used>,
}

/// A font with what is used of it.
struct Used {
    path: &'static str,
    bytes: &'static [u8],
    font: FontRef<'static>,
    id: ObjectId,
    glyphs: GlyphRemapper,
    /// Sign and width of each shape, by its number in the font as it is embedded.
    shown: BTreeMap<u16, (char, f64)>,
}

impl Lettering {
    /// Gives the letters of a text on one line; nothing where one of them cannot be drawn.
    pub(super) fn letters(&mut self, text: &str, bold: bool, copier: &mut Copier) -> Option<Vec<Letter>> {
        let seen = |char: &char| !char.is_control() && !matches!(char, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}');
        text.chars().filter(seen).map(|char| self.letter(char, bold, copier)).collect()
    }

    fn letter(&mut self, char: char, bold: bool, copier: &mut Copier) -> Option<Letter> {
        let char = if char.is_whitespace() { ' ' } else { char };
        for path in if bold { BOLD } else { UPRIGHT } {
            let Some(index) = self.font(path, copier) else { continue };
            let used = &mut self.fonts[index];
            let Some(glyph) = used.font.cmap().ok().and_then(|cmap| cmap.map_codepoint(char)) else { continue };
            let (Ok(head), Ok(metrics)) = (used.font.head(), used.font.hmtx()) else { continue };
            let width = metrics.advance(GlyphId::new(glyph.to_u32()))?;
            let width = f64::from(width) / f64::from(head.units_per_em().max(1));
            let glyph = used.glyphs.remap(u16::try_from(glyph.to_u32()).ok()?);
            used.shown.insert(glyph, (char, width));
            return Some(Letter { char, font: index, glyph, width });
        }
        None
    }

    fn font(&mut self, path: &'static str, copier: &mut Copier) -> Option<usize> {
        if let Some(index) = self.fonts.iter().position(|used| used.path == path) {
            return Some(index);
        }
        let (_, bytes) = fonts::BUILT_IN.iter().find(|(other, _)| *other == path)?;
        let font = FontRef::new(bytes).ok()?;
        let (glyphs, shown) = (GlyphRemapper::new(), BTreeMap::new());
        self.fonts.push(Used { path, bytes, font, id: copier.reserve(), glyphs, shown });
        Some(self.fonts.len() - 1)
    }

    /// Gives the id that a font has in the cleaned file.
    pub(super) fn id(&self, font: usize) -> Option<ObjectId> {
        self.fonts.get(font).map(|used| used.id)
    }

    /// Writes the fonts into the cleaned file.
    pub(in crate::appended::sanitize) fn write(self, copier: &mut Copier) {
        for used in self.fonts.into_iter().filter(|used| !used.shown.is_empty()) {
            used.write(copier);
        }
    }
}

impl Used {
    fn write(self, copier: &mut Copier) {
        let Ok(program) = subsetter::subset(self.bytes, 0, &self.glyphs) else { return };
        let unit = self.font.head().map_or(1000.0, |head| f64::from(head.units_per_em().max(1)));
        let per_mille = |value: i16| real((f64::from(value) * 1000.0 / unit).round());
        let stem = self.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".ttf");
        let name = Object::Name(format!("BPFORM+{stem}").into_bytes());
        let mut entries = Dictionary::new();
        entries.set("Length1", Object::Integer(i64::try_from(program.len()).unwrap_or(0)));
        let program = copier.add(Object::Stream(streams::compressed(entries, program)));

        let (ascent, descent) =
            self.font.hhea().map_or((0, 0), |hhea| (hhea.ascender().to_i16(), hhea.descender().to_i16()));
        let bounds = self.font.head().map_or([0; 4], |head| [head.x_min(), head.y_min(), head.x_max(), head.y_max()]);
        let mut descriptor = typed("FontDescriptor");
        descriptor.set("FontName", name.clone());
        descriptor.set("Flags", Object::Integer(4));
        descriptor.set("FontBBox", Object::Array(bounds.map(per_mille).to_vec()));
        descriptor.set("ItalicAngle", Object::Integer(0));
        descriptor.set("Ascent", per_mille(ascent));
        descriptor.set("Descent", per_mille(descent));
        descriptor.set("CapHeight", Object::Integer(660));
        descriptor.set("StemV", Object::Integer(if stem.contains("Bold") { 140 } else { 80 }));
        descriptor.set("FontFile2", Object::Reference(program));
        let descriptor = copier.add(Object::Dictionary(descriptor));

        let mut information = Dictionary::new();
        let string = |text: &str| Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
        information.set("Registry", string("Adobe"));
        information.set("Ordering", string("Identity"));
        information.set("Supplement", Object::Integer(0));
        let mut descendant = typed("Font");
        descendant.set("Subtype", Object::Name(b"CIDFontType2".to_vec()));
        descendant.set("BaseFont", name.clone());
        descendant.set("CIDSystemInfo", Object::Dictionary(information));
        descendant.set("FontDescriptor", Object::Reference(descriptor));
        descendant.set("CIDToGIDMap", Object::Name(b"Identity".to_vec()));
        let widths = self.shown.iter().flat_map(|(glyph, (_, width))| {
            [Object::Integer(i64::from(*glyph)), Object::Array(vec![real((width * 1000.0).round())])]
        });
        descendant.set("W", Object::Array(widths.collect()));
        let descendant = copier.add(Object::Dictionary(descendant));

        let map = copier.add(Object::Stream(self.to_unicode()));
        let mut font = typed("Font");
        font.set("Subtype", Object::Name(b"Type0".to_vec()));
        font.set("BaseFont", name);
        font.set("Encoding", Object::Name(b"Identity-H".to_vec()));
        font.set("DescendantFonts", Object::Array(vec![Object::Reference(descendant)]));
        font.set("ToUnicode", Object::Reference(map));
        copier.put(self.id, Object::Dictionary(font));
    }

    /// Says what each shape stands for.
    fn to_unicode(&self) -> Stream {
        let mut map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
                       /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
                       /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
                       1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            .to_owned();
        for chunk in self.shown.iter().collect::<Vec<_>>().chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", chunk.len());
            for (glyph, (char, _)) in chunk {
                let units: Vec<u8> =
                    char.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()).collect();
                let _ = writeln!(map, "<{glyph:04X}> <{}>", hexadecimal(&units));
            }
            map += "endbfchar\n";
        }
        map += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
        streams::compressed(Dictionary::new(), map.into_bytes())
    }
}

fn typed(kind: &str) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(kind.as_bytes().to_vec()));
    dict
}
