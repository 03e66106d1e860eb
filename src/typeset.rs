//! Typst's world and compiler: text and bytes in, pages with positions and PDF out.
//!
//! Nothing outside the files given can be reached: no packages, no system fonts, no clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Label, NativeElement, Smart, Value};
use typst::introspection::{Introspector, Location, MetadataElem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::compose::{PageMap, Pages};
use crate::finding::Finding;
use crate::fonts::Fonts;
use crate::layouts::Layouts;

mod complaints;
mod contents;
mod overflow;

pub use contents::PageContent;

/// Stack of the threads that lay out pages, in bytes.
const STACK: usize = 32 * 1024 * 1024;

/// Fonts and library, made once and shared by all compilations of a run.
#[derive(Clone)]
pub struct Press {
    library: Arc<LazyHash<Library>>,
    book: Arc<LazyHash<FontBook>>,
    fonts: Arc<Vec<Font>>,
    /// Index in the sources of each of the workspace's own layouts, by name.
    layouts: Arc<BTreeMap<String, u32>>,
    /// Sources parsed before: layouts are the same for every compilation.
    parsed: Arc<Mutex<HashMap<FileId, Source>>>,
}

impl Press {
    /// Makes a press with these fonts; the layouts only tell where their errors are shown.
    pub fn new(fonts: &Fonts, layouts: &Layouts) -> Self {
        // Deeply nested texts need more than the two megabytes that a thread has by default.
        let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        let book = FontBook::from_fonts(fonts.all());
        Self {
            library: Arc::new(LazyHash::new(library)),
            book: Arc::new(LazyHash::new(book)),
            fonts: Arc::new(fonts.all().to_vec()),
            layouts: Arc::new(layouts.own().clone()),
            parsed: Arc::default(),
        }
    }

    fn parsed(&self, id: FileId, bytes: &[u8]) -> Source {
        let text = String::from_utf8_lossy(bytes);
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = parsed.get(&id).filter(|source| source.text() == text) {
            return source.clone();
        }
        let source = Source::new(id, text.into_owned());
        parsed.insert(id, source.clone());
        source
    }

    /// Typesets `main.typ` among these files.
    pub fn typeset(&self, files: BTreeMap<String, Vec<u8>>) -> Result<Pack, Vec<Finding>> {
        let sheets = Sheets::new(self.clone(), files);
        let result = typst::compile::<PagedDocument>(&sheets);
        let unstable: Vec<SourceDiagnostic> =
            result.warnings.into_iter().filter(|warning| warning.message.contains("did not converge")).collect();
        match result.output {
            Ok(document) if unstable.is_empty() => Ok(Pack { document, sheets }),
            Ok(_) => Err(complaints::findings(&unstable, &sheets)),
            Err(errors) => Err(complaints::findings(&errors, &sheets)),
        }
    }
}

/// Releases what the typesetter remembers of earlier work.
pub fn forget() {
    typst::comemo::evict(1);
}

/// The files of one compilation, as Typst's world.
struct Sheets {
    press: Press,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl Sheets {
    fn new(press: Press, files: BTreeMap<String, Vec<u8>>) -> Self {
        let mut sheets = Self { press, main: file_id("main.typ"), sources: HashMap::new(), files: HashMap::new() };
        for (path, bytes) in files {
            let id = file_id(&path);
            if crate::fs::has_ending(&path, &["typ"]) {
                let source = sheets.press.parsed(id, &bytes);
                sheets.sources.insert(id, source);
            } else {
                sheets.files.insert(id, Bytes::new(bytes));
            }
        }
        sheets
    }
}

fn file_id(path: &str) -> FileId {
    let path =
        VirtualPath::new(path).unwrap_or_else(|_| VirtualPath::new("unusable-name").expect("a plain name is a path"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

impl World for Sheets {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(bytes) = self.files.get(&id) {
            return Ok(bytes.clone());
        }
        self.sources.get(&id).map(|source| Bytes::from_string(source.text().to_owned())).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// A typeset pack.
pub struct Pack {
    document: PagedDocument,
    sheets: Sheets,
}

impl Pack {
    /// Gives the pages of each document and of these labels, as numbered in print.
    pub fn page_map<'l>(&self, labels: impl IntoIterator<Item = &'l String>) -> PageMap {
        let mut first: BTreeMap<String, u32> = BTreeMap::new();
        let mut map = PageMap::default();
        for mark in self.marks() {
            match mark.at.as_str() {
                "start" => {
                    first.insert(mark.document, mark.page);
                }
                "end" => {
                    if let Some(start) = first.get(&mark.document) {
                        map.insert(mark.document, Pages { first: *start, last: mark.page });
                    }
                }
                _ => {}
            }
        }
        for label in labels {
            if let Some(page) = self.page_of_label(&format!("ref-{label}")) {
                map.insert_label(label.clone(), page);
            }
        }
        map
    }

    fn page_of_label(&self, name: &str) -> Option<u32> {
        let label = Label::new(PicoStr::intern(name))?;
        let element = self.document.introspector().query_label(label).ok()?.clone();
        self.printed_page(element.location()?)
    }

    fn printed_page(&self, location: Location) -> Option<u32> {
        let page = self.document.introspector().page(location)?;
        u32::try_from(self.document.pages().get(page.get() - 1)?.number).ok()
    }

    fn marks(&self) -> Vec<Mark> {
        let introspector = self.document.introspector();
        let mut marks = Vec::new();
        for element in introspector.query(&MetadataElem::ELEM.select()) {
            let Some(metadata) = element.to_packed::<MetadataElem>() else { continue };
            let Value::Dict(fields) = &metadata.value else { continue };
            let text = |name: &str| match fields.get(name) {
                Ok(Value::Str(text)) => Some(text.as_str().to_owned()),
                _ => None,
            };
            let (Some(document), Some(at)) = (text("doc"), text("at")) else { continue };
            if let Some(page) = element.location().and_then(|location| self.printed_page(location)) {
                marks.push(Mark { document, at, page });
            }
        }
        marks
    }

    /// Gives the pages of appended files, in their order: where the foreign page is to go, if it is not
    /// a picture that is set already.
    pub fn appended(&self) -> Vec<AppendedPage> {
        let introspector = self.document.introspector();
        let marks = introspector.query(&MetadataElem::ELEM.select());
        let page = |element: &typst::foundations::Content| {
            let Value::Dict(fields) = &element.to_packed::<MetadataElem>()?.value else { return None };
            let number = |name: &str| match fields.get(name) {
                Ok(Value::Float(number)) => Some(*number),
                #[expect(clippy::cast_precision_loss, reason = "a length in points is small")]
                Ok(Value::Int(number)) => Some(*number as f64),
                _ => None,
            };
            match (fields.get("doc"), fields.get("at"), fields.get("page")) {
                (Ok(Value::Str(document)), Ok(Value::Str(at)), Ok(Value::Int(page))) if at.as_str() == "page" => {
                    Some(AppendedPage {
                        document: document.as_str().to_owned(),
                        page: usize::try_from(*page).ok()?,
                        physical: introspector.page(element.location()?)?.get() - 1,
                        printed: self.printed_page(element.location()?)?,
                        x: number("x")?,
                        y: number("y")?,
                        width: number("width")?,
                        height: number("height")?,
                    })
                }
                _ => None,
            }
        };
        marks.iter().filter_map(page).collect()
    }

    /// Gives the number in the whole pack of each page, in order.
    pub fn numbers(&self) -> Vec<u32> {
        self.document.pages().iter().map(|page| u32::try_from(page.number).unwrap_or(u32::MAX)).collect()
    }

    /// Gives what stands on each page, in order.
    pub fn contents(&self) -> Vec<PageContent> {
        self.document.pages().iter().map(contents::of).collect()
    }

    /// Gives the number of sheets' sides, blanks included.
    pub fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// Finds words that run over the edge of their column or page.
    pub fn overflows(&self) -> Vec<Finding> {
        overflow::find(self.document.pages(), &self.sheets)
    }

    /// Makes the PDF: PDF/UA-1 and PDF/A-2a, with a stable identity and no clock.
    pub fn pdf(&self, identity: &str) -> Result<Vec<u8>, Vec<Finding>> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).unwrap_or_default();
        let options = PdfOptions {
            ident: Smart::Custom(identity.to_owned()),
            creator: Smart::Custom(Some(concat!("boardpack ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: None::<Timestamp>,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| complaints::findings(&errors, &self.sheets))
    }
}

/// The place that a layout has left for a page of an appended file.
#[derive(Debug, Clone, PartialEq)]
pub struct AppendedPage {
    /// Id of the document in the pack.
    pub document: String,
    /// Index of the page in the document, from 1: the page of `Received::faces` at this index less one.
    pub page: usize,
    /// Index of the page of the PDF, from 0.
    pub physical: usize,
    /// Number of the page as printed.
    pub printed: u32,
    /// Left edge of the frame, in points (1/72 inch) from the left of the sheet.
    pub x: f64,
    /// Top edge of the frame, in points from the top of the sheet.
    pub y: f64,
    /// Width of the frame in points.
    pub width: f64,
    /// Height of the frame in points.
    pub height: f64,
}

struct Mark {
    document: String,
    at: String,
    page: u32,
}
