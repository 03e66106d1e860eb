//! Looks at what pages show and what they hide, without painting them.
//!
//! Each page's content is followed to a `scene::Scene` of areas, pictures and glyphs in the order
//! in which they are painted; then each glyph is asked whether anybody can see it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, ObjectId};

use super::facts::Remark;
use budget::Budget;
use page::Kept;
use report::Report;
use scene::Scene;

pub(crate) use report::TOO_COMPLEX;
pub(crate) use said::words_of_form;

mod budget;
mod colour;
mod font;
mod grey;
mod hidden;
mod image;
mod index;
mod links;
mod marks;
mod masks;
mod order;
mod page;
mod paint;
mod personal;
mod pictures;
mod region;
mod report;
mod said;
mod scan;
mod scene;
mod standard;
mod state;
mod text;
mod tiles;
mod unsaid;

/// Part of a page that pictures must fill for it to be a scan.
const SCAN: f64 = 0.7;
/// Dots per inch under which pictures look coarse.
const COARSE: f64 = 100.0;
/// Dots per inch under which text of a scan can hardly be read.
const COARSE_SCAN: f64 = 120.0;
/// Bytes of text kept of one file.
const MOST_TEXT: usize = 32 << 20;

/// What pages show and hide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// What an officer must know.
    pub(crate) remarks: Vec<Remark>,
    /// Whether each page has text that can be copied.
    pub(crate) text: Vec<bool>,
    /// Text of each page in the order of its content, `\u{FFFD}` for what cannot be read; hidden
    /// text is among it, and what is beyond a bound is not.
    pub(crate) words: Vec<String>,
}

/// Looks at what pages show and what they hide.
///
/// `pages` are the pages' objects with their numbers in the file, from 1. Attributes are read from
/// the pages themselves, not from what they inherit from; layers and annotations are taken to be
/// resolved.
pub(crate) fn examine(pdf: &Document, pages: &[(ObjectId, u32)]) -> Looked {
    let mut looked = Looked::default();
    let (mut kept, mut budget, mut report) = (Kept::default(), Budget::new(), Report::default());
    let mut left = MOST_TEXT;
    let mut said = Said::default();
    for &(id, number) in pages {
        budget.turn_page();
        let mut scene = page::follow(pdf, id, &mut kept, &mut budget);
        judge(pdf, &mut scene, number, &mut budget, &mut report);
        for told in links::told(pdf, id, &scene.text) {
            report.link(number, told);
        }
        said.add(id, number, &scene);
        looked.text.push(scene.glyphs.iter().any(scene::Glyph::is_letter));
        let text = if scene.text.len() <= left { scene.text } else { String::new() };
        left -= text.len();
        looked.words.push(text);
    }
    said.judge(pdf, &mut report);
    looked.remarks = report.remarks();
    looked
}

/// What the pages of a file say, and what is said in the place of it.
#[derive(Default)]
struct Said {
    shown: unsaid::Shown,
    numbered: unsaid::Numbered,
    instead: Vec<(u32, String, String, bool)>,
    pages: BTreeMap<ObjectId, u32>,
    with_text: BTreeSet<ObjectId>,
}

impl Said {
    fn add(&mut self, id: ObjectId, number: u32, scene: &Scene) {
        self.shown.add(&scene.text);
        self.pages.insert(id, number);
        if scene.glyphs.iter().any(scene::Glyph::is_letter) {
            self.with_text.insert(id);
        }
        let instead = unsaid::marked(id, &scene.text, &scene.marks.closed, &mut self.numbered);
        self.instead.extend(instead.into_iter().map(|(text, of, pictured)| (number, text, of, pictured)));
    }

    fn judge(self, pdf: &Document, report: &mut Report) {
        for (page, text, stands_for, pictured) in &self.instead {
            let words = unsaid::of_replacement(&self.shown, text, stands_for, *pictured);
            if !words.is_empty() {
                report.say_unseen(*page, &words);
            }
        }
        for told in unsaid::tags(pdf, &self.numbered) {
            let words = unsaid::of_replacement(&self.shown, &told.text, &told.stands_for, told.pictured);
            let page = told.pages.iter().find_map(|page| self.pages.get(page));
            if let (Some(page), false) = (page, words.is_empty()) {
                report.say_unseen(*page, &words);
            }
        }
        for (title, page) in unsaid::bookmarks(pdf, &self.shown, &self.with_text) {
            report.name_unseen(title, page.and_then(|page| self.pages.get(&page).copied()));
        }
    }
}

