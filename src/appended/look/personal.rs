//! Finds what belongs to private persons in a text.

/// Domains of providers where people, not bodies, have their addresses.
const PROVIDERS: [&str; 32] = [
    "aol.co.uk",
    "aol.com",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "freeserve.co.uk",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "outlook.co.uk",
    "outlook.com",
    "plus.com",
    "proton.me",
    "protonmail.com",
    "sky.com",
    "talktalk.net",
    "tiscali.co.uk",
    "virgin.net",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
];
/// Months as they begin.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Bytes after "date of birth" in which its date stands.
const DATE_WITHIN: usize = 40;
/// Bytes after "sort code" in which it and the account's number stand.
const ACCOUNT_WITHIN: usize = 120;
/// Things kept of one page.
const MOST: usize = 1_000;

/// What a private matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Private {
    /// Electronic address at a provider for private persons.
    Address,
    /// Number of a mobile telephone.
    Mobile,
    /// National Insurance number.
    Insurance,
    /// Date of birth.
    Birth,
    /// Sort code with the number of an account.
    Account,
}

/// Finds private matters in a text, each masked so that it can be told without being repeated.
pub fn private(text: &str) -> Vec<(Private, String)> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    addresses(&lower, &mut found);
    mobiles(text, &mut found);
    insurances(text, &mut found);
    births(&lower, &mut found);
    accounts(&lower, &mut found);
    found.truncate(MOST);
    found
}

type Found = Vec<(Private, String)>;

fn addresses(text: &str, found: &mut Found) {
    for (at, _) in text.match_indices('@').take(MOST) {
        let local = |char: char| char.is_ascii_alphanumeric() || "._%+-".contains(char);
        let before = text[..at]
            .rfind(|char| !local(char))
            .map_or(0, |end| end + text[end..].chars().next().map_or(1, char::len_utf8));
        let after = &text[at + 1..];
        let end = after.find(|char: char| !char.is_ascii_alphanumeric() && !".-".contains(char)).unwrap_or(after.len());
        let domain = after[..end].trim_end_matches(['.', '-']);
        let name = text[before..at].trim_start_matches('.');
        if let Some(first) = name.chars().next()
            && PROVIDERS.contains(&domain)
        {
            found.push((Private::Address, format!("{first}…@{domain}")));
        }
    }
}

/// Gives runs of digits, with the spaces, points, hyphens and brackets that may stand between them:
/// where they begin and the digits alone.
fn numbers(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut gap = usize::MAX;
    for (at, char) in text.char_indices() {
        if char.is_ascii_digit() || char == '+' {
            match found.last_mut() {
                Some((_, digits)) if gap <= 2 && char != '+' => digits.push(char),
                _ => found.push((at, String::from(char))),
            }
            gap = 0;
        } else {
            let between = matches!(char, ' ' | '-' | '(' | ')' | '\u{A0}' | '\u{2011}');
            gap = if between { gap.saturating_add(1) } else { usize::MAX };
        }
    }
    found
}

fn mobiles(text: &str, found: &mut Found) {
    for (at, digits) in numbers(text) {
        let joined = text[..at].chars().next_back().is_some_and(|char| char.is_alphanumeric() || "./_=".contains(char));
        let national = match digits.as_str() {
            full if full.starts_with("+440") => &full[4..],
            full if full.starts_with("+44") => &full[3..],
            full if full.starts_with("0044") => &full[4..],
            full if full.starts_with('0') => &full[1..],
            _ => continue,
        };
        let mobile = national.len() == 10 && national.starts_with('7') && !national.starts_with("70") && !joined;
        if mobile {
            found.push((Private::Mobile, format!("07… …{}", &national[8..])));
        }
    }
}

/// National Insurance numbers. (NIM39110 of HMRC's National Insurance Manual.)
fn insurances(text: &str, found: &mut Found) {
    let bytes = text.as_bytes();
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
        if prefix && numbered && adjacent && ends_word(bytes, at) {
            found.push((Private::Insurance, format!("{}…{}", char::from(first), char::from(suffix))));
        }
    }
}

