//! What a certificate keeps to itself: it may be handed to an auditor or to the public, and what is withheld must not.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Place};
use crate::model::Workspace;
use crate::resolve::access::withheld_standing_items;
use crate::resolve::{self, Meeting, Published};

/// Where in the sources stands what the public may know of; the rest is kept secret.
pub(crate) struct Secret {
    /// Files that are public but for what is withheld in them.
    public: BTreeSet<u32>,
    /// Items of agendas by file, each with its first byte and whether it is withheld.
    items: BTreeMap<u32, Vec<(u32, bool)>>,
    /// What agendas say of papers that are withheld, and standing items that are.
    withheld: Vec<Place>,
}

impl Secret {
    /// Gathers it from a workspace.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        let mut secret = Self { public: BTreeSet::new(), items: BTreeMap::new(), withheld: Vec::new() };
        let meetings = resolve::meetings(workspace);
        let published = Published::of(workspace, &meetings);
        let papers = workspace.papers.values().filter(|paper| published.has(&paper.path));
        let papers: BTreeSet<&str> = papers.map(|paper| paper.path.as_str()).collect();
        let agendas: BTreeSet<&str> = workspace.meetings.values().map(|agenda| agenda.path.as_str()).collect();
        let shared = workspace.bodies.values().map(|body| body.place).chain([workspace.council.place]);
        let shared: BTreeSet<&str> = shared.map(|place| workspace.sources.path(place)).collect();
        for (index, source) in (0..).zip(workspace.sources.all()) {
            let path = source.path.as_str();
            // Layouts and fonts are the same for everybody. The registry of people may name some who are in withheld
            // papers alone.
            let content = path.starts_with("content/");
            if !content || papers.contains(path) || agendas.contains(path) || shared.contains(path) {
                secret.public.insert(index);
            }
        }
        for meeting in &meetings {
            secret.add(meeting);
        }
        secret.items.values_mut().for_each(|items| items.sort_unstable());
        secret.withheld.extend(withheld_standing_items(workspace));
        secret
    }

    fn add(&mut self, meeting: &Meeting) {
        // Where a body lists its standing items, nothing is said of them.
        for item in meeting.items().filter(|item| item.place.source == meeting.agenda.place.source) {
            self.items.entry(item.place.source).or_default().push((item.place.start, !item.access.is_public()));
        }
        let withheld = meeting.papers().filter(|used| !used.access.is_public());
        self.withheld.extend(withheld.map(|used| used.named.extent));
    }

    /// Tells whether a place lies in what is not known to be public.
    fn holds(&self, place: Place) -> bool {
        let in_item = self.items.get(&place.source).is_some_and(|items| {
            let before = items.partition_point(|(start, _)| *start <= place.start);
            before.checked_sub(1).is_some_and(|last| items[last].1)
        });
        !self.public.contains(&place.source) || in_item || self.withheld.iter().any(|extent| extent.holds(place))
    }

    /// Tells whether a finding tells of what is withheld, or may do so.
    pub(super) fn is_in(&self, finding: &Finding) -> bool {
        finding.labels.is_empty() || finding.labels.iter().any(|label| self.holds(label.place))
    }

    /// Tells whether what is accepted may tell of what is withheld: by where it is written, or by what it covers. (What
    /// an agenda accepts stands behind its last item, and is about the agenda.)
    pub(super) fn is_in_decision(&self, place: Place, covered: &[Finding]) -> bool {
        !self.public.contains(&place.source) || covered.iter().any(|finding| self.is_in(finding))
    }
}
