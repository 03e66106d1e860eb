//! The gate before publication: what is mended or accepted, one by one, before anything is issued.

use boardpack::finding::rules::Rule;
use boardpack::rules;
use serde_json::Value;

use crate::sandbox::{Outcome, Sandbox};

const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";
const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";
const MEETING: &str = "board/2026-09-16";

/// Runs the program on 29 August 2026, in time for the meeting.
fn in_time(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.at(1_788_000_000, arguments)
}

fn issue(sandbox: &Sandbox) -> Outcome {
    in_time(sandbox, &["issue", MEETING, "--format", "json"])
}

/// Issues the meeting again, with a reason.
fn issue_again(sandbox: &Sandbox) -> Outcome {
    in_time(sandbox, &["issue", MEETING, "--format", "json", "--reason", "a corrected note"])
}

/// Gives the document that a run has printed.
fn document(outcome: &Outcome) -> Value {
    let mut documents = serde_json::Deserializer::from_str(&outcome.stdout).into_iter();
    documents.next().expect("a document").expect("JSON")
}

/// Gives the code and last sign of the message of each finding in a state.
fn in_state(document: &Value, state: &str) -> Vec<(String, String)> {
    let all = ["findings", "accepted"].into_iter().flat_map(|list| document[list].as_array().expect("a list").clone());
    let text = |finding: &Value, field: &str| finding[field].as_str().expect("text").to_owned();
    let found = all.filter(|finding| finding["state"] == state);
    found.map(|finding| (text(&finding, "code"), text(&finding, "message"))).collect()
}

/// Gives the findings of a run that stand in the way of issuing, as code and message.
fn in_the_way(outcome: &Outcome) -> Vec<(String, String)> {
    let document: Value =
        serde_json::Deserializer::from_str(&outcome.stdout).into_iter().next().expect("a document").expect("JSON");
    let findings = document["findings"].as_array().expect("findings").clone();
    let text = |finding: &Value, field: &str| finding[field].as_str().expect("text").to_owned();
    let stops = |finding: &&Value| finding["stops"] == "issue";
    findings.iter().filter(stops).map(|finding| (text(finding, "code"), text(finding, "message"))).collect()
}

/// Gives a workspace whose note ends with these words.
fn noting(words: &str) -> Sandbox {
    let sandbox = Sandbox::base();
    sandbox.edit(NOTE, "new patients.\n", &format!("new patients.\n\n  {words}\n"));
    sandbox
}

fn accepting(sandbox: &Sandbox, file: &str, lines: &[&str]) {
    let text = sandbox.read(file);
    let before = text.split("accepted:").next().expect("the file");
    let lines: String = lines.iter().map(|line| format!("  - {line}\n")).collect();
    sandbox.write(file, format!("{before}accepted:\n{lines}"));
}

#[test]
fn a_private_number_lets_a_draft_be_built_and_stops_the_issue_until_it_is_accepted() {
    let sandbox = noting("Mr Perrin can be rung under 07700 900461.");
    let check = sandbox.succeed(&["check", "--format", "json"]);
    let found = [("D0002".to_owned(), "a mobile telephone number: `07… …61`".to_owned())];
    assert_eq!(in_the_way(&check), found);
    sandbox.succeed(&["build"]);
    let refused = issue(&sandbox);
    assert_eq!((refused.code, in_the_way(&refused)), (Some(1), found.to_vec()), "{}", refused.stderr);
    assert!(!sandbox.path("archive").exists());
    accepting(&sandbox, NOTE, &["{finding: D0002, words: …61, reason: He has asked for it to be printed.}"]);
    assert_eq!(in_the_way(&sandbox.succeed(&["check", "--format", "json"])), []);
    assert_eq!(issue(&sandbox).code, Some(0));
}

