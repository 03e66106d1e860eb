//! The last issue of a meeting.

use super::manifest::Manifest;
use crate::record::Record;

/// The last issue of a meeting, as later ones need it.
#[derive(Debug, Clone, Default)]
pub struct Last {
    /// What it says of itself.
    pub manifest: Manifest,
    /// What its whole pack holds.
    pub whole: Record,
    /// What its public pack holds.
    pub public: Record,
}
