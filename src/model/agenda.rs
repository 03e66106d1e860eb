//! An agenda: the meeting, its items and the papers behind them.

use std::ops::Deref;

use chrono::NaiveDate;

use super::dates::When;
use super::declare::{record, words};
use super::front::Front;
use super::people::{InRole, PersonRef};
use super::{Appended, Line, Prose, Text, Withheld, Written};
use crate::finding::Place;

record! {
    /// One meeting's agenda.
    pub struct Agenda: "the agenda" [checked] {
        /// Date and time, such as 2026-09-16 10:30; the date alone if the time is open.
        when["meeting"]: When,
        /// The kind of meeting; all but ordinary ones are printed above the heading, unless there is a `title`.
        kind["type"]: MeetingKind = MeetingKind::default(),
        /// A heading in place of the body's name, which is then printed above it.
        title: Option<Line>,
        /// Where the meeting is, if not at the usual place.
        meeting_place["place"]: Option<Line>,
        /// The day on which the agenda is published; `boardpack calendar` gives the latest.
        issued: Option<NaiveDate>,
        /// Why the meeting is convened at shorter notice than the law's.
        short_notice: Option<Text> as silent,
        /// Of a cabinet: the days on which notice of its private business was given.
        private_notice: Vec<NaiveDate>,
        /// Why the meeting will not be held; the front sheet becomes a notice.
        cancelled: Option<Prose>,
        /// To when the meeting is postponed, and why.
        postponed: Option<Postponed>,
        /// Notices, notes and access of this meeting.
        front: Written<Front>,
        /// The members, for this meeting only.
        membership: Written<Option<Vec<InRole>>>,
        /// The items; when left out, those of the body's `agenda`.
        public: Vec<Entry>,
        /// The private items; when left out, "Nil" is printed.
        private: Vec<Entry>,
    }
    besides |read| {
        /// Meeting id, such as `scrutiny/2026-09-16`.
        id: String = String::new(),
        /// Path of the file.
        path: String = read.context().path.to_owned(),
        /// Id of the body, which the file or its folder names.
        body: String = String::new(),
        /// Where date and time stand.
        when_place: Option<Place> = read.place_of("meeting"),
        /// Where the day of issue stands.
        issued_place: Option<Place> = read.place_of("issued"),
        /// Where the days of notice of private business stand.
        private_notice_place: Option<Place> = read.place_of("private_notice"),
        /// Where declared.
        place: Place = read.place(),
    }
}

words! {
    /// Kinds of meeting.
    pub enum MeetingKind {
        /// In the calendar of meetings.
        #[default]
        Ordinary = "ordinary",
        /// Called for one matter, or on requisition.
        Extraordinary = "extraordinary",
        /// Without the standing of a formal meeting.
        Informal = "informal",
        /// Held for a single purpose, such as a budget.
        Special = "special",
    }
}

record! {
    /// When and why a meeting is postponed.
    pub struct Postponed: "`postponed`" {
        /// The new date and time, when known.
        to: Option<When>,
        /// The reason.
        reason: Option<Prose>,
    }
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

record! {
    /// An item of business.
    pub struct Item: "an agenda item" or "title" [checked] {
        /// The id of a standing item, whose fields you may replace by writing them here.
        standing: Written<Option<Text>> as silent,
        /// Fixes the number, such as `5A` for an item that came late.
        number: Option<Text> as silent,
        /// A name by which texts can refer to the item.
        label: Option<Text> as silent,
        /// A line below the title: "Briefing note of the …".
        lead: Option<Line>,
        /// Anything more.
        text: Option<Prose>,
        /// Sub-items (a), (b).
        parts: Vec<Part>,
        /// The members who asked for the item.
        requisition: Requisition = Requisition::default(),
        /// The person to ask about the item.
        listing_officer: Option<PersonRef>,
        /// What will be circulated separately.
        separately: Option<Line>,
        /// That the report is to follow, and why.
        to_follow: Option<Line>,
        /// That the item is withdrawn, and why: its papers are left out, its number stays.
        withdrawn: Option<Line>,
        /// The day from which it is open to inspection, where that is later than the agenda; not printed.
        published: Option<NaiveDate>,
        /// By what circumstances the item cannot wait though it is short of clear days.
        urgent: Option<Urgent>,
        /// Of a private item: why there is no public report beside it.
        no_public_report: Option<Line>,
        /// The papers behind the item, in order.
        papers: Vec<PaperUse>,
        /// Why the papers are not for publication.
        withheld: Written<Option<Withheld>>,
    }
    besides |read| {
        /// Title; a standing item has its own.
        title: Line = read.need_unless("standing", "title"),
        /// Where the day stands from which its papers are open.
        published_place: Option<Place> = read.place_of("published"),
        /// Where it stands.
        place: Place = read.place(),
        /// All that is written of it there.
        extent: Place = read.extent(),
    }
}

record! {
    /// Those who required a meeting, an item or a part of one.
    pub struct Requisition: "a requisition" {
        /// The members, five or more for a meeting.
        members: Vec<PersonRef>,
    }
}

impl Deref for Requisition {
    type Target = [PersonRef];

    fn deref(&self) -> &[PersonRef] {
        &self.members
    }
}

record! {
    /// Why an item is considered that was not open for so long as the law wants (Local Government Act 1972,
    /// section 100B(4)(b)).
    pub struct Urgent: "`urgent`" {
        /// The special circumstances.
        circumstances: Option<Line>,
        /// Who in the chair is of the opinion that it is urgent: the id of a person or post, or words.
        chair: Option<Line> as name,
    }
    besides |read| {
        /// Where it stands.
        place: Place = read.place(),
    }
}

record! {
    /// A sub-item.
    pub struct Part: "a part of an item" or "text" {
        /// What it says.
        text: Line,
        /// `true` prints 4.1 in place of a letter.
        numbered: bool = false,
        /// The members who asked for it.
        requisition: Requisition = Requisition::default(),
        /// The papers behind it.
        papers: Vec<PaperUse>,
    }
}

record! {
    /// A paper behind an item.
    pub struct PaperUse: "a paper" [own] {
        /// The number of the appendix that it is to the item, such as `"1"`.
        appendix: Option<Text>,
        /// Why this paper is not for publication.
        withheld: Written<Option<Withheld>>,
    }
    besides |read| {
        /// Path of the paper below the workspace, its key among the papers; empty when it could not be found.
        path: String = String::new(),
        /// Which paper is meant, as written.
        wanted: Wanted = Wanted::default(),
        /// Where the paper is named.
        place: Place = read.place(),
        /// All that is written of it here.
        extent: Place = read.extent(),
    }
}

record! {
    /// A heading between items, as it is written.
    pub(crate) struct Heading: "a heading" {
        /// The heading.
        title["heading"]: Line,
        /// Text below it.
        text: Option<Prose>,
    }
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
