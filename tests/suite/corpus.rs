//! A corpus of papers as officers write them, clean and with faults planted: what each rule finds, and what it takes for
//! a fault that is none.
//!
//! Each folder of `tests/corpus/` is a council, with `faults` beside its sources: what is wrong, what the clean paper
//! says behind `-`, and what it says with the fault behind `+`. The faults are planted in rounds, so that papers stay
//! as readable as those that go wrong one fault at a time. `expected` holds the counts and what they are made of.
//! `BOARDPACK_TRIALS=write cargo test --test suite corpus` writes it anew, unless a rule does worse than before.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::sandbox::{Sandbox, repository};

/// When the cases play: 5 January 2027.
const DAY: i64 = 1_799_143_200;
/// How many printed pages the papers have, front sheets included, blanks left out.
const PAGES: usize = 171;
const COUNCILS: [&str; 4] = ["ellerport", "llanfadog", "merrowshire", "thornhaven"];
const ROUNDS: usize = 3;
/// A finding belongs to a fault when no more lines lie between them; paragraphs and lists are found at their first line.
const NEAR: usize = 3;

/// A fault that is planted in a clean paper.
struct Fault {
    path: String,
    wrong: String,
    clean: String,
    planted: String,
}

/// What a rule finds.
#[derive(Clone, PartialEq)]
struct Finding {
    code: String,
    path: String,
    line: usize,
    message: String,
}

impl Finding {
    fn line(&self, council: &str) -> String {
        format!("{council} {}: {}: {}", self.path, self.code, self.message)
    }
}

/// How often a rule finds a fault, and how often what is none.
#[derive(Default)]
struct Count {
    found: usize,
    false_alarms: usize,
}

fn faults(council: &str) -> Vec<Fault> {
    let text = fs::read_to_string(repository("tests/corpus").join(council).join("faults")).expect("faults");
    let (mut faults, mut path) = (Vec::<Fault>::new(), String::new());
    let mut is_planted = false;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(of) = line.strip_prefix("= ") {
            path = format!("content/{of}");
        } else if let Some(fault) = faults.last_mut().filter(|_| line.starts_with(['-', '+', ' '])) {
            is_planted = line.starts_with('+') || is_planted && line.starts_with(' ');
            let words = if is_planted { &mut fault.planted } else { &mut fault.clean };
            match line.strip_prefix(['-', '+']) {
                Some(first) => words.push_str(&first[1..]),
                None => words.extend(["\n", line]),
            }
        } else {
            let (path, wrong) = (path.clone(), line.to_owned());
            faults.push(Fault { path, wrong, clean: String::new(), planted: String::new() });
        }
    }
    faults
}

/// Gives everything that is found in a workspace, but for the reminder of how long papers stay open to inspection.
fn check(sandbox: &Sandbox) -> Vec<Finding> {
    let outcome = sandbox.at(DAY, &["check", "--fast", "--format", "json"]);
    outcome.assert_no_crash("the corpus");
    let report: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let words = |finding: &Value, field: &str| finding[field].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("findings").iter().map(|finding| Finding {
        code: words(finding, "code"),
        path: words(finding, "path"),
        line: usize::try_from(finding["line"].as_u64().unwrap_or_default()).expect("a line"),
        message: words(finding, "message"),
    });
    findings.filter(|finding| finding.code != "N0023").collect()
}

/// Leaves out what is found in the clean papers too, wherever it now stands.
fn new_ones(mut found: Vec<Finding>, clean: &[Finding]) -> Vec<Finding> {
    for old in clean {
        let same = |new: &Finding| (&new.code, &new.path, &new.message) == (&old.code, &old.path, &old.message);
        if let Some(at) = found.iter().position(same) {
            found.remove(at);
        }
    }
    found
}

/// Plants faults, and gives the lines on which they then stand.
fn plant(sandbox: &Sandbox, faults: &[&Fault]) -> Vec<(usize, usize)> {
    for fault in faults {
        let text = sandbox.read(&fault.path);
        assert_eq!(text.matches(&fault.clean).count(), 1, "{}: `{}`", fault.path, fault.clean);
        sandbox.write(&fault.path, text.replace(&fault.clean, &fault.planted));
    }
    let lines = |fault: &&Fault| {
        let text = sandbox.read(&fault.path);
        let at = text.find(&fault.planted).unwrap_or_else(|| panic!("`{}` was overwritten", fault.planted));
        let first = 1 + text[..at].matches('\n').count();
        (first, first + fault.planted.matches('\n').count())
    };
    faults.iter().map(lines).collect()
}

