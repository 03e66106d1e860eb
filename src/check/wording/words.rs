//! Words of a passage, each with where it stands, and words as they are compared.

use std::ops::Range;

/// A word, a number or a date in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Word<'a> {
    /// As it is written.
    pub(in crate::check) text: &'a str,
    /// First byte in the passage.
    pub(in crate::check) at: usize,
}

impl Word<'_> {
    /// Gives the end of the word in the passage.
    pub(in crate::check) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Gives where it stands.
    pub(in crate::check) fn range(&self) -> Range<usize> {
        self.at..self.end()
    }

    /// Tells whether it begins with a capital letter.
    pub(in crate::check) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Tells whether a character between two others belongs to one word with them: the apostrophe of `Children's`, the
/// hyphen of `drop-in`, the stop of `10.30`, the strokes of `07/09/21`.
fn joins(before: char, sign: char, after: char) -> bool {
    match sign {
        '\'' | '’' | '-' => before.is_alphabetic() && after.is_alphabetic(),
        '.' | ',' | '/' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Tells whether a character can belong to a word without being a letter or digit.
fn is_sign(sign: char) -> bool {
    matches!(sign, '\'' | '’' | '-' | '.' | ',' | '/' | ':')
}

/// Gives the character at a byte: words are split so often that plain letters are not decoded.
fn letter_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() { Some(char::from(byte)) } else { text[at..].chars().next() }
}

/// Splits a passage into words.
pub(in crate::check) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let (mut at, mut before) = (0, ' ');
    while let Some(letter) = letter_at(text, at) {
        let next = at + letter.len_utf8();
        let joined = |next| joins(before, letter, letter_at(text, next).unwrap_or(' '));
        let inside = letter.is_alphanumeric() || (start.is_some() && is_sign(letter) && joined(next));
        match start {
            None if inside => start = Some(at),
            Some(from) if !inside => {
                words.push(Word { text: &text[from..at], at: from });
                start = None;
            }
            _ => {}
        }
        (at, before) = (next, letter);
    }
    if let Some(from) = start {
        words.push(Word { text: &text[from..], at: from });
    }
    words
}

/// Gives what stands between a word and the next, without blanks.
pub(in crate::check) fn gap<'a>(text: &'a str, words: &[Word], before: usize) -> &'a str {
    match (words.get(before), words.get(before + 1)) {
        (Some(word), Some(next)) => text[word.end()..next.at].trim(),
        (Some(word), None) => text[word.end()..].trim(),
        _ => "",
    }
}

/// Gives a word in small letters, with a straight apostrophe.
pub(in crate::check) fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('’', "'") }
}

/// Gives the runs of letters and digits of a text, in small letters.
pub(in crate::check) fn runs(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty()).map(str::to_lowercase)
}

/// Gives a text in small letters, without marks between its words.
pub(in crate::check) fn plain(text: &str) -> String {
    runs(text).collect::<Vec<_>>().join(" ")
}

/// Gives a word without the ending of its possessive.
pub(in crate::check) fn without_possessive(word: &str) -> &str {
    ["’s", "'s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// Gives a word, in small letters, without what plural and possessive add.
pub(in crate::check) fn singular(word: &str) -> String {
    const SHORTEST: usize = 3;
    let word = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    if let Some(start) = word.strip_suffix("ies").filter(|start| start.len() >= SHORTEST - 1) {
        return format!("{start}y");
    }
    let counted = !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    word.strip_suffix('s').filter(|start| counted && start.len() >= SHORTEST).unwrap_or(&word).to_owned()
}

/// Tells whether a list of words, parted by spaces, has one.
pub(in crate::check) fn is_among(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn numbers_times_and_compounds_stay_whole() {
        assert_eq!(
            split("Children’s drop-in, at 10.30 on 07/09/21: £1,870 (12–13 May)."),
            ["Children’s", "drop-in", "at", "10.30", "on", "07/09/21", "1,870", "12", "13", "May"]
        );
    }

    #[test]
    fn words_are_compared_without_marks_and_plurals() {
        assert_eq!(plain("Scrutiny Board (2): Children’s – 2026/27"), "scrutiny board 2 children s 2026 27");
        for (word, one) in [
            ("services", "service"),
            ("children's", "children"),
            ("parties", "party"),
            ("acts", "act"),
            ("bus", "bus"),
            ("status", "status"),
            ("business", "business"),
        ] {
            assert_eq!(singular(word), one);
        }
    }

    #[test]
    fn gaps_are_what_stands_between() {
        let text = "6th - 30th March, 2017";
        let words = words(text);
        assert_eq!((gap(text, &words, 0), gap(text, &words, 1), gap(text, &words, 2)), ("-", "", ","));
    }
}
