//! What an agenda must hold by the nature of its meeting and of its private business.

use std::collections::BTreeSet;

use super::days::{clear_days, named, published};
use super::shown::{Shown, items};
use crate::check::wording::names::{folded, nearly};
use crate::finding::{Finding, Log, rules};
use crate::model::Workspace;
use crate::model::agenda::{Agenda, Item, MeetingKind};
use crate::model::body::Regime;
use crate::model::notice::Days;
use crate::model::people::{InRole, PersonRef};
use crate::notice::{Calendar, plain_days};

/// How many members can require an extraordinary meeting of the council.
const REQUIRED: usize = 5;

/// SU2: a requisition of an extraordinary meeting names five members (Local Government Act 1972, Schedule
/// 12, paragraph 3).
pub(super) fn requisitions(workspace: &Workspace, log: &Log) {
    let called = [MeetingKind::Extraordinary, MeetingKind::Special];
    for agenda in workspace.meetings.values().filter(|agenda| called.contains(&agenda.kind)) {
        for (item, _) in agenda.items() {
            let lists = std::iter::once(&item.requisition).chain(item.parts.iter().map(|part| &part.requisition));
            for members in lists.filter(|members| !members.is_empty()) {
                let names: BTreeSet<&str> = members.iter().map(name).collect();
                let (own, strangers): (Vec<&str>, Vec<&str>) =
                    names.into_iter().partition(|who| may_be_member(workspace, agenda, who));
                if own.len() < REQUIRED {
                    let mut message =
                        format!("the requisition names {} of the {REQUIRED} members that it takes", own.len());
                    if !strangers.is_empty() {
                        let all: Vec<String> = strangers.iter().map(|who| format!("`{who}`")).collect();
                        let verb = if all.len() == 1 { "is not a member" } else { "are not members" };
                        message = format!("{message}: {} {verb} of the council", all.join(", "));
                    }
                    log.add(
                        Finding::new(&rules::REQUISITION, item.place, message)
                            .help("name every member who signed it in `requisition: {members: […]}`"),
                    );
                }
            }
        }
    }
}

/// Tells whether somebody may be a member of the council: in the list of members of any body, or declared without an
/// officer's post. Where the body has no list, or met in a later municipal year, anybody who is not declared may be.
fn may_be_member(workspace: &Workspace, agenda: &Agenda, who: &str) -> bool {
    let registry = &workspace.people;
    let own = workspace.bodies.get(&agenda.body).map_or(&[][..], |body| &body.membership);
    let own = agenda.membership.as_deref().unwrap_or(own);
    let mut all = own.iter().chain(workspace.bodies.values().flat_map(|body| &body.membership));
    let names = |member: &InRole| {
        let person = registry.person(&member.person);
        [name(&member.person).to_owned(), person.name.value.clone(), person.short_name().to_owned()]
    };
    match registry.people.get(who) {
        Some(known) => known.post.is_none() || all.any(|member| names(member).contains(&known.name.value)),
        // Members are often named by the last name alone; that it is not quite right is found by another rule.
        None => {
            let last = surname(who);
            let alike = |own: &String| surname(own) == last || nearly(&surname(own), &last);
            own.is_empty() || !is_current(workspace, agenda) || all.any(|member| names(member).iter().any(alike))
        }
    }
}

/// Tells whether the body met in no later municipal year: members change from year to year.
fn is_current(workspace: &Workspace, agenda: &Agenda) -> bool {
    let year = |agenda: &Agenda| workspace.council.municipal_year(agenda.when.date());
    let of_body = workspace.meetings.values().filter(|other| other.body == agenda.body);
    of_body.map(year).max().is_none_or(|last| last == year(agenda))
}

fn surname(name: &str) -> String {
    folded(name.rsplit(' ').next().unwrap_or(name))
}

/// Gives what tells a person from others: the id, or the name.
pub(super) fn name(person: &PersonRef) -> &str {
    match person {
        PersonRef::Named(id) => &id.value,
        PersonRef::Written(person) => &person.name.value,
    }
}

