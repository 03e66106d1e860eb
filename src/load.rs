//! Reads `content/`: YAML files to the model, with every problem of every file.
//!
//! [`yaml`] makes a tree in which each value knows its place, [`fields`] takes the tree apart and
//! records what is missing, misspelt or malformed. Records that `record!` of the model declares are read and described
//! ([`schema`]) from their declaration; what has another form is read by hand, in one file per kind of source, which
//! then describes that form too. Nothing stops at the first problem.

mod accepted;
mod agenda;
mod appended;
mod body;
mod council;
mod ledger;
pub mod markdown;
mod minutes;
mod notice;
mod orders;
mod papers;
mod people;
pub mod schema;
mod tables;
mod text;
pub(crate) mod unfilled;
mod walk;

pub(crate) use crate::yaml::fields;
pub use crate::yaml::{self, Context};
pub use walk::{alone, day_of, names, workspace};

pub(crate) use accepted::STALE;
pub(crate) use agenda::NOT_WITHHELD;
pub(crate) use fields::WRONG_SHAPE;
pub(crate) use walk::DECLARED_TWICE;
pub(crate) use walk::join::COVERED_TEXT;

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] = &[
    &walk::join::COVERED_TEXT,
    &yaml::BAD_YAML,
    &yaml::signs::CONTROL_CHARACTER,
    &walk::NO_COUNCIL,
    &walk::no_agenda::NO_AGENDA,
    &walk::names::NAME_NOT_KEPT,
    &yaml::signs::UNSEEN_SIGN,
    &yaml::signs::DAMAGED_LETTERS,
    &walk::part::UNKNOWN_KIND,
    &fields::UNKNOWN_FIELD,
    &fields::MISSING_FIELD,
    &fields::WRONG_SHAPE,
    &text::BAD_DATE,
    &fields::BAD_VALUE,
    &walk::DECLARED_TWICE,
    &walk::missing::NO_SUCH_PAPER,
    &walk::paths::OUTSIDE,
    &walk::join::NO_SUCH_MINUTES,
    &agenda::NOT_WITHHELD,
    &agenda::BAD_GROUNDS,
    &walk::part::WRONG_FOLDER,
    &walk::part::OTHER_DATE,
    &walk::NOT_READ,
    &fields::EMPTY_FIELD,
    &accepted::STALE,
    &unfilled::TO_FILL_IN,
    &yaml::dropped::READ_OTHERWISE,
    &markdown::HTML,
    &walk::join::NO_PICTURE,
    &markdown::NO_ALTERNATIVE,
    &markdown::table::RAGGED_TABLE,
    &markdown::MISPLACED_BLOCK,
    &markdown::inline::BAD_FOOTNOTE,
    &markdown::inline::BAD_LINK,
    &markdown::attributes::BAD_NUMBERING,
    &markdown::TOO_LONG,
    &markdown::TOO_DEEP,
    &markdown::LOOKS_LIKE,
    &markdown::INDENTED,
    &walk::join::COARSE_PICTURE,
    &walk::join::CHANGED_PICTURE,
    &markdown::left::MARKUP_LEFT,
    &markdown::as_typed::TAKEN_FOR_MARKUP,
    &markdown::heading::EMPTY_HEADING,
    &markdown::list::ENTRY_TWICE,
];
