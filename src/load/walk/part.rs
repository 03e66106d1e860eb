//! One file, read for itself.

use std::cell::RefCell;

use chrono::NaiveDate;

use super::paths;
use crate::finding::{Accepted, Finding, Log, Place, Sources, did_you_mean};
use crate::load::Context;
use crate::load::fields::Fields;
use crate::load::people::Declared;
use crate::load::unfilled;
use crate::load::yaml::{self, Node, Value};
use crate::model::{Agenda, Body, Council, LedgerFile, Minutes, Paper, PaperKind, Text, Withheld, WorkProgramme};
use crate::yaml::record::{Checked, Record};

/// What a file can say that it is.
pub(in crate::load) const KINDS: [&str; 11] = [
    "council",
    "people",
    "body",
    "agenda",
    "minutes",
    "briefing-note",
    "report",
    "action-plan",
    "work-programme",
    "ledger",
    "paper",
];

/// What was read of one file.
pub(super) struct Part {
    /// Index of the file.
    pub(super) source: u32,
    /// What it holds.
    pub(super) what: What,
    /// What was found on the way.
    pub(super) log: Log,
    /// Pictures that its texts name.
    pub(super) wanted: Vec<(String, Place)>,
}

/// What a file holds.
pub(super) enum What {
    /// Nothing that could be read, or a file in the wrong folder.
    Nothing,
    /// The council.
    Council(Box<Council>),
    /// People and posts.
    People(Declared),
    /// A body.
    Body(Box<Body>),
    /// An agenda.
    Agenda(Box<Agenda>),
    /// A paper.
    Paper(Box<Paper>),
}

/// Reads one file; what is found goes to a log of its own.
pub(super) fn read(sources: &Sources, source: u32, log: Log) -> Part {
    let wanted = RefCell::default();
    let mut what = What::Nothing;
    if let Some(file) = sources.get(source) {
        let cx = Context { source, path: &file.path, text: &file.text, log: &log, wanted: &wanted };
        if let Some(node) = yaml::parse(cx) {
            unfilled::report(&node, cx);
            what = kind(&node, cx);
        }
    }
    Part { source, what, log, wanted: wanted.into_inner() }
}

crate::finding::rule! {
    /// Every file says in `kind:` what it is: council, people, body, agenda, minutes, briefing-note,
    /// report, action-plan, work-programme, ledger or paper.
    UNKNOWN_KIND = "M0001", Sources, Error, guarded, "unknown kind of file";
}

fn kind(node: &Node, cx: Context) -> What {
    let Some(fields) = Fields::open(node, "the file", cx) else {
        return What::Nothing;
    };
    let kind = fields.node("kind").and_then(|node| match &node.value {
        Value::Text(text) => Some(Text { value: text.clone(), place: node.place }),
        _ => None,
    });
    let Some(kind) = kind else {
        cx.log.add(
            Finding::new(&UNKNOWN_KIND, fields.place(), "the file does not say what it is")
                .help(format!("begin it with `kind:` and one of: {}", KINDS.join(", "))),
        );
        return What::Nothing;
    };
    let what = match kind.value.as_str() {
        "council" => What::Council(Box::new(whole(&fields))),
        "people" => What::People(Declared::of(&fields)),
        "body" => of_body(&kind, &fields, cx),
        "agenda" => of_agenda(&kind, &fields, cx),
        "minutes" | "briefing-note" | "report" | "action-plan" | "work-programme" | "ledger" | "paper" => {
            What::Paper(Box::new(paper(&kind, &fields, cx)))
        }
        word => {
            let help = did_you_mean(word, KINDS).unwrap_or_else(|| format!("write one of: {}", KINDS.join(", ")));
            cx.log.add(Finding::new(&UNKNOWN_KIND, kind.place, format!("`{word}` is not a kind of file")).help(help));
            return What::Nothing;
        }
    };
    fields.list::<Accepted>("accepted").into_iter().for_each(|accepted| cx.log.accept(accepted));
    fields.close();
    what
}

fn of_body(kind: &Text, fields: &Fields, cx: Context) -> What {
    let id = paths::body_of(cx.path);
    if id.is_none() {
        wrong_folder(kind.place, "content/bodies/BODY/body.yaml", cx);
    }
    let body: Body = whole(fields);
    id.map_or(What::Nothing, |id| What::Body(Box::new(Body { id: id.to_owned(), ..body })))
}

