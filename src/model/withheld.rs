//! Why a paper is kept out of the public edition.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::declare::record;
use super::{Prose, Text};
use crate::finding::Place;

/// The paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972: exempt information in England.
pub(crate) const ENGLAND: RangeInclusive<u8> = 1..=7;
/// The paragraphs of Part 4 of Schedule 12A: exempt information in Wales (SI 2007/969). They describe the same as those
/// of England, in the same order.
pub(crate) const WALES: RangeInclusive<u8> = 12..=18;

/// Gives the paragraph of England that describes what a paragraph of either nation does.
pub(crate) fn kind_of(paragraph: u8) -> u8 {
    if WALES.contains(&paragraph) { paragraph - WALES.start() + ENGLAND.start() } else { paragraph }
}

/// Gives the Part of Schedule 12A in which a paragraph stands.
pub(crate) fn part_of(paragraph: u8) -> u8 {
    if WALES.contains(&paragraph) { 4 } else { 1 }
}

record! {
    /// Grounds for withholding a paper; all of it is printed in the public edition, but for the secrets.
    pub struct Withheld: "`withheld`" [checked] {
        /// Paragraphs of Schedule 12A to the Local Government Act 1972: 1 to 7, in Wales 12 to 18.
        paragraphs: Vec<u8>,
        /// Why withholding outweighs disclosure (Schedule 12A, paragraph 10; in Wales 21).
        public_interest: Option<Prose>,
        /// Who decided: the id of a post, or words.
        decided_by: Option<Text> as post,
        /// In place of paragraphs: why the law forbids disclosure (section 100A(3)).
        confidential: Option<Prose>,
        /// Words that nothing public may hold: a name, a price. They are never printed.
        secrets: Vec<Text> as silent,
        /// When to look at it again; printed on the paper itself.
        review: Option<NaiveDate>,
    }
    besides |read| {
        /// Where the day of the review stands.
        review_place: Option<Place> = read.place_of("review"),
        /// What the public is told of a paper that was taken back after it was published, in the place of grounds.
        taken_back: Option<String> = None,
        /// Where the grounds stand.
        place: Place = read.place(),
    }
}
