//! Reads briefing notes, reports, action plans, work programmes and plain papers.

use super::Context;
use super::council::ratings;
use super::fields::{Fields, Read, one_of};
use super::text::WithHeadings;
use super::yaml::{Node, Value};
use crate::finding::Finding;
use crate::load::fields::MISSING_FIELD;
use crate::model::action_plan::{Action, ActionPlan, COLUMNS, Column, Objective, Theme};
use crate::model::note::{BriefingNote, PlainPaper};
use crate::model::programme::{ProgrammeItem, ProgrammeMeeting, WorkProgramme};
use crate::model::report::{Addressee, Clearance, Field, Recommendation, Report};
use crate::model::text::{Attributes, Block};
use crate::model::{Line, Prose, Text};

/// Reads the file of `kind: briefing-note`.
pub(super) fn briefing_note(fields: &Fields, cx: Context) -> BriefingNote {
    BriefingNote {
        title: fields.need("title"),
        to: fields.list("to"),
        from: fields.get("from"),
        date: fields.get("date"),
        body: body(fields, cx),
        authors: fields.list("authors"),
        appendices: lines_or_none(fields, "appendices").unwrap_or_default(),
        background: lines_or_none(fields, "background_papers"),
    }
}

/// Reads the file of `kind: paper`.
pub(super) fn plain(fields: &Fields, cx: Context) -> PlainPaper {
    PlainPaper {
        title: fields.need("title"),
        subtitle: fields.get("subtitle"),
        date: fields.get("date"),
        authors: fields.list("authors"),
        numbered: fields.or_default("numbered"),
        landscape: fields.or_default("landscape"),
        body: body(fields, cx),
    }
}

/// Reads the file of `kind: report`.
pub(super) fn report(fields: &Fields, cx: Context) -> Report {
    Report {
        title: fields.need("title"),
        to: fields.list("to"),
        privacy: fields.get("privacy"),
        cabinet_member: fields.get("cabinet_member"),
        director: fields.get("director"),
        wards: fields.get("wards"),
        key_decision: fields.get("key_decision"),
        key_decision_notice: fields.get("key_decision_notice"),
        summary: fields.get("summary"),
        recommendations: fields.list("recommendations"),
        appendices: lines_or_none(fields, "appendices"),
        background: lines_or_none(fields, "background_papers"),
        scrutiny: fields.get("scrutiny"),
        other_bodies: fields.get("other_bodies"),
        council: fields.get("council"),
        fields: fields.list("fields"),
        body: body(fields, cx),
        authors: fields.list("authors"),
        directorate: fields.get("directorate"),
        contributors: fields.list("contributors"),
        approvers: fields.list("approvers"),
        web_note: fields.get("web_note"),
    }
}

/// Reads `text:`, or `sections:` with their titles as headings.
fn body(fields: &Fields, cx: Context) -> Prose {
    let mut prose = fields.or_default::<WithHeadings>("text").0;
    if let Some(node) = fields.node("sections") {
        if prose.place == crate::finding::Place::default() {
            prose.place = node.place;
        }
        for section in super::fields::list::<Section>(node, cx) {
            prose.blocks.extend(section.0);
        }
    }
    if prose.blocks.is_empty() && fields.node("text").is_none() && fields.node("sections").is_none() {
        let place = fields.place();
        cx.log.add(
            Finding::new(&MISSING_FIELD, place, "the paper has no text")
                .help("add `text: |` with the paper's text below it"),
        );
    }
    prose
}

struct Section(Vec<Block>);

impl Read for Section {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a section", cx)?;
        let title: Line = fields.need("title");
        let attributes =
            Attributes { label: fields.get("label"), number: fields.get("number"), ..Attributes::default() };
        let text = fields.or_default::<WithHeadings>("text").0;
        fields.close();
        let heading = Block::Heading { level: 1, attributes, content: title.content, place: title.place };
        Some(Self(std::iter::once(heading).chain(text.blocks).collect()))
    }
}

/// Tells whether words say that there are none, as people fill in a form.
fn says_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    ["none", "nil", "n/a", "no", "not applicable"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads a list of lines; an explicit `None` is an empty list rather than nothing.
fn lines_or_none(fields: &Fields, name: &'static str) -> Option<Vec<Line>> {
    let node = fields.node(name)?;
    let only = match &node.value {
        Value::List(entries) if entries.len() == 1 => &entries[0].value,
        value => value,
    };
    match only {
        Value::Text(text) if says_none(text) => Some(Vec::new()),
        _ => Some(fields.list(name)),
    }
}

impl Read for Addressee {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { body: Text::read(node, cx)?, date: None });
        }
        let fields = Fields::open(node, "an addressee", cx)?;
        let addressee = Self { body: fields.need("body"), date: fields.get("date") };
        fields.close();
        Some(addressee)
    }
}

impl Read for Recommendation {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { to: None, text: Prose::read(node, cx)? });
        }
        let fields = Fields::open(node, "a recommendation", cx)?;
        let recommendation = Self { to: fields.get("to"), text: fields.need("text") };
        fields.close();
        Some(recommendation)
    }
}

