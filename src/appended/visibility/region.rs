//! Areas of a page: rectangles, outlines, and what clipping leaves of them.

use std::rc::Rc;

use crate::pdf::geometry::{Matrix, Rect};

/// Straight pieces that stand for a curve.
const PIECES: u32 = 6;
/// Points of one outline; what comes after them is left out.
const MOST_POINTS: usize = 100_000;
/// Outlines that may clip each other before their meeting is no longer followed.
const MOST_CLIPS: usize = 12;
/// How far from straight an edge may be and still bound a rectangle, in points.
const SLANT: f64 = 0.05;

/// A point of a page.
pub(crate) type Point = (f64, f64);

/// Tells whether a point lies in a rectangle.
pub(crate) fn holds(rect: Rect, (x, y): Point) -> bool {
    rect.left <= x && x <= rect.right && rect.bottom <= y && y <= rect.top
}

/// An area.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Region {
    /// Upright rectangle.
    Rect(Rect),
    /// Outlines, and whether they are filled by the even-odd rule.
    Outline(Vec<Vec<Point>>, bool, Rect),
    /// What a pen paints that goes along these points: all that is no farther from its way than half its width.
    Band(Vec<Point>, f64, Rect),
}

impl Region {
    /// Makes an area from outlines.
    pub(crate) fn new(outlines: Vec<Vec<Point>>, even_odd: bool) -> Option<Self> {
        let bounds = bounds(outlines.iter().flatten())?;
        match &outlines[..] {
            [only] if is_rectangle(only) => Some(Self::Rect(bounds)),
            _ => Some(Self::Outline(outlines, even_odd, bounds)),
        }
    }

    /// Gives what a pen of a width paints along a way.
    pub(crate) fn band(way: Vec<Point>, width: f64) -> Option<Self> {
        let (half, around) = (width / 2.0, bounds(way.iter())?);
        let (left, bottom) = (around.left - half, around.bottom - half);
        let bounds = Rect { left, bottom, right: around.right + half, top: around.top + half };
        (half.is_finite() && way.len() > 1).then_some(Self::Band(way, half, bounds))
    }

    /// Gives the width of the pen that painted it, where one did.
    pub(crate) fn pen(&self) -> Option<f64> {
        match self {
            Self::Band(_, half, _) => Some(half * 2.0),
            _ => None,
        }
    }

    /// Gives where a rectangle comes to lie.
    pub(crate) fn placed(rect: Rect, matrix: Matrix) -> Option<Self> {
        let corners =
            [(rect.left, rect.bottom), (rect.right, rect.bottom), (rect.right, rect.top), (rect.left, rect.top)];
        Self::new(vec![corners.map(|corner| matrix.point(corner)).to_vec()], false)
    }

    /// Gives the rectangle around it.
    pub(crate) fn bounds(&self) -> Rect {
        match self {
            Self::Rect(rect) | Self::Outline(_, _, rect) | Self::Band(_, _, rect) => *rect,
        }
    }

    /// Gives the number of points of its outlines.
    pub(crate) fn points(&self) -> usize {
        match self {
            Self::Rect(_) => 1,
            Self::Outline(outlines, ..) => outlines.iter().map(Vec::len).sum(),
            Self::Band(way, ..) => way.len(),
        }
    }

    /// Tells whether a point lies in it.
    pub(crate) fn contains(&self, point: Point) -> bool {
        match self {
            Self::Rect(rect) => holds(*rect, point),
            Self::Outline(outlines, even_odd, bounds) => {
                let winding: i64 = outlines.iter().map(|outline| winding(outline, point, *even_odd)).sum();
                holds(*bounds, point) && if *even_odd { winding % 2 != 0 } else { winding != 0 }
            }
            Self::Band(way, half, bounds) => {
                holds(*bounds, point) && way.windows(2).any(|step| distance(point, step[0], step[1]) <= *half)
            }
        }
    }

    /// Gives the parts whose union it is: several rectangles drawn as one path come apart.
    pub(crate) fn parts(self) -> Vec<Self> {
        match self {
            Self::Outline(outlines, false, _) if outlines.len() > 1 && one_way_rectangles(&outlines) => {
                outlines.into_iter().filter_map(|outline| Self::new(vec![outline], false)).collect()
            }
            whole => vec![whole],
        }
    }
}

