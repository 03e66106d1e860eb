//! What minutes record, and that they come to the next meeting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::days::published;
use crate::check::passages;
use crate::check::wording::titles::Wording;
use crate::finding::{Confidence, Finding, Log};
use crate::model::agenda::{Agenda, MeetingKind, Wanted};
use crate::model::minutes::{Bar, Interest, Minute, Minutes, Record, Votes};
use crate::model::people::PersonRef;
use crate::model::{Line, Paper, PaperKind, Workspace};
use crate::resolve::{Access, Meeting};

/// Gives all minutes.
pub(super) fn all(workspace: &Workspace) -> impl Iterator<Item = (&Paper, &Minutes)> {
    workspace.papers.values().filter_map(|paper| match &paper.kind {
        PaperKind::Minutes(minutes) => Some((paper, &**minutes)),
        _ => None,
    })
}

/// Gives the minutes of a body's meeting on a day: those of its public and of its private business can be two papers.
pub(super) fn of<'a>(
    workspace: &'a Workspace,
    body: &'a str,
    day: NaiveDate,
) -> impl Iterator<Item = (&'a Paper, &'a Minutes)> {
    all(workspace).filter(move |(_, minutes)| minutes.body == body && minutes.when.date() == day)
}

/// Gives the words of a minute and its parts.
pub(super) fn words(minute: &Minute) -> String {
    let lines = minute.records().filter_map(|record| record.title.as_ref()).chain(&minute.lead);
    let lines = lines.map(|line| passages::of_parts(&line.content).words);
    let texts =
        minute.records().flat_map(|record| [&record.text, &record.resolved, &record.after]).chain([&minute.after]);
    let texts = texts.flatten().flat_map(|prose| passages::of_blocks(&prose.blocks)).map(|passage| passage.words);
    lines.chain(texts).collect::<Vec<_>>().join(" ")
}

crate::finding::rule! {
    /// Minutes are signed at the next suitable meeting, which an extraordinary meeting is not. So the minutes of the
    /// last formal meeting that was held stand behind an item of the next ordinary agenda. Where none of the body's
    /// minutes are kept in content/, an item on minutes is enough. Private minutes alone are not, where the
    /// meeting has public ones too.
    MINUTES_NOT_TAKEN = "N0024", Law, Warning, "minutes of the last meeting that are not on the agenda";
    "MN1: Local Government Act 1972, Schedule 12, paragraph 41; SI 1993/202, Schedule 2, paragraph 2"
}

/// MN1: the minutes of the last meeting that was held are behind an item of the next ordinary agenda (Local Government
/// Act 1972, Schedule 12, paragraph 41; that an extraordinary meeting need not take them, SI 1993/202, Schedule 2).
/// Where none of the body's minutes are kept here, an item on minutes is enough, and so is one that says that they are to
/// follow while they are not written. Those of private business are not
/// enough where there are public ones too.
pub(in crate::check) fn minutes_not_taken(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let held = held(workspace);
    let ordinary = |meeting: &Meeting| meeting.agenda.kind == MeetingKind::Ordinary;
    for (meeting, ..) in published(meetings).filter(|(meeting, ..)| ordinary(meeting)) {
        let agenda = meeting.agenda;
        let days = held.get(agenda.body.as_str());
        let Some(last) = days.and_then(|days| days.range(..agenda.when.date()).next_back().copied()) else { continue };
        let item = meeting.items().find(|item| item.title.plain().to_lowercase().contains("minutes"));
        let follow = item.is_some_and(|item| item.to_follow.is_some());
        let are_kept = of(workspace, &agenda.body, last).next().is_some();
        if follow && !are_kept || item.is_some() && !all(workspace).any(|(_, minutes)| minutes.body == agenda.body) {
            continue;
        }
        let mut taken = meeting.papers().filter(|used| match (&used.named.wanted, used.paper) {
            (Wanted::Minutes { body, date }, None) => *date == last && (body.is_empty() || *body == agenda.body),
            (_, Some(paper @ Paper { kind: PaperKind::Minutes(minutes), .. })) => {
                let of_last = minutes.body == agenda.body && minutes.when.date() == last;
                of_last && (is_public(paper) || !of(workspace, &agenda.body, last).any(|(other, _)| is_public(other)))
            }
            _ => false,
        });
        if taken.next().is_some() {
            continue;
        }
        let (place, meets) = (item.map_or(agenda.place, |item| item.place), agenda.when.date());
        let message =
            format!("the minutes of the last meeting, on {}, are not behind any item", last.format("%-d %B %Y"));
        log.add(
            Finding::new(&MINUTES_NOT_TAKEN, place, message)
                .help(format!("add `- {{minutes: {last}}}` to the `papers:` of the item on minutes"))
                .waiting_if(workspace.days_not_understood(&agenda.body).any(|day| day > last && day < meets)),
        );
    }
}

