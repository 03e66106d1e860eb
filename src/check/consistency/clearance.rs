//! Who contributed to a report and who approved it, and in which order.

use crate::finding::{Confidence, Finding, Log, Place, rules};
use crate::model::agenda::Agenda;
use crate::model::people::PersonRef;
use crate::model::report::{Clearance, Report};
use crate::model::{Paper, PaperKind, Workspace};

/// Finds reports that were approved before they were finished, or by those who wrote them.
pub(super) fn clearances(workspace: &Workspace, log: &Log) {
    for paper in workspace.papers.values() {
        let PaperKind::Report(report) = &paper.kind else { continue };
        let rows = || report.contributors.iter().chain(&report.approvers);
        for row in rows() {
            answered_before_asked(workspace, paper, row, log);
        }
        approved_before_contributions(workspace, paper, report, log);
        approved_by_author(workspace, paper, report, log);
    }
    for agenda in workspace.meetings.values() {
        received_after_issue(workspace, agenda, log);
    }
}

fn place_of(person: &PersonRef, paper: &Paper) -> Place {
    let place = match person {
        PersonRef::Named(text) => text.place,
        PersonRef::Written(person) => person.name.place,
    };
    if place == Place::default() { paper.place } else { place }
}

fn name<'a>(workspace: &'a Workspace, person: &'a PersonRef) -> &'a str {
    let known = &workspace.people.person(person).name.value;
    match person {
        PersonRef::Named(text) if known.is_empty() => &text.value,
        _ => known,
    }
}

fn found(place: Place, message: String) -> Finding {
    Finding::new(&rules::CLEARANCE, place, message).confidence(Confidence::Likely)
}

fn answered_before_asked(workspace: &Workspace, paper: &Paper, row: &Clearance, log: &Log) {
    if let (Some(sent), Some(received)) = (row.sent, row.received)
        && received < sent
    {
        let message = format!(
            "{} answered on {}, before the report was sent on {}",
            name(workspace, &row.person),
            received.format("%-d %B %Y"),
            sent.format("%-d %B %Y")
        );
        log.add(found(place_of(&row.person, paper), message).help("correct one of the two dates"));
    }
}

fn approved_before_contributions(workspace: &Workspace, paper: &Paper, report: &Report, log: &Log) {
    let Some(last) = report.contributors.iter().filter(|row| row.received.is_some()).max_by_key(|row| row.received)
    else {
        return;
    };
    for row in report.approvers.iter().filter(|row| row.received.is_some() && row.received < last.received) {
        let days = (row.received, last.received);
        let (Some(approved), Some(contributed)) = days else { continue };
        let message = format!(
            "{} approved the report on {}, before the last contribution came in on {}",
            name(workspace, &row.person),
            approved.format("%-d %B %Y"),
            contributed.format("%-d %B %Y")
        );
        log.add(
            found(place_of(&row.person, paper), message)
                .also(place_of(&last.person, paper), "the last contribution")
                .help("have the report approved as it is now, or correct the dates"),
        );
    }
}

fn approved_by_author(workspace: &Workspace, paper: &Paper, report: &Report, log: &Log) {
    for row in &report.approvers {
        let own = report.authors.iter().find(|author| name(workspace, author) == name(workspace, &row.person));
        if let Some(author) = own {
            let message = format!("{} wrote the report and approves it as well", name(workspace, &row.person));
            log.add(
                found(place_of(&row.person, paper), message)
                    .also(place_of(author, paper), "its author")
                    .help("name whoever approved it in the author's place"),
            );
        }
    }
}

/// Finds answers that came after the day on which the agenda was issued.
fn received_after_issue(workspace: &Workspace, agenda: &Agenda, log: &Log) {
    let Some(issued) = agenda.issued else { return };
    let papers = agenda.papers().filter_map(|(paper, _)| workspace.papers.get(&paper.path));
    for paper in papers {
        let PaperKind::Report(report) = &paper.kind else { continue };
        for row in &report.approvers {
            if let Some(received) = row.received.filter(|received| *received > issued) {
                let message = format!(
                    "{} approved the report on {}, after the agenda was issued on {}",
                    name(workspace, &row.person),
                    received.format("%-d %B %Y"),
                    issued.format("%-d %B %Y")
                );
                log.add(
                    found(place_of(&row.person, paper), message)
                        .also(agenda.issued_place.unwrap_or(agenda.place), "issued")
                        .help("correct one of the two dates"),
                );
            }
        }
    }
}
