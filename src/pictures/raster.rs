//! Pixels: unpacked within bounds, turned upright, and written as PNG.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer, ImageDecoder, ImageError, ImageResult, Limits, Pixel, Primitive};
use png::{BitDepth, ColorType, Compression, Encoder, Info, PixelDimensions, Unit};

use super::profile::{self, Channels};
use super::traces::{self, Trace};
use super::{Kind, MOST_BYTES, Picture, Unusable, exif, within_bounds, words};

/// Tells that colours are not those of the file's profile.
pub(super) const PROFILE_DROPPED: &str =
    "its colour profile cannot be used and was left out, so its colours may differ a little";

/// Tells that inks became light.
pub(super) const FROM_CMYK: &str = "its colours were turned from CMYK into RGB and may be more vivid than in the file";

/// Unpacks a picture, with its colour profile. Pictures that move give their first.
pub(super) fn decode(bytes: &[u8], kind: Kind) -> Result<(DynamicImage, Option<Vec<u8>>), Unusable> {
    let cursor = Cursor::new(bytes);
    match kind {
        Kind::Png => unpack(PngDecoder::with_limits(cursor, limits())),
        Kind::Jpeg => unpack(JpegDecoder::new(cursor)),
        Kind::Gif => unpack(GifDecoder::new(cursor)),
        Kind::WebP => unpack(WebPDecoder::new(cursor)),
        Kind::Tiff | Kind::Svg => Err(Unusable::Kind),
    }
}

fn unpack<T: ImageDecoder>(decoder: ImageResult<T>) -> Result<(DynamicImage, Option<Vec<u8>>), Unusable> {
    let mut decoder = decoder.map_err(|why| unusable(&why, (0, 0)))?;
    let (width, height) = decoder.dimensions();
    within_bounds(width.into(), height.into())?;
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| !profile.is_empty());
    decoder.set_limits(limits()).map_err(|why| unusable(&why, (width, height)))?;
    let image = DynamicImage::from_decoder(decoder).map_err(|why| unusable(&why, (width, height)))?;
    Ok((image, profile))
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

fn unusable(error: &ImageError, (width, height): (u32, u32)) -> Unusable {
    match error {
        ImageError::Limits(_) => Unusable::TooLarge { width: width.into(), height: height.into() },
        ImageError::IoError(why) if why.kind() == std::io::ErrorKind::UnexpectedEof => Unusable::CutOff,
        _ => Unusable::Damaged,
    }
}

/// Prepares a GIF or WebP picture, which become PNG.
pub(super) fn prepare(bytes: &[u8], kind: Kind) -> Result<Picture, Unusable> {
    let (orientation, mut traces) = match kind {
        Kind::WebP => in_webp(bytes),
        _ => (1, in_gif(bytes)),
    };
    let (mut image, profile) = decode(bytes, kind)?;
    if clear_unseen(&mut image) {
        traces.insert(Trace::Erased);
    }
    let has_profile = profile.is_some();
    let profile = profile.filter(|profile| profile::fits(profile, Channels::Rgb));
    let dropped = has_profile && profile.is_none();
    let mut picture = to_png(image, orientation, profile, None)?;
    picture.removed = words(&traces);
    if dropped {
        picture.changed.push(PROFILE_DROPPED.to_owned());
    }
    Ok(picture)
}

/// Says what the chunks of a WebP file tell, and which side is up.
fn in_webp(bytes: &[u8]) -> (u8, BTreeSet<Trace>) {
    let (mut orientation, mut traces) = (1, BTreeSet::new());
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let (Some(name), Some(length)) = (rest.get(..4), rest.get(4..8)) {
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let content = &rest[8..rest.len().min(length.saturating_add(8))];
        match name {
            b"EXIF" => {
                let learnt = exif::read(content.strip_prefix(b"Exif\0\0").unwrap_or(content));
                orientation = learnt.orientation;
                traces.extend(learnt.traces);
            }
            b"XMP " => traces.extend(traces::in_xmp(content)),
            b"ANMF" => {
                traces.insert(Trace::Animation);
            }
            _ => {}
        }
        rest = rest.get(length.saturating_add(8 + length % 2)..).unwrap_or_default();
    }
    (orientation, traces)
}

/// Says what the blocks of a GIF file tell besides its first picture.
fn in_gif(bytes: &[u8]) -> BTreeSet<Trace> {
    let mut traces = BTreeSet::new();
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut pictures = 0;
    while let Some(block) = bytes.get(at..) {
        let head = match *block {
            [0x21, 0xFE, length, ..] if length > 0 => {
                traces.insert(Trace::Description);
                2
            }
            [0x21, 0xFF, ..] => {
                if block.get(3..14) == Some(b"XMP DataXMP") {
                    traces.extend(traces::in_xmp(block));
                }
                2
            }
            [0x21, ..] => 2,
            [0x2C, _, _, _, _, _, _, _, _, flags, ..] => {
                pictures += 1;
                11 + table(flags)
            }
            _ => break,
        };
        at += head;
        // Parts of a block follow with their lengths, the last of which is 0.
        while let Some(length @ 1..) = bytes.get(at) {
            at += usize::from(*length) + 1;
        }
        at += 1;
    }
    if pictures > 1 {
        traces.insert(Trace::Animation);
    }
    traces
}

