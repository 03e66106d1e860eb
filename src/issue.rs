//! What changes between the issues of a pack, and what is made of it.

pub mod sheets;
