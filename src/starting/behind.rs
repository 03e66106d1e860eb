//! A paper put behind an item of an agenda: lines that are added to its file, which otherwise stays as it was typed.

use std::cell::RefCell;

use super::scalar::scalar;
use crate::finding::Place;
use crate::load::Context;
use crate::load::yaml::{self, Node, Value};
use crate::model::agenda::{Agenda, Entry, Item};

/// Words of the items that close an agenda: new business stands before them.
const CLOSING: [&str; 6] = ["urgent", "any other", "other business", "exclu", "private", "date of next"];

/// How an agenda names a paper: what is written there, and a value by which it is known again.
pub(super) struct Named {
    pub(super) written: String,
    pub(super) read: String,
}

impl Named {
    /// Names a paper by its file.
    pub(super) fn file(file: &str) -> Self {
        Self { written: scalar(file), read: file.to_owned() }
    }
}

/// Gives the text of an agenda with a paper behind one of its items, or behind a new one of this title; nothing where
/// the file is written in a way into which no lines can be put.
pub(super) fn with_paper(
    text: &str,
    agenda: &Agenda,
    item: Option<&Item>,
    title: &str,
    file: &Named,
) -> Option<String> {
    let grown = match item {
        Some(item) => behind(text, item, file)?,
        None => new_item(text, agenda, title, file)?,
    };
    holds(&grown, agenda.public.len() + usize::from(item.is_none()), &file.read).then_some(grown)
}

fn behind(text: &str, item: &Item, file: &Named) -> Option<String> {
    let column = column(text, item.extent)?;
    if let Some(last) = item.papers.last() {
        let (start, indent) = line_of(text, last.extent.start as usize);
        let dash = text.get(start + indent..last.extent.start as usize)?;
        let at = (dash == "- ").then(|| end_of_line(text, last.extent.end as usize))?;
        return Some(inserted(text, at, &format!("{}- {}\n", " ".repeat(indent), file.written)));
    }
    let margin = " ".repeat(column);
    let at = end_of_line(text, item.extent.end as usize);
    let grown = inserted(text, at, &format!("{margin}papers:\n{margin}  - {}\n", file.written));
    // The report has come. Lines are taken away from the last one, so that those before it stay where they are.
    let mut gone: Vec<(usize, &str)> = Vec::new();
    gone.extend(item.to_follow.iter().map(|line| (line.place.end as usize, "to_follow:")));
    gone.extend(item.published_place.iter().map(|place| (place.end as usize, "published:")));
    gone.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
    gone.iter().try_fold(grown, |text, (end, field)| without(&text, *end, field))
}

/// Gives a text without the line of a field; nothing where the field does not stand on one line of its own.
fn without(text: &str, end: usize, field: &str) -> Option<String> {
    let (start, indent) = line_of(text, end.checked_sub(1)?);
    let next = end_of_line(text, end);
    text[start + indent..].starts_with(field).then(|| format!("{}{}", &text[..start], &text[next..]))
}

fn new_item(text: &str, agenda: &Agenda, title: &str, file: &Named) -> Option<String> {
    let items =
        || agenda.public.iter().filter_map(|entry| if let Entry::Item(item) = entry { Some(item) } else { None });
    let closes = |item: &Item| {
        let id = crate::resolve::standing_of(item).unwrap_or_default();
        let words = format!("{id} {}", item.title.plain()).to_lowercase();
        CLOSING.iter().any(|closing| words.contains(closing))
    };
    let before = items().take_while(|item| !closes(item)).last().or_else(|| items().next_back())?;
    let column = column(text, before.extent)?;
    let (dash, margin) = (" ".repeat(column.checked_sub(2)?), " ".repeat(column));
    let at = end_of_line(text, before.extent.end as usize);
    // Business stands apart from what stands on every agenda.
    let end = if text[at..].trim_start_matches(' ').starts_with('-') { "\n" } else { "" };
    let title = scalar(title);
    let lines = format!("\n{dash}- title: {title}\n{margin}papers:\n{margin}  - {}\n{end}", file.written);
    Some(inserted(text, at, &lines))
}

/// Gives the column of an item's fields; nothing where they stand in braces.
fn column(text: &str, item: Place) -> Option<usize> {
    let (start, indent) = line_of(text, item.start as usize);
    let dash = text.get(start + indent..item.start as usize)?;
    (dash == "- ").then_some(indent + 2)
}

/// Gives where the line of a byte begins, and how far it is indented.
fn line_of(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (start, text[start..].len() - text[start..].trim_start_matches(' ').len())
}

/// Gives where the line ends in which a value ends; one of several lines may end with its last line already.
fn end_of_line(text: &str, end: usize) -> usize {
    let end = text[..end].trim_end_matches(['\n', ' ', '\r']).len();
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

fn inserted(text: &str, at: usize, lines: &str) -> String {
    let end = if text[..at].is_empty() || text[..at].ends_with('\n') { "" } else { "\n" };
    let lines = if text.contains("\r\n") { lines.replace('\n', "\r\n") } else { lines.to_owned() };
    format!("{}{end}{lines}{}", &text[..at], &text[at..])
}

/// Tells whether a text is read as an agenda with so many entries of public business that names a paper.
fn holds(text: &str, entries: usize, file: &str) -> bool {
    let (log, wanted) = (crate::rules::log(), RefCell::default());
    let cx = Context { source: 0, path: "", text, log: &log, wanted: &wanted };
    let Some(Node { value: Value::Fields(fields), .. }) = yaml::parse(cx) else { return false };
    let public = fields.iter().find(|field| field.name == "public");
    public.is_some_and(|public| match &public.node.value {
        Value::List(items) => items.len() == entries && names(&public.node, file),
        _ => false,
    })
}

fn names(node: &Node, file: &str) -> bool {
    match &node.value {
        Value::Text(text) => text == file,
        Value::List(items) => items.iter().any(|item| names(item, file)),
        Value::Fields(fields) => fields.iter().any(|field| names(&field.node, file)),
        Value::Nothing => false,
    }
}
