//! Excel workbooks (Office Open XML, part 1: SpreadsheetML).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Notes, Tally, several};
use crate::appended::Subject;
use crate::appended::office::package::Package;
use crate::appended::office::xml::{Met, Tag, within};

/// How many ranges of columns are kept of a sheet, so that a hostile one cannot make the reading slow.
pub(crate) const MOST_RANGES: usize = 2000;

/// Texts of a sheet's headers and footers.
pub(crate) const HEADERS: &[&str] =
    &["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/// Looks through a workbook.
pub(crate) fn look(package: &mut Package, main: &str, notes: &mut Notes) {
    let links: BTreeMap<String, String> =
        package.relations(main).into_iter().map(|link| (link.id, link.target)).collect();
    let mut listed: Vec<(String, String, bool)> = Vec::new();
    package.walk(main, |open, met| {
        if let (Some(tag), Met::Open) = (open.last(), met)
            && tag.name == "sheet"
        {
            let name = tag.get("name").unwrap_or_default().to_owned();
            let part = tag.get("id").and_then(|id| links.get(id)).cloned().unwrap_or_default();
            listed.push((name, part, matches!(tag.get("state"), Some("hidden" | "veryHidden"))));
        }
    });
    let mut book = Book::default();
    for (name, part, hidden) in &listed {
        if *hidden {
            book.sheets.add(name, "");
        }
        let mut sheet = Sheet::default();
        package.walk(part, |open, met| sheet.meet(open, met));
        if !hidden {
            book.rows.add_at(sheet.hidden_rows, name);
            book.columns.add_at(sheet.columns.values().filter(|used| **used).count(), name);
            book.today.add_at(sheet.today, name);
            book.fresh.add_at(sheet.fresh, name);
            book.headers.add_at(usize::from(sheet.header), name);
        }
        look_at_links(package, part, name, &mut book);
    }
    let elsewhere: Vec<String> = package.names().into_iter().filter(|name| name.contains("/externalLinks/")).collect();
    for part in elsewhere.iter().filter(|name| !name.contains("/_rels/")) {
        for link in package.relations(part).into_iter().filter(|link| link.external) {
            book.elsewhere.add(&link.target, "");
        }
    }
    let revised = package.names().iter().any(|name| name.contains("/revisions/"));
    book.tell(revised, notes);
}

#[derive(Default)]
struct Book {
    sheets: Tally,
    rows: Tally,
    columns: Tally,
    comments: Tally,
    today: Tally,
    fresh: Tally,
    headers: Tally,
    linked: Tally,
    elsewhere: Tally,
}

/// Counts the comments of a sheet and the pictures that it takes from elsewhere.
fn look_at_links(package: &mut Package, part: &str, sheet: &str, book: &mut Book) {
    let links = package.relations(part);
    let threaded = links.iter().any(|link| link.kind == "threadedComment");
    let wanted = if threaded { "threadedComment" } else { "comments" };
    for link in links {
        match link.kind.as_str() {
            kind if kind == wanted => {
                let mut words = String::new();
                package.walk(&link.target, |open, met| match (open.last(), met) {
                    (Some(tag), Met::Close) if matches!(tag.name.as_str(), "comment" | "threadedComment") => {
                        book.comments.add(sheet, &std::mem::take(&mut words));
                    }
                    (Some(tag), Met::Text(text)) if matches!(tag.name.as_str(), "t" | "text") => words.push_str(text),
                    _ => {}
                });
            }
            "drawing" => {
                for picture in package.relations(&link.target) {
                    if picture.external && picture.kind == "image" {
                        book.linked.add("", &picture.target);
                    }
                }
            }
            _ => {}
        }
    }
}

#[derive(Default)]
struct Sheet {
    hidden_ranges: Vec<RangeInclusive<u32>>,
    /// Hidden columns that have been met, and whether anything is in them.
    columns: BTreeMap<u32, bool>,
    row_hidden: bool,
    row_used: bool,
    hidden_rows: usize,
    /// Formulas that take the day, of which it was saved what they gave, and of which it was not.
    today: usize,
    fresh: usize,
    cell: Cell,
    /// Whether its headers ask for the machine's path, the file's name, the day or the hour.
    header: bool,
    words: String,
    column: u32,
    formula: String,
}

/// The cell that is open.
#[derive(Default)]
struct Cell {
    takes_the_day: bool,
    /// Whether what its formula gave was saved.
    saved: bool,
}

impl Sheet {
    fn meet(&mut self, open: &[Tag], met: Met) {
        let Some(tag) = open.last() else { return };
        match (met, tag.name.as_str()) {
            (Met::Open, "col") if tag.get("hidden").is_some_and(is_true) && self.hidden_ranges.len() < MOST_RANGES => {
                let number = |name| tag.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
                self.hidden_ranges.push(number("min")..=number("max"));
            }
            (Met::Open, "row") => {
                self.row_hidden = tag.get("hidden").is_some_and(is_true);
                self.row_used = false;
            }
            (Met::Open, "c") => {
                self.column = column(tag.get("r").unwrap_or_default());
                self.cell = Cell::default();
            }
            (Met::Close, "c") if self.cell.takes_the_day => {
                self.today += usize::from(self.cell.saved);
                self.fresh += usize::from(!self.cell.saved);
            }
            (Met::Text(text), "v") => self.cell.saved |= !text.trim().is_empty(),
            (Met::Open, "v" | "is" | "f") if within(open, "c") => {
                self.row_used = true;
                if self.hidden_ranges.iter().any(|range| range.contains(&self.column)) {
                    self.columns.insert(self.column, true);
                }
            }
            (Met::Text(text), name) if HEADERS.contains(&name) => self.words.push_str(text),
            (Met::Close, name) if HEADERS.contains(&name) => {
                let words = std::mem::take(&mut self.words);
                self.header |= header_codes(&words).into_iter().any(is_of_the_machine);
            }
            (Met::Text(text), "f") => self.formula.push_str(text),
            (Met::Close, "f") => {
                self.cell.takes_the_day |= takes_the_day(&std::mem::take(&mut self.formula));
            }
            (Met::Close, "row") => self.hidden_rows += usize::from(self.row_hidden && self.row_used),
            _ => {}
        }
    }
}

/// Tells whether an attribute of a workbook says yes.
pub(crate) fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true")
}

