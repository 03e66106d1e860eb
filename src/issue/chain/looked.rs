//! Holds the proofs of an archive against its files, one another, and the council's key.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::head::{self, Head, HeldHead};
use super::keys::{self, KeyRecord};
use super::{Held, RESTORE, Standing};
use crate::archive::{Archive, ArchiveFailure, Fault, Meeting, Side};
use crate::fs;
use crate::issue::IssueFailure;
use crate::issue::contents::{PROOFS, PUBLIC_FOLDER};
use crate::issue::proof::signing::key_of_record;
use crate::issue::proof::{Proof, known};
use crate::issue::shelf::PROGRAMS;
use crate::issue::withhold;

/// What to do where something is not signed by the council.
const FOREIGN: &str = "find out who made it; restore the true one from a backup";

/// Whether and with which key issues are signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Signing {
    /// The council's key in hexadecimal; none where the council does not sign.
    pub(crate) council_key: Option<String>,
    /// Since when, in coordinated universal time.
    pub(crate) since: Option<String>,
    /// How many issues are signed as they should be.
    pub(crate) signed: usize,
    /// How many are from before the council signed.
    pub(crate) unsigned: usize,
    /// Keys that the key before them did not pass on: when, and why.
    pub(crate) old_keys_lost: Vec<(String, String)>,
}

/// What looking at the proofs gave.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(crate) faults: Vec<Fault>,
    held: Held,
    pub(crate) signing: Signing,
    keys: Vec<KeyRecord>,
    /// What was taken back, by root, meeting, issue and path there.
    gone: BTreeSet<(bool, String, u32, String)>,
}

/// Looks at every proof, and at what is missing that others hold the head of. What cannot be read at all is left to the
/// archive's own verification.
pub(in crate::issue) fn look(archive: &Archive, others: &[HeldHead]) -> Result<(Vec<Fault>, Signing), IssueFailure> {
    // Read before all else: whoever issues meanwhile only adds to what it names.
    let noted = Standing::noted(archive);
    let mut looked = Looked::default();
    match keys::records(archive) {
        Ok(records) => looked.keys = records,
        Err(failure) => looked.fault(keys::OBJECT, failure.to_string(), RESTORE),
    }
    looked.gone(archive)?;
    for side in [Side::Whole, Side::Public] {
        for meeting in archive.meetings(side)?.into_iter().filter(|one| !one.id.starts_with(PROGRAMS)) {
            looked.meeting(archive, side, &meeting)?;
        }
    }
    looked.signing();
    let stones = archive.tombstones(Side::Public)?;
    looked.held.removed = stones.into_iter().map(|stone| stone.meeting).collect();
    looked.tombstones(&archive.tombstone_files()?);
    looked.held.keys = looked.keys.iter().map(KeyRecord::link).collect();
    match noted {
        Ok(noted) => looked.named_by(noted.as_ref(), "the note of the last write"),
        Err(_) => looked.fault("the note of the last write", "cannot be read".to_owned(), "remove it and issue again"),
    }
    for record in looked.keys.clone() {
        let by = format!("the record of the council's key of {}", record.statement.since);
        looked.named_by(Some(&record.statement.archive), &by);
    }
    looked.heads(archive)?;
    for HeldHead { head, by } in others {
        let by = by.as_ref().map_or_else(String::new, |(name, ..)| format!(", countersigned by {name},"));
        looked.named_by(Some(&head.archive), &format!("the head of {}{by}", head.made));
    }
    Ok((looked.faults, looked.signing))
}

impl Looked {
    fn fault(&mut self, place: &str, wrong: String, remedy: &str) {
        self.faults.push(Fault { place: place.to_owned(), wrong, remedy: remedy.to_owned() });
    }

    fn named_by(&mut self, standing: Option<&Standing>, by: &str) {
        if let Some(standing) = standing {
            self.faults.extend(standing.lacking(&self.held, by));
        }
    }

