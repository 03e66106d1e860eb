//! What disagrees: between papers and meetings, and within what is written.

pub(super) mod meetings;
pub(super) mod texts;
