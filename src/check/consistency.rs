//! What disagrees: within a paper, between papers, and between meetings.

mod clearance;
mod leads;

use super::reading::Reading;
use crate::finding::Log;
use crate::model::Workspace;

/// What the texts are compared with.
pub(super) struct Known;

impl Known {
    /// Gathers it from a workspace.
    pub(super) fn of(_workspace: &Workspace) -> Self {
        Self
    }
}

/// Applies the rules about papers and meetings that belong together.
pub(super) fn workspace(workspace: &Workspace, log: &Log) {
    clearance::clearances(workspace, log);
    leads::leads(workspace, log);
}

/// Applies the rules about what is written in one agenda or paper.
pub(super) fn reading(_reading: &Reading, _known: &Known, _log: &Log) {}
