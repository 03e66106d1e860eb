//! Finds text that nobody sees and everybody can copy.

use std::collections::HashMap;

use lopdf::Document;

use super::budget::Budget;
use super::colour::Colour;
use super::index::Index;
use super::region::Point;
use super::scan;
use super::scene::{Glyph, Kind, Scene, Shape};

/// Least part of a glyph that must be covered for it to be hidden.
const COVERED: f64 = 0.6;
/// Size in points under which nobody can read.
const TINY: f64 = 1.0;
/// Least part of a page that a picture must fill to be a scan, whose text may lie under it.
const SCAN: f64 = 0.5;
/// Least width of a strip of a scan, as part of the page.
const STRIP: f64 = 0.7;
/// Where glyphs are tested: along their width, and in em above the line.
const SPOTS: [(f64, f64); 15] = [
    (0.1, 0.08),
    (0.3, 0.08),
    (0.5, 0.08),
    (0.7, 0.08),
    (0.9, 0.08),
    (0.1, 0.3),
    (0.3, 0.3),
    (0.5, 0.3),
    (0.7, 0.3),
    (0.9, 0.3),
    (0.1, 0.52),
    (0.3, 0.52),
    (0.5, 0.52),
    (0.7, 0.52),
    (0.9, 0.52),
];

/// Why nobody sees a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reason {
    /// It lies under filled shapes.
    Shape,
    /// It lies under pictures.
    Picture,
    /// It has the colour of what is behind it.
    Colour,
    /// It is set not to be painted.
    Invisible,
    /// It is the text of a picture that shows nothing there.
    Unshown,
    /// It lies outside the visible part of the page.
    Outside,
    /// It is cut off by clipping.
    Clipped,
    /// It is too small.
    Tiny,
}

impl Reason {
    /// Tells whether it ran off an edge: of the page, or of what was left of it.
    pub(crate) fn is_of_an_edge(self) -> bool {
        matches!(self, Self::Outside | Self::Clipped)
    }
}

/// Hidden words of a page.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    /// Words by reason, in the order of the content, each with the place where it begins.
    pub(crate) words: HashMap<Reason, Vec<(String, Point)>>,
    /// Whether any text can be seen.
    pub(crate) seen: bool,
}

/// Finds the hidden words of a page.
pub(crate) fn hidden(pdf: &Document, scene: &mut Scene, budget: &mut Budget) -> Hidden {
    let index = Index::new(scene);
    let mut judge = Judge { scene, index, budget, cut: false };
    let mut recognised = Vec::new();
    let mut reasons: Vec<_> = judge.scene.glyphs.iter().map(|_| None).collect();
    for (number, place) in reasons.iter_mut().enumerate() {
        let glyph = &judge.scene.glyphs[number];
        if glyph.is_ink() {
            match judge.sight(glyph) {
                Sight::Seen => {}
                Sight::Hidden(reason) => *place = Some(reason),
                Sight::Recognised => recognised.push(number),
            }
        }
        if judge.cut {
            break;
        }
    }
    let mut cut = judge.cut;
    if !cut && !recognised.is_empty() {
        for number in scan::unseen(pdf, scene, &recognised, budget) {
            reasons[number] = Some(Reason::Unshown);
        }
        cut = budget.is_out_of_dots();
    }
    scene.cut |= cut;
    if cut {
        return Hidden { words: HashMap::new(), seen: true };
    }
    forget_doubles(scene, &mut reasons);
    let seen = scene.glyphs.iter().zip(&reasons).any(|(glyph, reason)| reason.is_none() && glyph.is_ink());
    Hidden { words: words(scene, &reasons), seen }
}

/// What a reader sees of a glyph.
enum Sight {
    Seen,
    Hidden(Reason),
    /// It is text of a scan: what the picture shows is seen in its place.
    Recognised,
}

impl From<Option<Reason>> for Sight {
    fn from(reason: Option<Reason>) -> Self {
        reason.map_or(Self::Seen, Self::Hidden)
    }
}

struct Judge<'a> {
    scene: &'a Scene,
    index: Index,
    budget: &'a mut Budget,
    cut: bool,
}

