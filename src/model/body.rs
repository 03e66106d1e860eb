//! A committee, board or council.

use std::collections::BTreeMap;

use super::agenda::Item;
use super::front::Front;
use super::notice::NoticeDays;
use super::orders::StandingOrders;
use super::people::InRole;
use super::{Line, Text};
use crate::finding::Place;

/// A body's own file.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Id: the name of its folder.
    pub id: String,
    /// Name as printed.
    pub name: Text,
    /// Short name.
    pub short: Option<Text>,
    /// What it is called in running text, such as "the Board".
    pub called: Option<Text>,
    /// Which law it meets under.
    pub regime: Regime,
    /// How much notice it gives, where not as the council.
    pub notice: NoticeDays,
    /// Its standing orders, where they are not the council's.
    pub orders: StandingOrders,
    /// Usual place.
    pub meeting_place: Option<Line>,
    /// Members.
    pub membership: Vec<InRole>,
    /// Whether minute numbers run on through the municipal year.
    pub minutes_continue: bool,
    /// Standing matter of its front sheets.
    pub front: Front,
    /// Its standing items by id, besides the council's.
    pub standing: BTreeMap<String, Item>,
    /// Ids of the standing items of an agenda that lists none.
    pub agenda: Vec<Text>,
    /// Where declared.
    pub place: Place,
}

/// The law that governs a body's meetings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Regime {
    /// Local Government Act 1972, Part VA: council, committees, scrutiny.
    #[default]
    LocalGovernmentAct,
    /// SI 2012/2089: an executive in England.
    Executive,
    /// The law of Wales.
    Wales,
}
