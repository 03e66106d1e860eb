//! What is no file of the workspace is refused by name, and never opened: pipes, devices, sockets, links that lead out.

use std::os::unix::net::UnixListener;
use std::path::Path;

use super::{AGENDA, FOLDER, NOTE, assert_found, built};
use crate::pdf::squeeze;
use crate::sandbox::{Outcome, Sandbox, link, pipe};

/// An agenda that appends a file.
fn appending(file: &str) -> String {
    format!(
        "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - title: The plan\n    papers:\n      - file: {file}\n        title: The plan\n        description: A plan\n"
    )
}

/// Checks and builds, each of which must find something at this path and nothing of what only follows from it.
fn assert_refused(sandbox: &Sandbox, path: &str, finding: &str) {
    for verb in ["check", "build"] {
        let outcome = sandbox.run(&[verb, "--format", "concise"]);
        outcome.assert_no_crash(path);
        let expected = format!("{path}:1:1: error[{finding}");
        assert!(
            outcome.code == Some(1) && outcome.stdout.contains(&expected),
            "{verb}: {expected}\n{}",
            outcome.stdout
        );
        let errors = outcome.stdout.lines().filter(|line| line.contains(": error[")).count();
        assert_eq!(errors, 1, "{verb}\n{}", outcome.stdout);
    }
}

#[test]
fn pipes_and_sockets_are_not_opened() {
    for path in ["content/bodies/board/x.yaml", "content/x.bin", "layouts/theme.typ", "fonts/own/Own.ttf"] {
        let sandbox = Sandbox::base();
        sandbox.write(path, "");
        std::fs::remove_file(sandbox.path(path)).expect("it was written");
        pipe(&sandbox.path(path));
        assert_refused(&sandbox, path, &format!("F0011]: `{path}` is a named pipe, not a file"));
        std::fs::remove_file(sandbox.path(path)).expect("the pipe");
        let _socket = UnixListener::bind(sandbox.path(path)).expect("a socket");
        assert_refused(&sandbox, path, &format!("F0011]: `{path}` is a socket, not a file"));
    }
}

#[test]
fn a_pipe_in_the_place_of_what_a_paper_needs_is_told_once() {
    let picture = format!("{FOLDER}/map.svg");
    let people = "content/people.yaml".to_owned();
    let appended = format!("{FOLDER}/plan.pdf");
    for path in [picture, people, appended] {
        let sandbox = Sandbox::base();
        if path.ends_with("pdf") {
            sandbox.write(AGENDA, appending("plan.pdf"));
        }
        if path.ends_with("svg") {
            sandbox.write(
                NOTE,
                "kind: briefing-note\ntitle: x\nbackground_papers: None\ntext: \"![The ward](map.svg)\"\n",
            );
        }
        let _ = std::fs::remove_file(sandbox.path(&path));
        pipe(&sandbox.path(&path));
        let outcome = sandbox.run(&["build", "--format", "concise"]);
        assert_found(&outcome, "F0011");
    }
}

#[test]
fn links_that_lead_out_are_refused() {
    let elsewhere = Sandbox::empty();
    elsewhere.write("secret.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    let aims = ["/dev/zero", elsewhere.root().to_str().expect("UTF-8")];
    for aim in aims {
        for path in ["content/x.yaml", "content/x", "layouts/theme.typ", "fonts/Own.ttf", "fonts/own"] {
            let sandbox = Sandbox::base();
            sandbox.write("layouts/.keep", "");
            sandbox.write("fonts/.keep", "");
            link(Path::new(aim), &sandbox.path(path));
            let what = if aim == "/dev/zero" { "file" } else { "folder" };
            assert_refused(&sandbox, path, &format!("F0012]: `{path}` leads to a {what} outside the workspace"));
        }
    }
    let sandbox = Sandbox::base();
    link(&elsewhere.path("secret.svg"), &sandbox.path(&format!("{FOLDER}/secret.svg")));
    sandbox.write(NOTE, "kind: briefing-note\ntitle: x\ntext: \"![s](secret.svg)\"\n");
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    assert_found(&outcome, "F0012");
    assert!(!outcome.stdout.contains("secret.svg` cannot be read"), "{}", outcome.stdout);
}

#[test]
fn a_whole_folder_of_the_workspace_may_not_lie_elsewhere() {
    for folder in ["content", "layouts", "fonts"] {
        let (sandbox, elsewhere) = (Sandbox::base(), Sandbox::base());
        let _ = std::fs::remove_dir_all(sandbox.path(folder));
        link(&elsewhere.path("content"), &sandbox.path(folder));
        let outcome = sandbox.run(&["build", "--format", "concise"]);
        assert_found(&outcome, "F0012");
    }
}

#[test]
fn links_within_the_workspace_are_followed() {
    let sandbox = Sandbox::base();
    std::fs::rename(sandbox.path(NOTE), sandbox.path("shared.yaml")).expect("the note");
    link(Path::new("../../../../shared.yaml"), &sandbox.path(NOTE));
    sandbox.write("images/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    link(&sandbox.path("images"), &sandbox.path(&format!("{FOLDER}/images")));
    sandbox.edit("shared.yaml", "To tell the Board", "![The ward](images/map.svg)\n\n  To tell the Board");
    let outcome = sandbox.run(&["build"]);
    assert!(built(&sandbox, &outcome).contains(&squeeze("To tell the Board")));
    // The workspace itself may be reached through a link.
    let outer = Sandbox::empty();
    link(sandbox.root(), &outer.path("council"));
    assert_eq!(outer.run(&["--workspace", "council", "build"]).code, Some(0));
}

#[test]
fn what_is_named_on_the_command_line_is_not_waited_for() {
    let sandbox = Sandbox::base();
    pipe(&sandbox.path("pipe.pdf"));
    let outcome = sandbox.run(&["inspect", "--format", "concise", "pipe.pdf"]);
    assert_found(&outcome, "F0011");
    let refused = |arguments: &[&str]| {
        let Outcome { code, stderr, .. } = sandbox.run(arguments);
        assert_eq!(code, Some(3), "{arguments:?}: {stderr}");
        assert!(stderr.contains("cannot read `pipe.pdf`: it is a named pipe, not a file"), "{arguments:?}: {stderr}");
    };
    refused(&["archive", "verify", "--proof", "pipe.pdf", "x.pdf"]);
    refused(&["issue", "board/2026-09-16", "--sign", "pipe.pdf"]);
    let outcome = sandbox.run(&["inspect", "--format", "concise", "/dev/zero"]);
    assert_found(&outcome, "F0011");
}

#[test]
fn a_pipe_in_the_archive_is_a_fault() {
    let sandbox = Sandbox::base();
    let issued = sandbox.at(1_788_264_000, &["issue", "board/2026-09-16"]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
    let object = sandbox.path("archive/whole/board.2026-09-16");
    for file in ["v1/content/issue.json", "inventory.json", "inventory.json.sha512"] {
        let (path, aside) = (object.join(file), sandbox.path("aside"));
        std::fs::rename(&path, &aside).expect("moved");
        pipe(&path);
        let outcome = sandbox.run(&["archive", "verify"]);
        assert_eq!(outcome.code, Some(4), "{file}: {}", outcome.stderr);
        assert!(
            outcome.stderr.contains(&format!("whole/board.2026-09-16/{file}: is a link, a pipe or a device")),
            "{}",
            outcome.stderr
        );
        std::fs::rename(&aside, &path).expect("moved back");
    }
}
