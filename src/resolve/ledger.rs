//! What a body asked for and was promised, kept from minutes and from dated entries: its ledger.
//!
//! A promise is known by its label, or by the day of its meeting and its first words: never by its place among others, so
//! that minutes can be corrected. Who may read of a promise is who may read the minutes that hold it: the public ledger is
//! made from public minutes and public entries alone, so that its states and counts tell nothing of others.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::{Access, Published, minute_numbers};
use crate::finding::Place;
use crate::model::agenda::PaperUse;
use crate::model::body::Regime;
use crate::model::ledger::Became;
use crate::model::minutes::{Minutes, Record, Terms};
use crate::model::{Agenda, LedgerFile, Line, Paper, PaperKind, Text, Workspace};

/// How many of its first words a promise without a label is known by.
const WORDS: usize = 6;

/// All promises that a body was ever given, as far as a reader may know.
#[derive(Debug, Clone, Default)]
pub struct Ledger<'a> {
    /// The promises, those of the earliest meeting first.
    pub promises: Vec<Promise<'a>>,
    /// What cites a promise that is not among them.
    pub astray: Vec<Astray<'a>>,
}

/// What a body asked for or was promised.
#[derive(Debug, Clone)]
pub struct Promise<'a> {
    /// What it is known by.
    pub id: String,
    /// What kind of promise it is.
    pub kind: Kind,
    /// What is promised.
    pub what: &'a Line,
    /// Who sees to it.
    pub lead: &'a [Line],
    /// The day that was first given.
    pub due: Option<NaiveDate>,
    /// Where it was made.
    pub made: Minuted<'a>,
    /// What became of it, the earliest first.
    pub moves: Vec<Move<'a>>,
}

/// A minute.
#[derive(Debug, Clone)]
pub struct Minuted<'a> {
    /// Day of the meeting.
    pub day: NaiveDate,
    /// Number of the minute, as printed.
    pub number: String,
    /// Letter of its part.
    pub part: Option<char>,
    /// Label of the part, or else of the minute.
    pub label: Option<&'a Text>,
    /// Path of the minutes.
    pub path: &'a str,
    /// Where it stands.
    pub place: Place,
}

/// What became of a promise on a day.
#[derive(Debug, Clone)]
pub struct Move<'a> {
    /// The day.
    pub on: NaiveDate,
    /// What became of it.
    pub became: Became,
    /// The new day by which it is due.
    pub due: Option<NaiveDate>,
    /// How, or why.
    pub reason: Option<&'a Line>,
    /// Number of the minute that says so, and letter of its part; none for an entry.
    pub minute: Option<(String, Option<char>)>,
    /// Path of the file that says so.
    pub path: &'a str,
    /// Where it stands.
    pub place: Place,
}

/// Something that cites a promise which the reader's ledger does not hold.
#[derive(Debug, Clone)]
pub struct Astray<'a> {
    /// What it cites.
    pub cited: &'a Text,
    /// Path of the file.
    pub path: &'a str,
}

/// Kinds of promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something to be done.
    Action,
    /// Something that the executive answers.
    Recommendation,
    /// Information to be sent.
    Request,
}

impl Kind {
    /// Gives its word, as in minutes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Recommendation => "recommendation",
            Self::Request => "request",
        }
    }
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its day is past.
    Overdue,
    /// Nothing has become of it yet.
    Open,
    /// It has another day.
    CarriedForward,
    /// It is answered; with a day, something is still to come.
    Answered,
    /// It is done.
    Done,
    /// It is given up, or overtaken.
    Closed,
}

impl State {
    /// All states, those that need looking after first.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::Open, Self::CarriedForward, Self::Answered, Self::Done, Self::Closed];

    /// Gives its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::CarriedForward => "carried-forward",
            Self::Answered => "answered",
            Self::Done => "done",
            Self::Closed => "closed",
        }
    }
}

/// How a promise stands on a day.
#[derive(Debug, Clone)]
pub struct Standing<'p, 'a> {
    /// The state.
    pub state: State,
    /// The day by which it is due now.
    pub due: Option<NaiveDate>,
    /// What closed it.
    pub closed: Option<&'p Move<'a>>,
    /// What happened last.
    pub last: Option<&'p Move<'a>>,
}

