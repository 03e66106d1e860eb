//! Pictures of a page.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::budget::Budget;
use super::colour::{Colour, Texture};
use super::grey::lightness;
use super::masks;
use super::page::{Follower, Kept};
use super::pictures::Placed;
use super::region::Region;
use super::scene::{Kind, Picture};
use crate::pdf::content::{Operand, Operation};
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{get, get_array, get_integer, get_number, get_reference, get_stream, number};
use crate::pdf::streams;

/// Most bytes of a soft mask that is looked into.
const LARGEST_MASK: usize = 16 << 20;
/// Least value of a mask that lets nothing show through.
const SOLID: u8 = 230;
/// Bytes for each dot of a JPEG under which it shows nothing, and the fewest dots from which this can be told.
const PLAIN_JPEG: f64 = 0.02;
const FEWEST_PLAIN: f64 = 10_000.0;
/// Most bytes of another picture of one colour.
const MOST_PLAIN: usize = 64 << 10;
/// Fewest dots on a side of a picture whose sharpness matters; others are colours and gradients.
const FEWEST_DOTS: f64 = 32.0;
/// Shortest side of a picture whose sharpness matters, in points: 2 cm.
const SHORTEST: f64 = 2.0 * 72.0 / 2.54;
/// Shortest long side of a picture whose sharpness matters, in points: 4 cm.
const SHORTEST_LONG: f64 = 4.0 * 72.0 / 2.54;

impl Follower<'_> {
    /// Shows a picture of the resources.
    pub(super) fn show_image(&mut self, id: Option<ObjectId>, stream: &Stream) {
        let image = &stream.dict;
        let pdf = self.pdf;
        let stencil = matches!(get(pdf, image, b"ImageMask"), Some(Object::Boolean(true)));
        let gaps = get(pdf, image, b"Mask").is_some()
            || get_integer(pdf, image, b"SMaskInData").is_some_and(|kind| kind > 0)
            || get(pdf, image, b"SMask").is_some() && !solid(self.pdf, self.kept, self.budget, image);
        let size = (get_number(pdf, image, b"Width"), get_number(pdf, image, b"Height"));
        let plain = !stencil && is_plain(pdf, stream);
        if !plain && get(pdf, image, b"SMask").is_some() {
            self.note_masked(id, stream);
        }
        self.place((id, id.filter(|_| !plain)), (stencil, gaps, plain), size);
    }

    /// Notes where a picture is placed whose mask keeps a part of it from view.
    fn note_masked(&mut self, id: Option<ObjectId>, stream: &Stream) {
        let known = id.and_then(|id| self.kept.masked.get(&id).copied());
        let hides = known.unwrap_or_else(|| masks::hides_something(self.pdf, stream, self.budget));
        if let Some(id) = id {
            self.kept.masked.insert(id, hides);
        }
        if hides {
            self.scene.masked.push(self.state.matrix.point((0.0, 1.0)));
        }
    }

    /// Shows a picture that stands in the content.
    pub(super) fn show_inline_image(&mut self, operation: &Operation<'_>) {
        let entry = |short: &[u8], long: &[u8]| {
            let dict = operation.operands.first()?;
            dict.get(short).or_else(|| dict.get(long))
        };
        let stencil = matches!(entry(b"IM", b"ImageMask"), Some(Operand::Boolean(true)));
        let number = |short, long| entry(short, long).and_then(Operand::number);
        self.place((None, None), (stencil, false, false), (number(b"W", b"Width"), number(b"H", b"Height")));
    }

    /// Places a picture, by its object and by that of which parts are missed, that is a stencil, has gaps, or has one colour all over.
    fn place(
        &mut self,
        (picture, id): (Option<ObjectId>, Option<ObjectId>),
        (stencil, gaps, plain): (bool, bool, bool),
        size: (Option<f64>, Option<f64>),
    ) {
        let unit = Rect { left: 0.0, bottom: 0.0, right: 1.0, top: 1.0 };
        let Some(region) = Region::placed(unit, self.state.matrix) else { return };
        if self.state.alpha() <= 0.01 && !self.state.is_masked() {
            return;
        }
        // A single dot, stretched: as good as a filled rectangle.
        let dot = size == (Some(1.0), Some(1.0));
        let colour = if stencil && dot { self.state.fill.colour } else { Colour::Varied };
        let opaque =
            if stencil { dot && self.state.is_opaque(false) } else { !gaps && self.state.is_opaque_for_pictures() };
        if let (Some(width), Some(height)) = size {
            let (matrix, clip) = (self.state.matrix, self.state.clip.clone());
            let fill = (self.state.fill.texture == Texture::Plain).then(|| lightness(self.state.fill.colour)).flatten();
            let solid = self.state.is_opaque_for_pictures();
            let dots = (width, height);
            self.scene.note_placed(Placed { id, picture, matrix, clip, dots, solid, fill });
            self.note_sharpness(width, height, &region);
        }
        let kind = if dot || plain { Kind::Fill } else { Kind::Image };
        self.scene.paint(kind, Rc::new(region), &self.state.clip, colour, opaque);
    }

    fn note_sharpness(&mut self, dots_wide: f64, dots_high: f64, region: &Region) {
        let [a, b, c, d, ..] = self.state.matrix.0;
        let (width, height) = (a.hypot(b), c.hypot(d));
        let shown = self.state.clip.bounds.and_then(|clip| clip.shared(region.bounds()));
        let Some(shown) = shown.and_then(|shown| shown.shared(self.scene.page)) else { return };
        let (short, long) = (shown.width().min(shown.height()), shown.width().max(shown.height()));
        let small = short < SHORTEST || long < SHORTEST_LONG || dots_wide.min(dots_high) < FEWEST_DOTS;
        if small || width <= 0.0 || height <= 0.0 || self.state.alpha() < 0.5 || self.state.is_masked() {
            return;
        }
        let dpi = (dots_wide / width).min(dots_high / height) * 72.0;
        self.scene.note_picture(Picture { width: shown.width(), height: shown.height(), dpi });
    }
}

