//! `boardpack new`: a council is played from an empty folder to its second meeting, and nothing is written by hand but
//! what the officer alone knows.

use std::collections::BTreeMap;
use std::path::Path;

use crate::pdf::{Pdf, squeeze};
use crate::sandbox::{Outcome, Sandbox};

const MARK: &str = "TO BE FILLED IN";
const FIRST: &str = "scrutiny/2027-02-11";
const SECOND: &str = "scrutiny/2027-03-18";
/// Noon of 1 December 2026.
const NOW: i64 = 1_796_126_400;

const MEMBERS: &str = "\
Name,Role,Party,Ward
Councillor Jenny Moss,Chair,Independent,Harbour
Councillor Ann Ward,Vice Chair,Labour,Mill
Councillor Wei Ling Tan,,Green,Saltgate
Mrs Margaret Ollerton,Co-opted Member,,
";

/// What the officer alone knows, by file, and the lines that it is typed as. Everything else is written by the program.
const COUNCIL: [(&str, &str); 1] = [("which of your rooms", "The Council Chamber has a hearing loop.")];
const NOTE: [(&str, &str); 4] = [
    ("what the note is for", "To tell the Committee how many people wait for home care."),
    ("what is recommended", "The Committee is recommended to note the figures."),
    ("what members need to know", "At the end of November 41 people waited, nine fewer than in May."),
    ("who wrote it", "allen"),
];
const PROGRAMME: [(&str, &str); 1] = [("a first subject", "Libraries")];
const MINUTES: [(&str, &str); 7] = [
    ("the officers who were there", "Ruth Allen"),
    ("who did not come", "ward"),
    ("who declared what interest", "There were no declarations of interests."),
    ("what was considered and said", "Members asked about the figures for each ward."),
    ("what was resolved", "that the figures be noted."),
    ("what was raised", "There was no urgent business."),
    ("corrections", "The minutes were agreed as a true record."),
];

/// Business of every sort that minutes tell of in their own way.
const BUSINESS: &str = r#"  - title: "The *Mill* bridge"
    label: bridge
    urgent: {circumstances: the bridge closes on Friday, chair: moss}
  - title: Waste contract
    withdrawn: the contractor has asked for more time
  - standing: urgent
  - title: Exclusion of the press and public
    text: For [](#care), paragraph 3 of Part 1 of Schedule 12A.

private:
  - title: Contract for care
    label: care
    no_public_report: It is on prices alone.
    papers: [care.yaml]
    withheld: {paragraphs: [3], public_interest: Prices are being negotiated., decided_by: contact-officer}
"#;

/// A council, and how many lines its officer has typed.
struct Played {
    sandbox: Sandbox,
    typed: std::cell::Cell<usize>,
}

impl Played {
    fn council() -> Self {
        let played = Self { sandbox: Sandbox::empty(), typed: 0.into() };
        played.does(&[
            "new",
            "council",
            "--name",
            "Wrenbury Vale District Council",
            "--contact",
            "Ruth Allen",
            "--email",
            "ruth.allen@wrenbury.example",
            "--post",
            "Democratic Services Officer",
            "--phone",
            "01632 960 101",
            "--website",
            "https://www.wrenbury.example",
        ]);
        played.sandbox.write("members.csv", MEMBERS);
        let body = ["new", "body", "scrutiny", "--name", "Overview and Scrutiny Committee"];
        played.does(&[&body[..], &["--place", "Council Chamber", "--members", "members.csv"]].concat());
        played
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        self.sandbox.at(NOW, arguments)
    }

    fn does(&self, arguments: &[&str]) -> Outcome {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}{}", outcome.stdout, outcome.stderr);
        outcome
    }

    /// Runs the program, which must refuse with this exit code, say these words and help, and write nothing.
    fn refuses(&self, code: i32, words: &str, arguments: &[&str]) -> String {
        let before = self.sandbox.files("");
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(code), "{arguments:?}\n{}{}", outcome.stdout, outcome.stderr);
        assert!(outcome.stderr.contains(words) && outcome.stderr.contains("= help: "), "{}", outcome.stderr);
        assert!(self.sandbox.files("") == before, "{arguments:?} has written something");
        outcome.stderr
    }

    /// Gives what `check` finds, by its code, with how often.
    fn found(&self) -> BTreeMap<String, usize> {
        let outcome = self.run(&["check", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let mut found = BTreeMap::new();
        for finding in document["findings"].as_array().expect("findings") {
            if finding["severity"] != "info" {
                *found.entry(finding["code"].as_str().expect("a code").to_owned()).or_default() += 1;
            }
        }
        found
    }

    /// Types what the officer knows in the place of each mark of a file.
    fn fill(&self, path: &str, known: &[(&str, &str)]) {
        let text = self.sandbox.read(path);
        let filled: Vec<String> = text.lines().map(|line| self.filled(line, known)).collect();
        self.sandbox.write(path, filled.join("\n") + "\n");
    }

    fn filled(&self, line: &str, known: &[(&str, &str)]) -> String {
        let Some((before, after)) = line.split_once(MARK).filter(|_| !line.starts_with('#')) else {
            return line.to_owned();
        };
        let (_, words) =
            known.iter().find(|(wanted, _)| after[2..].starts_with(wanted)).unwrap_or_else(|| panic!("{line}"));
        self.typed.set(self.typed.get() + 1);
        // A person in braces becomes the id or the name alone.
        match before.split_once("{name: ") {
            Some((dash, _)) => format!("{dash}{words}"),
            None => format!("{}{words}", before.trim_end_matches('"')),
        }
    }
}

fn only_marks(found: &BTreeMap<String, usize>) -> usize {
    assert!(found.keys().all(|code| code == "M0041"), "{found:?}");
    found.get("M0041").copied().unwrap_or_default()
}

fn pages(folder: &Path) -> String {
    let packs = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
    let pack = packs.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "pdf")).expect("a pack");
    Pdf::read(&std::fs::read(pack).expect("a pack")).squeezed()
}

