//! Sources as they should not be: each gives findings or builds; none ends the program with a panic.

#[cfg(unix)]
mod doors;
mod limits;
#[cfg(target_os = "linux")]
mod memory;
mod names;
mod strangers;
mod words;

use crate::pdf::{Pdf, squeeze};
use crate::sample::packs_of;
use crate::sandbox::{Outcome, Sandbox, link};

const FOLDER: &str = "content/bodies/board/2026-09-16";
const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";
const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";

/// Builds the base workspace with another text in its note.
fn with_text(text: &str) -> (Sandbox, Outcome) {
    let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
    with_note(format!("kind: briefing-note\ntitle: Access to dentists\ntext: |2\n{indented}"))
}

/// Builds the base workspace with another note.
fn with_note(note: impl AsRef<[u8]>) -> (Sandbox, Outcome) {
    with_file(NOTE, note)
}

fn with_file(path: &str, bytes: impl AsRef<[u8]>) -> (Sandbox, Outcome) {
    let sandbox = Sandbox::base();
    sandbox.write(path, bytes);
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    outcome.assert_no_crash(path);
    (sandbox, outcome)
}

/// Asserts that a run gave a finding of this code.
#[track_caller]
fn assert_found(outcome: &Outcome, code: &str) {
    let shown: String = outcome.stdout.chars().take(2000).collect();
    assert!(outcome.code == Some(1) && outcome.stdout.contains(&format!("error[{code}]")), "no {code} in\n{shown}");
}

/// Asserts that a build succeeded, and gives the words of its pack.
#[track_caller]
fn built(sandbox: &Sandbox, outcome: &Outcome) -> String {
    assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);
    packs_of(&sandbox.files("out")).iter().map(|pack| Pdf::read(&pack.bytes).squeezed()).collect()
}

#[test]
fn a_folder_where_a_file_should_be() {
    let sandbox = Sandbox::base();
    std::fs::remove_file(sandbox.path(NOTE)).expect("the note is there");
    sandbox.write(&format!("{NOTE}/inside.txt"), "");
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    outcome.assert_no_crash("a folder");
    assert_found(&outcome, "F0001");
    std::fs::remove_file(sandbox.path("content/council.yaml")).expect("the council is there");
    std::fs::create_dir(sandbox.path("content/council.yaml")).expect("a folder");
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    outcome.assert_no_crash("a folder");
    assert_found(&outcome, "F0001");
    assert!(outcome.stdout.contains("content/council.yaml:1:1: error[F0001]"), "{}", outcome.stdout);
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_in_a_circle() {
    let sandbox = Sandbox::base();
    link("..".as_ref(), &sandbox.path(&format!("{FOLDER}/up")));
    link("round.yaml".as_ref(), &sandbox.path(&format!("{FOLDER}/round.yaml")));
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    outcome.assert_no_crash("a circle");
    assert_found(&outcome, "F0001");
    assert!(outcome.stdout.lines().filter(|line| line.contains("F0001")).count() >= 2, "{}", outcome.stdout);
}

#[test]
fn paths_that_lead_outside() {
    for path in [
        "../../../../Cargo.toml",
        "/etc/passwd",
        "C:\\secret.yaml",
        "\\\\server\\share",
        "a\\u0000b",
        "../../../../../../../etc/passwd",
    ] {
        let (_, outcome) = with_file(
            AGENDA,
            format!("kind: agenda\nmeeting: 2026-09-16\npublic:\n  - title: x\n    papers: [\"{path}\"]\n"),
        );
        assert_eq!(outcome.code, Some(1), "{path}: {}", outcome.stdout);
    }
    let (_, outcome) = with_text("![x](../../../../out.svg)");
    assert_found(&outcome, "M0011");
    let (_, outcome) = with_text("![x](/etc/passwd)");
    assert_found(&outcome, "M0011");
}

#[test]
fn keys_written_twice() {
    let (_, outcome) = with_note("kind: briefing-note\ntitle: One\ntitle: Two\ntext: x\n");
    assert_found(&outcome, "F0003");
    assert!(outcome.stdout.contains("field `title` is written twice"), "{}", outcome.stdout);
}

#[test]
fn anchors_that_explode() {
    let mut laughs = String::from("kind: briefing-note\ntitle: x\na0: &a0 lol\n");
    for level in 1..=9 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        laughs += &format!("a{level}: &a{level} [{}]\n", below.trim_end_matches(", "));
    }
    let (_, outcome) = with_note(laughs + "text: *a9\n");
    assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
    let (_, outcome) = with_note("kind: briefing-note\ntitle: x\ntext: &a [*a]\n");
    assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
    let (_, outcome) = with_note("<<: {<<: {<<: x}}\nkind: briefing-note\ntitle: !!binary x\ntext: !tag x\n");
    assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
}

