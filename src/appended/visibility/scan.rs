//! What the pictures of a page show where recognised text lies over or under them.
//!
//! A copier that recognises text lays it invisibly over the picture of the page. Whoever blacks a word out in the
//! picture alone leaves it in the text.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Document, Object, ObjectId};

use super::budget::Budget;
use super::grey::Grey;
use super::pictures::Placed;
use super::region::Point;
use super::scene::{Glyph, Scene};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{get, get_stream};

/// Value up to which a dot is dark.
const DARK: u8 = 128;
/// Difference of values that nobody sees.
const ALIKE: usize = 16;
/// Part of a glyph's place that must be alike for nothing to be read there: of what is dark, and of what is light.
const ALL: (f64, f64) = (0.95, 0.995);
/// Part of a word that must lie in the dark.
const MOST_OF_WORD: f64 = 0.6;
/// Where a glyph is looked for, along its width and in em above the line. In the dark, it is where letters have their
/// bodies. What is light is looked at with all that is around it, as recognised words lie a little beside theirs.
const BODY: [(f64, f64); 2] = [(0.05, 0.95), (0.05, 0.45)];
const AROUND: [(f64, f64); 2] = [(-0.1, 1.1), (-0.45, 0.95)];
/// Letters that a word must have in the dark, and on light paper, where specks are taken for words.
const LETTERS: (usize, usize) = (2, 3);
/// Words that are seen for each that is not on light paper; where fewer are, the text lies beside its picture.
const SEEN: usize = 3;
/// Least and most places at which a glyph is looked at on each side.
const PLACES: (f64, f64) = (8.0, 40.0);

/// A picture that lies on the page.
struct Layer<'a> {
    placed: &'a Placed,
    bounds: Rect,
    inverse: Matrix,
}

/// The pictures of a page, in order.
struct Layers<'a> {
    pdf: &'a Document,
    all: Vec<Layer<'a>>,
    read: HashMap<ObjectId, Option<Rc<Grey>>>,
}

/// What is to be seen at the place of a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Dark,
    Light,
    Something,
}

