//! Why a paper is kept out of the public edition.

use chrono::NaiveDate;

use super::{Prose, Text};
use crate::finding::Place;

/// Grounds for withholding a paper; all of it is printed in the public edition.
#[derive(Debug, Clone, Default)]
pub struct Withheld {
    /// Paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972.
    pub paragraphs: Vec<u8>,
    /// Why the public interest in withholding outweighs that in publishing (Schedule 12A, paragraph 10).
    pub public_interest: Option<Prose>,
    /// Who decided: the id of a post, or words.
    pub decided_by: Option<Text>,
    /// Why the paper is confidential rather than exempt (section 100A(3)).
    pub confidential: Option<Prose>,
    /// When the decision is to be reviewed.
    pub review: Option<NaiveDate>,
    /// Where that day stands.
    pub review_place: Option<Place>,
    /// Where the grounds stand.
    pub place: Place,
}
