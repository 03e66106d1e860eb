//! Where a report says that it goes, against the agendas of those bodies.

use chrono::NaiveDate;

use super::diary::Diary;
use crate::check::passages;
use crate::check::wording::dates::{self, printed};
use crate::finding::{Confidence, Finding, Log, Place, Severity};
use crate::model::people::PersonRef;
use crate::model::report::{Clearance, Report};
use crate::model::text::{Inline, Target, each_part};
use crate::model::{Line, Paper, PaperKind, Text};

/// A body and day at which a report says that it is taken.
struct Stop<'a> {
    body: &'a str,
    day: NaiveDate,
    place: Place,
}

crate::finding::rule! {
    /// The form of a report names the bodies that take it with their days (`to`, and the answers under
    /// `scrutiny`, `other_bodies` and `council`). The agenda of such a day does not have the report, or the body
    /// does not meet then; or an agenda has it that the form does not name. The bodies stand in the order in
    /// which they take the report: a later one with an earlier day is wrong, and one on the same day is a hint,
    /// because it needs the recommendation of the one before.
    OTHER_JOURNEY = "C0014", Consistency, Warning, "a report that does not go where it says";
    "practice"
}

/// Finds reports whose form names a body and day that do not have them, and agendas that the form does not name.
pub(in crate::check) fn journeys(diary: &Diary, log: &Log) {
    for paper in diary.workspace.papers.values() {
        let PaperKind::Report(report) = &paper.kind else { continue };
        let mut stops: Vec<Stop> = to(diary, report).collect();
        let told_already =
            |stops: &[Stop], stop: &Stop| stops.iter().any(|one| (one.body, one.day) == (stop.body, stop.day));
        for stop in in_form(diary, report) {
            if !told_already(&stops, &stop) {
                stops.push(stop);
            }
        }
        log.extend(stops.iter().filter_map(|stop| astray(diary, paper, report, stop)));
        let dated = report.to.iter().any(|to| to.date.is_some());
        for (agenda, _) in diary.uses.get(paper.path.as_str()).into_iter().flatten().filter(|_| dated) {
            let day = agenda.when.date();
            let told = stops.iter().any(|stop| stop.body == agenda.body && stop.day == day);
            let open = report.to.iter().any(|to| to.body.value == agenda.body && to.date.is_none());
            // A wrong day of this body is told of at that day.
            let elsewhere = stops.iter().any(|stop| stop.body == agenda.body);
            let Some(place) = agenda.papers().find(|one| one.path == paper.path) else {
                continue;
            };
            if !told && !open && !elsewhere {
                let name = name(diary, &agenda.body);
                let message = format!("the report does not say that it goes to {name} on {}", printed(day));
                log.add(
                    Finding::new(&OTHER_JOURNEY, report.title.place, message)
                        .also(place.place, "it stands on this agenda")
                        .help("add the body and its day under `to`"),
                );
            }
        }
    }
}

/// Finds bodies that take a report on the day of the one before them, or earlier.
pub(in crate::check) fn order(diary: &Diary, log: &Log) {
    for paper in diary.workspace.papers.values() {
        let PaperKind::Report(report) = &paper.kind else { continue };
        // A day that is wrong in itself is told of once.
        let astray: Vec<Place> = to(diary, report)
            .filter(|stop| astray(diary, paper, report, stop).is_some())
            .map(|stop| stop.place)
            .collect();
        let dated = report.to.iter().filter(|to| !astray.contains(&to.body.place));
        let dated: Vec<(&Text, NaiveDate)> = dated.filter_map(|to| Some((&to.body, to.date?))).collect();
        for pair in dated.windows(2) {
            let [(first, before), (second, day)] = pair else { continue };
            if before < day || first.value == second.value {
                continue;
            }
            let (one, two) = (name(diary, &first.value), name(diary, &second.value));
            let (when, severity) =
                if before == day { ("on the same day as", Severity::Info) } else { ("before", Severity::Warning) };
            let message = format!("{two} takes the report {when} {one}, on whose recommendation it depends");
            log.add(
                Finding::new(&OTHER_JOURNEY, second.place, message)
                    .also(first.place, "the body before")
                    .help("give the bodies in the order of their meetings, or say how the recommendation reaches the second")
                    .weighing(severity)
                    .confidence(if before == day { Confidence::Possible } else { Confidence::Likely }),
            );
        }
    }
}

