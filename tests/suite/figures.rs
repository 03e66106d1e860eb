//! The year of a body in figures.

use serde_json::Value;

use crate::pdf::{Pdf, squeeze};
use crate::sandbox::Sandbox;

/// Noon of 9 and of 30 September 2026, in seconds since 1970.
const TIMES: [i64; 2] = [1_788_955_200, 1_790_769_600];

#[test]
fn a_year_counts_notice_grounds_promises_and_attendance_and_nothing_that_is_secret() {
    let sandbox = Sandbox::base();
    let folder = "content/bodies/board/2026-09-16";
    let agenda = "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - title: Minutes\n    papers: [{minutes: 2026-06-24}]\n  \
                  - title: Prices\n    papers: [zqprices.yaml]\n  - title: Roads\n    to_follow: It is awaited\n";
    sandbox.write(&format!("{folder}/agenda.yaml"), agenda);
    sandbox.write(
        &format!("{folder}/zqprices.yaml"),
        "kind: paper\ntitle: Zqx prices\nwithheld: {paragraphs: [3], public_interest: It would harm., review: 2026-09-20}\n\
         text: |\n  # Prices\n\n  Zqx.\n",
    );
    sandbox.write(
        "content/bodies/board/2026-06-24/minutes.yaml",
        "kind: minutes\nmeeting: 2026-06-24 10:30\npresent: [{group: Members, people: [Councillor Jenny Moss]}]\nitems:\n  \
         - title: Roads\n    text: Words.\n    resolved: Potholes are filled.\n    \
         actions: [{action: Fill the potholes, due: 2026-07-10}, {action: Send the map, due: 2026-12-01}]\n",
    );
    sandbox.write(
        "content/bodies/board/2026-06-24/agenda.yaml",
        "kind: agenda\nmeeting: 2026-06-24 10:30\nmembership: [Councillor Jenny Moss, Councillor Zoë Baptiste]\npublic:\n  - title: Roads\n",
    );
    let issued = sandbox.at(TIMES[0], &["issue", "board/2026-09-16", "--override", "N0002=the printer broke"]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
    let json = sandbox.at(TIMES[1], &["year", "board", "2026-27", "--format", "json"]);
    let year: Value = serde_json::from_str(&json.stdout).expect("JSON");
    let [june, september] = &year["meetings"].as_array().expect("meetings")[..] else { panic!("{year}") };
    assert_eq!((&june["present"], &june["members"], &june["in_time"]), (&1.into(), &2.into(), &Value::Null), "{june}");
    assert_eq!((&september["in_time"], &september["clear_days"]), (&false.into(), &4.into()), "{september}");
    assert_eq!((&september["to_follow"], &september["withheld"]), (&1.into(), &1.into()), "{september}");
    assert_eq!((&year["withheld"]["3"], &year["reviews"]["past"]), (&1.into(), &1.into()), "{year}");
    let promises = &year["promises"];
    assert_eq!(
        (&promises["made"], &promises["open"], &promises["overdue"]),
        (&2.into(), &2.into(), &1.into()),
        "{promises}"
    );
    let csv = sandbox.at(TIMES[1], &["year", "board", "2026-27", "--format", "csv"]).stdout;
    assert!(
        csv.lines()
            .nth(2)
            .is_some_and(|row| row.starts_with("board/2026-09-16,2026-09-16,scheduled,2026-09-09,4,5,false,1,")),
        "{csv}"
    );
    let made = sandbox.at(TIMES[1], &["year", "board", "2026-27", "-o", "year.pdf"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let pdf = Pdf::read(&sandbox.files(".")["year.pdf"]);
    let words = pdf.squeezed();
    assert!(
        words.contains(&squeeze("0 in time, 1 late")) && words.contains(&squeeze("1 of 2 places (50%)")),
        "{words}"
    );
    for text in [&json.stdout, &csv, &words] {
        assert!(!text.to_lowercase().contains("zq"), "{text}");
    }
    for (wrong, words) in
        [(["year", "bord", "2026-27"], "the bodies are: board"), (["year", "board", "2026"], "write it as 2026-27")]
    {
        let outcome = sandbox.run(&wrong);
        assert!(outcome.code == Some(2) && outcome.stderr.contains(words), "{}", outcome.stderr);
    }
}
