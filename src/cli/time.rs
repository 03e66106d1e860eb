//! The time: that of the clock, or one that is given; and which of them a record may bear.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::app::Failure;
use crate::issue::time::Time;

/// Environment variable with the time to be taken for now, in seconds since 1970.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Why a record bears a time that was given.
#[derive(Args)]
pub(super) struct GivenTime {
    /// Why the time is that of `SOURCE_DATE_EPOCH` and not the clock's: recorded, and printed for everybody
    #[arg(long, value_name = "WORDS", value_parser = super::options::words)]
    given_time: Option<String>,
}

impl GivenTime {
    /// Gives the time for a record: the clock's, or a given one of which it is said why.
    pub(super) fn time(&self) -> Result<Time, Failure> {
        match (given()?, &self.given_time) {
            (None, None) => Ok(Time { at: of_the_clock()?, given: None }),
            (Some(at), Some(why)) => Ok(Time { at, given: Some(why.clone()) }),
            (Some(at), None) => Err(Failure::asked(format!("`{EPOCH}` gives the time as {}, but what is kept bears the time of the clock", at.format("%-d %B %Y, %H:%M"))).hint("remove the variable; where that time is wanted, add --given-time \"why\", which is recorded and printed")),
            (None, Some(_)) => Err(Failure::asked(format!("--given-time says why a time was given, but `{EPOCH}` gives none")).hint("leave it out: the time is the clock's")),
        }
    }
}

/// Gives the time that is taken for now: the given one where there is one, else the clock's.
pub(super) fn now() -> Result<DateTime<Utc>, Failure> {
    given()?.map_or_else(of_the_clock, Ok)
}

/// Gives the time of the environment, where it gives one.
fn given() -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(seconds) = std::env::var_os(EPOCH) else { return Ok(None) };
    let seconds = seconds.to_string_lossy();
    let time = seconds.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map(Some).ok_or_else(|| {
        let what = format!("`{EPOCH}` is `{seconds}`, which is not a number of seconds");
        Failure::work(what).hint("remove the variable, or give the seconds since 1970")
    })
}

fn of_the_clock() -> Result<DateTime<Utc>, Failure> {
    let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = passed.ok().and_then(|passed| i64::try_from(passed.as_secs()).ok());
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let wrong = "the clock of this machine shows no date after 1970";
    time.ok_or_else(|| Failure::work(wrong).hint("set the clock of this machine right"))
}
