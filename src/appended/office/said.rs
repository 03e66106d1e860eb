//! Whether the words that a file shows have come onto its pages.
//!
//! Not everything that an office program shows is understood by LibreOffice, and what it does not understand it
//! leaves out in silence. So the passages of the file as it was prepared are looked for on the pages. Left aside
//! are what may rightly differ (fields, numbers of notes, formulas, headers of other pages) and the cells of
//! sheets, whose numbers are written as their formats say. Of their words it is looked whether they are cut off.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::Source;
use super::hiding::is_hidden_shape;
use super::kind::{Build, Family};
use super::look::cells::{self, Cell};
use super::look::tally::{Tally, quoted, several};
use super::package::Package;
use super::prepare::{self, OdfStyles};
use super::xml::{Met, Tag, within};

/// Letters of a piece that is looked for as a whole.
const PIECE: usize = 20;
/// Letters below which a passage may be found or missed by chance.
const SHORTEST: usize = 4;
/// Letters of the beginning and of the end of a cell's words that are looked for.
const END: usize = 10;
/// How far behind the last passage the next one is looked for first, in bytes.
const NEAR: usize = 4096;

/// Says which passages of a file are on none of its pages, if there are any; `pages` are the words of all of them.
pub(crate) fn lost(source: &Source, pages: &[String]) -> Option<String> {
    let pages: String = pages.iter().flat_map(|page| letters(page)).collect();
    let mut from = 0;
    let lost: Vec<String> =
        passages(source).into_iter().filter(|passage| !is_found(passage, &pages, &mut from)).collect();
    let first = lost.first()?;
    let (passages, verb) = (several(lost.len(), "passage", "passages"), if lost.len() == 1 { "is" } else { "are" });
    let which = if lost.len() == 1 { "" } else { "the first " };
    Some(format!("{passages} of its text {verb} on none of its pages, {which}{}", quoted(first)))
}

/// Says which cells of a spreadsheet show only the beginning or the end of their words, if there are any.
pub(crate) fn cut_off(source: &Source, pages: &[String]) -> Option<String> {
    if source.kind.family() != Family::Sheets {
        return None;
    }
    let pages: String = pages.iter().flat_map(|page| letters(page)).collect();
    let mut package = Package::open(&source.bytes)?;
    let (mut cut, mut first) = (Tally::default(), String::new());
    let see = |sheet: &str, cell: &Cell| {
        if cell.printed && is_cut_off(&cell.words, &pages) {
            if first.is_empty() {
                first.clone_from(&cell.words);
            }
            cut.add_at(cell.count, sheet);
        }
    };
    match source.kind.build() {
        Build::Odf => cells::of_odf(&mut package, see),
        _ => {
            let main = package.main_part()?;
            cells::of_workbook(&mut package, &main, see);
        }
    }
    let (cells, whose) = (several(cut.count, "cell", "cells"), if cut.count == 1 { "its" } else { "their" });
    let place = cut.named(" on the sheet ");
    let which = if cut.count == 1 { "" } else { "the first " };
    (cut.count > 0).then(|| {
        format!(
            "it has {cells}{place} that {verb} only a part of {whose} words, {which}{}",
            quoted(&first),
            verb = if cut.count == 1 { "shows" } else { "show" }
        )
    })
}

/// Tells whether of a cell's words either the beginning or the end is on the pages, but not both.
fn is_cut_off(words: &str, pages: &str) -> bool {
    let letters: Vec<char> = letters(words).collect();
    let part = (letters.len() / 2).min(END);
    if part < SHORTEST || letters.iter().copied().any(is_written_from_the_right) {
        return false;
    }
    let is_there = |part: &[char]| pages.contains(&part.iter().collect::<String>());
    is_there(&letters[..part]) != is_there(&letters[letters.len() - part..])
}

/// Letters written from right to left are kept in the order of the eye or of the mouth.
fn is_written_from_the_right(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}')
}

/// Tells whether more than half of the pieces of a passage are on the pages.
fn is_found(passage: &str, pages: &str, from: &mut usize) -> bool {
    let letters: Vec<char> = letters(passage).collect();
    if letters.len() < SHORTEST || letters.iter().copied().any(is_written_from_the_right) {
        return true;
    }
    let pieces: Vec<String> = letters.chunks(PIECE).map(|piece| piece.iter().collect()).collect();
    let mut find = |piece: &String| {
        let near = pages.get(*from..).unwrap_or_default();
        let end = near.char_indices().map(|(at, _)| at).find(|at| *at >= NEAR).unwrap_or(near.len());
        let found = near[..end].find(piece.as_str()).map(|at| at + *from).or_else(|| pages.find(piece.as_str()));
        *from = found.map_or(*from, |at| at + piece.len());
        found.is_some()
    };
    let found = pieces.iter().filter(|piece| find(piece)).count();
    found * 2 >= pieces.len()
}

/// Gives letters and digits alike whatever their look: small, without ligatures, spaces and signs.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().flat_map(char::to_lowercase).filter(|char| char.is_alphanumeric())
}

