//! How much work a drawing is: a few lines can ask for millions of shapes, or for effects over millions of dots.

use std::collections::HashMap;

use usvg::filter::{Filter, Kind};
use usvg::{ClipPath, Group, ImageKind, Mask, Node, Paint, Path, Tree};

use super::Unusable;

/// Shapes that a drawing may show, those of patterns counted as often as they are used.
const MOST_SHAPES: u64 = 500_000;
/// Parts that may lie inside each other.
const DEEPEST: u64 = 400;
/// Dots that effects such as blurs and shadows may work on, counted once for each effect.
const MOST_DOTS: u64 = 100_000_000;
/// Dots to the point at which the typesetter draws effects, and most dots that it draws across.
const FINE: f32 = 4.0;
const MOST_ACROSS: f32 = 5000.0;
/// Longest side in points at which a drawing is printed.
const LONGEST: f32 = 770.0;

/// Refuses a drawing that is more work than any that was made in good faith.
pub(super) fn bounded(tree: &Tree) -> Result<(), Unusable> {
    let longest = tree.size().width().max(tree.size().height());
    let weight = Scale { dots: FINE * LONGEST / longest, known: HashMap::new() }.group(tree.root());
    let too_much = |what: &'static str| Err(Unusable::TooMuch(what.into()));
    if weight.shapes > MOST_SHAPES {
        return too_much("500,000 shapes or more, those of patterns counted wherever they are used");
    }
    if weight.depth > DEEPEST {
        return too_much("parts too deep inside each other");
    }
    if weight.dots > MOST_DOTS {
        return too_much("blurs, shadows and other effects over too large a part of it");
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    shapes: u64,
    depth: u64,
    dots: u64,
}

impl Weight {
    fn and(self, other: Self) -> Self {
        Self {
            shapes: self.shapes.saturating_add(other.shapes),
            depth: self.depth.max(other.depth),
            dots: self.dots.saturating_add(other.dots),
        }
    }
}

/// Weighs parts; those that are used often are weighed once.
struct Scale {
    /// Dots to the unit of the drawing at which effects are drawn.
    dots: f32,
    known: HashMap<*const Group, Weight>,
}

impl Scale {
    fn group(&mut self, group: &Group) -> Weight {
        let key = std::ptr::from_ref(group);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut weight = group.children().iter().fold(Weight::default(), |sum, node| sum.and(self.node(node)));
        weight = group.clip_path().map_or(weight, |clip| weight.and(self.clip(clip)));
        weight = group.mask().map_or(weight, |mask| weight.and(self.mask(mask)));
        for filter in group.filters() {
            let area = group.abs_layer_bounding_box();
            weight = weight.and(self.filter(filter, area.width(), area.height()));
        }
        weight.depth += 1;
        weight.shapes = weight.shapes.saturating_add(1);
        self.known.insert(key, weight);
        weight
    }

    fn node(&mut self, node: &Node) -> Weight {
        match node {
            Node::Group(group) => self.group(group),
            Node::Path(path) => self.path(path),
            Node::Text(text) => self.group(text.flattened()),
            Node::Image(image) => match image.kind() {
                ImageKind::SVG(tree) => self.group(tree.root()),
                _ => Weight { shapes: 1, ..Weight::default() },
            },
        }
    }

    fn path(&mut self, path: &Path) -> Weight {
        let paints = path.fill().map(usvg::Fill::paint).into_iter().chain(path.stroke().map(usvg::Stroke::paint));
        let shape = Weight { shapes: 1, ..Weight::default() };
        paints.fold(shape, |sum, paint| match paint {
            Paint::Pattern(pattern) => sum.and(self.group(pattern.root())),
            _ => sum,
        })
    }

    fn clip(&mut self, clip: &ClipPath) -> Weight {
        let weight = self.group(clip.root());
        clip.clip_path().map_or(weight, |clip| weight.and(self.clip(clip)))
    }

    fn mask(&mut self, mask: &Mask) -> Weight {
        let weight = self.group(mask.root());
        mask.mask().map_or(weight, |mask| weight.and(self.mask(mask)))
    }

    /// Weighs an effect over an area of the drawing.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 5,000")]
    fn filter(&mut self, filter: &Filter, width: f32, height: f32) -> Weight {
        let scale = self.dots.min(MOST_ACROSS / width).min(MOST_ACROSS / height);
        let across = |length: f32| (length * scale).clamp(1.0, MOST_ACROSS) as u64;
        let area = across(width) * across(height);
        filter.primitives().iter().fold(Weight::default(), |sum, primitive| {
            let (times, inner) = match primitive.kind() {
                Kind::Turbulence(noise) => (4 * u64::from(noise.num_octaves().max(1)), None),
                Kind::ConvolveMatrix(convolve) => {
                    (u64::from(convolve.matrix().columns()) * u64::from(convolve.matrix().rows()), None)
                }
                Kind::Morphology(thick) => {
                    (across(2.0 * thick.radius_x().get()) * across(2.0 * thick.radius_y().get()), None)
                }
                Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => (10, None),
                Kind::Image(image) => (1, Some(self.group(image.root()))),
                _ => (1, None),
            };
            let dots = Weight { dots: area.saturating_mul(times), ..Weight::default() };
            sum.and(dots).and(inner.unwrap_or_default())
        })
    }
}
