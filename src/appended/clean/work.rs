//! What work on one page needs.

use super::copy::Copier;
use super::destinations::Targets;
use super::layers::Hidden;
use super::pages::Page;
use super::structure::Tree;
use super::{Facts, Notes};

/// Everything that work on one page needs.
pub(super) struct PageWork<'w, 'a> {
    pub page: &'w Page<'a>,
    pub copier: &'w mut Copier<'a>,
    pub hidden: &'w Hidden,
    pub targets: &'w Targets<'w>,
    pub structure: &'w mut Tree,
    pub notes: &'w mut Notes,
    pub facts: &'w mut Facts,
}
