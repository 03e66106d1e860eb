//! Checks an archive: every file against its inventory, every version against the next, the two roots
//! against each other. All faults are reported, each with what to do.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::Serialize;

use super::digest::sha512_of;
use super::failure::ArchiveFailure;
use super::inventory::{self, Inventory, Misread, NAME, SIDECAR};
use super::roots::{self, LOCK, PUBLIC, WHOLE, WRITING};
use super::store::{Kind, Store};
use super::{names, public, tombstones};

/// Something in the archive that is not as it was put there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// File or folder.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
    /// What to do, in the imperative.
    pub remedy: String,
}

/// What a check has found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Number of meetings.
    pub meetings: usize,
    /// Number of issues.
    pub issues: u64,
    /// Number of files whose bytes were read, of both roots.
    pub files: u64,
    /// How many bytes that were.
    pub bytes: u64,
    /// All faults, by place.
    pub faults: Vec<Fault>,
}

const RESTORE: &str = "restore it from a backup";
const REMOVE: &str = "move it out of the archive";
const FINISH: &str = "issue anything, or run `boardpack archive repair`: what was cut off is then finished";

/// Checks an archive; one that is not there has nothing wrong with it.
pub(super) fn archive(store: &dyn Store) -> Result<Report, ArchiveFailure> {
    let there = roots::list(store, "")?;
    let mut report = Report::default();
    if there.is_empty() {
        return Ok(report);
    }
    let checking = Checking { store, faults: Mutex::default() };
    for (name, _) in &there {
        if ![WHOLE, PUBLIC, WRITING, LOCK].contains(&name.as_str()) {
            checking.fault(name, "does not belong to the archive", REMOVE);
        }
    }
    for (name, _) in roots::list(store, WRITING)? {
        checking.fault(&format!("{WRITING}/{name}"), "was left by a run that was cut off", FINISH);
    }
    let mut objects = Vec::new();
    for root in [WHOLE, PUBLIC] {
        objects.extend(checking.root(root)?.into_iter().map(|id| (root, id)));
    }
    let checked = side_by_side(&objects, |(root, id)| checking.object(root, id))?;
    let mut inventories: BTreeMap<(&str, &str), Inventory> = BTreeMap::new();
    for ((root, id), object) in objects.iter().zip(checked) {
        report.files += object.files;
        report.bytes += object.bytes;
        if let Some(inventory) = object.inventory {
            if *root == WHOLE && id != tombstones::OBJECT {
                report.meetings += 1;
                report.issues += u64::from(inventory.head());
            }
            inventories.insert((root, id.as_str()), inventory);
        }
    }
    checking.roots_agree(&inventories);
    report.faults = checking.faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.faults.sort();
    report.faults.dedup();
    Ok(report)
}

#[derive(Default)]
struct Checked {
    inventory: Option<Inventory>,
    files: u64,
    bytes: u64,
}

struct Checking<'a> {
    store: &'a dyn Store,
    faults: Mutex<Vec<Fault>>,
}

