//! Says what on other people's pages keeps a pack from PDF/A-2 and PDF/UA-1.
//!
//! Only what is copied into a pack is looked at: pages, what they draw, and their tags. Whatever
//! cannot be told, or not within bounds, counts as a break. Rules are those of ISO 19005-2:2011 and
//! ISO 14289-1:2014, as veraPDF reads them.

use lopdf::{Document, ObjectId};

use crate::appended::facts::{Font, Remark};
use crate::pdf::reader::{PdfReader, dict_of};
use limits::Limits;
use tree::Tree;
use walk::Walker;

mod colour;
mod faults;
pub(crate) mod fonts;
mod images;
mod jpx;
mod limits;
mod scope;
mod tree;
mod walk;

/// What was found on pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Checked {
    /// What breaks PDF/A-2b, PDF/UA-1, or the levels `a` and `u` of PDF/A-2; the same reason
    /// stands once for each of these that it breaks.
    pub(crate) remarks: Vec<Remark>,
    /// Fonts in which something is shown.
    pub(crate) fonts: Vec<Font>,
}

/// Gives what is said of a file whose first heading is of this level: no fault where others come before it.
pub(crate) fn first_heading_of(level: u32) -> String {
    format!("its first heading is of level {level} rather than 1")
}

/// Says what on these pages keeps a pack from PDF/A-2 and PDF/UA-1.
///
/// `pages`: object id of each page, and its number in the original file, from 1.
pub(crate) fn check(pdf: &Document, pages: &[(ObjectId, u32)]) -> Checked {
    let reader = PdfReader::new(pdf);
    let tree = Tree::read(&reader, pages);
    let mut limits = Limits::default();
    let mut walker = Walker::new(&reader, tree.as_ref());
    for (id, number) in pages {
        walker.faults.begin();
        match dict_of(reader.by_id(*id)) {
            Some(page) => {
                limits.page(&reader, &mut walker.faults, *id);
                walker.page(page);
                if let Some(tree) = &tree {
                    tree.check_links(&reader, &mut walker.faults, page);
                }
            }
            None => walker.faults.archiving("a page is damaged"),
        }
        walker.faults.end_page(*number);
    }
    if let Some(tree) = &tree {
        tree.check(&reader, &mut walker.faults);
        limits.dict(&reader, &mut walker.faults, tree.root());
    }
    Checked { remarks: walker.faults.into_remarks(), fonts: walker.fonts.into_list() }
}
