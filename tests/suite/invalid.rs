//! Every finding code: `tests/invalid/CODE/` is laid over `tests/invalid/base/` and gives the lines
//! that the comments `expect:` at the head of its files say, no more and no fewer.
//!
//! Further comments: `link: PATH -> AIM` makes a symbolic link; `pipe: PATH` makes a named pipe; `run: build` in place of `check`;
//! `without: PATH` removes a file of the base; `repeat N times for @@: "words"` writes words so often
//! in the place of @@, with the count in the place of `@n`; `converted: PATH as PDF` keeps a PDF where
//! the program keeps what was made of an office document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use boardpack::appended::office::Office;

use crate::sandbox::{Outcome, Sandbox, repository};

/// Codes that no source can raise, with the reason.
const NOT_RAISED: [(&str, &str); 4] = [
    ("A0023", "a cleaned file always fits into the pack, unless the program itself is at fault"),
    ("F0015", "it depends on the memory of the machine; `hostile::memory` raises it"),
    ("M0033", "something must have been issued and taken back: see `withhold.rs`"),
    ("M0034", "something must have been issued and taken back: see `withhold.rs`"),
];

/// What the comments of a case say.
#[derive(Default)]
struct Case {
    expected: BTreeSet<String>,
    build: bool,
}

/// Gives the folders of all cases, named `CODE` or `CODE-what`.
fn cases() -> Vec<String> {
    let entries = fs::read_dir(repository("tests/invalid")).expect("the cases can be listed");
    let mut cases: Vec<String> =
        entries.map(|entry| entry.expect("a case").file_name().into_string().expect("UTF-8")).collect();
    cases.retain(|name| name != "base");
    cases.sort();
    cases
}

fn code_of(case: &str) -> &str {
    case.split('-').next().expect("a first part")
}

/// Gives the workspace of a case.
pub fn workspace(name: &str) -> Sandbox {
    prepare(name).0
}

/// Lays a case over the base workspace and does what its comments say.
fn prepare(name: &str) -> (Sandbox, Case) {
    let sandbox = Sandbox::base();
    let folder = format!("tests/invalid/{name}");
    sandbox.add(&folder, "");
    let mut case = Case::default();
    for (path, bytes) in crate::sandbox::files(&repository(&folder)) {
        let text = String::from_utf8_lossy(&bytes);
        let comments = text.lines().map_while(|line| {
            line.strip_prefix("# ").or_else(|| line.strip_prefix("// ")).or_else(|| line.strip_prefix("{# "))
        });
        for comment in comments.map(|comment| comment.trim_end_matches(" #}")) {
            match comment.split_once(": ") {
                Some(("expect", line)) => drop(case.expected.insert(line.to_owned())),
                Some(("run", verb)) => case.build = verb == "build",
                Some(("link", link)) => {
                    let (at, aim) = link.split_once(" -> ").expect("where it leads");
                    crate::sandbox::link(Path::new(aim), &sandbox.path(at));
                }
                Some(("pipe", path)) => crate::sandbox::pipe(&sandbox.path(path)),
                Some(("converted", made)) => keep_converted(&sandbox, made),
                Some(("without", gone)) => fs::remove_file(sandbox.path(gone)).expect("the base has the file"),
                Some((repeat, words)) if repeat.starts_with("repeat ") => {
                    let count = repeat.split(' ').nth(1).and_then(|count| count.parse().ok()).expect("how often");
                    let words = words.trim_matches('"').replace("\\n", "\n");
                    let (head, rest) = text.split_once("\n@@").map_or_else(
                        || text.rsplit_once("@@").expect("the place"),
                        |(head, rest)| (&text[..=head.len()], rest),
                    );
                    let all: String = (1..=count).map(|n: usize| words.replace("@n", &n.to_string())).collect();
                    sandbox.write(&path, format!("{head}{all}{rest}"));
                }
                _ => {}
            }
        }
    }
    (sandbox, case)
}