impl<'a> Promise<'a> {
    /// Tells how it stands on the day of a meeting, before that meeting; nothing where it was not made by then.
    pub fn on(&self, day: NaiveDate) -> Option<Standing<'_, 'a>> {
        if self.made.day >= day {
            return None;
        }
        let known = |one: &&Move| if one.minute.is_some() { one.on < day } else { one.on <= day };
        let mut standing = Standing { state: State::Open, due: self.due, closed: None, last: None };
        for one in self.moves.iter().filter(known) {
            standing.last = Some(one);
            standing.due = one.due.or(standing.due);
            standing.state = match one.became {
                Became::Answered => State::Answered,
                Became::CarriedForward => State::CarriedForward,
                Became::Done => State::Done,
                Became::Closed => State::Closed,
            };
            if one.closes() {
                // What is entered behind its end is told of by a rule.
                return Some(Standing { closed: Some(one), ..standing });
            }
        }
        if standing.due.is_some_and(|due| due < day) {
            standing.state = State::Overdue;
        }
        Some(standing)
    }
}

impl Move<'_> {
    /// Tells whether nothing is left to be done.
    pub fn closes(&self) -> bool {
        match self.became {
            Became::Answered => self.due.is_none(),
            Became::Done | Became::Closed => true,
            Became::CarriedForward => false,
        }
    }
}

/// Who reads a ledger.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'p> {
    /// Everybody.
    Public(&'p Published),
    /// Members and officers.
    Whole,
}

impl Reader<'_> {
    /// Tells whether minutes are known to this reader on the day of a meeting: the public knows them from the first
    /// meeting that published them.
    fn knows(self, paper: &Paper, by: NaiveDate) -> bool {
        match self {
            Self::Public(published) => published.has_by(&paper.path, by),
            Self::Whole => true,
        }
    }

    fn reads(self, paper: &Paper) -> bool {
        match self {
            Self::Public(published) => Access::of_paper(paper).is_public() && !published.withholds(&paper.path),
            Self::Whole => true,
        }
    }
}

impl<'a> Ledger<'a> {
    /// Gathers what a body was promised, as far as a reader knows of it on a day.
    pub fn of(workspace: &'a Workspace, body: &str, reader: Reader, by: NaiveDate) -> Self {
        let bodies = with_former(workspace, body);
        let (mut promises, mut moves) = (Vec::new(), Vec::new());
        for paper in workspace.papers.values() {
            match &paper.kind {
                PaperKind::Minutes(minutes) if bodies.contains(minutes.body.as_str()) && reader.knows(paper, by) => {
                    of_minutes(workspace, paper, minutes, &mut promises, &mut moves);
                }
                PaperKind::Ledger(file) if bodies.contains(file.body.as_str()) && reader.reads(paper) => {
                    moves.extend(entries(paper, file));
                }
                _ => {}
            }
        }
        promises.sort_by_key(|one| (one.made.day, one.made.place));
        moves.sort_by_key(|(_, one)| (one.on, one.place));
        let mut ledger = Self { promises, astray: Vec::new() };
        for (cited, one) in moves {
            match ledger.promises.iter_mut().find(|promise| promise.id == cited.value) {
                Some(promise) => promise.moves.push(one),
                None => ledger.astray.push(Astray { cited, path: one.path }),
            }
        }
        ledger
    }
}

/// Gives the ids of a body, and of those whose promises it took over.
fn with_former(workspace: &Workspace, body: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut next = vec![body.to_owned()];
    while let Some(id) = next.pop() {
        let formerly = workspace.bodies.get(&id).into_iter().flat_map(|body| &body.formerly);
        let formerly: Vec<String> = formerly.map(|id| id.value.clone()).collect();
        if all.insert(id) {
            next.extend(formerly);
        }
    }
    all
}

/// Gives the files that a body's ledger is made from: minutes, and ledgers.
pub(crate) fn sources<'w>(workspace: &'w Workspace, body: &str) -> impl Iterator<Item = &'w Paper> + use<'w> {
    let bodies = with_former(workspace, body);
    workspace.papers.values().filter(move |paper| match &paper.kind {
        PaperKind::Minutes(minutes) => bodies.contains(minutes.body.as_str()),
        PaperKind::Ledger(file) => bodies.contains(file.body.as_str()),
        _ => false,
    })
}

