//! A build that fails leaves what was there, to the byte.

use std::fs::File;
use std::process::Stdio;

use crate::sandbox::{Outcome, Sandbox};

const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";
const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";

#[test]
fn an_error_in_a_source_leaves_the_last_output() {
    let sandbox = Sandbox::base();
    sandbox.succeed(&["build"]);
    let before = sandbox.files("out");
    assert!(before.len() >= 4, "{:?}", before.keys());
    let right = sandbox.read(NOTE);
    for wrong in ["text: [", "titel: x\ntext: x", "title: x\ntext: <b>x</b>", "title: x\ntext: \"[](#nowhere)\""] {
        sandbox.write(NOTE, format!("kind: briefing-note\n{wrong}\n"));
        let outcome = sandbox.run(&["build"]);
        assert_eq!(outcome.code, Some(1), "{wrong}\n{}", outcome.stderr);
        assert!(sandbox.files("out") == before, "{wrong}: the output changed");
    }
    sandbox.write(NOTE, right.replace("take new patients", "took new patients"));
    sandbox.succeed(&["build"]);
    assert!(sandbox.files("out") != before, "a change of the source changes the output");
}

#[test]
fn an_error_found_by_typesetting_leaves_the_last_output() {
    let sandbox = Sandbox::base();
    sandbox.succeed(&["build"]);
    let before = sandbox.files("out");
    sandbox.write("layouts/briefing-note.typ", "#let briefing-note(paper) = panic(\"no\")\n");
    let outcome = sandbox.run(&["build"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("layouts/briefing-note.typ"), "{}", outcome.stderr);
    assert!(sandbox.files("out") == before, "the output changed");
}

#[test]
fn a_meeting_with_errors_does_not_stop_another() {
    let sandbox = Sandbox::base();
    let good = "kind: agenda\nmeeting: 2026-10-14 10:30\npublic:\n  - title: Apologies\n";
    sandbox.write("content/bodies/board/2026-10-14/agenda.yaml", good);
    sandbox.edit(AGENDA, "title: Access", "titel: Access");
    let outcome = sandbox.run(&["build"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("board/2026-10-14: 2 pages"), "{}", outcome.stdout);
    assert!(sandbox.path("out/board/2026-10-14/public/pack.json").exists());
    assert!(!sandbox.path("out/board/2026-09-16").exists());
}

#[test]
fn what_the_last_build_made_and_this_one_does_not_is_gone() {
    let sandbox = Sandbox::base();
    sandbox.edit(AGENDA, "papers: [note.yaml]", "papers: [{paper: note.yaml, withheld: {paragraphs: [3]}}]");
    sandbox.succeed(&["build"]);
    assert!(sandbox.path("out/board/2026-09-16/private").exists());
    sandbox.edit(AGENDA, "[{paper: note.yaml, withheld: {paragraphs: [3]}}]", "[note.yaml]");
    sandbox.succeed(&["build"]);
    assert!(!sandbox.path("out/board/2026-09-16/private").exists(), "the private edition is still there");
    let left: Vec<String> = sandbox.files("out").into_keys().filter(|path| path.contains(".boardpack")).collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn a_file_in_the_place_of_the_output_folder_is_named_with_the_reason() {
    let sandbox = Sandbox::base();
    sandbox.write("out", "not a folder");
    let outcome = sandbox.run(&["build"]);
    assert_eq!(outcome.code, Some(3), "{}", outcome.stderr);
    assert!(outcome.stderr.starts_with("failure: cannot make the folder `"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("out/board`: "), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("= help: "), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("os error"), "{}", outcome.stderr);
    assert_eq!(sandbox.read("out"), "not a folder");
}

#[test]
fn a_file_in_the_place_of_a_meeting_is_not_destroyed_silently() {
    let sandbox = Sandbox::base();
    sandbox.write("out/board/2026-09-16", "not a folder");
    let outcome = sandbox.run(&["build"]);
    outcome.assert_no_crash("a file where the meeting's folder belongs");
    if outcome.code == Some(3) {
        assert_eq!(sandbox.read("out/board/2026-09-16"), "not a folder");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_closed_to_the_user_is_named_with_the_reason() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::base();
    std::fs::create_dir(sandbox.path("out")).expect("the folder can be made");
    let close = |mode| std::fs::set_permissions(sandbox.path("out"), PermissionsExt::from_mode(mode)).expect("a mode");
    close(0o555);
    if File::create(sandbox.path("out/probe")).is_ok() {
        eprintln!("skipped: this user may write everywhere, as root does");
        close(0o755);
        return;
    }
    let outcome = sandbox.run(&["build"]);
    close(0o755);
    assert_eq!(outcome.code, Some(3), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("out/board`: you are not allowed to"), "{}", outcome.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_a_failure() {
    let sandbox = Sandbox::base();
    let full = File::options().write(true).open("/dev/full").expect("Linux has /dev/full");
    let outcome = Outcome::of(sandbox.command(&["explain"]).stdout(full));
    assert_eq!(outcome.code, Some(3), "{}", outcome.stderr);
    assert!(outcome.stderr.starts_with("failure: cannot write to standard output: "), "{}", outcome.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let sandbox = Sandbox::base();
    let mut child = sandbox
        .command(&["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
}
