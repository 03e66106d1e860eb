//! Words that the dictionary does not have.

use std::collections::HashSet;
use std::ops::Range;

use super::dictionary;
use super::tokens::{Split, Token};
use crate::check::wording::words::without_possessive;

/// What stands before a hyphen without being a word.
const PREFIXES: [&str; 34] = [
    "anti", "bi", "bio", "co", "counter", "cyber", "de", "dis", "eco", "electro", "ex", "extra", "geo", "hydro",
    "inter", "intra", "macro", "meta", "micro", "mini", "multi", "neuro", "non", "para", "poly", "pre", "pseudo",
    "psycho", "re", "semi", "socio", "sub", "tele", "tri",
];
/// From so many words on, a text can be told to be in another language.
const ENOUGH: usize = 5;
/// Shortest name at the head of a sentence that is compared with words.
const SHORTEST_NAME: usize = 6;

/// A word that is not in the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// The word, without the ending of the possessive.
    pub(super) word: String,
    /// Whether it begins a sentence with a capital, and may be a name.
    pub(super) capital: bool,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    /// Words that are not known.
    pub(super) unknown: Vec<Unknown>,
    /// Number of words that were looked up.
    pub(super) looked_up: usize,
    /// Capitalised words inside sentences: names.
    pub(super) names: HashSet<String>,
}

impl Spelling {
    /// Tells whether so many words are unknown that the text must be in another language.
    pub(super) fn is_foreign(&self) -> bool {
        self.looked_up >= ENOUGH && self.unknown.len() * 5 > self.looked_up * 2
    }
}

/// Looks up the words of a text. With `names`, whatever begins with a capital is a name; `own` has, in small letters,
/// the words that the council knows besides.
pub(super) fn spelling(split: &Split, names: bool, own: &HashSet<String>) -> Spelling {
    let text = split.text;
    let mut spelling = Spelling::default();
    let mut last: Option<&Token> = None;
    for token in &split.tokens {
        let before = last.replace(token).filter(|last| token.joined && last.joined);
        let Some(word) = lookup(token) else { continue };
        let capital = word.starts_with(char::is_uppercase);
        if capital && (names || !token.first) {
            spelling.names.insert(word.to_owned());
            continue;
        }
        spelling.looked_up += 1;
        let compound = before.is_some_and(|before| dictionary::has(&format!("{}{word}", before.word.to_lowercase())));
        let ordinal = matches!(word, "st" | "nd" | "rd" | "th")
            && text[..token.range.start].trim_end().ends_with(char::is_numeric);
        if !compound && !ordinal && !is_known(word, token, own) {
            let range = token.range.start..token.range.start + word.len();
            spelling.unknown.push(Unknown { range, word: word.to_owned(), capital });
        }
    }
    spelling
}

/// Gives the word to look up: without the ending of the possessive, and none where it is an abbreviation, a brand,
/// or in another script.
fn lookup<'a>(token: &Token<'a>) -> Option<&'a str> {
    let word = token.word;
    let word = without_possessive(word);
    let latin = word.chars().all(|char| !char.is_alphabetic() || char <= '\u{24F}');
    let capitals = word.chars().skip(1).any(char::is_uppercase);
    let long = word.chars().count() > if token.joined { 2 } else { 1 };
    (latin && !capitals && long).then_some(word)
}

fn is_known(word: &str, token: &Token, own: &HashSet<String>) -> bool {
    let lower = word.to_lowercase();
    own.contains(&lower)
        || dictionary::has(word)
        || dictionary::has(token.word)
        || (!word.is_ascii() && dictionary::has(&without_accents(word)))
        || (token.joined && PREFIXES.contains(&lower.as_str()))
        || is_roman(&lower)
        || parts_known(&lower, own)
}

/// Gives a word as those write it who have no accents on their keyboard: "cafe", "role".
fn without_accents(word: &str) -> String {
    let plain = |char: char| match char {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        '’' => '\'',
        other => other,
    };
    word.chars().map(plain).collect()
}

/// Tells whether a word is a small roman number, such as that of a list.
fn is_roman(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// Tells whether a plural or the like of the council's own words stands there.
fn parts_known(lower: &str, own: &HashSet<String>) -> bool {
    ["s", "es"].iter().any(|ending| lower.strip_suffix(ending).is_some_and(|word| own.contains(word)))
}

/// Gives the word that was meant, if any is near enough; with a capital where there was one.
pub(super) fn meant(unknown: &Unknown) -> Option<String> {
    if !unknown.capital {
        return dictionary::nearest(&unknown.word);
    }
    if unknown.word.chars().count() < SHORTEST_NAME {
        return None;
    }
    let near = dictionary::nearest(&unknown.word.to_lowercase())?;
    let begins = near.chars().next().zip(unknown.word.chars().next());
    let same = begins.is_some_and(|(near, written)| written.to_lowercase().eq([near]));
    let whole = near.chars().all(char::is_alphabetic);
    let mut letters = near.chars();
    let first = letters.next().filter(|_| same && whole)?;
    Some(first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(text: &str) -> Vec<String> {
        let own = HashSet::from(["aldermere".to_owned(), "drawer-down".to_owned(), "placeshaper".to_owned()]);
        spelling(&Split::of(text), false, &own).unknown.into_iter().map(|unknown| unknown.word).collect()
    }

    #[test]
    fn misspelt_words_are_found_with_their_place() {
        let text = "The “comittee” will recieve two reports’ drafts; teh chair's vue.";
        assert_eq!(unknown(text), ["comittee", "recieve", "teh", "vue"]);
        let found = spelling(&Split::of(text), false, &HashSet::new());
        assert!(found.unknown.iter().all(|unknown| text[unknown.range.clone()] == unknown.word));
    }

    #[test]
    fn names_abbreviations_and_own_words_are_not() {
        for text in [
            "We met Councillor Ngozi Okonjo at Xylophonia's hall",
            "the NHSE and CQCs, an iPad, jo@aldrmere.exmple, www.aldrmere.exmple, 12th x2",
            "in aldermere the placeshapers' plan (ii), (iv)",
            "a café, a rôle, a résumé",
            "the co-ordinator, 11 th",
            "co-opted, re-tendered, multi-agency and well-being, don’t, o'clock",
            "ਜੇ ਤੁਹਾਨੂੰ ਇਹ",
        ] {
            assert!(unknown(text).is_empty(), "{text}: {:?}", unknown(text));
        }
    }

    #[test]
    fn another_language_is_told() {
        assert!(spelling(&Split::of("jeśli chcą otrzymać te informacje"), false, &HashSet::new()).is_foreign());
        assert!(!spelling(&Split::of("the comittee met to recieve a report"), false, &HashSet::new()).is_foreign());
    }

    #[test]
    fn a_capital_at_the_head_of_a_sentence_is_kept() {
        let text = "Recomendations follow. Saltgate is a ward.";
        let found = spelling(&Split::of(text), false, &HashSet::new()).unknown;
        assert_eq!(found.iter().map(meant).collect::<Vec<_>>(), [Some("Recommendations".to_owned()), None]);
    }
}
