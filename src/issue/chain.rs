//! What stands in an archive, as records name it that were made later: so that nothing is cut off or exchanged unseen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::IssueFailure;
use super::contents::{PROOFS, PUBLIC_FOLDER, json};
use super::proof::{Proof, ProofFailure, known};
use super::shelf::{PROGRAMS, PUBLISHER, user};
use crate::archive::{self, Archive, Fault, Issue, Side, Writer};
use crate::fs;
use keys::KeyRecord;

pub(crate) mod head;
pub(crate) mod keys;
pub(crate) mod looked;
pub mod timestamp;

/// What to do where something is gone.
const RESTORE: &str = "restore it from a backup";

/// A time in coordinated universal time, and why it was given.
type Stamp<'a> = (&'a str, Option<&'a String>);

/// What stands in an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    /// The last proof of each meeting, by the meeting's id.
    pub(crate) meetings: BTreeMap<String, LastProof>,
    /// SHA-256 of the last tombstone.
    pub(crate) tombstone: Option<String>,
    /// SHA-256 of the statement that names the council's key.
    pub(crate) key: Option<String>,
}

/// The last proof of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastProof {
    /// Number of the last issue.
    pub(crate) issue: u32,
    /// SHA-256 of the statement of its public proof; of the whole file where that is of the first schema.
    pub(crate) proof: String,
}

/// What an archive holds, for records to be held against.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// What the public proofs of each meeting are named by; none of one that cannot be read.
    links: BTreeMap<String, Vec<Option<String>>>,
    /// How many issues of each meeting the whole root has.
    whole: BTreeMap<String, u32>,
    /// Meetings that were removed.
    removed: BTreeSet<String>,
    /// SHA-256 of every tombstone.
    tombstones: BTreeSet<String>,
    /// SHA-256 of every statement that names a key of the council.
    keys: BTreeSet<String>,
}

impl Standing {
    /// Gives what stands in an archive now.
    pub(super) fn of(archive: &Archive) -> Result<Self, IssueFailure> {
        let mut meetings = BTreeMap::new();
        for meeting in archive.meetings(Side::Whole)?.into_iter().filter(|one| !one.id.starts_with(PROGRAMS)) {
            let Some(last) = meeting.issues.last() else { continue };
            let proof = archive.read(Side::Whole, &meeting.id, last.version, PROOFS[1])?;
            meetings.insert(meeting.id, LastProof { issue: last.version, proof: Proof::read(&proof)?.link() });
        }
        let tombstone = archive.last_tombstone()?.map(|stone| fs::sha256(&stone));
        let key = keys::records(archive)?.last().map(KeyRecord::link);
        Ok(Self { meetings, tombstone, key })
    }

    /// Gives what was noted beside the roots of an archive at the last write; none where nothing was.
    fn noted(archive: &Archive) -> Result<Option<Self>, IssueFailure> {
        Ok(archive.note()?.map(|note| known::read(&note)).transpose()?)
    }

    /// Notes this beside the roots. What cannot be noted now is at the next write: the less it is, the less it tells.
    pub(super) fn note(&self, writer: &mut Writer) {
        let _ = writer.note(&json(self));
    }

    /// Makes sure that a meeting has the issues that it had when this was noted, before it gets another.
    pub(super) fn allows(&self, meeting: &str, issues: u32) -> Result<(), IssueFailure> {
        match self.meetings.get(meeting) {
            Some(last) if last.issue > issues => {
                Err(IssueFailure::Lost { meeting: meeting.to_owned(), issue: last.issue, there: issues })
            }
            _ => Ok(()),
        }
    }

    /// Gives what this names and the archive does not hold; `by` says what names it.
    pub(super) fn lacking(&self, held: &Held, by: &str) -> Vec<Fault> {
        let fault = |place: &str, wrong: String| Fault { place: place.to_owned(), wrong, remedy: RESTORE.to_owned() };
        let mut faults = Vec::new();
        for (meeting, last) in self.meetings.iter().filter(|(meeting, _)| !held.removed.contains(*meeting)) {
            let issue = last.issue;
            let links = held.links.get(meeting).map(Vec::as_slice).unwrap_or_default();
            let is_to_be_published = held.whole.get(meeting).is_some_and(|there| *there >= issue);
            let wrong = match usize::try_from(issue).ok().and_then(|issue| links.get(issue.checked_sub(1)?)) {
                // The archive's own verification tells that the public root lags behind.
                None if is_to_be_published => continue,
                None if links.is_empty() => format!("is missing, though {by} names its issue {issue}"),
                None => format!("lacks issue {issue}, which {by} names"),
                Some(Some(link)) if *link != last.proof => format!("has another issue {issue} than {by} names"),
                Some(_) => continue,
            };
            faults.push(fault(meeting, wrong));
        }
        if self.tombstone.as_ref().is_some_and(|stone| !held.tombstones.contains(stone)) {
            faults.push(fault("tombstones", format!("lack one that {by} names")));
        }
        if self.key.as_ref().is_some_and(|key| !held.keys.contains(key)) {
            faults.push(fault(keys::OBJECT, format!("lacks the key that {by} names")));
        }
        faults
    }
}

/// Gives what was noted at the last write, without looking at all meetings; what is found where nothing was noted.
pub(super) fn noted_or_found(archive: &Archive) -> Result<Standing, IssueFailure> {
    Standing::noted(archive)?.map_or_else(|| Standing::of(archive), Ok)
}

/// Gives a published file of each version of an object that belongs to no meeting.
fn versions(archive: &Archive, object: &str, path: &str) -> Result<Vec<Vec<u8>>, IssueFailure> {
    // Whoever holds a copy may have the public root alone.
    let (side, folder) = if archive.has_root(Side::Whole)? { (Side::Whole, PUBLIC_FOLDER) } else { (Side::Public, "") };
    let versions = archive.meeting(side, object)?.map(|object| object.issues).unwrap_or_default();
    let read = |version: &Issue| Ok(archive.read(side, object, version.version, &format!("{folder}{path}"))?);
    versions.iter().map(read).collect()
}

/// Publishes files as the next version of an object that belongs to no meeting.
fn publish<const N: usize>(
    writer: &mut Writer,
    (object, message): (&str, &str),
    files: [(&str, Vec<u8>); N],
    versions: usize,
    created: &str,
) -> Result<(), IssueFailure> {
    let issue = archive::NewIssue {
        created: created.to_owned(),
        message: message.to_owned(),
        public_message: message.to_owned(),
        user: user(PUBLISHER),
        public_user: user(PUBLISHER),
        files: files.into_iter().map(|(path, bytes)| (format!("{PUBLIC_FOLDER}{path}"), bytes)).collect(),
        expected_version: u32::try_from(versions).unwrap_or(u32::MAX),
    };
    writer.add(object, issue)?;
    Ok(())
}

/// Reads a record whose statement has a version of its schema, which must be this one.
fn read<T: serde::de::DeserializeOwned + Serialize>(bytes: &[u8], version: u32) -> Result<T, ProofFailure> {
    let document = known::document(bytes)?;
    match known::version(&document) {
        Some(found) if found == u64::from(version) => known::read(bytes),
        Some(other) => Err(ProofFailure::OtherVersion(other)),
        None => Err(ProofFailure::NotAProof("it has no `schema_version`".to_owned())),
    }
}
