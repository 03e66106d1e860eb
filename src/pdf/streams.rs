//! Streams: decoded within bounds, and made anew.

use std::io::Read;

use lopdf::{Dictionary, Document, Object, Stream};

use super::objects::resolve;

/// Bytes that one stream may decode to: more than any page's contents or font needs.
pub(crate) const LARGEST: usize = 128 * 1024 * 1024;

/// Decodes a stream. Nothing when it cannot be decoded, or only to more than [`LARGEST`] bytes.
pub(crate) fn decode(pdf: &Document, stream: &Stream) -> Option<Vec<u8>> {
    if stream.dict.get(b"Filter").is_err() {
        return Some(stream.content.clone());
    }
    let direct = with_direct_filters(pdf, &stream.dict);
    if direct.get(b"Filter").is_err() {
        return Some(stream.content.clone());
    }
    let mut copy = Stream::new(direct, Vec::new());
    copy.content.clone_from(&stream.content);
    copy.decompressed_content_with_limit(LARGEST).ok()
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
        Some(object @ (Object::Name(_) | Object::Dictionary(_))) => object.clone(),
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
