//! Excel workbooks: hidden sheets lose their print areas, headers what they would print of the machine and
//! the hour, formulas give what they gave when the workbook was saved, and a sheet without a print set-up fits one page wide.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Parts;
use super::edits::{Edits, escaped};
use super::fields::is_path;
use super::page::Page;
use crate::appended::office::failure::OfficeFailure;
use crate::appended::office::look::sheets::{
    HEADERS, asks_the_machine, column, header_codes, is_of_the_machine, is_true,
};
use crate::appended::office::xml::{Met, Tag, visit};

/// Width of a character of the usual font in points (ECMA-376, part 1, 18.3.1.13, at 96 dots to the inch).
const CHARACTER: f64 = 5.25;
/// Width of a column that says none, in characters.
const USUAL_WIDTH: f64 = 9.14;

pub(super) fn prepare(parts: &mut Parts) -> Result<(), OfficeFailure> {
    let Some(main) = parts.package.main_part() else { return Err(OfficeFailure::Damaged) };
    let links: BTreeMap<String, String> =
        parts.package.relations(&main).into_iter().map(|link| (link.id, link.target)).collect();
    let mut book = Book::default();
    parts.edit(&main, |text| book.plan(text, &links))?;
    for (index, part) in book.parts.iter().enumerate() {
        let has_area = book.areas.contains(&index);
        parts.edit(part, |text| plan(text, has_area))?;
    }
    Ok(())
}

/// The sheets of a workbook in order.
#[derive(Default)]
struct Book {
    parts: Vec<String>,
    hidden: BTreeSet<usize>,
    /// Sheets that say what of them is printed.
    areas: BTreeSet<usize>,
}

impl Book {
    fn plan(&mut self, text: &str, links: &BTreeMap<String, String>) -> Option<Edits> {
        let mut edits = Edits::default();
        let mut area: Option<usize> = None;
        let whole = visit(text.as_bytes(), |open, met, at| {
            let Some(tag) = open.last() else { return };
            match (met, tag.name.as_str()) {
                (Met::Open, "sheet") => {
                    if matches!(tag.get("state"), Some("hidden" | "veryHidden")) {
                        self.hidden.insert(self.parts.len());
                    }
                    self.parts.push(tag.get("id").and_then(|id| links.get(id)).cloned().unwrap_or_default());
                }
                (Met::Open, "definedName") => area = printed_of(tag),
                (Met::Close, "definedName") => match area.take() {
                    Some(sheet) if self.hidden.contains(&sheet) => edits.drop(tag.start..at.end),
                    Some(sheet) => {
                        self.areas.insert(sheet);
                    }
                    None => {}
                },
                _ => {}
            }
        });
        whole.then_some(edits)
    }
}

/// Gives the sheet of which a name says what is printed.
fn printed_of(tag: &Tag) -> Option<usize> {
    let name = tag.get("name").unwrap_or_default().to_lowercase();
    let says = name.ends_with("print_area") || name.ends_with("print_titles");
    tag.get("localSheetId").filter(|_| says)?.parse().ok()
}

fn plan(text: &str, has_area: bool) -> Option<Edits> {
    let mut sheet = Sheet { has_setup: has_area, ..Sheet::default() };
    let whole = visit(text.as_bytes(), |open, met, at| sheet.meet(open, met, at));
    whole.then(|| sheet.finish())
}

/// What is met in a sheet.
#[derive(Default)]
struct Sheet {
    edits: Edits,
    has_setup: bool,
    is_cells: bool,
    header: String,
    /// Where the sheet's own contents begin and end.
    inside: Range<usize>,
    prefix: String,
    /// Elements that give way to the page.
    pages: Vec<Range<usize>>,
    usual: Option<f64>,
    /// Widths of columns in characters: the first, the last, the width.
    columns: Vec<(u32, u32, f64)>,
    column: u32,
    last: u32,
    cell: Cell,
}

/// The cell that is open.
#[derive(Default)]
struct Cell {
    /// Where its formula stands.
    formula: Option<Range<usize>>,
    /// Where what it gave stands, and what that is.
    value: Option<Range<usize>>,
    saved: String,
    /// Whether it asks for the path of the file or the like.
    of_the_machine: bool,
}

impl Sheet {
    fn meet(&mut self, open: &[Tag], met: Met, at: Range<usize>) {
        let Some(tag) = open.last() else { return };
        match met {
            Met::Open => self.open(open, tag, at),
            Met::Text(text) if HEADERS.contains(&tag.name.as_str()) => self.header.push_str(text),
            Met::Text(text) if tag.name == "v" => self.cell.saved.push_str(text),
            Met::Text(text) if tag.name == "f" => self.cell.of_the_machine |= asks_the_machine(text),
            Met::Text(_) => {}
            Met::Close => self.close(open, tag, at),
        }
    }

