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
mod leftovers;
pub(crate) mod orders;
mod passages;
mod personal;
mod reading;
mod softened;
mod wording;

pub(crate) use agendas::NUMBER_TWICE;
pub(crate) use law::days::SHORT_NOTICE;
pub(crate) use law::decisions::KEY_DECISION;
pub(crate) use law::meetings::EXECUTIVE_NOTICE;
pub(crate) use law::secrets::{NOT_LOOKED_FOR, SECRET_TOLD};
pub(crate) use softened::RULE_SOFTENED;

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] = &[
    &appended::MENDED,
    &appended::UNTAGGED,
    &appended::SCANNED,
    &appended::BLANK,
    &appended::NOT_ACCESSIBLE,
    &appended::NOT_ARCHIVAL,
    &appended::DROPPED,
    &appended::HIDDEN_LAYER,
    &appended::COMMENTS,
    &appended::EMPTY_FIELDS,
    &appended::UNFINISHED,
    &appended::COARSE,
    &appended::PERSONAL,
    &appended::SMALL_PRINT,
    &appended::FONT_REPLACED,
    &appended::FIELDS_REDRAWN,
    &appended::UNSAID,
    &appended::LOST,
    &appended::pages::OFFICE_ERROR,
    &appended::pages::MACHINE_PATH,
    &appended::pages::PLACEHOLDER_PRINTED,
    &appended::LINKED_INSIDE,
    &consistency::meetings::programme::PLANNED_NOT_TAKEN,
    &consistency::meetings::programme::TAKEN_NOT_PLANNED,
    &consistency::meetings::asked::ASKED_NOT_PLANNED,
    &consistency::meetings::asked::PLANNED_OTHERWISE,
    &consistency::meetings::programme::NO_MEETING_THEN,
    &consistency::meetings::programme::PLANNED_TWICE,
    &consistency::meetings::actions::OVERDUE,
    &consistency::meetings::actions::TWO_DEADLINES,
    &consistency::meetings::awaited::NEVER_CAME,
    &consistency::meetings::minutes::NOT_MINUTED,
    &consistency::meetings::minutes::NOT_ON_AGENDA,
    &consistency::meetings::attendance::UNACCOUNTED,
    &consistency::meetings::minutes::OTHER_MINUTES,
    &consistency::meetings::reports::OTHER_JOURNEY,
    &consistency::meetings::attendance::OTHER_POST,
    &consistency::meetings::reports::CLEARED_TOO_SOON,
    &consistency::meetings::appendices::OTHER_APPENDICES,
    &consistency::meetings::appendices::ATTACHED_BUT_WITHHELD,
    &consistency::texts::appendices::UNKNOWN_APPENDIX,
    &consistency::texts::appendices::APPENDIX_TWO_WAYS,
    &consistency::texts::references::NO_SUCH_PARAGRAPH,
    &consistency::texts::people::PERSON_NEARLY,
    &consistency::texts::calendar::WRONG_WEEKDAY,
    &consistency::texts::calendar::NO_SUCH_DAY,
    &consistency::texts::calendar::NO_SUCH_MEETING,
    &consistency::texts::lists::DOUBLED_LEAD,
    &consistency::texts::gaps::EMPTY_SECTION,
    &consistency::texts::placeholders::PLACEHOLDER,
    &consistency::texts::marks::TYPED_NUMBER,
    &consistency::texts::sums::WRONG_TOTAL,
    &consistency::meetings::votes::VOTE_AGAINST_PRESENCE,
    &consistency::meetings::presence::PRESENCE_CONTRADICTED,
    &personal::PRIVATE_EMAIL,
    &personal::PRIVATE_PHONE,
    &personal::HOME_ADDRESS,
    &personal::IDENTITY,
    &personal::BIRTH,
    &personal::SIGNATURE,
    &personal::CHILD,
    &language::DOUBLED_WORD,
    &language::DOUBLED_MARK,
    &language::MISSPELT,
    &language::HARD_TO_READ,
    &language::UNEXPLAINED,
    &declared::UNKNOWN_NAME,
    &agendas::NO_ITEMS,
    &agendas::USED_TWICE,
    &agendas::NUMBER_TWICE,
    &agendas::NOT_IN_A_MEETING,
    &agendas::CROSSED,
    &consistency::texts::placeholders::PATH_TYPED,
    &declared::COUNCILLOR_NOT_DECLARED,
    &law::days::HOLIDAYS_UNKNOWN,
    &law::days::SHORT_NOTICE,
    &softened::RULE_SOFTENED,
    &law::meetings::REQUISITION,
    &law::exclusion::NO_EXCLUSION,
    &law::meetings::EXECUTIVE_NOTICE,
    &law::minutes::VOTE_NOT_NAMED,
    &law::added::OPEN_TOO_LATE,
    &law::added::IMPOSSIBLE_DAY,
    &law::added::URGENCY_NOT_RECORDED,
    &law::added::TO_FOLLOW,
    &law::withheld::NOBODY_DECIDED,
    &law::descriptions::MISQUOTED,
    &law::withheld::NO_PUBLIC_INTEREST,
    &law::exclusion::EXCLUSION_PARAGRAPH,
    &law::exclusion::EXCLUSION_ITEM,
    &law::withheld::EXEMPT_AND_CONFIDENTIAL,
    &law::withheld::CALLED_CONFIDENTIAL,
    &law::withheld::TITLE_DISCLOSES,
    &law::withheld::NO_COUNTERPART,
    &law::decisions::KEY_DECISION,
    &law::decisions::NO_BACKGROUND,
    &law::decisions::BACKGROUND_KEPT,
    &law::minutes::MINUTES_NOT_TAKEN,
    &law::minutes::NOBODY_PRESENT,
    &law::meetings::NOT_REQUIRED,
    &law::front::INTERESTS_FIRST,
    &law::minutes::INTERESTED,
    &law::decisions::ANSWER_DUE,
    &law::front::PUBLIC_NOT_TOLD,
    &law::added::NOT_THE_CHAIR,
    &law::regime::NO_EXECUTIVE_REGIME,
    &law::review::REVIEWED_BEFORE,
    &law::meetings::CLOSED_DAY,
    &law::withheld::OTHER_PART,
    &law::secrets::SECRET_TOLD,
    &law::secrets::NOT_LOOKED_FOR,
    &law::exclusion::needless::EXCLUDED_NEEDLESSLY,
    &law::exclusion::needless::IDLE_PARAGRAPH,
    &orders::TOO_MANY_PAGES,
    &orders::FILE_NAME,
    &orders::ITEM_REQUIRED,
    &orders::PART_REQUIRED,
    &glyphs::NO_GLYPH,
];

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
                Finding::new(&STALE, accepted.place, format!("accepts {times} findings, of which {found} are left"))
                    .help(format!("write `times: {found}`")),
            ),
            _ => {}
        }
    }
}
