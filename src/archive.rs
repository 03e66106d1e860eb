//! The archive of issued packs: two OCFL 1.1 storage roots, one of all that was issued, one of what is
//! public. <https://ocfl.io/1.1/spec/>
//!
//! An object holds the issues of a meeting, a version each. An object with a further version is built
//! aside, flushed, and put in the place of the old one in one step: an issue is wholly there or not at
//! all, and no earlier one is ever written to. The public root follows from the whole one; a run that
//! was cut off between the two is finished by the next that writes.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::Serialize;

mod digest;
mod failure;
mod inventory;
mod names;
mod object;
mod public;
mod roots;
pub mod store;
mod tombstones;
mod verify;

pub use failure::ArchiveFailure;
pub use inventory::User;
pub use tombstones::Tombstone;
pub use verify::{Fault, Report};

use inventory::Inventory;
use object::NewVersion;
use roots::{LOCK, PUBLIC, WHOLE, WRITING};
use store::{Access, Disk, Hold, Lock, Store};

/// An archive of issues.
pub struct Archive {
    store: Box<dyn Store>,
}

/// An issue that is to be added.
#[derive(Debug)]
pub struct NewIssue<'a> {
    /// Time in coordinated universal time, as `2026-09-16T10:00:00Z`.
    pub created: &'a str,
    /// What it is, in words for everybody.
    pub message: &'a str,
    /// Whoever issues it: not published.
    pub by: &'a str,
    /// How many issues there are, as far as the caller knows.
    pub after: u32,
    /// Bytes by path; what lies below `public/` is published.
    pub files: &'a BTreeMap<String, Vec<u8>>,
}

/// An issue that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueEntry {
    /// Number, from 1.
    pub number: u32,
    /// When it was made, in coordinated universal time.
    pub created: String,
    /// What it is.
    pub message: String,
}

/// A file of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Path in the issue.
    pub path: String,
    /// SHA-512 in hexadecimal.
    pub sha512: String,
    /// Number of bytes.
    pub bytes: u64,
}

impl Archive {
    /// Gives the archive in a folder of the disk, which need not be there yet.
    pub fn at(folder: &Path) -> Self {
        Self::in_store(Box::new(Disk::new(folder)))
    }

    /// Gives the archive in a store.
    pub fn in_store(store: Box<dyn Store>) -> Self {
        Self { store }
    }

    fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Gives the ids of all meetings that have issues, sorted.
    pub fn meetings(&self) -> Result<Vec<String>, ArchiveFailure> {
        Ok(self.objects()?.iter().map(|object| names::meeting(object)).collect())
    }

    fn objects(&self) -> Result<Vec<String>, ArchiveFailure> {
        let entries = roots::list(self.store(), WHOLE)?;
        let objects = entries.into_iter().filter(|(_, kind)| *kind == store::Kind::Folder).map(|(name, _)| name);
        Ok(objects.filter(|name| name != "extensions" && name != tombstones::OBJECT).collect())
    }

    fn inventory(&self, meeting: &str) -> Result<Option<Inventory>, ArchiveFailure> {
        object::read_inventory(self.store(), WHOLE, &names::object(meeting)?)
    }

    /// Gives the issues of a meeting in order; none when it has none.
    pub fn issues(&self, meeting: &str) -> Result<Vec<IssueEntry>, ArchiveFailure> {
        let Some(inventory) = self.inventory(meeting)? else { return Ok(Vec::new()) };
        let entry = |number| {
            let version = inventory.version(number)?;
            Some(IssueEntry { number, created: version.created.clone(), message: version.message.clone() })
        };
        Ok((1..=inventory.head()).filter_map(entry).collect())
    }

    fn issue(&self, meeting: &str, issue: u32) -> Result<Inventory, ArchiveFailure> {
        let inventory =
            self.inventory(meeting)?.ok_or_else(|| ArchiveFailure::NoMeeting { meeting: meeting.to_owned() })?;
        let issues_there = inventory.head();
        if inventory.version(issue).is_none() {
            return Err(ArchiveFailure::NoIssue { meeting: meeting.to_owned(), issue, issues_there });
        }
        Ok(inventory)
    }