    /// Looks at the proofs of a meeting in one root.
    fn meeting(&mut self, archive: &Archive, side: Side, meeting: &Meeting) -> Result<(), IssueFailure> {
        let root = if side == Side::Public { "public" } else { "whole" };
        let hashes = archive.sha256s(side, &meeting.id)?;
        let mut links: Vec<Option<String>> = Vec::new();
        for (issue, files) in meeting.issues.iter().zip(&hashes) {
            let number = issue.version;
            let place = format!("{root}, {}, issue {number}", meeting.id);
            let bytes = archive.read(side, &meeting.id, number, PROOFS[0]);
            let proof = bytes.map_err(IssueFailure::from).and_then(|bytes| Ok(Proof::read(&bytes)?));
            let proof = match proof {
                Ok(proof) => proof,
                Err(failure) => {
                    // What cannot be read is told of by the archive.
                    if !matches!(failure, IssueFailure::Archive(ArchiveFailure::Disk { .. })) {
                        self.fault(&place, format!("has no proof that holds: {failure}"), RESTORE);
                    }
                    links.push(None);
                    continue;
                }
            };
            let said = &proof.statement;
            if (said.meeting.as_str(), said.issue, said.issued.as_str()) != (&meeting.id, number, &issue.created) {
                self.fault(&place, "has the proof of another issue, or of another time".to_owned(), RESTORE);
            }
            // After a proof that cannot be read nothing is known.
            if links.last().is_none_or(Option::is_some)
                && said.previous.as_ref() != links.last().and_then(Option::as_ref)
            {
                self.fault(
                    &place,
                    "does not follow the issue before it: one of them was exchanged".to_owned(),
                    RESTORE,
                );
            }
            self.files((&place, &meeting.id, number), side, files, &proof);
            self.signature(&place, side, (&meeting.id, number), &proof);
            links.push(Some(proof.link()));
        }
        if side == Side::Whole {
            self.held.whole.insert(meeting.id.clone(), meeting.issues.last().map_or(0, |last| last.version));
        } else {
            self.held.links.insert(meeting.id.clone(), links);
        }
        Ok(())
    }

    /// Gathers what was taken back, and holds the records of that against one another.
    fn gone(&mut self, archive: &Archive) -> Result<(), IssueFailure> {
        for record in archive.withheld()? {
            for hole in record.holes {
                if let Some(path) = hole.path.strip_prefix(PUBLIC_FOLDER) {
                    self.gone.insert((true, hole.meeting.clone(), hole.issue, path.to_owned()));
                }
                if record.erased {
                    self.gone.insert((false, hole.meeting, hole.issue, hole.path));
                }
            }
        }
        self.faults.extend(withhold::faults(archive)?);
        Ok(())
    }

    /// Holds the files of an issue against its proof, which knows nothing more of what was taken back.
    fn files(
        &mut self,
        (place, meeting, number): (&str, &str, u32),
        side: Side,
        files: &BTreeMap<String, Option<String>>,
        proof: &Proof,
    ) {
        let own = |(public, of, issue, _): &&(bool, String, u32, String)| {
            (*public, of.as_str(), *issue) == (side == Side::Public, meeting, number)
        };
        let gone: BTreeSet<String> = self.gone.iter().filter(own).map(|(.., path)| path.clone()).collect();
        if proof.is_of_the_first_schema() && PROOFS.iter().any(|path| gone.contains(*path)) {
            return;
        }
        let named: BTreeMap<&str, &str> =
            proof.files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
        let proofs = if side == Side::Public { &PROOFS[..1] } else { &PROOFS[..] };
        for (path, hash) in files.iter().filter(|(path, _)| !proofs.contains(&path.as_str()) && !gone.contains(*path)) {
            match (named.get(path.as_str()), hash) {
                (None, _) => {
                    self.fault(&format!("{place}, {path}"), "is not in the proof of the issue".to_owned(), RESTORE);
                }
                (Some(named), Some(hash)) if named != hash => {
                    let wrong = "is not the file that was issued, as the proof tells".to_owned();
                    self.fault(&format!("{place}, {path}"), wrong, RESTORE);
                }
                // What cannot be read is told of by the archive.
                (Some(_), _) => {}
            }
        }
        for path in named.keys().filter(|path| !files.contains_key(**path)) {
            self.fault(&format!("{place}, {path}"), "is missing, though the proof has it".to_owned(), RESTORE);
        }
        let taken_back = gone.iter().filter(|path| !PROOFS.contains(&path.as_str())).count();
        if proof.taken_back() > taken_back {
            let lacks = proof.taken_back() - taken_back;
            self.fault(place, format!("has a proof that lacks {lacks} of its files"), RESTORE);
        }
    }

