//! Rules over what was loaded: one rule, one small function.
//!
//! What needs the composed pack (references, numbers) is found in [`crate::compose`].

use crate::finding::Log;
use crate::fonts::Fonts;
use crate::model::Workspace;
use crate::notice::Calendar;

mod agendas;
pub mod appended;
mod glyphs;
mod law;
mod names;

/// Applies every rule to a workspace.
pub fn workspace(workspace: &Workspace, fonts: &Fonts, calendar: &Calendar, log: &Log) {
    names::people_and_posts(workspace, log);
    names::bodies(workspace, log);
    names::ratings(workspace, log);
    names::font(workspace, fonts, log);
    agendas::items(workspace, log);
    agendas::standing_items(workspace, log);
    agendas::one_at_a_time(workspace, log);
    agendas::private_items(workspace, log);
    agendas::private_minutes(workspace, log);
    agendas::withheld_elsewhere(workspace, log);
    agendas::appendices(workspace, log);
    agendas::used_once(workspace, log);
    agendas::unused_papers(workspace, log);
    glyphs::covered(workspace, fonts, log);
    law::workspace(workspace, calendar, log);
}
