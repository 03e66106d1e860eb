//! Which files of the workspace count as layouts and fonts, and which findings concern a meeting.

use std::collections::BTreeMap;

use crate::finding::{Finding, Log, Place, did_you_mean, rules};
use crate::fs::has_ending;
use crate::layouts::{BUILT_IN, Layouts};
use crate::model::agenda::{Agenda, PaperUse};
use crate::model::{PaperKind, Workspace};

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

/// Tells whether a finding concerns a meeting: what lies in the folders of bodies does only when
/// it is the meeting's own folder, its body's file, or a paper that it uses.
pub(super) fn concerns(workspace: &Workspace, finding: &Finding, agenda: &Agenda) -> bool {
    let Some(place) = finding.place() else { return true };
    let path = workspace.sources.path(place);
    let Some(below) = path.strip_prefix("content/bodies/") else { return true };
    let mut papers = agenda.papers();
    let body_files = format!("{}/body.", agenda.body);
    let in_folder = below.strip_prefix(&agenda.id).is_some_and(|rest| rest.starts_with('/'));
    let unused_draft = in_folder && path != agenda.path && finding.stops_build() && workspace.papers.contains_key(path);
    // The use of a file may be written alike in another agenda, which is then the one that is shown.
    let concerns_use = |paper: &PaperUse| match workspace.papers.get(&paper.path).map(|paper| &paper.kind) {
        Some(PaperKind::Appended(appended)) => appended.extent.holds(place),
        _ => paper.path == path,
    };
    papers.any(concerns_use) || below.starts_with(&body_files) || (in_folder && !unused_draft)
}
