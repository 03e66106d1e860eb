//! Rectangles and transformations, in points.

/// A rectangle with its corners in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    /// Left edge.
    pub(crate) left: f64,
    /// Lower edge.
    pub(crate) bottom: f64,
    /// Right edge.
    pub(crate) right: f64,
    /// Upper edge.
    pub(crate) top: f64,
}

impl Rect {
    /// Makes a rectangle from any two opposite corners.
    pub(crate) fn new(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), bottom: a.1.min(b.1), right: a.0.max(b.0), top: a.1.max(b.1) }
    }

    /// Gives the width.
    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    /// Gives the height.
    pub(crate) fn height(self) -> f64 {
        self.top - self.bottom
    }

    /// Gives what two rectangles share, if anything.
    pub(crate) fn shared(self, other: Self) -> Option<Self> {
        let shared = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (shared.width() > 0.0 && shared.height() > 0.0).then_some(shared)
    }

    /// Gives the smallest rectangle around both.
    #[must_use]
    pub(crate) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }
}

/// A transformation as PDF writes it: `[a b c d e f]`, for points as rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f64; 6]);

impl Matrix {
    /// Leaves everything where it is.
    pub(crate) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Moves.
    pub(crate) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Enlarges or reduces.
    pub(crate) fn scale(x: f64, y: f64) -> Self {
        Self([x, 0.0, 0.0, y, 0.0, 0.0])
    }

    /// Does this first and `next` after it.
    #[must_use]
    pub(crate) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    /// Gives where a point comes to lie.
    pub(crate) fn point(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Gives the rectangle around where a rectangle comes to lie.
    pub(crate) fn rect(self, rect: Rect) -> Rect {
        let corners = [(rect.left, rect.top), (rect.right, rect.bottom), (rect.right, rect.top)];
        let first = self.point((rect.left, rect.bottom));
        corners.into_iter().fold(Rect::new(first, first), |around, corner| {
            let corner = self.point(corner);
            around.around(Rect::new(corner, corner))
        })
    }

    /// Gives the transformation back, where there is one.
    pub(crate) fn inverse(self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let det = a * d - b * c;
        if det.abs() < 1e-12 || !det.is_finite() {
            return None;
        }
        Some(Self([d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det]))
    }

    /// Writes the six numbers as a content stream holds them.
    pub(crate) fn written(self) -> String {
        self.0.map(number).join(" ")
    }
}

/// Writes a number as a content stream holds it: no exponent, no needless digits.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Rect, number};

    #[test]
    fn transforms() {
        let turn = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        let both = Matrix::scale(2.0, 3.0).then(turn).then(Matrix::shift(10.0, 0.0));
        assert_eq!(both.point((1.0, 1.0)), (7.0, 2.0));
        let back = both.inverse().expect("an inverse");
        let (x, y) = back.point((7.0, 2.0));
        assert!((x - 1.0).abs() < 1e-9 && (y - 1.0).abs() < 1e-9, "{x} {y}");
        assert_eq!(turn.rect(Rect::new((0.0, 0.0), (4.0, 2.0))), Rect::new((-2.0, 0.0), (0.0, 4.0)));
    }

    #[test]
    fn writes_numbers_plainly() {
        assert_eq!(["0.91667", "-3", "0", "0"], [0.916_666_7, -3.0, -0.000_001, f64::NAN].map(number)[..]);
    }
}
