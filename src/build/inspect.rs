//! Looks into a file as it would be appended, without any agenda.

use std::path::Path;

use super::receive;
use crate::appended::{Facts, Receiver};
use crate::check;
use crate::finding::{Finding, Log, Place, Sources};
use crate::model::Appended;

/// Looks into a file at a path from the folder `root`; what is wrong with it goes to the log.
pub fn inspect(receiver: &Receiver, root: &Path, path: &str, sources: &mut Sources, log: &Log) -> Option<Facts> {
    let place = Place { source: sources.add(path.to_owned(), String::new()), start: 0, end: 0 };
    let appended = Appended { file: path.to_owned(), ..Appended::default() };
    match receive::one(receiver, root, &appended) {
        Ok((received, _)) => {
            check::appended::remarks(&appended, &received.facts, place, false, log);
            Some(received.facts)
        }
        Err(refused) => {
            log.add(Finding::new(refused.rule, place, refused.message).help(refused.help));
            None
        }
    }
}
