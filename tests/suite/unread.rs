//! Nothing is called right that was not read: slips of every kind, asked for by every verb.
//!
//! A slip is made in a workspace that has been built and checked before, so that old packs and certificates lie about.

use std::fs;

use serde_json::Value;

use crate::sandbox::{Outcome, Sandbox, link};

mod held;

const MEETING: &str = "board/2026-09-16";
const FOLDER: &str = "content/bodies/board/2026-09-16";
const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";

/// A slip: what it is, how it is made, and the place and code by which it is told.
type Slip = (&'static str, fn(&Sandbox), &'static str, &'static str);

/// Slips after which there is no agenda.
const SLIPS: [Slip; 17] = [
    ("a colon in a title", |at| at.edit(AGENDA, "title: ", "title: Access: "), "agenda.yaml:4:18", "F0003"),
    ("a tab", |at| at.edit(AGENDA, "    papers", "\tpapers"), "agenda.yaml:5:", "F0003"),
    ("a field twice", |at| at.edit(AGENDA, "public:", "public: []\npublic:"), "agenda.yaml:4:1", "F0003"),
    ("a quote that stays open", |at| at.edit(AGENDA, "title: ", "title: \"Open "), "agenda.yaml:", "F0003"),
    ("a capital in the kind", |at| at.edit(AGENDA, "kind: agenda", "kind: Agenda"), "agenda.yaml:1:7", "M0001"),
    ("no kind", |at| at.edit(AGENDA, "kind: agenda\n", ""), "agenda.yaml:1:1", "M0001"),
    ("another kind", |at| at.edit(AGENDA, "kind: agenda", "kind: paper"), "agenda.yaml:1:7", "F0007"),
    ("UTF-16", |at| at.write(AGENDA, utf_16(&at.read(AGENDA))), "agenda.yaml:1:1", "F0002"),
    (
        "an old encoding",
        |at| at.write(AGENDA, b"kind: agenda\nmeeting: 2026-09-16\n# Caf\xe9\n"),
        "agenda.yaml:3:6",
        "F0002",
    ),
    ("an empty file", |at| at.write(AGENDA, ""), "agenda.yaml:1:1", "M0004"),
    ("a list", |at| at.write(AGENDA, "- Apologies\n- Minutes\n"), "agenda.yaml:1:1", "M0004"),
    ("a control character", |at| at.edit(AGENDA, "title: ", "title: \u{7}"), "agenda.yaml:4:12", "F0005"),
    ("a folder in its place", folder_in_its_place, "agenda.yaml:1:1", "F0001"),
    ("another ending", |at| rename(at, AGENDA, &format!("{AGENDA}.txt")), "agenda.yaml.txt:1:1", "F0007"),
    (
        "an ending of another program",
        |at| rename(at, AGENDA, &format!("{FOLDER}/Agenda.rtf")),
        "Agenda.rtf:1:1",
        "F0007",
    ),
    (
        "no agenda among the papers",
        |at| fs::remove_file(at.path(AGENDA)).expect("it is there"),
        "agenda.yaml:1:1",
        "F0007",
    ),
    ("a link that leads to nothing", dead_link, "agenda.yaml:1:1", "F0001"),
];

fn utf_16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn folder_in_its_place(at: &Sandbox) {
    fs::remove_file(at.path(AGENDA)).expect("it is there");
    fs::create_dir(at.path(AGENDA)).expect("a folder can be made");
}

fn dead_link(at: &Sandbox) {
    fs::remove_file(at.path(AGENDA)).expect("it is there");
    link("nowhere".as_ref(), &at.path(AGENDA));
}

fn rename(at: &Sandbox, from: &str, to: &str) {
    fs::rename(at.path(from), at.path(to)).expect("it can be renamed");
}

/// Runs the program half a year before the meeting.
fn run(at: &Sandbox, arguments: &[&str]) -> Outcome {
    at.at(1_773_000_000, arguments)
}

fn json(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {}", outcome.stdout))
}

/// A workspace that was built and checked while it was good.
fn good() -> Sandbox {
    let sandbox = Sandbox::base();
    sandbox.succeed(&["build"]);
    sandbox.write("certificates/board/2026-09-16.pdf", "as it was");
    sandbox
}

#[test]
fn no_verb_calls_a_meeting_right_whose_agenda_cannot_be_read() {
    let good = good();
    for (what, slip, place, code) in SLIPS {
        let sandbox = Sandbox::empty();
        crate::sandbox::copy(good.root(), sandbox.root());
        slip(&sandbox);
        for named in [&["board/2026-09-16"][..], &["board"], &[]] {
            for verb in ["check", "build"] {
                let outcome = run(&sandbox, &[&[verb, "--format", "json"], named].concat());
                assert_eq!(outcome.code, Some(1), "{what}: {verb} {named:?}: {}", outcome.stderr);
                let document = json(&outcome);
                assert_told(&document["findings"], place, code, &format!("{what}: {verb} {named:?}"));
                assert_eq!(document["errors"]["publishing"], 0, "{what}");
            }
            let status = run(&sandbox, &[&["status", "--format", "json"], named].concat());
            assert_eq!(status.code, Some(1), "{what}: {}", status.stderr);
            let row = &json(&status)["meetings"][0];
            // Of a field twice the first is taken to read on.
            let state = if what == "a field twice" { "draft" } else { "CANNOT BE READ" };
            assert_eq!((&row["meeting"], &row["state"]), (&MEETING.into(), &state.into()), "{what}");
            let path = row["unread"]["path"].as_str().unwrap_or_default();
            assert!(place.starts_with(path.rsplit('/').next().unwrap_or_default()), "{what}: {row}");
        }
        for verb in ["issue", "changes"] {
            let outcome = run(&sandbox, &[verb, MEETING, "--format", "json"]);
            assert_eq!(outcome.code, Some(1), "{what}: {verb}: {}", outcome.stderr);
            assert_told(&json(&outcome)["findings"], place, code, &format!("{what}: {verb}"));
        }
        let calendar = run(&sandbox, &["calendar"]);
        assert!(calendar.code == Some(1) && calendar.stderr.contains(code), "{what}: {}", calendar.stderr);
    }
}

/// Asserts that a finding is told, and nothing that follows from it.
#[track_caller]
fn assert_told(findings: &Value, place: &str, code: &str, what: &str) {
    let all = findings.as_array().expect("a list");
    let at = |one: &Value| format!("{}:{}:{}", one["path"].as_str().unwrap_or_default(), one["line"], one["column"]);
    let told = all.iter().any(|one| at(one).contains(&format!("/{place}")) && one["code"] == code);
    assert!(told, "{what}: {findings:#}");
    assert!(all.iter().all(|one| one["code"] != "M0018"), "{what}: {findings:#}");
}

#[test]
fn what_earlier_runs_left_is_told_to_be_old() {
    let sandbox = good();
    sandbox.edit(AGENDA, "title: ", "title: Access: ");
    let build = run(&sandbox, &["build", MEETING]);
    assert!(build.stderr.contains("not built; out/board/2026-09-16 is from an earlier build"), "{}", build.stderr);
    let check = run(&sandbox, &["check", "--certificate", MEETING]);
    assert_eq!(check.code, Some(1));
    assert!(check.stderr.contains("certificates/board/2026-09-16.pdf is from an earlier check"), "{}", check.stderr);
    assert_eq!(sandbox.read("certificates/board/2026-09-16.pdf"), "as it was");
}

#[test]
fn a_folder_is_named_by_the_date_of_its_meeting() {
    for (name, slip) in [("16 September 2026", false), ("16.09.2026", false), ("16 September 2026", true)] {
        let sandbox = good();
        if slip {
            sandbox.edit(AGENDA, "title: ", "title: Access: ");
        }
        rename(&sandbox, FOLDER, &format!("content/bodies/board/{name}"));
        for verb in [&["check"][..], &["build"], &["issue"], &["changes"]] {
            let outcome = run(&sandbox, &[verb, &["--format", "json", MEETING]].concat());
            assert_eq!(outcome.code, Some(1), "{name}: {verb:?}: {}", outcome.stderr);
            let first = json(&outcome)["findings"][0].clone();
            if slip {
                assert_eq!(first["code"], "F0003");
            } else {
                assert_eq!((&first["code"], &first["help"]), (&"M0021".into(), &"name the folder 2026-09-16".into()));
            }
        }
        let build = run(&sandbox, &["build"]);
        assert!(build.stderr.contains("out/board/2026-09-16 is from an earlier build"), "{}", build.stderr);
    }
}

#[test]
fn no_meetings_are_not_no_errors() {
    let sandbox = Sandbox::base();
    fs::remove_dir_all(sandbox.path(FOLDER)).expect("it is there");
    for arguments in [&["check"][..], &["check", "board"], &["build"]] {
        let outcome = run(&sandbox, arguments);
        assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("no errors"), "{}", outcome.stderr);
    }
}

