//! Fonts: in the file, of the right kind, and each shown glyph there, as wide as declared and with text
//! (ISO 19005-2, 6.2.11; ISO 14289-1, 7.21).

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use lopdf::Dictionary;

use super::faults::{Faults, shown};
use crate::appended::facts::{self, Subject};
use crate::pdf::reader::{PdfReader, dict_of, place};

mod cff;
mod cmap;
mod composite;
mod declared;
pub(crate) mod names;
mod program;
mod sets;
mod sfnt;
mod simple;
mod type1;
mod type3;
mod verdict;

pub(crate) use composite::Composite;
pub(crate) use program::Program;
pub(crate) use simple::Simple;
use type3::Type3;
use verdict::Verdict;

/// Fonts read so far.
#[derive(Default)]
pub(crate) struct Fonts<'a> {
    known: HashMap<usize, Rc<Font<'a>>>,
}

/// A font of the file.
pub(crate) struct Font<'a> {
    /// Its name in messages.
    label: String,
    kind: &'static str,
    program: Program,
    glyphs: Glyphs<'a>,
    /// What is wrong with it wherever it is used.
    faults: Vec<String>,
    /// What of that breaks PDF/A only.
    archiving: Vec<String>,
    verdicts: RefCell<HashMap<(u32, usize), Verdict>>,
    used: Cell<bool>,
    silent: Cell<bool>,
}

enum Glyphs<'a> {
    Simple(Simple),
    Composite(Box<Composite>),
    Drawn(Type3<'a>),
    Unknown,
}

/// How a string is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Showing {
    /// Whether it is seen: rendering mode 3 is not.
    pub(crate) visible: bool,
    /// Whether other text stands for it (`ActualText`).
    pub(crate) replaced: bool,
}

impl<'a> Fonts<'a> {
    /// Gives a font, reading it when it is met first.
    pub(crate) fn get(&mut self, reader: &PdfReader<'a>, dict: &'a Dictionary) -> Rc<Font<'a>> {
        let font = self.known.entry(place(dict)).or_insert_with(|| Rc::new(Font::read(reader, dict)));
        Rc::clone(font)
    }

    /// Gives the fonts that showed something, by name.
    pub(crate) fn into_list(self) -> Vec<facts::Font> {
        let mut found: BTreeMap<(String, &'static str), (bool, bool)> = BTreeMap::new();
        for font in self.known.into_values().filter(|font| font.used.get()) {
            let entry = found.entry((font.label.clone(), font.kind)).or_insert((true, true));
            entry.0 &= font.is_embedded();
            entry.1 &= !font.silent.get();
        }
        let font = |((name, kind), (embedded, readable)): ((String, &str), (bool, bool))| facts::Font {
            name,
            kind: kind.to_owned(),
            embedded,
            readable,
        };
        found.into_iter().map(font).collect()
    }
}

impl<'a> Font<'a> {
    fn read(reader: &PdfReader<'a>, dict: &'a Dictionary) -> Self {
        let subtype = reader.name(dict, b"Subtype").unwrap_or_default();
        let descendant = match subtype {
            b"Type0" => reader.array(dict, b"DescendantFonts").and_then(|list| dict_of(reader.get(list.first()?))),
            _ => None,
        };
        let described = descendant.unwrap_or(dict);
        let descriptor = reader.dict(described, b"FontDescriptor");
        let own = reader.name(described, b"Subtype").unwrap_or_default();
        let program = if own == b"Type3" { Program::Missing } else { Program::read(reader, descriptor, own) };
        let glyphs = match (subtype, descendant) {
            (b"Type0", Some(descendant)) => {
                Glyphs::Composite(Box::new(Composite::read(reader, dict, descendant, &program)))
            }
            (b"Type1" | b"MMType1" | b"TrueType", _) => {
                Glyphs::Simple(Simple::read(reader, dict, descriptor, &program))
            }
            (b"Type3", _) => Glyphs::Drawn(Type3::read(reader, dict)),
            _ => Glyphs::Unknown,
        };
        let mut font = Self {
            label: label(reader, dict),
            kind: kind(subtype, own),
            program,
            glyphs,
            faults: Vec::new(),
            archiving: Vec::new(),
            verdicts: RefCell::default(),
            used: Cell::new(false),
            silent: Cell::new(false),
        };
        declared::check(reader, dict, descendant, &mut font);
        font
    }

