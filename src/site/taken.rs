//! What was taken back: papers of issues, and meetings that were removed whole. Their addresses say so.

use minijinja::{Value, context};
use serde::Deserialize;

use super::{SiteFailure, address};
use crate::fs::Tree;

/// A record of something that was taken back, as everybody may know it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Taken {
    /// When papers were, by RFC 3339.
    withheld: String,
    /// When a meeting was removed.
    removed: String,
    pub(super) reason: String,
    meetings: Vec<TakenOf>,
    /// The meeting that was removed.
    meeting: String,
    /// How many issues it had.
    issues: u32,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct TakenOf {
    meeting: String,
    issues: Vec<u32>,
}

impl Taken {
    pub(super) fn when(&self) -> &str {
        if self.withheld.is_empty() { &self.removed } else { &self.withheld }
    }

    /// Gives the meeting that was removed, and how many issues it had.
    pub(super) fn removed(&self) -> Option<(&str, u32)> {
        (!self.meeting.is_empty()).then_some((&self.meeting, self.issues))
    }

    pub(super) fn meetings(&self) -> impl Iterator<Item = &str> {
        self.meetings.iter().map(|of| of.meeting.as_str()).chain(self.removed().map(|(meeting, _)| meeting))
    }

    /// Gives what pages of a meeting, or of one of its issues, say of it.
    pub(super) fn told(&self, id: &str, issue: Option<u32>) -> Option<Value> {
        let of = self.meetings.iter().find(|of| of.meeting == id);
        of.filter(|of| issue.is_none_or(|issue| of.issues.contains(&issue)))?;
        Some(context! { when => self.when(), reason => &self.reason })
    }
}

/// Reads the records, the first first. One that this program cannot read names nothing, and hides nothing either: the
/// public root holds no longer what it is of.
pub(super) fn all(stones: &[Vec<u8>]) -> Vec<Taken> {
    stones.iter().filter_map(|stone| serde_json::from_slice(stone).ok()).collect()
}

/// Takes away, before anything else is done, all pages that may show what was taken back: those of the meetings, and
/// all lists.
pub(super) fn remove_first(tree: &mut Tree, taken: &[Taken]) -> Result<(), SiteFailure> {
    let folders: Vec<String> =
        taken.iter().flat_map(Taken::meetings).map(|id| format!("{}/", address::meeting(id))).collect();
    let is_list = |path: &str| path.matches('/').count() < 3;
    Ok(tree.remove_now(|path| is_list(path) || folders.iter().any(|folder| path.starts_with(folder)))?)
}
