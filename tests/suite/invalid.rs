//! Every finding code: `tests/invalid/CODE/` is laid over `tests/invalid/base/` and gives the findings
//! that the comments `expect:` at the head of its files say, no more and no fewer. Each case is a test by its name, with
//! `_` for `-`, and is looked at in this process.
//!
//! Further comments: `link: PATH -> AIM` makes a symbolic link; `pipe: PATH` makes a named pipe; `run: build` in place of `check`;
//! `without: PATH` removes a file of the base; `repeat N times for @@: "words"` writes words so often
//! in the place of @@, with the count in the place of `@n`; `converted: PATH as PDF` keeps a PDF where
//! the program keeps what was made of an office document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use boardpack::appended::office::Office;
use boardpack::appended::{Reader, Receiver};
use boardpack::check::{self, Scope};
use boardpack::compose::Kept;
use boardpack::finding::{Confidence, Finding, Severity, Sources};
use boardpack::progress::Quiet;
use boardpack::{packs, rules};

use crate::sandbox::{Sandbox, repository};

/// Declares a test for each folder of `tests/invalid/`.
macro_rules! cases {
    ($($name:ident)*) => {
        const CASES: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            #[allow(non_snake_case, reason = "it is named by a code")]
            fn $name() {
                gives_what_it_expects(stringify!($name));
            }
        )*
    };
}

cases! {
    A0001 A0001_abbreviations A0001_cut A0001_picture A0002 A0003 A0004 A0005 A0006 A0006_described A0007 A0008
    A0009 A0010 A0011 A0012 A0012_drawing A0013 A0014 A0015 A0016 A0016_range A0017 A0018 A0019 A0020 A0021 A0022
    A0024 A0025 A0030 A0040 A0042 A0043 A0044 A0048 C0001 C0002 C0003 C0004 C0005 C0006 C0007 C0008 C0009 C0010
    C0011 C0012 C0013 C0014 C0014_order C0015 C0016 C0017 C0018 C0020 C0021 C0022 C0024 C0025 C0026 C0027 C0031
    C0034 C0035 C0036 C0037 C0039 C0039_count C0040 C0042 D0001 D0002 D0003 D0004 D0005 D0006 D0007 F0001 F0002
    F0002_utf16 F0003 F0004 F0005 F0006 F0007 F0007_txt F0008 F0009 F0010 F0011 F0012 F0013 F0014 H0001 H0002
    H0003 H0004 H0005 L0001 L0001_endless L0001_template L0002 L0003 L0004 M0001 M0002 M0002_prose M0003 M0004
    M0004_several M0004_vote M0005 M0006 M0007 M0008 M0009 M0010 M0011 M0012 M0013 M0014 M0015 M0016 M0017 M0018
    M0018_item M0019 M0020 M0021 M0021_named M0022 M0023 M0024 M0024_withdrawn M0027 M0030 M0040 M0041 M0042 M0043 M0044 M0045 N0001 N0002
    N0002_reason N0003 N0004 N0004_officers N0005 N0005_withdrawn N0006 N0006_late N0007 N0008 N0008_urgent N0009
    N0010 N0011 N0012 N0013 N0013_layout N0014 N0015 N0015_none N0015_paper N0016 N0017 N0018 N0019 N0020 N0021
    N0021_exception N0021_none N0022 N0023 N0024 N0024_private N0025 N0026 N0027 N0027_none N0028 N0028_before
    N0028_prejudicial N0028_stayed N0029 N0030 N0030_own N0031 N0032 N0032_council N0032_notice N0033 N0034 N0035
    N0035_wales N0036 N0036_appended N0036_everywhere N0036_standing N0040 N0040_unread N0042 N0042_at_once
    N0042_item N0042_withdrawn N0043 O0001 O0002 O0003 O0004 P0001 P0002 T0001 T0002 T0003 T0004 T0005 T0006 T0007
    T0008 T0009 T0010 T0012 T0013 T0014 T0015 T0016 T0017 T0018 T0019 T0020 T0021 T0022 T0023
}

