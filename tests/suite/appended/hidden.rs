//! What a file holds beside what its pages show: left out, kept where it helps, or told.

use super::made::{Made, size};
use super::{Built, build, workspace};
use crate::pdf::{Pdf, squeeze};

/// The usual font.
const FONT: &str = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>";

fn built(file: Vec<u8>) -> Built {
    build(&workspace(&[("a.pdf", file)], &[&["{file: a.pdf, title: A, description: What is on it}"]]))
}

/// Gives the findings of a code for a file.
fn told(built: &Built, code: &str) -> Vec<String> {
    built.findings.lines().filter(|line| line.contains(&format!("[{code}]"))).map(str::to_owned).collect()
}

fn words(at: u32, words: &str) -> String {
    format!("BT /F 12 Tf 72 {at} Td ({words}) Tj ET\n")
}

/// A plan with words on a layer; with the layer's entries, and those of the way in which the file opens.
fn plan(layer: &str, opens: &str) -> Built {
    let mut made = Made::default();
    let font = made.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    let group = made.add(format!("<< /Type /OCG /Name (Notes) {layer} >>"));
    let content = format!("{} /OC /L BDC {} EMC", words(700, "The quay"), words(600, "Reserved land"));
    made.page(
        &format!("/MediaBox [0 0 595 842] /Resources << /Font << /F {font} 0 R >> /Properties << /L {group} 0 R >> >>"),
        &content,
    );
    let opens = opens.replace("[OCG]", &format!("[{group} 0 R]"));
    made.catalog = format!("/OCProperties << /OCGs [{group} 0 R] /D << {opens} >> >>");
    built(made.bytes())
}

/// Looks at the uses of layers when the file is shown, and when it is printed.
const USES: &str =
    "/AS [<< /Event /View /Category [/View] /OCGs [OCG] >> << /Event /Print /Category [/Print] /OCGs [OCG] >>]";

#[test]
fn layers_show_as_they_do_when_the_file_is_opened() {
    let usage = |view: &str, print: &str| {
        format!("/Usage << /View << /ViewState /{view} >> /Print << /PrintState /{print} >> >>")
    };
    for (what, layer, opens, shows, is_told) in [
        ("on", String::new(), "/ON [OCG]", true, false),
        ("off", String::new(), "/OFF [OCG]", false, true),
        ("off at the base", String::new(), "/BaseState /OFF", false, true),
        ("off at the base, on by name", String::new(), "/BaseState /OFF /ON [OCG]", true, false),
        ("never used", usage("OFF", "OFF"), USES, false, true),
        ("for print alone", usage("OFF", "ON"), USES, false, true),
        ("for the screen alone", usage("ON", "OFF"), USES, true, true),
        ("for all", usage("ON", "ON"), USES, true, false),
        ("for a use that nobody looks at", usage("OFF", "OFF"), "", true, true),
        ("off, but used when it is shown", usage("ON", "ON"), &format!("/OFF [OCG] {USES}"), true, false),
        ("for designers", "/Intent /Design".to_owned(), "/OFF [OCG]", true, false),
    ] {
        let built = plan(&layer, opens);
        let said = squeeze(&Pdf::read(built.bytes("public")).pages()[built.first_pages()[0]]);
        assert!(said.contains("Thequay"), "{what}: {said}");
        assert_eq!(said.contains("Reservedland"), shows, "{what}: {said}");
        assert_eq!(!told(&built, "A0013").is_empty(), is_told, "{what}: {}", built.findings);
    }
}

#[test]
fn replacement_text_stays_where_nothing_is_tagged() {
    let entries =
        format!("/MediaBox [0 0 595 842] /Resources << {FONT} /Properties << /R << /ActualText (deficient) >> >> >>");
    let content = "BT /F 12 Tf 72 700 Td (A plan that is e) Tj /Span << /ActualText (ffi) >> BDC (*) Tj EMC (cient) Tj \
                   0 -20 Td /Span /R BDC (de*cient) Tj EMC ET";
    let built = built(Made::page_with(&entries, content));
    let everything = Pdf::read(built.bytes("public")).everything();
    for text in ["ActualText <666669>", "ActualText <646566696369656E74>"] {
        let found = everything.iter().any(|piece| String::from_utf8_lossy(piece).contains(text));
        assert!(found, "{text} is not in the pack");
    }
}

