//! Receives the appended files of a pack: reads each, takes its pages in, and says what was found.

use std::collections::BTreeMap;
use std::path::Path;

use super::workers::side_by_side;
use crate::appended::office::OfficeFailure;
use crate::appended::{Order, ReceiveFailure, Received, Receiver, Refusal};
use crate::check;
use crate::compose::{Document, Pack, Role};
use crate::finding::{Finding, Log, Place, Rule};
use crate::fs;
use crate::fs::TOO_MUCH;
use crate::model::{Appended, PaperKind};
use crate::progress::Progress;

/// How many bytes a file may have.
const LARGEST: u64 = 512 * 1024 * 1024;

/// The appended files of a pack.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// What was received, by the key of its paper.
    pub(super) received: BTreeMap<String, Received>,
    /// SHA-256 of each file as it lies on the disk, by its path.
    pub(super) hashes: BTreeMap<String, String>,
}

/// One appended paper of a pack.
struct Use<'a> {
    /// Key of the paper.
    key: &'a str,
    /// What is appended.
    appended: &'a Appended,
    /// Where the agenda names it.
    place: Place,
    /// Whether only the private pack has it.
    withheld: bool,
}

/// A document of a pack that was received.
pub(super) struct InPack<'a> {
    /// What is appended: title, description and pages wanted.
    pub(super) appended: &'a Appended,
    /// The file as it goes into the pack.
    pub(super) received: &'a Received,
    /// Where the agenda names it.
    pub(super) place: Place,
}

impl Files {
    /// Gives the appended documents of a pack by document id.
    pub(super) fn in_pack<'a>(&'a self, pack: &'a Pack) -> BTreeMap<String, InPack<'a>> {
        let one = |document: &Document| {
            let Use { key, appended, place, .. } = use_(pack, document)?;
            Some((document.id.clone(), InPack { appended, received: self.received.get(key)?, place }))
        };
        pack.documents.iter().filter_map(one).collect()
    }
}

/// Gives what a document appends, if it does.
fn use_<'a>(pack: &'a Pack, document: &Document) -> Option<Use<'a>> {
    let Role::Paper(key) = &document.role else { return None };
    let paper = pack.workspace.papers.get(key)?;
    let PaperKind::Appended(appended) = &paper.kind else { return None };
    Some(Use { key: &paper.path, appended, place: document.place, withheld: document.withheld.is_some() })
}

/// Reads the appended files of a pack and takes in the pages that are wanted of them. Gives nothing
/// when one of them cannot be used, which is then in the log.
pub(super) fn files(
    receiver: &Receiver,
    root: &Path,
    pack: &Pack,
    log: &Log,
    progress: &dyn Progress,
) -> Option<Files> {
    let uses: BTreeMap<&str, Use> =
        pack.documents.iter().filter_map(|document| use_(pack, document)).map(|use_| (use_.key, use_)).collect();
    let uses: Vec<Use> = uses.into_values().collect();
    let received = side_by_side(&uses, |use_| {
        progress.step(&format!("{}: {}", pack.agenda.id, use_.appended.name()));
        match one(receiver, root, use_.appended) {
            Ok((received, hash)) => {
                check::appended::remarks(use_.appended, &received.facts, use_.place, use_.withheld, log);
                check::appended::pages::words(use_.appended, numbered(&received), use_.place, true, log);
                Some((received, hash))
            }
            Err(refused) => {
                let place = if refused.of_pages { use_.appended.pages_place } else { use_.place };
                log.add(Finding::new(refused.rule, place, refused.message).help(refused.help));
                None
            }
        }
    })?;
    let mut files = Files::default();
    for (use_, (received, hash)) in uses.iter().zip(received) {
        files.received.insert(use_.key.to_owned(), received);
        files.hashes.insert(use_.appended.file.clone(), hash);
    }
    Some(files)
}

/// Gives the words of each page with its number in the file.
pub(super) fn numbered(received: &Received) -> impl Iterator<Item = (u32, &str)> {
    received.faces.iter().zip(&received.words).map(|(face, words)| (face.number, words.as_str()))
}