#[test]
fn a_council_is_played_from_nothing_to_its_second_meeting() {
    let played = Played::council();
    played.does(&["new", "meeting", "scrutiny", "2027-02-11", "--time", "10.30"]);
    assert_eq!(only_marks(&played.found()), 1);
    played.does(&["new", "briefing-note", FIRST, "Home care: who waits?"]);
    played.does(&["new", "work-programme", FIRST]);
    assert_eq!(only_marks(&played.found()), 8);
    let folder = format!("content/bodies/{FIRST}");
    let agenda = played.sandbox.read(&format!("{folder}/agenda.yaml"));
    assert!(agenda.contains("\nissued: 2027-02-03 # the latest lawful day"), "{agenda}");
    let refused = played.run(&["issue", FIRST]);
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);

    played.fill("content/council.yaml", &COUNCIL);
    let set_up = played.typed.take();
    let note = format!("{folder}/home-care-who-waits.yaml");
    played.sandbox.edit(
        &note,
        &format!(
            "background_papers: # or None\n  - \"{MARK}: the papers that it rests on, a line each; or write None\"\n"
        ),
        "background_papers: None\n",
    );
    played.fill(&note, &NOTE);
    played.fill("content/bodies/scrutiny/work-programme.yaml", &PROGRAMME);
    played.sandbox.edit("content/bodies/scrutiny/work-programme.yaml", "unplaced:", "meetings:\n  - date: 2027-02-11\n    items:\n      - title: \"Home care: who waits?\"\n  - date: 2027-03-18\n    items:\n      - title: School transport\nunplaced:");
    let papers = played.typed.take();
    assert_eq!(played.found(), BTreeMap::new());
    played.does(&["issue", FIRST]);

    played.does(&["new", "minutes", FIRST]);
    only_marks(&played.found());
    played.fill(&format!("{folder}/minutes.yaml"), &MINUTES);
    played.sandbox.edit(&format!("{folder}/minutes.yaml"), "      - {person: ward, role: Vice Chair}\n", "");
    played.does(&["new", "meeting", "scrutiny", "2027-03-18"]);
    assert_eq!(played.found().remove("M0041"), None);
    played.does(&["new", "report", SECOND, "School transport"]);
    only_marks(&played.found());
    let second = played.sandbox.read(&format!("content/bodies/{SECOND}/agenda.yaml"));
    for line in ["meeting: 2027-03-18 10:30", "      - {minutes: 2027-02-11}", "      - school-transport.yaml"] {
        assert!(second.contains(line), "{line}\n{second}");
    }
    assert!(!second.contains("to_follow"), "{second}");
    played.does(&["build", SECOND]);
    let printed = pages(&played.sandbox.path(&format!("out/{SECOND}/public")));
    for words in ["Overview and Scrutiny Committee", "RESOLVED that the figures be noted.", "School transport"] {
        assert!(printed.contains(&squeeze(words)), "{words}\n{printed}");
    }
    let typed = set_up + papers + played.typed.get();
    assert!(typed + 7 <= 25, "{typed} lines were filled in, and seven written for the programme");
    let issued = pages(&played.sandbox.path(&format!("out/{FIRST}/public")));
    assert!(!issued.contains(&squeeze(MARK)), "{issued}");
}

