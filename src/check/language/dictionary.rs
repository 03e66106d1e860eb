//! The dictionary: British spelling, with -ise and with -ize.
//!
//! It is unpacked and read when the first word is looked up, so that only those who ask for hints wait for it.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use spellbook::Dictionary;

const AFFIXES: &str = include_str!("dictionary/en_GB.aff");
const WORDS: &[u8] = include_bytes!("dictionary/en_GB.dic.gz");
/// Lists of single words besides.
const LISTS: [&str; 2] = [include_str!("dictionary/further.txt"), include_str!("dictionary/councils.txt")];
/// How many characters two words may differ by for one to be offered in place of the other.
const FARTHEST: usize = 2;
/// Longest word for which others are looked for: the time grows with its square.
const LONGEST: usize = 30;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut words = String::new();
    GzDecoder::new(WORDS).read_to_string(&mut words).expect("the built-in list unpacks");
    let mut dictionary = Dictionary::new(AFFIXES, &words).expect("the built-in dictionary can be read");
    for word in LISTS.iter().flat_map(|list| list.lines()) {
        dictionary.add(word).expect("a word without flags can be added");
    }
    dictionary
});

/// Tells whether a word is in the dictionary. Words at the head of a sentence may begin with a capital.
pub(super) fn has(word: &str) -> bool {
    DICTIONARY.check(word)
}

/// Gives the word that was probably meant, when there is a near one.
pub(super) fn nearest(word: &str) -> Option<String> {
    if word.chars().count() > LONGEST {
        return None;
    }
    let mut near = Vec::new();
    DICTIONARY.suggest(word, &mut near);
    let distance = |other: &String| strsim::damerau_levenshtein(word, other);
    near.into_iter()
        .take(5)
        .filter(|other| distance(other) <= FARTHEST)
        .min_by_key(|other| (distance(other), other.chars().next() != word.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_british_words_with_either_ending() {
        for word in ["colour", "organise", "organize", "organisations", "organizations", "Organisation", "judgment"] {
            assert!(has(word), "{word}");
        }
        for word in ["wellbeing", "safeguarding", "virement", "focussed", "councillors", "amongst", "whilst"] {
            assert!(has(word), "{word}");
        }
        for word in ["color", "comittee", "recieve", "organizse"] {
            assert!(!has(word), "{word}");
        }
    }

    #[test]
    fn offers_what_was_probably_meant() {
        assert_eq!(nearest("comittee").as_deref(), Some("committee"));
        assert_eq!(nearest("recieve").as_deref(), Some("receive"));
        assert_eq!(nearest("adress").as_deref(), Some("address"));
        assert_eq!(nearest("color").as_deref(), Some("colour"));
        assert_eq!(nearest("xqzzvwq"), None);
    }

    #[test]
    fn lists_hold_one_word_a_line_in_order() {
        for list in LISTS {
            let lines: Vec<&str> = list.lines().collect();
            assert!(lines.iter().all(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_alphabetic())));
            assert!(lines.is_sorted(), "sort the list by its bytes");
        }
    }
}
