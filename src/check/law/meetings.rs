//! What an agenda must hold by the nature of its meeting and of its private business.

use std::collections::BTreeSet;

use super::days::published;
use crate::finding::{Finding, Log, rules};
use crate::model::agenda::{Agenda, Item, MeetingKind};
use crate::model::body::Regime;
use crate::model::notice::Days;
use crate::model::people::PersonRef;
use crate::model::{Line, Workspace};
use crate::notice::{Calendar, plain_days};

/// How many members can require an extraordinary meeting of the council.
const REQUIRED: usize = 5;

/// SU2: a requisition of an extraordinary meeting names five members (Local Government Act 1972, Schedule
/// 12, paragraph 3).
pub(super) fn requisitions(workspace: &Workspace, log: &Log) {
    for agenda in workspace.meetings.values().filter(|agenda| agenda.kind == MeetingKind::Extraordinary) {
        for (item, _) in agenda.items() {
            let lists = std::iter::once(&item.requisition).chain(item.parts.iter().map(|part| &part.requisition));
            for members in lists.filter(|members| !members.is_empty()) {
                let names: BTreeSet<&str> = members.iter().map(name).collect();
                if names.len() < REQUIRED {
                    let message =
                        format!("the requisition names {} of the {REQUIRED} members that it takes", names.len());
                    log.add(
                        Finding::new(&rules::REQUISITION, item.place, message)
                            .help("name every member who signed it in `requisition: {members: […]}`"),
                    );
                }
            }
        }
    }
}

/// Gives what tells a person from others: the id, or the name.
fn name(person: &PersonRef) -> &str {
    match person {
        PersonRef::Named(id) => &id.value,
        PersonRef::Written(person) => &person.name.value,
    }
}

/// NP6: an item on the exclusion of the press and public stands in the public business when there is
/// private business (Local Government Act 1972, section 100A(4) and (5)).
pub(super) fn exclusion(workspace: &Workspace, log: &Log) {
    for (agenda, body, _) in published(workspace) {
        let Some((first, _)) = agenda.items().find(|(_, private)| *private) else { continue };
        let title = |item: &Item| {
            let usual = item
                .standing
                .as_ref()
                .and_then(|id| body.standing.get(&id.value).or_else(|| workspace.council.standing.get(&id.value)));
            let line: &Line =
                if item.title.is_empty() { usual.map_or(&item.title, |usual| &usual.title) } else { &item.title };
            line.plain().to_lowercase()
        };
        let excludes = |item: &Item| title(item).contains("exclusion") || title(item).contains("exclude");
        if !agenda.items().any(|(item, private)| !private && excludes(item)) {
            let message = "there is private business, but no item on the exclusion of the press and public";
            log.add(Finding::new(&rules::NO_EXCLUSION, first.place, message).help(
                "add an item `Exclusion of the press and public` that names the private items and their paragraphs",
            ));
        }
    }
}

/// NP10: notice of private business of an executive is given 28 clear days before, and again with the
/// agenda (SI 2012/2089, regulation 5).
pub(super) fn executive_notice(workspace: &Workspace, calendar: &Calendar, log: &Log) {
    for (agenda, body, _) in published(workspace).filter(|(_, body, _)| body.regime == Regime::Executive) {
        let Some((first, _)) = agenda.items().find(|(_, private)| *private) else { continue };
        let (days, meeting) = (Days::of(&workspace.council, body), agenda.when.date());
        let latest = [calendar.latest_plain(meeting, days.executive), calendar.latest(meeting, days.meeting)];
        if let Some(problem) = problem(agenda, calendar, days, latest) {
            log.add(
                Finding::new(&rules::EXECUTIVE_NOTICE, first.place, problem)
                    .help("give the days of both notices, as in `private_notice: [2026-08-24, 2026-09-28]`, or take the business in public"),
            );
        }
    }
}

/// Says what is wrong with the notices of private business.
fn problem(agenda: &Agenda, calendar: &Calendar, days: Days, latest: [chrono::NaiveDate; 2]) -> Option<String> {
    let meeting = agenda.when.date();
    let [early, late] = latest.map(|day| day.format("%A %-d %B %Y"));
    let Some(first) = agenda.private_notice.iter().min() else {
        return Some(format!(
            "no notice of the private business is recorded: the first was due by {early}, the second by {late}"
        ));
    };
    let given = plain_days(*first, meeting);
    if given < days.executive {
        let short = days.executive - given;
        return Some(format!(
            "the first notice of private business is {short} clear days short: the latest lawful day was {early}"
        ));
    }
    let second = agenda.private_notice.iter().filter(|day| *day != first).min();
    match second.map(|second| calendar.clear_days(*second, meeting)) {
        None => Some(format!("the second notice of private business is not recorded: it was due by {late}")),
        Some(given) if given < days.meeting => Some(format!(
            "the second notice of private business is {} clear days short: the latest lawful day was {late}",
            days.meeting - given
        )),
        Some(_) => None,
    }
}
