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
    pub(crate) page: &'w Page<'a>,
    pub(crate) copier: &'w mut Copier<'a>,
    pub(crate) hidden: &'w Hidden,
    pub(crate) targets: &'w Targets<'w>,
    pub(crate) structure: &'w mut Tree,
    pub(crate) notes: &'w mut Notes,
    pub(crate) lettering: &'w mut Lettering,
    /// Pages of which something is lost.
    pub(crate) lost: &'w mut BTreeSet<u32>,
    pub(crate) facts: &'w mut Facts,
}
