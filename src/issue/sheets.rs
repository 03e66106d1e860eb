//! Replacement sheets: the fewest leaves that turn a printed pack into its next issue.
//!
//! A pack is printed on both sides, so what can be taken out and put in is a leaf: two pages. A leaf
//! of which nothing differs, its page numbers included, stays where it is.

use std::ops::Range;

use serde::Serialize;

pub mod pdf;
mod steps;

pub(super) use steps::common;
pub use steps::plan;

/// One side of a leaf, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Side {
    /// Number printed on it, such as `7` or `10A`.
    pub number: String,
    /// Hash of all that it shows, number and stamps included.
    pub content: String,
    /// Whether it was left blank.
    pub blank: bool,
}

/// How the leaves of one issue become those of the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What to do, from the front of the pack to its back.
    pub steps: Vec<Step>,
    /// Leaves to print.
    pub leaves_to_print: usize,
    /// Leaves that stay.
    pub unchanged_leaves: usize,
    /// Whether so many leaves are new that printing the whole pack again is easier.
    pub whole_is_easier: bool,
}

/// Leaves taken out of one place, and leaves put in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Pages of the printed pack that go.
    pub take_out: Option<Pages>,
    /// Pages of the new pack that come.
    pub put_in: Option<Pages>,
    /// Number of the page, staying in the pack, that the place follows; none at its front.
    pub after: Option<String>,
}

/// Pages of whole leaves that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// Number printed on the first.
    pub first: String,
    /// Number printed on the last.
    pub last: String,
    /// Their indices in their pack, from 0.
    pub sides: Range<usize>,
}

impl Plan {
    /// Gives the indices of the new pack's sides to print, in the order of the pack.
    pub fn sides_to_print(&self) -> Vec<usize> {
        self.steps.iter().filter_map(|step| step.put_in.as_ref()).flat_map(|pages| pages.sides.clone()).collect()
    }
}
