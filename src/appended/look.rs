//! Looks at what pages show and what they hide, without painting them.
//!
//! Each page's content is followed to a `scene::Scene` of areas, pictures and glyphs in the order
//! in which they are painted; then each glyph is asked whether anybody can see it.

use lopdf::{Document, ObjectId};

use super::facts::Remark;
use budget::Budget;
use page::Kept;
use report::Report;
use scene::Scene;

mod budget;
mod cmap;
mod colour;
mod font;
mod hidden;
mod image;
mod index;
mod names;
mod page;
mod paint;
mod personal;
mod region;
mod report;
mod scene;
mod standard;
mod state;
mod text;

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
pub struct Looked {
    /// What an officer must know.
    pub remarks: Vec<Remark>,
    /// Whether each page has text that can be copied.
    pub text: Vec<bool>,
    /// Text of each page in the order of its content, `\u{FFFD}` for what cannot be read; hidden
    /// text is among it, and what is beyond a bound is not.
    pub words: Vec<String>,
}

/// Looks at what pages show and what they hide.
///
/// `pages` are the pages' objects with their numbers in the file, from 1. Attributes are read from
/// the pages themselves, not from what they inherit from; layers and annotations are taken to be
/// resolved.
pub fn look(pdf: &Document, pages: &[(ObjectId, u32)]) -> Looked {
    let mut looked = Looked::default();
    let (mut kept, mut budget, mut report) = (Kept::default(), Budget::new(), Report::default());
    let mut left = MOST_TEXT;
    for &(id, number) in pages {
        budget.turn_page();
        let mut scene = page::follow(pdf, id, &mut kept, &mut budget);
        judge(&mut scene, number, &mut budget, &mut report);
        looked.text.push(scene.glyphs.iter().any(scene::Glyph::is_letter));
        let text = if scene.text.len() <= left { scene.text } else { String::new() };
        left -= text.len();
        looked.words.push(text);
    }
    looked.remarks = report.remarks();
    looked
}

fn judge(scene: &mut Scene, page: u32, budget: &mut Budget, report: &mut Report) {
    let mut hidden = hidden::hidden(scene, budget);
    let mut reasons: Vec<_> = hidden.words.drain().collect();
    reasons.sort_unstable();
    for (reason, words) in reasons {
        // A letter or two may be a bullet, a mark of a drawing or a button.
        if words.iter().any(|word| word.chars().filter(|char| !char.is_ascii_punctuation()).count() > 1) {
            report.hide(page, reason, &words);
        }
    }
    for (kind, masked) in personal::private(&scene.text) {
        report.expose(page, kind, masked);
    }
    if scene.cut {
        report.give_up(page);
        return;
    }
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

    use super::{Looked, look};
    use crate::appended::facts::Subject;

    fn looked(content: &str) -> Looked {
        let mut pdf = Document::new();
        let image = dictionary! { "Subtype" => "Image", "Width" => 1240, "Height" => 1754 };
        let image = pdf.add_object(Stream::new(image, Vec::new()));
        let endless = dictionary! { "Subtype" => "Form" };
        let endless = pdf.add_object(Stream::new(endless, b"/Endless Do /Endless Do".to_vec()));
        let content = pdf.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
        let font = dictionary! { "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
        let multiply = dictionary! { "BM" => "Multiply" };
        let resources = dictionary! {
            "Font" => dictionary! { "F" => font },
            "ExtGState" => dictionary! { "Multiply" => multiply, "Faint" => dictionary! { "ca" => 0.5 } },
            "XObject" => dictionary! { "Scan" => image, "Endless" => endless },
        };
        let page = pdf.add_object(dictionary! {
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Contents" => content,
            "Resources" => resources,
        });
        look(&pdf, &[(page, 7)])
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
            (format!("1 0 0 1 600 0 cm {NAME}"), "lie outside the visible page"),
            (format!("0 0 9 9 re W n {NAME}"), "are cut off from view"),
            (format!("0.05 0 0 0.05 0 0 cm {NAME}"), "are too small to be seen"),
        ] {
            let remark = looked(&content).remarks.into_iter().find(|remark| remark.subject == Subject::Covered);
            let expected = format!("2 words {how} and can be copied out, the first `Jo… Sm…`");
            assert_eq!(remark.map(|remark| (remark.message, remark.pages)), Some((expected, vec![7])), "{content}");
        }
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
        assert_eq!(subjects("q 1000 0 0 1414 0 0 cm 1 0 0 1 0 0 cm /Scan Do Q"), [Subject::Scanned, Subject::Coarse]);
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
