//! `boardpack check`: what is accepted with a reason, weights, and certificates.

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";

/// Gives a workspace whose note is not called as standing orders require.
fn misnamed() -> Sandbox {
    let sandbox = Sandbox::base();
    let council =
        "kind: council\nname: Testford Council\nstanding_orders:\n  file_names: {briefing-note: briefing-*}\n";
    sandbox.write("content/council.yaml", council);
    sandbox
}

/// Runs the program on 29 August 2026, in time for the meeting.
fn in_time(sandbox: &Sandbox, arguments: &[&str]) -> crate::sandbox::Outcome {
    sandbox.at(1_788_000_000, arguments)
}

fn accept(sandbox: &Sandbox, line: &str) -> crate::sandbox::Outcome {
    let text = sandbox.read(NOTE);
    let before = text.split("accepted:").next().expect("the note");
    sandbox.write(NOTE, format!("{before}accepted:\n  - {line}\n"));
    sandbox.run(&["check", "--format", "concise"])
}

#[test]
fn what_is_accepted_with_a_reason_is_not_told_again_until_it_is_stale() {
    let sandbox = misnamed();
    assert!(sandbox.succeed(&["check", "--format", "concise"]).stdout.contains("warning[O0002]"));
    assert_eq!(sandbox.run(&["check", "--deny-warnings"]).code, Some(1));
    let accepted = accept(&sandbox, "{finding: O0002, reason: Members know it by this name.}");
    assert_eq!((accepted.code, accepted.stdout.as_str()), (Some(0), ""));
    sandbox.succeed(&["check", "--deny-warnings"]);
    let by_words = accept(&sandbox, "{finding: O0002, words: note.yaml, reason: Members know it by this name.}");
    assert_eq!(by_words.stdout, "");
    let others = accept(&sandbox, "{finding: O0002, words: another.yaml, reason: Members know it by this name.}");
    assert!(others.stdout.contains("warning[O0002]") && others.stdout.contains("warning[M0024]"), "{}", others.stdout);
}

#[test]
fn errors_and_unknown_codes_are_not_accepted_and_nothing_without_a_reason() {
    let sandbox = misnamed();
    for (line, words) in [
        ("{finding: M0002, reason: No.}", "M0002 is an error and cannot be accepted"),
        ("{finding: X1, reason: No.}", "`X1` is not the code of a finding"),
        ("{finding: O0002}", "an accepted finding has no `reason`"),
    ] {
        let outcome = accept(&sandbox, line);
        assert!(outcome.code == Some(1) && outcome.stdout.contains(words), "{line}: {}", outcome.stdout);
    }
}

#[test]
fn a_council_gives_rules_other_weights() {
    let sandbox = misnamed();
    let council = sandbox.read("content/council.yaml");
    for (weight, found, code) in [("error", "error[O0002]", 1), ("info", "info[O0002]", 0), ("off", "info[N0003]", 0)] {
        sandbox.write(
            "content/council.yaml",
            format!("{council}rules:\n  O0002: {{severity: {weight}, reason: So agreed.}}\n"),
        );
        let outcome = sandbox.run(&["check", "--format", "concise"]);
        assert!(outcome.stdout.contains(found), "{weight}: {}", outcome.stdout);
        assert_eq!(outcome.code, Some(code), "{weight}");
    }
    assert!(!sandbox.succeed(&["check", "--format", "concise"]).stdout.contains("[O0002]"));
    assert!(sandbox.run(&["build"]).code == Some(0), "a draft is built whatever standing orders say");
}

