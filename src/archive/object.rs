//! One object with a further version, built aside and put in its place in one step.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use super::digest::sha512;
use super::failure::ArchiveFailure;
use super::inventory::{self, Inventory, Misread, NAME, SIDECAR, User};
use super::roots::{self, Staging};
use super::store::{Access, Kind, Store};

/// A version that is to be added.
pub(super) struct NewVersion<'a> {
    pub created: &'a str,
    pub message: &'a str,
    pub user: &'a User,
    /// Bytes by logical path.
    pub files: &'a BTreeMap<String, Vec<u8>>,
}

/// Reads the inventory of an object, as it says of itself; none where there is no object.
pub(super) fn read_inventory(store: &dyn Store, root: &str, id: &str) -> Result<Option<Inventory>, ArchiveFailure> {
    let path = format!("{root}/{id}/{NAME}");
    let mut bytes = Vec::new();
    match store.open(&path).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if !roots::is_there(store, root, id)? {
                return Ok(None);
            }
            return Err(ArchiveFailure::Damaged { place: store.place(&path), wrong: "is missing".into() });
        }
        Err(error) => return Err(ArchiveFailure::disk("read", store.place(&path), &error)),
    }
    let inventory = Inventory::read(&bytes).map_err(|misread| match misread {
        Misread::Format(found) => {
            ArchiveFailure::OtherFormat { place: store.place(&path), found, known: inventory::TYPE }
        }
        Misread::Broken(wrong) => ArchiveFailure::Damaged { place: store.place(&path), wrong },
    })?;
    // What is said of the bytes is believed only if nobody has altered it.
    let sidecar = roots::read(store, &format!("{root}/{id}/{SIDECAR}"))?;
    if sidecar != inventory::sidecar(&bytes).as_bytes() {
        let wrong = format!("does not fit `{SIDECAR}` beside it");
        return Err(ArchiveFailure::Damaged { place: store.place(&path), wrong });
    }
    Ok(Some(inventory))
}

/// Adds a version to an object: a new one where there is none.
pub(super) fn add(
    store: &dyn Store,
    root: &str,
    id: &str,
    before: Option<Inventory>,
    version: &NewVersion,
) -> Result<Inventory, ArchiveFailure> {
    let old = before.is_some();
    let mut inventory = before.unwrap_or_else(|| Inventory::empty(id));
    let digests: BTreeMap<String, String> =
        version.files.iter().map(|(path, bytes)| (path.clone(), sha512(bytes))).collect();
    inventory.push(version.created, version.message, version.user, &digests);
    let access = if root == roots::WHOLE { Access::Staff } else { Access::Anyone };
    let aside = format!("{root}.{id}");
    let mut staging = Staging::begin(store, &aside, access)?;
    if old {
        take_over(store, &format!("{root}/{id}"), &mut staging)?;
    }
    staging.write(roots::OBJECT.0, roots::OBJECT.1.as_bytes())?;
    let head = inventory.head();
    let content = format!("v{head}/content/");
    for (path, _) in inventory.brought(head) {
        let bytes = path.strip_prefix(&content).and_then(|logical| version.files.get(logical));
        staging.write(path, bytes.map(Vec::as_slice).unwrap_or_default())?;
    }
    let bytes = inventory.bytes();
    let sidecar = inventory::sidecar(&bytes);
    for folder in [format!("v{head}/"), String::new()] {
        staging.write(&format!("{folder}{NAME}"), &bytes)?;
        staging.write(&format!("{folder}{SIDECAR}"), sidecar.as_bytes())?;
    }
    staging.flush()?;
    roots::flush(store, roots::WRITING)?;
    roots::put_in_place(store, &staging.folder, root, id)?;
    Ok(inventory)
}

/// Takes over the files of earlier versions.
fn take_over(store: &dyn Store, object: &str, staging: &mut Staging) -> Result<(), ArchiveFailure> {
    let (files, _) = roots::walk(store, object)?;
    for (path, kind) in files {
        if kind == Kind::File && path != NAME && path != SIDECAR && path != roots::OBJECT.0 {
            staging.link(&format!("{object}/{path}"), &path)?;
        }
    }
    Ok(())
}
