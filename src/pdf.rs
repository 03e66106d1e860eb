//! What any work on PDF files needs: geometry, reading of objects, and of page contents.

pub mod content;
pub mod fingerprint;
pub mod geometry;
pub mod objects;
pub mod streams;
pub mod tags;
