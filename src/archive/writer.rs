//! Adding issues and removing meetings, under the lock.

use std::collections::BTreeMap;
use std::io;

use super::Archive;
use super::digest::sha512;
use super::failure::ArchiveFailure;
use super::files::Files;
use super::inventory::{Inventory, User};
use super::names;
use super::recover::Finished;
use super::roots::{NOTE, Note, PUBLIC, WHOLE, WRITING};
use super::store::{Access, Hold, Lock};
use super::tombstones::{self, Removal, Tombstone};
use super::withheld::TakingBack;

/// Name of the file that is locked while an archive is written.
pub(super) const LOCK: &str = ".lock";

/// Name of the file beside the roots in which is noted what stood in the archive at the last write.
pub(super) const LAST: &str = ".last-proofs.json";

/// An issue to be archived.
#[derive(Debug, Clone)]
pub struct NewIssue {
    /// When it is issued, by RFC 3339.
    pub created: String,
    /// What is said of it, for staff.
    pub message: String,
    /// What is said of it, for everyone.
    pub public_message: String,
    /// Who issues it, for staff.
    pub user: User,
    /// Who issues it, for everyone.
    pub public_user: User,
    /// All files by logical path; those below `public/` are for everyone.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many issues the meeting has so far, as the caller knows.
    pub expected_version: u32,
}

/// An archive that this process alone may write into.
pub struct Writer {
    archive: Archive,
    _lock: Lock,
    /// A call before was cut off, and what it began must be finished first.
    unsettled: bool,
    finished: Vec<Finished>,
}

/// A version to be written, with files by digest.
struct Draft<'a> {
    created: &'a str,
    message: &'a str,
    user: &'a User,
    files: BTreeMap<String, String>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Draft<'_> {
    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        let digest = sha512(&bytes);
        self.files.insert(path.into(), digest.clone());
        self.bytes.insert(digest, bytes);
    }

    /// Keeps the files of the object's last version.
    fn carry_on(&mut self, files: &Files, object: &str) -> Result<(), ArchiveFailure> {
        if files.has(WHOLE, object)? {
            let before = files.inventory(WHOLE, object)?;
            let state = before.version(before.head()).map(|version| version.files()).unwrap_or_default();
            self.files.extend(state.iter().map(|(path, digest)| ((*path).to_owned(), (*digest).to_owned())));
        }
        Ok(())
    }

    fn note(&mut self, message: &str, user: &User) {
        let note = Note { message: message.into(), user: user.clone() };
        let mut bytes = serde_json::to_vec_pretty(&note).expect("a note is plain data");
        bytes.push(b'\n');
        self.put(NOTE, bytes);
    }
}

/// How far an issue got before it failed.
enum Cut {
    Before(ArchiveFailure),
    After(ArchiveFailure),
}

