//! Everything that a finished PDF says: on its pages, and all that it carries beside them.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::appended::visibility::{self, PageWords};
use crate::pdf::content::{Operand, operations};
use crate::pdf::objects::{contents, dictionary, get, get_array, get_dictionary, get_name, get_reference, text};
use crate::pdf::streams::{decode, filters};

/// How deep what lies within an object is followed.
const DEEPEST: u32 = 40;
/// Elements of the structure that are followed to find the page of one.
const ELEMENTS: u32 = 8;

/// Where a file says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Carrier {
    /// On a page, to be seen or not.
    Page,
    /// In words for those who cannot see the page, or for copying.
    Spoken,
    /// In a bookmark.
    Bookmark,
    /// In the address of a link.
    Address,
    /// In metadata.
    Metadata,
    /// In the name of a layer.
    Layer,
    /// In the name of a file.
    Name,
    /// Elsewhere beside the pages.
    Inside,
}

impl Carrier {
    /// Says what carries it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Page => "in its text",
            Self::Spoken => "in words for screen readers and for copying",
            Self::Bookmark => "in a bookmark",
            Self::Address => "in the address of a link",
            Self::Metadata => "in its metadata",
            Self::Layer => "in the name of a layer",
            Self::Name => "in the file's name",
            Self::Inside => "inside it, beside the pages",
        }
    }
}

/// Something that a file says.
#[derive(Debug, PartialEq)]
pub(super) struct Saying {
    pub(super) carrier: Carrier,
    /// Index of the page, from 0, where it belongs to one.
    pub(super) page: Option<usize>,
    pub(super) text: String,
}

/// What a PDF says.
#[derive(Debug, Default)]
pub(super) struct Sayings {
    pub(super) all: Vec<Saying>,
    /// What was read of each page.
    pub(super) pages: Vec<PageWords>,
}

/// Gives everything that a PDF says; nothing when it cannot be read.
pub(super) fn everything(bytes: &[u8]) -> Option<Sayings> {
    let pdf = Document::load_mem(bytes).ok()?;
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    let mut sayings = beside(&pdf, &pages);
    let said = visibility::words(&pdf, &pages);
    for (index, page) in said.iter().enumerate() {
        let texts = page.texts.iter().filter(|text| !text.is_empty());
        sayings.extend(texts.map(|text| Saying { carrier: Carrier::Page, page: Some(index), text: text.clone() }));
    }
    Some(Sayings { all: sayings, pages: said })
}

/// Gives what a PDF carries beside its pages; nothing when it cannot be read.
pub(super) fn carried(bytes: &[u8]) -> Option<Vec<Saying>> {
    let pdf = Document::load_mem(bytes).ok()?;
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    Some(beside(&pdf, &pages))
}

fn beside(pdf: &Document, pages: &[ObjectId]) -> Vec<Saying> {
    let mut reader = Reader::new(pdf, pages);
    for (id, object) in &pdf.objects {
        let page = reader.page_of(*id, object);
        reader.object(object, Carrier::Inside, page, 0);
        if let Object::Stream(stream) = object {
            reader.stream(*id, stream);
        }
    }
    let trailer = Object::Dictionary(pdf.trailer.clone());
    reader.object(&trailer, Carrier::Metadata, None, 0);
    reader.sayings
}

struct Reader<'a> {
    pdf: &'a Document,
    index: HashMap<ObjectId, usize>,
    /// Pages of annotations and of content streams.
    on_page: BTreeMap<ObjectId, usize>,
    sayings: Vec<Saying>,
    /// What was read already.
    seen: HashSet<(Carrier, Option<usize>, Vec<u8>)>,
}

impl<'a> Reader<'a> {
    fn new(pdf: &'a Document, pages: &[ObjectId]) -> Self {
        let index: HashMap<ObjectId, usize> = pages.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut on_page = BTreeMap::new();
        for (at, id) in pages.iter().enumerate() {
            let Some(page) = pdf.objects.get(id).and_then(|page| dictionary(pdf, page)) else { continue };
            let annotations = get_array(pdf, page, b"Annots").unwrap_or_default().iter();
            let references = annotations.chain(contents(pdf, page)).filter_map(|object| object.as_reference().ok());
            on_page.extend(references.map(|id| (id, at)));
            on_page.insert(*id, at);
        }
        Self { pdf, index, on_page, sayings: Vec::new(), seen: HashSet::new() }
    }

    /// Gives the page to which an object belongs: a page itself, an annotation, a bookmark or an element.
    fn page_of(&self, id: ObjectId, object: &Object) -> Option<usize> {
        if let Some(page) = self.on_page.get(&id) {
            return Some(*page);
        }
        let dict = object.as_dict().ok()?;
        let aim = get(self.pdf, dict, b"Dest").or_else(|| get(self.pdf, get_dictionary(self.pdf, dict, b"A")?, b"D"));
        if let Some(Object::Array(aim)) = aim {
            return self.index.get(&aim.first()?.as_reference().ok()?).copied();
        }
        self.page_of_element(dict, &mut ELEMENTS.clone())
    }

    fn page_of_element(&self, element: &Dictionary, left: &mut u32) -> Option<usize> {
        if let Some(page) = get_reference(element, b"Pg") {
            return self.index.get(&page).copied();
        }
        *left = left.checked_sub(1)?;
        let kids = match get(self.pdf, element, b"K")? {
            Object::Array(kids) => kids.iter().collect(),
            kid => vec![kid],
        };
        kids.into_iter().find_map(|kid| self.page_of_element(dictionary(self.pdf, kid)?, left))
    }

