//! The latest lawful day for everything that must be out before a meeting.

use chrono::{Days, NaiveDate};

use super::Calendar;
use crate::model::agenda::{Agenda, MeetingKind};
use crate::model::body::Regime;
use crate::model::{Body, Workspace, notice};

/// What must be published before a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matter {
    /// Notice of key decisions and of private business of an executive (SI 2012/2089, regulations 5(2) and 9).
    FirstNotice,
    /// Second notice of private business of an executive (regulation 5(4)).
    SecondNotice,
    /// Public notice of time and place (Local Government Act 1972, section 100A(6)).
    Meeting,
    /// Agenda and reports (section 100B(3)).
    Agenda,
    /// A supplement: reports to follow and late items, which must be out before the meeting.
    Supplement,
}

impl Matter {
    /// Gives the word for machines.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::FirstNotice => "first-executive-notice",
            Self::SecondNotice => "second-executive-notice",
            Self::Meeting => "public-notice",
            Self::Agenda => "agenda",
            Self::Supplement => "supplement",
        }
    }

    /// Gives the words for people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::FirstNotice => "notice of key decisions and private business",
            Self::SecondNotice => "second notice of private business",
            Self::Meeting => "public notice of the meeting",
            Self::Agenda => "agenda and reports",
            Self::Supplement => "last supplement (for urgent items only)",
        }
    }

    /// Gives the provision that the day follows from.
    pub(crate) fn source(self) -> &'static str {
        match self {
            Self::FirstNotice => "SI 2012/2089, regulations 5(2) and 9",
            Self::SecondNotice => "SI 2012/2089, regulation 5(4)",
            Self::Meeting => "Local Government Act 1972, section 100A(6)",
            Self::Agenda => "Local Government Act 1972, section 100B(3)",
            Self::Supplement => "Local Government Act 1972, section 100B(3) and (4)",
        }
    }
}

/// The latest lawful day for one matter of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deadline {
    /// What must be out.
    pub(crate) matter: Matter,
    /// The latest working day on which it can be published.
    pub(crate) day: NaiveDate,
    /// Clear days that it leaves before the meeting.
    pub(crate) days: u32,
}

/// A meeting with its deadlines, the earliest first.
#[derive(Debug, Clone)]
pub(crate) struct Coming<'a> {
    /// The meeting.
    pub(crate) agenda: &'a Agenda,
    /// Its body.
    pub(crate) body: &'a Body,
    /// Its day; of a postponed meeting the new one.
    pub(crate) day: NaiveDate,
    /// What must be out, and when.
    pub(crate) deadlines: Vec<Deadline>,
    /// A year between the first deadline and the meeting of which the bank holidays are not known.
    pub(crate) unknown_year: Option<i32>,
}

/// Gives the formal meetings from a day on that will be held, by their day.
pub(crate) fn coming<'a>(workspace: &'a Workspace, calendar: &Calendar, from: NaiveDate) -> Vec<Coming<'a>> {
    let mut coming: Vec<Coming> = (workspace.meetings.values())
        .filter_map(|agenda| {
            let body = workspace.bodies.get(&agenda.body)?;
            let day = day_of(agenda).filter(|day| *day >= from)?;
            let days = body.days(&workspace.council);
            let deadlines = of(day, body.regime, days, calendar);
            let first = deadlines.first().map_or(day, |deadline| deadline.day);
            Some(Coming { agenda, body, day, deadlines, unknown_year: calendar.unknown_year(first, day) })
        })
        .collect();
    coming.sort_by(|one, other| (one.day, &one.agenda.id).cmp(&(other.day, &other.agenda.id)));
    coming
}

/// Gives the day on which a meeting with the standing of one will be held.
fn day_of(agenda: &Agenda) -> Option<NaiveDate> {
    if agenda.cancelled.is_some() || agenda.kind == MeetingKind::Informal {
        return None;
    }
    match &agenda.postponed {
        Some(postponed) => postponed.to.map(|to| to.date()),
        None => Some(agenda.when.date()),
    }
}

/// Gives the deadlines of a meeting, the earliest first.
fn of(meeting: NaiveDate, regime: Regime, days: notice::Days, calendar: &Calendar) -> Vec<Deadline> {
    let deadline = |matter, days| Deadline { matter, day: calendar.latest(meeting, days), days };
    let mut deadlines = vec![
        deadline(Matter::Meeting, days.meeting),
        deadline(Matter::Agenda, days.agenda),
        deadline(Matter::Supplement, 0),
    ];
    if regime == Regime::Executive {
        let day = calendar.latest_plain(meeting, days.executive);
        deadlines.push(Deadline { matter: Matter::FirstNotice, day, days: days.executive });
        deadlines.push(deadline(Matter::SecondNotice, days.meeting));
    }
    deadlines.sort_by_key(|deadline| (deadline.day, deadline.matter));
    deadlines
}

