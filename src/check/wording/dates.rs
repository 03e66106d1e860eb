//! Dates as people write them in running text.
//!
//! `Thursday, 24 June 2021`, `24th June, 2021`, `Wednesday 8 September`, `07/09/21`, `12 and 13 May 2021`,
//! `6th - 30th March 2017`, `13 June – 1 July 2022`, `September 16th`, `December 2018`. Months without day or year
//! (`July-August 2021`, `in May`) are no dates.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use super::words::{Word, gap, is_among, words};
use crate::model::dates::{DAYS, MONTHS};

/// A date that is written somewhere. Whether such a day exists is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Mention {
    /// Where in the passage.
    pub(in crate::check) range: Range<usize>,
    /// Day of the week, where one is written.
    pub(in crate::check) weekday: Option<Weekday>,
    /// Day of the month; none where only month and year are written.
    pub(in crate::check) day: Option<u32>,
    /// Month, from 1.
    pub(in crate::check) month: u32,
    /// Year, if it is written with this date or with the next one that it is joined to.
    pub(in crate::check) year: Option<i32>,
}

/// What a date without a year is understood by.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Around {
    /// Day as of which the text speaks.
    pub(in crate::check) day: NaiveDate,
    /// Calendar year in which its municipal year began.
    pub(in crate::check) municipal_year: i32,
    /// Month in which municipal years begin.
    pub(in crate::check) starts: u32,
}

impl Mention {
    /// Gives the day in a year, if there is one: 31 June is none. A month alone is its first day.
    pub(in crate::check) fn day_in(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day.unwrap_or(1))
    }

    /// Gives the day: in the municipal year of the text where no year is written.
    pub(in crate::check) fn date(&self, around: Option<Around>) -> Option<NaiveDate> {
        let municipal = |around: Around| around.municipal_year + i32::from(self.month < around.starts);
        self.day_in(self.year.or_else(|| around.map(municipal))?)
    }

    /// Tells whether this day is meant; without a year, the day of any.
    pub(in crate::check) fn is(&self, date: NaiveDate) -> bool {
        (self.day, self.month) == (Some(date.day()), date.month()) && self.year.is_none_or(|year| year == date.year())
    }

    /// Gives the day, without a year that which is nearest to the day of the text.
    pub(in crate::check) fn nearest(&self, around: Around) -> Option<NaiveDate> {
        let year = around.day.year();
        let years = self.year.map_or(year - 1..=year + 1, |year| year..=year);
        years.filter_map(|year| self.day_in(year)).min_by_key(|day| (*day - around.day).num_days().abs())
    }
}

/// Words behind which a number is not the day of a month: `section 12 May apply`.
const NUMBERED: &str = "paragraph paragraphs section sections table figure item items page pages year stage phase \
    appendix minute minutes recommendation action number room rooms aged age";

/// Words behind which figures and strokes are a reference, not a date.
const REFERENCE: [&str; 8] = ["reference", "ref", "no", "number", "application", "order", "case", "minute"];

/// Endings of the number of a day.
const ORDINAL: [&str; 4] = ["st", "nd", "rd", "th"];

/// Gives the month that a word names, in full or by its first letters. (A small `may` is a verb.)
pub(in crate::check) fn month(word: &str) -> Option<u32> {
    let first = word.chars().next()?;
    let written = word.len() >= 3 && first.is_uppercase();
    let is = |name: &str| {
        name.eq_ignore_ascii_case(word)
            || name[..3].eq_ignore_ascii_case(word)
            || (word == "Sept" && name.starts_with(word))
    };
    let at = MONTHS.iter().position(|name| written && is(name))?;
    u32::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    let is = |name: &str| {
        name.eq_ignore_ascii_case(word)
            || &name[..3] == word
            || (word == "Thurs" || word == "Tues") && name.starts_with(word)
    };
    let at = DAYS.iter().position(|name| is(name))?;
    u8::try_from(at).ok()?.try_into().ok()
}

/// Gives the number of a day, and whether it has an ending: `3`, `3rd`.
pub(super) fn day(word: &str) -> Option<(u32, bool)> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ending = word[digits.len()..].to_ascii_lowercase();
    let known = ending.is_empty() || ORDINAL.contains(&ending.as_str());
    let number: u32 = (digits.len() <= 2 && known).then(|| digits.parse().ok()).flatten()?;
    (1..=31).contains(&number).then_some((number, !ending.is_empty()))
}

/// Gives the year that four figures name.
pub(in crate::check) fn year(word: &str) -> Option<i32> {
    let number = (word.len() == 4).then(|| word.parse().ok()).flatten()?;
    (1900..2100).contains(&number).then_some(number)
}

