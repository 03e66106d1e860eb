//! Draws what a field holds, as its own entries want it: font, size, colour, side, lines and boxes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream};
use unicode_normalization::UnicodeNormalization as _;

use super::super::annotations::plain::colour_of;
use super::super::contents;
use super::super::used::Used;
use super::super::work::PageWork;
use super::Field;
use super::lettering::Letter;
use super::value::{Kind, Value};
use crate::pdf::content::{Operand, operations};
use crate::pdf::geometry::{Matrix, Rect, number};
use crate::pdf::objects::hexadecimal;
use crate::pdf::objects::{get, get_array, get_dictionary, get_integer, get_matrix, get_name, get_number, get_rect};
use crate::pdf::{objects, streams};

/// Space between a field's edge and its words, in points.
const MARGIN: f64 = 2.0;
/// Sizes that words may have: the least, and the most where the file leaves it open.
const SIZES: (f64, f64) = (4.0, 24.0);
/// Size on several lines where the file leaves it open.
const USUAL: f64 = 12.0;
/// Distance of lines, for size 1.
const LEADING: f64 = 1.2;
/// Height of capitals, for size 1.
const CAPITALS: f64 = 0.66;

/// A field drawn anew.
pub(super) struct Drawn {
    pub(super) stream: Stream,
    /// Whether not all of it has found room.
    pub(super) overfull: bool,
}

/// How a field's words are to look.
struct Manner {
    /// Nothing where the size is to follow from the field's.
    size: Option<f64>,
    colour: String,
    bold: bool,
    /// 0 left, 1 in the middle, 2 right.
    side: i64,
}

/// Letters that share a line.
type Line = Vec<Letter>;

/// Draws a field; nothing where a sign of it cannot be drawn.
pub(super) fn draw(
    work: &mut PageWork,
    field: &Field,
    kind: &Kind,
    value: &Value,
    frame: Option<&Stream>,
) -> Option<Drawn> {
    let rect = field.rect()?;
    let (mut dict, size, around) = base(work, field, rect, frame);
    let manner = manner(field);
    let mut page = Sheet { size, manner, content: String::new(), overfull: false, fonts: BTreeMap::new() };
    match (kind, value) {
        (Kind::Box, _) => page.tick(),
        (_, Value::Options(options)) => page.list(work, options, field)?,
        (kind, Value::Text(text)) => page.text(work, kind, text)?,
        (_, Value::State(_)) => return None,
    }
    let mut content = around;
    if !page.content.is_empty() {
        let (width, height) = (number(size.0), number(size.1));
        let _ = write!(content, "/Tx BMC\nq\n0 0 {width} {height} re W n\n{}Q\nEMC\n", page.content);
    }
    let mut resources = match dict.remove(b"Resources") {
        Some(Object::Dictionary(resources)) => resources,
        _ => Dictionary::new(),
    };
    let mut fonts = match resources.remove(b"Font") {
        Some(Object::Dictionary(fonts)) => fonts,
        _ => Dictionary::new(),
    };
    for (index, name) in page.fonts {
        fonts.set(name, Object::Reference(work.lettering.id(index)?));
    }
    resources.set("Font", Object::Dictionary(fonts));
    dict.set("Resources", Object::Dictionary(resources));
    Some(Drawn { stream: streams::compressed(dict, content.into_bytes()), overfull: page.overfull })
}

