//! What a rule is: its code, weight and explanation, and what becomes of its findings.
//!
//! Each rule is declared by [`rule!`] in the file of the function that raises it, in whichever room that is. A room
//! lists its own, and [`crate::rules`] lists the rooms.
//!
//! Codes are stable. `F` is about files and YAML, `M` about what the sources say, `T` about
//! text, `P` about the composed pack, `L` about layouts, `A` about appended files,
//! `N` about notice and the law of meetings, `O` about the council's standing orders, `C` about
//! papers that disagree, `D` about personal data, `H` about language.

use serde::Serialize;

use super::Severity;

/// One rule, with the page that `boardpack explain CODE` prints, and what becomes of its findings.
///
/// What becomes of them is data, written behind the weight, such as `Warning, gate`:
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
/// - `firm`: a finding is mended; it can be neither accepted nor overridden. For what is not meant to be read at all.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the rule, and none depends on another")]
pub struct Rule {
    /// Stable code such as `M0002`.
    pub code: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// A few words that name the rule.
    pub title: &'static str,
    /// What the rule is for and how to satisfy it, line by line.
    explanation: &'static [&'static str],
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
    /// Whether its findings can be neither accepted nor overridden.
    pub is_firm: bool,
}

/// What is written of a rule, as it stands in its file.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    /// A few words that name it.
    pub(crate) title: &'static str,
    /// What it is for, line by line.
    pub(crate) explanation: &'static [&'static str],
    /// Where it comes from.
    pub(crate) basis: &'static str,
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
    /// Makes a rule of which nothing is said but its family and weight. Without what it calls an error there is no
    /// pack; what it only warns of never stands in the way of a draft, whatever weight a council gives it.
    pub(crate) const fn new(code: &'static str, family: Family, severity: Severity, text: Text) -> Self {
        let Text { title, explanation, basis } = text;
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
            is_firm: false,
        }
    }

    pub(crate) const fn gate(self) -> Self {
        Self { has_gate: true, ..self }
    }

    pub(crate) const fn guarded(self) -> Self {
        Self { is_guarded: true, ..self }
    }

    pub(crate) const fn issue(self) -> Self {
        Self { stops: Stops::Issue, ..self }
    }

    pub(crate) const fn writing(self) -> Self {
        Self { stops: Stops::Writing, ..self }
    }

    pub(crate) const fn pages(self) -> Self {
        Self { needs_typesetting: true, ..self }
    }

    pub(crate) const fn brief(self) -> Self {
        Self { is_brief: true, ..self }
    }

    pub(crate) const fn firm(self) -> Self {
        Self { is_firm: true, ..self }
    }

    /// Gives what the rule is for and how to satisfy it, on several lines.
    pub(crate) fn explanation(&self) -> String {
        let lines = self.explanation.iter().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
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
}

/// Every rule that there is. Only [`crate::rules`] has them all; a [`Log`](super::Log) hands them down to whoever reads
/// a code that somebody has written.
#[derive(Debug)]
pub struct Catalogue {
    /// By family and code.
    rules: Vec<&'static Rule>,
    /// Codes of rules that there were.
    withdrawn: &'static [&'static str],
}

impl Catalogue {
    /// Makes it of the rules of all rooms, in any order; one that is listed twice is one rule.
    pub(crate) fn of(mut rules: Vec<&'static Rule>, withdrawn: &'static [&'static str]) -> Self {
        let family = |rule: &Rule| Family::ALL.iter().position(|family| *family == rule.family);
        rules.sort_by_key(|rule| (family(rule), rule.code));
        rules.dedup_by(|one, other| std::ptr::eq(*one, *other));
        Self { rules, withdrawn }
    }

    /// Gives all rules by family and code.
    pub fn all(&self) -> impl Iterator<Item = &'static Rule> + '_ {
        self.rules.iter().copied()
    }

    /// Gives the rule of a code, in any case.
    pub fn find(&self, code: &str) -> Option<&'static Rule> {
        self.all().find(|rule| rule.code.eq_ignore_ascii_case(code))
    }

    /// Tells whether a code, in any case, is that of a rule that was withdrawn.
    pub(crate) fn is_withdrawn(&self, code: &str) -> bool {
        self.withdrawn.iter().any(|withdrawn| withdrawn.eq_ignore_ascii_case(code))
    }
}

/// Declares a rule: what it is for, as a doc comment; its name, code, family, weight, and marks, which [`Rule`] explains;
/// the few words that name it; and where it comes from, if anywhere.
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        $name:ident = $code:literal, $family:ident, $severity:ident $(, $mark:ident)*, $title:literal;
        $($basis:literal)?
    ) => {
        #[doc = $title]
        pub(crate) static $name: crate::finding::Rule = crate::finding::Rule::new(
            $code,
            crate::finding::rules::Family::$family,
            crate::finding::Severity::$severity,
            crate::finding::rules::Text { title: $title, explanation: &[$($line),+], basis: concat!($($basis)?) },
        )$(.$mark())*;
    };
}

pub(crate) use rule;