    /// Gives the files of an issue, sorted by path.
    pub fn files(&self, meeting: &str, issue: u32) -> Result<Vec<FileEntry>, ArchiveFailure> {
        let inventory = self.issue(meeting, issue)?;
        let files = inventory.version(issue).map(inventory::Version::files).unwrap_or_default();
        let entry = |(path, digest): (&str, &str)| {
            let content = inventory.content(digest).unwrap_or_default();
            let place = format!("{WHOLE}/{}/{content}", inventory.id);
            let bytes = self
                .store()
                .size(&place)
                .map_err(|error| ArchiveFailure::disk("look at", self.store().place(&place), &error))?;
            Ok(FileEntry { path: path.to_owned(), sha512: digest.to_owned(), bytes })
        };
        files.into_iter().map(entry).collect()
    }

    /// Reads the files of an issue whose paths begin so, and holds each against its digest.
    pub fn read_below(
        &self,
        meeting: &str,
        issue: u32,
        prefix: &str,
    ) -> Result<BTreeMap<String, Vec<u8>>, ArchiveFailure> {
        let inventory = self.issue(meeting, issue)?;
        let files = inventory.version(issue).map(inventory::Version::files).unwrap_or_default();
        let wanted = files.into_iter().filter(|(path, _)| path.starts_with(prefix));
        wanted.map(|(path, digest)| Ok((path.to_owned(), self.content(&inventory, digest)?))).collect()
    }

    /// Reads a file of an issue, and holds it against its digest.
    pub fn read(&self, meeting: &str, issue: u32, path: &str) -> Result<Vec<u8>, ArchiveFailure> {
        let inventory = self.issue(meeting, issue)?;
        let files = inventory.version(issue).map(inventory::Version::files).unwrap_or_default();
        let Some(digest) = files.get(path) else {
            return Err(ArchiveFailure::NoFile { meeting: meeting.to_owned(), issue, path: path.to_owned() });
        };
        self.content(&inventory, digest)
    }

    fn content(&self, inventory: &Inventory, digest: &str) -> Result<Vec<u8>, ArchiveFailure> {
        let content = inventory.content(digest).unwrap_or_default();
        let place = format!("{WHOLE}/{}/{content}", inventory.id);
        let bytes = roots::read(self.store(), &place)?;
        if digest::sha512(&bytes) != digest {
            let wrong = "has other bytes than were issued".to_owned();
            return Err(ArchiveFailure::Damaged { place: self.store().place(&place), wrong });
        }
        Ok(bytes)
    }

    /// Gives the records of meetings that were removed.
    pub fn tombstones(&self) -> Result<Vec<Tombstone>, ArchiveFailure> {
        let Some(inventory) = object::read_inventory(self.store(), WHOLE, tombstones::OBJECT)? else {
            return Ok(Vec::new());
        };
        let files = inventory.version(inventory.head()).map(inventory::Version::files).unwrap_or_default();
        let read = |digest: &str| {
            let bytes = self.content(&inventory, digest)?;
            serde_json::from_slice(&bytes).map_err(|error| ArchiveFailure::Damaged {
                place: self.store().place(&format!("{WHOLE}/{}", tombstones::OBJECT)),
                wrong: format!("holds a record that cannot be read: {error}"),
            })
        };
        files.values().map(|digest| read(digest)).collect()
    }

    /// Adds an issue to a meeting and gives its number.
    pub fn add(&self, meeting: &str, issue: &NewIssue) -> Result<u32, ArchiveFailure> {
        let id = names::object(meeting)?;
        for path in issue.files.keys() {
            if let Some(why) = names::unsafe_path(path) {
                return Err(ArchiveFailure::BadPath { path: path.clone(), why });
            }
        }
        if let Some((old, new)) = names::clash(issue.files.keys().map(String::as_str)) {
            return Err(ArchiveFailure::Clash { old, new });
        }
        let number = issue.after + 1;
        let meeting = meeting.to_owned();
        let not_written = |cause: ArchiveFailure| match cause {
            cause @ ArchiveFailure::Busy { .. } => cause,
            cause => ArchiveFailure::NotWritten { meeting: meeting.clone(), issue: number, cause: Box::new(cause) },
        };
        let lock = self.begin().map_err(not_written)?;
        let store = self.store();
        let before = object::read_inventory(store, WHOLE, &id).map_err(not_written)?;
        let found = before.as_ref().map_or(0, Inventory::head);
        if before.is_none() {
            self.is_free(&meeting, &id)?;
        }
        if found != issue.after {
            return Err(ArchiveFailure::Taken { meeting, expected: issue.after, found });
        }
        let user = User { name: issue.by.to_owned(), address: None };
        let version = NewVersion { created: issue.created, message: issue.message, user: &user, files: issue.files };
        let whole = match object::add(store, WHOLE, &id, before, &version) {
            Ok(whole) => whole,
            Err(cause) => {
                // A step after the exchange may have failed: then the issue is there.
                let there = object::read_inventory(store, WHOLE, &id).ok().flatten();
                if there.is_none_or(|there| there.head() < number) {
                    let _ = self.sweep();
                    return Err(not_written(cause));
                }
                return Err(ArchiveFailure::Unfinished { meeting, issue: number, cause: Box::new(cause) });
            }
        };
        let finished = public::follow(store, &whole).and_then(|()| self.sweep());
        drop(lock);
        match finished {
            Ok(()) => Ok(number),
            Err(cause) => Err(ArchiveFailure::Unfinished { meeting, issue: number, cause: Box::new(cause) }),
        }
    }

