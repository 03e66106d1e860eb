//! Streams: decoded within bounds, and made anew.

use std::io::Read;

use lopdf::{Dictionary, Document, Object, Stream};

use super::objects::resolve;

/// Bytes that one stream may decode to: more than any page's contents or font needs.
pub(crate) const LARGEST: usize = 128 * 1024 * 1024;

/// Short names of filters, which viewers take in any stream (ISO 32000-1, table 94, has them for inline images).
const SHORT: [(&[u8], &str); 5] = [
    (b"A85", "ASCII85Decode"),
    (b"AHx", "ASCIIHexDecode"),
    (b"Fl", "FlateDecode"),
    (b"LZW", "LZWDecode"),
    (b"RL", "RunLengthDecode"),
];

/// Decodes a stream. Nothing when it cannot be decoded, or only to more than [`LARGEST`] bytes.
pub(crate) fn decode(pdf: &Document, stream: &Stream) -> Option<Vec<u8>> {
    decode_within(pdf, stream, LARGEST).ok()
}

/// Decodes a stream to at most so many bytes.
pub(crate) fn decode_within(pdf: &Document, stream: &Stream, most: usize) -> lopdf::Result<Vec<u8>> {
    let keys = [&b"Filter"[..], b"DecodeParms"];
    if keys.into_iter().all(|key| stream.dict.get(key).is_ok_and(is_plain) || !stream.dict.has(key)) {
        return stream.get_plain_content_with_limit(most);
    }
    let mut copy = Stream::new(Dictionary::new(), stream.content.clone());
    let direct = with_direct_filters(pdf, &stream.dict);
    for key in keys {
        if let Ok(value) = direct.get(key) {
            copy.dict.set(key, in_full(value));
        }
    }
    copy.get_plain_content_with_limit(most)
}

/// Tells whether filters, or their parameters, stand as the library reads them.
fn is_plain(object: &Object) -> bool {
    match object {
        Object::Name(name) => SHORT.iter().all(|(short, _)| short != name),
        Object::Array(items) => items.iter().all(is_plain),
        Object::Dictionary(dict) => dict.iter().all(|(_, value)| !matches!(value, Object::Reference(_))),
        Object::Null => true,
        _ => false,
    }
}

/// Writes the names of filters in full.
fn in_full(object: &Object) -> Object {
    match object {
        Object::Name(name) => match SHORT.iter().find(|(short, _)| short == name) {
            Some((_, full)) => Object::Name(full.as_bytes().to_vec()),
            None => object.clone(),
        },
        Object::Array(items) => Object::Array(items.iter().map(in_full).collect()),
        _ => object.clone(),
    }
}

/// Tells whether a compressed stream is whole: one that breaks off is decoded as far as it goes.
pub(crate) fn is_whole(pdf: &Document, stream: &Stream) -> bool {
    if stream.content.is_empty() || filters(pdf, &stream.dict) != [b"FlateDecode"] {
        return true;
    }
    let decoder = flate2::read::ZlibDecoder::new(&stream.content[..]);
    std::io::copy(&mut decoder.take(LARGEST as u64), &mut std::io::sink()).is_ok()
}

/// Tells whether the packed data of a stream end before they should. (A checksum that is wrong or missing alone is
/// the maker's slip.)
pub(crate) fn breaks_off(pdf: &Document, stream: &Stream) -> bool {
    if is_whole(pdf, stream) {
        return false;
    }
    let packed = stream.content.get(2..).unwrap_or_default();
    let decoder = flate2::read::DeflateDecoder::new(packed);
    std::io::copy(&mut decoder.take(LARGEST as u64), &mut std::io::sink()).is_err()
}

/// Gives a stream's dictionary with its filters and their parameters written out: the library
/// does not follow references there.
pub(crate) fn with_direct_filters(pdf: &Document, dict: &Dictionary) -> Dictionary {
    let mut direct = dict.clone();
    for key in [&b"Filter"[..], b"DecodeParms"] {
        let Ok(value) = dict.get(key) else { continue };
        let value = match resolve(pdf, value) {
            Some(Object::Array(items)) => Object::Array(items.iter().map(|item| filter(pdf, item)).collect()),
            _ => filter(pdf, value),
        };
        if matches!(value, Object::Null) {
            direct.remove(key);
        } else {
            direct.set(key.to_vec(), value);
        }
    }
    direct
}

/// Gives a filter or its parameters: never a stream, which cannot stand within another object.
fn filter(pdf: &Document, object: &Object) -> Object {
    match resolve(pdf, object) {
        Some(Object::Dictionary(dict)) => {
            let direct = |value| resolve(pdf, value).filter(|value| value.as_stream().is_err()).cloned();
            let entries = dict.iter().filter_map(|(key, value)| Some((key.clone(), direct(value)?)));
            Object::Dictionary(entries.collect())
        }
        Some(name @ Object::Name(_)) => name.clone(),
        _ => Object::Null,
    }
}

/// Gives the names of a stream's filters in the order of decoding.
pub(crate) fn filters(pdf: &Document, dict: &Dictionary) -> Vec<Vec<u8>> {
    let name = |object: &Object| match resolve(pdf, object) {
        Some(Object::Name(name)) => Some(name.clone()),
        _ => None,
    };
    match dict.get(b"Filter").ok().and_then(|value| resolve(pdf, value)) {
        Some(Object::Array(items)) => items.iter().filter_map(name).collect(),
        Some(Object::Name(name)) => vec![name.clone()],
        _ => Vec::new(),
    }
}

/// Makes a compressed stream.
pub(crate) fn compressed(dict: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(dict, content);
    // What grows by compression stays as it is.
    let _ = stream.compress();
    stream
}
