//! The house's order: a module names only modules below it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::sandbox::repository;

/// Modules from the top down; those of one line stand side by side and do not name each other.
const FLOORS: [&[&str]; 22] = [
    &["main"],
    &["cli"],
    &["app"],
    &["site"],
    &["starting"],
    &["rules"],
    &["issue"],
    &["packs"],
    &["assemble"],
    &["typeset"],
    &["render"],
    &["compose"],
    &["check"],
    &["load"],
    &["resolve"],
    &["notice"],
    &["layouts"],
    &["model"],
    &["appended"],
    &["archive", "fonts", "memory", "pdf", "pictures"],
    &["bounded", "fs", "personal", "progress", "record", "secrets", "yaml"],
    &["finding"],
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Gives the modules that a file names by `crate::` or, in the binary, by `boardpack::`.
fn named(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // What stands behind the tests of a file may reach up.
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for root in ["crate::", "boardpack::"] {
            for (at, _) in line.match_indices(root) {
                let rest = &line[at + root.len()..];
                let name: String =
                    rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                names.insert(name);
            }
        }
    }
    names
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>, top: Option<&str>) {
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let module = top.unwrap_or(&stem).to_owned();
        if path.is_dir() {
            sources(&path, found, Some(&module));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push((module, fs::read_to_string(&path).expect("a source")));
        }
    }
}

#[test]
fn modules_name_only_those_below_them() {
    let mut found = Vec::new();
    sources(&repository("src"), &mut found, None);
    assert!(found.len() > 60, "only {} sources were found", found.len());
    let mut wrong = BTreeSet::new();
    for (module, text) in found.iter().filter(|(module, _)| module != "lib") {
        let here = floor(module).unwrap_or_else(|| panic!("`{module}` has no place in the order"));
        for name in named(text).iter().filter(|name| *name != module) {
            if floor(name).is_none_or(|there| there <= here) {
                wrong.insert(format!("{module} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that run back up: {wrong:?}");
}

#[test]
fn only_one_room_asks_what_is_written_of_a_meeting() {
    let mut found = Vec::new();
    sources(&repository("src"), &mut found, None);
    let asks = |text: &str| text.contains(".as_written");
    assert!(found.iter().any(|(module, text)| module == "resolve" && asks(text)));
    // The sources are read by `load`; `model` declares them and shows each text to whoever reads them all.
    let asking =
        found.iter().filter(|(module, text)| !["load", "model", "resolve"].contains(&module.as_str()) && asks(text));
    let asking: BTreeSet<&str> = asking.map(|(module, _)| module.as_str()).collect();
    assert!(asking.is_empty(), "ask for a meeting of `resolve` instead: {asking:?}");
}