#[test]
fn what_is_at_the_gate_is_accepted_one_by_one() {
    let sandbox = noting("Ring Mr Perrin under 07700 900461 or Mrs Oake under 07700 900472, again 07700 900472.");
    let number = |last: &str| ("D0002".to_owned(), format!("a mobile telephone number: `07… …{last}`"));
    let left = |lines: &[&str]| {
        accepting(&sandbox, NOTE, lines);
        in_the_way(&sandbox.succeed(&["check", "--format", "json"]))
    };
    let all = vec![number("61"), number("72"), number("72")];
    assert_eq!(left(&["{finding: D0002, reason: They agreed.}"]), all, "all at once");
    assert_eq!(left(&["{finding: D0002, words: telephone, reason: They agreed.}"]), all, "by words that all have");
    assert_eq!(left(&["{finding: D0002, words: …61, reason: He agreed.}"]), all[1..], "by words of one");
    assert_eq!(left(&["{finding: D0002, words: …72, reason: She agreed.}"]), all, "one, where two say the same");
    let both =
        ["{finding: D0002, words: …61, reason: He agreed.}", "{finding: D0002, words: …72, times: 2, reason: So.}"];
    assert_eq!(left(&both), []);
    // What comes later is not accepted with what was looked at.
    sandbox.edit(NOTE, "again", "at night 07700 900472, or");
    assert_eq!(left(&both), [number("72"), number("72"), number("72")]);
    let check = sandbox.succeed(&["check", "--format", "json"]);
    assert!(check.stdout.contains("meant for 2, but 3 say the same"), "{}", check.stdout);
}

#[test]
fn nothing_but_its_own_acceptance_opens_the_gate() {
    let sandbox = noting("Mr Perrin can be rung under 07700 900461.");
    let overridden = in_time(&sandbox, &["issue", MEETING, "--override", "D0002=He agreed"]);
    assert_eq!(overridden.code, Some(2), "{}", overridden.stderr);
    let council = sandbox.read("content/council.yaml");
    for weight in ["off", "info"] {
        sandbox.write(
            "content/council.yaml",
            format!("{council}rules:\n  D0002: {{severity: {weight}, reason: We print them.}}\n"),
        );
        let outcome = sandbox.run(&["check", "--format", "concise"]);
        let found = outcome.stdout.contains("error[M0006]: D0002 cannot be made lighter or switched off");
        assert!(outcome.code == Some(1) && found, "{}", outcome.stdout);
    }
    // A heavier one is an error, which is mended and never accepted; a draft is built all the same.
    sandbox.write(
        "content/council.yaml",
        format!("{council}rules:\n  D0002: {{severity: error, reason: We never print them.}}\n"),
    );
    accepting(&sandbox, NOTE, &["{finding: D0002, words: …61, reason: He agreed.}"]);
    assert_eq!(sandbox.run(&["check"]).code, Some(1));
    assert_eq!(issue(&sandbox).code, Some(1));
    sandbox.succeed(&["build"]);
}

#[test]
fn what_an_office_document_prints_by_mistake_stands_at_the_gate() {
    let sandbox = crate::invalid::workspace("A0016");
    let refused = issue(&sandbox);
    let codes: Vec<String> = in_the_way(&refused).into_iter().map(|(code, _)| code).collect();
    assert_eq!((refused.code, codes), (Some(1), vec!["A0016".to_owned()]), "{}", refused.stderr);
    accepting(&sandbox, AGENDA, &["{finding: A0016, words: letter.docx, reason: The author wants it to be seen.}"]);
    assert_eq!(issue(&sandbox).code, Some(0));
}

