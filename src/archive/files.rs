//! The store's calls with failures that name action and path.

use std::io::{self, Read};
use std::sync::Arc;

use super::digest::{sha512, sha512_of};
use super::failure::ArchiveFailure;
use super::inventory::{self, Inventory, Misread};
use super::store::{Access, Entry, Kind, Store};
use crate::fs::Cause;

type Done<T> = Result<T, ArchiveFailure>;

/// A store whose failures are the archive's.
#[derive(Clone)]
pub(super) struct Files {
    pub(crate) store: Arc<dyn Store>,
}

impl Files {
    pub(crate) fn failure(&self, action: &'static str, path: &str, error: &io::Error) -> ArchiveFailure {
        ArchiveFailure::Disk {
            action,
            path: self.store.place(path),
            reason: self.why(path, error),
            why: Cause::of(error),
        }
    }

    /// Says why a path would not do, and whose it is where that is why.
    pub(crate) fn why(&self, path: &str, error: &io::Error) -> String {
        let owner = (Cause::of(error) == Cause::NotAllowed).then(|| self.store.owner(path)).flatten();
        let whose = owner.map_or_else(String::new, |owner| format!("; it belongs to `{owner}`"));
        format!("{}{whose}", crate::fs::reason(error))
    }

    pub(crate) fn damaged(&self, path: &str, wrong: impl Into<String>) -> ArchiveFailure {
        ArchiveFailure::Damaged { place: self.store.place(path), wrong: wrong.into() }
    }

    pub(crate) fn list(&self, folder: &str) -> Done<Vec<Entry>> {
        self.store.list(folder).map_err(|error| self.failure("list the folder", folder, &error))
    }

    /// Lists a folder; one that is not there has nothing in it.
    pub(crate) fn list_if_there(&self, folder: &str) -> Done<Vec<Entry>> {
        match self.store.list(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            listed => listed.map_err(|error| self.failure("list the folder", folder, &error)),
        }
    }

    /// Tells whether a folder has this name in it.
    pub(crate) fn has(&self, folder: &str, name: &str) -> Done<bool> {
        Ok(self.list_if_there(folder)?.iter().any(|entry| entry.name == name))
    }

    pub(crate) fn read(&self, path: &str) -> Done<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.store.open(path).and_then(|mut file| file.read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| self.failure("read", path, &error))
    }

    /// Reads a file that has this digest.
    pub(crate) fn read_checked(&self, path: &str, digest: &str) -> Done<Vec<u8>> {
        let bytes = self.read(path)?;
        if sha512(&bytes) == digest {
            Ok(bytes)
        } else {
            Err(self.damaged(path, "holds other bytes than were archived"))
        }
    }

    /// Reads the file of an object that has this digest.
    pub(crate) fn content(&self, side: &str, inventory: &Inventory, digest: &str) -> Done<Vec<u8>> {
        let content = inventory.content(digest).unwrap_or_default();
        self.read_checked(&format!("{side}/{}/{content}", inventory.id), digest)
    }

    /// Makes sure that a file has this digest, without holding it.
    pub(crate) fn check(&self, path: &str, digest: &str) -> Done<()> {
        let found = self.store.open(path).and_then(sha512_of).map_err(|error| self.failure("read", path, &error))?;
        if found.0 == digest { Ok(()) } else { Err(self.damaged(path, "holds other bytes than were archived")) }
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Done<()> {
        self.store.write_new(path, bytes).map_err(|error| self.failure("write", path, &error))
    }

    pub(crate) fn make_folder(&self, path: &str, access: Access) -> Done<()> {
        self.store.make_folder(path, access).map_err(|error| self.failure("make the folder", path, &error))
    }

    pub(crate) fn link(&self, from: &str, to: &str) -> Done<()> {
        self.store.link_or_copy(from, to).map_err(|error| self.failure("copy", from, &error))
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> Done<()> {
        self.store.rename(from, to).map_err(|error| self.failure("put in its place", to, &error))
    }

    pub(crate) fn flush(&self, folder: &str) -> Done<()> {
        self.store.flush_folder(folder).map_err(|error| self.failure("flush the folder", folder, &error))
    }

    /// Flushes a folder and all below it, the lowest first.
    pub(crate) fn flush_all(&self, folder: &str) -> Done<()> {
        for entry in self.list(folder)?.iter().filter(|entry| entry.kind == Kind::Folder) {
            self.flush_all(&format!("{folder}/{}", entry.name))?;
        }
        self.flush(folder)
    }

    /// Gives a folder a twin whose files are links to the same bytes.
    pub(crate) fn twin(&self, from: &str, to: &str) -> Done<()> {
        self.make_folder(to, Access::Anyone)?;
        for entry in self.list(from)? {
            let (from, to) = (format!("{from}/{}", entry.name), format!("{to}/{}", entry.name));
            match entry.kind {
                Kind::Folder => self.twin(&from, &to)?,
                Kind::File => self.link(&from, &to)?,
                Kind::Other => return Err(self.damaged(&from, "is no file of the archive")),
            }
        }
        Ok(())
    }

    /// Removes a file, or a folder with all that is in it.
    pub(crate) fn remove(&self, path: &str, kind: Kind) -> Done<()> {
        let removed = match kind {
            Kind::Folder => {
                for entry in self.list(path)? {
                    self.remove(&format!("{path}/{}", entry.name), entry.kind)?;
                }
                self.store.remove_folder(path)
            }
            Kind::File | Kind::Other => self.store.remove_file(path),
        };
        removed.map_err(|error| self.failure("remove", path, &error))
    }

    /// Makes the folders between a folder that is there and a file.
    pub(crate) fn make_way(&self, base: &str, path: &str) -> Done<()> {
        for (end, _) in path.match_indices('/') {
            let folder = format!("{base}/{}", &path[..end]);
            match self.store.make_folder(&folder, Access::Anyone) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(self.failure("make the folder", &folder, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads the inventory of an object, checked by its digest.
    pub(crate) fn inventory(&self, side: &str, object: &str) -> Done<Inventory> {
        self.object_declares(side, object)?;
        let path = format!("{side}/{object}/{}", inventory::NAME);
        let bytes = self.read(&path)?;
        let sidecar = self.read(&format!("{side}/{object}/{}", inventory::SIDECAR));
        if sidecar.as_ref().is_ok_and(|sidecar| sidecar != inventory::sidecar(&bytes).as_bytes()) {
            return Err(self.damaged(&path, "is not what its digest says"));
        }
        let read = Inventory::read(&bytes).map_err(|misread| match misread {
            Misread::Format(found) => {
                ArchiveFailure::OtherFormat { place: self.store.place(&path), found, known: inventory::TYPE }
            }
            Misread::Broken(why) => self.damaged(&path, why),
        })?;
        sidecar?;
        match read.faults(object).first() {
            Some(wrong) => Err(self.damaged(&path, wrong.as_str())),
            None => Ok(read),
        }
    }

    /// Makes sure that a new version is not older than the one before it.
    pub(crate) fn follows(&self, inventory: &Inventory, now: &str) -> Done<()> {
        let before = inventory.version(inventory.head()).map(|version| version.created.as_str());
        match before.filter(|before| inventory::is_before(now, before)) {
            Some(before) => {
                let place = self.store.place(&format!("{}/{}", super::roots::WHOLE, inventory.id));
                Err(ArchiveFailure::SetBack { place, now: now.into(), before: before.into() })
            }
            None => Ok(()),
        }
    }
}
