//! What is cut off: each scene is a command, and what was there before it.

use std::fs;

use super::at;
use crate::sandbox::{Sandbox, copy};

const MEETING: &str = "board/2026-09-16";
const FOLDER: &str = "content/bodies/board/2026-09-16";

/// Noon on 1, 2 and 3 September 2026, and on 1 October 2032.
const FIRST: i64 = 1_788_264_000;
const SECOND: i64 = FIRST + 86_400;
const THIRD: i64 = SECOND + 86_400;
const OLD: i64 = 1_980_244_800;

/// A command that is cut off.
pub struct Scene {
    pub name: &'static str,
    /// Makes what is there before, in the smallest workspace.
    pub prepare: fn(&Sandbox),
    pub command: &'static [&'static str],
    /// When it is run, in seconds since 1970.
    pub at: i64,
    /// Whether all earlier issues stay.
    pub keeps: bool,
}

pub const SCENES: &[Scene] = &[
    Scene { name: "first issue", prepare: built, command: &["issue", MEETING], at: FIRST, keeps: true },
    Scene {
        name: "second issue",
        prepare: changed,
        command: &["issue", MEETING, "--reason", "a corrected word"],
        at: SECOND,
        keeps: true,
    },
    Scene {
        name: "supplement",
        prepare: late,
        command: &["issue", MEETING, "--supplement", "--reason", "the figures have come"],
        at: SECOND,
        keeps: true,
    },
    Scene {
        name: "release",
        prepare: withheld,
        command: &["archive", "release", MEETING, "note.yaml", "--reason", "the sale is complete"],
        at: SECOND,
        keeps: true,
    },
    Scene {
        name: "remove",
        prepare: old,
        command: &["archive", "remove", MEETING, "--reason", "its time is over"],
        at: OLD,
        keeps: false,
    },
    Scene { name: "build", prepare: changed, command: &["build", MEETING], at: SECOND, keeps: true },
    Scene { name: "repair", prepare: cut_off, command: &["archive", "repair"], at: THIRD, keeps: true },
];

fn does(sandbox: &Sandbox, seconds: i64, arguments: &[&str]) {
    let outcome = at(sandbox, seconds, arguments);
    assert_eq!(outcome.code, Some(0), "{arguments:?}: {}{}", outcome.stdout, outcome.stderr);
}

/// Has the papers of a scene made, which are kept from run to run: they are made in threads of their own, whose calls
/// are counted apart.
fn built(sandbox: &Sandbox) {
    does(sandbox, FIRST, &["build", MEETING, "--out", "elsewhere"]);
    fs::remove_dir_all(sandbox.path("elsewhere")).unwrap();
}

fn issued(sandbox: &Sandbox) {
    does(sandbox, FIRST, &["issue", MEETING]);
}

fn changed(sandbox: &Sandbox) {
    issued(sandbox);
    sandbox.edit(&format!("{FOLDER}/note.yaml"), "take new patients", "took new patients");
    built(sandbox);
}

fn late(sandbox: &Sandbox) {
    let item = "  - title: Access to dentists\n";
    sandbox.edit(
        &format!("{FOLDER}/agenda.yaml"),
        item,
        &format!("  - title: Figures\n    to_follow: awaited\n{item}"),
    );
    issued(sandbox);
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "    to_follow: awaited", "    papers: [late.yaml]");
    let late = "kind: paper\ntitle: The figures\ntext: |\n  # Figures\n\n  Words.\n";
    sandbox.write(&format!("{FOLDER}/late.yaml"), late);
    built(sandbox);
}

fn withheld(sandbox: &Sandbox) {
    let paper = "papers: [{paper: note.yaml, withheld: {paragraphs: [3]}}]";
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "papers: [note.yaml]", paper);
    issued(sandbox);
}

/// Two issues of which the time of keeping is over.
fn old(sandbox: &Sandbox) {
    changed(sandbox);
    does(sandbox, SECOND, &["issue", MEETING, "--reason", "a corrected word"]);
}

/// The second issue is in the whole root, but not yet in the public one.
fn cut_off(sandbox: &Sandbox) {
    changed(sandbox);
    let object = "public/board.2026-09-16";
    let aside = sandbox.path("aside");
    copy(&sandbox.path(&format!("archive/{object}")), &aside);
    does(sandbox, SECOND, &["issue", MEETING, "--reason", "a corrected word"]);
    fs::remove_dir_all(sandbox.path(&format!("archive/{object}"))).unwrap();
    fs::rename(aside, sandbox.path(&format!("archive/{object}"))).unwrap();
    sandbox.write("archive/.writing/public+board.2026-09-16+new/0=ocfl_object_1.1", "ocfl_obj");
}
