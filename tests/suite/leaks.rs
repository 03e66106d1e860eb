//! Nothing of a withheld paper is in the public edition: not in print, not in metadata, not in the
//! pack file, not in names of files, fonts or bookmarks, not even in the bytes.
//!
//! `tests/cases/withheld/` holds every kind of paper as a withheld one, with a mark in every field:
//! `ZQX@` where the field is printed, `ZQN@` where it is not. Each `@` becomes a number of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;

use lopdf::{Document, Object, Stream, dictionary};

use crate::pdf::Pdf;
use crate::sample::{Pack, packs_of};
use crate::sandbox::Sandbox;

/// Sources whose every word is withheld, by their path below content/.
const WITHHELD: [&str; 8] = [
    "bodies/cabinet/2026-07-15/minutes.yaml",
    "bodies/cabinet/2026-09-16/paper.yaml",
    "bodies/cabinet/2026-09-16/plan.yaml",
    "bodies/cabinet/2026-09-16/programme.yaml",
    "bodies/cabinet/2026-09-16/report.yaml",
    "bodies/cabinet/2026-09-16/zqn9001-note.yaml",
    "bodies/cabinet/2026-09-16/zqn9004-drawing.svg",
    "bodies/cabinet/ledger-private.yaml",
];

/// What was built, with the marks that were planted.
struct Built {
    outputs: BTreeMap<String, Vec<u8>>,
    printed: BTreeSet<String>,
    hidden: BTreeSet<String>,
}

/// Puts numbers behind the marks of a text: 0001, 0002 and so on.
fn numbered(text: &str, next: &mut usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let before = &rest[..at];
        out.push_str(before);
        if ["ZQX", "ZQN", "zqx", "zqn"].iter().any(|mark| before.ends_with(mark)) {
            *next += 1;
            let _ = write!(out, "{next:04}");
        } else {
            out.push('@');
        }
        rest = &rest[at + 1..];
    }
    out + rest
}

/// Gives the marks of a text, in capitals.
fn marks(text: &str, word: &str) -> impl Iterator<Item = String> {
    let text = text.to_uppercase();
    let found: Vec<String> =
        text.match_indices(word).map(|(at, _)| text.get(at..at + 7).unwrap_or("").to_owned()).collect();
    found.into_iter().filter(|mark| mark.len() == 7 && mark[3..].bytes().all(|byte| byte.is_ascii_digit()))
}

/// Builds the workspace; `edit` changes each source that is withheld once the marks stand in it.
fn build(edit: impl Fn(String) -> String) -> Built {
    let (sandbox, mut built) = planted(edit);
    let outcome = sandbox.run(&["build", "--deny-warnings"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    built.outputs = sandbox.files("out");
    built
}

/// Gives the workspace with the marks.
pub fn workspace() -> Sandbox {
    planted(|text| text).0
}

fn planted(edit: impl Fn(String) -> String) -> (Sandbox, Built) {
    let sandbox = Sandbox::of("tests/cases/withheld");
    let mut built = Built { outputs: BTreeMap::new(), printed: BTreeSet::new(), hidden: BTreeSet::new() };
    let mut next = 0;
    for path in WITHHELD.iter().chain(&["people.yaml"]) {
        let path = format!("content/{path}");
        let text = edit(numbered(&sandbox.read(&path), &mut next));
        built.printed.extend(marks(&text, "ZQX").chain(marks(&text, "ZQY")));
        built.hidden.extend(marks(&text, "ZQN"));
        built.hidden.extend(marks(&path, "ZQN"));
        sandbox.write(&path, text);
    }
    sandbox.write("content/bodies/cabinet/2026-09-16/zqn9005-dot.png", dot());
    built.hidden.insert("ZQN9005".into());
    (sandbox, built)
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| build(|text| text))
}

/// Makes a PNG of one pixel with a mark in its comment.
fn dot() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let body = [kind, data].concat();
        [&u32::try_from(data.len()).expect("short").to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
    };
    // One grey pixel in a zlib stream that stores it as it is.
    let pixels = [0x78, 0x01, 0x01, 0x02, 0x00, 0xfd, 0xff, 0x00, 0x80, 0x00, 0x82, 0x00, 0x81];
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        &chunk(b"tEXt", b"Comment\0ZQN9005"),
        &chunk(b"IDAT", &pixels),
        &chunk(b"IEND", &[]),
    ]
    .concat()
}

