//! Slips that officers make and files that leak, written by people who had not seen the rules: what the program says of
//! each is what was reviewed.
//!
//! Each case of `tests/trials/` holds `about.json`, with what is wrong and what a helpful program says, and `expected`, with
//! what the program says. `BOARDPACK_TRIALS=write cargo test --test suite trials` writes it anew, to be read before it is
//! committed.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::sandbox::{Sandbox, repository};

/// When the cases play: 25 January 2027.
const DAY: i64 = 1_800_871_200;

/// Gives the names of the cases in a folder of the repository.
fn cases(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repository(folder)).expect("the cases can be listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("a case").file_name().into_string().expect("UTF-8")).collect();
    names.retain(|name| name.starts_with(|first: char| first.is_ascii_digit()));
    names.sort();
    names
}

fn words(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.map(|one| one.as_str().expect("a command").to_owned()).collect()
}

/// Runs a command at a time, and gives what it says on standard output and how it ends.
fn said(sandbox: &Sandbox, verb: &str, at: i64) -> String {
    let mut arguments: Vec<&str> = verb.split(' ').collect();
    if matches!(arguments[0], "check" | "build" | "issue") {
        arguments.extend(["--format", "concise"]);
    }
    let outcome = sandbox.at(at, &arguments);
    outcome.assert_no_crash(verb);
    format!("$ {verb}\n{}-> {}\n", outcome.stdout, outcome.code.expect("an exit code"))
}

/// Compares what was said with what was reviewed; gives the difference.
fn compare(folder: &Path, said: &str) -> Option<String> {
    let file = folder.join("expected");
    if std::env::var_os("BOARDPACK_TRIALS").is_some_and(|value| value == "write") {
        fs::write(&file, said).expect("the file can be written");
        return None;
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    (expected != said).then(|| format!("{}:\nexpected\n{expected}\ngot\n{said}\n", folder.display()))
}

fn about(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("about.json")).expect("it is told")).expect("it is JSON")
}

#[test]
fn slips_of_officers_are_told_as_reviewed() {
    let mut wrong = String::new();
    for name in cases("tests/trials/slips") {
        let folder = repository("tests/trials/slips").join(&name);
        let about = about(&folder);
        let sandbox = Sandbox::of("tests/trials/slips/base");
        for verb in words(&about["before"]) {
            let outcome = sandbox.at(DAY, &verb.split(' ').collect::<Vec<_>>());
            assert_eq!(outcome.code, Some(0), "{name}: {}", outcome.stderr);
        }
        sandbox.add(&format!("tests/trials/slips/{name}"), "");
        for gone in words(&about["without"]) {
            let path = sandbox.path(&gone);
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("it is there");
        }
        let said: String = words(&about["verbs"]).iter().map(|verb| said(&sandbox, verb, DAY)).collect();
        if about["told"] == "nothing" {
            assert!(!said.contains("warning[") && !said.contains("error["), "{name}: {said}");
        }
        wrong.extend(compare(&folder, &said));
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn files_that_leak_are_told_as_reviewed() {
    let mut wrong = String::new();
    for name in cases("tests/trials/files") {
        let folder = repository("tests/trials/files").join(&name);
        let sandbox = Sandbox::of(&format!("tests/trials/files/{name}"));
        wrong.extend(compare(&folder, &said(&sandbox, "check", DAY)));
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
