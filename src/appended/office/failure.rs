//! Why an office file could not be converted, in an officer's words.

use std::io;
use std::path::Path;

use thiserror::Error;

use crate::fs::reason;

/// Why an office file could not be converted; each is a clause about the file or the machine.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OfficeFailure {
    /// No LibreOffice was found.
    #[error("LibreOffice, which converts it to PDF, is not installed")]
    Missing,
    /// The program that was given is not there or cannot be started.
    #[error("LibreOffice, which converts it to PDF, cannot be started as `{program}`: {reason}")]
    NotStarted {
        /// Path as given.
        program: String,
        /// Why not.
        reason: String,
    },
    /// The limit of work passed.
    #[error("LibreOffice had not converted it after {seconds} seconds of work, and was stopped")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// LibreOffice hung: much time passed and little work was done.
    #[error("LibreOffice had not converted it after {minutes} minutes, and was stopped")]
    Hung {
        /// The limit.
        minutes: u64,
    },
    /// The limit of work that somebody set is none.
    #[error("the environment variable `{variable}` is `{said}`, which is no number of seconds")]
    NoSeconds {
        /// Name of the variable.
        variable: &'static str,
        /// What it says.
        said: String,
    },
    /// A page prints where the file was converted.
    #[error("page {page} of it would print the folder in which it was converted")]
    PrintsFolder {
        /// Its number, from 1.
        page: usize,
    },
    /// A part of the file cannot be read, so what it hides cannot be taken out.
    #[error("its part `{part}` cannot be read, so it is not known what it hides")]
    Unreadable {
        /// Path in the file.
        part: String,
    },
    /// LibreOffice ended without a PDF.
    #[error("LibreOffice could not convert it{}", after_colon(.said))]
    Failed {
        /// Last thing that LibreOffice said; may be empty.
        said: String,
    },
    /// LibreOffice gave something that is not a PDF.
    #[error("what LibreOffice made of it is not a PDF")]
    NotPdf,
    /// The PDF has no pages.
    #[error("nothing in it would be printed")]
    NoPages,
    /// The ending is none of an office file.
    #[error("its name does not end as that of an office file")]
    UnknownEnding,
    /// The contents are not what the ending says.
    #[error("its name says that it is {expected}, but it is {found}")]
    NotOffice {
        /// Kind by the ending, with its article.
        expected: &'static str,
        /// What it is, with its article.
        found: &'static str,
        /// How its name should end, where that is known.
        ending: Option<&'static str>,
    },
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file cannot be unpacked.
    #[error("the file is damaged and cannot be unpacked")]
    Damaged,
    /// The file unpacks to more than is reasonable.
    #[error("it unpacks to more than {megabytes} MB")]
    TooLarge {
        /// The limit.
        megabytes: u64,
    },
    /// The file is protected by a password.
    #[error("it is protected by a password")]
    Encrypted,
    /// The disk would not do.
    #[error("cannot {action} `{path}`: {reason}")]
    Disk {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: String,
        /// Why not.
        reason: String,
    },
}

impl OfficeFailure {
    /// Gives what to do about it, in the imperative.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Missing => "install LibreOffice, or export the file as PDF and append that",
            Self::NotStarted { .. } => {
                "correct the environment variable BOARDPACK_SOFFICE, or export the file as PDF and append that"
            }
            Self::TooSlow { .. } => {
                "try again with a larger number in the environment variable BOARDPACK_SOFFICE_SECONDS, or export the \
                 file as PDF in the program it was written with, and append that"
            }
            Self::Hung { .. } => {
                "try again when the machine has less to do, or export the file as PDF in the program it was written \
                 with, and append that"
            }
            Self::NoSeconds { .. } => "remove the variable, or set it to a number such as 300",
            Self::PrintsFolder { .. } => {
                "take the field or formula for the file's path out of it, or export it as PDF and append that"
            }
            Self::Unreadable { .. } => "save the file anew in the program it was written with, or append a PDF of it",
            Self::Failed { .. } | Self::NotPdf => {
                "open the file to see whether it is whole and has no password, then export it as PDF and append that"
            }
            Self::NoPages => "check that the file has contents that are not hidden",
            Self::UnknownEnding => "append a PDF, a picture, or a .docx, .odt, .xlsx, .ods, .pptx or .odp file",
            Self::NotOffice { ending: Some(ending), .. } => return format!("call the file `.{ending}`, which it is"),
            Self::NotOffice { .. } => "rename the file, or save it again in the format that its name says",
            Self::Empty | Self::Damaged => "ask the author for the file again",
            Self::TooLarge { .. } => "ask the author for a smaller file, or for a PDF",
            Self::Encrypted => "ask the author for the file without the password",
            Self::Disk { .. } => "check that you may write there, and that the disk is not full",
        }
        .into()
    }

    pub(super) fn disk(action: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::Disk { action, path: path.display().to_string(), reason: reason(error) }
    }
}

fn after_colon(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": {words}") }
}
