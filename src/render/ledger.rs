//! A ledger as it is printed for a meeting, and the same as data: what is open, and once what was closed.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::literal::Data;
use super::markdown::Writer;
use super::node::{Call, Node};
use super::{Job, Words, content};
use crate::compose::{Pack, labels};
use crate::layouts::Phrases;
use crate::model::text::{Inline, Target, each_part};
use crate::model::{LedgerFile, Line, Paper, PaperKind, Text};
use crate::resolve::ledger::{Kind, Ledger, Move, Promise, Standing, State, executives, seen_last};

/// Shape and colour of each state; its word is a phrase.
const SCALE: [(State, &str, &str); 6] = [
    (State::Overdue, "cross", "#b3261e"),
    (State::Open, "ring", "#1d4f63"),
    (State::CarriedForward, "diamond", "#d98a00"),
    (State::Answered, "triangle", "#5b6abf"),
    (State::Done, "circle", "#2e7d32"),
    (State::Closed, "square", "#6b7280"),
];

/// What a meeting is shown of a promise.
struct Row<'p, 'a> {
    promise: &'p Promise<'a>,
    now: Standing<'p, 'a>,
    /// What is new of it since the ledger was seen last.
    moved: Option<&'static str>,
    /// Whether it was closed when the ledger was seen last.
    was_closed: bool,
}

/// Gives all promises as they stand on a day, the next due first.
fn rows<'p, 'a>(ledger: &'p Ledger<'a>, day: NaiveDate, seen: Option<NaiveDate>) -> Vec<Row<'p, 'a>> {
    let row = |promise: &'p Promise<'a>| {
        let now = promise.on(day)?;
        let before = seen.and_then(|seen| promise.on(seen));
        let moved = seen.and_then(|_| match &before {
            _ if now.closed.is_some() => None,
            None => Some("new"),
            Some(before) if now.state == before.state && now.due == before.due => None,
            Some(_) => Some(now.state.word()),
        });
        Some(Row { promise, now, moved, was_closed: before.is_some_and(|before| before.closed.is_some()) })
    };
    let mut rows: Vec<Row> = ledger.promises.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (row.now.due.is_none(), row.now.due, row.promise.made.day));
    rows
}

/// Gives the data of a ledger behind an item of a meeting.
pub(super) fn ledger(job: &Job, paper: &Paper, file: &LedgerFile, w: &mut Writer) -> Data {
    let (words, phrases, day) = (job.words(), job.phrases, job.pack.agenda.when.date());
    let empty = Ledger::default();
    let seen = seen_last(job.pack.workspace, &paper.path, day);
    let rows = rows(job.pack.ledgers.get(&paper.path).unwrap_or(&empty), day, seen);
    let (closed, open): (Vec<&Row>, Vec<&Row>) =
        rows.iter().filter(|row| !row.was_closed).partition(|row| row.now.closed.is_some());
    let mut closed = closed;
    closed.sort_by_key(|row| Reverse(row.now.closed.map(|one| one.on)));
    let title =
        file.title.as_ref().map_or_else(|| content(&labels::title(paper, job.pack, phrases)), |title| w.title(title));
    let closed_title = seen.map_or_else(
        || phrases.get("ledger-closed").to_owned(),
        |seen| phrases.fill("ledger-closed-since", &[("date", &words.day(seen))]),
    );
    let scale = SCALE.iter().map(|(state, shape, colour)| {
        Data::fields([
            ("id", Data::string(state.word())),
            ("word", Data::string(phrases.get(&format!("ledger-state-{}", state.word())))),
            ("shape", Data::string(*shape)),
            ("colour", Data::string(*colour)),
        ])
    });
    Data::fields([
        ("body", content(&words.body_name(&file.body))),
        ("title", title),
        ("as-at", content(&phrases.fill("ledger-as-at", &[("date", &words.day(day))]))),
        ("introduction", w.maybe_prose(file.introduction.as_ref())),
        ("sum", content(&sum(&words, &open, closed.len(), seen))),
        ("scale", Data::List(scale.collect())),
        ("open", Data::List(open.iter().map(|row| open_row(row, w)).collect())),
        ("closed-title", content(&closed_title)),
        ("closed", Data::List(closed.iter().map(|row| closed_row(row, w)).collect())),
    ])
}

