//! What a council's working days are, and how many of them its notices take.

use chrono::NaiveDate;

use super::Text;
use crate::finding::Place;

/// The nation whose bank holidays a council keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nation {
    /// England and Wales.
    #[default]
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Nation {
    /// Every nation with its key in sources.
    pub(crate) const KEYS: [(&'static str, Self); 3] = [
        ("england-and-wales", Self::EnglandAndWales),
        ("scotland", Self::Scotland),
        ("northern-ireland", Self::NorthernIreland),
    ];

    /// Gives its key in sources.
    pub(crate) fn key(self) -> &'static str {
        Self::KEYS.iter().find(|(_, nation)| *nation == self).map_or("", |(key, _)| key)
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

/// How much notice a council or a body wants given; what is left out is as the council or the law says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoticeDays {
    /// Clear days of public notice of a meeting.
    pub meeting: Option<u32>,
    /// Clear days for which agenda and reports are open to inspection.
    pub agenda: Option<u32>,
    /// Clear days, of all days of the week, for key decisions and private meetings of an executive.
    pub executive: Option<u32>,
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