/// Gives the checksum of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// Gives all that can be read in a file: its bytes, and for a PDF also its parts and its words.
pub fn readable(bytes: &[u8], path: &str) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec()];
    if path.ends_with(".pdf") {
        let pdf = Pdf::read(bytes);
        all.push(pdf.squeezed().into_bytes());
        all.extend(pdf.pages().into_iter().map(String::into_bytes));
        all.extend(pdf.everything());
    }
    all
}

/// Gives the marks that stand in any of these pieces, in any case, as bytes or as UTF-16.
fn found(pieces: &[Vec<u8>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in pieces {
        let narrow: Vec<u8> = piece.iter().copied().filter(|byte| *byte != 0).collect();
        for text in [String::from_utf8_lossy(piece), String::from_utf8_lossy(&narrow)] {
            for word in ["ZQX", "ZQY", "ZQN"] {
                found.extend(marks(&text, word));
            }
        }
    }
    found
}

fn pack(edition: &str) -> Pack {
    let all = packs_of(&built().outputs);
    all.into_iter().find(|pack| pack.name.ends_with(edition)).expect("there is such an edition")
}

#[test]
fn the_workspace_plants_marks_in_every_kind_of_paper() {
    let built = built();
    assert!(built.printed.len() > 120, "{} printed marks", built.printed.len());
    assert!(built.hidden.len() > 15, "{} hidden marks", built.hidden.len());
    let kinds: BTreeSet<String> = pack("/private").documents().map(|document| document["kind"].to_string()).collect();
    for kind in ["minutes", "report", "briefing-note", "action-plan", "work-programme", "ledger", "paper"] {
        assert!(kinds.contains(&format!("\"{kind}\"")), "{kinds:?}");
    }
}

#[test]
fn the_private_edition_prints_every_mark() {
    let private = Pdf::read(&pack("/private").bytes);
    let mut pieces = vec![private.squeezed().into_bytes()];
    // Alternative texts and addresses of links are not on the page but beside it.
    pieces.extend(private.everything());
    let found = found(&pieces);
    let missing: Vec<&String> = built().printed.difference(&found).collect();
    assert!(missing.is_empty(), "not in the private edition: {missing:?}");
}

#[test]
fn nothing_below_the_public_folder_holds_a_mark() {
    let public: Vec<_> = built().outputs.iter().filter(|(path, _)| path.contains("/public/")).collect();
    assert!(public.len() >= 5, "{} public files", public.len());
    for (path, bytes) in public {
        let mut pieces = readable(bytes, path);
        pieces.push(path.clone().into_bytes());
        let leaked = found(&pieces);
        assert!(leaked.is_empty(), "{path} holds {leaked:?}");
    }
}

#[test]
fn the_search_finds_marks_however_they_are_written() {
    let utf16: Vec<u8> =
        [0xfe, 0xff].into_iter().chain("A ZQX0001".encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let mut document = Document::with_version("1.7");
    let mut stream = Stream::new(dictionary! { "Note" => Object::string_literal("zqx0002") }, b"(ZQX0003)".repeat(20));
    stream.compress().expect("it can be compressed");
    let stream = document.add_object(stream);
    let pages = document.add_object(dictionary! { "Type" => "Pages", "Kids" => Vec::<Object>::new(), "Count" => 0 });
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "Other" => stream,
        "Hidden" => vec![Object::String(utf16, lopdf::StringFormat::Hexadecimal)],
        "Zqx0004" => Object::Name(b"ZQX0005".to_vec()),
    });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it can be written");
    let expected = ["ZQX0001", "ZQX0002", "ZQX0003", "ZQX0004", "ZQX0005"].map(str::to_owned);
    assert_eq!(found(&readable(&bytes, "a.pdf")), BTreeSet::from(expected));
}

