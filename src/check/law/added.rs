//! Items and reports that come after the agenda.

use chrono::NaiveDate;

use super::days::{clear_days, named, published};
use super::minutes;
use crate::check::wording::titles::Wording;
use crate::finding::{Confidence, Finding, Log, Place, Severity};
use crate::model::agenda::Urgent;
use crate::model::people::{InRole, Person, PersonRef};
use crate::model::text::{Inline, Target};
use crate::model::{Body, Line, Workspace};
use crate::notice::Calendar;
use crate::resolve::{Item, Meeting};

/// Gives the items that are to be considered at published meetings.
fn items<'a, 'm>(
    meetings: &'m [Meeting<'a>],
) -> impl Iterator<Item = (&'m Item<'a>, &'m Meeting<'a>, &'a Body, NaiveDate)> {
    published(meetings).flat_map(|(meeting, body, issued)| {
        let stands = meeting.items().filter(|item| item.withdrawn.is_none());
        stands.map(move |item| (item, meeting, body, issued))
    })
}

/// Tells whether papers are to follow, of which there are none yet.
fn follows(item: &Item) -> bool {
    item.to_follow.is_some() && item.all_papers().next().is_none()
}

crate::finding::rule! {
    /// An item that is added to a published agenda is open to inspection from when it is added, and can be considered
    /// only when it has been open for the clear days (five, in Wales three), or when the chair of the meeting is of
    /// the opinion that it is urgent by reason of special circumstances. `published` says from which day the item
    /// and its papers are open; without it that is the agenda's `issued`. For an urgent item write
    /// `urgent: {circumstances: …, chair: …}`: the circumstances, and who in the chair (the id of a person or post,
    /// or a name). Both are printed below the item. An item that came later than the agenda, but in time, is lawful.
    OPEN_TOO_LATE = "N0008", Law, Error, issue, "an item that is open too late";
    "CD3 and CD4: Local Government Act 1972, ss. 100B(3) and (4), 100BA(3) to (6); SI 2012/2089, reg. 7"
}

/// CD3 and CD4: an item added later is open for the clear days, or it is urgent by reason of special circumstances
/// in the opinion of the chair (Local Government Act 1972, section 100B(3) and (4); of an executive SI 2012/2089,
/// regulation 7).
pub(in crate::check) fn open_too_late(workspace: &Workspace, meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (item, Meeting { agenda, .. }, body, issued) in items(meetings).filter(|(item, ..)| !follows(item)) {
        let meeting = agenda.when.date();
        let wanted = body.days(&workspace.council).agenda;
        let late = item
            .published
            .filter(|(day, _)| *day > issued && *day <= meeting && calendar.clear_days(*day, meeting) < wanted);
        let how_late = late.map(|(day, place)| {
            let (short, latest) = (wanted - calendar.clear_days(day, meeting), named(calendar.latest(meeting, wanted)));
            (place, format!("the item is {} short: the latest lawful day was {latest}", clear_days(short)))
        });
        let lacks = item.urgent.map(lacking);
        let (place, message, help) = match (how_late, lacks) {
            (None, None) | (_, Some(None)) => continue,
            (Some((place, late)), None) => (
                place,
                late,
                "take it to a later meeting, or say in `urgent: {circumstances: …, chair: …}` why it cannot wait and \
                 who in the chair is of that opinion",
            ),
            (late, Some(Some(lacks))) => {
                let place = item.urgent.map_or(item.place, |urgent| urgent.place);
                let message = late.map_or_else(
                    || format!("the urgent item does not say {lacks}"),
                    |(_, late)| format!("{late}; and `urgent` does not say {lacks}"),
                );
                (place, message, "name both: `urgent: {circumstances: …, chair: …}`")
            }
        };
        log.add(Finding::new(&OPEN_TOO_LATE, place, message).help(help));
    }
}

