//! Which files of the workspace count as layouts and fonts, and which findings concern a meeting.

use std::collections::BTreeMap;

use crate::appended::Reader;
use crate::finding::{Finding, Log, Place, Sources, did_you_mean};
use crate::fonts::{self, faults::faults};
use crate::fs::has_ending;
use crate::layouts::{self, BUILT_IN, Layouts};
use crate::model::agenda::{Agenda, PaperUse};
use crate::model::{Bearing, Paper, PaperKind, Workspace};

pub(super) fn is_layout(path: &str) -> bool {
    // Templates of new files and of the web site have no part in a pack.
    has_ending(path, &["typ", "jinja", "yaml", "svg", "png", "jpg"])
        && !layouts::is_of_new(path)
        && !layouts::is_of_site(path)
}

pub(super) fn is_font(path: &str) -> bool {
    has_ending(path, &["ttf", "otf", "ttc"])
}

/// Leaves out fonts of the workspace that are built in anyway.
pub(super) fn beyond_built_in(mut fonts: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    fonts.retain(|_, bytes| fonts::BUILT_IN.iter().all(|(_, built_in)| built_in != bytes));
    fonts
}

crate::finding::rule! {
    /// A file of fonts/ is no font, is cut short, or is damaged so that reading it takes more memory or time than any
    /// font needs. What it was meant for would be set in another font without a word, so nothing is built. Copy the
    /// font again from where it came, or take it out of fonts/ to have the built-in fonts.
    FONT_REFUSED = "F0009", Files, Error, guarded, "a font that cannot be used";
}

/// Leaves out fonts that cannot be used, and tells of them.
pub(super) fn usable(
    mut fonts: BTreeMap<String, Vec<u8>>,
    reader: &Reader,
    sources: &mut Sources,
    log: &Log,
) -> BTreeMap<String, Vec<u8>> {
    for (path, fault) in faults(&fonts, reader.program()) {
        fonts.remove(&path);
        let finding = Finding::new(&FONT_REFUSED, at(&path, sources), format!("`{path}` cannot be used: {fault}"));
        log.add(finding.help("copy the font again from where it came, or take it out of fonts/"));
    }
    fonts
}

crate::finding::rule! {
    /// Fonts are used from .ttf, .otf and .ttc files. Those for web pages (.woff, .woff2) and of older systems are
    /// not read, so what they are meant for is set in another font.
    FONT_UNUSED = "F0010", Files, Warning, guarded, "a font of a kind that is not used";
}

/// Warns of fonts of kinds that are not used.
pub(super) fn unused_fonts(paths: &[String], sources: &mut Sources, log: &Log) {
    for path in paths.iter().filter(|path| has_ending(path, &["woff", "woff2", "eot", "otc", "dfont", "pfb", "pfa"])) {
        let finding = Finding::new(&FONT_UNUSED, at(path, sources), format!("`{path}` is not used as a font"));
        log.add(finding.help("get the same font as a .ttf or .otf file, or take this one out of fonts/"));
    }
}

fn at(path: &str, sources: &mut Sources) -> Place {
    Place { source: sources.add(path.to_owned(), String::new()), start: 0, end: 0 }
}

crate::finding::rule! {
    /// No built-in layout has this name, so the file is only used when another layout imports it.
    LAYOUT_UNKNOWN = "L0002", Layouts, Warning, pages, "a layout that replaces nothing";
}

/// Warns of layout files that replace none.
pub(super) fn unknown_layouts(layouts: &Layouts, log: &Log) {
    for (name, source) in layouts.own() {
        if has_ending(name, &["typ", "jinja"]) && !Layouts::is_built_in(name) {
            let help = did_you_mean(name, BUILT_IN.iter().map(|(name, _)| *name))
                .unwrap_or_else(|| "fine if another layout imports it".into());
            let place = Place { source: *source, start: 0, end: 0 };
            let message = format!("no built-in layout is called `{name}`");
            log.add(Finding::new(&LAYOUT_UNKNOWN, place, message).help(help));
        }
    }
}

/// Tells whether a finding concerns a meeting: what lies in the folders of bodies does only when
/// it is the meeting's own folder, its body's file, or a paper that it uses.
pub(super) fn concerns(workspace: &Workspace, finding: &Finding, agenda: &Agenda) -> bool {
    let Some(place) = finding.place() else { return true };
    let path = workspace.sources.path(place);
    match workspace.bearings.get(&place.source) {
        Some(Bearing::Everything) => return true,
        Some(Bearing::Body(id))
            if *id == agenda.body || finding.is_cause() && takes_papers_of(workspace, agenda, id) =>
        {
            return true;
        }
        _ => {}
    }
    let unused_draft = in_folder(path, &agenda.id)
        && path != agenda.path
        && (finding.stops_build() || finding.rule.is_firm)
        && workspace.papers.contains_key(path);
    // The use of a file may be written alike in another agenda, which is then the one that is shown.
    let shown_there = |paper: &PaperUse| match workspace.papers.get(&paper.path).map(|paper| &paper.kind) {
        Some(PaperKind::Appended(appended)) => appended.extent.holds(place),
        _ => paper.path == path,
    };
    agenda.papers().any(shown_there) || (holds(workspace, path, agenda) && !unused_draft)
}

/// Tells whether a file is one of a meeting's: of all meetings, in its folder, its body's file, or a paper that it
/// uses.
pub(super) fn holds(workspace: &Workspace, path: &str, agenda: &Agenda) -> bool {
    let Some(below) = path.strip_prefix("content/bodies/") else { return true };
    let of_body = below.starts_with(&format!("{}/body.", agenda.body));
    let uses = |paper: &PaperUse| paper.path == path && workspace.papers.get(path).is_none_or(is_source);
    of_body || in_folder(path, &agenda.id) || agenda.papers().any(uses)
}

/// Tells whether a finding concerns a meeting of which no agenda could be read.
pub(super) fn concerns_unread(workspace: &Workspace, finding: &Finding, id: &str) -> bool {
    let Some(place) = finding.place() else { return true };
    let path = workspace.sources.path(place);
    let body = id.split('/').next().unwrap_or(id);
    match workspace.bearings.get(&place.source) {
        Some(Bearing::Everything) => true,
        Some(Bearing::Body(of)) => of == body,
        _ => !path.starts_with("content/bodies/") || in_folder(path, id),
    }
}

/// Tells whether papers of a body are behind items of a meeting.
fn takes_papers_of(workspace: &Workspace, agenda: &Agenda, body: &str) -> bool {
    let mut papers = agenda.papers().filter_map(|paper| workspace.papers.get(&paper.path));
    papers.any(|paper| paper.body.as_deref() == Some(body))
}

fn in_folder(path: &str, id: &str) -> bool {
    let below = path.strip_prefix("content/bodies/").and_then(|below| below.strip_prefix(id));
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_source(paper: &Paper) -> bool {
    !matches!(paper.kind, PaperKind::Appended(_))
}
