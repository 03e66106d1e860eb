//! Where findings are gathered, with what was decided about them.

use std::cmp::Ordering;
use std::sync::atomic::{self, AtomicUsize};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::rules::Catalogue;
use super::{Accepted, Finding, Rule, Severity, Stage, Stops, Waiting};

/// Where findings are gathered while files are read and checked, and the decisions that sources make about them: the
/// weights that the council gives to rules, and what its officers accept. Findings come out as decided.
#[derive(Debug)]
pub struct Log {
    rules: &'static Catalogue,
    findings: Mutex<Vec<Finding>>,
    decisions: Mutex<Decisions>,
    /// Index of the stage that the work has come to.
    stage: AtomicUsize,
    waiting: OnceLock<Waiting>,
}

/// What sources decide about findings.
#[derive(Debug, Default, Clone)]
struct Decisions {
    accepted: Vec<Accepted>,
    /// Rules with the weights that the council gives them; none where it has switched them off.
    weights: Vec<(&'static Rule, Option<Severity>)>,
}

/// A finding as it was decided about.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// What accepts it, if anything does.
    pub accepted: Option<Accepted>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    /// Makes a log without findings; sources name its rules by their codes.
    pub(crate) fn new(rules: &'static Catalogue) -> Self {
        Self {
            rules,
            findings: Mutex::default(),
            decisions: Mutex::default(),
            stage: AtomicUsize::default(),
            waiting: OnceLock::default(),
        }
    }

    /// Makes another log without findings or decisions.
    pub(crate) fn another(&self) -> Self {
        Self::new(self.rules)
    }

    /// Gives the rules that sources can name.
    pub(crate) fn rules(&self) -> &'static Catalogue {
        self.rules
    }

    /// Records a finding.
    pub(crate) fn add(&self, finding: Finding) {
        self.extend([finding]);
    }

    /// Records several findings.
    pub(crate) fn extend(&self, findings: impl IntoIterator<Item = Finding>) {
        let stage = Stage::ALL.get(self.stage.load(atomic::Ordering::Relaxed)).copied().unwrap_or(Stage::Judging);
        lock(&self.findings).extend(findings.into_iter().map(|finding| Finding { stage, ..finding }));
    }

    /// Says how far the work has come.
    pub(crate) fn at(&self, stage: Stage) {
        self.stage.store(stage as usize, atomic::Ordering::Relaxed);
    }

    /// Says, once, what waits.
    pub(crate) fn hold(&self, waiting: Waiting) {
        let _ = self.waiting.set(waiting);
    }

    /// Gives another log with the same findings and decisions, which goes its own way.
    pub(crate) fn fork(&self) -> Self {
        Self {
            rules: self.rules,
            findings: Mutex::new(lock(&self.findings).clone()),
            decisions: Mutex::new(lock(&self.decisions).clone()),
            stage: AtomicUsize::new(self.stage.load(atomic::Ordering::Relaxed)),
            waiting: self.waiting.clone(),
        }
    }

    /// Takes over all that another log holds.
    pub(crate) fn absorb(&self, other: Self) {
        self.decide_as(&other);
        let findings = other.findings.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.extend(findings);
    }

    /// Decides as another log does, without taking over its findings.
    pub(crate) fn decide_as(&self, other: &Self) {
        let Decisions { accepted, weights } = lock(&other.decisions).clone();
        let mut decisions = lock(&self.decisions);
        decisions.accepted.extend(accepted);
        decisions.weights.extend(weights);
    }

    /// Gives how many findings there are.
    pub(crate) fn count(&self) -> usize {
        lock(&self.findings).len()
    }

    /// Tells whether anything was not read or not understood.
    pub(crate) fn has_causes(&self) -> bool {
        lock(&self.findings).iter().any(Finding::is_cause)
    }

    /// Tells whether any finding stops a build.
    pub(crate) fn has_errors(&self) -> bool {
        let decisions = lock(&self.decisions);
        let weighs_error = |finding: &Finding| decisions.weight_of(finding) == Some(Severity::Error);
        lock(&self.findings).iter().any(|finding| finding.rule.stops == Stops::Build && weighs_error(finding))
    }

    /// Records that findings of a kind are accepted in a file.
    pub(crate) fn accept(&self, accepted: Accepted) {
        lock(&self.decisions).accepted.push(accepted);
    }

    /// Gives a rule another weight, or switches it off.
    pub(crate) fn weigh(&self, rule: &'static Rule, severity: Option<Severity>) {
        lock(&self.decisions).weights.push((rule, severity));
    }

    /// Gives all findings in order, equal ones once, each with what accepts it; those that wait not at all.
    pub(crate) fn judged(&self) -> Vec<Judged> {
        self.all_judged()
            .into_iter()
            .filter(|judged| judged.accepted.is_some() || !self.waits(&judged.finding))
            .collect()
    }

    fn all_judged(&self) -> Vec<Judged> {
        let decisions = lock(&self.decisions).clone();
        decisions.judge(self.weighed(&decisions))
    }

    /// Gives all findings by file and place, with the weights that the council wants.
    fn weighed(&self, decisions: &Decisions) -> Vec<Finding> {
        let weighed = |finding: &Finding| Some(finding.clone().weighing(decisions.weight_of(finding)?));
        ordered(lock(&self.findings).iter().filter_map(weighed).collect())
    }

    /// Gives what is accepted, each with the findings that it covers.
    pub(crate) fn accepted(&self) -> Vec<(Accepted, Vec<Finding>)> {
        let decisions = lock(&self.decisions).clone();
        let findings = self.weighed(&decisions);
        let covered = |one: &Accepted| {
            let faulty = one.fault(&findings).is_some();
            let accepts = |finding: &&Finding| one.covers(finding) && !(faulty && finding.is_at_the_gate());
            findings.iter().filter(accepts).cloned().collect()
        };
        decisions.accepted.iter().map(|one| (one.clone(), covered(one))).collect()
    }

    /// Gives all findings, causes first, then by file and place; equal ones once, accepted ones and those that wait
    /// not at all.
    pub fn sorted(&self) -> Vec<Finding> {
        self.open().filter(|finding| !self.waits(finding)).collect()
    }

    /// Gives the findings that wait until something that was not understood is mended.
    pub(crate) fn held(&self) -> Vec<Finding> {
        self.open().filter(|finding| self.waits(finding)).collect()
    }

    fn open(&self) -> impl Iterator<Item = Finding> {
        self.all_judged().into_iter().filter(|judged| judged.accepted.is_none()).map(|judged| judged.finding)
    }

    fn waits(&self, finding: &Finding) -> bool {
        (finding.waits && finding.stops().is_none()) || self.waiting.get().is_some_and(|waiting| waiting.holds(finding))
    }
}

