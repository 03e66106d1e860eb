//! Schedule 12A, Parts 1 and 4: what their paragraphs describe, and texts that quote them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::reading::Reading;
use crate::check::wording::words::plain;
use crate::finding::{Confidence, Finding, Log};
use crate::layouts::Phrases;
use crate::model::body::Regime;
use crate::model::withheld::{ENGLAND, WALES};

/// How alike words must be to those of the Act, from 0 to 1, to be meant for them.
const ALIKE: f64 = 0.75;
/// How alike words are at most that are those of the Act in another order.
const MEANT: f64 = 0.99;
/// Fewest longer words of a paragraph by which it is told in whatever order they stand.
const FEWEST: usize = 6;

/// The descriptions of exempt information by paragraph, as the built-in phrases have them.
static DESCRIPTIONS: LazyLock<Vec<(u8, String)>> = LazyLock::new(|| {
    let phrases = Phrases::built_in();
    let words = |number: u8| (number, phrases.get(&format!("schedule-12a-{number}")).to_owned());
    ENGLAND.chain(WALES).map(words).collect()
});

/// Gives the descriptions of a nation.
fn descriptions(wales: bool) -> impl Iterator<Item = (u8, &'static str)> {
    let own = if wales { WALES } else { ENGLAND };
    DESCRIPTIONS.iter().filter(move |(number, _)| own.contains(number)).map(|(number, words)| (*number, words.as_str()))
}

static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\binformation\s+(?:relating|which|in respect of|about|concerning|on)\b[^.;:”]*")
        .expect("the pattern is sound")
});

crate::finding::rule! {
    /// A resolution to exclude the public states the description of the exempt information in terms of Schedule 12A,
    /// and a paper that is withheld is marked with it. Words that are nearly those of a paragraph are meant for
    /// them; write them as the Act has them, or say only the number. The help gives the Act's words.
    MISQUOTED = "N0013", Law, Warning, guarded, "a paragraph of Schedule 12A in other words than the Act's";
    "NP3: Local Government Act 1972, ss. 100A(5) and 100B(5), Schedule 12A; in Wales also SI 2007/969"
}

/// NP3: a council's own words for a paragraph are those of the Act (Local Government Act 1972, Schedule 12A, Part 1).
pub(in crate::check) fn own_words(phrases: &Phrases, log: &Log) {
    for (number, description) in DESCRIPTIONS.iter() {
        let key = format!("schedule-12a-{number}");
        let Some(place) = phrases.place(&key).filter(|_| plain(phrases.get(&key)) != plain(description)) else {
            continue;
        };
        let message = format!("the words for paragraph {number} of Schedule 12A are not those of the Act");
        log.add(
            Finding::new(&MISQUOTED, place, message)
                .help(format!("take the phrase away, or write: {}", description.trim_end_matches('.'))),
        );
    }
}

/// NP3: what quotes a paragraph has its words.
pub(in crate::check) fn misquoted(reading: &Reading, log: &Log) {
    let wales = reading.body.is_some_and(|body| body.regime == Regime::Wales);
    for passage in reading.passages.iter().filter(|passage| {
        let words = &passage.words;
        words.contains("12A") || words.contains("exempt") || words.contains("aragraph")
    }) {
        for found in QUOTED.find_iter(&passage.words) {
            // Such as "(information about …) within paragraph 3".
            let words = found.as_str();
            let found_near = nearest(words, wales).or_else(|| nearest(words.split(')').next()?, wales));
            let Some((number, right, score)) = found_near else { continue };
            if score >= 1.0 {
                continue;
            }
            let place = reading.place(passage, found.range());
            let message = format!("paragraph {number} of Schedule 12A is quoted in other words than the Act's");
            log.add(
                Finding::new(&MISQUOTED, place, message)
                    .confidence(Confidence::Likely)
                    .help(format!("write: {}", right.trim_end_matches('.'))),
            );
        }
    }
}

/// Gives the paragraph that words are meant for, its description, and how alike they are: 1 when they are its words, or
/// its first ones.
fn nearest(words: &str, wales: bool) -> Option<(u8, &'static str, f64)> {
    let words = plain(words);
    let likeness = |description: &str| {
        let whole = plain(description);
        let short = whole.split(" including ").next().unwrap_or_default().to_owned();
        let begins = |long: &str, start: &str| long.starts_with(start) && long[start.len()..].starts_with([' ', '\0']);
        // A sentence may go on behind the Act's words, or end before them at a bracket.
        if words == whole || words == short || begins(&words, &short) || begins(&whole, &words) {
            return 1.0;
        }
        let cut: String = words.chars().take(whole.chars().count()).collect();
        let tries = [strsim::normalized_levenshtein(&words, &whole), strsim::normalized_levenshtein(&words, &short)];
        let same_words = share_of_words(&words, &short).min(MEANT);
        tries.into_iter().fold(strsim::normalized_levenshtein(&cut, &whole).max(same_words), f64::max)
    };
    let scored = descriptions(wales).map(|(number, description)| (number, description, likeness(description)));
    scored.filter(|(.., score)| *score >= ALIKE).max_by(|one, other| one.2.total_cmp(&other.2))
}

/// Gives which share of the longer words two texts have in common, in whatever order: 0 for texts that have too few of
/// them to tell.
fn share_of_words(one: &str, other: &str) -> f64 {
    fn long(words: &str) -> BTreeSet<&str> {
        words.split(' ').filter(|word| word.len() > 3).collect()
    }
    let (one, other) = (long(one), long(other));
    if other.len() < FEWEST {
        return 0.0;
    }
    let (common, all) = (one.intersection(&other).count(), one.len() + other.len());
    f64::from(u32::try_from(common * 2).unwrap_or_default()) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_act_are_told_from_others() {
        let nearest = |words: &str| nearest(words, false).map(|(number, _, score)| (number, score));
        let right = "Information relating to the financial or business affairs of any particular person";
        assert_eq!(nearest(right), Some((3, 1.0)));
        assert_eq!(nearest(&format!("{right} (including the authority holding that information)")), Some((3, 1.0)));
        assert_eq!(nearest("information relating to any individual"), Some((1, 1.0)));
        for wrong in [
            "information relating to the financial affairs of a particular person",
            "information relating to the financial and business affairs of any particular person (including the \
             authority holding that information)",
            "information about the business and financial affairs of a particular person",
        ] {
            assert!(nearest(wrong).is_some_and(|(number, score)| number == 3 && score < 1.0), "{wrong}");
        }
        assert_eq!(nearest("information which the Board asked for in June"), None);
        assert_eq!(nearest("information relating to school places in the north-east"), None);
    }

    #[test]
    fn wales_has_paragraphs_of_its_own() {
        let found = |words: &str| nearest(words, true).map(|(number, _, score)| (number, score));
        assert_eq!(found("Information relating to a particular individual"), Some((12, 1.0)));
        assert!(
            found("information relating to any individual").is_some_and(|(number, score)| number == 12 && score < 1.0)
        );
        assert_eq!(DESCRIPTIONS.len(), 14);
    }
}
