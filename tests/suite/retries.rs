//! Commands given twice, archives that are only read, and what is said of an archive that has lost something.

use std::fs;

use crate::sandbox::{Outcome, Sandbox, copy};

const MEETING: &str = "board/2026-09-16";
const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";
const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";
/// Noon on 1 September 2026.
const FIRST: i64 = 1_788_264_000;
const DAY: i64 = 86_400;
/// Noon on 1 October 2032, when the time of keeping is over.
const OLD: i64 = 1_980_244_800;
const AGAIN: &[&str] = &["issue", MEETING, "--reason", "a corrected word"];
const RELEASE: &[&str] = &["archive", "release", MEETING, "note.yaml", "--reason", "the sale is complete"];

fn does(sandbox: &Sandbox, day: i64, arguments: &[&str]) -> Outcome {
    let outcome = sandbox.at(FIRST + day * DAY, arguments);
    assert_eq!(outcome.code, Some(0), "{arguments:?}: {}{}", outcome.stdout, outcome.stderr);
    outcome
}

fn refuses(sandbox: &Sandbox, day: i64, arguments: &[&str], code: i32) -> String {
    let outcome = sandbox.at(FIRST + day * DAY, arguments);
    assert_eq!(outcome.code, Some(code), "{arguments:?}: {}{}", outcome.stdout, outcome.stderr);
    outcome.stderr
}

/// Makes a workspace with two issues.
fn twice_issued() -> Sandbox {
    let sandbox = Sandbox::base();
    does(&sandbox, 0, &["issue", MEETING]);
    sandbox.edit(NOTE, "take new patients", "took new patients");
    does(&sandbox, 1, AGAIN);
    sandbox
}

#[test]
fn the_same_order_again_completes_an_issue_and_another_one_is_refused() {
    let sandbox = Sandbox::base();
    does(&sandbox, 0, &["issue", MEETING]);
    let said = does(&sandbox, 1, &["issue", MEETING]).stdout;
    assert!(said.contains("issue 1 is complete, as this command made it; nothing is left to do"), "{said}");
    sandbox.edit(NOTE, "take new patients", "took new patients");
    let first = sandbox.files("out");
    does(&sandbox, 1, AGAIN);
    let (archive, second) = (sandbox.files("archive"), sandbox.files("out"));
    for what in ["old packs", "no packs"] {
        fs::remove_dir_all(sandbox.path("out")).unwrap();
        if what == "old packs" {
            for (path, bytes) in &first {
                sandbox.write(&format!("out/{path}"), bytes);
            }
        }
        let said = does(&sandbox, 2, AGAIN).stdout;
        assert!(
            said.contains("issue 2 is complete; its packs were not in the folder for outputs, and are written now"),
            "{what}: {said}"
        );
        assert!(sandbox.files("out") == second, "{what}");
    }
    let said = does(&sandbox, 2, AGAIN).stdout;
    assert!(said.contains("issue 2 is complete, as this command made it; nothing is left to do"), "{said}");
    for other in [
        &["issue", MEETING, "--reason", "another word"][..],
        &["issue", MEETING, "--supplement", "--reason", "a corrected word"],
        &["issue", MEETING, "--reason", "a corrected word", "--urgent", "the chair agreed"],
    ] {
        let said = refuses(&sandbox, 2, other, 3);
        assert!(said.contains("nothing has changed in `board/2026-09-16` since issue 2"), "{other:?}: {said}");
    }
    does(&sandbox, 2, &["archive", "key", "key.pem"]);
    refuses(&sandbox, 2, &[AGAIN, &["--sign", "key.pem"]].concat(), 3);
    assert!(sandbox.files("archive") == archive && sandbox.files("out") == second);
}

#[test]
fn a_release_writes_its_packs_and_can_be_asked_for_again() {
    let sandbox = Sandbox::base();
    sandbox.edit(AGENDA, "papers: [note.yaml]", "papers: [{paper: note.yaml, withheld: {paragraphs: [3]}}]");
    does(&sandbox, 0, &["issue", MEETING]);
    let said = refuses(&sandbox, -1, RELEASE, 3);
    assert!(said.contains("issue 1 was made on"), "{said}");
    let said = does(&sandbox, 1, RELEASE).stdout;
    assert!(said.contains("issue 2 publishes") && said.contains("packs in "), "{said}");
    let out = sandbox.files("out");
    let published = out.keys().find(|path| path.contains("/public/papers/") && path.contains("access-to-dentists"));
    assert!(published.is_some(), "{:?}", out.keys());
    let archive = sandbox.files("archive");
    let said = does(&sandbox, 2, RELEASE).stdout;
    assert!(said.contains("issue 2 is complete, as this command made it"), "{said}");
    fs::remove_dir_all(sandbox.path("out")).unwrap();
    let said = does(&sandbox, 2, RELEASE).stdout;
    assert!(
        said.contains("issue 2 is complete; its packs were not in the folder for outputs, and are written now"),
        "{said}"
    );
    assert!(sandbox.files("out") == out && sandbox.files("archive") == archive);
    refuses(&sandbox, 2, &["archive", "release", MEETING, "note.yaml", "--reason", "another"], 2);
    does(&sandbox, 2, &["archive", "rebuild"]);
}

