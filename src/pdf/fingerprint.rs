//! Fingerprints of pages, to tell which ones of a file have changed.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

/// Entries that say where a page stands rather than what it shows.
const OF_THE_PLACE: [&[u8]; 6] = [b"Parent", b"StructParents", b"StructParent", b"P", b"Dest", b"Length"];

/// How deep objects may be nested.
const DEEPEST: usize = 64;

/// Gives for each page of a file the SHA-256, in hexadecimal, of all that it shows; nothing when the
/// file cannot be read.
pub fn of_pages(pdf: &[u8]) -> Option<Vec<String>> {
    let pdf = Document::load_mem(pdf).ok()?;
    let of_page = |id: ObjectId| {
        let mut reading = Reading { pdf: &pdf, hash: Sha256::new(), seen: BTreeMap::new() };
        reading.object(&Object::Reference(id), 0);
        crate::fs::hexadecimal(&reading.hash.finalize())
    };
    Some(pdf.page_iter().map(of_page).collect())
}

struct Reading<'a> {
    pdf: &'a Document,
    hash: Sha256,
    /// Objects met, with the order in which they were.
    seen: BTreeMap<ObjectId, usize>,
}

impl Reading<'_> {
    fn mark(&mut self, kind: u8, bytes: &[u8]) {
        self.hash.update([kind]);
        self.hash.update(bytes.len().to_le_bytes());
        self.hash.update(bytes);
    }

    fn object(&mut self, object: &Object, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match object {
            Object::Null => self.mark(b'n', &[]),
            Object::Boolean(value) => self.mark(b'b', &[u8::from(*value)]),
            Object::Integer(value) => self.mark(b'i', &value.to_le_bytes()),
            Object::Real(value) => self.mark(b'r', &value.to_le_bytes()),
            Object::Name(name) => self.mark(b'/', name),
            Object::String(text, _) => self.mark(b's', text),
            Object::Array(items) => {
                self.mark(b'[', &items.len().to_le_bytes());
                for item in items {
                    self.object(item, depth + 1);
                }
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, depth),
            Object::Stream(stream) => {
                self.dictionary(&stream.dict, depth);
                self.mark(b'c', &stream.content);
            }
            Object::Reference(id) => self.reference(*id, depth),
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, depth: usize) {
        let mut entries: Vec<(&Vec<u8>, &Object)> =
            dictionary.iter().filter(|(key, _)| !OF_THE_PLACE.contains(&key.as_slice())).collect();
        entries.sort_by_key(|(key, _)| *key);
        self.mark(b'<', &entries.len().to_le_bytes());
        for (key, value) in entries {
            self.mark(b'/', key);
            self.object(value, depth + 1);
        }
    }

    fn reference(&mut self, id: ObjectId, depth: usize) {
        let next = self.seen.len();
        if let Some(earlier) = self.seen.get(&id) {
            self.mark(b'R', &earlier.to_le_bytes());
        } else {
            self.seen.insert(id, next);
            if let Some(object) = self.pdf.objects.get(&id) {
                self.object(object, depth + 1);
            }
        }
    }
}
