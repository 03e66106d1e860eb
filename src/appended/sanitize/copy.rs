//! Copies objects from the foreign file: whatever pages need, once each, and nothing else.
//!
//! Left behind on the way: metadata, private data of programs, references to other files, layers.
//! Made fit for PDF/A on the way: LZW is recoded, pictures are no longer to be smoothed.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::damage::Way;
use super::layers::Hidden;
use super::used::Used;
use super::{Notes, Refusal, Subject, contents};
use crate::pdf::objects::{get_dictionary, get_name};
use crate::pdf::streams;
use crate::pictures::embedded;

/// Keys of streams and typed dictionaries that stay behind.
const LEFT: [&[u8]; 16] = [
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"OPI",
    b"Alternates",
    b"AF",
    b"OC",
    b"Ref",
    b"PS",
    b"StructParent",
    b"StructParents",
    b"Interpolate",
    b"Measure",
    b"PtData",
    b"CIDSet",
    b"CharSet",
];

/// Types of objects that no page's look needs.
const NOT_COPIED: [&[u8]; 9] =
    [b"Page", b"Pages", b"Catalog", b"StructTreeRoot", b"StructElem", b"Annot", b"OCG", b"OCMD", b"Filespec"];

/// Copies objects of one file into another.
pub(super) struct Copier<'a> {
    pub(super) from: &'a Document,
    to: &'a mut Document,
    hidden: &'a Hidden,
    /// How the file came here.
    pub(super) way: Way,
    /// Streams that are spoilt.
    gone: usize,
    /// Whether marks of contents mean anything.
    tagged: bool,
    /// Whether forms may name what is not to be taken over: things on pages that are not wanted.
    parts_only: bool,
    copied: BTreeMap<ObjectId, ObjectId>,
    pending: Vec<(ObjectId, ObjectId)>,
    /// Glyphs that are drawn like pages, of fonts that were met. (ISO 32000-1, 9.6.5.)
    glyphs: BTreeSet<ObjectId>,
    /// What was left out on the way and must be said.
    left_out: BTreeSet<(Subject, &'static str)>,
}

