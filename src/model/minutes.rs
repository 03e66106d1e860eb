//! Minutes of a meeting.

use chrono::{NaiveDate, NaiveTime};

use super::dates::When;
use super::declare::record;
use super::people::{InRole, PersonRef};
use super::{Line, Prose, Text};
use crate::finding::Place;

record! {
    /// Minutes of one meeting.
    pub struct Minutes: "the minutes" [checked] {
        /// Date and time of the meeting, such as 2026-06-24 10:30.
        when["meeting"]: When,
        /// A heading in place of the usual one.
        title: Option<Line>,
        /// Where it was held.
        meeting_place["place"]: Option<Line>,
        /// Text below the heading, such as "This meeting was not held in public".
        note: Option<Prose>,
        /// Fixes the number of the first minute; otherwise numbers run on from the minutes before.
        first_number: Option<u32>,
        /// Who was present, by group.
        present: Vec<Group>,
        /// Who sent apologies, with role or post where they need one.
        apologies: Vec<InRole>,
        /// The minutes of public business.
        items: Vec<Minute>,
        /// Minutes of private business; they must be withheld, so keep them in a file of their own.
        private: Vec<Minute>,
        /// The time at which the meeting ended, such as 12:35.
        closed: Option<NaiveTime>,
        /// `false` leaves out the lines for the chair's signature.
        signature: bool = true,
        /// `true` marks minutes that have not been agreed.
        draft: bool = false,
    }
    besides |read| {
        /// Id of the body, which the file or its folder names.
        body: String = String::new(),
        /// Number of the first minute when none is pinned: set from the earlier minutes of the year.
        continues_from: u32 = 1,
        /// Where the time stands at which it ended.
        closed_place: Option<Place> = read.place_of("closed"),
        /// Where they stand.
        place: Place = read.place(),
    }
}

impl Minutes {
    /// Gives every minute, those of private business last.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Minute> {
        self.items.iter().chain(&self.private)
    }

    /// Gives every minute and every part of one.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.all().flat_map(Minute::records)
    }
}

record! {
    /// A group of those present.
    pub struct Group: "a group of those present" {
        /// What the group is called, such as Members.
        name["group"]: Line,
        /// Who was there of it.
        people: Vec<InRole>,
        /// `true` names them in one line rather than one below the other.
        inline: bool = false,
    }
}

record! {
    /// One minute; its text, resolution and vote are those of a part.
    pub struct Minute: "a minute" [checked] {
        /// Fixes the number.
        number: Option<Text> as silent,
        /// An opening line in bold.
        lead: Option<Line>,
        /// Its parts (a), (b), (c).
        parts: Vec<Record>,
    }
    besides |read| {
        /// What was said and decided.
        record: Record = crate::yaml::record::Record::of(read),
        /// What is recorded after the parts and the resolution.
        after: Option<Prose> = None,
        /// Where it stands.
        place: Place = read.place(),
    }
}

impl Minute {
    /// Gives what it records as a whole, then its parts.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        std::iter::once(&self.record).chain(&self.parts)
    }
}

record! {
    /// Text, resolution and vote, of a minute or a part of one.
    pub struct Record: "a part of a minute" {
        /// A name by which texts can refer to it.
        label: Option<Text> as silent,
        /// The title; a part can do without.
        title: Option<Line>,
        /// What was said.
        text: Option<Prose>,
        /// Interests that were declared in the matter.
        interests: Vec<Interest>,
        /// Who moved the resolution.
        moved: Option<PersonRef>,
        /// Who seconded it.
        seconded: Option<PersonRef>,
        /// What was resolved: the text behind the word RESOLVED.
        resolved: Option<Prose>,
        /// What the resolution wants to see at a meeting; not printed.
        asks: Vec<Ask> as silent,
        /// What somebody is to do; the ledger keeps it.
        actions: Vec<Action>,
        /// What is recommended to the executive, which answers within two months (Local Government Act 2000, section 9FE).
        recommendations: Vec<Recommendation>,
        /// What officers undertook to send.
        requests: Vec<Request>,
        /// Promises that this settles, by label or id.
        closes: Vec<Text> as silent,
        /// How the vote went.
        vote: Option<Vote>,
        /// What happened next.
        after: Option<Prose>,
    }
}

