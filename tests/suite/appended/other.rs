//! What the library hayro reads in a PDF: its objects, the letters on its pages, its pixels.

use std::collections::BTreeMap;

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{MaybeRef, Object, ObjectIdentifier};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, BezPath, Rect};
use hayro::{RenderCache, RenderSettings};

/// Entries of a dictionary.
pub(super) type Entries = BTreeMap<String, Item>;

/// An object, out of its file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Null,
    Flag(bool),
    Number(f64),
    Text(Vec<u8>),
    Name(String),
    List(Vec<Item>),
    Dict(Entries),
    /// Entries and decoded bytes; none where they cannot be decoded.
    Stream(Entries, Option<Vec<u8>>),
    Ref(i32),
}

/// A letter on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    /// Distance from the left, in points of the page as it shows.
    pub(super) x: f64,
    /// Distance from the top.
    pub(super) y: f64,
}

/// A page as it looks: grey from 0 (black) to 255, row by row.
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) grey: Vec<f64>,
}

/// A file that was read.
pub(super) struct Book {
    pdf: Pdf,
}

impl Book {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let pdf = Pdf::new(bytes.to_vec()).unwrap_or_else(|error| panic!("hayro cannot read it: {error:?}"));
        Self { pdf }
    }

    /// Gives the number of pages.
    pub(super) fn len(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Gives the size of a page as it shows, in points.
    pub(super) fn size(&self, page: usize) -> (f64, f64) {
        let shown = &self.pdf.pages()[page];
        let (width, height) = shown.render_dimensions();
        // The library does not know of units.
        let unit = self.page(page).get("UserUnit").map_or(1.0, Item::number);
        (f64::from(width) * unit, f64::from(height) * unit)
    }

    /// Gives an object.
    pub(super) fn object(&self, number: i32) -> Item {
        let object = self.pdf.xref().get::<Object>(ObjectIdentifier::new(number, 0));
        object.map_or(Item::Null, item)
    }

    /// Gives every object.
    pub(super) fn objects(&self) -> Vec<Item> {
        self.pdf.objects().into_iter().map(item).collect()
    }

    /// Gives what an item is or refers to.
    pub(super) fn follow(&self, item: &Item) -> Item {
        match item {
            Item::Ref(number) => self.object(*number),
            other => other.clone(),
        }
    }

    /// Gives an entry, followed; null where there is none.
    pub(super) fn entry(&self, entries: &Entries, key: &str) -> Item {
        entries.get(key).map_or(Item::Null, |item| self.follow(item))
    }

    /// Gives the entries of the catalog.
    pub(super) fn catalog(&self) -> Entries {
        self.object(self.pdf.xref().root_id().obj_number).entries()
    }

    /// Gives the numbers of the pages' objects, in order.
    pub(super) fn page_numbers(&self) -> Vec<i32> {
        let mut found = Vec::new();
        let mut pending = vec![self.catalog()["Pages"].clone()];
        while let Some(node) = pending.pop() {
            let Item::Ref(number) = node else { panic!("nodes are referred to") };
            match self.entry(&self.object(number).entries(), "Kids") {
                Item::List(kids) => pending.extend(kids.into_iter().rev()),
                _ => found.push(number),
            }
        }
        found
    }

    /// Gives the entries of a page.
    pub(super) fn page(&self, page: usize) -> Entries {
        self.object(self.page_numbers()[page]).entries()
    }

    /// Gives the entries of a page's annotations.
    pub(super) fn annotations(&self, page: usize) -> Vec<Entries> {
        match self.entry(&self.page(page), "Annots") {
            Item::List(all) => all.iter().map(|one| self.follow(one).entries()).collect(),
            _ => Vec::new(),
        }
    }

    /// Gives the index of the page that a destination leads to, and how far from its top.
    pub(super) fn aim(&self, destination: &Item) -> Option<(usize, f64)> {
        let destination = match self.follow(destination) {
            Item::Text(name) => self.named("Dests", &name)?,
            Item::Name(name) => self.named("Dests", name.as_bytes())?,
            other => other,
        };
        let parts = match destination {
            Item::Dict(entries) => self.entry(&entries, "D").list(),
            other => other.list(),
        };
        let Item::Ref(page) = parts.first()? else { return None };
        let index = self.page_numbers().iter().position(|number| number == page)?;
        let top = parts.get(3).filter(|_| parts[1] == Item::Name("XYZ".to_owned())).map_or(0.0, Item::number);
        Some((index, self.size(index).1 - top))
    }

    /// Gives the index of the page that a link or bookmark leads to, and how far from its top.
    pub(super) fn aim_of(&self, link: &Entries) -> Option<(usize, f64)> {
        let destination = match link.get("Dest") {
            Some(destination) => destination.clone(),
            None => self.entry(&self.entry(link, "A").entries(), "D"),
        };
        self.aim(&destination)
    }

    /// Looks a name up in one of the catalog's trees of names.
    fn named(&self, tree: &str, name: &[u8]) -> Option<Item> {
        let names = self.entry(&self.catalog(), "Names").entries();
        let found = self.tree(names.get(tree)?, "Names");
        found.into_iter().find(|(key, _)| *key == Item::Text(name.to_vec())).map(|(_, value)| self.follow(&value))
    }

    /// Gives the pairs of a tree of names or numbers.
    pub(super) fn tree(&self, root: &Item, leaves: &str) -> Vec<(Item, Item)> {
        let node = self.follow(root).entries();
        let own = match self.entry(&node, leaves) {
            Item::List(pairs) => pairs.chunks(2).map(|pair| (self.follow(&pair[0]), pair[1].clone())).collect(),
            _ => Vec::new(),
        };
        let kids = match self.entry(&node, "Kids") {
            Item::List(kids) => kids.iter().flat_map(|kid| self.tree(kid, leaves)).collect(),
            _ => Vec::new(),
        };
        [own, kids].concat()
    }

    /// Gives the bookmarks: depth, title, and where they lead.
    pub(super) fn bookmarks(&self) -> Vec<(usize, String, usize)> {
        let mut found = Vec::new();
        self.below(&self.entry(&self.catalog(), "Outlines"), 0, &mut found);
        found
    }

    fn below(&self, parent: &Item, depth: usize, found: &mut Vec<(usize, String, usize)>) {
        let Item::Dict(parent) = parent else { return };
        let mut next = self.entry(parent, "First");
        while let Item::Dict(entry) = &next {
            let title = self.entry(entry, "Title").words();
            let (page, _) = self.aim_of(entry).unwrap_or_else(|| panic!("`{title}` leads nowhere"));
            found.push((depth, title, page));
            self.below(&Item::Dict(entry.clone()), depth + 1, found);
            next = self.entry(entry, "Next");
        }
    }

    /// Gives the metadata.
    pub(super) fn xmp(&self) -> String {
        let Item::Stream(_, Some(bytes)) = self.entry(&self.catalog(), "Metadata") else { panic!("no metadata") };
        String::from_utf8(bytes).expect("XMP is UTF-8")
    }

    /// Gives the letters of a page in the order in which they are painted.
    pub(super) fn letters(&self, page: usize) -> Vec<Letter> {
        let shown = &self.pdf.pages()[page];
        let (width, height) = shown.render_dimensions();
        let transform = shown.initial_transform(true).to_kurbo();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let cache = InterpreterCache::new();
        let mut context = Context::new(transform, area, &cache, shown.xref(), InterpreterSettings::default());
        let mut reader = Reader::default();
        interpret_page(shown, &mut context, &mut reader);
        reader.letters
    }

    /// Gives the text of a page without white space.
    pub(super) fn text(&self, page: usize) -> String {
        joined(&self.letters(page))
    }

    /// Gives the content of a page, given by its entries, or of a form; and its resources.
    pub(super) fn content(&self, holder: &Item) -> (Vec<u8>, Entries) {
        if let Item::Stream(entries, bytes) = holder {
            return (bytes.clone().expect("the form can be decoded"), self.entry(entries, "Resources").entries());
        }
        let page = holder.clone().entries();
        let parts = match self.entry(&page, "Contents") {
            Item::List(parts) => parts.iter().map(|part| self.follow(part)).collect(),
            one => vec![one],
        };
        let bytes = parts.into_iter().flat_map(|part| match part {
            Item::Stream(_, Some(bytes)) => [bytes, b"\n".to_vec()].concat(),
            _ => Vec::new(),
        });
        (bytes.collect(), self.entry(&page, "Resources").entries())
    }

    /// Gives the numbers of the marks in the content of a page or a form.
    pub(super) fn marks(&self, holder: &Item) -> Vec<i64> {
        let (content, resources) = self.content(holder);
        let properties = self.entry(&resources, "Properties").entries();
        let mut found = Vec::new();
        let mut instructions = TypedIter::new(&content);
        while let Some(instruction) = instructions.next() {
            let TypedInstruction::BeginMarkedContentWithProperties(begin) = instruction else { continue };
            let entries = match item(begin.1.clone()) {
                Item::Dict(entries) => entries,
                Item::Name(name) => self.entry(&properties, &name).entries(),
                _ => continue,
            };
            found.extend(entries.get("MCID").map(Item::integer));
        }
        found
    }

    /// Paints a page at so many pixels to the point.
    pub(super) fn picture(&self, page: usize, scale: f64) -> Picture {
        let unit = self.page(page).get("UserUnit").map_or(1.0, Item::number);
        #[allow(clippy::cast_possible_truncation, reason = "a scale needs no more")]
        let scale = (scale * unit) as f32;
        let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
        let shown = &self.pdf.pages()[page];
        let pixels = hayro::render(shown, &RenderCache::new(), &InterpreterSettings::default(), &settings);
        let grey = pixels
            .data()
            .iter()
            .map(|pixel| 0.3 * f64::from(pixel.r) + 0.6 * f64::from(pixel.g) + 0.1 * f64::from(pixel.b));
        Picture { width: pixels.width().into(), height: pixels.height().into(), grey: grey.collect() }
    }
}