    fn open(&mut self, open: &[Tag], tag: &Tag, at: Range<usize>) {
        let number = |name| tag.get(name).and_then(|text| text.parse::<f64>().ok());
        // The views that a workbook keeps for its users have set-ups of their own.
        let own = !open.iter().any(|tag| tag.name == "customSheetViews");
        match tag.name.as_str() {
            "worksheet" => {
                self.is_cells = true;
                self.inside = at.end..at.end;
                tag.prefix.clone_into(&mut self.prefix);
            }
            "pageSetUpPr" => self.has_setup |= tag.get("fitToPage").is_some_and(is_true),
            "pageSetup" if own => {
                self.has_setup |= tag.is("orientation", "landscape")
                    || number("scale").is_some_and(|scale| scale < 100.0)
                    || tag.get("fitToWidth").is_some_and(|pages| pages != "1");
            }
            "brk" if own => self.has_setup = true,
            "sheetFormatPr" => self.usual = number("defaultColWidth"),
            "col" => {
                let hidden = tag.get("hidden").is_some_and(is_true);
                let width = if hidden { 0.0 } else { number("width").unwrap_or(USUAL_WIDTH) };
                let column = |name| tag.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
                self.columns.push((column("min"), column("max"), width));
            }
            "row" => self.column = 0,
            "c" => {
                self.column = tag.get("r").map_or(self.column + 1, column);
                self.cell = Cell::default();
            }
            "v" | "is" | "f" => self.last = self.last.max(self.column),
            "mergeCell" => {
                let end = tag.get("ref").and_then(|area| area.split(':').nth(1)).unwrap_or_default();
                self.last = self.last.max(column(end));
            }
            _ => {}
        }
    }

    fn close(&mut self, open: &[Tag], tag: &Tag, at: Range<usize>) {
        match tag.name.as_str() {
            "worksheet" => self.inside.end = at.start,
            "f" if open.iter().any(|tag| tag.name == "c") => self.cell.formula = Some(tag.start..at.end),
            // What a formula gave when the workbook was last saved is what its author saw.
            "v" => self.cell.value = Some(tag.start..at.end),
            "c" => self.end_cell(),
            "pageSetUpPr" | "pageSetup" if !open.iter().any(|tag| tag.name == "customSheetViews") => {
                self.pages.push(tag.start..at.end);
            }
            name if HEADERS.contains(&name) => {
                let text = std::mem::take(&mut self.header);
                if let Some(clean) = without_codes(&text) {
                    let (prefix, name) = (&tag.prefix, &tag.name);
                    let element = format!("<{prefix}{name}>{}</{prefix}{name}>", escaped(&clean));
                    self.edits.replace(tag.start..at.end, element);
                }
            }
            _ => {}
        }
    }

    /// Leaves of a formula what it gave when the workbook was last saved, and of one for the file's path nothing
    /// that is a path.
    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let Some(formula) = cell.formula else { return };
        let saved = cell.saved.trim();
        if cell.of_the_machine && (saved.is_empty() || is_path(saved)) {
            self.edits.drop(formula);
            cell.value.into_iter().for_each(|value| self.edits.drop(value));
        } else if !saved.is_empty() {
            self.edits.drop(formula);
        }
    }

    fn finish(mut self) -> Edits {
        // A sheet without contents between two tags has nothing that could be too wide.
        if !self.is_cells || self.has_setup || self.inside.is_empty() {
            return self.edits;
        }
        for at in self.pages {
            self.edits.drop(at);
        }
        let page = Page::fitting(width(&self.columns, self.usual.unwrap_or(USUAL_WIDTH), self.last));
        let prefix = &self.prefix;
        let begin = format!("<{prefix}sheetPr><{prefix}pageSetUpPr fitToPage=\"1\"/></{prefix}sheetPr>");
        self.edits.replace(self.inside.start..self.inside.start, begin);
        self.edits.replace(self.inside.end..self.inside.end, format!("<{prefix}pageSetup {}/>", page.excel()));
        self.edits
    }
}

/// Gives the width in points of the columns to the last that has contents.
fn width(columns: &[(u32, u32, f64)], usual: f64, last: u32) -> f64 {
    let (mut said, mut characters) = (0, 0.0);
    for (first, end, width) in columns {
        let end = (*end).min(last);
        if *first >= 1 && end >= *first {
            let count = end - first + 1;
            said += count;
            characters += f64::from(count) * width;
        }
    }
    (characters + f64::from(last.saturating_sub(said)) * usual) * CHARACTER
}

