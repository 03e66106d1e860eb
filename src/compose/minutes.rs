//! Numbers of minutes, running on through the municipal year.

use chrono::Datelike;

use crate::model::dates::Formats;
use crate::model::minutes::{Minute, Minutes};

/// Gives the printed number of each minute, public ones first.
pub fn numbers(minutes: &Minutes, formats: &Formats) -> Vec<String> {
    let year = minutes.when.date().year();
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
            last += 1;
            formats.minute.print(last, year)
        }
    };
    minutes.items.iter().chain(&minutes.private).map(&mut next).collect()
}
