//! Files as they should not be: each gives its finding or a pack, within bounds, and never a crash.

use lopdf::dictionary;

use super::made::{DRAWING, Made, raw, size};
use super::other::Book;
use super::{FOLDER, LETTER, build, run, sample, workspace};
use crate::sandbox::{Outcome, Sandbox, repository};

const ENTRY: &str = "{file: a.pdf, title: A, description: What is on it}";

/// Gives a workspace with a file as the only paper.
fn with(file: impl AsRef<[u8]>) -> Sandbox {
    workspace(&[("a.pdf", file.as_ref().to_vec())], &[&[ENTRY]])
}

/// Asserts that a file is refused with this finding, and that what was built before stays whole.
#[track_caller]
fn assert_refused(file: impl AsRef<[u8]>, code: &str, words: &str) {
    let sandbox = with(Made::page_with(&size(200, 140), DRAWING));
    let before = build(&sandbox).files;
    sandbox.write(&format!("{FOLDER}/a.pdf"), file);
    let outcome = run(&sandbox, "build");
    assert_eq!(outcome.code, Some(1), "{words}: {}{}", outcome.stdout, outcome.stderr);
    assert_found(&outcome, &format!("error[{code}]: `a.pdf`"), words);
    assert!(sandbox.files("out/board/2026-09-16") == before, "{words}: the output changed");
}

/// Asserts that a file is taken with this finding, and that its pack can be read; gives the pack.
#[track_caller]
fn assert_taken(file: impl AsRef<[u8]>, code: &str, words: &str) -> Book {
    let sandbox = with(file);
    let outcome = run(&sandbox, "build");
    assert_eq!(outcome.code, Some(0), "{words}: {}{}", outcome.stdout, outcome.stderr);
    assert_found(&outcome, &format!("warning[{code}]"), words);
    let pack = build(&sandbox).pack();
    assert!(pack.len() >= 4, "{words}: {} pages", pack.len());
    pack
}

#[track_caller]
fn assert_found(outcome: &Outcome, code: &str, words: &str) {
    let is = |line: &str| line.contains(code) && line.contains(words);
    assert!(outcome.stdout.lines().any(is), "no {code} with `{words}` in\n{}", outcome.stdout);
}

#[test]
fn files_that_are_no_pdf() {
    assert_refused(b"", "A0001", "is empty");
    assert_refused(b"PK\x03\x04hello", "A0001", "is not a PDF file: it begins with “PK");
    assert_refused(b"\x1b[2J\x1b]0;x\x07", "A0001", "begins with “\\x1b[2J");
    assert_refused(b"<html>404</html>", "A0001", "is not a PDF");
    assert_refused(b"%PDF-1.7\n", "A0001", "is damaged");
    assert_refused([0; 5000], "A0001", "is not a PDF");
}

#[test]
fn files_that_break_off() {
    let letter = sample(LETTER);
    for part in [2, 20, 50] {
        let outcome = run(&with(&letter[..letter.len() * part / 100]), "check");
        assert_eq!(outcome.code, Some(1), "{part} %: {}", outcome.stdout);
        assert_found(&outcome, "error[A0001]", "is damaged");
    }
    // Where only the end is gone, all pages are still there.
    let whole = Made::page_with(&size(200, 140), DRAWING);
    let end = whole.windows(4).position(|four| four == b"xref").expect("it has a table");
    assert_taken(&whole[..end], "A0005", "index was missing or broken");
}

/// Makes a file of pages with packed contents, each of so many lines that no two pages are alike.
fn packed(pages: u32) -> Vec<u8> {
    let mut pdf = lopdf::Document::with_version("1.7");
    let tree = pdf.new_object_id();
    let kids: Vec<lopdf::Object> = (0..pages)
        .map(|page| {
            let lines: String = (0..400)
                .map(|line| format!("{} {} m {} {} l S\n", page * 7 + 1, line * 13 % 97, line * 31 % 89, line))
                .collect();
            let mut content = lopdf::Stream::new(dictionary! {}, lines.into_bytes());
            content.compress().expect("it can be packed");
            let content = pdf.add_object(content);
            let media = vec![0.into(), 0.into(), 595.into(), 842.into()];
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "MediaBox" => media, "Contents" => content,
                "Resources" => dictionary! {},
            };
            pdf.add_object(page).into()
        })
        .collect();
    let tree_of = dictionary! { "Type" => "Pages", "Count" => i64::from(pages), "Kids" => kids };
    pdf.objects.insert(tree, lopdf::Object::Dictionary(tree_of));
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("it can be written");
    bytes
}

