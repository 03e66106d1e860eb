//! What is printed, as text to be reviewed: one short pack for each kind of paper, and the page map
//! of every meeting of the sample council.

use std::fmt::Write;

use crate::sample::{self, Pack};
use crate::sandbox::Sandbox;

/// Gives the text of a pack, page by page.
fn text(pack: &Pack) -> String {
    let mut text = String::new();
    for (label, page) in pack.labels.iter().zip(&pack.pages) {
        let _ = writeln!(text, "[page {label}]\n{page}\n");
    }
    text
}

#[test]
fn each_kind_of_paper_reads_as_reviewed() {
    let sandbox = Sandbox::of("tests/cases/kinds");
    let outcome = sandbox.run(&["build"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let packs = sample::packs_of(&sandbox.files("out"));
    let names = [
        ("board/2026-01-13/public", "minutes"),
        ("board/2026-02-10/public", "briefing_note"),
        ("board/2026-03-10/public", "report"),
        ("board/2026-04-14/public", "action_plan"),
        ("board/2026-05-12/public", "work_programme"),
        ("board/2026-06-09/public", "paper"),
        ("board/2026-07-14/private", "withheld_private"),
        ("board/2026-07-14/public", "withheld_public"),
        ("board/2026-08-11/public", "cancelled"),
        ("board/2026-09-08/public", "postponed"),
    ];
    assert_eq!(packs.len(), names.len(), "each pack is reviewed");
    for (name, snapshot) in names {
        let pack = packs.iter().find(|pack| pack.name == name).unwrap_or_else(|| panic!("no pack {name}"));
        insta::assert_snapshot!(snapshot, text(pack));
    }
}

#[test]
fn the_page_maps_of_the_sample_council_are_as_reviewed() {
    let mut maps = String::new();
    for pack in sample::packs() {
        let _ = writeln!(maps, "{} ({} pages)", pack.name, pack.file["last_page"]);
        for document in pack.documents() {
            let word = |field: &str| document[field].as_str().unwrap_or("-").to_owned();
            let blank = if document["blank_after"] == true { " + blank" } else { "" };
            let pages = format!("{}-{}{blank}", document["first_page"], document["last_page"]);
            let _ = writeln!(maps, "  {pages:<15} item {:<3} {:<14} {}", word("item"), word("kind"), word("title"));
        }
    }
    insta::assert_snapshot!("page_maps", maps);
}

#[test]
fn names_of_outputs_are_as_reviewed() {
    let names: String = sample::outputs().keys().map(|path| format!("{path}\n")).collect();
    insta::assert_snapshot!("outputs", names);
}

#[test]
fn pack_files_tell_what_the_folder_holds() {
    use sha2::{Digest, Sha256};
    for pack in sample::packs() {
        let outputs = pack.file["outputs"].as_object().expect("outputs");
        let in_folder = sample::outputs().iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix(&format!("{}/", pack.name))?;
            (name != "pack.json").then_some((name, bytes))
        });
        let in_folder: Vec<_> = in_folder.collect();
        assert_eq!(in_folder.len(), outputs.len(), "{}", pack.name);
        for (name, bytes) in in_folder {
            let digest: String =
                Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
            assert_eq!(outputs[name]["sha256"], digest, "{}: {name}", pack.name);
            assert_eq!(outputs[name]["bytes"], bytes.len(), "{}: {name}", pack.name);
        }
    }
}