/// Says how much is open, and what has moved.
fn sum(words: &Words, open: &[&Row], closed: usize, seen: Option<NaiveDate>) -> String {
    let phrases = words.phrases;
    let counted = |key: &str, count: usize| {
        (count > 0).then(|| phrases.fill(&format!("ledger-count-{key}"), &[("count", &count.to_string())]))
    };
    let overdue = open.iter().filter(|row| row.now.state == State::Overdue).count();
    let all: Vec<String> = [counted("open", open.len()), counted("overdue", overdue)].into_iter().flatten().collect();
    let mut said = if all.is_empty() {
        phrases.get("ledger-none").to_owned()
    } else {
        phrases.fill("ledger-sum", &[("counts", &all.join(", "))])
    };
    if let Some(seen) = seen {
        let moved = |word| open.iter().filter(|row| row.moved == Some(word)).count();
        let counts = ["new", "overdue", "carried-forward", "answered"]
            .map(|word| counted(&format!("moved-{word}"), moved(word)));
        let counts: Vec<String> = counts.into_iter().chain([counted("closed", closed)]).flatten().collect();
        let counts = if counts.is_empty() { phrases.get("ledger-unmoved").to_owned() } else { counts.join(", ") };
        said = format!("{said} {}", phrases.fill("ledger-since", &[("date", &words.day(seen)), ("counts", &counts)]));
    }
    said
}

fn open_row(row: &Row, w: &mut Writer) -> Data {
    let Row { promise, now, .. } = row;
    let phrases = w.words.phrases;
    let first_due = promise.due.filter(|first| now.due != Some(*first));
    shared(row, w)
        .with("due", Data::option(now.due, |due| content(&w.words.day(due))))
        .with(
            "first-due",
            Data::option(first_due, |due| content(&phrases.fill("ledger-first-due", &[("date", &w.words.day(due))]))),
        )
        .with("moved", Data::option(row.moved, |word| content(phrases.get(&format!("ledger-moved-{word}")))))
        .with("note", Data::option(now.last, |last| how(last, w)))
}

fn closed_row(row: &Row, w: &mut Writer) -> Data {
    let by = Data::option(row.now.closed, |closed| how(closed, w));
    shared(row, w).with("by", by)
}

/// Gives what is printed of a promise whether it is open or closed.
fn shared(row: &Row, w: &mut Writer) -> Data {
    let Row { promise, now, .. } = row;
    let made = &promise.made;
    let leads: Vec<Data> = promise
        .lead
        .iter()
        .map(|lead| {
            let lead = w.words.line_or_name(lead);
            said(&lead, w)
        })
        .collect();
    let leads = if leads.is_empty() {
        default_leads(w.words.pack, promise).iter().map(|name| content(name)).collect()
    } else {
        leads
    };
    let kind = (promise.kind != Kind::Action).then(|| format!("ledger-kind-{}", promise.kind.word()));
    Data::fields([
        ("what", said(promise.what, w)),
        ("kind", Data::option(kind, |key| content(w.words.phrases.get(&key)))),
        ("lead", Data::List(leads)),
        ("minute", minute(&numbered(&made.number, made.part, w.words.phrases), made.label, w)),
        ("made", content(&w.words.day(made.day))),
        ("state", Data::string(now.state.word())),
    ])
}

/// Gives the number of a minute, or of a part of it.
fn numbered(number: &str, part: Option<char>, phrases: &Phrases) -> String {
    let letter = part.map(|letter| phrases.fill("part-letter", &[("letter", &letter.to_string())]));
    format!("{number}{}", letter.unwrap_or_default())
}

/// Writes the number of a minute, with its page where the pack holds the minutes.
fn minute(number: &str, label: Option<&Text>, w: &Writer) -> Data {
    let is_here = |label: &&Text| w.words.pack.labels.get(&label.value).is_some_and(|target| target.document.is_some());
    let Some(label) = label.filter(is_here) else { return content(number) };
    let call = Call::of("xref").argument(Data::text(label)).argument(content(number));
    Data::Content(vec![call.named("page", Data::Bool(true)).into()])
}

