//! Finds the pages of a file, with what they inherit.

use std::borrow::Cow;
use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::damage::Way;
use super::{Notes, Order, PageSize, Refusal, Subject};
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{get, get_array, get_integer, get_number, get_rect};

/// A page of the file.
#[derive(Debug, Clone)]
pub(super) struct Page<'a> {
    /// Id in the file.
    pub(crate) id: ObjectId,
    /// Number in the file, from 1.
    pub(crate) number: u32,
    /// Its own entries.
    pub(crate) dict: &'a Dictionary,
    /// Resources, its own or inherited.
    pub(crate) resources: Cow<'a, Dictionary>,
    /// What of the page shows, in its own units.
    pub(crate) shown: Rect,
    /// Degrees clockwise by which it is turned: 0, 90, 180 or 270.
    pub(crate) rotate: u16,
    /// Points that one of its units takes.
    pub(crate) unit: f64,
}

impl Page<'_> {
    /// Gives how the page shows to a reader.
    pub(super) fn face(&self) -> PageSize {
        let (width, height) = (self.shown.width() * self.unit, self.shown.height() * self.unit);
        let (width, height) = if self.rotate.is_multiple_of(180) { (width, height) } else { (height, width) };
        PageSize { number: self.number, width, height }
    }
}

/// What pages inherit from the nodes above them.
#[derive(Clone, Default)]
struct Inherited<'a> {
    resources: Option<&'a Object>,
    media: Option<Rect>,
    crop: Option<Rect>,
    rotate: Option<i64>,
}

impl<'a> Inherited<'a> {
    fn with(&self, pdf: &Document, dict: &'a Dictionary) -> Self {
        Self {
            resources: dict.get(b"Resources").ok().or(self.resources),
            media: get_rect(pdf, dict, b"MediaBox").or(self.media),
            crop: get_rect(pdf, dict, b"CropBox").or(self.crop),
            rotate: get_integer(pdf, dict, b"Rotate").or(self.rotate),
        }
    }
}

/// Gives all pages of a file in order.
pub(super) fn all<'a>(pdf: &'a Document, way: Way, notes: &mut Notes) -> Result<Vec<Page<'a>>, Refusal> {
    let catalog = pdf.catalog().map_err(|_| way.refusal("its catalogue is lost"))?;
    let mut found = in_tree(pdf, catalog, way, notes)?;
    if found.is_empty() && way.cut_off {
        return Err(way.refusal("its list of pages is lost"));
    }
    if found.is_empty() {
        found = scattered(pdf);
        if !found.is_empty() {
            notes.file(
                Subject::Mended,
                "its list of pages is broken; the pages are in the order in which they are stored",
            );
        }
    }
    if found.is_empty() {
        return Err(Refusal::Damaged { why: "it has no pages".to_owned() });
    }
    let mut pages = Vec::with_capacity(found.len());
    for (index, (id, dict, inherited)) in found.into_iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        pages.push(page(pdf, id, number, dict, &inherited, notes));
    }
    Ok(pages)
}

type Found<'a> = Vec<(ObjectId, &'a Dictionary, Inherited<'a>)>;

fn in_tree<'a>(pdf: &'a Document, catalog: &'a Dictionary, way: Way, notes: &mut Notes) -> Result<Found<'a>, Refusal> {
    let mut found = Found::new();
    let Ok(root) = catalog.get(b"Pages") else { return Ok(found) };
    let mut seen = BTreeSet::new();
    let mut pending = vec![(root, Inherited::default())];
    while let Some((node, inherited)) = pending.pop() {
        let Object::Reference(id) = node else { continue };
        if !seen.insert(*id) {
            notes.file(Subject::Mended, "its list of pages names a page twice");
            continue;
        }
        let Some(Object::Dictionary(dict)) = pdf.objects.get(id) else { continue };
        let inherited = inherited.with(pdf, dict);
        if let Some(kids) = get_array(pdf, dict, b"Kids") {
            pending.extend(kids.iter().rev().map(|kid| (kid, inherited.clone())));
        } else if !dict.has_type(b"Pages") {
            found.push((*id, dict, inherited));
        }
    }
    let counted = get(pdf, catalog, b"Pages").and_then(|pages| get_integer(pdf, pages.as_dict().ok()?, b"Count"));
    if let Some(counted) = counted
        && !found.is_empty()
        && i64::try_from(found.len()) != Ok(counted)
    {
        if i64::try_from(found.len()).is_ok_and(|found| found < counted) {
            let lost = counted - i64::try_from(found.len()).unwrap_or(0);
            let are = if lost == 1 { "is" } else { "are" };
            return Err(way.refusal(&format!("{lost} of {counted} pages {are} lost")));
        }
        notes.file(Subject::Mended, format!("it says that it has {counted} pages, but has {}", found.len()));
    }
    Ok(found)
}

/// Gives the pages of a file whose list of pages leads nowhere.
fn scattered<'a>(pdf: &'a Document) -> Found<'a> {
    let is_page = |(id, object): (&ObjectId, &'a Object)| match object {
        Object::Dictionary(dict) if dict.has_type(b"Page") => Some((*id, dict, Inherited::default().with(pdf, dict))),
        _ => None,
    };
    pdf.objects.iter().filter_map(is_page).collect()
}

/// The size that viewers give a page that has none: US Letter.
const USUAL: Rect = Rect { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 };

fn page<'a>(
    pdf: &'a Document,
    id: ObjectId,
    number: u32,
    dict: &'a Dictionary,
    inherited: &Inherited<'a>,
    notes: &mut Notes,
) -> Page<'a> {
    let real = |rect: &Rect| rect.width() >= 1.0 && rect.height() >= 1.0;
    let media = inherited.media.filter(real).unwrap_or_else(|| {
        notes.page(Subject::Mended, number, "it does not say how large the page is");
        USUAL
    });
    let shown = inherited.crop.and_then(|crop| crop.shared(media)).filter(real).unwrap_or(media);
    let rotate = inherited.rotate.unwrap_or(0).rem_euclid(360);
    let rotate = u16::try_from(rotate).ok().filter(|degrees| degrees.is_multiple_of(90)).unwrap_or(0);
    let unit = get_number(pdf, dict, b"UserUnit").filter(|unit| *unit > 0.0).unwrap_or(1.0);
    let resources = inherited
        .resources
        .and_then(|resources| crate::pdf::objects::dictionary(pdf, resources))
        .map_or_else(Cow::default, Cow::Borrowed);
    Page { id, number, dict, resources, shown, rotate, unit }
}

/// Gives the pages that are wanted, in the order wanted.
pub(super) fn wanted<'a>(all: &[Page<'a>], order: &Order) -> Result<Vec<Page<'a>>, Refusal> {
    let numbers = order.numbers(u32::try_from(all.len()).unwrap_or(u32::MAX))?;
    Ok(numbers.into_iter().filter_map(|number| all.get(number as usize - 1)).cloned().collect())
}
