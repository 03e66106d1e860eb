//! Dates, times and minute numbers in the council's own formats, given by example.
//!
//! A council writes any date the way it prints dates, such as `Thursday, 16th September, 2021`
//! or `07/09/21`, and every date is then printed so.

use std::ops::Deref;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::declare::record;

record! {
    /// How a council prints dates, times and minute numbers.
    pub struct Formats: "`formats`" {
        /// With the day of the week, for meetings: any date, written so.
        date: DateFormat = DateFormat::usual("Thursday, 16 September 2021"),
        /// Without it, in running text: any date, written so.
        day: DateFormat = DateFormat::usual("16 September 2021"),
        /// Short, for tables: any date, written so.
        compact: DateFormat = DateFormat::usual("16/09/21"),
        /// The day of issue; as `date` when left out.
        issued: Option<DateFormat>,
        /// Meetings in the heading of minutes; as `date` when left out.
        minutes: Option<DateFormat>,
        /// The date of a briefing note; as `day` when left out.
        briefing_note: Option<DateFormat>,
        /// Meetings of a work programme; as `day` when left out.
        work_programme: Option<DateFormat>,
        /// Any time, such as 10.30 am.
        time: TimeFormat = TimeFormat::from_example("10.30 am").unwrap_or_default(),
        /// Any number of a minute: `12`, `12/26`, `12/2026` or `2026-12`.
        minute: MinuteFormat = MinuteFormat::from_example("12").unwrap_or_default(),
    }
}

/// A date with a time, or without one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// Date and time; midnight when no time is given.
    pub at: NaiveDateTime,
    /// Whether a time is given.
    pub has_time: bool,
}

impl Deref for When {
    type Target = NaiveDateTime;

    fn deref(&self) -> &NaiveDateTime {
        &self.at
    }
}

/// Days of the week, from Monday.
pub(crate) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Months, from January.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Weekday { short: bool },
    Day { padded: bool, ordinal: bool },
    Month { short: bool },
    MonthNumber { padded: bool },
    Year { short: bool },
    Literal(String),
}

/// A date format learnt from an example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateFormat {
    pieces: Vec<Piece>,
}

impl DateFormat {
    fn usual(example: &str) -> Self {
        Self::from_example(example).unwrap_or_default()
    }

    /// Learns a format from a date written in it; `None` when no day, month and year can be seen.
    pub(crate) fn from_example(example: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut day_seen = false;
        let mut month_seen = false;
        let mut year_seen = false;
        for token in tokens(example) {
            let piece = if let Some(piece) = weekday(token) {
                piece
            } else if let Some(piece) = month_name(token) {
                month_seen = true;
                piece
            } else if token.starts_with(|c: char| c.is_ascii_digit()) {
                let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let ordinal = digits.len() < token.len();
                if ordinal && !["st", "nd", "rd", "th"].contains(&&token[digits.len()..]) {
                    return None;
                }
                if digits.len() == 4 && !ordinal {
                    year_seen = true;
                    Piece::Year { short: false }
                } else if !day_seen {
                    day_seen = true;
                    Piece::Day { padded: digits.starts_with('0'), ordinal }
                } else if !month_seen {
                    month_seen = true;
                    Piece::MonthNumber { padded: digits.len() == 2 }
                } else if !year_seen && digits.len() == 2 {
                    year_seen = true;
                    Piece::Year { short: true }
                } else {
                    return None;
                }
            } else {
                Piece::Literal(token.to_owned())
            };
            pieces.push(piece);
        }
        // In 16/09/21 the padding of the month tells that of the day too.
        if pieces.iter().any(|piece| matches!(piece, Piece::MonthNumber { padded: true })) {
            for piece in &mut pieces {
                if let Piece::Day { padded, ordinal: false } = piece {
                    *padded = true;
                }
            }
        }
        (day_seen && month_seen && year_seen).then_some(Self { pieces })
    }

    /// Prints a date.
    pub(crate) fn print(&self, date: NaiveDate) -> String {
        self.pieces.iter().map(|piece| print_piece(piece, date)).collect()
    }
}

fn print_piece(piece: &Piece, date: NaiveDate) -> String {
    match piece {
        Piece::Weekday { short } => {
            let name = DAYS[date.weekday().num_days_from_monday() as usize];
            if *short { name[..3].to_owned() } else { name.to_owned() }
        }
        Piece::Day { padded, ordinal } => {
            let day = date.day();
            let suffix = if *ordinal { suffix(day) } else { "" };
            if *padded { format!("{day:02}{suffix}") } else { format!("{day}{suffix}") }
        }
        Piece::Month { short } => {
            let name = MONTHS[date.month0() as usize];
            if *short { name[..3].to_owned() } else { name.to_owned() }
        }
        Piece::MonthNumber { padded: true } => format!("{:02}", date.month()),
        Piece::MonthNumber { padded: false } => date.month().to_string(),
        Piece::Year { short: true } => format!("{:02}", date.year().rem_euclid(100)),
        Piece::Year { short: false } => date.year().to_string(),
        Piece::Literal(text) => text.clone(),
    }
}

fn suffix(day: u32) -> &'static str {
    match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Splits an example into runs of letters and digits, and what stands between them.
fn tokens(example: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, character) in example.char_indices() {
        let class = character.is_ascii_alphanumeric();
        if last.is_some_and(|last| last != class) {
            tokens.push(&example[start..at]);
            start = at;
        }
        last = Some(class);
    }
    if start < example.len() {
        tokens.push(&example[start..]);
    }
    tokens
}

