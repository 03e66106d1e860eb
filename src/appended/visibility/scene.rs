//! What a page paints, in order: areas, pictures and glyphs.

use std::ops::Range;
use std::rc::Rc;

use super::colour::Colour;
use super::marks::Marks;
use super::pictures::Placed;
use super::region::{Clip, Point, Region, holds};
use crate::pdf::geometry::{Rect, number};

/// Areas kept of one page.
const MOST_SHAPES: usize = 200_000;
/// Points of outlines kept of one page.
const MOST_POINTS: usize = 2_000_000;
/// Glyphs kept of one page.
const MOST_GLYPHS: usize = 400_000;
/// Bytes of text kept of one page.
const MOST_TEXT: usize = 400_000;
/// Points on each side of the grid by which the part of a page under pictures is measured.
const GRID: u32 = 40;

/// What painted an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A filled path, a shading, or a stroke broad enough to hide something.
    Fill,
    /// A filled path with many corners or curves: likely a drawing or the outlines of letters.
    Drawing,
    /// A picture.
    Image,
}

/// An area that was painted.
#[derive(Debug)]
pub(crate) struct Shape {
    /// When: counted over everything that the page paints.
    pub(crate) order: u32,
    /// What painted it.
    pub(crate) kind: Kind,
    /// Where.
    pub(crate) region: Rc<Region>,
    /// What is left of it.
    pub(crate) clip: Clip,
    /// Rectangle around what is left of it.
    pub(crate) bounds: Rect,
    /// Its colour.
    pub(crate) colour: Colour,
    /// Whether nothing under it shows through.
    pub(crate) opaque: bool,
}

impl Shape {
    /// Tells whether a point was painted.
    pub(crate) fn covers(&self, point: Point) -> bool {
        holds(self.bounds, point) && self.region.contains(point) && self.clip.shows(point)
    }

    /// Gives what a test of a point costs.
    pub(crate) fn cost(&self) -> usize {
        self.region.points() + self.clip.points()
    }
}

/// How glyphs are painted.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    /// Colour.
    pub(crate) colour: Colour,
    /// Rendering mode (ISO 32000-1, table 106).
    pub(crate) mode: u8,
    /// How much they hide what is under them, from 0 to 1.
    pub(crate) alpha: f64,
    /// What shows of them.
    pub(crate) clip: Clip,
}

/// A glyph that was shown.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// When: counted over everything that the page paints.
    pub(crate) order: u32,
    /// Its style, among those of the page.
    pub(crate) style: u32,
    /// Its word, among those of the page.
    pub(crate) word: u32,
    /// What it stands for; none when nobody can tell, a space for white space.
    pub(crate) char: Option<char>,
    /// Where it begins on the line.
    pub(crate) origin: Point,
    /// Its width along the line.
    pub(crate) along: Point,
    /// One em upwards.
    pub(crate) up: Point,
    /// Bytes of the page's text that it stands for.
    pub(crate) text: Range<usize>,
}

impl Glyph {
    /// Gives a point of the glyph: along its width, and in em above the line.
    pub(crate) fn point(&self, along: f64, up: f64) -> Point {
        (self.origin.0 + self.along.0 * along + self.up.0 * up, self.origin.1 + self.along.1 * along + self.up.1 * up)
    }

    /// Gives the rectangle around the glyph.
    pub(crate) fn bounds(&self) -> Rect {
        Rect::new(self.point(0.0, -0.2), self.point(1.0, 0.75))
            .around(Rect::new(self.point(1.0, -0.2), self.point(0.0, 0.75)))
    }

    /// Gives its size in points.
    pub(crate) fn size(&self) -> f64 {
        self.up.0.hypot(self.up.1)
    }

    /// Tells whether it would show if nothing were in its way.
    pub(crate) fn is_ink(&self) -> bool {
        self.char.is_none_or(|char| !char.is_whitespace() && !is_unseen(char))
    }

