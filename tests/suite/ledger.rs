//! Ledgers over years of meetings: no promise is lost, and the public ledger is made from what is public alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use boardpack::appended::office::Office;
use boardpack::appended::{Reader as Files, Receiver};
use boardpack::finding::Finding;
use boardpack::packs::{self, Project};
use boardpack::resolve::ledger::{Ledger, Reader};
use boardpack::resolve::{self, Published};
use boardpack::rules;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::leaks::readable;
use crate::pdf::Pdf;
use crate::properties::cases;
use crate::sandbox::Sandbox;

const GROUNDS: &str = "withheld: {paragraphs: [3], public_interest: It would harm the price., decided_by: director}\n";

/// What becomes of a promise: days after it was made, and how.
#[derive(Debug, Clone)]
enum Fate {
    Open,
    Carried(u64),
    Entry(u64, &'static str),
    /// Closed by the minutes of the meeting so many later, if there is one.
    Minute(usize),
}

#[derive(Debug, Clone)]
struct Promised {
    is_private: bool,
    has_label: bool,
    field: usize,
    fate: Fate,
}

#[derive(Debug, Clone)]
struct Years {
    meetings: Vec<Vec<Promised>>,
    /// The meeting from which on the body has another name.
    renamed: usize,
}

fn years() -> impl Strategy<Value = Years> {
    let fate = prop_oneof![
        Just(Fate::Open),
        (1_u64..200).prop_map(Fate::Carried),
        (0_u64..300, prop_oneof![Just("done"), Just("closed"), Just("answered")])
            .prop_map(|(on, how)| Fate::Entry(on, how)),
        (1_usize..9).prop_map(Fate::Minute),
    ];
    let promised = (prop::bool::weighted(0.3), any::<bool>(), 0_usize..3, fate)
        .prop_map(|(is_private, has_label, field, fate)| Promised { is_private, has_label, field, fate });
    (prop::collection::vec(prop::collection::vec(promised, 0..4), 3..26), 0_usize..40)
        .prop_map(|(meetings, renamed)| Years { meetings, renamed })
}

fn day(meeting: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2024, 6, 5).expect("a day");
    first + Days::new(35 * meeting as u64)
}

/// A promise as the test knows it.
struct Known<'a> {
    id: String,
    meeting: usize,
    promised: &'a Promised,
}