/// Tells whether a picture has one colour all over, so that nothing can be seen in it: its data are hardly any.
fn is_plain(pdf: &Document, stream: &Stream) -> bool {
    let size = |key| get_number(pdf, &stream.dict, key).unwrap_or(0.0);
    let dots = size(b"Width") * size(b"Height");
    let filters = streams::filters(pdf, &stream.dict);
    if filters.len() == 1 && filters[0] == b"DCTDecode" {
        #[expect(clippy::cast_precision_loss, reason = "no file has so many bytes")]
        let bytes = stream.content.len() as f64;
        return dots >= FEWEST_PLAIN && bytes < dots * PLAIN_JPEG;
    }
    let lossless = |filter: &Vec<u8>| {
        matches!(&filter[..], b"FlateDecode" | b"LZWDecode" | b"RunLengthDecode" | b"ASCII85Decode" | b"ASCIIHexDecode")
    };
    if size(b"BitsPerComponent") < 8.0 || !filters.iter().all(lossless) || stream.content.len() > MOST_PLAIN {
        return false;
    }
    let bytes = streams::decode(pdf, stream).unwrap_or_default();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few bytes at most"
    )]
    let parts = (bytes.len() as f64 / dots.max(1.0)).clamp(1.0, 8.0) as usize;
    !bytes.is_empty() && bytes.chunks_exact(parts).all(|dot| dot == &bytes[..parts])
}

/// Tells whether a picture's soft mask lets nothing show through.
fn solid(pdf: &Document, kept: &mut Kept, budget: &mut Budget, image: &Dictionary) -> bool {
    let id = get_reference(image, b"SMask");
    if let Some(known) = id.and_then(|id| kept.solid_masks.get(&id)) {
        return *known;
    }
    let Some(mask) = get_stream(pdf, image, b"SMask") else { return false };
    let usual = |decode: &[Object]| matches!(decode, [first, ..] if number(pdf, first) == Some(0.0));
    let plain = get_integer(pdf, &mask.dict, b"BitsPerComponent") == Some(8)
        && get_array(pdf, &mask.dict, b"Decode").is_none_or(usual);
    let bytes = if plain { mask.get_plain_content_with_limit(LARGEST_MASK).unwrap_or_default() } else { Vec::new() };
    let afforded = budget.spend_bytes(bytes.len() / 8);
    let solid = afforded && !bytes.is_empty() && bytes.iter().all(|value| *value >= SOLID);
    if let Some(id) = id {
        kept.solid_masks.insert(id, solid);
    }
    solid
}
