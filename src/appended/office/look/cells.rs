//! Cells of spreadsheets: which are printed, and what words they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::odf::is_hidden;
use super::sheets::{MOST_RANGES, column, is_true};
use super::tally::{Notes, Tally, several};
use crate::appended::Subject;
use crate::appended::office::kind::Family;
use crate::appended::office::package::Package;
use crate::appended::office::xml::{Met, Tag, within};

/// A cell with contents, in a sheet, a row and a column that are not hidden.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Words that it shows; none where it shows a number or the like.
    pub(crate) words: String,
    /// Whether it lies in what of its sheet is printed.
    pub(crate) printed: bool,
    /// How many cells say the same side by side.
    pub(crate) count: usize,
}

/// Gives each cell of a workbook with the name of its sheet.
pub(crate) fn of_workbook(package: &mut Package, main: &str, mut see: impl FnMut(&str, &Cell)) {
    let links: BTreeMap<String, String> =
        package.relations(main).into_iter().map(|link| (link.id, link.target)).collect();
    let (mut sheets, mut areas) = (Vec::new(), BTreeMap::<usize, Areas>::new());
    package.walk(main, |open, met| match (open.last(), met) {
        (Some(tag), Met::Open) if tag.name == "sheet" => {
            let shown = !matches!(tag.get("state"), Some("hidden" | "veryHidden"));
            let part = tag.get("id").and_then(|id| links.get(id)).filter(|_| shown).cloned();
            sheets.push((tag.get("name").unwrap_or_default().to_owned(), part));
        }
        (Some(tag), Met::Text(text)) if tag.name == "definedName" => {
            let name = tag.get("name").unwrap_or_default().to_lowercase();
            let sheet = tag.get("localSheetId").and_then(|id| id.parse().ok());
            if let Some(sheet) = sheet {
                let said: &mut Areas = areas.entry(sheet).or_default();
                match name.as_str() {
                    "_xlnm.print_area" => said.printed.extend(Area::all(text)),
                    "_xlnm.print_titles" => said.titles.extend(Area::all(text)),
                    _ => {}
                }
            }
        }
        _ => {}
    });
    let mut strings: Vec<String> = Vec::new();
    let shared = package.relations(main).into_iter().find(|link| link.kind == "sharedStrings");
    if let Some(shared) = shared {
        package.walk(&shared.target, |open, met| match (open.last(), met) {
            (Some(tag), Met::Open) if tag.name == "si" => strings.push(String::new()),
            (Some(tag), Met::Text(text)) if tag.name == "t" && !within(open, "rPh") => {
                strings.iter_mut().last().into_iter().for_each(|last| last.push_str(text));
            }
            _ => {}
        });
    }
    for (index, (name, part)) in sheets.iter().enumerate() {
        let Some(part) = part else { continue };
        let mut sheet = Sheet { areas: areas.remove(&index).unwrap_or_default(), ..Sheet::default() };
        package.walk(part, |open, met| {
            if let Some(cell) = sheet.meet(open, met, &strings) {
                see(name, &cell);
            }
        });
    }
}

/// A rectangle of cells: columns and rows from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    columns: (u64, u64),
    rows: (u64, u64),
}

impl Area {
    /// Reads what a file says is printed, such as `'Sheet 1'!$A$1:$D$9,'Sheet 1'!$F:$G` or `Sheet.A1:Sheet.D9`; none
    /// for what is not a rectangle.
    fn all(text: &str) -> Vec<Option<Self>> {
        let mut quoted = false;
        let plain = |sign: &char| {
            quoted ^= *sign == '\'';
            !quoted && !matches!(sign, '\'' | '$')
        };
        let plain: String = text.chars().filter(plain).collect();
        let parts = plain.split([',', ' ', ';', '\n']).filter(|part| !part.is_empty());
        parts.map(Self::one).collect()
    }

    fn one(part: &str) -> Option<Self> {
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        let corner = |corner: &str| {
            let corner = corner.rsplit(['!', '.']).next().unwrap_or(corner);
            let letters = corner.bytes().take_while(u8::is_ascii_alphabetic).count();
            let row = if letters == corner.len() { Some(None) } else { corner[letters..].parse().ok().map(Some) };
            let column = (letters > 0).then(|| u64::from(column(corner)));
            row.filter(|row: &Option<u64>| letters < 4 && (row.is_some() || column.is_some())).map(|row| (column, row))
        };
        let ((left, top), (right, bottom)) = (corner(from)?, corner(to)?);
        let columns = (left.unwrap_or(1), right.unwrap_or(u64::MAX));
        let rows = (top.unwrap_or(1), bottom.unwrap_or(u64::MAX));
        Some(Self { columns, rows })
    }