impl Years {
    fn known(&self) -> Vec<Known<'_>> {
        let mut all = Vec::new();
        for (meeting, promises) in self.meetings.iter().enumerate() {
            for (index, promised) in promises.iter().enumerate() {
                let name = format!("zq{meeting}x{index}");
                let id = if promised.has_label { name } else { format!("{}/send-{name}", day(meeting)) };
                all.push(Known { id, meeting, promised });
            }
        }
        all
    }

    fn body(&self, meeting: usize) -> &'static str {
        if meeting < self.renamed { "board" } else { "panel" }
    }

    /// Gives the minutes that close a promise, where some do.
    fn closing(&self, known: &Known) -> Option<usize> {
        let Fate::Minute(later) = known.promised.fate else { return None };
        Some(known.meeting + later).filter(|meeting| *meeting < self.meetings.len())
    }

    /// Writes the workspace; the minutes of each meeting in reverse order where `turned`, and without one promise.
    fn sandbox(&self, turned: bool, without: Option<&str>) -> Sandbox {
        let sandbox = Sandbox::base();
        let panel = "kind: body\nname: Scrutiny Panel\nformerly: [board]\n";
        sandbox.write("content/bodies/panel/body.yaml", panel);
        let known = self.known();
        for (is_private, name) in [(false, "ledger"), (true, "ledger-private")] {
            let mut text = format!("kind: ledger\n{}", if is_private { GROUNDS } else { "" });
            let entries: String = known.iter().filter(|one| one.promised.is_private == is_private).map(entry).collect();
            if !entries.is_empty() {
                let _ = write!(text, "entries:\n{entries}");
            }
            sandbox.write(&format!("content/bodies/panel/{name}.yaml"), text);
        }
        for meeting in 0..self.meetings.len() {
            for is_private in [false, true] {
                let name = if is_private { "minutes-private" } else { "minutes" };
                let path = format!("content/bodies/{}/{}/{name}.yaml", self.body(meeting), day(meeting));
                sandbox.write(&path, self.minutes(&known, meeting, is_private, turned, without));
            }
            let before = meeting.checked_sub(1).map(|before| {
                let (body, day) = (self.body(before), day(before));
                format!("  - title: Minutes\n    papers: [{{minutes: {day}, body: {body}}}]\n")
            });
            let agenda = format!(
                "kind: agenda\nmeeting: {} 10:30\npublic:\n{}  - title: Tracker\n    papers: [{{ledger: panel}}]\n",
                day(meeting),
                before.unwrap_or_default()
            );
            sandbox.write(&format!("content/bodies/{}/{}/agenda.yaml", self.body(meeting), day(meeting)), agenda);
        }
        sandbox
    }

    fn minutes(
        &self,
        known: &[Known],
        meeting: usize,
        is_private: bool,
        turned: bool,
        without: Option<&str>,
    ) -> String {
        let (grounds, list) = if is_private { (GROUNDS, "private") } else { ("", "items") };
        let mut items = vec![format!("  - title: Opening\n    text: Words.\n")];
        for one in known.iter().filter(|one| one.promised.is_private == is_private) {
            let fields = [("actions", "action"), ("recommendations", "recommendation"), ("requests", "request")];
            let (many, field) = fields[one.promised.field];
            let name = one.id.rsplit(['/', '-']).next().unwrap_or_default();
            if one.meeting == meeting && without != Some(one.id.as_str()) {
                let label = if one.promised.has_label { format!(", label: {name}") } else { String::new() };
                items.push(format!(
                    "  - title: Matter\n    text: Words.\n    {many}: [{{{field}: Send {name}{label}}}]\n"
                ));
            }
            if self.closing(one) == Some(meeting) {
                items.push(format!("  - title: Matter\n    text: Words.\n    closes: [{}]\n", one.id));
            }
        }
        if turned {
            items.reverse();
        }
        format!("kind: minutes\nmeeting: {} 10:30\n{grounds}{list}:\n{}", day(meeting), items.concat())
    }
}

fn entry(known: &Known) -> String {
    let made = day(known.meeting);
    match known.promised.fate {
        Fate::Carried(after) => {
            let on = made + Days::new(after);
            format!(
                "  - {{of: {}, on: {on}, state: carried-forward, due: {}, reason: Later.}}\n",
                known.id,
                on + Days::new(90)
            )
        }
        Fate::Entry(after, how) => {
            format!("  - {{of: {}, on: {}, state: {how}, reason: So.}}\n", known.id, made + Days::new(after))
        }
        Fate::Open | Fate::Minute(_) => String::new(),
    }
}

fn open(sandbox: &Sandbox) -> (Project, Vec<Finding>) {
    let log = rules::log();
    let office = Office::new(sandbox.root(), Some("/nonexistent/soffice".into()));
    let files = Files::of(env!("CARGO_BIN_EXE_boardpack").into());
    let project = packs::open(sandbox.root(), Receiver::new(files, office), &log);
    let findings = log.sorted();
    (project, findings)
}