/// Joins letters, without white space.
pub(super) fn joined(letters: &[Letter]) -> String {
    letters.iter().flat_map(|letter| letter.text.chars()).filter(|letter| !letter.is_whitespace()).collect()
}

impl Item {
    pub(super) fn entries(self) -> Entries {
        match self {
            Self::Dict(entries) | Self::Stream(entries, _) => entries,
            Self::Null => Entries::new(),
            other => panic!("{other:?} is not a dictionary"),
        }
    }

    pub(super) fn list(self) -> Vec<Self> {
        match self {
            Self::List(items) => items,
            Self::Null => Vec::new(),
            one => vec![one],
        }
    }

    pub(super) fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            _ => 0.0,
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "integers of PDF are small")]
    pub(super) fn integer(&self) -> i64 {
        self.number() as i64
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            _ => "",
        }
    }

    /// Gives a text string as text.
    pub(super) fn words(&self) -> String {
        let Self::Text(bytes) = self else { return String::new() };
        match bytes.strip_prefix(b"\xfe\xff") {
            Some(wide) => {
                let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                String::from_utf16_lossy(&units)
            }
            None => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

fn item(object: Object) -> Item {
    match object {
        Object::Null(_) => Item::Null,
        Object::Boolean(flag) => Item::Flag(flag),
        Object::Number(number) => Item::Number(number.as_f64()),
        Object::String(text) => Item::Text(text.as_bytes().to_vec()),
        Object::Name(name) => Item::Name(name.as_str().to_owned()),
        Object::Array(items) => Item::List(items.raw_iter().map(maybe).collect()),
        Object::Dict(entries) => {
            Item::Dict(entries.entries().map(|(key, one)| (key.as_str().to_owned(), maybe(one))).collect())
        }
        Object::Stream(stream) => {
            let entries = stream.dict().entries().map(|(key, one)| (key.as_str().to_owned(), maybe(one))).collect();
            Item::Stream(entries, stream.decoded().ok().map(std::borrow::Cow::into_owned))
        }
    }
}

fn maybe(object: MaybeRef<Object>) -> Item {
    match object {
        MaybeRef::Ref(reference) => Item::Ref(reference.obj_number),
        MaybeRef::NotRef(object) => item(object),
    }
}

/// Notes the letters that a page paints.
#[derive(Default)]
struct Reader {
    letters: Vec<Letter>,
}

impl<'a> Device<'a> for Reader {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => "\u{fffd}".to_owned(),
        };
        let at = (transform * glyph_transform).translation();
        self.letters.push(Letter { text, x: at.x, y: at.y });
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
