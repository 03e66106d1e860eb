//! Walks the content of pages, and of whatever they draw.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::colour::{Colours, Paint};
use super::faults::{Faults, shown};
use super::fonts::{Font, Fonts};
use super::images::Images;
use super::scope::Scope;
use super::tree::Tree;
use crate::pdf::content::{Operand, Spelling, operations};
use crate::pdf::reader::{PdfReader, dict_of, place};

mod graphics;
mod marks;
mod text;
mod things;

pub(crate) use marks::Marks;

/// Deepest nesting of drawings within drawings.
const DEPTH: usize = 32;
/// Most operators read in a file.
const OPERATORS: usize = 60_000_000;
/// Most `q` open at a time (ISO 19005-2, 6.1.13, says 28; two are kept for the pack to wrap the page in).
const SAVED: usize = 26;

/// What a stream takes over from the one that draws it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct State {
    font: Option<usize>,
    mode: u8,
    fill: Paint,
    stroke: Paint,
    over_fill: bool,
    over_stroke: bool,
    over_mode: bool,
}

/// Reads the content of pages.
pub(crate) struct Walker<'b, 'a> {
    reader: &'b PdfReader<'a>,
    tree: Option<&'b Tree<'a>>,
    /// What was found.
    pub(crate) faults: Faults,
    /// Fonts met.
    pub(crate) fonts: Fonts<'a>,
    used: HashMap<usize, Rc<Font<'a>>>,
    colours: Colours,
    images: Images,
    known: HashMap<(usize, usize, State, Marks), Vec<usize>>,
    running: HashSet<usize>,
    semantic: HashSet<usize>,
    left: usize,
}

/// A stream being read.
struct Stage<'a> {
    scope: Scope<'a>,
    state: State,
    saved: Vec<State>,
    marks: Vec<Marks>,
    /// What the stream itself is drawn within.
    outer: Marks,
    /// The page or form whose marked content numbers these are.
    owner: usize,
    /// Operators of colour do not count, as in a stencil glyph.
    colourless: bool,
}

impl<'b, 'a> Walker<'b, 'a> {
    /// Begins with nothing read.
    pub(crate) fn new(reader: &'b PdfReader<'a>, tree: Option<&'b Tree<'a>>) -> Self {
        Self {
            reader,
            tree,
            faults: Faults::default(),
            fonts: Fonts::default(),
            used: HashMap::new(),
            colours: Colours::default(),
            images: Images::default(),
            known: HashMap::new(),
            running: HashSet::new(),
            semantic: HashSet::new(),
            left: OPERATORS,
        }
    }

    /// Reads a page.
    pub(crate) fn page(&mut self, page: &'a Dictionary) {
        let scope = Scope::page(self.reader.dict(page, b"Resources"));
        self.group(page, &scope);
        let mut data = Vec::new();
        let parts = match self.reader.key(page, b"Contents") {
            Some(Object::Array(list)) => {
                list.iter().filter_map(|part| self.reader.get(part).as_stream().ok()).collect()
            }
            Some(Object::Stream(stream)) => vec![stream],
            _ => Vec::new(),
        };
        for part in parts {
            match self.reader.decode(part) {
                Ok(part) if data.len() < 64 << 20 => data.extend(part),
                _ => self.too_large(),
            }
            data.push(b'\n');
        }
        self.run(&data, scope, State::default(), Marks::page(self.tree.is_some()), place(page));
        self.annotations(page, &scope);
    }

    fn too_large(&mut self) {
        self.faults.archiving("it is too large or too damaged to be checked");
        self.faults.accessibility("it is too large or too damaged to be checked");
    }

    fn run(&mut self, data: &[u8], scope: Scope<'a>, state: State, outer: Marks, owner: usize) {
        let mut here = Stage { scope, state, saved: Vec::new(), marks: Vec::new(), outer, owner, colourless: false };
        let mut content = operations(data);
        for operation in content.by_ref() {
            if self.left == 0 {
                self.too_large();
                return;
            }
            self.left -= 1;
            self.operator(&mut here, operation.operator, &operation.operands);
        }
        self.spelling(content.spelling());
    }

