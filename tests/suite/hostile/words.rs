//! Words longer than any line.

use super::{AGENDA, NOTE, built, with_file, with_note, with_text};
use crate::pdf::Pdf;
use crate::sample::packs_of;
use crate::sandbox::{Outcome, Sandbox};

/// A word of 5,000 letters, which no line holds.
fn long_word() -> String {
    "abcdefghij".repeat(500)
}

/// Asserts that a word of 5,000 letters is printed whole, or is a finding.
#[track_caller]
fn assert_whole_or_found(sandbox: &Sandbox, outcome: &Outcome) {
    if outcome.code == Some(1) {
        assert!(outcome.stdout.contains(&format!("{NOTE}:")), "the finding names the paper: {}", outcome.stdout);
        return;
    }
    // Feet and headings stand between the parts of a word on several pages, but hold no j.
    let letters = built(sandbox, outcome).matches('j').count();
    assert!(letters >= 500, "{letters} of 500 letters j are left of the word");
    for pack in packs_of(&sandbox.files("out")) {
        let beyond = Pdf::read(&pack.bytes).beyond_the_page();
        assert!(beyond.is_empty(), "runs over the edge: {beyond:?}");
    }
}

#[test]
fn a_word_of_five_thousand_letters() {
    let (sandbox, outcome) = with_text(&format!("A {} word.", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
    let (sandbox, outcome) = with_text(&format!("# {}\n\nWords.", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
    let (sandbox, outcome) = with_text(&format!("- {}\n  1. {}", long_word(), long_word()));
    assert_whole_or_found(&sandbox, &outcome);
    let (sandbox, outcome) = with_text(&format!("See <https://testford.example/{}>.", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
}

#[test]
fn a_word_of_five_thousand_letters_in_code() {
    let (sandbox, outcome) = with_text(&format!("Type `{}`.", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
    let (sandbox, outcome) = with_text(&format!("    {}", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
}

#[test]
fn a_word_of_five_thousand_letters_in_a_cell() {
    let (sandbox, outcome) = with_text(&format!("| a | b | c |\n|--|--|--|\n| one | {} | three |", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
}

#[test]
fn a_word_of_five_thousand_letters_in_an_action_plan() {
    for field in ["action", "by", "lead", "measure", "progress"] {
        let action = if field == "action" { String::new() } else { "action: Words\n            ".into() };
        let plan = format!(
            "kind: action-plan\ntitle: x\nthemes:\n  - title: x\n    objectives:\n      - objective: x\n        actions:\n          - {action}{field}: {}\n",
            long_word()
        );
        let (sandbox, outcome) = with_note(plan);
        assert_whole_or_found(&sandbox, &outcome);
    }
}

#[test]
fn a_title_of_five_thousand_letters() {
    let (sandbox, outcome) = with_note(format!("kind: briefing-note\ntitle: {}\ntext: x\n", long_word()));
    assert_whole_or_found(&sandbox, &outcome);
    let (_, outcome) = with_file(
        AGENDA,
        format!("kind: agenda\nmeeting: 2026-09-16\ntitle: {0}\npublic:\n  - title: {0}\n", long_word()),
    );
    outcome.assert_no_crash("a long title");
    let longest = std::cell::Cell::new(0);
    let (sandbox, outcome) = with_note(format!("kind: briefing-note\ntitle: {}\ntext: x\n", "ਪੰ".repeat(100)));
    built(&sandbox, &outcome);
    sandbox
        .files("")
        .keys()
        .for_each(|path| longest.set(longest.get().max(path.rsplit('/').next().map_or(0, str::len))));
    assert!(longest.get() <= 255, "a file name has {} bytes, which no system takes", longest.get());
}
