//! Papers and meetings that disagree: what is found in the sample council once something in it is changed, and that
//! little is found before.

use crate::sandbox::Sandbox;

/// Gives the findings under the codes of these rules, without their places.
fn found(sandbox: &Sandbox) -> Vec<String> {
    let check = sandbox.run(&["check", "--fast", "--format", "concise"]);
    check.assert_no_crash("the sample");
    let codes = check.stdout.lines().filter(|line| line.contains("[C000") || line.contains("[C001"));
    codes.map(str::to_owned).collect()
}

fn council() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    sandbox
}

#[test]
fn the_sample_council_agrees_with_itself() {
    let found = found(&council());
    let hints = found.iter().filter(|line| line.contains("info[C0009]: a paper was to be circulated separately"));
    assert_eq!(hints.count(), found.len(), "{}", found.join("\n"));
}

/// A change to the sample: file below `content/bodies/`, words, other words, and the finding that follows.
const CHANGES: [[&str; 4]; 15] = [
    [
        "education-scrutiny/work-programme.yaml",
        "      - title: Outcome of the focused visit\n",
        "      - Libraries after school\n      - title: Outcome of the focused visit\n",
        "warning[C0001]: `Libraries after school` is planned for 16 September 2026",
    ],
    [
        "health-scrutiny/work-programme.yaml",
        "      - title: \"Home care review: progress\"\n",
        "      - title: Hospital discharge\n",
        "info[C0002]: the work programme does not have `Home care review",
    ],
    [
        "education-scrutiny/work-programme.yaml",
        "School transport for 16- to 18-year-olds",
        "Music lessons",
        "warning[C0003]: `School transport for 16- to 18-year-olds` was resolved on 24 June 2026",
    ],
    [
        "health-scrutiny/2026-06-10/minutes.yaml",
        "{report: \"NHS dentists: the new contracts\"}",
        "{report: \"NHS dentists: the new contracts\", for: 2026-12-09}",
        "warning[C0004]: `NHS dentists: the new contracts` is wanted on 9 December 2026",
    ],
    [
        "health-scrutiny/work-programme.yaml",
        "2026-11-11 # postponed from 14 October",
        "2026-07-22",
        "warning[C0005]: the meeting of 22 July 2026 is cancelled",
    ],
    [
        "education-scrutiny/work-programme.yaml",
        "  - title: Kinship care\n",
        "  - title: Waits for speech and language therapy\n",
        "info[C0006]: `Waits for speech and language therapy` seems to have a day already",
    ],
    [
        "health-scrutiny/2026-09-23/tracker.yaml",
        "            progress: Answered on 5 August. £340,000 will pay for Saturday clinics in Harbour from October.\n",
        "",
        "warning[C0007]: `Spend unused contract money in the wards where it …` was due on 10 August 2026, 44 days before",
    ],
    [
        "health-scrutiny/2026-09-23/tracker.yaml",
        "due: 2026-08-10",
        "due: 2026-10-08",
        "warning[C0008]: `due` is 8 October 2026, but the words in `by` say 10 August 2026",
    ],
    [
        "education-scrutiny/2026-06-24/agenda.yaml",
        "  - title: Work programme 2026-27\n",
        "  - title: Youth clubs\n  - title: Work programme 2026-27\n",
        "warning[C0010]: `Youth clubs` was on the agenda of 24 June 2026, but no minute is about it",
    ],
    [
        "education-scrutiny/2026-06-24/minutes.yaml",
        "  - title: Any other business\n",
        "  - title: Bus lanes\n    text: The Board heard of them.\n  - title: Any other business\n",
        "warning[C0011]: `Bus lanes` was minuted, but is not on the agenda of 24 June 2026",
    ],
    [
        "health-scrutiny/2026-06-10/minutes.yaml",
        "apologies: [lyle, tan]",
        "apologies: [lyle]",
        "warning[C0012]: the minutes do not say whether Councillor Wei Ling Tan came",
    ],
    [
        "education-scrutiny/2026-09-16/agenda.yaml",
        "held on 24 June 2026",
        "held on 25 June 2026",
        "warning[C0013]: the minutes of 24 June 2026 stand behind an item that names 25 June 2026",
    ],
    [
        "cabinet/2026-10-06/tannery-lane.yaml",
        "{body: council, date: 2026-10-08}",
        "{body: council, date: 2026-10-09}",
        "warning[C0014]: the report says that it goes to the Council on 9 October 2026, but it is on the agenda of 8",
    ],
    [
        "cabinet/2026-10-06/tannery-lane.yaml",
        "received: 2026-09-15",
        "received: 2026-09-20",
        "warning[C0016]: `Desmond Hartnell` approved the report on 18 September 2026, before the last contribution",
    ],
    [
        "health-scrutiny/2026-09-23/home-care.yaml",
        "  - \"[](#measures): Measures by area\"\n",
        "",
        "warning[C0017]: appendix 2 stands behind the item, but its paper does not list it",
    ],
];

#[test]
fn each_change_that_makes_papers_disagree_is_found() {
    let sandbox = council();
    let mut missed = String::new();
    for [file, from, to, finding] in CHANGES {
        let path = format!("content/bodies/{file}");
        let before = sandbox.read(&path);
        sandbox.edit(&path, from, to);
        let found = found(&sandbox);
        if !found.iter().any(|line| line.contains(finding)) {
            missed += &format!("{file}: {finding}\n  found: {}\n", found.join("\n         "));
        }
        sandbox.write(&path, before);
    }
    assert!(missed.is_empty(), "\n{missed}");
}

/// What officers wrote rightly, and rules once took for mistakes.
#[test]
fn what_is_right_is_left_alone() {
    let sandbox = Sandbox::base();
    let note = "kind: briefing-note
title: Access to dentists
appendices: None
background_papers: None
text: |
  # What was found

  The market survives to a degree which Sir Alec Clifton-Taylor's contemporaries thought remarkable. It is an offence to
  sell tobacco to anyone born on or after 1 January 2009. It is open from Monday to Friday, 5 to 9 October 2026. A patient
  who was admitted on 1 November 2026 would be counted in December. The Commission found that:

  - staff \"did not always report incidents, because they did not believe that anything would come of it\";
  - the checks had been left out.

  | | 2027-28 | 2028-29 |
  |:--|--:|--:|
  | Council tax | 7,939 | 8,230 |
  | Business rates | 5,610 | 5,722 |
  | Total funding | 13,549 | 13,952 |
  | Net cost of services | 15,540 | 16,785 |
  | Gap | 1,991 | 2,833 |
";
    sandbox.write("content/bodies/board/2026-09-16/note.yaml", note);
    let plan = "kind: action-plan
title: Plan of the Board
themes:
  - title: Energy
    objectives:
      - objective: Sun
        actions:
          - {action: Fit panels., by: Spring 2027, due: 2027-04-30, lead: the director, progress: Tenders are out.}
";
    sandbox.write("content/bodies/board/2026-09-16/plan.yaml", plan);
    sandbox.edit("content/bodies/board/2026-09-16/agenda.yaml", "[note.yaml]", "[note.yaml, plan.yaml]");
    let check = sandbox.run(&["check", "--format", "concise"]);
    let weighty: Vec<&str> = check.stdout.lines().filter(|line| !line.contains(": info[H")).collect();
    assert_eq!(weighty, Vec::<&str>::new(), "{}", check.stderr);
}