    fn spelling(&mut self, spelling: Spelling) {
        if spelling.bad_hex || spelling.broken {
            self.faults.archiving("the content of a page is damaged");
        }
        if spelling.long_text || spelling.long_name {
            self.faults.archiving("the content of a page has a text or a name that is too long");
        }
        if spelling.number {
            self.faults.archiving("the content of a page has a number out of range");
        }
    }

    fn operator(&mut self, stage: &mut Stage<'a>, operator: &[u8], operands: &[Operand]) {
        match operator {
            b"w" | b"J" | b"j" | b"M" | b"d" | b"i" | b"cm" | b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re"
            | b"W" | b"W*" | b"n" | b"BT" | b"ET" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Td" | b"TD" | b"Tm"
            | b"T*" | b"d0" | b"MP" | b"DP" | b"BX" | b"EX" | b"sc" | b"SC" => {}
            b"d1" => stage.colourless = true,
            b"q" => {
                stage.saved.push(stage.state);
                if stage.saved.len() > SAVED {
                    self.faults.archiving("the content of a page is nested too deep");
                }
            }
            b"Q" => {
                if let Some(state) = stage.saved.pop() {
                    stage.state = state;
                }
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => self.paint(stage, operator),
            b"BMC" | b"BDC" | b"EMC" => self.mark(stage, operator, operands),
            b"Tf" | b"Tr" | b"Tj" | b"TJ" | b"'" | b"\"" => self.text(stage, operator, operands),
            b"Do" => self.draw(stage, operands),
            b"BI" => {
                if let Some(dict) = operands.first() {
                    super::images::inline(self.reader, &mut self.faults, &mut self.colours, dict, &stage.scope);
                }
                self.item(stage);
            }
            b"gs" | b"ri" | b"sh" | b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"scn" | b"SCN" => {
                self.graphics(stage, operator, operands);
            }
            other => {
                let name = shown(other);
                self.faults.archiving(format!("the content of a page has an instruction that is not known: {name}"));
            }
        }
    }

    /// Reads a drawing within a drawing once for each way in which it is drawn.
    fn within(&mut self, stream: &'a Stream, scope: Scope<'a>, state: State, marks: Marks) {
        let key = (place(stream), scope.place(), state, marks);
        if let Some(reasons) = self.known.get(&key) {
            self.faults.again(reasons);
            return;
        }
        if self.running.len() >= DEPTH || !self.running.insert(place(stream)) {
            self.faults.archiving("a drawing of a page draws itself, or is nested too deep");
            return;
        }
        self.faults.begin();
        match self.reader.decode(stream) {
            Ok(data) => self.run(&data, scope, state, marks, place(stream)),
            Err(_) => self.too_large(),
        }
        let reasons = self.faults.end();
        self.running.remove(&place(stream));
        self.known.insert(key, reasons);
    }

    /// Checks the colour space of a transparency group.
    fn group(&mut self, dict: &'a Dictionary, scope: &Scope<'a>) {
        let group = self.reader.dict(dict, b"Group");
        if let Some(space) = group.and_then(|group| self.reader.key(group, b"CS")) {
            self.colours.object(self.reader, &mut self.faults, space, scope);
        }
    }

    /// Reads what annotations look like.
    fn annotations(&mut self, page: &'a Dictionary, scope: &Scope<'a>) {
        for annotation in self.reader.array(page, b"Annots").unwrap_or_default().iter().take(20_000) {
            let Some(annotation) = dict_of(self.reader.get(annotation)) else { continue };
            let looks = self.reader.dict(annotation, b"AP").and_then(|looks| self.reader.key(looks, b"N"));
            let streams: Vec<&Stream> = match looks {
                Some(Object::Stream(stream)) => vec![stream],
                Some(Object::Dictionary(states)) => {
                    states.iter().take(64).filter_map(|(_, state)| self.reader.get(state).as_stream().ok()).collect()
                }
                _ => Vec::new(),
            };
            for stream in streams {
                self.form(stream, scope, State::default(), Marks::unreal());
            }
        }
    }
}
