//! Dates of birth.

use std::ops::Range;

use super::{MOST, within};

/// Months as they begin.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Bytes after "date of birth" in which its date stands.
const DATE_WITHIN: usize = 40;

/// Bytes after the date in which a text says that the person died.
const DEATH_WITHIN: usize = 120;
/// Nobody who was born before this year lives: what is told of them is history. (UK GDPR, recital 27.)
const LIVING_FROM: u32 = 1910;

/// Finds words such as "date of birth" that have a date behind them, but for people of the past.
pub(crate) fn births(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for label in ["date of birth", "d.o.b", "dob", "born on"] {
        for (at, _) in lower.match_indices(label).take(MOST) {
            let inside = lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let after = within(&lower[at + label.len()..], DATE_WITHIN);
            // "Anybody born on or after" is no one person.
            let anybody = after.starts_with(" or ");
            if !inside && !anybody && has_date(after) && !is_of_the_past(&lower[at + label.len()..], after) {
                found.push(at..at + label.len());
            }
        }
    }
    found
}

/// Gives so much of the date behind words such as "date of birth" that it can be told from others: its year.
pub(crate) fn masked(text: &str, label: &Range<usize>) -> String {
    let after = within(&text[label.end..], DATE_WITHIN);
    let years = after.split(|char: char| !char.is_ascii_digit()).filter(|part| matches!(part.len(), 2 | 4));
    format!("… {}", years.max_by_key(|part| part.len()).unwrap_or_default())
}

/// Tells whether somebody was born too long ago to live, or whether the same sentence says that they died.
fn is_of_the_past(text: &str, date: &str) -> bool {
    let mut numbers = date.split(|char: char| !char.is_ascii_digit()).filter(|part| part.len() == 4);
    let year = numbers.next().and_then(|year| year.parse::<u32>().ok());
    let sentence = within(text, DEATH_WITHIN).split(['.', ';', '\n']).next().unwrap_or_default();
    let mut words = sentence.split(|char: char| !char.is_alphabetic());
    year.is_some_and(|year| year < LIVING_FROM) || words.any(|word| word == "died")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_birth_are_found() {
        for text in ["DOB: 12/03/1980", "Date of birth 3rd March 1980", "D.O.B. 1980-03-12", "dob\nMarch 3, 80"] {
            assert_eq!(births(text).len(), 1, "{text}");
        }
        for text in ["born on 3rd April 1849 and living", "born on 3rd April 1979 and died on 9th May 2001"] {
            assert!(births(text).is_empty(), "{text}");
        }
        assert_eq!(births("born on 3rd April 1979. His father died").len(), 1);
        assert!(births("to anyone born on or after 1 January 2009").is_empty());
        assert!(births("Date of birth: ...... Name: ...... rdob no. 7 of 1980").is_empty());
    }
}
