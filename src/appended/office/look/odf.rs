//! OpenDocument texts, spreadsheets and presentations (ISO/IEC 26300, part 3).

use std::collections::BTreeSet;

use super::sheets::{MOST_RANGES, days, hidden_cells, hidden_sheets, takes_the_day};
use super::slides::Show;
use super::tally::AS_SAVED;
use super::{Notes, Tally};
use crate::appended::office::kind::Family;
use crate::appended::office::package::Package;
use crate::appended::office::prepare::Origin;
use crate::appended::office::xml::{Met, Tag, within};

/// Fields that show a person's name or address.
const NAMES: &[&str] = &["author-name", "author-initials", "initial-creator", "creator", "printed-by"];

/// Looks through a file.
pub(crate) fn look(package: &mut Package, family: Family, origin: Origin, notes: &mut Notes) {
    let mut file = File::default();
    for part in ["styles.xml", "content.xml"] {
        package.walk(part, |open, met| file.meet(open, met));
    }
    notes.changes(&file.changes);
    notes.hidden_text(&file.hidden);
    notes.names(&file.names);
    // LibreOffice has filled in the fields of what it wrote anew, so what they showed is not known.
    let kept = origin == Origin::Author;
    notes.changing(&file.changing, if kept { AS_SAVED } else { "which are left out" });
    notes.linked(&file.linked);
    if family == Family::Slides {
        file.show.comments = file.comments;
        file.show.tell(notes);
    } else {
        notes.comments(&file.comments);
    }
    hidden_sheets(&file.sheets, notes);
    hidden_cells(&file.rows, "hidden row", "hidden rows", notes);
    hidden_cells(&file.columns, "hidden column", "hidden columns", notes);
    days(&file.days, kept, notes);
}

#[derive(Default)]
struct File {
    /// Styles that hide what has them, as `family/name`.
    hiding: BTreeSet<String>,
    style: String,
    changes: Tally,
    comments: Tally,
    hidden: Tally,
    names: Tally,
    changing: Tally,
    linked: Tally,
    sheets: Tally,
    rows: Tally,
    columns: Tally,
    days: Tally,
    show: Show,
    who: String,
    words: String,
    /// Number of open tags at which hidden text began.
    hidden_from: Option<usize>,
    hidden_words: String,
    sheet: Sheet,
    slides: usize,
    note: String,
}

/// The sheet that is being read.
#[derive(Default)]
struct Sheet {
    name: String,
    hidden: bool,
    /// Columns by whether they are hidden: number of them, in order.
    columns: Vec<(bool, u64)>,
    used_columns: BTreeSet<u64>,
    column: u64,
    row_hidden: bool,
    row_used: bool,
    row_repeated: usize,
}

impl File {
    fn meet(&mut self, open: &[Tag], met: Met) {
        let Some(tag) = open.last() else { return };
        match met {
            Met::Open => {
                self.open_style(open, tag);
                self.open_text(open, tag);
                self.open_sheet(open, tag);
                self.open_slide(open, tag);
            }
            Met::Text(text) => self.text(open, tag, text),
            Met::Close => self.close(open, tag),
        }
    }

    fn open_style(&mut self, open: &[Tag], tag: &Tag) {
        if tag.name == "style" {
            let family = tag.get("family").unwrap_or_default();
            self.style = format!("{family}/{}", tag.get("name").unwrap_or_default());
            if self.hides(family, tag.get("parent-style-name")) {
                self.hiding.insert(self.style.clone());
            }
        }
        let hides = within(open, "style")
            && match tag.name.as_str() {
                "text-properties" => tag.is("display", "none"),
                "table-properties" => tag.is("display", "false"),
                "drawing-page-properties" => tag.is("visibility", "hidden"),
                _ => false,
            };
        if hides {
            self.hiding.insert(self.style.clone());
        }
    }

    fn hides(&self, family: &str, style: Option<&str>) -> bool {
        style.is_some_and(|name| self.hiding.contains(&format!("{family}/{name}")))
    }

    fn open_text(&mut self, open: &[Tag], tag: &Tag) {
        let style = tag.get("style-name");
        let hidden = match tag.name.as_str() {
            "span" => self.hides("text", style),
            "p" | "h" => self.hides("paragraph", style),
            "section" => tag.is("display", "none"),
            "hidden-paragraph" => tag.is("is-hidden", "true"),
            "hidden-text" => {
                self.hidden.add("", tag.get("string-value").unwrap_or_default());
                false
            }
            _ => false,
        };
        if hidden && self.hidden_from.is_none() {
            self.hidden_from = Some(open.len());
        }
        let in_body = within(open, "body") || within(open, "master-styles");
        match tag.name.as_str() {
            "annotation" | "changed-region" => {
                self.who.clear();
                self.words.clear();
            }
            name if in_body && is_name_field(open, name) => self.names.add(name, ""),
            "file-name" if in_body => self.changing.add("file-name", ""),
            "date" | "time" if is_date_field(open) && !tag.is("fixed", "true") => self.changing.add(&tag.name, ""),
            "image" | "object" | "plugin" | "section-source" | "fill-image" => {
                let href = tag.get("href").unwrap_or_default();
                if href.contains("://") || href.starts_with("../") || href.starts_with("file:") || href.starts_with('/')
                {
                    self.linked.add("", href);
                }
            }
            _ => {}
        }
    }

