//! Personal data of private people in what is published.

use super::reading::Reading;
use crate::finding::Log;
use crate::model::Workspace;

/// What may be printed: contacts of the council and of people in its service.
pub(super) struct Public;

impl Public {
    /// Gathers it from a workspace.
    pub(super) fn of(_workspace: &Workspace) -> Self {
        Self
    }
}

/// Applies the rules about personal data in one agenda or paper.
pub(super) fn reading(_reading: &Reading, _public: &Public, _log: &Log) {}