    fn has(self, column: u64, row: u64) -> bool {
        (self.columns.0..=self.columns.1).contains(&column) && (self.rows.0..=self.rows.1).contains(&row)
    }
}

/// What a sheet says is printed of it; none for what is not understood.
#[derive(Debug, Default)]
struct Areas {
    printed: Vec<Option<Area>>,
    /// Rows and columns that are repeated on each page, wherever they lie.
    titles: Vec<Option<Area>>,
}

impl Areas {
    /// Tells whether a cell is printed: where nothing is said, or what is said is not understood, all is.
    fn have(&self, column: u64, row: u64) -> bool {
        let mut all = self.printed.iter().chain(&self.titles);
        self.printed.is_empty() || all.any(|area| area.is_none_or(|area| area.has(column, row)))
    }
}

/// The sheet of a workbook that is being read.
#[derive(Default)]
struct Sheet {
    areas: Areas,
    hidden: Vec<RangeInclusive<u32>>,
    row: u64,
    row_hidden: bool,
    column: u32,
    value: String,
}

impl Sheet {
    fn meet(&mut self, open: &[Tag], met: Met, strings: &[String]) -> Option<Cell> {
        let tag = open.last()?;
        match (met, tag.name.as_str()) {
            (Met::Open, "col") if tag.get("hidden").is_some_and(is_true) && self.hidden.len() < MOST_RANGES => {
                let number = |name| tag.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
                self.hidden.push(number("min")..=number("max"));
            }
            (Met::Open, "row") => {
                self.row = tag.get("r").and_then(|row| row.parse().ok()).unwrap_or(self.row + 1);
                self.row_hidden = tag.get("hidden").is_some_and(is_true);
                self.column = 0;
            }
            (Met::Open, "c") => {
                self.column = tag.get("r").map_or(self.column + 1, column);
                self.value.clear();
            }
            (Met::Text(text), "v" | "t") if within(open, "c") && !within(open, "rPh") => self.value.push_str(text),
            (Met::Close, "c") if !self.value.trim().is_empty() && !self.row_hidden => {
                if self.hidden.iter().any(|range| range.contains(&self.column)) {
                    return None;
                }
                let words = match tag.get("t") {
                    Some("s") => self.value.trim().parse().ok().and_then(|index: usize| strings.get(index)).cloned(),
                    Some("str" | "inlineStr") => Some(std::mem::take(&mut self.value)),
                    _ => None,
                };
                let printed = self.areas.have(u64::from(self.column), self.row);
                return Some(Cell { words: words.unwrap_or_default(), printed, count: 1 });
            }
            _ => {}
        }
        None
    }
}

/// Gives each cell of an OpenDocument spreadsheet with the name of its sheet.
pub(crate) fn of_odf(package: &mut Package, mut see: impl FnMut(&str, &Cell)) {
    let mut book = OdfBook::default();
    for part in ["styles.xml", "content.xml"] {
        package.walk(part, |open, met| {
            book.style(open, met);
            if within(open, "spreadsheet")
                && !within(open, "tracked-changes")
                && let Some(cell) = book.meet(open, met)
            {
                see(&book.name, &cell);
            }
        });
    }
}

#[derive(Default)]
struct OdfBook {
    style: String,
    /// Styles of tables that do not show.
    hiding: BTreeSet<String>,
    name: String,
    hidden: bool,
    areas: Areas,
    unprinted: bool,
    /// Columns by whether they are hidden: number of them, in order.
    columns: Vec<(bool, u64)>,
    column: u64,
    row: u64,
    row_hidden: bool,
    words: String,
}

impl OdfBook {
    fn style(&mut self, open: &[Tag], met: Met) {
        let (Some(tag), Met::Open) = (open.last(), met) else { return };
        match tag.name.as_str() {
            "style" => tag.get("name").unwrap_or_default().clone_into(&mut self.style),
            "table-properties" if tag.is("display", "false") => {
                self.hiding.insert(self.style.clone());
            }
            _ => {}
        }
    }

