//! What any work on PDF files needs: geometry, reading of objects, and of page contents.

pub(crate) mod content;
pub(crate) mod fingerprint;
pub(crate) mod geometry;
pub(crate) mod objects;
pub(crate) mod reader;
pub(crate) mod streams;
pub(crate) mod tags;
