//! Reads foreign PDFs and drawings in processes of their own, with bounds on memory and time.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::drawing::{self, Drawn, Printed};
use super::sanitize::{self, Refusal};
use super::{Content, Facts, Order, PageSize, Received, Subject, conformance, visibility, weight};
use crate::bounded::{self, Bounds, GIGABYTE, Stopped};
use crate::fs;
use crate::fs::cache::{Cache, Shelf};
use crate::pdf::fingerprint;
use crate::pictures::{self, Kind, Unusable};

/// Name of the hidden verb that the process is started with.
pub(crate) const VERB: &str = "read-appended-file";

/// Environment variable with the password of locked files.
pub(crate) const PASSWORD: &str = "BOARDPACK_PDF_PASSWORD";

/// Seconds that reading a file may take; more for large ones.
const SECONDS: u64 = 60;

/// Bytes of memory that reading a file may take, besides some times its size.
const MEMORY: u64 = 3 * GIGABYTE;

/// How many times its size.
const MEMORY_TIMES: u64 = 8;

/// Drawings as they were read, by the hash of their bytes and where they are printed.
type Drawings = HashMap<(String, Printed), Result<Drawn, Unusable>>;

/// Reads foreign PDFs and drawings.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    program: Option<PathBuf>,
    /// Drawings that were read before.
    drawings: Arc<Mutex<Drawings>>,
    /// Files that were read before.
    cache: Option<Cache>,
}

#[derive(Serialize, Deserialize)]
enum Answer {
    Clean { faces: Vec<PageSize>, facts: Box<Facts>, words: Vec<String>, prints: Vec<String>, tags: Option<String> },
    Refused(Refusal),
}

impl Reader {
    /// Reads in processes of this program, which must know [`VERB`].
    pub fn of(program: PathBuf) -> Self {
        Self { program: Some(program), ..Self::default() }
    }

    /// Gives the program, whose hidden verbs do work in processes with bounds.
    pub(crate) fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    /// Takes up what was read before.
    #[must_use]
    pub(super) fn with_cache(self, cache: &Cache) -> Self {
        Self { cache: Some(cache.clone()), ..self }
    }

    /// Reads a PDF, unless it was read before. (Without a program, in this process: for those who use the library.)
    pub fn read(&self, bytes: &[u8], order: &Order) -> Result<Received, Refusal> {
        // What was read with a password is not for those who do not have it.
        let cache = self.cache.as_ref().filter(|_| password().is_none());
        let pages = serde_json::to_vec(order).unwrap_or_default();
        let kept = cache.map(|cache| (cache, cache.key(Shelf::File, [bytes, &pages])));
        if let Some((answer, pdf)) = kept.as_ref().and_then(|(cache, key)| cache.get(key)) {
            return received(answer, pdf);
        }
        let (answer, pdf) = match &self.program {
            Some(program) => apart(program, bytes, order)?,
            None => here(bytes, order),
        };
        if let (Some((cache, key)), Answer::Clean { .. }) = (kept, &answer) {
            cache.put(&key, &answer, &pdf);
        }
        received(answer, pdf)
    }

    /// Prepares a picture file for print, and gives what is hidden in each of its pages.
    pub(crate) fn pictures(&self, path: &str, bytes: &[u8], printed: Printed) -> Result<Vec<Drawn>, Unusable> {
        match pictures::kind(path, bytes)? {
            Kind::Svg => Ok(vec![self.drawing(bytes, printed)?]),
            kind => {
                let pages = pictures::prepare(kind, bytes)?.into_iter();
                Ok(pages.map(|picture| Drawn { picture, remarks: Vec::new() }).collect())
            }
        }
    }

    fn drawing(&self, bytes: &[u8], printed: Printed) -> Result<Drawn, Unusable> {
        let key = (fs::sha256(bytes), printed);
        let known = self.drawings.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let drawn = match &self.program {
                Some(program) => drawing::apart(program, bytes, printed),
                None => drawing::read(bytes, printed),
            };
            self.drawings.lock().unwrap_or_else(PoisonError::into_inner).insert(key, drawn.clone());
            drawn
        })
    }
}