crate::finding::rule! {
    /// The table at the end of a report shows when each contributor and approver was sent it and answered. An
    /// answer cannot be older than the sending, and an approval that is older than the last contribution
    /// approved another text. A hint where an author is also an approver.
    CLEARED_TOO_SOON = "C0016", Consistency, Warning, "a report that was cleared before it was finished";
    "practice"
}

/// Finds reports that were approved before the last contribution came, or answered before they were sent.
pub(in crate::check) fn cleared_too_soon(diary: &Diary, log: &Log) {
    let people = &diary.workspace.people;
    for paper in diary.workspace.papers.values() {
        let PaperKind::Report(report) = &paper.kind else { continue };
        let row = |row: &Clearance| (people.person(&row.person).name.value.clone(), place_of(&row.person, report));
        for one in report.contributors.iter().chain(&report.approvers) {
            if let (Some(sent), Some(received)) = (one.sent, one.received)
                && received < sent
            {
                let (name, place) = row(one);
                let message = format!(
                    "`{name}` answered on {}, before the report was sent on {}",
                    printed(received),
                    printed(sent)
                );
                log.add(Finding::new(&CLEARED_TOO_SOON, place, message).help("correct `sent` or `received`"));
            }
        }
        let last = report.contributors.iter().filter(|row| row.received.is_some()).max_by_key(|row| row.received);
        let Some((last, came)) = last.and_then(|last| Some((last, last.received?))) else { continue };
        let early: Vec<&Clearance> =
            report.approvers.iter().filter(|row| row.received.is_some_and(|day| day < came)).collect();
        if let Some((first, rest)) = early.split_first()
            && let Some(approved) = first.received
        {
            let ((name, place), (contributor, there)) = (row(first), row(last));
            let message =
                format!("`{name}` approved the report on {}, before the last contribution came", printed(approved));
            let finding = Finding::new(&CLEARED_TOO_SOON, place, message)
                .also(there, format!("`{contributor}` answered on {}", printed(came)))
                .help("have the text approved that is published, and give the day of that")
                .confidence(Confidence::Likely);
            log.add(rest.iter().fold(finding, |finding, one| finding.also(row(one).1, "approved before it too")));
        }
        own_approvals(diary, report, log);
    }
}

/// Finds authors among the approvers.
fn own_approvals(diary: &Diary, report: &Report, log: &Log) {
    let people = &diary.workspace.people;
    for approver in &report.approvers {
        let name = &people.person(&approver.person).name.value;
        if !name.is_empty() && report.authors.iter().any(|author| people.person(author).name.value == *name) {
            log.add(
                Finding::new(
                    &CLEARED_TOO_SOON,
                    place_of(&approver.person, report),
                    format!("`{name}` approves a report of their own"),
                )
                .help("have somebody else approve it, if the council's rules ask for that")
                .weighing(Severity::Info)
                .confidence(Confidence::Possible),
            );
        }
    }
}

/// Gives where a row names its person.
fn place_of(person: &PersonRef, report: &Report) -> Place {
    let place = person.name_place();
    if place == Place::default() { report.title.place } else { place }
}

/// Gives the stops that `to` names.
fn to<'a>(diary: &Diary<'a>, report: &'a Report) -> impl Iterator<Item = Stop<'a>> {
    let bodies = &diary.workspace.bodies;
    report.to.iter().filter_map(move |to| {
        let (body, _) = bodies.get_key_value(&to.body.value)?;
        Some(Stop { body, day: to.date?, place: to.body.place })
    })
}