#[test]
fn what_is_marked_is_neither_issued_nor_accepted_nor_overridden() {
    let played = Played::council();
    played.does(&["new", "meeting", "scrutiny", "2027-02-11"]);
    assert_eq!(played.run(&["build", FIRST]).code, Some(0));
    let council = played.sandbox.read("content/council.yaml");
    played.sandbox.write("content/council.yaml", format!("{council}accepted: [{{finding: M0041, reason: later}}]\n"));
    let outcome = played.run(&["issue", FIRST]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("nothing is published until this is mended"), "{}", outcome.stderr);
    let checked = played.run(&["check"]).stderr;
    assert!(checked.contains("M0041 cannot be accepted"), "{checked}");
    let outcome = played.run(&["issue", FIRST, "--override", "M0041=it is late"]);
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert!(!played.sandbox.path("archive").exists());
}

#[test]
fn nothing_is_overwritten_and_what_is_missing_or_cannot_be_is_told() {
    let played = Played::council();
    played.does(&["new", "meeting", "scrutiny", "2027-02-11"]);
    played.does(&["new", "report", FIRST, "Waste"]);
    played.does(&["new", "minutes", FIRST]);
    let there = "is there already, and nothing is ever overwritten";
    for again in [
        &["new", "council", "--name", "X", "--contact", "X", "--email", "x@x.example"][..],
        &["new", "body", "scrutiny"],
        &["new", "meeting", "scrutiny", "2027-02-11"],
        &["new", "report", FIRST, "Waste"],
        &["new", "minutes", FIRST],
    ] {
        played.refuses(3, there, again);
    }
    for (words, wrong) in [
        ("`Over View` cannot be the id of a body", &["new", "body", "Over View", "--name", "X"][..]),
        ("`con` cannot be the id", &["new", "body", "con", "--name", "X"]),
        ("--name is missing", &["new", "body", "cabinet"]),
        ("there is no body `scrutny`", &["new", "meeting", "scrutny", "2027-02-11"]),
        ("`11/02/2027` cannot be the name", &["new", "meeting", "scrutiny", "11/02/2027"]),
        ("there is no meeting `scrutiny/2027-02-12`", &["new", "report", "scrutiny/2027-02-12", "X"]),
        ("has no item `12`", &["new", "report", FIRST, "X", "--item", "12"]),
        ("`../x.yaml` cannot be the name of a paper's file", &["new", "report", FIRST, "X", "--file", "../x.yaml"]),
        ("the report has no title", &["new", "report", FIRST]),
    ] {
        played.refuses(2, words, wrong);
    }
    let empty = Played { sandbox: Sandbox::empty(), typed: 0.into() };
    let missing = empty.refuses(2, "--name, --contact, --email are missing", &["new", "council"]);
    assert!(missing.contains("boardpack new council --name"), "{missing}");
}

