//! What withheld papers protect is found in every appended file that is public, however it stands there and whatever
//! carries it; and where the finished pack holds it, nothing is written.

use std::collections::BTreeMap;

use serde_json::Value;

use super::FOLDER;
use super::made::{Made, size};
use crate::sandbox::{Outcome, Sandbox};

const FONT: &str = "/MediaBox [0 0 595 842] /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica \
     /Encoding /WinAnsiEncoding >> >> >>";
/// 29 August 2026, in seconds since 1970: in time for the meeting.
const IN_TIME: i64 = 1_788_000_000;
const WORDS: &str = "BT /F 12 Tf 72 700 Td (A letter about the surgery, long enough to be one.) Tj ET";

/// Makes a page that shows plain words and this besides.
fn page(content: &str) -> Vec<u8> {
    Made::page_with(FONT, &format!("{WORDS} {content}"))
}

/// Makes a file of one page with plain words, whose page and catalog have further entries.
fn carrying(make: impl FnOnce(&mut Made) -> String) -> Vec<u8> {
    let mut made = Made::default();
    let entries = make(&mut made);
    made.page(&format!("{FONT} {entries}"), &format!("/P << /MCID 0 >> BDC {WORDS} EMC"));
    made.bytes()
}

/// Makes a tagged file whose paragraph has this entry.
fn tagged(entry: &str) -> Vec<u8> {
    carrying(|made| {
        let root = made.next();
        made.add(format!("<< /Type /StructTreeRoot /K {0} 0 R /ParentTree << /Nums [0 [{0} 0 R]] >> >>", root + 1));
        // The page comes behind its content.
        made.add(format!("<< /Type /StructElem /S /P /P {root} 0 R /Pg {} 0 R /K 0 {entry} >>", root + 3));
        made.catalog = format!("/StructTreeRoot {root} 0 R /MarkInfo << /Marked true >> /Lang (en-GB)");
        "/StructParents 0".to_owned()
    })
}

/// Gives a workspace with these files behind a public item, and a private paper that protects two things.
fn guarded(files: &[(&str, Vec<u8>)]) -> Sandbox {
    let sandbox = Sandbox::base();
    for (name, bytes) in files {
        sandbox.write(&format!("{FOLDER}/{name}"), bytes);
    }
    let papers: String = files
        .iter()
        .map(|(name, _)| format!("      - {{file: {name}, title: Letter, description: A letter}}\n"))
        .collect();
    sandbox.write(
        &format!("{FOLDER}/agenda.yaml"),
        format!(
            "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - title: Access to dentists\n    papers:\n      - note.yaml\n\
             {papers}  - title: Exclusion of the press and public\n    text: From [](#sale) (paragraph 3).\n\
             private:\n  - title: A sale\n    label: sale\n    papers: [sale.yaml]\n"
        ),
    );
    sandbox.write(
        &format!("{FOLDER}/sale.yaml"),
        "kind: paper\ntitle: A sale to Thistlebrook Homes\nwithheld:\n  paragraphs: [3]\n  decided_by: director\n  \
         public_interest: It would harm the price.\n  secrets: [Thistlebrook Homes, '£1,420,000']\ntext: |\n  \
         Thistlebrook Homes offers £1,420,000.\n",
    );
    sandbox
}

/// Gives the messages of a code, each by what stands in its first pair of backticks.
fn told(outcome: &Outcome, code: &str) -> BTreeMap<String, String> {
    let document: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let findings = document["findings"].as_array().expect("findings").iter().filter(|one| one["code"] == code);
    let message = |finding: &Value| finding["message"].as_str().expect("a message").to_owned();
    findings.map(|one| (message(one).split('`').nth(1).unwrap_or_default().to_owned(), message(one))).collect()
}

/// Gives where each file says what is protected: the words in the brackets at the end of its message.
fn places(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let outcome = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    let place = |message: &str| message.rsplit_once('(').expect("a place").1.trim_end_matches(')').to_owned();
    told(&outcome, "N0036").into_iter().map(|(name, message)| (name, place(&message))).collect()
}

