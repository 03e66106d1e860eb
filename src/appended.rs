//! Other people's files behind agenda items: PDF, pictures and office documents.
//!
//! A file is received once, before anything is composed: what is hostile, hidden or foreign to a
//! pack is taken out of it, and what an officer must know of it is written down as [`Facts`].

use serde::{Deserialize, Serialize};

use crate::fs::has_ending;
use crate::pictures;

pub(crate) mod conformance;
pub(crate) mod drawing;
pub(crate) mod facts;
pub mod office;
pub(crate) mod reader;
mod receive;
pub(crate) mod sanitize;
pub(crate) mod visibility;
pub(crate) mod weight;

pub(crate) use facts::{Facts, Remark, Subject};
pub use reader::Reader;
pub use receive::{ReceiveFailure, Receiver};
pub(crate) use sanitize::Refusal;

/// Entry by which a cleaned file marks an element that stands for a whole page without tags.
pub(crate) const FIGURE: &str = "BoardpackFigure";

/// Most pages that can be appended of one file.
pub(crate) const MOST_PAGES: usize = 5_000;

/// Tells whether a file of this name can be appended.
pub(crate) fn is_appendable(path: &str) -> bool {
    has_ending(path, &["pdf"]) || office::is_office(path) || pictures::Kind::of_path(path).is_some()
}

/// What is wanted of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Order {
    /// Pages wanted, counted from 1 in the file, in this order: the first of a run and its last,
    /// or none for the file's last. All pages when empty.
    pub pages: Vec<(u32, Option<u32>)>,
}

impl Order {
    /// Gives the numbers of the pages wanted of a file with `count` pages.
    pub(crate) fn numbers(&self, count: u32) -> Result<Vec<u32>, Refusal> {
        let all = [(1, None)];
        let runs = if self.pages.is_empty() { &all[..] } else { &self.pages };
        let mut numbers = Vec::new();
        for (first, last) in runs {
            for page in *first..=last.unwrap_or(count.max(*first)) {
                if page < 1 || page > count {
                    return Err(Refusal::NoSuchPage { page, pages: count });
                }
                numbers.push(page);
                if numbers.len() > MOST_PAGES {
                    return Err(Refusal::TooManyPages { most: MOST_PAGES });
                }
            }
        }
        Ok(numbers)
    }
}

/// A file as it goes into packs.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its pages in order.
    pub faces: Vec<PageSize>,
    /// What is on them.
    pub content: Content,
    /// What was found in it.
    pub facts: Facts,
    /// Words of each page in reading order, as far as they can be read; none of pictures.
    pub words: Vec<String>,
    /// Hash of all that each page shows, to tell which ones have changed; none where it cannot be told.
    pub(crate) prints: Vec<String>,
    /// Hash of its tags, if it has any.
    pub(crate) tags: Option<String>,
}

/// How a page shows to a reader: upright, cropped, in its real size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageSize {
    /// Number of the page in the file, from 1.
    pub number: u32,
    /// Width in points (1/72 inch).
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

/// What stands on the pages of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// A PDF with these pages and nothing else, to be spliced in by `assemble`.
    Pdf(Vec<u8>),
    /// One picture a page, for the typesetter: name ending (`png`, `jpg`, `svg`) and bytes.
    Pictures(Vec<(&'static str, Vec<u8>)>),
}

#[cfg(test)]
mod tests {
    use super::{Order, Refusal, is_appendable};

    #[test]
    fn knows_kinds_by_their_endings() {
        assert!(["a.PDF", "a.docx", "a.ppt", "a.docm", "b.TIF"].iter().all(|name| is_appendable(name)));
        assert!(!["a.yaml", "pdf", "a.zip", "a.xlsb"].iter().any(|name| is_appendable(name)));
    }

    #[test]
    fn gives_pages_in_the_order_wanted() {
        let numbers = |pages: &[(u32, Option<u32>)], count| Order { pages: pages.to_vec() }.numbers(count);
        let missing = |page| Err(Refusal::NoSuchPage { page, pages: 3 });
        assert_eq!(numbers(&[(7, Some(8)), (2, Some(2)), (9, None)], 10), Ok(vec![7, 8, 2, 9, 10]));
        assert_eq!(numbers(&[(1, Some(4))], 3), missing(4));
        assert_eq!(numbers(&[(5, None)], 3), missing(5));
        assert_eq!(numbers(&[], 3), Ok(vec![1, 2, 3]));
    }
}
