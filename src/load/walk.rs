//! Finds the sources below `content/`, reads each by its kind, and joins them to a workspace.
//!
//! Files are read on all cores, each for itself ([`part`]), and joined in the order of their paths, so that findings
//! do not depend on who was first.

use std::path::Path;

use rayon::prelude::*;

use self::part::{Part, What};
use super::people;
use crate::appended::{Reader, is_appendable};
use crate::finding::{Finding, Log, Place, Sources, Stage};
use crate::fs;
use crate::model::{Agenda, Bearing, Body, Council, Workspace};

mod appended;
mod bearing;
pub(super) mod join;
pub(super) mod missing;
pub mod names;
pub(super) mod no_agenda;
pub(super) mod part;
pub(super) mod paths;

pub use no_agenda::day_of;
pub(super) use part::KINDS;

/// How many files are read before what is in them is joined: their texts lie about as YAML no longer than that.
const AT_ONCE: usize = 256;

/// Reads the workspace in a folder, and the drawings that it shows by this reader; every problem of every file goes to
/// the log.
pub fn workspace(root: &Path, reader: &Reader, log: &Log) -> Workspace {
    let mut loading = Loading::default();
    let listing = fs::list(root, "content");
    for problem in listing.problems.into_iter().filter(|problem| !is_hidden(&problem.path)) {
        loading.unreadable(&problem.path.clone(), problem, log);
    }
    let files: Vec<&str> = listing.files.iter().map(String::as_str).filter(|path| !is_hidden(path)).collect();
    for some in files.chunks(AT_ONCE) {
        loading.files(root, some, log);
    }
    if loading.councils == 0 && !loading.misses_everything() {
        loading.no_council(listing.files.is_empty(), log);
    }
    names::of_files(&files, &mut loading.sources, log);
    names::of_meetings(loading.workspace.meetings.values(), log);
    log.at(Stage::Naming);
    let Loading { mut workspace, sources, wanted, not_read, .. } = loading;
    workspace.sources = sources;
    let suggestible = appended::suggestible(&listing.files, &wanted);
    let mut missing = appended::papers(&mut workspace, &listing.files);
    missing.extend(join::papers(&mut workspace, log));
    missing::report(&workspace, &missing, &suggestible, log);
    log.at(Stage::Reading);
    no_agenda::meetings(&mut workspace, &files, log);
    strange(&workspace, &not_read, log);
    log.at(Stage::Naming);
    join::minute_numbers(&mut workspace);
    log.at(Stage::Judging);
    join::files(root, &mut workspace, wanted, reader, log);
    log.at(Stage::Naming);
    workspace
}

/// Gives what is found in one source, read by itself, also what it accepts.
pub fn alone(path: &str, text: String, log: Log) -> Vec<Finding> {
    let mut sources = Sources::default();
    let source = sources.add(path.to_owned(), text);
    part::read(&sources, source, log).log.judged().into_iter().map(|judged| judged.finding).collect()
}

/// Tells whether a file is hidden, or one that office programs and desktops leave behind: nobody means these.
fn is_hidden(path: &str) -> bool {
    let left_behind = |name: &str| {
        let name = name.to_ascii_lowercase();
        matches!(name.as_str(), "thumbs.db" | "ehthumbs.db" | "desktop.ini" | "icon\r")
            || fs::has_ending(&name, &["tmp"])
    };
    path.split('/').any(|part| part.starts_with('.') || part.starts_with("~$") || left_behind(part))
}

crate::finding::rule! {
    /// Sources are files ending in .yaml. PDF files, pictures and office documents are read where an agenda
    /// appends them, pictures also where a text names them. This file is none of these, so nothing of it will
    /// be in any pack. Some editors add .txt to names: rename the file.
    NOT_READ = "M0022", Sources, Warning, guarded, "a file that is not read";
}

/// Warns of files that are not read, other than those that are told of as an agenda that is missed.
fn strange(workspace: &Workspace, not_read: &[Place], log: &Log) {
    let missed = |path: &str| workspace.unread_meetings.values().any(|place| workspace.sources.path(*place) == path);
    for place in not_read {
        let path = workspace.sources.path(*place);
        if missed(path) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let help = match name.strip_suffix(".txt") {
            Some(right) if fs::has_ending(right, &["yaml", "yml"]) => format!("rename it to {right}"),
            _ => "write the paper as a .yaml file, save it as PDF, or move the file out of content/".to_owned(),
        };
        log.add(Finding::new(&NOT_READ, *place, format!("`{name}` is not read")).help(help));
    }
}

#[derive(Default)]
struct Loading {
    workspace: Workspace,
    /// The files; they go into the workspace when all are read.
    sources: Sources,
    councils: usize,
    /// Pictures that the texts name.
    wanted: Vec<(String, Place)>,
    /// Files that are neither sources nor can be appended.
    not_read: Vec<Place>,
}

