//! Names that the archive cannot take are found by `check` and `build`, not on the day of publication.

use super::{AGENDA, FOLDER, assert_found};
use crate::sandbox::Sandbox;

/// What of a finding's message tells why a name is refused.
const CASES: [(&str, &str); 9] = [
    ("content/bodies/board/2026-09-16/line\nbreak.yaml", "cannot be in a file name on every system"),
    ("content/bodies/board/2026-09-16/what?.pdf", "the character `?` cannot be in a file name"),
    ("content/bodies/board/2026-09-16/plan .yaml/x.md", "`plan .yaml` is a folder"),
    ("content/bodies/board/2026-09-16/plan /x.md", "`plan ` begins or ends with a space"),
    ("content/bodies/board/2026-09-16/com1.pdf", "`com1.pdf` is the name of a device on Windows"),
    ("content/bodies/board/2026-09-16/Note.yaml", "`Note.yaml` and `note.yaml` differ only in capital"),
    ("layouts/Theme.typ", "`Theme.typ` and `theme.typ` differ only in capital"),
    ("layouts/aux.typ", "`aux.typ` is the name of a device on Windows"),
    ("fonts/a:b.ttf", "the character `:` cannot be in a file name"),
];

#[cfg(unix)]
#[test]
fn names_of_files_are_found_before_the_day_of_publication() {
    for (path, why) in CASES {
        let sandbox = Sandbox::base();
        for name in [path.to_owned(), path.replace("Theme", "theme")] {
            let bytes =
                if name.ends_with("yaml") { sandbox.read(&format!("{FOLDER}/note.yaml")) } else { String::new() };
            sandbox.write(&name, bytes);
        }
        for verb in ["check", "build"] {
            let outcome = sandbox.run(&[verb, "--format", "concise"]);
            outcome.assert_no_crash(path);
            assert!(outcome.stdout.contains(why), "{verb} {path}: {}", outcome.stdout);
        }
    }
}

#[test]
fn long_names_and_paths_are_found() {
    let folder = "content/bodies/board/2026-09-16";
    let long_path = format!("{folder}/{}/x.pdf", vec!["x".repeat(90); 4].join("/"));
    for (path, why) in [
        (format!("{folder}/{}.pdf", "x".repeat(246)), "has more than 200 bytes".to_owned()),
        (long_path.clone(), format!("it has {} bytes, and may have 400", long_path.len() + "sources/".len())),
    ] {
        let sandbox = Sandbox::base();
        sandbox.write(&path, "");
        let outcome = sandbox.run(&["check", "--format", "concise"]);
        assert_found(&outcome, "F0008");
        assert!(outcome.stdout.contains(&why), "{why}\n{}", outcome.stdout);
    }
}

#[test]
fn bodies_and_meetings_that_cannot_be_kept_are_found_once() {
    for (body, meeting) in
        [("nul", "2026-09-16"), ("board", "aux"), ("0=x", "2026-09-16"), (&*"b".repeat(112), "2026-09-16")]
    {
        let sandbox = Sandbox::base();
        let to = format!("content/bodies/{body}");
        std::fs::rename(sandbox.path("content/bodies/board"), sandbox.path("aside")).expect("moved");
        std::fs::rename(sandbox.path("aside"), sandbox.path(&to)).expect("moved");
        std::fs::rename(sandbox.path(&format!("{to}/2026-09-16")), sandbox.path(&format!("{to}/{meeting}")))
            .expect("moved");
        for verb in ["check", "build", "issue"] {
            let id = format!("{body}/{meeting}");
            let arguments = if verb == "issue" { vec![verb, &id] } else { vec![verb] };
            let outcome = sandbox.at(1_788_264_000, &[&arguments[..], &["--format", "concise"]].concat());
            let found = outcome.stdout.lines().filter(|line| line.contains("error[F0008]")).count();
            assert_eq!(found, 1, "{verb} {id}: {}{}", outcome.stdout, outcome.stderr);
        }
        assert!(!sandbox.path("archive").exists());
    }
}

#[test]
fn papers_with_titles_of_devices_and_of_many_bytes_can_be_issued() {
    let sandbox = Sandbox::base();
    let title = "বরাদ্দ ".repeat(30);
    sandbox.write(
        AGENDA,
        format!("kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - title: Con\n    papers:\n      - {{paper: note.yaml}}\n  - title: {title}\n    papers: [long.yaml]\n"),
    );
    sandbox.write(&format!("{FOLDER}/long.yaml"), format!("kind: paper\ntitle: {title}\ntext: Words.\n"));
    let outcome = sandbox.at(1_788_264_000, &["issue", "board/2026-09-16"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert_eq!(sandbox.run(&["archive", "verify"]).code, Some(0));
}