    /// Finds that an id was not used before, not even with other letters than a disk may tell apart.
    fn is_free(&self, meeting: &str, id: &str) -> Result<(), ArchiveFailure> {
        let other = self.objects()?.into_iter().find(|other| names::folded(other) == names::folded(id));
        if let Some(other) = other {
            return Err(ArchiveFailure::Clash { old: names::meeting(&other), new: meeting.to_owned() });
        }
        if self.tombstones()?.iter().any(|tombstone| tombstone.meeting == meeting) {
            return Err(ArchiveFailure::Removed { meeting: meeting.to_owned() });
        }
        Ok(())
    }

    /// Removes a meeting with all of its issues; the record of that stays. Whether it may be removed
    /// is for the caller to know.
    pub fn remove(&self, meeting: &str, reason: &str, by: &str, at: &str) -> Result<(), ArchiveFailure> {
        let id = names::object(meeting)?;
        let failed = |cause| ArchiveFailure::NotRemoved { meeting: meeting.to_owned(), cause: Box::new(cause) };
        let lock = self.begin().map_err(failed)?;
        let store = self.store();
        let inventory = object::read_inventory(store, WHOLE, &id).map_err(failed)?;
        let inventory = inventory.ok_or_else(|| ArchiveFailure::NoMeeting { meeting: meeting.to_owned() })?;
        let tombstone = Tombstone {
            meeting: meeting.to_owned(),
            issues: inventory.head(),
            removed: at.to_owned(),
            reason: reason.to_owned(),
        };
        let buried = self.bury(&id, &tombstone, by).map_err(failed);
        let recorded = self.tombstones().map_err(failed)?.contains(&tombstone);
        let finished = buried.and_then(|()| self.dig_out(&id));
        drop(lock);
        match finished {
            Err(cause) if recorded => {
                Err(ArchiveFailure::RemovalUnfinished { meeting: meeting.to_owned(), cause: Box::new(cause) })
            }
            result => result,
        }
    }

    /// Adds a tombstone to those that are there.
    fn bury(&self, id: &str, tombstone: &Tombstone, by: &str) -> Result<(), ArchiveFailure> {
        let store = self.store();
        let before = object::read_inventory(store, WHOLE, tombstones::OBJECT)?;
        let mut files = BTreeMap::new();
        if let Some(inventory) = &before {
            for (path, digest) in inventory.version(inventory.head()).map(inventory::Version::files).unwrap_or_default()
            {
                files.insert(path.to_owned(), self.content(inventory, digest)?);
            }
        }
        files.insert(tombstones::path(id), tombstone.bytes());
        let user = User { name: by.to_owned(), address: None };
        let message = format!("{} removed", tombstone.meeting);
        let version = NewVersion { created: &tombstone.removed, message: &message, user: &user, files: &files };
        let whole = object::add(store, WHOLE, tombstones::OBJECT, before, &version)?;
        public::follow(store, &whole)
    }

    /// Takes a meeting that has a tombstone out of both roots.
    fn dig_out(&self, id: &str) -> Result<(), ArchiveFailure> {
        let store = self.store();
        for root in [PUBLIC, WHOLE] {
            if roots::is_there(store, root, id)? {
                let (place, aside) = (format!("{root}/{id}"), format!("{WRITING}/gone.{root}.{id}"));
                let moved = store.rename(&place, &aside);
                moved.map_err(|error| ArchiveFailure::disk("take out", store.place(&place), &error))?;
                roots::flush(store, root)?;
            }
        }
        self.sweep()
    }

