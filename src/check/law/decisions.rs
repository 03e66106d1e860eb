//! Key decisions, background papers, and what scrutiny recommends.

use chrono::NaiveDate;

use super::days::{clear_days, named, published};
use super::minutes;
use crate::check::passages;
use crate::check::wording::titles::Wording;
use crate::check::wording::words::runs;
use crate::finding::{Confidence, Finding, Log, Place};
use crate::model::agenda::Agenda;
use crate::model::body::Regime;
use crate::model::minutes::Minute;
use crate::model::report::{KeyDecisionNotice, Report};
use crate::model::text::{Inline, Target, each_inline};
use crate::model::{Body, Paper, PaperKind, Prose, Workspace};
use crate::notice::{Calendar, plain_days};
use crate::resolve::ledger::{self, last_day};
use crate::resolve::{Access, Item, Meeting};

/// Clear days of the notice that a key decision could not be announced in time (SI 2012/2089, regulation 10).
const GENERAL_EXCEPTION: u32 = 5;

/// Gives the papers behind a meeting's items that are not withdrawn, and whether each is withheld.
pub(super) fn papers<'a>(meeting: &Meeting<'a>) -> impl Iterator<Item = (&'a Paper, bool)> {
    let stands = meeting.items().filter(|item| item.withdrawn.is_none());
    stands.flat_map(Item::all_papers).filter_map(|used| Some((used.paper?, !used.access.is_public())))
}

crate::finding::rule! {
    /// A key decision of an executive is announced at least 28 clear days before, every day of the week counted.
    /// Where that is impracticable, a notice to the chair of scrutiny, open to inspection, does when five clear
    /// working days have passed (the general exception); and where even that cannot be, the chair of scrutiny, or
    /// whoever acts for them, agrees that the decision is urgent and cannot reasonably be deferred (special
    /// urgency). Write in the report `key_decision_notice:` with `{published: …}`, `{general_exception: …}` or
    /// `{special_urgency: who agreed}`. It is not printed. A report is of a key decision when its `key_decision`
    /// begins with “Yes”; a private report shares the notice of the public one of the same title.
    KEY_DECISION = "N0021", Law, Error, issue, "a key decision without notice";
    "KD1: SI 2012/2089, regulations 8 to 11"
}

/// KD1: a key decision has been announced 28 clear days before, of all days of the week, or five clear days before
/// where that was impracticable, or the right person has agreed that it cannot wait (SI 2012/2089, regulations 9 to
/// 11).
pub(in crate::check) fn key_decision(workspace: &Workspace, meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (meeting, body, _) in published(meetings).filter(|(_, body, _)| body.regime == Regime::Executive) {
        let reports: Vec<&Report> = papers(meeting)
            .filter_map(|(paper, _)| match &paper.kind {
                PaperKind::Report(report) => Some(&**report),
                _ => None,
            })
            .collect();
        for report in &reports {
            let Some(line) = report.key_decision.as_ref().filter(|line| begins_with_yes(&line.plain())) else {
                continue;
            };
            // A private report goes with the public one on the same matter.
            let same = |other: &&&Report| other.title.plain() == report.title.plain();
            let notice = reports.iter().filter(same).find_map(|report| report.key_decision_notice.as_ref());
            if let Some((place, message)) = notice_fault(notice, line.place, meeting.agenda, calendar, workspace, body)
            {
                log.add(Finding::new(&KEY_DECISION, place, message).help(
                    "give the day in `key_decision_notice: {published: …}`; where it could not be given in time, \
                     `general_exception: …` or `special_urgency: who agreed`",
                ));
            }
        }
    }
}

/// Tells whether `key_decision` says that a decision is one.
pub(super) fn begins_with_yes(words: &str) -> bool {
    runs(words).next().is_some_and(|word| word == "yes")
}

