//! A new agenda: standing items, the minutes of the last meeting, what the work programme has for the day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::fill::Templates;
use super::held;
use super::scalar::as_markdown;
use super::{New, NewFailure, names};
use crate::finding::did_you_mean;
use crate::model::agenda::{Agenda, MeetingKind};
use crate::model::programme::ProgrammeItem;
use crate::model::{Body, Paper, PaperKind, WorkProgramme, Workspace};
use crate::packs::Project;
use crate::resolve::ledger::{Ledger, Reader};
use crate::resolve::{self, Access, Published};

/// Words of the standing items behind which business begins.
const OPENING: [&str; 8] =
    ["welcome", "apolog", "interest", "declar", "minutes", "membership", "announcement", "public question"];

/// What a new meeting is told of.
#[derive(Debug, Default)]
pub(crate) struct NewMeeting {
    pub(crate) body: String,
    pub(crate) day: String,
    pub(crate) time: Option<String>,
    pub(crate) place: Option<String>,
}

impl NewMeeting {
    /// Gives its agenda. `today` is for telling what comes too late.
    pub(crate) fn files(&self, project: &Project, templates: &Templates, today: NaiveDate) -> Result<New, NewFailure> {
        let workspace = &project.workspace;
        let body = body(workspace, &self.body)?;
        let day = names::day(&self.day)?;
        let id = format!("{}/{day}", body.id);
        if workspace.meetings.contains_key(&id) {
            let help = format!("go on with content/bodies/{id}/agenda.yaml; a second meeting of a day: `{day}-2`, say");
            return Err(NewFailure::There { path: format!("content/bodies/{id}"), help });
        }
        let days = body.days(&workspace.council);
        let issued = project.calendar.latest(day, days.agenda.max(days.meeting));
        let last = last(workspace, body, day);
        let time = self.time.clone().or_else(|| usual_time(last.as_ref()));
        let values = json!({
            "body": body.name.value, "id": id,
            "meeting": time.map_or_else(|| day.to_string(), |time| format!("{day} {time}")),
            "has_time": self.time.is_some() || usual_time(last.as_ref()).is_some(),
            "place": self.place.as_deref().map(as_markdown), "has_usual_place": body.meeting_place.is_some(),
            "issued": issued.to_string(), "days": days.agenda.max(days.meeting),
            "is_executive": body.regime == crate::model::body::Regime::Executive,
            "items": items(workspace, body, day, last.as_ref(), issued),
        });
        let text = templates.fill("agenda", &values)?;
        let mut files = BTreeMap::from([(format!("content/bodies/{id}/agenda.yaml"), text)]);
        let ledger = ledger_of(body);
        if !workspace.papers.contains_key(&ledger) && !promised(workspace, body, day).is_empty() {
            files.insert(ledger, super::council::ledger(templates, &body.id, &body.name.value)?);
        }
        Ok(New { files, told: told(project, day, issued, today), ..New::default() })
    }
}

/// Gives a body by its id.
pub(crate) fn body<'a>(workspace: &'a Workspace, id: &str) -> Result<&'a Body, NewFailure> {
    workspace.bodies.get(id).ok_or_else(|| {
        let known = workspace.bodies.keys().map(String::as_str);
        let all = || match workspace.bodies.len() {
            0 => format!("make it: boardpack new body {}", if names::is_plain(id) { id } else { "scrutiny" }),
            _ => format!("the bodies are: {}", known.clone().collect::<Vec<_>>().join(", ")),
        };
        NewFailure::named(format!("there is no body `{id}`"), did_you_mean(id, known.clone()).unwrap_or_else(all))
    })
}

/// The last meeting of a body before a day.
struct Last<'a> {
    day: NaiveDate,
    agenda: Option<&'a Agenda>,
    has_minutes: bool,
}

fn last<'a>(workspace: &'a Workspace, body: &Body, day: NaiveDate) -> Option<Last<'a>> {
    let held = |agenda: &&Agenda| {
        let is_formal = agenda.kind != MeetingKind::Informal && agenda.status() == "scheduled";
        agenda.body == body.id && is_formal && agenda.when.date() < day && agenda.when.date() != NaiveDate::default()
    };
    let agenda = workspace.meetings.values().filter(held).max_by_key(|agenda| agenda.when);
    let of_minutes = |paper: &Paper| match &paper.kind {
        PaperKind::Minutes(minutes) if minutes.body == body.id && minutes.private.is_empty() => {
            Some(minutes.when.date())
        }
        _ => None,
    };
    let minutes = workspace.papers.values().filter_map(of_minutes).filter(|held| *held < day).max();
    let held = agenda.map(|agenda| agenda.when.date()).max(minutes)?;
    Some(Last { day: held, agenda, has_minutes: minutes == Some(held) })
}

