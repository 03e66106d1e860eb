//! Makes an issue again from what is kept of it, and compares.

use std::collections::{BTreeMap, BTreeSet};

use super::IssueFailure;
use super::contents::{self, Kept};
use super::manifest::{Manifest, Program};
use super::prepare::{Made, Workshop};
use super::proof::Proof;
use super::proof::signing::random;
use super::shelf::Shelf;
use super::withhold;
use crate::finding::{Log, Sources};
use crate::record::Record;

/// What came of making an issue again.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The same program gives the same bytes.
    SameBytes {
        /** How many files the issue has besides its sources. */
        files: usize,
    },
    /// Another program gives the same pages, numbers and text.
    SameText {
        /** Name and version of the program that made the issue. */
        program: String,
    },
    /// Some files of the same program are not the same.
    OtherBytes {
        /** Which, and how. */
        what: Vec<String>,
        /** How many files the issue has besides its sources. */
        files: usize,
    },
    /// Pages, numbers or text are not the same.
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
    pub(crate) fn is_good(&self) -> bool {
        matches!(self, Self::SameBytes { .. } | Self::SameText { .. })
    }
}

/// Makes an issue again from its own inputs, and compares it with what was issued: every file byte by byte if this is
/// the program that made it, else by pages, numbers and text.
pub(crate) fn rebuild(
    shelf: &Shelf,
    meeting: &str,
    number: u32,
    workshop: &Workshop,
    log: &Log,
) -> Result<Verdict, IssueFailure> {
    let number = shelf.number(meeting, Some(number))?;
    let manifest = shelf.manifest_of(meeting, number)?;
    let mut inputs = shelf.inputs(meeting, number)?;
    if manifest.program == Program::this() {
        let last = if number > 1 { Some(shelf.issue(meeting, number - 1)?) } else { None };
        // Its changes were told without what had been taken back by then.
        let mut records = shelf.taken_back()?;
        records.retain(|kept| kept.record.when <= manifest.issued);
        let last = last.map(|last| withhold::redacted(last, &records));
        let (sources, made) = workshop.remake(&inputs, &manifest, last.as_ref(), log)?;
        return made.map_or(Ok(Verdict::NotMade { sources }), |made| compared(shelf, &manifest, &made, &inputs));
    }
    // Another program may have other layouts and fonts: those of the time are kept.
    for (path, bytes) in shelf.program(&manifest.program)? {
        inputs.entry(path).or_insert(bytes);
    }
    let (sources, output) = workshop.again(&inputs, &manifest, log)?;
    let Some(output) = output else { return Ok(Verdict::NotMade { sources }) };
    let mut what = Vec::new();
    for (path, made) in [(contents::PUBLIC, Some(&output.public)), (contents::WHOLE, output.private.as_ref())] {
        let kept: Record = shelf.json(meeting, number, path)?;
        if let Some(made) = made {
            what.extend(differences(&kept, made));
        }
    }
    let program = manifest.program.version;
    Ok(if what.is_empty() { Verdict::SameText { program } } else { Verdict::Differs { what } })
}

/// Compares every file of an issue with what was made again.
fn compared(
    shelf: &Shelf,
    manifest: &Manifest,
    made: &Made,
    inputs: &BTreeMap<String, Vec<u8>>,
) -> Result<Verdict, IssueFailure> {
    let (meeting, number) = (manifest.meeting.as_str(), manifest.issue);
    // What was found cannot be found again in a copy of one meeting's sources; the proof has its hash.
    let findings = shelf.file(meeting, number, contents::FINDINGS)?;
    let fresh = Kept { made, inputs, findings, previous: [None, None], tombstone: None, random };
    let (files, proofs) = fresh.files()?;
    let is_made = |path: &str| !path.starts_with(contents::SOURCES);
    let kept = shelf.files(meeting, number)?.into_iter().map(|file| file.path).filter(|path| is_made(path));
    let mut paths: BTreeSet<String> = kept.collect();
    paths.extend(files.keys().filter(|path| is_made(path)).cloned());
    let mut what = Vec::new();
    for path in &paths {
        let there = shelf.file(meeting, number, path).ok();
        // Of a proof the random numbers and what it follows cannot be made again.
        let proof = contents::PROOFS.iter().position(|proof| proof == path).map(|at| &proofs[at]);
        let differs = match (there, proof, files.get(path)) {
            (None, ..) => "is not in the issue",
            (Some(_), None, None) => "is not made from its sources",
            (Some(there), Some(proof), _) if !Proof::read(&there).is_ok_and(|there| there.proves_as(proof)) => {
                "names other files"
            }
            (Some(there), None, Some(bytes)) if there != *bytes => "has other bytes",
            _ => continue,
        };
        what.push(format!("{path} {differs}"));
    }
    let files = paths.len();
    Ok(if what.is_empty() { Verdict::SameBytes { files } } else { Verdict::OtherBytes { what, files } })
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
