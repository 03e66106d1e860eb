//! The certificate of checks: for one meeting which rules were applied, which of them found something, what was
//! decided all the same and why, issue by issue.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::manifest::{Kind, Manifest, Override};
use crate::check::EXECUTIVE_NOTICE;
use crate::check::KEY_DECISION;
use crate::check::RULE_SOFTENED;
use crate::finding::rules::{Catalogue, Family};
use crate::finding::{Accepted, Finding, FindingEntry, Place, Rule, Severity, Sources};
use crate::model::Workspace;
use crate::model::agenda::{Agenda, MeetingKind};
use crate::model::body::Regime;
use crate::model::council::RuleChange;
use crate::model::orders::Orders;

pub(crate) mod pdf;
mod secret;

pub(crate) use secret::Secret;

/// Version of the schema; grows when a field changes its meaning or goes away.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// What was checked, as the certificate is made from it.
#[derive(Clone, Copy)]
pub(crate) struct Checked<'a> {
    /// The rules that there are.
    pub(crate) rules: &'static Catalogue,
    /// The workspace.
    pub(crate) workspace: &'a Workspace,
    /// The meeting.
    pub(crate) agenda: &'a Agenda,
    /// Findings that concern the meeting.
    pub(crate) findings: &'a [Finding],
    /// What is accepted in its files, each with the findings that it covers.
    pub(crate) accepted: &'a [(Accepted, Vec<Finding>)],
    /// Where what is withheld stands in the sources.
    pub(crate) secret: &'a Secret,
    /// Whether the packs were typeset and appended files opened.
    pub(crate) typeset: bool,
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// SHA-256 over the paths and contents of everything that the packs are made from, in hexadecimal.
    pub(crate) sources: &'a str,
    /// Its issues, the first one first.
    pub(crate) issues: &'a [Manifest],
    /// Whether the sources are others than those of the last issue.
    pub(crate) changed: bool,
}

/// A certificate of checks.
#[derive(Debug, Serialize)]
pub(crate) struct Certificate {
    schema_version: u32,
    program: &'static str,
    council: String,
    meeting: String,
    body: String,
    date: String,
    time: Option<String>,
    /// When it was checked, in coordinated universal time.
    checked: String,
    /// SHA-256 over the sources.
    sources: String,
    /// Number of the last issue; none while there is none.
    issue: Option<u32>,
    /// Whether the sources have changed since.
    changed: bool,
    /// Every rule with what came of it.
    rules: Vec<RuleEntry>,
    /// What was found and stands.
    findings: Vec<Found>,
    /// What was decided otherwise, with reasons.
    decisions: Vec<Decision>,
    /// The issues.
    issues: Vec<IssueEntry>,
}

/// A rule and what came of it.
#[derive(Debug, Serialize)]
struct RuleEntry {
    code: &'static str,
    title: &'static str,
    #[serde(skip)]
    family: Family,
    /// Act and section, standard and clause, or practice, where there is one.
    #[serde(skip_serializing_if = "str::is_empty")]
    basis: &'static str,
    outcome: Outcome,
    /// Why it was not applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
    errors: usize,
    warnings: usize,
    hints: usize,
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    /// Nothing was found.
    Kept,
    /// Something was found and stands.
    Found,
    /// What was found was accepted.
    Accepted,
    /// The council has switched it off.
    Off,
    /// It was not applied.
    NotRun,
}

/// Why a rule was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Why {
    /// It needs the packs to be typeset, which was left out.
    NotTypeset,
    /// The agenda does not say when it is published.
    NoDay,
    /// The meeting is informal.
    Informal,
    /// The meeting is cancelled or postponed.
    Off,
    /// The body is no executive.
    NotExecutive,
    /// There are no standing orders of this kind.
    NoOrders,
}

impl Why {
    /// Gives its key among the phrases.
    fn key(self) -> &'static str {
        match self {
            Self::NotTypeset => "certificate-why-not-typeset",
            Self::NoDay => "certificate-why-no-day",
            Self::Informal => "certificate-why-informal",
            Self::Off => "certificate-why-off",
            Self::NotExecutive => "certificate-why-not-executive",
            Self::NoOrders => "certificate-why-no-orders",
        }
    }
}

/// A decision against a rule, or against its weight.
#[derive(Debug, Serialize)]
struct Decision {
    code: &'static str,
    /// What the rule looks for.
    title: &'static str,
    kind: DecisionKind,
    /// The weight that the rule has now; none where it is switched off.
    weight: Option<Severity>,
    /// Why; none where it may tell of what is withheld.
    reason: Option<String>,
    /// Words of the findings that are meant, where only some are.
    words: Option<String>,
    /// File and line, where it is written in the sources; none where that tells of what is withheld.
    path: Option<String>,
    line: Option<usize>,
    /// Whether it is about something withheld.
    withheld: bool,
    /// How many findings it covers.
    covers: usize,
}

/// What was found and stands. Of what is withheld no more is told than which rule found something; what to do about a
/// finding is not told at all, since advice may name what is withheld elsewhere.
#[derive(Debug, Serialize)]
struct Found {
    #[serde(flatten)]
    finding: FindingEntry,
    withheld: bool,
}

impl Found {
    fn of(finding: &Finding, sources: &Sources, secret: &Secret) -> Self {
        let withheld = secret.is_in(finding);
        let mut told = Finding { help: None, ..finding.clone() };
        if withheld {
            told = Finding { message: finding.rule.title.to_owned(), labels: Vec::new(), ..told };
        }
        Self { finding: FindingEntry::of(&told, sources), withheld }
    }
}

/// Kinds of decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum DecisionKind {
    /// The council has switched the rule off.
    SwitchedOff,
    /// The council has given the rule another weight.
    Weighed,
    /// Findings in one file are accepted.
    Accepted,
}

