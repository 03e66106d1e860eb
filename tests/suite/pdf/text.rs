//! Text of pages: strings of content streams through the fonts' `ToUnicode`, put into lines.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, Stream, decode_text_string};

/// Reads the text of pages.
pub(super) struct Reader<'a> {
    document: &'a Document,
    fonts: HashMap<Vec<u8>, Font<'a>>,
    by_id: HashMap<ObjectId, Font<'a>>,
}

#[derive(Clone)]
struct Font<'a>(std::rc::Rc<Face<'a>>);

struct Face<'a> {
    encoding: Option<Encoding<'a>>,
    code_length: usize,
    widths: HashMap<u32, f64>,
}

/// Where and how text is set.
#[derive(Clone)]
struct State {
    place: Matrix,
    font: Vec<u8>,
    size: f64,
}

type Matrix = [f64; 6];

const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Text as it grows, with the place where the last run ended.
#[derive(Default)]
struct Lines {
    text: String,
    end: Option<(f64, f64)>,
    mark: Option<i64>,
    form: Option<ObjectId>,
    runs: Vec<Run>,
}

/// A run of text on a page.
pub(super) struct Run {
    /// Right edge, in points from the left of the page.
    pub(super) end: f64,
    /// Line, in points from the lower edge.
    pub(super) line: f64,
    pub(super) words: String,
    /// Number of the marked content that it stands in.
    pub(super) mark: Option<i64>,
    /// The form that it stands in.
    pub(super) form: Option<ObjectId>,
}

impl Lines {
    /// Adds words that run from `x` to `end` on the line at `y`; `size` is that of a letter.
    fn add(&mut self, words: &str, (x, end, y): (f64, f64, f64), size: f64) {
        if let Some((last_end, last_y)) = self.end {
            if (y - last_y).abs() > 0.3 * size || x < last_end - size {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push('\n');
            } else if x - last_end > 2.0 * size {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push_str(" | ");
            } else if x - last_end > 0.15 * size && !self.text.ends_with([' ', '\n']) && !words.starts_with(' ') {
                self.text.push(' ');
            }
        }
        self.text.push_str(words);
        self.runs.push(Run { end, line: y, words: words.to_owned(), mark: self.mark, form: self.form });
        self.end = Some((end, y));
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: HashMap::new(), by_id: HashMap::new() }
    }

    /// Gives the text of a page.
    pub(super) fn page(&mut self, page: ObjectId) -> String {
        self.lines(page).text.trim().to_owned()
    }

    /// Gives the runs of text, in the order of the content stream.
    pub(super) fn runs(&mut self, page: ObjectId) -> Vec<Run> {
        self.lines(page).runs
    }

    fn lines(&mut self, page: ObjectId) -> Lines {
        let mut lines = Lines::default();
        let (own, inherited) = self.document.get_page_resources(page).expect("the page has resources");
        let from = |id: &ObjectId| self.document.get_dictionary(*id).expect("resources are a dictionary");
        if let Some(resources) = own.or_else(|| inherited.first().map(from)) {
            let content = self.document.get_page_content(page);
            self.stream(&content, resources, UNMOVED, &mut lines);
        }
        lines
    }

    fn stream(&mut self, content: &[u8], resources: &'a Dictionary, place: Matrix, lines: &mut Lines) {
        let operations = Content::decode(content).expect("the content stream can be read").operations;
        let outer = std::mem::take(&mut self.fonts);
        self.open_fonts(resources);
        let mut state = State { place, font: Vec::new(), size: 1.0 };
        let mut stack = Vec::new();
        let mut line = UNMOVED;
        let mut spans: Vec<Option<String>> = Vec::new();
        let mut marks: Vec<Option<i64>> = Vec::new();
        for operation in &operations {
            match operation.operator.as_str() {
                "q" => stack.push(state.clone()),
                "Q" => state = stack.pop().expect("q and Q are in balance"),
                "cm" => state.place = times(matrix(operation), state.place),
                "BT" => line = UNMOVED,
                "Tm" => line = matrix(operation),
                "Td" => {
                    let [right, up] = [0, 1].map(|index| number(&operation.operands[index]));
                    line = times([1.0, 0.0, 0.0, 1.0, right, up], line);
                }
                "Tf" => {
                    state.font = operation.operands[0].as_name().expect("a font's name").to_vec();
                    state.size = number(&operation.operands[1]);
                }
                "BDC" => {
                    spans.push(actual_text(operation));
                    marks.push(mark(operation));
                }
                "BMC" => {
                    spans.push(None);
                    marks.push(None);
                }
                "EMC" => drop((spans.pop(), marks.pop())),
                "Tj" | "TJ" => {
                    let said = spans.iter_mut().rev().find_map(Option::as_mut);
                    lines.mark = marks.iter().rev().find_map(|mark| *mark);
                    line = times([1.0, 0.0, 0.0, 1.0, self.show(operation, &state, line, said, lines), 0.0], line);
                }
                "Do" => self.form(operation, resources, state.place, lines),
                _ => {}
            }
        }
        self.fonts = outer;
    }

    /// Adds a run of text; gives its width in text space.
    fn show(
        &self,
        operation: &Operation,
        state: &State,
        line: Matrix,
        said: Option<&mut String>,
        lines: &mut Lines,
    ) -> f64 {
        let Some(Font(face)) = self.fonts.get(&state.font) else {
            panic!("font {:?} is not in the resources", state.font)
        };
        let parts = match &operation.operands[0] {
            Object::Array(parts) => parts.as_slice(),
            _ => operation.operands.as_slice(),
        };
        let mut words = String::new();
        let mut width = 0.0;
        for part in parts {
            if let Object::String(codes, _) = part {
                for code in codes.chunks(face.code_length) {
                    let number = code.iter().fold(0, |number, byte| number * 256 + u32::from(*byte));
                    width += face.widths.get(&number).copied().unwrap_or(1000.0) / 1000.0 * state.size;
                    words.push_str(&face.decode(code));
                }
            } else {
                width -= number(part) / 1000.0 * state.size;
            }
        }
        // Words that the span says stand once, in the place of all of its glyphs.
        if let Some(said) = said {
            words = std::mem::take(said);
        }
        let at = times(line, state.place);
        let end = times([1.0, 0.0, 0.0, 1.0, width, 0.0], at);
        let size = state.size * at[0].hypot(at[1]).max(0.01);
        if !words.is_empty() {
            lines.add(&words, (at[4], end[4], at[5]), size);
        }
        width
    }

    fn form(&mut self, operation: &Operation, resources: &'a Dictionary, place: Matrix, lines: &mut Lines) {
        let name = operation.operands[0].as_name().expect("an object's name");
        let Some((id, form)) = self.object(resources, name) else { return };
        if !form.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Form")) {
            return;
        }
        let own = form
            .dict
            .get_deref(b"Resources", self.document)
            .ok()
            .and_then(|own| own.as_dict().ok())
            .unwrap_or(resources);
        let moved = form.dict.get(b"Matrix").ok().and_then(|object| object.as_array().ok());
        let place = moved.map_or(place, |parts| times(six(parts), place));
        let content = form.get_plain_content().unwrap_or_else(|_| form.content.clone());
        let outer = lines.form.replace(id);
        self.stream(&content, own, place, lines);
        lines.form = outer;
    }

    fn object(&self, resources: &'a Dictionary, name: &[u8]) -> Option<(ObjectId, &'a Stream)> {
        let objects = resources.get_deref(b"XObject", self.document).ok()?.as_dict().ok()?;
        let id = objects.get(name).ok()?.as_reference().ok()?;
        Some((id, self.document.get_object(id).ok()?.as_stream().ok()?))
    }

    fn open_fonts(&mut self, resources: &'a Dictionary) {
        let Some(fonts) = resources.get_deref(b"Font", self.document).ok().and_then(|fonts| fonts.as_dict().ok())
        else {
            return;
        };
        for (name, reference) in fonts {
            let id = reference.as_reference().expect("fonts are referred to");
            let document = self.document;
            let font = self
                .by_id
                .entry(id)
                .or_insert_with(|| Font::open(document.get_dictionary(id).expect("a font"), document));
            self.fonts.insert(name.clone(), font.clone());
        }
    }
}