impl Decisions {
    /// Gives the weight that the council wants a finding to have; none when its rule is switched off. One that is
    /// lighter than its rule for a reason of its own is not made heavier.
    fn weight_of(&self, finding: &Finding) -> Option<Severity> {
        let (own, usual) = (finding.severity, finding.rule.severity);
        match self.weights.iter().find(|(rule, _)| std::ptr::eq(*rule, finding.rule)) {
            None => Some(own),
            Some((_, wanted)) => wanted.map(|wanted| match own.cmp(&usual) {
                Ordering::Less => wanted.min(own),
                Ordering::Equal => wanted,
                Ordering::Greater => wanted.max(own),
            }),
        }
    }

    /// Finds what accepts each of some findings. At the gate, what is wrong with an acceptance is said of the findings
    /// that it was meant for.
    fn judge(&self, findings: Vec<Finding>) -> Vec<Judged> {
        let faults: Vec<Option<String>> = self.accepted.iter().map(|one| one.fault(&findings)).collect();
        let judge = |finding: Finding| {
            let covers = self.accepted.iter().zip(&faults).filter(|(one, _)| one.covers(&finding));
            let (faulty, good): (Vec<_>, Vec<_>) =
                covers.partition(|(_, fault)| fault.is_some() && finding.is_at_the_gate());
            let accepted = good.first().map(|(one, _)| (*one).clone());
            let finding = match faulty.first().filter(|_| accepted.is_none()) {
                Some((one, fault)) => finding.also(one.place, fault.as_deref().unwrap_or_default()),
                None => finding,
            };
            Judged { finding, accepted }
        };
        findings.into_iter().map(judge).collect()
    }
}

/// A log under which sources can name no rule.
#[cfg(test)]
impl Default for Log {
    fn default() -> Self {
        static NONE: std::sync::LazyLock<Catalogue> = std::sync::LazyLock::new(|| Catalogue::of(Vec::new(), &[]));
        Self::new(&NONE)
    }
}

/// Gives findings, causes first, then by file and place; equal ones once.
fn ordered(mut findings: Vec<Finding>) -> Vec<Finding> {
    let key = |finding: &Finding| (finding.rank(), finding.place(), finding.rule.code);
    findings.sort_by(|a, b| (key(a), &a.message).cmp(&(key(b), &b.message)));
    findings.dedup_by(|a, b| a.rule.code == b.rule.code && a.place() == b.place() && a.message == b.message);
    findings
}
