//! The archive of issued packs: two OCFL 1.1 storage roots, written all or nothing and never over.
//!
//! A meeting is an object, an issue a version of it. The object in `public/` is a pure function of
//! the one in `whole/`: the files below `public/` with what was said for the public, so that the
//! public root can be copied to a web server as it is. Objects are made in `.writing/` beside the
//! roots and put in place in one step; what a killed process began is finished by the next writer.

mod digest;
mod failure;
mod files;
mod inventory;
mod names;
mod recover;
mod roots;
mod store;
mod tombstones;
mod verify;
mod withheld;
mod writer;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use files::Files;
use inventory::{Inventory, Version};
use roots::{NOTE, PUBLIC, WHOLE};
use withheld::Holes;

pub use failure::ArchiveFailure;
pub use inventory::User;
pub(crate) use names::{clash, unsafe_meeting, unsafe_path};
pub use recover::Finished;
pub use store::{Access, Disk, Entry, Hold, Kind, Lock, Store};
pub use tombstones::{Removal, Tombstone};
pub use verify::{Fault, Gap, Tally, Verification};
pub use withheld::{Hole, TakingBack, Withheld, note};
pub use writer::{NewIssue, Writer};

/// One of the two roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// What everyone may see.
    Public,
    /// All files.
    Whole,
}

impl Side {
    fn folder(self) -> &'static str {
        match self {
            Self::Public => PUBLIC,
            Self::Whole => WHOLE,
        }
    }
}

/// A meeting in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Id of the meeting.
    pub id: String,
    /// Its issues, the first first.
    pub issues: Vec<Issue>,
}

/// An issue as a root tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Number, from 1.
    pub version: u32,
    /// When it was issued, by RFC 3339.
    pub created: String,
    /// What was said of it.
    pub message: String,
    /// Who issued it.
    pub user: User,
}

/// A file of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchivedFile {
    /// Logical path.
    pub path: String,
    /// SHA-512 in hexadecimal digits.
    pub sha512: String,
    /// Number of bytes.
    pub size: u64,
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    /// Id of the meeting.
    pub(crate) meeting: String,
    /// Number of the issue.
    pub(crate) issue: u32,
    /// How many issues the meeting has.
    pub(crate) issues: u32,
    /// Logical path in the issue.
    pub(crate) path: String,
}

/// An archive to be read.
#[derive(Clone)]
pub struct Archive {
    files: Files,
}

impl Archive {
    /// Opens the archive in a folder for reading; one that a killed process has only begun has nothing in it.
    pub fn open(folder: &Path) -> Result<Self, ArchiveFailure> {
        Self::open_in(Arc::new(Disk::new(folder)))
    }

    /// Opens the archive in a store for reading.
    pub fn open_in(store: Arc<dyn Store>) -> Result<Self, ArchiveFailure> {
        let files = Files { store };
        files.can_be_an_archive(&files.list("")?)?;
        // What cannot be read, or does not say what it is, is left to those who need it.
        for side in [WHOLE, PUBLIC] {
            if let Err(other @ ArchiveFailure::OtherFormat { .. }) = files.root_declares(side) {
                return Err(other);
            }
        }
        Ok(Self { files })
    }

    /// Opens the archive in a folder for writing, begins it if the folder is empty, and finishes
    /// what a killed process left.
    pub fn write(folder: &Path) -> Result<Writer, ArchiveFailure> {
        Self::write_in(Arc::new(Disk::new(folder)))
    }

    /// Opens the archive in a store for writing, as [`Archive::write`] does.
    pub fn write_in(store: Arc<dyn Store>) -> Result<Writer, ArchiveFailure> {
        Writer::open(Files { store })
    }

    /// Tells whether a root is there: whoever holds a copy may have only the public one.
    pub(crate) fn has_root(&self, side: Side) -> Result<bool, ArchiveFailure> {
        self.files.has("", side.folder())
    }