/// Tells whether a word ends after the ninth character from here that is no space.
fn ends_word(bytes: &[u8], at: usize) -> bool {
    let ninth = (at..bytes.len()).filter(|index| bytes[*index] != b' ').nth(8);
    ninth.is_some_and(|last| bytes.get(last + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric()))
}

fn births(text: &str, found: &mut Found) {
    for label in ["date of birth", "d.o.b", "dob", "born on"] {
        for (at, _) in text.match_indices(label).take(MOST) {
            let inside = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let after = within(&text[at + label.len()..], DATE_WITHIN);
            if !inside && has_date(after) {
                found.push((Private::Birth, String::new()));
            }
        }
    }
}

/// Tells whether a day, a month and a year stand in a text.
fn has_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(|char: char| !char.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.windows(3).any(|three| {
        let small = |part: &str, most: u32| {
            let digits = part.trim_end_matches(char::is_alphabetic);
            digits.len() <= 2 && digits.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number))
        };
        let year = |part: &str| matches!(part.len(), 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
        let month = |part: &str| small(part, 12) || MONTHS.iter().any(|month| part.starts_with(month));
        let [a, b, c] = [three[0], three[1], three[2]];
        small(a, 31) && month(b) && year(c)
            || month(a) && small(b, 31) && year(c)
            || a.len() == 4 && year(a) && month(b) && small(c, 31)
    })
}

fn accounts(text: &str, found: &mut Found) {
    for label in ["sort code", "sort-code", "sortcode"] {
        for (at, _) in text.match_indices(label).take(MOST) {
            let after = within(&text[at + label.len()..], ACCOUNT_WITHIN);
            let numbers = numbers(after);
            let mut lengths = numbers.iter().map(|(_, digits)| digits.len());
            let both = lengths.any(|length| length == 6) && lengths.any(|length| length == 8);
            let together = numbers.iter().any(|(_, digits)| digits.len() == 14);
            if both || together {
                found.push((Private::Account, String::new()));
            }
        }
    }
}

/// Gives the start of a text, so many bytes or little fewer.
fn within(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{Private, private};

    fn kinds(text: &str) -> Vec<Private> {
        private(text).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn finds_addresses_and_masks_them() {
        assert_eq!(private("é jo.smith@Gmail.com."), [(Private::Address, "j…@gmail.com".to_owned())]);
        assert!(kinds("clerk@council.gov.uk @gmail.com a@gmail.com.example").is_empty());
    }

    #[test]
    fn finds_mobile_numbers() {
        assert_eq!(private("Tel 07700 900 123, or"), [(Private::Mobile, "07… …23".to_owned())]);
        assert_eq!(kinds("+44 (0)7700 900123; 0044 7700900123").len(), 2);
        assert!(kinds("020 7946 0123 / 077009001234 / ref07700900123 / 07012345678").is_empty());
    }

    #[test]
    fn finds_insurance_numbers() {
        assert_eq!(kinds("NI: AB 12 34 56 C, JG103759A").len(), 2);
        assert!(kinds("DA123456A AB123456E XAB123456A AB1234567A AB123456AB").is_empty());
    }

    #[test]
    fn finds_dates_of_birth() {
        for text in ["DOB: 12/03/1980", "Date of birth 3rd March 1980", "D.O.B. 1980-03-12", "dob\nMarch 3, 80"] {
            assert_eq!(kinds(text), [Private::Birth], "{text}");
        }
        assert!(kinds("Date of birth: ...... Name: ...... rdob no. 7 of 1980").is_empty());
    }

    #[test]
    fn finds_bank_accounts() {
        assert_eq!(kinds("Sort code: 20-00-00 Account no. 12345678"), [Private::Account]);
        assert!(kinds("sort code of the bank, 12345678").is_empty());
    }
}
