//! Clear days: the working days of a council, and the latest lawful day for a notice.
//!
//! Clear days are the working days between the day of publication and the day of the meeting, neither
//! counted, without Saturdays, Sundays, bank holidays and the days on which the council is closed (R v
//! Swansea City Council, ex parte Elitestone, 1993). Where a notice is in plain days, as in SI 2012/2089,
//! every day of the week counts.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::finding::Log;
use crate::layouts::Layouts;
use crate::model::Council;
use crate::model::notice::ClosedDays;

pub(crate) mod deadlines;
mod holidays;

/// The working days of a council.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    holidays: holidays::Days,
    closed: Vec<ClosedDays>,
    /// Years of which the bank holidays are known.
    years: BTreeSet<i32>,
}

impl Calendar {
    /// Gives a council's calendar: the bank holidays of its nation and its own closed days. What is
    /// wrong with a workspace's own file of holidays is a finding.
    pub(crate) fn of(council: &Council, layouts: &Layouts, log: &Log) -> Self {
        let holidays = holidays::of(council.nation, layouts, log);
        let years = holidays.keys().map(NaiveDate::year).collect();
        Self { holidays, closed: council.closed_days.clone(), years }
    }

    /// Tells whether the council's offices are open.
    pub(crate) fn is_working(&self, day: NaiveDate) -> bool {
        self.why_not(day).is_none()
    }

    /// Gives why a day is not a working day: "a Sunday", "Good Friday", the council's own reason.
    pub(crate) fn why_not(&self, day: NaiveDate) -> Option<String> {
        match day.weekday() {
            Weekday::Sat => return Some("a Saturday".into()),
            Weekday::Sun => return Some("a Sunday".into()),
            _ => {}
        }
        if let Some(name) = self.holidays.get(&day) {
            return Some(name.clone());
        }
        let closed = self.closed.iter().find(|closed| (closed.from..=closed.to).contains(&day))?;
        let reason = closed.reason.as_ref().map(|reason| reason.value.clone());
        Some(reason.unwrap_or_else(|| "a day on which the council is closed".into()))
    }

    /// Counts the clear days between a day of publication and a meeting, neither counted; 0 when
    /// publication is not before the meeting.
    pub(crate) fn clear_days(&self, published: NaiveDate, meeting: NaiveDate) -> u32 {
        let between = published.iter_days().skip(1).take_while(|day| *day < meeting);
        u32::try_from(between.filter(|day| self.is_working(*day)).count()).unwrap_or(u32::MAX)
    }

    /// Gives the latest working day on which something can be published for so many clear days
    /// before a meeting.
    pub(crate) fn latest(&self, meeting: NaiveDate, days: u32) -> NaiveDate {
        let mut left = days;
        for day in back_from(meeting) {
            if !self.is_working(day) {
                continue;
            }
            if left == 0 {
                return day;
            }
            left -= 1;
        }
        meeting
    }

    /// Gives the latest working day on which something can be published for so many plain days before
    /// a meeting, neither counted.
    pub(crate) fn latest_plain(&self, meeting: NaiveDate, days: u32) -> NaiveDate {
        let last = meeting.checked_sub_days(Days::new(u64::from(days) + 1)).unwrap_or(meeting);
        std::iter::once(last).chain(back_from(last)).find(|day| self.is_working(*day)).unwrap_or(last)
    }

    /// Gives the first year between two days of which the bank holidays are not known.
    pub(crate) fn unknown_year(&self, from: NaiveDate, to: NaiveDate) -> Option<i32> {
        (from.year()..=to.year()).find(|year| !self.years.contains(year))
    }
}

/// Counts the plain days between a day of publication and a meeting, neither counted.
pub(crate) fn plain_days(published: NaiveDate, meeting: NaiveDate) -> u32 {
    u32::try_from((meeting - published).num_days() - 1).unwrap_or(0)
}

/// Gives the days before a day, the nearest first, for three years: no offices are closed longer.
fn back_from(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (1..1100).filter_map(move |back| day.checked_sub_days(Days::new(back)))
}

#[cfg(test)]
mod tests;
