//! An agenda: the meeting, its items and the papers behind them.

use chrono::{NaiveDate, NaiveDateTime};

use super::front::Front;
use super::people::{InRole, PersonRef};
use super::{Appended, Line, Prose, Text, Withheld, Written};
use crate::finding::Place;

/// One meeting's agenda.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// Meeting id, such as `scrutiny/2026-09-16`.
    pub id: String,
    /// Path of the file.
    pub path: String,
    /// Id of the body.
    pub body: String,
    /// Date and time.
    pub when: NaiveDateTime,
    /// Where they stand.
    pub when_place: Option<Place>,
    /// Whether a time was given.
    pub has_time: bool,
    /// Kind of meeting.
    pub kind: MeetingKind,
    /// Heading in place of the body's name.
    pub title: Option<Line>,
    /// Place of the meeting.
    pub meeting_place: Option<Line>,
    /// Day of issue.
    pub issued: Option<NaiveDate>,
    /// Where the day of issue stands.
    pub issued_place: Option<Place>,
    /// Why the meeting was convened at shorter notice than the law's.
    pub short_notice: Option<Text>,
    /// Days on which notice of the private business of an executive was given.
    pub private_notice: Vec<NaiveDate>,
    /// Where they stand.
    pub private_notice_place: Option<Place>,
    /// Reason, when the meeting is cancelled.
    pub cancelled: Option<Prose>,
    /// When and why, when it is postponed.
    pub postponed: Option<Postponed>,
    /// Notices, notes and access of this meeting.
    pub front: Written<Front>,
    /// Membership for this meeting only.
    pub membership: Written<Option<Vec<InRole>>>,
    /// Public business.
    pub public: Vec<Entry>,
    /// Private business.
    pub private: Vec<Entry>,
    /// Where declared.
    pub place: Place,
}

/// Kinds of meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MeetingKind {
    /// In the calendar of meetings.
    #[default]
    Ordinary,
    /// Called for one matter, or on requisition.
    Extraordinary,
    /// Without the standing of a formal meeting.
    Informal,
    /// Held for a single purpose, such as a budget.
    Special,
}

/// When and why a meeting is postponed.
#[derive(Debug, Clone, Default)]
pub struct Postponed {
    /// New date and time, when known.
    pub to: Option<(NaiveDateTime, bool)>,
    /// Reason.
    pub reason: Option<Prose>,
}

/// A line of an agenda: an item, or a heading between items.
#[derive(Debug, Clone)]
pub enum Entry {
    /// An item of business.
    Item(Box<Item>),
    /// A heading between items.
    Heading {
        /** Title. */
        title: Line,
        /** Text below it. */
        text: Option<Prose>,
    },
}

/// An item of business.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// Id of the standing item that this one is, with what it overrides.
    pub standing: Written<Option<Text>>,
    /// Title.
    pub title: Line,
    /// Pinned number.
    pub number: Option<Text>,
    /// Label for references.
    pub label: Option<Text>,
    /// Line below the title: "Briefing note of the …".
    pub lead: Option<Line>,
    /// Further text.
    pub text: Option<Prose>,
    /// Sub-items.
    pub parts: Vec<Part>,
    /// Members who required the meeting.
    pub requisition: Vec<PersonRef>,
    /// Officer to ask about the item.
    pub listing_officer: Option<PersonRef>,
    /// What will be circulated separately.
    pub separately: Option<Line>,
    /// That the report is to follow, and why.
    pub to_follow: Option<Line>,
    /// That the item is withdrawn, and why: its papers are left out, its number stays.
    pub withdrawn: Option<Line>,
    /// Day from which its papers are open, where that is not the agenda's day of issue.
    pub published: Option<NaiveDate>,
    /// Where that day stands.
    pub published_place: Option<Place>,
    /// Why it is taken at shorter notice than the law's.
    pub urgent: Option<Urgent>,
    /// Why a private item has no public report beside it.
    pub no_public_report: Option<Line>,
    /// Papers behind the item.
    pub papers: Vec<PaperUse>,
    /// Grounds for withholding all of the item's papers.
    pub withheld: Written<Option<Withheld>>,
    /// Where.
    pub place: Place,
    /// All that is written of it there.
    pub extent: Place,
}

/// Why an item is considered that was not open for so long as the law wants (Local Government Act 1972,
/// section 100B(4)(b)).
#[derive(Debug, Clone, Default)]
pub struct Urgent {
    /// The special circumstances.
    pub circumstances: Option<Line>,
    /// Who in the chair is of the opinion that it is urgent: the id of a person or post, or words.
    pub chair: Option<Line>,
    /// Where it stands.
    pub place: Place,
}

/// A sub-item.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Text.
    pub text: Line,
    /// Numbered 4.1 rather than (a).
    pub numbered: bool,
    /// Members who required it.
    pub requisition: Vec<PersonRef>,
    /// Papers behind the sub-item.
    pub papers: Vec<PaperUse>,
}

/// A paper behind an item.
#[derive(Debug, Clone, Default)]
pub struct PaperUse {
    /// Path of the paper below the workspace, its key among the papers; empty when it could not be found.
    pub path: String,
    /// Number of the appendix that it is to the item.
    pub appendix: Option<Text>,
    /// Grounds for withholding this paper.
    pub withheld: Written<Option<Withheld>>,
    /// Which paper is meant, as written.
    pub wanted: Wanted,
    /// Where the paper is named.
    pub place: Place,
    /// All that is written of it here.
    pub extent: Place,
}

/// How an agenda names a paper.
#[derive(Debug, Clone, Default)]
pub enum Wanted {
    /// By a path, from the agenda's folder.
    #[default]
    Path,
    /// Minutes of a body's meeting on a day.
    Minutes {
        /** Id of the body. */
        body: String,
        /** Day of the meeting. */
        date: NaiveDate,
    },
    /// As a file that is appended.
    File(Box<Appended>),
}

impl Agenda {
    /// Gives all items, public ones first, with whether they are private.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&Item, bool)> {
        self.public.iter().map(|entry| (entry, false)).chain(self.private.iter().map(|entry| (entry, true))).filter_map(
            |(entry, private)| match entry {
                Entry::Item(item) => Some((&**item, private)),
                Entry::Heading { .. } => None,
            },
        )
    }
}

impl Agenda {
    /// Tells whether the meeting is `scheduled`, `cancelled` or `postponed`.
    pub(crate) fn status(&self) -> &'static str {
        match (&self.cancelled, &self.postponed) {
            (Some(_), _) => "cancelled",
            (_, Some(_)) => "postponed",
            _ => "scheduled",
        }
    }

    /// Gives every paper behind its items, public ones first.
    pub(crate) fn papers(&self) -> impl Iterator<Item = &PaperUse> {
        self.items().flat_map(|(item, _)| item.all_papers())
    }
}

impl PaperUse {
    /// Gives the path of the file that the use means: that of an appended one as it lies on the disk.
    pub(crate) fn file(&self) -> &str {
        match &self.wanted {
            Wanted::File(appended) => &appended.file,
            _ => &self.path,
        }
    }
}

impl Item {
    /// Gives every paper of the item in order: those of its parts, then its own.
    pub(crate) fn all_papers(&self) -> impl Iterator<Item = &PaperUse> {
        self.parts.iter().flat_map(|part| &part.papers).chain(&self.papers)
    }

    /// Gives every paper of the item, to be changed.
    pub(crate) fn all_papers_mut(&mut self) -> impl Iterator<Item = &mut PaperUse> {
        self.parts.iter_mut().flat_map(|part| &mut part.papers).chain(&mut self.papers)
    }
}
