//! Reads objects of an untrusted file: references followed a bounded way, streams decoded to a bounded size.

use std::cell::Cell;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// Most bytes of one decoded stream.
const STREAM: usize = 64 << 20;
/// Most bytes of all decoded streams.
const ALL: usize = 512 << 20;
/// Most references followed in a row.
const HOPS: usize = 16;

static NULL: Object = Object::Null;

/// The file, and how much of it was decoded.
pub(crate) struct Book<'a> {
    pdf: &'a Document,
    spent: Cell<usize>,
}

/// Says that a stream could not be decoded, or not within the bounds.
pub(crate) struct Unreadable;

impl<'a> Book<'a> {
    /// Opens a file.
    pub(crate) fn new(pdf: &'a Document) -> Self {
        Self { pdf, spent: Cell::new(0) }
    }

    /// Gives the object behind references; null when there is none.
    pub(crate) fn get(&self, object: &'a Object) -> &'a Object {
        let mut object = object;
        for _ in 0..HOPS {
            match object {
                Object::Reference(id) => object = self.by_id(*id),
                other => return other,
            }
        }
        &NULL
    }

    /// Gives the object with this id; null when there is none.
    pub(crate) fn by_id(&self, id: ObjectId) -> &'a Object {
        self.pdf.objects.get(&id).unwrap_or(&NULL)
    }

    /// Gives the value of a key, behind references; none when it is missing or null.
    pub(crate) fn key(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        match self.get(dict.get(key).ok()?) {
            Object::Null => None,
            found => Some(found),
        }
    }

    /// Gives the dictionary of a key, or that of a stream.
    pub(crate) fn dict(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        dict_of(self.key(dict, key)?)
    }

    /// Gives the stream of a key.
    pub(crate) fn stream(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.key(dict, key)?.as_stream().ok()
    }

    /// Gives the name of a key.
    pub(crate) fn name(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.key(dict, key)?.as_name().ok()
    }

    /// Gives the array of a key.
    pub(crate) fn array(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.key(dict, key)?.as_array().ok().map(Vec::as_slice)
    }

    /// Gives the whole number of a key.
    pub(crate) fn int(&self, dict: &'a Dictionary, key: &[u8]) -> Option<i64> {
        self.key(dict, key)?.as_i64().ok()
    }

    /// Gives the truth value of a key.
    pub(crate) fn truth(&self, dict: &'a Dictionary, key: &[u8]) -> Option<bool> {
        self.key(dict, key)?.as_bool().ok()
    }

    /// Gives the text string of a key.
    pub(crate) fn text(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        match self.key(dict, key)? {
            Object::String(text, _) => Some(text),
            _ => None,
        }
    }

    /// Gives the number of a key.
    pub(crate) fn number(&self, dict: &'a Dictionary, key: &[u8]) -> Option<f64> {
        number_of(self.key(dict, key)?)
    }

    /// Gives the catalog.
    pub(crate) fn catalog(&self) -> Option<&'a Dictionary> {
        dict_of(self.get(self.pdf.trailer.get(b"Root").ok()?))
    }

    /// Gives the names of the filters of a stream.
    pub(crate) fn filters(&self, dict: &'a Dictionary) -> Vec<&'a [u8]> {
        match self.key(dict, b"Filter") {
            Some(Object::Name(name)) => vec![name],
            Some(Object::Array(list)) => list.iter().filter_map(|name| self.get(name).as_name().ok()).collect(),
            _ => Vec::new(),
        }
    }

    /// Decodes a stream within the bounds.
    pub(crate) fn decode(&self, stream: &'a Stream) -> Result<Vec<u8>, Unreadable> {
        let room = STREAM.min(ALL.saturating_sub(self.spent.get()));
        let indirect = |key: &[u8]| stream.dict.get(key).is_ok_and(|value| !is_plain(value));
        let decoded = if indirect(b"Filter") || indirect(b"DecodeParms") {
            let mut copy = Stream::new(Dictionary::new(), stream.content.clone());
            for key in [&b"Filter"[..], b"DecodeParms"] {
                if let Some(value) = self.key(&stream.dict, key) {
                    copy.dict.set(key, self.plain(value, 4));
                }
            }
            copy.get_plain_content_with_limit(room)
        } else {
            stream.get_plain_content_with_limit(room)
        };
        match decoded {
            Ok(bytes) => {
                self.spent.set(self.spent.get().saturating_add(bytes.len()));
                Ok(bytes)
            }
            Err(_) => Err(Unreadable),
        }
    }

    /// Copies an object with its references replaced, some levels deep.
    fn plain(&self, object: &'a Object, depth: usize) -> Object {
        match self.get(object) {
            Object::Array(list) if depth > 0 => {
                Object::Array(list.iter().take(64).map(|item| self.plain(item, depth - 1)).collect())
            }
            Object::Dictionary(dict) if depth > 0 => {
                let mut copy = Dictionary::new();
                for (key, value) in dict.iter().take(64) {
                    copy.set(key.clone(), self.plain(value, depth - 1));
                }
                Object::Dictionary(copy)
            }
            Object::Stream(_) => Object::Null,
            other => other.clone(),
        }
    }
}

/// Gives a dictionary, or that of a stream.
pub(crate) fn dict_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Gives a number, whole or not.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn number_of(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)),
        _ => None,
    }
}

/// Gives where an object lies in memory, which tells it from all others while the file is open.
pub(crate) fn place<T>(object: &T) -> usize {
    std::ptr::from_ref(object).addr()
}

fn is_plain(object: &Object) -> bool {
    match object {
        Object::Reference(_) => false,
        Object::Array(list) => list.iter().all(|item| match item {
            Object::Dictionary(dict) => dict.iter().all(|(_, value)| !matches!(value, Object::Reference(_))),
            other => !matches!(other, Object::Reference(_)),
        }),
        Object::Dictionary(dict) => dict.iter().all(|(_, value)| !matches!(value, Object::Reference(_))),
        _ => true,
    }
}
