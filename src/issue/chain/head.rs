//! The head of the chain: the last proofs of all meetings in one small file, which others can hold and countersign, so
//! that what was published when does not hang on the council alone.

use serde::{Deserialize, Serialize};

use super::{Stamp, Standing};
use crate::archive::{Archive, Writer};
use crate::fs;
use crate::issue::IssueFailure;
use crate::issue::contents::json;
use crate::issue::proof::signing::{PrivateKey, PublicKey, Signed};
use crate::issue::proof::{ProofFailure, known};
use crate::issue::time::Time;

/// What the heads are kept under, in both roots.
pub(super) const OBJECT: &str = "boardpack/head";
/// Path of the head, below what is published.
const FILE: &str = "head.json";
/// Version of the schema of a head, and of one that is countersigned; grows when a field changes its meaning or goes
/// away.
const SCHEMA_VERSION: u32 = 1;

/// The head of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// What is signed.
    pub(crate) statement: HeadStatement,
    /// Signature by the council, where it signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signature: Option<Signed>,
}

/// What the head of the chain says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeadStatement {
    /// Version of the schema.
    pub(crate) schema_version: u32,
    /// When it was made, in coordinated universal time.
    pub(crate) made: String,
    /// Why that time was given rather than taken from the clock; none where the clock gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) given_time: Option<String>,
    /// What stood in the archive.
    pub(crate) archive: Standing,
    /// SHA-256 of the statement of the head before it.
    pub(crate) previous: Option<String>,
}

/// A head that somebody else has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Countersigned {
    /// What is signed.
    pub(crate) statement: CountersignedStatement,
    /// Signature by whoever countersigns.
    pub(crate) signature: Signed,
}

/// What somebody who countersigns a head says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CountersignedStatement {
    /// Version of the schema.
    pub(crate) schema_version: u32,
    /// Who countersigns.
    pub(crate) countersigned_by: String,
    /// When, in coordinated universal time.
    pub(crate) seen: String,
    /// Why that time was given rather than taken from the clock; none where the clock gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) given_time: Option<String>,
    /// The statement of the head.
    pub(crate) head: HeadStatement,
}

/// A file that somebody holds of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldHead {
    /// What the head says.
    pub(crate) head: HeadStatement,
    /// Who has countersigned it: their name as they give it, when, and with which key.
    pub(crate) by: Option<(String, String, PublicKey)>,
}

impl HeadStatement {
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Head {
    /// Reads a head, and holds its signature against it.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ProofFailure> {
        let head: Self = super::read(bytes, SCHEMA_VERSION)?;
        head.key()?;
        Ok(head)
    }

    /// Gives the key that the head is signed with, if the signature fits.
    pub(super) fn key(&self) -> Result<Option<PublicKey>, ProofFailure> {
        self.signature.as_ref().map(|signed| signed.key(&self.statement.bytes())).transpose()
    }

    /// Gives what the next head names this one by.
    pub(super) fn link(&self) -> String {
        fs::sha256(&self.statement.bytes())
    }

    /// Signs the head as somebody else than the council; gives the file for it.
    pub(crate) fn countersign(self, key: &PrivateKey, by: &str, time: &Time) -> Vec<u8> {
        let statement = CountersignedStatement {
            schema_version: SCHEMA_VERSION,
            countersigned_by: by.to_owned(),
            seen: time.stamp(),
            given_time: time.given.clone(),
            head: self.statement,
        };
        let signature = key.sign(&statement.bytes());
        json(&Countersigned { statement, signature })
    }
}

impl CountersignedStatement {
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl HeldHead {
    /// Reads a head, countersigned or not, and holds its signature against it.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ProofFailure> {
        let is_countersigned = known::document(bytes)?["statement"].get("countersigned_by").is_some();
        if !is_countersigned {
            return Ok(Self { head: Head::read(bytes)?.statement, by: None });
        }
        let Countersigned { statement, signature } = super::read(bytes, SCHEMA_VERSION)?;
        let key = signature.key(&statement.bytes())?;
        if statement.head.schema_version != SCHEMA_VERSION {
            return Err(ProofFailure::OtherVersion(statement.head.schema_version.into()));
        }
        Ok(Self { head: statement.head, by: Some((statement.countersigned_by, statement.seen, key)) })
    }
}

/// Gives the files of the heads that were made, the first first.
pub(in crate::issue) fn files(archive: &Archive) -> Result<Vec<Vec<u8>>, IssueFailure> {
    super::versions(archive, OBJECT, FILE)
}

/// Makes the head of what stands in the archive, and gives its file; the last one where nothing is new since.
pub(in crate::issue) fn keep(
    writer: &mut Writer,
    key: Option<&PrivateKey>,
    (made, given_time): Stamp,
) -> Result<Vec<u8>, IssueFailure> {
    let standing = Standing::of(writer.archive())?;
    let before = files(writer.archive())?;
    let last = before.last().map(|bytes| Head::read(bytes)).transpose()?;
    if let Some((last, bytes)) = last.as_ref().zip(before.last())
        && last.statement.archive == standing
    {
        return Ok(bytes.clone());
    }
    let statement = HeadStatement {
        schema_version: SCHEMA_VERSION,
        made: made.to_owned(),
        given_time: given_time.cloned(),
        archive: standing,
        previous: last.as_ref().map(Head::link),
    };
    let signature = key.map(|key| key.sign(&statement.bytes()));
    let bytes = json(&Head { statement, signature });
    super::publish(writer, (OBJECT, "the head of the chain"), [(FILE, bytes.clone())], before.len(), made)?;
    Ok(bytes)
}