/// Gives the dates of a passage that name a day, in their order.
pub(in crate::check) fn days(text: &str) -> Vec<Mention> {
    let mut found = mentions(text);
    found.retain(|mention| mention.day.is_some());
    found
}

/// Gives a day as findings print it.
pub(in crate::check) fn printed(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Gives all dates of a passage, in their order.
pub(in crate::check) fn mentions(text: &str) -> Vec<Mention> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let words = words(text);
    let finder = Finder { text, words: &words };
    let mut found: Vec<Mention> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if let Some(month) = month(word.text) {
            finder.named(index, month, &mut found);
        } else if let Some(mention) = finder.figures(index) {
            found.push(mention);
        }
    }
    found.sort_by_key(|mention| mention.range.start);
    share_years(text, &mut found);
    found
}

/// Gives the year of a date to those that it is joined to: `13 June – 1 July 2022`, `31 December to 2 January 2027`.
fn share_years(text: &str, found: &mut [Mention]) {
    for index in (0..found.len().saturating_sub(1)).rev() {
        let (this, next) = (&found[index], &found[index + 1]);
        let between = text.get(this.range.end..next.range.start).unwrap_or_default().trim();
        let joined = matches!(between, "-" | "–" | "—" | "to" | "and" | "or" | "until" | "," | "&");
        if let (true, None, Some(year), true) = (joined, this.year, next.year, this.day.is_some()) {
            found[index].year = Some(if this.month > next.month { year - 1 } else { year });
        }
    }
}

struct Finder<'a> {
    text: &'a str,
    words: &'a [Word<'a>],
}

