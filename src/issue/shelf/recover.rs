//! What a cut-off run has left in the archive: told to whoever reads it, finished for whoever writes.

use std::collections::BTreeMap;

use super::{PROGRAMS, Shelf};
use crate::archive::{Archive, Finished, Side, Tombstone};
use crate::issue::IssueFailure;
use crate::issue::contents;
use crate::issue::proof::Proof;

/// What somebody should know of an archive, and what to do about it.
#[derive(Debug)]
pub(crate) struct Warning {
    /// What is so.
    pub(crate) what: String,
    /// What to do, in the imperative.
    pub(crate) help: String,
}

impl Shelf {
    /// Finishes what a run that was cut off has begun, and gives that in words.
    pub(crate) fn recover(&self) -> Result<Vec<String>, IssueFailure> {
        if self.archive()?.is_none() {
            return Ok(Vec::new());
        }
        Ok(words(Archive::write(&self.folder)?.finished()))
    }

    /// Gives what is unfinished in the archive, or lost.
    pub(crate) fn warnings(&self) -> Vec<Warning> {
        let Ok(Some(archive)) = self.archive() else { return Vec::new() };
        let unfinished = Warning {
            what: "a run that wrote into the archive was cut off".to_owned(),
            help: "run that command again, or `boardpack archive repair`: either finishes it".to_owned(),
        };
        let unfinished = archive.is_unfinished().unwrap_or_default().then_some(unfinished);
        unfinished.into_iter().chain(self.lost()).collect()
    }

    /// Makes sure that the archive has lost no issue of a meeting.
    pub(crate) fn keeps(&self, meeting: &str) -> Result<(), IssueFailure> {
        Ok(self.archive()?.map_or(Ok(()), |archive| archive.keeps(meeting))?)
    }

    /// Gives the meetings that the archive has lost issues of.
    pub(crate) fn lost(&self) -> Vec<Warning> {
        let Ok(Some(archive)) = self.archive() else { return Vec::new() };
        let lost = archive.lost().unwrap_or_default().into_iter();
        lost.map(|failure| Warning { what: failure.to_string(), help: failure.help() }).collect()
    }

    /// Reads the packs of an issue with all that was written beside them, by path.
    pub(crate) fn packs(&self, meeting: &str, number: u32) -> Result<BTreeMap<String, Vec<u8>>, IssueFailure> {
        let mut files = self.read_below(meeting, number, "")?;
        let gone = self.holes(meeting, number)?;
        files.retain(|path, _| contents::is_beside_packs(path) && !gone.contains(path));
        Ok(files)
    }

    /// Tells whether an issue has a signed proof.
    pub(crate) fn is_signed(&self, meeting: &str, number: u32) -> Result<bool, IssueFailure> {
        Ok(Proof::read(&self.file(meeting, number, contents::PROOFS[0])?)?.key().is_some())
    }

    /// Gives what is kept of a meeting that was removed.
    pub(crate) fn tombstone(&self, meeting: &str) -> Result<Option<Tombstone>, IssueFailure> {
        let Some(archive) = self.archive()? else { return Ok(None) };
        Ok(archive.tombstones(Side::Whole)?.into_iter().find(|stone| stone.meeting == meeting))
    }
}

fn words(finished: &[Finished]) -> Vec<String> {
    let mut told: Vec<String> = finished
        .iter()
        .filter_map(|one| match one {
            Finished::Issue { meeting, .. } if meeting.starts_with(PROGRAMS) => None,
            Finished::Begun => Some("the archive was only begun, and is ready now".to_owned()),
            Finished::Issue { meeting, issue } => {
                Some(format!("{meeting}: issue {issue} was cut off, and is complete now"))
            }
            Finished::Removal { meeting } => Some(format!("{meeting}: its removal was cut off, and is complete now")),
            Finished::TakenBack => {
                Some("what was taken back from the public was not all gone, and is gone now".to_owned())
            }
            Finished::Remains => Some("what a run that was cut off had left aside was cleared away".to_owned()),
        })
        .collect();
    if told.is_empty() && !finished.is_empty() {
        told.push("what a run that was cut off had begun is complete now".to_owned());
    }
    told
}
