//! A pack claims no more than its pages meet.

use super::made::{Made, size};
use super::other::Book;
use super::{Built, build, workspace};

/// Makes a page with a drawing, tagged as a figure with these further entries.
fn tagged(figure: &str) -> Vec<u8> {
    let mut made = Made::default();
    let page = made
        .page(&format!("{} /StructParents 0", size(200, 140)), "/Figure << /MCID 0 >> BDC 1 0 0 rg 9 9 50 50 re f EMC");
    let root = made.next();
    made.add(format!("<< /Type /StructTreeRoot /K {0} 0 R /ParentTree << /Nums [0 [{0} 0 R]] >> >>", root + 1));
    made.add(format!("<< /Type /StructElem /S /Figure /P {root} 0 R /Pg {page} 0 R /K 0 {figure} >>"));
    made.catalog = format!("/MarkInfo << /Marked true >> /Lang (en-GB) /StructTreeRoot {root} 0 R");
    made.bytes()
}

/// Makes a page with text in a font that is not in the file.
fn without_font() -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let entries = format!("/MediaBox [0 0 200 140] /Resources << /Font << /F {font} >> >>");
    Made::page_with(&entries, "BT /F 12 Tf 20 60 Td (All practices) Tj ET")
}

/// Gives what a PDF claims.
pub(super) fn claims(bytes: &[u8]) -> Vec<String> {
    let xmp = Book::read(bytes).xmp();
    let value = |name: &str| {
        let rest = xmp.split_once(&format!("<{name}>"))?.1;
        Some(rest.split_once('<')?.0.to_owned())
    };
    let archival =
        value("pdfaid:part").map(|part| format!("A-{part}{}", value("pdfaid:conformance").unwrap_or_default()));
    let accessible = value("pdfuaid:part").map(|part| format!("UA-{part}"));
    [archival, accessible].into_iter().flatten().collect()
}

fn built(file: Vec<u8>, more: &str) -> Built {
    build(&workspace(&[("a.pdf", file)], &[&[&format!("{{file: a.pdf, title: Letter{more}}}")]]))
}

#[test]
fn a_pack_claims_what_all_of_its_pages_meet() {
    for (what, file, more, expected) in [
        ("a file with tags", tagged("/Alt (A box)"), "", &["A-2A", "UA-1"][..]),
        ("a picture without words", tagged(""), "", &["A-2A"]),
        (
            "no tags, but a description",
            Made::page_with(&size(200, 140), "9 9 50 50 re f"),
            ", description: A box",
            &["A-2A", "UA-1"],
        ),
        ("no tags and no description", Made::page_with(&size(200, 140), "9 9 50 50 re f"), "", &["A-2A"]),
        ("a font that is not in the file", without_font(), ", description: All practices", &[]),
    ] {
        let built = built(file, more);
        assert_eq!(claims(built.bytes("public")), expected, "{what}");
        for (path, bytes) in
            built.files.iter().filter(|(path, _)| path.ends_with(".pdf") && path.matches('/').count() > 1)
        {
            let own = path.contains("etter");
            assert_eq!(claims(bytes), if own { expected } else { &["A-2A", "UA-1"] }, "{what}: {path}");
        }
    }
}

#[test]
fn what_is_not_claimed_is_said_why() {
    let built = built(without_font(), "");
    for words in ["warning[A0006]", "warning[A0010]: `a.pdf`: the font Helvetica is not embedded (page 1)"] {
        assert!(built.findings.contains(words), "{words} is not in\n{}", built.findings);
    }
}

#[test]
fn a_withheld_file_takes_no_claim_from_the_public_edition() {
    let entry = "{file: a.pdf, title: Letter, withheld: {paragraphs: [3]}}";
    let built = build(&workspace(&[("a.pdf", without_font())], &[&[entry]]));
    assert_eq!(claims(built.bytes("public")), ["A-2A", "UA-1"]);
    assert_eq!(claims(built.bytes("private")), Vec::<String>::new());
}
