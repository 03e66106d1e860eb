//! The gate before publication: what must be settled, what is new since the last issue, and what was accepted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::manifest::Override;
use crate::finding::{Finding, FindingEntry, Judged, Severity, Sources, Stops};

/// What an officer has to do about a finding before an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// It stands in the way: to be mended, or accepted where that can be.
    ToSettle,
    /// It would stand in the way, but is overridden with a reason.
    Overridden,
    /// It is told of, where there is no issue to compare with.
    Found,
    /// It is told of, and was not found at the last issue.
    New,
    /// It is told of, as it was at the last issue.
    Known,
    /// It is accepted in its file with a reason.
    Accepted,
}

/// Findings of one reading of the sources, with the texts in which they have their places.
pub(crate) struct Reading {
    /// The findings, with what accepts them.
    pub(crate) judged: Vec<Judged>,
    /// The texts.
    pub(crate) sources: Sources,
    /// How many findings wait until what was not understood is mended.
    pub(crate) waiting: usize,
}

/// What was found at the last issue.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// Its number.
    pub(crate) issue: u32,
    /// What was found then, accepted or not.
    pub(crate) findings: Vec<Recorded>,
    /// Paths of the files below the workspace that are others now.
    pub(crate) changed: BTreeSet<String>,
}

/// A finding as it was kept with an issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Recorded {
    code: String,
    path: Option<String>,
    message: String,
}

/// What is decided on the command line about the findings of an issue.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms<'a> {
    /// Rules that it is issued against, with reasons.
    pub(crate) overrides: &'a [Override],
    /// Whether warnings stand in the way as well.
    pub(crate) deny_warnings: bool,
}

/// What is accepted on the command line: for a release, whose sources are kept and cannot say so any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Acceptance {
    /// Code of the rule.
    pub(crate) rule: String,
    /// Words of the message that single the finding out; empty where it is the only one of the rule.
    pub(crate) words: String,
    /// Why.
    pub(crate) reason: String,
}

/// A finding at the gate.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The finding.
    pub(crate) finding: Finding,
    /// The texts in which it has its places.
    pub(crate) sources: Sources,
    /// What is to be done about it.
    pub(crate) state: State,
    /// Why it is accepted, if it is.
    pub(crate) reason: Option<String>,
    /// Whether the last issue did not have it so, or the appended file that it is about has changed since.
    pub(crate) is_new: bool,
}

/// A finding with its state, as machines read it.
#[derive(Debug, Serialize)]
pub struct Told {
    #[serde(flatten)]
    finding: FindingEntry,
    state: State,
    /// Why it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Whether what is accepted was not accepted so at the last issue.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    new: bool,
}

/// How many findings there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    /// Number of the issue that is compared with, if there is one.
    pub(crate) since: Option<u32>,
    /// Standing in the way.
    pub(crate) to_settle: usize,
    /// Overridden with a reason.
    pub(crate) overridden: usize,
    /// Told of, with nothing to compare with.
    pub(crate) found: usize,
    /// Told of for the first time.
    pub(crate) new: usize,
    /// Told of as at the last issue.
    pub(crate) known: usize,
    /// Accepted with a reason.
    pub(crate) accepted: usize,
    /// Of those accepted, the ones that were not accepted so at the last issue.
    pub(crate) newly_accepted: usize,
}

/// What stands between a draft and its publication.
#[derive(Debug)]
pub(crate) struct Gate {
    since: Option<u32>,
    entries: Vec<Entry>,
    waiting: usize,
}

impl Gate {
    /// Sorts findings by what is to be done about them, each once however many readings have it.
    pub(crate) fn of(readings: Vec<Reading>, terms: Terms, before: Option<&Before>) -> Self {
        let mut earlier = Earlier::of(before);
        let mut told = BTreeSet::new();
        let (mut entries, mut all_waiting) = (Vec::new(), 0);
        for Reading { judged, sources, waiting } in readings {
            all_waiting += waiting;
            for Judged { finding, accepted } in judged {
                let at = finding.place().map(|place| sources.position(place)).map(|at| (at.line, at.column));
                let recorded = Recorded::of(&finding, &sources);
                if !told.insert((recorded.clone(), at)) {
                    continue;
                }
                let is_new = before.is_some() && earlier.is_new(&finding, &recorded);
                let state = if accepted.is_some() { State::Accepted } else { terms.state(&finding, before, is_new) };
                let reason = accepted.map(|accepted| accepted.reason);
                entries.push(Entry { finding, sources: sources.clone(), state, reason, is_new });
            }
        }
        Self { since: before.map(|before| before.issue), entries, waiting: all_waiting }
    }

