//! Nothing of a withheld file is in the public edition, and nothing hidden in any file is in either.
//!
//! `ZQX` marks what the private edition shows, `ZQH` what no edition may hold.

use std::collections::BTreeSet;

use boardpack::appended::office::Office;

use super::made::{Made, size};
use super::other::{Book, Item};
use super::{Built, FOLDER, build, workspace};
use crate::sandbox::Sandbox;

/// Marks of which the private edition must hold every one, in the file or in the agenda.
const SHOWN: [&str; 7] =
    ["ZQXTEXT", "ZQXFORM", "ZQXBOOKMARK", "ZQXLINK", "ZQXALTERNATIVE", "ZQXTITLE", "ZQXDESCRIPTION"];

/// What the officer is told of what was left out, in the findings of the private edition.
const TOLD: [&str; 2] = ["ZQHLAYER", "ZQHNAME"];

/// Makes a photograph with marks in its notes, in its preview, and behind its end.
fn photograph() -> Vec<u8> {
    let mut plain = Vec::new();
    let picture = image::GrayImage::from_pixel(8, 8, image::Luma([90]));
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut plain);
    picture.write_with_encoder(encoder).expect("a photograph");
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    };
    let notes = [
        segment(0xE1, b"Exif\0\0ZQHEXIF"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0ZQHPHOTOXMP"),
        segment(0xE2, b"MPF\0ZQHPREVIEW"),
        segment(0xED, b"Photoshop 3.0\0ZQHIPTC"),
        segment(0xFE, b"ZQHREMARK"),
    ];
    [&plain[..2], &notes.concat(), &plain[2..], b"ZQHBEHIND"].concat()
}

