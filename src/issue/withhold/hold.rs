//! Keeps what was taken back from being published again by the sources as they lie.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha512};

use super::Kept;
use crate::finding::{Finding, Log};
use crate::fs;
use crate::issue::IssueFailure;
use crate::issue::manifest::Manifest;
use crate::issue::shelf::Shelf;
use crate::model::agenda::Agenda;
use crate::packs::Project;
use crate::resolve;

crate::finding::rule! {
    /// The paper was published and then taken back with `boardpack archive withhold`. It stays withheld in every
    /// later issue, whatever the sources say. So that they say the same, write the grounds into the paper or behind
    /// its name in the agenda: the paragraph of Schedule 12A, or why it is confidential. Until then the public reads
    /// in its place only why it was taken back. A mended version is issued first, and then published with
    /// `boardpack archive release`.
    TAKEN_BACK = "M0033", Sources, Warning, "a paper that was taken back and is public in the sources";
}

crate::finding::rule! {
    /// A public paper is, byte for byte, one that was taken back from the archive, under another name or at another
    /// meeting; or it was erased from the archive and still lies in content/. Withhold it here too, or take it out
    /// of the agenda. If it may be published again, run `boardpack archive release` where it was taken back.
    TAKEN_BACK_AGAIN = "M0034", Sources, Error, "the bytes of a paper that was taken back";
}

/// Finds papers of a meeting that would be public by their sources, and were taken back: those of this meeting stay
/// withheld, and the same bytes elsewhere stand in the way.
pub(crate) fn look(shelf: &Shelf, project: &Project, agenda: &Agenda, log: &Log) -> Result<(), IssueFailure> {
    let mut records = shelf.taken_back()?;
    if records.is_empty() {
        return Ok(());
    }
    let last = shelf.last(&agenda.id)?.unwrap_or_default();
    let mut free = Vec::new();
    for kept in &records {
        free.push(is_released(shelf, kept)?);
    }
    let mut free = free.into_iter();
    records.retain(|_| !free.next().unwrap_or_default());
    let meeting = resolve::meeting(&project.workspace, agenda, &BTreeMap::new(), &BTreeSet::new());
    for used in meeting.papers().filter(|used| used.access.is_public()) {
        let (key, source) = (&used.named.path, used.paper.map_or(used.named.path.as_str(), |paper| paper.source()));
        let name = source.rsplit('/').next().unwrap_or(source);
        let bytes = fs::read_bytes(project.root(), source).unwrap_or_default();
        let digest = fs::hexadecimal(&Sha512::digest(&bytes));
        let is_it = |kept: &&Kept| {
            kept.particulars.papers.iter().any(|taken| taken.meeting == agenda.id && taken.paper == *key)
        };
        let erased = records.iter().filter(is_it).find(|kept| kept.record.erased);
        let stays = last.manifest.kept.withheld.contains_key(key) || last.taken_back.contains_key(key);
        let same = records.iter().find(|kept| !stays && kept.particulars.has_source(&digest));
        if let Some(kept) = erased.or(same) {
            let day = kept.day().format("%-d %B %Y");
            let (what, help) = if kept.record.erased {
                ("was erased from the archive", "take it out of the agenda and out of content/")
            } else {
                ("has the bytes of a paper that was taken back", "withhold it here too, with its grounds")
            };
            let message = format!("`{name}` {what} on {day}: {}", kept.particulars.reason);
            log.add(Finding::new(&TAKEN_BACK_AGAIN, used.named.place, message).help(help));
        } else if stays {
            let kept = records.iter().rfind(is_it);
            let why = kept.map_or_else(String::new, |kept| {
                format!(" on {}: {}", kept.day().format("%-d %B %Y"), kept.particulars.reason)
            });
            let message = format!("`{name}` stays withheld: it was taken back from the archive{why}");
            log.add(Finding::new(&TAKEN_BACK, used.named.place, message).help(
                "write its grounds into it, as `withheld: {paragraphs: [..]}`; or, where a mended version may be \
                 published, issue that and then run `boardpack archive release`",
            ));
        }
    }
    Ok(())
}

/// Tells whether a paper of a record has been released since, so that its bytes may be public.
fn is_released(shelf: &Shelf, kept: &Kept) -> Result<bool, IssueFailure> {
    for taken in &kept.particulars.papers {
        let last = shelf.manifest(&taken.meeting)?;
        let since = |last: &Manifest| last.issued >= kept.record.when && last.released().contains(&taken.paper);
        if !kept.record.erased && last.is_some_and(|last| since(&last)) {
            return Ok(true);
        }
    }
    Ok(false)
}
