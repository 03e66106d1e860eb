//! Pages of OpenDocument spreadsheets that their authors did not set up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::appended::office::failure::OfficeFailure;
use crate::appended::office::prepare::Parts;
use crate::appended::office::prepare::edits::{Edits, with_attributes};
use crate::appended::office::prepare::page::Page;
use crate::appended::office::xml::{Met, Tag, visit, within};

/// Master page of a sheet that names none.
const USUAL: &str = "Default";
/// Width of a column that says none, in points.
const USUAL_WIDTH: f64 = 64.0;

/// Fits the pages of sheets without a set-up of their own, and takes away the headers that nobody asked for.
pub(super) fn fit(parts: &mut Parts) -> Result<(), OfficeFailure> {
    let mut book = Book::default();
    parts.package.walk("styles.xml", |open, met| book.style(open, met));
    parts.package.walk("content.xml", |open, met| book.style(open, met));
    parts.package.walk("content.xml", |open, met| book.table(open, met));
    let pages = book.pages();
    parts.edit("styles.xml", |text| plan(text, &pages))
}

#[derive(Default)]
struct Book {
    /// Style that is being read.
    name: String,
    /// Widths of columns in points, by their styles.
    widths: BTreeMap<String, f64>,
    /// Styles of columns with which a page begins.
    breaks: BTreeSet<String>,
    /// Master pages, by the styles of tables.
    masters: BTreeMap<String, String>,
    /// Layouts of pages, by master pages.
    layouts: BTreeMap<String, String>,
    /// Sheets: master page, width in points, whether they say what of them is printed.
    sheets: Vec<(String, f64, bool)>,
    sheet: Sheet,
}

/// The sheet that is being read.
#[derive(Default)]
struct Sheet {
    /// Number and width of columns.
    columns: Vec<(u64, f64)>,
    column: u64,
    last: u64,
    has_setup: bool,
}

impl Book {
    fn style(&mut self, open: &[Tag], met: Met) {
        let (Some(tag), Met::Open) = (open.last(), met) else { return };
        match tag.name.as_str() {
            "style" => {
                tag.get("name").unwrap_or_default().clone_into(&mut self.name);
                if let Some(master) = tag.get("master-page-name").filter(|master| !master.is_empty()) {
                    self.masters.insert(self.name.clone(), master.to_owned());
                }
            }
            "table-column-properties" => {
                if let Some(width) = tag.get("column-width").and_then(points) {
                    self.widths.insert(self.name.clone(), width);
                }
                if tag.is("break-before", "page") {
                    self.breaks.insert(self.name.clone());
                }
            }
            "master-page" => {
                let layout = tag.get("page-layout-name").unwrap_or_default().to_owned();
                self.layouts.insert(tag.get("name").unwrap_or_default().to_owned(), layout);
            }
            _ => {}
        }
    }