/// Gives the ids of a ledger on a day, each with whether it is open.
fn standing(project: &Project, is_public: bool, on: NaiveDate) -> BTreeMap<String, bool> {
    let published = Published::of(&project.workspace, &resolve::meetings(&project.workspace));
    let reader = if is_public { Reader::Public(&published) } else { Reader::Whole };
    let ledger = Ledger::of(&project.workspace, "panel", reader, on);
    let mut all = BTreeMap::new();
    for promise in &ledger.promises {
        let Some(now) = promise.on(on) else { continue };
        if let Some(closed) = now.closed {
            assert!(closed.minute.is_some() || closed.reason.is_some(), "{} is closed by nothing", promise.id);
        }
        assert!(all.insert(promise.id.clone(), now.closed.is_none()).is_none(), "{} stands there twice", promise.id);
    }
    all
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn no_promise_is_lost_in_years_of_meetings(years in years(), turned in any::<bool>(), at in any::<prop::sample::Index>()) {
        let known = years.known();
        let (project, findings) = open(&years.sandbox(turned, None));
        let errors: Vec<_> = findings.iter().filter(|one| one.is_error()).map(|one| (one.rule.code, &one.message)).collect();
        prop_assert!(errors.is_empty(), "{:?}", errors);
        let last = years.meetings.len();
        for on in [last / 2, last - 1, last].map(day) {
            let made = |one: &&Known| day(one.meeting) < on;
            let is_open = |one: &Known| match one.promised.fate {
                Fate::Entry(after, _) => day(one.meeting) + Days::new(after) > on,
                Fate::Minute(_) => years.closing(one).is_none_or(|closing| day(closing) >= on),
                Fate::Open | Fate::Carried(_) => true,
            };
            let whole: BTreeMap<String, bool> = known.iter().filter(made).map(|one| (one.id.clone(), is_open(one))).collect();
            prop_assert_eq!(standing(&project, false, on), whole);
            // The public learns of minutes from the meeting that takes them, here the next one.
            let is_published = |one: &&Known| !one.promised.is_private && one.meeting + 1 < last && day(one.meeting + 1) <= on;
            let told = |one: &Known| match years.closing(one) {
                Some(closing) if closing + 1 >= last || day(closing + 1) > on => true,
                _ => is_open(one),
            };
            let public: BTreeMap<String, bool> =
                known.iter().filter(made).filter(is_published).map(|one| (one.id.clone(), told(one))).collect();
            prop_assert_eq!(standing(&project, true, on), public);
        }
        // What is taken out of minutes that something still cites is told of.
        let cited: Vec<&Known> = known.iter().filter(|one| !entry(one).is_empty() || years.closing(one).is_some()).collect();
        if !cited.is_empty() {
            let gone = at.get(&cited);
            let (_, findings) = open(&years.sandbox(turned, Some(&gone.id)));
            let codes: BTreeSet<&str> = findings.iter().filter(|one| one.is_error()).map(|one| one.rule.code).collect();
            prop_assert!(codes.contains("M0042"), "{} vanished: {:?}", gone.id, codes);
        }
    }
}

const EXCLUSION: &str = "  - title: Exclusion of the press and public\n    text: While the tracker is discussed, under paragraph 3 \
    of Part 1 of Schedule 12A.\n";
const FOLDER: &str = "content/bodies/board";

/// Writes a board that saw its ledger in July and sees it in September.
fn board() -> Sandbox {
    let sandbox = Sandbox::base();
    let write = |path: &str, text: String| sandbox.write(&format!("{FOLDER}/{path}"), text);
    let minutes = |day: &str, items: &str| {
        format!("kind: minutes\nmeeting: {day} 10:30\npresent: [{{group: Members, people: [moss]}}]\nitems:\n{items}")
    };
    let june = "  - title: Buses\n    text: Words.\n    actions:\n\
        \x20     - {action: Send the timetable, lead: director, due: 2026-07-20, label: timetable}\n\
        \x20     - {action: Count the passengers, lead: Ada Ward, due: 2026-08-01, label: passengers}\n\
        \x20     - {action: Ask for shelters, lead: director, due: 2026-12-01}\n";
    let july = "  - title: Buses\n    text: Words.\n    closes: [2026-06-10/ask-for-shelters]\n\
        \x20   recommendations: [{recommendation: Pay for a night bus, due: 2026-10-01, label: night-bus}]\n";
    let private =
        "private:\n  - title: Contract\n    text: Words.\n    actions: [{action: End ZQX the contract, label: zqx}]\n";
    write("2026-06-10/minutes.yaml", minutes("2026-06-10", june));
    write("2026-06-10/minutes-private.yaml", format!("kind: minutes\nmeeting: 2026-06-10 10:30\n{GROUNDS}{private}"));
    write("2026-07-15/minutes.yaml", minutes("2026-07-15", july));
    let entries = "  - {of: passengers, on: 2026-07-20, state: carried-forward, due: 2026-11-01, reason: It rained.}\n";
    write("ledger.yaml", format!("kind: ledger\nentries:\n{entries}"));
    let secret = "  - {of: zqx, on: 2026-09-01, state: closed, reason: ZQX.}\n";
    write("ledger-private.yaml", format!("kind: ledger\n{GROUNDS}entries:\n{secret}"));
    let agenda = |day: &str, last: &str, issued: &str, also: &str| {
        let more = if also.is_empty() { "" } else { EXCLUSION };
        format!(
            "kind: agenda\nmeeting: {day} 10:30\nissued: {issued}\nplace: Hall\npublic:\n  - title: Declarations of interests\n\
             {more}  - title: Minutes\n\
             \x20   papers: [{{minutes: {last}}}]\n  - title: Tracker\n    papers: [{{ledger: board}}{also}]\n"
        )
    };
    write("2026-07-15/agenda.yaml", agenda("2026-07-15", "2026-06-10", "2026-07-01", ""));
    write("2026-09-16/agenda.yaml", agenda("2026-09-16", "2026-07-15", "2026-09-08", ", ../ledger-private.yaml"));
    std::fs::remove_file(sandbox.path(&format!("{FOLDER}/2026-09-16/note.yaml"))).expect("the base has it");
    sandbox
}