    /// Gives the drawings of the glyphs of a Type 3 font, with the resources of the font.
    pub(crate) fn drawings(&self) -> Option<(&[&'a lopdf::Stream], Option<&'a Dictionary>)> {
        match &self.glyphs {
            Glyphs::Drawn(font) => Some((font.drawings(), font.resources)),
            _ => None,
        }
    }

    fn is_embedded(&self) -> bool {
        self.program.is_there() || matches!(self.glyphs, Glyphs::Drawn(_))
    }

    /// Judges a string shown in this font.
    pub(crate) fn show(&self, faults: &mut Faults, text: &[u8], showing: Showing) {
        self.used.set(true);
        self.report(faults, showing);
        let mut all = Verdict::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (verdict, length) = self.judge(rest);
            all.add(verdict);
            rest = rest.get(length.max(1)..).unwrap_or_default();
        }
        if all.has(Verdict::SILENT) {
            self.silent.set(true);
        }
        self.report_glyphs(faults, all, showing);
    }

    fn judge(&self, rest: &[u8]) -> (Verdict, usize) {
        let first = rest.first().copied().unwrap_or_default();
        match &self.glyphs {
            Glyphs::Simple(font) => (self.once(u32::from(first), 1, || font.judge(&self.program, first)), 1),
            Glyphs::Drawn(font) => (self.once(u32::from(first), 1, || font.judge(first)), 1),
            Glyphs::Composite(font) => {
                let code = font.codes.first(rest);
                (self.once(code.number, code.length, || font.judge(&self.program, code)), code.length)
            }
            Glyphs::Unknown => (Verdict::SILENT, rest.len()),
        }
    }

    fn once(&self, code: u32, length: usize, judge: impl FnOnce() -> Verdict) -> Verdict {
        *self.verdicts.borrow_mut().entry((code, length)).or_insert_with(judge)
    }

    fn report(&self, faults: &mut Faults, showing: Showing) {
        if showing.visible && !self.is_embedded() {
            let damaged = matches!(self.program, Program::Damaged);
            let state = if damaged { "the {font} {is} damaged" } else { "the {font} {is} not embedded" };
            self.both(faults, state);
        }
        for fault in &self.faults {
            both(faults, &format!("the font {} {fault}", self.label));
        }
        for fault in &self.archiving {
            faults.archiving(format!("the font {} {fault}", self.label));
        }
    }

    /// Notes what breaks PDF/A and PDF/UA alike, of this font and all others of which it is true.
    fn both(&self, faults: &mut Faults, reason: &str) {
        faults.of_font(Subject::Archiving, &self.label, reason);
        faults.of_font(Subject::Accessibility, &self.label, reason);
    }

    fn report_glyphs(&self, faults: &mut Faults, verdict: Verdict, showing: Showing) {
        if showing.visible && verdict.has(Verdict::MISSING) {
            self.both(faults, "shapes of characters that are used are missing in the {font}");
        }
        if showing.visible && verdict.has(Verdict::WIDTH) {
            self.both(faults, "characters of the {font} are not as wide as the file says");
        }
        if verdict.has(Verdict::NOTDEF) {
            self.both(faults, "text in the {font} has characters without a shape");
        }
        for (fault, reason) in [
            (Verdict::SILENT, "text in the {font} has no Unicode mapping, so it cannot be read aloud or searched"),
            (Verdict::WRONG_TEXT, "text in the {font} has a wrong Unicode mapping, so it cannot be read aloud"),
            (Verdict::PRIVATE, "text in the {font} has symbols without a meaning in Unicode"),
        ] {
            if verdict.has(fault) && !(fault == Verdict::PRIVATE && showing.replaced) {
                faults.of_font(Subject::Unicode, &self.label, reason);
            }
        }
    }
}

/// Notes what breaks PDF/A and PDF/UA alike.
fn both(faults: &mut Faults, message: &str) {
    faults.archiving(message);
    faults.accessibility(message);
}

/// Gives the name of a font without the prefix of a subset.
fn label<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary) -> String {
    let name = reader.name(dict, b"BaseFont").or_else(|| reader.name(dict, b"Name")).unwrap_or_default();
    let subset = name.get(..6).is_some_and(|tag| tag.iter().all(u8::is_ascii_uppercase)) && name.get(6) == Some(&b'+');
    shown(if subset { name.get(7..).unwrap_or_default() } else { name })
}

fn kind(subtype: &[u8], own: &[u8]) -> &'static str {
    match (subtype, own) {
        (b"Type0", b"CIDFontType0") => "composite Type 1",
        (b"Type0", _) => "composite TrueType",
        (b"TrueType", _) => "TrueType",
        (b"Type3", _) => "Type 3",
        (b"Type1" | b"MMType1", _) => "Type 1",
        _ => "unknown",
    }
}
