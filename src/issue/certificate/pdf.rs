//! The certificate as two pages of PDF.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Certificate, Decision, DecisionKind, Found, IssueEntry, Outcome, RuleEntry, Why};
use crate::finding::rules::Family;
use crate::finding::{Finding, Severity};
use crate::issue::document::{Imprint, Workshop};
use crate::model::text::typographic;
use crate::render::literal::Data;

/// How many rows of findings, decisions and issues there is room for; the rest is in the JSON document.
const ROWS: usize = 12;
/// How many of them are kept for decisions and for issues, where there are so many.
const KEPT: usize = 4;
/// How many letters of a message or a reason there is room for.
const LETTERS: usize = 180;

/// How the sources of rules are shortened, as lawyers do.
const SHORTER: [(&str, &str); 11] = [
    ("Local Government Act ", "LGA "),
    ("sections ", "ss."),
    ("section ", "s."),
    ("ss. ", "ss."),
    ("regulations ", "regs."),
    ("regulation ", "reg."),
    ("regs. ", "regs."),
    ("reg. ", "reg."),
    ("paragraphs ", "paras "),
    ("paragraph ", "para "),
    ("Schedule ", "Sch "),
];

/// The families of rules that are told of in a line each.
const FAMILIES: [(Family, &str); 10] = [
    (Family::Files, "files"),
    (Family::Sources, "sources"),
    (Family::Text, "text"),
    (Family::Packs, "packs"),
    (Family::Layouts, "layouts"),
    (Family::Appended, "appended"),
    (Family::Orders, "orders"),
    (Family::Consistency, "consistency"),
    (Family::PersonalData, "personal"),
    (Family::Language, "language"),
];

impl Certificate {
    /// Makes the PDF; `when` is the meeting's date and time as printed, `date` the day of the check.
    pub(crate) fn pdf(&self, when: &str, date: NaiveDate, workshop: &Workshop) -> Result<Vec<u8>, Vec<Finding>> {
        let printing = Printing { workshop };
        let title = workshop.phrases.get("certificate-title");
        let imprint = Imprint {
            title: format!("{title} – {}, {when}", typographic(&self.body)),
            subject: workshop.phrases.get("certificate-subject").to_owned(),
            body: printing.plain(&self.body),
            date,
            identity: format!("{}/certificate-{}", self.meeting, self.checked),
        };
        workshop.pdf("certificate", printing.certificate(self, when), &imprint)
    }
}

/// Gives the first error or warning of each rule, the weightiest first, and how many others there are of it.
fn by_rule(findings: &[Found]) -> Vec<(&Found, usize)> {
    let mut rules: Vec<(&Found, usize)> = Vec::new();
    let kind = |found: &Found| (found.finding.code, found.finding.severity);
    for finding in findings.iter().filter(|found| found.finding.severity > Severity::Info) {
        match rules.iter_mut().find(|(first, _)| kind(first) == kind(finding)) {
            Some((_, others)) => *others += 1,
            None => rules.push((finding, 0)),
        }
    }
    rules.sort_by_key(|(first, _)| std::cmp::Reverse(first.finding.severity));
    rules
}

/// Gives the source of a rule in short.
fn shortened(basis: &str) -> String {
    // The letters before the colon number the rules of the field; whoever signs wants the Act.
    let basis = basis.split_once(": ").map_or(basis, |(_, source)| source);
    SHORTER.iter().fold(basis.to_owned(), |basis, (long, short)| basis.replace(long, short))
}

/// Gives a message with quotation marks in the place of those of the terminal.
fn quoted(message: &str) -> String {
    let mut open = false;
    let mark = |letter: char| {
        let mark = match (letter, open) {
            ('`', false) => '“',
            ('`', true) => '”',
            _ => return letter,
        };
        open = !open;
        mark
    };
    message.chars().map(mark).collect()
}

struct Printing<'a> {
    workshop: &'a Workshop<'a>,
}