fn usual_time(last: Option<&Last>) -> Option<String> {
    let agenda = last?.agenda.filter(|agenda| agenda.when.has_time)?;
    Some(agenda.when.format("%H:%M").to_string())
}

/// Gives the items: those that stand on every agenda, with business behind those that open it.
fn items(workspace: &Workspace, body: &Body, day: NaiveDate, last: Option<&Last>, issued: NaiveDate) -> Vec<Value> {
    let standing = standing(workspace, body, last);
    let title = |id: &str| {
        format!("{id} {}", resolve::standing_title(workspace, &body.id, id).unwrap_or_default()).to_lowercase()
    };
    let opens = |id: &String| OPENING.iter().any(|word| title(id).contains(word));
    let business = standing.iter().rposition(opens).map_or(0, |at| at + 1);
    let mut items: Vec<Value> = Vec::new();
    for (index, id) in standing.iter().enumerate() {
        if index == business {
            items.extend(matters(workspace, body, day, issued));
        }
        match last {
            Some(last) if title(id).contains("minutes") => items.push(minutes(workspace, id, last, issued)),
            None if title(id).contains("minutes") => {}
            _ => items.push(json!({"standing": id})),
        }
    }
    if business >= standing.len() {
        items.extend(matters(workspace, body, day, issued));
    }
    items
}

/// Gives the ids of the standing items: the body's list, or else what its last agenda had, or all that there are.
fn standing(workspace: &Workspace, body: &Body, last: Option<&Last>) -> Vec<String> {
    let own: Vec<String> = resolve::listed(body).map(str::to_owned).collect();
    if !own.is_empty() {
        return own;
    }
    let public = |agenda: &Agenda| -> Vec<String> {
        let items = agenda.items().filter(|(_, private)| !private).map(|(item, _)| item);
        items.filter_map(|item| resolve::standing_of(item).map(str::to_owned)).collect()
    };
    let before = last.and_then(|last| last.agenda).map(public).unwrap_or_default();
    if !before.is_empty() {
        return before;
    }
    let usual = ["apologies", "interests", "minutes", "urgent"];
    let known = resolve::standing_ids(workspace, &body.id);
    usual.into_iter().filter(|id| known.contains(id)).map(str::to_owned).collect()
}

fn minutes(workspace: &Workspace, id: &str, last: &Last, issued: NaiveDate) -> Value {
    let day = workspace.council.formats.day.print(last.day);
    let part = format!("To agree the minutes of the meeting held on {day}");
    let item = json!({"standing": id, "parts": [part, "Matters arising"]});
    let more = if last.has_minutes {
        json!({"papers": [{"minutes": last.day.to_string()}]})
    } else {
        json!({"to_follow": "The minutes are to follow.", "published": issued.to_string()})
    };
    merged(item, more)
}

fn merged(mut item: Value, more: Value) -> Value {
    if let (Value::Object(item), Value::Object(more)) = (&mut item, more) {
        item.extend(more);
    }
    item
}

/// Gives the business that is known: what the programme has for the day, and the programme itself.
fn matters(workspace: &Workspace, body: &Body, day: NaiveDate, issued: NaiveDate) -> Vec<Value> {
    let programmes: Vec<(&Paper, &WorkProgramme)> = programmes(workspace, body).collect();
    let meetings = programmes.iter().flat_map(|(_, programme)| &programme.meetings);
    let rows = meetings.filter(|meeting| meeting.date == day).flat_map(|meeting| &meeting.items);
    let mut items: Vec<Value> = rows.map(|row| matter(workspace, row, issued)).collect();
    let folder = format!("content/bodies/{}/", body.id);
    let year = |programme: &WorkProgramme| {
        programme.year.as_ref().is_none_or(|year| year.value == municipal_year(workspace, day))
    };
    // A reference to what only another pack has would lead nowhere in this one.
    let refers = |paper: &Paper| refers_elsewhere(workspace, paper);
    let current = programmes.iter().find(|(paper, programme)| year(programme) && !refers(paper));
    if let Some(name) =
        current.and_then(|(paper, _)| paper.path.strip_prefix(&folder)).filter(|name| !name.contains('/'))
    {
        items.push(json!({"title": "Work programme", "papers": [{"file": format!("../{name}")}]}));
    }
    let promised = promised(workspace, body, day);
    if !promised.is_empty() {
        let due = promised.iter().filter(|one| one.is_open && one.due.is_some_and(|due| due <= day));
        let due: Vec<&str> = due.map(|one| one.id.as_str()).collect();
        let note = if due.is_empty() { String::new() } else { format!("due by then: {}", due.join(", ")) };
        items.push(json!({"title": "Recommendations and actions", "note": note, "papers": [{"ledger": body.id}]}));
    }
    items
}

