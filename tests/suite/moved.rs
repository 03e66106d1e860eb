//! An action plan says what has moved since the public last saw it, from what was published and nothing else.

use serde_json::Value;

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

const FIRST: &str = "board/2026-09-16";
const SECOND: &str = "board/2026-12-09";
/// Noon of 7 September and of 30 November 2026, in seconds since 1970.
const TIMES: [i64; 2] = [1_788_782_400, 1_796_040_000];

const SEPTEMBER: &str = "        - {label: staff, action: Hire four more nurses, complete: green}
        - {action: Open a hub in the old library, complete: amber}
        - {action: Buy five small buses for the north, complete: green}
        - {label: depot, action: Close the zqdepot, complete: green}
";
const DECEMBER: &str = "        - {action: Open a hub in the old library, complete: green}
        - {action: Buy six small buses for the north, complete: green}
        - {label: staff, action: Hire four more nurses, complete: blue}
        - {label: trees, action: Plant trees, complete: green}
";

fn agenda(day: &str) -> String {
    format!("kind: agenda\nmeeting: {day} 10:30\npublic:\n  - title: The plan\n    papers: [plan.yaml]\n")
}

fn plan(rows: &str, more: &str) -> String {
    let scale: String =
        [("blue", "Complete", "square"), ("green", "On track", "circle"), ("amber", "At risk", "triangle")]
            .iter()
            .map(|(id, word, shape)| {
                format!("  {id}: {{word: {word}, meaning: {word} it is, shape: {shape}, colour: \"#225577\"}}\n")
            })
            .collect();
    format!(
        "kind: action-plan\ntitle: Care plan\n{more}ratings:\n{scale}themes:\n  - objectives:\n    - objective: Better care\n      actions:\n{rows}"
    )
}

/// Issues the plan of September, and writes that of December.
fn council() -> Sandbox {
    let sandbox = Sandbox::base();
    for (meeting, rows) in [(FIRST, SEPTEMBER), (SECOND, DECEMBER)] {
        let (folder, day) = (format!("content/bodies/{meeting}"), &meeting[6..]);
        sandbox.write(&format!("{folder}/agenda.yaml"), agenda(day));
        sandbox.write(&format!("{folder}/plan.yaml"), plan(rows, ""));
    }
    let issued = sandbox.at(TIMES[0], &["issue", FIRST]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
    sandbox
}

fn words(sandbox: &Sandbox) -> String {
    let path = format!("{SECOND}/public/2026-12-09-board-agenda-pack.pdf");
    let files = sandbox.files("out");
    Pdf::read(files.get(&path).unwrap_or_else(|| panic!("{path} is among {:?}", files.keys()))).squeezed()
}

#[test]
fn a_plan_says_what_has_moved_and_its_issue_keeps_what_it_was_compared_with() {
    let sandbox = council();
    let built = sandbox.succeed(&["build", SECOND]);
    let said = words(&sandbox);
    let sum = "Since 16 September 2026: 1 done, 1 better, 1 new, 1 dropped.";
    for wanted in [sum, "Close the zqdepot"] {
        assert!(said.contains(&crate::pdf::squeeze(wanted)), "{wanted}: {said}");
    }
    assert!(built.stderr.contains("C0043"), "what is unsure is told: {}", built.stderr);
    let issued = sandbox.at(TIMES[1], &["issue", SECOND]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
    let mut model = sandbox
        .files("archive/public")
        .into_values()
        .filter_map(|bytes| serde_json::from_slice::<Value>(&bytes).ok().filter(|json| json["kind"] == "action-plan"));
    assert!(model.any(|json| json.to_string().contains("\"moved\":\"done\"")), "the data say so too");
    sandbox.succeed(&["archive", "rebuild", SECOND]);
}

#[test]
fn a_plan_that_was_taken_back_is_not_told_of() {
    let sandbox = council();
    let taken = sandbox.at(TIMES[1], &["archive", "withhold", FIRST, "plan.yaml", "--reason", "it names a child"]);
    assert_eq!(taken.code, Some(0), "{}", taken.stderr);
    sandbox.succeed(&["build", SECOND]);
    let said = words(&sandbox);
    assert!(!said.contains("zqdepot") && !said.contains(&crate::pdf::squeeze("Since 16 September")), "{said}");
}

#[test]
fn a_plan_need_not_be_compared() {
    let sandbox = council();
    sandbox.write(&format!("content/bodies/{SECOND}/plan.yaml"), plan(DECEMBER, "moved: false\n"));
    sandbox.succeed(&["build", SECOND]);
    assert!(!words(&sandbox).contains("zqdepot"));
}
