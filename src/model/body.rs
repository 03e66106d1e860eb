//! A committee, board or council.

use std::collections::BTreeMap;

use super::agenda::Item;
use super::front::Front;
use super::notice::{Days, NoticeDays};
use super::orders::StandingOrders;
use super::people::InRole;
use super::{Council, Line, Text, Written};
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
    /// Where the file says so; it is the usual law where it does not.
    pub regime_place: Option<Place>,
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
    pub front: Written<Front>,
    /// Its standing items by id, besides the council's.
    pub standing: Written<BTreeMap<String, Item>>,
    /// Ids of the standing items of an agenda that lists none.
    pub agenda: Written<Vec<Text>>,
    /// Where declared.
    pub place: Place,
}

impl Body {
    /// Gives the days that hold for it: its own, or the council's, or those of the law (Local Government Act 1972,
    /// sections 100A(6) and 100B(3): five, in Wales three; SI 2012/2089, regulations 5 and 9: 28).
    pub(crate) fn days(&self, council: &Council) -> Days {
        let law = if self.regime == Regime::Wales { 3 } else { 5 };
        let (own, all) = (self.notice, council.notice);
        Days {
            meeting: own.meeting.or(all.meeting).unwrap_or(law),
            agenda: own.agenda.or(all.agenda).unwrap_or(law),
            executive: own.executive.or(all.executive).unwrap_or(28),
        }
    }
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
