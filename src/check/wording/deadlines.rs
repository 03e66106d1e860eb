//! The day by which words say that something is to be done.

use std::ops::Range;

use chrono::{Months, NaiveDate};

use super::dates::{day, days, month, year};
use super::words::{Word, is_among, lower, words};

/// Words of what is done again and again.
const AGAIN: &str = "annually continuous continuing daily each every fortnightly monthly on-going ongoing quarterly \
    regularly termly weekly yearly";

/// Words behind which a day is the first one.
const FROM: &str = "from since commenced commencing started starting begun began";

/// Gives the last day on which something is in time that is to be done by what the words say: "30 June 2026", "July -
/// August 2021", "Autumn 2026". Nothing for what goes on and on, or has no year.
pub(in crate::check) fn deadline(text: &str) -> Option<NaiveDate> {
    let words = words(text);
    let lower: Vec<String> = words.iter().map(|word| lower(word.text)).collect();
    if lower.iter().any(|word| is_among(AGAIN, word)) && !lower.iter().any(|word| word == "until") {
        return None;
    }
    let begins = |range: &Range<usize>| {
        let before = words.iter().take_while(|word| word.end() <= range.start).count();
        before > 0 && is_among(FROM, &lower[before - 1])
    };
    let full = days(text).into_iter().filter(|day| !begins(&day.range)).filter_map(|day| day.date(None));
    let rough = (0..words.len()).filter(|at| !begins(&words[*at].range())).filter_map(|at| end_of(&words, at));
    full.chain(rough).max()
}

/// Gives the last day of a month or season with its year at a word, or at the second part of `July-August`.
fn end_of(words: &[Word], at: usize) -> Option<NaiveDate> {
    let year = year(words.get(at + 1)?.text)?;
    let of = usize::from(at > 0 && words[at - 1].text == "of");
    let after_day = at > of && day(words[at - 1 - of].text).is_some();
    let word = words[at].text.rsplit('-').next()?;
    let (year, month) = match word.to_lowercase().as_str() {
        "spring" => (year, 5),
        "summer" => (year, 8),
        "autumn" => (year, 11),
        "winter" => (year + 1, 2),
        "of" | "end" | "year" => (year, 12),
        _ if !after_day => (year, month(word)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    }

    #[test]
    fn a_deadline_is_the_last_day_that_the_words_allow() {
        for (words, day) in [
            ("3rd August 2021", "2021-08-03"),
            ("July-August 2021", "2021-08-31"),
            ("From July – December 2021", "2021-12-31"),
            ("July 2021 (during Practice Week)", "2021-07-31"),
            ("Pilot commenced 14th April 2021 Compliance audit to be completed by September 2021", "2021-09-30"),
            ("30 September 2021 ; to be tested with a timescale of 31 December 2021", "2021-12-31"),
            ("Weekly, until December 2026", "2026-12-31"),
            ("Autumn 2026", "2026-11-30"),
            ("Summer-Autumn 2026", "2026-11-30"),
            ("by 15th of March 2026", "2026-03-15"),
            ("end of 2026", "2026-12-31"),
        ] {
            assert_eq!(deadline(words), date(day), "{words}");
        }
    }

    #[test]
    fn what_goes_on_has_no_deadline() {
        for words in [
            "Monthly",
            "Ongoing",
            "On-going, last looked at in May 2021",
            "At every 2nd Review Conference",
            "1st Monday of each month, commencing 5th July 2021",
        ] {
            assert_eq!(deadline(words), None, "{words}");
        }
        assert_eq!(deadline("Start of the summer holiday"), None);
        assert_eq!(deadline("From 1 April 2021"), None);
    }
}