#[test]
fn a_council_gives_any_rule_a_heavier_weight_and_softens_none_that_guards() {
    let sandbox = Sandbox::base();
    let council = sandbox.read("content/council.yaml");
    let weigh = |weight: &str, which: fn(&Rule) -> bool| {
        let lines: String = rules::all()
            .all()
            .filter(|rule| which(rule))
            .map(|rule| format!("  {}: {{severity: {weight}, reason: So agreed.}}\n", rule.code))
            .collect();
        sandbox.write("content/council.yaml", format!("{council}rules:\n{lines}"));
        let outcome = sandbox.run(&["check", "--fast", "--format", "concise"]);
        outcome.stdout.matches("error[M0006]").count()
    };
    assert_eq!(weigh("error", |_| true), 0);
    assert_eq!(weigh("off", Rule::can_be_softened), 0);
    let guarded = rules::all().all().filter(|rule| !rule.can_be_softened()).count();
    assert_eq!(weigh("off", |rule| !rule.can_be_softened()), guarded);
    // Whatever is not read is told, whatever a council says.
    assert!(rules::all().all().filter(|rule| rule.code.starts_with('F')).all(|rule| !rule.can_be_softened()));
    for code in ["M0002", "M0022", "T0009", "N0036", "M0014", "A0002", "P0001", "A0016", "C0035"] {
        assert!(!rules::all().find(code).expect("the rule").can_be_softened(), "{code}");
    }
}

#[test]
fn a_later_issue_tells_apart_what_is_new_what_is_known_and_what_was_accepted() {
    let sandbox = noting("Mr Perrin can be rung under 07700 900461. The visit was on Monday 2 September 2026.");
    accepting(&sandbox, NOTE, &["{finding: D0002, words: …61, reason: He has asked for it to be printed.}"]);
    let first = issue(&sandbox);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let weekday = "2 September 2026 is a Wednesday";
    let told = document(&first);
    assert_eq!(told["summary"]["since"], Value::Null);
    assert!(in_state(&told, "found").iter().any(|(code, _)| code == "C0025"), "{told:#}");
    assert_eq!(in_state(&told, "accepted").len(), 1);

    // Another day of the week is wrong, and another number is accepted.
    sandbox.edit(NOTE, "2026.\n", "2026, then on Monday 8 September 2026. Mrs Oake has 07700 900472.\n");
    let second = issue_again(&sandbox);
    assert_eq!(second.code, Some(1), "{}", second.stderr);
    let told = document(&second);
    assert_eq!(told["summary"]["since"], 1);
    assert_eq!(in_state(&told, "to-settle"), [("D0002".to_owned(), "a mobile telephone number: `07… …72`".to_owned())]);
    let codes = |state| in_state(&told, state).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!((codes("new"), told["summary"]["new"].clone()), (vec!["C0025".to_owned()], 1.into()));
    assert!(in_state(&told, "known").iter().any(|(_, message)| message.contains(weekday)), "{told:#}");

    accepting(
        &sandbox,
        NOTE,
        &["{finding: D0002, words: …61, reason: He agreed.}", "{finding: D0002, words: …72, reason: She agreed.}"],
    );
    let check = document(&sandbox.succeed(&["check", MEETING, "--format", "json"]));
    assert_eq!(
        (check["summary"]["to_settle"].clone(), check["summary"]["newly_accepted"].clone()),
        (0.into(), 1.into())
    );
    let dry = in_time(&sandbox, &["issue", MEETING, "--reason", "a corrected note", "--dry-run"]);
    assert_eq!(dry.code, Some(0), "{}", dry.stderr);
    assert!(!dry.stderr.contains(weekday), "what was known is told again: {}", dry.stderr);
    assert!(in_time(&sandbox, &["check", MEETING, "--full"]).stderr.contains(weekday));
    assert_eq!(issue_again(&sandbox).code, Some(0));
}

