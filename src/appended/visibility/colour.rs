//! Colours, as far as it takes to tell whether text differs from what is behind it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use lopdf::{Dictionary, Document, Object};

use crate::pdf::objects::{get, get_array, get_integer, get_name, resolve};

/// Most of a difference in one channel that nobody sees.
const ALIKE: f64 = 0.02;
/// Colour spaces within colour spaces.
const DEEPEST: u32 = 4;

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Colour {
    /// Red, green and blue, from 0 to 1.
    Rgb([f64; 3]),
    /// An ink or the like; the same number is the same colour.
    Ink(u64),
    /// Unknown or many: pictures, shadings, patterns.
    Varied,
}

impl Colour {
    /// White, as paper is.
    pub(crate) const WHITE: Self = Self::Rgb([1.0; 3]);
    /// Black.
    pub(crate) const BLACK: Self = Self::Rgb([0.0; 3]);

    /// Tells whether nobody sees the one on the other.
    pub(crate) fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Rgb(a), Self::Rgb(b)) => a.iter().zip(b).all(|(a, b)| (a - b).abs() <= ALIKE),
            (Self::Ink(a), Self::Ink(b)) => a == b,
            _ => false,
        }
    }

    /// Tells whether it stays black whatever is under it, when colours are multiplied.
    pub(crate) fn is_dark(self) -> bool {
        matches!(self, Self::Rgb(channels) if channels.iter().all(|channel| *channel < 0.15))
    }
}

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Space {
    /// Grey.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// Lightness and two axes.
    Lab,
    /// Palette over another space.
    Indexed(Box<Space>, Vec<u8>),
    /// Black ink alone.
    Black,
    /// Other inks, told apart by this number.
    Inks(u64),
    /// Patterns.
    Pattern,
    /// Something else.
    Unknown,
}

impl Space {
    /// Reads a colour space by its name in a content stream.
    pub(crate) fn named(pdf: &Document, resources: Option<&Dictionary>, name: &[u8]) -> Self {
        let listed = resources.and_then(|resources| {
            let spaces = crate::pdf::objects::get_dictionary(pdf, resources, b"ColorSpace")?;
            get(pdf, spaces, name)
        });
        match (Self::of_name(name), listed) {
            (Some(space), _) => space,
            (None, Some(object)) => Self::read(pdf, object, 0),
            (None, None) => Self::Unknown,
        }
    }

    /// Reads the colour space of a picture.
    pub(crate) fn of_picture(pdf: &Document, object: &Object) -> Self {
        Self::read(pdf, object, 0)
    }

    fn of_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"DeviceGray" | b"CalGray" | b"G" => Self::Gray,
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Lab" => Self::Lab,
            b"Pattern" => Self::Pattern,
            _ => return None,
        })
    }

    fn read(pdf: &Document, object: &Object, depth: u32) -> Self {
        let items = match resolve(pdf, object) {
            Some(Object::Name(name)) => return Self::of_name(name).unwrap_or(Self::Unknown),
            Some(Object::Array(items)) if depth < DEEPEST => items,
            _ => return Self::Unknown,
        };
        let item = |index: usize| items.get(index).and_then(|item| resolve(pdf, item));
        match item(0) {
            Some(Object::Name(name)) => match (&name[..], item(1)) {
                (b"ICCBased", Some(Object::Stream(profile))) => match get_integer(pdf, &profile.dict, b"N") {
                    Some(1) => Self::Gray,
                    Some(3) => Self::Rgb,
                    Some(4) => Self::Cmyk,
                    _ => Self::Unknown,
                },
                (b"Indexed" | b"I", Some(base)) => {
                    Self::Indexed(Box::new(Self::read(pdf, base, depth + 1)), palette(item(3)))
                }
                (b"Separation", Some(Object::Name(ink))) if matches!(&ink[..], b"Black" | b"All") => Self::Black,
                (b"Separation" | b"DeviceN", Some(inks)) => {
                    let mut hasher = DefaultHasher::new();
                    format!("{inks:?}").hash(&mut hasher);
                    Self::Inks(hasher.finish())
                }
                (name, _) => Self::of_name(name).unwrap_or(Self::Unknown),
            },
            _ => Self::Unknown,
        }
    }

    /// Gives the colour with which a space begins.
    pub(crate) fn first_colour(&self) -> Colour {
        match self {
            Self::Gray | Self::Rgb | Self::Cmyk | Self::Black => Colour::BLACK,
            Self::Indexed(..) => self.colour(&[0.0]),
            _ => Colour::Varied,
        }
    }

    /// Gives the colour of these components.
    pub(crate) fn colour(&self, parts: &[f64]) -> Colour {
        match (self, parts) {
            (Self::Gray, &[gray, ..]) => Colour::Rgb([gray.clamp(0.0, 1.0); 3]),
            (Self::Black, &[ink, ..]) => Colour::Rgb([1.0 - ink.clamp(0.0, 1.0); 3]),
            (Self::Rgb, &[red, green, blue, ..]) => Colour::Rgb([red, green, blue].map(|part| part.clamp(0.0, 1.0))),
            (Self::Cmyk, &[cyan, magenta, yellow, black, ..]) => {
                Colour::Rgb([cyan, magenta, yellow].map(|ink| (1.0 - ink - black).clamp(0.0, 1.0)))
            }
            (Self::Lab, &[light, a, b, ..]) if a.abs() + b.abs() < 4.0 => {
                Colour::Rgb([(light / 100.0).clamp(0.0, 1.0); 3])
            }
            (Self::Indexed(base, palette), &[index, ..]) => base.of_palette(palette, index),
            (Self::Inks(_), inks) if !inks.is_empty() && inks.iter().all(|ink| *ink < ALIKE) => Colour::WHITE,
            (Self::Inks(space), inks) => {
                let mut hasher = DefaultHasher::new();
                (space, inks.iter().map(|ink| ink.to_bits()).collect::<Vec<_>>()).hash(&mut hasher);
                Colour::Ink(hasher.finish())
            }
            _ => Colour::Varied,
        }
    }

    fn of_palette(&self, palette: &[u8], index: f64) -> Colour {
        let width = match self {
            Self::Gray | Self::Black => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
            _ => return Colour::Varied,
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just before")]
        let start = index.clamp(0.0, 255.0) as usize * width;
        match palette.get(start..start + width) {
            Some(entry) => self.colour(&entry.iter().map(|byte| f64::from(*byte) / 255.0).collect::<Vec<_>>()),
            None => Colour::Varied,
        }
    }
}

