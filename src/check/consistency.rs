//! What disagrees: between papers and meetings, and within what is written.

pub(super) mod meetings;
pub(super) mod texts;

pub(super) use meetings::apply as workspace;
pub(super) use texts::{Known, apply as reading, left_on_page};