#[test]
fn a_certificate_tells_of_every_rule() {
    let sandbox = misnamed();
    let run = |arguments: &[&str]| in_time(&sandbox, arguments);
    let outcome = run(&["check", "--certificate", "--format", "concise"]);
    assert!(
        outcome.stdout.contains("board/2026-09-16: certificate -> certificates/board/2026-09-16.pdf"),
        "{outcome:?}"
    );
    let read = || {
        let json = sandbox.read("certificates/board/2026-09-16.json");
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON")
    };
    let draft = read();
    let outcome_of = |document: &serde_json::Value, code: &str| {
        let rules = document["rules"].as_array().expect("a list").clone();
        rules.into_iter().find(|rule| rule["code"] == code).expect("the rule")["outcome"].clone()
    };
    assert_eq!(outcome_of(&draft, "O0002"), "found");
    assert_eq!(outcome_of(&draft, "N0002"), "not-run", "the agenda does not say when it is published");
    assert_eq!(outcome_of(&draft, "M0002"), "kept");
    assert_eq!((draft["issue"].clone(), draft["changed"].clone()), (serde_json::Value::Null, false.into()));

    let council = sandbox.read("content/council.yaml");
    let weighty = "rules:\n  O0002: {severity: error, reason: So agreed.}\n";
    sandbox.write("content/council.yaml", format!("{council}{weighty}"));
    let issued = run(&["issue", "board/2026-09-16", "--override", "O0002=Members know it"]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
    sandbox.write("content/council.yaml", council);
    accept(&sandbox, "{finding: O0002, reason: Members know it by this name.}");
    run(&["check", "--certificate=papers/checked", "--fast"]);
    let pdf = Pdf::read(&std::fs::read(sandbox.path("papers/checked/board/2026-09-16.pdf")).expect("the PDF"));
    let text = pdf.pages().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(pdf.pages().len(), 3, "{text}");
    for words in ["Changed since issue 1", "Members know it by this name", "accepted", "O0002: Members know it"] {
        assert!(text.contains(words), "`{words}` is not in: {text}");
    }
    sandbox.run(&["check", "--certificate"]);
    assert_eq!(outcome_of(&read(), "O0002"), "accepted");
    assert_eq!(outcome_of(&read(), "A0001"), "kept");
}

#[test]
fn a_certificate_tells_nothing_of_what_is_withheld() {
    let sandbox = Sandbox::base();
    sandbox.write(
        "content/bodies/board/2026-09-16/agenda.yaml",
        "kind: agenda
meeting: 2026-09-16 10:30
issued: 2026-09-08
public:
  - Declarations of interests
  - title: Access to dentists
    papers: [note.yaml]
  - title: Exclusion of the press and public
    text: From [](#contract), under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972.
private:
  - title: A contract
    label: contract
    papers: [zqfenwharf.yaml]
accepted:
  - {finding: N0020, reason: Zqreason has asked for it.}
",
    );
    let paper = "kind: briefing-note
title: Zqtitle
withheld: {paragraphs: [3], public_interest: Zqinterest., decided_by: director}
background_papers: None
text: |
  # Zqheading

  Zqcompany offers £XX for it. It met on Monday 8 September 2026.
authors: [harrow]
accepted:
  - {finding: C0025, reason: Zqaccepted is so.}
";
    sandbox.write("content/bodies/board/2026-09-16/zqfenwharf.yaml", paper);
    let found = sandbox.run(&["check", "--certificate", "--format", "concise"]).stdout;
    assert!(found.contains("zqfenwharf.yaml") && found.contains("[C0035]"), "{found}");
    let json = sandbox.read("certificates/board/2026-09-16.json");
    let document: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let withheld = |list: &str| {
        let list = document[list].as_array().expect("a list").clone();
        list.into_iter().filter(|one| one["withheld"] == true).map(|one| one["code"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(withheld("decisions"), ["\"N0020\"", "\"C0025\""]);
    assert!(withheld("findings").contains(&"\"C0035\"".to_owned()), "{json}");
    let bytes = std::fs::read(sandbox.path("certificates/board/2026-09-16.pdf")).expect("the PDF");
    let pdf = Pdf::read(&bytes);
    assert!(pdf.squeezed().contains("inawithheldpaperoritem"), "{}", pdf.squeezed());
    let told = [bytes, json.into_bytes(), pdf.squeezed().into_bytes()].into_iter().chain(pdf.everything());
    let marks = ["zqtitle", "zqinterest", "zqheading", "zqcompany", "zqaccepted", "zqreason", "zqfenwharf", "\u{a3}xx"];
    for bytes in told {
        let words = String::from_utf8_lossy(&bytes).to_lowercase();
        let found = marks.iter().find(|mark| words.contains(*mark));
        assert_eq!(found, None, "something withheld is told");
    }
}

#[test]
fn only_what_was_found_as_an_error_is_overridden() {
    let sandbox = misnamed();
    let issue = |rule: &str| {
        let reason = format!("{rule}=Members know it");
        let outcome = in_time(&sandbox, &["issue", "board/2026-09-16", "--override", &reason]);
        assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
        assert!(!sandbox.path("archive").exists(), "nothing is kept");
        outcome.stderr
    };
    let warning = issue("O0002");
    assert!(warning.contains("`O0002` needs no override: in board/2026-09-16 it is of weight warning"), "{warning}");
    let nothing = issue("N0005");
    assert!(
        nothing.contains("`N0005` was not found in board/2026-09-16, so there is nothing to override"),
        "{nothing}"
    );
}

#[test]
fn an_issue_counts_its_findings_once() {
    let sandbox = misnamed();
    let issued = in_time(&sandbox, &["issue", "board/2026-09-16"]).stderr;
    assert_eq!(issued.matches("tells more").count(), 1, "{issued}");
    sandbox.edit(NOTE, "practices take", "new practices take");
    let again = in_time(&sandbox, &["issue", "board/2026-09-16", "--reason", "more", "--format", "json", "--dry-run"]);
    let document = again.stdout.split("\n}\n").next().expect("a document");
    assert!(serde_json::from_str::<serde_json::Value>(&format!("{document}\n}}")).is_ok(), "{}", again.stdout);
    assert_eq!(again.stdout.matches("\"findings\"").count(), 1, "{}", again.stdout);
}
