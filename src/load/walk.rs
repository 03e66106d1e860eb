//! Finds the sources below `content/`, reads each by its kind, and joins them to a workspace.

use std::cell::RefCell;
use std::path::Path;

use chrono::NaiveDate;

use super::Context;
use super::fields::Fields;
use super::yaml::{self, Node, Value};
use super::{agenda, body, council, minutes, papers, people};
use crate::finding::{Accepted, Finding, Log, Place, did_you_mean, rules};
use crate::fs;
use crate::model::appended::is_appendable;
use crate::model::{Paper, PaperKind, Text, Workspace};

mod appended;
mod join;
pub(super) mod paths;

const KINDS: [&str; 10] = [
    "council",
    "people",
    "body",
    "agenda",
    "minutes",
    "briefing-note",
    "report",
    "action-plan",
    "work-programme",
    "paper",
];

/// Reads the workspace in a folder; every problem of every file goes to the log.
pub fn workspace(root: &Path, log: &Log) -> Workspace {
    let mut loading = Loading { workspace: Workspace::default(), councils: 0, wanted: RefCell::default() };
    let listing = fs::list(root, "content");
    for problem in listing.problems {
        let source = loading.workspace.sources.add(problem.path, String::new());
        let place = Place { source, start: 0, end: 0 };
        log.add(Finding::new(&rules::UNREADABLE, place, problem.message).help(problem.help));
    }
    for path in listing.files.iter().filter(|path| !is_hidden(path)) {
        if fs::has_ending(path, &["yaml", "yml"]) {
            loading.file(root, path, log);
        } else if !fs::has_ending(path, &["md"]) && !is_appendable(path) {
            loading.not_read(path, log);
        }
    }
    if loading.councils == 0 {
        let source = loading.workspace.sources.add("content/council.yaml".into(), String::new());
        let message = if listing.files.is_empty() {
            "there is no folder `content` here, or it is empty"
        } else {
            "no file of `kind: council`"
        };
        log.add(Finding::new(&rules::NO_COUNCIL, Place { source, start: 0, end: 0 }, message).help(
            "make content/council.yaml with `kind: council` and `name:`, or name the workspace with --workspace",
        ));
    }
    let wanted = loading.wanted.into_inner();
    let mut workspace = loading.workspace;
    appended::papers(&mut workspace, &listing.files, &wanted, log);
    join::files(root, &mut workspace, wanted, log);
    join::papers(&mut workspace, log);
    join::minute_numbers(&mut workspace);
    workspace
}

/// Tells whether a file is hidden, or the lock file of an office program.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || part.starts_with("~$"))
}

struct Loading {
    workspace: Workspace,
    councils: usize,
    wanted: RefCell<Vec<(String, Place)>>,
}

impl Loading {
    fn not_read(&mut self, path: &str, log: &Log) {
        let source = self.workspace.sources.add(path.to_owned(), String::new());
        let name = path.rsplit('/').next().unwrap_or(path);
        let help = match name.strip_suffix(".txt") {
            Some(right) if fs::has_ending(right, &["yaml", "yml"]) => format!("rename it to {right}"),
            _ => "write the paper as a .yaml file, save it as PDF, or move the file out of content/".to_owned(),
        };
        let finding =
            Finding::new(&rules::NOT_READ, Place { source, start: 0, end: 0 }, format!("`{name}` is not read"));
        log.add(finding.help(help));
    }

    fn file(&mut self, root: &Path, path: &str, log: &Log) {
        let text = match fs::read_text(root, path) {
            Ok(text) => text,
            Err(problem) => {
                let (shown, at) = problem.shown.unwrap_or_default();
                let source = self.workspace.sources.add(path.to_owned(), shown);
                let start = u32::try_from(at).unwrap_or(0);
                let place = Place { source, start, end: start };
                log.add(Finding::new(problem.rule, place, problem.message).help(problem.help));
                return;
            }
        };
        let source = self.workspace.sources.add(path.to_owned(), text.clone());
        let wanted = std::mem::take(&mut self.wanted);
        let cx = Context { source, path, text: &text, log, wanted: &wanted };
        if let Some(node) = yaml::parse(cx) {
            self.kind(&node, cx);
        }
        self.wanted = wanted;
    }

