//! Public papers as data, as issues keep them for whatever reads them later.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

/// Issues a meeting of a case and gives the public files of the issue, by path below `public/`.
fn issued(sandbox: &Sandbox, meeting: &str, time: i64) -> BTreeMap<String, Vec<u8>> {
    let outcome = sandbox.at(time, &["issue", meeting]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let files = sandbox.files("archive/public");
    let below = |path: &str| path.split_once("/content/").map(|(_, path)| path.to_owned());
    files.into_iter().filter_map(|(path, bytes)| Some((below(&path)?, bytes))).collect()
}

/// Collects the words of rich text: strings in lists, outside of what is not printed.
fn words(value: &Value, is_text: bool, all: &mut Vec<String>) {
    match value {
        Value::String(text) if is_text => all.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| words(value, is_text, all)),
        Value::Object(fields) => {
            let is_call = fields.contains_key("is");
            for (name, value) in fields {
                let is_printed =
                    if is_call { name == "text" || name == "rows" || name == "header" } else { value.is_array() };
                words(value, is_printed, all);
            }
        }
        _ => {}
    }
}

#[test]
fn every_public_paper_is_kept_as_data_that_says_what_is_printed() {
    // Noon of the day of issue of each meeting.
    let meetings =
        [("01-13", 1_767_614_400), ("02-10", 1_770_033_600), ("03-10", 1_772_452_800), ("04-14", 1_775_476_800)];
    let meetings = meetings.into_iter().chain([("05-12", 1_777_896_000), ("06-09", 1_780_315_200)]);
    for (day, time) in meetings {
        let files = issued(&Sandbox::of("tests/cases/kinds"), &format!("board/2026-{day}"), time);
        assert_says_what_is_printed(&files);
    }
}

fn assert_says_what_is_printed(files: &BTreeMap<String, Vec<u8>>) {
    let papers: Vec<&String> = files.keys().filter(|path| path.contains("papers/")).collect();
    assert!(papers.len() > 1, "{papers:?}");
    for path in papers {
        let model = path.replace("papers/", "models/").replace(".pdf", ".json");
        let model = files.get(&model).unwrap_or_else(|| panic!("{path} has no {model}"));
        let model: Value = serde_json::from_slice(model).expect("JSON");
        assert_eq!(model["schema_version"], 1);
        assert!(path.ends_with(model["file"].as_str().expect("its file")), "{path}");
        let printed = Pdf::read(&files[path]).squeezed();
        let mut all = Vec::new();
        words(&model["paper"], false, &mut all);
        for words in all.iter().flat_map(|words| words.split_whitespace()) {
            assert!(printed.contains(words), "{path} does not print “{words}”");
        }
    }
}

#[test]
fn nothing_that_is_withheld_is_kept_as_public_data() {
    let sandbox = crate::leaks::workspace();
    // Nothing is published while this, which looks like a placeholder, stands in it.
    let report = "content/bodies/cabinet/2026-09-16/report.yaml";
    sandbox.write(report, sandbox.read(report).replace("{number=9.9}", ""));
    let files = issued(&sandbox, "cabinet/2026-09-16", 1_788_868_800);
    assert!(files.keys().any(|path| path.contains("models/")), "{:?}", files.keys());
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).to_uppercase();
        assert!(!text.contains("ZQX") && !text.contains("ZQN"), "{path}");
    }
}
