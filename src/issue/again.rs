//! Makes an issue again from what is kept of it, and compares.

use std::collections::BTreeMap;

use super::IssueFailure;
use super::manifest::Program;
use super::prepare::Workshop;
use super::shelf::Shelf;
use crate::finding::{Log, Sources};
use crate::record::Record;

/// What came of making an issue again.
#[derive(Debug)]
pub enum Verdict {
    /// The same program gives the same bytes.
    SameBytes {
        /** Number of files compared. */
        files: usize,
    },
    /// Another program gives the same pages, numbers and text.
    SameText {
        /** Name and version of the program that made the issue. */
        program: String,
    },
    /// Something is not the same.
    Differs {
        /** What, in words. */
        what: Vec<String>,
    },
    /// It could not be made; why is in the log.
    NotMade {
        /** Texts in which the findings have their places. */
        sources: Sources,
    },
}

impl Verdict {
    /// Tells whether the issue is what its sources give.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::SameBytes { .. } | Self::SameText { .. })
    }
}

/// Makes an issue again from its own inputs, and compares it with what was issued: byte by byte if
/// this is the program that made it, else by pages, numbers and text.
pub fn rebuild(
    shelf: &Shelf,
    meeting: &str,
    number: u32,
    workshop: &Workshop,
    log: &Log,
) -> Result<Verdict, IssueFailure> {
    let number = shelf.number(meeting, Some(number))?;
    let manifest = shelf.manifest_of(meeting, number)?;
    let mut inputs = shelf.inputs(meeting, number)?;
    let same_program = manifest.program == Program::this();
    if !same_program {
        // Another program may have other layouts and fonts: those of the time are kept.
        for (path, bytes) in shelf.program(&manifest.program)? {
            inputs.entry(path).or_insert(bytes);
        }
    }
    let (sources, output) = workshop.again(&inputs, &manifest, log)?;
    let Some(output) = output else { return Ok(Verdict::NotMade { sources }) };
    if same_program {
        return Ok(same_bytes(shelf, meeting, number, &output.files));
    }
    let mut what = Vec::new();
    let records = [(super::contents::PUBLIC, Some(&output.public)), (super::contents::WHOLE, output.private.as_ref())];
    for (path, made) in records {
        let kept: Record = shelf.json(meeting, number, path)?;
        if let Some(made) = made {
            what.extend(differences(&kept, made));
        }
    }
    let program = manifest.program.version;
    Ok(if what.is_empty() { Verdict::SameText { program } } else { Verdict::Differs { what } })
}

fn same_bytes(shelf: &Shelf, meeting: &str, number: u32, files: &BTreeMap<String, Vec<u8>>) -> Verdict {
    let mut what = Vec::new();
    for (path, bytes) in files {
        match shelf.file(meeting, number, path) {
            Ok(kept) if kept == *bytes => {}
            Ok(_) => what.push(format!("{path} has other bytes")),
            Err(_) => what.push(format!("{path} is not in the issue")),
        }
    }
    if what.is_empty() { Verdict::SameBytes { files: files.len() } } else { Verdict::Differs { what } }
}

/// Gives in words what of pages, numbers and text is not the same.
fn differences(kept: &Record, made: &Record) -> Vec<String> {
    let mut what = Vec::new();
    for document in &kept.documents {
        let Some(other) = made.document(&document.key) else {
            what.push(format!("“{}” is missing", document.title));
            continue;
        };
        let numbers = |document: &crate::record::Document| -> Vec<String> {
            document.pages.iter().map(|page| page.number.clone()).collect()
        };
        let words = |document: &crate::record::Document| -> Vec<String> {
            document.pages.iter().flat_map(|page| page.text.split_whitespace()).map(str::to_owned).collect()
        };
        if numbers(document) != numbers(other) {
            what.push(format!("“{}” has other pages", document.title));
        } else if words(document) != words(other) {
            what.push(format!("“{}” has other words", document.title));
        }
    }
    what
}
