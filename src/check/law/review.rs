//! When grounds for withholding are looked at again.

use super::days::named;
use super::withheld::each_at_meeting;
use crate::finding::{Finding, Log};
use crate::resolve::Meeting;

crate::finding::rule! {
    /// `review` is the day on which somebody looks again at whether the paper is still withheld. A day before the
    /// meeting was taken over from an earlier paper, or is mistyped.
    REVIEWED_BEFORE = "N0033", Law, Warning, guarded, "grounds for withholding that are reviewed before the meeting";
    "NP4: practice"
}

/// NP4: the grounds are looked at again after the meeting that they are for, not before it.
pub(in crate::check) fn reviewed_before(meetings: &[Meeting], log: &Log) {
    each_at_meeting(meetings, |agenda, _, _, all| {
        let meeting = agenda.when.date();
        for grounds in all {
            let Some(day) = grounds.withheld.review.filter(|day| *day < meeting) else { continue };
            let message = format!("`{}` is to be reviewed on {}, before the meeting", grounds.name, named(day));
            log.add(
                Finding::new(
                    &REVIEWED_BEFORE,
                    grounds.withheld.review_place.unwrap_or(grounds.withheld.place),
                    message,
                )
                .also(agenda.when_place.unwrap_or(agenda.place), format!("the meeting is on {}", named(meeting)))
                .help("correct the day, or take `review` away"),
            );
        }
    });
}
