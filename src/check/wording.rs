//! How wording is read, whichever family of rules asks: words and sentences, dates and deadlines, names, titles.
//!
//! Nothing is found here; the rules name these readers, so that a date or a title is understood alike by all of them.

pub(super) mod dates;
pub(super) mod deadlines;
pub(super) mod names;
pub(super) mod sentences;
pub(super) mod titles;
pub(super) mod words;
