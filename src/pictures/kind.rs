//! What a picture file is, by its name and by its bytes.

use serde::{Deserialize, Serialize};

use super::Unusable;
use crate::fs::has_ending;

/// A kind of picture file that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// TIFF, with one page or more.
    Tiff,
    /// SVG drawing.
    Svg,
}

/// Kinds that are told apart only to say what they are.
const FOREIGN: [(usize, &[u8], &str); 14] = [
    (0, b"%PDF-", "a PDF"),
    (4, b"ftypheic", "a HEIC photograph"),
    (4, b"ftypheix", "a HEIC photograph"),
    (4, b"ftypmif1", "a HEIC photograph"),
    (4, b"ftypavif", "an AVIF picture"),
    (0, b"BM", "a BMP picture"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"\0\0\x01\0", "an icon file"),
    (0, b"\0\0\0\x0CjP  ", "a JPEG 2000 picture"),
    (0, b"\0\0\0\x0CJXL ", "a JPEG XL picture"),
    (0, b"\xFF\x0A", "a JPEG XL picture"),
    (0, b"\xD7\xCD\xC6\x9A", "a WMF drawing"),
    (40, b" EMF", "an EMF drawing"),
    (0, b"\x1F\x8B", "a packed file (perhaps SVGZ)"),
];

impl Kind {
    const ALL: [Self; 6] = [Self::Png, Self::Jpeg, Self::Gif, Self::WebP, Self::Tiff, Self::Svg];

    /// Gives the endings of names, the usual one first.
    pub(crate) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Tiff => &["tif", "tiff"],
            Self::Svg => &["svg"],
        }
    }

    /// Tells the kind by the ending of a name.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| has_ending(path, kind.endings()))
    }

    /// Tells the kind by the first bytes of a file.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Result<Self, Unusable> {
        let is = |at: usize, sign: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(sign));
        if is(0, b"\x89PNG") {
            return Ok(Self::Png);
        }
        if is(0, b"\xFF\xD8\xFF") {
            return Ok(Self::Jpeg);
        }
        if is(0, b"GIF8") {
            return Ok(Self::Gif);
        }
        if is(0, b"RIFF") && is(8, b"WEBP") {
            return Ok(Self::WebP);
        }
        if is(0, b"II*\0") || is(0, b"MM\0*") || is(0, b"II+\0") || is(0, b"MM\0+") {
            return Ok(Self::Tiff);
        }
        if let Some((_, _, what)) = FOREIGN.iter().find(|(at, sign, _)| is(*at, sign)) {
            return Err(Unusable::Foreign((*what).into()));
        }
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        if text.starts_with('<') { Ok(Self::Svg) } else { Err(Unusable::Damaged) }
    }

    /// Names it with its article: "a PNG picture".
    pub(crate) fn article(self) -> &'static str {
        match self {
            Self::Png => "it is a PNG picture",
            Self::Jpeg => "it is a JPEG picture",
            Self::Gif => "it is a GIF picture",
            Self::WebP => "it is a WebP picture",
            Self::Tiff => "it is a TIFF picture",
            Self::Svg => "it is an SVG drawing",
        }
    }
}
