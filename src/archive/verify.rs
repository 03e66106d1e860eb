//! Looks at every byte of an archive, and gives all that is wrong as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;
use serde::Serialize;

use super::digest::sha512_of;
use super::failure::ArchiveFailure;
use super::files::Files;
use super::inventory::{self, Inventory, Misread};
use super::names;
use super::roots::{OBJECT, PUBLIC, WHOLE, declarations};
use super::store::{Hold, Kind};
use super::writer::LOCK;

const RESTORE: &str = "restore it from a backup";
const EXTRA: &str = "move it out of the archive";

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// File or folder, below the archive.
    pub place: String,
    /// What is wrong with it.
    pub wrong: String,
    /// What to do, in the imperative.
    pub remedy: String,
}

/// What was looked at, in both roots together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Objects.
    pub objects: u64,
    /// Versions of objects.
    pub versions: u64,
    /// Files with contents.
    pub files: u64,
    /// Bytes of those.
    pub bytes: u64,
}

/// What looking at an archive gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// All that is wrong, sorted by place.
    pub faults: Vec<Fault>,
    /// What was looked at.
    pub tally: Tally,
}

impl Verification {
    fn wrong(&mut self, place: &str, wrong: impl Into<String>, remedy: &str) {
        self.faults.push(Fault { place: place.into(), wrong: wrong.into(), remedy: remedy.into() });
    }

    fn join(mut self, other: Self) -> Self {
        self.faults.extend(other.faults);
        self.tally.objects += other.tally.objects;
        self.tally.versions += other.tally.versions;
        self.tally.files += other.tally.files;
        self.tally.bytes += other.tally.bytes;
        self
    }
}

pub(super) fn verify(files: &Files) -> Result<Verification, ArchiveFailure> {
    // Without the lock, as on a read-only disk, nobody else writes there either.
    let _lock = match files.store.lock(LOCK, Hold::Shared) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            return Err(ArchiveFailure::Busy { place: files.store.place("") });
        }
        lock => lock.ok(),
    };
    // What a newer program wrote is no fault.
    for side in [WHOLE, PUBLIC] {
        for object in files.objects(side).unwrap_or_default() {
            if let Err(other @ ArchiveFailure::OtherFormat { .. }) = files.inventory(side, &object) {
                return Err(other);
            }
        }
    }
    let (whole, whole_objects) = root(files, WHOLE);
    let (public, public_objects) = root(files, PUBLIC);
    let mut all = whole.join(public);
    sides(files, &whole_objects, &public_objects, &mut all);
    all.faults.sort();
    all.faults.dedup();
    Ok(all)
}

type Inventories = BTreeMap<String, Option<Inventory>>;

fn root(files: &Files, side: &str) -> (Verification, Inventories) {
    let mut found = Verification::default();
    let mut present = BTreeSet::new();
    let Ok(entries) = files.store.list(side) else {
        found.wrong(side, "is missing or cannot be listed", RESTORE);
        return (found, Inventories::new());
    };
    let mut objects = Vec::new();
    for entry in entries {
        let path = format!("{side}/{}", entry.name);
        match entry.kind {
            Kind::Folder if entry.name == "extensions" => walk(files, &path, &mut present, &mut found),
            Kind::Folder => objects.push(entry.name),
            Kind::File => drop(present.insert(path)),
            Kind::Other => found.wrong(&path, "is neither a file nor a folder", EXTRA),
        }
    }
    for (name, text) in declarations() {
        let path = format!("{side}/{name}");
        if !present.remove(&path) {
            found.wrong(&path, "is missing; the root may be copied in part, or be in another format", RESTORE);
        } else if files.read(&path).ok().as_deref() != Some(text.as_bytes()) {
            found.wrong(&path, "does not say what this boardpack's archives say", RESTORE);
        }
    }
    for path in present {
        found.wrong(&path, "does not belong to the archive", EXTRA);
    }
    if let Some((one, other)) = names::clash(objects.iter().map(String::as_str)) {
        found.wrong(
            &format!("{side}/{other}"),
            format!("is one with `{one}` on some disks"),
            "rename neither; ask for help",
        );
    }
    let looked: Vec<_> = objects.into_par_iter().map(|name| (object(files, side, &name), name)).collect();
    let mut inventories = Inventories::new();
    for ((verified, inventory), name) in looked {
        found = found.join(verified);
        inventories.insert(name, inventory);
    }
    (found, inventories)
}

/// Gathers the files below a folder; empty folders and links are faults.
fn walk(files: &Files, folder: &str, present: &mut BTreeSet<String>, found: &mut Verification) {
    match files.store.list(folder) {
        Err(_) => found.wrong(folder, "cannot be listed", RESTORE),
        Ok(entries) if entries.is_empty() => found.wrong(folder, "is an empty folder", "remove it"),
        Ok(entries) => {
            for entry in entries {
                let path = format!("{folder}/{}", entry.name);
                match entry.kind {
                    Kind::Folder => walk(files, &path, present, found),
                    Kind::File => drop(present.insert(path)),
                    Kind::Other => found.wrong(&path, "is neither a file nor a folder", EXTRA),
                }
            }
        }
    }
}

