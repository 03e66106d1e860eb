//! The time that a record bears: the clock's, or one that was given, of which the record then tells.

use chrono::{DateTime, SecondsFormat, Utc};

use super::IssueFailure;
use super::manifest::Manifest;

/// The time of an issue, or of a removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The time.
    pub at: DateTime<Utc>,
    /// Why it was given, for everybody; none where it is that of the machine's clock.
    pub given: Option<String>,
}

impl Time {
    /// Gives the time as records have it, `2026-09-08T09:30:00Z`.
    pub(super) fn stamp(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Finds a clock that was set back: no issue is older than the one before it.
    pub(crate) fn follows(&self, last: &Manifest) -> Result<(), IssueFailure> {
        let before = DateTime::parse_from_rfc3339(&last.issued).ok().filter(|before| *before > self.at);
        let Some(before) = before else { return Ok(()) };
        let printed = |time: DateTime<Utc>| time.format("%-d %B %Y, %H:%M").to_string();
        Err(IssueFailure::SetBack {
            now: printed(self.at),
            is_given: self.given.is_some(),
            issue: last.issue,
            issued: printed(before.with_timezone(&Utc)),
            was_given: last.given_time.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_issue_is_older_than_the_one_before_it() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).expect("a time").with_timezone(&Utc);
        let last = Manifest { issue: 3, issued: "2026-09-08T09:30:00Z".into(), ..Manifest::default() };
        for (now, fits) in [("2026-09-08T09:30:00Z", true), ("2026-09-08T09:29:59Z", false)] {
            for given in [None, Some("a rehearsal".to_owned())] {
                let time = Time { at: at(now), given };
                assert_eq!(time.follows(&last).is_ok(), fits, "{time:?}");
            }
        }
    }
}
