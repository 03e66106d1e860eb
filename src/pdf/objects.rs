//! Reads PDF objects without trusting them: references are followed, wrong types give nothing.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use super::geometry::{Matrix, Rect};

/// Marks that one page can have: a number beyond is not the work of a program that means well.
pub(crate) const MOST_MARKS: usize = 200_000;

/// Follows references, up to sixteen of them.
pub(crate) fn resolve<'a>(pdf: &'a Document, mut object: &'a Object) -> Option<&'a Object> {
    for _ in 0..16 {
        match object {
            Object::Reference(id) => object = pdf.objects.get(id)?,
            Object::Null => return None,
            _ => return Some(object),
        }
    }
    None
}

/// Gives the value of a key.
pub(crate) fn get<'a>(pdf: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(pdf, dict.get(key).ok()?)
}

/// Gives a dictionary, or that of a stream.
pub(crate) fn dictionary<'a>(pdf: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    match resolve(pdf, object)? {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Gives the dictionary at a key.
pub(crate) fn get_dictionary<'a>(pdf: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    dictionary(pdf, dict.get(key).ok()?)
}

/// Gives the array at a key.
pub(crate) fn get_array<'a>(pdf: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
    match get(pdf, dict, key)? {
        Object::Array(items) => Some(items),
        _ => None,
    }
}

/// Gives the stream at a key.
pub(crate) fn get_stream<'a>(pdf: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
    match get(pdf, dict, key)? {
        Object::Stream(stream) => Some(stream),
        _ => None,
    }
}

/// Gives the name at a key.
pub(crate) fn get_name<'a>(pdf: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    match get(pdf, dict, key)? {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

/// Gives the number at a key.
pub(crate) fn get_number(pdf: &Document, dict: &Dictionary, key: &[u8]) -> Option<f64> {
    number(pdf, dict.get(key).ok()?)
}

/// Gives the whole number at a key.
pub(crate) fn get_integer(pdf: &Document, dict: &Dictionary, key: &[u8]) -> Option<i64> {
    match get(pdf, dict, key)? {
        Object::Integer(number) => Some(*number),
        #[expect(clippy::cast_possible_truncation, reason = "casts of floats to integers saturate")]
        Object::Real(number) => Some(*number as i64),
        _ => None,
    }
}

/// Gives the text at a key.
pub(crate) fn get_text(pdf: &Document, dict: &Dictionary, key: &[u8]) -> Option<String> {
    match get(pdf, dict, key)? {
        Object::String(bytes, _) => Some(text(bytes)),
        _ => None,
    }
}

/// Gives the streams of a page's contents, as the page names them.
pub(crate) fn contents<'a>(pdf: &'a Document, page: &'a Dictionary) -> Vec<&'a Object> {
    let Ok(contents) = page.get(b"Contents") else { return Vec::new() };
    match resolve(pdf, contents) {
        Some(Object::Array(items)) => items.iter().collect(),
        Some(Object::Stream(_)) => vec![contents],
        _ => Vec::new(),
    }
}

/// Gives a number.
pub(crate) fn number(pdf: &Document, object: &Object) -> Option<f64> {
    match resolve(pdf, object)? {
        #[expect(clippy::cast_precision_loss, reason = "no coordinate needs more than 53 bits")]
        Object::Integer(number) => Some(*number as f64),
        Object::Real(number) if number.is_finite() => Some(f64::from(*number)),
        _ => None,
    }
}

fn numbers<const N: usize>(pdf: &Document, items: &[Object]) -> Option<[f64; N]> {
    let mut numbers = [0.0; N];
    for (index, place) in numbers.iter_mut().enumerate() {
        *place = number(pdf, items.get(index)?)?;
    }
    Some(numbers)
}

/// Gives the rectangle at a key.
pub(crate) fn get_rect(pdf: &Document, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
    let [a, b, c, d] = numbers(pdf, get_array(pdf, dict, key)?)?;
    Some(Rect::new((a, b), (c, d)))
}

/// Gives the transformation at a key, or the one that leaves all as it is.
pub(crate) fn get_matrix(pdf: &Document, dict: &Dictionary, key: &[u8]) -> Matrix {
    get_array(pdf, dict, key).and_then(|items| numbers(pdf, items)).map_or(Matrix::IDENTITY, Matrix)
}

/// Reads a text string: UTF-16 or UTF-8 with its mark, else byte by byte (ISO 32000-1, 7.9.2.2).
pub(crate) fn text(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| of_document_encoding(*byte)).collect(),
    }
}

/// Reads a byte of PDFDocEncoding (ISO 32000-1, Annex D.3).
fn of_document_encoding(byte: u8) -> char {
    const FROM_24: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const FROM_128: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        24..=31 => FROM_24[usize::from(byte) - 24],
        128..=158 => FROM_128[usize::from(byte) - 128],
        160 => '€',
        _ => char::from(byte),
    }
}

/// Writes a text string.
pub(crate) fn text_string(text: &str) -> Object {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Writes bytes as the digits of a string in hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        let _ = write!(digits, "{byte:02X}");
        digits
    })
}

/// Writes a number.
#[expect(clippy::cast_possible_truncation, reason = "the library keeps numbers in single precision")]
pub(crate) fn real(value: f64) -> Object {
    if value.fract() == 0.0 && value.abs() < 1e9 { Object::Integer(value as i64) } else { Object::Real(value as f32) }
}

/// Writes a rectangle.
pub(crate) fn rect(rect: Rect) -> Object {
    Object::Array([rect.left, rect.bottom, rect.right, rect.top].map(real).to_vec())
}

/// Gives the id of what a key refers to, or nothing when it stands there itself.
pub(crate) fn get_reference(dict: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    match dict.get(key) {
        Ok(Object::Reference(id)) => Some(*id),
        _ => None,
    }
}
