//! The two OCFL storage roots: objects put in place in one step, and finished after a kill.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::failure::ArchiveFailure;
use super::files::Files;
use super::inventory::{self, Inventory, User};
use super::store::{Access, Kind};
use super::withheld::Holes;

/// The root with all files.
pub(super) const WHOLE: &str = "whole";
/// The root that may be copied to a web server.
pub(super) const PUBLIC: &str = "public";
/// Where objects are made before they are put in place.
pub(super) const WRITING: &str = ".writing";
/// Logical path in the whole object of what the public version says of itself.
pub(super) const NOTE: &str = "public.json";

const LAYOUT: &str = "0002-flat-direct-storage-layout";

/// What the public version says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Note {
    pub(crate) message: String,
    pub(crate) user: User,
}

/// Gives the files that make an OCFL storage root.
///
/// The layout has no parameters and so no configuration, over which ocfl-py 2 falls.
pub(super) fn declarations() -> Vec<(String, String)> {
    let layout = format!(
        "{{\n  \"description\": \"One folder for each object, named by the object's id\",\n  \"extension\": \"{LAYOUT}\"\n}}\n"
    );
    vec![(ROOT.into(), "ocfl_1.1\n".into()), ("ocfl_layout.json".into(), layout)]
}

/// What a storage root and an object in it say that they are.
const ROOT: &str = "0=ocfl_1.1";
pub(super) const OBJECT: &str = "0=ocfl_object_1.1";

impl Files {
    /// Gives whether a folder says that it is a root or an object of the version that this program writes; one that
    /// says that it is of another version is a failure.
    fn declares(&self, folder: &str, known: &'static str) -> Result<bool, ArchiveFailure> {
        let names: Vec<String> = self.list(folder)?.into_iter().map(|entry| entry.name).collect();
        match names.iter().find(|name| name.starts_with("0=")) {
            _ if names.iter().any(|name| name == known) => Ok(true),
            None => Ok(false),
            Some(found) => {
                Err(ArchiveFailure::OtherFormat { place: self.store.place(folder), found: found.clone(), known })
            }
        }
    }

    /// Gives whether a root that is there says what it is, as [`Files::declares`] does.
    pub(crate) fn root_declares(&self, side: &str) -> Result<bool, ArchiveFailure> {
        Ok(!self.has("", side)? || self.declares(side, ROOT)?)
    }

    /// Gives whether an object says what it is, as [`Files::declares`] does.
    pub(crate) fn object_declares(&self, side: &str, object: &str) -> Result<bool, ArchiveFailure> {
        self.declares(&format!("{side}/{object}"), OBJECT)
    }

    /// Gives the objects of a root, of which one that is not there has none.
    pub(crate) fn objects(&self, side: &str) -> Result<Vec<String>, ArchiveFailure> {
        let folders = self.list_if_there(side)?.into_iter().filter(|entry| entry.kind == Kind::Folder);
        Ok(folders.map(|entry| entry.name).filter(|name| name != "extensions").collect())
    }

    /// Gives the inventory that the public object must have: without what was taken back, in all of its versions.
    pub(crate) fn derived(&self, whole: &Inventory, holes: &Holes) -> Result<Inventory, ArchiveFailure> {
        let mut public = Inventory::empty(&whole.id);
        for (number, version) in &whole.versions {
            let files = holes.files(&whole.id, (number.0, version), false);
            let place = format!("{WHOLE}/{}", whole.id);
            let lacks = || self.damaged(&place, format!("has a version without `{NOTE}`"));
            let note = self.bytes_of(whole, holes, files.get(NOTE).ok_or_else(lacks)?)?;
            let note: Note =
                serde_json::from_slice(&note).map_err(|error| self.damaged(&place, format!("`{NOTE}`: {error}")))?;
            let published: BTreeMap<String, String> = files
                .iter()
                .filter_map(|(path, digest)| Some((path.strip_prefix("public/")?.to_owned(), (*digest).to_owned())))
                .collect();
            public.push(&version.created, &note.message, &note.user, &published);
        }
        Ok(public)
    }

