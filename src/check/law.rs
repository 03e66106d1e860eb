//! The law of meetings: one rule, one small function. An error here lets a draft be built, but not issued.

use crate::finding::Log;
use crate::model::Workspace;
use crate::notice::Calendar;

mod days;
mod meetings;
mod minutes;

/// Applies every rule of law.
pub(super) fn workspace(workspace: &Workspace, calendar: &Calendar, log: &Log) {
    days::holidays_known(workspace, calendar, log);
    days::agenda_in_time(workspace, calendar, log);
    meetings::requisitions(workspace, log);
    meetings::exclusion(workspace, log);
    meetings::executive_notice(workspace, calendar, log);
    minutes::recorded_votes(workspace, log);
}
