//! What a certificate keeps to itself: it may be handed to an auditor or to the public, and what is withheld must not.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Place};
use crate::model::{Agenda, Paper, PaperKind, Workspace};

/// Where what is withheld stands in the sources.
pub struct Secret {
    /// Files that are withheld as a whole.
    files: BTreeSet<u32>,
    /// Items of agendas by file, each with its first byte and whether it is withheld.
    items: BTreeMap<u32, Vec<(u32, bool)>>,
    /// What agendas say of papers that are withheld.
    uses: Vec<Place>,
}

impl Secret {
    /// Gathers it from a workspace.
    pub fn of(workspace: &Workspace) -> Self {
        let mut secret = Self { files: BTreeSet::new(), items: BTreeMap::new(), uses: Vec::new() };
        let holds_private =
            |paper: &Paper| matches!(&paper.kind, PaperKind::Minutes(minutes) if !minutes.private.is_empty());
        for paper in workspace.papers.values() {
            // In minutes of both, nothing tells for sure where the private business ends.
            if is_file(paper) && (paper.withheld.is_some() || holds_private(paper)) {
                secret.files.insert(paper.place.source);
            }
        }
        for agenda in workspace.meetings.values() {
            secret.add(workspace, agenda);
        }
        secret.items.values_mut().for_each(|items| items.sort_unstable());
        secret
    }

    fn add(&mut self, workspace: &Workspace, agenda: &Agenda) {
        for (item, private) in agenda.items() {
            let whole = private || item.withheld.is_some();
            self.items.entry(item.place.source).or_default().push((item.place.start, whole));
        }
        for (paper, withheld) in agenda.papers() {
            let file = workspace.papers.get(&paper.path);
            if withheld || file.is_some_and(|file| file.withheld.is_some()) {
                self.uses.push(paper.extent);
                self.files.extend(file.filter(|file| is_file(file)).map(|file| file.place.source));
            }
        }
    }

    /// Tells whether a place lies in what is withheld.
    fn holds(&self, place: Place) -> bool {
        let in_item = self.items.get(&place.source).is_some_and(|items| {
            let before = items.partition_point(|(start, _)| *start <= place.start);
            before.checked_sub(1).is_some_and(|last| items[last].1)
        });
        self.files.contains(&place.source) || in_item || self.uses.iter().any(|extent| extent.holds(place))
    }

    /// Tells whether a finding tells of what is withheld.
    pub(super) fn is_in(&self, finding: &Finding) -> bool {
        finding.labels.iter().any(|label| self.holds(label.place))
    }

    /// Tells whether what is accepted may tell of what is withheld: by where it is written, or by what it covers. (What
    /// an agenda accepts stands behind its last item, and is about the agenda.)
    pub(super) fn is_in_decision(&self, place: Place, covered: &[Finding]) -> bool {
        self.files.contains(&place.source) || covered.iter().any(|finding| self.is_in(finding))
    }
}

/// Tells whether a paper is a file of its own rather than somebody else's that an agenda names.
fn is_file(paper: &Paper) -> bool {
    !matches!(paper.kind, PaperKind::Appended(_))
}