/// Makes a file with marks wherever a PDF can hold words.
fn marked() -> Vec<u8> {
    let mut made = Made::default();
    let attached = made.stream("/Type /EmbeddedFile", b"ZQHATTACHED");
    let xmp = made.stream("/Type /Metadata /Subtype /XML", b"<x:xmpmeta><dc:creator>ZQHXMP</dc:creator></x:xmpmeta>");
    let layer = made.add("<< /Type /OCG /Name (ZQHLAYER) >>");
    let group = made.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 140]",
        b"% ZQHCOMMENT\n/Span <</ActualText (ZQXFORM)>> BDC 9 9 9 9 re f EMC (ZQHOPERAND) q Q",
    );
    let off = made.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 200 140] /OC {layer} 0 R"),
        b"BT (ZQHOFFFORM) Tj ET 9 9 9 9 re f",
    );
    let photo = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let hex: Vec<u8> = photograph().iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect();
    let packed = made.stream(&format!("{photo} /Filter [/ASCIIHexDecode /DCTDecode]"), &hex);
    let look = made.stream("/Type /XObject /Subtype /Form /BBox [0 0 20 20]", b"0 0 20 20 re f");
    let annots = made.add(format!(
        "[<< /Type /Annot /Subtype /Link /Rect [0 0 20 20] /A << /S /URI /URI (https://www.example.org/ZQXLINK) >> >> \
          << /Type /Annot /Subtype /Link /Rect [0 0 20 20] /A << /S /JavaScript /JS (ZQHLINKSCRIPT) >> >> \
          << /Type /Annot /Subtype /Link /Rect [0 0 20 20] /A << /S /Launch /F (ZQHLAUNCH) >> >> \
          << /Type /Annot /Subtype /Text /Rect [30 30 50 50] /F 2 /Contents (ZQHCOMMENT) /T (ZQHREADER) >> \
          << /Type /Annot /Subtype /Widget /FT /Tx /T (ZQHFIELD) /V (ZQHVALUE) /Rect [60 60 80 80] \
             /AP << /N {look} 0 R >> /AA << /K << /S /JavaScript /JS (ZQHKEY) >> >> >> \
          << /Type /Annot /Subtype /FileAttachment /Rect [90 90 99 99] /Contents (ZQHPINNED) \
             /FS << /F (ZQHPINNED.txt) /EF << /F {attached} 0 R >> >> >>]"
    ));
    let page = made.page(
        &format!(
            "/MediaBox [0 0 200 140] /Annots {annots} 0 R /StructParents 0 /PieceInfo << /Zqh (ZQHPIECE) >> \
             /Metadata {xmp} 0 R /AA << /O << /S /JavaScript /JS (ZQHOPEN) >> >> /Resources << \
             /XObject << /F {group} 0 R /G {off} 0 R /P {packed} 0 R >> /Properties << /L {layer} 0 R >> \
             /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        ),
        "/P << /MCID 0 >> BDC BT /F 12 Tf 20 60 Td (ZQXTEXT) Tj ET EMC /F Do /G Do \
         q 9 0 0 9 0 0 cm /P Do Q \
         /OC /L BDC BT /F 12 Tf 20 90 Td (ZQHLAYERTEXT) Tj ET EMC",
    );
    let unused = made.page(&size(200, 140), "BT (ZQHOTHERPAGE) Tj ET");
    let root = made.next();
    made.add(format!("<< /Type /StructTreeRoot /K {0} 0 R /ParentTree << /Nums [0 [{0} 0 R]] >> >>", root + 1));
    made.add(format!(
        "<< /Type /StructElem /S /P /P {root} 0 R /Pg {page} 0 R /K 0 /Alt (ZQXALTERNATIVE) /Zqh (ZQHTAG) >>"
    ));
    let outline = made.next();
    made.add(format!("<< /Type /Outlines /First {0} 0 R /Last {1} 0 R /Count 2 >>", outline + 1, outline + 2));
    made.add(format!(
        "<< /Title (ZQXBOOKMARK) /Parent {outline} 0 R /Dest [{page} 0 R /Fit] /Next {} 0 R >>",
        outline + 2
    ));
    made.add(format!(
        "<< /Title (ZQHOTHERBOOKMARK) /Parent {outline} 0 R /Dest [{unused} 0 R /Fit] /Prev {} 0 R >>",
        outline + 1
    ));
    let information =
        made.add("<< /Title (ZQHTITLE) /Author (ZQHAUTHOR) /Producer <FEFF005A0051004800500052004F0044> >>");
    made.trailer = format!("/Info {information} 0 R");
    made.catalog = format!(
        "/StructTreeRoot {root} 0 R /MarkInfo << /Marked true >> /Outlines {outline} 0 R /Metadata {xmp} 0 R \
         /OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >> \
         /OpenAction << /S /JavaScript /JS (ZQHSCRIPT) >> /PageLabels << /Nums [0 << /P (ZQHLABEL) >>] >> \
         /Names << /EmbeddedFiles << /Names [(ZQHNAME) << /F (ZQHNAME.txt) /EF << /F {attached} 0 R >> >>] >> \
         /JavaScript << /Names [(ZQHFUNCTION) << /S /JavaScript /JS (ZQHBODY) >>] >> >>"
    );
    made.bytes()
}

/// Gives the marks in a file: in its bytes, and for a PDF in every object, decoded.
fn found(path: &str, bytes: &[u8]) -> BTreeSet<String> {
    let mut pieces = vec![path.as_bytes().to_vec(), bytes.to_vec()];
    if path.ends_with(".pdf") {
        Book::read(bytes).objects().iter().for_each(|object| gather(object, &mut pieces));
        pieces.extend(crate::pdf::Pdf::read(bytes).everything());
    }
    let mut marks = BTreeSet::new();
    for piece in pieces {
        let narrow: Vec<u8> = piece.iter().filter(|byte| **byte != 0).map(u8::to_ascii_uppercase).collect();
        let begins = |at: &usize| narrow[*at..].starts_with(b"ZQX") || narrow[*at..].starts_with(b"ZQH");
        for start in (0..narrow.len()).filter(begins) {
            let mark = narrow[start..].iter().take_while(|byte| byte.is_ascii_alphabetic());
            marks.insert(mark.map(|byte| char::from(*byte)).collect());
        }
    }
    marks
}

