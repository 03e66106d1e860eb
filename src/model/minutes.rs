//! Minutes of a meeting.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::people::{InRole, PersonRef};
use super::{Line, Prose, Text};
use crate::finding::Place;

/// Minutes of one meeting.
#[derive(Debug, Clone, Default)]
pub struct Minutes {
    /// Id of the body.
    pub body: String,
    /// Date and time of the meeting.
    pub when: NaiveDateTime,
    /// Whether a time was given.
    pub has_time: bool,
    /// Title in place of the usual one.
    pub title: Option<Line>,
    /// Place of the meeting.
    pub meeting_place: Option<Line>,
    /// Note below the heading.
    pub note: Option<Prose>,
    /// Pinned number of the first minute.
    pub first_number: Option<u32>,
    /// Number of the first minute when none is pinned: set from the earlier minutes of the year.
    pub continues_from: u32,
    /// Who was present, by group.
    pub present: Vec<Group>,
    /// Who sent apologies.
    pub apologies: Vec<InRole>,
    /// Minutes of public business.
    pub items: Vec<Minute>,
    /// Minutes of private business.
    pub private: Vec<Minute>,
    /// When the meeting closed.
    pub closed: Option<NaiveTime>,
    /// Where that time stands.
    pub closed_place: Option<Place>,
    /// Whether a block for the chair's signature is printed.
    pub signature: bool,
    /// Whether they are a draft.
    pub draft: bool,
    /// Where.
    pub place: Place,
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

/// A group of those present.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Its label.
    pub name: Line,
    /// Who.
    pub people: Vec<InRole>,
    /// Whether they are named in one line rather than one below the other.
    pub inline: bool,
}

/// One minute.
#[derive(Debug, Clone, Default)]
pub struct Minute {
    /// Pinned number.
    pub number: Option<Text>,
    /// Label for references.
    pub label: Option<Text>,
    /// Opening line.
    pub lead: Option<Line>,
    /// What was said and decided.
    pub record: Record,
    /// Its parts (a), (b), (c).
    pub parts: Vec<Record>,
    /// What is recorded after the parts and the resolution.
    pub after: Option<Prose>,
    /// Where.
    pub place: Place,
}

impl Minute {
    /// Gives what it records as a whole, then its parts.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        std::iter::once(&self.record).chain(&self.parts)
    }
}

/// Text, resolution and vote, of a minute or a part of one.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Label of a part for references.
    pub label: Option<Text>,
    /// Title; a part can do without.
    pub title: Option<Line>,
    /// Text.
    pub text: Option<Prose>,
    /// Interests declared in the matter.
    pub interests: Vec<Interest>,
    /// Who moved the resolution.
    pub moved: Option<PersonRef>,
    /// Who seconded it.
    pub seconded: Option<PersonRef>,
    /// What was resolved: the text behind "RESOLVED".
    pub resolved: Option<Prose>,
    /// What is to come to a meeting by the resolution; not printed.
    pub asks: Vec<Ask>,
    /// How the vote went.
    pub vote: Option<Vote>,
    /// What follows the resolution of a part.
    pub after: Option<Prose>,
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

/// Something that a resolution asks for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// What it is about, as the work programme has it.
    pub report: Text,
    /// Day of the meeting at which it is wanted.
    pub day: Option<NaiveDate>,
}

/// An interest that a member declared in a matter.
#[derive(Debug, Clone, Default)]
pub struct Interest {
    /// Who declared it.
    pub person: PersonRef,
    /// Whether it keeps the member from taking part.
    pub bar: Option<Bar>,
    /// What it is.
    pub nature: Option<Text>,
    /// Whether the member left while the matter was considered; nothing is printed of it when not said.
    pub left: Option<bool>,
    /// Where it stands.
    pub place: Place,
}

/// Why somebody with an interest takes no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// The interest is a disclosable pecuniary one (in England: Localism Act 2011, section 31).
    Pecuniary,
    /// The interest is prejudicial (in Wales: SI 2008/788, Schedule, paragraph 12).
    Prejudicial,
}

/// A vote.
#[derive(Debug, Clone, Default)]
pub struct Vote {
    /// For.
    pub in_favour: Option<Votes>,
    /// Against.
    pub against: Option<Votes>,
    /// Abstained.
    pub abstained: Option<Votes>,
    /// Where it stands.
    pub place: Place,
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
