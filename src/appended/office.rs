//! Office files: turned into PDF by LibreOffice, and looked through for what is unfinished.
//!
//! LibreOffice runs once per file and version of the file, in an empty profile of its own, without
//! macros, links and network, and for a limited time. What it gives is kept in
//! `content/.converted`, so that a pack can be built again with the same bytes, also where there is
//! no LibreOffice. What is hidden in a file is read from the file itself, not from the PDF.

#![allow(clippy::doc_markdown, reason = "LibreOffice and OpenDocument are names of the field, not of code")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use cache::Cache;
use kind::Kind;

mod cache;
mod confirmed;
mod failure;
mod kind;
mod look;
mod package;
mod profile;
mod run;
mod xml;

pub use failure::OfficeFailure;
pub use look::{metadata, remarks, stand_ins};

/// How long LibreOffice may work on one file unless told otherwise.
const TIME_LIMIT: Duration = Duration::from_mins(2);

/// Where converted files are kept and how LibreOffice is found.
#[derive(Debug, Clone)]
pub struct Office {
    program: Option<PathBuf>,
    cache: Cache,
    fonts: PathBuf,
    locale: String,
    limit: Duration,
}

/// A file that was converted.
#[derive(Debug, Clone)]
pub struct Converted {
    /// The PDF as LibreOffice wrote it.
    pub pdf: Vec<u8>,
    /// Whether it was converted by an earlier run.
    pub from_cache: bool,
}

impl Office {
    /// Takes the workspace's folder, and the program to use in place of the `soffice` that is found.
    pub fn new(workspace: &Path, program: Option<PathBuf>) -> Self {
        Self {
            program,
            cache: Cache::below(workspace),
            fonts: workspace.join("fonts"),
            locale: "en-GB".into(),
            limit: TIME_LIMIT,
        }
    }

    /// Sets the language and country by which dates and amounts are written where a file leaves it open.
    #[must_use]
    pub fn locale(mut self, tag: &str) -> Self {
        tag.clone_into(&mut self.locale);
        self
    }

    /// Sets how long LibreOffice may work on one file.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Tells whether a file was converted by an earlier run, so that LibreOffice is not needed for it.
    pub fn is_converted(&self, name: &str, bytes: &[u8]) -> bool {
        Kind::of(name).is_some_and(|kind| self.cache.has(&self.key(kind, bytes)))
    }

    /// Gives the path below the workspace at which the PDF of a file is kept.
    pub fn kept_at(&self, name: &str, bytes: &[u8]) -> Option<String> {
        Kind::of(name).map(|kind| format!("{}/{}.pdf", cache::FOLDER, self.key(kind, bytes)))
    }

    /// Gives the PDF of an office file, converted now or by an earlier run.
    ///
    /// Only the ending of `name` counts; the name itself reaches neither LibreOffice nor the PDF.
    pub fn convert(&self, name: &str, bytes: &[u8]) -> Result<Converted, OfficeFailure> {
        let Some(kind) = Kind::of(name) else { return Err(OfficeFailure::UnknownEnding) };
        let key = self.key(kind, bytes);
        if let Some(pdf) = self.cache.get(&key) {
            return Ok(Converted { pdf, from_cache: true });
        }
        let kind = kind.confirmed(bytes)?;
        let job = run::Job { kind, bytes, locale: &self.locale, fonts: &self.fonts, limit: self.limit };
        let pdf = job.run(&self.programs())?;
        self.cache.put(&key, &pdf)?;
        Ok(Converted { pdf, from_cache: false })
    }

    fn key(&self, kind: Kind, bytes: &[u8]) -> String {
        cache::key(&[profile::VERSION, kind.ending(), &self.locale], bytes)
    }

    fn programs(&self) -> Vec<PathBuf> {
        match &self.program {
            Some(program) => vec![program.clone()],
            None => USUAL_PROGRAMS.iter().map(PathBuf::from).collect(),
        }
    }
}

/// Programs tried in this order; those without a folder are looked for on the path.
const USUAL_PROGRAMS: &[&str] = if cfg!(target_os = "macos") {
    &["soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"]
} else if cfg!(windows) {
    &["soffice.com", "C:\\Program Files\\LibreOffice\\program\\soffice.com"]
} else {
    &["soffice", "libreoffice"]
};

/// Tells whether a file's name ends as those of office files do, in any case.
pub fn is_office(name: &str) -> bool {
    Kind::of(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_known_in_any_case() {
        assert!(is_office("Bericht ü 1.DOCX"));
        assert!(is_office("-x.odp"));
        assert!(!is_office("docx"));
        assert!(!is_office("a.docm"));
        assert!(!is_office("a.docx.pdf"));
    }

    #[test]
    fn keys_differ_by_ending_locale_and_bytes() {
        let office = Office::new(Path::new("w"), None);
        let at = |office: &Office, name, bytes| office.kept_at(name, bytes);
        let first = at(&office, "a.docx", b"x");
        assert_eq!(first, at(&office, "B.DOCX", b"x"));
        assert_ne!(first, at(&office, "a.odt", b"x"));
        assert_ne!(first, at(&office, "a.docx", b"y"));
        assert_ne!(first, at(&office.clone().locale("de-DE"), "a.docx", b"x"));
    }
}
