//! What is known of a typeset document: plain data, the same whichever process has typeset it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use typst::foundations::{Content, Label, NativeElement, Smart, Value};
use typst::introspection::{Introspector, Location, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{PageContent, Sheets, Wanted, complaints, contents, overflow};
use crate::compose::{PageMap, Pages};
use crate::finding::{Finding, Place};
use crate::layouts::LAYOUT_BROKEN;

/// Pages that a document may have: four times as many as can be appended of one file.
const MOST_PAGES: usize = 20_000;

/// A typeset document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pack {
    numbers: Vec<u32>,
    pages: PageMap,
    appended: Vec<AppendedPage>,
    contents: Vec<PageContent>,
    /// What does not fit; findings travel by themselves, as the PDF does.
    #[serde(skip)]
    pub(super) overflows: Vec<Finding>,
    /// The PDF, which travels by itself.
    #[serde(skip)]
    pub(super) pdf: Vec<u8>,
}

/// The place that a layout has left for a page of an appended file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

impl Pack {
    /// Gives the pages of each document and of the labels that were wanted, as numbered in print.
    pub(crate) fn page_map(&self) -> &PageMap {
        &self.pages
    }

    /// Gives the pages of appended files, in their order: where the foreign page is to go, if it is not
    /// a picture that is set already.
    pub fn appended(&self) -> &[AppendedPage] {
        &self.appended
    }

    /// Gives the number in the whole pack of each page, in order.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Gives what stands on each page of a pack, in order.
    pub(crate) fn contents(&self) -> &[PageContent] {
        &self.contents
    }

    /// Gives the number of sheets' sides, blanks included.
    pub fn page_count(&self) -> usize {
        self.numbers.len()
    }

    /// Gives what was found of words that run over the edge of their column or page in a pack. One with such has no PDF.
    pub(crate) fn overflows(&self) -> &[Finding] {
        &self.overflows
    }

    /// Gives the PDF: PDF/UA-1 and PDF/A-2a, with a stable identity and no clock. Empty when none was wanted.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }
}

/// Gives what is wanted of a document.
pub(super) fn extract(document: &PagedDocument, sheets: &Sheets, wanted: &Wanted) -> Result<Pack, Vec<Finding>> {
    let pages = document.pages();
    if pages.len() > MOST_PAGES {
        let message = format!("the layouts make {} pages, and {MOST_PAGES} is the most", pages.len());
        let mut finding = Finding::new(&LAYOUT_BROKEN, Place::default(), message)
            .help("look for page breaks in a loop in the workspace's own layouts");
        finding.labels.clear();
        return Err(vec![finding]);
    }
    let reader = Reader { document };
    let overflows = if wanted.is_pack { overflow::find(pages, sheets) } else { Vec::new() };
    let pdf = match &wanted.identity {
        Some(identity) if overflows.is_empty() => pdf(document, sheets, identity)?,
        _ => Vec::new(),
    };
    Ok(Pack {
        numbers: pages.iter().map(|page| u32::try_from(page.number).unwrap_or(u32::MAX)).collect(),
        pages: reader.pages(&wanted.labels),
        appended: reader.appended(),
        contents: if wanted.is_pack { pages.iter().map(contents::of).collect() } else { Vec::new() },
        overflows,
        pdf,
    })
}

fn pdf(document: &PagedDocument, sheets: &Sheets, identity: &str) -> Result<Vec<u8>, Vec<Finding>> {
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
    typst_pdf::pdf(document, &options).map_err(|errors| complaints::findings(&errors, sheets))
}

/// Reads the marks that layouts leave.
struct Reader<'a> {
    document: &'a PagedDocument,
}

impl Reader<'_> {
    fn pages(&self, labels: &[String]) -> PageMap {
        let mut first: BTreeMap<String, u32> = BTreeMap::new();
        let mut map = PageMap::default();
        for Mark { document, at, page } in self.marks() {
            match at.as_str() {
                "start" => {
                    first.insert(document, page);
                }
                "end" => {
                    if let Some(start) = first.get(&document) {
                        map.insert(document, Pages { first: *start, last: page });
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

    fn appended(&self) -> Vec<AppendedPage> {
        let introspector = self.document.introspector();
        let marks = introspector.query(&MetadataElem::ELEM.select());
        let page = |element: &Content| {
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
}

struct Mark {
    document: String,
    at: String,
    page: u32,
}