    fn table(&mut self, open: &[Tag], met: Met) {
        let Some(tag) = open.last().filter(|_| within(open, "spreadsheet") && !within(open, "tracked-changes")) else {
            return;
        };
        let repeated = tag.get("number-columns-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
        match (met, tag.name.as_str()) {
            (Met::Open, "table") => {
                self.sheet = Sheet { has_setup: tag.get("print-ranges").is_some(), ..Sheet::default() };
            }
            (Met::Open, "table-column") => {
                let style = tag.get("style-name").unwrap_or_default();
                let hidden = matches!(tag.get("visibility"), Some("collapse" | "filter"));
                let width = self.widths.get(style).copied().unwrap_or(USUAL_WIDTH);
                self.sheet.columns.push((repeated, if hidden { 0.0 } else { width }));
                self.sheet.has_setup |= self.breaks.contains(style);
            }
            (Met::Open, "table-row") => self.sheet.column = 0,
            (Met::Close, "table-cell" | "covered-table-cell") => {
                self.sheet.column = self.sheet.column.saturating_add(repeated);
                if tag.get("value-type").is_some() {
                    let spanned = tag.get("number-columns-spanned").and_then(|text| text.parse().ok()).unwrap_or(1);
                    let end = self.sheet.column.saturating_add(spanned).saturating_sub(1);
                    self.sheet.last = self.sheet.last.max(end);
                }
            }
            (Met::Close, "table") => {
                let master = self.masters.get(tag.get("style-name").unwrap_or_default());
                let master = master.map_or(USUAL, String::as_str).to_owned();
                self.sheets.push((master, self.sheet.width(), self.sheet.has_setup));
            }
            _ => {}
        }
    }

    /// Gives the pages of the layouts that no sheet has set up for itself.
    fn pages(&self) -> BTreeMap<String, Page> {
        let mut widest: BTreeMap<&str, Option<f64>> = BTreeMap::new();
        for (master, width, has_setup) in &self.sheets {
            let Some(layout) = self.layouts.get(master) else { continue };
            let entry = widest.entry(layout).or_insert(Some(0.0));
            *entry = entry.filter(|_| !has_setup).map(|widest| widest.max(*width));
        }
        let pages = widest.into_iter().filter_map(|(layout, width)| Some((layout.to_owned(), Page::fitting(width?))));
        pages.collect()
    }
}

impl Sheet {
    /// Gives the width in points of the columns to the last that has contents.
    fn width(&self) -> f64 {
        let (mut left, mut width) = (self.last, 0.0);
        for (count, one) in &self.columns {
            let count = (*count).min(left);
            // Sheets have at most some thousand columns with contents.
            width += f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * one;
            left -= count;
        }
        width
    }
}

/// Reads a length in points (XSL 1.1, 5.9.13).
fn points(length: &str) -> Option<f64> {
    let end = length.find(|char: char| char.is_ascii_alphabetic())?;
    let number: f64 = length[..end].parse().ok()?;
    let one = match &length[end..] {
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "in" => 72.0,
        "pt" => 1.0,
        _ => return None,
    };
    Some(number * one)
}

fn plan(text: &str, pages: &BTreeMap<String, Page>) -> Option<Edits> {
    let mut edits = Edits::default();
    let mut layout = String::new();
    let mut header = Header::default();
    let whole = visit(text.as_bytes(), |open, met, at| {
        let Some(tag) = open.last() else { return };
        match (met, tag.name.as_str()) {
            (Met::Open, "page-layout") => tag.get("name").unwrap_or_default().clone_into(&mut layout),
            (Met::Open, "page-layout-properties") => {
                if let Some(page) = pages.get(&layout).filter(|_| !is_set_up(tag))
                    && let Some(with) = text.get(at.clone()).and_then(|raw| set_up(raw, tag, *page))
                {
                    edits.replace(at, with);
                }
            }
            (Met::Open, "header" | "footer") => header = Header { at, ..Header::default() },
            (Met::Close, "header" | "footer") if header.is_unasked() => {
                let set = [(&*format!("{}display", tag.prefix), Some("false"))];
                if let Some(with) = text.get(header.at.clone()).and_then(|raw| with_attributes(raw, &set)) {
                    edits.replace(header.at.clone(), with);
                }
            }
            (Met::Text(words), name) => header.text(name, words),
            (Met::Open, name) => header.open(name),
            (Met::Close, _) => {}
        }
    });
    whole.then_some(edits)
}

/// Tells whether an author has set up a page.
fn is_set_up(tag: &Tag) -> bool {
    tag.is("print-orientation", "landscape")
        || tag.get("scale-to").is_some_and(|scale| scale != "100%")
        || ["scale-to-pages", "scale-to-X", "scale-to-Y"].iter().any(|name| tag.get(name).is_some())
}

fn set_up(raw: &str, tag: &Tag, page: Page) -> Option<String> {
    let (width, height, orientation) = page.opendocument();
    let style = |name| format!("{}{name}", tag.prefix);
    let names = [style("scale-to"), style("scale-to-X"), style("scale-to-Y"), style("print-orientation")];
    with_attributes(
        raw,
        &[
            (&names[0], None),
            (&names[1], Some("1")),
            (&names[2], Some("0")),
            (&names[3], Some(orientation)),
            ("fo:page-width", Some(width)),
            ("fo:page-height", Some(height)),
        ],
    )
}

/// What stands in a header or footer.
#[derive(Default)]
struct Header {
    at: Range<usize>,
    fields: Vec<String>,
    words: String,
}

impl Header {
    fn open(&mut self, name: &str) {
        if !matches!(name, "p" | "span" | "region-left" | "region-center" | "region-right") {
            self.fields.push(name.to_owned());
        }
    }

    fn text(&mut self, name: &str, words: &str) {
        if matches!(name, "p" | "span") {
            self.words.push_str(words);
        }
    }

    /// Tells whether it is what LibreOffice puts on every new sheet: its name, and the number of the page.
    fn is_unasked(&self) -> bool {
        let fields: Vec<&str> = self.fields.iter().map(String::as_str).filter(|name| *name != "s").collect();
        matches!((&fields[..], self.words.trim()), (["sheet-name"], "") | (["page-number"], "Page"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_points() {
        assert_eq!(
            (points("1in"), points("36pt"), points("2.54cm"), points("x")),
            (Some(72.0), Some(36.0), Some(72.0), None)
        );
    }

    #[test]
    fn a_sheet_without_set_up_fits_one_page_wide() {
        let content = |table: &str| {
            format!(
                "<a><style:style style:name='c'><p:table-column-properties p:column-width='5cm'/></style:style>\
                 <spreadsheet><t:table {table}><t:table-column t:style-name='c' t:number-columns-repeated='9'/><t:table-row>\
                 <t:table-cell t:number-columns-repeated='8'/><t:table-cell o:value-type='string'/></t:table-row></t:table>\
                 </spreadsheet></a>"
            )
        };
        let styles = "<a><style:page-layout style:name='L'><style:page-layout-properties/></style:page-layout>\
                      <style:master-page style:name='Default' style:page-layout-name='L'><style:header><t:p>\
                      <t:sheet-name>???</t:sheet-name></t:p></style:header><style:footer><t:p>Page <t:page-number>1\
                      </t:page-number></t:p></style:footer></style:master-page></a>";
        let edited = |table: &str| {
            let mut book = Book::default();
            let content = content(table);
            assert!(visit(styles.as_bytes(), |open, met, _| book.style(open, met)));
            assert!(visit(content.as_bytes(), |open, met, _| book.style(open, met)));
            assert!(visit(content.as_bytes(), |open, met, _| book.table(open, met)));
            plan(styles, &book.pages()).expect("it can be read").apply(styles).expect("it changes")
        };
        let text = edited("");
        assert!(
            text.contains("style:scale-to-X=\"1\" style:scale-to-Y=\"0\" style:print-orientation=\"landscape\""),
            "{text}"
        );
        assert_eq!(text.matches("style:display=\"false\"").count(), 2, "{text}");
        assert!(!edited("t:print-ranges='A.A1:A.B2'").contains("scale-to"));
    }
}
