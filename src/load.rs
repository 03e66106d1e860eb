//! Reads `content/`: YAML files to the model, with every problem of every file.
//!
//! [`yaml`] makes a tree in which each value knows its place, [`fields`] takes the tree apart and
//! records what is missing, misspelt or malformed, and one file per kind of source builds the
//! model from it. Nothing stops at the first problem.

use std::cell::RefCell;

use crate::finding::{Log, Place};

mod accepted;
mod agenda;
mod appended;
mod body;
mod council;
pub(crate) mod fields;
pub mod markdown;
mod minutes;
mod notice;
mod orders;
mod papers;
mod people;
mod tables;
mod text;
mod walk;
pub mod yaml;

pub use walk::{day_of, names, workspace};

/// What is needed while one file is read.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Index of the file.
    pub source: u32,
    /// Path of the file below the workspace.
    pub path: &'a str,
    /// Text of the file.
    pub text: &'a str,
    /// Where findings go.
    pub log: &'a Log,
    /// Pictures that the texts name.
    pub wanted: &'a RefCell<Vec<(String, Place)>>,
}