fn weekday(token: &str) -> Option<Piece> {
    DAYS.iter().find_map(|name| {
        (token == *name)
            .then_some(Piece::Weekday { short: false })
            .or_else(|| (token == &name[..3]).then_some(Piece::Weekday { short: true }))
    })
}

fn month_name(token: &str) -> Option<Piece> {
    // "May" is as long as its short form: the full form is the likelier wish.
    MONTHS
        .contains(&token)
        .then_some(Piece::Month { short: false })
        .or_else(|| MONTHS.iter().any(|name| token == &name[..3]).then_some(Piece::Month { short: true }))
}

/// A time format learnt from an example such as `10.30 am` or `14:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeFormat {
    separator: String,
    half_day: Option<[String; 2]>,
}

impl Default for TimeFormat {
    fn default() -> Self {
        Self { separator: ".".into(), half_day: Some([" am".into(), " pm".into()]) }
    }
}

impl TimeFormat {
    /// Learns a format from a time written in it.
    pub(crate) fn from_example(example: &str) -> Option<Self> {
        let hour_end = example.find(|c: char| !c.is_ascii_digit())?;
        let rest = &example[hour_end..];
        let minute_start = rest.find(|c: char| c.is_ascii_digit())?;
        let minute_end = minute_start + 2;
        if hour_end == 0 || !rest.get(minute_start..minute_end)?.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let tail = rest.get(minute_end..)?;
        let lower = tail.to_ascii_lowercase();
        let half_day = if tail.trim().is_empty() {
            None
        } else if lower.contains('a') && lower.contains('m') {
            Some([tail.to_owned(), tail.replace('a', "p").replace('A', "P")])
        } else if lower.contains('p') && lower.contains('m') {
            Some([tail.replace('p', "a").replace('P', "A"), tail.to_owned()])
        } else {
            return None;
        };
        Some(Self { separator: rest[..minute_start].to_owned(), half_day })
    }

    /// Prints a time of day.
    pub(crate) fn print(&self, time: NaiveTime) -> String {
        match &self.half_day {
            None => format!("{:02}{}{:02}", time.hour(), self.separator, time.minute()),
            Some([morning, afternoon]) => {
                let (afternoon_now, hour) = time.hour12();
                let tail = if afternoon_now { afternoon } else { morning };
                format!("{hour}{}{:02}{tail}", self.separator, time.minute())
            }
        }
    }
}

/// A minute number format learnt from an example: `12`, `12/26`, `12/2026`, `2026-12`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MinuteFormat {
    separator: String,
    year_digits: usize,
    year_first: bool,
}

impl MinuteFormat {
    /// Learns a format from a minute number written in it.
    pub(crate) fn from_example(example: &str) -> Option<Self> {
        let parts: Vec<&str> = example.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let separator: String = example.trim_matches(|c: char| c.is_ascii_digit()).to_owned();
        match parts[..] {
            [_] if separator.is_empty() => Some(Self::default()),
            [first, _] if first.len() == 4 => Some(Self { separator, year_digits: 4, year_first: true }),
            [_, second] if second.len() == 2 || second.len() == 4 => {
                Some(Self { separator, year_digits: second.len(), year_first: false })
            }
            _ => None,
        }
    }

    /// Prints the number of a minute of a meeting in `year`.
    pub(crate) fn print(&self, number: u32, year: i32) -> String {
        let year = match self.year_digits {
            0 => return number.to_string(),
            2 => format!("{:02}", year.rem_euclid(100)),
            _ => year.to_string(),
        };
        if self.year_first {
            format!("{year}{}{number}", self.separator)
        } else {
            format!("{number}{}{year}", self.separator)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    #[test]
    fn prints_every_date_form_seen_in_council_papers() {
        let sixteenth = day(2021, 9, 16);
        for example in [
            "Thursday, 16th September, 2021",
            "Thursday, 16 September 2021",
            "16th September, 2021",
            "16 September 2021",
            "16/09/21",
            "16/09/2021",
            "16.9.2021",
            "Thu 16 Sep 2021",
        ] {
            let format = DateFormat::from_example(example).unwrap_or_default();
            assert_eq!(format.print(sixteenth), example);
        }
        let second = DateFormat::from_example("Thursday, 16th September, 2021").unwrap_or_default();
        assert_eq!(second.print(day(2026, 5, 2)), "Saturday, 2nd May, 2026");
        let compact = DateFormat::from_example("16/09/21").unwrap_or_default();
        assert_eq!(compact.print(day(2021, 9, 7)), "07/09/21");
    }

    #[test]
    fn refuses_examples_that_are_no_dates() {
        for example in ["", "soon", "16 September", "2021", "16xx September 2021"] {
            assert_eq!(DateFormat::from_example(example), None, "{example}");
        }
    }

    #[test]
    fn prints_times_and_minute_numbers_by_example() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let print = |example, time| TimeFormat::from_example(example).unwrap_or_default().print(time);
        assert_eq!(print("10.30 am", at(14, 0)), "2.00 pm");
        assert_eq!(print("2.00pm", at(0, 5)), "12.05am");
        assert_eq!(print("14:00", at(9, 30)), "09:30");
        let minute = |example| MinuteFormat::from_example(example).unwrap_or_default().print(12, 2026);
        assert_eq!(minute("7"), "12");
        assert_eq!(minute("3/21"), "12/26");
        assert_eq!(minute("2021-3"), "2026-12");
    }
}
