//! What is kept of a meeting that was removed: that it was, when and why. What was taken back has its records beside.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::failure::ArchiveFailure;
use super::files::Files;
use super::inventory::User;
use super::roots::WHOLE;

/// Id of the object that holds the tombstones.
pub(super) const OBJECT: &str = "tombstones";

/// Why and by whom a meeting is removed.
#[derive(Debug, Clone)]
pub struct Removal {
    /// Why, for staff.
    pub reason: String,
    /// Why, for everyone.
    pub public_reason: String,
    /// When, by RFC 3339.
    pub when: String,
    /// Why that time was given rather than taken from the clock; none where the clock gave it.
    pub given_time: Option<String>,
    /// Who removed it, for staff.
    pub who: User,
    /// Who removed it, for everyone.
    pub public_who: User,
}

/// What is kept of a removed meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Id of the meeting.
    pub meeting: String,
    /// How many issues it had.
    pub issues: u32,
    /// When it was removed, by RFC 3339.
    pub removed: String,
    /// Why that time was given rather than taken from the clock; none where the clock gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_time: Option<String>,
    /// Why.
    pub reason: String,
    /// Who removed it.
    pub who: User,
}

impl Tombstone {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a tombstone is plain data");
        bytes.push(b'\n');
        bytes
    }
}

/// Gives the objects that have a tombstone.
pub(super) fn removed(files: &Files) -> Result<BTreeSet<String>, ArchiveFailure> {
    if !files.has(WHOLE, OBJECT)? {
        return Ok(BTreeSet::new());
    }
    let inventory = files.inventory(WHOLE, OBJECT)?;
    let state = inventory.version(inventory.head()).map(|version| version.files()).unwrap_or_default();
    Ok(state.keys().filter_map(|path| removed_in(path.strip_prefix("public/")?)).map(str::to_owned).collect())
}

/// Gives the object whose tombstone lies at a path below a side's folder; none where it is a record of something else.
pub(super) fn removed_in(path: &str) -> Option<&str> {
    path.strip_suffix(".json").filter(|object| !object.contains('/'))
}
