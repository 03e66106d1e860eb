//! The council's key: published in the archive by the first signed issue, and changed by a record that the old key signs.

use serde::{Deserialize, Serialize};

use super::{Stamp, Standing};
use crate::archive::{Archive, Writer};
use crate::fs;
use crate::issue::IssueFailure;
use crate::issue::contents::json;
use crate::issue::proof::ProofFailure;
use crate::issue::proof::signing::{PrivateKey, PublicKey, Signed};

/// What the key is kept under, in both roots.
pub(crate) const OBJECT: &str = "boardpack/council-key";
/// Path of the key in PEM form, and of the record of it, below what is published.
pub(crate) const FILES: [&str; 2] = ["council-key.pem", "council-key.json"];
/// Version of the schema; grows when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// The record of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyRecord {
    /// What is signed.
    pub(crate) statement: KeyStatement,
    /// Signature by the key itself.
    pub(crate) signature: Signed,
    /// Signature by the key before it; none for the first, and where that one is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signature_of_the_old_key: Option<Signed>,
}

/// What the record of a key says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyStatement {
    /// Version of the schema.
    pub(crate) schema_version: u32,
    /// The key, 32 bytes in hexadecimal.
    pub(crate) public_key: String,
    /// When it became the council's, in coordinated universal time.
    pub(crate) since: String,
    /// Why that time was given rather than taken from the clock; none where the clock gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) given_time: Option<String>,
    /// Why the key before it could not sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) old_key_lost: Option<String>,
    /// What stood in the archive: all later issues are signed with this key. Its `key` is the record before this one.
    pub(crate) archive: Standing,
}

/// How a key follows another.
pub(crate) enum Change<'a> {
    /// It is the first.
    First,
    /// The old key signs it.
    SignedBy(&'a PrivateKey),
    /// The old key cannot sign it, for this reason.
    OldKeyLost(&'a str),
}

impl KeyRecord {
    /// Makes the record of a key over what stands in the archive.
    fn new(key: &PrivateKey, change: &Change, archive: Standing, (since, given_time): Stamp) -> Self {
        let statement = KeyStatement {
            schema_version: SCHEMA_VERSION,
            public_key: key.public().hexadecimal(),
            since: since.to_owned(),
            given_time: given_time.cloned(),
            old_key_lost: if let Change::OldKeyLost(why) = change { Some((*why).to_owned()) } else { None },
            archive,
        };
        let bytes = statement.bytes();
        let old = if let Change::SignedBy(old) = change { Some(old.sign(&bytes)) } else { None };
        Self { signature: key.sign(&bytes), statement, signature_of_the_old_key: old }
    }

    /// Reads a record, and holds it against the record before it.
    fn read(bytes: &[u8], before: Option<&Self>) -> Result<Self, ProofFailure> {
        let record: Self = super::read(bytes, SCHEMA_VERSION)?;
        let signed = record.statement.bytes();
        let key = record.key()?;
        let Some(before) = before else { return Ok(record) };
        let follows = record.statement.archive.key == Some(before.link());
        let by_old = record.signature_of_the_old_key.as_ref().map(|old| old.key(&signed)).transpose()?;
        let allowed = by_old == Some(before.key()?) || (by_old.is_none() && record.statement.old_key_lost.is_some());
        if follows && allowed && key != before.key()? { Ok(record) } else { Err(ProofFailure::KeyNotPassedOn) }
    }

    /// Gives the key, with which the record itself must be signed.
    pub(crate) fn key(&self) -> Result<PublicKey, ProofFailure> {
        let key = self.signature.key(&self.statement.bytes())?;
        if key.hexadecimal() == self.statement.public_key { Ok(key) } else { Err(ProofFailure::BadSignature) }
    }

    /// Gives what later records name this one by.
    pub(in crate::issue) fn link(&self) -> String {
        fs::sha256(&self.statement.bytes())
    }

    /// Tells whether an issue was made after this record, and so is signed with its key.
    fn covers(&self, meeting: &str, issue: u32) -> bool {
        self.statement.archive.meetings.get(meeting).is_none_or(|last| issue > last.issue)
    }
}

impl KeyStatement {
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Publishes a key as the council's from now on, and gives what later records name it by.
pub(in crate::issue) fn keep(
    writer: &mut Writer,
    key: &PrivateKey,
    change: &Change,
    at: Stamp,
) -> Result<String, IssueFailure> {
    let before = records(writer.archive())?;
    let record = KeyRecord::new(key, change, Standing::of(writer.archive())?, at);
    // Read as everybody will, so that nothing is kept that does not follow.
    let record = KeyRecord::read(&json(&record), before.last())?;
    let files = [(FILES[0], key.public().to_pem().into_bytes()), (FILES[1], json(&record))];
    super::publish(writer, (OBJECT, "the council's key"), files, before.len(), at.0)?;
    Ok(record.link())
}

/// Gives the records of the council's keys, the first first; none where the council does not sign.
pub(crate) fn records(archive: &Archive) -> Result<Vec<KeyRecord>, IssueFailure> {
    let mut records: Vec<KeyRecord> = Vec::new();
    for bytes in super::versions(archive, OBJECT, FILES[1])? {
        records.push(KeyRecord::read(&bytes, records.last())?);
    }
    Ok(records)
}

/// Gives the key that an issue should be signed with; none for one from before the council signed.
pub(crate) fn due(records: &[KeyRecord], meeting: &str, issue: u32) -> Result<Option<PublicKey>, ProofFailure> {
    records.iter().rev().find(|record| record.covers(meeting, issue)).map(KeyRecord::key).transpose()
}

/// Makes sure that something is signed as the council signs: with its key, or not at all while it has none.
pub(crate) fn may_sign(archive: &Archive, key: Option<&PrivateKey>) -> Result<(), IssueFailure> {
    let Some(council) = records(archive)?.last().map(KeyRecord::key).transpose()? else { return Ok(()) };
    match key.map(PrivateKey::public) {
        None => Err(IssueFailure::NotSigned { key: council.hexadecimal() }),
        Some(other) if other != council => {
            Err(IssueFailure::OtherKey { key: council.hexadecimal(), other: other.hexadecimal() })
        }
        Some(_) => Ok(()),
    }
}
