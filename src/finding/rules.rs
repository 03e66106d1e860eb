//! Every rule that a finding can be raised under: its code, weight and explanation, by family.
//!
//! Codes are stable. `F` is about files and YAML, `M` about what the sources say, `T` about
//! text, `P` about the composed pack, `L` about layouts, `A` about appended files,
//! `N` about notice and the law of meetings, `O` about the council's standing orders, `C` about
//! papers that disagree, `D` about personal data, `H` about language.

use serde::Serialize;

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

pub(crate) use appended::*;
pub(crate) use consistency::*;
pub(crate) use files::*;
pub(crate) use language::*;
pub(crate) use law::*;
pub(crate) use layouts::*;
pub(crate) use orders::*;
pub(crate) use packs::*;
pub(crate) use personal::*;
pub(crate) use sources::*;
pub(crate) use text::*;

/// One rule, with the page that `boardpack explain CODE` prints, and what becomes of its findings.
///
/// What becomes of them is data, written behind the weight in the catalogue, such as `Warning gate`, or at the head of
/// a family, where it holds for all of its rules:
///
/// - `gate`: a finding is mended, or accepted by itself with a reason, before anything is published
///   ([`Finding::is_at_the_gate`](super::Finding::is_at_the_gate)). Drafts are built all the same. For what would be
///   published by mistake.
/// - `guarded`: a council can only make the rule heavier. For what was not read, what is withheld, and secrets.
///   (Rules with a gate can only be made heavier as well.)
/// - `issue`: errors let a draft be built, but not be issued. Those of other rules stand in the way of building.
/// - `writing`: errors stand in the way of writing a pack, even a draft, since what it holds must not get out.
/// - `pages`: found only when packs are typeset and appended files opened, so not by `check --fast`.
/// - `brief`: hints are told on a line each.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the rule, and none depends on another")]
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
    /// What it is about.
    pub family: Family,
    /// What an error under it stands in the way of.
    pub stops: Stops,
    /// Whether its findings are mended or accepted one by one before anything is published.
    pub has_gate: bool,
    /// Whether a council can only make it heavier.
    pub is_guarded: bool,
    /// Whether it is applied only when packs are typeset and appended files opened.
    pub needs_typesetting: bool,
    /// Whether its hints are told on a line each.
    pub is_brief: bool,
}

/// What an error stands in the way of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stops {
    /// Building a pack, and so issuing it.
    Build,
    /// Writing a pack, even a draft: what it holds must not get out.
    Writing,
    /// Issuing it: drafts are built before they are lawful.
    Issue,
}

impl Rule {
    /// Makes a rule of which the catalogue says nothing but its family and weight. Without what it calls an error
    /// there is no pack; what it only warns of never stands in the way of a draft, whatever weight a council gives it.
    const fn new(code: &'static str, family: Family, severity: Severity, texts: [&'static str; 3]) -> Self {
        let [title, explanation, basis] = texts;
        let stops = if matches!(severity, Severity::Error) { Stops::Build } else { Stops::Issue };
        Self {
            code,
            severity,
            title,
            explanation,
            basis,
            family,
            stops,
            has_gate: false,
            is_guarded: false,
            needs_typesetting: false,
            is_brief: false,
        }
    }

    const fn gate(self) -> Self {
        Self { has_gate: true, ..self }
    }

    const fn guarded(self) -> Self {
        Self { is_guarded: true, ..self }
    }

    const fn issue(self) -> Self {
        Self { stops: Stops::Issue, ..self }
    }

    const fn writing(self) -> Self {
        Self { stops: Stops::Writing, ..self }
    }

    const fn pages(self) -> Self {
        Self { needs_typesetting: true, ..self }
    }

    const fn brief(self) -> Self {
        Self { is_brief: true, ..self }
    }

    /// Tells whether a council can make the rule lighter, or switch it off.
    pub fn can_be_softened(&self) -> bool {
        !self.has_gate && !self.is_guarded
    }
}

/// What rules are about; their codes have the same first letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Files and YAML: `F`.
    Files,
    /// What the sources say: `M`.
    Sources,
    /// Text: `T`.
    Text,
    /// The composed pack: `P`.
    Packs,
    /// Layouts: `L`.
    Layouts,
    /// Appended files: `A`.
    Appended,
    /// Notice and the law of meetings: `N`.
    Law,
    /// The council's standing orders: `O`.
    Orders,
    /// Papers that disagree: `C`.
    Consistency,
    /// Personal data: `D`.
    PersonalData,
    /// Language: `H`.
    Language,
}

