//! Work programmes against the meetings that they plan.

use chrono::NaiveDate;

use super::diary::{Diary, Meeting, Programme, Subject};
use crate::check::wording::dates::printed;
use crate::check::wording::titles::{Title, is_procedure};
use crate::finding::{Confidence, Finding, Log, Severity};
use crate::model::Agenda;
use crate::model::programme::{ProgrammeItem, ProgrammeMeeting};
use crate::model::{Line, PaperKind};
use crate::resolve::Item;

crate::finding::rule! {
    /// The work programme has an item for a day on which the body meets, and nothing on the agenda of that day
    /// (or, where there is no agenda, in the minutes) has a title like it. Put it on the agenda, or move it to
    /// another meeting in the programme, so that it is not lost. Titles are compared by their significant words;
    /// where the two only have other names, give them the same one.
    PLANNED_NOT_TAKEN = "C0001", Consistency, Warning, "an item that is planned for a meeting and not on its agenda";
    "practice"
}

/// Finds what a programme plans for a day, and the agenda of that day does not have.
pub(in crate::check) fn planned_not_taken(diary: &Diary, log: &Log) {
    for (body, day, meeting) in diary.meetings() {
        let Some(version) = diary.programme_for(body, day) else { continue };
        let Some((subjects, there)) = held(diary, body, meeting) else { continue };
        for row in rows(version, day) {
            let title = diary.wording(body).title(&row.title.plain());
            if is_blank(&row.title) || subjects.iter().any(|subject| subject.title.is_like(&title)) {
                continue;
            }
            let (what, place) = there;
            let message =
                format!("`{}` is planned for {}, but not {what} of that day", row.title.plain(), printed(day));
            log.add(
                Finding::new(&PLANNED_NOT_TAKEN, row.title.place, message)
                    .also(place, "the meeting")
                    .help("put it on the agenda, or move it to another meeting in the programme")
                    .confidence(Confidence::Likely),
            );
        }
    }
}

/// Gives what a meeting took: by its agenda, or by its minutes where there is no agenda. Nothing when it was not held.
fn held<'a>(
    diary: &Diary<'a>,
    body: &str,
    meeting: &Meeting<'a>,
) -> Option<(Vec<Subject<'a>>, (&'static str, crate::finding::Place))> {
    if let Some(agenda) = meeting.agendas.first() {
        let is_on = meeting.agendas.iter().any(|agenda| agenda.status() == "scheduled");
        let subjects = meeting.agendas.iter().flat_map(|agenda| diary.subjects(agenda)).collect();
        return is_on.then_some((subjects, ("on the agenda", agenda.place)));
    }
    let (_, first) = meeting.minutes.first()?;
    let minutes = meeting.minutes.iter().flat_map(|(_, minutes)| minutes.all());
    Some((minutes.flat_map(|minute| diary.subjects_of(body, minute)).collect(), ("in the minutes", first.place)))
}

/// Gives the rows of a day.
fn rows<'a>(version: &Programme<'a>, day: NaiveDate) -> impl Iterator<Item = &'a ProgrammeItem> {
    let meetings: &'a [ProgrammeMeeting] = &version.plan.meetings;
    meetings.iter().filter(move |meeting| meeting.date == day).flat_map(|meeting| &meeting.items)
}

/// Tells whether a row holds only a dash, as some write where nothing is planned.
fn is_blank(title: &Line) -> bool {
    !title.plain().contains(char::is_alphanumeric)
}

crate::finding::rule! {
    /// The agenda has an item with papers of its own, and the work programme has nothing like it for that day,
    /// though it covers it. Standing, private, urgent and withdrawn items are left alone. Members use the
    /// programme to see what the year was spent on: add the item, or move it there from another day.
    TAKEN_NOT_PLANNED = "C0002", Consistency, Info, "an item that the work programme does not have";
    "practice"
}

/// Finds items of substance that the programme which covers their meeting does not have.
pub(in crate::check) fn taken_not_planned(diary: &Diary, log: &Log) {
    for (body, day, meeting) in diary.meetings() {
        let Some(version) = diary.programme_for(body, day) else { continue };
        for agenda in meeting.agendas.iter().filter(|agenda| agenda.status() == "scheduled") {
            let subjects = diary.subjects(agenda);
            for item in diary.items(agenda).filter(|item| !item.private && is_substantial(item)) {
                let titles: Vec<&Title> = subjects
                    .iter()
                    .filter(|s| s.item.is_some_and(|of| std::ptr::eq(of, item)))
                    .map(|s| &s.title)
                    .collect();
                let planned = |row: &&ProgrammeItem| {
                    let row = diary.wording(body).title(&row.title.plain());
                    titles.iter().any(|title| title.is_like(&row))
                };
                if rows(version, day).any(|row| planned(&row)) {
                    continue;
                }
                let message = format!("the work programme does not have `{}` for this meeting", item.title.plain());
                let finding = Finding::new(&TAKEN_NOT_PLANNED, item.title.place, message)
                    .help("add it to the programme, so that it shows what the body has looked at")
                    .confidence(Confidence::Possible);
                let elsewhere = version.rows().find(|(_, row)| planned(row));
                log.add(match elsewhere {
                    Some((Some(other), row)) => {
                        finding.also(row.title.place, format!("planned here for {}", printed(other)))
                    }
                    Some((None, row)) => finding.also(row.title.place, "here it has no day yet"),
                    None => finding.also(version.paper.place, "the programme"),
                });
            }
        }
    }
}

