//! Clear days before a meeting.

use chrono::NaiveDate;

use crate::finding::{Finding, Log, Severity};
use crate::model::agenda::MeetingKind;
use crate::model::{Body, Workspace};
use crate::notice::Calendar;
use crate::resolve::Meeting;

/// Gives the meetings that notice must be given of, with their bodies and days of publication: no informal,
/// cancelled or postponed meetings.
pub(super) fn published<'a, 'm>(
    meetings: &'m [Meeting<'a>],
) -> impl Iterator<Item = (&'m Meeting<'a>, &'a Body, NaiveDate)> {
    meetings.iter().filter_map(|meeting| {
        let agenda = meeting.agenda;
        let formal = agenda.status() == "scheduled" && agenda.kind != MeetingKind::Informal;
        Some((meeting, meeting.body?, agenda.issued?)).filter(|_| formal)
    })
}

/// Gives a day as messages name it.
pub(super) fn named(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// Gives a number of clear days in words.
pub(super) fn clear_days(days: u32) -> String {
    format!("{days} clear {}", if days == 1 { "day" } else { "days" })
}

crate::finding::rule! {
    /// Clear days cannot be counted in a year of which the bank holidays are not known: they may be fewer than it
    /// seems. List the year in layouts/holidays.yaml of the workspace, below the council's nation, each line a
    /// date and a name: `2031-01-01: New Year's Day`.
    HOLIDAYS_UNKNOWN = "N0001", Law, Warning, "bank holidays that are not known";
    "CD1: Local Government Act 1972, section 100A(6); Banking and Financial Dealings Act 1971"
}

/// Finds meetings before which clear days cannot be counted.
pub(in crate::check) fn holidays_unknown(meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (Meeting { agenda, .. }, _, issued) in published(meetings) {
        if let Some(year) = calendar.unknown_year(issued, agenda.when.date()) {
            let message = format!("the bank holidays of {year} are not known, so clear days may be counted wrong");
            log.add(
                Finding::new(&HOLIDAYS_UNKNOWN, agenda.place, message)
                    .help(format!("list those of {year} in layouts/holidays.yaml")),
            );
        }
    }
}

crate::finding::rule! {
    /// Public notice of a meeting is given five clear days before it, and the agenda and each report are open to
    /// inspection for five clear days, in Wales three (Local Government Act 1972, sections 100A(6) and 100B(3)).
    /// Clear days are working days between publication (`issued`) and meeting, neither counted: no Saturdays,
    /// Sundays, bank holidays, or days on which the council is closed. Publish earlier, or meet later. A meeting
    /// convened at shorter notice says why in `short_notice`, which makes this a warning. `notice` in the
    /// council's or the body's file sets other numbers of days. The error lets a draft be built, but not be
    /// issued.
    SHORT_NOTICE = "N0002", Law, Error, issue, "an agenda that is out too late";
    "CD1 and CD2: Local Government Act 1972, ss. 100A(6), 100B(3), 100BA(3); SI 2012/2089, regs. 6 and 7"
}

/// CD1 and CD2: public notice and agenda are out so many clear days before the meeting (Local Government Act
/// 1972, sections 100A(6) and 100B(3)); a reason for shorter notice makes it a warning.
pub(in crate::check) fn short_notice(workspace: &Workspace, meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (Meeting { agenda, .. }, body, issued) in published(meetings) {
        let meeting = agenda.when.date();
        let days = body.days(&workspace.council);
        let wanted = days.agenda.max(days.meeting);
        let given = calendar.clear_days(issued, meeting);
        if given >= wanted {
            continue;
        }
        let (short, latest) = (clear_days(wanted - given), named(calendar.latest(meeting, wanted)));
        let message = format!("the agenda is {short} short: the latest lawful day was {latest}");
        let finding = Finding::new(&SHORT_NOTICE, agenda.issued_place.unwrap_or(agenda.place), message);
        log.add(if agenda.short_notice.is_some() {
            finding.weighing(Severity::Warning).help("see to it that the reason in `short_notice` is good in law")
        } else {
            finding.help(format!(
                "publish by {latest}; where that day is past, hold the meeting later, or say in `short_notice` why it was convened \
                 at shorter notice"
            ))
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::finding::{Place, Sources};
    use crate::model::Text;
    use crate::model::agenda::Agenda;
    use crate::resolve;

    fn found(issued: &str, change: impl FnOnce(&mut Agenda)) -> Vec<(Severity, String)> {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a day");
        let when = day("2026-09-16").and_hms_opt(10, 0, 0).expect("a time");
        let mut agenda = Agenda {
            body: "board".into(),
            when: crate::model::dates::When { at: when, has_time: true },
            issued: Some(day(issued)),
            ..Agenda::default()
        };
        change(&mut agenda);
        let mut workspace = Workspace::default();
        workspace.bodies.insert("board".into(), Body::default());
        workspace.meetings.insert("board/2026-09-16".into(), agenda);
        let log = Log::default();
        let layouts = crate::layouts::Layouts::with(&BTreeMap::new(), &mut Sources::default());
        let calendar = Calendar::of(&workspace.council, &layouts, &log);
        short_notice(&workspace, &resolve::meetings(&workspace), &calendar, &log);
        log.sorted().into_iter().map(|finding| (finding.severity, finding.message)).collect()
    }

    #[test]
    fn an_agenda_five_clear_days_before_is_in_time_and_a_day_later_is_not() {
        assert_eq!(found("2026-09-08", |_| ()), []);
        let message = "the agenda is 1 clear day short: the latest lawful day was Tuesday 8 September 2026";
        assert_eq!(found("2026-09-09", |_| ()), [(Severity::Error, message.to_owned())]);
    }

    #[test]
    fn a_reason_makes_it_a_warning_and_informal_meetings_are_free() {
        let reason = |agenda: &mut Agenda| {
            agenda.short_notice = Some(Text { value: "The sea wall has failed.".into(), place: Place::default() });
        };
        assert_eq!(found("2026-09-14", reason)[0].0, Severity::Warning);
        assert_eq!(found("2026-09-14", |agenda| agenda.kind = MeetingKind::Informal), []);
    }
}
