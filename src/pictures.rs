//! Pictures as they may be printed: upright, within bounds, and without what their files tell
//! besides.
//!
//! A pack is published, and with it every picture in it. A photograph straight from a telephone
//! says where and when it was taken and by whom; a drawing names the folders of the computer it
//! was made on. [`prepare`] takes that out. What it gives is one of the three kinds that every
//! reader of PDF can show as they are, so that nothing is compressed twice:
//!
//! - a JPEG keeps its image data byte for byte. One that lies on its side keeps the one tag that
//!   says so, which Typst obeys; all other metadata goes.
//! - a PNG keeps its image data byte for byte, unless it must be turned, has 16 bits a channel, or keeps colours
//!   where it is transparent: these can be brought back, and become one.
//! - GIF and WebP (their first picture) and TIFF (each page) become PNG.
//! - an SVG drawing is written anew with the elements and attributes that Typst draws, and nothing else.

use std::collections::BTreeSet;

use crate::fs;

mod css;
pub(crate) mod embedded;
mod exif;
mod jpeg;
mod kind;
mod png;
mod profile;
mod raster;
mod svg;
mod tiff;
mod traces;
mod unusable;

pub(crate) use kind::Kind;
use traces::Trace;
pub(crate) use unusable::Unusable;

/// Pixels that a picture may have: A3 at 600 dots per inch has 70 million.
pub(crate) const MOST_PIXELS: u64 = 100_000_000;

/// Bytes that a picture may take when it is unpacked, which is also Typst's own limit.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// A picture as it may be printed: upright, without metadata.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    /// What the bytes are: `png`, `jpg` or `svg`.
    pub(crate) ending: &'static str,
    /// The file to print.
    pub(crate) bytes: Vec<u8>,
    /// Width as shown, in pixels; of a drawing, in points.
    pub(crate) width: u32,
    /// Height as shown, in pixels; of a drawing, in points.
    pub(crate) height: u32,
    /// Dots per inch across and down, as the file says.
    pub(crate) dpi: Option<(f64, f64)>,
    /// What was taken out, in an officer's words: "the place where it was taken (GPS)", "the camera".
    /// Of a file with several pages, the first says it for all.
    pub(crate) removed: Vec<String>,
    /// What is different in print, as clauses: "its colours were turned from CMYK into RGB".
    pub(crate) changed: Vec<String>,
}

/// Gives the SHA-256 of the pixels that a picture shows, in hexadecimal: a file that was saved again shows the same.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    match image::load_from_memory(bytes) {
        Ok(picture) => {
            let (width, height) = (picture.width(), picture.height());
            fs::sha256(&[&width.to_le_bytes()[..], &height.to_le_bytes(), &picture.to_rgba8()].concat())
        }
        Err(_) => fs::sha256(bytes),
    }
}

/// How a picture comes out in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sharpness {
    /// Below 100 dots per inch: its dots can be seen.
    Coarse,
    /// Below 150 dots per inch: small print in it may be hard to read.
    Doubtful,
    /// Good enough.
    Fine,
}

impl Picture {
    /// Gives its own width and height in points: by its resolution, or 150 dots per inch when it has none.
    pub(crate) fn own_size(&self) -> (f64, f64) {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        if self.ending == "svg" {
            return (width, height);
        }
        let (across, down) = self.dpi.unwrap_or((150.0, 150.0));
        (width * 72.0 / across, height * 72.0 / down)
    }

    /// Gives the width in points at which a text shows it where there is room: that of its
    /// resolution, or of 72 dots to the inch when it has none, as the typesetter takes it.
    pub(crate) fn natural_width(&self) -> f64 {
        let across = self.dpi.map_or(72.0, |(across, _)| across);
        if self.ending == "svg" { f64::from(self.width) } else { f64::from(self.width) * 72.0 / across }
    }

    /// Gives the dots per inch at which it prints at this width in points; none of a drawing.
    pub(crate) fn dots_per_inch(&self, width: f64) -> Option<f64> {
        (self.ending != "svg" && width > 0.0).then(|| f64::from(self.width) * 72.0 / width)
    }

    /// Says how it comes out at this width in points.
    pub(crate) fn sharpness(&self, width: f64) -> Sharpness {
        match self.dots_per_inch(width) {
            Some(dots) if dots < 100.0 => Sharpness::Coarse,
            Some(dots) if dots < 150.0 => Sharpness::Doubtful,
            _ => Sharpness::Fine,
        }
    }
}

/// Gives the kind of a picture file, whose name must say the same.
pub(crate) fn kind(path: &str, bytes: &[u8]) -> Result<Kind, Unusable> {
    let said = Kind::of_path(path).ok_or(Unusable::Kind)?;
    if bytes.is_empty() {
        return Err(Unusable::Empty);
    }
    let kind = Kind::of_bytes(bytes)?;
    if kind == said { Ok(kind) } else { Err(Unusable::Ending { kind }) }
}

/// Prepares a picture for print; a TIFF file may give several pages, all others give one.
pub(crate) fn prepare(kind: Kind, bytes: &[u8]) -> Result<Vec<Picture>, Unusable> {
    match kind {
        Kind::Png => png::prepare(bytes).map(one),
        Kind::Jpeg => jpeg::prepare(bytes, Turn::Allowed).map(one),
        Kind::Gif | Kind::WebP => raster::prepare(bytes, kind).map(one),
        Kind::Tiff => tiff::prepare(bytes),
        Kind::Svg => svg::prepare(bytes).map(one),
    }
}

/// Gives the words of a drawing that was prepared, as far as it has them as words.
pub(crate) fn words_of_drawing(bytes: &[u8]) -> String {
    svg::drawn_words(bytes)
}

/// Gives the number of each dot of 1, 2, 4, 8 or 16 bits, of which lines begin at whole bytes; of 16 bits the higher 8.
pub(crate) fn unpack(samples: &[u8], (width, height): (usize, usize), bits: usize) -> Vec<u8> {
    let stride = (width * bits).div_ceil(8).max(1);
    let number = |line: &[u8], at: usize| match bits {
        8 => line[at],
        16 => line[at * 2],
        _ => line[at * bits / 8] >> (8 - bits - at * bits % 8) & (u8::MAX >> (8 - bits)),
    };
    samples.chunks_exact(stride).take(height).flat_map(|line| (0..width).map(move |at| number(line, at))).collect()
}

/// Whether a picture may say by a tag which side is up, or must be turned itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The typesetter obeys the tag of a JPEG.
    Allowed,
    /// Pictures inside drawings are shown as they lie.
    Baked,
}

fn one(picture: Picture) -> Vec<Picture> {
    vec![picture]
}

/// Says whether a picture of this size is too large to be unpacked.
fn within_bounds(width: u64, height: u64) -> Result<(), Unusable> {
    if width == 0 || height == 0 {
        return Err(Unusable::Damaged);
    }
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(Unusable::TooLarge { width, height });
    }
    Ok(())
}

fn words(traces: &BTreeSet<Trace>) -> Vec<String> {
    traces.iter().map(|trace| trace.words().to_owned()).collect()
}

#[cfg(test)]
mod tests;
