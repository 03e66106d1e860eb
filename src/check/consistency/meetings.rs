//! Papers and meetings that disagree: programme, agendas, minutes, actions, journeys of reports.

pub(in crate::check) mod actions;
pub(in crate::check) mod appendices;
pub(in crate::check) mod asked;
pub(in crate::check) mod attendance;
pub(in crate::check) mod awaited;
pub(in crate::check) mod diary;
pub(in crate::check) mod minutes;
pub(in crate::check) mod presence;
pub(in crate::check) mod programme;
pub(in crate::check) mod reports;
pub(in crate::check) mod votes;
