//! The design laid beside the content, for a council to change.

use std::collections::BTreeMap;
use std::path::Path;

use super::NewFailure;
use crate::finding::did_you_mean;
use crate::fs;
use crate::layouts::{BUILT_IN, NEW, SITE};

/// What was laid down: new files, and those that were there.
#[derive(Debug, Default)]
pub(crate) struct Laid {
    pub(crate) written: Vec<String>,
    pub(crate) there: Vec<String>,
}

/// Writes built-in layouts, phrases and templates of new files below `layouts/`: all of them, or those that are named.
/// A file that is there already stays as it is.
pub(crate) fn export(root: &Path, names: &[String]) -> Result<Laid, NewFailure> {
    let all = || BUILT_IN.iter().chain(NEW).chain(SITE);
    if let Some(unknown) = names.iter().find(|name| !all().any(|(known, _)| known == name)) {
        let help = did_you_mean(unknown, all().map(|(known, _)| *known))
            .unwrap_or_else(|| "without names all are written; see then which there are".to_owned());
        return Err(NewFailure::named(format!("no built-in layout is called `{unknown}`"), help));
    }
    let (mut laid, mut files) = (Laid::default(), BTreeMap::new());
    for (name, text) in all().filter(|(known, _)| names.is_empty() || names.iter().any(|name| name == known)) {
        let path = format!("layouts/{name}");
        if fs::is_there(&root.join(&path)) {
            laid.there.push(path);
        } else {
            laid.written.push(path.clone());
            files.insert(path, text.as_bytes().to_vec());
        }
    }
    fs::write_new(root, &files)?;
    Ok(laid)
}