#[test]
fn minutes_may_stand_in_a_folder_without_an_agenda() {
    let sandbox = Sandbox::base();
    sandbox.write(
        "content/bodies/board/2026-06-17/minutes.yaml",
        "kind: minutes\nmeeting: 2026-06-17 10:30\nitems:\n  - title: Apologies\n    text: None.\n",
    );
    let outcome = sandbox.run(&["check", "--fast", "--format", "json"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stdout);
}

#[test]
fn meetings_are_found_however_they_are_written() {
    let sandbox = good();
    sandbox.edit(AGENDA, "title: ", "title: Access: ");
    for word in [
        "board\\2026-09-16",
        "Board/2026-09-16",
        "content\\bodies\\board\\2026-09-16\\agenda.yaml",
        "./content/bodies/board/2026-09-16/",
        "board/16 September 2026",
    ] {
        let outcome = run(&sandbox, &["check", "--format", "concise", word]);
        assert!(outcome.code == Some(1) && outcome.stdout.contains("[F0003]"), "{word}: {}", outcome.stderr);
    }
}

#[test]
fn the_workspace_is_found_from_the_folders_in_it() {
    let sandbox = good();
    for folder in ["content", "content/bodies", FOLDER] {
        let status = |words: &[&str]| {
            let mut command = sandbox.command(&[&["status", "--format", "json"], words].concat());
            Outcome::of(command.current_dir(sandbox.path(folder)).env("SOURCE_DATE_EPOCH", "1773000000"))
        };
        let outcome = status(&[]);
        assert_eq!(outcome.code, Some(0), "{folder}: {}", outcome.stderr);
        assert_eq!(json(&outcome)["meetings"][0]["meeting"], MEETING);
        assert_eq!(status(&["board"]).code, Some(0));
        assert_eq!(status(&["."]).code, Some(if folder == FOLDER { 0 } else { 2 }), "{folder}");
    }
    let outcome = Outcome::of(sandbox.command(&["build"]).current_dir(sandbox.path(FOLDER)));
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(!sandbox.path(FOLDER).join("out").exists());
}

#[test]
fn what_desktops_leave_behind_is_no_finding() {
    let sandbox = Sandbox::base();
    for name in ["Thumbs.db", "desktop.ini", ".DS_Store", "~$note.docx", ".~lock.note.odt#", "~WRL0005.tmp"] {
        sandbox.write(&format!("{FOLDER}/{name}"), "x");
    }
    let outcome = sandbox.run(&["check", "--fast", "--format", "json"]);
    assert_eq!(json(&outcome)["findings"].as_array().map(Vec::len), Some(0), "{}", outcome.stdout);
}
