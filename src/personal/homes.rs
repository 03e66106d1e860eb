//! Postcodes, and the addresses of houses.

use std::ops::Range;

use super::MOST;
use super::words::{Word, words};

/// What streets are called.
const ROADS: [&str; 40] = [
    "Approach", "Avenue", "Bank", "Broadway", "Chase", "Circle", "Circus", "Close", "Common", "Court", "Crescent",
    "Croft", "Dale", "Drive", "Drove", "End", "Field", "Fields", "Gardens", "Gate", "Green", "Grove", "Hill", "Lane",
    "Mead", "Mews", "Park", "Parade", "Passage", "Place", "Rise", "Road", "Row", "Square", "Street", "Terrace", "View",
    "Walk", "Way", "Yard",
];
/// What says that an address is where somebody lives.
const LIVES: [&str; 10] = [
    "lives at",
    "lived at",
    "living at",
    "resident at",
    "resides at",
    "resided at",
    "residing at",
    "home address",
    "home is at",
    "address of the applicant",
];
/// What stands before the name of somebody. (Doctors are left out: their addresses are those of surgeries.)
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Miss", "Mx", "Councillor", "Cllr", "Messrs"];
/// What stands behind a street's name when a place of work is called after it: "4 Mill Lane Surgery".
const WORKPLACES: [&str; 16] = [
    "Academy", "Centre", "Chambers", "Church", "Clinic", "College", "Depot", "Garage", "Hall", "Hospital", "Library",
    "Office", "Offices", "Practice", "School", "Surgery",
];
/// Most words of a person's name behind the title.
const NAME_WORDS: usize = 4;
/// Most words between the number of a house and its street's last word.
const STREET_WORDS: usize = 4;
/// Most words between a street and its postcode: the district and the town.
const TOWN_WORDS: usize = 5;

/// Most bytes between words such as "lives at" and the number of the house.
const FLAT: usize = 12;

/// The address of a house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    /// From the number of the house to the street, or to the postcode where there is one.
    pub(crate) range: Range<usize>,
    /// Postcode in capitals, without its space.
    pub(crate) postcode: Option<String>,
    /// Whether the text says that somebody lives there, or puts the address to somebody's name.
    pub(crate) lived_in: bool,
}

/// Most words of an address of which the first letters are told.
const TOLD: usize = 4;

impl Home {
    /// Gives so much of the address that it can be told from others without being repeated: `14 H… S…`.
    pub(crate) fn masked(&self, text: &str) -> String {
        let first = |word: &str| match word.chars().next() {
            Some(letter) if letter.is_alphabetic() => format!("{letter}…"),
            _ => word.to_owned(),
        };
        let words =
            text[self.range.clone()].split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(TOLD).map(first).collect::<Vec<_>>().join(" ")
    }
}

/// Finds British postcodes: where each stands. (Royal Mail, Programmers' Guide to the Postcode Address File.)
pub(crate) fn postcodes(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate().take(MOST * 100) {
        let next = words.get(index + 1).filter(|next| &text[word.range.end..next.range.start] == " ");
        if let Some(next) = next.filter(|next| is_outward(word.text) && is_inward(next.text)) {
            found.push(word.range.start..next.range.end);
        } else if word.text.is_ascii() && (5..=7).contains(&word.text.len()) {
            let (outward, inward) = word.text.split_at(word.text.len() - 3);
            if is_outward(outward) && is_inward(inward) {
                found.push(word.range.clone());
            }
        }
    }
    found
}

fn is_outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word.as_bytes()[letters..];
    (1..=2).contains(&letters) && matches!(rest, [digit] if digit.is_ascii_digit())
        || (1..=2).contains(&letters)
            && matches!(rest, [digit, last] if digit.is_ascii_digit() && (last.is_ascii_digit() || last.is_ascii_uppercase()))
}

fn is_inward(word: &str) -> bool {
    let letter = |byte: &u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(byte);
    matches!(word.as_bytes(), [digit, first, last] if digit.is_ascii_digit() && letter(first) && letter(last))
}

/// Finds addresses of houses: a number and a street with a postcode, behind words such as "lives at", or behind
/// somebody's name.
pub(crate) fn homes(text: &str) -> Vec<Home> {
    let words = words(text);
    let codes = postcodes(text);
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if !is_house_number(word.text) {
            continue;
        }
        let Some(street) = street_end(text, &words, index) else { continue };
        let end = words[street].range.end;
        let town = words[street + 1..].iter().take(TOWN_WORDS).take_while(|word| word.is_name()).count();
        let code =
            words.get(street + 1 + town).and_then(|next| codes.iter().find(|code| code.start == next.range.start));
        let code = code.filter(|code| !text[end..code.start].contains(['.', ';', ':', '(']));
        let lived_in = is_lived_in(&text[..word.range.start])
            || (is_of_somebody(text, &words, index) && !is_workplace(text, &words, street));
        if code.is_some() || lived_in {
            let postcode = code.map(|code| text[code.clone()].replace(' ', ""));
            found.push(Home { range: word.range.start..code.map_or(end, |code| code.end), postcode, lived_in });
        }
    }
    found.truncate(MOST);
    found
}