#[test]
fn what_is_covered_or_only_said_is_told() {
    let name = words(700, "Orlando Wetherby");
    let page = |content: &str| Made::page_with(&format!("/MediaBox [0 0 595 842] /Resources << {FONT} >>"), content);
    let under = |cover: &str| page(&format!("{name} {cover}"));
    for (what, file, code) in [
        ("a curved pen", under("14 w 70 704 m 120 712 200 696 270 704 c S"), "A0012"),
        ("a box", under("70 694 220 18 re f"), "A0012"),
        (
            "a replacement",
            page(&format!(
                "{} /Span << /ActualText (Orlando Wetherby) >> BDC 72 650 90 12 re f EMC",
                words(700, "Claim")
            )),
            "A0025",
        ),
    ] {
        let built = built(file);
        let lines = told(&built, code);
        assert_eq!(lines.len(), 1, "{what}: {}", built.findings);
        assert!(lines[0].contains("page 1"), "{what}: {}", lines[0]);
        assert!(!lines[0].contains("Wetherby"), "{what}: {}", lines[0]);
    }
    let clean = built(page(&name));
    assert!(told(&clean, "A0012").is_empty() && told(&clean, "A0025").is_empty(), "{}", clean.findings);
}

#[test]
fn boxes_over_a_scan_are_told_whether_drawn_or_pinned() {
    let scan = |more: &str, annots: bool| {
        let mut made = Made::default();
        let rows: Vec<u8> = (0..200 * 280).map(|at: u32| if at.is_multiple_of(7) { 0 } else { 255 }).collect();
        let image = made.stream(
            "/Type /XObject /Subtype /Image /Width 200 /Height 280 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            &rows,
        );
        let look = made.stream("/Type /XObject /Subtype /Form /BBox [0 0 120 16]", b"0 0 120 16 re f");
        let pinned = format!(
            "/Annots [<< /Type /Annot /Subtype /Square /Rect [100 600 220 616] /F 4 /AP << /N {look} 0 R >> >>]"
        );
        made.page(
            &format!(
                "/MediaBox [0 0 595 842] /Resources << /XObject << /I {image} 0 R >> >> {}",
                if annots { pinned.as_str() } else { "" }
            ),
            &format!("q 595 0 0 842 0 0 cm /I Do Q {more}"),
        );
        built(made.bytes())
    };
    for built in [scan("100 600 120 16 re f", false), scan("", true)] {
        let lines = told(&built, "A0012");
        assert_eq!(lines.len(), 1, "{}", built.findings);
        assert!(lines[0].contains("1 part on page 1, 4 cm from the left and 8 cm from the top"), "{}", lines[0]);
    }
    assert!(told(&scan("", false), "A0012").is_empty());
}

#[test]
fn what_a_mask_keeps_from_view_is_told() {
    let page = |hidden: fn(u32) -> u8| {
        let mut made = Made::default();
        let all = || (0..160 * 160).map(|at: u32| (at % 160, at / 160));
        let unseen = |x: u32, y: u32| (20..120).contains(&x) && (40..90).contains(&y);
        let mask: Vec<u8> = all().map(|(x, y)| if unseen(x, y) { 0 } else { 255 }).collect();
        let dots: Vec<u8> = all().map(|(x, y)| if unseen(x, y) { hidden(x) } else { 200 }).collect();
        let entries =
            "/Type /XObject /Subtype /Image /Width 160 /Height 160 /BitsPerComponent 8 /ColorSpace /DeviceGray";
        let mask = made.stream(entries, &mask);
        let image = made.stream(&format!("{entries} /SMask {mask} 0 R"), &dots);
        made.page(
            &format!("/MediaBox [0 0 595 842] /Resources << /XObject << /I {image} 0 R >> >>"),
            "q 300 0 0 300 100 400 cm /I Do Q",
        );
        built(made.bytes())
    };
    let secret = page(|x| if x.is_multiple_of(5) { 0 } else { 255 });
    assert_eq!(told(&secret, "A0012").len(), 1, "{}", secret.findings);
    assert!(told(&page(|_| 255), "A0012").is_empty());
}

