//! Issues: packs frozen as they were published, and what late changes do to them.

pub mod numbering;