impl Checking<'_> {
    fn fault(&self, path: &str, what: impl Into<String>, remedy: &str) {
        let fault = Fault { place: self.store.place(path), what: what.into(), remedy: remedy.to_owned() };
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Checks what stands in a root besides its objects, and gives their ids.
    fn root(&self, root: &str) -> Result<Vec<String>, ArchiveFailure> {
        for (path, text) in roots::furniture() {
            let place = format!("{root}/{path}");
            match self.bytes(&place) {
                Some(bytes) if bytes == text.as_bytes() => {}
                Some(_) => self.fault(&place, "has other bytes than boardpack writes", RESTORE),
                None => self.fault(&place, "is missing or cannot be read", RESTORE),
            }
        }
        let furniture = roots::furniture();
        let (extensions, empty) = roots::walk(self.store, &format!("{root}/extensions"))?;
        for (path, _) in extensions
            .iter()
            .filter(|(path, _)| !furniture.iter().any(|(known, _)| *known == format!("extensions/{path}")))
        {
            self.fault(&format!("{root}/extensions/{path}"), "does not belong to the archive", REMOVE);
        }
        for path in empty {
            self.fault(&format!("{root}/extensions/{path}"), "does not belong to the archive", REMOVE);
        }
        let mut objects = Vec::new();
        let mut folded: BTreeMap<String, String> = BTreeMap::new();
        for (name, kind) in roots::list(self.store, root)? {
            if name == "extensions" || furniture.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let place = format!("{root}/{name}");
            if kind != Kind::Folder {
                self.fault(&place, "does not belong to the archive", REMOVE);
                continue;
            }
            if let Some(other) = folded.insert(names::folded(&name), name.clone()) {
                self.fault(&place, format!("differs from `{other}` in capital letters alone"), REMOVE);
            }
            objects.push(name);
        }
        Ok(objects)
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        roots::read(self.store, path).ok()
    }

    fn object(&self, root: &str, id: &str) -> Result<Checked, ArchiveFailure> {
        let object = format!("{root}/{id}");
        let (there, empty) = roots::walk(self.store, &object)?;
        for path in empty {
            self.fault(&format!("{object}/{path}"), "is an empty folder", REMOVE);
        }
        let mut unknown: BTreeMap<&str, Kind> = there.iter().map(|(path, kind)| (path.as_str(), *kind)).collect();
        unknown.remove(roots::OBJECT.0);
        match self.bytes(&format!("{object}/{}", roots::OBJECT.0)) {
            Some(bytes) if bytes == roots::OBJECT.1.as_bytes() => {}
            Some(_) => {
                self.fault(&format!("{object}/{}", roots::OBJECT.0), "has other bytes than boardpack writes", RESTORE)
            }
            None => self.fault(&format!("{object}/{}", roots::OBJECT.0), "is missing or cannot be read", RESTORE),
        }
        let Some(inventory) = self.inventory(&object, id) else { return Ok(Checked::default()) };
        for name in [NAME, SIDECAR] {
            unknown.remove(name);
        }
        let versions: Vec<[String; 2]> =
            (1..=inventory.head()).map(|number| [NAME, SIDECAR].map(|name| format!("v{number}/{name}"))).collect();
        for (number, [name, sidecar]) in (1..).zip(&versions) {
            let expected = inventory.until(number).bytes();
            self.same(&format!("{object}/{name}"), &expected);
            self.same(&format!("{object}/{sidecar}"), inventory::sidecar(&expected).as_bytes());
            unknown.remove(name.as_str());
            unknown.remove(sidecar.as_str());
        }
        let mut checked = Checked { inventory: None, files: 0, bytes: 0 };
        for (content, digest) in inventory.contents() {
            checked.files += 1;
            checked.bytes += self.content(&format!("{object}/{content}"), digest);
            unknown.remove(content);
        }
        for path in unknown.keys() {
            self.fault(&format!("{object}/{path}"), "does not belong to the archive", REMOVE);
        }
        checked.inventory = Some(inventory);
        Ok(checked)
    }

    fn inventory(&self, object: &str, id: &str) -> Option<Inventory> {
        let place = format!("{object}/{NAME}");
        let Some(bytes) = self.bytes(&place) else {
            self.fault(&place, "is missing or cannot be read", RESTORE);
            return None;
        };
        self.same(&format!("{object}/{SIDECAR}"), inventory::sidecar(&bytes).as_bytes());
        let inventory = match Inventory::read(&bytes) {
            Ok(inventory) => inventory,
            Err(Misread::Broken(what)) => {
                self.fault(&place, what, RESTORE);
                return None;
            }
            Err(Misread::Format(found)) => {
                self.fault(&place, format!("is in the format `{found}`"), "use the version of boardpack that wrote it");
                return None;
            }
        };
        let faults = inventory.faults(id);
        for what in &faults {
            self.fault(&place, what.as_str(), RESTORE);
        }
        faults.is_empty().then_some(inventory)
    }

    /// Finds a file that does not have exactly these bytes.
    fn same(&self, path: &str, expected: &[u8]) {
        match self.bytes(path) {
            Some(bytes) if bytes == expected => {}
            Some(_) => self.fault(path, "does not fit the inventory of the object", RESTORE),
            None => self.fault(path, "is missing or cannot be read", RESTORE),
        }
    }

    /// Finds a file that has other bytes than were issued; gives how many it has.
    fn content(&self, path: &str, digest: &str) -> u64 {
        match self.store.open(path).and_then(sha512_of) {
            Ok((found, bytes)) => {
                if found != digest {
                    self.fault(path, "has other bytes than were issued", RESTORE);
                }
                bytes
            }
            Err(error) => {
                let why = crate::fs::reason(&error);
                self.fault(path, format!("is missing or cannot be read: {why}"), RESTORE);
                0
            }
        }
    }

    /// Holds the public root against what follows from the whole one.
    fn roots_agree(&self, inventories: &BTreeMap<(&str, &str), Inventory>) {
        for ((root, id), inventory) in inventories {
            let place = format!("{PUBLIC}/{id}");
            match (*root, inventories.get(&(PUBLIC, *id))) {
                (WHOLE, Some(there)) => {
                    if there.head() < inventory.head() && public::derived(inventory, there.head()) == *there {
                        self.fault(&place, format!("lacks issues that `{WHOLE}` has"), FINISH);
                    } else if public::derived(inventory, inventory.head()) != *there {
                        self.fault(&place, format!("is not what follows from `{WHOLE}/{id}`"), RESTORE);
                    }
                }
                (WHOLE, None) if public::has_any(inventory) => {
                    self.fault(&place, "is missing or damaged", FINISH);
                }
                (PUBLIC, _) if !inventories.contains_key(&(WHOLE, *id)) => {
                    self.fault(&place, format!("is in `{PUBLIC}` alone, or `{WHOLE}/{id}` is damaged"), RESTORE);
                }
                _ => {}
            }
        }
    }
}

/// Does work on every item, on as many threads as there are processors, and gives the results in order.
fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, ArchiveFailure> + Sync,
) -> Result<Vec<R>, ArchiveFailure> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Result<R, ArchiveFailure>)>> = Mutex::default();
    let run = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            let result = work(item);
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
