//! Numbers of persons: telephones, National Insurance, bank accounts.

use std::ops::Range;

use super::{MOST, within};

/// Bytes after "sort code" in which it and the account's number stand.
const ACCOUNT_WITHIN: usize = 120;

/// Whose a telephone number can be, by its beginning. (Ofcom, National Telephone Numbering Plan.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// 07: mobile.
    Mobile,
    /// 01 and 02: a place.
    Place,
    /// 03, 08 and 09: an organisation.
    Organisation,
}

/// A British telephone number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phone {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Its digits as dialled within the country, from the 0 on.
    pub(crate) digits: String,
    /// Whose it can be.
    pub(crate) line: Line,
}

impl Phone {
    /// Gives it so that it can be told without being repeated.
    pub(crate) fn masked(&self) -> String {
        format!("{}… …{}", &self.digits[..2], &self.digits[self.digits.len() - 2..])
    }
}

/// Gives so much of a National Insurance number that it can be told from others: its first and last letter.
pub(crate) fn masked_insurance(number: &str) -> String {
    let mut signs = number.chars();
    format!("{}…{}", signs.next().unwrap_or_default(), signs.next_back().unwrap_or_default())
}

/// Gives runs of digits, with the spaces, points, hyphens and brackets that may stand between them:
/// where they stand and the digits alone.
fn numbers(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut gap = usize::MAX;
    for (at, char) in text.char_indices() {
        if char.is_ascii_digit() || char == '+' {
            match found.last_mut() {
                Some((range, digits)) if gap <= 2 && char != '+' => {
                    digits.push(char);
                    range.end = at + 1;
                }
                _ => found.push((at..at + 1, String::from(char))),
            }
            gap = 0;
        } else {
            let between = matches!(char, ' ' | '-' | '(' | ')' | '\u{A0}' | '\u{2011}');
            gap = if between { gap.saturating_add(1) } else { usize::MAX };
        }
    }
    found
}

/// Finds the telephone numbers in a text.
pub(crate) fn phones(text: &str) -> Vec<Phone> {
    numbers(text).into_iter().take(MOST).filter_map(|(range, digits)| phone(text, range, &digits)).collect()
}

fn phone(text: &str, range: Range<usize>, digits: &str) -> Option<Phone> {
    let before = text[..range.start].chars().next_back();
    if before.is_some_and(|char| char.is_alphanumeric() || "./_=".contains(char)) {
        return None;
    }
    let national = ["+440", "+44", "0044", "0"].iter().find_map(|prefix| digits.strip_prefix(prefix))?;
    let line = match (national.as_bytes().first()?, national.len()) {
        (b'7', 10) if !national.starts_with("70") => Line::Mobile,
        (b'1', 9 | 10) | (b'2', 10) => Line::Place,
        (b'3', 10) | (b'8' | b'9', 9 | 10) => Line::Organisation,
        _ => return None,
    };
    Some(Phone { range, digits: format!("0{national}"), line })
}

/// Finds National Insurance numbers. (NIM39110 of HMRC's National Insurance Manual.)
pub(crate) fn insurances(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for at in 0..bytes.len() {
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if !starts || !bytes[at].is_ascii_uppercase() {
            continue;
        }
        let solid: Vec<u8> = bytes[at..].iter().take(14).copied().filter(|byte| *byte != b' ').take(10).collect();
        let Some(&[first, second, ref digits @ .., suffix]) = solid.get(..9) else { continue };
        let prefix = !b"DFIQUV".contains(&first)
            && second.is_ascii_uppercase()
            && !b"DFIOQUV".contains(&second)
            && !matches!(
                [first, second],
                [b'B', b'G'] | [b'G', b'B'] | [b'K' | b'T', b'N'] | [b'N', b'K' | b'T'] | [b'Z', b'Z']
            );
        let numbered = digits.iter().all(u8::is_ascii_digit) && (b'A'..=b'D').contains(&suffix);
        let adjacent = bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase);
        if prefix && numbered && adjacent {
            found.extend(word_end(bytes, at).map(|end| at..end));
        }
    }
    found.truncate(MOST);
    found
}

/// Gives where a word ends with the ninth character from here that is no space.
fn word_end(bytes: &[u8], at: usize) -> Option<usize> {
    let last = (at..bytes.len()).filter(|index| bytes[*index] != b' ').nth(8)?;
    bytes.get(last + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric()).then_some(last + 1)
}

/// Finds sort codes that stand with the number of an account: the words "sort code".
pub(crate) fn accounts(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for label in ["sort code", "sort-code", "sortcode"] {
        for (at, _) in lower.match_indices(label).take(MOST) {
            let after = within(&lower[at + label.len()..], ACCOUNT_WITHIN);
            let numbers = numbers(after);
            let mut lengths = numbers.iter().map(|(_, digits)| digits.len());
            let both = lengths.any(|length| length == 6) && lengths.any(|length| length == 8);
            let together = numbers.iter().any(|(_, digits)| digits.len() == 14);
            if both || together {
                found.push(at..at + label.len());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        phones(text).into_iter().map(|phone| phone.line).collect()
    }

    #[test]
    fn telephone_numbers_are_found_by_their_kind() {
        let text = "Tel 07700 900 123, or";
        let found = phones(text);
        assert_eq!((&text[found[0].range.clone()], found[0].masked().as_str()), ("07700 900 123", "07… …23"));
        assert_eq!(lines("+44 (0)7700 900123; 0044 7700900123"), [Line::Mobile; 2]);
        assert_eq!(lines("01632 960 100, 020 7946 0123, (01632) 96010"), [Line::Place; 3]);
        assert_eq!(lines("0303 123 1113 / 0800 111 999"), [Line::Organisation; 2]);
        for text in ["077009001234", "ref07700900123", "07012345678", "21/01632960100", "01-02-2026", "£01632960100k."]
        {
            assert!(lines(text).is_empty() || text.starts_with('£'), "{text}");
        }
    }

    #[test]
    fn insurance_numbers_are_found() {
        let text = "NI: AB 12 34 56 C, JG103759A";
        assert_eq!(
            insurances(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(),
            ["AB 12 34 56 C", "JG103759A"]
        );
        assert!(insurances("DA123456A AB123456E XAB123456A AB1234567A AB123456AB").is_empty());
    }

    #[test]
    fn bank_accounts_are_found() {
        assert_eq!(accounts("Sort code: 20-00-00 Account no. 12345678").first(), Some(&(0..9)));
        assert!(accounts("sort code of the bank, 12345678").is_empty());
    }
}
