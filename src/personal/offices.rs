//! Telephones of offices, told by the words about them.

use std::ops::Range;

use super::within;
use super::words::words;

/// What has a telephone that everybody may ring, in small letters and the singular.
const OFFICES: [&str; 46] = [
    "academy",
    "agency",
    "association",
    "authority",
    "bureau",
    "centre",
    "charity",
    "church",
    "clinic",
    "club",
    "college",
    "company",
    "council",
    "department",
    "depot",
    "desk",
    "enquiry",
    "foundation",
    "helpdesk",
    "helpline",
    "hospital",
    "hotel",
    "hotline",
    "library",
    "limited",
    "line",
    "ltd",
    "museum",
    "nursery",
    "office",
    "organisation",
    "partnership",
    "plc",
    "police",
    "practice",
    "press",
    "reception",
    "school",
    "service",
    "society",
    "station",
    "surgery",
    "switchboard",
    "team",
    "trust",
    "unit",
];
/// What says that a number is somebody's own all the same.
const OWN: [&str; 16] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "cllr",
    "councillor",
    "his",
    "her",
    "their",
    "my",
    "home",
    "neighbour",
    "tenant",
    "resident",
];
/// Bytes before a number, and behind it, in which it is said whose it is.
const BEFORE: usize = 90;
const BEHIND: usize = 40;

/// Tells whether the words about a telephone number in its sentence name a service, an office or an organisation, and
/// no person nearer to it.
pub(crate) fn is_of_an_office(text: &str, number: &Range<usize>) -> bool {
    let before = &text[..number.start];
    let start = (before.len().saturating_sub(BEFORE)..=before.len())
        .find(|at| before.is_char_boundary(*at))
        .unwrap_or_default();
    let before = before[start..].rsplit([';', '\n']).next().unwrap_or_default();
    let before = before.rsplit(". ").next().unwrap_or_default();
    let nearest = words(before).iter().rev().find_map(|word| says(word.text));
    let behind = within(&text[number.end..], BEHIND).split(['.', ';', '\n']).next().unwrap_or_default();
    // Behind the number, only what stands in brackets or right behind it is about it.
    let label = behind.strip_prefix(" (").and_then(|label| label.split(')').next());
    nearest.or_else(|| words(label?).iter().find_map(|word| says(word.text))).unwrap_or(false)
}

/// Tells whether a word names an office or a person, or neither.
fn says(word: &str) -> Option<bool> {
    let lower = word.to_lowercase();
    let word = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    let one = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let one = one.as_deref().or_else(|| word.strip_suffix('s')).unwrap_or(word);
    if OWN.contains(&word) || OWN.contains(&one) {
        Some(false)
    } else {
        (OFFICES.contains(&word) || OFFICES.contains(&one)).then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal::phones;

    fn office(text: &str) -> bool {
        is_of_an_office(text, &phones(text)[0].range)
    }

    #[test]
    fn telephones_of_offices_are_told_from_those_of_people() {
        for text in [
            "Ring Democratic Services on 01632 970 000 between 9am and 5pm.",
            "The hospital's switchboard is 01632 555 444.",
            "The helpline: 01632 555 444",
            "Press enquiries to 01632 555 444",
            "Mrs Ward chairs it. The call centre is on 01632 555 444",
            "Ring 01632 555 444 (reception)",
        ] {
            assert!(office(text), "{text}");
        }
        for text in [
            "Queries to Councillor Burdett on 01939 556 210.",
            "Democratic Services passed on that Mrs Ward is on 01632 555 444",
            "The trust met. Ring 01632 555 444",
            "Ring 01632 555 444. The library is shut",
            "the council has his home number, 01632 555 444",
        ] {
            assert!(!office(text), "{text}");
        }
    }
}
