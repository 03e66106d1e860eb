//! Sentences of a passage, and the clauses between their semicolons.

use std::ops::Range;

use super::words::is_among;

/// Words that are cut short, behind which no sentence need begin.
const SHORTENED: &str = "mr mrs ms dr cllr prof rev hon st no nos para paras e.g i.e etc cf vs ref approx p pp";

/// Tells whether the stop behind a word, in small letters, need not end a sentence: `cllr`, the initial of `J. Moss`.
fn is_shortened(word: &str) -> bool {
    let initial = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    initial || is_among(SHORTENED, word)
}

/// Gives what stands between spaces, with its place.
pub(in crate::check) fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |chunk| (chunk.as_ptr() as usize - base, chunk))
}

/// Tells whether a sentence ends with a chunk.
pub(in crate::check) fn ends_sentence(chunk: &str) -> bool {
    let closing = |char: char| matches!(char, ')' | ']' | '"' | '\'' | '”' | '’' | '*');
    let bare = chunk.trim_end_matches(closing);
    let Some(word) = bare.strip_suffix(['.', '!', '?', ':', '…']) else { return false };
    let word = word.trim_start_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    !bare.ends_with('.') || !is_shortened(&word)
}

/// Gives the sentences of a text, each without the spaces around it.
pub(in crate::check) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut chunks = chunks(text).peekable();
    while let Some((at, chunk)) = chunks.next() {
        let begin = *start.get_or_insert(at);
        end = at + chunk.len();
        let next_begins = chunks.peek().is_none_or(|(_, next)| {
            next.chars().find(|char| char.is_alphanumeric()).is_none_or(|char| !char.is_lowercase())
        });
        if ends_sentence(chunk) && !chunk.ends_with(':') && next_begins {
            found.push(begin..end);
            start = None;
        }
    }
    found.extend(start.map(|start| start..end));
    found
}

/// Tells whether a clause ends with the sign at a byte. The stop of `10.30`, of `e.g.` and of an initial ends none.
fn ends_clause(text: &str, at: usize, sign: char) -> bool {
    let rest = &text[at + sign.len_utf8()..];
    let word = || text[..at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    matches!(sign, '.' | '?' | '!' | ';')
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
        && !(sign == '.' && is_shortened(&word().to_lowercase()))
}

/// Gives the clauses of a text, each with the sign that ends it.
pub(in crate::check) fn clauses(text: &str) -> Vec<Range<usize>> {
    let ends = text.char_indices().filter(|(at, sign)| ends_clause(text, *at, *sign));
    let mut start = 0;
    let mut found: Vec<Range<usize>> =
        ends.map(|(at, sign)| std::mem::replace(&mut start, at + sign.len_utf8())..at + sign.len_utf8()).collect();
    found.extend((start < text.len()).then_some(start..text.len()));
    found
}

/// Gives the clause around a place, without the sign that ends it.
pub(in crate::check) fn clause(text: &str, at: usize) -> Range<usize> {
    let before = text[..at].char_indices().rev().find(|(at, sign)| ends_clause(text, *at, *sign));
    let start = before.map_or(0, |(at, sign)| at + sign.len_utf8());
    let behind = text[at..].char_indices().map(|(index, sign)| (at + index, sign));
    let end = behind.into_iter().find(|(at, sign)| ends_clause(text, *at, *sign)).map_or(text.len(), |(at, _)| at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_their_stops() {
        let parts = |text| sentences(text).into_iter().map(|range| &text[range]).collect::<Vec<&str>>();
        assert_eq!(
            parts(" One two. Three? Four e.g. five at 10.30 am. (Six.) seven"),
            ["One two.", "Three?", "Four e.g. five at 10.30 am.", "(Six.) seven"]
        );
        assert!(parts("  ").is_empty());
    }

    #[test]
    fn clauses_end_at_semicolons_too() {
        let text = "Asked Cllr. Moss at 10.30 for a report; agreed. Noted";
        let all: Vec<&str> = clauses(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(all, ["Asked Cllr. Moss at 10.30 for a report;", "agreed.", "Noted"]);
        assert!(clauses("").is_empty());
    }

    #[test]
    fn the_clause_around_a_place_does_not_end_at_times_or_initials() {
        let text = "It met at 10.30 am. Councillor J. Moss spoke; it closed.";
        let at = |words: &str| text.find(words).expect("there");
        assert_eq!(text[clause(text, at("met"))].trim(), "It met at 10.30 am");
        assert_eq!(text[clause(text, at("spoke"))].trim(), "Councillor J. Moss spoke");
        assert_eq!(text[clause(text, at("closed"))].trim(), "it closed");
    }
}