/// Says when and how something became of a promise.
fn how(one: &Move, w: &mut Writer) -> Data {
    let date = w.words.day(one.on);
    let phrases = w.words.phrases;
    if let Some((number, part)) = &one.minute {
        let number = &numbered(number, *part, phrases);
        return content(&phrases.fill("ledger-minute", &[("number", number), ("date", &date)]));
    }
    let key = if one.reason.is_some() { "ledger-entry-why" } else { "ledger-entry" };
    let state = phrases.get(&format!("ledger-state-{}", one.became.word())).to_owned();
    let Data::Content(mut nodes) = content(&phrases.fill(key, &[("state", &state), ("date", &date)])) else {
        return Data::None;
    };
    if let (Some(reason), Data::Content(more)) = (one.reason, one.reason.map_or(Data::None, |reason| said(reason, w))) {
        nodes.push(Node::Words(" ".to_owned(), reason.place));
        nodes.extend(more);
    }
    Data::Content(nodes)
}

/// Writes a line of other papers: what it refers to may not be in this pack.
fn said(line: &Line, w: &mut Writer) -> Data {
    let mut leads_nowhere = false;
    each_part(&line.content, &mut |part| {
        if let Inline::Link(link) = part
            && let Target::Label(label) = &link.target
        {
            leads_nowhere |= w.words.pack.labels.get(label).is_none();
        }
    });
    if leads_nowhere { content(&line.plain()) } else { w.line(line) }
}

/// Gives who answers a recommendation that does not say it: the executive.
fn default_leads(pack: &Pack, promise: &Promise) -> Vec<String> {
    let names = executives(pack.workspace).map(|body| body.name.value.clone());
    if promise.kind == Kind::Recommendation { names.collect() } else { Vec::new() }
}

/// A promise as data.
#[derive(Serialize)]
struct Told {
    id: String,
    kind: &'static str,
    what: String,
    lead: String,
    minute: String,
    made: NaiveDate,
    due: Option<NaiveDate>,
    state: &'static str,
    moved: Option<&'static str>,
    closed: Option<NaiveDate>,
    closed_by: Option<String>,
    reason: Option<String>,
}

/// A ledger as data.
#[derive(Serialize)]
struct File<'a> {
    schema_version: u32,
    kind: &'static str,
    body: &'a str,
    meeting: &'a str,
    as_at: NaiveDate,
    seen_last: Option<NaiveDate>,
    promises: Vec<Told>,
}

/// Gives all that a ledger of a pack holds, as JSON and as CSV; nothing of a paper that is no ledger.
pub(crate) fn tables(pack: &Pack, phrases: &Phrases, paper: &Paper) -> Option<[(&'static str, Vec<u8>); 2]> {
    let PaperKind::Ledger(file) = &paper.kind else { return None };
    let (ledger, day) = (pack.ledgers.get(&paper.path)?, pack.agenda.when.date());
    let seen = seen_last(pack.workspace, &paper.path, day);
    let words = Words { pack, phrases };
    let promises: Vec<Told> = rows(ledger, day, seen).iter().map(|row| told(row, &words)).collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    for promise in &promises {
        drop(csv.serialize(promise));
    }
    let csv = csv.into_inner().unwrap_or_default();
    let (body, meeting) = (file.body.as_str(), pack.agenda.id.as_str());
    let whole = File { schema_version: 1, kind: "ledger", body, meeting, as_at: day, seen_last: seen, promises };
    let mut json = serde_json::to_vec_pretty(&whole).unwrap_or_default();
    json.push(b'\n');
    Some([("json", json), ("csv", csv)])
}

fn told(row: &Row, words: &Words) -> Told {
    let Row { promise, now, moved, .. } = row;
    let mut unused = Vec::new();
    let mut w = Writer { words: *words, document: "", pictures: &mut unused };
    let mut plain = |line: &Line| said(line, &mut w).plain();
    let mut lead: Vec<String> = promise.lead.iter().map(|lead| plain(&words.line_or_name(lead))).collect();
    if lead.is_empty() {
        lead = default_leads(words.pack, promise);
    }
    let by = |closed: &Move| {
        let minute = closed.minute.as_ref().map(|(number, part)| numbered(number, *part, words.phrases));
        minute.unwrap_or_else(|| "entry".to_owned())
    };
    Told {
        id: promise.id.clone(),
        kind: promise.kind.word(),
        what: plain(promise.what),
        lead: lead.join("; "),
        minute: numbered(&promise.made.number, promise.made.part, words.phrases),
        made: promise.made.day,
        due: now.due,
        state: now.state.word(),
        moved: *moved,
        closed: now.closed.map(|closed| closed.on),
        closed_by: now.closed.map(by),
        reason: now.last.and_then(|last| last.reason).map(plain),
    }
}
