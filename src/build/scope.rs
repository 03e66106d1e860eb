//! Which files of the workspace count as layouts and fonts, and which findings concern a meeting.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Log, Place, did_you_mean, rules};
use crate::fs::has_ending;
use crate::layouts::{BUILT_IN, Layouts};
use crate::model::Workspace;
use crate::model::agenda::Agenda;

pub(super) fn is_layout(path: &str) -> bool {
    has_ending(path, &["typ", "jinja", "yaml", "svg", "png", "jpg"])
}

pub(super) fn is_font(path: &str) -> bool {
    has_ending(path, &["ttf", "otf", "ttc"])
}

/// Leaves out fonts of the workspace that are built in anyway.
pub(super) fn beyond_built_in(fonts: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    fonts
        .into_iter()
        .filter(|(path, _)| !path.starts_with("fonts/source-sans-pro/") && !path.starts_with("fonts/noto-sans/"))
        .collect()
}

/// Warns of layout files that replace none.
pub(super) fn unknown_layouts(layouts: &Layouts, log: &Log) {
    for (name, source) in layouts.own() {
        if has_ending(name, &["typ", "jinja"]) && !Layouts::is_built_in(name) {
            let help = did_you_mean(name, BUILT_IN.iter().map(|(name, _)| *name))
                .unwrap_or_else(|| "fine if another layout imports it".into());
            let place = Place { source: *source, start: 0, end: 0 };
            let message = format!("no built-in layout is called `{name}`");
            log.add(Finding::new(&rules::LAYOUT_UNKNOWN, place, message).help(help));
        }
    }
}

/// Tells whether a finding concerns a meeting: everything does but what lies in the folders of
/// other meetings and is not used by this one.
pub(super) fn concerns(workspace: &Workspace, finding: &Finding, agenda: &Agenda) -> bool {
    let Some(place) = finding.place() else { return true };
    let path = workspace.sources.path(place);
    let used: BTreeSet<&str> =
        agenda.items().flat_map(|(item, _)| item.all_papers()).map(|paper| paper.path.as_str()).collect();
    if used.contains(path) || path == agenda.path {
        return true;
    }
    !workspace.papers.contains_key(path) && !workspace.meetings.values().any(|other| other.path == path)
}
