//! Every rule that a finding can be raised under: the list of the rooms that declare them.

use std::sync::LazyLock;

use crate::finding::rules::Catalogue;
use crate::finding::{Log, Rule};

/// The rules of each room, from the cellar up.
static ROOMS: &[&[&Rule]] = &[
    crate::fs::RULES,
    crate::layouts::RULES,
    crate::load::RULES,
    crate::check::RULES,
    crate::compose::RULES,
    crate::typeset::RULES,
    crate::packs::RULES,
    crate::issue::RULES,
];

/// Codes of rules that were withdrawn, because they found too little in papers as officers write them. None is given
/// again, and a source that still names one is no error.
static WITHDRAWN: &[&str] = &["C0019", "C0023", "C0028", "C0029", "C0030", "C0032", "C0033", "C0038", "C0041"];

static ALL: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(ROOMS, WITHDRAWN));

/// Gives all rules.
pub fn all() -> &'static Catalogue {
    &ALL
}

/// Makes a log for findings under any rule.
pub fn log() -> Log {
    Log::new(all())
}
