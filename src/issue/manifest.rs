//! What an issue says of itself: `issue.json`, and the shorter one for the public.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::Weight;
use super::prepare::Order;
use crate::compose::Kept;

/// Version of the schema; grows when a field changes its meaning or goes away.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// Everything that an issue says of itself, for the council's own archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// Version of the schema.
    pub schema_version: u32,
    /// Id of the meeting, such as `scrutiny/2026-09-16`.
    pub meeting: String,
    /// Day of the meeting, as `2026-09-16`.
    pub meeting_date: String,
    /// Number of the issue, from 1.
    pub issue: u32,
    /// What kind of issue it is.
    pub kind: Kind,
    /// When it was issued, in coordinated universal time, as `2026-09-08T09:30:00Z`.
    pub issued: String,
    /// Why that time was given rather than taken from the clock, for everybody; none where the clock gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_time: Option<String>,
    /// Why, as the front sheet prints it; none for a first issue.
    pub reason: Option<String>,
    /// Whether numbers were kept.
    pub numbering: Choice,
    /// How much it changes of what notice was given of; none for a first issue.
    pub weight: Option<Weight>,
    /// Why a major change cannot wait, as the chair has agreed (Local Government Act 1972, section 100B(4)(b)).
    pub urgent: Option<String>,
    /// Rules that it was issued against, with reasons.
    pub overrides: Vec<Override>,
    /// The program that made it.
    pub program: Program,
    /// What it was held to besides its sources.
    pub kept: Kept,
    /// Page numbers that earlier issues have used and this one does not.
    pub retired: Vec<String>,
    /// Those of them that stood on pages of public papers alone: no others are told of, since they would say that a
    /// withheld paper went or became shorter.
    pub retired_in_public: Vec<String>,
    /// What the front sheets of later issues say of this one and those before it.
    pub lines: Vec<String>,
    /// Whether replacement sheets have the pages too that only look otherwise.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub look_too: bool,
    /// How many supplements there have been.
    pub supplements: u32,
    /// Withheld papers whose grounds are to be looked at again: source and day.
    pub reviews: Vec<Review>,
}

/// Kinds of issue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The whole pack.
    #[default]
    Pack,
    /// Late papers by themselves, and the whole pack with them for reading.
    Supplement,
    /// Withheld papers, published later.
    Release,
    /// A paper taken back that was published.
    Withhold,
    /// A notice that the meeting is cancelled or postponed.
    Notice,
}

/// How pages are numbered after a late change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Pages that did not change keep their numbers.
    #[default]
    Keep,
    /// From 1 again.
    Renumber,
}

/// A rule that an issue was published against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Code of the rule.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// The program that made an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Name and version.
    pub version: String,
    /// SHA-256 over its built-in layouts and fonts, in hexadecimal.
    pub built_in: String,
}

/// When the grounds of a withheld paper are to be looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Key of the paper.
    pub paper: String,
    /// Its title.
    pub title: String,
    /// Day, where one was set.
    pub on: Option<NaiveDate>,
}

/// What the public may know of an issue.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PublicManifest<'a> {
    schema_version: u32,
    meeting: &'a str,
    issue: u32,
    kind: Kind,
    issued: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_time: Option<&'a str>,
    reason: Option<&'a str>,
    program: &'a str,
    /// Page numbers of public papers that are not used any more.
    retired: &'a [String],
}

impl Manifest {
    /// Gives what the public may know: nothing of overrides, of sources or of what is withheld.
    pub(crate) fn public(&self) -> PublicManifest<'_> {
        PublicManifest {
            schema_version: self.schema_version,
            meeting: &self.meeting,
            issue: self.issue,
            kind: self.kind,
            issued: &self.issued,
            given_time: self.given_time.as_deref(),
            reason: self.reason.as_deref(),
            program: &self.program.version,
            retired: &self.retired_in_public,
        }
    }

    /// Gives the day until which the papers of the meeting must stay open to inspection: six years
    /// from the meeting (Local Government Act 1972, section 100C(1)).
    pub(crate) fn keep_until(&self) -> Option<NaiveDate> {
        let day: NaiveDate = self.meeting_date.parse().ok()?;
        day.checked_add_months(chrono::Months::new(12 * 6))
    }

    /// Tells whether this issue is what such an order asks for, whenever that was.
    pub(crate) fn was_ordered_by(&self, order: &Order) -> bool {
        // A meeting that is off gets a notice, whatever was ordered.
        (self.kind == order.kind || self.kind == Kind::Notice)
            && self.reason.as_deref() == order.reason
            && self.numbering == order.numbering
            && self.overrides == order.overrides
            && self.urgent.as_deref() == order.urgent
            && self.given_time == order.time.given
            && self.look_too == order.look_too
            && order.release.is_subset(self.released())
    }

    /// Gives the papers that have been released to the public.
    pub(crate) fn released(&self) -> &BTreeSet<String> {
        &self.kept.released
    }
}

impl Program {
    /// Gives the program that is running.
    pub(crate) fn this() -> Self {
        Self { version: concat!("boardpack ", env!("CARGO_PKG_VERSION")).to_owned(), built_in: super::program::hash() }
    }
}