/// Gives where a content stream begins, counted from 0 in the file.
fn content_at(file: &[u8], number: usize) -> usize {
    let begins = |at: &usize| file[*at..].starts_with(b"stream\n") && !file[..*at].ends_with(b"end");
    (0..file.len()).filter(begins).nth(number).expect("there is such a stream") + 7
}

#[test]
fn pages_that_are_lost_or_blank_by_damage() {
    // The contents of pages 3 and 4 are spoilt.
    let mut spoilt = packed(6);
    for page in [2, 3] {
        let at = content_at(&spoilt, page);
        spoilt[at + 300..at + 900].fill(0xA7);
    }
    assert_refused(&spoilt, "A0001", "is damaged: 2 of 6 pages are lost, the first of them page 3");
    // Those that are whole can be appended.
    let entry = "{file: a.pdf, title: A, description: Lines, pages: \"1-2, 5-6\"}";
    assert_eq!(build(&workspace(&[("a.pdf", spoilt)], &[&[entry]])).pack().len(), 6);
    // Sent as text: line ends of two bytes, or what is no UTF-8 replaced.
    let whole = packed(3);
    let ends = String::from_utf8_lossy(&whole).into_owned().into_bytes();
    assert_refused(ends, "A0001", "is damaged: it was sent or saved as text, and ");
    let two: Vec<u8> =
        whole.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect();
    assert_refused(two, "A0001", "is damaged: ");
}

#[test]
fn files_that_are_cut_off_are_told_to_be() {
    let whole = packed(6);
    for part in 1..10 {
        let cut = &whole[..whole.len() * part / 10];
        let outcome = run(&with(cut), "check");
        assert_eq!(outcome.code, Some(1), "{part}0 %: {}", outcome.stdout);
        assert_found(&outcome, "error[A0001]: `a.pdf`", "it was cut off, and ");
        assert_eq!(
            outcome.stdout.lines().filter(|line| line.contains("[A")).count(),
            1,
            "{part}0 %: {}",
            outcome.stdout
        );
    }
}

#[test]
fn a_file_cut_off_within_its_tags() {
    let mut made = Made::default();
    let page = made.page(&format!("{} /StructParents 0", size(200, 140)), "/P << /MCID 0 >> BDC 0 0 9 9 re f EMC");
    let root = made.next();
    made.add(format!("<< /Type /StructTreeRoot /K {0} 0 R /ParentTree << /Nums [0 [{0} 0 R]] >> >>", root + 1));
    made.add(format!("<< /Type /StructElem /S /P /P {root} 0 R /Pg {page} 0 R /K 0 >>"));
    made.catalog = format!("/MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R");
    let whole = made.bytes();
    let element = format!("{} 0 obj", root + 1);
    let at = whole.windows(element.len()).position(|part| part == element.as_bytes()).expect("it has an element");
    assert_refused(&whole[..at], "A0001", "is damaged: it was cut off, and a part of it is lost");
}

#[test]
fn a_page_with_nothing_on_it_is_not_lost() {
    let mut made = Made::default();
    let content = made.stream("/Filter /FlateDecode", b"");
    made.page(&size(200, 140), DRAWING);
    let text = String::from_utf8(made.bytes()).expect("it is text");
    let blank = text.replacen("/Contents 4 0 R", &format!("/Contents {content} 0 R"), 1);
    assert_taken(blank, "A0008", "nothing is to be seen");
}

#[test]
fn a_font_that_is_not_in_the_file() {
    let entries = "/MediaBox [0 0 200 140] /Resources << /Font << /F 99 0 R >> >>";
    assert_taken(
        Made::page_with(entries, "BT /F 12 Tf 20 60 Td (Words) Tj ET"),
        "A0005",
        "a font of the page is not in the file",
    );
}

#[test]
fn a_table_that_is_wrong() {
    let text = String::from_utf8(Made::page_with(&size(200, 140), DRAWING)).expect("it is text");
    let (head, _) = text.split_once("startxref").expect("it says where the table is");
    assert_taken(format!("{head}startxref\n7\n%%EOF\n"), "A0005", "index was");
    assert_taken(format!("junk before\n{text}"), "A0006", "has no tags");
}

