//! Action plans as the public saw them last, from the public papers that issues keep as data.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::IssueFailure;
use super::shelf::Shelf;
use crate::compose::moved::{PlanBefore, RowBefore};
use crate::fs;
use crate::model::PaperKind;
use crate::model::agenda::Agenda;
use crate::packs::{MODELS, Project};
use crate::resolve;

/// Gives the plans that those of a meeting are compared with, by key: of the same body and title, at the last meeting
/// before. One that was taken back is not there any more, and a withheld one never was.
pub(crate) fn before(
    shelf: &Shelf,
    project: &Project,
    agenda: &Agenda,
) -> Result<BTreeMap<String, PlanBefore>, IssueFailure> {
    let meeting = resolve::meeting(&project.workspace, agenda, &BTreeMap::new(), &BTreeSet::new());
    let mut wanted: BTreeMap<String, String> = BTreeMap::new();
    for used in meeting.papers().filter(|used| used.access.is_public()) {
        if let Some(PaperKind::ActionPlan(plan)) = used.paper.map(|paper| &paper.kind)
            && plan.moved
        {
            wanted.insert(used.named.path.clone(), same_title(&plan.title.plain()));
        }
    }
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    let of_body = format!("{}/", agenda.body);
    let day_of = |id: &str| NaiveDate::parse_from_str(id.strip_prefix(&of_body)?.get(..10)?, "%Y-%m-%d").ok();
    let meetings = shelf.meetings()?;
    let mut earlier: Vec<_> = meetings.iter().filter_map(|one| Some((day_of(&one.meeting)?, &one.meeting))).collect();
    earlier.retain(|(day, _)| *day < agenda.when.date());
    earlier.sort_unstable_by(|one, other| other.cmp(one));
    for (day, meeting) in earlier {
        if found.len() == wanted.len() {
            break;
        }
        let plans = public_plans(shelf, meeting)?;
        for (path, title) in &wanted {
            if let Some(rows) = plans.get(title).filter(|_| !found.contains_key(path)) {
                found.insert(path.clone(), PlanBefore { day, rows: rows.clone() });
            }
        }
    }
    Ok(found)
}

/// Gives a title without what does not set it apart from another.
fn same_title(title: &str) -> String {
    title.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Gives the rows of the public action plans of a meeting's last issue, by title.
fn public_plans(shelf: &Shelf, meeting: &str) -> Result<BTreeMap<String, Vec<RowBefore>>, IssueFailure> {
    let Some(last) = shelf.manifest(meeting)? else { return Ok(BTreeMap::new()) };
    let files = shelf.files(meeting, last.issue)?;
    let models = files.iter().filter(|file| file.path.starts_with(MODELS) && fs::has_ending(&file.path, &["json"]));
    let models = models.filter_map(|file| shelf.json::<Value>(meeting, last.issue, &file.path).ok());
    let plans = models.filter(|model| model["kind"] == "action-plan");
    Ok(plans.map(|model| (same_title(&words(&model["paper"]["title"])), rows(&model["paper"]))).collect())
}

/// Gives the words of rich text.
fn words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Array(parts) => parts.iter().map(words).collect(),
        Value::Object(call) => words(&call["text"]),
        _ => String::new(),
    }
}

fn rows(paper: &Value) -> Vec<RowBefore> {
    let each = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let objectives = each(paper, "themes").into_iter().flat_map(|theme| each(&theme, "objectives"));
    let actions = objectives.flat_map(|objective| each(&objective, "actions"));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let row = |action: Value| {
        let cells = &action["cells"];
        Some(RowBefore {
            label: text(&action["label"]),
            number: text(&action["number"])?,
            text: text(&action["words"])?,
            rating: text(&cells["complete"]).or_else(|| text(&cells["rating"])),
        })
    };
    actions.filter_map(row).collect()
}
