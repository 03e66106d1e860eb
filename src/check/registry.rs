//! The list of all rules of this room, each with what applies it, in the order in which they are applied.

use super::consistency::meetings::diary::Diary;
use super::consistency::{meetings, texts};
use super::reading::Reading;
use super::{agendas, appended, declared, glyphs, language, law, ledgers, orders, personal, softened};
use crate::finding::{Log, Rule};
use crate::fonts::Fonts;
use crate::layouts::Phrases;
use crate::model::Workspace;
use crate::notice::Calendar;
use crate::resolve::Meeting;

/// What a rule over the whole workspace looks at.
pub(super) struct Whole<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) meetings: &'a [Meeting<'a>],
    pub(super) phrases: &'a Phrases,
    pub(super) fonts: &'a Fonts,
    pub(super) calendar: &'a Calendar,
}

/// What one text is held against.
pub(super) struct Known<'a> {
    resolved: &'a [Meeting<'a>],
    meetings: texts::calendar::Meetings<'a>,
    people: texts::people::People,
    public: personal::Public,
    /// None where there are to be no hints on language.
    pub(super) words: Option<language::Words>,
}

impl<'a> Known<'a> {
    /// Gathers it from a workspace.
    pub(super) fn of(workspace: &'a Workspace, resolved: &'a [Meeting<'a>], hints: bool) -> Self {
        Self {
            resolved,
            meetings: texts::calendar::Meetings::of(workspace),
            people: texts::people::People::of(workspace),
            public: personal::Public::of(workspace),
            words: hints.then(|| language::Words::of(workspace)),
        }
    }
}

/// How the rules are applied that one function raises.
pub(super) enum By {
    /// To what sources name of each other; every build needs these, and the next.
    Names(fn(&Whole, &Log)),
    /// To all that was read.
    Whole(fn(&Whole, &Log)),
    /// To papers and meetings that belong together; for those who check or issue, as the next.
    Meetings(fn(&Diary, &Log)),
    /// To what is written in one agenda or paper.
    Text(fn(&Reading, &Known, &Log)),
    /// By another room, to what it has at hand.
    Elsewhere,
}

use By::{Elsewhere, Meetings, Names, Text, Whole as All};

/// Every rule, by what applies it. A rule that two functions raise stands at both.
pub(super) static APPLIED: &[(&[&Rule], By)] = &[
    (&[&declared::UNKNOWN_NAME], Names(|on, log| declared::people_and_posts(on.workspace, log))),
    (
        &[&declared::COUNCILLOR_NOT_DECLARED],
        Names(|on, log| declared::councillor_not_declared(on.workspace, on.meetings, log)),
    ),
    (&[&declared::UNKNOWN_NAME], Names(|on, log| declared::bodies(on.workspace, log))),
    (&[&declared::UNKNOWN_NAME], Names(|on, log| declared::ratings(on.workspace, log))),
    (&[&declared::UNKNOWN_NAME], Names(|on, log| declared::font(on.workspace, on.fonts, log))),
    (&[&agendas::NO_ITEMS], Names(|on, log| agendas::no_items(on.meetings, log))),
    (&[&declared::UNKNOWN_NAME], Names(|on, log| agendas::standing_items(on.workspace, on.meetings, log))),
    (&[], Names(|on, log| agendas::one_at_a_time(on.workspace, log))),
    (&[], Names(|on, log| agendas::private_items(on.meetings, log))),
    (&[], Names(|on, log| agendas::private_minutes(on.workspace, log))),
    (&[&agendas::CROSSED], Names(|on, log| agendas::crossed(on.meetings, log))),
    (&[&agendas::NUMBER_TWICE], Names(|on, log| agendas::number_twice(on.meetings, log))),
    (&[&agendas::USED_TWICE], Names(|on, log| agendas::used_twice(on.meetings, log))),
    (&[&agendas::NOT_IN_A_MEETING], Names(|on, log| agendas::not_in_a_meeting(on.workspace, on.meetings, log))),
    (
        &[&ledgers::NO_SUCH_PROMISE, &ledgers::PROMISE_WITHHELD, &ledgers::PROMISE_TWICE, &ledgers::OUT_OF_ORDER],
        Names(|on, log| ledgers::entries(on.workspace, on.meetings, log)),
    ),
    (&[&glyphs::NO_GLYPH], All(|on, log| glyphs::no_glyph(on.workspace, on.fonts, log))),
    (&[&law::days::HOLIDAYS_UNKNOWN], All(|on, log| law::days::holidays_unknown(on.meetings, on.calendar, log))),
    (&[&law::days::SHORT_NOTICE], All(|on, log| law::days::short_notice(on.workspace, on.meetings, on.calendar, log))),
    (
        &[&law::added::OPEN_TOO_LATE],
        All(|on, log| law::added::open_too_late(on.workspace, on.meetings, on.calendar, log)),
    ),
    (&[&law::added::NOT_THE_CHAIR], All(|on, log| law::added::not_the_chair(on.workspace, on.meetings, log))),
    (&[&law::added::IMPOSSIBLE_DAY], All(|on, log| law::added::impossible_day(on.meetings, log))),
    (
        &[&law::added::URGENCY_NOT_RECORDED],
        All(|on, log| law::added::urgency_not_recorded(on.workspace, on.meetings, log)),
    ),
    (&[&law::added::TO_FOLLOW], All(|on, log| law::added::to_follow(on.workspace, on.meetings, on.calendar, log))),
    (&[&law::meetings::REQUISITION], All(|on, log| law::meetings::requisition(on.workspace, on.meetings, log))),
    (&[&law::meetings::NOT_REQUIRED], All(|on, log| law::meetings::not_required(on.meetings, log))),
    (
        &[&law::meetings::EXECUTIVE_NOTICE],
        All(|on, log| law::meetings::executive_notice(on.workspace, on.meetings, on.calendar, log)),
    ),
    (
        &[&law::regime::NO_EXECUTIVE_REGIME],
        All(|on, log| law::regime::no_executive_regime(on.workspace, on.meetings, log)),
    ),
    (&[&law::exclusion::NO_EXCLUSION], All(|on, log| law::exclusion::no_exclusion(on.meetings, log))),
    (&[&law::exclusion::EXCLUSION_PARAGRAPH], All(|on, log| law::exclusion::exclusion_paragraph(on.meetings, log))),
    (&[&law::exclusion::EXCLUSION_ITEM], All(|on, log| law::exclusion::exclusion_item(on.workspace, on.meetings, log))),
    (
        &[&law::exclusion::needless::EXCLUDED_NEEDLESSLY, &law::exclusion::needless::IDLE_PARAGRAPH],
        All(|on, log| law::exclusion::needless::beyond_withheld(on.meetings, log)),
    ),
    (&[&law::meetings::CLOSED_DAY], All(|on, log| law::meetings::closed_day(on.meetings, on.calendar, log))),
    (&[&law::review::REVIEWED_BEFORE], All(|on, log| law::review::reviewed_before(on.meetings, log))),
    (&[&law::withheld::NOBODY_DECIDED], All(|on, log| law::withheld::nobody_decided(on.meetings, log))),
    (&[&law::withheld::OTHER_PART], All(|on, log| law::withheld::other_part(on.meetings, log))),
    (&[&law::withheld::NO_PUBLIC_INTEREST], All(|on, log| law::withheld::no_public_interest(on.meetings, log))),
    (
        &[&law::withheld::EXEMPT_AND_CONFIDENTIAL],
        All(|on, log| law::withheld::exempt_and_confidential(on.meetings, log)),
    ),
    (
        &[&law::withheld::CALLED_CONFIDENTIAL],
        All(|on, log| law::withheld::called_confidential(on.workspace, on.meetings, log)),
    ),
    (&[&law::withheld::TITLE_DISCLOSES], All(|on, log| law::withheld::title_discloses(on.workspace, on.meetings, log))),
    (&[&law::withheld::NO_COUNTERPART], All(|on, log| law::withheld::no_counterpart(on.workspace, on.meetings, log))),
    (&[&law::descriptions::MISQUOTED], All(|on, log| law::descriptions::own_words(on.phrases, log))),
    (
        &[&law::decisions::KEY_DECISION],
        All(|on, log| law::decisions::key_decision(on.workspace, on.meetings, on.calendar, log)),
    ),
    (&[&law::decisions::NO_BACKGROUND], All(|on, log| law::decisions::no_background(on.meetings, log))),
    (&[&law::decisions::BACKGROUND_KEPT], All(|on, log| law::decisions::background_kept(on.meetings, log))),
    (&[&law::decisions::ANSWER_DUE], All(|on, log| law::decisions::answer_due(on.workspace, on.meetings, log))),
    (
        &[&law::minutes::MINUTES_NOT_TAKEN],
        All(|on, log| law::minutes::minutes_not_taken(on.workspace, on.meetings, log)),
    ),
    (&[&law::minutes::NOBODY_PRESENT], All(|on, log| law::minutes::nobody_present(on.meetings, log))),
    (&[&law::minutes::VOTE_NOT_NAMED], All(|on, log| law::minutes::vote_not_named(on.workspace, log))),
    (&[&law::minutes::INTERESTED], All(|on, log| law::minutes::interested(on.workspace, log))),
    (&[&law::front::INTERESTS_FIRST], All(|on, log| law::front::interests_first(on.meetings, log))),
    (
        &[&law::secrets::SECRET_TOLD, &law::secrets::NOT_LOOKED_FOR],
        All(|on, log| law::secrets::secret_told(on.workspace, on.meetings, on.phrases, log)),
    ),
    (&[&softened::RULE_SOFTENED], All(|on, log| softened::rule_softened(on.workspace, log))),
    (&[&orders::ITEM_REQUIRED], All(|on, log| orders::item_required(on.workspace, on.meetings, log))),
    (&[&orders::FILE_NAME, &orders::PART_REQUIRED], All(|on, log| orders::papers(on.workspace, log))),
    (&[&meetings::programme::PLANNED_NOT_TAKEN], Meetings(meetings::programme::planned_not_taken)),
    (&[&meetings::programme::TAKEN_NOT_PLANNED], Meetings(meetings::programme::taken_not_planned)),
    (&[&meetings::programme::NO_MEETING_THEN], Meetings(meetings::programme::no_meeting_then)),
    (&[&meetings::programme::PLANNED_TWICE], Meetings(meetings::programme::planned_twice)),
    (
        &[&meetings::asked::ASKED_NOT_PLANNED, &meetings::asked::PLANNED_OTHERWISE],
        Meetings(meetings::asked::for_reports),
    ),
    (&[&meetings::actions::OVERDUE], Meetings(meetings::actions::overdue)),
    (&[&meetings::actions::TWO_DEADLINES], Meetings(meetings::actions::two_deadlines)),
    (&[&meetings::awaited::NEVER_CAME], Meetings(meetings::awaited::never_came)),
    (
        &[&meetings::minutes::NOT_ON_AGENDA, &meetings::minutes::NOT_MINUTED],
        Meetings(meetings::minutes::of_their_agenda),
    ),
    (&[&meetings::minutes::OTHER_MINUTES], Meetings(meetings::minutes::other_minutes)),
    (&[&meetings::attendance::UNACCOUNTED], Meetings(meetings::attendance::unaccounted)),
    (&[&meetings::attendance::OTHER_POST], Meetings(meetings::attendance::chairs)),
    (&[&meetings::attendance::OTHER_POST], Meetings(meetings::attendance::posts)),
    (&[&meetings::votes::VOTE_AGAINST_PRESENCE], Meetings(meetings::votes::vote_against_presence)),
    (&[&meetings::presence::PRESENCE_CONTRADICTED], Meetings(meetings::presence::presence_contradicted)),
    (&[&meetings::reports::OTHER_JOURNEY], Meetings(meetings::reports::journeys)),
    (&[&meetings::reports::OTHER_JOURNEY], Meetings(meetings::reports::order)),
    (&[&meetings::reports::CLEARED_TOO_SOON], Meetings(meetings::reports::cleared_too_soon)),
    (&[&meetings::appendices::OTHER_APPENDICES], Meetings(meetings::appendices::other_appendices)),
    (&[&meetings::appendices::ATTACHED_BUT_WITHHELD], Meetings(meetings::appendices::attached_but_withheld)),
    (
        &[&law::front::PUBLIC_NOT_TOLD],
        Text(|reading, known, log| law::front::public_not_told(reading, known.resolved, log)),
    ),
    (&[&law::descriptions::MISQUOTED], Text(|reading, _, log| law::descriptions::misquoted(reading, log))),
    (
        &[&texts::calendar::NO_SUCH_DAY, &texts::calendar::WRONG_WEEKDAY, &texts::calendar::NO_SUCH_MEETING],
        Text(|reading, known, log| texts::calendar::days(reading, &known.meetings, log)),
    ),
    (
        &[&texts::appendices::APPENDIX_TWO_WAYS, &texts::appendices::UNKNOWN_APPENDIX],
        Text(|reading, _, log| texts::appendices::cited_without(reading, log)),
    ),
    (
        &[&texts::references::NO_SUCH_PARAGRAPH],
        Text(|reading, _, log| texts::references::no_such_paragraph(reading, log)),
    ),
    (&[&texts::references::NO_SUCH_PARAGRAPH], Text(|reading, _, log| texts::references::no_such_page(reading, log))),
    (&[&ledgers::LOOKS_PROMISED], Text(|reading, _, log| ledgers::looks_promised(reading, log))),
    (&[&texts::lists::DOUBLED_LEAD], Text(|reading, _, log| texts::lists::doubled_lead(reading, log))),
    (&[&texts::gaps::EMPTY_SECTION], Text(|reading, _, log| texts::gaps::empty_section(reading, log))),
    (&[&texts::placeholders::PLACEHOLDER], Text(|reading, _, log| texts::placeholders::placeholder(reading, log))),
    (&[&texts::placeholders::PATH_TYPED], Text(|reading, _, log| texts::placeholders::path_typed(reading, log))),
    (&[&texts::marks::TYPED_NUMBER], Text(|reading, _, log| texts::marks::typed_number(reading, log))),
    (&[&texts::marks::TYPED_NUMBER], Text(|reading, _, log| texts::marks::unnumbered(reading, log))),
    (&[&texts::sums::WRONG_TOTAL], Text(|reading, _, log| texts::sums::wrong_total(reading, log))),
    (
        &[&texts::people::PERSON_NEARLY],
        Text(|reading, known, log| texts::people::person_nearly(reading, &known.people, log)),
    ),
    (
        &[
            &personal::PRIVATE_EMAIL,
            &personal::PRIVATE_PHONE,
            &personal::HOME_ADDRESS,
            &personal::IDENTITY,
            &personal::BIRTH,
            &personal::SIGNATURE,
            &personal::CHILD,
        ],
        Text(|reading, known, log| personal::reading(reading, &known.public, log)),
    ),
    (
        &[
            &language::DOUBLED_WORD,
            &language::DOUBLED_MARK,
            &language::MISSPELT,
            &language::HARD_TO_READ,
            &language::UNEXPLAINED,
        ],
        Text(|reading, known, log| {
            known.words.iter().for_each(|words| language::reading(reading, words, log));
        }),
    ),
    (
        &[
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
            &orders::TOO_MANY_PAGES,
        ],
        Elsewhere,
    ),
];

/// Gives the rules of this room.
pub(crate) fn rules() -> Vec<&'static Rule> {
    APPLIED.iter().flat_map(|(rules, _)| *rules).copied().collect()
}