impl Family {
    /// Every family, first those without which no pack can be made.
    pub(crate) const ALL: [Self; 11] = [
        Self::Files,
        Self::Sources,
        Self::Text,
        Self::Packs,
        Self::Layouts,
        Self::Appended,
        Self::Law,
        Self::Orders,
        Self::Consistency,
        Self::PersonalData,
        Self::Language,
    ];

    /// Says in a few words what its rules are about.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::Files => "files and how they are written",
            Self::Sources => "fields and what they say",
            Self::Text => "running text",
            Self::Packs => "pages of the pack",
            Self::Layouts => "layouts and fonts",
            Self::Appended => "appended files",
            Self::Law => "notice and the law of meetings",
            Self::Orders => "your standing orders",
            Self::Consistency => "papers and meetings that disagree",
            Self::PersonalData => "personal data of private people",
            Self::Language => "language",
        }
    }

    /// Gives its rules, by code.
    pub(crate) fn rules(self) -> &'static [&'static Rule] {
        match self {
            Self::Files => FILES,
            Self::Sources => SOURCES,
            Self::Text => TEXT,
            Self::Packs => PACKS,
            Self::Layouts => LAYOUTS,
            Self::Appended => APPENDED,
            Self::Law => LAW,
            Self::Orders => ORDERS,
            Self::Consistency => CONSISTENCY,
            Self::PersonalData => PERSONAL_DATA,
            Self::Language => LANGUAGE,
        }
    }
}

/// Gives all rules by family and code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    Family::ALL.into_iter().flat_map(Family::rules).copied()
}

/// Gives the rule of a code, in any case.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// Codes of rules that were withdrawn, because they found too little in papers as officers write them. None is given
/// again, and a source that still names one is no error.
const WITHDRAWN: [&str; 9] = ["C0019", "C0023", "C0028", "C0029", "C0030", "C0032", "C0033", "C0038", "C0041"];

/// Tells whether a code, in any case, is that of a rule that was withdrawn.
pub(crate) fn is_withdrawn(code: &str) -> bool {
    WITHDRAWN.iter().any(|withdrawn| withdrawn.eq_ignore_ascii_case(code))
}

/// Writes a rule as its code, and reads it again.
pub(super) mod by_code {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    use super::Rule;

    pub(in crate::finding) fn serialize<S: Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(rule.code)
    }

    pub(in crate::finding) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static Rule, D::Error> {
        let code = String::deserialize(from)?;
        super::find(&code).ok_or_else(|| D::Error::custom("no rule has this code"))
    }
}

/// Declares the rules of a family: `rules! { LIST, Family: marks of all; NAME = "code", Weight marks, "title",
/// "explanation", "basis"; ... }`. [`Rule`] says what the marks are.
macro_rules! rules {
    ($list:ident, $family:ident $(: $($of_all:ident)+)?; $($name:ident = $code:literal, $severity:ident $($mark:ident)*, $title:literal, $explanation:literal $(, $basis:literal)?;)*) => {
        crate::finding::rules::rules! { @each [$($($of_all)+)?] $family; $($name = $code, $severity [$($mark)*], $title, $explanation, concat!($($basis)?);)* }
        /// The rules of this family, by code.
        pub(crate) static $list: &[&crate::finding::Rule] = &[$(&$name),*];
    };
    (@each $of_all:tt $family:ident; $($name:ident = $code:literal, $severity:ident $marks:tt, $title:literal, $explanation:literal, $basis:expr;)*) => {
        $(
            #[doc = $title]
            pub(crate) static $name: crate::finding::Rule = crate::finding::rules::rules! {
                @marked $of_all $marks
                crate::finding::Rule::new(
                    $code,
                    crate::finding::rules::Family::$family,
                    crate::finding::Severity::$severity,
                    [$title, $explanation, $basis],
                )
            };
        )*
    };
    (@marked [$($of_all:ident)*] [$($mark:ident)*] $rule:expr) => { $rule$(.$of_all())*$(.$mark())* };
}

use rules;