impl Finder<'_> {
    fn gap(&self, before: usize) -> &str {
        gap(self.text, self.words, before)
    }

    /// Tells whether a number at an index can be a day, going by what stands before it.
    fn can_be_day(&self, index: usize) -> bool {
        let sign = self.text[..self.words[index].at].chars().next_back();
        let numbered = index > 0 && self.gap(index - 1).is_empty() && {
            let before = self.words[index - 1].text;
            is_among(NUMBERED, &before.to_ascii_lowercase())
        };
        !numbered && !matches!(sign, Some('£' | '$' | '€' | '.' | '/' | ':' | '#'))
    }

    /// Gives the number of a day that ends with a word, with the index at which it begins, and whether it has an
    /// ending, which may stand apart: `3 rd`.
    fn number(&self, at: usize) -> Option<(usize, u32, bool)> {
        let apart = at > 0 && ORDINAL.contains(&self.words[at].text) && self.gap(at - 1).is_empty();
        let at = if apart { at - 1 } else { at };
        let (number, ordinal) = day(self.words[at].text).filter(|_| self.can_be_day(at))?;
        Some((at, number, ordinal || apart))
    }

    /// Finds the dates that end in a month's name, or begin with it.
    fn named(&self, index: usize, month: u32, found: &mut Vec<Mention>) {
        // What is told of earlier centuries is history, and partly of another calendar.
        let is_past =
            |word: &Word| word.text.len() == 4 && word.text.parse().is_ok_and(|year: i32| (1000..1900).contains(&year));
        if self.words.iter().skip(index + 1).take(2).any(is_past) {
            return;
        }
        let behind = |word: usize| {
            let joined = matches!(self.gap(word), "" | ",");
            self.words.get(word + 1).filter(|_| joined).and_then(|next| Some((year(next.text)?, next.end())))
        };
        let of = index > 0 && self.words[index - 1].text == "of" && self.gap(index - 1).is_empty();
        let at = index.checked_sub(if of { 2 } else { 1 });
        let before = at.filter(|at| self.gap(*at).is_empty()).and_then(|at| self.number(at));
        if let Some((at, number, _)) = before.filter(|(_, _, ordinal)| *ordinal || !of) {
            let (year, end) = behind(index).map_or((None, self.words[index].end()), |(year, end)| (Some(year), end));
            let last = Mention { range: at..end, weekday: None, day: Some(number), month, year };
            self.with_those_before(at, &last, found);
            return;
        }
        let next = self.words.get(index + 1).filter(|_| self.gap(index).is_empty());
        let year_behind = behind(index + 1);
        if let Some((number, ordinal)) = next.and_then(|next| day(next.text)) {
            if ordinal || (year_behind.is_some() && self.gap(index + 1) == ",") {
                let end = year_behind.map_or(self.words[index + 1].end(), |(_, end)| end);
                let (at, weekday) = self.weekday_before(index);
                let year = year_behind.map(|(year, _)| year);
                let range = self.words[at].at..end;
                found.push(Mention { range, weekday, day: Some(number), month, year });
            }
        } else if let Some((year, end)) = behind(index) {
            let range = self.words[index].at..end;
            found.push(Mention { range, weekday: None, day: None, month, year: Some(year) });
        }
    }

    /// Gives the weekday before a word, and the index at which the date then begins.
    fn weekday_before(&self, index: usize) -> (usize, Option<Weekday>) {
        let the = index > 0 && self.words[index - 1].text == "the" && self.gap(index - 1).is_empty();
        let Some(at) = index.checked_sub(if the { 2 } else { 1 }) else { return (index, None) };
        match weekday(self.words[at].text) {
            Some(day) if matches!(self.gap(at), "" | ",") => (at, Some(day)),
            _ => (index, None),
        }
    }

    /// Adds a date, with the days before it that share its month. The range of `last` is that from the word of an
    /// index to a byte.
    fn with_those_before(&self, index: usize, last: &Mention, found: &mut Vec<Mention>) {
        let (mut at, weekday) = self.weekday_before(index);
        let mut all = vec![Mention { range: self.words[at].at..last.range.end, weekday, ..last.clone() }];
        while let Some((before, joined_by)) = self.day_before(at, all.len() > 1) {
            let Some((number, _)) = day(self.words[before].text).filter(|_| self.can_be_day(before)) else { break };
            // 13 to 9 May is no span, and 9 belongs to something else.
            let in_order = all.last().and_then(|next| next.day).is_some_and(|next| number < next);
            if !in_order {
                break;
            }
            let (start, weekday) = self.weekday_before(before);
            let range = self.words[start].at..self.words[before].end();
            all.push(Mention { range, weekday, day: Some(number), ..last.clone() });
            at = start;
            if joined_by == "span" {
                break;
            }
        }
        found.extend(all);
    }

    /// Gives the index of a number before a date that shares its month, and how it is joined.
    fn day_before(&self, at: usize, in_list: bool) -> Option<(usize, &'static str)> {
        let before = at.checked_sub(1)?;
        match (self.gap(before), self.words[before].text) {
            ("-" | "–" | "—", _) => Some((before, "span")),
            ("&", _) => Some((before, "list")),
            (",", _) if in_list => Some((before, "list")),
            ("", "and" | "or") if before > 0 => Some((before - 1, "list")).filter(|(at, _)| self.gap(*at).is_empty()),
            ("", "to" | "until") if before > 0 => Some((before - 1, "span")).filter(|(at, _)| self.gap(*at).is_empty()),
            _ => None,
        }
    }

    /// Finds a date in figures: `07/09/21`, `16.9.2021`, `2026-09-16`.
    fn figures(&self, index: usize) -> Option<Mention> {
        let word = self.words[index];
        let around = |at: usize, end: usize| {
            let before = self.text[..at].chars().next_back();
            let after = self.text[end..].chars().next();
            let free = |sign: Option<char>| {
                !sign.is_some_and(|sign| matches!(sign, '/' | '-' | '_' | '.' | '@') || sign.is_alphanumeric())
            };
            free(before) && !after.is_some_and(|sign| matches!(sign, '/' | '-' | '_') || sign.is_alphanumeric())
        };
        if let Some(year) = year(word.text) {
            let (second, third) = (self.words.get(index + 1)?, self.words.get(index + 2)?);
            let two = |word: &Word| word.text.len() == 2 && word.text.bytes().all(|byte| byte.is_ascii_digit());
            let dashes = self.gap(index) == "-" && self.gap(index + 1) == "-";
            if !(dashes && two(second) && two(third) && around(word.at, third.end())) {
                return None;
            }
            let (month, day) = (second.text.parse().ok()?, third.text.parse().ok()?);
            let range = word.at..third.end();
            return Some(Mention { range, weekday: None, day: Some(day), month, year: Some(year) }).filter(sound);
        }
        let sign = ['/', '.'].into_iter().find(|sign| word.text.contains(*sign))?;
        let parts: Vec<&str> = word.text.split(sign).collect();
        let [day, month, year] = parts[..] else { return None };
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let right = digits(day, 2) && digits(month, 2) && (year.len() == 4 || (year.len() == 2 && sign == '/'));
        if !(right && around(word.at, word.end())) {
            return None;
        }
        let before = index.checked_sub(1).map_or("", |before| self.words[before].text);
        if REFERENCE.iter().any(|word| word.eq_ignore_ascii_case(before)) {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        let year = if year < 100 { 2000 + year } else { year };
        let (at, weekday) = self.weekday_before(index);
        let range = self.words[at].at..word.end();
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        Some(Mention { range, weekday, day: Some(day), month, year: Some(year) }).filter(sound)
    }
}

