//! Agenda packs for council boards: YAML sources in, numbered and tagged PDF packs out.
//!
//! The house, from the street door to the cellar. A module may name only those below it:
//!
//! - [`cli`]: the verbs, one file each; the only place that prints
//! - [`app`]: what the product does, as values: a session that checks, builds, issues, lists and compares
//! - [`site`]: static web pages from what the archive's public root holds
//! - [`starting`]: new files for an officer to go on with: council, body, agenda, papers, minutes
//! - [`rules`]: every rule that a finding can be raised under, listed; each is declared in the room that raises it
//! - [`issue`]: frozen packs: their numbers, what they hold, and what changed since the last one
//! - [`packs`]: everything that a meeting's build makes, and writing it all or nothing
//! - [`archive`]: what was issued, kept for good in two roots: one whole, one public
//! - [`assemble`]: the pages of appended files put in the places that Typst left for them
//! - [`typeset`]: Typst's world and compiler; text and bytes in, PDF and positions out
//! - [`render`]: composed packs to Typst source, through the templates in `layouts/`
//! - [`compose`]: which documents make which edition, their order, numbers and references
//! - [`check`]: rules over what was loaded
//! - [`load`]: YAML files to the model, with every problem of every file
//! - [`resolve`]: what a meeting is: standing items, numbers, members, what is public and what is withheld, decided once
//! - [`notice`]: clear days: a council's working days, and how early a notice must be out
//! - [`model`]: plain types, one file per kind of paper
//! - [`appended`]: other people's files: received, cleaned and looked into
//! - [`bounded`]: work in processes of this program, with bounds on memory and time
//! - [`fonts`], [`layouts`], [`pictures`], [`pdf`], [`fs`], [`memory`], [`personal`], [`progress`], [`record`], [`secrets`], [`yaml`], [`finding`]: the small shared ones at the bottom

pub mod app;
pub mod appended;
pub mod archive;
pub mod assemble;
mod bounded;
pub mod check;
pub mod cli;
pub mod compose;
pub mod finding;
pub mod fonts;
pub mod fs;
pub mod issue;
pub mod layouts;
pub mod load;
mod memory;
pub mod model;
mod notice;
pub mod packs;
mod pdf;
mod personal;
mod pictures;
pub mod progress;
pub mod record;
pub mod render;
pub mod resolve;
pub mod rules;
mod secrets;
pub mod site;
mod starting;
pub mod typeset;
pub mod yaml;
