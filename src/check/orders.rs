//! The council's standing orders: what they ask of agendas and papers besides the law.

use globset::Glob;

use super::passages::of_parts;
use super::wording::words::plain;
use crate::finding::{Finding, Log, Place, did_you_mean};
use crate::model::agenda::{Agenda, MeetingKind};
use crate::model::orders::Orders;
use crate::model::text::Block;
use crate::model::{Paper, PaperKind, Text, Workspace};
use crate::resolve::{self, Item, Meeting};

crate::finding::rule! {
    /// `required_items` below `standing_orders` lists the items of every ordinary meeting, by the ids of standing
    /// items or by their titles. Meetings of other types, and those that are off, need none of them.
    ITEM_REQUIRED = "O0003", Orders, Warning, "an agenda without an item that standing orders require";
    "standing orders"
}

/// Finds agendas of ordinary meetings without an item that standing orders require.
pub(super) fn item_required(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let ordinary = |agenda: &Agenda| agenda.kind == MeetingKind::Ordinary && agenda.status() == "scheduled";
    for meeting in meetings.iter().filter(|meeting| ordinary(meeting.agenda)) {
        let agenda = meeting.agenda;
        for wanted in Orders::of(&workspace.council, meeting.body).items() {
            if !meeting.items().any(|item| is_wanted(item, &wanted.value)) {
                let message = format!("the agenda has no item `{}`, which standing orders require", wanted.value);
                log.add(
                    Finding::new(&ITEM_REQUIRED, agenda.place, message).also(wanted.place, "required here").help(help(
                        workspace,
                        &agenda.body,
                        wanted,
                    )),
                );
            }
        }
    }
}

/// Says what to do about an item that an agenda lacks.
fn help(workspace: &Workspace, body: &str, wanted: &Text) -> String {
    let ids: Vec<&str> = resolve::standing_ids(workspace, body).into_iter().collect();
    if ids.is_empty() || ids.contains(&wanted.value.as_str()) || wanted.value.contains(' ') {
        return "add the item to the public business".into();
    }
    let known = did_you_mean(&wanted.value, ids.iter().copied());
    let known = known.unwrap_or_else(|| format!("the standing items are: {}", ids.join(", ")));
    format!("add the item to the public business; or correct `required_items`: {known}")
}

/// Tells whether an item is the one that is wanted, by its id or by a title that it has.
fn is_wanted(item: &Item, wanted: &str) -> bool {
    let mut titles = std::iter::once(item.title).chain(item.usual_title);
    item.standing.is_some_and(|id| id.value == wanted) || titles.any(|title| plain(&title.plain()) == plain(wanted))
}

/// Finds papers that are not called, or not filled in, as standing orders require.
pub(super) fn papers(workspace: &Workspace, log: &Log) {
    for paper in workspace.papers.values() {
        let body = paper.body.as_ref().and_then(|id| workspace.bodies.get(id));
        let orders = Orders::of(&workspace.council, body);
        file_name(paper, orders, log);
        sections(paper, orders, log);
        fields(paper, orders, log);
    }
}

crate::finding::rule! {
    /// `file_names` below `standing_orders` says what the files of each kind are called, without their ending;
    /// * stands for anything. Rename the file, and its line in the agenda.
    FILE_NAME = "O0002", Orders, Warning, "a paper whose file is not called as standing orders require";
    "standing orders"
}

fn file_name(paper: &Paper, orders: Orders, log: &Log) {
    let Some(pattern) = orders.file_name(paper.kind.word()) else { return };
    let name = paper.source().rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let fits = Glob::new(&pattern.value).is_ok_and(|glob| glob.compile_matcher().is_match(stem));
    if !fits {
        let message = format!("`{name}` is not called `{}`, as standing orders require", pattern.value);
        log.add(
            Finding::new(&FILE_NAME, paper.place, message)
                .also(pattern.place, "required here")
                .help("rename the file, and name it so in the agenda"),
        );
    }
}

fn sections(paper: &Paper, orders: Orders, log: &Log) {
    let body = match &paper.kind {
        PaperKind::BriefingNote(note) => &note.body,
        PaperKind::Report(report) => &report.body,
        PaperKind::Plain(plain) => &plain.body,
        _ => return,
    };
    let headings: Vec<String> = (body.blocks.iter())
        .filter_map(|block| match block {
            Block::Heading { content, .. } => Some(plain(&of_parts(content).words)),
            _ => None,
        })
        .collect();
    for wanted in orders.sections(paper.kind.word()) {
        if !headings.contains(&plain(&wanted.value)) {
            required(paper.place, &format!("no section `{}`", wanted.value), wanted, log);
        }
    }
}

fn fields(paper: &Paper, orders: Orders, log: &Log) {
    for wanted in orders.fields(paper.kind.word()) {
        if paper.fills_in(&wanted.value) == Some(false) {
            required(paper.place, &format!("no `{}`", wanted.value), wanted, log);
        }
    }
}

crate::finding::rule! {
    /// `required_sections` and `required_fields` below `standing_orders` say which headings and fields papers of
    /// each kind must have.
    PART_REQUIRED = "O0004", Orders, Warning, "a paper without a section or field that standing orders require";
    "standing orders"
}

fn required(place: Place, what: &str, wanted: &Text, log: &Log) {
    log.add(
        Finding::new(&PART_REQUIRED, place, format!("the paper has {what}, which standing orders require"))
            .also(wanted.place, "required here")
            .help("add it to the paper"),
    );
}

crate::finding::rule! {
    /// `longest` below `standing_orders` in the council's or the body's file says how many pages a paper of each
    /// kind may have. Blank pages at its end and appendices are not counted. It is only found when the pack is
    /// typeset, so not by `check --fast`.
    TOO_MANY_PAGES = "O0001", Orders, Warning, pages, "a paper with more pages than standing orders allow";
    "standing orders"
}

/// Finds a paper with more pages than standing orders allow.
pub(crate) fn length(workspace: &Workspace, agenda: &Agenda, paper: &Paper, pages: u32, log: &Log) {
    let orders = Orders::of(&workspace.council, workspace.bodies.get(&agenda.body));
    let Some(longest) = orders.longest(paper.kind.word()).filter(|longest| pages > longest.pages) else { return };
    let over = pages - longest.pages;
    let message =
        format!("the paper has {pages} pages, {over} more than the {} that standing orders allow", longest.pages);
    log.add(
        Finding::new(&TOO_MANY_PAGES, paper.place, message)
            .also(longest.place, "allowed here")
            .help("ask its author for a shorter paper, or move parts of it to an appendix"),
    );
}