/// Gives where and what is wrong with the notice of a key decision.
fn notice_fault(
    notice: Option<&KeyDecisionNotice>,
    decision: Place,
    agenda: &Agenda,
    calendar: &Calendar,
    workspace: &Workspace,
    body: &Body,
) -> Option<(Place, String)> {
    let meeting = agenda.when.date();
    let wanted = body.days(&workspace.council).executive;
    let latest = named(calendar.latest_plain(meeting, wanted));
    let empty = KeyDecisionNotice { place: decision, ..KeyDecisionNotice::default() };
    let notice = notice.unwrap_or(&empty);
    let exception = notice.general_exception.map(|day| calendar.clear_days(day, meeting));
    let given = notice.published.map(|day| plain_days(day, meeting));
    if notice.special_urgency.is_some()
        || given.is_some_and(|given| given >= wanted)
        || exception.is_some_and(|given| given >= GENERAL_EXCEPTION)
    {
        return None;
    }
    Some((
        notice.place,
        match (exception, given) {
            (Some(given), _) => format!(
                "the general exception to notice of the key decision is {} short: the latest lawful day was {}",
                clear_days(GENERAL_EXCEPTION - given),
                named(calendar.latest(meeting, GENERAL_EXCEPTION))
            ),
            (None, Some(given)) => {
                format!(
                    "notice of the key decision is {} short: the latest lawful day was {latest}",
                    clear_days(wanted - given)
                )
            }
            (None, None) => format!("no notice of the key decision is recorded: it was due by {latest}"),
        },
    ))
}

crate::finding::rule! {
    /// Each public report lists the documents on which it was based and that its author relied on, other than
    /// published works. `background_papers: None` says that there are none. Briefing notes are reports too.
    NO_BACKGROUND = "N0022", Law, Warning, "a report that does not list its background papers";
    "BP1: Local Government Act 1972, section 100D(1); SI 2012/2089, regulation 15"
}

/// BP1: a public report lists its background papers, or says that there are none (Local Government Act 1972, section
/// 100D(1)).
pub(in crate::check) fn no_background(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        for (paper, _) in papers(meeting).filter(|(_, withheld)| !withheld) {
            let silent = match &paper.kind {
                PaperKind::Report(report) => report.background.is_none(),
                PaperKind::BriefingNote(note) => note.background.is_none(),
                _ => false,
            };
            if silent {
                let message =
                    format!("the {} does not list its background papers", paper.kind.word().replace('-', " "));
                log.add(
                    Finding::new(&NO_BACKGROUND, paper.place, message)
                        .help("add `background_papers:` with a list of them, or `background_papers: None`"),
                );
            }
        }
    }
}

crate::finding::rule! {
    /// The background papers on the list of a report stay open to inspection for four years beginning with the day of
    /// the meeting. Each meeting that has any is listed here with the last day.
    BACKGROUND_KEPT = "N0023", Law, Info, "how long background papers stay open";
    "BP2: Local Government Act 1972, section 100D(2); SI 2012/2089, regulation 15"
}

/// BP2: background papers stay open to inspection for four years beginning with the day of the meeting (section
/// 100D(2); of an executive SI 2012/2089, regulation 15).
pub(in crate::check) fn background_kept(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        let agenda = meeting.agenda;
        let lists = |paper: &Paper| match &paper.kind {
            PaperKind::Report(report) => report.background.as_ref().is_some_and(|list| !list.is_empty()),
            PaperKind::BriefingNote(note) => note.background.as_ref().is_some_and(|list| !list.is_empty()),
            _ => false,
        };
        let first: Vec<&Paper> =
            papers(meeting).filter(|(paper, withheld)| !withheld && lists(paper)).map(|(paper, _)| paper).collect();
        let Some(paper) = first.first() else { continue };
        let Some(last) = last_day(agenda.when.date(), 48) else { continue };
        let what = if first.len() == 1 { "1 report".to_owned() } else { format!("{} reports", first.len()) };
        let message = format!(
            "the background papers of {what} stay open to inspection until {}, four years from the meeting",
            last.format("%-d %B %Y")
        );
        log.add(
            Finding::new(&BACKGROUND_KEPT, agenda.issued_place.unwrap_or(agenda.place), message)
                .also(paper.place, "the first of them")
                .help("keep each paper on the list, or a copy of it, until then"),
        );
    }
}

crate::finding::rule! {
    /// When scrutiny recommends something to the executive and asks it by notice to answer, it answers within two
    /// months beginning with the day on which it gets the recommendation or, if that is later, the notice. The day
    /// given here is counted from the meeting. Nothing is said where an agenda of the executive has an item about
    /// the matter in that time.
    ANSWER_DUE = "N0029", Law, Info, "a recommendation of scrutiny that the executive answers";
    "SC1: Local Government Act 2000, section 9FE"
}