/// Reads an inventory and its digest as far as they can be read.
fn inventory_in(files: &Files, folder: &str, object: &str, found: &mut Verification) -> Option<Inventory> {
    let path = format!("{folder}/{}", inventory::NAME);
    let Ok(bytes) = files.read(&path) else {
        found.wrong(&path, "is missing or cannot be read", RESTORE);
        return None;
    };
    let side = format!("{folder}/{}", inventory::SIDECAR);
    match files.read(&side) {
        Err(_) => found.wrong(&side, "is missing or cannot be read", RESTORE),
        Ok(digest) if digest != inventory::sidecar(&bytes).as_bytes() => {
            found.wrong(&path, format!("and `{}` do not agree", inventory::SIDECAR), RESTORE);
        }
        Ok(_) => {}
    }
    match Inventory::read(&bytes) {
        Err(Misread::Format(format)) => {
            found.wrong(
                &path,
                format!("is in the format `{format}`"),
                "use the version of boardpack that wrote it, or a newer one",
            );
            None
        }
        Err(Misread::Broken(why)) => {
            found.wrong(&path, why, RESTORE);
            None
        }
        Ok(read) => {
            let faults = read.faults(object);
            let usable = faults.is_empty();
            for wrong in faults {
                found.wrong(&path, wrong, RESTORE);
            }
            usable.then_some(read)
        }
    }
}

fn object(files: &Files, side: &str, name: &str) -> (Verification, Option<Inventory>) {
    let base = format!("{side}/{name}");
    let mut found = Verification::default();
    found.tally.objects = 1;
    let mut present = BTreeSet::new();
    walk(files, &base, &mut present, &mut found);
    let namaste = format!("{base}/{OBJECT}");
    if !present.remove(&namaste) {
        found.wrong(&namaste, "is missing; the object may be copied in part, or be in another format", RESTORE);
    } else if files.read(&namaste).ok().as_deref() != Some(b"ocfl_object_1.1\n") {
        found.wrong(&namaste, "does not say what its name says", RESTORE);
    }
    let Some(inventory) = inventory_in(files, &base, name, &mut found) else { return (found, None) };
    for file in [inventory::NAME, inventory::SIDECAR] {
        present.remove(&format!("{base}/{file}"));
    }
    found.tally.versions = u64::from(inventory.head());
    for number in 1..=inventory.head() {
        let folder = format!("{base}/v{number}");
        let earlier = inventory_in(files, &folder, name, &mut found);
        if earlier.is_some_and(|earlier| earlier != inventory.until(number)) {
            let path = format!("{folder}/{}", inventory::NAME);
            found.wrong(&path, "does not tell the same history as the inventory of the object", RESTORE);
        }
        for file in [inventory::NAME, inventory::SIDECAR] {
            present.remove(&format!("{folder}/{file}"));
        }
    }
    let contents: Vec<(String, &str)> =
        inventory.contents().map(|(path, digest)| (format!("{base}/{path}"), digest)).collect();
    for (path, _) in &contents {
        present.remove(path);
    }
    for path in present {
        found.wrong(&path, "does not belong to the archive", EXTRA);
    }
    let looked: Vec<Verification> = contents.par_iter().map(|(path, digest)| content(files, path, digest)).collect();
    found = looked.into_iter().fold(found, Verification::join);
    (found, Some(inventory))
}

fn content(files: &Files, path: &str, digest: &str) -> Verification {
    let mut found = Verification::default();
    found.tally.files = 1;
    match files.store.open(path).and_then(sha512_of) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => found.wrong(path, "is missing", RESTORE),
        Err(error) => found.wrong(path, format!("cannot be read: {}", crate::fs::reason(&error)), RESTORE),
        Ok((other, bytes)) => {
            found.tally.bytes = bytes;
            if other != digest {
                found.wrong(path, "holds other bytes than were archived", RESTORE);
            }
        }
    }
    found
}

/// Compares the two roots.
fn sides(files: &Files, whole: &Inventories, public: &Inventories, found: &mut Verification) {
    const FINISH: &str = "let any boardpack write into the archive: it finishes what was cut off";
    for name in public.keys().filter(|name| !whole.contains_key(*name)) {
        found.wrong(&format!("{PUBLIC}/{name}"), "has no whole meeting beside it", "restore `whole` from a backup");
    }
    for (name, inventory) in whole {
        let place = format!("{PUBLIC}/{name}");
        let Some(inventory) = inventory else { continue };
        let derived = match files.derived(inventory) {
            Ok(derived) => derived,
            Err(failure) => {
                found.wrong(&format!("{WHOLE}/{name}"), failure.to_string(), RESTORE);
                continue;
            }
        };
        match public.get(name) {
            None => found.wrong(&place, "is missing", FINISH),
            Some(Some(public)) if public.head() < inventory.head() && *public == derived.until(public.head()) => {
                found.wrong(&place, "lacks the last issue", FINISH);
            }
            Some(Some(public)) if *public != derived => {
                found.wrong(&place, "is not the public part of the whole meeting", RESTORE);
            }
            Some(_) => {}
        }
    }
}
