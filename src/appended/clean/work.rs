//! What work on one page needs.

use std::collections::BTreeSet;

use super::copy::Copier;
use super::destinations::Targets;
use super::fields::Lettering;
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
    pub lettering: &'w mut Lettering,
    /// Pages of which something is lost.
    pub lost: &'w mut BTreeSet<u32>,
    pub facts: &'w mut Facts,
}