impl Judge<'_> {
    fn sight(&mut self, glyph: &Glyph) -> Sight {
        let style = &self.scene.styles[glyph.style as usize];
        let bounds = glyph.bounds();
        if bounds.width() > 0.0 && bounds.height() > 0.0 && bounds.shared(self.scene.page).is_none() {
            return Sight::Hidden(Reason::Outside);
        }
        let spots = SPOTS.map(|(along, up)| glyph.point(along, up));
        if !style.clip.unsure && !spots.iter().any(|spot| style.clip.shows(*spot)) {
            return Sight::Hidden(Reason::Clipped);
        }
        if glyph.size() < TINY && glyph.along.0.hypot(glyph.along.1) < TINY {
            return Sight::Hidden(Reason::Tiny);
        }
        let near = self.index.at(spots[7]);
        if style.mode == 7 && near.iter().any(|number| self.shines_through(glyph, *number)) {
            return Sight::Seen;
        }
        if matches!(style.mode, 3 | 7) || style.alpha < 0.05 {
            return self.unpainted(glyph, &near, spots[7]);
        }
        match self.cover(glyph, &spots, &near) {
            Sight::Seen => self.same_colour(glyph, style.colour, &near, &spots).into(),
            covered => covered,
        }
    }

    fn shape(&mut self, number: u32) -> &Shape {
        let shape = &self.scene.shapes[number as usize];
        self.cut |= !self.budget.compare(shape.cost());
        shape
    }

    /// Tells whether what is painted later may be seen through a glyph that only clips (ISO 32000-1, 9.3.6): how far it
    /// clips is not followed, so that whatever is painted within such a clip and touches the glyph counts.
    fn shines_through(&mut self, glyph: &Glyph, number: u32) -> bool {
        let shape = self.shape(number);
        shape.order > glyph.order && shape.clip.unsure && shape.bounds.shared(glyph.bounds()).is_some()
    }

    /// Tells whether a glyph lies under what was painted after it.
    fn cover(&mut self, glyph: &Glyph, spots: &[Point; 15], near: &[u32]) -> Sight {
        let mut under = [None; 15];
        let (scene, size) = (self.scene, glyph.size());
        for number in near {
            let shape = &scene.shapes[*number as usize];
            if shape.order < glyph.order {
                break;
            }
            if !shape.opaque || under.iter().all(Option::is_some) {
                continue;
            }
            self.cut |= !self.budget.compare(1 + shape.cost());
            // Letters drawn as outlines over the same letters as text are no cover: they leave gaps.
            let letter =
                shape.kind == Kind::Drawing && shape.bounds.height() < 1.5 * size && shape.bounds.width() < 60.0 * size;
            if letter && !spots.iter().all(|spot| shape.covers(*spot)) {
                continue;
            }
            for (place, spot) in under.iter_mut().zip(spots) {
                if place.is_none() && shape.covers(*spot) {
                    self.cut |= !self.budget.compare(shape.cost());
                    *place = Some(shape);
                }
            }
        }
        let covered = under.iter().flatten().count();
        let part = f64::from(u32::try_from(covered).unwrap_or(0)) / 15.0;
        if part < COVERED {
            return Sight::Seen;
        }
        let pictures = under.iter().flatten().filter(|shape| shape.kind == Kind::Image);
        if pictures.clone().any(|shape| self.is_scan(shape)) {
            return Sight::Recognised;
        }
        Sight::Hidden(if pictures.count() * 2 > covered { Reason::Picture } else { Reason::Shape })
    }

    fn is_scan(&self, shape: &Shape) -> bool {
        let page = self.scene.page;
        let area = shape.bounds.width() * shape.bounds.height() / (page.width() * page.height());
        let strip = shape.bounds.width() > STRIP * page.width() || shape.bounds.height() > STRIP * page.height();
        area >= SCAN || strip && self.scene.part_under_pictures() >= STRIP
    }

    /// Tells whether text that is not painted is more than the text of a scan or of a drawing.
    fn unpainted(&mut self, glyph: &Glyph, near: &[u32], spot: Point) -> Sight {
        let bounds = glyph.bounds();
        for number in near {
            let shape = self.shape(*number);
            let touches = shape.bounds.shared(bounds).is_some();
            match shape.kind {
                Kind::Image if shape.covers(spot) => return Sight::Recognised,
                Kind::Drawing if touches => return Sight::Seen,
                // Filled after the scan was painted: its text was meant to go.
                Kind::Fill if shape.opaque && shape.covers(spot) => {
                    let (order, colour) = (shape.order, shape.colour);
                    return match colour {
                        _ if self.scan_under(near, order, spot) => Sight::Hidden(Reason::Shape),
                        // A picture that has hardly anything on it.
                        Colour::Varied => Sight::Recognised,
                        _ => Sight::Hidden(Reason::Invisible),
                    };
                }
                _ => {}
            }
        }
        Sight::Hidden(Reason::Invisible)
    }

    fn scan_under(&mut self, near: &[u32], order: u32, spot: Point) -> bool {
        near.iter().any(|number| {
            let shape = self.shape(*number);
            shape.kind == Kind::Image && shape.order < order && shape.covers(spot)
        })
    }

    /// Tells whether a glyph has the colour of all that is behind it.
    fn same_colour(&mut self, glyph: &Glyph, colour: Colour, near: &[u32], spots: &[Point; 15]) -> Option<Reason> {
        let on_paper = colour.is_like(Colour::WHITE);
        let before = |shape: &Shape| shape.order < glyph.order;
        let shapes = &self.scene.shapes;
        let alike = near.iter().map(|number| &shapes[*number as usize]);
        if !on_paper && !alike.clone().any(|shape| before(shape) && shape.colour.is_like(colour)) {
            return None;
        }
        // What is mixed with it later may bring it to light.
        if alike.clone().any(|shape| !before(shape) && !shape.opaque && shape.covers(spots[7])) {
            return None;
        }
        let tested = [spots[1], spots[3], spots[5], spots[7], spots[9], spots[11], spots[13]];
        for spot in tested {
            let mut behind = Colour::WHITE;
            for shape in alike.clone().filter(|shape| before(shape)) {
                self.cut |= !self.budget.compare(1 + shape.cost());
                if shape.covers(spot) {
                    behind = shape.colour;
                    break;
                }
            }
            if !behind.is_like(colour) {
                return None;
            }
        }
        Some(Reason::Colour)
    }
}

