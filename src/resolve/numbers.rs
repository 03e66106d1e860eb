//! Numbers of minutes, running on through the municipal year.

use crate::model::Council;
use crate::model::minutes::{Minute, Minutes};

/// Gives the printed number of each minute, public ones first.
///
/// The year in a number is that in which the municipal year began, so that no number of a year
/// comes twice although minutes of January to April belong to the year before.
pub(crate) fn minute_numbers(minutes: &Minutes, council: &Council) -> Vec<String> {
    let formats = &council.formats;
    let year = council.municipal_year(minutes.when.date());
    let mut last = minutes.first_number.unwrap_or(minutes.continues_from).saturating_sub(1);
    let mut next = |minute: &Minute| match &minute.number {
        Some(pinned) => match pinned.value.parse::<u32>() {
            Ok(number) => {
                last = number;
                formats.minute.print(number, year)
            }
            Err(_) => pinned.value.clone(),
        },
        None => {
            last = last.saturating_add(1);
            formats.minute.print(last, year)
        }
    };
    minutes.all().map(&mut next).collect()
}
