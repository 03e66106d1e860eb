//! What a finding of law advises, followed to the letter: the finding goes, and no error comes in its place.

use crate::sandbox::Sandbox;

const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";
const BODY: &str = "content/bodies/board/body.yaml";
const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";
const MINUTES: &str = "content/bodies/board/2026-07-15/minutes.yaml";

/// A case of a finding, and what its help says in words of the sources: file, words, other words.
const ADVICE: [[&str; 4]; 24] = [
    ["N0002", AGENDA, "public:", "short_notice: The sea wall has failed.\npublic:"],
    [
        "N0005",
        AGENDA,
        "  - title: Access to dentists\n",
        "  - title: Exclusion of the press and public\n    text: From [](#contract), under paragraph 3 of Part 1 of \
         Schedule 12A.\n  - title: Access to dentists\n",
    ],
    ["N0005-withdrawn", AGENDA, "    withdrawn: by mistake\n", ""],
    ["N0006", AGENDA, "public:", "private_notice: [2026-08-18, 2026-09-08]\npublic:"],
    ["N0007", "content/bodies/board/2026-09-16/minutes.yaml", "against: 2", "against: [Ann Abel, Ben Bold]"],
    [
        "N0008",
        AGENDA,
        "    published: 2026-09-11\n",
        "    published: 2026-09-11\n    urgent: {circumstances: The wall fell., chair: moss}\n",
    ],
    ["N0012", AGENDA, "negotiated.}", "negotiated., decided_by: director}"],
    [
        "N0014",
        AGENDA,
        "decided_by: director}",
        "decided_by: director, public_interest: The price is being negotiated.}",
    ],
    ["N0015", AGENDA, "under paragraph 4 of Part 1", "under paragraph 3 of Part 1"],
    [
        "N0015-none",
        AGENDA,
        "From [](#contract).",
        "From [](#contract), under paragraphs 3 and 5 of Part 1 of Schedule 12A.",
    ],
    ["N0016", AGENDA, "From item 5", "From [](#contract) and A claim"],
    ["N0020", AGENDA, "    withheld:", "    no_public_report: Nothing can be said before it is signed.\n    withheld:"],
    ["N0021", NOTE, "key_decision_notice:", "key_decision_notice: {special_urgency: the chair of scrutiny} #"],
    ["N0021-none", NOTE, "background_papers:", "key_decision_notice: {published: 2026-08-18}\nbackground_papers:"],
    ["N0022", NOTE, "text: |", "background_papers: None\ntext: |"],
    ["N0024", AGENDA, "  - Minutes\n", "  - title: Minutes\n    papers:\n      - {minutes: 2026-07-15}\n"],
    ["N0025", MINUTES, "items:", "present:\n  - {group: Members, people: [moss]}\nitems:"],
    ["N0027-none", AGENDA, "public:\n", "public:\n  - Declarations of interests\n"],
    ["N0032", BODY, "name: Cabinet", "name: Cabinet\nregime: exec2012"],
    ["N0032-council", BODY, "name: Council", "name: Council\nregime: lga1972"],
    ["N0035", AGENDA, "[14]", "[3]"],
    [
        "N0042",
        AGENDA,
        "    text: From the appendix",
        "    withdrawn: Nothing is withheld any more.\n    text: From the appendix",
    ],
    ["N0042-item", AGENDA, "From [](#dentists) and [](#contract)", "From [](#contract)"],
    ["N0043", AGENDA, "under paragraphs 1, 3 and 5", "under paragraph 3"],
];

fn told(sandbox: &Sandbox) -> Vec<String> {
    let check = sandbox.run(&["check", "--fast", "--format", "concise"]);
    check.stdout.lines().filter(|line| line.contains("error[") || line.contains("[N")).map(str::to_owned).collect()
}

/// Gives the code and the weight of a line, without its place and words.
fn code(line: &str) -> &str {
    line.split(": ").find(|part| part.contains('[')).unwrap_or(line)
}

#[test]
fn advice_that_is_followed_to_the_letter_leads_into_no_error() {
    for [case, file, from, to] in ADVICE {
        let sandbox = Sandbox::base();
        sandbox.add(&format!("tests/invalid/{case}"), "");
        let before = told(&sandbox);
        let rule = &case[..5];
        let found = |lines: &[String]| lines.iter().filter(|line| line.contains(&format!("[{rule}]"))).count();
        assert!(found(&before) > 0, "{case}: {before:?}");
        sandbox.edit(file, from, to);
        // The paragraph in the exclusion is the same as in the grounds.
        if case == "N0035" {
            sandbox.edit(file, "paragraph 14 of Part 4", "paragraph 3 of Part 1");
        }
        let after = told(&sandbox);
        let errors: Vec<&String> = after.iter().filter(|line| line.contains("error[")).collect();
        assert!(
            found(&after) < found(&before) || after.iter().all(|line| !line.contains(&format!("error[{rule}]"))),
            "{case}: {after:#?}"
        );
        assert!(errors.iter().all(|line| before.iter().any(|old| code(old) == code(line))), "{case}: {errors:#?}");
    }
}
