//! Reads objects of an untrusted file with one budget for all that is decoded.

use std::cell::Cell;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::{objects, streams};

/// Most bytes of one decoded stream.
const STREAM: usize = 64 << 20;
/// Most bytes of all decoded streams.
const ALL: usize = 512 << 20;

static NULL: Object = Object::Null;

/// The file, and how much of it was decoded.
pub(crate) struct PdfReader<'a> {
    pdf: &'a Document,
    spent: Cell<usize>,
}

/// Says that a stream could not be decoded, or not within the bounds.
pub(crate) struct Unreadable;

impl<'a> PdfReader<'a> {
    /// Opens a file.
    pub(crate) fn new(pdf: &'a Document) -> Self {
        Self { pdf, spent: Cell::new(0) }
    }

    /// Gives the bytes that were decoded so far.
    pub(crate) fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Gives the object behind references; null when there is none.
    pub(crate) fn get(&self, object: &'a Object) -> &'a Object {
        objects::resolve(self.pdf, object).unwrap_or(&NULL)
    }

    /// Gives the object with this id; null when there is none.
    pub(crate) fn by_id(&self, id: ObjectId) -> &'a Object {
        self.pdf.objects.get(&id).unwrap_or(&NULL)
    }

    /// Gives the value of a key, behind references; none when it is missing or null.
    pub(crate) fn key(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        objects::get(self.pdf, dict, key)
    }

    /// Gives the dictionary of a key, or that of a stream.
    pub(crate) fn dict(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        objects::get_dictionary(self.pdf, dict, key)
    }

    /// Gives the stream of a key.
    pub(crate) fn stream(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        objects::get_stream(self.pdf, dict, key)
    }

    /// Gives the name of a key.
    pub(crate) fn name(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        objects::get_name(self.pdf, dict, key)
    }

    /// Gives the array of a key.
    pub(crate) fn array(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        objects::get_array(self.pdf, dict, key)
    }

    /// Gives the whole number of a key.
    pub(crate) fn int(&self, dict: &'a Dictionary, key: &[u8]) -> Option<i64> {
        self.key(dict, key)?.as_i64().ok()
    }

    /// Gives the truth value of a key.
    pub(crate) fn truth(&self, dict: &'a Dictionary, key: &[u8]) -> Option<bool> {
        self.key(dict, key)?.as_bool().ok()
    }

    /// Gives the bytes of the text string of a key.
    pub(crate) fn text(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.key(dict, key)?.as_str().ok()
    }

    /// Gives the number of a key.
    pub(crate) fn number(&self, dict: &'a Dictionary, key: &[u8]) -> Option<f64> {
        objects::get_number(self.pdf, dict, key)
    }

    /// Gives a number, behind references.
    pub(crate) fn number_of(&self, object: &'a Object) -> Option<f64> {
        objects::number(self.pdf, object)
    }

    /// Gives the catalog.
    pub(crate) fn catalog(&self) -> Option<&'a Dictionary> {
        self.dict(&self.pdf.trailer, b"Root")
    }

    /// Gives the names of the filters of a stream.
    pub(crate) fn filters(&self, dict: &Dictionary) -> Vec<Vec<u8>> {
        streams::filters(self.pdf, dict)
    }

    /// Decodes a stream within the bounds.
    pub(crate) fn decode(&self, stream: &Stream) -> Result<Vec<u8>, Unreadable> {
        let room = STREAM.min(ALL.saturating_sub(self.spent.get()));
        let bytes = streams::decode_within(self.pdf, stream, room).map_err(|_| Unreadable)?;
        self.spent.set(self.spent.get().saturating_add(bytes.len()));
        Ok(bytes)
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

/// Gives where an object lies in memory, which tells it from all others while the file is open.
pub(crate) fn place<T>(object: &T) -> usize {
    std::ptr::from_ref(object).addr()
}