    /// Tells whether it is a letter or a digit.
    pub(crate) fn is_letter(&self) -> bool {
        self.char.is_some_and(char::is_alphanumeric)
    }
}

/// Tells whether a character never shows: soft hyphens, joiners, marks of direction.
fn is_unseen(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{A0}')
}

/// A picture as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Picture {
    /// Width in points.
    pub(crate) width: f64,
    /// Height in points.
    pub(crate) height: f64,
    /// Dots per inch, in the direction that has fewer.
    pub(crate) dpi: f64,
}

/// Everything that a page paints.
#[derive(Debug)]
pub(crate) struct Scene {
    /// What a reader sees of the page, in points.
    pub(crate) page: Rect,
    /// Areas in order.
    pub(crate) shapes: Vec<Shape>,
    /// Glyphs in order.
    pub(crate) glyphs: Vec<Glyph>,
    /// Styles of glyphs.
    pub(crate) styles: Vec<Style>,
    /// Pictures that are large enough for their sharpness to matter.
    pub(crate) pictures: Vec<Picture>,
    /// Text in the order of the content.
    pub(crate) text: String,
    /// Number of words so far.
    pub(crate) words: u32,
    /// Whether something other than text and white was painted.
    pub(crate) inked: bool,
    /// Pictures as they were placed, whether they show or not.
    pub(crate) placed: Vec<Placed>,
    /// Upper left corners of pictures of which a mask keeps a part from view.
    pub(crate) masked: Vec<Point>,
    /// Marked contents.
    pub(crate) marks: Marks,
    /// Degrees clockwise by which a reader sees the page turned.
    pub(crate) turned: f64,
    /// Whether the page was too complex to be followed to its end.
    pub(crate) cut: bool,
    under_pictures: Vec<bool>,
    points: usize,
    order: u32,
}

impl Scene {
    /// Begins a page.
    pub(crate) fn new(page: Rect) -> Self {
        Self {
            page,
            shapes: Vec::new(),
            glyphs: Vec::new(),
            styles: Vec::new(),
            pictures: Vec::new(),
            text: String::new(),
            words: 0,
            inked: false,
            placed: Vec::new(),
            masked: Vec::new(),
            marks: Marks::default(),
            turned: 0.0,
            cut: false,
            under_pictures: vec![false; (GRID * GRID) as usize],
            points: 0,
            order: 0,
        }
    }

    fn next_order(&mut self) -> u32 {
        self.order = self.order.saturating_add(1);
        self.order
    }

    /// Paints an area.
    pub(crate) fn paint(&mut self, kind: Kind, region: Rc<Region>, clip: &Clip, colour: Colour, opaque: bool) {
        let order = self.next_order();
        let shown =
            clip.bounds.and_then(|bounds| bounds.shared(region.bounds())).and_then(|rect| rect.shared(self.page));
        let Some(bounds) = shown else { return };
        self.inked |= !colour.is_like(Colour::WHITE);
        self.points += region.points();
        if self.shapes.len() >= MOST_SHAPES || self.points > MOST_POINTS {
            self.cut = true;
            return;
        }
        let shape = Shape { order, kind, region, clip: clip.clone(), bounds, colour, opaque: opaque && !clip.unsure };
        if kind == Kind::Image {
            self.mark_picture(&shape);
        }
        if kind != Kind::Fill {
            self.marks.picture();
        }
        self.shapes.push(shape);
    }

    fn mark_picture(&mut self, shape: &Shape) {
        let (width, height) = (self.page.width() / f64::from(GRID), self.page.height() / f64::from(GRID));
        for row in 0..GRID {
            let y = self.page.bottom + (f64::from(row) + 0.5) * height;
            if y < shape.bounds.bottom || shape.bounds.top < y {
                continue;
            }
            for column in 0..GRID {
                let x = self.page.left + (f64::from(column) + 0.5) * width;
                let place = &mut self.under_pictures[(row * GRID + column) as usize];
                *place = *place || shape.covers((x, y));
            }
        }
    }