#[test]
fn ten_megabytes_of_yaml() {
    let (_, outcome) =
        with_note(format!("kind: briefing-note\ntitle: x\ntext: |\n{}", "  words and words\n".repeat(600_000)));
    assert_found(&outcome, "F0004");
}

#[test]
fn as_much_yaml_as_is_allowed() {
    let paragraphs = "  Words and words and words and words.\n\n".repeat(2_000);
    let (sandbox, outcome) = with_note(format!("kind: briefing-note\ntitle: x\ntext: |\n{paragraphs}"));
    built(&sandbox, &outcome);
}

#[test]
fn files_that_are_no_text() {
    for bytes in [
        &b"\xff\xfe\x00\x01"[..],
        b"kind: briefing-note\ntitle: Caf\xe9\n",
        &[0; 100],
        b"\x89PNG\r\n\x1a\n",
        b"",
        b"\n\n",
        b"---\n---\n",
        b"- a\n- b\n",
        b"just words",
        b"%YAML 9.9\n---\n",
        b"&a",
        b"{",
        b"[[[",
        b"? x",
        b"!!null",
    ] {
        let (_, outcome) = with_note(bytes);
        assert_eq!(outcome.code, Some(1), "{bytes:?}: {}", outcome.stdout);
    }
}

#[test]
fn an_agenda_without_items() {
    for public in ["", "public:\n", "public: []\n"] {
        let (_, outcome) = with_file(AGENDA, format!("kind: agenda\nmeeting: 2026-09-16 10:30\n{public}"));
        assert_found(&outcome, "M0009");
    }
    let (_, outcome) =
        with_file(AGENDA, "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - heading: Only a heading\n");
    assert_found(&outcome, "M0009");
}

#[test]
fn two_meetings_of_one_body_at_one_time() {
    let sandbox = Sandbox::base();
    sandbox.write(
        "content/bodies/board/2026-09-16 again/agenda.yaml",
        "kind: agenda\nmeeting: 2026-09-16 10:30\npublic: [Apologies]\n",
    );
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    assert_found(&outcome, "M0008");
}

#[test]
fn a_paper_used_twice() {
    let twice = "kind: agenda\nmeeting: 2026-09-16\npublic:\n  - title: x\n    papers: [note.yaml, ./note.yaml]\n";
    let (_, outcome) = with_file(AGENDA, twice);
    assert_found(&outcome, "M0012");
    let (_, outcome) = with_file(AGENDA, twice.replace("./note.yaml", "../2026-09-16/note.yaml"));
    assert_found(&outcome, "M0012");
}

#[test]
fn tables_of_all_shapes() {
    for (table, code) in [
        ("| a | b |\n|--|--|\n| 1 |", Some("T0006")),
        ("| a | b |\n|--|--|\n| 1 | 2 | 3 |", Some("T0006")),
        ("| a |\n|--|", None),
        ("| |\n|--|\n| |", None),
        (
            "|a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|\n|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n|1|2|3|4|5|6|7|8|9|0|1|2|3|4|5|6|",
            None,
        ),
    ] {
        let (_, outcome) = with_text(table);
        match code {
            Some(code) => assert_found(&outcome, code),
            None => assert_eq!(outcome.code, Some(0), "{table}\n{}", outcome.stdout),
        }
    }
    let (_, outcome) = with_text(&format!("|{}\n|{}\n|{}", "a|".repeat(500), "-|".repeat(500), "1|".repeat(500)));
    outcome.assert_no_crash("500 columns");
}