/// Gives the number of a column from 1 by the address of a cell, such as `AB7`.
pub(crate) fn column(address: &str) -> u32 {
    let letters = address.chars().take_while(char::is_ascii_alphabetic).take(4);
    letters.fold(0, |number, letter| number * 26 + (letter.to_ascii_uppercase() as u32 - 64))
}

impl Book {
    fn tell(&self, revised: bool, notes: &mut Notes) {
        hidden_sheets(&self.sheets, notes);
        hidden_cells(&self.rows, "hidden row", "hidden rows", notes);
        hidden_cells(&self.columns, "hidden column", "hidden columns", notes);
        if self.comments.count > 0 {
            let comments = several(self.comments.count, "comment", "comments");
            let place = self.comments.named(" on the sheet ");
            notes.say(Subject::Commented, format!("it has {comments}{place}, not printed{}", self.comments.first()));
        }
        days(&self.today, true, notes);
        days(&self.fresh, false, notes);
        if self.headers.count > 0 {
            let names = self.headers.named(": ");
            let headers = several(self.headers.count, "sheet", "sheets");
            let message =
                format!("the page headers of {headers} ask for the path, name, date or time, which is left out{names}");
            notes.say(Subject::Reckoned, message);
        }
        if self.elsewhere.count > 0 {
            let names = self.elsewhere.named(": ");
            let message = format!("it takes figures from other files, which stay as they were last saved{names}");
            notes.say(Subject::Reckoned, message);
        }
        notes.linked(&self.linked);
        if revised {
            notes.say(Subject::Unfinished, "it has tracked changes, printed without marks".into());
        }
    }
}

/// Adds a remark on hidden sheets.
pub(crate) fn hidden_sheets(tally: &Tally, notes: &mut Notes) {
    if tally.count > 0 {
        let sheets = several(tally.count, "hidden sheet", "hidden sheets");
        notes.say(Subject::Unshown, format!("it has {sheets}, not printed{}", tally.named(": ")));
    }
}

/// Adds a remark on hidden rows or columns with contents.
pub(crate) fn hidden_cells(tally: &Tally, one: &str, more: &str, notes: &mut Notes) {
    if tally.count > 0 {
        let cells = several(tally.count, one, more);
        let place = tally.named(" on the sheet ");
        notes.say(Subject::Unshown, format!("it has {cells} with contents{place}, not printed"));
    }
}

/// Adds a remark on formulas that give something else on another day; `kept` where they print what was saved.
pub(crate) fn days(tally: &Tally, kept: bool, notes: &mut Notes) {
    if tally.count > 0 {
        let formulas = several(tally.count, "formula", "formulas");
        let verb = if tally.count == 1 { "takes" } else { "take" };
        let place = tally.named(" on the sheet ");
        let fate = if kept { "today's date, printed as it was last saved" } else { "the day of the conversion" };
        notes.say(Subject::Reckoned, format!("it has {formulas}{place} that {verb} {fate}"));
    }
}

/// Tells whether a formula takes the day on which it is reckoned.
pub(crate) fn takes_the_day(formula: &str) -> bool {
    let formula = formula.to_uppercase();
    formula.contains("TODAY(") || formula.contains("NOW(")
}

/// Tells whether a code of a header stands for path, file name, day or hour (ECMA-376, part 1, 18.3.1.46).
pub(crate) fn is_of_the_machine(code: &str) -> bool {
    matches!(code, "&Z" | "&F" | "&D" | "&T" | "&z" | "&f" | "&d" | "&t")
}

/// Gives the codes and characters of a header one by one: `&P`, `&12`, `&K01+000`, `&"Arial,Bold"`.
pub(crate) fn header_codes(header: &str) -> Vec<&str> {
    let (mut codes, mut rest) = (Vec::new(), header);
    while let Some(char) = rest.chars().next() {
        let end = if char == '&' { code_end(rest) } else { char.len_utf8() };
        codes.push(&rest[..end]);
        rest = &rest[end..];
    }
    codes
}

fn code_end(text: &str) -> usize {
    match text.as_bytes().get(1) {
        Some(b'"') => text[2..].find('"').map_or(text.len(), |end| end + 3),
        Some(b'0'..=b'9') => text[1..].find(|char: char| !char.is_ascii_digit()).map_or(text.len(), |end| end + 1),
        Some(b'K' | b'k') => {
            let is_colour = |char: &char| char.is_ascii_alphanumeric() || "+-".contains(*char);
            2 + text[2..].chars().take(6).take_while(is_colour).count()
        }
        Some(_) => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
        None => 1,
    }
}

/// Tells whether a formula asks for the path of the file or the like.
pub(crate) fn asks_the_machine(formula: &str) -> bool {
    let formula = formula.to_uppercase();
    formula.contains("CELL(") || formula.contains("INFO(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_give_columns() {
        assert_eq!((column("A1"), column("Z9"), column("AB7"), column("")), (1, 26, 28, 0));
    }
}
