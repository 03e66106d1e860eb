//! The design: Typst functions, templates and fixed words, built in and overridden file by file.

use std::collections::BTreeMap;

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../layouts/", $name)))),*]
    };
}

/// Built-in files of `layouts/`.
pub static BUILT_IN: &[(&str, &str)] = built_in![
    "action-plan.typ",
    "action-plan.typ.jinja",
    "briefing-note.typ",
    "briefing-note.typ.jinja",
    "front-sheet.typ",
    "front-sheet.typ.jinja",
    "main.typ.jinja",
    "minutes.typ",
    "minutes.typ.jinja",
    "pack-info.typ.jinja",
    "pack.typ",
    "paper.typ",
    "paper.typ.jinja",
    "parts.typ",
    "patterns.typ",
    "phrases.yaml",
    "placeholder.typ",
    "placeholder.typ.jinja",
    "ratings.typ",
    "references.typ.jinja",
    "report.typ",
    "report.typ.jinja",
    "text.typ",
    "theme.typ",
    "work-programme.typ",
    "work-programme.typ.jinja",
];

/// Layout files by name, those of the workspace in the place of built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Layouts {
    files: BTreeMap<String, Vec<u8>>,
    own: Vec<String>,
}

impl Layouts {
    /// Gives the built-in layouts with a workspace's files, by path such as `layouts/pack.typ`.
    pub fn with(own: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut files: BTreeMap<String, Vec<u8>> =
            BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        let mut names = Vec::new();
        for (path, bytes) in own {
            let name = path.strip_prefix("layouts/").unwrap_or(path).to_owned();
            names.push(name.clone());
            files.insert(name, bytes.clone());
        }
        Self { files, own: names }
    }

    /// Gives a file's bytes.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Gives a file as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.get(name)?).ok()
    }

    /// Gives all files by name.
    pub fn all(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Gives the names of the workspace's own files.
    pub fn own(&self) -> &[String] {
        &self.own
    }

    /// Tells whether a name is that of a built-in file.
    pub fn is_built_in(name: &str) -> bool {
        BUILT_IN.iter().any(|(built_in, _)| *built_in == name)
    }
}

pub mod phrases;

pub use phrases::Phrases;