impl Record {
    /// Gives everybody who moves, seconds or is named in the vote, with what they do.
    pub(crate) fn acts(&self) -> Vec<(&PersonRef, &'static str)> {
        let mut all: Vec<(&PersonRef, &str)> = self.moved.iter().map(|person| (person, "moves")).collect();
        all.extend(self.seconded.iter().map(|person| (person, "seconds")));
        let sides = self.vote.iter().flat_map(Vote::named);
        all.extend(sides.flatten().map(|person| (person, "votes")));
        all
    }
}

record! {
    /// Something that a resolution asks for.
    pub struct Ask: "what is asked for" or "report" {
        /// What it is about, in the words of the work programme.
        report: Text,
        /// The day of the meeting at which it is wanted.
        day["for"]: Option<NaiveDate>,
    }
}

record! {
    /// Something to be done.
    pub struct Action: "an action" or "action" {
        /// What is to be done.
        what["action"]: Line,
        /// By whom, by when, and what it is called.
        terms: Terms,
    }
}

record! {
    /// Something that is recommended to the executive.
    pub struct Recommendation: "a recommendation" or "recommendation" {
        /// What is recommended.
        what["recommendation"]: Line,
        /// Who answers, by when, and what it is called.
        terms: Terms,
    }
}

record! {
    /// Information that is to be sent.
    pub struct Request: "a request for information" or "request" {
        /// What is to be sent.
        what["request"]: Line,
        /// By whom, by when, and what it is called.
        terms: Terms,
    }
}

record! {
    /// What every promise says besides.
    pub struct Terms: "a promise" [flat] {
        /// Who sees to it: lines, or ids of people and posts.
        lead: Vec<Line> as name,
        /// The day by which it is to be done.
        due: Option<NaiveDate>,
        /// A name that stays when words or order change, by which the ledger's entries know it.
        label: Option<Text> as silent,
    }
}

record! {
    /// An interest that a member declared in a matter.
    pub struct Interest: "an interest" {
        /// Who declared it.
        person: PersonRef,
        /// `true` makes it a disclosable pecuniary interest (in England: Localism Act 2011, section 31).
        pecuniary: bool = false,
        /// `true` makes it a personal and prejudicial interest (in Wales: SI 2008/788, Schedule, paragraph 12).
        prejudicial: bool = false,
        /// What it is.
        nature: Option<Text>,
        /// Whether the member left the room; without it nothing is printed about that.
        left: Option<bool>,
    }
    besides |read| {
        /// Where it stands.
        place: Place = read.place(),
    }
}

impl Interest {
    /// Tells why the member takes no part, if the interest is such.
    pub(crate) fn bar(&self) -> Option<Bar> {
        self.pecuniary.then_some(Bar::Pecuniary).or(self.prejudicial.then_some(Bar::Prejudicial))
    }
}

/// Why somebody with an interest takes no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bar {
    /// The interest is a disclosable pecuniary one (in England: Localism Act 2011, section 31).
    Pecuniary,
    /// The interest is prejudicial (in Wales: SI 2008/788, Schedule, paragraph 12).
    Prejudicial,
}

record! {
    /// A vote.
    pub struct Vote: "a vote" [own] {
        /// How many were for it; in a recorded vote, who.
        in_favour["for"]: Option<Votes>,
        /// How many were against it, or who.
        against: Option<Votes>,
        /// How many abstained, or who.
        abstained: Option<Votes>,
    }
    besides |read| {
        /// Where it stands.
        place: Place = read.place(),
    }
}

impl Vote {
    /// Gives the sides that name people: for, against, abstained.
    pub(crate) fn named(&self) -> impl Iterator<Item = &Vec<PersonRef>> {
        let names = |side| match side {
            &Some(Votes::Names(ref names)) => Some(names),
            _ => None,
        };
        [&self.in_favour, &self.against, &self.abstained].into_iter().filter_map(names)
    }
}

/// One side of a vote.
#[derive(Debug, Clone)]
pub enum Votes {
    /// How many.
    Count(u32),
    /// Who, in a recorded vote (SI 1993/202).
    Names(Vec<PersonRef>),
}
