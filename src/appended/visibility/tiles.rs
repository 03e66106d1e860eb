//! Patterns of tiles: whether anything shows between them.

use lopdf::{Dictionary, Object};

use super::colour::Texture;
use super::page::Follower;
use super::region::Clip;
use super::scene::{Kind, Scene};
use super::state::State;
use crate::pdf::geometry::Matrix;
use crate::pdf::objects::{get, get_dictionary, get_number, get_rect, get_reference};

/// Tiles within tiles.
const DEEPEST: u32 = 2;
/// Places on each side of a tile at which it is asked whether it was painted.
const GRID: u32 = 8;

impl<'a> Follower<'a> {
    /// Gives how a pattern of the resources fills.
    pub(super) fn texture(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Texture {
        let texture = Texture::named(self.pdf, resources, name);
        if texture == Texture::Tiles && self.is_solid_tile(resources, name).unwrap_or(false) {
            return Texture::Shading;
        }
        texture
    }

    /// Tells whether the tiles of a pattern leave nothing of what is under them to be seen.
    fn is_solid_tile(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<bool> {
        let pdf = self.pdf;
        let patterns = get_dictionary(pdf, resources?, b"Pattern")?;
        let id = get_reference(patterns, name);
        if let Some(known) = id.and_then(|id| self.kept.solid_tiles.get(&id)) {
            return Some(*known);
        }
        let Object::Stream(tile) = get(pdf, patterns, name)? else { return None };
        let bounds = get_rect(pdf, &tile.dict, b"BBox").filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)?;
        let step = |key| get_number(pdf, &tile.dict, key).map(f64::abs);
        let gaps = step(b"XStep")? > bounds.width() * 1.02 || step(b"YStep")? > bounds.height() * 1.02;
        let mut solid = false;
        if !gaps && self.within_tiles < DEEPEST {
            let bytes = self.unpacked(tile);
            let own = get_dictionary(pdf, &tile.dict, b"Resources").or(resources);
            let state = State::new(Matrix::IDENTITY, Clip::new(bounds));
            let scene = std::mem::replace(&mut self.scene, Scene::new(bounds));
            let saved = (std::mem::replace(&mut self.state, state), std::mem::take(&mut self.path), self.point);
            let text = (self.line, self.cursor, self.style.take(), self.clips.take());
            self.within_tiles += 1;
            self.run(&bytes, own, 0);
            self.within_tiles -= 1;
            let drawn = std::mem::replace(&mut self.scene, scene);
            (self.state, self.path, self.point) = saved;
            (self.line, self.cursor, self.style, self.clips) = text;
            self.scene.cut |= drawn.cut;
            solid = is_full(&drawn);
        }
        if let Some(id) = id {
            self.kept.solid_tiles.insert(id, solid);
        }
        Some(solid)
    }
}

/// Tells whether every place of a tile was painted over.
fn is_full(tile: &Scene) -> bool {
    let covers: Vec<_> = tile.shapes.iter().filter(|shape| shape.opaque && shape.kind != Kind::Drawing).collect();
    let middle = |at: u32, from: f64, size: f64| from + (f64::from(at) + 0.5) / f64::from(GRID) * size;
    (0..GRID).all(|row| {
        (0..GRID).all(|column| {
            let x = middle(column, tile.page.left, tile.page.width());
            let point = (x, middle(row, tile.page.bottom, tile.page.height()));
            covers.iter().any(|shape| shape.covers(point))
        })
    })
}