/// Tells whether a text ends with words such as "lives at", but for "Flat 3" or the like.
fn is_lived_in(before: &str) -> bool {
    let lower = before.to_lowercase();
    LIVES.iter().filter_map(|words| Some(lower.rfind(words)? + words.len())).any(|end| lower.len() - end <= FLAT)
}

/// Tells whether a name with its title stands right before the number of a house: "Mrs Ward of 14", "Mr J. Bell, 3".
fn is_of_somebody(text: &str, words: &[Word], number: usize) -> bool {
    let joint = |left: usize| &text[words[left].range.end..words[left + 1].range.start];
    let Some(before) = number.checked_sub(1) else { return false };
    let last = match joint(before) {
        " " if matches!(words[before].text, "of" | "at") => {
            before.checked_sub(1).filter(|last| matches!(joint(*last), " " | ", "))
        }
        ", " | " (" => Some(before),
        _ => None,
    };
    let Some(last) = last else { return false };
    for index in (0..=last).rev().take(NAME_WORDS + 1) {
        let word = &words[index];
        if TITLES.contains(&word.text) {
            return index < last;
        }
        let initial = word.text.chars().count() == 1 && word.text.chars().all(char::is_uppercase);
        let joined = index > 0 && matches!(joint(index - 1), " " | ". ");
        if !(word.is_name() || initial) || !joined {
            return false;
        }
    }
    false
}

/// Tells whether a street's name goes on as that of a place of work.
fn is_workplace(text: &str, words: &[Word], street: usize) -> bool {
    words
        .get(street + 1)
        .is_some_and(|next| text[words[street].range.end..next.range.start] == *" " && WORKPLACES.contains(&next.text))
}

fn is_house_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    word.len() - digits.len() <= 1
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

/// Gives the last word of a street's name that begins behind the number of a house.
fn street_end(text: &str, words: &[Word], number: usize) -> Option<usize> {
    let mut last = number;
    for index in number + 1..=number + STREET_WORDS {
        let word = words.get(index)?;
        let between = &text[words[last].range.end..word.range.start];
        if !(between == " " || (between == ", " && last == number)) || !word.is_name() {
            return None;
        }
        if ROADS.contains(&word.text) && index > number + 1 || word.text == "Broadway" {
            return Some(index);
        }
        last = index;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_found() {
        let text = "AD1 2GH, SW1A 1AA, M11AA; B33 8TH. but not A4 2AA1, AB 12 34, X1 2CC or 2026 3AB";
        let found: Vec<&str> = postcodes(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["AD1 2GH", "SW1A 1AA", "M11AA", "B33 8TH"]);
    }

    #[test]
    fn addresses_of_houses_are_found() {
        let text = "Mrs Ward of 14 Harbour Street, Aldermere AD3 4XY. She lives at 12a Old Mill Lane, we hear.";
        let found = homes(text);
        assert_eq!(&text[found[0].range.clone()], "14 Harbour Street, Aldermere AD3 4XY");
        assert_eq!(found[0].postcode.as_deref(), Some("AD34XY"));
        assert_eq!((&text[found[1].range.clone()], found[1].lived_in), ("12a Old Mill Lane", true));
        assert_eq!(homes("Home address: Flat 3, 9 Mill Road").len(), 1, "the label stands before the flat");
    }

    #[test]
    fn addresses_behind_a_name_are_found() {
        for (text, address) in [
            ("Mrs Jean Attwood of 8 Canal Walk asked", "8 Canal Walk"),
            ("Ms Olwen Tudor, 41 Sallow Close, Wexholm", "41 Sallow Close"),
            ("a call from Mrs Hocken at 27 Fore Street, Braddock", "27 Fore Street"),
            ("Mr. J. S. Bell (3 Mill Lane)", "3 Mill Lane"),
            ("Cllr Moss, of 12a Old Mill Lane,", "12a Old Mill Lane"),
        ] {
            let found = homes(text);
            assert_eq!(found.iter().map(|home| &text[home.range.clone()]).collect::<Vec<_>>(), [address], "{text}");
            assert!(found[0].lived_in, "{text}");
        }
    }

    #[test]
    fn other_places_are_not() {
        for text in [
            "Mr Bell met them at 14 Harbour Street",
            "Mr Bell of 4 Mill Lane Surgery, Mrs Ward of 20 Green Road Academy",
            "Bell Brothers of 14 Harbour Street",
            "The Mayor opened a shop of Mr Bell. 14 Harbour Street is a site",
            "On 3 March Street parties were held in AD3 4XY",
            "Guildhall, High Street, Aldermere AD1 2GH",
            "88 homes in Harbour Street",
            "14 Harbour Street is a site",
            "Item 5 Harbour Street. The office is at AD3 4XY",
        ] {
            assert!(homes(text).is_empty(), "{text}: {:?}", homes(text));
        }
    }
}
