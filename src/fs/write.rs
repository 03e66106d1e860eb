//! Writing outputs: all or nothing, and for those alone who may read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, PersistError};
use thiserror::Error;

use super::readers::{Readers, is_shared};
use super::{Scratch, reason};

/// Writes files into a new folder of their own, for the eyes of its owner.
pub(crate) fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteFailure> {
    for (name, bytes) in files {
        let path = folder.join(name);
        make_parent(&path, Readers::Owner)?;
        let write = || Readers::Owner.make_file(&path)?.write_all(bytes);
        write().map_err(|error| WriteFailure::new("write", &path, &error))?;
    }
    Ok(())
}

/// Writes a file in the place of what is there, for the eyes of its owner, so that a killed process leaves the one or
/// the other.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), WriteFailure> {
    put(path, bytes, |file| file.persist(path))
}

/// Writes a file beside its place and puts it there whole, flushed to the disk.
pub(super) fn put(
    path: &Path,
    bytes: &[u8],
    persist: impl FnOnce(NamedTempFile) -> Result<fs::File, PersistError>,
) -> Result<(), WriteFailure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failure = |error: io::Error| WriteFailure::new("write", path, &error);
    let mut file = tempfile::Builder::new().prefix(STAGING).tempfile_in(folder).map_err(failure)?;
    Readers::Owner.settle(file.path(), is_shared(folder), false).map_err(failure)?;
    file.write_all(bytes).map_err(failure)?;
    file.as_file().sync_all().map_err(failure)?;
    persist(file).map_err(|error| failure(error.error))?;
    flush_folder(folder);
    Ok(())
}

/// Writes a new file that only its owner can read; one that is there already is left alone.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), WriteFailure> {
    let write = || {
        let mut file = Readers::Owner.make_file(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| WriteFailure::new("write", path, &error))
}

/// Writes new files below a folder, for its owner and the team that shares it: all of them, or none, and none in the
/// place of one that is there.
pub(crate) fn write_new(root: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteFailure> {
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = root.join(name);
        if let Err(failure) =
            make_parent(&path, Readers::Owner).and_then(|()| put(&path, bytes, |file| file.persist_noclobber(&path)))
        {
            for path in &written {
                let _ = fs::remove_file(path);
            }
            return Err(failure);
        }
        written.push(path);
    }
    Ok(())
}

/// Removes a file.
pub(crate) fn remove_file(path: &Path) -> Result<(), WriteFailure> {
    fs::remove_file(path).map_err(|error| WriteFailure::new("remove", path, &error))
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove_folder(path: &Path) -> Result<(), WriteFailure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteFailure::new("remove", path, &error)),
        _ => Ok(()),
    }
}

/// Makes the folders above a file that are not there yet.
pub(crate) fn make_parent(path: &Path, readers: Readers) -> Result<(), WriteFailure> {
    let Some(parent) = path.parent() else { return Ok(()) };
    readers.make_folders(parent).map_err(|error| WriteFailure::new("make the folder", parent, &error))
}

/// Why outputs could not be written; the previous ones are whole.
#[derive(Debug, Error)]
#[error("cannot {action} `{path}`: {reason}")]
pub struct WriteFailure {
    action: &'static str,
    path: String,
    reason: String,
}

impl WriteFailure {
    pub(super) fn new(action: &'static str, path: &Path, error: &io::Error) -> Self {
        Self { action, path: path.display().to_string(), reason: reason(error) }
    }
}

/// Replaces a folder by one with exactly these files, all or nothing.
///
/// The new folder is written beside the old one, flushed, and exchanged with it in one step, so
/// that a killed process leaves either the old folder or the new one. `readers` says who may read a file; the folder
/// itself is for everybody as soon as one of its files is.
pub(crate) fn replace_folder(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    readers: impl Fn(&str) -> Readers,
) -> Result<(), WriteFailure> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let making = |path: &Path, error: io::Error| WriteFailure::new("make the folder", path, &error);
    let missing: Vec<&Path> = parent.ancestors().take_while(|above| !above.exists()).collect();
    Readers::Everybody.make_folders(parent).map_err(|error| making(parent, error))?;
    let staging =
        Scratch::within(parent, STAGING).map_err(|error| WriteFailure::new("write into the folder", parent, &error))?;
    let new = staging.path().join("new");
    let public = files.keys().any(|name| readers(name) == Readers::Everybody);
    let whose = if public { Readers::Everybody } else { Readers::Owner };
    whose
        .make_folder(&new)
        .and_then(|()| whose.settle(&new, is_shared(parent), true))
        .map_err(|error| making(&new, error))?;
    for (name, bytes) in files {
        write_flushed(&new.join(name), bytes, readers(name), true)?;
    }
    // Its names must be on the disk before its own name is.
    let below: BTreeSet<&Path> = files.keys().flat_map(|name| Path::new(name).ancestors().skip(1)).collect();
    for folder in below {
        flush_folder(&new.join(folder));
    }
    exchange(&new, folder, &staging.path().join("old"))?;
    flush_folder(parent);
    missing.iter().filter_map(|folder| folder.parent()).for_each(flush_folder);
    Ok(())
}

pub(super) const STAGING: &str = ".boardpack-writing-";

pub(super) fn write_flushed(path: &Path, bytes: &[u8], readers: Readers, flush: bool) -> Result<(), WriteFailure> {
    make_parent(path, readers)?;
    let write = || {
        let mut file = readers.make_file(path)?;
        file.write_all(bytes)?;
        if flush { file.sync_all() } else { Ok(()) }
    };
    write().map_err(|error| WriteFailure::new("write", path, &error))
}

fn flush_folder(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Puts `new` in the place of `folder`.
fn exchange(new: &Path, folder: &Path, aside: &Path) -> Result<(), WriteFailure> {
    let failure = |error: io::Error| WriteFailure::new("put the new output in the place of", folder, &error);
    if !folder.exists() {
        return fs::rename(new, folder).map_err(failure);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    fs::rename(folder, aside).map_err(failure)?;
    fs::rename(new, folder).map_err(|error| {
        let _ = fs::rename(aside, folder);
        failure(error)
    })
}