impl Writer {
    pub(super) fn open(files: Files) -> Result<Self, ArchiveFailure> {
        match files.store.list("") {
            Err(error) if error.kind() == io::ErrorKind::NotFound => files.make_folder("", Access::Anyone)?,
            Err(error) => return Err(files.failure("list the folder", "", &error)),
            Ok(entries) => files.can_be_an_archive(&entries)?,
        }
        let lock = files.store.lock(LOCK, Hold::Alone).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => ArchiveFailure::Busy { place: files.store.place("") },
            _ => files.failure("lock the archive with", LOCK, &error),
        })?;
        for side in [WHOLE, PUBLIC] {
            if !files.root_declares(side)? {
                let why = "`0=ocfl_1.1` is missing".into();
                return Err(ArchiveFailure::NotAnArchive { place: files.store.place(side), why });
            }
        }
        if !files.has("", WHOLE)? && !files.objects(PUBLIC)?.is_empty() {
            return Err(files.damaged(WHOLE, "is lost, while `public` is there"));
        }
        let finished = files.recover()?;
        Ok(Self { archive: Archive { files }, _lock: lock, unsettled: false, finished })
    }

    /// Gives what a cut-off run had begun and this one has finished.
    pub fn finished(&self) -> &[Finished] {
        &self.finished
    }

    /// Gives the archive for reading.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Archives the next issue of a meeting, all or nothing, and gives its number.
    pub fn add(&mut self, meeting: &str, issue: NewIssue) -> Result<u32, ArchiveFailure> {
        let object = names::object(meeting)?;
        check_time(&issue.created)?;
        check_paths(&issue.files)?;
        self.settle()?;
        let files = &self.archive.files;
        files.keeps(tombstones::OBJECT)?;
        files.keeps(&object)?;
        if tombstones::removed(files)?.contains(&object) {
            return Err(ArchiveFailure::Removed { meeting: meeting.into() });
        }
        let folded = names::folded(&object);
        let objects = files.objects(WHOLE)?;
        if let Some(old) = objects.iter().find(|old| **old != object && names::folded(old) == folded) {
            return Err(ArchiveFailure::Clash { old: names::meeting(old), new: meeting.into() });
        }
        let found = if objects.contains(&object) { files.inventory(WHOLE, &object)?.head() } else { 0 };
        if found != issue.expected_version {
            let (meeting, expected) = (meeting.into(), issue.expected_version);
            return Err(ArchiveFailure::Taken { meeting, expected, found });
        }
        let mut draft = Draft {
            created: &issue.created,
            message: &issue.message,
            user: &issue.user,
            files: BTreeMap::new(),
            bytes: BTreeMap::new(),
        };
        for (path, bytes) in issue.files {
            draft.put(&path, bytes);
        }
        draft.note(&issue.public_message, &issue.public_user);
        let number = found + 1;
        self.append(&object, &draft).map_err(|cut| match cut {
            Cut::Before(cause) => {
                ArchiveFailure::NotWritten { meeting: meeting.into(), issue: number, cause: Box::new(cause) }
            }
            Cut::After(cause) => {
                ArchiveFailure::Unfinished { meeting: meeting.into(), issue: number, cause: Box::new(cause) }
            }
        })?;
        Ok(number)
    }

    /// Removes a meeting from both roots, and records that it was there; whether it may go is for
    /// the caller to decide.
    pub fn remove(&mut self, meeting: &str, removal: &Removal) -> Result<(), ArchiveFailure> {
        self.remove_sealed(meeting, removal, &|stone| stone)
    }

    /// Removes a meeting as [`Writer::remove`] does, with a tombstone for everyone that was sealed, such as signed.
    pub(crate) fn remove_sealed(
        &mut self,
        meeting: &str,
        removal: &Removal,
        seal: &dyn Fn(Vec<u8>) -> Vec<u8>,
    ) -> Result<(), ArchiveFailure> {
        let object = names::object(meeting)?;
        check_time(&removal.when)?;
        self.settle()?;
        let files = self.archive.files.clone();
        files.keeps(tombstones::OBJECT)?;
        files.keeps(&object)?;
        if !files.has(WHOLE, &object)? {
            return Err(ArchiveFailure::NoMeeting { meeting: meeting.into() });
        }
        let inventory = files.inventory(WHOLE, &object)?;
        files.follows(&inventory, &removal.when)?;
        let issues = inventory.head();
        let stone = |reason: &str, who: &User| Tombstone {
            meeting: meeting.into(),
            issues,
            removed: removal.when.clone(),
            given_time: removal.given_time.clone(),
            reason: reason.into(),
            who: who.clone(),
        };
        let mut draft = Draft {
            created: &removal.when,
            message: &format!("Remove {meeting}"),
            user: &removal.who,
            files: BTreeMap::new(),
            bytes: BTreeMap::new(),
        };
        draft.carry_on(&files, tombstones::OBJECT)?;
        draft.put(&format!("public/{object}.json"), seal(stone(&removal.public_reason, &removal.public_who).bytes()));
        draft.put(&format!("private/{object}.json"), stone(&removal.reason, &removal.who).bytes());
        draft.note(draft.message, &removal.public_who);
        let unfinished = |cause| ArchiveFailure::RemovalUnfinished { meeting: meeting.into(), cause: Box::new(cause) };
        self.append(tombstones::OBJECT, &draft).map_err(|cut| match cut {
            Cut::Before(cause) => ArchiveFailure::NotRemoved { meeting: meeting.into(), cause: Box::new(cause) },
            Cut::After(cause) => unfinished(cause),
        })?;
        self.unsettled = true;
        files.take_away(&object).map_err(unfinished)?;
        self.unsettled = false;
        Ok(())
    }

    /// Notes beside the roots what stands in the archive, in the place of what was noted before.
    pub fn note(&mut self, note: &[u8]) -> Result<(), ArchiveFailure> {
        let files = &self.archive.files;
        let new = format!("{WRITING}/{LAST}");
        self.unsettled = true;
        files.write(&new, note)?;
        files.rename(&new, LAST)?;
        self.unsettled = false;
        files.flush("")
    }

    /// Takes files of issues back from the public root, or with erasure from both, and gives the number of the record
    /// that stays. Once that is written, all of them go: by this call or by the next writer.
    pub fn take_back(&mut self, order: &TakingBack) -> Result<u32, ArchiveFailure> {
        check_time(&order.when)?;
        self.settle()?;
        let files = self.archive.files.clone();
        files.keeps(tombstones::OBJECT)?;
        let number = files.withheld()?.last().map_or(0, |record| record.number) + 1;
        let mut draft = Draft {
            created: &order.when,
            message: &format!("Take back, record {number}"),
            user: &order.who,
            files: BTreeMap::new(),
            bytes: BTreeMap::new(),
        };
        draft.carry_on(&files, tombstones::OBJECT)?;
        for (path, bytes) in order.files(number) {
            draft.put(&path, bytes);
        }
        draft.note(draft.message, &order.public_who);
        let unfinished = |cause| ArchiveFailure::TakingBackUnfinished { cause: Box::new(cause) };
        self.append(tombstones::OBJECT, &draft).map_err(|cut| match cut {
            Cut::Before(cause) => ArchiveFailure::NotTakenBack { cause: Box::new(cause) },
            Cut::After(cause) => unfinished(cause),
        })?;
        self.unsettled = true;
        files.holes().and_then(|holes| files.take_back(&holes)).map_err(unfinished)?;
        self.unsettled = false;
        Ok(number)
    }

    fn settle(&mut self) -> Result<(), ArchiveFailure> {
        if self.unsettled {
            self.archive.files.recover()?;
            self.unsettled = false;
        }
        Ok(())
    }

    fn append(&mut self, object: &str, draft: &Draft) -> Result<(), Cut> {
        let files = self.archive.files.clone();
        self.unsettled = true;
        let (new, exists) = prepare(&files, object, draft).map_err(|cause| {
            let _ = files.clean();
            Cut::Before(cause)
        })?;
        files.put_in_place(WHOLE, object, &new, exists).map_err(Cut::Before)?;
        files.settle(WHOLE).map_err(Cut::After)?;
        files.holes().and_then(|holes| files.roll_forward(object, &holes)).map_err(Cut::After)?;
        // What was replaced is cleaned away at the next call if it cannot be now.
        self.unsettled = files.clean().is_err();
        Ok(())
    }
}