fn received(answer: Answer, pdf: Vec<u8>) -> Result<Received, Refusal> {
    match answer {
        Answer::Clean { faces, facts, words, prints, tags } => {
            Ok(Received { faces, content: Content::Pdf(pdf), facts: *facts, words, prints, tags })
        }
        Answer::Refused(refusal) => Err(refusal),
    }
}

/// Gives the password of locked files.
#[expect(
    clippy::disallowed_methods,
    reason = "a password is handed to the reading process by its surroundings, where no list of processes shows it"
)]
fn password() -> Option<String> {
    std::env::var(PASSWORD).ok().filter(|password| !password.is_empty())
}

/// Reads a file in this process.
fn here(bytes: &[u8], order: &Order) -> (Answer, Vec<u8>) {
    let read = bounded::on_large_stack(|| read(bytes, order, password().as_deref()));
    read.unwrap_or_else(|| (Answer::Refused(unreadable()), Vec::new()))
}

fn unreadable() -> Refusal {
    Refusal::Damaged { why: "it is built so oddly that it cannot be read safely".to_owned() }
}

fn read(bytes: &[u8], order: &Order, password: Option<&str>) -> (Answer, Vec<u8>) {
    let refused = |refusal| (Answer::Refused(refusal), Vec::new());
    let mut clean = match sanitize::sanitize(bytes, order, password) {
        Ok(clean) => clean,
        Err(refusal) => return refused(refusal),
    };
    if let Some(page) = weight::too_heavy(&clean.pdf, &clean.pages) {
        let why = format!("page {page} repeats its drawings more often than any program can show");
        return refused(Refusal::TooMuch { why });
    }
    let checked = conformance::check(&clean.pdf, &clean.pages);
    let looked = visibility::examine(&clean.pdf, &clean.pages);
    clean.facts.fonts = checked.fonts;
    clean.facts.remarks.extend(checked.remarks.into_iter().chain(looked.remarks));
    // Bookmarks of a spreadsheet are the names of its sheets, which no page need say.
    if clean.facts.metadata.get("Creator").is_some_and(|creator| creator == "Calc") {
        clean.facts.remarks.retain(|remark| remark.subject != Subject::Unsaid);
    }
    clean.facts.remarks.sort();
    clean.facts.remarks.dedup();
    let mut pdf = Vec::with_capacity(bytes.len());
    if let Err(error) = clean.pdf.save_to(&mut pdf) {
        return refused(Refusal::Damaged { why: error.to_string() });
    }
    let (prints, tags) = fingerprint::of(&pdf).unwrap_or_default();
    (Answer::Clean { faces: clean.faces, facts: Box::new(clean.facts), words: looked.words, prints, tags }, pdf)
}

/// Answers an order: what the process of [`VERB`] does.
pub(crate) fn serve() -> io::Result<()> {
    bounded::serve(|order: Order, bytes| here(&bytes, &order))
}

/// Reads a file in a process of its own.
fn apart(program: &Path, bytes: &[u8], order: &Order) -> Result<(Answer, Vec<u8>), Refusal> {
    let size = bytes.len() as u64;
    let bounds = Bounds { memory: MEMORY + MEMORY_TIMES * size, seconds: SECONDS + size / (2 * 1024 * 1024) };
    bounded::ask(program, VERB, bounds, order, &[bytes]).map_err(|stopped| match stopped {
        Stopped::NotStarted(error) => Refusal::NotRead { why: error.to_string() },
        Stopped::Silent => unreadable(),
        Stopped::Memory(_) => Refusal::TooMuch { why: format!("reading it takes {stopped}, or it is nested too deep") },
        stopped => Refusal::TooMuch { why: format!("reading it takes {stopped}") },
    })
}