    fn open_sheet(&mut self, open: &[Tag], tag: &Tag) {
        if !within(open, "spreadsheet") || within(open, "tracked-changes") {
            return;
        }
        let repeated = |name| tag.get(name).and_then(|text| text.parse::<u64>().ok()).unwrap_or(1);
        let collapsed = matches!(tag.get("visibility"), Some("collapse" | "filter"));
        match tag.name.as_str() {
            "table" => {
                let name = tag.get("name").unwrap_or_default().to_owned();
                let hidden = self.hides("table", tag.get("style-name"));
                if hidden {
                    self.sheets.add(&name, "");
                }
                self.sheet = Sheet { name, hidden, ..Sheet::default() };
            }
            "table-column" if self.sheet.columns.len() < MOST_RANGES => {
                self.sheet.columns.push((collapsed, repeated("number-columns-repeated")));
            }
            "table-row" => {
                self.sheet.column = 0;
                self.sheet.row_hidden = collapsed;
                self.sheet.row_used = false;
                self.sheet.row_repeated = usize::try_from(repeated("number-rows-repeated")).unwrap_or(1);
            }
            "table-cell" => {
                let formula = tag.get("formula").unwrap_or_default();
                if takes_the_day(formula) && !self.sheet.hidden {
                    self.days.add_at(1, &self.sheet.name);
                }
                if let Some((_, rest)) = formula.split_once("'file:") {
                    self.linked.add("", rest.split('\'').next().unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    fn open_slide(&mut self, open: &[Tag], tag: &Tag) {
        if !within(open, "presentation") {
            return;
        }
        if tag.name == "page" {
            self.slides += 1;
            if self.hides("drawing-page", tag.get("style-name")) {
                self.show.hide(self.slides);
            }
        }
    }

    fn text(&mut self, open: &[Tag], tag: &Tag, text: &str) {
        let comment = within(open, "annotation");
        if tag.name == "creator" && (comment || within(open, "change-info")) {
            self.who.push_str(text);
        } else if comment || within(open, "changed-region") {
            if is_words(open) {
                self.words.push_str(text);
            }
        } else if self.hidden_from.is_some() {
            self.hidden_words.push_str(text);
        } else if is_notes(open) {
            self.note.push_str(text);
        }
        if !comment && within(open, "table-cell") && within(open, "spreadsheet") && !text.trim().is_empty() {
            self.sheet.row_used = true;
            if is_hidden(&self.sheet.columns, self.sheet.column) {
                self.sheet.used_columns.insert(self.sheet.column);
            }
        }
    }

    fn close(&mut self, open: &[Tag], tag: &Tag) {
        if self.hidden_from == Some(open.len()) {
            self.hidden_from = None;
            let words = std::mem::take(&mut self.hidden_words);
            if !words.trim().is_empty() {
                self.hidden.add("", &words);
            }
        }
        match tag.name.as_str() {
            "annotation" => self.comments.add(&self.who, &self.words),
            "insertion" | "deletion" | "format-change" | "cell-content-change" | "movement" if is_change(open) => {
                let deed = if tag.name == "deletion" { "deletes" } else { "changes" };
                self.changes.add_change(&self.who, deed, &self.words);
            }
            "table-cell" | "covered-table-cell" if within(open, "spreadsheet") => {
                let repeated = tag.get("number-columns-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
                self.sheet.column = self.sheet.column.saturating_add(repeated);
            }
            "table-row" if self.sheet.row_hidden && self.sheet.row_used && !self.sheet.hidden => {
                self.rows.add_at(self.sheet.row_repeated, &self.sheet.name);
                self.sheet.row_hidden = false;
            }
            "table" if within(open, "spreadsheet") && !self.sheet.hidden => {
                self.columns.add_at(self.sheet.used_columns.len(), &self.sheet.name);
                self.sheet.used_columns.clear();
            }
            "p" if is_notes(open) => self.note.push(' '),
            "page" if within(open, "presentation") => self.show.note(self.slides, &std::mem::take(&mut self.note)),
            _ => {}
        }
    }
}

/// Tells whether a column is hidden, from runs of columns in order: whether they are, and how many.
pub(super) fn is_hidden(columns: &[(bool, u64)], column: u64) -> bool {
    let mut left = column;
    for (hidden, count) in columns {
        if left < *count {
            return *hidden;
        }
        left -= count;
    }
    false
}

fn is_name_field(open: &[Tag], name: &str) -> bool {
    let is_field = NAMES.contains(&name) || name.starts_with("sender-");
    is_field && !within(open, "annotation") && !within(open, "change-info") && (within(open, "p") || within(open, "h"))
}

/// Tells whether the last tag is a date in running text, not one of a comment or a change.
fn is_date_field(open: &[Tag]) -> bool {
    let around = &open[..open.len() - 1];
    (within(around, "p") || within(around, "h")) && !within(around, "annotation") && !within(around, "change-info")
}

/// Tells whether text stands in a paragraph of a comment or a change, not in its date or initials.
fn is_words(open: &[Tag]) -> bool {
    let around = open.iter().rposition(|tag| matches!(tag.name.as_str(), "annotation" | "changed-region"));
    around.is_some_and(|index| within(&open[index..], "p") || within(&open[index..], "h"))
}

fn is_change(open: &[Tag]) -> bool {
    let parent = open.len().checked_sub(2).map_or("", |index| open[index].name.as_str());
    matches!(parent, "changed-region" | "tracked-changes")
}

fn is_notes(open: &[Tag]) -> bool {
    within(open, "notes") && open.iter().any(|tag| tag.is("class", "notes"))
}
