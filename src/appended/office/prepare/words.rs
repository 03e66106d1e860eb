//! Word documents: hidden runs, shapes and rows go, and fields keep what they showed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Parts;
use super::edits::{Edits, escaped};
use super::fields::{Fate, fate, last_of_path};
use crate::appended::office::failure::OfficeFailure;
use crate::appended::office::hiding::{Run, Styles, is_hidden_shape};
use crate::appended::office::xml::{Met, Tag, visit};

/// Parts with text that are found from the main part.
const TEXTS: &[&str] = &["header", "footer", "footnotes", "endnotes"];

pub(super) fn prepare(parts: &mut Parts) -> Result<(), OfficeFailure> {
    let Some(main) = parts.package.main_part() else { return Err(OfficeFailure::Damaged) };
    let styles = Styles::of(parts.package, &main);
    let mut bookmarks = BTreeSet::new();
    parts.package.walk(&main, |open, met| {
        if let (Some(tag), Met::Open) = (open.last(), met)
            && tag.name == "bookmarkStart"
        {
            bookmarks.insert(tag.get("name").unwrap_or_default().to_owned());
        }
    });
    let links = parts.package.relations(&main);
    let others = links.iter().filter(|link| !link.external && TEXTS.contains(&link.kind.as_str()));
    let all: BTreeSet<&str> = std::iter::once(main.as_str()).chain(others.map(|link| link.target.as_str())).collect();
    for part in all {
        parts.edit(part, |text| plan(text, &styles, &bookmarks))?;
    }
    Ok(())
}

fn plan(text: &str, styles: &Styles, bookmarks: &BTreeSet<String>) -> Option<Edits> {
    let mut part = Part {
        styles,
        bookmarks,
        edits: Edits::default(),
        run: Run::default(),
        runs: Vec::new(),
        fields: Vec::new(),
        simple: Vec::new(),
        hidden: Vec::new(),
    };
    visit(text.as_bytes(), |open, met, at| part.meet(open, met, at)).then_some(part.edits)
}

struct Part<'a> {
    styles: &'a Styles,
    bookmarks: &'a BTreeSet<String>,
    edits: Edits,
    run: Run,
    /// Whether each run that is open is hidden, and whether it holds the marks of a field.
    runs: Vec<(bool, bool)>,
    fields: Vec<Field>,
    /// Texts of the simple fields that are open, and where their tags stand.
    simple: Vec<(Range<usize>, Fate, Texts)>,
    /// Numbers of open tags at which something hidden begins.
    hidden: Vec<usize>,
}

/// The texts of a field's result with the bytes at which their elements stand, and their prefix.
type Texts = Vec<(Range<usize>, String, String)>;

/// A field of several runs that is open.
#[derive(Default)]
struct Field {
    instruction: String,
    /// What makes it a field: its marks and its instruction, with all fields within that.
    marks: Vec<Range<usize>>,
    result: Texts,
    shows: bool,
}