/// Tells whether minutes are open to the public.
fn is_public(paper: &Paper) -> bool {
    Access::of_paper(paper).is_public()
}

/// Gives the days of each body's formal meetings that are held: known from agendas, or from minutes.
fn held(workspace: &Workspace) -> BTreeMap<&str, BTreeSet<NaiveDate>> {
    let mut held: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (_, minutes) in all(workspace) {
        held.entry(&minutes.body).or_default().insert(minutes.when.date());
    }
    let (formal, other): (Vec<&Agenda>, Vec<&Agenda>) = (workspace.meetings.values())
        .partition(|agenda| agenda.kind != MeetingKind::Informal && agenda.status() == "scheduled");
    for agenda in other {
        held.entry(&agenda.body).or_default().remove(&agenda.when.date());
    }
    for agenda in formal {
        held.entry(&agenda.body).or_default().insert(agenda.when.date());
    }
    held
}

crate::finding::rule! {
    /// The names of the members who were present at a meeting are recorded. List them under `present`, by group.
    NOBODY_PRESENT = "N0025", Law, Error, issue, "minutes that name nobody present";
    "MN2: Local Government Act 1972, Schedule 12, paragraph 40"
}

/// MN2: the minutes of a meeting name the members who were present (Schedule 12, paragraph 40). Minutes are looked at
/// when a published agenda takes them.
pub(in crate::check) fn nobody_present(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        for used in meeting.papers() {
            let Some(Paper { kind: PaperKind::Minutes(minutes), .. }) = used.paper else { continue };
            if minutes.present.iter().all(|group| group.people.is_empty()) {
                log.add(
                    Finding::new(&NOBODY_PRESENT, minutes.place, "the minutes name nobody who was present")
                        .also(used.named.place, "taken here")
                        .help("add `present:` with `- {group: Members, people: […]}`"),
                );
            }
        }
    }
}

crate::finding::rule! {
    /// Where a vote is recorded, the minutes say who voted for and against and who abstained (SI 1993/202). Name them
    /// on each side, or write 0.
    VOTE_NOT_NAMED = "N0007", Law, Warning, "a recorded vote that does not name everybody";
    "MN3: SI 1993/202, Schedule 2, paragraph 1"
}

/// MN3: a recorded vote names who voted for and against and who abstained (SI 1993/202).
pub(in crate::check) fn vote_not_named(workspace: &Workspace, log: &Log) {
    for record in all(workspace).flat_map(|(_, minutes)| minutes.records()) {
        let Some(vote) = &record.vote else { continue };
        let sides = [("for", &vote.in_favour), ("against", &vote.against), ("abstained", &vote.abstained)];
        if !sides.iter().any(|(_, side)| matches!(side, Some(Votes::Names(_)))) {
            continue;
        }
        let unnamed = |side: &Option<Votes>| match side {
            None => true,
            Some(Votes::Count(count)) => *count > 0,
            Some(Votes::Names(_)) => false,
        };
        for (name, _) in sides.into_iter().filter(|(_, side)| unnamed(side)) {
            let message = format!("the recorded vote does not name those of `{name}`");
            log.add(
                Finding::new(&VOTE_NOT_NAMED, vote.place, message)
                    .help(format!("add `{name}:` with the members' ids, or 0 where there were none")),
            );
        }
    }
}

