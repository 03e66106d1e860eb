//! Finds parts of pictures that do not show, and can be taken out of the file all the same: what lies under
//! boxes and pens, and what is cut off by the page's edge or by clipping.

use std::collections::{BTreeSet, HashMap};

use lopdf::ObjectId;

use super::colour::Colour;
use super::region::Point;
use super::scene::{Kind, Scene, Shape};
use crate::pdf::geometry::Matrix;

/// Places on each side of a picture at which it is asked what shows of it.
const GRID: u16 = 16;
/// Part of a picture that must not show to be told.
const MUCH: f64 = 0.3;
/// Shortest side of a picture of which parts are missed, in points as it is placed: 2.5 cm.
const SHORTEST: f64 = 2.5 * 72.0 / 2.54;
/// Fewest dots on a side of such a picture.
const FEWEST_DOTS: f64 = 64.0;
/// Least short and long side of what can hide a word of a picture, in points.
const COVER: (f64, f64) = (5.0, 15.0);
/// Width of a pen that can hide a word of a picture, in points.
const PEN: f64 = 5.0;
/// Part of a cover that must lie on the picture.
const ON: f64 = 0.3;
/// Part of a page that pictures must fill for it to be a scan, with at most so many letters beside its covers.
const SCAN: (f64, usize) = (0.5, 20);
/// Letters that may stand on what covers a part of a scan, and how high it may be then: words in the place of others.
const LABEL: (usize, f64) = (60, 40.0);
/// Covers looked at on one page.
const MOST: usize = 2_000;

/// A picture where it was placed on a page.
#[derive(Debug)]
pub(crate) struct Placed {
    /// Its object, where it is one and parts of it would be missed.
    pub(crate) id: Option<ObjectId>,
    /// Its object, where it is one.
    pub(crate) picture: Option<ObjectId>,
    /// From its unit square to the page.
    pub(crate) matrix: Matrix,
    /// What shows of it.
    pub(crate) clip: super::region::Clip,
    /// Dots across and down.
    pub(crate) dots: (f64, f64),
    /// Whether it is laid over what is under it as it is, neither faint nor mixed.
    pub(crate) solid: bool,
    /// How light the colour is that a stencil paints, where anybody can tell.
    pub(crate) fill: Option<u8>,
}

/// What of the pictures of a file has been seen on any page.
#[derive(Debug, Default)]
pub(crate) struct Seen(HashMap<ObjectId, Cells>);

#[derive(Debug, Default)]
struct Cells {
    /// A bit for each place, a number for each row.
    rows: [u16; GRID as usize],
    pages: BTreeSet<u32>,
}

impl Seen {
    /// Notes what a page shows of its pictures.
    pub(crate) fn note(&mut self, scene: &Scene, page: u32) {
        for placed in &scene.placed {
            let [a, b, c, d, ..] = placed.matrix.0;
            let small = a.hypot(b).min(c.hypot(d)) < SHORTEST || placed.dots.0.min(placed.dots.1) < FEWEST_DOTS;
            let Some(id) = placed.id.filter(|_| !small) else { continue };
            let cells = self.0.entry(id).or_default();
            cells.pages.insert(page);
            for (row, bits) in (0..GRID).zip(&mut cells.rows) {
                for column in 0..GRID {
                    let middle = |at: u16| (f64::from(at) + 0.5) / f64::from(GRID);
                    let point = placed.matrix.point((middle(column), middle(row)));
                    let shows =
                        placed.clip.unsure || placed.clip.shows(point) && super::region::holds(scene.page, point);
                    *bits |= u16::from(shows) << column;
                }
            }
        }
    }

    /// Gives the pictures of which much is seen on no page: how many, the least part that is seen of one, the pages.
    pub(crate) fn cut(self) -> Option<(usize, f64, BTreeSet<u32>)> {
        let all = f64::from(GRID) * f64::from(GRID);
        let part = |cells: &Cells| f64::from(cells.rows.iter().map(|row| row.count_ones()).sum::<u32>()) / all;
        let cut: Vec<Cells> = self.0.into_values().filter(|cells| part(cells) <= 1.0 - MUCH).collect();
        let least = cut.iter().map(part).min_by(f64::total_cmp)?;
        Some((cut.len(), least, cut.into_iter().flat_map(|cells| cells.pages).collect()))
    }
}

