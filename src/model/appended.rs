//! An appended paper: other people's file behind an agenda item, such as a letter or a plan.

use super::{Line, Text};
use crate::finding::Place;

/// A use of a file as a paper.
#[derive(Debug, Clone, Default)]
pub struct Appended {
    /// Path of the file below the workspace.
    pub file: String,
    /// Title, as the pack and its bookmarks print it.
    pub title: Line,
    /// Title as it was written, to tell whether two uses are equal.
    pub written: String,
    /// Pages wanted, in this order; all when empty.
    pub pages: Vec<PageSpan>,
    /// Place of `pages`, or of the file where there are none.
    pub pages_place: Place,
    /// What is to be seen, for those who cannot see it.
    pub description: Option<Text>,
    /// Label that references use.
    pub label: Option<Text>,
    /// All that is written of the use in its agenda.
    pub extent: Place,
}

/// Pages of a file from a first to a last one, both counted from 1 and both meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpan {
    /// First page.
    pub first: u32,
    /// Last page; none for the last of the file.
    pub last: Option<u32>,
}

impl Appended {
    /// Tells whether another use gives the same pages under the same words.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let value = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        self.file == other.file
            && self.written == other.written
            && self.pages == other.pages
            && value(&self.description) == value(&other.description)
            && value(&self.label) == value(&other.label)
    }

    /// Tells whether a page of the file may be in this use and in another one.
    pub(crate) fn shares_pages(&self, other: &Self) -> bool {
        let all = [PageSpan { first: 1, last: None }];
        let spans = |of: &'_ Self| if of.pages.is_empty() { all.to_vec() } else { of.pages.clone() };
        let others = spans(other);
        self.file == other.file && spans(self).iter().any(|span| others.iter().any(|other| span.overlaps(*other)))
    }

    /// Gives the name of the file without its folders.
    pub(crate) fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

impl PageSpan {
    /// Tells whether a page is in both.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.first <= other.last.unwrap_or(u32::MAX) && other.first <= self.last.unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(spans: &[(u32, Option<u32>)]) -> Appended {
        let pages = spans.iter().map(|(first, last)| PageSpan { first: *first, last: *last }).collect();
        Appended { pages, ..Appended::default() }
    }

    #[test]
    fn tells_what_two_uses_share() {
        assert!(pages(&[]).shares_pages(&pages(&[(3, None)])));
        assert!(!pages(&[(1, Some(4))]).shares_pages(&pages(&[(5, None)])));
    }
}
