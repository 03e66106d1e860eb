//! A council's year as an officer lives it: issues, late papers, corrections, withdrawals, a supplement, a
//! cancellation, a release; and every claim about them checked from outside.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::pdf::Pdf;
use crate::sandbox::{Outcome, Sandbox, noon};

const MEETING: &str = "education-scrutiny/2026-09-16";
const FOLDER: &str = "content/bodies/education-scrutiny/2026-09-16";
const CABINET: &str = "cabinet/2026-10-06";

/// A council with the sample's sources, and a clock.
struct Council {
    sandbox: Sandbox,
}

impl Council {
    fn new() -> Self {
        let sandbox = Sandbox::empty();
        sandbox.add("content", "content");
        Self { sandbox }
    }

    /// Runs the program at noon of a day.
    fn at(&self, day: &str, arguments: &[&str]) -> Outcome {
        self.sandbox.at(noon(day), arguments)
    }

    /// Runs the program, which must succeed, and gives what it says.
    fn does(&self, day: &str, arguments: &[&str]) -> String {
        let outcome = self.at(day, arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}\n{}", outcome.stdout, outcome.stderr);
        outcome.stdout
    }

    /// Runs the program, which must refuse, and gives what it says.
    fn refuses(&self, code: i32, day: &str, arguments: &[&str]) -> String {
        let outcome = self.at(day, arguments);
        assert_eq!(outcome.code, Some(code), "{arguments:?}\n{}\n{}", outcome.stdout, outcome.stderr);
        let helps = ["= help: ", "For more information"].iter().any(|words| outcome.stderr.contains(words));
        assert!(code == 1 || code == 4 || helps, "{}", outcome.stderr);
        outcome.stderr
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        self.sandbox.edit(&format!("{FOLDER}/{file}"), from, to);
    }

    /// Reads a file of the public root by its name in an issue, through the inventory alone.
    fn published(&self, meeting: &str, issue: u32, name: &str) -> Option<Vec<u8>> {
        let object = self.sandbox.path(&format!("archive/public/{}", meeting.replace('/', ".")));
        let inventory = std::fs::read(object.join("inventory.json")).expect("an inventory");
        let inventory: serde_json::Value = serde_json::from_slice(&inventory).expect("JSON");
        let state = inventory["versions"][format!("v{issue}")]["state"].as_object().expect("a state");
        let holds = |paths: &serde_json::Value| paths.as_array().expect("paths").iter().any(|path| path == name);
        let (digest, _) = state.iter().find(|(_, paths)| holds(paths))?;
        let content = inventory["manifest"][digest][0].as_str().expect("a content path");
        Some(std::fs::read(object.join(content)).expect("the file"))
    }

    fn pack(&self, issue: u32) -> Pdf {
        let name = "2026-09-16-education-scrutiny-agenda-pack.pdf";
        Pdf::read(&self.published(MEETING, issue, name).expect("the pack"))
    }

    fn late_item(&self) {
        let item = "  - title: Late matter\n    papers: [late.yaml]\n\n  - title: Work programme";
        self.edit("agenda.yaml", "  - title: Work programme", item);
        self.sandbox.write(
            &format!("{FOLDER}/late.yaml"),
            "kind: paper\ntitle: A late matter\ntext: |\n  # Why it is late\n\n  Words.\n",
        );
    }
}

/// Gives the text of each page of a pack by its label.
fn by_label(pdf: &Pdf) -> BTreeMap<String, String> {
    pdf.labels().into_iter().zip(pdf.pages()).collect()
}

