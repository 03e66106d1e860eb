//! TIFF: each page becomes a PNG picture; scanned papers in black and white stay so.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::{DynamicImage, imageops};
use png::{BitDepth, ColorType};
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::{TiffError, TiffUnsupportedError};

use super::profile::{self, Channels};
use super::raster::{self, Pixels};
use super::traces::{self, Trace};
use super::{MOST_BYTES, MOST_PIXELS, Picture, Unusable, exif, within_bounds, words};
use directory::{Directory, Page};

mod colours;
mod directory;
mod fax;

/// Pages that a file may have.
const MOST_PAGES: usize = 500;
/// Pixels that all pages together may have.
const MOST_IN_ALL: u64 = 20 * MOST_PIXELS;

pub(super) fn prepare(bytes: &[u8]) -> Result<Vec<Picture>, Unusable> {
    let directories = directory::read(bytes, MOST_PAGES)?;
    let mut traces = exif::read(bytes).traces;
    // The reader of EXIF takes a second page for a preview.
    traces.remove(&Trace::Preview);
    traces.remove(&Trace::Other);
    for directory in &directories {
        if let Some(packet) = directory.content(bytes, directory::XMP) {
            traces.extend(traces::in_xmp(packet));
        }
        for tag in [directory::IPTC, directory::PHOTOSHOP] {
            if let Some(block) = directory.content(bytes, tag) {
                traces.extend(traces::in_iptc(block));
            }
        }
    }
    let mut readable = bytes.to_vec();
    let mut pages = Vec::new();
    let mut in_all = 0;
    for (index, directory) in directories.iter().enumerate() {
        let page = directory.page(bytes);
        if page.is_extra {
            traces.insert(Trace::Preview);
            continue;
        }
        within_bounds(page.width.into(), page.height.into())?;
        in_all += u64::from(page.width) * u64::from(page.height);
        if in_all > MOST_IN_ALL {
            return Err(Unusable::TooManyPages(MOST_PAGES));
        }
        directory.make_readable(&mut readable, &page);
        pages.push((index, page));
    }
    let mut pictures = Vec::new();
    for (index, page) in &pages {
        pictures.push(picture(&readable, *index, page, &directories[*index], &mut traces)?);
    }
    let first = pictures.first_mut().ok_or(Unusable::Damaged)?;
    first.removed = words(&traces);
    Ok(pictures)
}

fn picture(
    bytes: &[u8],
    index: usize,
    page: &Page,
    directory: &Directory,
    traces: &mut BTreeSet<Trace>,
) -> Result<Picture, Unusable> {
    let profile = directory.content(bytes, directory::PROFILE);
    let square = page.dpi.is_none_or(|(across, down)| (across / down - 1.0).abs() < 0.02);
    let read = if page.is_fax() { fax::read(bytes, page, directory)? } else { read(bytes, index, page)? };
    let mut from_cmyk = false;
    let image = match read {
        colours::Read::Bits(bits) if page.orientation == 1 && square => {
            let pixels = Pixels {
                width: page.width,
                height: page.height,
                colours: ColorType::Grayscale,
                depth: BitDepth::One,
                samples: bits,
            };
            return pixels.write(None, page.dpi);
        }
        colours::Read::Bits(bits) => colours::grey(&bits, page.width, page.height)?,
        colours::Read::Image(image) => image,
        colours::Read::FromCmyk(image) => {
            from_cmyk = true;
            image
        }
    };
    let channels = if image.color().has_color() { Channels::Rgb } else { Channels::Grey };
    let kept = profile.filter(|profile| !from_cmyk && profile::fits(profile, channels));
    let (mut image, dpi) = if square { (image, page.dpi) } else { squared(image, page.dpi)? };
    if raster::clear_unseen(&mut image) {
        traces.insert(Trace::Erased);
    }
    let mut picture = raster::to_png(image, page.orientation, kept.map(<[u8]>::to_vec), dpi)?;
    if from_cmyk {
        picture.changed.push(raster::FROM_CMYK.to_owned());
    } else if profile.is_some() && kept.is_none() {
        picture.changed.push(raster::PROFILE_DROPPED.to_owned());
    }
    Ok(picture)
}

/// Repeats the lines of a fax, which has twice as many dots across as down.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Held within bounds before.
fn squared(image: DynamicImage, dpi: Option<(f64, f64)>) -> Result<(DynamicImage, Option<(f64, f64)>), Unusable> {
    let Some((across, down)) = dpi.filter(|(across, down)| (0.2..=5.0).contains(&(across / down))) else {
        return Ok((image, None));
    };
    let finer = across.max(down);
    let width = (f64::from(image.width()) * finer / across).round();
    let height = (f64::from(image.height()) * finer / down).round();
    within_bounds(width as u64, height as u64)?;
    let filter = imageops::FilterType::Nearest;
    Ok((image.resize_exact(width as u32, height as u32, filter), Some((finer, finer))))
}

/// Unpacks a page.
fn read(bytes: &[u8], index: usize, page: &Page) -> Result<colours::Read, Unusable> {
    let mut limits = Limits::default();
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    (limits.decoding_buffer_size, limits.intermediate_buffer_size) = (most, most);
    limits.ifd_value_size = 16 * 1024 * 1024;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(|why| unusable(&why, page))?.with_limits(limits);
    decoder.seek_to_image(index).map_err(|why| unusable(&why, page))?;
    let kind = decoder.colortype().map_err(|why| unusable(&why, page))?;
    let mut samples = DecodingResult::U8(Vec::new());
    let layout = decoder.read_image_to_buffer(&mut samples).map_err(|why| unusable(&why, page))?;
    let (samples, size) = match samples {
        DecodingResult::U8(samples) => (samples, 1),
        DecodingResult::U16(samples) => (samples.iter().map(|sample| sample.to_be_bytes()[0]).collect(), 2),
        _ => return Err(Unusable::Packing("TIFF with numbers that are not of 1 to 16 bits".into())),
    };
    let planes = layout.plane_stride.map(|stride| stride.get() / size).filter(|_| layout.planes > 1);
    colours::read(samples, planes, kind, page)
}

fn unusable(error: &TiffError, page: &Page) -> Unusable {
    match error {
        TiffError::LimitsExceeded => Unusable::TooLarge { width: page.width.into(), height: page.height.into() },
        TiffError::UnsupportedError(TiffUnsupportedError::UnsupportedCompressionMethod(_)) => {
            Unusable::Packing("a rare TIFF compression".into())
        }
        TiffError::UnsupportedError(_) => Unusable::Packing("TIFF with rare colours or layout".into()),
        TiffError::IoError(why) if why.kind() == std::io::ErrorKind::UnexpectedEof => Unusable::CutOff,
        _ => Unusable::Damaged,
    }
}
