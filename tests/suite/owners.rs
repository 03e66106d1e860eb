//! What is withheld lies on the disk for its owner's eyes, or for those of a team that shares the folder, and copies
//! that a killed run left are removed by the next one.

#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::sandbox::{Outcome, Sandbox};

const FOLDER: &str = "content/bodies/board/2026-09-16";

/// Makes a workspace with a withheld paper.
fn withheld() -> Sandbox {
    let sandbox = Sandbox::base();
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "[note.yaml]", "[note.yaml, deal.yaml]");
    let grounds = "{paragraphs: [3], public_interest: It would harm the price., decided_by: director}";
    let paper = format!("kind: paper\ntitle: A deal\nwithheld: {grounds}\ntext: Words.\n");
    sandbox.write(&format!("{FOLDER}/deal.yaml"), paper);
    sandbox
}

/// Gives the rights of every folder and file below a folder, without those that a umask may take away.
fn rights(sandbox: &Sandbox, folder: &str) -> Vec<(String, u32)> {
    let entries = walkdir::WalkDir::new(sandbox.path(folder)).sort_by_file_name();
    let entries = entries.into_iter().map(|entry| entry.expect("an entry"));
    let name = |path: &std::path::Path| path.strip_prefix(sandbox.root()).expect("below").display().to_string();
    entries.map(|entry| (name(entry.path()), entry.metadata().expect("there").permissions().mode() & 0o7777)).collect()
}

/// Asserts that all below a folder has these rights.
fn assert_rights(sandbox: &Sandbox, folder: &str, of_folders: u32, of_files: u32) {
    let all = rights(sandbox, folder);
    assert!(all.len() > 1, "{folder} is empty");
    for (path, mode) in all {
        let wanted = if sandbox.path(&path).is_dir() { of_folders } else { of_files };
        assert_eq!(mode, wanted, "{path}: {mode:o} in place of {wanted:o}");
    }
}

#[test]
fn private_folders_are_for_their_owner() {
    let sandbox = withheld();
    sandbox.succeed(&["build"]);
    sandbox.run(&["check", "--fast", "--certificate"]);
    for folder in ["out/board/2026-09-16/private", "certificates", ".boardpack"] {
        assert_rights(&sandbox, folder, 0o700, 0o600);
    }
    // What is public stays so.
    for (path, mode) in rights(&sandbox, "out/board/2026-09-16/public") {
        assert_eq!(mode & 0o444, 0o444, "{path}: {mode:o}");
    }
    let folder = fs::metadata(sandbox.path("out/board/2026-09-16")).expect("there").permissions().mode();
    assert_eq!(folder & 0o555, 0o555, "{folder:o}");
}

#[test]
fn a_team_that_shares_a_folder_shares_what_is_private_in_it() {
    let sandbox = withheld();
    fs::set_permissions(sandbox.root(), Permissions::from_mode(0o2770)).expect("its owner may");
    // Twice, so that what the first has made is what the second replaces.
    for _ in 0..2 {
        sandbox.succeed(&["build"]);
    }
    sandbox.run(&["check", "--fast", "--certificate"]);
    for folder in ["out/board/2026-09-16/private", "certificates", ".boardpack"] {
        assert_rights(&sandbox, folder, 0o2770, 0o660);
    }
    for (path, mode) in rights(&sandbox, "out/board/2026-09-16/public") {
        assert_eq!(mode & 0o064, 0o064, "{path}: {mode:o}");
    }
}

#[test]
fn what_is_taken_out_of_the_archive_for_officers_is_for_its_owner() {
    let sandbox = withheld();
    // Whatever day it is when this is run.
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "public:", "short_notice: No other day was free.\npublic:");
    sandbox.succeed(&["issue", "board/2026-09-16"]);
    sandbox.succeed(&["archive", "get", "board/2026-09-16", "--sources", "--out", "sources"]);
    assert_rights(&sandbox, "sources", 0o700, 0o600);
    sandbox.succeed(&["archive", "get", "board/2026-09-16", "--out", "public"]);
    let folder = fs::metadata(sandbox.path("public")).expect("there").permissions().mode();
    assert_eq!(folder & 0o555, 0o555, "{folder:o}");
}

#[test]
fn copies_that_a_killed_run_left_are_removed_by_the_next() {
    let sandbox = Sandbox::base();
    let copy = |name: &str| {
        sandbox.write(&format!("tmp/{name}/content/secret.yaml"), "kind: paper\n");
        sandbox.write(&format!("tmp/{name}/.boardpack-lock"), "");
        sandbox.path(&format!("tmp/{name}"))
    };
    let (dead, office, live) =
        (copy("boardpack-issue-a1b2c3"), copy("boardpack-office-a1b2c3"), copy("boardpack-issue-A1B2C3"));
    let other = copy("boardpack-issues");
    // This process stands in for a run that is under way.
    let lock = File::open(live.join(".boardpack-lock")).expect("the file");
    lock.try_lock().expect("nobody else has it");
    let status = || Outcome::of(sandbox.command(&["status"]).env("TMPDIR", sandbox.path("tmp")));
    assert_eq!(status().code, Some(0));
    assert!(!dead.exists() && !office.exists(), "the copies of killed runs are still there");
    assert!(
        live.join("content/secret.yaml").exists() && other.exists(),
        "a folder in use, or of somebody else, is gone"
    );
    drop(lock);
    status();
    assert!(!live.exists());
}
