//! Why something new was not written.

use thiserror::Error;

use crate::fs::WriteFailure;
use crate::issue::IssueFailure;

/// Why something new was not written; nothing was.
#[derive(Debug, Error)]
pub(crate) enum NewFailure {
    /// The command line names what cannot be.
    #[error("{what}")]
    Named {
        /** What is wrong. */
        what: String,
        /** What to do. */
        help: String,
    },
    /// A file is there already.
    #[error("`{path}` is there already, and nothing is ever overwritten")]
    There {
        /** Path below the workspace. */
        path: String,
        /** What to do. */
        help: String,
    },
    /// Something that was given, or one of the council's own templates, cannot be used.
    #[error("{what}")]
    Unusable {
        /** What is wrong. */
        what: String,
        /** What to do. */
        help: String,
    },
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteFailure),
    /// The archive could not be read.
    #[error(transparent)]
    Archive(#[from] IssueFailure),
}

impl NewFailure {
    pub(crate) fn named(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Named { what: what.into(), help: help.into() }
    }

    pub(crate) fn unusable(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Unusable { what: what.into(), help: help.into() }
    }

    /// Says what to do.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Named { help, .. } | Self::There { help, .. } | Self::Unusable { help, .. } => help.clone(),
            Self::Write(_) => "see that you may write into the folder, and run the same command again".to_owned(),
            Self::Archive(failure) => failure.help(),
        }
    }
}