/// Gives a header without the codes for path, file name, day and hour; none when it has none of them, and
/// none of it when it is what LibreOffice writes where nothing was asked for.
fn without_codes(text: &str) -> Option<String> {
    let codes = header_codes(text);
    let is_plain = |code: &&&str| !code.starts_with('&') || matches!(**code, "&A" | "&P" | "&L" | "&R");
    let plain: String = codes.iter().filter(is_plain).copied().collect();
    if text.starts_with("&C") && matches!(plain.as_str(), "&A" | "Page &P") {
        return Some(String::new());
    }
    let clean: String = codes.iter().filter(|code| !is_of_the_machine(code)).copied().collect();
    (clean != text).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_lose_path_name_day_and_hour() {
        for (header, clean) in [
            ("&L&Z&F&C&\"Arial,Bold\"&12Budget &A", Some("&L&C&\"Arial,Bold\"&12Budget &A")),
            ("&LPrinted &D &T&RPage &P of &N", Some("&LPrinted  &RPage &P of &N")),
            ("&K01+049&F x", Some("&K01+049 x")),
            ("&CSmith && Doe &\"D,T\"D", None),
            ("&A", None),
            ("&LPage &P", None),
            ("&C&\"Times New Roman,Regular\"&12&A", Some("")),
            ("&C&\"Times New Roman,Regular\"&12Page &P", Some("")),
            ("&", None),
        ] {
            assert_eq!(without_codes(header).as_deref(), clean, "{header}");
        }
    }

    #[test]
    fn formulas_give_what_they_gave_when_it_was_saved() {
        let text = "<worksheet><pageSetup scale='50'/><c><f>TODAY()</f><v>45000</v></c><c><f>A1</f><v/></c>\
                    <c><f>CELL(\"filename\",A1)</f></c>\
                    <c><f>CELL(\"filename\")</f><v>H:\\a\\[b.xlsx]C</v></c></worksheet>";
        let edited = plan(text, false).expect("it can be read").apply(text);
        let expected = "<worksheet><pageSetup scale='50'/><c><v>45000</v></c><c><f>A1</f><v/></c><c></c>\
                        <c></c></worksheet>";
        assert_eq!(edited.as_deref(), Some(expected));
    }

    #[test]
    fn hidden_sheets_lose_their_print_areas() {
        let text = "<workbook><sheets><sheet id='a'/><sheet id='b' state='veryHidden'/></sheets><definedNames>\
                    <definedName name='_xlnm.Print_Area' localSheetId='0'>A!A1</definedName>\
                    <definedName name='_xlnm.Print_Area' localSheetId='1'>B!A1</definedName>\
                    <definedName name='rate'>B!A1</definedName></definedNames></workbook>";
        let mut book = Book::default();
        let edits = book.plan(text, &BTreeMap::new()).expect("it can be read");
        let edited = edits.apply(text).expect("it changes");
        assert!(edited.contains("A!A1") && edited.contains("rate"), "{edited}");
        assert!(!edited.contains("localSheetId='1'"), "{edited}");
        assert_eq!(book.areas, BTreeSet::from([0]));
    }

    #[test]
    fn a_sheet_without_set_up_fits_one_page_wide() {
        let sheet = |setup: &str| {
            let cells: Vec<String> =
                ('A'..='L').map(|letter| format!("<x:c r='{letter}1'><x:v>1</x:v></x:c>")).collect();
            let cells = cells.concat();
            format!("<x:worksheet><x:sheetData><x:row>{cells}</x:row></x:sheetData>{setup}</x:worksheet>")
        };
        let edited = |text: &str| plan(text, false).expect("it can be read").apply(text);
        let text = edited(&sheet("<x:pageSetup paperSize='9' orientation='portrait'/>")).expect("it changes");
        assert!(text.starts_with("<x:worksheet><x:sheetPr><x:pageSetUpPr fitToPage=\"1\"/></x:sheetPr>"), "{text}");
        assert!(text.contains("orientation=\"landscape\"") && !text.contains("portrait"), "{text}");
        assert_eq!(edited(&sheet("<x:pageSetup scale='60'/>")), None);
        assert_eq!(edited(&sheet("<x:colBreaks><x:brk id='4'/></x:colBreaks>")), None);
        let whole = sheet("");
        assert_eq!(plan(&whole, true).expect("it can be read").apply(&whole), None);
    }
}