/// Gives id, state and what has moved of each promise that a ledger tells of as data.
fn told(sandbox: &Sandbox, path: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&sandbox.read(path)).expect("JSON");
    let word = |promise: &serde_json::Value, field: &str| promise[field].as_str().unwrap_or("-").to_owned();
    let promises = json["promises"].as_array().expect("promises").iter();
    promises.map(|one| ["id", "state", "moved", "closed_by"].map(|field| word(one, field)).join(" ")).collect()
}

#[test]
fn a_board_is_told_what_moved_since_it_saw_its_ledger() {
    let sandbox = board();
    sandbox.succeed(&["build"]);
    let papers = "out/board/2026-09-16/public/papers/item-4-recommendations-and-actions";
    let now = [
        "timetable overdue overdue -",
        "night-bus open new -",
        "passengers carried-forward carried-forward -",
        "2026-06-10/ask-for-shelters done - 3",
    ];
    assert_eq!(told(&sandbox, &format!("{papers}.json")), now);
    let private = "out/board/2026-09-16/private/papers/item-4-recommendations-and-actions";
    let whole = told(&sandbox, &format!("{private}.json"));
    assert!(whole.iter().any(|one| one == "zqx closed - entry") && whole.len() == 5, "{whole:?}");
    assert_eq!(sandbox.read(&format!("{papers}.csv")).lines().count(), 5);
    let pdf = Pdf::read(&std::fs::read(sandbox.path(&format!("{papers}.pdf"))).expect("a PDF"))
        .pages()
        .concat()
        .replace('\n', " ");
    for words in
        ["3 open, 1 of them overdue.", "Since 15 July 2026: 1 new, 1 now overdue, 1 carried forward, 1 closed."]
    {
        assert!(pdf.contains(words), "{pdf}");
    }
    let first = "out/board/2026-07-15/public/papers/item-3-recommendations-and-actions.json";
    assert_eq!(told(&sandbox, first).len(), 3, "what is promised at the meeting itself comes later");
    for (path, bytes) in sandbox.files("out").iter().filter(|(path, _)| path.contains("/public/")) {
        let leaks =
            readable(bytes, path).iter().any(|piece| String::from_utf8_lossy(piece).to_uppercase().contains("ZQX"));
        assert!(!leaks, "{path}");
    }
}

#[test]
fn an_issue_with_a_ledger_is_rebuilt_byte_for_byte() {
    let sandbox = board();
    let noon = chrono::NaiveDate::from_ymd_opt(2026, 9, 8).and_then(|day| day.and_hms_opt(12, 0, 0)).expect("a time");
    let run = |arguments: &[&str]| {
        let outcome = sandbox.at(noon.and_utc().timestamp(), arguments);
        assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);
        outcome.stdout + &outcome.stderr
    };
    run(&["issue", "board/2026-09-16"]);
    let said = run(&["archive", "rebuild", "board/2026-09-16"]);
    assert!(said.contains("every byte"), "{said}");
    // What members were told of as open cannot go unnoticed.
    sandbox.edit(&format!("{FOLDER}/2026-06-10/minutes.yaml"), "label: timetable", "label: time-table");
    let outcome = sandbox.run(&["check", "board/2026-09-16", "--fast"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("error[M0046]: `timetable` (Send the timetable) was open"), "{}", outcome.stderr);
}
