//! The law of meetings: what it stops and what not, and the calendar of latest days.

mod advice;

use std::collections::BTreeSet;

use icalendar::Component;

use crate::pdf::{Pdf, squeeze};
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
    assert!(check.stdout.contains("M0002 cannot be made lighter or switched off"), "{}", check.stdout);
}

/// A cabinet whose meeting keeps every rule: urgent, private and key business, with the notice of each.
const LAWFUL: [(&str, &str); 6] = [
    ("content/bodies/cabinet/body.yaml", "kind: body\nname: Cabinet\nregime: exec2012\nmembership: [moss]\n"),
    (
        "content/bodies/cabinet/2026-07-14/minutes.yaml",
        "kind: minutes\nmeeting: 2026-07-14 10:00\npresent:\n  - {group: Members, people: [moss]}\nitems:\n  \
         - {title: Apologies, text: There were none.}\n",
    ),
    (
        "content/bodies/cabinet/2026-09-15/agenda.yaml",
        "kind: agenda
meeting: 2026-09-15 10:00
issued: 2026-09-07
private_notice: [2026-08-14, 2026-09-07]
public:
  - Declarations of interests
  - title: Minutes
    papers: [{minutes: 2026-07-14}]
  - title: Exclusion of the press and public
    text: From [](#private-depot), under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972.
  - title: Sale of the depot
    papers: [depot.yaml]
  - title: Repair of the sea wall
    published: 2026-09-11
    urgent: {circumstances: The next spring tide is on 28 September 2026., chair: moss}
    papers: [wall.yaml]
private:
  - title: Sale of the depot
    label: private-depot
    papers: [private-depot.yaml]
",
    ),
    (
        "content/bodies/cabinet/2026-09-15/depot.yaml",
        "kind: report\ntitle: Sale of the depot\nkey_decision: Yes – the receipt is large\n\
         key_decision_notice: {published: 2026-08-14}\nbackground_papers: None\ntext: |\n  # Why\n\n  To sell it.\n",
    ),
    (
        "content/bodies/cabinet/2026-09-15/private-depot.yaml",
        "kind: report\ntitle: Sale of the depot\nkey_decision: Yes\nwithheld:\n  paragraphs: [3]\n  \
         public_interest: The price is being negotiated.\n  decided_by: director\ntext: |\n  # Price\n\n  It is high.\n",
    ),
    (
        "content/bodies/cabinet/2026-09-15/wall.yaml",
        "kind: report\ntitle: Repair of the sea wall\nkey_decision: Yes – it is dear\n\
         key_decision_notice: {special_urgency: the Chair of the Scrutiny Board}\nbackground_papers: None\n\
         text: |\n  # Why\n\n  It leaks.\n",
    ),
];

fn lawful() -> Sandbox {
    let sandbox = Sandbox::base();
    for (path, text) in LAWFUL {
        sandbox.write(path, text);
    }
    sandbox
}

#[test]
fn a_lawful_meeting_has_nothing_to_mend() {
    let check = lawful().succeed(&["check", "--format", "concise"]);
    assert_eq!(check.stdout, "");
}

#[test]
fn each_thing_that_is_left_out_of_a_lawful_meeting_is_missed() {
    let meeting = "content/bodies/cabinet/2026-09-15";
    for (file, from, to, missed) in [
        ("agenda.yaml", ", chair: moss", "", "error[N0008]: the item is 4 clear days short: "),
        ("agenda.yaml", "private_notice: [2026-08-14, 2026-09-07]\n", "", "error[N0006]: "),
        ("agenda.yaml", "paragraph 3 of", "paragraph 4 of", "error[N0015]: "),
        ("agenda.yaml", "From [](#private-depot)", "From the last item", "warning[N0016]: "),
        ("agenda.yaml", "  - Declarations of interests\n", "", "warning[N0027]: "),
        ("agenda.yaml", "    papers: [{minutes: 2026-07-14}]\n", "", "warning[N0024]: "),
        ("depot.yaml", "published: 2026-08-14", "published: 2026-08-18", "error[N0021]: "),
        ("wall.yaml", "background_papers: None\n", "", "warning[N0022]: "),
        ("private-depot.yaml", "  decided_by: director\n", "", "error[N0012]: "),
        ("private-depot.yaml", "  public_interest: The price is being negotiated.\n", "", "warning[N0014]: "),
    ] {
        let sandbox = lawful();
        sandbox.edit(&format!("{meeting}/{file}"), from, to);
        let check = sandbox.run(&["check", "--format", "concise"]);
        assert!(check.stdout.contains(missed), "{missed}: {}", check.stdout);
    }
    let sandbox = lawful();
    sandbox.edit(&format!("{meeting}/agenda.yaml"), "issued: 2026-09-07\n", "");
    sandbox.edit(&format!("{meeting}/agenda.yaml"), "private_notice: [2026-08-14, 2026-09-07]\n", "");
    assert_eq!(sandbox.succeed(&["check", "--format", "concise"]).stdout, "", "drafts are left alone");
}

#[test]
fn a_recommendation_is_answered_by_an_item_of_the_executive_in_time() {
    let told = |day: &str, title: &str| {
        let sandbox = lawful();
        let minutes = format!(
            "kind: minutes\nmeeting: {day} 10:00\npresent:\n  - {{group: Members, people: [moss]}}\nitems:\n  - title: \
             {title}\n    resolved: that the Board recommend to [](body:cabinet) that it wait.\n"
        );
        sandbox.write(&format!("content/bodies/board/{day}/minutes.yaml"), minutes);
        let check = sandbox.run(&["check", "--format", "concise"]);
        assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
        check.stdout
    };
    assert_eq!(told("2026-07-16", "Sale of the depot"), "");
    let due = told("2026-07-14", "Sale of the depot");
    assert!(due.contains("info[N0029]: the executive answers this recommendation by 13 September 2026"), "{due}");
    assert!(told("2026-07-16", "Bus shelters").contains("by 15 September 2026"));
}

#[test]
fn urgency_and_interests_are_printed_in_the_councils_own_words() {
    let sandbox = lawful();
    let minutes = "    interests: [{person: moss, pecuniary: true, nature: owner of the wall, left: true}]\n";
    sandbox.edit(
        "content/bodies/cabinet/2026-07-14/minutes.yaml",
        "  - {title: Apologies, text: There were none.}\n",
        &format!("  - title: Sea wall\n    text: It was noted.\n{minutes}"),
    );
    let council = "phrases:\n  urgent_opinion: \"As {chair} holds:\"\n  interest_left: She went out.\n";
    sandbox.edit("content/council.yaml", "kind: council\n", &format!("kind: council\n{council}"));
    sandbox.succeed(&["build", "cabinet/2026-09-15"]);
    let packs = crate::sample::packs_of(&sandbox.files("out"));
    let pack = packs.iter().find(|pack| pack.name.ends_with("public")).expect("a public pack");
    let text = pack.pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Urgent business. As Councillor Jenny Moss holds: The next spring tide",
        "declared a disclosable pecuniary interest in this matter: owner of the wall. She went out.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
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

#[test]
fn a_calendar_library_reads_the_days_that_the_table_shows() {
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    let run = |format| sandbox.succeed(&["calendar", "--from", "2026-09-01", "--format", format]).stdout;
    let calendar: icalendar::Calendar = run("ics").parse().expect("a calendar library reads it");
    let event = |one: &icalendar::CalendarComponent| {
        let event = one.as_event().expect("nothing but events");
        let Some(icalendar::DatePerhapsTime::Date(day)) = event.get_start() else { panic!("not a whole day") };
        let words = event.get_summary().expect("a summary");
        (day.to_string(), words.split(':').next().expect("words").to_lowercase())
    };
    let read: BTreeSet<(String, String)> = calendar.components.iter().map(event).collect();
    let document: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    let deadlines = document["meetings"].as_array().expect("a list").iter().flat_map(|meeting| {
        let deadlines = meeting["deadlines"].as_array().expect("a list");
        deadlines
            .iter()
            .map(|one| (one["latest"].as_str().unwrap().to_owned(), one["words"].as_str().unwrap().to_lowercase()))
    });
    let listed: BTreeSet<(String, String)> = deadlines.collect();
    assert!(listed.len() > 8, "{listed:?}");
    assert_eq!(read, listed);
}

#[test]
fn an_item_that_the_agenda_calls_urgent_can_be_added_late() {
    let sandbox = Sandbox::base();
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    sandbox.edit(agenda, "public:", "issued: 2026-09-08\npublic:\n  - Declarations of interests");
    // 8 and 11 September 2026, noon.
    let issue =
        |seconds: i64, arguments: &[&str]| sandbox.at(seconds, &[&["issue", "board/2026-09-16"], arguments].concat());
    let first = issue(1_788_868_800, &[]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let before = sandbox.read(agenda);
    sandbox.write(agenda, format!("{before}\n  - title: The sea wall\n    published: 2026-09-11\n"));
    let refused = issue(1_789_128_000, &["--reason", "the sea wall"]);
    assert!(refused.code != Some(0) && refused.stderr.contains("N0008"), "{}", refused.stderr);
    sandbox.write(agenda, format!("{before}\n  - title: The sea wall\n"));
    let refused = issue(1_789_128_000, &["--reason", "the sea wall"]);
    assert!(
        refused.code == Some(1) && refused.stderr.contains("error[N0008]: a major change (item 3 is new)"),
        "{}",
        refused.stderr
    );
    sandbox.write(
        agenda,
        format!(
            "{before}\n  - title: The sea wall\n    published: 2026-09-11\n    urgent: {{circumstances: It may fail., chair: moss}}\n"
        ),
    );
    let second = issue(1_789_128_000, &["--reason", "the sea wall"]);
    assert_eq!(second.code, Some(0), "{}", second.stderr);
}

#[test]
fn what_is_withdrawn_or_moved_needs_no_notice_and_what_comes_back_does() {
    let sandbox = Sandbox::base();
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    let items = "\n  - title: The sea wall\n    text: Words.\n    parts: [{text: North end}, {text: South end}]\n  - title: Bus shelters\n";
    sandbox.edit(agenda, "public:", "issued: 2026-09-08\npublic:\n  - Declarations of interests");
    let first = sandbox.read(agenda) + items;
    sandbox.write(agenda, &first);
    let issue = |day: i64, arguments: &[&str]| {
        // From 8 September 2026, noon.
        sandbox.at(1_788_868_800 + day * 86_400, &[&["issue", "board/2026-09-16"], arguments].concat())
    };
    let issued = |day: i64, reason: &str| {
        let outcome = issue(day, &["--reason", reason]);
        assert_eq!(outcome.code, Some(0), "{reason}: {}", outcome.stderr);
        let shown = sandbox.succeed(&["archive", "show", "board/2026-09-16", "--json"]).stdout;
        let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
        assert_eq!((&shown["issue"]["weight"], &shown["issue"]["urgent"]), (&"minor".into(), &serde_json::Value::Null));
    };
    let outcome = issue(0, &[]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    sandbox.write(agenda, first.replace(", {text: South end}", ""));
    issued(2, "a part is withdrawn");
    sandbox
        .write(agenda, first.replace(items, "\n  - title: Bus shelters\n  - title: The sea wall\n    text: Words.\n"));
    issued(3, "another order");
    let withdrawn = items.replace("    text: Words.\n", "    withdrawn: by the head of service\n");
    sandbox.write(agenda, first.replace(items, &withdrawn));
    issued(3, "an item is withdrawn");
    let urgent =
        "  - title: The breach\n    published: 2026-09-14\n    urgent: {circumstances: The wall fell., chair: moss}\n";
    sandbox
        .write(agenda, first.replace(items, &format!("{withdrawn}{urgent}")).replace("  - title: Bus shelters\n", ""));
    let outcome = issue(6, &["--reason", "the breach; an item is gone"]);
    assert_eq!(outcome.code, Some(0), "a withdrawal beside it does not need the chair: {}", outcome.stderr);
    sandbox.write(agenda, first.replace(items, &format!("{items}{urgent}")).replace("  - title: Bus shelters\n", ""));
    let outcome = issue(7, &["--reason", "it is back"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("(item 3 is not withdrawn any more)"), "{}", outcome.stderr);
}

#[test]
fn the_day_of_the_first_issue_counts_whatever_the_agenda_prints() {
    let sandbox = Sandbox::base();
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    sandbox.edit(agenda, "public:", "issued: 2026-09-08\npublic:\n  - Declarations of interests");
    let issue = |arguments: &[&str]| {
        // 9 September 2026, noon: a day too late.
        sandbox.at(1_788_955_200, &[&["issue", "board/2026-09-16"], arguments].concat())
    };
    let refused = issue(&[]);
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    for words in ["error[N0002]", "agenda.yaml", "4 of 5 clear days", "Tuesday 8 September 2026", "--override"] {
        assert!(refused.stderr.contains(words), "{words}: {}", refused.stderr);
    }
    let both = issue(&["--override", "N0002=the chair agreed", "--override", "N0005=nothing"]);
    assert_eq!(both.code, Some(2), "{}", both.stderr);
    assert!(both.stderr.contains("`N0005` was not found in board/2026-09-16"), "{}", both.stderr);
    assert!(!sandbox.path("archive").exists(), "what was overridden for nothing was issued");
    let issued = issue(&["--override", "N0002=the chair agreed"]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
}

#[test]
fn a_welsh_board_withholds_by_the_paragraphs_of_wales() {
    let sandbox = Sandbox::base();
    sandbox.write("content/bodies/board/body.yaml", "kind: body\nname: Scrutiny Board\nregime: wales\n");
    sandbox.write(
        "content/bodies/board/2026-09-16/agenda.yaml",
        "kind: agenda
meeting: 2026-09-16 10:30
issued: 2026-09-10
public:
  - Declarations of interests
  - title: Access to dentists
    papers: [note.yaml]
  - title: Exclusion of the press and public
    text: From [](#advice), under paragraph 16 of Part 4 of Schedule 12A to the Local Government Act 1972.
private:
  - title: Legal advice
    label: advice
    no_public_report: Nothing can be said while the claim is open.
    papers: [advice.yaml]
",
    );
    let paper =
        "kind: paper\ntitle: Legal advice\nwithheld:\n  paragraphs: [16]\n  decided_by: director\ntext: |\n  Wait.\n";
    sandbox.write("content/bodies/board/2026-09-16/advice.yaml", paper);
    // Three clear days are enough, and legal privilege needs no weighing of interests.
    let check = sandbox.succeed(&["check", "--format", "concise"]);
    assert_eq!(check.stdout, "");
    sandbox.succeed(&["build"]);
    let files = sandbox.files("out/board/2026-09-16/public");
    let words = Pdf::read(&files["2026-09-16-board-agenda-pack.pdf"]).squeezed();
    assert!(words.contains(&squeeze("paragraph 16 of Part 4 of Schedule 12A")), "{words}");
    assert!(words.contains(&squeeze("a claim to legal professional privilege could be maintained")), "{words}");
}

#[test]
fn an_exclusion_is_needless_only_when_nothing_can_be_withheld() {
    let told = |item: &str, exclusion: &str| {
        let sandbox = Sandbox::base();
        let agenda = format!(
            "kind: agenda\nmeeting: 2026-09-16 10:30\nissued: 2026-09-08\npublic:\n  - Declarations of interests\n  \
             - title: Sea wall\n    label: wall\n{item}{exclusion}"
        );
        sandbox.write("content/bodies/board/2026-09-16/agenda.yaml", agenda);
        let council = "kind: council\nname: Testford Council\nstanding:\n  exclusion: {title: Exclusion of the press and public, \
                       text: To be moved where it is needed.}\n";
        sandbox.write("content/council.yaml", council);
        let check = sandbox.run(&["check", "--fast", "--format", "concise"]);
        let lines = check.stdout.lines().filter(|line| line.contains("[N004") || line.contains("[N0005"));
        lines.map(|line| line.split(": ").nth(1).unwrap_or(line).to_owned()).collect::<Vec<_>>()
    };
    let exclusion = "  - title: Exclusion of the press and public\n    text: From [](#wall), under paragraph 3 of Part 1 of \
                     Schedule 12A.\n";
    let vague = "  - title: Exclusion of the press and public\n    text: To be moved where it is needed.\n";
    for (item, exclusion, expected) in [
        ("    text: Words.\n", exclusion, &["error[N0042]"][..]),
        ("    withdrawn: by its author\n", exclusion, &["error[N0042]"]),
        ("    to_follow: the bids are awaited\n", exclusion, &[]),
        ("    separately: an exempt appendix, to members\n", exclusion, &[]),
        ("    text: Words.\n", vague, &["warning[N0042]"]),
        ("    text: Words.\n", "  - standing: exclusion\n", &[]),
        ("    text: Words.\n", "", &[]),
        (
            "    withheld: {paragraphs: [3], public_interest: Bids., decided_by: director}\n    papers: [note.yaml]\n",
            exclusion,
            &[],
        ),
        (
            "    withheld: {paragraphs: [1], public_interest: Bids., decided_by: director}\n    papers: [note.yaml]\n",
            exclusion.replace("paragraph 3", "paragraphs 1 to 3").as_str(),
            &["warning[N0043]"],
        ),
    ] {
        assert_eq!(told(item, exclusion), expected, "{item}{exclusion}");
    }
}