#[test]
fn trees_of_pages_that_lead_round_or_nowhere() {
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    assert_refused(raw(&[catalog, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]), "A0001", "it has no pages");
    let round = "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>";
    assert_refused(raw(&[catalog, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", round]), "A0001", "it has no pages");
    assert_refused(raw(&[catalog, "<< /Type /Pages /Kids [] /Count 0 >>"]), "A0001", "it has no pages");
    assert_refused(raw(&[catalog, "2 0 R"]), "A0001", "is damaged");
    assert_refused(raw(&["<< /Type /Catalog >>"]), "A0001", "it has no pages");
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>";
    let twice = "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 1 >>";
    assert_taken(raw(&[catalog, twice, page]), "A0005", "names a page twice");
    let more = "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>";
    assert_refused(raw(&[catalog, more, page]), "A0001", "1999999999 of 2000000000 pages are lost");
    assert_taken(
        raw(&[catalog, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>", "<< /Type /Page >>"]),
        "A0005",
        "how large",
    );
}

#[test]
fn more_pages_than_can_be_appended() {
    let mut made = Made::default();
    let content = made.stream("", b"0 0 9 9 re f");
    let (first, kids) = (made.next() + 1, made.next());
    let list: String = (first..first + 5001).map(|page| format!("{page} 0 R ")).collect();
    made.add(format!("<< /Type /Pages /Parent 2 0 R /Count 5001 /Kids [{list}] >>"));
    for _ in 0..5001 {
        made.add(format!("<< /Type /Page /Parent {kids} 0 R /MediaBox [0 0 99 99] /Contents {content} 0 R >>"));
    }
    let text = String::from_utf8(made.bytes()).expect("it is text");
    let file = text.replacen("/Count 0 /Kids []", &format!("/Count 5001 /Kids [{kids} 0 R]"), 1);
    assert_refused(&file, "A0003", "would give more than 5000 pages");
    // Some of them can be.
    let entry = "{file: a.pdf, title: A, description: A box, pages: \"5001, 1\"}";
    assert_eq!(build(&workspace(&[("a.pdf", file.into_bytes())], &[&[entry]])).pack().len(), 4);
}

/// Makes a zlib stream of about so many million zeros, in a hundredth of the size.
fn bomb(millions: usize) -> Vec<u8> {
    let (mut bytes, mut bits, mut count) = (vec![0x78, 0x9c], 0_u32, 0);
    let mut put = |code: u32, length: u32| {
        bits |= code << count;
        count += length;
        while count >= 8 {
            bytes.push(bits.to_le_bytes()[0]);
            bits >>= 8;
            count -= 8;
        }
    };
    // A last block with fixed codes: a zero, then "258 bytes as the one before" again and again. (RFC 1951)
    put(0b011, 3);
    put(0b0000_1100, 8);
    for _ in 0..millions * 1_000_000 / 258 {
        put(0b1010_0011, 8);
        put(0, 5);
    }
    put(0, 16);
    bytes
}

#[test]
fn contents_that_unpack_to_more_than_a_page_needs() {
    let mut made = Made::default();
    let packed = bomb(200);
    assert!(packed.len() < 2_000_000);
    let content = made.stream("/Filter /FlateDecode", &packed);
    made.page(&size(200, 140), "0 0 9 9 re f");
    let text = made.bytes();
    let at = text.windows(11).position(|part| part == b"/Contents 4").expect("the page names its content");
    let file = [&text[..at], format!("/Contents {content}").as_bytes(), &text[at + 11..]].concat();
    assert_refused(file, "A0001", "too large to be read");
}

#[test]
fn drawings_that_draw_themselves() {
    let mut made = Made::default();
    let number = made.next();
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 99 99]";
    made.stream(&format!("{form} /Resources << /XObject << /X {number} 0 R >> >>"), b"/X Do /X Do");
    made.page(&format!("/MediaBox [0 0 99 99] /Resources << /XObject << /X {number} 0 R >> >>"), "/X Do");
    let outcome = run(&with(made.bytes()), "build");
    assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);

    let mut made = Made::default();
    let mut inner = made.stream(form, b"0 0 10 10 re f");
    for _ in 0..30 {
        let resources = format!("{form} /Resources << /XObject << /X {inner} 0 R >> >>");
        inner = made.stream(&resources, &b"/X Do ".repeat(10));
    }
    made.page(&format!("/MediaBox [0 0 99 99] /Resources << /XObject << /X {inner} 0 R >> >>"), "/X Do");
    assert_refused(made.bytes(), "A0003", "repeats its drawings");
}

#[test]
fn contents_nested_without_end() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for content in [deep("q ", "Q "), deep("[", "] TJ"), deep("<<", ">>"), deep("/P BMC ", "EMC ")] {
        let outcome = run(&with(Made::page_with(&size(200, 140), &content)), "build");
        assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);
    }
    let mut made = Made::default();
    made.add(deep("[", "]"));
    made.page(&size(200, 140), DRAWING);
    let outcome = run(&with(made.bytes()), "build");
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.stderr);
}