/// Gives the upper left corners of what covers parts of a page's pictures.
pub(crate) fn covers(scene: &Scene) -> Vec<Point> {
    if !scene.shapes.iter().any(|shape| shape.kind == Kind::Image) {
        return Vec::new();
    }
    let candidates: Vec<&Shape> =
        scene.shapes.iter().filter(|shape| can_cover(shape) && is_on_picture(scene, shape)).take(MOST).collect();
    let beside = scene.glyphs.iter().filter(|glyph| {
        let style = &scene.styles[glyph.style as usize];
        let painted = style.mode != 3 && style.alpha > 0.05 && glyph.is_letter();
        painted && !candidates.iter().any(|shape| super::region::holds(shape.bounds, glyph.point(0.5, 0.3)))
    });
    let scan = scene.part_under_pictures() >= SCAN.0 && beside.take(SCAN.1).count() < SCAN.1;
    let hides = |shape: &&&Shape| {
        let (letters, things) = on_top(scene, shape);
        let narrow = shape.bounds.width().min(shape.bounds.height()) <= LABEL.1;
        if scan {
            letters == 0 || letters <= LABEL.0 && narrow
        } else {
            // Boxes of a design have words or pictures on them, and colours.
            letters == 0 && things == 0 && is_grey(shape.colour)
        }
    };
    candidates.iter().filter(hides).map(|shape| (shape.bounds.left, shape.bounds.top)).collect()
}

fn can_cover(shape: &Shape) -> bool {
    let (wide, high) = (shape.bounds.width(), shape.bounds.height());
    let broad = shape.region.pen().is_none_or(|width| width >= PEN);
    let size = wide.min(high) >= COVER.0 && wide.max(high) >= COVER.1;
    shape.opaque && shape.kind != Kind::Image && broad && size
}

fn is_on_picture(scene: &Scene, cover: &Shape) -> bool {
    let area = cover.bounds.width() * cover.bounds.height();
    scene.shapes.iter().take_while(|shape| shape.order < cover.order).any(|shape| {
        let shared = shape.bounds.shared(cover.bounds).filter(|_| shape.kind == Kind::Image);
        shared.is_some_and(|shared| shared.width() * shared.height() >= ON * area && !is_whole(shape, cover))
    })
}

/// Tells whether a cover is the ground of what comes after it rather than a cover: it lies around a small picture.
fn is_whole(picture: &Shape, cover: &Shape) -> bool {
    let area = |shape: &Shape| shape.bounds.width() * shape.bounds.height();
    area(cover) > 20.0 * area(picture)
}

/// Counts the letters and the other things that were painted onto a cover.
fn on_top(scene: &Scene, cover: &Shape) -> (usize, usize) {
    let letters = scene
        .glyphs
        .iter()
        .filter(|glyph| glyph.order > cover.order && glyph.is_letter() && cover.covers(glyph.point(0.5, 0.3)));
    let things = scene.shapes.iter().filter(|shape| {
        let bounds = shape.bounds;
        let middle = (f64::midpoint(bounds.left, bounds.right), f64::midpoint(bounds.bottom, bounds.top));
        let frame = shape.region.pen().is_some();
        shape.order > cover.order && !frame && !shape.colour.is_like(cover.colour) && cover.covers(middle)
    });
    (letters.take(LABEL.0 + 1).count(), things.take(1).count())
}

fn is_grey(colour: Colour) -> bool {
    match colour {
        Colour::Rgb([red, green, blue]) => red.max(green).max(blue) - red.min(green).min(blue) < 0.12,
        Colour::Ink(_) => false,
        Colour::Varied => true,
    }
}