fn of_agenda(kind: &Text, fields: &Fields, cx: Context) -> What {
    let body = body_field(fields, cx);
    let agenda: Agenda = whole(fields);
    let Some(id) = paths::meeting_of(cx.path) else {
        wrong_folder(kind.place, "content/bodies/BODY/MEETING/agenda.yaml", cx);
        return What::Nothing;
    };
    check_date(agenda.when.date(), fields, cx);
    check_folder(&id, agenda.when.date(), kind.place, cx);
    What::Agenda(Box::new(Agenda { id, body, ..agenda }))
}

/// Reads a file that is one record.
fn whole<T: Record + Checked + Default>(fields: &Fields) -> T {
    T::of(fields).checked(fields).unwrap_or_default()
}

fn paper(kind: &Text, fields: &Fields, cx: Context) -> Paper {
    let owner = paths::body_of(cx.path).map(str::to_owned);
    let label = fields.get("label");
    let withheld = fields.get::<Withheld>("withheld").into();
    let kind_of_paper = match kind.value.as_str() {
        "minutes" => {
            let body = body_field(fields, cx);
            let minutes = Minutes { body, ..whole(fields) };
            check_date(minutes.when.date(), fields, cx);
            PaperKind::Minutes(Box::new(minutes))
        }
        "briefing-note" => PaperKind::BriefingNote(Box::new(whole(fields))),
        "report" => PaperKind::Report(Box::new(whole(fields))),
        "action-plan" => PaperKind::ActionPlan(Box::new(whole(fields))),
        "work-programme" => {
            let body = body_field(fields, cx);
            PaperKind::WorkProgramme(Box::new(WorkProgramme { body, ..whole(fields) }))
        }
        "ledger" => {
            let body = body_field(fields, cx);
            PaperKind::Ledger(Box::new(LedgerFile { body, ..whole(fields) }))
        }
        _ => PaperKind::Plain(Box::new(whole(fields))),
    };
    Paper { path: cx.path.to_owned(), place: kind.place, label, withheld, body: owner, kind: kind_of_paper }
}

/// Gives the body that a file names, or the one whose folder it lies in.
fn body_field(fields: &Fields, cx: Context) -> String {
    if let Some(text) = fields.get::<Text>("body") {
        return text.value;
    }
    if let Some(body) = paths::body_of(cx.path) {
        return body.to_owned();
    }
    fields.need::<Text>("body").value
}

crate::finding::rule! {
    /// The folder of a meeting is named by its date, year first as in 2026-09-16, and the output takes its name
    /// from there. The date in `meeting:` must be the same.
    OTHER_DATE = "M0021", Sources, Error, "the folder says another date than the file";
}

/// Records a meeting whose folder is named by another date.
fn check_date(date: NaiveDate, fields: &Fields, cx: Context) {
    let folder = paths::meeting_of(cx.path).unwrap_or_default();
    let name = folder.rsplit('/').next().unwrap_or_default();
    let of_folder = name.get(..10).and_then(|name| NaiveDate::parse_from_str(name, "%Y-%m-%d").ok());
    if let (Some(of_folder), Some(node)) = (of_folder, fields.node("meeting"))
        && of_folder != date
        && date != NaiveDate::default()
    {
        cx.log.add(
            Finding::new(&OTHER_DATE, node.place, format!("the meeting is on {date}, but its folder is called {name}"))
                .help("correct the date, or rename the folder"),
        );
    }
}

/// Records an agenda whose folder is not named by the date of the meeting.
fn check_folder(id: &str, date: NaiveDate, place: Place, cx: Context) {
    let name = id.rsplit('/').next().unwrap_or_default();
    let dated = name.get(..10).is_some_and(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok());
    if !dated && date != NaiveDate::default() {
        let message = format!("the folder `{name}` is not named by the date of its meeting");
        cx.log.add(Finding::new(&OTHER_DATE, place, message).help(format!("name the folder {date}")));
    }
}

crate::finding::rule! {
    /// Files of a body lie in content/bodies/BODY/, those of a meeting in a folder below it. The folder
    /// gives the body and the name of the meeting.
    WRONG_FOLDER = "M0019", Sources, Error, guarded, "a file in the wrong folder";
}

fn wrong_folder(place: Place, right: &str, cx: Context) {
    cx.log.add(
        Finding::new(&WRONG_FOLDER, place, format!("a file of this kind cannot lie at `{}`", cx.path))
            .help(format!("put it at {right}")),
    );
}
