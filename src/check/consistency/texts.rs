//! What the texts themselves get wrong: references, names, dates, lists, totals.

pub(in crate::check) mod appendices;
mod blocks;
pub(in crate::check) mod calendar;
mod dated;
mod foreign;
pub(in crate::check) mod gaps;
pub(in crate::check) mod lists;
pub(in crate::check) mod marks;
pub(in crate::check) mod people;
pub(in crate::check) mod placeholders;
pub(in crate::check) mod references;
pub(in crate::check) mod sums;