/// Takes back what is said of glyphs that stand in the same place once more, to be seen.
fn forget_doubles(scene: &Scene, reasons: &mut [Option<Reason>]) {
    if reasons.iter().all(Option::is_none) {
        return;
    }
    let cell = |glyph: &Glyph| {
        let (x, y) = glyph.point(0.5, 0.3);
        #[expect(clippy::cast_possible_truncation, reason = "casts of floats to integers saturate")]
        ((x / 8.0).floor() as i64, (y / 8.0).floor() as i64)
    };
    let mut seen: HashMap<_, Vec<&Glyph>> = HashMap::new();
    for (glyph, reason) in scene.glyphs.iter().zip(reasons.iter()) {
        let all = seen.entry((cell(glyph), glyph.char)).or_default();
        if reason.is_none() && glyph.is_ink() && all.len() < 64 {
            all.push(glyph);
        }
    }
    for (glyph, reason) in scene.glyphs.iter().zip(reasons.iter_mut()).filter(|(_, reason)| reason.is_some()) {
        let (column, row) = cell(glyph);
        let (x, y) = glyph.point(0.5, 0.3);
        let around = (-1..=1).flat_map(|a| (-1..=1).map(move |b| (column.saturating_add(a), row.saturating_add(b))));
        let double = around.filter_map(|cell| seen.get(&(cell, glyph.char))).flatten().any(|other| {
            let (other_x, other_y) = other.point(0.5, 0.3);
            (other_x - x).hypot(other_y - y) < 0.4 * glyph.size()
        });
        if double {
            *reason = None;
        }
    }
}

/// Tells whether two glyphs stand at almost the same place of the same line.
fn on_one_line(first: &Glyph, other: &Glyph) -> bool {
    let (x, y) = (other.origin.0 - first.origin.0, other.origin.1 - first.origin.1);
    let size = first.size().max(1e-6);
    let above = (x * first.up.0 + y * first.up.1).abs() / size;
    above < 0.4 * size && x.hypot(y) < 2.0 * size
}

/// Gathers hidden glyphs into words; those that stand in the same place once more to be seen are left out.
fn words(scene: &Scene, reasons: &[Option<Reason>]) -> HashMap<Reason, Vec<(String, Point)>> {
    let pairs: Vec<_> = scene.glyphs.iter().zip(reasons).filter(|(glyph, _)| glyph.is_ink()).collect();
    let spelled = |word: &[(&Glyph, &Option<Reason>)]| -> String {
        word.iter().map(|(glyph, _)| glyph.char.unwrap_or('\u{FFFD}')).collect()
    };
    let by_word = || pairs.chunk_by(|a, b| a.0.word == b.0.word);
    if reasons.iter().all(Option::is_none) {
        return HashMap::new();
    }
    let mut seen: HashMap<String, Vec<&Glyph>> = HashMap::new();
    for word in by_word().filter(|word| word.iter().all(|(_, reason)| reason.is_none())) {
        let places = seen.entry(spelled(word).to_lowercase()).or_default();
        if places.len() < 64 {
            places.push(word[0].0);
        }
    }
    let mut found: HashMap<Reason, Vec<(String, Point)>> = HashMap::new();
    for word in by_word() {
        let hidden: Vec<_> = word.iter().copied().filter(|(_, reason)| reason.is_some()).collect();
        let Some(&(first, &Some(reason))) = hidden.first() else { continue };
        let letters = hidden.iter().filter(|(glyph, _)| glyph.is_letter() || glyph.char.is_none()).count();
        // What runs off an edge is seen to be cut; only whole words are hidden there.
        let edge = reason.is_of_an_edge();
        let enough = letters > 0 && (letters >= 2 && !edge || hidden.len() == word.len());
        let near = |other: &&Glyph| on_one_line(first, other);
        let double = || seen.get(&spelled(word).to_lowercase()).is_some_and(|places| places.iter().any(near));
        if enough && !double() {
            found.entry(reason).or_default().push((spelled(&hidden), first.origin));
        }
    }
    found
}
