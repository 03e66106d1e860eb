//! New files for an officer to go on with: a council, a body, an agenda, a paper, minutes.
//!
//! What stands in the sources, and in the archive, is put in; what only the officer knows is marked
//! ([`crate::load::unfilled::MARK`]), found by `check`, and keeps the meeting from being issued. The texts come from
//! templates below `layouts/new/`, which a council can replace. Whatever somebody typed goes in by [`scalar`], so that it is
//! read back as it was. Nothing that is there is overwritten; the one file that is changed is an agenda, to which a new
//! paper is added as lines ([`behind`]).

use std::collections::BTreeMap;
use std::path::Path;

use crate::fs;
use crate::load::{self, Context};

mod behind;
pub(crate) mod council;
mod failure;
pub(crate) mod fill;
mod held;
pub(crate) mod meeting;
pub(crate) mod members;
pub(crate) mod minutes;
pub(crate) mod names;
pub(crate) mod paper;
pub(crate) mod scalar;
pub(crate) mod style;

pub(crate) use failure::NewFailure;

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct New {
    /// New files by path below the workspace.
    pub(crate) files: BTreeMap<String, String>,
    /// A file that gets further lines: its path, its text until now, and the text with them.
    pub(crate) grown: Option<(String, String, String)>,
    /// What the officer should know.
    pub(crate) told: Vec<String>,
}

impl New {
    /// Writes all of it, or nothing: neither where a file is there already, nor where the program could not read what
    /// it would write, as from a council's own template.
    pub(crate) fn write(&self, root: &Path) -> Result<(), NewFailure> {
        if let Some(path) = self.files.keys().find(|path| fs::is_there(&root.join(path))) {
            let help = "go on with that file; or remove it first, if it is not wanted".to_owned();
            return Err(NewFailure::There { path: path.clone(), help });
        }
        let texts = self.files.iter();
        texts
            .chain(self.grown.iter().map(|(path, _, text)| (path, text)))
            .try_for_each(|(path, text)| readable(path, text))?;
        let bytes = self.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        fs::write_new(root, &bytes)?;
        if let Some((path, before, text)) = &self.grown {
            let grown = root.join(path);
            let is_same = fs::read_file(&grown).is_ok_and(|bytes| bytes == before.as_bytes());
            let written = if is_same {
                fs::replace_file(&grown, text.as_bytes()).map_err(NewFailure::from)
            } else {
                Err(NewFailure::unusable(
                    format!("`{path}` changed meanwhile"),
                    "save it, and run the same command again",
                ))
            };
            if let Err(failure) = written {
                for path in self.files.keys() {
                    let _ = fs::remove_file(&root.join(path));
                }
                return Err(failure);
            }
        }
        Ok(())
    }
}

/// Refuses a text that the program could not read again.
fn readable(path: &str, text: &str) -> Result<(), NewFailure> {
    let (log, wanted) = (crate::rules::log(), std::cell::RefCell::default());
    let cx = Context { source: 0, path, text, log: &log, wanted: &wanted };
    if load::yaml::parse(cx).is_some() {
        return Ok(());
    }
    let why = log.sorted().first().map_or_else(String::new, |finding| format!(": {}", finding.message));
    let help = "mend the template below layouts/new/, or remove it to have the built-in one again";
    Err(NewFailure::unusable(format!("what would be written to `{path}` cannot be read{why}"), help))
}
