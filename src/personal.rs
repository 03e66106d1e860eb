//! Finds in plain text what belongs to private persons: pure functions that give byte ranges.
//!
//! Whether it may be published is for those to say who know the paper: [`crate::check`] for what the council writes,
//! [`crate::appended`] for other people's files.

pub(crate) mod births;
pub(crate) mod children;
pub(crate) mod emails;
pub(crate) mod homes;
pub(crate) mod links;
pub(crate) mod numbers;
pub(crate) mod offices;
mod words;

pub(crate) use births::births;
pub(crate) use children::children;
pub(crate) use emails::emails;
pub(crate) use homes::{homes, postcodes};
pub(crate) use numbers::{accounts, insurances, phones};

/// Things that are looked for in one text at most.
const MOST: usize = 1_000;

/// Gives the start of a text, so many bytes or little fewer.
fn within(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}
