//! OpenDocument files (ISO/IEC 26300, part 3): hidden sheets, frames and paragraphs go, fields keep what they
//! showed, and sheets without a print set-up fit one page wide.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edits::{Edits, escaped, with_attributes};
use super::fields::{is_path, last_of_path};
use super::{Origin, Parts};
use crate::appended::office::failure::OfficeFailure;
use crate::appended::office::kind::Family;
use crate::appended::office::look::sheets::asks_the_machine;
use crate::appended::office::package::Package;
use crate::appended::office::xml::{Met, Tag, visit, within};

mod sheets;

/// Fields for the day, the hour, the machine and the properties of the file.
const RECKONED: &[&str] = &[
    "date",
    "time",
    "print-date",
    "print-time",
    "creation-date",
    "creation-time",
    "modification-date",
    "modification-time",
    "editing-duration",
    "editing-cycles",
    "file-name",
    "template-name",
    "creator",
    "initial-creator",
    "printed-by",
    "author-name",
    "author-initials",
    "title",
    "subject",
    "description",
    "keywords",
    "user-defined",
    "word-count",
    "character-count",
    "paragraph-count",
];
/// Those that LibreOffice fills in while it writes a file.
const OF_THE_WRITING: &[&str] =
    &["date", "time", "modification-date", "modification-time", "file-name", "template-name"];

pub(super) fn prepare(parts: &mut Parts, family: Family, origin: Origin) -> Result<(), OfficeFailure> {
    let styles = Styles::of(parts.package);
    for part in ["styles.xml", "content.xml"] {
        let frozen = Frozen { origin, in_sheets: family == Family::Sheets };
        parts.edit(part, |text| plan(text, &styles, frozen))?;
    }
    if family == Family::Sheets {
        sheets::fit(parts)?;
    }
    Ok(())
}

/// Styles that hide what has them, as `family/name`.
#[derive(Default)]
pub(crate) struct Styles {
    hiding: BTreeSet<String>,
    bases: BTreeMap<String, String>,
    style: String,
}

impl Styles {
    /// Reads the styles of a file.
    pub(crate) fn of(package: &mut Package) -> Self {
        let mut styles = Self::default();
        for part in ["styles.xml", "content.xml"] {
            package.walk(part, |open, met| styles.meet(open, met));
        }
        styles
    }

    fn meet(&mut self, open: &[Tag], met: Met) {
        let (Some(tag), Met::Open) = (open.last(), met) else { return };
        if tag.name == "style" {
            let family = tag.get("family").unwrap_or_default();
            self.style = format!("{family}/{}", tag.get("name").unwrap_or_default());
            if let Some(base) = tag.get("parent-style-name") {
                self.bases.insert(self.style.clone(), format!("{family}/{base}"));
            }
        }
        let hides = match tag.name.as_str() {
            "graphic-properties" => tag.is("print-content", "false"),
            "table-properties" => tag.is("display", "false"),
            "text-properties" => tag.is("display", "none"),
            "drawing-page-properties" => tag.is("visibility", "hidden"),
            _ => false,
        };
        if hides && within(open, "style") {
            self.hiding.insert(self.style.clone());
        }
    }

    /// Tells whether a style of a family hides what has it.
    pub(crate) fn hide(&self, family: &str, style: Option<&str>) -> bool {
        let Some(style) = style else { return false };
        let mut name = format!("{family}/{style}");
        for _ in 0..32 {
            if self.hiding.contains(&name) {
                return true;
            }
            let Some(base) = self.bases.get(&name) else { return false };
            name.clone_from(base);
        }
        false
    }
}

/// How fields are frozen.
#[derive(Clone, Copy)]
struct Frozen {
    origin: Origin,
    /// Headers of sheets hold no result of their fields, but a placeholder.
    in_sheets: bool,
}

