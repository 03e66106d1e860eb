//! A committee, board or council.

use std::collections::BTreeMap;

use super::agenda::Item;
use super::declare::{record, words};
use super::front::Front;
use super::notice::{Days, NoticeDays};
use super::orders::StandingOrders;
use super::people::InRole;
use super::{Council, Line, Text, Written};
use crate::finding::Place;

record! {
    /// A body's own file.
    pub struct Body: "the body" [checked] {
        /// The name, as printed.
        name: Text,
        /// A short name.
        short: Option<Text>,
        /// Ids of bodies whose promises it has taken over, as after a change of its name.
        formerly: Vec<Text> as silent,
        /// What it is called in a sentence, such as "the Board".
        called: Option<Text>,
        /// The law it meets under: `lga1972` when left out, `exec2012` for a cabinet, or `wales`.
        regime: Regime = Regime::default(),
        /// How many clear days of notice it gives, where not as the council does.
        notice: NoticeDays = NoticeDays::default(),
        /// Its standing orders, where not the council's.
        orders["standing_orders"]: StandingOrders as silent = StandingOrders::default(),
        /// Where it usually meets.
        meeting_place["place"]: Option<Line>,
        /// The members, with a `role` for a chair, or one who is co-opted or comes by invitation.
        membership: Vec<InRole>,
        /// Whether minute numbers `continue` through the municipal year, or `restart` at each meeting.
        minute_numbers: MinuteNumbers = MinuteNumbers::default(),
        /// Standing matter of its front sheets.
        front: Written<Front>,
        /// Items besides the council's, or in place of those with the same id.
        standing: Written<BTreeMap<String, Item>>,
        /// Ids of the standing items of an agenda that lists no items.
        agenda: Written<Vec<Text>> as silent,
    }
    besides |read| {
        /// Id: the name of its folder.
        id: String = String::new(),
        /// Where the file says which law; it is the usual one where it does not.
        regime_place: Option<Place> = read.place_of("regime"),
        /// Where declared.
        place: Place = read.place(),
    }
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

words! {
    /// The law that governs a body's meetings.
    pub enum Regime {
        /// Local Government Act 1972, Part VA: council, committees, scrutiny.
        #[default]
        LocalGovernmentAct = "lga1972",
        /// SI 2012/2089: an executive in England.
        Executive = "exec2012",
        /// The law of Wales.
        Wales = "wales",
    }
}

words! {
    /// How the minutes of a body are numbered.
    pub enum MinuteNumbers {
        /// On through the municipal year.
        #[default]
        Continue = "continue",
        /// From one at each meeting.
        Restart = "restart",
    }
}
