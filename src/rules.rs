//! Every rule that a finding can be raised under: the list of the rooms that declare them.

use std::sync::LazyLock;

use crate::finding::rules::Catalogue;
use crate::finding::{Log, Rule};

/// Gives the rules of each room, from the cellar up.
fn rooms() -> [Vec<&'static Rule>; 8] {
    [
        crate::fs::RULES.to_vec(),
        crate::layouts::RULES.to_vec(),
        crate::load::RULES.to_vec(),
        crate::check::rules(),
        crate::compose::RULES.to_vec(),
        crate::typeset::RULES.to_vec(),
        crate::packs::RULES.to_vec(),
        crate::issue::RULES.to_vec(),
    ]
}

/// Codes of rules that were withdrawn, because they found too little in papers as officers write them. None is given
/// again, and a source that still names one is no error.
static WITHDRAWN: &[&str] = &["C0019", "C0023", "C0028", "C0029", "C0030", "C0032", "C0033", "C0038", "C0041"];

static ALL: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(rooms().concat(), WITHDRAWN));

/// Gives all rules.
pub fn all() -> &'static Catalogue {
    &ALL
}

/// Makes a log for findings under any rule.
pub fn log() -> Log {
    Log::new(all())
}