#[test]
fn a_release_looks_again_at_what_was_withheld() {
    let sandbox = Sandbox::base();
    sandbox.write(
        AGENDA,
        "kind: agenda
meeting: 2026-09-16 10:30
public:
  - Declarations of interests
  - title: Access to dentists
    papers: [note.yaml]
  - title: Exclusion of the press and public
    text: From [](#contract), under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972.
private:
  - title: A contract
    label: contract
    papers: [contract.yaml]
",
    );
    sandbox.write(
        "content/bodies/board/2026-09-16/contract.yaml",
        "kind: briefing-note
title: Contract
withheld: {paragraphs: [3], public_interest: Prices., decided_by: director}
background_papers: None
text: |
  # Purpose

  Mrs Oake, the bidder, has 07700 900472.
",
    );
    let issued = issue(&sandbox);
    assert_eq!(issued.code, Some(0), "what is withheld is not published: {} {}", issued.stderr, issued.stdout);
    let release = |more: &[&str]| {
        let arguments = ["archive", "release", MEETING, "contract.yaml", "--reason", "the contract is signed"];
        in_time(&sandbox, &[&arguments, more].concat())
    };
    let refused = release(&[]);
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    assert!(refused.stderr.contains("warning[D0002]"), "{}", refused.stderr);
    assert_eq!(release(&["--accept", "D0002 …61=she agreed"]).code, Some(2));
    assert_eq!(release(&["--accept", "D0002 …72="]).code, Some(2));
    let released = release(&["--accept", "D0002 …72=she agreed"]);
    assert_eq!(released.code, Some(0), "{}", released.stderr);
    let kept = sandbox.files("archive/whole");
    let findings = kept.iter().filter(|(path, _)| path.ends_with("v2/content/findings.json"));
    let findings: Vec<Value> = findings.map(|(_, bytes)| serde_json::from_slice(bytes).expect("JSON")).collect();
    assert_eq!(findings.len(), 1, "{:?}", kept.keys());
    assert_eq!(
        (findings[0][0]["state"].clone(), findings[0][0]["reason"].clone()),
        ("accepted".into(), "she agreed".into())
    );
}

#[test]
fn what_programs_left_on_the_pages_of_other_peoples_files_stands_at_the_gate() {
    for code in ["A0042", "A0043", "A0044", "A0012", "A0014", "A0018", "M0027", "C0035"] {
        let sandbox = crate::invalid::workspace(code);
        let refused = issue(&sandbox);
        let found = in_the_way(&refused);
        assert!(refused.code == Some(1) && found.iter().any(|(held, _)| held == code), "{code}: {}", refused.stdout);
        sandbox.succeed(&["build"]);
    }
}

#[test]
fn an_acceptance_at_the_gate_that_covers_nothing_says_why() {
    let sandbox = noting("Ring Mr Perrin under 07700 900461 or 07700 900461, or Mrs Oake under 07700 900472.");
    let stale = |line: &str| {
        accepting(&sandbox, NOTE, &[line]);
        let check = document(&sandbox.succeed(&["check", "--format", "json"]));
        let all = check["findings"].as_array().expect("findings").clone();
        let stale = all.iter().filter(|finding| finding["code"] == "M0024");
        stale.map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(stale("{finding: D0002, reason: They agreed.}"), Vec::<String>::new());
    assert_eq!(
        stale("{finding: D0002, words: …61, times: 3, reason: He agreed.}"),
        ["accepts 3 findings, of which 2 are left"]
    );
    assert_eq!(
        stale("{finding: D0002, words: …99, reason: They agreed.}"),
        ["no finding of D0002 in this file has these `words`"]
    );
}

#[test]
fn what_was_accepted_of_a_file_is_told_again_when_the_file_has_changed() {
    let sandbox = crate::invalid::workspace("A0044");
    let accepted =
        ["TBC", "XX", "insert figure"].map(|words| format!("{{finding: A0044, words: {words}, reason: So.}}"));
    accepting(&sandbox, AGENDA, &accepted.each_ref().map(String::as_str));
    assert_eq!(issue(&sandbox).code, Some(0));
    let told = || document(&sandbox.succeed(&["check", MEETING, "--format", "json"]))["summary"].clone();
    assert_eq!((told()["accepted"].clone(), told()["newly_accepted"].clone()), (3.into(), 0.into()));
    let file = sandbox.path("content/bodies/board/2026-09-16/costs.pdf");
    let bytes = std::fs::read(&file).expect("the file");
    std::fs::write(&file, [bytes, b"% saved again\n".to_vec()].concat()).expect("the file is written");
    assert_eq!((told()["accepted"].clone(), told()["newly_accepted"].clone()), (3.into(), 3.into()));
}