/// Holds what was found against what was expected; nothing else may be found.
fn expect(files: Vec<(&str, &str, Vec<u8>)>) {
    let expected: BTreeMap<String, String> = files
        .iter()
        .filter(|(_, place, _)| !place.is_empty())
        .map(|(name, place, _)| (name.to_string(), place.to_string()))
        .collect();
    let files: Vec<(&str, Vec<u8>)> = files.into_iter().map(|(name, _, bytes)| (name, bytes)).collect();
    assert_eq!(places(&guarded(&files)), expected);
}

#[test]
fn words_are_found_however_they_stand_on_a_page() {
    let text = |at: &str, words: &str| format!("BT /F 12 Tf {at} Td ({words}) Tj ET");
    let letters = |step: f64, words: &str| -> String {
        let at = |(place, letter): (usize, char)| {
            let x = 72.0 + step * f64::from(u32::try_from(place).expect("few"));
            format!("BT /F 12 Tf {x} 600 Td ({letter}) Tj ET ")
        };
        words.chars().enumerate().map(at).collect()
    };
    let backwards: Vec<String> = letters(8.0, "Thistlebrook Homes").split_inclusive("ET ").map(str::to_owned).collect();
    let mut overleaf = Made::default();
    overleaf.page(FONT, &format!("{WORDS} {} {}", text("72 90", "by Thistlebrook"), text("280 30", "Page 1 of 2")));
    overleaf.page(FONT, &format!("{} {}", text("72 790", "The council"), text("72 700", "Homes, and all was read.")));
    let column = |x: u32, lines: [&str; 3], y: usize| text(&format!("{x} {}", 600 - 14 * y), lines[y]);
    let left = ["An offer came from", "Thistlebrook", "Homes in May"];
    let right = ["Another column says", "other things and is", "of no use to us"];
    let columns: String = (0..3).map(|y| format!("{} {} ", column(72, left, y), column(320, right, y))).collect();
    expect(vec![
        ("plain.pdf", "page 1", page(&text("72 600", "THISTLEBROOK HOMES"))),
        ("kerned.pdf", "page 1", page("BT /F 12 Tf 72 600 Td [(Th) 20 (istleb) -15 (rook) -300 (Homes)] TJ ET")),
        ("broken.pdf", "page 1", page(&format!("{} {}", text("72 600", "Thistle-"), text("72 586", "brook Homes")))),
        ("cell.pdf", "page 1", page(&format!("{} {}", text("72 600", "Thistleb"), text("72 586", "rook Homes")))),
        ("spaced.pdf", "page 1", page(&letters(14.0, "Thistlebrook Homes"))),
        ("backwards.pdf", "page 1", page(&backwards.into_iter().rev().collect::<String>())),
        ("columns.pdf", "page 1", page(&columns)),
        ("overleaf.pdf", "page 1", overleaf.bytes()),
        ("white.pdf", "page 1", page(&format!("1 g {}", text("72 600", "Thistlebrook Homes")))),
        ("unpainted.pdf", "page 1", page(&format!("3 Tr {}", text("72 600", "Thistlebrook Homes")))),
        ("covered.pdf", "page 1", page(&format!("{} 70 595 200 18 re f", text("72 600", "Thistlebrook Homes")))),
        ("clipped.pdf", "page 1", page(&format!("0 0 9 9 re W n {}", text("72 600", "Thistlebrook Homes")))),
        ("outside.pdf", "page 1", page(&text("-400 600", "Thistlebrook Homes"))),
        ("price.pdf", "page 1", page(&text("72 600", "1 420 000"))),
        ("other.pdf", "", page(&text("72 600", "Thistlebrook Homestead, 11,420,000 and 1,420,000.50"))),
    ]);
}

