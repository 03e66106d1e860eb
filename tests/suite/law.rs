//! The law of meetings: what it stops and what not, and the calendar of latest days.

use std::collections::BTreeSet;

use crate::sandbox::Sandbox;

/// Gives a workspace whose agenda is three clear days short.
fn late() -> Sandbox {
    let sandbox = Sandbox::base();
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    sandbox.edit(agenda, "public:", "issued: 2026-09-11\npublic:");
    sandbox
}

#[test]
fn a_draft_that_is_out_too_late_is_built_but_does_not_pass_the_check() {
    let sandbox = late();
    let check = sandbox.run(&["check", "--format", "concise"]);
    assert_eq!(check.code, Some(1), "{}", check.stderr);
    assert!(check.stdout.contains("error[N0002]: the agenda is 3 clear days short"), "{}", check.stdout);
    let build = sandbox.succeed(&["build", "--format", "concise"]);
    assert!(build.stdout.contains("error[N0002]") && build.stdout.contains(" -> "), "{}", build.stdout);
    let public = sandbox.read("out/board/2026-09-16/public/pack.json");
    assert!(!public.contains("N0002"), "what is wrong with the notice was published");
}

#[test]
fn a_council_softens_a_rule_with_a_reason_and_is_told_of_it() {
    let sandbox = late();
    let council = "kind: council\nname: Testford Council\nrules:\n  N0002: {severity: warning, reason: Agreed.}\n";
    sandbox.write("content/council.yaml", council);
    let check = sandbox.succeed(&["check", "--format", "concise"]);
    assert!(check.stdout.contains("warning[N0002]"), "{}", check.stdout);
    assert!(check.stdout.contains("info[N0003]: rule N0002"), "{}", check.stdout);
    for (wrong, words) in [
        ("{severity: warning}", "has no `reason`"),
        ("{reason: Agreed.}", "has no `severity`"),
        ("{severity: harsh, reason: Agreed.}", "`harsh` is not one of the values allowed here"),
    ] {
        sandbox.write("content/council.yaml", format!("kind: council\nname: Testford\nrules:\n  N0002: {wrong}\n"));
        let check = sandbox.run(&["check", "--format", "concise"]);
        assert!(check.code == Some(1) && check.stdout.contains(words), "{wrong}: {}", check.stdout);
    }
    sandbox.write(
        "content/council.yaml",
        "kind: council\nname: Testford\nrules:\n  M0002: {severity: off, reason: No.}\n",
    );
    let check = sandbox.run(&["check", "--format", "concise"]);
    assert!(
        check.stdout.contains("`M0002` is not the code of a rule that can be given another weight"),
        "{}",
        check.stdout
    );
}

#[test]
fn closed_days_and_own_numbers_of_days_count() {
    let sandbox = Sandbox::base();
    let latest = |sandbox: &Sandbox| {
        let outcome = sandbox.succeed(&["calendar", "--from", "2026-09-01", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let deadlines = document["meetings"][0]["deadlines"].as_array().expect("a list").clone();
        let agenda = deadlines.into_iter().find(|one| one["matter"] == "agenda").expect("an agenda");
        agenda["latest"].as_str().expect("a day").to_owned()
    };
    assert_eq!(latest(&sandbox), "2026-09-08");
    let council = "kind: council\nname: Testford\n";
    sandbox.write("content/council.yaml", format!("{council}closed_days: [{{from: 2026-09-14, to: 2026-09-15}}]\n"));
    assert_eq!(latest(&sandbox), "2026-09-04");
    sandbox.write("content/council.yaml", format!("{council}notice: {{agenda: 7}}\n"));
    assert_eq!(latest(&sandbox), "2026-09-04");
    sandbox.write("content/council.yaml", format!("{council}closed_days: [{{from: 2026-09-14, to: 2026-09-13}}]\n"));
    assert_eq!(sandbox.run(&["calendar", "--from", "2026-09-01"]).code, Some(1));
}

#[test]
fn the_sample_has_a_calendar_that_is_the_same_every_time() {
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    let run = || sandbox.succeed(&["calendar", "--from", "2026-09-01", "--format", "ics"]).stdout;
    let text = run();
    assert_eq!(text, run());
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert!(lines.len() > 50 && lines.iter().all(|line| line.len() <= 75), "{text}");
    let ids: Vec<&&str> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id is used twice");
    let wrong = sandbox.run(&["calendar", "--from", "soon"]);
    assert_eq!(wrong.code, Some(2));
}
