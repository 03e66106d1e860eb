//! Whatever pages and tags refer to: streams, strings, names and numbers (ISO 19005-2, 6.1.7 and 6.1.13).

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::faults::Faults;
use crate::pdf::reader::{PdfReader, dict_of};

const FILTERS: [&[u8]; 8] = [
    b"ASCIIHexDecode",
    b"ASCII85Decode",
    b"FlateDecode",
    b"RunLengthDecode",
    b"CCITTFaxDecode",
    b"JBIG2Decode",
    b"DCTDecode",
    b"JPXDecode",
];

/// Objects looked at so far.
#[derive(Default)]
pub(crate) struct Limits {
    seen: HashSet<ObjectId>,
}

impl Limits {
    /// Checks the sizes of a page (6.1.13).
    pub(crate) fn page(&mut self, reader: &PdfReader, faults: &mut Faults, id: ObjectId) {
        self.seen.insert(id);
        let Some(page) = dict_of(reader.by_id(id)) else { return };
        for key in [&b"MediaBox"[..], b"CropBox", b"BleedBox", b"TrimBox", b"ArtBox"] {
            let Some(list) = reader.array(page, key) else { continue };
            let numbers: Vec<f64> = list.iter().filter_map(|number| reader.number_of(number)).collect();
            let sound = matches!(numbers.as_slice(), [left, bottom, right, top]
                if (3.0..=14400.0).contains(&(right - left).abs()) && (3.0..=14400.0).contains(&(top - bottom).abs()));
            if !sound {
                faults.archiving("a page is smaller or larger than is allowed");
            }
        }
        if reader.key(page, b"MediaBox").is_none() {
            faults.archiving("a page has no size");
        }
        self.dict(reader, faults, page);
    }

    /// Checks a dictionary and all that it refers to, except other pages and what is above it.
    pub(crate) fn dict<'a>(&mut self, reader: &PdfReader<'a>, faults: &mut Faults, dict: &'a Dictionary) {
        let mut waiting: Vec<&'a Object> = Vec::new();
        entries(faults, dict, &mut waiting);
        while let Some(object) = waiting.pop() {
            match object {
                Object::Reference(id) if self.seen.insert(*id) => {
                    let target = reader.by_id(*id);
                    let other = dict_of(target).and_then(|dict| reader.name(dict, b"Type"));
                    if !matches!(other, Some(b"Page" | b"Pages" | b"Catalog")) {
                        waiting.push(target);
                    }
                }
                Object::Array(list) => waiting.extend(list),
                Object::Dictionary(dict) => entries(faults, dict, &mut waiting),
                Object::Stream(stream) => {
                    streams(reader, faults, &stream.dict);
                    entries(faults, &stream.dict, &mut waiting);
                }
                Object::Integer(value) if i32::try_from(*value).is_err() => {
                    faults.archiving("it has a number out of range");
                }
                Object::Real(value) if !value.is_finite() || (*value != 0.0 && value.abs() < 1.175e-38) => {
                    faults.archiving("it has a number out of range");
                }
                Object::String(text, _) if text.len() > 32767 => faults.archiving("it has a text that is too long"),
                Object::Name(name) if name.len() > 127 => faults.archiving("it has a name that is too long"),
                _ => {}
            }
        }
    }
}

fn entries<'a>(faults: &mut Faults, dict: &'a Dictionary, waiting: &mut Vec<&'a Object>) {
    for (key, value) in dict {
        if key.len() > 127 {
            faults.archiving("it has a name that is too long");
        }
        if !matches!(key.as_slice(), b"Parent" | b"P") {
            waiting.push(value);
        }
    }
}

fn streams<'a>(reader: &PdfReader<'a>, faults: &mut Faults, dict: &'a Dictionary) {
    if dict.has(b"F") || dict.has(b"FFilter") || dict.has(b"FDecodeParms") {
        faults.archiving("a part of it lies in another file");
    }
    let filters = reader.filters(dict);
    if !filters.iter().all(|filter| FILTERS.contains(&&filter[..])) {
        faults.archiving("a part of it is packed in a way that is not allowed");
    }
}
