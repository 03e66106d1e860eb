//! Names of files that the archive cannot take, told while there is time to change them.

use crate::archive;
use crate::finding::{Finding, Log, Place, Sources, rules};

/// Finds names that cannot be kept on every system, and those that not every system keeps apart.
pub(super) fn kept(files: &[&str], sources: &mut Sources, log: &Log) {
    let mut tell = |path: &str, message: String, help: &str| {
        let place = Place { source: sources.add(path.to_owned(), String::new()), ..Place::default() };
        log.add(Finding::new(&rules::NAME_NOT_KEPT, place, message).help(help));
    };
    for path in files {
        if let Some(why) = archive::unsafe_path(path) {
            tell(path, format!("the name cannot be kept: {why}"), "give the file or its folder a short, plain name");
        }
    }
    let mut files = files.to_vec();
    while let Some((old, new)) = archive::clash(files.iter().copied()) {
        let depth = old.matches('/').count();
        let name = |path: &str| path.split('/').nth(depth).unwrap_or_default().to_owned();
        let message = format!("`{}` and `{}` differ only in capital and small letters", name(&old), name(&new));
        tell(&new, message, "give one of the two another name");
        // One finding for all files of a folder.
        let stem: String = new.split('/').take(depth + 1).collect::<Vec<_>>().join("/");
        files.retain(|path| *path != new && !path.starts_with(&format!("{stem}/")));
    }
}