#[test]
fn the_public_pack_file_knows_no_hash_of_any_source_nor_the_path_of_a_withheld_one() {
    let (public, private) = (pack("/public"), pack("/private"));
    let inputs = private.file["inputs"].as_object().expect("inputs");
    assert!(WITHHELD.iter().all(|path| inputs.contains_key(&format!("content/{path}"))), "{:?}", inputs.keys());
    let text = public.file.to_string();
    for (path, hash) in inputs {
        assert!(!text.contains(hash.as_str().expect("a hash")), "{path}");
        assert!(!WITHHELD.iter().any(|withheld| path.ends_with(withheld)) || !text.contains(path.as_str()), "{path}");
    }
    assert!(public.file["findings"].is_null() && public.file["inputs"].is_null(), "{text}");
    for document in public.documents().filter(|document| document["withheld"] == true) {
        for field in ["title", "file", "source"] {
            assert!(document[field].is_null(), "{field} of {document}");
        }
    }
    assert!(public.documents().any(|document| document["withheld"] == true));
}

#[test]
fn fonts_of_withheld_papers_are_not_in_the_public_edition() {
    let tamil = |pack: &Pack| Pdf::read(&pack.bytes).fonts().iter().any(|font| font.contains("Tamil"));
    assert!(tamil(&pack("/private")), "the withheld note holds Tamil");
    assert!(!tamil(&pack("/public")), "the public edition has a font that only a withheld paper needs");
}

#[test]
fn other_words_in_withheld_papers_change_no_byte_of_the_public_edition() {
    let other = build(|text| text.replace("ZQX", "ZQY").replace("zqx", "zqy").replace("தமிழ்", "தமழ்"));
    let public = |built: &Built| -> BTreeMap<String, Vec<u8>> {
        built
            .outputs
            .iter()
            .filter(|(path, _)| path.contains("/public/"))
            .map(|(p, b)| (p.clone(), b.clone()))
            .collect()
    };
    let pages = |built: &Built| packs_of(&built.outputs).into_iter().map(|pack| pack.labels).collect::<Vec<_>>();
    assert_eq!(pages(built()), pages(&other), "the papers are as long as before");
    let (one, two) = (public(built()), public(&other));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(*bytes == two[path], "{path} depends on withheld words");
    }
}

#[test]
fn files_that_no_agenda_names_are_not_known_to_the_public() {
    let sandbox = Sandbox::base();
    let folder = "content/bodies/board/2026-09-16";
    let draft = "kind: paper\ntitle: ZQX-draft\ntext: ZQX-draft\n";
    sandbox.write(&format!("{folder}/zqx-letter.docx"), "ZQX");
    sandbox.write(&format!("{folder}/zqx-letter.txt"), "ZQX");
    sandbox.write(&format!("{folder}/zqx-draft.yaml"), draft);
    sandbox.write("content/bodies/board/zqx-draft.yaml", draft);
    sandbox.write("content/zqx-draft.yaml", draft);
    sandbox.write("content/bodies/board/2026-10-07/zqx-broken.yaml", "kind: paper\ntitle: ZQX: a\n");
    let outcome = sandbox.run(&["build", "board/2026-09-16"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("zqx-letter.txt"), "the officer is told: {}", outcome.stderr);
    let outputs = sandbox.files("out");
    assert!(outputs.keys().any(|path| path.ends_with("public/pack.json")));
    for (path, bytes) in outputs {
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        assert!(!path.contains("zqx") && !text.contains("zqx"), "{path} knows of a file that is in no pack");
    }
}
