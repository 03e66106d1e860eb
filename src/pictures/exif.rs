//! EXIF: what it tells, and which side of a picture is up.

use std::collections::BTreeSet;

use ::exif::{Context, Exif, In, Reader, Tag, Value};

use super::traces::Trace;

/// The computer it was made on (TIFF 6.0, section 8).
const HOST_COMPUTER: Tag = Tag(Context::Tiff, 0x13C);

/// What was learnt from EXIF data.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    /// Which side is up, 1 to 8 as in EXIF; 1 when it does not say.
    pub(crate) orientation: u8,
    /// Dots per inch across and down.
    pub(crate) dpi: Option<(f64, f64)>,
    /// What it tells.
    pub(crate) traces: BTreeSet<Trace>,
}

/// Reads EXIF data, which begins like a TIFF file; damaged data tells what is left of it.
pub(super) fn read(data: &[u8]) -> Learnt {
    let exif = match Reader::new().continue_on_error(true).read_raw(data.to_vec()) {
        Ok(exif) => Some(exif),
        Err(::exif::Error::PartialResult(partial)) => Some(partial.into_inner().0),
        Err(_) => None,
    };
    let Some(exif) = exif else {
        return Learnt { orientation: 1, dpi: None, traces: BTreeSet::from([Trace::Other]) };
    };
    let mut traces: BTreeSet<Trace> =
        exif.fields().filter_map(|field| trace(field.tag, field.ifd_num, &field.value)).collect();
    if traces.is_empty() {
        traces.insert(Trace::Other);
    }
    Learnt { orientation: orientation(&exif), dpi: dpi(&exif), traces }
}

/// Gives the smallest EXIF data that says which side is up: one tag.
pub(super) fn only_orientation(orientation: u8) -> Vec<u8> {
    let mut data = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    data.extend([orientation, 0, 0, 0, 0, 0, 0]);
    data
}

fn orientation(exif: &Exif) -> u8 {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    value.and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

fn dpi(exif: &Exif) -> Option<(f64, f64)> {
    let axis = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(value) => value.first().map(::exif::Rational::to_f64),
        _ => None,
    };
    let unit = exif.get_field(Tag::ResolutionUnit, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    let scale = match unit {
        Some(1) => return None,
        Some(3) => 2.54,
        _ => 1.0,
    };
    sensible(axis(Tag::XResolution)? * scale, axis(Tag::YResolution)? * scale)
}

/// Gives a resolution that can be true.
pub(super) fn sensible(across: f64, down: f64) -> Option<(f64, f64)> {
    let sensible = |dots: f64| (1.0..=20_000.0).contains(&dots);
    (sensible(across) && sensible(down)).then_some((across, down))
}

fn trace(tag: Tag, ifd: In, value: &Value) -> Option<Trace> {
    if matches!(value, Value::Ascii(texts) if texts.iter().all(|text| text.trim_ascii().is_empty())) {
        return None;
    }
    if tag.context() == Context::Gps {
        return Some(Trace::Place);
    }
    if ifd == In::THUMBNAIL && matches!(tag, Tag::JPEGInterchangeFormat | Tag::StripOffsets) {
        return Some(Trace::Preview);
    }
    Some(match tag {
        Tag::Make
        | Tag::Model
        | Tag::LensModel
        | Tag::LensMake
        | Tag::BodySerialNumber
        | Tag::LensSerialNumber
        | Tag::MakerNote
        | Tag::FNumber
        | Tag::ExposureTime
        | Tag::ImageUniqueID => Trace::Camera,
        Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized => Trace::Date,
        // The last is Windows's own: XPAuthor.
        Tag::Artist | Tag::Copyright | Tag::CameraOwnerName | Tag(Context::Tiff, 0x9C9D) => Trace::Author,
        Tag::Software => Trace::Program,
        // Windows's own: XPTitle, XPComment, XPKeywords, XPSubject.
        Tag::ImageDescription | Tag::UserComment | Tag(Context::Tiff, 0x9C9B | 0x9C9C | 0x9C9E | 0x9C9F) => {
            Trace::Description
        }
        HOST_COMPUTER => Trace::Paths,
        _ => return None,
    })
}
