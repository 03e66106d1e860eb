//! The two storage roots of an archive, and the files that say what they are.

use super::failure::ArchiveFailure;
use super::store::{Access, Kind, Store};

/// The storage root of all that was issued.
pub(super) const WHOLE: &str = "whole";
/// The storage root of what is public: it can be copied to a web server as it is.
pub(super) const PUBLIC: &str = "public";
/// Where new things are built before they are put in their place.
pub(super) const WRITING: &str = ".writing";
/// The file that whoever writes holds a lock on.
pub(super) const LOCK: &str = "lock";
/// What a root says it is.
pub(super) const DECLARATION: (&str, &str) = ("0=ocfl_1.1", "ocfl_1.1\n");
/// What an object says it is.
pub(super) const OBJECT: (&str, &str) = ("0=ocfl_object_1.1", "ocfl_object_1.1\n");

const EXTENSION: &str = "0002-flat-direct-storage-layout";

/// Gives the files of a root besides its objects.
pub(super) fn furniture() -> [(String, &'static str); 3] {
    [
        (DECLARATION.0.to_owned(), DECLARATION.1),
        (
            format!("extensions/{EXTENSION}/config.json"),
            "{\n  \"extensionName\": \"0002-flat-direct-storage-layout\"\n}\n",
        ),
        (
            "ocfl_layout.json".to_owned(),
            "{\n  \"description\": \"one object a meeting, in a folder of its id\",\n  \"extension\": \"0002-flat-direct-storage-layout\"\n}\n",
        ),
    ]
}

/// Tells whether a folder or file is there.
pub(super) fn is_there(store: &dyn Store, folder: &str, name: &str) -> Result<bool, ArchiveFailure> {
    Ok(list(store, folder)?.iter().any(|(there, _)| there == name))
}

/// Gives the names in a folder; none of one that is not there.
pub(super) fn list(store: &dyn Store, folder: &str) -> Result<Vec<(String, Kind)>, ArchiveFailure> {
    match store.list(folder) {
        Ok(entries) => Ok(entries.into_iter().map(|entry| (entry.name, entry.kind)).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(ArchiveFailure::disk("list the folder", store.place(folder), &error)),
    }
}

/// Gives the files below a folder, by path from it, with whether each is a plain file; and the folders
/// in which nothing is.
pub(super) fn walk(store: &dyn Store, folder: &str) -> Result<(Vec<(String, Kind)>, Vec<String>), ArchiveFailure> {
    let (mut files, mut empty, mut open) = (Vec::new(), Vec::new(), vec![String::new()]);
    while let Some(below) = open.pop() {
        let here = if below.is_empty() { folder.to_owned() } else { format!("{folder}/{below}") };
        let entries = list(store, &here)?;
        if entries.is_empty() && !below.is_empty() {
            empty.push(below.clone());
        }
        for (name, kind) in entries {
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if kind == Kind::Folder { open.push(path) } else { files.push((path, kind)) }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok((files, empty))
}

/// Reads a whole file.
pub(super) fn read(store: &dyn Store, path: &str) -> Result<Vec<u8>, ArchiveFailure> {
    let mut bytes = Vec::new();
    let result = store.open(path).and_then(|mut file| file.read_to_end(&mut bytes));
    result.map_err(|error| ArchiveFailure::disk("read", store.place(path), &error))?;
    Ok(bytes)
}

/// A folder in the making, whose parent folders are made as they are needed.
pub(super) struct Staging<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) folder: String,
    folders: std::collections::BTreeSet<String>,
}

impl<'a> Staging<'a> {
    /// Begins a folder among those in the making.
    pub(super) fn begin(store: &'a dyn Store, name: &str, access: Access) -> Result<Self, ArchiveFailure> {
        let folder = format!("{WRITING}/{name}");
        make(store, &folder, access)?;
        Ok(Self { store, folder, folders: std::collections::BTreeSet::new() })
    }

    /// Makes the folders that a file needs, and gives where it goes.
    fn place(&mut self, path: &str) -> Result<String, ArchiveFailure> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if self.folders.insert(folder.to_owned()) {
                make(self.store, &format!("{}/{folder}", self.folder), Access::Anyone)?;
            }
        }
        Ok(format!("{}/{path}", self.folder))
    }

    /// Writes a file.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), ArchiveFailure> {
        let place = self.place(path)?;
        let store = self.store;
        store.write_new(&place, bytes).map_err(|error| ArchiveFailure::disk("write", store.place(&place), &error))
    }

    /// Takes over a file that lies elsewhere in the archive.
    pub(super) fn link(&mut self, from: &str, path: &str) -> Result<(), ArchiveFailure> {
        let place = self.place(path)?;
        let store = self.store;
        store.link_or_copy(from, &place).map_err(|error| ArchiveFailure::disk("copy", store.place(from), &error))
    }

    /// Flushes the folders, innermost first.
    pub(super) fn flush(&self) -> Result<(), ArchiveFailure> {
        for folder in self.folders.iter().rev() {
            flush(self.store, &format!("{}/{folder}", self.folder))?;
        }
        flush(self.store, &self.folder)
    }
}

pub(super) fn make(store: &dyn Store, folder: &str, access: Access) -> Result<(), ArchiveFailure> {
    let made = store.make_folder(folder, access);
    made.map_err(|error| ArchiveFailure::disk("make the folder", store.place(folder), &error))
}

pub(super) fn flush(store: &dyn Store, folder: &str) -> Result<(), ArchiveFailure> {
    store.flush_folder(folder).map_err(|error| ArchiveFailure::disk("flush the folder", store.place(folder), &error))
}

/// Removes a folder with all that is in it.
pub(super) fn clear(store: &dyn Store, folder: &str) -> Result<(), ArchiveFailure> {
    for (name, kind) in list(store, folder)? {
        let path = format!("{folder}/{name}");
        if kind == Kind::Folder {
            clear(store, &path)?;
        } else {
            store.remove_file(&path).map_err(|error| ArchiveFailure::disk("remove", store.place(&path), &error))?;
        }
    }
    store.remove_folder(folder).map_err(|error| ArchiveFailure::disk("remove the folder", store.place(folder), &error))
}

/// Puts a folder that was built aside in its place, in one step where the system can; what was there
/// before lies aside afterwards.
pub(super) fn put_in_place(store: &dyn Store, aside: &str, root: &str, name: &str) -> Result<(), ArchiveFailure> {
    let place = format!("{root}/{name}");
    let failure = |error: std::io::Error| ArchiveFailure::disk("put in place", store.place(&place), &error);
    if is_there(store, root, name)? {
        match store.exchange(aside, &place) {
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => {
                let old = format!("{WRITING}/old.{root}.{name}");
                store.rename(&place, &old).map_err(failure)?;
                store.rename(aside, &place).map_err(|error| {
                    let _ = store.rename(&old, &place);
                    failure(error)
                })?;
            }
            result => result.map_err(failure)?,
        }
    } else {
        store.rename(aside, &place).map_err(failure)?;
    }
    flush(store, root)
}
