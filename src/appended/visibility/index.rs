//! Finds the areas at a place of a page without going through all of them.

use super::region::Point;
use super::scene::Scene;
use crate::pdf::geometry::Rect;

/// Cells on each side.
const CELLS: usize = 32;
/// Cells of a row and a column together from which an area counts as large.
const LARGE: usize = 24;

/// The areas of a page by place.
pub(crate) struct Index {
    page: Rect,
    cells: Vec<Vec<u32>>,
    large: Vec<u32>,
}

impl Index {
    /// Sorts the areas of a page in.
    pub(crate) fn new(scene: &Scene) -> Self {
        let mut index = Self { page: scene.page, cells: vec![Vec::new(); CELLS * CELLS], large: Vec::new() };
        for (number, shape) in (0..).zip(&scene.shapes) {
            let (left, bottom) = index.cell((shape.bounds.left, shape.bounds.bottom));
            let (right, top) = index.cell((shape.bounds.right, shape.bounds.top));
            if right - left + top - bottom >= LARGE {
                index.large.push(number);
                continue;
            }
            for row in bottom..=top {
                for column in left..=right {
                    index.cells[row * CELLS + column].push(number);
                }
            }
        }
        index
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "clamped")]
    fn cell(&self, (x, y): Point) -> (usize, usize) {
        let place = |at: f64, from: f64, size: f64| ((at - from) / size * CELLS as f64).clamp(0.0, (CELLS - 1) as f64);
        (place(x, self.page.left, self.page.width()) as usize, place(y, self.page.bottom, self.page.height()) as usize)
    }

    /// Gives the areas that may be at a place, the last ones first.
    pub(crate) fn at(&self, point: Point) -> Vec<u32> {
        let (column, row) = self.cell(point);
        let mut found = [&self.large[..], &self.cells[row * CELLS + column][..]].concat();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }
}
