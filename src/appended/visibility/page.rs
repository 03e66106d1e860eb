//! Follows the content of a page and of the forms on it.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::budget::{Budget, LARGEST_STREAM};
use super::font::Font;
use super::region::{Clip, Path, Region};
use super::scene::Scene;
use super::state::State;
use crate::pdf::content::{Operand, Operation, operations};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{
    contents, dictionary, get, get_dictionary, get_matrix, get_name, get_number, get_rect, get_reference, resolve,
};
use crate::pdf::streams;

/// Forms within forms.
const DEEPEST: u32 = 12;
/// States that may be saved at once.
const MOST_SAVED: usize = 2_000;
/// Bytes of unpacked forms that are kept for their next use.
const MOST_KEPT: usize = 64 << 20;
/// Page of a file that does not tell its size: A4.
const USUAL_PAGE: Rect = Rect { left: 0.0, bottom: 0.0, right: 595.0, top: 842.0 };

/// What is kept from page to page.
#[derive(Default)]
pub(crate) struct Kept {
    fonts: HashMap<ObjectId, Rc<Font>>,
    forms: HashMap<ObjectId, Rc<Vec<u8>>>,
    bytes: usize,
    /// Whether soft masks of pictures let everything show.
    pub(crate) solid_masks: HashMap<ObjectId, bool>,
    /// Whether soft masks of pictures keep something from view.
    pub(crate) masked: HashMap<ObjectId, bool>,
    /// Whether patterns of tiles let nothing show between them.
    pub(crate) solid_tiles: HashMap<ObjectId, bool>,
}

/// Follows the content of a page.
pub(crate) struct Follower<'a> {
    pub(super) pdf: &'a Document,
    pub(super) kept: &'a mut Kept,
    pub(super) budget: &'a mut Budget,
    pub(super) scene: Scene,
    pub(super) state: State,
    saved: Vec<State>,
    pub(super) path: Path,
    pub(super) point: (f64, f64),
    /// Area and rule by which the path will clip once it is painted.
    pub(super) clips: Option<bool>,
    pub(super) line: Matrix,
    pub(super) cursor: Matrix,
    pub(super) style: Option<u32>,
    pub(super) clips_to_text: bool,
    /// How many tiles of patterns the present content is in.
    pub(super) within_tiles: u32,
}

/// Follows a page's content and gives all that it paints.
pub(crate) fn follow(pdf: &Document, page: ObjectId, kept: &mut Kept, budget: &mut Budget) -> Scene {
    let Some(dict) = pdf.objects.get(&page).and_then(|page| dictionary(pdf, page)) else {
        return Scene::new(USUAL_PAGE);
    };
    let unit = get_number(pdf, dict, b"UserUnit").filter(|unit| *unit > 0.0).unwrap_or(1.0);
    let matrix = Matrix::scale(unit, unit);
    let media = get_rect(pdf, dict, b"MediaBox").filter(|rect| rect.width() > 0.0 && rect.height() > 0.0);
    let media = media.unwrap_or(USUAL_PAGE);
    let crop = get_rect(pdf, dict, b"CropBox").and_then(|crop| crop.shared(media)).unwrap_or(media);
    let crop = matrix.rect(crop);
    let everywhere = Rect { left: -1e9, bottom: -1e9, right: 1e9, top: 1e9 };
    let turned = get_number(pdf, dict, b"Rotate").unwrap_or(0.0).rem_euclid(360.0);
    let mut follower = Follower {
        pdf,
        kept,
        budget,
        scene: Scene::new(crop),
        state: State::new(matrix, Clip::new(everywhere)),
        saved: Vec::new(),
        path: Path::default(),
        point: (0.0, 0.0),
        clips: None,
        line: Matrix::IDENTITY,
        cursor: Matrix::IDENTITY,
        style: None,
        clips_to_text: false,
        within_tiles: 0,
    };
    let bytes = follower.contents(dict);
    follower.run(&bytes, get_dictionary(pdf, dict, b"Resources"), 0);
    follower.scene.turned = turned;
    follower.scene
}

impl<'a> Follower<'a> {
    fn contents(&mut self, page: &'a Dictionary) -> Vec<u8> {
        let mut bytes = Vec::new();
        for stream in contents(self.pdf, page) {
            if let Some(Object::Stream(stream)) = resolve(self.pdf, stream) {
                bytes.extend(self.unpacked(stream));
                bytes.push(b'\n');
            }
            if bytes.len() > LARGEST_STREAM {
                self.scene.cut = true;
                break;
            }
        }
        bytes
    }

    pub(super) fn unpacked(&mut self, stream: &Stream) -> Vec<u8> {
        if !self.budget.spend(1) {
            self.scene.cut = true;
            return Vec::new();
        }
        match streams::decode_within(self.pdf, stream, LARGEST_STREAM) {
            Ok(bytes) => {
                self.scene.cut |= !self.budget.spend_bytes(bytes.len());
                bytes
            }
            Err(error) => {
                self.scene.cut |= matches!(error, lopdf::Error::Decompress(_));
                Vec::new()
            }
        }
    }

    /// Follows a content stream.
    pub(super) fn run(&mut self, bytes: &[u8], resources: Option<&'a Dictionary>, depth: u32) {
        let floor = self.saved.len();
        let mut unsaved = 0_u32;
        if !self.budget.spend_bytes(bytes.len()) {
            self.scene.cut = true;
        }
        for operation in operations(bytes) {
            if self.scene.cut || !self.budget.spend(1) {
                self.scene.cut = true;
                break;
            }
            match operation.operator {
                b"q" if self.saved.len() < MOST_SAVED => self.saved.push(self.state.clone()),
                b"q" => unsaved += 1,
                b"Q" if unsaved > 0 => unsaved -= 1,
                b"Q" => {
                    if self.saved.len() > floor
                        && let Some(state) = self.saved.pop()
                    {
                        self.state = state;
                        self.style = None;
                    }
                }
                b"Do" => self.run_object(&operation, resources, depth),
                b"gs" => self.extend(&operation, resources),
                _ => self.run_operation(&operation, resources),
            }
        }
        self.saved.truncate(floor);
    }