/// Moves a PDF to where the program keeps what was made of an office document.
fn keep_converted(sandbox: &Sandbox, made: &str) {
    let (document, pdf) = made.split_once(" as ").expect("what it was made into");
    let bytes = fs::read(sandbox.path(document)).expect("the document is there");
    let kept = Office::new(sandbox.root(), None).kept_at(document, &bytes).expect("it is an office document");
    sandbox.write(&kept, fs::read(sandbox.path(pdf)).expect("the PDF is there"));
    fs::remove_file(sandbox.path(pdf)).expect("the PDF is there");
}

fn run(sandbox: &Sandbox, case: &Case, format: &str) -> Outcome {
    let verb = if case.build { "build" } else { "check" };
    sandbox.run(&[verb, "--format", format])
}

#[test]
fn each_case_gives_exactly_the_lines_that_it_expects() {
    let mut wrong = String::new();
    for name in cases() {
        let (sandbox, case) = prepare(&name);
        let code = code_of(&name);
        let outcome = run(&sandbox, &case, "concise");
        outcome.assert_no_crash(&name);
        assert!(
            case.expected.iter().any(|line| line.contains(&format!("[{code}]"))),
            "{name}: the case does not expect its code"
        );
        let found: BTreeSet<String> =
            outcome.stdout.lines().filter(|line| !line.contains(" -> ")).map(str::to_owned).collect();
        for line in case.expected.difference(&found) {
            wrong += &format!("{name}: expected  {line}\n");
        }
        for line in found.difference(&case.expected) {
            wrong += &format!("{name}: got       {line}\n");
        }
        let errors = case.expected.iter().any(|line| line.contains("error["));
        if outcome.code != Some(i32::from(errors)) {
            wrong += &format!("{name}: exit code {:?}\n{}\n", outcome.code, outcome.stderr);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_code_has_a_case_and_every_case_a_code() {
    let outcome = Sandbox::empty().succeed(&["explain"]);
    let known: BTreeSet<String> = outcome
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("   ")?.split(' ').next())
        .map(str::to_owned)
        .collect();
    assert!(known.len() > 100, "{known:?}");
    let cases: BTreeSet<String> = cases().iter().map(|case| code_of(case).to_owned()).collect();
    let exceptions: BTreeSet<String> = NOT_RAISED.iter().map(|(code, _)| (*code).to_owned()).collect();
    let without: Vec<&String> =
        known.iter().filter(|code| !cases.contains(*code) && !exceptions.contains(*code)).collect();
    assert!(without.is_empty(), "codes without a case: {without:?}");
    let unknown: Vec<&String> = cases.difference(&known).collect();
    assert!(unknown.is_empty(), "cases without a code: {unknown:?}");
    let raised: Vec<&String> = exceptions.intersection(&cases).collect();
    assert!(raised.is_empty(), "exceptions that have a case: {raised:?}");
}

#[test]
fn every_finding_helps_in_words_that_people_use() {
    let mut wrong = String::new();
    for code in cases() {
        let (sandbox, case) = prepare(&code);
        let outcome = run(&sandbox, &case, "json");
        let document: serde_json::Value =
            serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{code}: {error}"));
        for finding in document["findings"].as_array().expect("a list") {
            let message = finding["message"].as_str().expect("a message");
            let help = finding["help"].as_str().unwrap_or_default();
            let mut complain = |what: &str| wrong += &format!("{code}: {what}: {message} (help: {help})\n");
            if help.is_empty() {
                complain("no help");
            }
            if message.ends_with('.') || help.ends_with('.') {
                complain("ends with a full stop");
            }
            if message.contains("Some(") || message.contains("Err(") || message.contains("{ ") || message.contains("::")
            {
                complain("looks like Rust");
            }
            if message.chars().next().is_some_and(char::is_uppercase) {
                complain("begins with a capital");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn people_see_the_line_and_the_help() {
    let (sandbox, case) = prepare("M0002");
    let outcome = run(&sandbox, &case, "human");
    assert_eq!(outcome.stdout, "");
    insta::assert_snapshot!("finding_for_people", outcome.stderr);
}
