//! Office files: turned into PDF by LibreOffice, and looked through for what is unfinished.
//!
//! A file of an old format is first written anew by LibreOffice as OpenDocument, so that it can be looked
//! into. Then the file is prepared: what is hidden goes, fields for the day and the machine keep what they
//! showed. LibreOffice makes the PDF of that, once per file and version of the file, in an empty profile of
//! its own, without macros, links and network, and for a limited time. What it gives is kept in
//! `content/.converted`, so that a pack can be built again with the same bytes, also where there is
//! no LibreOffice. What is hidden in a file is read from the file itself, not from the PDF.

#![allow(clippy::doc_markdown, reason = "LibreOffice and OpenDocument are names of the field, not of code")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use cache::{Cache, Made};
use kind::{Build, Kind, is_rtf};
use prepare::Origin;

mod cache;
mod confirmed;
mod failure;
mod hiding;
mod kind;
mod look;
mod package;
mod prepare;
mod profile;
mod run;
mod said;
mod xml;

pub(crate) use failure::OfficeFailure;
pub(crate) use look::{metadata, remarks, stand_ins};
pub(crate) use said::{cut_off, lost};

/// Environment variable with the seconds of work that LibreOffice may take for one file.
pub(crate) const SECONDS: &str = "BOARDPACK_SOFFICE_SECONDS";

/// Seconds of work that LibreOffice may take for one file unless told otherwise.
const USUAL_SECONDS: u64 = 120;

/// Where converted files are kept and how LibreOffice is found.
#[derive(Debug, Clone)]
pub struct Office {
    program: Option<PathBuf>,
    cache: Cache,
    fonts: PathBuf,
    locale: String,
    seconds: Option<String>,
}

/// A file that was converted.
#[derive(Debug, Clone)]
pub(crate) struct Converted {
    /// The PDF as LibreOffice wrote it.
    pub(crate) pdf: Vec<u8>,
    /// The file in a format that can be looked into.
    pub(crate) source: Source,
}

/// An office file in a format that can be looked into.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    kind: Kind,
    bytes: Vec<u8>,
    origin: Origin,
}

impl Office {
    /// Takes the workspace's folder, and the program to use in place of the `soffice` that is found.
    pub fn new(workspace: &Path, program: Option<PathBuf>) -> Self {
        Self {
            program,
            cache: Cache::below(workspace),
            fonts: workspace.join("fonts"),
            locale: "en-GB".into(),
            seconds: None,
        }
    }

    /// Sets the seconds of work that LibreOffice may take for one file, as somebody wrote them.
    #[must_use]
    pub(crate) fn seconds(mut self, seconds: Option<String>) -> Self {
        self.seconds = seconds.filter(|seconds| !seconds.is_empty());
        self
    }

    /// Gives the path below the workspace at which the PDF of a file is kept.
    pub fn kept_at(&self, name: &str, bytes: &[u8]) -> Option<String> {
        Kind::of(name).map(|kind| format!("{}/{}.pdf", cache::FOLDER, self.key(kind, bytes)))
    }

    /// Gives the PDF of an office file, converted now or by an earlier run.
    ///
    /// Only the ending of `name` counts; the name itself reaches neither LibreOffice nor the PDF.
    pub(crate) fn convert(&self, name: &str, bytes: &[u8]) -> Result<Converted, OfficeFailure> {
        let Some(kind) = Kind::of(name) else { return Err(OfficeFailure::UnknownEnding) };
        let key = self.key(kind, bytes);
        let real = if is_rtf(bytes) { Kind::Rtf } else { kind };
        if let Some(pdf) = self.cache.get(&key, Made::Pdf)
            && let Some(source) = self.kept_source(real, &key, bytes)
        {
            return Ok(Converted { pdf, source });
        }
        let kind = kind.confirmed(bytes)?;
        let source = match self.kept_source(kind, &key, bytes) {
            Some(source) => source,
            None => {
                let rewritten = self.run(kind, bytes, Some(kind.readable()))?;
                self.cache.put(&key, Made::Readable(kind.readable()), &rewritten)?;
                Source { kind: kind.readable(), bytes: rewritten, origin: Origin::Rewritten }
            }
        };
        let prepared = prepare::prepared(source.kind, &source.bytes, source.origin)?;
        let pdf = self.run(source.kind, &prepared, None)?;
        self.cache.put(&key, Made::Pdf, &pdf)?;
        Ok(Converted { pdf, source })
    }

    /// Gives the file in a format that can be looked into, where it is in one or was written in one.
    fn kept_source(&self, kind: Kind, key: &str, bytes: &[u8]) -> Option<Source> {
        if matches!(kind.build(), Build::Ooxml | Build::Odf) {
            return Some(Source { kind, bytes: bytes.to_vec(), origin: Origin::Author });
        }
        let bytes = self.cache.get(key, Made::Readable(kind.readable()))?;
        Some(Source { kind: kind.readable(), bytes, origin: Origin::Rewritten })
    }

    fn run(&self, kind: Kind, bytes: &[u8], to: Option<Kind>) -> Result<Vec<u8>, OfficeFailure> {
        let seconds = match &self.seconds {
            Some(said) => said
                .parse()
                .ok()
                .filter(|seconds| *seconds > 0)
                .ok_or_else(|| OfficeFailure::NoSeconds { variable: SECONDS, said: said.clone() })?,
            None => USUAL_SECONDS,
        };
        let limit = Duration::from_secs(seconds);
        run::Job { kind, bytes, to, locale: &self.locale, fonts: &self.fonts, limit }.run(&self.programs())
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

/// Gives why a file cannot be used if one of its pages, counted from 1, prints the folder of the conversion.
pub(crate) fn printed_folder(words: &[String]) -> Option<OfficeFailure> {
    let prints = |text: &String| {
        let text: String = text.chars().filter(|char| !char.is_whitespace()).collect();
        text.contains(crate::fs::OFFICE_RUN)
    };
    words.iter().position(prints).map(|index| OfficeFailure::PrintsFolder { page: index + 1 })
}

/// Tells whether a file's name ends as those of spreadsheets do.
pub(crate) fn is_spreadsheet(name: &str) -> bool {
    Kind::of(name).is_some_and(|kind| kind.family() == kind::Family::Sheets)
}

/// Gives why a file cannot be used if its name says that it is a PDF, and it is an office file.
pub(crate) fn called_pdf(bytes: &[u8]) -> Option<OfficeFailure> {
    let kind = Kind::of_bytes(bytes)?;
    Some(OfficeFailure::NotOffice { expected: "a PDF", found: kind.described(), ending: Some(kind.ending()) })
}

/// Tells whether a file's name ends as those of office files do, in any case.
pub(crate) fn is_office(name: &str) -> bool {
    Kind::of(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_conversion_is_on_no_page() {
        let words = |text: &str| ["Budget".to_owned(), text.to_owned()];
        let found = printed_folder(&words("file:///tmp/boardpack-\noffice-8igAWG/document.xlsx"));
        assert!(matches!(found, Some(OfficeFailure::PrintsFolder { page: 2 })));
        assert!(printed_folder(&words("boardpack, office")).is_none());
    }

    #[test]
    fn endings_are_known_in_any_case() {
        assert!(is_office("Bericht ü 1.DOCX"));
        assert!(is_office("-x.odp"));
        assert!(!is_office("docx"));
        assert!(is_office("a.docm") && is_office("A.XLTX"));
        assert!(!is_office("a.xlsb"));
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
        assert_ne!(first, at(&Office { locale: "de-DE".into(), ..office.clone() }, "a.docx", b"x"));
    }
}