    fn kind(&mut self, node: &Node, cx: Context) {
        let Some(fields) = Fields::open(node, "the file", cx) else {
            return;
        };
        let kind = fields.node("kind").and_then(|node| match &node.value {
            Value::Text(text) => Some(Text { value: text.clone(), place: node.place }),
            _ => None,
        });
        let Some(kind) = kind else {
            cx.log.add(
                Finding::new(&rules::UNKNOWN_KIND, fields.place(), "the file does not say what it is")
                    .help(format!("begin it with `kind:` and one of: {}", KINDS.join(", "))),
            );
            return;
        };
        match kind.value.as_str() {
            "council" => self.council(&fields, cx),
            "people" => people::read(&fields, &mut self.workspace.people, cx),
            "body" => self.body(&kind, &fields, cx),
            "agenda" => self.agenda(&kind, &fields, cx),
            "minutes" | "briefing-note" | "report" | "action-plan" | "work-programme" | "paper" => {
                self.paper(&kind, &fields, cx);
            }
            word => {
                let help = did_you_mean(word, KINDS).unwrap_or_else(|| format!("write one of: {}", KINDS.join(", ")));
                cx.log.add(
                    Finding::new(&rules::UNKNOWN_KIND, kind.place, format!("`{word}` is not a kind of file"))
                        .help(help),
                );
                return;
            }
        }
        fields.list::<Accepted>("accepted").into_iter().for_each(|accepted| cx.log.accept(accepted));
        fields.close();
    }

    fn council(&mut self, fields: &Fields, cx: Context) {
        let council = council::read(fields, cx);
        self.councils += 1;
        if self.councils > 1 {
            cx.log.add(
                Finding::new(&rules::DECLARED_TWICE, council.place, "there is a second council file")
                    .also(self.workspace.council.place, "the first one")
                    .help("keep one file of `kind: council`"),
            );
            return;
        }
        self.workspace.council = council;
    }

    fn body(&mut self, kind: &Text, fields: &Fields, cx: Context) {
        let Some(id) = paths::body_of(cx.path) else {
            wrong_folder(kind.place, "content/bodies/BODY/body.yaml", cx);
            let _ = body::read("", fields, cx);
            return;
        };
        let body = body::read(id, fields, cx);
        let place = body.place;
        if let Some(first) = self.workspace.bodies.insert(id.to_owned(), body) {
            cx.log.add(
                Finding::new(&rules::DECLARED_TWICE, place, format!("body `{id}` is declared twice"))
                    .also(first.place, "first declared here")
                    .help("keep one file of `kind: body` in the folder"),
            );
        }
    }

    fn agenda(&mut self, kind: &Text, fields: &Fields, cx: Context) {
        let body = body_field(fields, cx);
        let Some(id) = paths::meeting_of(cx.path) else {
            wrong_folder(kind.place, "content/bodies/BODY/MEETING/agenda.yaml", cx);
            let _ = agenda::read("", body, fields, cx);
            return;
        };
        let agenda = agenda::read(&id, body, fields, cx);
        check_date(agenda.when.date(), fields, cx);
        let place = agenda.place;
        if let Some(first) = self.workspace.meetings.insert(id.clone(), agenda) {
            cx.log.add(
                Finding::new(&rules::DECLARED_TWICE, place, format!("meeting `{id}` has two agendas"))
                    .also(first.place, "the first one")
                    .help("keep one file of `kind: agenda` in the folder of a meeting"),
            );
        }
    }

    fn paper(&mut self, kind: &Text, fields: &Fields, cx: Context) {
        let owner = paths::body_of(cx.path).map(str::to_owned);
        let label = fields.get("label");
        let withheld = fields.get("withheld");
        let kind_of_paper = match kind.value.as_str() {
            "minutes" => {
                let minutes = minutes::read(body_field(fields, cx), fields, cx);
                check_date(minutes.when.date(), fields, cx);
                PaperKind::Minutes(Box::new(minutes))
            }
            "briefing-note" => PaperKind::BriefingNote(Box::new(papers::briefing_note(fields, cx))),
            "report" => PaperKind::Report(Box::new(papers::report(fields, cx))),
            "action-plan" => PaperKind::ActionPlan(Box::new(papers::action_plan(fields, cx))),
            "work-programme" => {
                PaperKind::WorkProgramme(Box::new(papers::work_programme(body_field(fields, cx), fields)))
            }
            _ => PaperKind::Plain(Box::new(papers::plain(fields, cx))),
        };
        let paper =
            Paper { path: cx.path.to_owned(), place: kind.place, label, withheld, body: owner, kind: kind_of_paper };
        self.workspace.papers.insert(cx.path.to_owned(), paper);
    }
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
            Finding::new(
                &rules::OTHER_DATE,
                node.place,
                format!("the meeting is on {date}, but its folder is called {name}"),
            )
            .help("correct the date, or rename the folder"),
        );
    }
}

fn wrong_folder(place: Place, right: &str, cx: Context) {
    cx.log.add(
        Finding::new(&rules::WRONG_FOLDER, place, format!("a file of this kind cannot lie at `{}`", cx.path))
            .help(format!("put it at {right}")),
    );
}
