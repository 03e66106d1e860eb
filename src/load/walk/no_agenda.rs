//! Folders of meetings that have no agenda, or none that could be read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::bearing::is_agenda;
use super::paths;
use crate::finding::{Finding, Log, Place};
use crate::fs::has_ending;
use crate::model::{Agenda, Bearing, PaperKind, Workspace};

/// Ways in which people write a day as the name of a folder.
const DAYS: [&str; 12] = [
    "%Y-%m-%d",
    "%d %B %Y",
    "%d-%B-%Y",
    "%A %d %B %Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d_%m_%Y",
    "%d %m %Y",
    "%Y.%m.%d",
    "%Y_%m_%d",
    "%Y %m %d",
    "%Y%m%d",
];

/// Gives the day that the name of a folder means, however it is written.
pub fn day_of(name: &str) -> Option<NaiveDate> {
    let first = name.get(..10).and_then(|first| NaiveDate::parse_from_str(first, "%Y-%m-%d").ok());
    first.or_else(|| DAYS.iter().find_map(|format| NaiveDate::parse_from_str(name.trim(), format).ok()))
}

crate::finding::rule! {
    /// A folder that is named by a day is the folder of a meeting, and papers lie in it, but no file of
    /// `kind: agenda` that could be read. Without its agenda nothing can be built, checked or published of the
    /// meeting. Look whether the file has another name, such as agenda.yaml.txt, or lies in another folder.
    NO_AGENDA = "F0007", Files, Error, guarded, "the folder of a meeting without an agenda";
}

/// Writes down the meetings of which no agenda could be read, and finds those that have none though papers lie there.
pub(super) fn meetings(workspace: &mut Workspace, files: &[&str], log: &Log) {
    let used: BTreeSet<String> =
        workspace.meetings.values().flat_map(Agenda::papers).map(|paper| paper.file().to_owned()).collect();
    let mut folders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in files {
        if let Some(id) = paths::meeting_of(path).filter(|id| !workspace.meetings.contains_key(id)) {
            folders.entry(id).or_default().push(path);
        }
    }
    unread(workspace, log);
    folders.retain(|id, _| !workspace.unread_meetings.contains_key(id));
    for (id, files) in folders {
        let name = id.rsplit('/').next().unwrap_or_default();
        let nearly = files.iter().find(|path| is_agenda(path) && !has_ending(path, &["pdf", "docx", "doc", "odt"]));
        let waits = |path: &&&str| !used.contains(**path) && !is_minutes(workspace, path) && !has_ending(path, &["md"]);
        if nearly.is_none() && (day_of(name).is_none() || !files.iter().any(|path| waits(&path))) {
            continue;
        }
        let path = nearly.map_or_else(|| format!("content/bodies/{id}/agenda.yaml"), |path| (*path).to_owned());
        let other_kind = workspace.papers.get(&path).map(|paper| paper.place);
        let place = other_kind.unwrap_or_else(|| Place {
            source: workspace.sources.add(path.clone(), String::new()),
            ..Place::default()
        });
        let help = match (nearly, other_kind) {
            (_, Some(_)) => "if this is the agenda, write `kind: agenda`".to_owned(),
            (Some(path), _) => {
                format!("if `{}` is the agenda, rename it to agenda.yaml", path.rsplit('/').next().unwrap_or(path))
            }
            _ => format!("write {path} with `kind: agenda`, or move the papers to the meeting that they are for"),
        };
        log.add(Finding::new(&NO_AGENDA, place, "the folder of the meeting has no agenda").help(help));
        workspace.bearings.insert(place.source, Bearing::Meeting(id.clone()));
        workspace.unread_meetings.insert(id, place);
    }
}

/// Writes down the meetings whose agenda is there and could not be read, with the place of what is wrong.
fn unread(workspace: &mut Workspace, log: &Log) {
    if workspace.unread.is_empty() {
        return;
    }
    let known = |id: &str| workspace.meetings.contains_key(id);
    let mut unread: BTreeMap<String, Place> = BTreeMap::new();
    for cause in log.sorted().iter().filter(|finding| finding.is_cause()) {
        let Some(place) = cause.place() else { continue };
        let path = workspace.sources.path(place);
        let id = match workspace.bearings.get(&place.source) {
            Some(Bearing::Meeting(id)) => id.clone(),
            // It does not say what it is, so it may be the agenda that is missed.
            Some(Bearing::Paper) if !super::bearing::says_kind(&workspace.sources, place.source) => {
                paths::meeting_of(path).unwrap_or_default()
            }
            _ => continue,
        };
        let of_meeting = is_agenda(path) || id.rsplit('/').next().is_some_and(|name| day_of(name).is_some());
        if workspace.unread.contains(path) && of_meeting && !known(&id) {
            unread.entry(id).or_insert(place);
        }
    }
    workspace.unread_meetings = unread;
}

/// Tells whether a file holds minutes, which wait for the next meeting.
fn is_minutes(workspace: &Workspace, path: &str) -> bool {
    match workspace.papers.get(path) {
        Some(paper) => matches!(paper.kind, PaperKind::Minutes(_)),
        None => path.rsplit('/').next().is_some_and(|name| name.to_ascii_lowercase().starts_with("minutes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_by_days_in_many_ways() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 2);
        for name in
            ["2027-03-02", "2027-03-02 late", "2 March 2027", "02.03.2027", "2-3-2027", "20270302", "2 Mar 2027"]
        {
            assert_eq!(day_of(name), day, "{name}");
        }
        for name in ["drafts", "Budget 2027", "2027", "03", "2027-13-02"] {
            assert_eq!(day_of(name), None, "{name}");
        }
    }
}