impl Read for Field {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a field of the form", cx)?;
        let field = Self { label: fields.need("label"), text: fields.need("text") };
        fields.close();
        Some(field)
    }
}

impl Read for Clearance {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { person: crate::model::people::PersonRef::read(node, cx)?, ..Self::default() });
        }
        let fields = Fields::open(node, "a contributor or approver", cx)?;
        let (person, post) = if let Some(person) = fields.get("person") {
            (person, fields.get("post"))
        } else {
            let place = fields.place();
            let person = crate::model::people::Person {
                name: fields.need("name"),
                post: fields.get("post"),
                place,
                ..Default::default()
            };
            (crate::model::people::PersonRef::Written(Box::new(person)), None)
        };
        let clearance = Self {
            person,
            post,
            directorate: fields.get("directorate"),
            sent: fields.get("sent"),
            received: fields.get("received"),
        };
        fields.close();
        Some(clearance)
    }
}

/// Reads the file of `kind: action-plan`.
pub(super) fn action_plan(fields: &Fields, cx: Context) -> ActionPlan {
    ActionPlan {
        title: fields.need("title"),
        subtitle: fields.get("subtitle"),
        introduction: fields.get("introduction"),
        ratings: fields.node("ratings").map(|node| ratings(node, cx)).unwrap_or_default(),
        columns: columns(fields),
        themes: fields.need::<Themes>("themes").0,
    }
}

fn columns(fields: &Fields) -> Vec<Column> {
    let columns: Vec<Column> = fields.list("columns");
    if columns.is_empty() {
        return COLUMNS.iter().map(|id| Column { id: (*id).to_owned(), ..Column::default() }).collect();
    }
    columns
}

#[derive(Default)]
struct Themes(Vec<Theme>);

impl Read for Themes {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        Some(Self(super::fields::list(node, cx)))
    }
}

impl Read for Column {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let ids = COLUMNS.map(|id| (id, id));
        if let Value::Text(_) = node.value {
            return Some(Self { id: one_of(node, &ids, cx)?.to_owned(), ..Self::default() });
        }
        let fields = Fields::open(node, "a column", cx)?;
        let id = fields.node("column").and_then(|node| one_of(node, &ids, cx));
        let column =
            Self { id: id.unwrap_or_default().to_owned(), title: fields.get("title"), width: fields.get("width") };
        if id.is_none() && fields.node("column").is_none() {
            let _: Text = fields.need("column");
        }
        fields.close();
        Some(column).filter(|column| !column.id.is_empty())
    }
}

impl Read for Theme {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a theme", cx)?;
        let theme = Self { title: fields.get("title"), objectives: fields.list("objectives") };
        fields.close();
        Some(theme)
    }
}

impl Read for Objective {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "an objective", cx)?;
        let objective = Self {
            number: fields.get("number"),
            label: fields.get("label"),
            area: fields.get("area"),
            objective: fields.get("objective"),
            actions: fields.list("actions"),
        };
        fields.close();
        Some(objective)
    }
}

impl Read for Action {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "an action", cx)?;
        let action = Self {
            number: fields.get("number"),
            label: fields.get("label"),
            action: fields.need("action"),
            complete: fields.get("complete"),
            by: fields.get("by"),
            due: fields.get("due"),
            lead: fields.list("lead"),
            measure: fields.get("measure"),
            impact: fields.get("impact"),
            rating: fields.get("rating"),
            progress: fields.get("progress"),
            place: fields.place(),
        };
        fields.close();
        Some(action)
    }
}

/// Reads the file of `kind: work-programme` of a body.
pub(super) fn work_programme(body: String, fields: &Fields) -> WorkProgramme {
    WorkProgramme {
        body,
        title: fields.get("title"),
        year: fields.get("year"),
        updated: fields.get("updated"),
        introduction: fields.get("introduction"),
        meetings: fields.list("meetings"),
        unplaced: fields.list("unplaced"),
    }
}

impl Read for ProgrammeMeeting {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a meeting of the programme", cx)?;
        let meeting = Self {
            date: fields.need("date"),
            shown: fields.get("shown"),
            tbc: fields.or_default("tbc"),
            items: fields.list("items"),
        };
        fields.close();
        Some(meeting)
    }
}

impl Read for ProgrammeItem {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { title: Line::read(node, cx)?, ..Self::default() });
        }
        let fields = Fields::open(node, "an item of the programme", cx)?;
        let item = Self {
            title: fields.need("title"),
            detail: fields.get("detail"),
            lead: fields.list("lead"),
            label: fields.get("label"),
        };
        fields.close();
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_said_in_several_ways() {
        assert!(["None", "nil", "Nil.", "N/A", "No", "Not applicable"].into_iter().all(says_none));
        assert!(!["Nil returns of 2025", "Notes of the visit", ""].into_iter().any(says_none));
    }
}
