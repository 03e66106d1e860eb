//! What a newer program wrote is refused by every verb, before anything else is done.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha512};

use crate::sandbox::Sandbox;

const MEETING: &str = "board/2026-09-16";
/// Noon of 1 September 2026.
const NOW: i64 = 1_788_264_000;

const VERBS: [&[&str]; 11] = [
    &["archive", "list"],
    &["archive", "show", MEETING],
    &["archive", "get", MEETING, "--out", "copy"],
    &["archive", "verify"],
    &["archive", "rebuild"],
    &["archive", "retention"],
    &["archive", "release", MEETING, "note.yaml", "--reason", "words"],
    &["build"],
    &["changes", MEETING],
    &["status"],
    &["issue", MEETING, "--reason", "words"],
];

fn issued() -> Sandbox {
    let sandbox = Sandbox::base();
    let outcome = sandbox.at(NOW, &["issue", MEETING]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    sandbox
}

/// Runs every verb over the archive, each of which must refuse to go on, and changes nothing.
fn assert_all_refuse(sandbox: &Sandbox, words: &str, verbs: &[&[&str]]) {
    let before = sandbox.files("archive");
    for verb in verbs {
        let outcome = sandbox.at(NOW, verb);
        assert_eq!(outcome.code, Some(3), "{verb:?}\n{}\n{}", outcome.stdout, outcome.stderr);
        assert!(outcome.stderr.contains(words), "{verb:?}\n{}", outcome.stderr);
        assert_eq!(outcome.stdout, "", "{verb:?}");
    }
    assert!(!sandbox.path("out").exists() || sandbox.files("out") == sandbox.files("out-before"));
    assert_eq!(sandbox.files("archive"), before);
}

/// Writes other bytes into a file of the whole object, with inventories that agree with them.
fn rewrite(object: &Path, content: &str, edit: impl Fn(&str) -> String) {
    let path = object.join(content);
    let old = fs::read_to_string(&path).expect("text");
    let new = edit(&old);
    assert_ne!(new, old);
    fs::write(&path, &new).expect("written");
    let digest = |text: &str| Sha512::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    for folder in [object.to_owned(), object.join("v1")] {
        let inventory = fs::read_to_string(folder.join("inventory.json")).expect("an inventory");
        write_inventory(&folder, &inventory.replace(&digest(&old), &digest(&new)));
    }
}

fn write_inventory(folder: &Path, text: &str) {
    let digest: String = Sha512::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(folder.join("inventory.json"), text).expect("written");
    fs::write(folder.join("inventory.json.sha512"), format!("{digest} inventory.json\n")).expect("written");
}

#[test]
fn files_of_a_newer_schema_are_refused_by_every_verb() {
    // Where nothing is withheld both records are the same bytes, which are kept once.
    for (file, content) in [("issue.json", "issue.json"), ("record.json", "public/record.json")] {
        let sandbox = issued();
        let out = sandbox.path("out");
        fs::rename(&out, sandbox.path("out-before")).expect("moved");
        let object = sandbox.path("archive/whole/board.2026-09-16");
        rewrite(&object, &format!("v1/content/{content}"), |text| {
            text.replacen("\"schema_version\": 1", "\"schema_version\": 7", 1)
        });
        let words = format!("`{file}` of issue 1 of `{MEETING}` was made by a newer boardpack (schema 7; ");
        // The list reads nothing of a record.
        let verbs = if file == "issue.json" { &VERBS[..] } else { &VERBS[1..] };
        assert_all_refuse(&sandbox, &words, verbs);
    }
}

#[test]
fn findings_that_get_a_schema_one_day_are_refused() {
    let sandbox = issued();
    fs::rename(sandbox.path("out"), sandbox.path("out-before")).expect("moved");
    let object = sandbox.path("archive/whole/board.2026-09-16");
    rewrite(&object, "v1/content/findings.json", |_| "{\"schema_version\": 1, \"findings\": []}".to_owned());
    assert_all_refuse(&sandbox, "was made by a newer boardpack (schema 1; ", &VERBS[1..]);
}

#[test]
fn roots_and_objects_of_another_ocfl_are_refused_by_every_verb() {
    for (place, from, to) in [
        ("archive/whole", "0=ocfl_1.1", "0=ocfl_2.0"),
        ("archive/public", "0=ocfl_1.1", "0=ocfl_2.0"),
        ("archive/whole/board.2026-09-16", "0=ocfl_object_1.1", "0=ocfl_object_2.0"),
    ] {
        let sandbox = issued();
        fs::rename(sandbox.path("out"), sandbox.path("out-before")).expect("moved");
        fs::rename(sandbox.path(place).join(from), sandbox.path(place).join(to)).expect("renamed");
        assert_all_refuse(&sandbox, &format!("is in the format `{to}`; this boardpack knows `{from}`"), &VERBS);
    }
}

#[test]
fn an_inventory_of_another_ocfl_is_refused_by_every_verb_but_a_damaged_one_is_a_fault() {
    let sandbox = issued();
    fs::rename(sandbox.path("out"), sandbox.path("out-before")).expect("moved");
    let object = sandbox.path("archive/whole/board.2026-09-16");
    let newer =
        fs::read_to_string(object.join("inventory.json")).expect("an inventory").replace("ocfl.io/1.1", "ocfl.io/2.0");
    fs::write(object.join("inventory.json"), &newer).expect("written");
    assert_eq!(sandbox.run(&["archive", "verify"]).code, Some(4));
    write_inventory(&object, &newer);
    assert_all_refuse(&sandbox, "is in the format `https://ocfl.io/2.0/spec/#inventory`", &VERBS);
}
