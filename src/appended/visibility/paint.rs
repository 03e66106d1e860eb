//! Paths, colours and shadings of a page.

use std::rc::Rc;

use lopdf::Dictionary;

use super::colour::{Colour, Space, Texture};
use super::page::{Follower, numbers};
use super::region::Region;
use super::scene::Kind;
use crate::pdf::content::Operation;
use crate::pdf::geometry::Rect;

/// Width of a line, in points, from which several of them can hide a word.
const BROAD: f64 = 1.2;
/// Corners from which a path is taken for a drawing.
const MANY: usize = 13;
/// Broad lines kept of one path.
const MOST_LINES: usize = 2_000;

impl<'a> Follower<'a> {
    /// Adds to the path.
    pub(super) fn draw(&mut self, operation: &Operation<'_>) {
        let numbers = numbers(&operation.operands);
        let at = |x: f64, y: f64| self.state.matrix.point((x, y));
        match (operation.operator, &numbers[..]) {
            (b"m", &[x, y, ..]) => {
                self.point = at(x, y);
                self.path.start(self.point);
            }
            (b"l", &[x, y, ..]) => {
                self.point = at(x, y);
                self.path.line(self.point);
            }
            (b"c", &[x1, y1, x2, y2, x3, y3, ..]) => self.bend(at(x1, y1), at(x2, y2), at(x3, y3)),
            (b"v", &[x2, y2, x3, y3, ..]) => self.bend(self.point, at(x2, y2), at(x3, y3)),
            (b"y", &[x1, y1, x3, y3, ..]) => self.bend(at(x1, y1), at(x3, y3), at(x3, y3)),
            (b"re", &[x, y, width, height, ..]) => {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
                let corners = corners.map(|corner| self.state.matrix.point(corner));
                self.path.start(corners[0]);
                corners[1..].iter().for_each(|corner| self.path.line(*corner));
                self.path.close();
                self.point = corners[0];
            }
            (b"h", _) => self.path.close(),
            _ => {}
        }
        self.scene.cut |= self.path.cut;
    }

    fn bend(&mut self, first: (f64, f64), second: (f64, f64), end: (f64, f64)) {
        self.path.curve(first, second, end);
        self.point = end;
    }

    /// Paints the path, clips by it, and forgets it.
    pub(super) fn end_path(&mut self, operator: &[u8]) {
        let path = std::mem::take(&mut self.path);
        let even_odd = operator.ends_with(b"*");
        if matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*") {
            self.stroke(&path.outlines);
        }
        let clips = self.clips.take();
        if matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*") {
            let corners: usize = path.outlines.iter().map(Vec::len).sum();
            let kept = clips.map(|_| path.outlines.clone());
            if let Some(region) = Region::new(path.outlines, even_odd) {
                let parts = region.parts();
                let drawing = parts.len() == 1 && corners >= MANY;
                for part in parts {
                    self.fill(Rc::new(part), if drawing { Kind::Drawing } else { Kind::Fill });
                }
            }
            if let (Some(rule), Some(outlines)) = (clips, kept) {
                self.state.clip.narrow(Region::new(outlines, rule));
                self.style = None;
            }
        } else if let Some(rule) = clips {
            self.state.clip.narrow(Region::new(path.outlines, rule));
            self.style = None;
        }
    }

    fn fill(&mut self, region: Rc<Region>, kind: Kind) {
        let opaque = self.state.is_opaque(false);
        let seen = opaque && self.state.fill.texture == Texture::Plain;
        let nothing = self.state.alpha() <= 0.01 && !self.state.is_masked();
        // White that is mixed with what is under it is still white on an empty page.
        let white = self.state.fill.colour.is_like(Colour::WHITE) && !self.state.is_mixing();
        if nothing || white && !opaque {
            return;
        }
        let colour = if seen { self.state.fill.colour } else { Colour::Varied };
        self.scene.paint(kind, region, &self.state.clip, colour, opaque);
    }

    fn stroke(&mut self, outlines: &[Vec<(f64, f64)>]) {
        let [right, turned_up, turned_right, up, ..] = self.state.matrix.0;
        let width = self.state.line_width * (right * up - turned_up * turned_right).abs().sqrt();
        let colour = self.state.stroke.colour;
        if !colour.is_like(Colour::WHITE) && self.is_in_sight(outlines) {
            self.scene.inked = true;
        }
        if width < BROAD || !width.is_finite() || self.state.dashed {
            return;
        }
        let opaque = self.state.is_opaque(true);
        let colour = if opaque { colour } else { Colour::Varied };
        for way in outlines.iter().take(MOST_LINES) {
            if let Some(region) = Region::band(way.clone(), width) {
                self.scene.paint(Kind::Fill, Rc::new(region), &self.state.clip, colour, opaque);
            }
        }
    }

    fn is_in_sight(&self, outlines: &[Vec<(f64, f64)>]) -> bool {
        let sight = self.state.clip.bounds.and_then(|bounds| bounds.shared(self.scene.page));
        let all = outlines.iter().flatten().map(|point| Rect::new(*point, *point)).reduce(Rect::around);
        let Some((sight, all)) = sight.zip(all) else { return false };
        let wider = Rect { left: all.left - 0.1, bottom: all.bottom - 0.1, right: all.right + 0.1, top: all.top + 0.1 };
        wider.shared(sight).is_some()
    }

    /// Fills all that shows with a shading.
    pub(super) fn shade(&mut self) {
        if let Some(region) = self.state.clip.region() {
            let opaque = self.state.is_opaque_for_pictures();
            self.scene.paint(Kind::Fill, region, &self.state.clip, Colour::Varied, opaque);
        }
    }

    /// Sets a colour or its space.
    pub(super) fn set_colour(&mut self, operation: &Operation<'_>, resources: Option<&'a Dictionary>) {
        let operator = operation.operator;
        let pattern = operation.operands.last().and_then(crate::pdf::content::Operand::name);
        let texture = match (operator, pattern) {
            (b"sc" | b"SC" | b"scn" | b"SCN", Some(pattern)) => Some(self.texture(resources, pattern)),
            _ => None,
        };
        let paint = if operator[0].is_ascii_uppercase() { &mut self.state.stroke } else { &mut self.state.fill };
        let parts = numbers(&operation.operands);
        match operator {
            b"g" | b"G" => paint.set(Space::Gray, &parts),
            b"rg" | b"RG" => paint.set(Space::Rgb, &parts),
            b"k" | b"K" => paint.set(Space::Cmyk, &parts),
            b"cs" | b"CS" => {
                let Some(name) = operation.name(0) else { return };
                let space = Space::named(self.pdf, resources, name);
                paint.colour = space.first_colour();
                paint.texture = if space == Space::Pattern { Texture::Tiles } else { Texture::Plain };
                paint.space = Rc::new(space);
            }
            _ => match texture {
                Some(texture) => {
                    paint.colour = Colour::Varied;
                    paint.texture = texture;
                }
                None => {
                    paint.colour = paint.space.colour(&parts);
                    paint.texture = Texture::Plain;
                }
            },
        }
        self.style = None;
    }
}
