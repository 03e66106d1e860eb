//! Reads the program's PDFs: text by page, labels, bookmarks, links, and every string in them.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

mod text;
mod voice;

/// A PDF that was read.
pub struct Pdf {
    document: Document,
    pages: Vec<ObjectId>,
}

/// A bookmark of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Depth, from 0.
    pub depth: usize,
    /// Title.
    pub title: String,
    /// Index of the page it leads to, from 0.
    pub page: usize,
}

/// A link on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Index of the page it stands on, from 0.
    pub from: usize,
    /// Where it leads.
    pub to: Aim,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// A page, by its index from 0.
    Page(usize),
    /// An address.
    Address(String),
}

impl Pdf {
    /// Reads a PDF from its bytes.
    pub fn read(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).expect("the PDF can be read");
        let pages = document.get_pages().into_values().collect();
        Self { document, pages }
    }

    /// Gives the text of each page, line by line in the order of the content stream; ` | ` stands for
    /// a wide gap, such as that between the columns of a table.
    pub fn pages(&self) -> Vec<String> {
        let mut reader = text::Reader::new(&self.document);
        self.pages.iter().map(|page| reader.page(*page)).collect()
    }

    /// Gives the text of all pages without white space and hyphens at line ends, for finding words.
    pub fn squeezed(&self) -> String {
        squeeze(&self.pages().concat())
    }

    /// Gives the words that run over the right edge of their page.
    pub fn beyond_the_page(&self) -> Vec<String> {
        let mut reader = text::Reader::new(&self.document);
        let widths = self.pages.iter().map(|page| self.width(*page));
        let runs = self.pages.iter().zip(widths).flat_map(|(page, width)| {
            reader.runs(*page).into_iter().filter(move |run| run.end > width).map(|run| run.words)
        });
        runs.collect()
    }

    /// Gives each run of text of a page, by its index from 0, with its line: points above the lower edge.
    pub fn lines_of(&self, page: usize) -> Vec<(f64, String)> {
        let runs = text::Reader::new(&self.document).runs(self.pages[page]);
        runs.into_iter().map(|run| (run.line, run.words)).collect()
    }

    /// Gives width and height of each page, in points.
    pub fn sizes(&self) -> Vec<(f64, f64)> {
        let size = |page: &ObjectId| {
            let page = self.document.get_dictionary(*page).expect("a page");
            let Some(Object::Array(corners)) = self.get(page, "MediaBox") else { panic!("a page has a size") };
            let corner = |index: usize| f64::from(corners[index].as_float().expect("a number"));
            (corner(2) - corner(0), corner(3) - corner(1))
        };
        self.pages.iter().map(size).collect()
    }

    fn width(&self, page: ObjectId) -> f64 {
        let page = self.document.get_dictionary(page).expect("a page");
        let Some(Object::Array(corners)) = self.get(page, "MediaBox") else { panic!("a page has a size") };
        f64::from(corners[2].as_float().expect("a number"))
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().expect("the PDF has a catalog")
    }

    fn follow<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).expect("the reference leads somewhere").1
    }

    fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dictionary.get(key.as_bytes()).ok().map(|object| self.follow(object))
    }

    fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    fn words(&self, dictionary: &Dictionary, key: &str) -> Option<String> {
        decode_text_string(self.get(dictionary, key)?).ok()
    }

    /// Gives the label of each page from the number tree `PageLabels`: decimal numbers, or a word alone.
    pub fn labels(&self) -> Vec<String> {
        let mut ranges: BTreeMap<usize, (String, Option<i64>)> = BTreeMap::new();
        if let Some(root) = self.dictionary(self.catalog(), "PageLabels") {
            self.label_ranges(root, &mut ranges);
        }
        let label = |index: usize| {
            let (start, (prefix, first)) = ranges.range(..=index).next_back().expect("every page has a label");
            let Some(first) = first else { return prefix.clone() };
            let number = first + i64::try_from(index - start).expect("small");
            format!("{prefix}{number}")
        };
        (0..self.pages.len()).map(label).collect()
    }

    fn label_ranges(&self, node: &Dictionary, ranges: &mut BTreeMap<usize, (String, Option<i64>)>) {
        if let Some(Object::Array(kids)) = self.get(node, "Kids") {
            for kid in kids {
                self.label_ranges(self.follow(kid).as_dict().expect("a node"), ranges);
            }
        }
        let Some(Object::Array(numbers)) = self.get(node, "Nums") else { return };
        for pair in numbers.chunks(2) {
            let start = usize::try_from(pair[0].as_i64().expect("an index")).expect("an index");
            let label = self.follow(&pair[1]).as_dict().expect("a label");
            let style = self.get(label, "S").map(|style| style.as_name().expect("a style"));
            assert!(style.is_none_or(|style| style == b"D"), "labels are decimal");
            let first = self.get(label, "St").and_then(|first| first.as_i64().ok()).unwrap_or(1);
            ranges.insert(start, (self.words(label, "P").unwrap_or_default(), style.map(|_| first)));
        }
    }

    /// Gives the bookmarks in their order.
    pub fn bookmarks(&self) -> Vec<Bookmark> {
        let mut bookmarks = Vec::new();
        if let Some(root) = self.dictionary(self.catalog(), "Outlines") {
            self.below(root, 0, &mut bookmarks);
        }
        bookmarks
    }

    fn below(&self, parent: &Dictionary, depth: usize, bookmarks: &mut Vec<Bookmark>) {
        let mut next = self.dictionary(parent, "First");
        while let Some(entry) = next {
            let aim = self.get(entry, "Dest").or_else(|| self.get(self.dictionary(entry, "A")?, "D"));
            let page = self.destination(aim.expect("a bookmark leads somewhere")).expect("to a page");
            bookmarks.push(Bookmark { depth, title: self.words(entry, "Title").expect("a title"), page });
            self.below(entry, depth + 1, bookmarks);
            next = self.dictionary(entry, "Next");
        }
    }

    fn destination(&self, object: &Object) -> Option<usize> {
        match self.follow(object) {
            Object::Array(parts) => {
                let page = parts.first()?.as_reference().ok()?;
                self.pages.iter().position(|id| *id == page)
            }
            Object::Dictionary(destination) => self.destination(self.get(destination, "D")?),
            Object::String(name, _) | Object::Name(name) => self.named(name),
            _ => None,
        }
    }

    fn named(&self, name: &[u8]) -> Option<usize> {
        let tree = self.dictionary(self.dictionary(self.catalog(), "Names")?, "Dests")?;
        self.in_name_tree(tree, name)
    }

    fn in_name_tree(&self, node: &Dictionary, name: &[u8]) -> Option<usize> {
        if let Some(Object::Array(names)) = self.get(node, "Names") {
            let found = names.chunks(2).find(|pair| pair[0].as_str().is_ok_and(|key| key == name));
            if let Some([_, aim]) = found {
                return self.destination(aim);
            }
        }
        let Some(Object::Array(kids)) = self.get(node, "Kids") else { return None };
        kids.iter().find_map(|kid| self.in_name_tree(self.follow(kid).as_dict().ok()?, name))
    }

    /// Gives the links of all pages.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (from, page) in self.pages.iter().enumerate() {
            for annotation in self.document.get_page_annotations(*page).expect("annotations can be read") {
                let action = self.dictionary(annotation, "A");
                let address = action.and_then(|action| self.words(action, "URI"));
                let aim = self.get(annotation, "Dest").or_else(|| self.get(action?, "D"));
                let to = match (address, aim) {
                    (Some(address), _) => Aim::Address(address),
                    (None, Some(aim)) => Aim::Page(self.destination(aim).expect("a link leads to a page")),
                    (None, None) => continue,
                };
                links.push(Link { from, to });
            }
        }
        links
    }

    /// Gives an entry of the document information, such as `Title`.
    pub fn information(&self, key: &str) -> Option<String> {
        let information = self.follow(self.document.trailer.get(b"Info").ok()?).as_dict().ok()?;
        self.words(information, key)
    }

    /// Gives the language of the document.
    pub fn language(&self) -> Option<String> {
        self.words(self.catalog(), "Lang")
    }

    /// Tells whether the document says that it is tagged.
    pub fn is_tagged(&self) -> bool {
        let marks = self.dictionary(self.catalog(), "MarkInfo");
        marks.and_then(|marks| self.get(marks, "Marked")?.as_bool().ok()).unwrap_or(false)
    }

    /// Gives the XMP metadata.
    pub fn xmp(&self) -> String {
        let stream = self.get(self.catalog(), "Metadata").expect("the PDF has metadata").as_stream().expect("a stream");
        let bytes = stream.get_plain_content().unwrap_or_else(|_| stream.content.clone());
        String::from_utf8(bytes).expect("XMP is UTF-8")
    }

    /// Gives the types of all tags in their order, each behind two spaces for each tag that it stands in.
    pub fn tags(&self) -> Vec<String> {
        let mut tags = Vec::new();
        if let Some(Object::Dictionary(root)) = self.get(self.catalog(), "StructTreeRoot") {
            self.add_tags(root, 0, &mut tags);
        }
        tags
    }

    fn add_tags(&self, element: &Dictionary, depth: usize, tags: &mut Vec<String>) {
        if let Some(Object::Name(kind)) = self.get(element, "S") {
            tags.push(format!("{}{}", "  ".repeat(depth), String::from_utf8_lossy(kind)));
        }
        let kids = match self.get(element, "K") {
            Some(Object::Array(kids)) => kids.clone(),
            Some(kid) => vec![kid.clone()],
            None => Vec::new(),
        };
        for kid in &kids {
            if let Ok((_, Object::Dictionary(kid))) = self.document.dereference(kid) {
                self.add_tags(kid, depth + 1, tags);
            }
        }
    }

    /// Gives the base names of all fonts, with their subset tags.
    pub fn fonts(&self) -> Vec<String> {
        let dictionaries = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        let names = dictionaries.filter_map(|dictionary| self.get(dictionary, "BaseFont")?.as_name().ok());
        names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// Gives everything readable in the file: each string and name of each object, as bytes and as
    /// text, and each stream, decompressed.
    pub fn everything(&self) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        for object in self.document.objects.values() {
            gather(object, &mut found);
        }
        gather(&Object::Dictionary(self.document.trailer.clone()), &mut found);
        found
    }
}

fn gather(object: &Object, found: &mut Vec<Vec<u8>>) {
    match object {
        Object::String(bytes, _) => {
            found.push(bytes.clone());
            found.extend(decode_text_string(object).ok().map(String::into_bytes));
        }
        Object::Name(name) => found.push(name.clone()),
        Object::Array(parts) => parts.iter().for_each(|part| gather(part, found)),
        Object::Dictionary(dictionary) => gather_fields(dictionary, found),
        Object::Stream(stream) => {
            gather_fields(&stream.dict, found);
            found.push(stream.get_plain_content().unwrap_or_else(|_| stream.content.clone()));
        }
        _ => {}
    }
}

fn gather_fields(dictionary: &Dictionary, found: &mut Vec<Vec<u8>>) {
    for (key, value) in dictionary {
        found.push(key.clone());
        gather(value, found);
    }
}

/// Takes white space, soft hyphens and other invisible marks out of a text.
pub fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'))
        .collect()
}