    /// Begins to write: takes the lock, makes what is missing, and finishes what was cut off.
    fn begin(&self) -> Result<Lock, ArchiveFailure> {
        let store = self.store();
        let has_any = !roots::list(store, "")?.is_empty();
        let is_archive = roots::is_there(store, "", LOCK)? || roots::is_there(store, "", WHOLE)?;
        if has_any && !is_archive {
            let why = "there are other files in it".to_owned();
            return Err(ArchiveFailure::NotAnArchive { place: store.place(""), why });
        }
        if !has_any {
            roots::make(store, "", Access::Anyone)?;
        }
        let lock = store.lock(LOCK, Hold::Alone).map_err(|error| match error.kind() {
            ErrorKind::WouldBlock => ArchiveFailure::Busy { place: store.place("") },
            _ => ArchiveFailure::disk("lock", store.place(LOCK), &error),
        })?;
        if !roots::is_there(store, "", WRITING)? {
            roots::make(store, WRITING, Access::Staff)?;
        }
        self.restore()?;
        self.sweep()?;
        for (root, access) in [(WHOLE, Access::Staff), (PUBLIC, Access::Anyone)] {
            if !roots::is_there(store, "", root)? {
                self.make_root(root, access)?;
            }
        }
        self.catch_up()?;
        Ok(lock)
    }

    fn make_root(&self, root: &str, access: Access) -> Result<(), ArchiveFailure> {
        let store = self.store();
        let mut staging = roots::Staging::begin(store, &format!("root.{root}"), access)?;
        for (path, text) in roots::furniture() {
            staging.write(&path, text.as_bytes())?;
        }
        staging.flush()?;
        store
            .rename(&staging.folder, root)
            .map_err(|error| ArchiveFailure::disk("put in place", store.place(root), &error))?;
        roots::flush(store, "")
    }

    /// Puts back what a system that cannot exchange folders was about to replace.
    fn restore(&self) -> Result<(), ArchiveFailure> {
        let store = self.store();
        for (name, _) in roots::list(store, WRITING)? {
            let Some((root, id)) = name.strip_prefix("old.").and_then(|rest| rest.split_once('.')) else { continue };
            if !roots::is_there(store, root, id)? {
                let (aside, place) = (format!("{WRITING}/{name}"), format!("{root}/{id}"));
                let back = store.rename(&aside, &place);
                back.map_err(|error| ArchiveFailure::disk("put back", store.place(&place), &error))?;
            }
        }
        Ok(())
    }

    /// Finishes what a run that was cut off has begun: the public root, and removals.
    fn catch_up(&self) -> Result<(), ArchiveFailure> {
        let store = self.store();
        for tombstone in self.tombstones()? {
            let id = names::object(&tombstone.meeting)?;
            if roots::is_there(store, WHOLE, &id)? || roots::is_there(store, PUBLIC, &id)? {
                self.dig_out(&id)?;
            }
        }
        let there: Vec<String> = roots::list(store, PUBLIC)?.into_iter().map(|(name, _)| name).collect();
        for id in self.objects()?.iter().map(String::as_str).chain([tombstones::OBJECT]) {
            let Some(whole) = object::read_inventory(store, WHOLE, id)? else { continue };
            let is_behind = if there.iter().any(|name| name == id) {
                object::read_inventory(store, PUBLIC, id)?.is_some_and(|public| public.head() < whole.head())
            } else {
                public::has_any(&whole)
            };
            if is_behind {
                public::follow(store, &whole)?;
                self.sweep()?;
            }
        }
        Ok(())
    }

    /// Removes what lies aside.
    fn sweep(&self) -> Result<(), ArchiveFailure> {
        for (name, kind) in roots::list(self.store(), WRITING)? {
            let path = format!("{WRITING}/{name}");
            if kind == store::Kind::Folder {
                roots::clear(self.store(), &path)?;
            } else {
                let removed = self.store().remove_file(&path);
                removed.map_err(|error| ArchiveFailure::disk("remove", self.store().place(&path), &error))?;
            }
        }
        Ok(())
    }

    /// Finishes what a run that was cut off has begun.
    pub fn repair(&self) -> Result<(), ArchiveFailure> {
        if roots::list(self.store(), "")?.is_empty() {
            return Ok(());
        }
        self.begin().map(drop)
    }

    /// Checks everything, and gives all faults.
    pub fn verify(&self) -> Result<Report, ArchiveFailure> {
        verify::archive(self.store())
    }
}
