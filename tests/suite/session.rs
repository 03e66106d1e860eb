//! The application in process: a session answers with values, and the command line with what they are made into.

#![allow(clippy::ok_expect, reason = "what a session has made is nothing to print")]

use std::fs::File;
use std::path::{Path, PathBuf};

use boardpack::app::{
    BuildOrder, ChangesOrder, CheckOrder, Compared, Env, FailureKind, IssueOrder, Issued, Refused, Session,
};
use boardpack::issue::manifest::Choice;
use boardpack::issue::time::Time;
use boardpack::progress::Quiet;
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::sandbox::Sandbox;

const MEETING: &str = "board/2026-09-16";
const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";
/// Noon on 9 September 2026: a day too late.
const LATE: i64 = 1_788_955_200;
const DAY: i64 = 86_400;

/// Makes a workspace whose agenda says that it is out in time.
fn in_time() -> Sandbox {
    let sandbox = Sandbox::base();
    sandbox.edit(AGENDA, "public:", "issued: 2026-09-08\npublic:\n  - Declarations of interests");
    sandbox
}

fn session(sandbox: &Sandbox) -> Session {
    let env = Env {
        program: PathBuf::from(env!("CARGO_BIN_EXE_boardpack")),
        identity: "a test".to_owned(),
        office: None,
        office_seconds: None,
        archive: sandbox.path("archive"),
        progress: Box::new(Quiet),
    };
    Session::open(sandbox.root(), env)
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("a time")
}

fn issue(session: &Session, seconds: i64, reason: Option<&str>) -> Result<Issued, Refused> {
    let time = Time { at: at(seconds), given: Some("a test".to_owned()) };
    session.issue(&IssueOrder {
        meeting: MEETING,
        supplement: false,
        numbering: Choice::Keep,
        reason,
        overrides: &[],
        urgent: None,
        look_too: false,
        dry_run: false,
        deny_warnings: false,
        by: "Governance Services",
        key: None,
        time: &time,
    })
}

/// Gives the codes, paths and lines of the findings of a refusal that stand in the way.
fn in_the_way(refused: &Refused) -> Vec<(String, String, u64)> {
    assert_eq!(refused.failure, None);
    let report = refused.report.as_ref().expect("findings");
    let findings = serde_json::to_value(report.findings()).expect("JSON");
    let standing = findings.as_array().expect("a list").iter().filter(|one| one["state"] == "to-settle");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    standing.map(|one| (text(&one["code"]), text(&one["path"]), one["line"].as_u64().expect("a line"))).collect()
}

#[test]
fn an_issue_that_is_too_late_is_refused_by_findings_and_the_session_goes_on() {
    let sandbox = in_time();
    let opened = session(&sandbox);
    let refused = issue(&opened, LATE, None).err().expect("it is too late");
    let line = sandbox.read(AGENDA).lines().position(|line| line.starts_with("issued:")).expect("a line") as u64 + 1;
    assert_eq!(in_the_way(&refused), [("N0002".to_owned(), AGENDA.to_owned(), line)]);
    assert!(!sandbox.path("archive").exists(), "what was refused was kept");

    let checked = opened.check(&CheckOrder { meetings: &[], fast: true, deny_warnings: false, certificates: None });
    let checked = checked.ok().expect("it can be checked");
    assert_eq!((checked.meetings, checked.is_stopped, checked.is_nothing), (1, false, false));
    let out = sandbox.path("out");
    let built = opened.build(&BuildOrder { meetings: &[], out: &out, deny_warnings: false }).ok().expect("it is built");
    assert_eq!((built.written[0].meeting.as_str(), built.missing.len()), (MEETING, 0));
    let pages = built.written[0].pages;

    let issued = issue(&opened, LATE - DAY, None).ok().expect("it is in time");
    let news = issued.news.expect("it is new");
    assert_eq!((issued.number, news.pages), (1, pages));
    assert!(issued.files.keys().any(|path| Path::new(path).ends_with("2026-09-16-board-agenda-pack.pdf")));
    let (rows, unread) = opened.status(&[], at(LATE).date_naive()).ok().expect("a list");
    assert_eq!((rows.len(), rows[0].issue, rows[0].changed), (1, Some(1), false));
    assert!(unread.findings().is_empty());
    // The same order again is complete.
    assert!(issue(&opened, LATE, None).ok().expect("it is complete").news.is_none());
}