    /// Gives how many findings wait until what was not understood is mended.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Accepts one of the findings that must be settled; gives how many different ones are meant where it is not one,
    /// and accepts none of them.
    pub(crate) fn accept(&mut self, acceptance: &Acceptance) -> Result<(), usize> {
        let Acceptance { rule, words, reason } = acceptance;
        let meant = |entry: &Entry| {
            let at_the_gate = entry.finding.is_at_the_gate() && !entry.finding.rule.is_firm;
            let settles = entry.state == State::ToSettle && at_the_gate;
            settles && entry.finding.rule.code == rule && entry.finding.message.contains(words)
        };
        let messages: BTreeSet<&str> =
            self.entries.iter().filter(|entry| meant(entry)).map(|entry| entry.finding.message.as_str()).collect();
        if messages.len() != 1 {
            return Err(messages.len());
        }
        for entry in self.entries.iter_mut().filter(|entry| meant(entry)) {
            entry.state = State::Accepted;
            entry.reason = Some(reason.clone());
        }
        Ok(())
    }

    /// Gives all findings.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Gives the findings in some of the states.
    pub(crate) fn in_state(&self, states: &[State]) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| states.contains(&entry.state))
    }

    /// Tells whether nothing must be settled.
    pub(crate) fn is_open(&self) -> bool {
        self.in_state(&[State::ToSettle]).next().is_none()
    }

    /// Tells whether anything stands in the way of making the packs at all.
    pub(crate) fn stops_build(&self) -> bool {
        self.in_state(&[State::ToSettle]).any(|entry| entry.finding.stops() == Some(Stops::Build))
    }

    /// Counts the findings.
    pub(crate) fn counts(&self) -> Counts {
        let of = |state| self.in_state(&[state]).count();
        Counts {
            since: self.since,
            to_settle: of(State::ToSettle),
            overridden: of(State::Overridden),
            found: of(State::Found),
            new: of(State::New),
            known: of(State::Known),
            accepted: of(State::Accepted),
            newly_accepted: self.in_state(&[State::Accepted]).filter(|entry| entry.is_new).count(),
        }
    }

    /// Gives all findings as machines read them.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.entries.iter().map(Entry::told).collect()
    }
}

impl Entry {
    /// Gives it as machines read it.
    pub(crate) fn told(&self) -> Told {
        let mut finding = FindingEntry::of(&self.finding, &self.sources);
        if matches!(self.state, State::Accepted | State::Overridden) {
            finding.stops = None;
        }
        let new = self.state == State::Accepted && self.is_new;
        Told { finding, state: self.state, reason: self.reason.clone(), new }
    }
}

impl Terms<'_> {
    /// Gives the state of a finding that is not accepted.
    fn state(&self, finding: &Finding, before: Option<&Before>, is_new: bool) -> State {
        if self.overrides.iter().any(|one| finding.is_error() && one.rule == finding.rule.code) {
            State::Overridden
        } else if finding.stops().is_some() || (self.deny_warnings && finding.severity == Severity::Warning) {
            State::ToSettle
        } else if before.is_none() || finding.rule.is_brief {
            // An issue is made without hints on language.
            State::Found
        } else if is_new {
            State::New
        } else {
            State::Known
        }
    }
}

impl Recorded {
    fn of(finding: &Finding, sources: &Sources) -> Self {
        Self {
            code: finding.rule.code.to_owned(),
            path: finding.place().map(|place| sources.path(place).to_owned()),
            message: finding.message.clone(),
        }
    }
}

/// Findings of the last issue that nothing was compared with yet.
struct Earlier<'a> {
    left: BTreeMap<&'a Recorded, usize>,
    changed: Option<&'a BTreeSet<String>>,
}

impl<'a> Earlier<'a> {
    fn of(before: Option<&'a Before>) -> Self {
        let mut left: BTreeMap<&Recorded, usize> = BTreeMap::new();
        for recorded in before.iter().flat_map(|before| &before.findings) {
            *left.entry(recorded).or_default() += 1;
        }
        Self { left, changed: before.map(|before| &before.changed) }
    }

    /// Tells whether a finding is another than the last issue had. Of two that say the same in one file, one may be.
    fn is_new(&mut self, finding: &Finding, recorded: &Recorded) -> bool {
        let in_changed_file =
            finding.file.as_ref().zip(self.changed).is_some_and(|(file, changed)| changed.contains(file));
        match self.left.get_mut(recorded).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                in_changed_file
            }
            None => true,
        }
    }
}