impl Part<'_> {
    fn meet(&mut self, open: &[Tag], met: Met, at: Range<usize>) {
        let Some(tag) = open.last() else { return };
        match met {
            Met::Open => self.open(open, tag, at),
            Met::Text(text) => self.text(tag, text),
            Met::Close => self.close(open, tag, tag.start..at.end, at),
        }
    }

    fn open(&mut self, open: &[Tag], tag: &Tag, at: Range<usize>) {
        let was = self.run.hidden;
        self.run.open(open, self.styles);
        match tag.name.as_str() {
            "r" => self.runs.push((was, false)),
            "fldChar" | "instrText" | "delInstrText" => {
                if let Some(run) = self.runs.last_mut() {
                    run.1 = true;
                }
            }
            "t" => {
                if let Some(texts) = self.texts() {
                    texts.push((0..0, String::new(), tag.prefix.clone()));
                }
            }
            "fldSimple" => {
                let fate = self.fate(tag.get("instr").unwrap_or_default());
                self.simple.push((at, fate, Texts::new()));
            }
            "hidden" if row_of(open).is_some() && tag.is_on() => self.hidden.extend(row_of(open)),
            _ if is_hidden_shape(tag) => self.hidden.push(shape_of(open)),
            _ => {}
        }
    }

    fn text(&mut self, tag: &Tag, text: &str) {
        match tag.name.as_str() {
            "t" => {
                if let Some((_, words, _)) = self.texts().and_then(|texts| texts.last_mut()) {
                    words.push_str(text);
                }
            }
            "instrText" | "delInstrText" => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, open: &[Tag], tag: &Tag, whole: Range<usize>, end: Range<usize>) {
        match tag.name.as_str() {
            "r" => {
                let (outer, has_marks) = self.runs.pop().unwrap_or_default();
                if self.run.hidden && !has_marks {
                    self.edits.drop(whole.clone());
                }
                self.run.hidden = outer;
            }
            "t" => {
                if let Some((at, ..)) = self.texts().and_then(|texts| texts.last_mut()) {
                    *at = whole.clone();
                }
            }
            "instrText" | "delInstrText" => {
                if let Some(field) = self.fields.last_mut() {
                    field.marks.push(whole.clone());
                }
            }
            "fldChar" => self.mark(tag, whole.clone()),
            "fldSimple" => self.end_simple(end),
            "p" => self.run.end_paragraph(),
            _ => {}
        }
        while self.hidden.last().is_some_and(|depth| *depth >= open.len()) {
            if self.hidden.pop() == Some(open.len()) {
                self.edits.drop(whole.clone());
            }
        }
    }

    /// Gives where the texts go that a field shows, if one is open.
    fn texts(&mut self) -> Option<&mut Texts> {
        match (self.simple.last_mut(), self.fields.last_mut()) {
            (Some((_, _, texts)), _) => Some(texts),
            (None, Some(field)) => Some(&mut field.result),
            _ => None,
        }
    }

    fn mark(&mut self, tag: &Tag, at: Range<usize>) {
        if tag.is("fldCharType", "begin") {
            self.fields.push(Field { marks: vec![at], ..Field::default() });
        } else if tag.is("fldCharType", "separate") {
            if let Some(field) = self.fields.last_mut() {
                // What stands before is part of the instruction.
                field.marks.push(at);
                field.marks.extend(std::mem::take(&mut field.result).into_iter().map(|(at, ..)| at));
                field.shows = true;
            }
        } else if let Some(mut field) = self.fields.pop() {
            field.marks.push(at);
            let fate = self.fate(&field.instruction);
            if !field.shows {
                field.marks.extend(std::mem::take(&mut field.result).into_iter().map(|(at, ..)| at));
            }
            self.end(field, fate);
        }
    }

    fn end(&mut self, field: Field, fate: Fate) {
        if fate != Fate::Live {
            for at in &field.marks {
                self.edits.drop(at.clone());
            }
            self.keep_name(&field.result, fate);
        }
        if let Some(outer) = self.fields.last_mut() {
            if outer.shows {
                outer.result.extend(field.result);
            } else {
                outer.marks.extend(field.marks);
                outer.marks.extend(field.result.into_iter().map(|(at, ..)| at));
            }
        }
    }

    fn end_simple(&mut self, end: Range<usize>) {
        let Some((start, fate, texts)) = self.simple.pop() else { return };
        if fate != Fate::Live {
            self.edits.drop(start);
            self.edits.drop(end);
            self.keep_name(&texts, fate);
        }
        if let Some(outer) = self.texts() {
            outer.extend(texts);
        }
    }

    /// Leaves of a path only its last name.
    fn keep_name(&mut self, texts: &Texts, fate: Fate) {
        let all: String = texts.iter().map(|(_, words, _)| words.as_str()).collect();
        let Some(name) = last_of_path(&all).filter(|_| fate == Fate::Path) else { return };
        for (index, (at, _, prefix)) in texts.iter().enumerate() {
            let with = if index == 0 { format!("<{prefix}t>{}</{prefix}t>", escaped(name)) } else { String::new() };
            self.edits.replace(at.clone(), with);
        }
    }

    /// Gives what becomes of a field; a reference to what is not there keeps what it showed.
    fn fate(&self, instruction: &str) -> Fate {
        let mut words = instruction.split_whitespace();
        let refers = matches!(words.next().unwrap_or_default().to_uppercase().as_str(), "REF" | "PAGEREF" | "NOTEREF");
        if refers && words.next().is_some_and(|name| !self.bookmarks.contains(name.trim_matches('"'))) {
            return Fate::Frozen;
        }
        fate(instruction)
    }
}

