//! Looks at every byte of an archive, and gives all that is wrong as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use rayon::prelude::*;
use serde::Serialize;

use super::digest::sha512_of;
use super::failure::{self, ArchiveFailure};
use super::files::Files;
use super::inventory::{self, Inventory, Misread};
use super::names;
use super::roots::{OBJECT, PUBLIC, WHOLE, declarations};
use super::store::{Hold, Kind};
use super::tombstones;
use super::withheld::{Holes, Withheld};
use super::writer::LOCK;
use crate::fs::Cause;

const RESTORE: &str = "restore it from a backup";
const EXTRA: &str = "move it out of the archive";
const FINISH: &str = "run `boardpack archive repair`, which finishes what was cut off";
const CLOCK: &str = "find out when it was made, and keep a note of it: what is issued cannot be changed";
const NO_FILE: &str = "is a link, a pipe or a device, and no file of the archive";

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

/// Files of an issue that were taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Gap {
    /// Id of the meeting.
    pub meeting: String,
    /// Number of the issue.
    pub issue: u32,
    /// Since when, by RFC 3339.
    pub since: String,
    /// Number of the record.
    pub record: u32,
    /// How many files, of which something else stands in the place of some.
    pub files: u64,
    /// Whether the whole root does not hold them either.
    pub erased: bool,
}

/// What looking at an archive gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// All that is wrong, sorted by place.
    pub faults: Vec<Fault>,
    /// What was taken back, and is gone as its records say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Gap>,
    /// What was looked at.
    pub tally: Tally,
}

impl Verification {
    fn wrong(&mut self, place: &str, wrong: impl Into<String>, remedy: &str) {
        self.faults.push(Fault { place: place.into(), wrong: wrong.into(), remedy: remedy.into() });
    }

    /// Tells of what cannot be read, and why.
    fn unreadable(&mut self, files: &Files, place: &str, error: &io::Error) {
        let cause = Cause::of(error);
        match cause {
            Cause::Missing => self.wrong(place, "is missing", RESTORE),
            // The walk through its folder tells of it.
            Cause::NotAFile => {}
            _ => {
                let why = files.why(place, error);
                self.wrong(place, format!("cannot be read: {why}"), cause.remedy().unwrap_or(RESTORE));
            }
        }
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
    let holes = files.holes();
    // What cannot be read is told of where it lies.
    if let Some(failure) = holes.as_ref().err().filter(|failure| !matches!(failure, ArchiveFailure::Disk { .. })) {
        all.wrong(&format!("{WHOLE}/{}", tombstones::OBJECT), failure.to_string(), RESTORE);
    }
    if let (Some(whole), Some(public), Ok(holes)) = (whole_objects, public_objects, holes) {
        sides(files, &whole, &public, &holes, &mut all);
    }
    all.withheld =
        files.withheld().map(|records| records.iter().flat_map(Withheld::gaps).collect()).unwrap_or_default();
    all.faults.sort();
    all.faults.dedup();
    Ok(all)
}

type Inventories = BTreeMap<String, Option<Inventory>>;

/// Looks at a root, and gives its inventories unless it cannot be listed.
fn root(files: &Files, side: &str) -> (Verification, Option<Inventories>) {
    let mut found = Verification::default();
    let mut present = BTreeSet::new();
    let entries = match files.store.list(side) {
        Err(error) if Cause::of(&error) == Cause::Missing => {
            let is_lost = side == WHOLE && files.objects(PUBLIC).is_ok_and(|objects| !objects.is_empty());
            found.wrong(side, "is missing", if is_lost { RESTORE } else { FINISH });
            return (found, (!is_lost).then(Inventories::new));
        }
        Err(error) => {
            found.unreadable(files, side, &error);
            return (found, None);
        }
        Ok(entries) => entries,
    };
    let mut objects = Vec::new();
    for entry in entries {
        let path = format!("{side}/{}", entry.name);
        match entry.kind {
            Kind::Folder if entry.name == "extensions" => walk(files, &path, &mut present, &mut found),
            Kind::Folder => objects.push(entry.name),
            Kind::File => drop(present.insert(path)),
            Kind::Other => found.wrong(&path, NO_FILE, EXTRA),
        }
    }
    for (name, text) in declarations() {
        let path = format!("{side}/{name}");
        present.remove(&path);
        declaration(files, &path, &text, &mut found);
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
    (found, Some(inventories))
}

/// Reads a file, or tells why that cannot be.
fn read(files: &Files, path: &str, found: &mut Verification) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match files.store.open(path).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => Some(bytes),
        Err(error) => {
            found.unreadable(files, path, &error);
            None
        }
    }
}

