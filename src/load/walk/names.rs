//! Names of files and meetings that the archive cannot take, told while there is time to change them.

use std::collections::BTreeSet;

use crate::archive;
use crate::finding::{Finding, Log, Place, Sources};
use crate::model::Agenda;

/// Folder of the archive that sources are kept in: their paths are so much longer there.
const KEPT_IN: &str = "sources/";

crate::finding::rule! {
    /// What is issued is kept in an archive that can be read on every system. Some names cannot be kept there: those
    /// with signs such as `:` or `?`, with more than 200 letters, such as `nul` or `con`, which Windows keeps for
    /// itself, and two names in one folder that differ only in capital and small letters.
    NAME_NOT_KEPT = "F0008", Files, Error, issue, guarded, "a name that cannot be kept";
}

/// Finds names that cannot be kept on every system, and those that not every system keeps apart.
pub(crate) fn of_files(files: &[&str], sources: &mut Sources, log: &Log) {
    let mut tell = |path: &str, message: String, help: &str| {
        let place = Place { source: sources.add(path.to_owned(), String::new()), ..Place::default() };
        log.add(Finding::new(&NAME_NOT_KEPT, place, message).help(help));
    };
    // One finding for all files of a folder.
    let mut told = BTreeSet::new();
    for path in files {
        let why = match unsafe_part(path) {
            Some((part, why)) => told.insert(part).then_some(why),
            None => archive::unsafe_path(&format!("{KEPT_IN}{path}")),
        };
        if let Some(why) = why {
            tell(path, format!("the name cannot be kept: {why}"), "give the file or its folder a short, plain name");
        }
    }
    let mut files = files.to_vec();
    while let Some((old, new)) = archive::clash(files.iter().copied()) {
        let depth = old.matches('/').count();
        let name = |path: &str| path.split('/').nth(depth).unwrap_or_default().to_owned();
        let message = format!("`{}` and `{}` differ only in capital and small letters", name(&old), name(&new));
        tell(&new, message, "give one of the two another name");
        let stem: String = new.split('/').take(depth + 1).collect::<Vec<_>>().join("/");
        files.retain(|path| *path != new && !path.starts_with(&format!("{stem}/")));
    }
}

/// Gives the first file or folder on a path whose name cannot be kept, and why not.
fn unsafe_part(path: &str) -> Option<(&str, String)> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.map(|end| &path[..end])
        .find_map(|part| Some((part, archive::unsafe_path(part.rsplit('/').next().unwrap_or(part))?)))
}

/// Finds meetings that cannot be kept under their ids, where the name of no single folder is at fault.
pub(super) fn of_meetings<'a>(meetings: impl Iterator<Item = &'a Agenda>, log: &Log) {
    for agenda in meetings.filter(|agenda| unsafe_part(&agenda.path).is_none()) {
        if let Some(why) = archive::unsafe_meeting(&agenda.id) {
            let message = format!("the meeting `{}` cannot be kept under its name: {why}", agenda.id);
            let help = "rename the folder of the body or of the meeting with plain letters, digits and `-`";
            log.add(Finding::new(&NAME_NOT_KEPT, agenda.place, message).help(help));
        }
    }
}
