//! Opens a file, or says why it cannot be opened.

use lopdf::encryption::DecryptionError;
use lopdf::xref::XrefRecovery;
use lopdf::{Document, LoadOptions};
use serde::{Deserialize, Serialize};

use super::damage::Way;
use super::{Notes, Subject};

/// Why a file cannot be used, as a clause without its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Not what its name says.
    #[error("is not a PDF file: it begins with {begins}")]
    NotPdf {
        /** The first bytes, shown. */
        begins: String,
    },
    /// Nothing in it.
    #[error("is empty")]
    Empty,
    /// Broken beyond repair.
    #[error("is damaged: {why}")]
    Damaged {
        /** What is broken. */
        why: String,
    },
    /// Needs a password to be read.
    #[error("is locked with a password{}", if *.given { ", and the one given does not open it" } else { "" })]
    Locked {
        /** Whether a password was given. */
        given: bool,
    },
    /// A form in XFA alone.
    #[error("is a form that only Adobe's programs can show: its pages hold nothing but a notice of that")]
    OnlyForAdobe,
    /// Protected in a way that is broken or not known here.
    #[error("is protected against changes in a way that cannot be read here, though it may open elsewhere")]
    Protected,
    /// A page was asked for that it does not have.
    #[error("has no page {page}: its last is page {pages}")]
    NoSuchPage {
        /** Page asked for, from 1. */
        page: u32,
        /** Number of pages. */
        pages: u32,
    },
    /// More pages than can be appended.
    #[error("would give more than {most} pages")]
    TooManyPages {
        /** Most pages that can be appended. */
        most: usize,
    },
    /// The program could not read it for reasons of its own.
    #[error("could not be read: {why}")]
    NotRead {
        /** What the system says. */
        why: String,
    },
    /// Too large in some way.
    #[error("is too large: {why}")]
    TooMuch {
        /** What there is too much of. */
        why: String,
    },
}

impl Refusal {
    /// Says what to do.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::NotPdf { .. } => {
                "see what the file is; give it the ending that says so, or save it as PDF".to_owned()
            }
            Self::Empty => "ask for the file again: it did not come through".to_owned(),
            Self::Damaged { .. } => {
                "open it in the program that made it and save it as PDF again, or ask for another copy".to_owned()
            }
            Self::Locked { .. } => {
                "ask for a copy without a password, or set the environment variable BOARDPACK_PDF_PASSWORD to it"
                    .to_owned()
            }
            Self::Protected => "open it, print it to a new PDF file, and append that".to_owned(),
            Self::OnlyForAdobe => "open it in Adobe Reader, print it to a new PDF file, and append that".to_owned(),
            Self::NoSuchPage { pages: 1, .. } => "leave out `pages:`".to_owned(),
            Self::NoSuchPage { pages, .. } => format!("write pages from 1 to {pages}"),
            Self::TooManyPages { most } => format!("name at most {most} by `pages:`"),
            Self::TooMuch { .. } => {
                "name the pages that matter by `pages:`, or ask for a copy made with “reduce file size”".to_owned()
            }
            Self::NotRead { .. } => "see to what the system says, and try again".to_owned(),
        }
    }
}

/// Opens a PDF; one whose cross-references are broken is mended where that can be done.
pub(super) fn open(bytes: &[u8], password: Option<&str>, notes: &mut Notes) -> Result<(Document, Way), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(Refusal::NotPdf { begins: shown(&bytes[..bytes.len().min(12)]) });
    }
    let options = |password: Option<&str>| LoadOptions {
        password: password.map(str::to_owned),
        max_decompressed_size: Some(crate::pdf::streams::LARGEST),
        ..LoadOptions::default()
    };
    // The empty password comes first: most locked files are only locked against changes.
    let mut opened = Document::load_mem_with_options(bytes, options(None));
    let unreadable = |opened: &Result<Document, lopdf::Error>| match opened {
        Ok(pdf) => pdf.is_encrypted(),
        Err(error) => is_password(error),
    };
    if let Ok(pdf) = &opened
        && pdf.is_encrypted()
        && let Err(error) = pdf.authenticate_password("")
        && !is_password(&error)
    {
        return Err(Refusal::Protected);
    }
    if unreadable(&opened) {
        if password.is_some() {
            opened = Document::load_mem_with_options(bytes, options(password));
        }
        if unreadable(&opened) {
            return Err(Refusal::Locked { given: password.is_some() });
        }
    }
    let mut way = Way::of(bytes);
    let pdf = opened.map_err(|error| reason(&error, way))?;
    match pdf.xref_recovery {
        Some(XrefRecovery::Reconstructed) => {
            way.rebuilt = true;
            notes.file(Subject::Mended, "its internal index was missing or broken, and has been made anew");
        }
        Some(_) => {
            notes.file(Subject::Mended, "its internal index was not where the file says");
        }
        None => {}
    }
    Ok((pdf, way))
}

fn is_password(error: &lopdf::Error) -> bool {
    matches!(error, lopdf::Error::InvalidPassword | lopdf::Error::Decryption(DecryptionError::IncorrectPassword))
}

fn reason(error: &lopdf::Error, way: Way) -> Refusal {
    let why = match error {
        lopdf::Error::Decryption(_) | lopdf::Error::UnsupportedSecurityHandler(_) => {
            return Refusal::Protected;
        }
        lopdf::Error::Decompress(_) => "compressed data in it is broken, or far too large",
        lopdf::Error::ReferenceCycle(_) | lopdf::Error::ReferenceLimit | lopdf::Error::RecursionLimit => {
            "parts of it refer to each other in a circle"
        }
        _ if way.is_doubtful() => "what is left of it cannot be read",
        _ => "its index, or what the index leads to, cannot be read",
    };
    way.refusal(why)
}

fn shown(bytes: &[u8]) -> String {
    format!("“{}”", bytes.escape_ascii())
}
