//! What a cut-off run has left behind: seen by readers, finished by the next writer.

use std::collections::BTreeSet;
use std::io;

use serde::Deserialize;

use super::failure::ArchiveFailure;
use super::files::Files;
use super::inventory;
use super::names;
use super::roots::{PUBLIC, WHOLE, WRITING, declarations};
use super::store::{Access, Entry, Hold};
use super::tombstones;
use super::withheld::Holes;
use super::writer::LOCK;
use crate::fs::Cause;

/// What was finished that a cut-off run had begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// The archive, in which nothing is yet.
    Begun,
    /// The public part of an issue.
    Issue {
        /// Id of the meeting.
        meeting: String,
        /// Number of its last issue.
        issue: u32,
    },
    /// The removal of a meeting.
    Removal {
        /// Id of the meeting.
        meeting: String,
    },
    /// What was taken back from the public.
    TakenBack,
    /// What was made aside, and never came to its place.
    Remains,
}

/// Tells whether a folder holds what a writer begins with, and no root yet.
fn is_begun(entries: &[Entry]) -> bool {
    !entries.is_empty() && entries.iter().all(|entry| entry.name == LOCK || entry.name == WRITING)
}

impl Files {
    /// Makes sure that a folder is an archive, or can become one.
    pub(crate) fn can_be_an_archive(&self, entries: &[Entry]) -> Result<(), ArchiveFailure> {
        let has = |name: &str| entries.iter().any(|entry| entry.name == name);
        if !has(WHOLE) && !has(PUBLIC) && !entries.is_empty() && !is_begun(entries) {
            let why = "it has neither `whole` nor `public`, but other files".into();
            return Err(ArchiveFailure::NotAnArchive { place: self.store.place(""), why });
        }
        Ok(())
    }

    /// Gives the objects of which the whole root has lost issues that the public one has.
    pub(crate) fn lost(&self) -> Result<Vec<ArchiveFailure>, ArchiveFailure> {
        let failures = self.objects(PUBLIC)?.into_iter().filter_map(|object| self.keeps(&object).err());
        Ok(failures.filter(|failure| matches!(failure, ArchiveFailure::Lost { .. })).collect())
    }

    /// Makes sure that the whole root has every issue of an object that the public one has.
    pub(crate) fn keeps(&self, object: &str) -> Result<(), ArchiveFailure> {
        let aside = format!("{WHOLE}+{object}+old");
        let (whole, public) = (self.head(WHOLE, object)?, self.head(PUBLIC, object)?);
        if whole >= public || (whole == 0 && self.has(WRITING, &aside)?) {
            return Ok(());
        }
        Err(ArchiveFailure::Lost { place: self.store.place(&format!("{WHOLE}/{object}")), whole, public })
    }

    /// Gives how many versions an object says that it has: none where it is not there. What cannot be read is left
    /// to those who need it.
    fn head(&self, side: &str, object: &str) -> Result<u32, ArchiveFailure> {
        #[derive(Deserialize)]
        struct Head {
            head: inventory::Number,
        }
        let bytes = match self.read(&format!("{side}/{object}/{}", inventory::NAME)) {
            Err(ArchiveFailure::Disk { why: Cause::Missing, .. }) if !self.has(side, object)? => return Ok(0),
            read => read?,
        };
        let head: Option<Head> = serde_json::from_slice(&bytes).ok();
        Ok(head.map_or(0, |head| head.head.0))
    }

    /// Tells whether a run was cut off that the next writer finishes. While somebody writes, nothing is unfinished.
    pub(crate) fn is_unfinished(&self) -> Result<bool, ArchiveFailure> {
        if !self.looks_unfinished()? {
            return Ok(false);
        }
        match self.store.lock(LOCK, Hold::Shared) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            // Without a lock, as on a read-only disk, nobody else writes there either.
            _lock => self.looks_unfinished(),
        }
    }

    fn looks_unfinished(&self) -> Result<bool, ArchiveFailure> {
        let entries = self.list("")?;
        let has = |name: &str| entries.iter().any(|entry| entry.name == name);
        // Withheld papers may lie there, so that not everybody may look.
        let aside = self.store.list(WRITING).unwrap_or_default();
        let lacks_a_root = has(WHOLE) != has(PUBLIC) && (has(WHOLE) || self.objects(PUBLIC)?.is_empty());
        if is_begun(&entries) || !aside.is_empty() || lacks_a_root {
            return Ok(true);
        }
        let gone = tombstones::removed(self)?;
        if self.holds_what_was_taken_back(&self.holes()?)? {
            return Ok(true);
        }
        let public: BTreeSet<String> = self.objects(PUBLIC)?.into_iter().collect();
        for object in self.objects(WHOLE)? {
            if gone.contains(&object) || !public.contains(&object) {
                return Ok(true);
            }
            if self.head(PUBLIC, &object)? < self.head(WHOLE, &object)? {
                return Ok(true);
            }
        }
        Ok(public.iter().any(|object| gone.contains(object)))
    }

    /// Finishes what a killed process began; to be called under the lock alone.
    pub(crate) fn recover(&self) -> Result<Vec<Finished>, ArchiveFailure> {
        let mut finished = Vec::new();
        if !self.has("", WRITING)? {
            self.make_folder(WRITING, Access::Staff)?;
            self.flush("")?;
        }
        let aside = self.list(WRITING)?;
        for entry in &aside {
            let parts = entry.name.strip_suffix("+old").and_then(|name| name.split_once('+'));
            if let Some((side, object)) = parts
                && !self.has(side, object)?
            {
                self.rename(&format!("{WRITING}/{}", entry.name), &format!("{side}/{object}"))?;
                self.settle(side)?;
            }
        }
        self.clean()?;
        let mut begun = false;
        for (side, access) in [(WHOLE, Access::Staff), (PUBLIC, Access::Anyone)] {
            begun |= self.make_root(side, access)?;
        }
        if self.has(WHOLE, tombstones::OBJECT)? {
            self.roll_forward(tombstones::OBJECT, &Holes::default())?;
            self.clean()?;
        }
        let holes = self.holes()?;
        if self.take_back(&holes)? {
            finished.push(Finished::TakenBack);
        }
        for object in tombstones::removed(self)? {
            if self.take_away(&object)? {
                finished.push(Finished::Removal { meeting: names::meeting(&object) });
            }
        }
        for object in self.objects(WHOLE)? {
            if let Some(issue) = self.roll_forward(&object, &holes)? {
                finished.push(Finished::Issue { meeting: names::meeting(&object), issue });
            }
        }
        self.clean()?;
        if finished.is_empty() && begun {
            finished.push(Finished::Begun);
        } else if finished.is_empty() && !aside.is_empty() {
            finished.push(Finished::Remains);
        }
        Ok(finished)
    }

    /// Makes a root that is not there, and tells whether that was so.
    fn make_root(&self, side: &str, access: Access) -> Result<bool, ArchiveFailure> {
        if self.has("", side)? {
            return Ok(false);
        }
        let new = format!("{WRITING}/{side}");
        self.make_folder(&new, access)?;
        for (path, text) in declarations() {
            self.make_way(&new, &path)?;
            self.write(&format!("{new}/{path}"), text.as_bytes())?;
        }
        self.flush_all(&new)?;
        self.rename(&new, side)?;
        self.settle("")?;
        Ok(true)
    }
}
