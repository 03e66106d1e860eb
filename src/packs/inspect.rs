//! Looks into a file as it would be appended, without any agenda.

use std::path::Path;

use super::{assembled, receive};
use crate::appended::{Content, Facts, Receiver, Subject};
use crate::assemble::Claims;
use crate::check;
use crate::finding::{Finding, Log, Place, Sources};
use crate::model::Appended;

/// What a file would do to a pack.
#[derive(Debug)]
pub(crate) struct Inspected {
    /// What was found in it.
    pub(crate) facts: Facts,
    /// What a pack with it may claim.
    pub(crate) claims: Claims,
    /// What it may claim where the agenda describes the file's pages.
    pub(crate) described: Claims,
}

impl Inspected {
    /// Gives what stands in the way of the claims that a pack would lose, each with its pages.
    pub(crate) fn obstacles(&self) -> Vec<String> {
        let lost = |subject: Subject| match subject {
            Subject::Accessibility => !self.described.accessible,
            Subject::Unicode => !self.described.accessible || !self.described.readable,
            Subject::Archiving => !self.described.archival,
            _ => false,
        };
        let mut obstacles: Vec<String> = Vec::new();
        for remark in self.facts.remarks.iter().filter(|remark| lost(remark.subject)) {
            let words = check::appended::words(remark);
            if !obstacles.contains(&words) {
                obstacles.push(words);
            }
        }
        obstacles
    }
}

/// Looks into a file at a path from the folder `root`; what is wrong with it goes to the log.
pub(crate) fn inspect(
    receiver: &Receiver,
    root: &Path,
    path: &str,
    sources: &mut Sources,
    log: &Log,
) -> Option<Inspected> {
    let place = Place { source: sources.add(path.to_owned(), String::new()), start: 0, end: 0 };
    let appended = Appended { file: path.to_owned(), ..Appended::default() };
    match receive::one(receiver, root, &appended) {
        Ok((received, _)) => {
            check::appended::remarks_of_file(&received.facts, place, log);
            check::appended::pages::words(&appended, receive::numbered(&received), place, false, log);
            let facts = received.facts;
            // Pictures are set by the typesetter, with the agenda's description.
            let own = !matches!(received.content, Content::Pdf(_));
            let claims = |described| if own { Claims::ALL } else { assembled::with(Claims::ALL, &facts, described) };
            let (claims, described) = (claims(false), claims(true));
            Some(Inspected { facts, claims, described })
        }
        Err(refused) => {
            log.add(Finding::new(refused.rule, place, refused.message).help(refused.help));
            None
        }
    }
}