impl<'a> Copier<'a> {
    pub(super) fn new(
        from: &'a Document,
        to: &'a mut Document,
        hidden: &'a Hidden,
        way: Way,
        tagged: bool,
        parts_only: bool,
    ) -> Self {
        Self {
            from,
            to,
            hidden,
            way,
            gone: 0,
            tagged,
            parts_only,
            copied: BTreeMap::new(),
            pending: Vec::new(),
            glyphs: BTreeSet::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// Gives an id for an object to be put in later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.to.new_object_id()
    }

    /// Puts an object in.
    pub(super) fn put(&mut self, id: ObjectId, object: Object) {
        self.to.objects.insert(id, object);
    }

    /// Adds an object.
    pub(super) fn add(&mut self, object: Object) -> ObjectId {
        self.to.add_object(object)
    }

    /// Gives the id that an object of the file has got, if it was copied.
    pub(super) fn copy_of(&self, id: ObjectId) -> Option<ObjectId> {
        self.copied.get(&id).copied()
    }

    /// Gives the id of the copy of an object, which is made by [`Self::finish`] at the latest.
    pub(super) fn reference(&mut self, id: ObjectId) -> ObjectId {
        if let Some(copy) = self.copied.get(&id) {
            return *copy;
        }
        let copy = self.to.new_object_id();
        self.copied.insert(id, copy);
        self.pending.push((id, copy));
        copy
    }

    /// Copies a value.
    pub(super) fn object(&mut self, object: &Object) -> Object {
        match object {
            Object::Reference(id) => match self.from.objects.get(id) {
                None | Some(Object::Null) => Object::Null,
                Some(Object::Dictionary(dict)) if is_not_copied(dict) => Object::Null,
                Some(_) => Object::Reference(self.reference(*id)),
            },
            Object::Array(items) => Object::Array(items.iter().map(|item| self.object(item)).collect()),
            Object::Dictionary(dict) if is_not_copied(dict) => Object::Null,
            Object::Dictionary(dict) => Object::Dictionary(self.dictionary(dict)),
            // A stream cannot stand within another object.
            Object::Stream(stream) => {
                let copy = self.stream(stream, false);
                Object::Reference(self.add(copy))
            }
            other => other.clone(),
        }
    }

    /// Copies a dictionary.
    pub(super) fn dictionary(&mut self, dict: &Dictionary) -> Dictionary {
        // In dictionaries without a type, such as those of resources, keys are anybody's names.
        let typed = dict.has(b"Type");
        self.entries(dict, typed)
    }

    fn entries(&mut self, dict: &Dictionary, strip: bool) -> Dictionary {
        if let Some(glyphs) = get_dictionary(self.from, dict, b"CharProcs") {
            self.glyphs.extend(glyphs.iter().filter_map(|(_, glyph)| glyph.as_reference().ok()));
        }
        let mut copy = Dictionary::new();
        for (key, value) in dict {
            let left = strip && LEFT.contains(&key.as_slice());
            if !left && !is_of_the_file(key, value) {
                let value = self.object(value);
                copy.set(key.clone(), value);
            }
        }
        copy
    }

    fn stream(&mut self, stream: &Stream, is_glyph: bool) -> Object {
        if self.hidden.is(self.from, &stream.dict) {
            return Object::Stream(empty_form());
        }
        self.gone += usize::from(self.way.spoils(self.from, stream));
        let mut direct = streams::with_direct_filters(self.from, &stream.dict);
        let (mut content, mut picture) = (None, None);
        let subtype = get_name(self.from, &stream.dict, b"Subtype");
        let is_form = subtype == Some(b"Form") || (subtype.is_none() && stream.dict.has(b"BBox"));
        let is_pattern = stream.dict.has(b"PatternType");
        if is_form || (is_pattern && !stream.dict.has(b"ShadingType")) || is_glyph {
            match contents::form(self.from, stream, self.hidden, self.tagged) {
                Ok(edited) => content = edited,
                Err(()) => {
                    let message = "drawings with hidden layers could not be read, and are left out";
                    self.left_out.insert((Subject::Hidden, message));
                    return Object::Stream(empty_form());
                }
            }
        }
        let mut filters = streams::filters(self.from, &direct);
        if let Some((clean, behind)) = self.without_metadata(&direct, stream, &filters) {
            direct = behind;
            filters = streams::filters(self.from, &direct);
            picture = Some(clean);
        }
        if content.is_none() && picture.is_none() && filters.iter().any(|filter| filter == b"LZWDecode") {
            content = streams::decode(self.from, stream);
        }
        if (is_form || is_pattern)
            && (self.parts_only || !self.hidden.is_empty())
            && let Some(resources) = get_dictionary(self.from, &stream.dict, b"Resources")
            && let Some(bytes) = content.clone().or_else(|| streams::decode(self.from, stream))
        {
            let mut used = Used::of(&bytes);
            used.follow(self.from, resources);
            direct.set("Resources", Object::Dictionary(used.prune(self.from, resources)));
        }
        let mut dict = self.entries(&direct, true);
        for key in [&b"F"[..], b"FFilter", b"FDecodeParms"] {
            if dict.remove(key).is_some() {
                self.left_out.insert((Subject::Dropped, "parts of it are kept in other files, and are not shown"));
            }
        }
        dict.remove(b"Length");
        if dict.has(b"BBox") && !dict.has(b"Subtype") && !is_pattern {
            // Viewers show it as a form all the same.
            dict.set("Type", Object::Name(b"XObject".to_vec()));
            dict.set("Subtype", Object::Name(b"Form".to_vec()));
        }
        if let Some(content) = content {
            for key in [&b"Filter"[..], b"DecodeParms", b"DL"] {
                dict.remove(key);
            }
            return Object::Stream(streams::compressed(dict, content));
        }
        Object::Stream(Stream::new(dict, picture.unwrap_or_else(|| stream.content.clone())))
    }

    /// Gives a photograph without what it tells of camera, place and people, and its dictionary with the
    /// filters that remain; none when there is nothing to take out.
    fn without_metadata(
        &self,
        dict: &Dictionary,
        stream: &Stream,
        filters: &[Vec<u8>],
    ) -> Option<(Vec<u8>, Dictionary)> {
        let (last, before) = filters.split_last()?;
        let clean = match &last[..] {
            b"DCTDecode" | b"DCT" => embedded::jpeg_without_metadata,
            b"JPXDecode" => embedded::jpeg_2000_without_metadata,
            _ => return None,
        };
        if before.is_empty() {
            return Some((clean(&stream.content)?, dict.clone()));
        }
        let entries = |key: &[u8]| dict.get(key).and_then(Object::as_array).ok();
        let parameters = entries(b"DecodeParms").map(Vec::as_slice).unwrap_or_default();
        let mut outer = Stream::new(dict.clone(), stream.content.clone());
        outer.dict.set("Filter", Object::Array(before.iter().cloned().map(Object::Name).collect()));
        outer.dict.set("DecodeParms", Object::Array(parameters.iter().take(before.len()).cloned().collect()));
        let picture = clean(&streams::decode(self.from, &outer)?)?;
        let mut dict = dict.clone();
        dict.set("Filter", Object::Name(last.clone()));
        match parameters.get(before.len()) {
            Some(parameters) => dict.set("DecodeParms", parameters.clone()),
            None => drop(dict.remove(b"DecodeParms")),
        }
        Some((picture, dict))
    }

    /// Makes all copies that are still to be made.
    pub(super) fn finish(&mut self, notes: &mut Notes) -> Result<(), Refusal> {
        while let Some((id, copy)) = self.pending.pop() {
            let Some(object) = self.from.objects.get(&id) else { continue };
            let object = match object {
                Object::Stream(stream) => self.stream(stream, self.glyphs.contains(&id)),
                object => self.object(object),
            };
            self.put(copy, object);
        }
        for (subject, message) in &self.left_out {
            notes.file(*subject, *message);
        }
        match self.gone {
            0 => Ok(()),
            1 => Err(self.way.refusal("a font, picture or other part of its pages is lost")),
            gone => Err(self.way.refusal(&format!("{gone} fonts, pictures or other parts of its pages are lost"))),
        }
    }
}

/// Tells whether an entry makes an object part of how a file is stored: it would not be written.
fn is_of_the_file(key: &[u8], value: &Object) -> bool {
    let kind = value.as_name().unwrap_or_default();
    key == b"Linearized" || (key == b"Type" && matches!(kind, b"XRef" | b"ObjStm" | b"Linearized"))
}

fn is_not_copied(dict: &Dictionary) -> bool {
    dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| NOT_COPIED.contains(&kind))
}

/// Stands in the place of a picture that does not show.
fn empty_form() -> Stream {
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"XObject".to_vec()));
    dict.set("Subtype", Object::Name(b"Form".to_vec()));
    dict.set("BBox", Object::Array(vec![Object::Integer(0); 4]));
    Stream::new(dict, Vec::new())
}
