//! Days that words mention, and the day by which words say that something is to be done.

use std::ops::Range;

use chrono::{Datelike, Months, NaiveDate};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How far behind a day without a year another one may give it.
const NEAR: usize = 40;

/// A day that is mentioned: `3rd August 2021`, `10 June`, `07/09/21`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its bytes in the words.
    pub(super) range: Range<usize>,
    /// Day of the month.
    day: u32,
    /// Month, from 1.
    month: u32,
    /// Year, if one is given.
    year: Option<i32>,
}

impl Mention {
    /// Tells whether this day is meant; without a year, the day of any.
    pub(super) fn is(&self, date: NaiveDate) -> bool {
        (self.day, self.month) == (date.day(), date.month()) && self.year.is_none_or(|year| year == date.year())
    }

    /// Gives the day, when it has a year.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }
}

/// Gives the days that words mention, in their order.
pub(super) fn days(words: &str) -> Vec<Mention> {
    let tokens = tokens(words);
    let mut days: Vec<Mention> = (0..tokens.len()).filter_map(|at| in_words(words, &tokens, at)).collect();
    days.extend((0..tokens.len()).filter_map(|at| in_figures(words, &tokens, at)));
    days.sort_by_key(|day| day.range.start);
    // "18 March and 24 June 2026": the year stands behind the last one.
    for at in (1..days.len()).rev() {
        let year = days[at].year;
        if days[at - 1].year.is_none() && days[at].range.start.saturating_sub(days[at - 1].range.end) < NEAR {
            days[at - 1].year = year;
        }
    }
    days
}

/// Gives the last day on which something is in time that is to be done by what the words say: "30 June 2026", "July -
/// August 2021", "Autumn 2026". Nothing for what goes on and on, or has no year.
pub(super) fn deadline(words: &str) -> Option<NaiveDate> {
    const AGAIN: [&str; 15] = [
        "annually",
        "continuous",
        "continuing",
        "daily",
        "each",
        "every",
        "fortnightly",
        "monthly",
        "on-going",
        "ongoing",
        "quarterly",
        "regularly",
        "termly",
        "weekly",
        "yearly",
    ];
    let tokens = tokens(words);
    let lower: Vec<String> = tokens.iter().map(|token| words[token.clone()].to_lowercase()).collect();
    if lower.iter().any(|word| AGAIN.contains(&word.as_str())) && !lower.iter().any(|word| word == "until") {
        return None;
    }
    let begins = |start: usize| {
        let before = lower.iter().zip(&tokens).take_while(|(_, token)| token.end <= start).last();
        before.is_some_and(|(word, _)| {
            ["from", "since", "commenced", "commencing", "started", "starting", "begun", "began"]
                .contains(&word.as_str())
        })
    };
    let full = days(words).into_iter().filter(|day| !begins(day.range.start)).filter_map(|day| day.date());
    let rough = (0..tokens.len()).filter(|at| !begins(tokens[*at].start)).filter_map(|at| end_of(words, &tokens, at));
    full.chain(rough).max()
}

