//! Changes as text for a terminal or a letter: a line for each item and paper, differences below.
//!
//! Words that are gone stand in `[-…-]`, new ones in `{+…+}`, so that no colour is needed.

use std::fmt::Write;

use super::{Changes, Difference, DocumentChange, DocumentKind, Fact, Hunk, ItemChange, ItemKind, Span, Weight};

/// Characters in a line.
const WIDTH: usize = 100;
/// Differences that are shown of one document.
const HUNKS: usize = 200;
/// Characters that are shown of one deletion or insertion.
const SHOWN: usize = 1_200;

/// Gives the changes as text.
pub fn text(changes: &Changes) -> String {
    let mut out = Lines::default();
    let title = if changes.title == changes.body { String::new() } else { format!(", {}", changes.title) };
    out.line(0, &format!("{} edition of {}: {}{title}", changes.edition, changes.meeting, changes.body));
    if changes.is_empty() {
        out.line(0, "nothing has changed");
        return out.text;
    }
    if changes.weight == Weight::Major {
        out.line(0, "re-check the notice:");
        for reason in changes.reasons.iter().filter(|reason| reason.weight == Weight::Major) {
            out.line(1, &format!("- {}", reason.words));
        }
    }
    meeting(changes, &mut out);
    restyled(changes, &mut out);
    let alone = changes.documents.iter().filter(|document| document.item.is_none() && !is_only_restyled(document));
    for document in alone {
        out.text.push('\n');
        self::document(document, 0, &mut out);
    }
    for (number, title, change, documents) in by_item(changes) {
        out.text.push('\n');
        let what = change.map_or_else(String::new, |change| format!(": {}", of_item(change)));
        out.line(0, &format!("item {number} `{title}`{what}"));
        for document in documents {
            self::document(document, 1, &mut out);
        }
    }
    out.text
}

/// What changed behind one item: number, title, how the item itself changed, its documents.
type OfItem<'a> = (&'a str, &'a str, Option<&'a ItemChange>, Vec<&'a DocumentChange>);

/// Gives items with what changed behind them, in the order of the changes.
pub(super) fn by_item(changes: &Changes) -> Vec<OfItem<'_>> {
    let mut order: Vec<&super::ItemName> = Vec::new();
    let told = changes.documents.iter().filter(|document| !is_only_restyled(document));
    let named = told.filter_map(|document| document.item.as_ref());
    for item in changes.items.iter().map(|change| &change.item).chain(named) {
        if !order.iter().any(|known| known.key == item.key) {
            order.push(item);
        }
    }
    // Numbers are printed in the order of business; what is gone keeps the place of its old number.
    order.sort_by_key(|item| leading_number(&item.number));
    let of = |item: &'_ super::ItemName| {
        let documents = changes.documents.iter();
        let own = documents.filter(|document| document.item.as_ref().is_some_and(|own| own.key == item.key));
        own.filter(|document| !is_only_restyled(document)).collect()
    };
    let change = |key: &str| changes.items.iter().find(|change| change.item.key == key);
    order.into_iter().map(|item| (&*item.number, &*item.title, change(&item.key), of(item))).collect()
}

/// Tells whether nothing else is to be told of a document than that it looks otherwise.
pub(super) fn is_only_restyled(document: &DocumentChange) -> bool {
    document.kinds == [DocumentKind::Looks]
}

/// Tells of all documents at once that only look otherwise.
fn restyled(changes: &Changes, out: &mut Lines) {
    match changes.documents.iter().filter(|document| is_only_restyled(document)).count() {
        0 => {}
        1 => out.line(0, "the look of 1 paper changed; no words differ"),
        count => out.line(0, &format!("the look of {count} papers changed; no words differ")),
    }
}

fn leading_number(number: &str) -> (u32, String) {
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    (number[..end].parse().unwrap_or(u32::MAX), number[end..].to_owned())
}

fn meeting(changes: &Changes, out: &mut Lines) {
    let some = !changes.facts.is_empty() || !changes.joined.is_empty() || !changes.left.is_empty();
    if some {
        out.text.push('\n');
        out.line(0, "meeting");
    }
    for change in &changes.facts {
        let fact = match change.fact {
            Fact::Title => "title",
            Fact::Date => "date",
            Fact::Time => "time",
            Fact::Place => "place",
            Fact::Status => "status",
        };
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
        out.line(1, &format!("{fact}: {} -> {}", value(&change.old), value(&change.new)));
    }
    if !changes.joined.is_empty() {
        out.line(1, &format!("joined: {}", changes.joined.join(", ")));
    }
    if !changes.left.is_empty() {
        out.line(1, &format!("left: {}", changes.left.join(", ")));
    }
}

fn of_item(change: &ItemChange) -> String {
    let note = change.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
    let words = change.kinds.iter().map(|kind| match kind {
        ItemKind::Added => "new item".to_owned(),
        ItemKind::Withdrawn => format!("withdrawn{note}"),
        ItemKind::Reinstated => "not withdrawn any more".into(),
        ItemKind::Retitled => format!("was `{}`", change.old_title.as_deref().unwrap_or_default()),
        ItemKind::Moved => "moved in the order".into(),
        ItemKind::Private => "now private".into(),
        ItemKind::Public => "now public".into(),
        ItemKind::ToFollow => format!("to follow{note}"),
        ItemKind::Followed => "nothing to follow any more".into(),
        ItemKind::Renumbered => format!("was item {}", change.old_number.as_deref().unwrap_or_default()),
    });
    words.collect::<Vec<_>>().join("; ")
}

