//! From an offset in a text back to the byte in the YAML file that it came from.
//!
//! YAML takes indentation, folds lines and undoes quotes, but keeps the order of the letters.
//! So the letters of the text are found again in the file one after the other.

use std::ops::Range;

use crate::finding::Place;

/// How far ahead a letter is looked for before it is taken for an escape such as `\u00e9`.
const WINDOW: usize = 24;

pub(super) struct Placing {
    place: Place,
    /// For every byte of the text, the byte of the file.
    origins: Vec<u32>,
    /// For every byte of the text, the end of its letter in the file.
    ends: Vec<u32>,
}

impl Placing {
    pub(super) fn new(text: &str, place: Place, file: &str) -> Self {
        let end = (place.end as usize).min(file.len());
        let start = (place.start as usize).min(end);
        let source = file.get(start..end).unwrap_or("");
        let mut origins = Vec::with_capacity(text.len() + 1);
        let mut ends = Vec::with_capacity(text.len());
        let offset = |at: usize| u32::try_from(start + at).unwrap_or(u32::MAX);
        let mut at = 0;
        for letter in text.chars() {
            if !letter.is_whitespace()
                && let Some(found) = find(source, at, letter)
            {
                at = found;
            }
            let there = source[at..].chars().next().map_or(0, char::len_utf8);
            for _ in 0..letter.len_utf8() {
                origins.push(offset(at));
                ends.push(offset(at + there));
            }
            if !letter.is_whitespace() && source[at..].starts_with(letter) {
                at += letter.len_utf8();
            }
        }
        origins.push(offset(at));
        Self { place, origins, ends }
    }

    /// Gives the place of all of the text.
    pub(super) fn whole(&self) -> Place {
        self.place
    }

    /// Gives the place of a byte range of the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        let last = self.origins.len() - 1;
        let start = self.origins[range.start.min(last)];
        let end = range.end.checked_sub(1).filter(|_| range.end > range.start).and_then(|last| self.ends.get(last));
        let end = end.copied().unwrap_or(start);
        Place { source: self.place.source, start, end: end.max(start) }
    }
}

fn find(source: &str, at: usize, letter: char) -> Option<usize> {
    let rest = &source[at..];
    // Indentation may be long; only what is not white space counts against the window.
    let mut letters = 0;
    for (offset, candidate) in rest.char_indices() {
        if candidate == letter {
            return Some(at + offset);
        }
        letters += usize::from(!candidate.is_whitespace());
        if letters > WINDOW {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_behind_a_letter_of_several_bytes() {
        let file = "title: Café";
        let place = Place { source: 0, start: 7, end: u32::try_from(file.len()).unwrap_or(0) };
        let found = Placing::new("Café", place, file).place(&(0..5));
        assert_eq!(file.get(found.start as usize..found.end as usize), Some("Café"));
    }

    #[test]
    fn finds_words_of_block_scalars_and_quotes_in_the_file() {
        let file = "text: |\n    One line,\n    another line\n";
        let start = u32::try_from(file.find("One").unwrap_or(0)).unwrap_or(0);
        let place = Place { source: 0, start, end: u32::try_from(file.len()).unwrap_or(0) };
        let text = "One line,\nanother line\n";
        let placing = Placing::new(text, place, file);
        let at = text.find("another").unwrap_or(0);
        let found = placing.place(&(at..at + 7));
        assert_eq!(&file[found.start as usize..found.end as usize], "another");
    }
}
