//! Issues: packs frozen as they were published, and what late changes do to them.

use std::io;

use thiserror::Error;

use crate::archive::ArchiveFailure;
use crate::fs::WriteFailure;
use proof::ProofFailure;

pub(crate) mod again;
pub(crate) mod certificate;
pub mod chain;
pub mod changes;
pub(crate) mod contents;
pub(crate) mod difference;
pub mod document;
pub(crate) mod draft;
pub(crate) mod gate;
pub mod last;
pub(crate) mod letter;
pub mod manifest;
mod marks;
pub(crate) mod numbering;
pub(crate) mod plans;
pub mod prepare;
pub(crate) mod program;
pub(crate) mod promises;
pub mod proof;
pub(crate) mod released;
pub mod sheets;
pub mod shelf;
pub mod time;
pub(crate) mod withhold;

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] =
    &[&withhold::hold::TAKEN_BACK, &withhold::hold::TAKEN_BACK_AGAIN, &promises::VANISHED];

/// Why an issue could not be made.
#[derive(Debug, Error)]
pub enum IssueFailure {
    /// There is no room for a copy of the sources.
    #[error("cannot make a folder for a copy of the sources: {0}")]
    Copy(String),
    /// The copy could not be written.
    #[error(transparent)]
    Write(#[from] WriteFailure),
    /// The agenda cannot be read.
    #[error("the agenda of `{meeting}` cannot be read")]
    NoMeeting {
        /** Id of the meeting. */
        meeting: String,
    },
    /// Page numbers do not settle.
    #[error("the page numbers of `{meeting}` do not settle: each typesetting gives others")]
    Unstable {
        /** Id of the meeting. */
        meeting: String,
    },
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveFailure),
    /// A proof or a key.
    #[error(transparent)]
    Proof(#[from] ProofFailure),
    /// Nothing is signed in an archive whose council signs.
    #[error("the council signs what it publishes, and no key was given to sign this with")]
    NotSigned {
        /** The council's key. */
        key: String,
    },
    /// There is no key that could be changed.
    #[error("the council has no key in this archive that could be changed")]
    NoCouncilKey,
    /// The key is not the council's.
    #[error("the key {other} is not the council's, which is {key}")]
    OtherKey {
        /** The council's key. */
        key: String,
        /** The one that was given. */
        other: String,
    },
    /// Issues are gone that there were at the last write.
    #[error("`{meeting}` had {issue} issues at the last write, and has {there} now")]
    Lost {
        /** Id of the meeting. */
        meeting: String,
        /** How many issues it had. */
        issue: u32,
        /** How many it has. */
        there: u32,
    },
    /// A file of an issue is from another program.
    #[error("`{path}` of issue {number} of `{meeting}` cannot be understood: {why}")]
    NotUnderstood {
        /** Id of the meeting. */
        meeting: String,
        /** Number of the issue. */
        number: u32,
        /** Path of the file. */
        path: String,
        /** What is wrong. */
        why: String,
    },
    /// A file of an issue is from a newer program.
    #[error(
        "`{path}` of issue {number} of `{meeting}` was made by a newer boardpack (schema {found}; this one knows {known})"
    )]
    Newer {
        /** Id of the meeting. */
        meeting: String,
        /** Number of the issue. */
        number: u32,
        /** Path of the file. */
        path: String,
        /** Version of its schema. */
        found: u64,
        /** The newest version that this program knows. */
        known: u32,
    },
    /// The time is before that of the last issue.
    #[error(
        "{} {now}, but issue {issue} was made on {issued}",
        if *.is_given { "the time that was given is" } else { "the clock of this machine says" }
    )]
    SetBack {
        /** The time. */
        now: String,
        /** Whether it was given rather than taken from the clock. */
        is_given: bool,
        /** Number of the last issue. */
        issue: u32,
        /** When it was made. */
        issued: String,
        /** Whether that time was given. */
        was_given: bool,
    },
    /// A supplement without a late paper.
    #[error("there is no late paper in `{meeting}`: all of its papers are in the last issue")]
    NothingLate {
        /** Id of the meeting. */
        meeting: String,
    },
    /// A supplement beside which another paper has changed.
    #[error("a supplement carries late papers only, but “{title}” has changed since the last issue")]
    AlsoChanged {
        /** Title of the paper. */
        title: String,
    },
}

impl IssueFailure {
    pub(crate) fn copy(error: &io::Error) -> Self {
        Self::Copy(crate::fs::reason(error))
    }

    /// Says what to do.
    pub(crate) fn help(&self) -> String {
        let help = match self {
            Self::Archive(failure) => return failure.help(),
            Self::Newer { .. } => "use the version of boardpack that made the issue; this one would read it wrongly",
            Self::Proof(failure) => failure.help(),
            Self::NotSigned { key } => {
                return format!("add `--sign FILE` with the private key that belongs to {key}");
            }
            Self::NoCouncilKey => "sign an issue with `--sign FILE`: the first one publishes the key",
            Self::OtherKey { .. } => {
                "sign with the council's key, or change it first with `boardpack archive key NEW --replace OLD`"
            }
            Self::Lost { .. } => "restore the archive from a backup; no number is given twice",
            Self::NotUnderstood { .. } => "use the version of boardpack that made the issue, or a newer one",
            Self::Copy(_) | Self::Write(_) => {
                "make room on the disk for temporary files, or set TMPDIR to another folder"
            }
            Self::NoMeeting { .. } => "run `boardpack check` and mend what it shows",
            Self::Unstable { .. } => "issue it with `--numbering renumber`, and report the fault",
            Self::SetBack { is_given: true, .. } => "give a time after that of the last issue",
            Self::SetBack { was_given: true, .. } => {
                "the time of that issue was given, and is still to come: wait for it, or give a later one for this issue too"
            }
            Self::SetBack { .. } => "set the clock right, then try again",
            Self::NothingLate { .. } => "name the late paper under its item in the agenda, then try again",
            Self::AlsoChanged { .. } => "issue the whole pack instead of a supplement, or undo the change",
        };
        help.to_owned()
    }
}
