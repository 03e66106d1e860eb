//! Abbreviations that are used without being explained.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::dictionary;
use super::tokens::Split;
use crate::check::wording::words::without_possessive;

/// What the built-in list says: `None` for what everybody knows, or the words to be offered.
static LISTED: LazyLock<BTreeMap<&'static str, Option<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("dictionary/abbreviations.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").map_or((line, None), |(short, words)| (short, Some(words)))).collect()
});
/// Shortest and longest abbreviation.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;
/// Words that stand for nothing in an abbreviation.
const SMALL: [&str; 10] = ["the", "of", "and", "for", "in", "to", "on", "a", "an", "with"];

/// Tells whether readers know an abbreviation without being told.
pub(super) fn is_common(short: &str) -> bool {
    matches!(LISTED.get(short), Some(None))
}

/// Gives the words that an abbreviation of councils probably stands for.
pub(super) fn words_for(short: &str) -> Option<&'static str> {
    LISTED.get(short).copied().flatten()
}

/// Finds abbreviations in a text: where each stands, without the `s` of its plural.
pub(super) fn uses(split: &Split) -> Vec<Range<usize>> {
    let Split { text, tokens } = split;
    if is_shouted(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let shouted = |at: usize| tokens.get(at).is_some_and(|token| is_shouted_word(token.word));
    for (index, token) in tokens.iter().enumerate() {
        let word = token.word;
        // "LAND AT WESTON" is a heading, not an abbreviation.
        let beside = shouted(index + 1) || index.checked_sub(1).is_some_and(shouted);
        if word.len() > 3 && beside && words_for(word).is_none() {
            continue;
        }
        let short = without_possessive(word);
        let short = short.strip_suffix('s').unwrap_or(short);
        let neighbours = [text[..token.range.start].chars().next_back(), text[token.range.end..].chars().next()];
        let part = neighbours.into_iter().flatten().any(|char| matches!(char, '/' | '&' | '-' | '\u{2011}' | '*'));
        if !part && is_abbreviation(short) {
            found.push(token.range.start..token.range.start + short.len());
        }
    }
    found
}

/// Tells whether a word is in capitals and too long, or too common, to be an abbreviation.
fn is_shouted_word(word: &str) -> bool {
    let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
    capitals && (word.len() > *LENGTHS.end() || dictionary::has(&word.to_lowercase()))
}

/// Tells whether most of a text is in capitals.
fn is_shouted(text: &str) -> bool {
    let words: Vec<&str> = text.split(|char: char| !char.is_alphabetic()).filter(|word| word.len() > 1).collect();
    let capitals = words.iter().filter(|word| word.chars().all(char::is_uppercase)).count();
    words.len() > 2 && capitals * 2 > words.len()
}

fn is_abbreviation(word: &str) -> bool {
    let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
    capitals
        && LENGTHS.contains(&word.len())
        && !word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
        && (words_for(word).is_some() || !dictionary::has(&word.to_lowercase()))
}

/// Tells whether a text explains an abbreviation that stands in it at a place.
pub(super) fn explains(text: &str, at: &Range<usize>) -> bool {
    let short = &text[at.clone()];
    let (before, after) = (&text[..at.start], text[at.end..].trim_start_matches('s'));
    is_in_brackets(before, after) || is_spelt_out(short, after)
}

/// Tells whether it stands in brackets behind the words: "Care Quality Commission (CQC)", "(the CQC)".
fn is_in_brackets(before: &str, after: &str) -> bool {
    let quotes = |char: char| matches!(char, '"' | '\'' | '“' | '‘' | '”' | '’' | '*');
    let inside = before.trim_end_matches(quotes).trim_end();
    if ["known as", "called"].iter().any(|words| inside.ends_with(words)) {
        return true;
    }
    let inside = ["the", "or", "hereafter"].iter().find_map(|word| inside.strip_suffix(word)).unwrap_or(inside);
    let opened = inside.trim_end().strip_suffix(['(', '[']);
    let behind = opened.is_some_and(|words| words.contains(char::is_alphabetic));
    behind && after.trim_start_matches(quotes).starts_with([')', ']', ',', ';', ':'])
}

/// Tells whether the words follow: "CQC (Care Quality Commission)", "CQC – Care …", "CQC stands for".
fn is_spelt_out(short: &str, after: &str) -> bool {
    let rest = after.trim_start();
    if ["stands for", "means", "is short for"].iter().any(|words| rest.starts_with(words)) {
        return true;
    }
    let Some(rest) = rest.strip_prefix(['(', '[', ':', '–', '—', '-', ',', '=']) else { return false };
    spells(short, rest)
}

/// Tells whether a text begins with the words of an abbreviation: at least its first two letters, or the only word.
pub(super) fn spells(short: &str, text: &str) -> bool {
    let words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut initials = words
        .filter(|word| !SMALL.contains(&word.to_lowercase().as_str()))
        .filter_map(|word| word.chars().next())
        .map(|char| char.to_ascii_uppercase());
    short.chars().take(2).all(|letter| initials.next() == Some(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        uses(&Split::of(text)).into_iter().map(|range| &text[range]).collect()
    }

    fn explained(text: &str) -> bool {
        uses(&Split::of(text)).iter().any(|range| explains(text, range))
    }

    #[test]
    fn abbreviations_are_found() {
        assert_eq!(found("The CQC's report, two EHCPs and XYZ. SEND too"), ["CQC", "EHCP", "XYZ", "SEND"]);
        for text in ["NOT FOR PUBLICATION BY XYZ", "Minute IV", "do NOT go", "COVID-19", "A4 CO2", "R&D", "W L Tan"] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn explanations_are_seen() {
        for text in [
            "the Care Quality Commission (CQC) said",
            "the Care Quality Commission (the “CQC”) said",
            "CQC (Care Quality Commission)",
            "CQC: the Care Quality Commission",
            "CQC – Care Quality Commission",
            "plans (EHCPs), which",
            "XYZ stands for something",
            "also known as XYZ",
        ] {
            assert!(explained(text), "{text}");
        }
        for text in
            ["The CQC said (in May)", "(CQC)", "CQC, which came", "see CQC: more", "as seen (by XYZ inspectors)"]
        {
            assert!(!explained(text), "{text}");
        }
    }

    #[test]
    fn the_list_is_in_order_of_use() {
        assert!(is_common("NHS") && is_common("VAT") && !is_common("CQC"));
        for short in ["IFRS", "ADHD", "UKSC", "EWHC", "CIC", "TBD"] {
            assert!(is_common(short), "{short}");
        }
        assert_eq!(words_for("CQC"), Some("Care Quality Commission"));
        let wrong: Vec<_> =
            LISTED.iter().filter(|(short, words)| short.is_empty() || words.is_some_and(str::is_empty)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