/// Tells whether an item has papers of its own subject, and was not added for its urgency.
fn is_substantial(item: &Item) -> bool {
    let own = |kind: &PaperKind| {
        matches!(kind, PaperKind::BriefingNote(_) | PaperKind::Report(_) | PaperKind::Plain(_) | PaperKind::Appended(_))
    };
    let late = item.pinned.is_some_and(|number| number.value.ends_with(char::is_alphabetic));
    let urgent = item.text.is_some_and(|text| {
        crate::check::passages::of_blocks(&text.blocks).iter().any(|passage| passage.words.contains("urgen"))
    });
    let kinds = || item.all_papers().filter_map(|used| Some(&used.paper?.kind));
    let programme = kinds().any(|kind| matches!(kind, PaperKind::WorkProgramme(_)));
    item.standing.is_none()
        && item.withdrawn.is_none()
        && !late
        && !urgent
        && !programme
        && !is_procedure(&item.title.plain())
        && kinds().any(own)
}

crate::finding::rule! {
    /// The work programme has items for a day on which the body does not meet: the meeting was cancelled or
    /// postponed, or there is none, though others of that municipal year are held before and after it. Days to
    /// be confirmed are left alone. Move the items to a meeting that is held.
    NO_MEETING_THEN = "C0005", Consistency, Warning, "items that are planned for a day without a meeting";
    "practice"
}

/// Finds rows for a day on which the body does not meet: the meeting is off, or others are held before and after it.
pub(in crate::check) fn no_meeting_then(diary: &Diary, log: &Log) {
    let council = &diary.workspace.council;
    for (version, year) in diary.current_programmes() {
        let of_year = |day: &NaiveDate| council.municipal_year(*day) == year;
        let days: Vec<NaiveDate> = diary.meetings_of(&version.plan.body).map(|(day, _)| day).filter(of_year).collect();
        for planned in version.plan.meetings.iter().filter(|planned| of_year(&planned.date)) {
            let Some(row) = planned.items.iter().find(|row| !is_blank(&row.title)) else { continue };
            let meeting = diary.meeting(&version.plan.body, planned.date);
            let between = days.iter().any(|day| *day < planned.date) && days.iter().any(|day| *day > planned.date);
            let day = printed(planned.date);
            let open = planned.tbc || planned.shown.is_some();
            let finding = |message| {
                Finding::new(&NO_MEETING_THEN, row.title.place, message)
                    .help("move what is planned to a meeting that is held")
            };
            match meeting {
                Some(meeting) if !meeting.moved_here && meeting.minutes.is_empty() => {
                    let off = |agenda: &&&Agenda| agenda.status() != "scheduled";
                    if let Some(agenda) =
                        meeting.agendas.iter().find(off).filter(|_| meeting.agendas.iter().all(|agenda| off(&agenda)))
                    {
                        let message =
                            format!("the meeting of {day} is {}, but items are planned for it", agenda.status());
                        log.add(finding(message).also(agenda.place, "the meeting"));
                    }
                }
                None if between && !open => {
                    let message = format!("items are planned for {day}, but there is no meeting on that day");
                    let unsure = diary.workspace.days_not_understood(&version.plan.body).any(|day| day == planned.date);
                    log.add(finding(message).confidence(Confidence::Likely).waiting_if(unsure));
                }
                _ => {}
            }
        }
    }
}

crate::finding::rule! {
    /// A subject has been given a meeting, and something like it is still listed under `unplaced`. Take it away
    /// there, or say in the details how the two differ.
    PLANNED_TWICE = "C0006", Consistency, Info, "a subject that has a day and still stands among those without one";
    "practice"
}

/// Finds subjects that have a day and still stand among those without one.
pub(in crate::check) fn planned_twice(diary: &Diary, log: &Log) {
    for version in diary.current_programmes().map(|(version, _)| version) {
        let wording = diary.wording(&version.plan.body);
        let title = |row: &ProgrammeItem| wording.title(&row.title.plain());
        let placed = version.plan.meetings.iter();
        let placed: Vec<(NaiveDate, &ProgrammeItem, Title)> = placed
            .flat_map(|meeting| meeting.items.iter().map(move |row| (meeting.date, row)))
            .map(|(day, row)| (day, row, title(row)))
            .collect();
        for open in &version.plan.unplaced {
            let words = title(open);
            let same = placed.iter().find(|(_, _, placed)| !words.is_vague() && placed.is_like(&words));
            if let Some((day, row, _)) = same {
                let message = format!("`{}` seems to have a day already", open.title.plain());
                log.add(
                    Finding::new(&PLANNED_TWICE, open.title.place, message)
                        .also(row.title.place, format!("planned here for {}", printed(*day)))
                        .help("take it from the items without a day, or say how the two differ")
                        .weighing(Severity::Info)
                        .confidence(Confidence::Possible),
                );
            }
        }
    }
}