/// Codes that no source can raise, with the reason.
const NOT_RAISED: [(&str, &str); 6] = [
    ("A0023", "a cleaned file always fits into the pack, unless the program itself is at fault"),
    ("C0043", "something must have been issued: see `moved.rs`"),
    ("F0015", "it depends on the memory of the machine; `hostile::memory` raises it"),
    ("M0033", "something must have been issued and taken back: see `withhold.rs`"),
    ("M0034", "something must have been issued and taken back: see `withhold.rs`"),
    ("M0046", "something must have been issued: see `ledger.rs`"),
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

/// Gives what the program finds in a workspace, without starting it: what `check` does, or `build`.
fn look(sandbox: &Sandbox, build: bool) -> (Vec<Finding>, Sources) {
    let log = rules::log();
    let office = Office::new(sandbox.root(), Some("/nonexistent/soffice".into()));
    let reader = Reader::of(env!("CARGO_BIN_EXE_boardpack").into());
    let project = packs::open(sandbox.root(), Receiver::new(reader, office), &log);
    let agendas = || project.workspace.meetings.values();
    if !build {
        project.check_texts(Scope { only: None, hints: true }, &log);
    }
    agendas().for_each(|agenda| drop(project.compose(agenda, &log)));
    let is_stopped = |agenda| log.sorted().iter().any(|one| one.stops_build() && project.concerns(one, agenda));
    for agenda in agendas().filter(|agenda| !is_stopped(agenda)) {
        if build {
            project.build(agenda, &Kept::default(), &log, &Quiet);
        } else {
            project.check(agenda, &log, &Quiet);
        }
    }
    if !build && !log.sorted().iter().any(Finding::stops_build) {
        check::stale(&log, true);
    }
    (log.sorted(), project.workspace.sources)
}

/// Gives a finding as its case expects it: place, weight, code and words.
fn line(finding: &Finding, sources: &Sources) -> String {
    let place = finding.place().map_or(String::new(), |place| {
        let position = sources.position(place);
        format!("{}:{}:{}: ", sources.path(place), position.line, position.column)
    });
    let weight = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let doubt = match finding.confidence {
        Confidence::Certain => "",
        Confidence::Likely => " (likely)",
        Confidence::Possible => " (possible)",
    };
    format!("{place}{weight}[{}]: {}{doubt}", finding.rule.code, finding.message)
}

fn gives_what_it_expects(name: &str) {
    let name = name.replace('_', "-");
    let (sandbox, case) = prepare(&name);
    let (findings, sources) = look(&sandbox, case.build);
    let found: BTreeSet<String> = findings.iter().map(|finding| line(finding, &sources)).collect();
    let missing: Vec<&String> = case.expected.difference(&found).collect();
    let more: Vec<&String> = found.difference(&case.expected).collect();
    assert!(missing.is_empty() && more.is_empty(), "\nexpected and not found: {missing:#?}\nfound besides: {more:#?}");
    let code = code_of(&name);
    assert!(findings.iter().any(|finding| finding.rule.code == code), "the case does not give its code");
    findings.iter().for_each(helps);
}

/// Every finding says what to do, in words that people use.
fn helps(finding: &Finding) {
    let (message, help) = (&finding.message, finding.help.as_deref().unwrap_or_default());
    assert!(!help.is_empty(), "no help: {message}");
    assert!(!message.ends_with('.') && !help.ends_with('.'), "ends with a full stop: {message} ({help})");
    let is_rust = ["Some(", "Err(", "{ ", "::"].iter().any(|sign| message.contains(sign));
    assert!(!is_rust, "looks like Rust: {message}");
    assert!(!message.starts_with(char::is_uppercase), "begins with a capital: {message}");
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let named: Vec<String> = CASES.iter().map(|case| case.replace('_', "-")).collect();
    assert_eq!(named, cases(), "folders of tests/invalid/ that are not in the list of cases, or the other way round");
    let known: BTreeSet<&str> = rules::all().all().map(|rule| rule.code).collect();
    assert_eq!(known.len(), rules::all().all().count(), "two rules have one code");
    let cases: BTreeSet<&str> = named.iter().map(|case| code_of(case)).collect();
    let exceptions: BTreeSet<&str> = NOT_RAISED.iter().map(|(code, _)| *code).collect();
    let listed: BTreeSet<&str> = cases.union(&exceptions).copied().collect();
    assert_eq!(listed, known, "rules without a case, or cases without a rule");
    assert!(cases.is_disjoint(&exceptions), "exceptions that have a case");
}

#[test]
fn every_rule_that_is_declared_is_listed() {
    let sources = crate::sandbox::files(&repository("src"));
    let texts = sources.values().map(|bytes| String::from_utf8_lossy(bytes));
    let declared: usize = texts.map(|text| text.matches("\ncrate::finding::rule! {\n").count()).sum();
    assert_eq!(declared, rules::all().all().count());
}

#[test]
fn people_see_the_line_and_the_help() {
    let (sandbox, case) = prepare("M0002");
    assert!(!case.build);
    let outcome = sandbox.run(&["check", "--format", "human"]);
    assert_eq!(outcome.stdout, "");
    insta::assert_snapshot!("finding_for_people", outcome.stderr);
}