    /// Holds the signature of an issue against the key that the council had.
    fn signature(&mut self, place: &str, side: Side, (meeting, issue): (&str, u32), proof: &Proof) {
        let due = keys::due(&self.keys, meeting, issue).ok().flatten();
        let found = proof.key();
        match (due, found) {
            (Some(due), Some(found)) if due != found => {
                let wrong = format!("is signed with another key than the council's: {}", found.hexadecimal());
                self.fault(place, wrong, FOREIGN);
            }
            (Some(_), None) => self.fault(place, "is not signed, though the council signs".to_owned(), FOREIGN),
            (None, Some(found)) if !proof.is_of_the_first_schema() => {
                let wrong = format!("is signed with a key that the archive does not publish: {}", found.hexadecimal());
                self.fault(place, wrong, FOREIGN);
            }
            _ if side == Side::Public => {
                self.signing.signed += usize::from(due.is_some());
                self.signing.unsigned += usize::from(due.is_none());
            }
            _ => {}
        }
    }

    /// Looks at the signatures of tombstones, which are given in the order in which they were set.
    fn tombstones(&mut self, stones: &[Vec<u8>]) {
        let hashes: Vec<String> = stones.iter().map(|stone| fs::sha256(stone)).collect();
        // How many tombstones there were when a key became the council's.
        let before = |record: &KeyRecord| {
            let last = record.statement.archive.tombstone.as_ref();
            last.map_or(0, |last| hashes.iter().position(|hash| hash == last).map_or(0, |at| at + 1))
        };
        let keys: Vec<(usize, _)> = self.keys.iter().map(|record| (before(record), record.key().ok())).collect();
        for (at, stone) in stones.iter().enumerate() {
            let due = keys.iter().rev().find(|(before, _)| at >= *before).and_then(|(_, key)| *key);
            let is_record = |stone: &[u8]| known::document(stone).is_ok_and(|stone| stone["record"].is_u64());
            let vouches = |later: &Vec<u8>| is_record(later) && key_of_record(later) == Ok(due);
            // At night something may be taken back unsigned: the next record vouches for it.
            let may_wait = is_record(stone) && key_of_record(stone) == Ok(None);
            if due.is_some() && key_of_record(stone) != Ok(due) && !(may_wait && stones[at + 1..].iter().any(vouches)) {
                let wrong = format!("number {} is not signed with the council's key", at + 1);
                self.fault("tombstones", wrong, FOREIGN);
            }
        }
        self.held.tombstones = hashes.into_iter().collect();
    }

    /// Looks at the heads that were made of the archive.
    fn heads(&mut self, archive: &Archive) -> Result<(), IssueFailure> {
        let mut before = None;
        for bytes in head::files(archive)? {
            let head = match Head::read(&bytes) {
                Ok(head) => head,
                Err(failure) => {
                    self.fault(head::OBJECT, format!("has a head that does not hold: {failure}"), RESTORE);
                    continue;
                }
            };
            let said = &head.statement;
            let due = said.archive.key.as_ref().and_then(|link| self.keys.iter().find(|key| key.link() == *link));
            let due = due.and_then(|record| record.key().ok());
            if said.previous != before || head.key()? != due {
                let wrong =
                    format!("has a head of {} that does not follow, or is not signed by the council", said.made);
                self.fault(head::OBJECT, wrong, RESTORE);
            }
            self.named_by(Some(&said.archive), &format!("the head of {}", said.made));
            before = Some(head.link());
        }
        Ok(())
    }

    fn signing(&mut self) {
        let last = self.keys.last().map(|record| &record.statement);
        self.signing.council_key = last.map(|last| last.public_key.clone());
        self.signing.since = self.keys.first().map(|first| first.statement.since.clone());
        let lost = |record: &KeyRecord| {
            let KeyRecord { statement, .. } = record;
            Some((statement.since.clone(), statement.old_key_lost.clone()?))
        };
        self.signing.old_keys_lost = self.keys.iter().filter_map(lost).collect();
    }
}