    fn meet(&mut self, open: &[Tag], met: Met) -> Option<Cell> {
        let tag = open.last()?;
        let repeated = |name| tag.get(name).and_then(|text| text.parse::<u64>().ok()).unwrap_or(1);
        let collapsed = matches!(tag.get("visibility"), Some("collapse" | "filter"));
        match (met, tag.name.as_str()) {
            (Met::Open, "table") => {
                *self = Self {
                    name: tag.get("name").unwrap_or_default().to_owned(),
                    hidden: tag.get("style-name").is_some_and(|style| self.hiding.contains(style)),
                    areas: Areas {
                        printed: tag.get("print-ranges").map(Area::all).unwrap_or_default(),
                        ..Areas::default()
                    },
                    unprinted: tag.is("print", "false"),
                    hiding: std::mem::take(&mut self.hiding),
                    ..Self::default()
                };
            }
            (Met::Open, "table-column") if self.columns.len() < MOST_RANGES => {
                self.columns.push((collapsed, repeated("number-columns-repeated")));
            }
            (Met::Open, "table-row") => (self.column, self.row_hidden) = (0, collapsed),
            (Met::Close, "table-row") => self.row = self.row.saturating_add(repeated("number-rows-repeated")),
            (Met::Open, "table-cell") => self.words.clear(),
            (Met::Text(text), _) if within(open, "table-cell") && !within(open, "annotation") => {
                self.words.push_str(text);
            }
            (Met::Close, "p") if !within(open, "annotation") => self.words.push(' '),
            (Met::Close, "covered-table-cell") => {
                self.column = self.column.saturating_add(repeated("number-columns-repeated"));
            }
            (Met::Close, "table-cell") => {
                let count = repeated("number-columns-repeated");
                let first = self.column;
                self.column = first.saturating_add(count);
                let words = std::mem::take(&mut self.words);
                if words.trim().is_empty() || self.hidden || self.row_hidden || is_hidden(&self.columns, first) {
                    return None;
                }
                // Rows that are repeated on each page are printed wherever they lie.
                let titles = within(open, "table-header-rows") && !self.unprinted;
                let in_area = titles || self.areas.have(first + 1, self.row + 1);
                let printed = in_area && !(self.unprinted && self.areas.printed.is_empty());
                let is_words = tag.is("value-type", "string");
                let words = if is_words { words } else { String::new() };
                return Some(Cell { words, printed, count: usize::try_from(count).unwrap_or(usize::MAX) });
            }
            _ => {}
        }
        None
    }
}

/// Adds a remark on cells with contents outside of what of their sheets is printed.
pub(crate) fn outside(package: &mut Package, family: Family, main: Option<&str>, notes: &mut Notes) {
    if family != Family::Sheets {
        return;
    }
    let mut tally = Tally::default();
    let see = |sheet: &str, cell: &Cell| {
        if !cell.printed {
            tally.add_at(cell.count, sheet);
        }
    };
    match main {
        Some(main) => of_workbook(package, main, see),
        None => of_odf(package, see),
    }
    if tally.count > 0 {
        let cells = several(tally.count, "cell", "cells");
        let place = tally.named(" of the sheet ");
        notes
            .say(Subject::Unshown, format!("it has {cells} with contents outside the print range{place}, not printed"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_ranges_are_read_as_files_write_them() {
        let printed =
            |said: &str, column, row| Areas { printed: Area::all(said), ..Areas::default() }.have(column, row);
        for said in ["Sums!$A$1:$D$4", "'My, own. sums'!$A$1:$D$4", "Sums.A1:Sums.D4", "$'a b'.$A$1:.$D$4", "$A$1:$D$4"]
        {
            assert!(printed(said, 4, 4) && !printed(said, 4, 5) && !printed(said, 5, 1), "{said}");
        }
        assert!(printed("S!$A$1:$B$2,S!$D$1:$E$2", 5, 2) && !printed("S!$A$1:$B$2,S!$D$1:$E$2", 3, 2));
        assert!(printed("S!$B:$C", 3, 9000) && !printed("S!$B:$C", 4, 1) && printed("S!$1:$2", 700, 2));
        // What is not understood hides nothing, and is taken for all.
        assert!(printed("OFFSET(S!A1,0,0,3)", 9, 9) && printed("#REF!", 9, 9) && printed("", 9, 9));
    }
}
