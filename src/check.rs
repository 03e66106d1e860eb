//! Rules over what was loaded: one rule, one small function.
//!
//! [`workspace`] holds what every build needs, and the law; [`texts`] reads what is written, which takes longer and
//! is only for those who check or issue. What needs the composed pack (references, numbers) is found in
//! [`crate::compose`].
//!
//! | Family | What is found there |
//! |:--|:--|
//! | `names`, `agendas`, `glyphs` | what no pack can be built with: ids, items, papers used twice, characters without a shape |
//! | `law` | the law of meetings; its table says which rule stands where |
//! | [`orders`] | what the council's standing orders ask for besides |
//! | `consistency::meetings` | papers and meetings that disagree: programme, minutes, actions, journeys of reports |
//! | `consistency::texts` | what one text gets wrong: dates, tenses, names, references, lists, totals, gaps |
//! | `personal` | personal data of private people |
//! | `language` | spelling, abbreviations, ease of reading; hints alone |
//! | [`appended`] | what was found in appended files |
//!
//! They stand on three things: `passages` gives the plain words of a source with their places, `reading` one agenda or
//! paper with its meetings, and `wording` the dates, sentences, names and titles in words. What a council makes of a
//! rule, [`Log`] knows.

use rayon::prelude::*;

use crate::finding::{Accepted, Finding, Log, Stage, rules};
use crate::fonts::Fonts;
use crate::layouts::Phrases;
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
mod law;
mod leftovers;
pub(crate) mod orders;
mod passages;
mod personal;
mod reading;
mod softened;
mod wording;

/// Applies every rule that a build needs to a workspace, and those of law.
pub(crate) fn workspace(
    workspace: &Workspace,
    meetings: &[Meeting],
    phrases: &Phrases,
    fonts: &Fonts,
    calendar: &Calendar,
    log: &Log,
) {
    declared::people_and_posts(workspace, log);
    declared::councillors(workspace, meetings, log);
    declared::bodies(workspace, log);
    declared::ratings(workspace, log);
    declared::font(workspace, fonts, log);
    agendas::items(meetings, log);
    agendas::standing_items(workspace, meetings, log);
    agendas::one_at_a_time(workspace, log);
    agendas::private_items(meetings, log);
    agendas::private_minutes(workspace, log);
    agendas::withheld_elsewhere(meetings, log);
    agendas::appendices(meetings, log);
    agendas::used_once(meetings, log);
    agendas::unused_papers(workspace, meetings, log);
    log.at(Stage::Judging);
    glyphs::covered(workspace, fonts, log);
    law::workspace(workspace, meetings, phrases, calendar, log);
    softened::rules(workspace, log);
    orders::items(workspace, meetings, log);
    orders::papers(workspace, log);
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
    law::texts(workspace, meetings, scope.only, log);
    let words = scope.hints.then(|| language::Words::of(workspace));
    if let (Some(words), None) = (&words, scope.only) {
        language::standing(workspace, words, log);
    }
    let public = personal::Public::of(workspace);
    let uses = reading::uses(meetings);
    let known = consistency::Known::of(workspace);
    let one = |source| {
        let reading = reading::read(workspace, source, &uses);
        law::reading(&reading, log);
        consistency::reading(&reading, &known, log);
        personal::reading(&reading, &public, log);
        if let Some(words) = &words {
            language::reading(&reading, words, log);
        }
    };
    rayon::join(
        || consistency::workspace(workspace, meetings, log),
        || reading::sources(workspace, scope.only).into_par_iter().for_each(one),
    );
}

/// Says what is wrong with an acceptance that covers nothing.
fn uncovering(log: &Log, accepted: &Accepted) -> Finding {
    let code = accepted.rule.code;
    let found: Vec<Finding> = log.sorted().into_iter().filter(|finding| finding.rule.code == code).collect();
    let here = |finding: &&Finding| finding.labels.iter().any(|label| label.place.source == accepted.place.source);
    let stale = |message: String| Finding::new(&rules::STALE, accepted.place, message);
    match (found.iter().find(here), found.first()) {
        (Some(finding), _) if finding.is_error() => stale(format!("{code} is an error here and cannot be accepted"))
            .help("mend what it shows, or take the line away"),
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
pub(crate) fn stale(log: &Log, typeset: bool) {
    for (accepted, covered) in log.accepted() {
        if !typeset && accepted.rule.needs_typesetting {
            continue;
        }
        match (covered.len(), accepted.times.map_or(0, |times| times as usize)) {
            // What is wrong with an acceptance at the gate is said where it was meant for.
            (0, _) if log.sorted().iter().any(|finding| accepted.covers(finding)) => {}
            (0, _) => log.add(uncovering(log, &accepted)),
            (found, times) if found < times => log.add(
                Finding::new(
                    &rules::STALE,
                    accepted.place,
                    format!("accepts {times} findings, of which {found} are left"),
                )
                .help(format!("write `times: {found}`")),
            ),
            _ => {}
        }
    }
}