/// Gives the last day of a month or season with its year at a token.
fn end_of(words: &str, tokens: &[Range<usize>], at: usize) -> Option<NaiveDate> {
    let word = words.get(tokens[at].clone())?;
    let year = year(words.get(tokens.get(at + 1)?.clone())?)?;
    let after_day = at > 0 && day(&words[tokens[at - 1].clone()]).is_some();
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

/// Gives the day of which the number stands at a token, with the month in a word behind it.
fn in_words(words: &str, tokens: &[Range<usize>], at: usize) -> Option<Mention> {
    let token = |at: usize| tokens.get(at).map(|token| &words[token.clone()]);
    let number = day(token(at)?)?;
    let mut next = at + 1;
    // "12 and 13 May": the first number has the month of the second.
    if token(next) == Some("and") {
        next += 1;
    }
    if next < tokens.len() && token(next + 1).and_then(month).is_some() && day(token(next)?).is_some() {
        let joined = &words[tokens[at].end..tokens[next].start];
        if joined == " and " || joined.trim_matches(' ').chars().all(|sign| matches!(sign, '-' | '–' | '&')) {
            next += 1;
        }
    } else {
        next = at + 1;
    }
    while token(next).is_some_and(|word| ["of", "st", "nd", "rd", "th"].contains(&word)) {
        next += 1;
    }
    let month = token(next).and_then(month)?;
    if words[tokens[at].end..tokens[next].start].contains(['.', ';', ':']) {
        return None;
    }
    let year = token(next + 1)
        .and_then(year)
        .filter(|_| words[tokens[next].end..tokens[next + 1].start].trim_matches([' ', ',']).is_empty());
    let last = if year.is_some() { next + 1 } else { next };
    Some(Mention { range: tokens[at].start..tokens[last].end, day: number, month, year })
}

/// Gives the day in figures that begins at a token: `07/09/21`, `7.9.2021`, `2021-09-07`.
fn in_figures(words: &str, tokens: &[Range<usize>], at: usize) -> Option<Mention> {
    let [first, second, third] = tokens.get(at..at + 3)? else { return None };
    let sign = words.get(first.end..second.start)?;
    if words.get(second.end..third.start)? != sign {
        return None;
    }
    let number = |token: &Range<usize>| words[token.clone()].parse::<u32>().ok();
    let (first_number, second_number, third_number) = (number(first)?, number(second)?, number(third)?);
    let (day, year) = match (sign, first.len(), third.len()) {
        ("-", 4, 2) => (third_number, first_number),
        ("/", 1 | 2, 2) => (first_number, 2000 + third_number),
        ("/" | ".", 1 | 2, 4) => (first_number, third_number),
        _ => return None,
    };
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, second_number, day)?;
    Some(Mention { range: first.start..third.end, day, month: second_number, year: Some(year) })
}

/// Gives the byte ranges of runs of letters and digits.
fn tokens(words: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, letter) in words.char_indices().chain([(words.len(), ' ')]) {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// Gives the number of a day: `3`, `3rd`.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let known = ending.is_empty() || ["st", "nd", "rd", "th"].contains(&ending);
    digits.parse().ok().filter(|day| known && digits.len() <= 2 && (1..=31).contains(day))
}

/// Gives the number of a month, from 1. (A small `may` is a verb.)
fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_lowercase();
    let short = MONTHS.iter().position(|month| lower == *month || (lower == "sept" && *month == "sep"));
    let at = short.or_else(|| NAMES.iter().position(|month| lower == *month))?;
    word.starts_with(char::is_uppercase).then(|| u32::try_from(at + 1).unwrap_or(1))
}

fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    }

    fn written(words: &str) -> Vec<String> {
        days(words).iter().filter_map(Mention::date).map(|day| day.to_string()).collect()
    }

    #[test]
    fn days_are_read_in_every_form_that_papers_have() {
        assert_eq!(written("the meeting held on 24th June, 2021"), ["2021-06-24"]);
        assert_eq!(written("Wednesday, 8 September 2021 at 10.30 am"), ["2021-09-08"]);
        assert_eq!(written("Last updated 07/09/21"), ["2021-09-07"]);
        assert_eq!(written("on 12 and 13 May 2021"), ["2021-05-12", "2021-05-13"]);
        assert_eq!(written("held on 30-31 January 2018"), ["2018-01-30", "2018-01-31"]);
        assert_eq!(written("13 June – 1 July 2022"), ["2022-06-13", "2022-07-01"]);
        assert_eq!(written("the meetings of 18 March and 24 June 2026"), ["2026-03-18", "2026-06-24"]);
        assert_eq!(written("on 3 rd July 2021"), ["2021-07-03"]);
        assert_eq!(written("by 2026-09-16"), ["2026-09-16"]);
    }

    #[test]
    fn numbers_that_are_no_days_are_left_alone() {
        for words in ["paragraph 1.10", "at 10.30", "50 March hares", "children 5 may see", "2 of the 3 Boards"] {
            assert_eq!(days(words), [], "{words}");
        }
        let june = &days("the minutes of 10 June")[0];
        assert!(june.date().is_none() && date("2026-06-10").is_some_and(|day| june.is(day)));
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
            "At every 2nd Review Conference",
            "1st Monday of each month, commencing 5th July 2021",
        ] {
            assert_eq!(deadline(words), None, "{words}");
        }
        assert_eq!(deadline("Start of the summer holiday"), None);
        assert_eq!(deadline("From 1 April 2021"), None);
    }
}
