//! The integration tests of `boardpack`, in one binary because each one links all of Typst.
//!
//! - [`sandbox`]: a workspace in a temporary folder, and the program run in it
//! - [`pdf`]: reads the program's PDFs: text by page, labels, bookmarks, links, every string
//! - [`sample`]: the packs of the sample council in `content/`, built once
//!
//! `tests/README.md` says how to run them and how snapshots are reviewed.

#![allow(
    unreachable_pub,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr
)]
// Tests may take the plain way of making text; names in them are those that the tests wrote.
#![allow(clippy::format_push_string, clippy::format_collect, clippy::case_sensitive_file_extension_comparisons)]

mod pdf;
mod sample;
mod sandbox;

mod all_or_nothing;
mod appended;
mod archive;
mod arrows;
mod as_typed;
mod changes;
mod check;
mod command_line;
mod consistency;
mod corpus;
mod figures;
mod gate;
mod golden;
mod hostile;
mod invalid;
mod issues;
mod kills;
mod law;
mod leaks;
mod ledger;
mod libreoffice;
mod membership;
mod models;
mod moved;
mod navigation;
mod owners;
mod pages;
mod printed;
mod proofs;
mod properties;
mod public_inputs;
mod readme;
mod reproducible;
mod resolved;
mod retries;
mod schemas;
mod session;
mod sheets;
mod site;
mod slips;
mod starting;
mod trials;
mod unread;
mod voice;
mod withheld;
mod withhold;
mod year;