    /// Tells whether there is more text than is kept.
    pub(crate) fn has_more_text(&self) -> bool {
        self.text.len() >= MOST_TEXT
    }

    /// Gives the part of the page that pictures fill, from 0 to 1.
    pub(crate) fn part_under_pictures(&self) -> f64 {
        let marked = self.under_pictures.iter().filter(|marked| **marked).count();
        f64::from(u32::try_from(marked).unwrap_or(0)) / f64::from(GRID * GRID)
    }

    /// Shows a glyph; `text` is all that it stands for.
    pub(crate) fn show(&mut self, mut glyph: Glyph, text: Option<&str>) {
        glyph.order = self.next_order();
        let [x, y] = [glyph.origin, glyph.along].map(|point| point.0 + point.1);
        if !(x + y + glyph.up.0 + glyph.up.1).is_finite() {
            return;
        }
        if self.glyphs.len() >= MOST_GLYPHS {
            self.cut = true;
            return;
        }
        self.separate(&glyph);
        if text.is_some_and(|text| text.chars().all(char::is_whitespace)) {
            glyph.char = Some(' ');
        }
        glyph.word = self.words;
        let start = self.text.len();
        if start < MOST_TEXT {
            self.text.push_str(text.unwrap_or("\u{FFFD}"));
        }
        glyph.text = start..self.text.len();
        if glyph.char == Some(' ') {
            self.words += 1;
        }
        self.glyphs.push(glyph);
    }

    /// Begins a new word or line where a glyph does not follow the last one closely.
    fn separate(&mut self, glyph: &Glyph) {
        let Some(last) = self.glyphs.last() else { return };
        let end = last.point(1.0, 0.0);
        let size = last.size().max(glyph.size()).max(1e-6);
        let length = last.along.0.hypot(last.along.1);
        let along = if length > 1e-9 {
            (last.along.0 / length, last.along.1 / length)
        } else {
            (last.up.1 / last.size().max(1e-9), -last.up.0 / last.size().max(1e-9))
        };
        let way = (glyph.origin.0 - end.0, glyph.origin.1 - end.1);
        let ahead = way.0 * along.0 + way.1 * along.1;
        let aside = (way.1 * along.0 - way.0 * along.1).abs();
        let separator = if aside > 0.5 * size || ahead < -2.0 * size {
            '\n'
        } else if ahead > 0.16 * size || ahead < -0.5 * size {
            ' '
        } else {
            return;
        };
        self.words += 1;
        let closed = self.text.ends_with(char::is_whitespace) && separator == ' ';
        if !closed && self.text.len() < MOST_TEXT {
            self.text.push(separator);
        }
    }

    /// Notes where a picture was placed.
    pub(crate) fn note_placed(&mut self, placed: Placed) {
        if self.placed.len() < 10_000 {
            self.placed.push(placed);
        }
    }

    /// Gives where a point is for a reader: centimetres from the left and from the top.
    pub(crate) fn seen_at(&self, (x, y): Point) -> (f64, f64) {
        let (left, bottom) = (x - self.page.left, y - self.page.bottom);
        let (wide, high) = (self.page.width(), self.page.height());
        let (x, y) = match self.turned {
            turned if turned < 45.0 => (left, high - bottom),
            turned if turned < 135.0 => (bottom, left),
            turned if turned < 225.0 => (wide - left, bottom),
            _ => (high - bottom, wide - left),
        };
        (x / 72.0 * 2.54, y / 72.0 * 2.54)
    }

    /// Notes how sharp a picture is shown.
    pub(crate) fn note_picture(&mut self, picture: Picture) {
        if self.pictures.len() < 10_000 {
            self.pictures.push(picture);
        }
    }
}

/// Writes a size in whole centimetres, from points.
pub(crate) fn centimetres(points: f64) -> String {
    number((points / 72.0 * 2.54).round())
}