/// Gives what the reason for urgency lacks.
fn lacking(urgent: &Urgent) -> Option<&'static str> {
    match (&urgent.circumstances, &urgent.chair) {
        (Some(_), Some(_)) => None,
        (None, Some(_)) => Some("by what special circumstances it is urgent"),
        (Some(_), None) => Some("who in the chair is of the opinion that it is urgent"),
        (None, None) => Some("by what special circumstances it is urgent, nor who in the chair is of that opinion"),
    }
}

crate::finding::rule! {
    /// That an item is urgent is the opinion of the chair of the meeting, or of the deputy or vice chair who takes
    /// the chair. `urgent` names somebody of the people's file whose role in the membership is another. Name the
    /// chair, or say in words who presides, such as `Councillor J Moss, in the chair`.
    NOT_THE_CHAIR = "N0031", Law, Warning, "urgency that somebody else than the chair has agreed";
    "CD4: Local Government Act 1972, section 100B(4)(b)"
}

/// CD4: it is the chair of the meeting who is of the opinion that an item is urgent, or who stands in for the chair
/// (section 100B(4)(b)). Only people of whom the sources say something else are found: words that name a post are not.
pub(in crate::check) fn not_the_chair(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    for (item, meeting, ..) in items(meetings) {
        let Some(chair) = item.urgent.and_then(|urgent| urgent.chair.as_ref()) else { continue };
        if let Some((who, other)) = other_than_chair(workspace, meeting.members, &named_by(chair)) {
            log.add(
                Finding::new(
                    &NOT_THE_CHAIR,
                    chair.place,
                    format!("`{who}` agreed that the item is urgent, but is not the chair of the meeting"),
                )
                .also(other, "the chair of the body")
                .help("name the chair, or the deputy who takes the chair; where another member does, write so in words")
                .confidence(Confidence::Likely),
            );
        }
    }
}

/// Gives the words of a line, or the id of the person that is all of it.
fn named_by(line: &Line) -> String {
    let [Inline::Link(link)] = &line.content[..] else { return line.plain() };
    match &link.target {
        Target::Person(id) => id.clone(),
        _ => line.plain(),
    }
}

/// Gives the name of a person of the registry who chairs nothing here, with the place of who does.
fn other_than_chair(workspace: &Workspace, members: &[InRole], chair: &str) -> Option<(String, Place)> {
    let people = &workspace.people.people;
    let written = chair.trim();
    let known = |id: &str, person: &Person| id == written || known_as(person, written);
    let (id, person) = people.iter().find(|(id, person)| known(id, person))?;
    let presides = |member: &&InRole| {
        let role = member.role.as_ref().map(|role| role.value.to_lowercase()).unwrap_or_default();
        ["chair", "mayor", "president", "leader", "convener"].iter().any(|post| role.contains(post))
    };
    let is_same = |member: &InRole| match &member.person {
        PersonRef::Named(text) => text.value == *id || known_as(person, &text.value),
        PersonRef::Written(written) => known_as(person, &written.name.value),
    };
    let first = members.iter().find(presides)?;
    let place = first.person.name_place();
    (!members.iter().filter(presides).any(is_same)).then(|| (person.name.value.clone(), place))
}

fn known_as(person: &Person, name: &str) -> bool {
    [person.name.value.as_str(), person.short_name()].contains(&name)
}

crate::finding::rule! {
    /// `published` is the day from which an item and its papers are open to inspection. No item is open before the
    /// agenda that names it, and after the meeting it is too late.
    IMPOSSIBLE_DAY = "N0009", Law, Error, issue, "an item that is open before its agenda or after the meeting";
    "CD3: Local Government Act 1972, section 100B(3)"
}

