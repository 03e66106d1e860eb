//! YAML to a tree in which every key and value knows its place and is kept as it was written ([`parse`]); and the tree
//! taken apart, field by field ([`fields`]), by the records that the model declares ([`record`]), which are also
//! written as JSON Schema ([`schema`]).
//!
//! `1.10`, `10.30` and `NO` are numbers and a truth value to YAML; to an officer they are text, and are read as that.
//! What YAML would leave out or read otherwise than it is typed (`dropped`, `signs`) is a finding, and so is
//! what breaks its rules (`syntax`), in words that need no knowledge of them.

use std::cell::RefCell;
use std::ops::Range;

use crate::finding::{Finding, Log, Place};

pub(crate) mod dropped;
pub(crate) mod fields;
pub(crate) mod record;
pub(crate) mod schema;
pub(crate) mod signs;
mod syntax;
mod tree;

crate::finding::rule! {
    /// The file breaks the rules of YAML at the place shown, so nothing after it could be understood.
    /// The usual causes: a colon followed by a space inside text (put the text in quotes), a tab used for
    /// indentation, a list that is not indented evenly, a quote that is never closed, or the same key
    /// written twice.
    BAD_YAML = "F0003", Files, Error, guarded, "the YAML cannot be read";
}

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

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing was written.
    Nothing,
    /// Text, as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Fields in their order.
    Fields(Vec<Field>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Place of the name.
    pub place: Place,
    /// Value.
    pub node: Node,
}

impl Node {
    /// Gives the place from its first byte to the last of what it holds.
    pub(crate) fn extent(&self) -> Place {
        match &self.value {
            Value::List(items) => items.iter().fold(self.place, |place, item| place.to(item.extent())),
            Value::Fields(fields) => {
                let first = fields.first().map_or(self.place, |field| field.place);
                let start = first.start.min(self.place.start);
                fields
                    .iter()
                    .fold(Place { start, ..first }, |place, field| place.to(field.place).to(field.node.extent()))
            }
            _ => self.place,
        }
    }
}

/// Reads a file's text; on a syntax error records a finding and gives nothing.
pub fn parse(cx: Context) -> Option<Node> {
    if let Some(finding) = signs::unprintable(cx) {
        cx.log.add(finding);
        return None;
    }
    match tree::Builder::new(cx).root() {
        Ok(root) => Some(root),
        Err(finding) => {
            cx.log.add(*finding);
            None
        }
    }
}

/// Gives the place of a range of bytes of the file.
fn place(range: &Range<usize>, cx: Context) -> Place {
    let within = |at: usize| u32::try_from(at.min(cx.text.len())).unwrap_or(u32::MAX);
    Place { source: cx.source, start: within(range.start), end: within(range.end.max(range.start)) }
}

fn broken(place: Place, message: impl Into<String>) -> Finding {
    Finding::new(&BAD_YAML, place, message)
}
