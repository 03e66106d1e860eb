//! The graphics state. (ISO 32000-1, 8.4.)

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object};

use super::colour::{Blend, Colour, Space, Texture};
use super::font::Font;
use super::region::Clip;
use crate::pdf::geometry::Matrix;
use crate::pdf::objects::{get, get_number};

/// Least part of light that something must keep off to hide what is under it.
const OPAQUE: f64 = 0.9;

/// A colour with its space.
#[derive(Debug, Clone)]
pub(crate) struct Paint {
    /// Space that the next components are in.
    pub(crate) space: Rc<Space>,
    /// Colour.
    pub(crate) colour: Colour,
    /// How it fills.
    pub(crate) texture: Texture,
}

impl Paint {
    fn black() -> Self {
        Self { space: Rc::new(Space::Gray), colour: Colour::BLACK, texture: Texture::Plain }
    }

    /// Sets a colour in a space.
    pub(crate) fn set(&mut self, space: Space, parts: &[f64]) {
        self.colour = space.colour(parts);
        self.space = Rc::new(space);
        self.texture = Texture::Plain;
    }
}

/// What text is shown with.
#[derive(Clone)]
pub(crate) struct TextState {
    /// Font.
    pub(crate) font: Option<Rc<Font>>,
    /// Size.
    pub(crate) size: f64,
    /// Space after each glyph.
    pub(crate) spacing: f64,
    /// Space after each space.
    pub(crate) word_spacing: f64,
    /// How wide glyphs are drawn, 1 for as they are.
    pub(crate) stretch: f64,
    /// Distance of lines.
    pub(crate) leading: f64,
    /// Height above the line.
    pub(crate) rise: f64,
    /// Rendering mode.
    pub(crate) mode: u8,
}

/// The graphics state.
#[derive(Clone)]
pub(crate) struct State {
    /// From the space of the content to that of the page.
    pub(crate) matrix: Matrix,
    /// What shows.
    pub(crate) clip: Clip,
    /// Colour of areas and glyphs.
    pub(crate) fill: Paint,
    /// Colour of lines.
    pub(crate) stroke: Paint,
    /// Width of lines.
    pub(crate) line_width: f64,
    /// Whether lines have gaps.
    pub(crate) dashed: bool,
    /// What text is shown with.
    pub(crate) text: TextState,
    fill_alpha: f64,
    stroke_alpha: f64,
    group_alpha: f64,
    blend: Blend,
    group_blend: Blend,
    masked: bool,
    group_masked: bool,
}

impl State {
    /// Begins a page.
    pub(crate) fn new(matrix: Matrix, clip: Clip) -> Self {
        let text = TextState {
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        Self {
            matrix,
            clip,
            fill: Paint::black(),
            stroke: Paint::black(),
            line_width: 1.0,
            dashed: false,
            text,
            fill_alpha: 1.0,
            stroke_alpha: 1.0,
            group_alpha: 1.0,
            blend: Blend::Normal,
            group_blend: Blend::Normal,
            masked: false,
            group_masked: false,
        }
    }

    /// Takes over what an extended graphics state sets, but for the font.
    pub(crate) fn extend(&mut self, pdf: &Document, dict: &Dictionary) {
        let alpha = |key| get_number(pdf, dict, key).map(|alpha| alpha.clamp(0.0, 1.0));
        self.fill_alpha = alpha(b"ca").unwrap_or(self.fill_alpha);
        self.stroke_alpha = alpha(b"CA").unwrap_or(self.stroke_alpha);
        self.line_width = get_number(pdf, dict, b"LW").unwrap_or(self.line_width);
        self.blend = Blend::read(pdf, dict).unwrap_or(self.blend);
        match get(pdf, dict, b"SMask") {
            Some(Object::Name(_)) => self.masked = false,
            Some(Object::Dictionary(_)) => self.masked = true,
            _ => {}
        }
    }

    /// Begins a transparency group: what applies to it as a whole no longer does within.
    pub(crate) fn enter_group(&mut self) {
        self.group_masked = self.is_masked();
        self.group_alpha *= self.fill_alpha;
        self.group_blend = self.blend.within(self.group_blend);
        (self.fill_alpha, self.stroke_alpha, self.blend, self.masked) = (1.0, 1.0, Blend::Normal, false);
    }

    /// Gives how much a filled area hides, from 0 to 1.
    pub(crate) fn alpha(&self) -> f64 {
        self.fill_alpha * self.group_alpha
    }

    /// Gives whether a soft mask decides what shows.
    pub(crate) fn is_masked(&self) -> bool {
        self.masked || self.group_masked
    }

    /// Tells whether nothing shows through what is filled, or stroked, now.
    pub(crate) fn is_opaque(&self, stroked: bool) -> bool {
        let (alpha, paint) = if stroked { (self.stroke_alpha, &self.stroke) } else { (self.fill_alpha, &self.fill) };
        let mixed = match self.blend.within(self.group_blend) {
            Blend::Normal => true,
            Blend::Darken => paint.colour.is_dark(),
            Blend::Other => false,
        };
        mixed && !self.is_masked() && alpha * self.group_alpha >= OPAQUE && paint.texture != Texture::Tiles
    }

    /// Tells whether nothing shows through a picture that has no gaps of its own.
    pub(crate) fn is_opaque_for_pictures(&self) -> bool {
        self.blend.within(self.group_blend) == Blend::Normal && !self.is_masked() && self.alpha() >= OPAQUE
    }

    /// Tells whether colours are mixed with what is under them.
    pub(crate) fn is_mixing(&self) -> bool {
        self.blend.within(self.group_blend) != Blend::Normal
    }
}