fn document(change: &DocumentChange, depth: usize, out: &mut Lines) {
    let appendix = change.appendix.as_ref().map_or_else(String::new, |number| format!("appendix {number} "));
    let words: Vec<String> = change.kinds.iter().map(|kind| of_document(change, *kind)).collect();
    let pages = pages(change.old_pages.as_ref(), change.new_pages.as_ref());
    out.line(depth, &format!("{appendix}`{}`: {}{pages}", change.title, words.join("; ")));
    let Some(difference) = &change.difference else { return };
    for hunk in difference.hunks.iter().take(HUNKS) {
        out.line(depth + 1, &of_hunk(hunk));
    }
    if difference.hunks.len() > HUNKS {
        out.line(depth + 1, &format!("and {} more differences", difference.hunks.len() - HUNKS));
    }
    for pair in &difference.looks {
        let what = match (&pair.old, &pair.new) {
            (Some(old), Some(new)) if old == new => format!("pictures or layout changed on page {new}"),
            (Some(old), Some(new)) => format!("pictures or layout changed on page {new}, which was page {old}"),
            (None, Some(new)) => format!("page {new} is new and has no words"),
            (Some(old), None) => format!("page {old} had no words and is gone"),
            (None, None) => continue,
        };
        out.line(depth + 1, &what);
    }
}

fn of_document(change: &DocumentChange, kind: DocumentKind) -> String {
    let withheld = if change.withheld { ", not for publication" } else { "" };
    match kind {
        DocumentKind::Added => format!("new{withheld}"),
        DocumentKind::Withdrawn => "withdrawn".into(),
        DocumentKind::NowPublic => "now public".into(),
        DocumentKind::NowWithheld => "now withheld".into(),
        DocumentKind::Replaced => format!("replaced{}", change.difference.as_ref().map_or(String::new(), counts)),
        DocumentKind::Moved => match &change.old_item {
            Some(item) => format!("moved here from item {} `{}`", item.number, item.title),
            None => "moved here".into(),
        },
        DocumentKind::Retitled => format!("was `{}`", change.old_title.as_deref().unwrap_or_default()),
        DocumentKind::Renumbered => "other page numbers".into(),
        DocumentKind::References => "page numbers in its text follow".into(),
        DocumentKind::Looks => "the look changed; no words differ".into(),
        DocumentKind::OnScreen => "links, or words that are read aloud, changed; nothing in print".into(),
    }
}

fn counts(difference: &Difference) -> String {
    if difference.rewritten {
        return ", rewritten".into();
    }
    let some = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 word {what}")),
        _ => Some(format!("{count} words {what}")),
    };
    let words: Vec<String> =
        [some(difference.deleted, "deleted"), some(difference.inserted, "inserted")].into_iter().flatten().collect();
    if words.is_empty() { String::new() } else { format!(", {}", words.join(" and ")) }
}

fn pages(old: Option<&Span>, new: Option<&Span>) -> String {
    let span = |span: &Span| {
        if span.first == span.last {
            format!("page {}", span.first)
        } else {
            format!("pages {} - {}", span.first, span.last)
        }
    };
    match (old, new) {
        (Some(old), Some(new)) if old == new => format!("; {}", span(new)),
        (Some(old), Some(new)) => {
            format!("; {} -> {}", span(old), span(new).replace("pages ", "").replace("page ", ""))
        }
        (None, Some(only)) | (Some(only), None) => format!("; {}", span(only)),
        (None, None) => String::new(),
    }
}

fn of_hunk(hunk: &Hunk) -> String {
    let page = match (&hunk.old_page, &hunk.new_page) {
        (Some(old), Some(new)) if old != new => format!("p. {old} -> {new}: "),
        (Some(page), _) | (None, Some(page)) => format!("p. {page}: "),
        (None, None) => String::new(),
    };
    let mut line = format!("{page}… {}", hunk.before);
    marked(&hunk.deleted, "[-", "-]", &mut line);
    // The words that are gone and the new ones are apart even where both are punctuation.
    marked(&hunk.inserted, "{+", "+}", &mut line);
    let _ = write!(line, "{} …", hunk.after);
    line
}

fn marked(words: &str, open: &str, close: &str, line: &mut String) {
    if words.is_empty() {
        return;
    }
    if words.starts_with(' ') {
        line.push(' ');
    }
    let _ = write!(line, "{open}{}{close}", shortened(words.trim_start(), SHOWN));
}

/// Gives a long text's beginning and end.
pub(super) fn shortened(words: &str, most: usize) -> String {
    let count = words.chars().count();
    if count <= most {
        return words.to_owned();
    }
    let start: String = words.chars().take(most * 3 / 4).collect();
    let end: String = words.chars().skip(count - most / 4).collect();
    let (start, end) =
        (start.rsplit_once(' ').map_or(&*start, |cut| cut.0), end.split_once(' ').map_or(&*end, |cut| cut.1));
    format!("{start} … {end}")
}

/// Lines that are broken between words.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, depth: usize, words: &str) {
        let (first, rest) = ("  ".repeat(depth), "  ".repeat(depth + 2));
        let mut width = first.chars().count();
        self.text.push_str(&first);
        for (index, word) in words.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).enumerate() {
            // What steers a terminal is nothing that a paper says.
            let word: String =
                word.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect();
            let letters = word.chars().count();
            if index > 0 && width + 1 + letters > WIDTH {
                self.text.push('\n');
                self.text.push_str(&rest);
                width = rest.len();
            } else if index > 0 {
                self.text.push(' ');
                width += 1;
            }
            self.text.push_str(&word);
            width += letters;
        }
        self.text.push('\n');
    }
}
