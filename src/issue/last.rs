//! The last issue of a meeting.

use std::collections::BTreeMap;

use chrono::NaiveDate;

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
    /// Papers that were taken back since, by key: when and why.
    pub taken_back: BTreeMap<String, (NaiveDate, String)>,
}