impl Face<'_> {
    fn decode(&self, code: &[u8]) -> String {
        let encoding = self.encoding.as_ref().expect("the font says what its glyphs mean");
        encoding.bytes_to_string(code).expect("the glyph means something")
    }
}

impl<'a> Font<'a> {
    fn open(font: &'a Dictionary, document: &'a Document) -> Self {
        let composite = font.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Type0"));
        let mut widths = HashMap::new();
        let below = font.get_deref(b"DescendantFonts", document).ok().and_then(|below| below.as_array().ok());
        let inner = below.and_then(|below| document.dereference(below.first()?).ok()?.1.as_dict().ok());
        if let Some(array) = inner.and_then(|inner| inner.get_deref(b"W", document).ok()?.as_array().ok()) {
            read_widths(array, document, &mut widths);
        }
        let encoding = font.get_font_encoding(document).ok();
        Self(std::rc::Rc::new(Face { encoding, code_length: if composite { 2 } else { 1 }, widths }))
    }
}

fn read_widths(array: &[Object], document: &Document, widths: &mut HashMap<u32, f64>) {
    let mut rest = array.iter();
    while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let first = u32::try_from(first.as_i64().expect("a glyph")).expect("a glyph");
        let second = document.dereference(second).expect("widths").1;
        if let Object::Array(each) = second {
            widths.extend((first..).zip(each.iter().map(number)));
        } else {
            let last = u32::try_from(second.as_i64().expect("a glyph")).expect("a glyph");
            let width = number(rest.next().expect("a width"));
            widths.extend((first..=last).map(|glyph| (glyph, width)));
        }
    }
}

fn actual_text(operation: &Operation) -> Option<String> {
    let Some(Object::Dictionary(properties)) = operation.operands.get(1) else { return None };
    decode_text_string(properties.get(b"ActualText").ok()?).ok()
}

fn mark(operation: &Operation) -> Option<i64> {
    let Some(Object::Dictionary(properties)) = operation.operands.get(1) else { return None };
    properties.get(b"MCID").ok()?.as_i64().ok()
}

fn matrix(operation: &Operation) -> Matrix {
    six(&operation.operands)
}

fn six(parts: &[Object]) -> Matrix {
    std::array::from_fn(|index| number(&parts[index]))
}

fn number(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap_or_else(|_| panic!("{object:?} is not a number")))
}