    /// Notes a string, which is text of PDF or UTF-8 without its mark.
    fn say(&mut self, carrier: Carrier, page: Option<usize>, bytes: &[u8]) {
        if bytes.len() > 1 && self.seen.insert((carrier, page, bytes.to_vec())) {
            self.sayings.push(Saying { carrier, page, text: text(bytes) });
            if let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii()) {
                self.sayings.push(Saying { carrier, page, text: text.to_owned() });
            }
        }
    }

    fn object(&mut self, object: &Object, carrier: Carrier, page: Option<usize>, depth: u32) {
        match object {
            _ if depth > DEEPEST => {}
            Object::String(bytes, _) => self.say(carrier, page, bytes),
            Object::Name(name) => self.say(carrier, page, name),
            Object::Array(items) => items.iter().for_each(|item| self.object(item, carrier, page, depth + 1)),
            Object::Dictionary(dict) => self.entries(dict, carrier, page, depth),
            Object::Stream(stream) => self.entries(&stream.dict, carrier, page, depth),
            _ => {}
        }
    }

    fn entries(&mut self, dict: &Dictionary, carrier: Carrier, page: Option<usize>, depth: u32) {
        let is = |key: &[u8], word: &[u8]| get_name(self.pdf, dict, key) == Some(word);
        let (layer, bookmark) = (is(b"Type", b"OCG"), dict.has(b"Parent") && dict.has(b"Title"));
        for (key, value) in dict {
            let carrier = match &key[..] {
                b"URI" => Carrier::Address,
                b"Alt" | b"ActualText" | b"E" | b"Contents" | b"TU" => Carrier::Spoken,
                b"Title" if bookmark => Carrier::Bookmark,
                b"Name" if layer => Carrier::Layer,
                b"Info" | b"Author" | b"Subject" | b"Keywords" | b"Creator" | b"Producer" => Carrier::Metadata,
                _ => carrier,
            };
            self.say(Carrier::Inside, None, key);
            self.object(value, carrier, page, depth + 1);
        }
    }

    /// Reads what streams carry that are no pictures, fonts or the like.
    fn stream(&mut self, id: ObjectId, stream: &Stream) {
        let name = |key: &[u8]| get_name(self.pdf, &stream.dict, key).unwrap_or_default();
        match (name(b"Type"), name(b"Subtype")) {
            (b"Metadata", _) | (_, b"XML") => {
                let xmp = decode(self.pdf, stream).unwrap_or_default();
                self.say(Carrier::Metadata, None, &xmp);
                self.say(Carrier::Metadata, None, &without_mark_up(&xmp));
            }
            (b"EmbeddedFile", _) => {
                let file = decode(self.pdf, stream).unwrap_or_default();
                self.say(Carrier::Inside, None, &file);
            }
            (_, b"Image") => self.picture(stream),
            (b"Pattern", _) | (_, b"Form") => self.content(stream, None),
            _ if self.on_page.contains_key(&id) => self.content(stream, self.on_page.get(&id).copied()),
            _ => {}
        }
    }

    /// Reads what stands in a page's content beside the text that it shows: properties of marked parts, and comments.
    fn content(&mut self, stream: &Stream, page: Option<usize>) {
        let Some(bytes) = decode(self.pdf, stream) else { return };
        let has_comments = bytes.contains(&b'%');
        if !has_comments && !bytes.windows(2).any(|pair| pair == b"<<") {
            return;
        }
        let mut end = 0;
        for operation in operations(&bytes) {
            self.comments(bytes.get(end..operation.range.start).unwrap_or_default(), page);
            end = operation.range.end;
            if operation.operator != b"BI" {
                operation.operands.iter().for_each(|operand| self.operand(operand, page));
            }
        }
        self.comments(bytes.get(end..).unwrap_or_default(), page);
    }

    fn comments(&mut self, between: &[u8], page: Option<usize>) {
        for line in between.split(|byte| matches!(byte, b'\r' | b'\n')) {
            if let Some(at) = line.iter().position(|byte| *byte == b'%') {
                self.say(Carrier::Inside, page, &line[at + 1..]);
            }
        }
    }

    fn operand(&mut self, operand: &Operand, page: Option<usize>) {
        let Operand::Dictionary(entries) = operand else { return };
        for (_, value) in entries {
            match value {
                Operand::String(bytes) | Operand::Name(bytes) => self.say(Carrier::Spoken, page, bytes),
                Operand::Dictionary(_) => self.operand(value, page),
                _ => {}
            }
        }
    }

    /// Reads the words that a photograph carries beside its picture.
    fn picture(&mut self, stream: &Stream) {
        if filters(self.pdf, &stream.dict) == [b"DCTDecode"] {
            for words in beside_the_picture(&stream.content) {
                self.say(Carrier::Metadata, None, &words);
            }
        }
    }
}

/// Gives what the segments of a JPEG before its picture hold, without zeros, so that wide letters become narrow ones.
fn beside_the_picture(jpeg: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xFF, kind, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).saturating_sub(2);
        let (segment, next) = after.split_at(length.min(after.len()));
        if matches!(kind, 0xE0..=0xEF | 0xFE) && !segment.starts_with(b"ICC_PROFILE") {
            found.push(segment.iter().copied().filter(|byte| *byte != 0).collect());
        }
        if *kind == 0xDA {
            break;
        }
        rest = next;
    }
    found
}

/// Gives the words of XML without its tags, so that words which a tag breaks stand together.
fn without_mark_up(xml: &[u8]) -> Vec<u8> {
    let mut is_tag = false;
    let words = xml.iter().filter(|byte| {
        is_tag |= **byte == b'<';
        let keep = !is_tag;
        is_tag &= **byte != b'>';
        keep
    });
    words.copied().collect()
}
