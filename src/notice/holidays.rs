//! Bank holidays: `layouts/holidays.yaml`, and the years that a workspace puts in their place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::finding::{Finding, Log, did_you_mean};
use crate::layouts::LAYOUT_BROKEN;
use crate::layouts::{BUILT_IN, Layouts};
use crate::model::notice::Nation;

const FILE: &str = "holidays.yaml";

/// Names of days off by date.
pub(crate) type Days = BTreeMap<NaiveDate, String>;

/// Gives the bank holidays of a nation. A year of which the workspace's own file lists any day is
/// taken from that file alone.
pub(crate) fn of(nation: Nation, layouts: &Layouts, log: &Log) -> Days {
    let built_in = BUILT_IN.iter().find(|(name, _)| *name == FILE).map_or("", |(_, text)| text);
    let mut days = read(built_in).ok().and_then(|mut all| all.remove(nation.word())).unwrap_or_default();
    if !layouts.own().contains_key(FILE) {
        return days;
    }
    let text = layouts.text(FILE).unwrap_or_default();
    match read(text) {
        Ok(mut all) => {
            let own = all.remove(nation.word()).unwrap_or_default();
            let years: BTreeSet<i32> = own.keys().map(NaiveDate::year).collect();
            days.retain(|day, _| !years.contains(&day.year()));
            days.extend(own);
        }
        Err(problem) => {
            let at = text.find(&problem.words).filter(|_| !problem.words.is_empty());
            let range = at.map_or(0..0, |at| at..at + problem.words.len());
            let place = layouts.place(FILE, range).unwrap_or_default();
            log.add(Finding::new(&LAYOUT_BROKEN, place, problem.message).help(problem.help));
        }
    }
    days
}

/// What is wrong with a file of holidays.
#[derive(Debug)]
struct Problem {
    words: String,
    message: String,
    help: String,
}

/// Reads the holidays of all nations by their keys.
fn read(text: &str) -> Result<BTreeMap<String, Days>, Problem> {
    let help = "below each nation, every line is a date and a name: `2031-01-01: New Year's Day`";
    let written: BTreeMap<String, BTreeMap<String, String>> = serde_yaml::from_str(text).map_err(|error| {
        let line = error.location().map_or(String::new(), |at| format!(" from line {} on", at.line()));
        Problem { words: String::new(), message: format!("the holidays cannot be read{line}"), help: help.into() }
    })?;
    let mut all = BTreeMap::new();
    for (nation, days) in written {
        let known = || Nation::WORDS.iter().map(|(key, _)| *key);
        if !known().any(|key| key == nation) {
            let help = did_you_mean(&nation, known())
                .unwrap_or_else(|| format!("write one of: {}", known().collect::<Vec<_>>().join(", ")));
            return Err(Problem { message: format!("there are no holidays of `{nation}`"), words: nation, help });
        }
        let mut dated = Days::new();
        for (date, name) in days {
            let day = NaiveDate::parse_from_str(&date, "%Y-%m-%d").map_err(|_| Problem {
                message: format!("`{date}` is not a day of the calendar"),
                words: date.clone(),
                help: help.into(),
            })?;
            dated.insert(day, name);
        }
        all.insert(nation, dated);
    }
    Ok(all)
}