fn palette(object: Option<&Object>) -> Vec<u8> {
    match object {
        Some(Object::String(bytes, _)) => bytes.clone(),
        Some(Object::Stream(stream)) => stream.get_plain_content_with_limit(1 << 16).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// How a pattern fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Texture {
    /// One colour everywhere.
    Plain,
    /// Colours that run into each other.
    Shading,
    /// Tiles, between which what is under them may show.
    Tiles,
}

impl Texture {
    /// Reads a pattern by its name in a content stream.
    pub(crate) fn named(pdf: &Document, resources: Option<&Dictionary>, name: &[u8]) -> Self {
        let pattern = resources
            .and_then(|resources| crate::pdf::objects::get_dictionary(pdf, resources, b"Pattern"))
            .and_then(|patterns| crate::pdf::objects::get_dictionary(pdf, patterns, name));
        match pattern.and_then(|pattern| get_integer(pdf, pattern, b"PatternType")) {
            Some(2) => Self::Shading,
            _ => Self::Tiles,
        }
    }
}

/// How colours are mixed with what is under them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blend {
    /// They take its place.
    Normal,
    /// They only darken it.
    Darken,
    /// Otherwise.
    Other,
}

impl Blend {
    /// Reads the blend mode of a graphics state, if it sets one.
    pub(crate) fn read(pdf: &Document, dict: &Dictionary) -> Option<Self> {
        let listed = || match get_array(pdf, dict, b"BM")?.first().and_then(|first| resolve(pdf, first)) {
            Some(Object::Name(name)) => Some(&name[..]),
            _ => None,
        };
        Some(match get_name(pdf, dict, b"BM").or_else(listed)? {
            b"Normal" | b"Compatible" => Self::Normal,
            b"Multiply" | b"Darken" | b"ColorBurn" => Self::Darken,
            _ => Self::Other,
        })
    }

    /// Gives how colours are mixed by both, one within the other.
    pub(crate) fn within(self, outer: Self) -> Self {
        match (self, outer) {
            (Self::Normal, other) | (other, Self::Normal) => other,
            (Self::Darken, Self::Darken) => Self::Darken,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Space};

    #[test]
    fn knows_white_in_every_space() {
        let palette = Space::Indexed(Box::new(Space::Rgb), vec![0, 0, 0, 255, 255, 255]);
        for (space, parts) in [
            (Space::Gray, &[1.0][..]),
            (Space::Rgb, &[1.0, 1.0, 0.99]),
            (Space::Cmyk, &[0.0; 4]),
            (Space::Inks(1), &[0.0]),
            (Space::Black, &[0.0]),
            (palette, &[1.0]),
        ] {
            assert!(space.colour(parts).is_like(Colour::WHITE), "{space:?}");
        }
        assert!(!Space::Unknown.colour(&[1.0]).is_like(Colour::WHITE));
        assert_eq!(Space::Rgb.colour(&[1.0]), Colour::Varied);
    }

    #[test]
    fn tells_inks_apart() {
        assert!(Space::Inks(1).colour(&[0.5]).is_like(Space::Inks(1).colour(&[0.5])));
        assert!(!Space::Inks(1).colour(&[0.5]).is_like(Space::Inks(2).colour(&[0.5])));
        assert!(!Colour::Varied.is_like(Colour::Varied));
    }
}
