//! The law of meetings: one rule, one small function. An error here lets a draft be built, but not issued.
//!
//! Rules about notice and about what an agenda holds look only at agendas that say when they are published (`issued`)
//! and whose meetings are formal and go ahead ([`days::published`]); drafts are left alone. Sections are those of the
//! Local Government Act 1972, unless said otherwise.
//!
//! | Rule | What it asks for | Where |
//! |:--|:--|:--|
//! | CD1, CD2 | clear days of the agenda | [`days::agenda_in_time`], N0002; unknown holidays N0001 |
//! | CD1 to CD4 | clear days on the day of an issue, whatever the agenda prints | [`late`], N0002 and N0008, asked by [`crate::app`] |
//! | CD3, CD4 | clear days of an item added later, or urgency | [`added::open_too_late`], N0008 |
//! | CD3 | open neither before the agenda nor after the meeting | [`added::impossible_days`], N0009 |
//! | CD4 | the minutes state the special circumstances | [`added::urgency_recorded`], N0010 |
//! | CD5 | reports to follow | [`added::to_follow`], N0011 |
//! | CD6 | latest lawful days | `boardpack calendar`, [`crate::notice::deadlines`] |
//! | NP1 | who decided | [`withheld::decided`], N0012; paragraphs M0014 |
//! | NP2 | the marking on every page of a withheld paper | the layouts print it, so no source can be wrong; tests of leaks |
//! | NP3 | paragraphs of the right nation | [`withheld::of_nation`], N0035 |
//! | NP3 | the Act's words | [`descriptions::own_words`] and [`descriptions::quoted`], N0013; paragraphs that exist M0015 |
//! | NP4 | the public interest | [`withheld::public_interest`], N0014 |
//! | NP6 | the item on exclusion, its paragraphs, its items | [`exclusion`], N0005, N0015, N0016 |
//! | NP6 | no exclusion beyond what is withheld | [`exclusion::beyond_withheld`], N0042, N0043 |
//! | NP7 | confidential is not exempt | [`withheld::one_or_the_other`], N0017; [`withheld::called_confidential`], N0018 |
//! | NP8 | titles that disclose | [`withheld::discloses`], N0019; private items stand apart in the source |
//! | NP8 | words that grounds protect | [`secrets::told`], N0036; those that cannot be looked for N0040; in packs [`crate::packs`], N0036, A0040 |
//! | NP9 | a public counterpart | [`withheld::counterpart`], N0020 |
//! | NP10 | notice of an executive's private business | [`meetings::executive_notice`], N0006 |
//! | KD1 | notice of key decisions | [`decisions::key_decisions`], N0021 |
//! | BP1 | background papers are listed | [`decisions::background_listed`], N0022 |
//! | BP2 | and kept for four years | [`decisions::background_kept`], N0023 |
//! | RT1 | six years | the archive deletes nothing, [`crate::archive`] |
//! | MN1 | minutes come to the next meeting | [`minutes::taken`], N0024 |
//! | MN2 | members present | [`minutes::presence`], N0025 |
//! | MN3 | recorded votes | [`minutes::recorded_votes`], N0007 |
//! | SU2 | requisitions | [`meetings::requisitions`], N0004; only their business [`meetings::only_required`], N0026 |
//! | IN1 | declarations before the business | [`front::interests_first`], N0027 |
//! | IN2 | members with an interest take no part | [`minutes::interests_kept`], N0028 |
//! | SC1 | the executive answers scrutiny | [`decisions::answers_due`], N0029 |
//! | OP1, AC5 | filming, hearing loop, formats, contact | [`front::public_told`], N0030 |
//! | CD4 | it is the chair who agreed to urgency | [`added::chair_agreed`], N0031 |
//! | NP10, KD1 | an executive has the regime of one | [`regime::of_executives`], N0032 |
//! | NP4 | grounds are reviewed after the meeting | [`review::after_the_meeting`], N0033 |
//! | | meetings on working days | [`meetings::working_days`], N0034 |
//! | AC1, AC2 | accessible papers | the layouts; pictures M0018; appended files A0005 and the other A rules |
//! | DP1 | hidden data of appended files | A rules, [`super::appended`] |
//! | DP2 | personal data | D rules, [`super::personal`] |
//!
//! Who softens a rule for a council, and why, N0003 tells ([`super::softened`]).

use super::reading::Reading;
use crate::finding::Log;
use crate::layouts::Phrases;
use crate::model::{Agenda, Workspace};
use crate::notice::Calendar;
use crate::resolve::Meeting;

pub(super) mod added;
pub(super) mod days;
pub(super) mod decisions;
pub(super) mod descriptions;
pub(super) mod exclusion;
pub(super) mod front;
pub(crate) mod late;
pub(super) mod meetings;
pub(super) mod minutes;
pub(super) mod regime;
pub(super) mod review;
pub(super) mod secrets;
mod shown;
pub(super) mod withheld;

/// Applies every rule of law that a build needs.
pub(super) fn workspace(
    workspace: &Workspace,
    meetings: &[Meeting],
    phrases: &Phrases,
    calendar: &Calendar,
    log: &Log,
) {
    days::holidays_known(meetings, calendar, log);
    days::agenda_in_time(workspace, meetings, calendar, log);
    added::open_too_late(workspace, meetings, calendar, log);
    added::chair_agreed(workspace, meetings, log);
    added::impossible_days(meetings, log);
    added::urgency_recorded(workspace, meetings, log);
    added::to_follow(workspace, meetings, calendar, log);
    meetings::requisitions(workspace, meetings, log);
    meetings::only_required(meetings, log);
    meetings::executive_notice(workspace, meetings, calendar, log);
    regime::of_executives(workspace, meetings, log);
    exclusion::stands(meetings, log);
    exclusion::names_paragraphs(meetings, log);
    exclusion::names_items(workspace, meetings, log);
    exclusion::beyond_withheld(meetings, log);
    meetings::working_days(meetings, calendar, log);
    review::after_the_meeting(meetings, log);
    withheld::decided(meetings, log);
    withheld::of_nation(meetings, log);
    withheld::public_interest(meetings, log);
    withheld::one_or_the_other(meetings, log);
    withheld::called_confidential(workspace, meetings, log);
    withheld::discloses(workspace, meetings, log);
    withheld::counterpart(workspace, meetings, log);
    descriptions::own_words(phrases, log);
    decisions::key_decisions(workspace, meetings, calendar, log);
    decisions::background_listed(meetings, log);
    decisions::background_kept(meetings, log);
    decisions::answers_due(workspace, meetings, log);
    minutes::taken(workspace, meetings, log);
    minutes::presence(meetings, log);
    minutes::recorded_votes(workspace, log);
    minutes::interests_kept(workspace, log);
    front::interests_first(meetings, log);
    secrets::told(workspace, meetings, phrases, log);
}

/// Applies the rules of law that read running text, to one meeting or to all.
pub(super) fn texts(workspace: &Workspace, meetings: &[Meeting], only: Option<&Agenda>, log: &Log) {
    front::public_told(workspace, meetings, only, log);
}

/// Applies the rules of law about what is written in one agenda or paper.
pub(super) fn reading(reading: &Reading, log: &Log) {
    descriptions::quoted(reading, log);
}