/// Why a file cannot be appended.
pub(super) struct Refused {
    pub(super) rule: &'static Rule,
    pub(super) message: String,
    pub(super) help: String,
    /// Whether it is `pages:` that is at fault rather than the file.
    of_pages: bool,
}

impl Refused {
    fn new(rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, message: message.into(), help: help.into(), of_pages: false }
    }
}

pub(super) fn one(receiver: &Receiver, root: &Path, appended: &Appended) -> Result<(Received, String), Refused> {
    let bytes = fs::read_at_most(root, &appended.file, LARGEST)
        .map_err(|problem| Refused::new(problem.rule, problem.message, problem.help))?;
    let pages = appended.pages.iter().map(|span| (span.first, span.last)).collect();
    let received = receiver.receive(appended.name(), &bytes, &Order { pages });
    let received = received.map_err(|failure| refused(appended.name(), &failure))?;
    Ok((received, fs::sha256(&bytes)))
}

crate::finding::rule! {
    /// The file is not what its ending says, is cut short or damaged beyond mending, or has no pages. Open it
    /// in the program that it was made with and save it as PDF again, or ask its author for another copy.
    UNUSABLE_FILE = "A0001", Appended, Error, pages, guarded, "a file that cannot be appended";
}

crate::finding::rule! {
    /// The file can only be opened with a password. Set the environment variable BOARDPACK_PDF_PASSWORD to it
    /// before you build, or ask for a file without protection. A password must not be written into a source.
    LOCKED_FILE = "A0002", Appended, Error, pages, guarded, "a file that is locked by a password";
}

crate::finding::rule! {
    /// `pages:` names a page beyond the last of the file. Pages are counted from 1 as they lie in the file,
    /// whatever numbers are printed on them.
    NO_SUCH_PAGE = "A0004", Appended, Error, pages, guarded, "a page that the file does not have";
}

crate::finding::rule! {
    /// Office documents are made into PDF by LibreOffice, which was not found. Install it, or save the document
    /// as PDF yourself and append that.
    NO_OFFICE = "A0020", Appended, Error, pages, guarded, "the office program is not there";
}

crate::finding::rule! {
    /// LibreOffice could not open the document, or took too long, or a page would print the folder in which it was
    /// converted. Save it as PDF in the program that it was written with, and append that. How many seconds
    /// LibreOffice may work for one document is set by the environment variable BOARDPACK_SOFFICE_SECONDS.
    NOT_CONVERTED = "A0021", Appended, Error, pages, guarded, "an office document that could not be made into PDF";
}

fn refused(name: &str, failure: &ReceiveFailure) -> Refused {
    let rule = match failure {
        ReceiveFailure::Office(OfficeFailure::Missing | OfficeFailure::NotStarted { .. }) => &NO_OFFICE,
        ReceiveFailure::Office(OfficeFailure::Encrypted) => &LOCKED_FILE,
        ReceiveFailure::Office(_) => &NOT_CONVERTED,
        ReceiveFailure::Picture(_) => &UNUSABLE_FILE,
        ReceiveFailure::Pdf(refusal) => match refusal {
            Refusal::Locked { .. } => &LOCKED_FILE,
            Refusal::NoSuchPage { .. } => &NO_SUCH_PAGE,
            Refusal::TooManyPages { .. } | Refusal::TooMuch { .. } => &TOO_MUCH,
            _ => &UNUSABLE_FILE,
        },
    };
    let of_pages = matches!(failure, ReceiveFailure::Pdf(Refusal::NoSuchPage { .. }));
    // What is said of a PDF goes on from its name; the others are clauses of their own.
    let message = match failure {
        ReceiveFailure::Pdf(refusal) => format!("`{name}` {refusal}"),
        failure => format!("`{name}`: {failure}"),
    };
    Refused { of_pages, ..Refused::new(rule, message, failure.help()) }
}