#[test]
fn words_are_found_in_whatever_a_file_carries_into_the_pack() {
    let link = |entries: &str| format!("/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 20 20] {entries} >>]");
    let look = "<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Length 0 >>\nstream\n\nendstream";
    expect(vec![
        // Comments do not come into the pack.
        ("comment.pdf", "", page("\n% Thistlebrook Homes\nq Q")),
        ("alternative.pdf", "in words for screen readers and for copying, page 1", tagged("/Alt (Thistlebrook Homes)")),
        (
            "spoken.pdf",
            "in words for screen readers and for copying, page 1",
            tagged("/ActualText (Thistlebrook Homes)"),
        ),
        (
            "wide.pdf",
            "in words for screen readers and for copying, page 1",
            tagged(
                "/E <FEFF0054006800690073\
            0074006C006500620072006F006F006B00A00048006F006D00650073>",
            ),
        ),
        ("language.pdf", "", tagged("/Nothing (Thistlebrook Homes)")),
        (
            "address.pdf",
            "in words for screen readers and for copying, page 1; in the address of a link, page 1",
            carrying(|_| link("/A << /S /URI /URI (https://www.example.org/thistlebrook%20homes) >>")),
        ),
        (
            "bookmark.pdf",
            "in a bookmark, page 1",
            carrying(|made| {
                let outline = made.next();
                made.add(format!("<< /Type /Outlines /First {0} 0 R /Last {0} 0 R /Count 1 >>", outline + 1));
                // The page comes behind its content.
                made.add(format!(
                    "<< /Title (Thistlebrook Homes) /Parent {outline} 0 R /Dest [{} 0 R /Fit] >>",
                    outline + 3
                ));
                made.catalog = format!("/Outlines {outline} 0 R");
                String::new()
            }),
        ),
        // What is left out of the pack is no secret that is told.
        (
            "left-out.pdf",
            "",
            carrying(|made| {
                let look = made.add(look);
                let information = made.add("<< /Title (Thistlebrook Homes) /Author (Thistlebrook Homes) >>");
                made.trailer = format!("/Info {information} 0 R");
                format!(
                    "/PieceInfo << /A (Thistlebrook Homes) >> /Annots [<< /Type /Annot /Subtype /Widget /FT /Tx \
                     /T (Thistlebrook Homes) /Rect [60 60 80 80] /AP << /N {look} 0 R >> >>]"
                )
            }),
        ),
    ]);
}

#[test]
fn a_draft_that_holds_a_secret_is_not_written() {
    let letter = page("BT /F 12 Tf 72 600 Td (Thistlebrook Homes) Tj ET");
    let sandbox = guarded(&[("letter.pdf", letter)]);
    let built = sandbox.run(&["build", "--format", "json"]);
    assert_eq!(built.code, Some(1));
    assert!(told(&built, "N0036").contains_key("letter.pdf"), "{}", built.stdout);
    assert!(!sandbox.path("out").exists());
    sandbox.edit(&format!("{FOLDER}/sale.yaml"), "secrets: [Thistlebrook Homes, ", "secrets: [");
    sandbox.succeed(&["build"]);
}

#[test]
fn a_note_that_tells_a_secret_stops_a_draft_too() {
    let sandbox = guarded(&[]);
    sandbox.succeed(&["build"]);
    let before = sandbox.files("out");
    sandbox.edit(&format!("{FOLDER}/note.yaml"), "new patients.", "new patients of ~~Thistlebrook~~ **Homes**.");
    let built = sandbox.run(&["build", "--format", "json"]);
    assert_eq!((built.code, told(&built, "N0036").len()), (Some(1), 1), "{}", built.stdout);
    assert!(sandbox.files("out") == before, "the last draft is as it was");
}