    /// Lists the meetings of a root with their issues, by id.
    pub fn meetings(&self, side: Side) -> Result<Vec<Meeting>, ArchiveFailure> {
        let objects = self.files.objects(side.folder())?;
        let meetings = objects.iter().filter(|object| *object != tombstones::OBJECT);
        meetings.map(|object| Ok(meeting_of(&self.files.inventory(side.folder(), object)?))).collect()
    }

    /// Gives the ids of the meetings of a root, also of those that cannot be read, each with the digest of its
    /// inventory as it stands beside that: another one with each issue, and with whatever is taken back.
    pub(crate) fn digests(&self, side: Side) -> Result<Vec<(String, String)>, ArchiveFailure> {
        let objects = self.files.objects(side.folder())?;
        let digest = |object: &String| {
            let sidecar = self.files.read(&format!("{}/{object}/{}", side.folder(), inventory::SIDECAR));
            (names::meeting(object), String::from_utf8_lossy(&sidecar.unwrap_or_default()).into_owned())
        };
        Ok(objects.iter().filter(|object| *object != tombstones::OBJECT).map(digest).collect())
    }

    /// Gives one meeting with its issues, or nothing.
    pub fn meeting(&self, side: Side, meeting: &str) -> Result<Option<Meeting>, ArchiveFailure> {
        let object = names::object(meeting)?;
        if !self.files.has(side.folder(), &object)? {
            return Ok(None);
        }
        Ok(Some(meeting_of(&self.files.inventory(side.folder(), &object)?)))
    }

    /// Lists the files of an issue by path.
    pub fn files(&self, side: Side, meeting: &str, issue: u32) -> Result<Vec<ArchivedFile>, ArchiveFailure> {
        let inventory = self.inventory(side, meeting)?;
        let listed = version_of(&inventory, meeting, issue)?.files();
        let own = listed.into_iter().filter(|(path, _)| side == Side::Public || *path != NOTE);
        own.map(|(path, digest)| {
            let content =
                format!("{}/{}/{}", side.folder(), inventory.id, inventory.content(digest).unwrap_or_default());
            let size =
                self.files.store.size(&content).map_err(|error| self.files.failure("look at", &content, &error))?;
            Ok(ArchivedFile { path: path.into(), sha512: digest.into(), size })
        })
        .collect()
    }

    /// Reads a file of an issue and checks it by its digest.
    pub fn read(&self, side: Side, meeting: &str, issue: u32, path: &str) -> Result<Vec<u8>, ArchiveFailure> {
        let inventory = self.inventory(side, meeting)?;
        let files = version_of(&inventory, meeting, issue)?.files();
        let digest = files.get(path).ok_or_else(|| ArchiveFailure::NoFile {
            meeting: meeting.into(),
            issue,
            path: path.into(),
        })?;
        self.files.content(side.folder(), &inventory, digest)
    }

    /// Lists what is kept of meetings that were removed.
    pub fn tombstones(&self, side: Side) -> Result<Vec<Tombstone>, ArchiveFailure> {
        if !self.files.has(side.folder(), tombstones::OBJECT)? {
            return Ok(Vec::new());
        }
        let inventory = self.files.inventory(side.folder(), tombstones::OBJECT)?;
        let files = inventory.version(inventory.head()).map(Version::files).unwrap_or_default();
        let below = if side == Side::Public { "" } else { "private/" };
        let wanted =
            files.iter().filter(|(path, _)| path.strip_prefix(below).and_then(tombstones::removed_in).is_some());
        wanted
            .map(|(_, digest)| {
                let bytes = self.files.content(side.folder(), &inventory, digest)?;
                let place = format!("{}/{}", side.folder(), inventory.id);
                serde_json::from_slice(&bytes).map_err(|error| self.files.damaged(&place, error.to_string()))
            })
            .collect()
    }

