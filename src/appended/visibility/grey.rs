//! Grey values of a file's pictures, for those that ask what a picture shows.

use std::io::Cursor;

use hayro_ccitt::EncodingMode;
use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder};
use lopdf::{Dictionary, Document, Object, Stream};

use super::budget::Budget;
use super::colour::{Colour, Space};
use crate::pdf::objects::{dictionary, get, get_array, get_integer, get_stream, number};
use crate::pdf::streams;
use crate::pictures::unpack;

/// Most dots of a picture that is looked into.
const LARGEST: usize = 100_000_000;

/// Grey values of a picture, row by row, 0 for black.
#[derive(Debug)]
pub(crate) struct Grey {
    /// Dots across.
    pub(crate) width: usize,
    /// Dots down.
    pub(crate) height: usize,
    values: Vec<u8>,
}

impl Grey {
    /// Reads a picture; none when it cannot be read, or only at too high a price.
    pub(crate) fn read(pdf: &Document, stream: &Stream, budget: &mut Budget) -> Option<Self> {
        let size = |key| usize::try_from(get_integer(pdf, &stream.dict, key)?).ok();
        let (width, height) = (size(b"Width")?, size(b"Height")?);
        let dots = width.checked_mul(height).filter(|dots| (1..=LARGEST).contains(dots))?;
        budget.unpack(dots).then_some(())?;
        let filters = streams::filters(pdf, &stream.dict);
        let mut grey = match filters.last().map(|filter| &filter[..]) {
            Some(b"DCTDecode") => jpeg(pdf, stream)?,
            Some(b"JPXDecode") => return None,
            _ => Self { width, height, values: samples(pdf, stream, (width, height))? },
        };
        if decode_turns(pdf, &stream.dict)? {
            grey.values.iter_mut().for_each(|value| *value = u8::MAX - *value);
        }
        (grey.values.len() >= grey.width * grey.height).then_some(grey)
    }

    /// Gives the value of a dot.
    pub(crate) fn dot(&self, column: usize, row: usize) -> Option<u8> {
        self.values.get(row * self.width + column).copied()
    }

    /// Gives the value at a place: parts of its width from the left and of its height from the top.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "clamped")]
    pub(crate) fn at(&self, across: f64, down: f64) -> Option<u8> {
        let place = |part: f64, size: usize| (part * size as f64).clamp(0.0, size as f64 - 1.0) as usize;
        self.dot(place(across, self.width), place(down, self.height))
    }
}

/// Tells whether a picture's values are turned round: its least is its lightest.
fn decode_turns(pdf: &Document, dict: &Dictionary) -> Option<bool> {
    let Some([first, second, ..]) = get_array(pdf, dict, b"Decode") else { return Some(false) };
    Some(number(pdf, first)? > number(pdf, second)?)
}

/// Gives the data of a picture that its last filter is to read.
fn packed(pdf: &Document, stream: &Stream) -> Option<Vec<u8>> {
    let mut filters = streams::filters(pdf, &stream.dict);
    filters.pop();
    if filters.is_empty() {
        return Some(stream.content.clone());
    }
    let mut before = streams::with_direct_filters(pdf, &stream.dict);
    let parameters = match before.get(b"DecodeParms") {
        Ok(Object::Array(all)) => all.iter().take(filters.len()).cloned().collect(),
        _ => Vec::new(),
    };
    before.set("Filter", Object::Array(filters.into_iter().map(Object::Name).collect()));
    before.set("DecodeParms", Object::Array(parameters));
    streams::decode(pdf, &Stream::new(before, stream.content.clone()))
}

/// Gives the parameters of a picture's last filter.
fn parameters<'a>(pdf: &'a Document, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    match get(pdf, dict, b"DecodeParms")? {
        Object::Array(all) => dictionary(pdf, all.last()?),
        one => dictionary(pdf, one),
    }
}

fn jpeg(pdf: &Document, stream: &Stream) -> Option<Grey> {
    let bytes = packed(pdf, stream)?;
    let decoder = JpegDecoder::new(Cursor::new(bytes)).ok()?;
    let (width, height) = decoder.dimensions();
    let dots = u64::from(width) * u64::from(height);
    // Of inks nobody can tell whether they are meant to be turned round.
    if dots > LARGEST as u64 || matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8) {
        return None;
    }
    let values = match DynamicImage::from_decoder(decoder).ok()? {
        DynamicImage::ImageLuma8(grey) => grey.into_raw(),
        other => other.into_rgb8().pixels().map(|dot| light(dot.0)).collect(),
    };
    Some(Grey { width: width as usize, height: height as usize, values })
}

/// Gives how light a colour is.
#[expect(clippy::cast_possible_truncation, reason = "the weights add up to 256")]
fn light([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
}

/// Gives how light a colour is; none where nobody can tell.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub(crate) fn lightness(colour: Colour) -> Option<u8> {
    match colour {
        Colour::Rgb(parts) => Some(light(parts.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8))),
        Colour::Ink(_) | Colour::Varied => None,
    }
}