fn bounds<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Rect> {
    let around = points.map(|point| Rect::new(*point, *point)).reduce(Rect::around)?;
    [around.left, around.right, around.bottom, around.top].iter().all(|edge| edge.is_finite()).then_some(around)
}

/// Gives how far a point is from a straight piece.
fn distance((x, y): Point, from: Point, to: Point) -> f64 {
    let (along, up) = (to.0 - from.0, to.1 - from.1);
    let length = along * along + up * up;
    let part = if length > 0.0 { (((x - from.0) * along + (y - from.1) * up) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x - from.0 - part * along).hypot(y - from.1 - part * up)
}

fn is_rectangle(outline: &[Point]) -> bool {
    let closed = outline.len() == 5 && outline[0] == outline[4];
    let straight = |(a, b): (usize, usize)| {
        let (from, to) = (outline[a], outline[b]);
        ((from.0 - to.0).abs() < SLANT, (from.1 - to.1).abs() < SLANT)
    };
    (outline.len() == 4 || closed) && {
        let sides = [(0, 1), (1, 2), (2, 3), (3, 0)].map(straight);
        sides[0].0 && sides[1].1 && sides[2].0 && sides[3].1 || sides[0].1 && sides[1].0 && sides[2].1 && sides[3].0
    }
}

fn one_way_rectangles(outlines: &[Vec<Point>]) -> bool {
    let turns = |outline: &Vec<Point>| {
        let [a, b, c] = [outline[0], outline[1], outline[2]];
        (b.0 - a.0) * (c.1 - b.1) - (b.1 - a.1) * (c.0 - b.0) > 0.0
    };
    outlines.iter().all(|outline| is_rectangle(outline)) && {
        let first = turns(&outlines[0]);
        outlines.iter().all(|outline| turns(outline) == first)
    }
}

/// Counts how often an outline goes around a point; by the even-odd rule, its crossings.
fn winding(outline: &[Point], (x, y): Point, even_odd: bool) -> i64 {
    let mut count = 0;
    let mut from = outline.last().copied().unwrap_or_default();
    for &to in outline {
        let crosses = (from.1 <= y) != (to.1 <= y);
        if crosses && from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0) > x {
            count += if even_odd || to.1 > from.1 { 1 } else { -1 };
        }
        from = to;
    }
    count
}

/// What clipping leaves of a page.
#[derive(Debug, Clone)]
pub(crate) struct Clip {
    /// Rectangle outside of which nothing shows; none when nothing shows at all.
    pub(crate) bounds: Option<Rect>,
    outlines: Rc<Vec<Rc<Region>>>,
    /// Whether less may show than is known here.
    pub(crate) unsure: bool,
}

impl Clip {
    /// Shows a rectangle.
    pub(crate) fn new(bounds: Rect) -> Self {
        Self { bounds: Some(bounds), outlines: Rc::default(), unsure: false }
    }

    /// Shows only what also lies in an area; nothing when there is none.
    pub(crate) fn narrow(&mut self, region: Option<Region>) {
        let Some(region) = region else {
            self.bounds = None;
            return;
        };
        self.bounds = self.bounds.and_then(|bounds| bounds.shared(region.bounds()));
        if matches!(region, Region::Rect(_)) {
            return;
        }
        if self.outlines.len() >= MOST_CLIPS {
            self.unsure = true;
            return;
        }
        Rc::make_mut(&mut self.outlines).push(Rc::new(region));
    }

    /// Tells whether a point shows.
    pub(crate) fn shows(&self, point: Point) -> bool {
        self.bounds.is_some_and(|bounds| holds(bounds, point))
            && self.outlines.iter().all(|region| region.contains(point))
    }

    /// Gives the number of points of its outlines.
    pub(crate) fn points(&self) -> usize {
        self.outlines.iter().map(|region| region.points()).sum()
    }

    /// Gives the area that shows, by its last outline.
    pub(crate) fn region(&self) -> Option<Rc<Region>> {
        self.outlines.last().cloned().or_else(|| self.bounds.map(|bounds| Rc::new(Region::Rect(bounds))))
    }
}

/// A path under construction, in the space of the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path {
    /// Outlines so far.
    pub(crate) outlines: Vec<Vec<Point>>,
    points: usize,
    /// Whether curves are in it.
    pub(crate) curved: bool,
    /// Whether it had more points than are kept.
    pub(crate) cut: bool,
}