    fn run_operation(&mut self, operation: &Operation<'_>, resources: Option<&'a Dictionary>) {
        match operation.operator {
            b"cm" => {
                if let Some(matrix) = matrix(operation) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            b"w" => self.state.line_width = operation.number(0).unwrap_or(self.state.line_width),
            b"d" => {
                let gaps = |gap: &Operand| gap.number().is_some_and(|gap| gap > 0.0);
                self.state.dashed =
                    matches!(operation.operands.first(), Some(Operand::Array(all)) if all.iter().any(gaps));
            }
            b"BMC" | b"BDC" | b"EMC" => self.mark(operation, resources),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => self.draw(operation),
            b"W" => self.clips = Some(false),
            b"W*" => self.clips = Some(true),
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"n" => self.end_path(operation.operator),
            b"sh" => self.shade(),
            b"BI" => self.show_inline_image(operation),
            b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" | b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K" => {
                self.set_colour(operation, resources);
            }
            _ => self.run_text(operation, resources),
        }
    }

    fn extend(&mut self, operation: &Operation<'_>, resources: Option<&'a Dictionary>) {
        let pdf = self.pdf;
        let listed = operation
            .name(0)
            .and_then(|name| get_dictionary(pdf, get_dictionary(pdf, resources?, b"ExtGState")?, name));
        let Some(dict) = listed else { return };
        self.state.extend(pdf, dict);
        self.style = None;
        if let Some(Object::Array(font)) = get(pdf, dict, b"Font")
            && let [font, size] = &font[..]
        {
            self.set_font(Some(font), crate::pdf::objects::number(pdf, size).unwrap_or(0.0));
        }
    }

    fn run_object(&mut self, operation: &Operation<'_>, resources: Option<&'a Dictionary>, depth: u32) {
        let pdf = self.pdf;
        let Some(objects) = resources.and_then(|resources| get_dictionary(pdf, resources, b"XObject")) else { return };
        let Some(name) = operation.name(0) else { return };
        let Some(Object::Stream(stream)) = get(pdf, objects, name) else { return };
        match get_name(pdf, &stream.dict, b"Subtype") {
            Some(b"Image") => self.show_image(get_reference(objects, name), stream),
            Some(b"Form") if depth < DEEPEST => {
                let bytes = self.form(get_reference(objects, name), stream);
                let resources = get_dictionary(pdf, &stream.dict, b"Resources").or(resources);
                self.run_form(&stream.dict, &bytes, resources, depth);
            }
            Some(b"Form") => self.scene.cut = true,
            _ => {}
        }
    }

    fn form(&mut self, id: Option<ObjectId>, stream: &Stream) -> Rc<Vec<u8>> {
        if let Some(bytes) = id.and_then(|id| self.kept.forms.get(&id)) {
            return Rc::clone(bytes);
        }
        let bytes = Rc::new(self.unpacked(stream));
        if let Some(id) = id
            && self.kept.bytes + bytes.len() <= MOST_KEPT
        {
            self.kept.bytes += bytes.len();
            self.kept.forms.insert(id, Rc::clone(&bytes));
        }
        bytes
    }

    fn run_form(&mut self, form: &'a Dictionary, bytes: &[u8], resources: Option<&'a Dictionary>, depth: u32) {
        let outside = self.state.clone();
        let (line, cursor) = (self.line, self.cursor);
        self.state.matrix = get_matrix(self.pdf, form, b"Matrix").then(self.state.matrix);
        if let Some(bounds) = get_rect(self.pdf, form, b"BBox") {
            self.state.clip.narrow(Region::placed(bounds, self.state.matrix));
        }
        let group = get_dictionary(self.pdf, form, b"Group");
        if group.is_some_and(|group| get_name(self.pdf, group, b"S") == Some(b"Transparency")) {
            self.state.enter_group();
        }
        self.style = None;
        let path = std::mem::take(&mut self.path);
        self.run(bytes, resources, depth + 1);
        (self.path, self.state, self.line, self.cursor, self.style) = (path, outside, line, cursor, None);
    }

    /// Sets the font that a resource refers to.
    pub(super) fn set_font(&mut self, font: Option<&'a Object>, size: f64) {
        let pdf = self.pdf;
        self.state.text.size = size;
        self.state.text.font = font.and_then(|object| {
            let id = object.as_reference().ok();
            if let Some(font) = id.and_then(|id| self.kept.fonts.get(&id)) {
                return Some(Rc::clone(font));
            }
            let dict = dictionary(pdf, object)?;
            // As much as the widths and the encoding of a large font cost.
            self.scene.cut |= !self.budget.spend(500);
            let font = Rc::new(Font::read(pdf, dict, self.budget));
            if let Some(id) = id {
                self.kept.fonts.insert(id, Rc::clone(&font));
            }
            Some(font)
        });
    }
}

/// Gives the transformation that an operation's six numbers are.
pub(crate) fn matrix(operation: &Operation<'_>) -> Option<Matrix> {
    let mut numbers = [0.0; 6];
    for (place, operand) in numbers.iter_mut().zip(&operation.operands) {
        *place = operand.number()?;
    }
    (operation.operands.len() >= 6).then_some(Matrix(numbers))
}

/// Gives the numbers among operands.
pub(crate) fn numbers(operands: &[Operand]) -> Vec<f64> {
    operands.iter().filter_map(Operand::number).collect()
}