#[test]
fn annotations_without_a_picture_are_drawn_as_they_say() {
    let annotation = |entries: &str| {
        let annots = format!("/Annots [<< /Type /Annot /Rect [60 690 290 720] /F 4 /C [0] {entries} >>]");
        let page = format!("/MediaBox [0 0 595 842] /Resources << {FONT} >> {annots}");
        built(Made::page_with(&page, &words(700, "Orlando Wetherby")))
    };
    for (entries, covers) in [
        ("/Subtype /Square /IC [0]", true),
        ("/Subtype /Circle /IC [0 0 0]", true),
        ("/Subtype /Polygon /IC [0] /Vertices [60 690 290 690 290 720 60 720]", true),
        ("/Subtype /Ink /BS << /W 14 >> /InkList [[68 702 120 704 200 701 278 703]]", true),
        ("/Subtype /Line /BS << /W 14 >> /L [68 702 278 702]", true),
        ("/Subtype /Highlight /QuadPoints [68 711 278 711 68 694 278 694]", true),
        ("/Subtype /Square", false),
        ("/Subtype /StrikeOut /QuadPoints [68 711 278 711 68 694 278 694]", false),
    ] {
        let built = annotation(entries);
        assert_eq!(told(&built, "A0012").len(), usize::from(covers), "{entries}: {}", built.findings);
        assert_eq!(told(&built, "A0014").len(), 1, "{entries}: {}", built.findings);
        let picture = built.pack().picture(built.first_pages()[0], 1.0);
        assert!(picture.grey.iter().filter(|grey| **grey < 200.0).count() > 150, "{entries}: nothing is drawn");
    }
}

#[test]
fn bookmarks_that_say_what_no_page_says_are_told() {
    let file = |titles: [&str; 2]| {
        let mut made = Made::default();
        let page = made.page(
            &format!("/MediaBox [0 0 595 842] /Resources << {FONT} >>"),
            &words(700, "Report on a complaint about the financing of the quay"),
        );
        let outline = made.next();
        made.add(format!("<< /Type /Outlines /First {0} 0 R /Last {1} 0 R /Count 2 >>", outline + 1, outline + 2));
        let entry = |title: &str, more: String| {
            format!("<< /Title ({title}) /Parent {outline} 0 R /Dest [{page} 0 R /Fit] {more} >>")
        };
        made.add(entry(titles[0], format!("/Next {} 0 R", outline + 2)));
        made.add(entry(titles[1], format!("/Prev {} 0 R", outline + 1)));
        made.catalog = format!("/Outlines {outline} 0 R");
        built(made.bytes())
    };
    let built = file(["1. Complaints", "Report: Orlando Wetherby"]);
    let lines = told(&built, "A0025");
    assert_eq!(lines.len(), 1, "{}", built.findings);
    assert!(lines[0].contains("“Report: Orlando Wetherby” (page 1)") && !lines[0].contains("1. Comp"), "{}", lines[0]);
    let honest = file(["2 - Financial report", "The complaint"]);
    assert!(told(&honest, "A0025").is_empty(), "{}", honest.findings);
}

#[test]
fn a_page_without_letters_says_nothing_of_bookmarks() {
    let mut made = Made::default();
    let page = made.page(&size(200, 140), "0 0 90 90 re f");
    let outline = made.next();
    made.add(format!("<< /Type /Outlines /First {0} 0 R /Last {0} 0 R /Count 1 >>", outline + 1));
    made.add(format!("<< /Title (Plan of the quay) /Parent {outline} 0 R /Dest [{page} 0 R /Fit] >>"));
    made.catalog = format!("/Outlines {outline} 0 R");
    assert!(told(&built(made.bytes()), "A0025").is_empty());
}