fn ledger_of(body: &Body) -> String {
    format!("content/bodies/{}/ledger.yaml", body.id)
}

/// What a body was promised.
pub(super) struct Promised {
    pub(super) id: String,
    due: Option<NaiveDate>,
    pub(super) is_open: bool,
}

/// Gives what a body was promised before a day; nothing of withheld minutes, since what is made of it is for public files.
pub(super) fn promised(workspace: &Workspace, body: &Body, day: NaiveDate) -> Vec<Promised> {
    let ledger = Ledger::of(workspace, &body.id, Reader::Whole, day);
    let published = Published::of(workspace, &resolve::meetings(workspace));
    let is_public = |path: &str| {
        let paper = workspace.papers.get(path);
        paper.is_some_and(|paper| Access::of_paper(paper).is_public()) && !published.withholds(path)
    };
    let promised = ledger.promises.iter().filter(|promise| is_public(promise.made.path)).filter_map(|promise| {
        let now = promise.on(day)?;
        Some(Promised { id: promise.id.clone(), due: now.due, is_open: now.closed.is_none() })
    });
    promised.collect()
}

/// Tells whether a paper refers to a label that neither it nor any minutes have.
fn refers_elsewhere(workspace: &Workspace, paper: &Paper) -> bool {
    let Some(file) = workspace.sources.get(paper.place.source) else { return true };
    let of_minutes = workspace.papers.values().filter_map(|paper| match &paper.kind {
        PaperKind::Minutes(minutes) => Some(minutes),
        _ => None,
    });
    let labels = of_minutes.flat_map(|minutes| {
        minutes.all().flat_map(|minute| {
            minute.record.label.iter().chain(minute.records().filter_map(|record| record.label.as_ref()))
        })
    });
    let known: std::collections::BTreeSet<&str> = labels.map(|label| label.value.as_str()).collect();
    let mut references = file.text.split("](#").skip(1).filter_map(|rest| rest.split(')').next());
    references.any(|label| !known.contains(label) && !file.text.contains(&format!("label: {label}\n")))
}

fn matter(workspace: &Workspace, row: &ProgrammeItem, issued: NaiveDate) -> Value {
    let title = held::as_in_source(workspace, &row.title).filter(|title| !title.contains("](#"));
    let leads: Vec<String> = row.lead.iter().map(crate::model::Line::plain).collect();
    json!({
        "title": title.unwrap_or_else(|| as_markdown(&row.title.plain())),
        "note": if leads.is_empty() { String::new() } else { format!("led by {}", leads.join(" and ")) },
        "to_follow": "The report is to follow.", "published": issued.to_string(),
    })
}

/// Gives the work programmes of a body.
pub(super) fn programmes<'a>(
    workspace: &'a Workspace,
    body: &'a Body,
) -> impl Iterator<Item = (&'a Paper, &'a WorkProgramme)> {
    workspace.papers.values().filter_map(|paper| match &paper.kind {
        PaperKind::WorkProgramme(programme) if programme.body == body.id => Some((paper, &**programme)),
        _ => None,
    })
}

/// Gives the municipal year of a day as programmes print it, such as `2026-27`.
pub(super) fn municipal_year(workspace: &Workspace, day: NaiveDate) -> String {
    let year = workspace.council.municipal_year(day);
    if workspace.council.year_starts.0 == 1 { year.to_string() } else { format!("{year}-{:02}", (year + 1) % 100) }
}

fn told(project: &Project, day: NaiveDate, issued: NaiveDate, today: NaiveDate) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(why) = project.calendar.why_not(day) {
        told.push(format!("{day} is not a working day: {why}"));
    }
    if let Some(year) = project.calendar.unknown_year(issued, day) {
        told.push(format!("the bank holidays of {year} are not known, so `issued` may be too late"));
    }
    if issued < today && today.year() <= day.year() && today < day {
        let late = "publish today, and write `short_notice:` with the reason into the agenda";
        told.push(format!("the latest lawful day to publish was {issued}, which is past: {late}"));
    }
    told
}