    /// Makes an object with versions after `from` aside, and gives where; `put` writes the file of a digest at a path.
    pub(crate) fn stage(
        &self,
        side: &str,
        inventory: &Inventory,
        from: u32,
        put: &dyn Fn(&str, &str) -> Result<(), ArchiveFailure>,
    ) -> Result<String, ArchiveFailure> {
        let place = format!("{side}/{}", inventory.id);
        let new = format!("{WRITING}/{side}+{}+new", inventory.id);
        if from > 0 {
            self.twin(&place, &new)?;
            for name in [inventory::NAME, inventory::SIDECAR] {
                self.remove(&format!("{new}/{name}"), Kind::File)?;
            }
        } else {
            self.make_folder(&new, Access::Anyone)?;
            self.write(&format!("{new}/{OBJECT}"), b"ocfl_object_1.1\n")?;
        }
        for number in from + 1..=inventory.head() {
            self.make_folder(&format!("{new}/v{number}"), Access::Anyone)?;
            for (path, digest) in inventory.brought(number) {
                self.make_way(&new, path)?;
                put(digest, &format!("{new}/{path}"))?;
            }
            self.write_inventory(&format!("{new}/v{number}"), &inventory.until(number))?;
        }
        self.write_inventory(&new, inventory)?;
        self.flush_all(&new)?;
        Ok(new)
    }

    fn write_inventory(&self, folder: &str, inventory: &Inventory) -> Result<(), ArchiveFailure> {
        let bytes = inventory.bytes();
        self.write(&format!("{folder}/{}", inventory::NAME), &bytes)?;
        self.write(&format!("{folder}/{}", inventory::SIDECAR), inventory::sidecar(&bytes).as_bytes())
    }

    /// Puts what was made aside in its place in one step; what stood there stays in `.writing`.
    pub(crate) fn put_in_place(&self, side: &str, object: &str, new: &str, exists: bool) -> Result<(), ArchiveFailure> {
        let place = format!("{side}/{object}");
        if !exists {
            return self.rename(new, &place);
        }
        match self.store.exchange(new, &place) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                let aside = format!("{WRITING}/{side}+{object}+old");
                self.rename(&place, &aside)?;
                self.rename(new, &place).inspect_err(|_| {
                    let _ = self.rename(&aside, &place);
                })
            }
            done => done.map_err(|error| self.failure("put in its place", &place, &error)),
        }
    }

    /// Flushes both ends of a move, so that what was replaced may go.
    pub(crate) fn settle(&self, side: &str) -> Result<(), ArchiveFailure> {
        self.flush(side)?;
        self.flush(WRITING)
    }

    /// Makes the public object what the whole one says, and gives up to which version, if it was behind or held what was
    /// taken back.
    pub(crate) fn roll_forward(&self, object: &str, holes: &Holes) -> Result<Option<u32>, ArchiveFailure> {
        let whole = self.inventory(WHOLE, object)?;
        let found = if self.has(PUBLIC, object)? { Some(self.inventory(PUBLIC, object)?) } else { None };
        let from = found.as_ref().map_or(0, Inventory::head);
        let stands = found.as_ref().is_some_and(|found| holes.stand_in(found));
        if from >= whole.head() && !stands {
            return Ok(None);
        }
        let public = self.derived(&whole, holes)?;
        if stands && from <= whole.head() {
            self.replace_public(&public, found.as_ref(), &whole, holes)?;
            return Ok(Some(public.head()));
        }
        if found.as_ref().is_some_and(|found| *found != public.until(from)) {
            return Err(self.damaged(&format!("{PUBLIC}/{object}"), "is not the public part of the whole meeting"));
        }
        let put = |digest: &str, to: &str| self.write(to, &self.bytes_of(&whole, holes, digest)?);
        let new = self.stage(PUBLIC, &public, from, &put)?;
        self.put_in_place(PUBLIC, object, &new, found.is_some())?;
        self.settle(PUBLIC)?;
        Ok(Some(public.head()))
    }

    /// Takes a meeting's object away from both roots, the public one first, and tells whether it was there.
    pub(crate) fn take_away(&self, object: &str) -> Result<bool, ArchiveFailure> {
        let mut was_there = false;
        for side in [PUBLIC, WHOLE] {
            if self.has(side, object)? {
                self.rename(&format!("{side}/{object}"), &format!("{WRITING}/{side}+{object}+removed"))?;
                self.settle(side)?;
                was_there = true;
            }
        }
        self.clean()?;
        Ok(was_there)
    }

    /// Empties the folder in which objects are made.
    pub(crate) fn clean(&self) -> Result<(), ArchiveFailure> {
        let left = self.list(WRITING)?;
        for entry in &left {
            self.remove(&format!("{WRITING}/{}", entry.name), entry.kind)?;
        }
        if left.is_empty() { Ok(()) } else { self.flush(WRITING) }
    }
}