/// Makes the whole object with one more version aside.
fn prepare(files: &Files, object: &str, draft: &Draft) -> Result<(String, bool), ArchiveFailure> {
    let exists = files.has(WHOLE, object)?;
    let mut inventory = if exists { files.inventory(WHOLE, object)? } else { Inventory::empty(object) };
    if exists && files.derived(&inventory, &files.holes()?)? != files.inventory(PUBLIC, object)? {
        return Err(files.damaged(&format!("{PUBLIC}/{object}"), "is not the public part of the whole meeting"));
    }
    files.follows(&inventory, draft.created)?;
    // An issue must not stand on bytes that are no longer what they were.
    for digest in draft.files.values() {
        if let Some(path) = inventory.content(digest) {
            files.check(&format!("{WHOLE}/{object}/{path}"), digest)?;
        }
    }
    let from = inventory.head();
    inventory.push(draft.created, draft.message, draft.user, &draft.files);
    let put = |digest: &str, to: &str| files.write(to, draft.bytes.get(digest).map(Vec::as_slice).unwrap_or_default());
    Ok((files.stage(WHOLE, &inventory, from, &put)?, exists))
}

fn check_time(time: &str) -> Result<(), ArchiveFailure> {
    let plain = time.as_bytes().get(10) == Some(&b'T') && !time.ends_with('z');
    if plain && chrono::DateTime::parse_from_rfc3339(time).is_ok() {
        Ok(())
    } else {
        Err(ArchiveFailure::BadTime { time: time.into() })
    }
}

fn check_paths(files: &BTreeMap<String, Vec<u8>>) -> Result<(), ArchiveFailure> {
    for path in files.keys() {
        let reserved = (names::folded(path) == NOTE).then(|| "the archive keeps that name for itself".to_owned());
        if let Some(why) = reserved.or_else(|| names::unsafe_path(path)) {
            return Err(ArchiveFailure::BadPath { path: path.clone(), why });
        }
    }
    match names::clash(files.keys().map(String::as_str)) {
        Some((old, new)) => Err(ArchiveFailure::Clash { old, new }),
        None => Ok(()),
    }
}
