//! Fingerprints of pages, to tell which ones of a file have changed.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

use super::streams::{decode, filters};

/// Entries that say where a page stands rather than what it shows.
const OF_THE_PLACE: [&[u8]; 6] = [b"Parent", b"StructParents", b"StructParent", b"P", b"Dest", b"Length"];

/// Entries that say how and when a page was saved.
const OF_SAVING: [&[u8]; 6] = [b"Filter", b"DecodeParms", b"Metadata", b"PieceInfo", b"LastModified", b"Length1"];

/// Entries of a structure tree that lead back to pages, or find what is found from its root as well.
const OF_THE_TREE: [&[u8]; 4] = [b"Pg", b"Obj", b"ParentTree", b"IDTree"];

/// How deep objects may be nested.
const DEEPEST: usize = 64;

/// Gives SHA-256, in hexadecimal, of all that each page of a file shows, and of the tags by which it is read aloud, if
/// it has any; nothing when the file cannot be read.
pub(crate) fn of(pdf: &[u8]) -> Option<(Vec<String>, Option<String>)> {
    let pdf = Document::load_mem(pdf).ok()?;
    let of = |object: &Object, of_tree: bool| {
        let mut reading = Reading { of_tree, ..Reading::of(&pdf) };
        reading.object(object, 0);
        crate::fs::hexadecimal(&reading.hash.finalize())
    };
    let tree = pdf.catalog().ok().and_then(|catalog| catalog.get(b"StructTreeRoot").ok());
    let pages = pdf.page_iter().map(|id| of(&Object::Reference(id), false)).collect();
    Some((pages, tree.map(|tree| of(tree, true))))
}

struct Reading<'a> {
    pdf: &'a Document,
    hash: Sha256,
    /// Objects met, with the order in which they were.
    seen: BTreeMap<ObjectId, usize>,
    /// Whether it is the structure tree that is read.
    of_tree: bool,
}

impl<'a> Reading<'a> {
    fn of(pdf: &'a Document) -> Self {
        Self { pdf, hash: Sha256::new(), seen: BTreeMap::new(), of_tree: false }
    }

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
            // `1` and `1.0` are written by one program or another.
            #[expect(clippy::cast_precision_loss, reason = "numbers of PDF are no more precise")]
            Object::Integer(value) => self.mark(b'r', &(*value as f32).to_le_bytes()),
            Object::Real(value) => self.mark(b'r', &value.to_le_bytes()),
            Object::Name(name) => self.mark(b'/', without_subset(name)),
            Object::String(text, _) => self.mark(b's', text),
            Object::Array(items) => {
                self.mark(b'[', &items.len().to_le_bytes());
                for item in items {
                    self.object(item, depth + 1);
                }
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, depth),
            Object::Stream(stream) => {
                let decoded = decode(self.pdf, stream);
                if decoded.is_none() {
                    for filter in filters(self.pdf, &stream.dict) {
                        self.mark(b'/', &filter);
                    }
                }
                self.dictionary(&stream.dict, depth);
                self.mark(b'c', decoded.as_ref().unwrap_or(&stream.content));
            }
            Object::Reference(id) => self.reference(*id, depth),
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, depth: usize) {
        let is_left_out = |key: &[u8]| {
            OF_THE_PLACE.contains(&key) || OF_SAVING.contains(&key) || (self.of_tree && OF_THE_TREE.contains(&key))
        };
        let mut entries: Vec<(&Vec<u8>, &Object)> = dictionary.iter().filter(|(key, _)| !is_left_out(key)).collect();
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

/// Gives the name of a font without the six letters that tell a subset of it from others.
fn without_subset(name: &[u8]) -> &[u8] {
    match name.split_at_checked(6) {
        Some((tag, [b'+', rest @ ..])) if tag.iter().all(u8::is_ascii_uppercase) => rest,
        _ => name,
    }
}
