//! Why a paper is kept out of the public edition.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

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

/// Grounds for withholding a paper; all of it is printed in the public edition.
#[derive(Debug, Clone, Default)]
pub struct Withheld {
    /// Paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972, or for Wales of Part 4.
    pub paragraphs: Vec<u8>,
    /// Why the public interest in withholding outweighs that in publishing (Schedule 12A, paragraph 10; in Wales 21).
    pub public_interest: Option<Prose>,
    /// Who decided: the id of a post, or words.
    pub decided_by: Option<Text>,
    /// Why the paper is confidential rather than exempt (section 100A(3)).
    pub confidential: Option<Prose>,
    /// Words that nothing public may hold: a name, a price. They are not printed.
    pub secrets: Vec<Text>,
    /// When the decision is to be reviewed.
    pub review: Option<NaiveDate>,
    /// Where that day stands.
    pub review_place: Option<Place>,
    /// What the public is told of a paper that was taken back after it was published, in the place of grounds.
    pub taken_back: Option<String>,
    /// Where the grounds stand.
    pub place: Place,
}
