//! Numbers, dates, names and pictures at and beyond their limits.

use super::{AGENDA, FOLDER, NOTE, with_file, with_note, with_text};
use crate::sandbox::Sandbox;

#[test]
fn numbers_at_their_limits() {
    for number in ["0", "4294967295", "4294967296", "-1", "1e9", "٣"] {
        let minutes =
            format!("kind: minutes\nmeeting: 2026-09-16\nfirst_number: {number}\nitems:\n  - title: A\n  - title: B\n");
        let sandbox = Sandbox::base();
        sandbox.write(&format!("{FOLDER}/minutes.yaml"), minutes);
        sandbox.run(&["build"]).assert_no_crash(&format!("first_number: {number}"));
        let (_, outcome) = with_file(
            AGENDA,
            format!(
                "kind: agenda\nmeeting: 2026-09-16\npublic:\n  - title: x\n    number: {number}\n  - title: y\n    papers: [note.yaml]\n"
            ),
        );
        outcome.assert_no_crash(&format!("number: {number}"));
        let (_, outcome) = with_text(&format!("# A {{number={number}}}\n\n{{number=1.{number}}} x\n\ny\n\n# B\n\nz"));
        outcome.assert_no_crash(&format!("{{number={number}}}"));
        let (_, outcome) = with_note(format!(
            "kind: action-plan\ntitle: x\nthemes:\n  - objectives:\n      - number: \"{number}\"\n        actions:\n          - {{action: x, number: \"1.{number}\"}}\n          - action: y\n      - actions: [{{action: z}}]\n"
        ));
        outcome.assert_no_crash(&format!("plan {number}"));
    }
}

#[test]
fn dates_at_their_limits() {
    for date in [
        "0000-01-01",
        "9999-12-31 23:59",
        "2026-02-29",
        "2024-02-29 24:00",
        "2026-9-16",
        "20260916",
        "2026-09-16T10:30",
        "2026-09-16 10.30 am",
        "+262142-12-31",
        "１０２６-09-16",
    ] {
        let (_, outcome) =
            with_file(AGENDA, format!("kind: agenda\nmeeting: \"{date}\"\nissued: \"{date}\"\npublic: [x]\n"));
        outcome.assert_no_crash(date);
    }
}

#[test]
fn labels_that_are_not_names() {
    for label in ["", " ", "a b", "\"", "ref-x", "start-d2", "ä", "a]", "#", "x\\u0000", &"l".repeat(5_000)] {
        let text = format!(
            "kind: briefing-note\ntitle: x\nlabel: \"{}\"\ntext: |\n  {{#{label}}} x\n\n  # y {{#{label}}}\n\n  [](#{label})\n",
            label.replace('"', "\\\"")
        );
        let (_, outcome) = with_note(text);
        outcome.assert_no_crash(&format!("label {label:.20}"));
        let blamed = outcome.stdout.contains("error[L0001]");
        assert!(!blamed, "the layouts are blamed for the label `{label:.20}`: {}", outcome.stdout);
    }
}

#[test]
fn titles_that_print_nothing() {
    for title in ["\\u200b", "&nbsp;", "[](https://x.example)", "\\\\", "[^1]", "***", "{.numbered}", "\\u00ad"] {
        let (_, outcome) = with_note(format!("kind: briefing-note\ntitle: \"{title}\"\ntext: x\n"));
        let blamed = outcome.stdout.contains("error[L0001]");
        assert!(!blamed, "the layouts are blamed for the title `{title}`: {}", outcome.stdout);
    }
}

#[test]
fn pictures_that_are_none() {
    for (name, bytes) in [
        ("a.png", &b"\x89PNG\r\n\x1a\n"[..]),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.gif", b"GIF89a"),
        ("a.svg", b"<svg"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"/>"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e30\" height=\"1\"/>"),
        ("a.webp", b"RIFF0000WEBP"),
        ("a.png", b""),
        ("a.pdf", b"%PDF-1.7"),
    ] {
        let sandbox = Sandbox::base();
        sandbox.write(&format!("{FOLDER}/{name}"), bytes);
        sandbox.write(NOTE, format!("kind: briefing-note\ntitle: x\ntext: |\n  ![x]({name})\n"));
        let outcome = sandbox.run(&["build", "--format", "concise"]);
        outcome.assert_no_crash(name);
        let placed = outcome.code == Some(0) || outcome.stdout.contains(&format!("{NOTE}:4:3: error["));
        assert!(placed, "the finding does not say where the picture is named: {}", outcome.stdout);
    }
}
