//! What a council's working days are, and how many of them its notices take.

use chrono::NaiveDate;

use super::Text;
use super::declare::{record, words};
use crate::finding::Place;

words! {
    /// The nation whose bank holidays a council keeps.
    pub enum Nation {
        /// England and Wales.
        #[default]
        EnglandAndWales = "england-and-wales",
        /// Scotland.
        Scotland = "scotland",
        /// Northern Ireland.
        NorthernIreland = "northern-ireland",
    }
}

/// Days on which the council's offices are closed besides weekends and bank holidays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClosedDays {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Why.
    pub reason: Option<Text>,
    /// Where declared.
    pub place: Place,
}

record! {
    /// How much notice a council or a body wants given; what is left out is as the council or the law says.
    #[derive(Copy, PartialEq, Eq)]
    pub struct NoticeDays: "`notice`" [checked] {
        /// Clear days of public notice of a meeting; by law 5, in Wales 3.
        meeting: Option<u32>,
        /// Clear days for which agenda and reports are open to inspection; by law 5, in Wales 3.
        agenda: Option<u32>,
        /// Days of any kind for key decisions and private meetings of an executive; by law 28.
        executive: Option<u32>,
    }
}

/// The numbers of days that hold for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// Clear days of public notice of a meeting.
    pub(crate) meeting: u32,
    /// Clear days for which agenda and reports are open to inspection.
    pub(crate) agenda: u32,
    /// Clear days, of all days of the week, for key decisions and private meetings of an executive.
    pub(crate) executive: u32,
}
