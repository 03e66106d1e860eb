//! What agenda and minutes call the papers behind an item, against what these are.

use super::diary::Diary;
use crate::check::passages;
use crate::finding::{Confidence, Finding, Log, rules};
use crate::model::agenda::{Agenda, Item};
use crate::model::{Line, Paper, PaperKind};

/// Words for the kinds of paper that agendas and minutes tell apart.
const KINDS: [&str; 2] = ["briefing note", "report"];

/// Finds items whose lead line announces a paper of a kind that does not stand behind them, and items of which the
/// minutes call it otherwise.
pub(super) fn announced(diary: &Diary, log: &Log) {
    for agenda in diary.workspace.meetings.values() {
        for (item, _) in agenda.items() {
            let Some(lead) = &item.lead else { continue };
            let words = lead.plain().to_lowercase();
            let begins = |kind: &&&str| {
                let rest = words.strip_prefix(**kind);
                rest.is_some_and(|rest| rest.starts_with(" of ") || rest.starts_with(" by "))
            };
            let Some(kind) = KINDS.iter().find(begins) else { continue };
            let papers: Vec<&Paper> = item.all_papers().filter_map(|paper| diary.paper(paper)).collect();
            if let Some(first) = papers.first().filter(|_| papers.iter().all(|paper| is_other(paper, kind))) {
                not_behind(lead, kind, first, log);
            }
            minuted_otherwise(diary, agenda, item, lead, kind, log);
        }
    }
}

/// Tells whether a paper cannot be called a note or report.
fn is_other(paper: &Paper, kind: &str) -> bool {
    match &paper.kind {
        PaperKind::ActionPlan(_) | PaperKind::WorkProgramme(_) => true,
        PaperKind::Report(_) => kind != "report",
        // "Report" is the Act's word for both.
        _ => false,
    }
}

fn not_behind(lead: &Line, kind: &str, first: &Paper, log: &Log) {
    let is = first.kind.word().replace('-', " ");
    let title = first.title().map_or_else(String::new, |title| format!(" `{title}`"));
    let message = format!("the item announces a {kind}, but behind it stands the {is}{title}");
    log.add(
        Finding::new(&rules::ANNOUNCED_KIND, lead.place, message)
            .also(first.place, "the paper")
            .help("call the paper what it is, or add the one that is announced")
            .confidence(Confidence::Likely),
    );
}

/// Finds a minute on an item that says that the other kind of paper was considered.
fn minuted_otherwise(diary: &Diary, agenda: &Agenda, item: &Item, lead: &Line, kind: &str, log: &Log) {
    let title = diary.wording(&agenda.body).title(&diary.title(agenda, item));
    let meeting = diary.meeting(&agenda.body, agenda.when.date());
    let minutes = meeting.into_iter().flat_map(|meeting| &meeting.minutes);
    for minute in minutes.flat_map(|(_, minutes)| minutes.all()) {
        let about = diary.subjects_of(&agenda.body, minute).iter().any(|subject| subject.title.is_like(&title));
        let Some(text) = minute.record.text.as_ref().filter(|_| about) else { continue };
        for passage in passages::of_blocks(&text.blocks).iter().take(1) {
            let considered = |kind: &str| {
                let words = format!("considered a {kind} of ");
                passage
                    .words
                    .find(&words)
                    .map(|at| at + "considered a ".len()..at + words.trim_end().len() - " of".len())
            };
            let other =
                KINDS.iter().filter(|other| **other != kind).find_map(|other| Some((other, considered(other)?)));
            let Some((other, range)) = other else { continue };
            let message = format!("the minutes say that a {other} was considered, and the agenda calls it a {kind}");
            log.add(
                Finding::new(&rules::ANNOUNCED_KIND, passage.place(range, &diary.workspace.sources), message)
                    .also(lead.place, "the agenda")
                    .help("call it the same in both")
                    .confidence(Confidence::Likely),
            );
        }
    }
}
