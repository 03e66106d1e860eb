//! Papers and meetings that disagree: programme, agendas, minutes, actions, journeys of reports.

use crate::finding::Log;
use crate::model::Workspace;
use crate::resolve::Meeting;

pub(in crate::check) mod actions;
pub(in crate::check) mod appendices;
pub(in crate::check) mod asked;
pub(in crate::check) mod attendance;
pub(in crate::check) mod awaited;
mod diary;
pub(in crate::check) mod minutes;
pub(in crate::check) mod presence;
pub(in crate::check) mod programme;
pub(in crate::check) mod reports;
pub(in crate::check) mod votes;

/// Applies the rules about papers and meetings that belong together.
pub(in crate::check) fn apply(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let diary = diary::Diary::of(workspace, meetings);
    programme::planned_items(&diary, log);
    programme::unplanned_items(&diary, log);
    programme::days_without_meeting(&diary, log);
    programme::planned_twice(&diary, log);
    asked::for_reports(&diary, log);
    actions::overdue(&diary, log);
    actions::two_deadlines(&diary, log);
    awaited::papers(&diary, log);
    minutes::of_their_agenda(&diary, log);
    minutes::of_another_day(&diary, log);
    attendance::members(&diary, log);
    attendance::chairs(&diary, log);
    attendance::posts(&diary, log);
    votes::agree(&diary, log);
    presence::contradicts(&diary, log);
    reports::journeys(&diary, log);
    reports::order(&diary, log);
    reports::clearance(&diary, log);
    appendices::lists(&diary, log);
    appendices::attached(&diary, log);
}
