//! The cause is told first, and what follows from it waits.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{json, run};
use crate::sandbox::Sandbox;

const COUNCIL: &str = "content/council.yaml";
const BODY: &str = "content/bodies/education-scrutiny/body.yaml";
const MINUTES: &str = "content/bodies/education-scrutiny/2026-06-24/minutes.yaml";
const AGENDA: &str = "content/bodies/education-scrutiny/2026-09-16/agenda.yaml";
const MEETING: &str = "education-scrutiny/2026-09-16";

fn sample() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    sandbox
}

/// Checks a meeting; gives the document.
fn checked(sandbox: &Sandbox, meeting: &str) -> Value {
    let outcome = run(sandbox, &["check", "--fast", "--format", "json", meeting]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    json(&outcome)
}

/// Gives the errors of a document as path, line and code.
fn errors(document: &Value) -> Vec<(String, u64, String)> {
    let findings = document["findings"].as_array().expect("a list").iter();
    let text = |one: &Value| one.as_str().unwrap_or_default().to_owned();
    findings
        .filter(|one| one["severity"] == "error")
        .map(|one| (text(&one["path"]), one["line"].as_u64().unwrap_or(0), text(&one["code"])))
        .collect()
}

/// Gives the line, from 1, on which words stand.
fn line_of(sandbox: &Sandbox, path: &str, words: &str) -> u64 {
    let text = sandbox.read(path);
    1 + text[..text.find(words).expect("the words")].matches('\n').count() as u64
}

#[test]
fn one_slip_in_the_councils_file_is_one_error() {
    let sandbox = sample();
    sandbox.edit(COUNCIL, "\nratings:", "\nlate: [\nratings:");
    let document = checked(&sandbox, MEETING);
    let told = errors(&document);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].0.as_str(), told[0].2.as_str()), (COUNCIL, "F0003"));
    assert!(document["waiting"].as_u64().is_some_and(|count| count > 50), "{}", document["waiting"]);
}

#[test]
fn one_slip_in_the_file_of_people_is_one_error() {
    let sandbox = sample();
    sandbox.edit("content/people.yaml", "kind: people", "kind: people\n- x");
    let document = checked(&sandbox, MEETING);
    assert_eq!(errors(&document).len(), 1, "{:?}", errors(&document));
    assert!(document["waiting"].as_u64().is_some_and(|count| count > 10));
}

#[test]
fn one_slip_in_the_bodys_file_is_one_error() {
    let sandbox = sample();
    sandbox.edit(BODY, "name: ", "name: Scrutiny: ");
    let document = checked(&sandbox, MEETING);
    let told = errors(&document);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].0.as_str(), told[0].2.as_str()), (BODY, "F0003"));
    // The meetings of other bodies are judged as ever.
    let before = errors(&checked_anyhow(&sample(), "cabinet/2026-10-06"));
    assert_eq!(errors(&checked_anyhow(&sandbox, "cabinet/2026-10-06")), before);
}

fn checked_anyhow(sandbox: &Sandbox, meeting: &str) -> Value {
    json(&run(sandbox, &["check", "--fast", "--format", "json", meeting]))
}

#[test]
fn a_date_that_is_not_understood_is_not_judged() {
    let sandbox = sample();
    let text = sandbox.read(AGENDA);
    let written = text.lines().find(|line| line.starts_with("meeting:")).expect("a date").to_owned();
    sandbox.edit(AGENDA, &written, "meeting: 16/09/2026 6.30pm");
    let outcome = run(&sandbox, &["check", "--fast", "--format", "concise", MEETING]);
    assert_eq!(outcome.code, Some(1));
    let told = outcome.stdout + &outcome.stderr;
    assert!(!told.contains("1969") && !told.contains("1970"), "{told}");
    let document = checked(&sandbox, MEETING);
    assert_eq!(errors(&document), [(AGENDA.to_owned(), line_of(&sandbox, AGENDA, "meeting:"), "M0005".to_owned())]);
    for verb in ["issue", "status", "changes"] {
        let outcome = run(&sandbox, &[verb, MEETING]);
        assert_eq!(outcome.code, Some(1), "{verb}");
        let told = outcome.stdout + &outcome.stderr;
        assert!(!told.contains("1969") && !told.contains("1970"), "{verb}: {told}");
    }
}

#[test]
fn minutes_with_a_slip_are_not_missing() {
    let first = sample().read(MINUTES).lines().nth(1).expect("a second line").to_owned();
    for (slip, code) in [("apologies: One: two", "F0003"), ("meeting: 24 June", "M0005")] {
        let sandbox = sample();
        let slip = if code == "M0005" {
            let text = sandbox.read(MINUTES);
            let written = text.lines().find(|line| line.starts_with("meeting:")).expect("a date").to_owned();
            sandbox.edit(MINUTES, &written, slip);
            slip.to_owned()
        } else {
            sandbox.edit(MINUTES, &first, &format!("{slip}\n{first}"));
            slip.to_owned()
        };
        let told = errors(&checked(&sandbox, MEETING));
        assert_eq!(told, [(MINUTES.to_owned(), line_of(&sandbox, MINUTES, &slip), code.to_owned())]);
    }
}