fn plan(text: &str, styles: &Styles, frozen: Frozen) -> Option<Edits> {
    let mut edits = Edits::default();
    let mut start = 0..0;
    let (mut words, mut cell) = (String::new(), String::new());
    let mut hidden: Vec<usize> = Vec::new();
    let whole = visit(text.as_bytes(), |open, met, at| {
        let Some(tag) = open.last() else { return };
        match met {
            Met::Open => {
                if is_hidden(open, styles) {
                    hidden.push(open.len());
                }
                if is_hidden_paragraph(tag) {
                    hidden.extend(open.iter().rposition(|tag| matches!(tag.name.as_str(), "p" | "h")).map(|at| at + 1));
                }
                if asks_for_the_path(tag) {
                    cell.clear();
                }
                open_tag(tag, at.clone(), text, styles, &mut edits);
                if is_field(open) {
                    start = at;
                    words.clear();
                }
            }
            Met::Text(text) if is_field(open) => words.push_str(text),
            Met::Text(text) if open.iter().any(asks_for_the_path) => cell.push_str(text),
            Met::Text(_) => {}
            Met::Close => {
                if is_field(open) {
                    let all = tag.start..at.end;
                    freeze(open, &words, [start.clone(), at.clone(), all], frozen, &mut edits);
                }
                if asks_for_the_path(tag) && is_path(&cell) {
                    edits.replace(tag.start..at.end, empty_cell(tag));
                }
                while hidden.last().is_some_and(|depth| *depth >= open.len()) {
                    if hidden.pop() == Some(open.len()) {
                        edits.drop(tag.start..at.end);
                    }
                }
            }
        }
    });
    whole.then_some(edits)
}

/// Edits a tag that opens: what is printed of a hidden sheet, a formula, a date that slides would take from the clock.
fn open_tag(tag: &Tag, at: Range<usize>, text: &str, styles: &Styles, edits: &mut Edits) {
    let set: Vec<(String, Option<&str>)> = match tag.name.as_str() {
        "table" if styles.hide("table", tag.get("style-name")) => {
            vec![(format!("{}print-ranges", tag.prefix), None), (format!("{}print", tag.prefix), Some("false"))]
        }
        // What a formula gave when the file was last saved is what its author saw.
        "table-cell" if tag.get("formula").is_some() && tag.get("value-type").is_some() => {
            vec![(format!("{}formula", tag.prefix), None)]
        }
        "date-time-decl" if !tag.is("source", "fixed") => vec![(format!("{}source", tag.prefix), Some("fixed"))],
        _ => return,
    };
    let set: Vec<(&str, Option<&str>)> = set.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    if let Some(with) = text.get(at.clone()).and_then(|tag| with_attributes(tag, &set)) {
        edits.replace(at, with);
    }
}

/// Tells whether a cell asks for the path of the file.
fn asks_for_the_path(tag: &Tag) -> bool {
    tag.name == "table-cell" && tag.get("formula").is_some_and(asks_the_machine)
}

fn empty_cell(tag: &Tag) -> String {
    let (prefix, repeated) = (&tag.prefix, tag.get("number-columns-repeated").unwrap_or("1"));
    format!("<{prefix}table-cell {prefix}number-columns-repeated=\"{}\"/>", escaped(repeated))
}

fn is_hidden(open: &[Tag], styles: &Styles) -> bool {
    if let Some(tag) = open.last() {
        let hidden = match tag.name.as_str() {
            "span" => styles.hide("text", tag.get("style-name")),
            "p" | "h" => styles.hide("paragraph", tag.get("style-name")),
            "section" => tag.is("display", "none") || tag.is("is-hidden", "true"),
            _ => false,
        };
        if hidden {
            return true;
        }
    }
    let Some(tag) = open.last().filter(|tag| tag.prefix.starts_with("draw") || tag.name == "scene") else {
        return false;
    };
    let shape = !matches!(tag.name.as_str(), "layer" | "page");
    shape && (matches!(tag.get("display"), Some("none" | "screen")) || styles.hide("graphic", tag.get("style-name")))
}

fn is_hidden_paragraph(tag: &Tag) -> bool {
    tag.name == "hidden-paragraph" && tag.is("is-hidden", "true")
}