#[test]
fn tags_and_bookmarks_that_lead_round() {
    let mut made = Made::default();
    let page =
        made.page(&format!("{} /StructParents 0", size(200, 140)), &format!("/P << /MCID 0 >> BDC {DRAWING} EMC"));
    let root = made.next();
    made.add(format!("<< /Type /StructTreeRoot /K {} 0 R /RoleMap << /A /B /B /A >> >>", root + 1));
    made.add(format!("<< /S /A /P {root} 0 R /Pg {page} 0 R /K [0 {0} 0 R {0} 0 R] >>", root + 1));
    let outline = made.next();
    made.add(format!("<< /Type /Outlines /First {0} 0 R /Last {0} 0 R >>", outline + 1));
    made.add(format!(
        "<< /Title (x) /Parent {outline} 0 R /Dest [{page} 0 R /Fit] /Next {0} 0 R /First {0} 0 R >>",
        outline + 1
    ));
    made.catalog = format!("/MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R /Outlines {outline} 0 R");
    let pack = build(&with(made.bytes())).pack();
    assert_eq!(pack.bookmarks().iter().filter(|(_, title, _)| title == "x").count(), 1);

    // Elements a hundred thousand deep.
    let mut made = Made::default();
    made.page(&size(200, 140), DRAWING);
    let root = made.next();
    made.add(format!("<< /Type /StructTreeRoot /K {} 0 R >>", root + 1));
    for above in root..root + 100_000 {
        made.add(format!("<< /S /Span /P {above} 0 R /K {} 0 R >>", above + 2));
    }
    made.catalog = format!("/MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R");
    let outcome = run(&with(made.bytes()), "build");
    assert!(matches!(outcome.code, Some(0 | 1)), "{}{}", outcome.stdout, outcome.stderr);
}

#[test]
fn pages_of_odd_sizes() {
    // Thirty metres: by its box, which is more than is allowed, and by its unit.
    let pack = assert_taken(Made::page_with(&size(85_040, 85_040), DRAWING), "A0019", "is reduced to");
    assert!(pack.size(2).0 < 2400.0, "the largest sheet is A0: {:?}", pack.size(2));
    assert_taken(Made::page_with(&format!("{} /UserUnit 425", size(200, 140)), DRAWING), "A0019", "is reduced to");
    assert_taken(Made::page_with(&size(0, 0), DRAWING), "A0005", "how large");
    assert_taken(Made::page_with("/Resources << >>", DRAWING), "A0005", "how large");
    for entries in [
        "/MediaBox [0 0 200 140] /CropBox [900 900 990 990] /Resources << >>",
        "/MediaBox [0 0 200 140] /Rotate 45 /Resources << >>",
        "/MediaBox [0 0 200 140] /Rotate 450 /Resources << >>",
        "/MediaBox [0 0 200 140] /UserUnit -3 /Resources << >>",
        "/MediaBox [0 0 200 140] /UserUnit 0 /Resources << >>",
        "/MediaBox [0 0 2 2000] /Resources << >>",
    ] {
        assert_taken(Made::page_with(entries, DRAWING), "A0006", "has no tags");
    }
}

#[test]
fn a_file_that_is_locked() {
    let locked = std::fs::read(repository(&format!("tests/invalid/A0002/{FOLDER}/letter.pdf"))).expect("the case");
    assert_refused(&locked, "A0002", "is locked with a password");
    let sandbox = with(&locked);
    let with_password = |password: &str| {
        Outcome::of(sandbox.command(&["build", "--format", "concise"]).env("BOARDPACK_PDF_PASSWORD", password))
    };
    let outcome = with_password("wrong");
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert_found(&outcome, "error[A0002]", "and the one given does not open it");
    let outcome = with_password("secret");
    assert_eq!((outcome.code, outcome.stdout.contains("[A")), (Some(0), false), "{}{}", outcome.stdout, outcome.stderr);
    for (path, bytes) in sandbox.files("out") {
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{path} holds the password");
    }
}

#[test]
fn a_pack_of_this_program_can_be_appended() {
    let first = build(&with(Made::page_with(&size(200, 140), DRAWING)));
    let (bytes, pages) = (first.bytes("public").to_vec(), first.pack().len());
    let sandbox = workspace(&[("a.pdf", bytes.clone())], &[&["{file: a.pdf, title: The last pack}"]]);
    let outcome = run(&sandbox, "build");
    assert_eq!((outcome.code, outcome.stdout.contains("[A")), (Some(0), false), "{}{}", outcome.stdout, outcome.stderr);
    let (pack, before) = (build(&sandbox).pack(), Book::read(&bytes));
    assert_eq!(pack.len(), 2 + pages);
    for page in 0..pages {
        assert!(pack.text(2 + page).starts_with(&before.text(page)), "page {page}");
    }
    let titles: Vec<String> = pack.bookmarks().into_iter().map(|(_, title, _)| title).collect();
    assert!(before.bookmarks().iter().all(|(_, title, _)| titles.contains(title)), "{titles:?}");
}