/// Looks at a file that says what a root or an object is.
fn declaration(files: &Files, path: &str, text: &str, found: &mut Verification) {
    if read(files, path, found).is_some_and(|bytes| bytes != text.as_bytes()) {
        found.wrong(path, "does not say what this boardpack's archives say; it may be in another format", RESTORE);
    }
}

/// Gathers the files below a folder; empty folders and links are faults.
fn walk(files: &Files, folder: &str, present: &mut BTreeSet<String>, found: &mut Verification) {
    match files.store.list(folder) {
        Err(error) => found.unreadable(files, folder, &error),
        Ok(entries) if entries.is_empty() => found.wrong(folder, "is an empty folder", "remove it"),
        Ok(entries) => {
            for entry in entries {
                let path = format!("{folder}/{}", entry.name);
                match entry.kind {
                    Kind::Folder => walk(files, &path, present, found),
                    Kind::File => drop(present.insert(path)),
                    Kind::Other => found.wrong(&path, NO_FILE, EXTRA),
                }
            }
        }
    }
}

/// Reads an inventory and its digest as far as they can be read.
fn inventory_in(files: &Files, folder: &str, object: &str, found: &mut Verification) -> Option<Inventory> {
    let path = format!("{folder}/{}", inventory::NAME);
    let bytes = read(files, &path, found)?;
    let side = format!("{folder}/{}", inventory::SIDECAR);
    if read(files, &side, found).is_some_and(|digest| digest != inventory::sidecar(&bytes).as_bytes()) {
        found.wrong(&path, format!("and `{}` do not agree", inventory::SIDECAR), RESTORE);
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
    if files.store.list(&base).is_err() {
        return (found, None);
    }
    let namaste = format!("{base}/{OBJECT}");
    present.remove(&namaste);
    declaration(files, &namaste, "ocfl_object_1.1\n", &mut found);
    let Some(inventory) = inventory_in(files, &base, name, &mut found) else { return (found, None) };
    for file in [inventory::NAME, inventory::SIDECAR] {
        present.remove(&format!("{base}/{file}"));
    }
    found.tally.versions = u64::from(inventory.head());
    for [(before, earlier), (number, version)] in inventory.set_back() {
        let wrong =
            format!("says that `{number}` was made on {}, but `{before}` on {}", version.created, earlier.created);
        found.wrong(&format!("{base}/{}", inventory::NAME), wrong, CLOCK);
    }
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
        Err(error) => found.unreadable(files, path, &error),
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
fn sides(files: &Files, whole: &Inventories, public: &Inventories, holes: &Holes, found: &mut Verification) {
    const TAKE_AWAY: &str =
        "run `boardpack archive repair` now, and take the public root off the web server until it is done";
    let gone = tombstones::removed(files).unwrap_or_default();
    for name in public.keys() {
        if let Err(ArchiveFailure::Lost { whole, public, .. }) = files.keeps(name) {
            found.wrong(&format!("{WHOLE}/{name}"), failure::lost(whole, public), RESTORE);
        } else if !whole.contains_key(name) {
            found.wrong(&format!("{WHOLE}/{name}"), "is not in its place", FINISH);
        }
    }
    for (name, inventory) in whole {
        let place = format!("{PUBLIC}/{name}");
        if gone.contains(name) {
            found.wrong(&format!("{WHOLE}/{name}"), "is recorded as removed, but is still there", FINISH);
            continue;
        }
        let Some(inventory) = inventory else { continue };
        if *inventory != holes.erased(inventory) {
            found.wrong(&format!("{WHOLE}/{name}"), "holds what was to be erased", TAKE_AWAY);
        }
        let derived = match files.derived(inventory, holes) {
            Ok(derived) => derived,
            Err(failure) => {
                let remedy =
                    if matches!(failure, ArchiveFailure::Disk { .. }) { failure.help() } else { RESTORE.into() };
                found.wrong(&format!("{WHOLE}/{name}"), failure.to_string(), &remedy);
                continue;
            }
        };
        match public.get(name) {
            None => found.wrong(&place, "is missing", FINISH),
            Some(Some(public)) if holes.stand_in(public) => {
                found.wrong(&place, "STILL HOLDS WHAT WAS TAKEN BACK", TAKE_AWAY);
            }
            Some(Some(public)) if public.head() < inventory.head() && *public == derived.until(public.head()) => {
                found.wrong(&place, "lacks the last issue", FINISH);
            }
            Some(Some(public)) if *public != derived && public.head() <= inventory.head() => {
                found.wrong(&place, "is not the public part of the whole meeting", RESTORE);
            }
            Some(_) => {}
        }
    }
}