#[test]
fn a_misspelt_member_is_told_before_what_it_makes_of_the_minutes() {
    let sandbox = sample();
    let text = sandbox.read(BODY);
    let member = text.split("membership:").nth(1).and_then(|rest| rest.split("- ").nth(3)).expect("a third member");
    let id = member.split([',', '\n', '}']).next().expect("an id").trim_start_matches("{person: ").trim().to_owned();
    sandbox.edit(BODY, &format!("{id}\n"), &format!("{id}x\n"));
    let outcome = run(&sandbox, &["check", "--fast", "--format", "json", "education-scrutiny"]);
    let document = json(&outcome);
    assert_eq!(errors(&document).first().map(|one| one.2.clone()), Some("M0007".to_owned()), "{document:#}");
    let codes: BTreeSet<&str> =
        document["findings"].as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(!codes.contains("C0012"), "{codes:?}");
}

#[test]
fn grounds_that_are_not_understood_are_not_missing() {
    let sandbox = Sandbox::base();
    let path = "content/bodies/board/2026-09-16/agenda.yaml";
    let grounds = "private:\n  - title: A lease\n    withheld: {paragraphs: [three], decided_by: director}\n";
    sandbox.write(path, sandbox.read(path) + grounds);
    let told = errors(&checked(&sandbox, "board/2026-09-16"));
    assert_eq!(told.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(), ["M0006"]);
    sandbox.edit(path, "[three]", "[]");
    let told = errors(&checked(&sandbox, "board/2026-09-16"));
    assert_eq!(told.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(), ["M0014"]);
}

#[test]
fn own_phrases_and_holidays_that_cannot_be_read_are_one_error() {
    for (file, text) in [("phrases", "page: \"Page\nx: [\n"), ("holidays", "england: [x\n")] {
        let sandbox = Sandbox::base();
        sandbox.edit("content/bodies/board/2026-09-16/agenda.yaml", "public:", "issued: 2026-09-15\npublic:");
        sandbox.write(&format!("layouts/{file}.yaml"), text);
        let document = checked(&sandbox, "board/2026-09-16");
        let told = errors(&document);
        assert_eq!(told.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(), ["L0001"]);
        // That the agenda is late may follow from it.
        assert!(document["waiting"].as_u64().is_some_and(|count| count > 0));
    }
}

#[test]
fn what_is_misspelt_is_not_missing_as_well() {
    let sandbox = Sandbox::base();
    sandbox.edit("content/bodies/board/2026-09-16/agenda.yaml", "title:", "titel:");
    let told = errors(&checked(&sandbox, "board/2026-09-16"));
    assert_eq!(told.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(), ["M0002"]);
}

#[test]
fn a_slip_at_one_meeting_holds_nothing_back_at_another_that_shares_a_paper() {
    let sandbox = Sandbox::base();
    sandbox.write(
        "content/bodies/board/2026-10-07/agenda.yaml",
        "kind: agenda\nmeeting: 2026-10-07 10:30\npublic:\n  - title: Dentists again\n    papers: [../2026-09-16/note.yaml]\n",
    );
    sandbox.edit("content/bodies/board/2026-09-16/note.yaml", "text:", "authors: [nobody]\ntext:");
    sandbox.write(
        "content/bodies/board/2026-09-16/note.yaml",
        sandbox.read("content/bodies/board/2026-09-16/note.yaml") + "\n",
    );
    let found = |sandbox: &Sandbox| errors(&checked(sandbox, "board/2026-10-07"));
    let before = found(&sandbox);
    assert!(before.iter().any(|one| one.2 == "M0007"), "{before:?}");
    sandbox.edit("content/bodies/board/2026-09-16/agenda.yaml", "title: ", "title: Access: ");
    assert_eq!(found(&sandbox), before);
}

#[test]
fn errors_are_told_apart_by_what_they_stand_in_the_way_of() {
    let sandbox = Sandbox::base();
    sandbox.edit("content/bodies/board/2026-09-16/agenda.yaml", "public:", "issued: 2026-09-15\npublic:");
    sandbox.edit("content/council.yaml", "contact: harrow", "contact: nobody");
    let document = checked(&sandbox, "board/2026-09-16");
    assert_eq!(
        (&document["errors"]["building"], &document["errors"]["publishing"]),
        (&1.into(), &1.into()),
        "{document:#}"
    );
    let outcome = run(&sandbox, &["check", "--fast"]);
    let words = "2 errors: 1 stands in the way of building, 1 of publishing, 1 warning;";
    assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
}
