//! Rules over what was loaded: one rule, one small function.
//!
//! [`workspace`] holds what every build needs, and the law; [`texts`] reads what is written, which takes longer and
//! is only for those who check or issue. What needs the composed pack (references, numbers) is found in
//! [`crate::compose`].
//!
//! Rules stand in the files of their functions; `registry` lists them all, in the order in which they are applied.
//!
//! They stand on three things: `passages` gives the plain words of a source with their places, `reading` one agenda or
//! paper with its meetings, and `wording` the dates, sentences, names and titles in words. What a council makes of a
//! rule, [`Log`] knows.

use rayon::prelude::*;

use consistency::meetings::diary::Diary;
use registry::{APPLIED, By, Known, Whole};

use crate::finding::{Accepted, Finding, Log, Stage};
use crate::fonts::Fonts;
use crate::layouts::Phrases;
use crate::load::STALE;
use crate::model::Workspace;
use crate::model::agenda::Agenda;
use crate::notice::Calendar;
use crate::resolve::Meeting;

mod agendas;
pub(crate) mod appended;
mod consistency;
mod declared;
mod glyphs;
mod language;
pub(crate) mod law;
mod ledgers;
mod leftovers;
pub(crate) mod orders;
mod passages;
mod personal;
mod reading;
mod registry;
mod softened;
mod wording;

pub(crate) use agendas::NUMBER_TWICE;
pub(crate) use consistency::meetings::actions::{finishes, first_words, words as words_of};
pub(crate) use consistency::meetings::attendance::is_same as is_same_person;
pub(crate) use law::days::SHORT_NOTICE;
pub(crate) use law::decisions::KEY_DECISION;
pub(crate) use law::meetings::EXECUTIVE_NOTICE;
pub(crate) use law::secrets::{NOT_LOOKED_FOR, SECRET_TOLD};
pub(crate) use registry::rules;
pub(crate) use softened::RULE_SOFTENED;

/// Applies every rule that a build needs to a workspace, and those of law.
pub(crate) fn workspace(
    workspace: &Workspace,
    meetings: &[Meeting],
    phrases: &Phrases,
    fonts: &Fonts,
    calendar: &Calendar,
    log: &Log,
) {
    let whole = Whole { workspace, meetings, phrases, fonts, calendar };
    for (_, by) in APPLIED {
        if let By::Names(rule) = by {
            rule(&whole, log);
        }
    }
    log.at(Stage::Judging);
    for (_, by) in APPLIED {
        if let By::Whole(rule) = by {
            rule(&whole, log);
        }
    }
}

/// What of the texts is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The only meeting whose agenda and papers are read; all when there is none.
    pub only: Option<&'a Agenda>,
    /// Whether there are to be hints on language.
    pub hints: bool,
}

/// Applies the rules about what is written: words of the law, papers that disagree, personal data, language.
pub(crate) fn texts(workspace: &Workspace, meetings: &[Meeting], scope: Scope, log: &Log) {
    let known = Known::of(workspace, meetings, scope.hints);
    if let (Some(words), None) = (&known.words, scope.only) {
        language::standing(workspace, words, log);
    }
    let uses = reading::uses(meetings);
    let one = |source| {
        let reading = reading::read(workspace, source, &uses);
        for (_, by) in APPLIED {
            if let By::Text(rule) = by {
                rule(&reading, &known, log);
            }
        }
    };
    let together = || {
        let diary = Diary::of(workspace, meetings);
        for (_, by) in APPLIED {
            if let By::Meetings(rule) = by {
                rule(&diary, log);
            }
        }
    };
    rayon::join(together, || reading::sources(workspace, scope.only).into_par_iter().for_each(one));
}

/// Says what is wrong with an acceptance that covers nothing.
fn uncovering(log: &Log, accepted: &Accepted) -> Finding {
    let code = accepted.rule.code;
    let found: Vec<Finding> = log.sorted().into_iter().filter(|finding| finding.rule.code == code).collect();
    let here = |finding: &&Finding| finding.labels.iter().any(|label| label.place.source == accepted.place.source);
    let stale = |message: String| Finding::new(&STALE, accepted.place, message);
    match (found.iter().find(here), found.first()) {
        (Some(finding), _) if finding.is_error() => stale(format!("{code} is an error here and cannot be accepted"))
            .help("mend what it shows, or take the line away"),
        (Some(_), _) if accepted.rule.is_firm => {
            stale(format!("{code} cannot be accepted")).help("fill in what it shows, and take this line away")
        }
        (Some(finding), _) => stale(format!("no finding of {code} in this file has these `words`"))
            .also(finding.place().unwrap_or_default(), "this one has others")
            .help("write words of its message, or take the line away"),
        (None, Some(finding)) => stale(format!("nothing is found under {code} in this file"))
            .also(finding.place().unwrap_or_default(), "found here")
            .help("move the line to the file that it is about, or take it away"),
        (None, None) => {
            stale(format!("nothing is found any more under {code} that this accepts")).help("take the line away")
        }
    }
}

/// Finds acceptances that cover nothing any more. With `typeset` everything was looked at; without, nothing was
/// typeset and no appended file opened, and acceptances of what only shows then are left alone.
pub fn stale(log: &Log, typeset: bool) {
    for (accepted, covered) in log.accepted() {
        if !typeset && accepted.rule.needs_typesetting {
            continue;
        }
        match (covered.len(), accepted.times.map_or(0, |times| times as usize)) {
            // What is wrong with an acceptance at the gate is said where it was meant for.
            (0, _) if log.sorted().iter().any(|finding| accepted.covers(finding)) => {}
            (0, _) => log.add(uncovering(log, &accepted)),
            (found, times) if found < times => log.add(
                Finding::new(&STALE, accepted.place, format!("accepts {times} findings, of which {found} are left"))
                    .help(format!("write `times: {found}`")),
            ),
            _ => {}
        }
    }
}