/// Tells whether figures can be meant as a date at all.
fn sound(mention: &Mention) -> bool {
    (1..=12).contains(&mention.month)
        && mention.day.is_some_and(|day| (1..=31).contains(&day))
        && mention.year.is_some_and(|year| (1900..2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives dates as year-month-day, with 0 for what is not written.
    fn found(text: &str) -> Vec<String> {
        let show = |mention: &Mention| {
            let day = mention.day.map_or_else(String::new, |day| format!("-{day}"));
            let weekday = mention.weekday.map_or_else(String::new, |day| format!(" {day}"));
            format!("{}-{}{day}{weekday}", mention.year.unwrap_or(0), mention.month)
        };
        mentions(text).iter().map(show).collect()
    }

    #[test]
    fn every_form_seen_in_council_papers_is_read() {
        assert_eq!(found("Thursday, 24 June 2021"), ["2021-6-24 Thu"]);
        assert_eq!(found("24th June, 2021"), ["2021-6-24"]);
        assert_eq!(found("10.30 am on Thursday, 16th September, 2021."), ["2021-9-16 Thu"]);
        assert_eq!(found("Wednesday 8 September"), ["0-9-8 Wed"]);
        assert_eq!(found("on Wednesday the 8th of September"), ["0-9-8 Wed"]);
        assert_eq!(found("Last updated 07/09/21"), ["2021-9-7"]);
        assert_eq!(found("(16.9.2021) and 2026-09-16"), ["2021-9-16", "2026-9-16"]);
        assert_eq!(found("12 and 13 May 2021"), ["2021-5-12", "2021-5-13"]);
        assert_eq!(found("on 12, 13 and 15 May 2021"), ["2021-5-12", "2021-5-13", "2021-5-15"]);
        assert_eq!(found("6th - 30th March 2017"), ["2017-3-6", "2017-3-30"]);
        assert_eq!(found("26-27 February 2019"), ["2019-2-26", "2019-2-27"]);
        assert_eq!(found("13 June – 1 July 2022"), ["2022-6-13", "2022-7-1"]);
        assert_eq!(found("29 December to 4 January 2027"), ["2026-12-29", "2027-1-4"]);
        assert_eq!(found("September 16th, and October 3, 2026"), ["0-9-16", "2026-10-3"]);
        assert_eq!(found("the meetings of 18 March and 24 June 2026"), ["2026-3-18", "2026-6-24"]);
        assert_eq!(found("on 3 rd July 2021"), ["2021-7-3"]);
        assert_eq!(found("took place in December 2018"), ["2018-12"]);
        assert_eq!(found("Wed 16 Sep 2026 and 3 Sept"), ["2026-9-16 Wed", "0-9-3"]);
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in [
            "July-August 2021",
            "in May",
            "50 March hares",
            "children 5 may see",
            "2 of the 3 Boards",
            "section 12 May apply",
            "21/01234/FUL",
            "2025/26 and 2025-26",
            "at 10.30 on the day",
            "https://www.aldermere.example/2026-09-16/x and /16/09/21/",
            "March 12 people came, £12 May",
            "Table 3 May figures for those aged 8",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn history_and_references_are_no_dates() {
        for text in ["Sunday 22nd October 1643", "14 October 1066", "the order under reference 31/11/25"] {
            assert!(mentions(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_that_of_any() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 10).expect("a day");
        let june = &days("the minutes of 10 June, not those of May 2026")[..];
        assert!(june.len() == 1 && june[0].is(day) && june[0].date(None).is_none());
        assert!(days("10 June 2026")[0].is(day) && !days("10 June 2025")[0].is(day));
    }

    #[test]
    fn ranges_hold_the_weekday_and_the_year() {
        let text = "met on Thursday, 24th June, 2021 at noon";
        let all = mentions(text);
        assert_eq!(&text[all[0].range.clone()], "Thursday, 24th June, 2021");
        let text = "on 12 and 13 May 2021";
        assert_eq!(&text[mentions(text)[1].range.clone()], "13 May 2021");
    }

    #[test]
    fn a_year_that_is_not_written_is_that_of_the_municipal_year() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 16).expect("a day");
        let around = Around { day, municipal_year: 2026, starts: 5 };
        let date = |text: &str| mentions(text)[0].date(Some(around)).expect("a day").to_string();
        assert_eq!((date("8 September"), date("8 March")), ("2026-09-08".into(), "2027-03-08".into()));
        assert_eq!(mentions("8 March")[0].nearest(around).expect("a day").to_string(), "2027-03-08");
        assert_eq!(mentions("8 June")[0].nearest(around).expect("a day").to_string(), "2026-06-08");
        assert_eq!(mentions("31 June")[0].date(Some(around)), None);
    }
}