crate::finding::rule! {
    /// A workspace needs one content/council.yaml with `kind: council`: the council's name, look, formats
    /// and standing notes come from it.
    NO_COUNCIL = "F0006", Files, Error, guarded, "no council file";
}

crate::finding::rule! {
    /// The same thing is declared in two places: two councils, two people with one id, or two meetings
    /// of one body at one time.
    DECLARED_TWICE = "M0008", Sources, Error, guarded, "declared twice";
}

impl Loading {
    fn files(&mut self, root: &Path, paths: &[&str], log: &Log) {
        let is_source = |path: &str| fs::has_ending(path, &["yaml", "yml"]);
        let texts: Vec<_> = paths.par_iter().map(|path| is_source(path).then(|| fs::read_text(root, path))).collect();
        let mut to_read = Vec::new();
        for (path, text) in paths.iter().zip(texts) {
            match text {
                Some(Ok(text)) => to_read.push(self.sources.add((*path).to_owned(), text)),
                Some(Err(problem)) => self.unreadable(path, problem, log),
                None if fs::has_ending(path, &["md"]) || is_appendable(path) => {}
                None => {
                    let source = self.sources.add((*path).to_owned(), String::new());
                    self.not_read.push(Place { source, start: 0, end: 0 });
                }
            }
        }
        let parts: Vec<Part> =
            to_read.into_par_iter().map(|source| part::read(&self.sources, source, log.another())).collect();
        for part in parts {
            log.absorb(part.log);
            self.wanted.extend(part.wanted);
            self.bears(part.source, matches!(part.what, What::Nothing));
            self.take(part.what, log);
        }
    }

    /// Writes down what a source bears on, and whether it could not be read.
    fn bears(&mut self, source: u32, unread: bool) {
        let Some(file) = self.sources.get(source) else { return };
        self.workspace.bearings.insert(source, bearing::of(&file.path, &file.text));
        if unread {
            self.workspace.unread.insert(file.path.clone());
        }
    }

    fn take(&mut self, what: What, log: &Log) {
        match what {
            What::Nothing => {}
            What::Council(council) => self.council(*council, log),
            What::People(declared) => people::join(declared, &mut self.workspace.people, log),
            What::Body(body) => self.body(*body, log),
            What::Agenda(agenda) => self.agenda(*agenda, log),
            What::Paper(paper) => {
                self.workspace.papers.insert(paper.path.clone(), *paper);
            }
        }
    }

    /// Tells whether a source could not be read that may be the council's.
    fn misses_everything(&self) -> bool {
        let Workspace { bearings, unread, .. } = &self.workspace;
        let is_unread = |source: u32| self.sources.get(source).is_some_and(|file| unread.contains(&file.path));
        bearings.iter().any(|(source, bearing)| *bearing == Bearing::Everything && is_unread(*source))
    }

    fn no_council(&mut self, nothing: bool, log: &Log) {
        let source = self.sources.add("content/council.yaml".into(), String::new());
        let message =
            if nothing { "there is no folder `content` here, or it is empty" } else { "no file of `kind: council`" };
        let help = "make content/council.yaml with `kind: council` and `name:`, or name the workspace with --workspace";
        log.add(Finding::new(&NO_COUNCIL, Place { source, start: 0, end: 0 }, message).help(help));
    }

    fn unreadable(&mut self, path: &str, problem: fs::Problem, log: &Log) {
        let (shown, at) = problem.shown.unwrap_or_default();
        let source = self.sources.add(path.to_owned(), shown);
        let start = u32::try_from(at).unwrap_or(0);
        let place = Place { source, start, end: start };
        log.add(Finding::new(problem.rule, place, problem.message).help(problem.help));
        self.bears(source, true);
    }

    fn council(&mut self, council: Council, log: &Log) {
        self.councils += 1;
        if self.councils > 1 {
            log.add(
                Finding::new(&DECLARED_TWICE, council.place, "there is a second council file")
                    .also(self.workspace.council.place, "the first one")
                    .help("keep one file of `kind: council`"),
            );
            return;
        }
        self.workspace.council = council;
    }

    fn body(&mut self, body: Body, log: &Log) {
        let (id, place) = (body.id.clone(), body.place);
        if let Some(first) = self.workspace.bodies.insert(id.clone(), body) {
            log.add(
                Finding::new(&DECLARED_TWICE, place, format!("body `{id}` is declared twice"))
                    .also(first.place, "first declared here")
                    .help("keep one file of `kind: body` in the folder"),
            );
        }
    }

    fn agenda(&mut self, agenda: Agenda, log: &Log) {
        let (id, place) = (agenda.id.clone(), agenda.place);
        if let Some(first) = self.workspace.meetings.insert(id.clone(), agenda) {
            log.add(
                Finding::new(&DECLARED_TWICE, place, format!("meeting `{id}` has two agendas"))
                    .also(first.place, "the first one")
                    .help("keep one file of `kind: agenda` in the folder of a meeting"),
            );
        }
    }
}
