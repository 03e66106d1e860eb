//! Papers and files that an agenda names and that are not there: which one may be meant.
//!
//! A withheld paper is never suggested where the public reads: a mistyped path must not publish it.

use std::collections::BTreeSet;

use super::paths;
use crate::finding::{Finding, Log, Place};
use crate::model::{PaperKind, Workspace};
use crate::resolve::{self, Meeting, Published};

/// A paper or file that is not there.
pub(super) struct Missing {
    /// Path of the agenda, or other source, that names it.
    pub(super) from: String,
    /// Path of what is named.
    pub(super) path: String,
    /// Whether it is a file to be appended rather than a paper.
    pub(super) is_file: bool,
    /// Where it is named.
    pub(super) place: Place,
}

crate::finding::rule! {
    /// The path does not lead to a paper. Paths are written from the folder of the file that names them.
    NO_SUCH_PAPER = "M0010", Sources, Error, guarded, "no such paper";
}

/// Records what is missing; `files` are those that can be appended.
pub(super) fn report(workspace: &Workspace, missing: &[Missing], files: &[&str], log: &Log) {
    if missing.is_empty() {
        return;
    }
    let meetings = resolve::meetings(workspace);
    let published = Published::of(workspace, &meetings);
    let private = named_in_private(&meetings);
    let all_known = has_every_agenda(workspace) && !missing.iter().any(|one| private.contains(&one.place));
    let papers = workspace.papers.values().filter(|paper| !matches!(paper.kind, PaperKind::Appended(_)));
    let papers: Vec<&str> = papers.map(|paper| paper.path.as_str()).collect();
    for one in missing {
        // What no agenda names is not known to be withheld only while all that is withheld is known.
        let may_be_told = |path: &&str| {
            private.contains(&one.place) || published.has(path) || (all_known && !published.withholds(path))
        };
        let (what, known, otherwise) = if one.is_file {
            ("file", files, "paths are written from the folder of the agenda; the file must be in content/")
        } else {
            let otherwise = "paths are written from the folder of the agenda; the file must have a `kind:` of paper";
            ("paper", papers.as_slice(), otherwise)
        };
        let help = paths::nearest(&one.path, &one.from, known.iter().copied().filter(may_be_told))
            .unwrap_or_else(|| otherwise.to_owned());
        let message = format!("there is no {what} at `{}`", one.path);
        log.add(Finding::new(&NO_SUCH_PAPER, one.place, message).help(help));
    }
}

/// Gives where papers are named that are withheld whatever they are.
fn named_in_private(meetings: &[Meeting]) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for item in meetings.iter().flat_map(Meeting::items) {
        let private = item.all_papers().filter(|paper| !item.access.is_public() || paper.own_grounds.is_some());
        places.extend(private.map(|paper| paper.named.place));
    }
    places
}

/// Tells whether no file could be an agenda that was not read: one that may withhold anything.
fn has_every_agenda(workspace: &Workspace) -> bool {
    let meeting = |path: &str| paths::meeting_of(path).filter(|id| !workspace.meetings.contains_key(id));
    let is_paper = |path: &str| workspace.papers.contains_key(path);
    let mut sources = workspace.sources.all().iter().map(|source| source.path.as_str());
    !sources.any(|path| crate::fs::has_ending(path, &["yaml", "yml"]) && !is_paper(path) && meeting(path).is_some())
}
