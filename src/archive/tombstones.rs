//! What stays of a meeting that was removed when its time was over.

use serde::{Deserialize, Serialize};

/// Name of the object that holds the tombstones, in both roots.
pub(super) const OBJECT: &str = "tombstones";

/// The record of a removal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Id of the meeting.
    pub meeting: String,
    /// How many issues it had.
    pub issues: u32,
    /// When it was removed, in coordinated universal time.
    pub removed: String,
    /// Why.
    pub reason: String,
}

impl Tombstone {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a tombstone is plain data");
        bytes.push(b'\n');
        bytes
    }
}

/// Gives the logical path of an object's tombstone: anybody may read it.
pub(super) fn path(object: &str) -> String {
    format!("public/{object}.json")
}
