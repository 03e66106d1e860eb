//! The law of meetings: one rule, one small function. An error here lets a draft be built, but not issued.
//!
//! Rules about notice and about what an agenda holds look only at agendas that say when they are published (`issued`)
//! and whose meetings are formal and go ahead ([`days::published`]); drafts are left alone. Sections are those of the
//! Local Government Act 1972, unless said otherwise.
//!
//! Each rule says what it is based on. No rule of this room, but the program otherwise, keeps these: the latest lawful
//! days `boardpack calendar` and [`crate::notice::deadlines`]; the marking on every page of a withheld paper and
//! accessible papers the layouts; how long packs are kept [`crate::archive`]; secrets in finished packs [`crate::packs`].
//!
//! What is out too late on the day of an issue, whatever the agenda prints, [`late`] tells to [`crate::app`].
//!
//! Who softens a rule for a council, and why, N0003 tells ([`super::softened`]).

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