#[test]
fn minutes_follow_the_agenda_as_it_was_issued() {
    let played = Played::council();
    played.fill("content/council.yaml", &COUNCIL);
    played.does(&["new", "meeting", "scrutiny", "2027-02-11"]);
    let agenda = format!("content/bodies/{FIRST}/agenda.yaml");
    played.sandbox.edit(&agenda, "  - standing: urgent\n", BUSINESS);
    played
        .sandbox
        .write(&format!("content/bodies/{FIRST}/care.yaml"), "kind: paper\ntitle: Zyx prices\ntext: Prices.\n");
    assert_eq!(played.found(), BTreeMap::new());
    played.does(&["issue", FIRST]);
    // What changes afterwards was not what members held.
    played.sandbox.edit(&agenda, "the contractor has asked for more time", "nobody came");
    played.does(&["new", "meeting", "scrutiny", "2027-03-18"]);
    let said = played.does(&["new", "minutes", FIRST]).stderr;
    assert!(said.contains("minutes-private.yaml alone"), "{said}");
    let public = played.sandbox.read(&format!("content/bodies/{FIRST}/minutes.yaml"));
    for words in [
        "  - title: \"The *Mill* bridge\" # item 3 of the agenda\n    label: bridge\n",
        "Councillor Jenny Moss was of the opinion that the item should be considered as a matter of urgency",
        "special circumstances: the bridge closes on Friday.",
        "  - title: Waste contract # item 4 of the agenda\n    text: |\n      This item was withdrawn: the contractor",
        "within paragraph 3 of Part 1",
        "      - {person: moss, role: Chair}\n",
    ] {
        assert!(public.contains(words), "{words}\n{public}");
    }
    assert!(!public.contains("Contract for care") && !public.contains("Zyx"), "{public}");
    let private = played.sandbox.read(&format!("content/bodies/{FIRST}/minutes-private.yaml"));
    let item = "private:\n  - title: Contract for care # item 7 of the agenda\n    label: care\n";
    for words in ["withheld:", "paragraphs: [3]", item] {
        assert!(private.contains(words), "{words}\n{private}");
    }
    // The next agenda said that they are to follow; now it has them.
    let next = played.sandbox.read(&format!("content/bodies/{SECOND}/agenda.yaml"));
    assert!(next.contains("      - {minutes: 2027-02-11}\n") && !next.contains("to_follow"), "{next}");
    only_marks(&played.found());
    // Minutes that are not finished do not stand in the way of the meeting that they record.
    let checked = played.does(&["check", FIRST, "--format", "concise"]).stdout;
    assert!(!checked.contains("M0041"), "{checked}");
}

#[test]
fn a_council_has_templates_and_layouts_of_its_own() {
    let played = Played::council();
    played.does(&["new", "meeting", "scrutiny", "2027-02-11"]);
    played.does(&["build"]);
    let packs = || {
        let all = played.sandbox.files(&format!("out/{FIRST}/public"));
        all.into_iter().filter(|(name, _)| name.ends_with(".pdf")).collect::<BTreeMap<_, _>>()
    };
    let built = packs();
    let laid = played.does(&["style", "export"]).stdout;
    let (phrases, report) = ("wrote layouts/phrases.yaml", "layouts/new/report.yaml.jinja");
    assert!(laid.contains(phrases) && laid.contains(report), "{laid}");
    assert!(played.does(&["style", "export"]).stdout.is_empty());
    played.refuses(2, "no built-in layout is called `phrase.yaml`", &["style", "export", "phrase.yaml"]);
    played.does(&["build"]);
    assert!(built == packs(), "the export changes a pack");

    played
        .sandbox
        .write(report, "kind: report\ntitle: {{ title }}\nfields: [{label: Ward: {{ title }}}]\ntext: Ours\n");
    played.refuses(3, "cannot be read", &["new", "report", FIRST, "Waste"]);
    played.sandbox.write(report, "{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}");
    played.refuses(3, "more than a million steps", &["new", "report", FIRST, "Waste"]);
    played.does(&["build"]);
    played
        .sandbox
        .write(report, "kind: report\ntitle: {{ title }}\nfields: [{label: Ward, text: {{ title }}}]\nbackground_papers: None\ntext: Ours\n");
    played.does(&["new", "report", FIRST, "Waste: \"a, b\" # c"]);
    let written = played.sandbox.read(&format!("content/bodies/{FIRST}/waste-a-b-c.yaml"));
    assert!(written.contains(r#"text: "Waste: \"a, b\" # c"}"#), "{written}");
    only_marks(&played.found());
}

#[test]
fn the_sample_council_goes_on() {
    let played = Played { sandbox: Sandbox::empty(), typed: 0.into() };
    played.sandbox.add("content", "content");
    let before = played.found();
    for new in [
        &["new", "minutes", "education-scrutiny/2026-09-16"][..],
        &["new", "minutes", "health-scrutiny/2026-09-23"],
        &["new", "meeting", "education-scrutiny", "2026-11-04"],
        &["new", "meeting", "health-scrutiny", "2026-11-11"],
        &["new", "briefing-note", "education-scrutiny/2026-11-04", "Speech, language and communication"],
    ] {
        played.does(new);
    }
    let mut after = played.found();
    assert!(after.remove("M0041").is_some_and(|marks| marks > 20));
    assert_eq!(after, before);
}