/// Gives the fault next to a finding.
fn nearest(finding: &Finding, faults: &[&Fault], lines: &[(usize, usize)]) -> Option<usize> {
    let away = |at: &usize| {
        let (first, last) = lines[*at];
        first.saturating_sub(finding.line).max(finding.line.saturating_sub(last))
    };
    let near = (0..faults.len()).filter(|at| faults[*at].path == finding.path && away(at) <= NEAR);
    near.min_by_key(away)
}

/// What was counted over all councils.
#[derive(Default)]
struct Outcome {
    counts: BTreeMap<String, Count>,
    planted: usize,
    found: Vec<String>,
    elsewhere: Vec<String>,
    false_alarms: Vec<String>,
}

impl Outcome {
    fn add(&mut self, council: &str) {
        let folder = format!("tests/corpus/{council}/content");
        let sandbox = Sandbox::empty();
        sandbox.add(&folder, "content");
        let clean = check(&sandbox);
        for finding in &clean {
            self.counts.entry(finding.code.clone()).or_default().false_alarms += 1;
            self.false_alarms.push(finding.line(council));
        }
        let all = faults(council);
        self.planted += all.len();
        for round in 0..ROUNDS {
            sandbox.add(&folder, "content");
            let faults: Vec<&Fault> = all.iter().skip(round).step_by(ROUNDS).collect();
            let lines = plant(&sandbox, &faults);
            self.sort(council, &faults, &lines, new_ones(check(&sandbox), &clean));
        }
    }

    fn sort(&mut self, council: &str, faults: &[&Fault], lines: &[(usize, usize)], found: Vec<Finding>) {
        let mut codes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for finding in found {
            self.counts.entry(finding.code.clone()).or_default().found += 1;
            match nearest(&finding, faults, lines) {
                Some(at) => codes.entry(at).or_default().push(finding.code),
                None => self.elsewhere.push(finding.line(council)),
            }
        }
        for (at, codes) in codes {
            let Fault { path, wrong, .. } = faults[at];
            self.found.push(format!("{council} {path}: {wrong}: {}", codes.join(", ")));
        }
    }

    fn table(mut self) -> String {
        let mut text = String::from("Rule   Found  False  Found in 100 pages\n");
        for (code, Count { found, false_alarms }) in &self.counts {
            let tenths = found * 1000 / PAGES;
            text += &format!("{code}  {found:5}  {false_alarms:5}  {:>3}.{}\n", tenths / 10, tenths % 10);
        }
        text += &format!("\n{} of {} faults are found.\n", self.found.len(), self.planted);
        for (title, lines) in [
            ("Found", &mut self.found),
            ("Found, at other lines or in other papers than the fault", &mut self.elsewhere),
            ("False alarms: found in clean papers", &mut self.false_alarms),
        ] {
            lines.sort();
            text += &format!("\n# {title}\n\n{}\n", lines.join("\n"));
        }
        text
    }
}

/// Reads the counts of a table.
fn counts(table: &str) -> BTreeMap<&str, (usize, usize)> {
    let rows = table.lines().skip(1).take_while(|line| !line.is_empty());
    rows.filter_map(|row| {
        let mut words = row.split_whitespace();
        Some((words.next()?, (words.next()?.parse().ok()?, words.next()?.parse().ok()?)))
    })
    .collect()
}

/// Gives the rules that find less or err more often than before; those that were taken away do not count.
fn worse(before: &str, now: &str) -> Vec<String> {
    let now = counts(now);
    let is_rule = |code: &str| boardpack::rules::all().find(code).is_some();
    let worse = counts(before).into_iter().filter(|(code, (found, false_alarms))| {
        let (found_now, false_now) = now.get(code).copied().unwrap_or_default();
        (found_now < *found || false_now > *false_alarms) && is_rule(code)
    });
    worse.map(|(code, _)| code.to_owned()).collect()
}

#[test]
fn each_rule_finds_what_it_found_and_takes_no_more_for_faults() {
    let mut outcome = Outcome::default();
    for council in COUNCILS {
        outcome.add(council);
    }
    let weighty = |line: &&String| !["H0003", "H0005"].iter().any(|code| line.contains(code));
    let alarms = outcome.false_alarms.iter().filter(weighty).count();
    assert!(alarms * 10 <= PAGES, "more than one alarm for ten clean pages: {alarms}");
    let now = outcome.table();
    eprintln!("{}", now.split("\n#").next().unwrap_or_default());
    let file = repository("tests/corpus/expected");
    let before = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(worse(&before, &now), Vec::<String>::new(), "these rules do worse\n{now}");
    if std::env::var_os("BOARDPACK_TRIALS").is_some_and(|value| value == "write") {
        fs::write(&file, &now).expect("the file can be written");
    } else {
        assert_eq!(before, now, "read what has changed, and write it anew");
    }
}