#[test]
fn a_removal_can_be_asked_for_again_and_no_clock_is_set_back() {
    let sandbox = twice_issued();
    let remove = ["archive", "remove", MEETING, "--reason", "its time is over"];
    let said = refuses(&sandbox, 0, &remove, 3);
    assert!(said.contains("issue 2 was made on"), "{said}");
    let old = (OLD - FIRST) / DAY;
    does(&sandbox, old, &remove);
    let archive = sandbox.files("archive");
    let said = does(&sandbox, old + 1, &remove).stdout;
    assert!(said.contains("was removed on 2032-10-01") && said.contains("nothing is left to do"), "{said}");
    let said = refuses(&sandbox, old + 1, &["archive", "remove", MEETING, "--reason", "other words"], 3);
    assert!(said.contains("was removed from the archive"), "{said}");
    let said = refuses(&sandbox, old + 1, &["archive", "remove", "board/2026-09-17", "--reason", "x"], 3);
    assert!(said.contains("is not in the archive"), "{said}");
    assert!(sandbox.files("archive") == archive);
}

/// What reads the archive, with exit codes where a run was cut off.
const READERS: &[(&[&str], i32)] = &[
    (&["status"], 0),
    (&["check"], 0),
    (&["build"], 0),
    (&["changes", MEETING], 0),
    (&["archive", "list"], 0),
    (&["archive", "show", MEETING], 0),
    (&["archive", "get", MEETING, "--out", "got"], 0),
    (&["archive", "rebuild"], 0),
    (&["archive", "retention"], 0),
    (&["archive", "verify"], 4),
    (&["issue", MEETING, "--reason", "other", "--dry-run"], 3),
];

#[test]
fn what_only_reads_writes_nothing_and_names_the_command_that_finishes() {
    let sandbox = twice_issued();
    fs::remove_dir_all(sandbox.path("archive/public/board.2026-09-16")).unwrap();
    sandbox.write("archive/.writing/public+board.2026-09-16+new/0=ocfl_object_1.1", "ocfl");
    fs::remove_file(sandbox.path("archive/.lock")).unwrap();
    let before = sandbox.files("archive");
    for (verb, code) in READERS {
        let outcome = sandbox.run(verb);
        assert_eq!(outcome.code, Some(*code), "{verb:?}: {}{}", outcome.stdout, outcome.stderr);
        assert!(outcome.stderr.contains("was cut off"), "{verb:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("`boardpack archive repair`"), "{verb:?}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains("backup"), "{verb:?}: {}", outcome.stderr);
        assert!(sandbox.files("archive") == before, "{verb:?} has written into the archive");
    }
    assert!(sandbox.path(&format!("out/{MEETING}")).exists(), "`build` writes its pack");
    let said = does(&sandbox, 2, &["archive", "repair"]).stdout;
    assert!(said.contains("board/2026-09-16: issue 2 was cut off, and is complete now"), "{said}");
    let said = does(&sandbox, 2, &["archive", "repair"]).stdout;
    assert_eq!(said, "nothing is left unfinished; `boardpack archive verify` checks every file\n");
    for (verb, _) in READERS {
        let _ = fs::remove_dir_all(sandbox.path("got"));
        let outcome = sandbox.run(verb);
        assert!(!outcome.stderr.contains("cut off"), "{verb:?}: {}", outcome.stderr);
    }
}

#[test]
fn an_archive_that_is_not_there_is_not_called_whole() {
    let sandbox = Sandbox::base();
    let said = refuses(&sandbox, 0, &["archive", "verify"], 3);
    assert!(said.contains("nothing was checked"), "{said}");
}

#[test]
fn an_archive_that_was_only_begun_is_understood_by_every_verb() {
    for begun in ["archive/.lock", "archive/.writing/whole/0=ocfl_1.1"] {
        let sandbox = Sandbox::base();
        sandbox.write(begun, "");
        for verb in [&["status"][..], &["build"], &["check"], &["archive", "list"], &["archive", "retention"]] {
            let outcome = sandbox.run(verb);
            assert_eq!(outcome.code, Some(0), "{begun}, {verb:?}: {}", outcome.stderr);
            assert!(outcome.stderr.contains("`boardpack archive repair`"), "{begun}, {verb:?}: {}", outcome.stderr);
        }
        let said = refuses(&sandbox, 0, &["archive", "verify"], 4);
        assert!(said.contains("run `boardpack archive repair`") && !said.contains("backup"), "{said}");
        let said = refuses(&sandbox, 0, &["archive", "show", MEETING], 3);
        assert!(said.contains("is not in the archive"), "{said}");
        let other = Sandbox::empty();
        copy(sandbox.root(), other.root());
        does(&sandbox, 0, &["archive", "repair"]);
        for sandbox in [sandbox, other] {
            does(&sandbox, 0, &["issue", MEETING]);
            does(&sandbox, 0, &["archive", "verify"]);
        }
    }
}

#[test]
fn a_meeting_that_the_whole_root_has_lost_is_told_and_is_never_issued_as_number_1_again() {
    let sandbox = twice_issued();
    let (object, spare) = ("archive/whole/board.2026-09-16", Sandbox::empty());
    copy(&sandbox.path(object), spare.root());
    fs::remove_dir_all(sandbox.path(object)).unwrap();
    let before = sandbox.files("archive");
    for (verb, code) in [
        (&["archive", "list"][..], 0),
        (&["status"], 0),
        (&["archive", "verify"], 4),
        (&["archive", "repair"], 4),
        (&["issue", MEETING], 3),
    ] {
        let outcome = sandbox.at(FIRST + 2 * DAY, verb);
        assert_eq!(outcome.code, Some(code), "{verb:?}: {}{}", outcome.stdout, outcome.stderr);
        let said = &outcome.stderr;
        assert!(said.contains("is lost, but `public` has 2 issues of it"), "{verb:?}: {said}");
        assert!(said.contains("from a backup"), "{verb:?}: {said}");
        assert!(sandbox.files("archive") == before, "{verb:?} has written into the archive");
    }
    copy(spare.root(), &sandbox.path(object));
    does(&sandbox, 2, &["archive", "verify"]);
}