/// Gives the values of a picture that is packed without loss.
fn samples(pdf: &Document, stream: &Stream, (width, height): (usize, usize)) -> Option<Vec<u8>> {
    let dict = &stream.dict;
    let stencil = matches!(get(pdf, dict, b"ImageMask"), Some(Object::Boolean(true)));
    let space = if stencil { Space::Gray } else { Space::of_picture(pdf, dict.get(b"ColorSpace").ok()?) };
    let filters = streams::filters(pdf, dict);
    let bits = match filters.last().map(|filter| &filter[..]) {
        Some(b"CCITTFaxDecode") => return painted(&space, 1, fax(pdf, stream, (width, height))?),
        Some(b"JBIG2Decode") => return painted(&space, 1, jbig2(pdf, stream)?),
        _ if stencil => 1,
        _ => usize::try_from(get_integer(pdf, dict, b"BitsPerComponent")?).ok()?,
    };
    let bytes = streams::decode(pdf, stream)?;
    let parts = match space {
        Space::Gray | Space::Black | Space::Indexed(..) => 1,
        Space::Rgb => 3,
        Space::Cmyk => 4,
        _ => return None,
    };
    if parts == 1 && matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return painted(&space, bits.min(8), unpack(&bytes, (width, height), bits));
    }
    let step = match bits {
        8 => 1,
        16 => 2,
        _ => return None,
    };
    let dot = |dot: &[u8]| match *dot {
        [red, green, blue] => light([red, green, blue]),
        [cyan, magenta, yellow, black] => {
            light([cyan, magenta, yellow].map(|ink| (u8::MAX - ink).saturating_sub(black)))
        }
        _ => 0,
    };
    let firsts: Vec<u8> = bytes.into_iter().step_by(step).collect();
    Some(firsts.chunks_exact(parts).map(dot).collect())
}

/// Gives numbers of so many bits the values of their colours.
fn painted(space: &Space, bits: usize, mut numbers: Vec<u8>) -> Option<Vec<u8>> {
    let most = u8::MAX >> (8 - bits);
    let parts = |number: u8| match space {
        Space::Indexed(..) => f64::from(number),
        _ => f64::from(number) / f64::from(most),
    };
    // A palette need not have all the colours that there are numbers for.
    let values: Vec<Option<u8>> = (0..=most).map(|number| lightness(space.colour(&[parts(number)]))).collect();
    for number in &mut numbers {
        *number = values.get(usize::from(*number)).copied().flatten()?;
    }
    Some(numbers)
}

/// Dots of black and white, as 0 and 1.
#[derive(Default)]
struct Dots {
    values: Vec<u8>,
    width: usize,
    most: usize,
}

impl Dots {
    fn push(&mut self, white: bool, count: usize) {
        let room = self.most.saturating_sub(self.values.len());
        self.values.extend(std::iter::repeat_n(u8::from(white), count.min(room)));
    }
}

impl hayro_ccitt::Decoder for Dots {
    fn push_pixels(&mut self, white: bool, count: u32) {
        self.push(white, count as usize);
    }

    fn next_line(&mut self) {
        let rest = self.values.len() % self.width.max(1);
        if rest > 0 {
            self.push(true, self.width - rest);
        }
    }
}

impl hayro_jbig2::Decoder for Dots {
    fn push_pixel(&mut self, black: bool) {
        self.push(!black, 1);
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        self.push(!black, chunk_count as usize * 8);
    }

    fn next_line(&mut self) {}
}

/// Unpacks a fax. (ISO 32000-1, 7.4.6.)
fn fax(pdf: &Document, stream: &Stream, (width, height): (usize, usize)) -> Option<Vec<u8>> {
    let parameters = parameters(pdf, &stream.dict);
    let integer = |key: &[u8]| parameters.and_then(|dict| get_integer(pdf, dict, key));
    let flag = |key: &[u8]| match parameters.and_then(|dict| get(pdf, dict, key)) {
        Some(Object::Boolean(flag)) => Some(*flag),
        _ => None,
    };
    let columns = usize::try_from(integer(b"Columns").unwrap_or(1728)).ok()?;
    (columns == width).then_some(())?;
    let settings = hayro_ccitt::DecodeSettings {
        columns: u32::try_from(columns).ok()?,
        rows: u32::try_from(height).ok()?,
        end_of_block: flag(b"EndOfBlock").unwrap_or(true),
        end_of_line: flag(b"EndOfLine").unwrap_or(false),
        rows_are_byte_aligned: flag(b"EncodedByteAlign").unwrap_or(false),
        encoding: match integer(b"K").unwrap_or(0) {
            ..0 => EncodingMode::Group4,
            0 => EncodingMode::Group3_1D,
            k => EncodingMode::Group3_2D { k: u32::try_from(k).ok()? },
        },
        invert_black: false,
    };
    let mut dots = Dots { values: Vec::new(), width, most: width * height };
    hayro_ccitt::decode(&packed(pdf, stream)?, &mut dots, &mut hayro_ccitt::DecoderContext::new(settings)).ok()?;
    let black_is_one = flag(b"BlackIs1").unwrap_or(false);
    if black_is_one {
        dots.values.iter_mut().for_each(|dot| *dot = 1 - *dot);
    }
    Some(dots.values)
}

/// Unpacks a picture of JBIG2. (ISO 32000-1, 7.4.7.)
fn jbig2(pdf: &Document, stream: &Stream) -> Option<Vec<u8>> {
    let globals = parameters(pdf, &stream.dict).and_then(|dict| get_stream(pdf, dict, b"JBIG2Globals"));
    let globals = match globals {
        Some(globals) => Some(streams::decode(pdf, globals)?),
        None => None,
    };
    let bytes = packed(pdf, stream)?;
    let image = hayro_jbig2::Image::new_embedded(&bytes, globals.as_deref()).ok()?;
    let (width, height) = (image.width() as usize, image.height() as usize);
    let most = width.checked_mul(height).filter(|dots| *dots <= LARGEST)?;
    let size = |key| usize::try_from(get_integer(pdf, &stream.dict, key)?).ok();
    (size(b"Width") == Some(width) && size(b"Height") == Some(height)).then_some(())?;
    let mut dots = Dots { values: Vec::new(), width, most };
    image.decode(&mut dots).ok()?;
    Some(dots.values)
}