#[test]
fn a_paragraph_of_a_hundred_thousand_characters() {
    let (_, outcome) = with_text(&"words ".repeat(17_000));
    assert_found(&outcome, "T0014");
}

#[test]
fn text_from_right_to_left() {
    let (sandbox, outcome) =
        with_text("שלום עולם and مرحبا بالعالم, then left to right.\n\nاگر آپ کو یہ معلومات چاہئیں");
    built(&sandbox, &outcome);
    // Marks that turn the direction could make a text read otherwise than it was written.
    let (_, outcome) = with_text("Pay \u{202e}001\u{202c} pounds");
    assert_found(&outcome, "F0005");
}

#[test]
fn control_characters() {
    for character in [
        '\u{1}',
        '\u{8}',
        '\u{b}',
        '\u{c}',
        '\u{1b}',
        '\u{7f}',
        '\u{85}',
        '\u{9f}',
        '\u{fffe}',
        '\u{2028}',
        '\u{e000}',
        '\u{10ffff}',
    ] {
        let escaped = format!("kind: briefing-note\ntitle: x\ntext: \"a \\U{:08x} b\"\n", u32::from(character));
        for note in [escaped, format!("kind: briefing-note\ntitle: x\ntext: a {character} b\n")] {
            let (_, outcome) = with_note(note);
            if !matches!(character, '\u{85}' | '\u{2028}') {
                assert_eq!(outcome.code, Some(1), "U+{:04X}: {}", u32::from(character), outcome.stdout);
            }
        }
    }
    // A zero byte inside a title and in a key.
    let (_, outcome) = with_note("kind: briefing-note\ntitle: \"a\\0b\"\ntext: x\n\"a\\0b\": x\n");
    assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
}

#[test]
fn html_in_markdown() {
    for html in [
        "<script>alert(1)</script>",
        "<!-- x -->",
        "<div>\n\nx\n\n</div>",
        "a <br x> b",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "&#0; &nosuch; &lt;b&gt;",
    ] {
        let (_, outcome) = with_text(html);
        assert!(html.starts_with('&') || outcome.code == Some(1), "{html}: {}", outcome.stdout);
    }
}

#[test]
fn typst_code_is_only_text() {
    let code = "#panic(1) $x$ \\u{41} @ref <label> `raw` ] } ) #[ // c /* c */ = h";
    let quoted = code.replace('\\', "\\\\").replace('<', "\\<").replace('`', "\\`").replace('*', "\\*");
    let (sandbox, outcome) = with_text(&format!("Begin {quoted} end"));
    let words = built(&sandbox, &outcome);
    assert!(words.contains(&squeeze(&format!("Begin {code} end"))), "{words}");
}

#[test]
fn nesting_without_end() {
    for sign in
        [">", "> ", "*", "**a ", "[", "![", "](", "- ", "1. ", "#", "`", "~~", "_", "|", "[^1]: ", "\\", "<", "&", "{#"]
    {
        let (_, outcome) = with_text(&format!("a\n\n{}x", sign.repeat(10_000)));
        outcome.assert_no_crash(&format!("10,000 times `{sign}`"));
    }
    let steps: String = (0..2_000).map(|depth| format!("{}- x\n", " ".repeat(2 * depth.min(900)))).collect();
    with_text(&steps);
}

#[test]
fn yaml_nested_without_end() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("[[", "]]"), ("? ", ""), ("!a ", "")] {
        let nested = format!("{}x{}", open.repeat(5_000), close.repeat(5_000));
        let (_, outcome) = with_note(format!("kind: briefing-note\ntitle: x\ntext:\n  {nested}\n"));
        assert_eq!(outcome.code, Some(1), "5,000 times `{open}`: {}", outcome.stdout);
    }
    let steps: String = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    with_note(format!("kind: briefing-note\ntitle: x\ntext:\n{steps}"));
}