/// Turns a picture that lies as EXIF says.
pub(super) fn upright(mut image: DynamicImage, orientation: u8) -> DynamicImage {
    if let Some(orientation) = Orientation::from_exif(orientation) {
        image.apply_orientation(orientation);
    }
    image
}

/// Writes a picture as PNG: turned upright, 8 bits a channel, without a mask that hides nothing.
pub(super) fn to_png(
    image: DynamicImage,
    orientation: u8,
    profile: Option<Vec<u8>>,
    dpi: Option<(f64, f64)>,
) -> Result<Picture, Unusable> {
    let mut image = upright(image, orientation);
    clear_unseen(&mut image);
    let dpi = dpi.map(|(across, down)| if orientation >= 5 { (down, across) } else { (across, down) });
    let (width, height) = (image.width(), image.height());
    let colour = image.color();
    let opaque = !colour.has_alpha() || is_opaque(&image);
    let (colours, samples) = match (colour.has_color(), opaque) {
        (true, true) => (ColorType::Rgb, image.into_rgb8().into_raw()),
        (true, false) => (ColorType::Rgba, image.into_rgba8().into_raw()),
        (false, true) => (ColorType::Grayscale, image.into_luma8().into_raw()),
        (false, false) => (ColorType::GrayscaleAlpha, image.into_luma_alpha8().into_raw()),
    };
    let page = Pixels { width, height, colours, depth: BitDepth::Eight, samples };
    page.write(profile, dpi)
}

/// Gives all dots that are transparent one colour: what a rubber "erased" is still there under them. Tells whether
/// they had several.
pub(super) fn clear_unseen(image: &mut DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(image) => clear(image, u8::MAX),
        DynamicImage::ImageLumaA8(image) => clear(image, u8::MAX),
        DynamicImage::ImageRgba16(image) => clear(image, u16::MAX),
        DynamicImage::ImageLumaA16(image) => clear(image, u16::MAX),
        _ => false,
    }
}

fn clear<P: Pixel>(image: &mut ImageBuffer<P, Vec<P::Subpixel>>, white: P::Subpixel) -> bool {
    let clear = |pixel: &P| pixel.alpha() == P::Subpixel::DEFAULT_MIN_VALUE;
    let mut unseen = image.pixels().filter(|pixel| clear(pixel));
    let first = unseen.next().copied();
    if first.is_none_or(|first| unseen.all(|pixel| pixel.channels() == first.channels())) {
        return false;
    }
    image.pixels_mut().filter(|pixel| clear(pixel)).for_each(|pixel| pixel.apply_without_alpha(|_| white));
    true
}

fn is_opaque(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(image) => image.pixels().all(|pixel| pixel.0[3] == u8::MAX),
        DynamicImage::ImageLumaA8(image) => image.pixels().all(|pixel| pixel.0[1] == u8::MAX),
        DynamicImage::ImageRgba16(image) => image.pixels().all(|pixel| pixel.0[3] == u16::MAX),
        DynamicImage::ImageLumaA16(image) => image.pixels().all(|pixel| pixel.0[1] == u16::MAX),
        _ => false,
    }
}

/// Pixels in the order of PNG.
pub(super) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) colours: ColorType,
    pub(crate) depth: BitDepth,
    pub(crate) samples: Vec<u8>,
}

impl Pixels {
    /// Writes them as PNG.
    pub(super) fn write(self, profile: Option<Vec<u8>>, dpi: Option<(f64, f64)>) -> Result<Picture, Unusable> {
        let mut info = Info::with_size(self.width, self.height);
        info.color_type = self.colours;
        info.bit_depth = self.depth;
        info.icc_profile = profile.map(Into::into);
        info.pixel_dims = dpi.map(|(across, down)| PixelDimensions {
            xppu: dots_per_metre(across),
            yppu: dots_per_metre(down),
            unit: Unit::Meter,
        });
        let mut bytes = Vec::new();
        let mut encoder = Encoder::with_info(&mut bytes, info).map_err(|_| Unusable::Damaged)?;
        // Typst packs it again, so this is only for the way there.
        encoder.set_compression(Compression::Fast);
        let mut writer = encoder.write_header().map_err(|_| Unusable::Damaged)?;
        writer.write_image_data(&self.samples).map_err(|_| Unusable::Damaged)?;
        writer.finish().map_err(|_| Unusable::Damaged)?;
        Ok(Picture {
            ending: "png",
            bytes,
            width: self.width,
            height: self.height,
            dpi,
            removed: Vec::new(),
            changed: Vec::new(),
        })
    }
}

/// Gives dots per metre as PNG wants them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `sensible` keeps them below 800,000.
fn dots_per_metre(dots: f64) -> u32 {
    (dots / 0.0254).round() as u32
}

/// Gives dots per inch as JPEG wants them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `sensible` keeps them below 20,000.
pub(super) fn whole(dots: f64) -> u16 {
    dots.round() as u16
}
