//! What waits until something that was not understood has been mended: the cause is told, what follows from it is not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Finding;
use super::rules::Family;

/// How far the work was when something was found; each stage stands on those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Stage {
    /// A file was read for itself.
    #[default]
    Reading,
    /// What the files name of each other was looked for.
    Naming,
    /// What was read was judged.
    Judging,
}

impl Stage {
    pub(super) const ALL: [Self; 3] = [Self::Reading, Self::Naming, Self::Judging];
}

impl Finding {
    /// Tells whether something was not read or not understood, so that whatever stands on it means nothing.
    pub(crate) fn is_cause(&self) -> bool {
        let of_sources = matches!(self.rule.family, Family::Files | Family::Sources | Family::Layouts);
        self.stage < Stage::Judging && self.stops_build() && of_sources
    }

    /// Tells whether it says that a source could not be read, in whole or in part.
    pub(crate) fn says_unread(&self) -> bool {
        self.is_cause() && self.stage == Stage::Reading
    }

    /// Gives the stage of a cause; of all else the last one.
    pub(super) fn rank(&self) -> Stage {
        if self.is_cause() { self.stage } else { Stage::Judging }
    }
}

/// What waits: the files whose later findings stand on something that was not understood.
///
/// A finding may only wait for what blocks every meeting that it concerns, or nobody would see it before an issue.
/// Whoever fills this answers for that.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting {
    everything: Option<Stage>,
    files: BTreeMap<u32, Stage>,
    not_understood: BTreeMap<u32, Stage>,
}

impl Waiting {
    /// Lets everything wait that is found after a stage.
    pub(crate) fn everything(&mut self, after: Stage) {
        self.everything = Some(self.everything.map_or(after, |stage| stage.min(after)));
    }

    /// Lets whatever is found in a file after a stage wait.
    pub(crate) fn file(&mut self, source: u32, after: Stage) {
        let stage = self.files.entry(source).or_insert(after);
        *stage = after.min(*stage);
    }

    /// Lets what stands in the way of nothing wait that is found after a stage, and has a second place in a file.
    pub(crate) fn mentions(&mut self, source: u32, after: Stage) {
        let stage = self.not_understood.entry(source).or_insert(after);
        *stage = after.min(*stage);
    }

    /// Tells whether a finding waits.
    pub(super) fn holds(&self, finding: &Finding) -> bool {
        let later = |stage: Option<&Stage>| stage.is_some_and(|stage| finding.stage > *stage);
        let place = finding.place();
        later(self.everything.as_ref())
            || place.is_some_and(|place| later(self.files.get(&place.source)))
            || (finding.stops().is_none()
                && finding.labels.iter().skip(1).any(|label| later(self.not_understood.get(&label.place.source))))
    }
}
