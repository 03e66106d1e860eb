//! Typst's world and compiler: text and bytes in, pages with positions and PDF out.
//!
//! Nothing outside the files given can be reached: no packages, no system fonts, no clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;

use crate::finding::Finding;
use crate::fonts::Fonts;
use crate::layouts::Layouts;

pub(crate) mod apart;
mod complaints;
mod contents;
mod overflow;
mod pack;

use apart::Apart;
pub(crate) use contents::PageContent;
pub(crate) use pack::{AppendedPage, Pack};

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] = &[&complaints::NOT_TYPESET, &overflow::OVERFLOW];

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
    /// Compiles in processes of their own, where layouts or fonts are a workspace's own.
    apart: Option<Arc<Apart>>,
}

/// What is wanted of a typeset document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// The identity of its PDF; none is made without.
    pub identity: Option<String>,
    /// The labels of which the pages are to be known.
    pub labels: Vec<String>,
    /// Whether it is a pack: what stands on its pages is looked at.
    pub is_pack: bool,
}

impl Wanted {
    /// Wants a PDF of this identity.
    pub fn pdf(identity: &str) -> Self {
        Self { identity: Some(identity.to_owned()), ..Self::default() }
    }
}

impl Press {
    /// Makes a press with these fonts; the layouts only tell where their errors are shown, and whether they are to be
    /// used in processes of their own.
    pub fn new(fonts: &Fonts, layouts: &Layouts) -> Self {
        let apart = Apart::for_own(layouts, fonts).map(Arc::new);
        Self { apart, ..Self::in_process(fonts, layouts.own().clone()) }
    }

    /// Makes a press that compiles in this process.
    fn in_process(fonts: &Fonts, layouts: BTreeMap<String, u32>) -> Self {
        // Deeply nested texts need more than the two megabytes that a thread has by default.
        let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        let book = FontBook::from_fonts(fonts.all());
        Self {
            library: Arc::new(LazyHash::new(library)),
            book: Arc::new(LazyHash::new(book)),
            fonts: Arc::new(fonts.all().to_vec()),
            layouts: Arc::new(layouts),
            parsed: Arc::default(),
            apart: None,
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
    pub fn typeset(&self, files: BTreeMap<String, Vec<u8>>, wanted: &Wanted) -> Result<Pack, Vec<Finding>> {
        match &self.apart {
            Some(apart) => apart.typeset(&files, wanted),
            None => self.compile(files, wanted),
        }
    }

    fn compile(&self, files: BTreeMap<String, Vec<u8>>, wanted: &Wanted) -> Result<Pack, Vec<Finding>> {
        let sheets = Sheets::new(self.clone(), files);
        let result = typst::compile::<PagedDocument>(&sheets);
        let unstable: Vec<SourceDiagnostic> =
            result.warnings.into_iter().filter(|warning| warning.message.contains("did not converge")).collect();
        match result.output {
            Ok(document) if unstable.is_empty() => pack::extract(&document, &sheets, wanted),
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
