//! Hints on language.

use super::reading::Reading;
use crate::finding::Log;
use crate::model::Workspace;

/// The words that are known.
pub(super) struct Words;

impl Words {
    /// Gathers them from a workspace.
    pub(super) fn of(_workspace: &Workspace) -> Self {
        Self
    }
}

/// Applies the rules about the language of one agenda or paper.
pub(super) fn reading(_reading: &Reading, _words: &Words, _log: &Log) {}