/// Finds words of recognised text where the pictures show nothing: gives the numbers of their glyphs.
pub(crate) fn unseen(pdf: &Document, scene: &Scene, recognised: &[usize], budget: &mut Budget) -> Vec<usize> {
    let mut layers = Layers::new(pdf, scene);
    let (mut dark, mut light, mut seen) = (Vec::new(), Vec::new(), 0);
    for word in recognised.chunk_by(|a, b| scene.glyphs[*a].word == scene.glyphs[*b].word) {
        let glyphs: Vec<&Glyph> = word.iter().map(|number| &scene.glyphs[*number]).collect();
        let letters = glyphs.iter().filter(|glyph| glyph.is_letter()).count();
        if letters < LETTERS.0 {
            continue;
        }
        let Some(looks) = glyphs.iter().map(|glyph| layers.look(glyph, budget)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let part = |what| share(looks.iter().filter(|look| **look == what).count(), looks.len());
        if part(Look::Dark) >= MOST_OF_WORD {
            dark.extend(word);
        } else if part(Look::Something) > 0.0 {
            seen += 1;
        } else if letters >= LETTERS.1 {
            light.push(word);
        }
    }
    if seen == 0 || seen >= SEEN * light.len() {
        dark.extend(light.into_iter().flatten());
    }
    dark
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |count| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

impl<'a> Layers<'a> {
    fn new(pdf: &'a Document, scene: &'a Scene) -> Self {
        let unit = Rect { left: 0.0, bottom: 0.0, right: 1.0, top: 1.0 };
        let layer = |placed: &'a Placed| {
            let inverse = placed.matrix.inverse()?;
            let bounds = placed.matrix.rect(unit).shared(placed.clip.bounds?)?;
            Some(Layer { placed, bounds, inverse })
        };
        Self { pdf, all: scene.placed.iter().filter_map(layer).collect(), read: HashMap::new() }
    }

    /// Looks at the place of a glyph; none when nobody can tell what is there.
    fn look(&mut self, glyph: &Glyph, budget: &mut Budget) -> Option<Look> {
        let corners = [(-0.1, -0.45), (1.1, -0.45), (-0.1, 0.95), (1.1, 0.95)];
        let around = corners.map(|(along, up)| glyph.point(along, up));
        let around = around.into_iter().map(|at| Rect::new(at, at)).reduce(Rect::around)?;
        budget.compare(self.all.len()).then_some(())?;
        let near: Vec<usize> = (0..self.all.len()).filter(|at| self.all[*at].bounds.shared(around).is_some()).collect();
        let (share, middle) = self.alike(glyph, BODY, &near, budget)?;
        if share < ALL.0 {
            return Some(Look::Something);
        }
        if middle < DARK {
            return Some(Look::Dark);
        }
        let (share, middle) = self.alike(glyph, AROUND, &near, budget)?;
        Some(if share >= ALL.1 && middle >= DARK { Look::Light } else { Look::Something })
    }

    /// Gives the largest part of a glyph's place that is alike, and its value.
    fn alike(
        &mut self,
        glyph: &Glyph,
        [(left, right), (bottom, top)]: [(f64, f64); 2],
        near: &[usize],
        budget: &mut Budget,
    ) -> Option<(f64, u8)> {
        let finest = near.iter().map(|at| self.all[*at].dots_per_point()).fold(0.0, f64::max);
        let width = glyph.along.0.hypot(glyph.along.1) * (right - left);
        let height = glyph.size() * (top - bottom);
        let count = |length: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let count = (length * finest).ceil().clamp(PLACES.0, PLACES.1) as u32;
            count
        };
        let (columns, rows) = (count(width), count(height));
        let all = (columns * rows) as usize;
        budget.compare(all * near.len().max(1)).then_some(())?;
        let mut values = [0_usize; 256];
        for row in 0..rows {
            for column in 0..columns {
                let part = |at: u32, of: u32| (f64::from(at) + 0.5) / f64::from(of);
                let along = left + (right - left) * part(column, columns);
                let up = bottom + (top - bottom) * part(row, rows);
                values[usize::from(self.shown(glyph.point(along, up), near, budget)?)] += 1;
            }
        }
        let alike = |middle: usize| values[middle.saturating_sub(ALIKE)..=(middle + ALIKE).min(255)].iter().sum();
        let (count, middle) = (0..=255_u8).map(|middle| (alike(usize::from(middle)), middle)).max()?;
        Some((share(count, all), middle))
    }

    /// Gives what is to be seen at a point.
    fn shown(&mut self, point: Point, near: &[usize], budget: &mut Budget) -> Option<u8> {
        let mut value = u8::MAX;
        for at in near {
            let Layer { placed, bounds, inverse } = &self.all[*at];
            let (x, y) = inverse.point(point);
            let within = (0.0..1.0).contains(&x) && (0.0..1.0).contains(&y);
            if !within || !super::region::holds(*bounds, point) || !placed.clip.shows(point) {
                continue;
            }
            // Mixed with what is under it, or within the content.
            let id = placed.picture.filter(|_| placed.solid && !placed.clip.unsure)?;
            let Some(Object::Stream(stream)) = self.pdf.objects.get(&id) else { return None };
            let grey = read(self.pdf, &mut self.read, id, budget)?;
            let own = grey.at(x, 1.0 - y)?;
            let (own, cover) = if matches!(get(self.pdf, &stream.dict, b"ImageMask"), Some(Object::Boolean(true))) {
                // What is black in a stencil is painted.
                (placed.fill?, u8::MAX - own)
            } else {
                (own, self.cover(id, (x, 1.0 - y), budget)?)
            };
            value = mixed(value, own, cover);
        }
        Some(value)
    }

    /// Gives how much of a picture its mask lets show at a place.
    fn cover(&mut self, id: ObjectId, (across, down): Point, budget: &mut Budget) -> Option<u8> {
        let Some(Object::Stream(stream)) = self.pdf.objects.get(&id) else { return None };
        let (key, turned) = match (stream.dict.get(b"SMask"), stream.dict.get(b"Mask")) {
            (Ok(_), _) => (&b"SMask"[..], false),
            (_, Ok(_)) => (&b"Mask"[..], true),
            _ => return Some(u8::MAX),
        };
        get_stream(self.pdf, &stream.dict, key)?;
        let id = crate::pdf::objects::get_reference(&stream.dict, key)?;
        let value = read(self.pdf, &mut self.read, id, budget)?.at(across, down)?;
        // What is black in a mask of one bit shows.
        Some(if turned { u8::MAX - value } else { value })
    }
}

impl Layer<'_> {
    fn dots_per_point(&self) -> f64 {
        let [a, b, c, d, ..] = self.placed.matrix.0;
        let (across, down) = self.placed.dots;
        (across / a.hypot(b).max(1e-9)).max(down / c.hypot(d).max(1e-9))
    }
}

fn read(
    pdf: &Document,
    read: &mut HashMap<ObjectId, Option<Rc<Grey>>>,
    id: ObjectId,
    budget: &mut Budget,
) -> Option<Rc<Grey>> {
    let known = read.entry(id).or_insert_with(|| match pdf.objects.get(&id) {
        Some(Object::Stream(stream)) => Grey::read(pdf, stream, budget).map(Rc::new),
        _ => None,
    });
    known.clone()
}

/// Lays a value over another.
#[expect(clippy::cast_possible_truncation, reason = "between the two")]
fn mixed(under: u8, over: u8, cover: u8) -> u8 {
    let (under, over, cover) = (u32::from(under), u32::from(over), u32::from(cover));
    ((under * (255 - cover) + over * cover) / 255) as u8
}

#[cfg(test)]
mod tests;