#[test]
fn what_no_rule_reads_is_found_in_the_finished_pack() {
    let sandbox = guarded(&[]);
    sandbox.edit("content/people.yaml", "Dana Harrow", "Dana Thistlebrook Homes");
    let found = told(&sandbox.run(&["build", "--format", "json"]), "N0036");
    let [(_, message)] = &found.into_iter().collect::<Vec<_>>()[..] else { panic!("one finding") };
    assert!(message.starts_with("the front sheet says `Thistlebrook Homes`"), "{message}");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn a_withheld_file_may_say_it() {
    let letter = page("BT /F 12 Tf 72 600 Td (Thistlebrook Homes) Tj ET");
    let sandbox = guarded(&[("letter.pdf", letter)]);
    sandbox.edit(
        &format!("{FOLDER}/agenda.yaml"),
        "description: A letter}",
        "description: A letter, withheld: {paragraphs: [3], decided_by: director}}",
    );
    sandbox.succeed(&["build"]);
}

#[test]
fn a_secret_of_one_meeting_is_kept_at_all_others() {
    let sandbox = guarded(&[]);
    let folder = "content/bodies/board/2026-10-07";
    sandbox.write(&format!("{folder}/letter.pdf"), page("BT /F 12 Tf 72 600 Td (Thistlebrook Homes) Tj ET"));
    sandbox.write(
        &format!("{folder}/agenda.yaml"),
        "kind: agenda\nmeeting: 2026-10-07 10:30\npublic:\n  - title: A letter\n    papers: [{file: letter.pdf, title: Letter}]\n",
    );
    let arguments = ["issue", "board/2026-10-07", "--format", "json"];
    let issued = sandbox.at(IN_TIME, &arguments);
    assert_eq!(issued.code, Some(1), "{}", issued.stderr);
    assert!(told(&issued, "N0036").contains_key("letter.pdf"), "{}", issued.stdout);
    assert!(!sandbox.path("archive").exists() && !sandbox.path("out").exists());
}

#[test]
fn a_reason_for_everybody_says_no_secret() {
    let sandbox = guarded(&[]);
    let issue = |later: i64, arguments: &[&str]| {
        sandbox.at(IN_TIME + later, &[&["issue", "board/2026-09-16"], arguments].concat())
    };
    let first = issue(0, &[]);
    assert_eq!(first.code, Some(0), "{}{}", first.stdout, first.stderr);
    sandbox.edit(&format!("{FOLDER}/note.yaml"), "new patients.", "new patients at all.");
    let outcome = issue(1, &["--reason", "The bid of THISTLEBROOK HOMES came"]);
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert_eq!(issue(2, &["--reason", "A bid came"]).code, Some(0));
}

#[test]
fn what_would_change_is_not_told_while_it_holds_a_secret() {
    let sandbox = guarded(&[("letter.pdf", page(""))]);
    assert_eq!(sandbox.at(IN_TIME, &["issue", "board/2026-09-16"]).code, Some(0));
    sandbox.write(&format!("{FOLDER}/letter.pdf"), page("BT /F 12 Tf 72 600 Td (Thistlebrook Homes) Tj ET"));
    let sheets = ["changes", "board/2026-09-16", "--public", "--sheets", "sheets.pdf", "--format", "json"];
    let outcome = sandbox.at(IN_TIME + 1, &sheets);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("N0036"), "{}", outcome.stdout);
    assert!(!sandbox.path("sheets.pdf").exists());
}

#[test]
fn pages_that_nobody_can_search_are_named_while_there_are_secrets() {
    let scan = Made::page_with(&size(200, 140), "0 0 1 rg 0 0 150 99 re f");
    let odd = Made::page_with(
        "/MediaBox [0 0 595 842] /Resources << /Font << /F << /Type /Font /Subtype /Type0 /BaseFont /Odd \
         /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /DW 600 >>] >> >> >>",
        "BT /F 12 Tf 72 700 Td <0001000200030004> Tj ET",
    );
    let blank = Made::page_with(&size(200, 140), "");
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99'><text y='20'>Words</text></svg>";
    let files = [
        ("scan.pdf", scan),
        ("odd.pdf", odd),
        ("blank.pdf", blank),
        ("words.pdf", page("")),
        ("words.svg", drawing.to_vec()),
    ];
    let sandbox = guarded(&files);
    let unread = |sandbox: &Sandbox| told(&sandbox.run(&["check", "--format", "json"]), "A0040");
    let found = unread(&sandbox);
    assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["odd.pdf", "scan.pdf"], "{found:?}");
    assert_eq!(found["scan.pdf"], "`scan.pdf` cannot be searched for secrets (page 1)");
    sandbox.edit(&format!("{FOLDER}/sale.yaml"), "  secrets: [Thistlebrook Homes, '£1,420,000']\n", "");
    assert_eq!(unread(&sandbox), BTreeMap::new());
}

#[test]
fn words_of_drawings_are_read() {
    let drawing =
        b"<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99'><text y='20'>Thistle<tspan>brook</tspan> \
        Homes</text></svg>";
    let sandbox = guarded(&[("drawing.svg", drawing.to_vec())]);
    sandbox.write(&format!("{FOLDER}/inside.svg"), drawing);
    sandbox.edit(&format!("{FOLDER}/note.yaml"), "new patients.", "new patients.\n\n  ![A drawing](inside.svg)");
    let found = told(&sandbox.run(&["check", "--format", "json"]), "N0036");
    assert_eq!(
        found.keys().map(String::as_str).collect::<Vec<_>>(),
        ["Thistlebrook Homes", "drawing.svg"],
        "{found:?}"
    );
}