/// Gives the stops that the answers on scrutiny, other bodies and the council name.
fn in_form<'a>(diary: &Diary<'a>, report: &'a Report) -> impl Iterator<Item = Stop<'a>> {
    let bodies = &diary.workspace.bodies;
    let council = bodies.keys().find(|id| *id == "council" || bodies[*id].name.value.ends_with("Council"));
    let lines = [(&report.scrutiny, false), (&report.other_bodies, false), (&report.council, true)];
    lines.into_iter().filter_map(|(line, of_council)| Some((line.as_ref()?, of_council))).filter_map(
        move |(line, of_council)| {
            let passage = passages::of_parts(&line.content);
            let days = dates::days(&passage.words);
            let [day] = &days[..] else { return None };
            let body = if of_council { council.map(String::as_str) } else { named(diary, line) }?;
            let place = passage.place(day.range.clone(), &diary.workspace.sources);
            Some(Stop { body, day: day.date(None)?, place })
        },
    )
}

/// Gives the body that a line names, by a reference or in full.
fn named<'a>(diary: &Diary<'a>, line: &Line) -> Option<&'a str> {
    let mut referred = None;
    each_part(&line.content, &mut |part| {
        if let Inline::Link(link) = part
            && let Target::Body(id) = &link.target
        {
            referred = Some(id.clone());
        }
    });
    let words = line.plain();
    let bodies = &diary.workspace.bodies;
    let by_name = || {
        bodies.iter().find(|(_, body)| {
            let names = std::iter::once(&body.name).chain(&body.short);
            names.into_iter().any(|name| !name.value.is_empty() && words.contains(&name.value))
        })
    };
    let found = referred.map_or_else(by_name, |id| bodies.get_key_value(&id));
    found.map(|(id, _)| id.as_str())
}

/// Finds a stop whose agenda does not have the report, or on whose day the body does not meet.
fn astray(diary: &Diary, paper: &Paper, report: &Report, stop: &Stop) -> Option<Finding> {
    let (name, day) = (name(diary, stop.body), printed(stop.day));
    let finding = |message: String| {
        Finding::new(&OTHER_JOURNEY, stop.place, message)
            .help("correct the day, or put the report on that agenda")
            .confidence(Confidence::Likely)
    };
    let uses = diary.uses.get(paper.path.as_str()).map(Vec::as_slice).unwrap_or_default();
    let taken = uses.iter().map(|(agenda, _)| *agenda).filter(|agenda| agenda.body == stop.body);
    match diary.meeting(stop.body, stop.day) {
        Some(meeting) if !meeting.agendas.is_empty() => {
            let title = diary.wording(stop.body).title(&report.title.plain());
            let there = meeting.agendas.iter().any(|agenda| {
                agenda.status() != "scheduled"
                    || agenda.papers().any(|one| one.path == paper.path)
                    || diary.subjects(agenda).iter().any(|subject| subject.title.is_like(&title))
            });
            let message = format!("the report says that it goes to {name} on {day}, but that agenda does not have it");
            (!there).then(|| finding(message).also(meeting.agendas[0].place, "the agenda"))
        }
        Some(meeting) if !meeting.minutes.is_empty() || meeting.moved_here => None,
        _ => {
            let Some(other) = taken.min_by_key(|agenda| (agenda.when.date() - stop.day).num_days().abs()) else {
                let meets_later = diary.meetings_of(stop.body).any(|(other, _)| other > stop.day);
                let message = format!("the report says that it goes to {name} on {day}, but there is no meeting then");
                return meets_later.then(|| finding(message));
            };
            let message = format!(
                "the report says that it goes to {name} on {day}, but it is on the agenda of {}",
                printed(other.when.date())
            );
            Some(finding(message).also(other.place, "that agenda"))
        }
    }
}

fn name<'a>(diary: &Diary<'a>, id: &'a str) -> &'a str {
    diary.workspace.bodies.get(id).map_or(id, |body| body.called.as_ref().unwrap_or(&body.name).value.as_str())
}
