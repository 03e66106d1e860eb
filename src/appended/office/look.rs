//! Looks through office files for what their authors did not mean to publish, or will not find in the pack.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::kind::{Build, Family};
use super::package::Package;
use super::xml::{Met, within};
use crate::appended::{Remark, Subject};

pub(crate) mod cells;
mod odf;
pub(crate) mod sheets;
mod slides;
pub(crate) mod tally;
mod words;

use tally::{Notes, Tally, quoted, several};

/// Gives what an officer must know of an office file, sorted.
pub(crate) fn remarks(source: &Source) -> Vec<Remark> {
    let mut notes = Notes::default();
    if let Some(mut package) = Package::open(&source.bytes) {
        let kind = source.kind;
        if kind.build() == Build::Odf {
            odf::look(&mut package, kind.family(), source.origin, &mut notes);
            cells::outside(&mut package, kind.family(), None, &mut notes);
        } else if let Some(main) = package.main_part() {
            cells::outside(&mut package, kind.family(), Some(&main), &mut notes);
            match kind.family() {
                Family::Text => words::look(&mut package, &main, &mut notes),
                Family::Sheets => sheets::look(&mut package, &main, &mut notes),
                Family::Slides => slides::look(&mut package, &main, &mut notes),
            }
        }
        look_at_parts(&package.names(), &mut notes);
        if let Some(first) = package.unread.first() {
            let parts = several(package.unread.len(), "part", "parts");
            notes.say(
                Subject::Unfinished,
                format!("{parts} of it cannot be read, so what is hidden there is not known: {}", quoted(first)),
            );
        }
    }
    notes.remarks()
}

/// Endings of films and sounds.
const PLAYED: &[&str] = &["mp4", "m4v", "mov", "avi", "wmv", "mpg", "webm", "mp3", "wav", "m4a", "wma", "ogg"];

/// Notes macros and films by the names of the parts.
fn look_at_parts(names: &[String], notes: &mut Notes) {
    let macros =
        |name: &&String| name.ends_with("vbaProject.bin") || name.starts_with("Basic/") || name.starts_with("Scripts/");
    if names.iter().any(|name| macros(&name)) {
        notes.say(Subject::Dropped, "it has macros, which are left out".into());
    }
    let played = |name: &&String| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let folder = name.contains("/media/") || name.starts_with("Media/");
        folder && PLAYED.iter().any(|known| known.eq_ignore_ascii_case(ending))
    };
    let new = names.iter().filter(|name| name.contains("/charts/chartEx") || name.contains("/extendedCharts/")).count();
    if new > 0 {
        let charts = several(new, "chart", "charts");
        let message =
            format!("it has {charts} of a new kind (such as a map or a waterfall), which LibreOffice cannot draw");
        notes.say(Subject::Lost, message);
    }
    let count = names.iter().filter(played).count();
    if count > 0 {
        let films = several(count, "film or sound", "films or sounds");
        notes.say(Subject::Dropped, format!("it has {films}, of which only the still picture is printed"));
    }
}

/// Gives title, author and the like of an office file, which are not carried into the pack.
pub(crate) fn metadata(source: &Source) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Some(mut package) = Package::open(&source.bytes) else { return found };
    let parts: &[&str] =
        if source.kind.build() == Build::Odf { &["meta.xml"] } else { &["docProps/core.xml", "docProps/app.xml"] };
    for part in parts {
        package.walk(part, |open, met| {
            if let (Some(tag), Met::Text(text)) = (open.last(), met)
                && let Some((_, name)) = METADATA.iter().find(|(known, _)| *known == tag.name)
                && !text.trim().is_empty()
            {
                let entry = found.entry((*name).to_owned()).or_insert_with(String::new);
                entry.extend(text.chars().take(LONGEST_ENTRY));
            }
        });
    }
    found
}

/// How many characters are taken of each text of the metadata.
const LONGEST_ENTRY: usize = 500;

/// Tags of metadata and what they are called here.
const METADATA: &[(&str, &str)] = &[
    ("title", "title"),
    ("subject", "subject"),
    ("description", "description"),
    ("keywords", "keywords"),
    ("keyword", "keywords"),
    ("category", "category"),
    ("initial-creator", "first author"),
    ("creator", "author"),
    ("lastModifiedBy", "last changed by"),
    ("Manager", "manager"),
    ("Company", "company"),
    ("Application", "program"),
    ("generator", "program"),
];