/// SU2: an extraordinary meeting that was required has only the business for which it was required, besides what
/// stands on every agenda (Schedule 12, paragraphs 3 and 4). A warning: a chair who calls the meeting may add to it.
pub(super) fn only_required(workspace: &Workspace, log: &Log) {
    let required =
        |item: &Item| !item.requisition.is_empty() || item.parts.iter().any(|part| !part.requisition.is_empty());
    for (agenda, body, _) in published(workspace).filter(|(agenda, ..)| agenda.kind == MeetingKind::Extraordinary) {
        let all = items(workspace, agenda, body);
        let Some(first) = all.iter().find(|shown| required(shown.item)) else { continue };
        let usual = |shown: &Shown| {
            let title = shown.title().to_lowercase();
            let words = ["apolog", "interest", "minutes", "exclu"];
            shown.item.standing.is_some() || words.iter().any(|word| title.contains(word))
        };
        for shown in all.iter().filter(|shown| !required(shown.item) && !usual(shown)) {
            if shown.item.withdrawn.is_some() {
                continue;
            }
            let message = format!("the members did not require `{}`", shown.title());
            log.add(Finding::new(&rules::NOT_REQUIRED, shown.place, message).also(first.place, "required here").help(
                "leave it to an ordinary meeting; where the chair called this one and added it, accept the finding with that reason",
            ));
        }
    }
}

/// NP10: notice of private business of an executive is given 28 clear days before, and again with the
/// agenda (SI 2012/2089, regulation 5).
pub(super) fn executive_notice(workspace: &Workspace, calendar: &Calendar, log: &Log) {
    for (agenda, body, _) in published(workspace).filter(|(_, body, _)| body.regime == Regime::Executive) {
        let Some((first, _)) = agenda.items().find(|(_, private)| *private) else { continue };
        let (days, meeting) = (body.days(&workspace.council), agenda.when.date());
        let latest = [calendar.latest_plain(meeting, days.executive), calendar.latest(meeting, days.meeting)];
        log.extend(problems(agenda, calendar, days, latest).into_iter().map(|problem| {
            Finding::new(&rules::EXECUTIVE_NOTICE, first.place, problem)
                .help("give the days of both notices, as in `private_notice: [2026-08-24, 2026-09-28]`, or take the business in public")
        }));
    }
}

/// Says what is wrong with each of the notices of private business.
fn problems(agenda: &Agenda, calendar: &Calendar, days: Days, latest: [chrono::NaiveDate; 2]) -> Vec<String> {
    let meeting = agenda.when.date();
    let [early, late] = latest.map(named);
    let Some(first) = agenda.private_notice.iter().min() else {
        return vec![format!(
            "no notice of the private business is recorded: the first was due by {early}, the second by {late}"
        )];
    };
    let mut problems = Vec::new();
    let given = plain_days(*first, meeting);
    if given < days.executive {
        let short = clear_days(days.executive - given);
        problems
            .push(format!("the first notice of private business is {short} short: the latest lawful day was {early}"));
    }
    let second = agenda.private_notice.iter().filter(|day| *day != first).min();
    match second.map(|second| calendar.clear_days(*second, meeting)) {
        None => {
            problems.push(format!("the second notice of private business is not recorded: it was due by {late}"));
        }
        Some(given) if given < days.meeting => problems.push(format!(
            "the second notice of private business is {} short: the latest lawful day was {late}",
            clear_days(days.meeting - given)
        )),
        Some(_) => {}
    }
    problems
}

/// A meeting on a day on which the council's offices are closed: lawful, but hardly ever meant.
pub(super) fn working_days(workspace: &Workspace, calendar: &Calendar, log: &Log) {
    for (agenda, ..) in published(workspace) {
        let day = agenda.when.date();
        if let Some(why) = calendar.why_not(day) {
            let message = format!("the meeting is on {}, which is not a working day: {why}", named(day));
            log.add(
                Finding::new(&rules::CLOSED_DAY, agenda.when_place.unwrap_or(agenda.place), message)
                    .help("correct the day; where the body does meet then, accept the finding with that reason"),
            );
        }
    }
}