#[test]
fn a_pack_is_issued_corrected_and_withdrawn_from() {
    let council = Council::new();
    assert!(
        council.does("2026-09-07", &["status", MEETING]).contains("must be published by tomorrow, 8 September 2026")
    );
    council.refuses(2, "2026-09-07", &["changes", MEETING]);
    council.refuses(2, "2026-09-07", &["issue", MEETING, "--supplement", "--reason", "late"]);
    // What would be issued writes nothing.
    council.does("2026-09-08", &["issue", MEETING, "--dry-run"]);
    assert!(!council.sandbox.path("archive").exists());
    let built = || {
        council.does("2026-09-30", &["build", MEETING, "--out", "built"]);
        council.sandbox.files("built")
    };
    let before = built();
    council.does("2026-09-08", &["issue", MEETING]);
    let issued = council.sandbox.files("out");
    assert!(issued == built(), "the first issue is what `build` makes afterwards");
    let line = "Issue 1, 8 September 2026 (date given by hand, not by the clock: a test)";
    let name = format!("{MEETING}/public/2026-09-16-education-scrutiny-agenda-pack.pdf");
    let (draft, first) = (Pdf::read(&before[&name]).pages(), council.pack(1).pages());
    let (first, told) = (first.join("\n"), first[1].split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(told.contains(line), "{told}");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    assert_eq!(words(&first).replacen(line, "", 1).replace("  ", " "), words(&draft.join("\n")));

    // Nothing changed: nothing to issue.
    let said = council.refuses(3, "2026-09-09", &["issue", MEETING, "--reason", "again"]);
    assert!(said.contains("nothing has changed"), "{said}");
    council.edit("agenda.yaml", "24 June 2026", "25 June 2026");
    assert!(council.does("2026-09-09", &["status", MEETING]).contains("issue 1, changed since"));
    let said = council.does("2026-09-09", &["changes", MEETING]);
    assert!(said.contains("[-24-] {+25+}"), "{said}");
    let draft = Pdf::read(&built()[&format!("{MEETING}/public/2026-09-16-education-scrutiny-agenda-pack.pdf")]);
    assert!(by_label(&draft)["2"].contains("Draft of issue 2"));
    council.refuses(2, "2026-09-09", &["issue", MEETING]);
    assert!(
        council.refuses(3, "2026-09-07", &["issue", MEETING, "--reason", "a date"]).contains("issue 1 was made on")
    );
    council.does("2026-09-09", &["issue", MEETING, "--reason", "a corrected date"]);
    let (first, second) = (by_label(&council.pack(1)), by_label(&council.pack(2)));
    assert!(first.keys().eq(second.keys()));
    let changed: Vec<&String> =
        first.iter().filter(|(label, text)| second[*label] != **text).map(|pair| pair.0).collect();
    assert_eq!(changed, ["1", "2"]);
    assert!(second["2"].contains("Issue 2, 9 September 2026: a corrected date"));

    // A new item needs the clear days, or the chair.
    council.late_item();
    let said = council.refuses(1, "2026-09-11", &["issue", MEETING, "--reason", "a late matter"]);
    assert!(said.contains("2 clear days are left of 5") && said.contains("Tuesday 8 September 2026"), "{said}");
    for blank in ["", "  ", "one line\nand another"] {
        council.refuses(2, "2026-09-11", &["issue", MEETING, "--reason", "a late matter", "--urgent", blank]);
        council.refuses(2, "2026-09-11", &["issue", MEETING, "--reason", blank, "--urgent", "the chair agreed"]);
    }
    let issue = ["issue", MEETING, "--reason", "a late matter", "--urgent", "the chair agreed"];
    council.does("2026-09-11", &issue);
    let third = by_label(&council.pack(3));
    assert!(third["34A"].contains("Why it is late") && third["35"] == second["35"]);
    let sheets = Pdf::read(&council.published(MEETING, 3, "replacement-sheets.pdf").expect("sheets"));
    let printed: Vec<String> =
        sheets.labels().into_iter().filter(|label| !label.starts_with(['i', 'v', 'x'])).collect();
    assert_eq!(printed, ["1", "2", "34A", "34B"]);

    // Withdrawn: the number of the item stays, those of its pages are used for nothing else.
    council.edit(
        "agenda.yaml",
        "  - title: Late matter\n",
        "  - title: Late matter\n    withdrawn: no longer needed\n",
    );
    council.does("2026-09-14", &["issue", MEETING, "--reason", "a withdrawal"]);
    let fourth = by_label(&council.pack(4));
    let front = format!("{}{}", fourth["1"], fourth["2"]);
    assert!(front.contains("Withdrawn.") && front.contains("Pages 34A - 34B are not used"), "{front}");
    assert!(!fourth.contains_key("34A") && fourth["35"] == second["35"]);
    whole(&council, 4);
}

/// Checks the archive: by the program, and by a program that knows nothing of it.
fn whole(council: &Council, issues: usize) {
    let said = council.does("2026-12-01", &["archive", "verify"]);
    assert!(said.contains("all as they were issued"), "{said}");
    let rebuilt = council.does("2026-12-01", &["archive", "rebuild"]);
    assert_eq!(rebuilt.lines().filter(|line| line.ends_with("every byte the same")).count(), issues, "{rebuilt}");
    for root in ["public", "whole"] {
        sha512sum(&council.sandbox.path(&format!("archive/{root}")));
    }
}

/// Has `sha512sum` check every object's inventory against its sidecar, and every file against the inventory.
fn sha512sum(root: &Path) {
    for object in std::fs::read_dir(root).expect("a root").flatten().map(|entry| entry.path()) {
        let Ok(inventory) = std::fs::read(object.join("inventory.json")) else { continue };
        let inventory: serde_json::Value = serde_json::from_slice(&inventory).expect("JSON");
        let mut sums =
            std::fs::read_to_string(object.join("inventory.json.sha512")).expect("a sidecar").replace(' ', "  ");
        for (digest, paths) in inventory["manifest"].as_object().expect("a manifest") {
            for path in paths.as_array().expect("paths") {
                sums.push_str(&format!("{digest}  {}\n", path.as_str().expect("a path")));
            }
        }
        let list = object.with_extension("sums");
        std::fs::write(&list, sums).expect("the list");
        let mut check = Command::new("sha512sum");
        check.args(["--check", "--strict", "--quiet"]).arg(&list).current_dir(&object);
        let output = check.output();
        std::fs::remove_file(&list).expect("the list goes");
        let Ok(output) = output else {
            eprintln!("not checked by sha512sum, which is not on this machine");
            return;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_late_paper_comes_in_a_supplement_and_the_next_issue_refers_to_it() {
    let council = Council::new();
    council.edit(
        "agenda.yaml",
        "  - title: Work programme",
        "  - title: Late matter\n    to_follow: the figures are awaited\n\n  - title: Work programme",
    );
    council.does("2026-09-08", &["issue", MEETING]);
    assert!(council.pack(1).pages().concat().contains("To follow."));
    council.refuses(3, "2026-09-10", &["issue", MEETING, "--supplement", "--reason", "late"]);
    council.edit("agenda.yaml", "    to_follow: the figures are awaited", "    papers: [late.yaml]");
    council
        .sandbox
        .write(&format!("{FOLDER}/late.yaml"), "kind: paper\ntitle: The figures\ntext: |\n  # Figures\n\n  Words.\n");
    council.does("2026-09-10", &["issue", MEETING, "--supplement", "--reason", "the figures have come"]);
    let name = "2026-09-16-education-scrutiny-supplement-1.pdf";
    let supplement = by_label(&Pdf::read(&council.published(MEETING, 2, name).expect("the supplement")));
    let last: u32 = council.pack(1).labels().last().expect("pages").parse().expect("a number");
    let label = |add: u32| (last + add).to_string();
    assert_eq!(supplement.keys().cloned().collect::<Vec<_>>(), [label(1), label(2), label(3), label(4)]);
    assert!(supplement[&label(1)].contains("Supplement 1") && supplement[&label(3)].contains("Figures"));
    // The pack for reading has all in the order of the agenda.
    let (labels, pages) = (council.pack(2).labels(), council.pack(2).pages());
    let late = labels.iter().position(|other| *other == label(3)).expect("the late paper");
    let programme = pages.iter().rposition(|page| page.contains("Work programme 2026-27")).expect("the programme");
    assert!(late < programme && !labels.contains(&label(1)));
    council.edit("agenda.yaml", "24 June 2026", "25 June 2026");
    council.does("2026-09-11", &["issue", MEETING, "--reason", "a corrected date"]);
    let front = council.pack(3).pages().concat();
    assert!(front.contains(&format!(
        "Supplement 1, 10 September 2026: the figures have come (Pages {} to {})",
        label(3),
        label(4)
    )));
    assert_eq!(council.pack(3).labels(), labels);
    whole(&council, 3);
}

#[test]
fn a_cancelled_meeting_gets_a_notice_and_its_pack_stays() {
    let council = Council::new();
    council.does("2026-09-08", &["issue", MEETING]);
    council.edit("agenda.yaml", "issued: 2026-09-08", "issued: 2026-09-08\ncancelled: There is not enough business.");
    council.does("2026-09-14", &["issue", MEETING, "--reason", "the meeting is cancelled"]);
    assert!(council.published(MEETING, 2, "2026-09-16-education-scrutiny-notice-of-cancellation.pdf").is_some());
    assert!(council.pack(1).pages().len() > 60);
    assert!(council.does("2026-09-14", &["status", MEETING]).contains("issue 2 (notice), cancelled"));
    whole(&council, 2);
}

#[test]
fn a_withheld_paper_is_nowhere_in_public_until_it_is_released() {
    let council = Council::new();
    let sources = "content/bodies/cabinet/2026-10-06";
    council.sandbox.edit(
        &format!("{sources}/tannery-lane-private.yaml"),
        "text: |\n",
        "text: |\n  # Zqn9001 words\n\n  Zqn9002 more.\n\n",
    );
    council.does("2026-09-28", &["issue", CABINET]);
    let public = council.sandbox.files("archive/public");
    let leaks = |public: &BTreeMap<String, Vec<u8>>| {
        let marked = |bytes: &[u8]| {
            bytes.windows(7).any(|window| window.eq_ignore_ascii_case(b"zqn9001") || window == b"Zqn9002")
        };
        let in_pdf =
            |path: &str, bytes: &[u8]| path.ends_with(".pdf") && Pdf::read(bytes).pages().concat().contains("Zqn900");
        public
            .iter()
            .filter(|(path, bytes)| marked(bytes) || path.contains("tannery-lane-private") || in_pdf(path, bytes))
            .map(|pair| pair.0.clone())
            .collect::<Vec<_>>()
    };
    assert!(leaks(&public).is_empty(), "{:?}", leaks(&public));
    assert!(council.does("2026-10-01", &["archive", "retention"]).contains("tannery-lane-private.yaml"));
    let release = ["archive", "release", CABINET, "tannery-lane-private.yaml", "--reason", "the sale is complete"];
    council.refuses(2, "2027-01-11", &["archive", "release", CABINET, "no-such.yaml", "--reason", "x"]);
    council.does("2027-01-11", &release);
    let name = "2026-10-06-cabinet-agenda-pack.pdf";
    let (before, after) = (council.published(CABINET, 1, name), council.published(CABINET, 2, name));
    let (before, after) = (Pdf::read(&before.expect("a pack")), Pdf::read(&after.expect("a pack")));
    let text = by_label(&after);
    let page = text.iter().find(|(_, text)| text.contains("Zqn9001")).expect("the page");
    assert!(before.labels().contains(page.0), "the placeholder had the page number {}", page.0);
    assert!(!page.1.contains("Not for publication"), "{}", page.1);
    let said = council.refuses(3, "2027-01-11", &["archive", "remove", CABINET, "--reason", "old"]);
    assert!(said.contains("2032-10-06") && said.contains("section 100C"), "{said}");
    whole(&council, 2);
    council.does("2032-10-07", &["archive", "remove", CABINET, "--reason", "its time is over"]);
    assert!(council.does("2032-10-07", &["archive", "list"]).is_empty());
    let said = council.does("2032-10-07", &["archive", "verify"]);
    assert!(said.contains("all as they were issued"), "{said}");
}

#[test]
fn a_file_is_held_against_the_signed_proof() {
    let council = Council::new();
    council.does("2026-09-08", &["archive", "key", "key.pem"]);
    council.refuses(3, "2026-09-08", &["archive", "key", "key.pem"]);
    council.does("2026-09-08", &["issue", MEETING, "--sign", "key.pem"]);
    let name = "2026-09-16-education-scrutiny-agenda-pack.pdf";
    let pack = council.published(MEETING, 1, name).expect("the pack");
    council.sandbox.write("held.pdf", &pack);
    council.sandbox.write("proof.json", council.published(MEETING, 1, "proof.json").expect("the proof"));
    let said = council.does("2026-09-09", &["archive", "verify", "--proof", "proof.json", "held.pdf"]);
    assert!(
        said.contains("signed by the council's key") && said.contains(&format!("as it was issued ({name})")),
        "{said}"
    );
    let mut altered = pack;
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    council.sandbox.write("held.pdf", &altered);
    assert_eq!(council.at("2026-09-09", &["archive", "verify", "--proof", "proof.json", "held.pdf"]).code, Some(4));
    council.sandbox.edit("proof.json", "\"issue\": 1", "\"issue\": 2");
    council.refuses(3, "2026-09-09", &["archive", "verify", "--proof", "proof.json", "held.pdf"]);
}

#[test]
fn a_time_that_is_given_is_refused_unless_it_is_said_why_and_is_then_told_everywhere() {
    let council = Council::new();
    let given = |day: &str, arguments: &[&str]| {
        let mut command = council.sandbox.command(arguments);
        Outcome::of(command.env("SOURCE_DATE_EPOCH", noon(day).to_string()))
    };
    let refused = |outcome: Outcome| {
        assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("--given-time"), "{}", outcome.stderr);
    };
    refused(given("2026-09-28", &["issue", CABINET]));
    refused(given("2026-09-28", &["issue", CABINET, "--dry-run"]));
    assert!(!council.sandbox.path("archive").exists());
    let mut by_the_clock = council.sandbox.command(&["issue", CABINET, "--given-time", "because"]);
    refused(Outcome::of(by_the_clock.env_remove("SOURCE_DATE_EPOCH")));
    council.does("2026-09-28", &["archive", "key", "key.pem"]);
    let why = "moved over from paper";
    let outcome = given("2026-09-28", &["issue", CABINET, "--given-time", why, "--sign", "key.pem"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    for file in ["issue.json", "proof.json"] {
        let json: serde_json::Value =
            serde_json::from_slice(&council.published(CABINET, 1, file).expect("the file")).expect("JSON");
        let said = if file == "proof.json" { &json["statement"] } else { &json };
        assert_eq!(said["given_time"], why, "{file}");
    }
    council.sandbox.write("proof.json", council.published(CABINET, 1, "proof.json").expect("the proof"));
    council
        .sandbox
        .write("pack.pdf", council.published(CABINET, 1, "2026-10-06-cabinet-agenda-pack.pdf").expect("the pack"));
    for told in [
        &["archive", "verify", "--proof", "proof.json", "pack.pdf"][..],
        &["archive", "verify"],
        &["archive", "verify", "--json"],
        &["archive", "show", CABINET],
        &["archive", "list"],
    ] {
        let said = council.does("2026-10-01", told);
        assert!(said.contains(why), "{told:?}: {said}");
    }
    // Who takes the reason out of a signed proof is found out.
    council.sandbox.edit("proof.json", why, "nothing");
    council.refuses(3, "2026-10-01", &["archive", "verify", "--proof", "proof.json", "pack.pdf"]);

    // The verbs that write into the archive do as `issue` does.
    let sign = ["--sign", "key.pem"];
    let release = ["archive", "release", CABINET, "tannery-lane-private.yaml", "--reason", "sold"];
    let release = [&release[..], &sign].concat();
    refused(given("2027-01-11", &release));
    let said = council.refuses(3, "2026-09-27", &release);
    assert!(said.contains("27 September 2026") && said.contains("issue 1 was made on 28 September 2026"), "{said}");
    council.does("2027-01-11", &release);
    let remove = [&["archive", "remove", CABINET, "--reason", "its time is over"][..], &sign].concat();
    refused(given("2032-10-07", &remove));
    council.does("2032-10-07", &remove);
    let said = council.does("2032-10-08", &["archive", "verify"]);
    assert!(said.contains("removal: the time 2032-10-07T12:00:00Z was given"), "{said}");
}

#[test]
fn errors_of_law_stop_an_issue_unless_they_are_overridden_with_a_reason() {
    let council = Council::new();
    council.edit("agenda.yaml", "issued: 2026-09-08", "issued: 2026-09-14");
    council.does("2026-09-14", &["build", MEETING]);
    let said = council.refuses(1, "2026-09-14", &["issue", MEETING]);
    assert!(said.contains("error[N0002]"), "{said}");
    assert!(!council.sandbox.path("archive").exists());
    council.refuses(2, "2026-09-14", &["issue", MEETING, "--override", "N0002"]);
    council.refuses(2, "2026-09-14", &["issue", MEETING, "--override", "N9999=because"]);
    let said = council.refuses(2, "2026-09-14", &["issue", MEETING, "--override", "M0002=because"]);
    assert!(said.contains("cannot be overridden"), "{said}");
    council.does("2026-09-14", &["issue", MEETING, "--override", "n0002=the chair agreed to short notice"]);
    let said = council.does("2026-09-15", &["archive", "show", MEETING]);
    assert!(said.contains("N0002: the chair agreed to short notice"), "{said}");
    // Reasons of officers are not for the public.
    let public = council.sandbox.files("archive/public");
    assert!(!public.values().any(|bytes| bytes.windows(22).any(|window| window == b"agreed to short notice")));
}

#[test]
fn a_pack_can_be_numbered_afresh_and_what_was_printed_is_told() {
    let council = Council::new();
    council.does("2026-09-02", &["issue", MEETING]);
    council.late_item();
    let said = council.does("2026-09-03", &["changes", MEETING, "--numbering", "renumber"]);
    assert!(said.contains("pages 39 - 74 -> 41 - 76"), "{said}");
    council.does("2026-09-03", &["issue", MEETING, "--numbering", "renumber", "--reason", "a late matter"]);
    let labels = council.pack(2).labels();
    let plain: Vec<String> = (1..=labels.len()).map(|number| number.to_string()).collect();
    assert_eq!(labels, plain);
    let front = council.pack(2).pages()[..3].concat();
    assert!(front.contains("Late matter") && !front.contains("4A"), "{front}");
    whole(&council, 2);
}