/// Gives the fonts of the PDF for which an office file did not ask: LibreOffice took them in place of
/// fonts that are not installed, or for characters that the file's fonts do not have.
///
/// Takes the names of the PDF's fonts with or without the subset's prefix.
pub(crate) fn stand_ins(source: &Source, pdf_fonts: &[String]) -> Option<String> {
    let wanted = fonts(source)?;
    let plain = |name: &str| {
        let name = name.split_once('+').map_or(name, |(_, name)| name);
        name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let asked: Vec<String> = wanted.iter().map(|name| plain(name)).collect();
    let foreign = |font: &&String| {
        let font = plain(font);
        font != "opensymbol" && !asked.iter().any(|wanted| !wanted.is_empty() && font.starts_with(wanted.as_str()))
    };
    let used: BTreeSet<String> = pdf_fonts.iter().filter(foreign).map(|font| family_of(font)).collect();
    let present: Vec<String> = pdf_fonts.iter().map(|font| plain(font)).collect();
    let is_there = |name: &str| present.iter().any(|font| font.starts_with(&plain(name)));
    // A font of the same widths breaks lines and pages where the author saw them.
    let stood_for = |name: &String| twin_of(name).is_some_and(is_there);
    let stands_well = |used: &String| wanted.iter().any(|name| twin_of(name).map(plain) == Some(plain(used)));
    let used: BTreeSet<String> = used.into_iter().filter(|used| !stands_well(used)).collect();
    let missing: Vec<&String> = wanted.iter().filter(|name| !is_there(name) && !stood_for(name)).collect();
    if used.is_empty() || missing.is_empty() {
        return None;
    }
    let list = |names: Vec<&String>| names.into_iter().take(4).map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let twins: BTreeSet<&str> = missing.iter().filter_map(|name| twin_of(name)).collect();
    let twins = match twins.into_iter().map(quoted).collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => none,
        twins => format!(" (as wide, and free, are {twins})"),
    };
    Some(format!(
        "it is set in {}, as fonts that it asks for are not installed; among them may be {}{twins}",
        list(used.iter().collect()),
        list(missing)
    ))
}

/// Gives the free font whose letters are as wide as those of a font of Microsoft's or Apple's.
fn twin_of(name: &str) -> Option<&'static str> {
    const TWINS: &[(&str, &str)] = &[
        ("Calibri", "Carlito"),
        ("Cambria", "Caladea"),
        ("Arial", "Liberation Sans"),
        ("Helvetica", "Liberation Sans"),
        ("Times New Roman", "Liberation Serif"),
        ("Courier New", "Liberation Mono"),
    ];
    TWINS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, twin)| *twin)
}

fn family_of(font: &str) -> String {
    let name = font.split_once('+').map_or(font, |(_, name)| name);
    name.split(['-', ',']).next().unwrap_or(name).to_owned()
}

/// Gives the fonts that are named anywhere in a file; none when it cannot be looked into.
fn fonts(source: &Source) -> Option<BTreeSet<String>> {
    let mut package = Package::open(&source.bytes)?;
    let mut found = BTreeSet::new();
    for part in package.names() {
        let counts = match source.kind.build() {
            Build::Odf => matches!(part.as_str(), "content.xml" | "styles.xml"),
            _ => {
                part.rsplit_once('.').is_some_and(|(_, ending)| ending == "xml")
                    && !part.starts_with("docProps/")
                    && !part.starts_with("customXml/")
            }
        };
        if !counts {
            continue;
        }
        package.walk(&part, |open, met| {
            let Some(tag) = open.last().filter(|_| met == Met::Open) else { return };
            let names: &[&str] = match tag.name.as_str() {
                "rFonts" => &["ascii", "hAnsi", "cs", "eastAsia"],
                "latin" | "ea" | "cs" | "sym" | "buFont" => &["typeface"],
                "rFont" | "name" if within(open, "font") || tag.name == "rFont" => &["val"],
                "font-face" => &["font-family"],
                _ => &[],
            };
            for name in names.iter().filter_map(|name| tag.get(name)) {
                let name = name.trim_matches(['\'', '"', ' ']);
                if !name.is_empty() && !name.starts_with('+') {
                    found.insert(name.to_owned());
                }
            }
        });
    }
    Some(found)
}