/// Gives the entries of the form, its size, and what it draws around the words.
fn base(work: &mut PageWork, field: &Field, rect: Rect, frame: Option<&Stream>) -> (Dictionary, (f64, f64), String) {
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"XObject".to_vec()));
    dict.set("Subtype", Object::Name(b"Form".to_vec()));
    if let Some((kept, bounds, content)) = frame.and_then(|frame| kept_frame(work, frame)) {
        let shift = Matrix::shift(-bounds.left, -bounds.bottom);
        let matrix = get_matrix(field.pdf, &frame.map(|frame| frame.dict.clone()).unwrap_or_default(), b"Matrix");
        let whole = Rect { left: 0.0, bottom: 0.0, right: bounds.width(), top: bounds.height() };
        dict.set("BBox", objects::rect(whole));
        let back = Matrix::shift(bounds.left, bounds.bottom).then(matrix);
        dict.set("Matrix", Object::Array(back.0.map(objects::real).to_vec()));
        dict.set("Resources", Object::Dictionary(kept));
        let content = format!("q\n{} cm\n{content}\nQ\n", shift.written());
        return (dict, (bounds.width(), bounds.height()), content);
    }
    let look = get_dictionary(field.pdf, field.widget, b"MK");
    let turned = look.and_then(|look| get_integer(field.pdf, look, b"R")).unwrap_or(0).rem_euclid(360);
    let (wide, high) = (rect.width(), rect.height());
    let (matrix, size) = match turned {
        90 => ([0.0, 1.0, -1.0, 0.0, wide, 0.0], (high, wide)),
        180 => ([-1.0, 0.0, 0.0, -1.0, wide, high], (wide, high)),
        270 => ([0.0, -1.0, 1.0, 0.0, 0.0, high], (high, wide)),
        _ => (Matrix::IDENTITY.0, (wide, high)),
    };
    dict.set("BBox", objects::rect(Rect { left: 0.0, bottom: 0.0, right: size.0, top: size.1 }));
    dict.set("Matrix", Object::Array(matrix.map(objects::real).to_vec()));
    let content = look.map_or_else(String::new, |look| plain_frame(field, look, size));
    (dict, size, content)
}

/// Gives what a field's picture draws besides its words, with its resources and its size.
fn kept_frame(work: &PageWork, frame: &Stream) -> Option<(Dictionary, Rect, String)> {
    let pdf = work.copier.from;
    let bounds = get_rect(pdf, &frame.dict, b"BBox").filter(|bounds| bounds.width() > 1.0 && bounds.height() > 1.0)?;
    let bytes = streams::decode(pdf, frame)?;
    let (mut begin, mut end, mut depth) = (None, None, 0_u32);
    for operation in operations(&bytes) {
        match operation.operator {
            b"BMC" | b"BDC" if begin.is_none() && operation.name(0) == Some(b"Tx") => {
                begin = Some(operation.range.start);
            }
            b"BMC" | b"BDC" if begin.is_some() => depth += 1,
            b"EMC" if begin.is_some() && depth > 0 => depth -= 1,
            b"EMC" if begin.is_some() && end.is_none() => end = Some(operation.range.end),
            _ => {}
        }
    }
    let rest = [&bytes[..begin?], b"\n", &bytes[end?..]].concat();
    let mut entries = frame.dict.clone();
    entries.remove(b"Filter");
    entries.remove(b"DecodeParms");
    let rest = Stream::new(entries, rest);
    let edited = contents::form(pdf, &rest, work.hidden, work.structure.is_tagged()).ok()?;
    let bytes = edited.unwrap_or_else(|| rest.content.clone());
    // What is not plain text would not come through as it is.
    let content = String::from_utf8(bytes).ok()?;
    let none = Dictionary::new();
    let resources = get_dictionary(pdf, &frame.dict, b"Resources").unwrap_or(&none);
    let mut used = Used::of(content.as_bytes());
    used.follow(pdf, resources);
    let pruned = used.prune(pdf, resources);
    // A frame that draws with what it names is more than a frame.
    (pruned.iter().all(|(key, _)| key == b"ProcSet")).then(|| (Dictionary::new(), bounds, content))
}

/// Draws the ground and border that a field says it has.
fn plain_frame(field: &Field, look: &Dictionary, (wide, high): (f64, f64)) -> String {
    let pdf = field.pdf;
    let colour = |key: &[u8], operators: [&str; 2]| {
        let parts: Vec<f64> = get_array(pdf, look, key)?.iter().filter_map(|part| objects::number(pdf, part)).collect();
        colour_of(&parts, operators)
    };
    let mut content = String::new();
    if let Some(ground) = colour(b"BG", ["g", "rg"]) {
        let _ = writeln!(content, "{ground} 0 0 {} {} re f", number(wide), number(high));
    }
    let border = get_dictionary(pdf, field.widget, b"BS").and_then(|border| get_number(pdf, border, b"W"));
    let width = border.unwrap_or(1.0).clamp(0.0, 12.0);
    if let Some(line) = colour(b"BC", ["G", "RG"]).filter(|_| width > 0.0) {
        let (half, inner) = (number(width / 2.0), [wide - width, high - width].map(number));
        let _ = writeln!(content, "{line} {} w {half} {half} {} {} re S", number(width), inner[0], inner[1]);
    }
    if content.is_empty() { content } else { format!("q\n{content}Q\n") }
}

