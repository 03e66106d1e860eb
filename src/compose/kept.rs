//! What an earlier issue has fixed: the numbers of items and pages that members hold already.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::moved::PlanBefore;
use super::number;

/// What a pack is held to besides its sources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Printed numbers of items, by key.
    pub items: BTreeMap<String, String>,
    /// Printed numbers of pages.
    pub pages: PageNumbers,
    /// What the front sheet says of this issue: its number, its reason, and the numbers not used.
    pub issue: Vec<String>,
    /// What the pages say of this issue and of those before it.
    #[serde(skip_serializing_if = "Marks::is_empty")]
    pub marks: Marks,
    /// Keys of withheld papers that have been released to the public.
    pub released: BTreeSet<String>,
    /// What the public is told in the place of papers that were taken back, by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub withheld: BTreeMap<String, String>,
    /// Action plans as the public saw them last, by the key of the plan: what has moved since is told.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub plans: BTreeMap<String, PlanBefore>,
    /// The supplement that this issue is.
    pub supplement: Option<Supplement>,
}

/// How an issue, or a draft, is told from those before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// Whether the pages say that they are a draft; never of an issue.
    #[serde(skip)]
    pub draft: bool,
    /// Which issue it is, in words.
    pub issue: Option<String>,
    /// Keys of items that the first issue did not have.
    pub new_items: BTreeSet<String>,
    /// Keys of items of which a public paper has changed since the first issue, or is new.
    pub changed_items: BTreeSet<String>,
    /// Pages that have changed since the first issue, by paper and printed number.
    pub revised: BTreeMap<String, BTreeMap<String, Revised>>,
}

impl Marks {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// When a page changed last, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// Day of the issue, as it is printed.
    pub day: String,
    /// Upper and lower ends of the bars beside what changed: tenths of a point from the upper edge.
    pub bars: Vec<(u32, u32)>,
}

/// Late papers published by themselves, numbered on from the pack that members hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// Which supplement to the pack it is, from 1.
    pub number: u32,
    /// Sources of its papers.
    pub papers: BTreeSet<String>,
    /// Printed numbers of the pages of its front sheet.
    pub sheet: Vec<String>,
    /// What its front sheet says: what it adds to, and why.
    pub words: Vec<String>,
}

/// The numbers that are printed on the pages of the whole pack.
///
/// Everywhere else a page is known by its place in the whole pack, counted from 1 with blank pages:
/// that is what decides on left and right. Without anything kept the two are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct PageNumbers {
    printed: Arc<[String]>,
    /// Pages at which the printed numbers do not run on.
    breaks: Arc<[u32]>,
}

impl From<Vec<String>> for PageNumbers {
    fn from(printed: Vec<String>) -> Self {
        Self::new(printed)
    }
}

impl From<PageNumbers> for Vec<String> {
    fn from(numbers: PageNumbers) -> Self {
        numbers.printed.to_vec()
    }
}

impl PageNumbers {
    /// Takes what is printed on each page of the whole pack, in order.
    pub(crate) fn new(printed: Vec<String>) -> Self {
        let plain = printed.iter().enumerate().all(|(index, number)| *number == (index + 1).to_string());
        if plain {
            return Self::default();
        }
        let breaks = number::breaks(&printed).into_iter().filter_map(|index| u32::try_from(index + 1).ok()).collect();
        Self { printed: printed.into(), breaks }
    }

    /// Tells whether pages are numbered 1, 2, 3 and so on.
    pub(crate) fn is_plain(&self) -> bool {
        self.printed.is_empty()
    }

    /// Gives what is printed on a page of the whole pack, counted from 1.
    pub(crate) fn print(&self, page: u32) -> String {
        let index = (page as usize).checked_sub(1);
        index.and_then(|index| self.printed.get(index)).cloned().unwrap_or_else(|| page.to_string())
    }

    /// Gives the pages, counted from 1 in the whole pack, at which the printed numbers do not run on.
    pub(crate) fn breaks(&self) -> &[u32] {
        &self.breaks
    }

    /// Gives all printed numbers; none when they are plain.
    pub(crate) fn all(&self) -> &[String] {
        &self.printed
    }
}

#[cfg(test)]
mod tests {
    use super::PageNumbers;

    #[test]
    fn plain_numbers_need_no_list() {
        let numbers = |words: &[&str]| PageNumbers::new(words.iter().map(|word| (*word).to_owned()).collect());
        assert!(numbers(&["1", "2", "3"]).is_plain());
        let kept = numbers(&["1", "2", "2A"]);
        assert_eq!((kept.print(3), kept.print(4), kept.print(0)), ("2A".into(), "4".into(), "0".into()));
    }
}