fn gather(item: &Item, pieces: &mut Vec<Vec<u8>>) {
    match item {
        Item::Text(bytes) => pieces.push(bytes.clone()),
        Item::Name(name) => pieces.push(name.clone().into_bytes()),
        Item::List(items) => items.iter().for_each(|item| gather(item, pieces)),
        Item::Dict(entries) | Item::Stream(entries, _) => {
            for (key, item) in entries {
                pieces.push(key.clone().into_bytes());
                gather(item, pieces);
            }
            if let Item::Stream(_, Some(bytes)) = item {
                pieces.push(bytes.clone());
            }
        }
        _ => {}
    }
}

/// The file, withheld, between two public ones; of its two pages, the first is in the pack.
const WITHHELD: &str =
    "{file: zqxfile.pdf, title: ZQXTITLE, description: ZQXDESCRIPTION, pages: 1, withheld: {paragraphs: [3]}}";

fn built(file: Vec<u8>) -> Built {
    let plan = Made::page_with(&size(200, 140), "0 0 9 9 re f");
    let public = "{file: plan.pdf, title: Plan, description: A box}";
    let again = "{file: plan.pdf, title: Plan again, description: A box}";
    build(&workspace(&[("zqxfile.pdf", file), ("plan.pdf", plan)], &[&[public, WITHHELD, again]]))
}

#[test]
fn no_mark_of_a_withheld_file_is_in_the_public_folder() {
    let built = built(marked());
    let public = built.files.iter().filter(|(path, _)| path.starts_with("public/"));
    let mut count = 0;
    for (path, bytes) in public {
        assert_eq!(found(path, bytes), BTreeSet::new(), "{path}");
        count += 1;
    }
    assert!(count >= 4, "{count} public files");
    let pages = |edition: &str| Book::read(built.bytes(edition)).len();
    assert_eq!(pages("public"), pages("private"), "the editions have the same pages");
}

#[test]
fn the_private_edition_shows_the_file_but_nothing_that_was_hidden_in_it() {
    let built = built(marked());
    let mut all = BTreeSet::new();
    for (path, bytes) in &built.files {
        let found = found(path, bytes);
        let told = path == "private/pack.json";
        let hidden: Vec<&String> =
            found.iter().filter(|mark| mark.starts_with("ZQH") && !(told && TOLD.contains(&mark.as_str()))).collect();
        assert!(hidden.is_empty(), "{path} holds {hidden:?}");
        all.extend(found);
    }
    // A page with tags has no need of the description.
    for mark in SHOWN.iter().filter(|mark| **mark != "ZQXDESCRIPTION") {
        assert!(all.contains(*mark), "{mark} is in no private file: {all:?}");
    }
    for code in ["A0011", "A0013"] {
        assert!(built.findings.contains(code), "{code} is not in\n{}", built.findings);
    }
}

#[test]
fn what_lies_hidden_in_a_public_file_is_in_no_output() {
    let entry = "{file: open.pdf, title: Letter, pages: 1}";
    let built = build(&workspace(&[("open.pdf", marked())], &[&[entry]]));
    for (path, bytes) in &built.files {
        let found = found(path, bytes);
        assert!(!found.iter().any(|mark| mark.starts_with("ZQH")), "{path} holds {found:?}");
    }
    assert!(found("a.pdf", built.bytes("public")).contains("ZQXTEXT"));
}

