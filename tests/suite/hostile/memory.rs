//! The memory of a run has a ceiling, and what would pass it ends with a cause and a remedy.

use super::{NOTE, assert_found};
use crate::sandbox::{Outcome, Sandbox};

/// Builds a note in so many megabytes.
fn build(text: &str, megabytes: &str) -> (Sandbox, Outcome) {
    let sandbox = Sandbox::base();
    let note = format!("kind: briefing-note\ntitle: Access to dentists\nbackground_papers: None\ntext: |\n{text}");
    sandbox.write(NOTE, note);
    let mut command = sandbox.command(&["build", "--format", "concise"]);
    let outcome = Outcome::of(command.env("BOARDPACK_MEMORY_MB", megabytes));
    outcome.assert_no_crash(megabytes);
    (sandbox, outcome)
}

fn rows(count: usize) -> String {
    let rows: String = (0..count).map(|row| format!("  | Harbour ward | {row} | {row} |\n")).collect();
    format!("  # Figures\n\n  | Ward | Homes | Places |\n  |:--|--:|--:|\n{rows}")
}

#[test]
fn a_pack_that_cannot_fit_is_refused_before_it_is_typeset() {
    let paragraph = "  The practice takes new patients in the spring of the year, and all is well there.\n\n";
    let (sandbox, outcome) = build(&format!("  # Purpose\n\n{}", paragraph.repeat(12_000)), "150");
    assert_found(&outcome, "F0015");
    let note = format!("{NOTE}:1:7: error[F0015]: typesetting `board/2026-09-16` takes ");
    assert!(outcome.stdout.contains(&note), "{}", outcome.stdout);
    assert!(!sandbox.path("out").exists());
}

#[test]
fn a_run_that_takes_more_than_was_foreseen_ends_with_the_paper_named() {
    let (sandbox, outcome) = build(&rows(1_500), "120");
    assert_eq!(outcome.code, Some(3), "{}{}", outcome.stdout, outcome.stderr);
    let told = format!(
        "failure: this run takes more than the 120 MB of memory that it may hold; the largest paper at work is `{NOTE}`\n  = help: "
    );
    assert!(outcome.stderr.starts_with(&told), "{}", outcome.stderr);
    assert!(!sandbox.path("out").exists());
}

#[test]
fn what_fits_is_built() {
    let (sandbox, outcome) = build(&rows(50), "4000");
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(sandbox.path("out").exists());
    let (_, outcome) = build("  Words.\n", "many");
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("`BOARDPACK_MEMORY_MB` is `many`, which is not a number of megabytes"));
}