impl Printing<'_> {
    /// Gives words without characters that no font has, and cut to what there is room for.
    fn plain(&self, words: &str) -> String {
        let spaced = typographic(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut plain = self.workshop.plain(&spaced.chars().take(LETTERS).collect::<String>());
        if spaced.chars().count() > LETTERS {
            plain.push('…');
        }
        plain
    }

    fn words(&self, words: &str) -> Data {
        Data::string(self.plain(words))
    }

    fn certificate(&self, certificate: &Certificate, when: &str) -> Data {
        // What the council has softened stands among the decisions.
        let is_law = |rule: &&RuleEntry| rule.family == Family::Law && !rule.basis.is_empty();
        let law = certificate.rules.iter().filter(is_law);
        let weighty = by_rule(&certificate.findings);
        let issues = certificate.issues.len().min(KEPT);
        let decisions = certificate.decisions.len().min(ROWS - issues - weighty.len().min(ROWS - issues - KEPT));
        let room = (ROWS - issues - decisions, decisions, issues);
        Data::fields([
            ("body", self.words(&certificate.body)),
            ("when", self.words(when)),
            ("facts", Data::List(self.facts(certificate))),
            ("law", Data::list(law, |rule| self.rule(rule))),
            ("families", Data::list(FAMILIES, |(family, key)| self.family(certificate, family, key))),
            ("findings", self.most(&weighty, room.0, |found| self.finding(found))),
            ("decisions", self.most(&certificate.decisions, room.1, |decision| self.decision(decision))),
            ("issues", self.last(&certificate.issues, room.2)),
            ("notes", Data::List(self.notes(certificate))),
        ])
    }

    /// Gives the first of some rows, and how many more there are.
    fn most<T>(&self, rows: &[T], room: usize, row: impl Fn(&T) -> Data) -> Data {
        let more = rows.len().saturating_sub(room);
        let more = (more > 0).then(|| self.workshop.phrase("certificate-more", &[("count", &more.to_string())]));
        Data::fields([("rows", Data::list(rows.iter().take(room), row)), ("more", more.unwrap_or(Data::None))])
    }

    /// Gives the last issues, and how many there are before them.
    fn last(&self, issues: &[IssueEntry], room: usize) -> Data {
        let earlier = issues.len().saturating_sub(room);
        let more =
            (earlier > 0).then(|| self.workshop.phrase("certificate-earlier", &[("count", &earlier.to_string())]));
        Data::fields([
            ("rows", Data::list(issues.iter().skip(earlier), |issue| self.issue(issue))),
            ("more", more.unwrap_or(Data::None)),
        ])
    }

    /// Says why some rules were not applied.
    fn notes(&self, certificate: &Certificate) -> Vec<Data> {
        let whys: BTreeSet<Why> = certificate.rules.iter().filter_map(|rule| rule.why).collect();
        whys.into_iter().map(|why| self.workshop.phrase(why.key(), &[])).collect()
    }

    fn facts(&self, certificate: &Certificate) -> Vec<Data> {
        let state = match (certificate.issue, certificate.changed) {
            (None, _) => self.workshop.phrase("certificate-draft", &[]),
            (Some(issue), false) => self.workshop.phrase("certificate-as-issued", &[("issue", &issue.to_string())]),
            (Some(issue), true) => self.workshop.phrase("certificate-changed", &[("issue", &issue.to_string())]),
        };
        let checked = certificate.checked.replace('T', " ").replace('Z', " UTC");
        let fact = |key: &str, value| Data::fields([("label", self.workshop.phrase(key, &[])), ("value", value)]);
        vec![
            fact("certificate-state", state),
            fact("certificate-checked", Data::string(format!("{checked}, {}", certificate.program))),
            fact("certificate-sources", Data::string(&certificate.sources)),
        ]
    }

    fn rule(&self, rule: &RuleEntry) -> Data {
        Data::fields([
            ("code", Data::string(rule.code)),
            ("title", Data::string(rule.title)),
            ("basis", Data::string(shortened(rule.basis))),
            ("outcome", self.outcome(rule)),
            ("stands", Data::Bool(rule.errors > 0)),
        ])
    }

    fn outcome(&self, rule: &RuleEntry) -> Data {
        match rule.outcome {
            Outcome::Kept => self.workshop.phrase("certificate-kept", &[]),
            Outcome::Found => Data::string(self.counted(rule.errors, rule.warnings, rule.hints)),
            Outcome::Accepted => self.workshop.phrase("certificate-accepted", &[]),
            Outcome::Off => self.workshop.phrase("certificate-off", &[]),
            Outcome::NotRun => self.workshop.phrase("certificate-not-run", &[]),
        }
    }

    /// Gives how much was found, in words.
    fn counted(&self, errors: usize, warnings: usize, hints: usize) -> String {
        let of = |count: usize, key: &str| {
            (count > 0)
                .then(|| self.workshop.phrases.fill(&format!("certificate-{key}"), &[("count", &count.to_string())]))
        };
        let all = [of(errors, "errors"), of(warnings, "warnings"), of(hints, "hints")];
        let words: Vec<String> = all.into_iter().flatten().collect();
        if words.is_empty() { self.workshop.phrases.get("certificate-kept").to_owned() } else { words.join(", ") }
    }

    fn family(&self, certificate: &Certificate, family: Family, key: &str) -> Data {
        let rules: Vec<&RuleEntry> = certificate.rules.iter().filter(|rule| rule.family == family).collect();
        let sum = |of: fn(&RuleEntry) -> usize| rules.iter().map(|rule| of(rule)).sum::<usize>();
        let (errors, warnings, hints) = (sum(|rule| rule.errors), sum(|rule| rule.warnings), sum(|rule| rule.hints));
        let left_out = rules.iter().all(|rule| rule.outcome == Outcome::NotRun);
        let found = if left_out {
            self.workshop.phrases.get("certificate-not-run").to_owned()
        } else {
            self.counted(errors, warnings, hints)
        };
        Data::fields([
            ("title", self.workshop.phrase(&format!("certificate-family-{key}"), &[])),
            ("rules", self.workshop.phrase("certificate-rules", &[("count", &rules.len().to_string())])),
            ("outcome", Data::string(found)),
        ])
    }

    fn finding(&self, (Found { finding, withheld }, others): &(&Found, usize)) -> Data {
        let words = self.plain(&quoted(&finding.message));
        let words = match others {
            0 => words,
            others => {
                self.workshop.phrases.fill("certificate-others", &[("count", &others.to_string()), ("words", &words)])
            }
        };
        Data::fields([
            ("code", Data::string(finding.code)),
            ("words", Data::string(words)),
            ("place", self.place(finding.path.as_deref(), finding.line, *withheld)),
        ])
    }

    /// Gives the file and line of something, or that it is withheld.
    fn place(&self, path: Option<&str>, line: Option<usize>, withheld: bool) -> Data {
        let path = path.map(|path| path.strip_prefix("content/").unwrap_or(path));
        match (path, line) {
            _ if withheld => self.workshop.phrase("certificate-withheld", &[]),
            (Some(path), Some(line)) => self.words(&format!("{path}, {line}")),
            (path, _) => self.words(path.unwrap_or_default()),
        }
    }

    fn decision(&self, decision: &Decision) -> Data {
        let key = match decision.kind {
            DecisionKind::SwitchedOff => "certificate-off",
            DecisionKind::Weighed => "certificate-weighed",
            DecisionKind::Accepted => "certificate-accepted",
        };
        let weight = decision.weight.filter(|_| decision.kind == DecisionKind::Weighed);
        let weight = weight.map_or_else(String::new, |weight| format!(" ({})", weight.word()));
        let reason = decision.reason.as_deref().unwrap_or_default();
        let words = format!("{}{weight}: {}. {reason}", self.workshop.phrases.get(key), decision.title);
        Data::fields([
            ("code", Data::string(decision.code)),
            ("words", self.words(&words)),
            ("place", self.place(decision.path.as_deref(), decision.line, decision.withheld)),
        ])
    }

    fn issue(&self, issue: &IssueEntry) -> Data {
        let mut words: Vec<String> =
            issue.overrides.iter().map(|one| format!("{}: {}", one.rule, one.reason)).collect();
        words.extend(
            issue.urgent.as_ref().map(|urgent| self.workshop.phrases.fill("certificate-urgent", &[("words", urgent)])),
        );
        if words.is_empty() {
            words.push(self.workshop.phrases.get("certificate-no-overrides").to_owned());
        }
        let day = issue.issued.get(..16).unwrap_or(&issue.issued).replace('T', " ");
        Data::fields([
            ("number", Data::string(issue.number.to_string())),
            ("issued", Data::string(day)),
            ("words", self.words(&words.join("; "))),
        ])
    }
}
