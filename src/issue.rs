//! Frozen packs: what an issue of a pack holds, and what changed since the last one.

pub mod changes;
pub mod record;