/// All that a page says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PageWords {
    /// Its text in the order of its content, then by its lines, then by its columns; hidden text is among it.
    pub(crate) texts: [String; 3],
    /// Whether it could not be followed to its end.
    pub(crate) cut: bool,
    /// Part of the page that pictures fill, from 0 to 1.
    pub(crate) pictures: f64,
}

/// Gives all that each page says.
pub(crate) fn words(pdf: &Document, pages: &[ObjectId]) -> Vec<PageWords> {
    let mut kept = Kept::default();
    let one = |id: &ObjectId| {
        // Pages of many files may stand in one pack.
        let scene = page::follow(pdf, *id, &mut kept, &mut Budget::new());
        let (lines, columns) = order::as_it_stands(&scene);
        let (cut, pictures) = (scene.cut || scene.has_more_text(), scene.part_under_pictures());
        PageWords { texts: [scene.text, lines, columns], cut, pictures }
    };
    pages.iter().map(one).collect()
}

fn judge(pdf: &Document, scene: &mut Scene, page: u32, budget: &mut Budget, report: &mut Report) {
    let mut hidden = hidden::hidden(pdf, scene, budget);
    let mut reasons: Vec<_> = hidden.words.drain().collect();
    reasons.sort_unstable_by_key(|(reason, _)| *reason);
    for (reason, words) in reasons {
        // A letter or two may be a bullet, a mark of a drawing or a button.
        if words.iter().any(|(word, _)| word.chars().filter(|char| !char.is_ascii_punctuation()).count() > 1) {
            let at = scene.seen_at(words[0].1);
            let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
            report.hide(page, reason, &words, at);
        }
    }
    for (kind, masked) in personal::private(&scene.text) {
        report.expose(page, kind, masked);
    }
    if scene.cut {
        report.give_up(page);
        return;
    }
    let covers = pictures::covers(scene);
    if let Some(first) = covers.first() {
        report.cover(page, covers.len(), scene.seen_at(*first));
    }
    if let Some(first) = scene.masked.first() {
        report.mask(page, scene.masked.len(), scene.seen_at(*first));
    }
    report.note_pictures(scene, page);
    let under_pictures = scene.part_under_pictures();
    if under_pictures >= SCAN && !scene.glyphs.iter().any(scene::Glyph::is_ink) {
        report.scan(page);
    }
    if !scene.inked && !hidden.seen {
        report.empty(page);
    }
    let area = scene.page.width() * scene.page.height();
    for picture in &scene.pictures {
        let scan = picture.width * picture.height >= SCAN * area;
        if picture.dpi < if scan { COARSE_SCAN } else { COARSE } {
            report.blur(page, *picture);
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Stream, dictionary};

    use super::{Looked, examine};
    use crate::appended::facts::Subject;

    fn looked(content: &str) -> Looked {
        let mut pdf = Document::new();
        let image = dictionary! { "Subtype" => "Image", "Width" => 1240, "Height" => 1754 };
        let image = pdf.add_object(Stream::new(image, Vec::new()));
        let endless = dictionary! { "Subtype" => "Form" };
        let endless = pdf.add_object(Stream::new(endless, b"/Endless Do /Endless Do".to_vec()));
        let name = dictionary! { "Subtype" => "Form", "Group" => dictionary! { "S" => "Transparency" } };
        let name = pdf.add_object(Stream::new(name, NAME.as_bytes().to_vec()));
        let content = pdf.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
        let font = dictionary! { "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
        let multiply = dictionary! { "BM" => "Multiply" };
        let tile = |content: &str| {
            let box_ = || vec![0.into(), 0.into(), 10.into(), 10.into()];
            let dict = dictionary! {
                "PatternType" => 1, "PaintType" => 1, "BBox" => box_(), "XStep" => 10, "YStep" => 10,
                "Resources" => dictionary! {},
            };
            Stream::new(dict, content.as_bytes().to_vec())
        };
        let (black, dots) = (pdf.add_object(tile("0 0 10 10 re f")), pdf.add_object(tile("3 3 2 2 re f")));
        let resources = dictionary! {
            "Pattern" => dictionary! { "Black" => black, "Dots" => dots },
            "Font" => dictionary! { "F" => font },
            "ExtGState" => dictionary! { "Multiply" => multiply, "Faint" => dictionary! { "ca" => 0.5 }, "Unseen" => dictionary! { "ca" => 0 } },
            "XObject" => dictionary! { "Scan" => image, "Endless" => endless, "Name" => name },
        };
        let page = pdf.add_object(dictionary! {
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Contents" => content,
            "Resources" => resources,
        });
        examine(&pdf, &[(page, 7)])
    }

    fn subjects(content: &str) -> Vec<Subject> {
        looked(content).remarks.into_iter().map(|remark| remark.subject).collect()
    }

    const NAME: &str = "BT /F 12 Tf 72 700 Td (Jonathan Smithson) Tj ET";
    const BOX: &str = "70 695 200 18 re f";
    const SCAN: &str = "q 595 0 0 842 0 0 cm /Scan Do Q";

    #[test]
    fn finds_text_that_nobody_sees() {
        for (content, how) in [
            (format!("{NAME} {BOX}"), "lie under filled shapes"),
            (format!("{NAME} q 1 g {BOX} Q"), "lie under filled shapes"),
            (format!("{NAME} {BOX} 1 0 0 1 0 18 cm {NAME}"), "lie under filled shapes"),
            (format!("{NAME} /Multiply gs {BOX}"), "lie under filled shapes"),
            (format!("{NAME} 18 w 70 704 m 270 704 l S"), "lie under filled shapes"),
            (format!("{SCAN} 3 Tr {NAME} {BOX}"), "lie under filled shapes"),
            (format!("{NAME} q 200 0 0 18 70 695 cm /Scan Do Q"), "lie under pictures"),
            (format!("1 g {NAME}"), "have the colour of what is behind"),
            (format!("{BOX} {NAME}"), "have the colour of what is behind"),
            (format!("3 Tr {NAME}"), "are not painted"),
            (format!("7 Tr {NAME}"), "are not painted"),
            (format!("q 7 Tr {NAME} Q 1 g {BOX}"), "are not painted"),
            ("/Unseen gs /Name Do".to_owned(), "are not painted"),
            (format!("1 0 0 1 600 0 cm {NAME}"), "lie outside the visible page"),
            (format!("0 0 9 9 re W n {NAME}"), "are cut off from view"),
            (format!("0.05 0 0 0.05 0 0 cm {NAME}"), "are too small to be seen"),
        ] {
            let remark = looked(&content)
                .remarks
                .into_iter()
                .find(|remark| matches!(remark.subject, Subject::Covered | Subject::CutOff));
            let expected = format!("2 words {how} and can be copied out, such as `Jo… Sm…`: 2 words on page 7, ");
            let remark = remark.unwrap_or_else(|| panic!("nothing is said of {content}"));
            assert!(remark.message.starts_with(&expected) && remark.pages == [7], "{content}: {}", remark.message);
        }
    }

    #[test]
    fn finds_text_under_whatever_covers_it() {
        let pen = "14 w 70 704 m 120 712 200 696 270 704 c S";
        let scribble = "70 694 m 70 716 l S 1 0 0 1 8 0 cm ".repeat(24);
        let round = "75 695 m 265 695 l 270 695 270 700 270 700 c 270 713 l 270 713 265 713 265 713 c 75 713 l \
                     70 713 70 708 70 708 c 70 700 l 70 695 75 695 75 695 c f";
        for cover in [
            pen.to_owned(),
            format!("8 w {scribble}"),
            round.to_owned(),
            "70 694 m 272 692 l 275 716 l 150 718 l 68 715 l f".to_owned(),
            "q 70 690 204 24 re W n /Shade sh Q".to_owned(),
            format!("/Pattern cs /Black scn {BOX}"),
        ] {
            assert_eq!(subjects(&format!("{NAME} {cover}")), [Subject::Covered], "{cover}");
        }
        for cover in [
            "14 w [3 9] 0 d 70 704 m 270 704 l S".to_owned(),
            "1.3 w 70 704 m 120 706 200 702 270 704 c S".to_owned(),
            format!("/Pattern cs /Dots scn {BOX}"),
        ] {
            assert_eq!(subjects(&format!("{NAME} {cover}")), [], "{cover}");
        }
    }

    #[test]
    fn finds_what_is_covered_of_pictures() {
        for cover in
            ["100 600 120 14 re f", "q 1 g 100 600 120 14 re f Q", "14 w 100 600 m 150 610 200 590 240 600 c S"]
        {
            assert_eq!(subjects(&format!("{SCAN} {cover}")), [Subject::Covered, Subject::Scanned], "{cover}");
        }
        let photo = "q 300 0 0 300 100 400 cm /Scan Do Q";
        let text = "BT /F 12 Tf 72 200 Td (Members saw the hall and the new kitchen) Tj ET";
        let label = "BT /F 12 Tf 152 554 Td (The hall) Tj ET";
        assert_eq!(subjects(&format!("{photo} {text} 150 550 80 18 re f")), [Subject::Covered]);
        for seen in [
            format!("{photo} {text}"),
            format!("{photo} {text} q 1 g 150 550 80 18 re f Q {label}"),
            format!("{photo} {text} 1 0 0 rg 150 550 80 18 re f"),
            format!("{photo} {text} 150 550 80 2 re f"),
            format!("{text} 0.9 g 0 0 595 842 re f 0 g {text} {photo}"),
        ] {
            assert!(!subjects(&seen).contains(&Subject::Cropped), "{seen}");
            assert_eq!(
                looked(&seen).remarks.iter().filter(|remark| remark.message.contains("picture")).count(),
                0,
                "{seen}"
            );
        }
    }

    #[test]
    fn finds_what_is_cut_off_of_pictures() {
        let clipped = "q 100 400 300 100 re W n 300 0 0 300 100 400 cm /Scan Do Q";
        assert_eq!(subjects(clipped), [Subject::Cropped]);
        let rest = "q 100 500 300 200 re W n 300 0 0 300 100 400 cm /Scan Do Q";
        assert_eq!(subjects(&format!("{clipped} {rest}")), []);
    }

    #[test]
    fn finds_words_that_are_only_said() {
        let said = |content: &str| subjects(&format!("{NAME} {content}")).contains(&Subject::Unsaid);
        assert!(said("/Span <</ActualText (Orlando Wetherby)>> BDC 72 600 80 12 re f EMC"));
        assert!(!said("/Span <</ActualText (Jonathan Smith\\255son)>> BDC 72 600 80 12 re f EMC"));
        assert!(!said("/Span <</ActualText (ffi)>> BDC BT /F 12 Tf 72 600 Td (*) Tj ET EMC"));
    }

    #[test]
    fn keeps_quiet_about_what_is_seen() {
        for content in [
            format!("0.8 g {BOX} 0 g {NAME}"),
            format!("{BOX} 1 g {NAME}"),
            format!("{NAME} 1 1 0 rg /Multiply gs {BOX}"),
            format!("{NAME} 1 1 0 rg /Faint gs {BOX}"),
            format!("{NAME} 0 0 9 9 re W n {BOX}"),
            format!("{NAME} 70 703 200 1 re f"),
            format!("{NAME} {BOX} 1 g {NAME}"),
            format!("{SCAN} 3 Tr {NAME}"),
            format!("q 7 Tr {NAME} {BOX} Q"),
            format!("q 7 Tr {NAME} 1 0 0 rg {BOX} Q"),
            format!("{NAME} {SCAN}"),
            format!("{SCAN} 1 g {NAME}"),
        ] {
            assert_eq!(subjects(&content), [], "{content}");
        }
    }

    #[test]
    fn tells_scans_and_blank_pages() {
        assert_eq!(subjects(SCAN), [Subject::Scanned]);
        assert_eq!(subjects(&format!("1 g {BOX}")), [Subject::Blank]);
        let large = subjects("q 1000 0 0 1414 0 0 cm 1 0 0 1 0 0 cm /Scan Do Q");
        assert_eq!(large, [Subject::Cropped, Subject::Scanned, Subject::Coarse]);
    }

    #[test]
    fn gives_text_in_words() {
        let looked = looked("BT /F 12 Tf 72 700 Td [(Jo) -20 (an) -400 (of)] TJ 0 -14 Td (Kent) Tj ET");
        assert_eq!((looked.words, looked.text), (vec!["Joan of\nKent".to_owned()], vec![true]));
    }

    #[test]
    fn gives_up_on_what_has_no_end() {
        let looked = looked(&format!("/Endless Do {NAME}"));
        assert_eq!(looked.remarks.len(), 1);
        assert!(looked.remarks[0].message.starts_with("too complex"), "{:?}", looked.remarks);
    }
}