/// CD3: papers are not open before the agenda that names them, nor after the meeting.
pub(in crate::check) fn impossible_day(meetings: &[Meeting], log: &Log) {
    for (item, Meeting { agenda, .. }, _, issued) in items(meetings) {
        let Some((day, place)) = item.published else { continue };
        let finding = if day < issued {
            let message = format!("the item is open from {}, before its agenda is published", named(day));
            let finding = Finding::new(&IMPOSSIBLE_DAY, place, message);
            finding.also(agenda.issued_place.unwrap_or(agenda.place), format!("published on {}", named(issued)))
        } else if day > agenda.when.date() {
            let message = format!("the item is open from {}, after the meeting", named(day));
            Finding::new(&IMPOSSIBLE_DAY, place, message)
        } else {
            continue;
        };
        log.add(finding.help("correct the day, or leave `published` out where it is that of the agenda"));
    }
}

crate::finding::rule! {
    /// The special circumstances by reason of which an item was considered as urgent are stated in the minutes. None
    /// of the minutes of this meeting that has the item's title speaks of urgency or of special circumstances.
    URGENCY_NOT_RECORDED = "N0010", Law, Warning, "urgent business of which the minutes do not say why";
    "CD4: Local Government Act 1972, section 100B(4)(b)"
}

/// CD4: the minutes state the special circumstances of an urgent item (section 100B(4)(b)).
pub(in crate::check) fn urgency_not_recorded(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    for (item, Meeting { agenda, .. }, body, _) in items(meetings) {
        let Some(urgent) = item.urgent else { continue };
        let of_meeting: Vec<_> = minutes::of(workspace, &agenda.body, agenda.when.date()).collect();
        let Some((first, _)) = of_meeting.first() else { continue };
        let (wording, title) = (Wording::of(&workspace.council, body), item.title.plain());
        let records = of_meeting.iter().flat_map(|(_, minutes)| minutes.all());
        let mut about = records
            .filter(|minute| minute.record.title.as_ref().is_some_and(|own| wording.alike(&own.plain(), &title)));
        let states = about.any(|minute| {
            let words = minutes::words(minute).to_lowercase();
            words.contains("urgen") || words.contains("special circumstances")
        });
        if !states {
            log.add(
                Finding::new(
                    &URGENCY_NOT_RECORDED,
                    urgent.place,
                    format!("the minutes do not state the special circumstances by which `{title}` was urgent"),
                )
                .also(first.place, "the minutes of the meeting")
                .help("state them in the minute of the item, and that the chair was of that opinion"),
            );
        }
    }
}

crate::finding::rule! {
    /// Reports are open to inspection for as many clear days as the agenda. A report that is to follow comes in a
    /// supplement before the meeting; say in `published` when. Out later than the latest lawful day, its item needs
    /// `urgent`. A report that will be in time is told as information only.
    TO_FOLLOW = "N0011", Law, Warning, "a report to follow";
    "CD5: Local Government Act 1972, section 100B(3); SI 2012/2089, regulation 7"
}

/// CD5: a report to follow comes in a supplement, by the latest lawful day or so many days short (section 100B(3)).
pub(in crate::check) fn to_follow(workspace: &Workspace, meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (item, Meeting { agenda, .. }, body, _) in items(meetings).filter(|(item, ..)| follows(item)) {
        let meeting = agenda.when.date();
        let wanted = body.days(&workspace.council).agenda;
        let latest = named(calendar.latest(meeting, wanted));
        let place = item.to_follow.map_or(item.place, |line| line.place);
        let help = "publish it before the meeting: put `papers` in the place of `to_follow`, and issue a supplement; \
                    out later than that day, the item needs `urgent`";
        let (message, severity) = match item.published.map(|(day, _)| (day, calendar.clear_days(day, meeting))) {
            None => (
                format!("a report is to follow, and `published` does not say when: the latest lawful day is {latest}"),
                Severity::Warning,
            ),
            Some((day, given)) if given < wanted => (
                format!(
                    "the report to follow is {} short if it is out on {}: the latest lawful day is {latest}",
                    clear_days(wanted - given),
                    named(day)
                ),
                Severity::Warning,
            ),
            Some((day, _)) => (format!("a report is to follow on {}, in time", named(day)), Severity::Info),
        };
        log.add(Finding::new(&TO_FOLLOW, place, message).weighing(severity).help(help));
    }
}
