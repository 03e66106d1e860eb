//! Words of a text with their places.

use std::ops::Range;

/// A run of letters and digits, with the hyphens and apostrophes inside.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    /// The word.
    pub(super) text: &'a str,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

impl Word<'_> {
    /// Tells whether it begins with a capital and goes on in small letters, as a name does.
    pub(super) fn is_name(&self) -> bool {
        let mut letters = self.text.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    }
}

/// Gives the words of a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let base = text.as_ptr() as usize;
    let inside = |char: char| char.is_alphanumeric() || matches!(char, '-' | '\'' | '’' | '\u{2011}');
    text.split(|char| !inside(char))
        .map(|part| part.trim_matches(|char: char| !char.is_alphanumeric()))
        .filter(|part| !part.is_empty())
        .map(|part| {
            let start = part.as_ptr() as usize - base;
            Word { text: part, range: start..start + part.len() }
        })
        .collect()
}