/// Writes the deadlines as a calendar that diaries read (RFC 5545): an all-day event for each. The same
/// sources give the same bytes: the stamp of an event is its own day.
pub(crate) fn to_ics(coming: &[Coming], host: &str) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".into(),
        "PRODID:-//boardpack//notice periods//EN".into(),
        "CALSCALE:GREGORIAN".into(),
    ];
    for meeting in coming {
        for deadline in &meeting.deadlines {
            let (day, key) = (deadline.day.format("%Y%m%d"), deadline.matter.key());
            let after = deadline.day.checked_add_days(Days::new(1)).unwrap_or(deadline.day).format("%Y%m%d");
            let about = format!(
                "{}: {}, {}",
                deadline.matter.words(),
                meeting.body.name.value,
                meeting.day.format("%-d %B %Y")
            );
            let law = format!("Latest day for {} clear days. {}.", deadline.days, deadline.matter.source());
            lines.extend([
                "BEGIN:VEVENT".to_owned(),
                format!("UID:{}-{key}@{host}", meeting.agenda.id.replace('/', "-")),
                format!("DTSTAMP:{day}T000000Z"),
                format!("DTSTART;VALUE=DATE:{day}"),
                format!("DTEND;VALUE=DATE:{after}"),
                format!("SUMMARY:{}", calendar_text(&capital(&about))),
                format!("DESCRIPTION:{}", calendar_text(&law)),
                "TRANSP:TRANSPARENT".into(),
                "END:VEVENT".into(),
            ]);
        }
    }
    lines.push("END:VCALENDAR".into());
    lines.iter().map(|line| calendar_line(line)).collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Escapes a text value of a calendar (RFC 5545, 3.3.11).
pub(crate) fn calendar_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Ends a line of a calendar, which may have 75 bytes before it goes on behind a space (RFC 5545, 3.1).
pub(crate) fn calendar_line(line: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            folded += "\r\n ";
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::model::Text;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
    }

    fn workspace() -> (Workspace, Calendar) {
        let mut workspace = Workspace::default();
        let name = Text {
            value: "Cabinet; housing, health and adult social care – äöü äöü äöü".into(),
            place: Place::default(),
        };
        let body = Body { id: "cabinet".into(), name, regime: Regime::Executive, ..Body::default() };
        workspace.bodies.insert("cabinet".into(), body);
        let when = |day: NaiveDate| day.and_hms_opt(10, 0, 0).expect("a time");
        let meeting = |id: &str, day| Agenda {
            id: id.into(),
            body: "cabinet".into(),
            when: crate::model::dates::When { at: when(day), has_time: true },
            ..Agenda::default()
        };
        let informal = Agenda { kind: MeetingKind::Informal, ..meeting("cabinet/informal", day(10, 7)) };
        for agenda in [meeting("cabinet/2026-10-06", day(10, 6)), meeting("cabinet/2026-09-01", day(9, 1)), informal] {
            workspace.meetings.insert(agenda.id.clone(), agenda);
        }
        let layouts = crate::layouts::Layouts::with(&std::collections::BTreeMap::new(), &mut workspace.sources);
        let calendar = Calendar::of(&workspace.council, &layouts, &crate::finding::Log::default());
        (workspace, calendar)
    }

    #[test]
    fn formal_meetings_from_a_day_on_have_their_deadlines() {
        let (workspace, calendar) = workspace();
        let coming = coming(&workspace, &calendar, day(9, 2));
        assert_eq!(coming.len(), 1);
        let days: Vec<(Matter, NaiveDate)> =
            coming[0].deadlines.iter().map(|deadline| (deadline.matter, deadline.day)).collect();
        let expected = [
            (Matter::FirstNotice, day(9, 7)),
            (Matter::SecondNotice, day(9, 28)),
            (Matter::Meeting, day(9, 28)),
            (Matter::Agenda, day(9, 28)),
            (Matter::Supplement, day(10, 5)),
        ];
        assert_eq!(days, expected);
        assert_eq!(coming[0].unknown_year, None);
    }

    #[test]
    fn a_calendar_can_be_read_back() {
        let (workspace, calendar) = workspace();
        let text = to_ics(&coming(&workspace, &calendar, day(9, 2)), "aldermere.example");
        assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
        let unfolded = text.replace("\r\n ", "");
        let lines: Vec<&str> = unfolded.split_terminator("\r\n").collect();
        assert_eq!((lines[0], lines[lines.len() - 1]), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
        assert_eq!(lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(), 5);
        assert!(lines.contains(&"UID:cabinet-2026-10-06-agenda@aldermere.example"));
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20260928") && lines.contains(&"DTEND;VALUE=DATE:20260929"));
        let summary = lines.iter().find(|line| line.starts_with("SUMMARY:Agenda")).expect("a summary");
        assert_eq!(
            *summary,
            "SUMMARY:Agenda and reports: Cabinet\\; housing\\, health and adult social care – äöü äöü äöü\\, 6 October 2026"
        );
    }
}