#[test]
fn a_late_item_is_refused_where_it_stands_and_what_differs_is_a_value() {
    let sandbox = in_time();
    issue(&session(&sandbox), LATE - DAY, None).ok().expect("it is in time");
    let compare = |always| {
        let (numbering, at) = (Choice::Keep, at(LATE));
        let order = ChangesOrder { meeting: MEETING, numbering, reports: false, look_too: false, always, at };
        session(&sandbox).changes(&order).ok().expect("it can be compared")
    };
    assert!(matches!(compare(false), Compared::Same(id, 1) if id == MEETING));
    let before = sandbox.read(AGENDA);
    sandbox.write(AGENDA, format!("{before}\n  - title: The *sea* wall\n"));
    let Compared::Draft { public, whole, reports } = compare(false) else { panic!("an item is new") };
    assert_eq!((public.items.len(), whole.items.len(), reports.len()), (1, 1, 0));

    let refused = issue(&session(&sandbox), LATE, Some("the sea wall")).err().expect("it is too late");
    let line = sandbox.read(AGENDA).lines().position(|line| line.contains("wall")).expect("a line") as u64 + 1;
    assert_eq!(in_the_way(&refused), [("N0008".to_owned(), AGENDA.to_owned(), line)]);
    // Titles are printed otherwise than they are written: the item is known by its number.
    let urgent = "    urgent: {circumstances: It may fail., chair: moss}\n    published: 2026-09-09\n";
    sandbox.write(AGENDA, format!("{before}\n  - title: The *sea* wall\n{urgent}"));
    assert_eq!(issue(&session(&sandbox), LATE, Some("the sea wall")).ok().expect("the chair agrees").number, 2);
}

#[test]
fn what_does_not_exist_is_a_failure_with_hints() {
    let sandbox = in_time();
    let meetings = ["board/2026-09-17".to_owned()];
    let order = BuildOrder { meetings: &meetings, out: &sandbox.path("out"), deny_warnings: false };
    let refused = session(&sandbox).build(&order).err().expect("there is no such meeting");
    let failure = refused.failure.expect("a failure");
    assert_eq!(
        (failure.kind, failure.hints.as_slice()),
        (FailureKind::Request, [format!("did you mean `{MEETING}`?")].as_slice())
    );
}

#[test]
fn machines_read_one_document_whatever_comes_of_it() {
    let sandbox = in_time();
    let run = |seconds, arguments: &[&str], code| -> Value {
        let outcome = sandbox.at(seconds, &[arguments, &["--format", "json"]].concat());
        assert_eq!(outcome.code, Some(code), "{arguments:?}: {}", outcome.stderr);
        serde_json::from_str(&outcome.stdout)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", outcome.stdout))
    };
    let refused = run(LATE, &["issue", MEETING], 1);
    let codes: Vec<&Value> = refused["findings"].as_array().expect("findings").iter().map(|one| &one["code"]).collect();
    assert!(codes.contains(&&"N0002".into()), "{codes:?}");
    assert_eq!((&refused["summary"]["to_settle"], refused.get("issue")), (&1.into(), None));
    let failed = run(LATE, &["issue", "board/2026-09-17"], 2);
    assert_eq!(failed["failure"]["kind"], "request");
    assert_eq!(failed["failure"]["hints"][0], format!("did you mean `{MEETING}`?"));
    let needless = run(LATE - DAY, &["issue", MEETING, "--override", "N0005=nothing"], 2);
    assert!(needless["failure"]["message"].as_str().expect("words").contains("was not found"), "{needless}");
    assert!(needless["findings"].is_array(), "what was found stands in the same document: {needless}");
    assert_eq!(run(LATE - DAY, &["issue", MEETING], 0)["issue"]["issue"], 1);
    assert_eq!(run(LATE - DAY, &["issue", MEETING], 0)["issue"]["issue"], 1);
    assert_eq!(run(LATE, &["changes", MEETING], 0)["meeting"], MEETING);
}

#[test]
fn a_full_disk_behind_standard_error_is_no_panic() {
    let sandbox = in_time();
    let full = || File::options().write(true).open("/dev/full").expect("Linux has /dev/full");
    let verbs: [&[&str]; 8] = [
        &["check", "--fast"],
        &["build", "nowhere"],
        &["status", "nowhere"],
        &["issue", MEETING, "--supplement"],
        &["changes", MEETING],
        &["calendar", "--from", "2030-01-01"],
        &["archive", "list"],
        &["archive", "verify"],
    ];
    for arguments in verbs {
        let ended = sandbox.command(arguments).stderr(full()).output().expect("it runs").status;
        assert!(matches!(ended.code(), Some(1..=3)), "{arguments:?}: {ended}");
    }
    let answered = sandbox.command(&["check", "--fast"]).stderr(full()).output().expect("it runs");
    assert_eq!(answered.status.code(), Some(3), "what was not heard is a failure");
}