/// Reads how a field's words are to look.
fn manner(field: &Field) -> Manner {
    let mut manner = Manner { size: None, colour: "0 g".to_owned(), bold: false, side: 0 };
    if let Some(Object::Integer(side)) = field.usual(b"Q") {
        manner.side = *side;
    }
    let Some(Object::String(bytes, _)) = field.usual(b"DA") else { return manner };
    for operation in operations(bytes) {
        let parts: Vec<f64> = operation.operands.iter().filter_map(Operand::number).collect();
        match operation.operator {
            b"Tf" => {
                manner.size =
                    operation.number(1).map(f64::abs).filter(|size| *size > 0.1).map(|size| size.clamp(1.0, 200.0));
                manner.bold = operation.name(0).is_some_and(|name| is_bold(field, name));
            }
            b"g" | b"rg" | b"k" => {
                if let Some(colour) = colour_of(&parts, ["g", "rg"]) {
                    manner.colour = colour;
                }
            }
            _ => {}
        }
    }
    manner
}

fn is_bold(field: &Field, name: &[u8]) -> bool {
    let fonts = field.all.and_then(|all| get_dictionary(field.pdf, get_dictionary(field.pdf, all, b"DR")?, b"Font"));
    let base = fonts.and_then(|fonts| {
        get_name(field.pdf, objects::dictionary(field.pdf, get(field.pdf, fonts, name)?)?, b"BaseFont")
    });
    // The usual names of bold fonts in forms end so.
    base.is_none() && name.ends_with(b"Bo")
        || base.unwrap_or(name).windows(4).any(|part| part.eq_ignore_ascii_case(b"bold"))
}

/// What is drawn within a field.
struct Sheet {
    size: (f64, f64),
    manner: Manner,
    content: String,
    overfull: bool,
    /// Names of the fonts that are used.
    fonts: BTreeMap<usize, String>,
}

impl Sheet {
    fn letters(&self, work: &mut PageWork, text: &str) -> Option<Line> {
        let text: String = text.nfc().collect();
        work.lettering.letters(&text, self.manner.bold, work.copier)
    }