/// Gives the number of open tags of the table's row that the last tag says is hidden.
fn row_of(open: &[Tag]) -> Option<usize> {
    match open {
        [.., row, properties, _] if row.name == "tr" && properties.name == "trPr" => Some(open.len() - 2),
        _ => None,
    }
}

/// Gives the number of open tags of the whole that goes when a shape is hidden: with its second form for
/// older programs, where it has one.
fn shape_of(open: &[Tag]) -> usize {
    let shape = match open {
        [.., properties, last] if last.name == "cNvPr" && properties.name.starts_with("nv") => {
            open.len().checked_sub(3)
        }
        [.., last] if last.name == "cNvPr" => open.len().checked_sub(2),
        [.., last] if last.name == "docPr" => open.iter().rposition(|tag| tag.name == "drawing"),
        _ => None,
    };
    let shape = shape.unwrap_or(open.len() - 1);
    match &open[..shape] {
        [.., around, choice] if around.name == "AlternateContent" && choice.name == "Choice" => shape - 1,
        _ => shape + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w='w'";

    fn prepared(body: &str) -> String {
        let text = format!("<w:document {W}>{body}</w:document>");
        let bookmarks = BTreeSet::from(["here".to_owned()]);
        let edits = plan(&text, &Styles::default(), &bookmarks).expect("it can be read");
        let text = edits.apply(&text).unwrap_or(text);
        text.trim_start_matches(&format!("<w:document {W}>")).trim_end_matches("</w:document>").to_owned()
    }

    fn field(instruction: &str, result: &str) -> String {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    }

    /// Gives the text without runs that have become empty.
    fn shown(body: &str) -> String {
        prepared(body).replace("<w:r></w:r>", "")
    }

    #[test]
    fn fields_of_the_day_and_the_machine_keep_what_they_showed() {
        assert_eq!(shown(&field(" DATE \\@ d ", "3 March")), "<w:r><w:t>3 March</w:t></w:r>");
        assert_eq!(shown(&field("FILENAME \\p", "H:\\a\\b.docx")), "<w:r><w:t>b.docx</w:t></w:r>");
        assert_eq!(shown("<w:fldSimple w:instr='DATE'><w:t>1 May</w:t></w:fldSimple>"), "<w:t>1 May</w:t>");
        assert_eq!(shown("<w:fldSimple w:instr='FILENAME \\p'><w:t>C:\\x</w:t></w:fldSimple>"), "<w:t>x</w:t>");
    }

    #[test]
    fn page_numbers_and_links_live_on() {
        for live in [field("PAGE", "1"), field("REF here", "a"), field("HYPERLINK \"x\"", "b")] {
            assert_eq!(prepared(&live), live);
        }
        assert_eq!(shown(&field("REF gone \\h", "page 4")), "<w:r><w:t>page 4</w:t></w:r>");
    }

    #[test]
    fn a_field_in_a_condition_goes_with_it() {
        let nested = field("FILENAME \\p", "C:\\secret");
        let body = format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF \"</w:instrText></w:r>{nested}\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>yes</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r>"
        );
        assert_eq!(shown(&body), "<w:r><w:t>yes</w:t></w:r>");
    }

    #[test]
    fn hidden_runs_shapes_and_rows_go() {
        for (body, left) in [
            (
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t><w:drawing/></w:r><w:r><w:t>a</w:t></w:r>",
                "<w:r><w:t>a</w:t></w:r>",
            ),
            ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr></w:r>", "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr></w:r>"),
            ("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc/></w:tr><w:tr/></w:tbl>", "<w:tbl><w:tr/></w:tbl>"),
            (
                "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr hidden='1'/></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>",
                "<w:r></w:r>",
            ),
            ("<w:pict><v:rect style='top:0; visibility: hidden'><w:t>no</w:t></v:rect></w:pict>", "<w:pict></w:pict>"),
            (
                "<wpg:wgp><wps:wsp><wps:cNvPr hidden='true'/></wps:wsp><wps:wsp/></wpg:wgp>",
                "<wpg:wgp><wps:wsp/></wpg:wgp>",
            ),
        ] {
            assert_eq!(prepared(body), left);
        }
    }
}
