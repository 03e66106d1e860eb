//! What is out too late on the day on which it is issued, whatever day the agenda prints.

use chrono::NaiveDate;

use super::added::OPEN_TOO_LATE;
use super::days::{SHORT_NOTICE, clear_days, named};
use crate::finding::{Finding, Log, Severity};
use crate::model::Workspace;
use crate::model::agenda::{Agenda, MeetingKind};
use crate::notice::Calendar;
use crate::resolve::Meeting;

/// CD1 and CD2: a first issue is out so many clear days before the meeting (Local Government Act 1972, sections 100A(6)
/// and 100B(3)), and bears the day on which it is out.
pub(crate) fn first_issue(
    workspace: &Workspace,
    agenda: &Agenda,
    calendar: &Calendar,
    today: NaiveDate,
    known: bool,
    log: &Log,
) {
    let (meeting, place) = (agenda.when.date(), agenda.issued_place.unwrap_or(agenda.place));
    let warn = |message: String, help: &str| {
        log.add(Finding::new(&SHORT_NOTICE, place, message).weighing(Severity::Warning).help(help));
    };
    if today > meeting {
        warn(
            format!("the meeting was on {}; today is {}", named(meeting), named(today)),
            "see that it is this meeting that is to be issued",
        );
    }
    if let Some(issued) = agenda.issued.filter(|issued| *issued != today) {
        let today = named(today);
        warn(
            format!("`issued` says {}; today is {today}, which is the day that counts", named(issued)),
            "write the day of the issue in `issued`, or issue it on the day that is written",
        );
    }
    let formal = agenda.status() == "scheduled" && agenda.kind != MeetingKind::Informal;
    let Some(body) = workspace.bodies.get(&agenda.body).filter(|_| formal && !known) else { return };
    let days = body.days(&workspace.council);
    let needed = days.agenda.max(days.meeting);
    let left = calendar.clear_days(today, meeting);
    if left >= needed || agenda.short_notice.is_some() {
        return;
    }
    let latest = named(calendar.latest(meeting, needed));
    let message = format!("issued today it has {left} of {needed} clear days; the latest lawful day was {latest}");
    log.add(Finding::new(&SHORT_NOTICE, place, message).help(
        "meet later, say why in `short_notice` of the agenda, or add --override \"N0002=why it is issued all the same\"",
    ));
}

/// CD3 and CD4: other business, or another time or place, is open for the clear days, unless the chair has agreed that
/// its item is urgent (Local Government Act 1972, section 100B(4)(b)). `changes` are the major ones in words, each with
/// the number of its item.
pub(crate) fn major_changes<'a>(
    workspace: &Workspace,
    meeting: &Meeting,
    calendar: &Calendar,
    today: NaiveDate,
    changes: impl Iterator<Item = (Option<&'a str>, &'a str)>,
    log: &Log,
) {
    let Some(body) = meeting.body.filter(|_| meeting.agenda.status() == "scheduled") else { return };
    let (needed, day) = (body.days(&workspace.council).agenda, meeting.agenda.when.date());
    let left = calendar.clear_days(today, day);
    if left >= needed {
        return;
    }
    let latest = named(calendar.latest(day, needed));
    let are = if left == 1 { "is" } else { "are" };
    for (number, words) in changes {
        let item = meeting.items().find(|item| number == Some(item.number.as_str()));
        let agreed = item.and_then(|item| item.urgent);
        if agreed.is_some_and(|urgent| urgent.circumstances.is_some() && urgent.chair.is_some()) {
            continue;
        }
        let place = item.map_or(meeting.agenda.place, |item| item.place);
        let message = format!(
            "a major change ({words}): {} {are} left of {needed}; the latest lawful day was {latest}",
            clear_days(left)
        );
        log.add(Finding::new(&OPEN_TOO_LATE, place, message).help(
            "where the chair agrees that it is urgent, say so in `urgent` of the item, or add --urgent \"the circumstances\"",
        ));
    }
}
