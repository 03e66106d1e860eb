//! Every rule that a finding can be raised under: its code, weight and explanation, by family.
//!
//! Codes are stable. `F` is about files and YAML, `M` about what the sources say, `T` about
//! text, `P` about the composed pack, `L` about layouts, `A` about appended files,
//! `N` about notice and the law of meetings, `O` about the council's standing orders, `C` about
//! papers that disagree, `D` about personal data, `H` about language.

use super::Severity;

mod appended;
mod consistency;
mod files;
mod language;
mod law;
mod layouts;
mod orders;
mod packs;
mod personal;
mod sources;
mod text;

pub use appended::*;
pub use consistency::*;
pub use files::*;
pub use language::*;
pub use law::*;
pub use layouts::*;
pub use orders::*;
pub use packs::*;
pub use personal::*;
pub use sources::*;
pub use text::*;

/// One rule, with the page that `boardpack explain CODE` prints.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code such as `M0002`.
    pub code: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// A few words that name the rule.
    pub title: &'static str,
    /// What the rule is for and how to satisfy it.
    pub explanation: &'static str,
    /// Where the rule comes from, such as an Act and its section; empty where the program needs it.
    pub basis: &'static str,
}

/// What an error stands in the way of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stops {
    /// Building a pack.
    Build,
    /// Issuing it: drafts are built before they are lawful.
    Issue,
}

impl Rule {
    /// Tells what an error under the rule stands in the way of: where a pack can be made all the same, only
    /// of its issue.
    pub fn stops(&self) -> Stops {
        if self.code.starts_with(['N', 'O', 'C', 'D', 'H']) { Stops::Issue } else { Stops::Build }
    }

    /// Tells whether the rule is applied only when packs are typeset and appended files opened.
    pub fn needs_typesetting(&self) -> bool {
        self.code.starts_with(['A', 'P', 'L'])
    }

    /// Tells whether the rule's findings are for officers alone, not for the readers of a public pack.
    pub fn is_for_officers(&self) -> bool {
        self.code.starts_with('A') || self.stops() == Stops::Issue
    }
}

/// Rules whose codes have the same first letter.
pub struct Family {
    /// What they are about, in a few words.
    pub about: &'static str,
    /// The rules, by code.
    pub rules: &'static [&'static Rule],
}

/// Gives the families of rules, first those without which no pack can be made.
pub fn families() -> impl Iterator<Item = Family> {
    [
        ("files and how they are written", FILES),
        ("fields and what they say", SOURCES),
        ("running text", TEXT),
        ("pages of the pack", PACKS),
        ("layouts and fonts", LAYOUTS),
        ("appended files", APPENDED),
        ("notice and the law of meetings", LAW),
        ("your standing orders", ORDERS),
        ("papers and meetings that disagree", CONSISTENCY),
        ("personal data of private people", PERSONAL_DATA),
        ("language", LANGUAGE),
    ]
    .into_iter()
    .map(|(about, rules)| Family { about, rules })
}

/// Gives all rules by family and code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    families().flat_map(|family| family.rules).copied()
}

/// Gives the rule of a code, in any case.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

macro_rules! rules {
    ($family:ident; $($name:ident = $code:literal, $severity:ident, $title:literal, $explanation:literal $(, $basis:literal)?;)*) => {
        $(
            #[doc = $title]
            pub static $name: crate::finding::Rule = crate::finding::Rule {
                code: $code,
                severity: crate::finding::Severity::$severity,
                title: $title,
                explanation: $explanation,
                basis: concat!($($basis)?),
            };
        )*
        /// The rules of this family, by code.
        pub static $family: &[&crate::finding::Rule] = &[$(&$name),*];
    };
}

use rules;