/// An issue with the rules that it was published against.
#[derive(Debug, Serialize)]
struct IssueEntry {
    number: u32,
    kind: Kind,
    issued: String,
    reason: Option<String>,
    urgent: Option<String>,
    overrides: Vec<Override>,
}

impl Certificate {
    /// Makes the certificate of a meeting.
    pub(crate) fn of(checked: &Checked) -> Self {
        let Checked { workspace, agenda, .. } = checked;
        let body = workspace.bodies.get(&agenda.body).map_or(&agenda.body, |body| &body.name.value);
        let found = |finding| Found::of(finding, &workspace.sources, checked.secret);
        Self {
            schema_version: SCHEMA_VERSION,
            program: concat!("boardpack ", env!("CARGO_PKG_VERSION")),
            council: workspace.council.name.value.clone(),
            meeting: agenda.id.clone(),
            body: body.clone(),
            date: agenda.when.date().to_string(),
            time: agenda.when.has_time.then(|| agenda.when.format("%H:%M").to_string()),
            checked: checked.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            sources: checked.sources.to_owned(),
            issue: checked.issues.last().map(|manifest| manifest.issue),
            changed: checked.changed,
            rules: checked.rules.all().map(|rule| entry(rule, checked)).collect(),
            findings: checked.findings.iter().map(found).collect(),
            decisions: decisions(checked),
            issues: checked.issues.iter().map(issue).collect(),
        }
    }

    /// Gives it as JSON.
    pub(crate) fn json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

fn entry(rule: &'static Rule, checked: &Checked) -> RuleEntry {
    let of_rule = |finding: &&Finding| std::ptr::eq(finding.rule, rule);
    let count = |severity| checked.findings.iter().filter(of_rule).filter(|one| one.severity == severity).count();
    let off = |change: &RuleChange| std::ptr::eq(change.rule, rule) && change.severity.is_none();
    let covered = |(one, covers): &(Accepted, Vec<Finding>)| std::ptr::eq(one.rule, rule) && !covers.is_empty();
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let why = why_not(rule, checked);
    let outcome = if errors + warnings + hints > 0 {
        Outcome::Found
    } else if checked.workspace.council.rules.0.iter().any(off) {
        Outcome::Off
    } else if checked.accepted.iter().any(covered) {
        Outcome::Accepted
    } else if why.is_some() {
        Outcome::NotRun
    } else {
        Outcome::Kept
    };
    let why = why.filter(|_| outcome == Outcome::NotRun);
    let (code, title, family, basis) = (rule.code, rule.title, rule.family, rule.basis);
    RuleEntry { code, title, family, basis, outcome, why, errors, warnings, hints }
}

/// Says why a rule was not applied, where it was not.
fn why_not(rule: &'static Rule, checked: &Checked) -> Option<Why> {
    let Checked { workspace, agenda, .. } = checked;
    let body = workspace.bodies.get(&agenda.body);
    let is = |rules: &[&'static Rule]| rules.iter().any(|one| std::ptr::eq(*one, rule));
    if !checked.typeset && rule.needs_typesetting {
        return Some(Why::NotTypeset);
    }
    if rule.family == Family::Orders {
        let orders = Orders::of(&workspace.council, body);
        return (!orders.has_any()).then_some(Why::NoOrders);
    }
    if rule.family != Family::Law || is(&[&RULE_SOFTENED]) {
        return None;
    }
    if agenda.status() != "scheduled" {
        return Some(Why::Off);
    }
    if agenda.kind == MeetingKind::Informal {
        return Some(Why::Informal);
    }
    if agenda.issued.is_none() {
        return Some(Why::NoDay);
    }
    let executive = body.is_some_and(|body| body.regime == Regime::Executive);
    (is(&[&EXECUTIVE_NOTICE, &KEY_DECISION]) && !executive).then_some(Why::NotExecutive)
}

fn decisions(checked: &Checked) -> Vec<Decision> {
    let sources = &checked.workspace.sources;
    let council = checked.workspace.council.rules.0.iter().map(|change| {
        let kind = if change.severity.is_none() { DecisionKind::SwitchedOff } else { DecisionKind::Weighed };
        let covers = checked.findings.iter().filter(|finding| std::ptr::eq(finding.rule, change.rule)).count();
        let decision = decision(change.rule, kind, &change.reason.value, change.place, sources);
        Decision { weight: change.severity, covers, ..decision }
    });
    let accepted = checked.accepted.iter().map(|(one, covered)| {
        let decision = decision(one.rule, DecisionKind::Accepted, &one.reason, one.place, sources);
        if checked.secret.is_in_decision(one.place, covered) {
            return Decision {
                reason: None,
                path: None,
                line: None,
                withheld: true,
                covers: covered.len(),
                ..decision
            };
        }
        Decision { words: one.words.clone(), covers: covered.len(), ..decision }
    });
    council.chain(accepted).collect()
}

fn decision(rule: &'static Rule, kind: DecisionKind, reason: &str, place: Place, sources: &Sources) -> Decision {
    Decision {
        code: rule.code,
        title: rule.title,
        kind,
        weight: Some(rule.severity),
        reason: Some(reason.trim().to_owned()),
        words: None,
        path: Some(sources.path(place).to_owned()),
        line: Some(sources.position(place).line),
        withheld: false,
        covers: 0,
    }
}

fn issue(manifest: &Manifest) -> IssueEntry {
    IssueEntry {
        number: manifest.issue,
        kind: manifest.kind,
        issued: manifest.issued.clone(),
        reason: manifest.reason.clone(),
        urgent: manifest.urgent.clone(),
        overrides: manifest.overrides.clone(),
    }
}
