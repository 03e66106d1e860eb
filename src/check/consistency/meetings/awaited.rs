//! Papers that were announced and never came.

use super::diary::Diary;
use crate::check::passages;
use crate::check::wording::dates::printed;
use crate::finding::{Confidence, Finding, Log, Place, Severity};
use crate::model::{Agenda, Line, Prose};
use crate::resolve::{Entry, Item};

/// Finds reports to follow, and papers circulated separately, that are still missing when the meeting is past.
pub(in crate::check) fn never_came(diary: &Diary, log: &Log) {
    for meeting in diary.resolved().filter(|meeting| meeting.agenda.status() == "scheduled") {
        let agenda = meeting.agenda;
        if !diary.is_past(&agenda.body, agenda.when.date()) {
            continue;
        }
        for entries in [&meeting.public, &meeting.private] {
            of_entries(diary, agenda, entries, log);
        }
    }
}

/// Looks at the public or the private business of a past meeting.
fn of_entries(diary: &Diary, agenda: &Agenda, entries: &[Entry], log: &Log) {
    let day = printed(agenda.when.date());
    let mut headings = Vec::new();
    let mut items = Vec::new();
    for entry in entries {
        match entry {
            Entry::Item(item) if item.withdrawn.is_none() => {
                to_follow(agenda, item, log);
                items.extend(announced_here(item.separately, agenda).map(|separately| separately.place));
            }
            Entry::Heading { text: Some(text), .. } => headings.extend(announced(text, diary)),
            _ => {}
        }
    }
    // A heading says once more what its items say.
    let places = if items.is_empty() { headings } else { items };
    log.extend(places.into_iter().map(|place| circulated(place, &day)));
}

/// Gives what the agenda itself announces: what a standing item says at every meeting promises no paper for one.
fn announced_here<'a>(line: Option<&'a Line>, agenda: &Agenda) -> Option<&'a Line> {
    line.filter(|line| line.place.source == agenda.place.source)
}

crate::finding::rule! {
    /// An item says that its report is to follow, the meeting is past, and there is still no report behind it. A
    /// meeting is past when its minutes exist, when a later agenda of the body is issued, or when any other
    /// agenda is issued more than four weeks after it. Reports must be open to inspection (Local Government Act
    /// 1972, section 100B) and stay so for six years (section 100C): add the report, or withdraw the item.
    /// Papers that were "circulated separately" belong to the record too; of these this is a hint, because
    /// nobody can tell whether they are here under another name.
    NEVER_CAME = "C0009", Consistency, Warning, "a paper that was announced and never came";
    "Local Government Act 1972, sections 100B and 100C"
}

fn to_follow(agenda: &Agenda, item: &Item, log: &Log) {
    let awaited = item.to_follow.filter(|_| item.all_papers().next().is_none());
    let Some(announced) = announced_here(awaited, agenda) else { return };
    let title = item.title.plain();
    let message = format!("the report on `{title}` was to follow, but has not come, and the meeting is past");
    log.add(
        Finding::new(&NEVER_CAME, announced.place, message)
            .also(agenda.place, format!("the meeting of {}", printed(agenda.when.date())))
            .help("add the report in place of `to_follow`, or say under `withdrawn` why it did not come"),
    );
}

fn circulated(place: Place, day: &str) -> Finding {
    let message = format!("a paper was to be circulated separately; the meeting of {day} is past, and it is not here");
    Finding::new(&NEVER_CAME, place, message)
        .help("add the paper that was circulated behind the item, and take the announcement away")
        .weighing(Severity::Info)
        .confidence(Confidence::Possible)
}

/// Gives where the text of a heading announces a paper.
fn announced(text: &Prose, diary: &Diary) -> Option<Place> {
    passages::of_blocks(&text.blocks).iter().find_map(|passage| {
        let at = passage.words.find("circulated separately")?;
        Some(passage.place(at..at + "circulated separately".len(), &diary.workspace.sources))
    })
}