/// Gives what a file shows, passage by passage.
fn passages(source: &Source) -> Vec<String> {
    let kind = source.kind;
    let Ok(bytes) = prepare::prepared(kind, &source.bytes, source.origin) else { return Vec::new() };
    let Some(mut package) = Package::open(&bytes) else { return Vec::new() };
    let mut shown = Shown::default();
    if kind.build() == Build::Odf {
        let styles = OdfStyles::of(&mut package);
        package.walk("content.xml", |open, met| {
            if !is_aside_in_odf(open, kind.family(), &styles) {
                shown.meet(open, met, &["p", "h"], is_odf_words);
            }
        });
        return shown.passages;
    }
    let Some(main) = package.main_part() else { return Vec::new() };
    match kind.family() {
        Family::Text => of_word(&mut package, &main, &mut shown),
        Family::Sheets => {
            for part in visible_sheets(&mut package, &main) {
                for drawing in linked(&mut package, &part, &["drawing"]) {
                    of_drawing(&mut package, &drawing, &mut shown);
                }
            }
        }
        Family::Slides => {
            for part in visible_slides(&mut package, &main) {
                of_drawing(&mut package, &part, &mut shown);
            }
        }
    }
    shown.passages
}

/// Gives the parts of some kinds that a part refers to.
fn linked(package: &mut Package, part: &str, kinds: &[&str]) -> BTreeSet<String> {
    let links = package.relations(part).into_iter();
    links.filter(|link| !link.external && kinds.contains(&link.kind.as_str())).map(|link| link.target).collect()
}

fn of_word(package: &mut Package, main: &str, shown: &mut Shown) {
    let mut parts = linked(package, main, &["footnotes", "endnotes"]);
    parts.insert(main.to_owned());
    for part in parts {
        let mut fields = 0_usize;
        package.walk(&part, |open, met| {
            let Some(tag) = open.last() else { return };
            if met == Met::Open && tag.name == "fldChar" {
                fields += usize::from(tag.is("fldCharType", "begin"));
                fields -= usize::from(tag.is("fldCharType", "end") && fields > 0);
            }
            let aside = |tag: &Tag| matches!(tag.name.as_str(), "oMath" | "fldSimple" | "moveFrom");
            shown.meet(open, met, &["p"], |open| fields == 0 && is_named(open, "t") && !open.iter().any(aside));
        });
        for diagram in linked(package, &part, &["diagramData"]) {
            of_drawing(package, &diagram, shown);
        }
    }
}

/// Takes the words of shapes, and of the diagrams that stand beside them.
fn of_drawing(package: &mut Package, part: &str, shown: &mut Shown) {
    let mut hidden: Option<usize> = None;
    package.walk(part, |open, met| {
        let Some(tag) = open.last() else { return };
        if met == Met::Open && hidden.is_none() && is_hidden_shape(tag) {
            hidden = open.len().checked_sub(2);
        }
        if hidden.is_none() && !within(open, "fld") && !within(open, "oMath") {
            shown.meet(open, met, &["p"], |open| is_named(open, "t"));
        }
        if met == Met::Close && hidden == Some(open.len()) {
            hidden = None;
        }
    });
    for diagram in linked(package, part, &["diagramData"]) {
        package.walk(&diagram, |open, met| shown.meet(open, met, &["p"], |open| is_named(open, "t")));
    }
}

fn visible_sheets(package: &mut Package, main: &str) -> Vec<String> {
    let links = package.relations(main);
    let (mut sheets, mut areas) = (Vec::new(), BTreeSet::new());
    package.walk(main, |open, met| {
        let Some(tag) = open.last().filter(|_| met == Met::Open) else { return };
        match tag.name.as_str() {
            "sheet" => {
                let hidden = matches!(tag.get("state"), Some("hidden" | "veryHidden"));
                let link = links.iter().find(|link| tag.get("id") == Some(&link.id)).filter(|_| !hidden);
                sheets.push(link.map(|link| link.target.clone()));
            }
            // Of a sheet with a print area not everything is printed.
            "definedName" if tag.get("name").is_some_and(|name| name.ends_with("Print_Area")) => {
                areas.extend(tag.get("localSheetId").and_then(|id| id.parse::<usize>().ok()));
            }
            _ => {}
        }
    });
    let whole = sheets.into_iter().enumerate().filter(|(index, _)| !areas.contains(index));
    whole.filter_map(|(_, part)| part).collect()
}

fn visible_slides(package: &mut Package, main: &str) -> Vec<String> {
    let links = package.relations(main);
    let mut slides = Vec::new();
    package.walk(main, |open, met| {
        if let (Some(tag), Met::Open) = (open.last(), met)
            && tag.name == "sldId"
            && let Some(link) = links.iter().find(|link| tag.all("id").any(|id| id == link.id))
        {
            slides.push(link.target.clone());
        }
    });
    slides.retain(|part| {
        let mut hidden = false;
        package.walk(part, |open, met| {
            let Some(tag) = open.last().filter(|_| met == Met::Open) else { return };
            hidden |= tag.name == "sld" && matches!(tag.get("show"), Some("0" | "false"));
        });
        !hidden
    });
    slides
}

