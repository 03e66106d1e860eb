//! The public root: of every object what lies below `public/` in the whole one, and nothing else.

use std::collections::BTreeMap;

use super::failure::ArchiveFailure;
use super::inventory::{Inventory, User};
use super::object::{self, NewVersion};
use super::roots;
use super::store::Store;

/// Folder of the whole object that is public.
const FOLDER: &str = "public/";

/// Whoever has made the public versions: no name of an officer is published.
fn user() -> User {
    User { name: "boardpack".to_owned(), address: None }
}

/// Gives the inventory that a public object must have, as far as a version.
pub(super) fn derived(whole: &Inventory, head: u32) -> Inventory {
    let mut public = Inventory::empty(&whole.id);
    for number in 1..=head {
        let Some(version) = whole.version(number) else { break };
        let files = version.files();
        let files: BTreeMap<String, String> = (files.into_iter())
            .filter_map(|(path, digest)| Some((path.strip_prefix(FOLDER)?.to_owned(), digest.to_owned())))
            .collect();
        public.push(&version.created, &version.message, &user(), &files);
    }
    public
}

/// Tells whether a whole object has anything public.
pub(super) fn has_any(whole: &Inventory) -> bool {
    (1..=whole.head())
        .filter_map(|number| whole.version(number))
        .any(|version| version.files().keys().any(|path| path.starts_with(FOLDER)))
}

/// Brings the public object up to the whole one, version by version.
pub(super) fn follow(store: &dyn Store, whole: &Inventory) -> Result<(), ArchiveFailure> {
    if !has_any(whole) {
        return Ok(());
    }
    let mut public = object::read_inventory(store, roots::PUBLIC, &whole.id)?;
    let from = public.as_ref().map_or(0, Inventory::head);
    for number in from + 1..=whole.head() {
        let Some(version) = whole.version(number) else { break };
        let mut files = BTreeMap::new();
        for (path, digest) in version.files() {
            let Some(name) = path.strip_prefix(FOLDER) else { continue };
            let Some(content) = whole.content(digest) else { continue };
            let bytes = roots::read(store, &format!("{}/{}/{content}", roots::WHOLE, whole.id))?;
            files.insert(name.to_owned(), bytes);
        }
        let new = NewVersion { created: &version.created, message: &version.message, user: &user(), files: &files };
        clear_aside(store, &whole.id)?;
        public = Some(object::add(store, roots::PUBLIC, &whole.id, public, &new)?);
    }
    Ok(())
}

/// Removes what an earlier version has left aside.
fn clear_aside(store: &dyn Store, id: &str) -> Result<(), ArchiveFailure> {
    let aside = format!("{}.{id}", roots::PUBLIC);
    if roots::is_there(store, roots::WRITING, &aside)? {
        roots::clear(store, &format!("{}/{aside}", roots::WRITING))?;
    }
    Ok(())
}