/// SC1: the executive answers what scrutiny recommends to it within two months beginning with the day on which it
/// gets the recommendation (Local Government Act 2000, section 9FE).
pub(in crate::check) fn answer_due(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let executives: Vec<&Body> = ledger::executives(workspace).collect();
    for (paper, minutes) in minutes::all(workspace).filter(|_| !executives.is_empty()) {
        let scrutiny = workspace.bodies.get(&minutes.body).is_some_and(is_scrutiny);
        let day = minutes.when.date();
        let Some(last) = last_day(day, 2).filter(|_| scrutiny && Access::of_paper(paper).is_public()) else { continue };
        for minute in &minutes.items {
            let places = recommendations(minute, &executives);
            if places.is_empty() || minute_is_answered(workspace, meetings, &executives, minute, day, last) {
                continue;
            }
            let message = format!(
                "the executive answers this recommendation by {}, two months from the meeting, or from when it gets the \
                 recommendation",
                last.format("%-d %B %Y")
            );
            log.extend(places.into_iter().map(|place| {
                Finding::new(&ANSWER_DUE, place, message.clone())
                    .confidence(Confidence::Likely)
                    .help("send it to the executive with a notice that asks for an answer, and put it on its agenda")
            }));
        }
    }
}

/// Tells whether a body is a scrutiny board or committee in England, by its name.
pub(super) fn is_scrutiny(body: &Body) -> bool {
    let name = format!("{} {}", body.id, body.name.value).to_lowercase();
    body.regime == Regime::LocalGovernmentAct && (name.contains("scrutiny") || name.contains("overview"))
}

/// Gives where the resolutions of a minute recommend something to the executive.
fn recommendations(minute: &Minute, executives: &[&Body]) -> Vec<Place> {
    let names: Vec<String> = (executives.iter())
        .flat_map(|body| [Some(&body.name), body.called.as_ref(), body.short.as_ref()])
        .flatten()
        .map(|name| name.value.to_lowercase())
        .chain(["the executive".to_owned(), "cabinet member".to_owned()])
        .collect();
    let recommends = |resolved: &&Prose| {
        let passages = passages::of_blocks(&resolved.blocks).into_iter().map(|passage| passage.words);
        let words = passages.collect::<Vec<_>>().join(" ").to_lowercase();
        let mut linked = false;
        each_inline(&resolved.blocks, &mut |part| {
            let Inline::Link(link) = part else { return };
            let Target::Body(id) = &link.target else { return };
            linked |= executives.iter().any(|body| body.id == *id);
        });
        words.contains("recommend") && (linked || names.iter().any(|name| words.contains(name)))
    };
    let resolutions = minute.records().filter_map(|record| record.resolved.as_ref());
    resolutions.filter(recommends).map(|resolved| resolved.place).collect()
}

/// Tells whether an executive has an item about a minute's matter on an agenda in time.
fn minute_is_answered(
    workspace: &Workspace,
    meetings: &[Meeting],
    executives: &[&Body],
    minute: &Minute,
    from: NaiveDate,
    to: NaiveDate,
) -> bool {
    let titles: Vec<String> =
        minute.records().filter_map(|record| record.title.as_ref().map(crate::model::Line::plain)).collect();
    let in_time = |agenda: &Agenda| (from..=to).contains(&agenda.when.date()) && agenda.status() == "scheduled";
    meetings.iter().filter(|meeting| in_time(meeting.agenda)).any(|meeting| {
        let Some(body) = executives.iter().find(|body| body.id == meeting.agenda.body) else { return false };
        let wording = Wording::of(&workspace.council, body);
        titles.iter().any(|title| meeting.items().any(|item| wording.alike(title, &item.title.plain())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_of_months_begins_with_its_first_day() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        assert_eq!(last_day(day(2026, 6, 24), 2), Some(day(2026, 8, 23)));
        assert_eq!(last_day(day(2026, 12, 31), 2), Some(day(2027, 2, 27)));
        assert_eq!(last_day(day(2026, 10, 6), 48), Some(day(2030, 10, 5)));
    }

    #[test]
    fn only_a_plain_yes_makes_a_key_decision() {
        assert!(begins_with_yes("Yes – the receipt is above £1 million") && begins_with_yes("yes"));
        assert!(!begins_with_yes("No") && !begins_with_yes("Yesterday's decision"));
    }
}