fn is_named(open: &[Tag], name: &str) -> bool {
    open.last().is_some_and(|tag| tag.name == name)
}

/// Tells whether words stand in a paragraph itself or in what only gives it a look.
fn is_odf_words(open: &[Tag]) -> bool {
    let inner = open.iter().rev().take_while(|tag| !matches!(tag.name.as_str(), "p" | "h"));
    inner.into_iter().all(|tag| matches!(tag.name.as_str(), "span" | "a" | "meta" | "ruby" | "ruby-base"))
}

/// Tells whether something of an OpenDocument file is not printed, or not as it stands.
fn is_aside_in_odf(open: &[Tag], family: Family, styles: &OdfStyles) -> bool {
    let aside = |tag: &Tag| match tag.name.as_str() {
        "annotation" | "tracked-changes" | "index-body" | "notes" | "forms" | "deletion" => true,
        "table" => tag.is("print", "false"),
        "page" => styles.hide("drawing-page", tag.get("style-name")),
        _ => false,
    };
    let in_cells = family == Family::Sheets && !open.iter().any(|tag| tag.prefix.starts_with("draw"));
    in_cells || open.iter().any(aside)
}

/// Words as they are met.
#[derive(Default)]
struct Shown {
    /// Paragraphs that are open, one within another where a text box stands in one.
    open: Vec<String>,
    passages: Vec<String>,
}

impl Shown {
    /// Takes words where they count; whatever else is met in a paragraph ends the passage, but for what only
    /// gives it a look.
    fn meet(&mut self, open: &[Tag], met: Met, paragraphs: &[&str], counts: impl Fn(&[Tag]) -> bool) {
        let Some(tag) = open.last() else { return };
        let is_paragraph = paragraphs.contains(&tag.name.as_str());
        match met {
            Met::Open if is_paragraph => self.open.push(String::new()),
            Met::Open if splits(&tag.name) => self.split(),
            Met::Text(text) if counts(open) => {
                if let Some(passage) = self.open.last_mut() {
                    passage.push_str(text);
                }
            }
            Met::Close if is_paragraph => {
                self.split();
                self.open.pop();
            }
            _ => {}
        }
    }

    fn split(&mut self) {
        let passage = self.open.last_mut().map(std::mem::take).unwrap_or_default();
        if !passage.trim().is_empty() {
            self.passages.push(passage);
        }
    }
}

/// Tells whether something stands between words that may put other words between them.
fn splits(name: &str) -> bool {
    matches!(
        name,
        "footnoteReference"
            | "endnoteReference"
            | "sym"
            | "fldChar"
            | "fldSimple"
            | "drawing"
            | "pict"
            | "object"
            | "ins"
            | "del"
            | "moveTo"
            | "moveFrom"
            | "oMath"
            | "AlternateContent"
            | "fld"
            | "note"
            | "frame"
            | "annotation"
            | "change"
            | "change-start"
            | "change-end"
            | "page-number"
            | "page-count"
            | "sequence"
            | "bookmark-ref"
            | "reference-ref"
            | "note-ref"
            | "custom-shape"
            | "ruby-text"
            | "sdt"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appended::office::xml::walk;

    fn found(passage: &str, pages: &str) -> bool {
        let pages: String = letters(pages).collect();
        is_found(passage, &pages, &mut 0)
    }

    #[test]
    fn passages_are_found_however_they_are_broken() {
        let passage = "The efficient office files its Reports, and lends them";
        for page in [
            "THE EFFICIENT OFFICE FILES ITS REPORTS, AND LENDS THEM",
            "The e\u{fb03}cient of-\nfice files its re-\nports , and l ends them",
            "The efficient office files its rep 12 Page 3 orts, and lends them",
        ] {
            assert!(found(passage, page), "{page}");
        }
        assert!(!found(passage, "The office lends reports"));
        assert!(!found("Agreed", "Refused"));
        assert!(found("No", "Yes"), "too short to be sure");
    }

    #[test]
    fn cells_of_which_a_part_shows_are_found() {
        let cut = |words, page: &str| is_cut_off(words, &letters(page).collect::<String>());
        let words = "Paint the rails, if the weather holds until May";
        assert!(cut(words, "Footbridge Paint the rails, if the weaNorth") && cut(words, "ther holds until May"));
        assert!(!cut(words, "Paint the rails,\nif the weather\nholds until May") && !cut(words, "Footbridge North"));
        assert!(cut("Footbridge", "Footbr 12") && !cut("Bridge", "Bri") && !cut("", ""));
    }

    #[test]
    fn words_of_a_text_box_are_a_passage_of_their_own() {
        let xml = "<d><p><r><t>One </t></r><r><drawing><p><t>box</t></p></drawing></r><r><t>two</t></r></p>\
                   <p><r><t>th</t></r><r><t>ree</t></r></p></d>";
        let mut shown = Shown::default();
        assert!(walk(xml.as_bytes(), |open, met| shown.meet(open, met, &["p"], |open| is_named(open, "t"))));
        assert_eq!(shown.passages, ["One ", "box", "two", "three"]);
    }
}
