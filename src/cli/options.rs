//! Options that several verbs have.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, Here, files, time};
use crate::issue::manifest::Choice;
use crate::issue::proof::signing::PrivateKey;
use crate::issue::shelf::Shelf;

/// Reads words of an officer: a line with something on it.
pub(super) fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err("write some words, on one line".to_owned());
    }
    Ok(text.to_owned())
}

/// How findings are shown, and which count.
#[derive(Args)]
pub(super) struct Findings {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Show every finding with its lines, also where a rule has more than five
    #[arg(long)]
    pub(super) full: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

impl Findings {
    /// Shows all of them with the lines of the sources.
    pub(super) const HUMAN: Self = Self { format: Format::Human, full: true, deny_warnings: false };

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines of the sources
    Human,
    /// One line each
    Concise,
    /// A JSON document
    Json,
    /// Annotations for GitHub's checks
    Github,
}

/// Where the archive is.
#[derive(Args)]
pub(super) struct ArchiveFolder {
    /// Folder of the archive
    #[arg(long, global = true, value_name = "FOLDER", default_value = "archive")]
    archive: PathBuf,
}

impl ArchiveFolder {
    pub(super) fn of(&self, workspace: &Path) -> Here {
        Here::at(workspace, &self.archive)
    }
}

/// An issue of a meeting.
#[derive(Args)]
pub(super) struct OneIssue {
    /// The meeting, such as scrutiny/2026-09-16
    #[arg(value_name = "MEETING", value_parser = super::select::meeting)]
    pub(super) meeting: String,
    /// Number of the issue; the last one when none is named
    #[arg(long, value_name = "NUMBER")]
    pub(super) issue: Option<u32>,
}

impl OneIssue {
    /// Gives the number of the issue, which must be there.
    pub(super) fn number(&self, shelf: &Shelf) -> Result<u32, CliError> {
        Ok(shelf.number(&self.meeting, self.issue)?)
    }
}

/// Where the outputs lie.
#[derive(Args)]
pub(super) struct Outputs {
    /// Folder for the outputs
    #[arg(short, long, value_name = "FOLDER", default_value = "out")]
    out: PathBuf,
}

impl Outputs {
    pub(super) fn folder(&self, here: &Here) -> PathBuf {
        here.below(&self.out)
    }

    /// Gives the folder as it was named.
    pub(super) fn named(&self) -> &Path {
        &self.out
    }
}

/// What signs a record.
#[derive(Args)]
pub(super) struct Signature {
    /// Sign with the private key in this file (see `boardpack archive key`)
    #[arg(long, value_name = "FILE")]
    pub(super) sign: Option<PathBuf>,
}

impl Signature {
    /// Gives the key, which must be the council's: where the council signs, there must be one.
    pub(super) fn key(&self, shelf: &Shelf) -> Result<Option<PrivateKey>, CliError> {
        let key = self.sign.as_deref().map(files::read_key).transpose()?;
        shelf.may_sign(key.as_ref())?;
        Ok(key)
    }
}

/// Whose doing a record is, how it is signed, and which time it bears.
#[derive(Args)]
pub(super) struct Doing {
    /// Name of whoever does it, for the council's own archive
    #[arg(long, value_name = "NAME", default_value = "Governance Services", value_parser = words)]
    pub(super) by: String,
    #[command(flatten)]
    pub(super) signature: Signature,
    #[command(flatten)]
    pub(super) time: time::GivenTime,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Numbers {
    /// Pages that did not change keep their numbers; late ones are 10A and so on
    Keep,
    /// Pages are numbered from 1 again
    Renumber,
}

impl From<Numbers> for Choice {
    fn from(numbers: Numbers) -> Self {
        match numbers {
            Numbers::Keep => Self::Keep,
            Numbers::Renumber => Self::Renumber,
        }
    }
}