    fn text(&mut self, work: &mut PageWork, kind: &Kind, text: &str) -> Option<()> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        match kind {
            Kind::Lines => {
                let paragraphs: Option<Vec<Line>> = text.split('\n').map(|line| self.letters(work, line)).collect();
                self.lines(&paragraphs?);
            }
            Kind::Comb(cells) => {
                let letters = self.letters(work, &text.replace('\n', " "))?;
                self.comb(&letters, *cells);
            }
            _ => {
                let letters = self.letters(work, &text.replace('\n', " "))?;
                self.line(&letters);
            }
        }
        Some(())
    }

    /// Sets a line in the middle of the height, smaller where it would not fit.
    fn line(&mut self, letters: &[Letter]) {
        let room = (self.size.0 - 2.0 * MARGIN).max(1.0);
        let wide = width(letters);
        let size = self.manner.size.unwrap_or((self.size.1 * 0.7).clamp(SIZES.0, SIZES.1));
        let fitting = if wide * size > room { room / wide } else { size };
        self.overfull |= fitting < SIZES.0.min(size);
        let size = fitting.max(SIZES.0.min(size));
        let y = (self.size.1 - CAPITALS * size) / 2.0;
        self.set(letters, (self.begin(wide * size), y), size);
    }

    /// Gives where a line of this width begins.
    fn begin(&self, wide: f64) -> f64 {
        let room = self.size.0 - 2.0 * MARGIN - wide;
        MARGIN + room.max(0.0) * [0.0, 0.5, 1.0][usize::try_from(self.manner.side).unwrap_or(0).min(2)]
    }

    fn lines(&mut self, paragraphs: &[Line]) {
        let room = ((self.size.0 - 2.0 * MARGIN).max(1.0), (self.size.1 - 2.0 * MARGIN).max(1.0));
        let mut size = self.manner.size.unwrap_or(USUAL);
        let least = SIZES.0.min(size);
        let mut lines = wrapped(paragraphs, room.0 / size);
        #[expect(clippy::cast_precision_loss, reason = "lines are few")]
        let high = |lines: &[Line], size: f64| lines.len() as f64 * LEADING * size;
        while high(&lines, size) > room.1.max(LEADING * size) && size > least {
            size = (size - 0.5).max(least);
            lines = wrapped(paragraphs, room.0 / size);
        }
        self.overfull |= high(&lines, size) > room.1 + LEADING * size * 0.3 && lines.len() > 1;
        let mut y = self.size.1 - MARGIN - size;
        for line in &lines {
            self.set(line, (self.begin(width(line) * size), y), size);
            y -= LEADING * size;
        }
    }

    /// Sets each letter into a box of its own.
    fn comb(&mut self, letters: &[Letter], cells: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a field has few boxes")]
        let cell = self.size.0 / cells.max(letters.len()).max(1) as f64;
        let size = self.manner.size.unwrap_or((self.size.1 * 0.7).clamp(SIZES.0, USUAL));
        let y = (self.size.1 - CAPITALS * size) / 2.0;
        let mut left = 0.0;
        for letter in letters {
            self.set(&[*letter], (left + (cell - letter.width * size) / 2.0, y), size);
            left += cell;
        }
    }

    /// Lists options, those that are chosen on a darker ground.
    fn list(&mut self, work: &mut PageWork, options: &[(String, bool)], field: &Field) -> Option<()> {
        let size = self.manner.size.unwrap_or(USUAL);
        let step = LEADING * size;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of lines")]
        let room = ((self.size.1 - 2.0 * MARGIN) / step).floor().max(1.0) as usize;
        let first = match field.entry(b"TI") {
            Some(Object::Integer(first)) => usize::try_from(*first).unwrap_or(0),
            _ => 0,
        };
        let chosen: Vec<usize> = options.iter().enumerate().filter(|(_, option)| option.1).map(|(at, _)| at).collect();
        let shows = |first: usize| chosen.iter().all(|at| (first..first + room).contains(at));
        let first = if shows(first) { first } else { chosen.first().copied().unwrap_or(0) };
        self.overfull |= !shows(first);
        let mut y = self.size.1 - MARGIN - size;
        for (text, is_chosen) in options.iter().skip(first).take(room) {
            if *is_chosen {
                let (low, wide, high) = (number(y - 0.25 * size), number(self.size.0), number(step));
                let _ = writeln!(self.content, "0.8 0.85 0.92 rg 0 {low} {wide} {high} re f");
            }
            let letters = self.letters(work, text)?;
            self.set(&letters, (self.begin(width(&letters) * size), y), size);
            y -= step;
        }
        Some(())
    }

    /// Draws a tick.
    fn tick(&mut self) {
        let side = self.size.0.min(self.size.1);
        let left = (self.size.0 - side) / 2.0;
        let bottom = (self.size.1 - side) / 2.0;
        let at = |x: f64, y: f64| format!("{} {}", number(left + x * side), number(bottom + y * side));
        let points = [at(0.2, 0.5), at(0.42, 0.25), at(0.8, 0.78)];
        let colour = self.manner.colour.to_uppercase();
        let _ = writeln!(
            self.content,
            "{colour} {} w 1 J 1 j {} m {} l {} l S",
            number(side * 0.1),
            points[0],
            points[1],
            points[2]
        );
    }

    /// Sets letters from a point.
    fn set(&mut self, letters: &[Letter], (mut x, y): (f64, f64), size: f64) {
        for run in letters.chunk_by(|one, next| one.font == next.font) {
            let name = format!("BoardpackField{}", run[0].font);
            let codes: Vec<u8> = run.iter().flat_map(|letter| letter.glyph.to_be_bytes()).collect();
            let codes = hexadecimal(&codes);
            let _ = writeln!(
                self.content,
                "BT {} /{name} {} Tf 1 0 0 1 {} {} Tm <{codes}> Tj ET",
                self.manner.colour,
                number(size),
                number(x),
                number(y)
            );
            self.fonts.insert(run[0].font, name);
            x += width(run) * size;
        }
    }
}

/// Gives the width of letters for size 1.
fn width(letters: &[Letter]) -> f64 {
    letters.iter().map(|letter| letter.width).sum()
}

/// Breaks paragraphs into lines of at most this width, for size 1: between words, or within one that is longer.
fn wrapped(paragraphs: &[Line], most: f64) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let mut line: Line = Vec::new();
        for word in paragraph.split_inclusive(|letter| letter.char == ' ') {
            let bare = match word {
                [bare @ .., last] if last.char == ' ' => bare,
                word => word,
            };
            if !line.is_empty() && width(&line) + width(bare) > most {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word {
                if letter.char != ' ' && !line.is_empty() && width(&line) + letter.width > most {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(*letter);
            }
        }
        lines.push(line);
    }
    lines
}