    /// Gives the public file of the tombstone that was set last, or nothing.
    pub(crate) fn last_tombstone(&self) -> Result<Option<Vec<u8>>, ArchiveFailure> {
        if !self.files.has(WHOLE, tombstones::OBJECT)? {
            return Ok(None);
        }
        let inventory = self.files.inventory(WHOLE, tombstones::OBJECT)?;
        let files = |number| inventory.version(number).map(Version::files).unwrap_or_default();
        let (last, before) = (files(inventory.head()), files(inventory.head() - 1));
        let is_new = |path: &str, digest: &str| path.starts_with("public/") && before.get(path) != Some(&digest);
        let stone = last.into_iter().find(|(path, digest)| is_new(path, digest));
        stone.map(|(_, digest)| self.files.content(WHOLE, &inventory, digest)).transpose()
    }

    /// Gives the public files of all tombstones, in the order in which they were set.
    pub(crate) fn tombstone_files(&self) -> Result<Vec<Vec<u8>>, ArchiveFailure> {
        if !self.files.has(PUBLIC, tombstones::OBJECT)? {
            return Ok(Vec::new());
        }
        let inventory = self.files.inventory(PUBLIC, tombstones::OBJECT)?;
        let set = (1..=inventory.head()).flat_map(|number| inventory.brought(number));
        set.map(|(_, digest)| self.files.content(PUBLIC, &inventory, digest)).collect()
    }

    /// Gives which files of which issues have these bytes, and how many issues their meetings have.
    pub(crate) fn find(&self, side: Side, bytes: &[u8]) -> Result<Vec<Whereabouts>, ArchiveFailure> {
        let digest = digest::sha512(bytes);
        let mut found = Vec::new();
        for object in self.files.objects(side.folder())?.iter().filter(|object| *object != tombstones::OBJECT) {
            let inventory = self.files.inventory(side.folder(), object)?;
            for (number, version) in &inventory.versions {
                let paths = version.state.get(&digest).into_iter().flatten();
                found.extend(paths.map(|path| Whereabouts {
                    meeting: names::meeting(object),
                    issue: number.0,
                    issues: inventory.head(),
                    path: path.clone(),
                }));
            }
        }
        Ok(found)
    }

    /// Gives where a file of an issue lies, as a path below the archive's folder.
    pub(crate) fn place(&self, side: Side, meeting: &str, issue: u32, path: &str) -> Result<String, ArchiveFailure> {
        let inventory = self.inventory(side, meeting)?;
        let digest = version_of(&inventory, meeting, issue)?.files().get(path).copied().unwrap_or_default().to_owned();
        Ok(format!("{}/{}/{}", side.folder(), inventory.id, inventory.content(&digest).unwrap_or_default()))
    }

    /// Gives the SHA-256 of the files of each issue of a meeting by path; none of one that cannot be read.
    pub(crate) fn sha256s(
        &self,
        side: Side,
        meeting: &str,
    ) -> Result<Vec<BTreeMap<String, Option<String>>>, ArchiveFailure> {
        let inventory = self.inventory(side, meeting)?;
        let contents: Vec<(&str, &str)> = inventory.contents().collect();
        let hash = |(path, digest): &(&str, &str)| {
            let file = self.files.store.open(&format!("{}/{}/{path}", side.folder(), inventory.id));
            ((*digest).to_owned(), file.and_then(digest::sha256_of).ok())
        };
        let hashes: BTreeMap<String, Option<String>> = contents.par_iter().map(hash).collect();
        let files = |version: &Version| {
            let own = version.files().into_iter().filter(|(path, _)| side == Side::Public || *path != NOTE);
            own.map(|(path, digest)| (path.to_owned(), hashes.get(digest).cloned().flatten())).collect()
        };
        Ok(inventory.versions.values().map(files).collect())
    }

    /// Gives what was noted beside the roots at the last write, or nothing.
    pub fn note(&self) -> Result<Option<Vec<u8>>, ArchiveFailure> {
        if self.files.has("", writer::LAST)? { Ok(Some(self.files.read(writer::LAST)?)) } else { Ok(None) }
    }

