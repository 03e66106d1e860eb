//! Takes running text apart into words that can be looked up.

use std::ops::Range;

use crate::check::wording::sentences::{chunks, ends_sentence};

/// A word of a text: letters, and the apostrophes among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The word.
    pub(super) word: &'a str,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Whether a sentence begins with it.
    pub(super) first: bool,
    /// Whether a hyphen joins it to another word.
    pub(super) joined: bool,
}

/// A text with its words: they are looked at by several rules.
pub(super) struct Split<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) tokens: Vec<Token<'a>>,
}

impl<'a> Split<'a> {
    /// Splits a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, tokens: words(text) }
    }

    /// Gives the words in a range.
    pub(super) fn within(&self, range: &Range<usize>) -> &[Token<'a>] {
        let place = |at: usize| self.tokens.partition_point(|token| token.range.start < at);
        &self.tokens[place(range.start)..place(range.end)]
    }
}

/// Gives the words of a text. Addresses of the web and of people, names of files and what has digits in it
/// are no words.
pub(super) fn words(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut first = true;
    for (start, chunk) in chunks(text) {
        if !is_address(chunk) {
            let before = found.len();
            split(chunk, start, &mut found);
            found[before..].iter_mut().take(1).for_each(|token: &mut Token| token.first = first);
        }
        if chunk.contains(char::is_alphanumeric) || ends_sentence(chunk) {
            first = ends_sentence(chunk);
        }
    }
    found
}

/// Tells whether a chunk is an address or the name of a file rather than words.
fn is_address(chunk: &str) -> bool {
    let inner = chunk.trim_matches(|char: char| !char.is_alphanumeric());
    let dotted = inner
        .as_bytes()
        .windows(3)
        .any(|three| three[1] == b'.' && three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphanumeric());
    inner.contains('@') || inner.contains("://") || inner.contains('_') || inner.contains('\\') || dotted
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’')
}

fn split<'a>(chunk: &'a str, start: usize, found: &mut Vec<Token<'a>>) {
    let inside = |char: char| char.is_alphanumeric() || is_apostrophe(char);
    let base = chunk.as_ptr() as usize;
    for part in chunk.split(|char| !inside(char)) {
        let word = part.trim_matches(is_apostrophe);
        if word.is_empty() || word.contains(char::is_numeric) {
            continue;
        }
        let at = word.as_ptr() as usize - base;
        let hyphen = |char: Option<char>| char.is_some_and(|char| matches!(char, '-' | '\u{2010}' | '\u{2011}'));
        let joined = hyphen(chunk[..at].chars().next_back()) || hyphen(chunk[at + word.len()..].chars().next());
        found.push(Token { word, range: start + at..start + at + word.len(), first: false, joined });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn words_are_letters_with_their_apostrophes() {
        assert_eq!(
            all("The Board’s ‘note’ (co-opted), don't/won't."),
            ["The", "Board’s", "note", "co", "opted", "don't", "won't"]
        );
        assert_eq!(all("zoë 10th A4 COVID-19 x"), ["zoë", "COVID", "x"]);
        for range in words("é “naïve” day").iter().map(|token| token.range.clone()) {
            assert!("é “naïve” day".get(range).is_some());
        }
    }

    #[test]
    fn addresses_are_no_words() {
        assert!(all("a.b@c.example, https://x/y www.aldermere.example pack.json some_name e.g.").is_empty());
    }

    #[test]
    fn the_first_word_of_each_sentence_is_known() {
        let text = "“One two. Three Dr. Four (five). Six";
        let first: Vec<&str> = words(text).into_iter().filter(|token| token.first).map(|token| token.word).collect();
        assert_eq!(first, ["One", "Three", "Six"]);
        assert!(words("On 5. May").iter().any(|token| token.word == "May" && token.first));
    }
}