/// Gives the ledgers behind a meeting's items, as the agenda names them.
pub(crate) fn used<'w>(
    workspace: &'w Workspace,
    agenda: &'w Agenda,
) -> impl Iterator<Item = (&'w PaperUse, &'w LedgerFile)> {
    agenda.papers().filter_map(|named| match &workspace.papers.get(&named.path)?.kind {
        PaperKind::Ledger(file) => Some((named, &**file)),
        _ => None,
    })
}

/// Gives the day of the last meeting before a day that had a ledger before it.
pub(crate) fn seen_last(workspace: &Workspace, path: &str, day: NaiveDate) -> Option<NaiveDate> {
    let shows = |agenda: &&Agenda| agenda.status() == "scheduled" && agenda.papers().any(|paper| paper.path == path);
    let meetings = workspace.meetings.values().filter(shows).map(|agenda| agenda.when.date());
    meetings.filter(|other| *other < day && *other != NaiveDate::default()).max()
}

type Cited<'a> = (&'a Text, Move<'a>);

fn of_minutes<'a>(
    workspace: &'a Workspace,
    paper: &'a Paper,
    minutes: &'a Minutes,
    promises: &mut Vec<Promise<'a>>,
    moves: &mut Vec<Cited<'a>>,
) {
    let (day, path) = (minutes.when.date(), paper.path.as_str());
    for (minute, number) in minutes.all().zip(minute_numbers(minutes, &workspace.council)) {
        let letters = std::iter::once(None).chain(('a'..).map(Some));
        for (record, part) in minute.records().zip(letters) {
            promises.extend(promised(record).map(|(kind, what, terms)| {
                let answer = (kind == Kind::Recommendation).then(|| last_day(day, 2)).flatten();
                let id = terms.label.as_ref().map_or_else(|| id_of(day, what), |label| label.value.clone());
                let place = terms.label.as_ref().map_or(what.place, |label| label.place);
                let label = record.label.as_ref().or(minute.record.label.as_ref());
                let made = Minuted { day, number: number.clone(), part, label, path, place };
                Promise { id, kind, what, lead: &terms.lead, due: terms.due.or(answer), made, moves: Vec::new() }
            }));
            moves.extend(record.closes.iter().map(|cited| {
                let (minute, place) = (Some((number.clone(), part)), cited.place);
                (cited, Move { on: day, became: Became::Done, due: None, reason: None, minute, path, place })
            }));
        }
    }
}

/// Gives what a minute, or a part of it, promises.
fn promised(record: &Record) -> impl Iterator<Item = (Kind, &Line, &Terms)> {
    let actions = record.actions.iter().map(|one| (Kind::Action, &one.what, &one.terms));
    let asked = record.recommendations.iter().map(|one| (Kind::Recommendation, &one.what, &one.terms));
    let wanted = record.requests.iter().map(|one| (Kind::Request, &one.what, &one.terms));
    actions.chain(asked).chain(wanted)
}

fn entries<'a>(paper: &'a Paper, file: &'a LedgerFile) -> impl Iterator<Item = Cited<'a>> {
    file.entries.iter().map(|entry| {
        let one = Move {
            on: entry.on,
            became: entry.state,
            due: entry.due,
            reason: entry.reason.as_ref(),
            minute: None,
            path: &paper.path,
            place: entry.promise.place,
        };
        (&entry.promise, one)
    })
}

/// Gives what a promise without a label is known by.
fn id_of(day: NaiveDate, what: &Line) -> String {
    let words = what.plain().to_lowercase().replace(['\'', '’'], "");
    let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS);
    format!("{day}/{}", words.collect::<Vec<_>>().join("-"))
}

/// Gives the last day of a period of months that begins with a day.
pub(crate) fn last_day(first: NaiveDate, months: u32) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(months))?.pred_opt()
}

/// Gives the bodies that answer what is recommended to the executive.
pub(crate) fn executives(workspace: &Workspace) -> impl Iterator<Item = &crate::model::Body> {
    workspace.bodies.values().filter(|body| body.regime == Regime::Executive)
}