/// Tells whether the last tag is a field that would be filled in anew: in a paragraph that is printed.
fn is_field(open: &[Tag]) -> bool {
    let Some((tag, around)) = open.split_last() else { return false };
    let name = tag.name.as_str();
    (RECKONED.contains(&name) || name.starts_with("sender-"))
        && around.iter().any(|tag| matches!(tag.name.as_str(), "p" | "h"))
        && !around.iter().any(|tag| matches!(tag.name.as_str(), "annotation" | "change-info"))
}

/// Makes text of a field: what it showed, or of a path the last name.
fn freeze(open: &[Tag], words: &str, [start, end, all]: [Range<usize>; 3], frozen: Frozen, edits: &mut Edits) {
    let Some(tag) = open.last() else { return };
    let fixed = tag.is("fixed", "true");
    let of_the_writing = frozen.origin == Origin::Rewritten && !fixed && OF_THE_WRITING.contains(&tag.name.as_str());
    let in_header = frozen.in_sheets && within(open, "master-page");
    if of_the_writing || in_header || end.is_empty() {
        edits.drop(all);
    } else if let Some(name) =
        last_of_path(words).filter(|_| matches!(tag.name.as_str(), "file-name" | "template-name"))
    {
        edits.replace(all, escaped(name));
    } else {
        edits.drop(start);
        edits.drop(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(text: &str, origin: Origin, in_sheets: bool) -> String {
        let mut styles = Styles::default();
        assert!(visit(text.as_bytes(), |open, met, _| styles.meet(open, met)));
        let edits = plan(text, &styles, Frozen { origin, in_sheets }).expect("it can be read");
        edits.apply(text).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn fields_keep_what_they_showed() {
        let text = "<t:p>a <t:date>1 May</t:date> <t:file-name>/home/u/b.odt</t:file-name><t:page-number>3</t:page-number>\
                    <t:sender-city/><t:date t:fixed='true'>2 May</t:date></t:p><t:title>no field</t:title>";
        let frozen = "<t:p>a 1 May b.odt<t:page-number>3</t:page-number>2 May</t:p><t:title>no field</t:title>";
        assert_eq!(prepared(text, Origin::Author, false), frozen);
        let rewritten = "<t:p>a  <t:page-number>3</t:page-number>2 May</t:p><t:title>no field</t:title>";
        assert_eq!(prepared(text, Origin::Rewritten, false), rewritten);
        let header = |field| format!("<master-page><p>x{field}</p></master-page>");
        assert_eq!(prepared(&header("<t:title>???</t:title>"), Origin::Author, true), header(""));
    }

    #[test]
    fn hidden_sheets_frames_and_paragraphs_go() {
        let styles = "<a><s:style s:name='H' s:family='table'><s:table-properties table:display='false'/></s:style>\
                      <s:style s:name='N' s:family='graphic'><s:graphic-properties s:print-content='false'/></s:style></a>";
        for (body, left) in [
            (
                "<table:table table:style-name='H' table:print-ranges='A.A1'></table:table>",
                "<table:table table:style-name=\"H\" table:print=\"false\"></table:table>",
            ),
            ("<draw:frame draw:style-name='N'><p/></draw:frame>", ""),
            ("<draw:frame draw:display='screen'/><draw:frame/>", "<draw:frame/>"),
            ("<t:p>no<t:hidden-paragraph t:is-hidden='true'/></t:p><t:p/>", "<t:p/>"),
            ("<t:table-cell t:formula='of:=TODAY()' o:value-type='date'/>", "<t:table-cell o:value-type=\"date\"/>"),
            ("<pr:date-time-decl pr:source='current-date'/>", "<pr:date-time-decl pr:source=\"fixed\"/>"),
        ] {
            let text = format!("<d>{styles}{body}</d>");
            assert_eq!(prepared(&text, Origin::Author, false), format!("<d>{styles}{left}</d>"));
        }
    }
}
