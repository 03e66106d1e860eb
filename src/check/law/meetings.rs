//! What an agenda must hold by the nature of its meeting and of its private business.

use std::collections::BTreeSet;

use super::days::{clear_days, named, published};
use crate::check::wording::names::{folded, nearly};
use crate::finding::{Finding, Log};
use crate::model::Workspace;
use crate::model::agenda::{Agenda, MeetingKind};
use crate::model::body::Regime;
use crate::model::notice::Days;
use crate::model::people::{InRole, PersonRef};
use crate::notice::{Calendar, plain_days};
use crate::resolve::{Item, Meeting};

/// How many members can require an extraordinary meeting of the council.
const REQUIRED: usize = 5;

crate::finding::rule! {
    /// Five members of the council can require an extraordinary meeting (Local Government Act 1972, Schedule 12,
    /// paragraph 3). The agenda of a meeting that was required so names them, each once. Officers, and people
    /// in no list of members, do not count. Where the chair called the meeting without a requisition, leave
    /// `requisition` out.
    REQUISITION = "N0004", Law, Error, issue, "a requisition with too few members";
    "SU2: Local Government Act 1972, Schedule 12, paragraph 3"
}

/// SU2: a requisition of an extraordinary meeting names five members (Local Government Act 1972, Schedule
/// 12, paragraph 3).
pub(in crate::check) fn requisition(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let called = [MeetingKind::Extraordinary, MeetingKind::Special];
    for meeting in meetings.iter().filter(|meeting| called.contains(&meeting.agenda.kind)) {
        for item in meeting.items() {
            let lists = std::iter::once(item.requisition).chain(item.parts.iter().map(|part| part.requisition));
            for members in lists.filter(|members| !members.is_empty()) {
                let names: BTreeSet<&str> = members.iter().map(name).collect();
                let (own, strangers): (Vec<&str>, Vec<&str>) =
                    names.into_iter().partition(|who| may_be_member(workspace, meeting, who));
                if own.len() < REQUIRED {
                    let mut message =
                        format!("the requisition names {} of the {REQUIRED} members that it takes", own.len());
                    if !strangers.is_empty() {
                        let all: Vec<String> = strangers.iter().map(|who| format!("`{who}`")).collect();
                        let verb = if all.len() == 1 { "is not a member" } else { "are not members" };
                        message = format!("{message}: {} {verb} of the council", all.join(", "));
                    }
                    log.add(
                        Finding::new(&REQUISITION, item.place, message)
                            .help("name every member who signed it in `requisition: {members: […]}`"),
                    );
                }
            }
        }
    }
}

/// Tells whether somebody may be a member of the council: in the list of members of any body, or declared without an
/// officer's post. Where the body has no list, or met in a later municipal year, anybody who is not declared may be.
fn may_be_member(workspace: &Workspace, meeting: &Meeting, who: &str) -> bool {
    let (registry, own) = (&workspace.people, meeting.members);
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
            own.is_empty()
                || !is_current(workspace, meeting.agenda)
                || all.any(|member| names(member).iter().any(alike))
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

crate::finding::rule! {
    /// An extraordinary meeting that five members have required has their business, besides apologies,
    /// declarations and whatever else stands on every agenda. It is a warning only: a chair who calls the meeting
    /// may add business to it. Then accept the finding with that reason.
    NOT_REQUIRED = "N0026", Law, Warning, "business that was not required at a required meeting";
    "SU2: Local Government Act 1972, Schedule 12, paragraphs 3 and 4"
}

/// SU2: an extraordinary meeting that was required has only the business for which it was required, besides what
/// stands on every agenda (Schedule 12, paragraphs 3 and 4). A warning: a chair who calls the meeting may add to it.
pub(in crate::check) fn not_required(meetings: &[Meeting], log: &Log) {
    let required =
        |item: &Item| !item.requisition.is_empty() || item.parts.iter().any(|part| !part.requisition.is_empty());
    let extraordinary = |meeting: &Meeting| meeting.agenda.kind == MeetingKind::Extraordinary;
    for (meeting, ..) in published(meetings).filter(|(meeting, ..)| extraordinary(meeting)) {
        let Some(first) = meeting.items().find(|item| required(item)) else { continue };
        let usual = |item: &Item| {
            let title = item.title.plain().to_lowercase();
            let words = ["apolog", "interest", "minutes", "exclu"];
            item.standing.is_some() || words.iter().any(|word| title.contains(word))
        };
        let beside = |item: &&Item| !required(item) && !usual(item) && item.withdrawn.is_none();
        for item in meeting.items().filter(beside) {
            let message = format!("the members did not require `{}`", item.title.plain());
            log.add(Finding::new(&NOT_REQUIRED, item.place, message).also(first.place, "required here").help(
                "leave it to an ordinary meeting; where the chair called this one and added it, accept the finding with that reason",
            ));
        }
    }
}

crate::finding::rule! {
    /// Before an executive meets in private, notice is given at least 28 clear days before, and again at least
    /// five (SI 2012/2089, regulation 5). For the first, every day of the week counts; for the second only working
    /// days. Give both days in `private_notice` of the agenda. Where notice could not be given in time, the
    /// regulation asks for the agreement of the chair of the scrutiny committee or those in its place: then give
    /// the rule another weight in the council's file, with that reason.
    EXECUTIVE_NOTICE = "N0006", Law, Error, issue, "private business of an executive without notice";
    "NP10: SI 2012/2089, regulation 5"
}

/// NP10: notice of private business of an executive is given 28 clear days before, and again with the
/// agenda (SI 2012/2089, regulation 5).
pub(in crate::check) fn executive_notice(workspace: &Workspace, meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (meeting, body, _) in published(meetings).filter(|(_, body, _)| body.regime == Regime::Executive) {
        let agenda = meeting.agenda;
        let Some(first) = meeting.items().find(|item| item.private) else { continue };
        let (days, meeting) = (body.days(&workspace.council), agenda.when.date());
        let latest = [calendar.latest_plain(meeting, days.executive), calendar.latest(meeting, days.meeting)];
        log.extend(problems(agenda, calendar, days, latest).into_iter().map(|problem| {
            Finding::new(&EXECUTIVE_NOTICE, first.place, problem)
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

crate::finding::rule! {
    /// The day of the meeting is a Saturday, a Sunday, a bank holiday, or one of the council's closed days. It is
    /// lawful to meet then, but more often the date is mistyped.
    CLOSED_DAY = "N0034", Law, Info, "a meeting on a day that is not a working day";
    "practice"
}

/// A meeting on a day on which the council's offices are closed: lawful, but hardly ever meant.
pub(in crate::check) fn closed_day(meetings: &[Meeting], calendar: &Calendar, log: &Log) {
    for (Meeting { agenda, .. }, ..) in published(meetings) {
        let day = agenda.when.date();
        if let Some(why) = calendar.why_not(day) {
            let message = format!("the meeting is on {}, which is not a working day: {why}", named(day));
            log.add(
                Finding::new(&CLOSED_DAY, agenda.when_place.unwrap_or(agenda.place), message)
                    .help("correct the day; where the body does meet then, accept the finding with that reason"),
            );
        }
    }
}