    /// Tells whether a run was cut off that the next writer finishes.
    pub fn is_unfinished(&self) -> Result<bool, ArchiveFailure> {
        self.files.is_unfinished()
    }

    /// Makes sure that the whole root has every issue of a meeting that the public one has.
    pub(crate) fn keeps(&self, meeting: &str) -> Result<(), ArchiveFailure> {
        self.files.keeps(&names::object(meeting)?)
    }

    /// Gives the meetings of which the whole root has lost issues that the public one has, as what stands in the way
    /// of writing.
    pub fn lost(&self) -> Result<Vec<ArchiveFailure>, ArchiveFailure> {
        self.files.lost()
    }

    /// Gives what the public root says of an issue, before anything was taken back.
    pub(crate) fn message_in_public(&self, meeting: &str, issue: u32) -> Result<String, ArchiveFailure> {
        let inventory = self.inventory(Side::Whole, meeting)?;
        let digest = version_of(&inventory, meeting, issue)?.files().get(NOTE).copied().unwrap_or_default().to_owned();
        let bytes = self.files.bytes_of(&inventory, &Holes::default(), &digest)?;
        let place = format!("{WHOLE}/{}", inventory.id);
        let note = serde_json::from_slice(&bytes).map_err(|error| self.files.damaged(&place, error.to_string()));
        note.map(|note: roots::Note| note.message)
    }

    /// Reads what the public may have of an issue, without what was taken back, by path in the public root.
    pub fn read_public(&self, meeting: &str, issue: u32) -> Result<BTreeMap<String, Vec<u8>>, ArchiveFailure> {
        let (whole, holes) = (self.inventory(Side::Whole, meeting)?, self.files.holes()?);
        let public = self.files.derived(&whole, &holes)?;
        let files = version_of(&public, meeting, issue)?.files();
        let read = |(path, digest): (&str, &str)| Ok((path.to_owned(), self.files.bytes_of(&whole, &holes, digest)?));
        files.into_iter().map(read).collect()
    }

    /// Gives the records of what was taken back, the first first.
    pub fn withheld(&self) -> Result<Vec<Withheld>, ArchiveFailure> {
        self.files.withheld()
    }

    /// Reads the record for everyone of something that was taken back.
    pub(crate) fn withheld_in_public(&self, number: u32) -> Result<Vec<u8>, ArchiveFailure> {
        let inventory = self.files.inventory(WHOLE, tombstones::OBJECT)?;
        let path = format!("{}{number}.json", withheld::RECORDS[0]);
        let files = inventory.version(inventory.head()).map(Version::files).unwrap_or_default();
        let digest = files.get(path.as_str()).copied().unwrap_or_default();
        self.files.bytes_of(&inventory, &Holes::default(), digest)
    }

    /// Looks at every byte of the archive and gives all that is wrong.
    pub fn verify(&self) -> Result<Verification, ArchiveFailure> {
        verify::verify(&self.files)
    }

    fn inventory(&self, side: Side, meeting: &str) -> Result<Inventory, ArchiveFailure> {
        let object = names::object(meeting)?;
        if !self.files.has(side.folder(), &object)? {
            return Err(ArchiveFailure::NoMeeting { meeting: meeting.into() });
        }
        self.files.inventory(side.folder(), &object)
    }
}

fn version_of<'a>(inventory: &'a Inventory, meeting: &str, issue: u32) -> Result<&'a Version, ArchiveFailure> {
    inventory.version(issue).ok_or_else(|| ArchiveFailure::NoIssue {
        meeting: meeting.into(),
        issue,
        issues_there: inventory.head(),
    })
}

fn meeting_of(inventory: &Inventory) -> Meeting {
    let issue = |(number, version): (&inventory::Number, &Version)| Issue {
        version: number.0,
        created: version.created.clone(),
        message: version.message.clone(),
        user: version.user.clone(),
    };
    Meeting { id: names::meeting(&inventory.id), issues: inventory.versions.iter().map(issue).collect() }
}