#[test]
fn photographs_on_pages_tell_nothing_besides() {
    let mut made = Made::default();
    let photo = made.stream(
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
        &photograph(),
    );
    made.page(
        &format!("/MediaBox [0 0 200 140] /Resources << /XObject << /P {photo} 0 R >> >>"),
        "q 99 0 0 99 0 0 cm /P Do Q",
    );
    let file = made.bytes();
    assert!(found("a.pdf", &file).len() > 5);
    let built =
        build(&workspace(&[("plan.pdf", file)], &[&["{file: plan.pdf, title: Plan, description: A photograph}"]]));
    for (path, bytes) in &built.files {
        let found = found(path, bytes);
        assert!(found.is_empty(), "{path} holds {found:?}");
    }
}

#[test]
fn the_file_that_is_searched_holds_the_marks() {
    let found = found("a.pdf", &marked());
    assert!(found.iter().filter(|mark| mark.starts_with("ZQH")).count() > 25, "{found:?}");
}

#[test]
fn another_withheld_file_changes_no_byte_of_the_public_edition() {
    let other = String::from_utf8(marked()).expect("it is text").replace("9 9 9 9 re", "8 8 7 7 re");
    let (one, other) = (built(marked()).files, built(other.into_bytes()).files);
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let differing: Vec<&String> =
        one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differing.iter().any(|path| path.starts_with("private/")), "{differing:?}");
    assert!(differing.iter().all(|path| path.starts_with("private/")), "{differing:?}");
}

#[test]
fn withheld_pictures_and_office_documents_leak_nothing_either() {
    let picture = b"<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99'><title>ZQHSVG</title>\
        <metadata>ZQHMETA</metadata><!-- ZQHNOTE --><rect width='50' height='50' fill='#123456'/></svg>";
    let withheld = "withheld: {paragraphs: [3]}";
    let picture_entry = format!("{{file: zqxfile.svg, title: ZQXTITLE, description: ZQXDESCRIPTION, {withheld}}}");
    let office_entry = format!("{{file: zqxfile.odt, title: ZQXOFFICE, {withheld}}}");
    let odt = b"ZQH: what it was made into is kept, so it is not opened".to_vec();
    let files = [("zqxfile.svg", picture.to_vec()), ("zqxfile.odt", odt.clone())];
    let sandbox = workspace(&files, &[&[picture_entry.as_str(), office_entry.as_str()]]);
    keep_converted(&sandbox, "zqxfile.odt", &odt, &marked());
    let built = build(&sandbox);
    let mut all = BTreeSet::new();
    for (path, bytes) in &built.files {
        let found = found(path, bytes);
        assert!(found.is_empty() || path.starts_with("private/"), "{path} holds {found:?}");
        let told = |mark: &str| path == "private/pack.json" && TOLD.contains(&mark);
        // Both pages of the document are in the pack.
        let whole = ["ZQHOTHERPAGE", "ZQHOTHERBOOKMARK"];
        let hidden = |mark: &String| mark.starts_with("ZQH") && !told(mark) && !whole.contains(&mark.as_str());
        assert!(!found.iter().any(hidden), "{path}: {found:?}");
        all.extend(found);
    }
    for mark in ["ZQXTITLE", "ZQXDESCRIPTION", "ZQXOFFICE", "ZQXTEXT"] {
        assert!(all.contains(mark), "{mark} is in no private file: {all:?}");
    }
}

/// Keeps a PDF where the program keeps what was made of an office document.
fn keep_converted(sandbox: &Sandbox, name: &str, bytes: &[u8], pdf: &[u8]) {
    assert!(sandbox.path(&format!("{FOLDER}/{name}")).exists());
    let kept = Office::new(sandbox.root(), None).kept_at(name, bytes).expect("it is an office document");
    sandbox.write(&kept, pdf);
}

#[test]
fn files_that_no_item_appends_are_not_known_to_any_edition() {
    let plan = Made::page_with(&size(200, 140), "0 0 9 9 re f");
    let sandbox = workspace(&[("zqxfile.pdf", marked()), ("plan.pdf", plan)], &[&["{file: plan.pdf, title: Plan}"]]);
    for (path, bytes) in build(&sandbox).files {
        assert_eq!(found(&path, &bytes), BTreeSet::new(), "{path}");
    }
}