/// IN2: a member with a disclosable pecuniary interest neither moves, seconds nor votes (Localism Act 2011, section
/// 31(4)), unless there is a dispensation (section 33). In Wales a member with a prejudicial interest leaves the room (SI
/// 2008/788, Schedule, paragraph 14).
pub(in crate::check) fn interested(workspace: &Workspace, log: &Log) {
    for (_, minutes) in all(workspace) {
        declared_before(workspace, minutes, log);
        for minute in minutes.all() {
            for record in minute.records() {
                // What is declared in the whole minute holds good in its parts.
                for interest in
                    minute.record.interests.iter().chain(&record.interests).filter(|one| one.bar().is_some())
                {
                    for (person, did) in record.acts() {
                        if same(workspace, person, &interest.person) {
                            log.add(took_part(workspace, interest, person, did));
                        }
                    }
                }
            }
            for record in minute.records() {
                let own = std::ptr::eq(record, &raw const minute.record);
                for interest in record.interests.iter().filter(|one| one.bar().is_some() && one.left == Some(false)) {
                    let here = |other: &&Record| own || std::ptr::eq(*other, record);
                    let mut acts = minute.records().filter(here).flat_map(Record::acts);
                    let dispensed =
                        interest.nature.as_ref().is_some_and(|nature| nature.value.contains("dispensation"));
                    if !dispensed && !acts.any(|(person, _)| same(workspace, person, &interest.person)) {
                        log.add(stayed(workspace, interest));
                    }
                }
            }
        }
    }
}

/// Looks at interests that are recorded at the head of the minutes, below an item on declarations: their `nature` says
/// which business they are in.
fn declared_before(workspace: &Workspace, minutes: &Minutes, log: &Log) {
    let Some(body) = workspace.bodies.get(&minutes.body) else { return };
    let wording = Wording::of(&workspace.council, body);
    let title = |minute: &Minute| minute.record.title.as_ref().map(Line::plain).unwrap_or_default();
    for declarations in minutes.all().filter(|minute| title(minute).to_lowercase().contains("interest")) {
        for interest in declarations.record.interests.iter().filter(|one| one.bar().is_some()) {
            let Some(nature) = &interest.nature else { continue };
            for minute in minutes.all().filter(|minute| wording.speaks_of(&nature.value, &title(minute))) {
                let acts = minute.records().flat_map(Record::acts);
                for (person, did) in acts.filter(|(person, _)| same(workspace, person, &interest.person)) {
                    log.add(took_part(workspace, interest, person, did).confidence(Confidence::Likely));
                }
            }
        }
    }
}

crate::finding::rule! {
    /// A member with a disclosable pecuniary interest in a matter takes no part in its discussion or in a vote on it,
    /// unless there is a dispensation. `interests` of the minute declares one, and the same member moves, seconds or
    /// is named in the vote. Correct whichever is wrong; where there was a dispensation, accept the finding with
    /// that reason. A hint where the member stayed (`left: false`): the Act forbids taking part, and whether one
    /// has to leave the room is for standing orders. In Wales, where the interest is a prejudicial one, the code of
    /// conduct says so itself.
    INTERESTED = "N0028", Law, Warning, "a member who takes part in spite of an interest";
    "IN2: Localism Act 2011, sections 31(4) and 33; in Wales SI 2008/788, Schedule, paragraph 14"
}

/// The Localism Act forbids taking part, and whether a member has to leave the room, standing orders say; the Welsh
/// code says it itself.
fn stayed(workspace: &Workspace, interest: &Interest) -> Finding {
    let message =
        format!("`{}` declared a {} interest and stayed", workspace.people.name_of(&interest.person), kind(interest));
    let finding = Finding::new(&INTERESTED, interest.person.place(), message);
    if interest.bar() == Some(Bar::Prejudicial) {
        return finding.help("correct the minute; where there was a dispensation, accept the finding with that reason");
    }
    finding
        .help(
            "make sure that the member took no part, and that standing orders let such members stay in the room; with a \
             dispensation, accept the finding with that reason",
        )
        .confidence(Confidence::Possible)
}

fn kind(interest: &Interest) -> &'static str {
    if interest.bar() == Some(Bar::Prejudicial) { "prejudicial" } else { "disclosable pecuniary" }
}

fn took_part(workspace: &Workspace, interest: &Interest, person: &PersonRef, did: &str) -> Finding {
    let message = format!("`{}` {did} in spite of a {} interest", workspace.people.name_of(person), kind(interest));
    Finding::new(&INTERESTED, person.place(), message)
        .also(interest.place, "declared here")
        .help("correct the minute; where there was a dispensation, accept the finding with that reason")
}

fn same(workspace: &Workspace, one: &PersonRef, other: &PersonRef) -> bool {
    workspace.people.name_of(one) == workspace.people.name_of(other)
}