impl Path {
    /// Begins an outline.
    pub(crate) fn start(&mut self, point: Point) {
        if self.room() {
            self.outlines.push(vec![point]);
        }
    }

    /// Goes straight to a point.
    pub(crate) fn line(&mut self, point: Point) {
        if !self.room() {
            return;
        }
        match self.outlines.last_mut() {
            Some(outline) => outline.push(point),
            None => self.outlines.push(vec![point]),
        }
    }

    /// Goes to a point along a curve.
    pub(crate) fn curve(&mut self, first: Point, second: Point, end: Point) {
        let start = self.outlines.last().and_then(|outline| outline.last()).copied().unwrap_or(first);
        self.curved = true;
        for piece in 1..=PIECES {
            let t = f64::from(piece) / f64::from(PIECES);
            let s = 1.0 - t;
            let mix = |a: f64, b: f64, c: f64, d: f64| {
                s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
            };
            self.line((mix(start.0, first.0, second.0, end.0), mix(start.1, first.1, second.1, end.1)));
        }
    }

    /// Closes the last outline.
    pub(crate) fn close(&mut self) {
        if let Some(outline) = self.outlines.last_mut()
            && let (Some(&first), Some(&last)) = (outline.first(), outline.last())
            && first != last
        {
            outline.push(first);
        }
    }

    fn room(&mut self) -> bool {
        self.points += 1;
        self.cut |= self.points > MOST_POINTS;
        !self.cut
    }
}

#[cfg(test)]
mod tests {
    use super::{Clip, Path, Region};
    use crate::pdf::geometry::{Matrix, Rect};

    fn square(left: f64, side: f64) -> Vec<(f64, f64)> {
        vec![(left, left), (left + side, left), (left + side, left + side), (left, left + side)]
    }

    #[test]
    fn knows_rectangles_from_other_outlines() {
        assert!(matches!(Region::new(vec![square(0.0, 9.0)], false), Some(Region::Rect(_))));
        let turned = Matrix([0.7, 0.7, -0.7, 0.7, 0.0, 0.0]);
        let turned = Region::placed(Rect::new((0.0, 0.0), (9.0, 9.0)), turned).expect("an area");
        assert!(turned.contains((0.0, 6.0)) && !turned.contains((5.0, 1.0)));
        assert!(Region::new(vec![vec![(f64::NAN, f64::INFINITY)]], false).is_none());
    }

    #[test]
    fn leaves_holes_open() {
        let frame = vec![square(0.0, 9.0), square(3.0, 3.0)];
        let even_odd = Region::new(frame.clone(), true).expect("an area");
        assert!(even_odd.contains((1.0, 1.0)) && !even_odd.contains((4.0, 4.0)));
        let filled = Region::new(frame.clone(), false).expect("an area");
        assert!(filled.contains((4.0, 4.0)));
        assert_eq!(filled.parts().len(), 2);
        let back: Vec<_> = frame[1].iter().rev().copied().collect();
        let hollow = Region::new(vec![frame[0].clone(), back], false).expect("an area");
        assert!(!hollow.contains((4.0, 4.0)));
        assert_eq!(hollow.parts().len(), 1);
    }

    #[test]
    fn follows_a_pen() {
        let band = Region::band(vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], 4.0).expect("an area");
        assert!(band.contains((5.0, 1.9)) && band.contains((11.9, 5.0)) && band.contains((11.0, -1.0)));
        assert!(!band.contains((5.0, 2.1)) && !band.contains((5.0, 5.0)));
        assert_eq!(band.pen(), Some(4.0));
    }

    #[test]
    fn clips() {
        let mut clip = Clip::new(Rect::new((0.0, 0.0), (10.0, 10.0)));
        clip.narrow(Region::new(vec![vec![(0.0, 0.0), (10.0, 0.0), (0.0, 10.0)]], false));
        assert!(clip.shows((2.0, 2.0)) && !clip.shows((9.0, 9.0)));
        clip.narrow(None);
        assert!(!clip.shows((2.0, 2.0)));
    }

    #[test]
    fn follows_curves() {
        let mut path = Path::default();
        path.start((0.0, 0.0));
        path.curve((0.0, 10.0), (10.0, 10.0), (10.0, 0.0));
        let region = Region::new(path.outlines, false).expect("an area");
        assert!(region.contains((5.0, 7.0)) && !region.contains((5.0, 8.0)));
    }
}
