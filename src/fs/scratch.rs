//! Folders that a run needs for a while, and that a later run removes where this one is killed.
//!
//! The run that made a folder holds a lock on a file in it, which ends with the run however that ends. A folder whose
//! lock is free, or that is a day old and has none, is nobody's any more.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::open_file;

/// Beginning of the names of folders with a copy of what an issue is made from.
pub(crate) const ISSUE_COPY: &str = "boardpack-issue-";
/// Beginning of the names of folders in which office documents are converted.
pub(crate) const OFFICE_RUN: &str = "boardpack-office-";

/// How many letters and digits follow in the name of a folder.
const RANDOM: usize = 6;

/// Name of the file that is locked.
const LOCK: &str = ".boardpack-lock";

/// Age from which a folder without a lock is nobody's, in seconds.
const DAY: u64 = 86_400;

/// A folder for its owner's eyes that is removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    // Let go before the folder, which could not be removed otherwise on some systems.
    _lock: Option<File>,
    folder: TempDir,
}

impl Scratch {
    /// Makes a folder among the system's temporary ones; those of killed runs with such a name are removed.
    pub(crate) fn temporary(prefix: &str) -> io::Result<Self> {
        Self::within(&std::env::temp_dir(), prefix)
    }

    /// Makes a folder in another one; those of killed runs with such a name are removed.
    pub(super) fn within(parent: &Path, prefix: &str) -> io::Result<Self> {
        sweep(parent, &[prefix]);
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix).rand_bytes(RANDOM);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let folder = builder.tempdir_in(parent)?;
        Ok(Self { _lock: locked(folder.path()), folder })
    }

    /// Gives where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Puts a locked file into a folder; nothing where the disk knows no locks.
fn locked(folder: &Path) -> Option<File> {
    // Under its name it is locked from the first moment.
    let unnamed = folder.join(format!("{LOCK}-new"));
    let file = File::create_new(&unnamed).ok()?;
    file.try_lock().ok()?;
    fs::rename(&unnamed, folder.join(LOCK)).ok()?;
    Some(file)
}

/// Removes what killed runs of this user have left among the system's temporary folders.
pub(crate) fn sweep_temporary() {
    sweep(&std::env::temp_dir(), &[ISSUE_COPY, OFFICE_RUN]);
}

/// Removes from a folder what killed runs of this user have left there under names that begin so.
fn sweep(parent: &Path, prefixes: &[&str]) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_random = |rest: &str| rest.len() == RANDOM && rest.bytes().all(|letter| letter.is_ascii_alphanumeric());
        let ours = prefixes
            .iter()
            .any(|prefix| name.to_str().and_then(|name| name.strip_prefix(prefix)).is_some_and(is_random));
        // A link is never followed: what it leads to is somebody else's.
        let Some(about) = entry.metadata().ok().filter(|about| ours && is_own(about)) else { continue };
        let old = about.modified().ok().and_then(|time| time.elapsed().ok()).is_some_and(|age| age.as_secs() > DAY);
        if about.is_dir() {
            remove_if_left(&entry.path(), old);
        } else if about.is_file() && old {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn remove_if_left(folder: &PathBuf, old: bool) {
    let left = match open_file(&folder.join(LOCK)) {
        // The lock is kept until the folder is gone, so that no other run takes it.
        Ok(file) => file.try_lock().is_ok().then_some(Some(file)),
        Err(_) => old.then_some(None),
    };
    if left.is_some() {
        let _ = fs::remove_dir_all(folder);
    }
}

#[cfg(unix)]
fn is_own(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    about.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_is_in_use_is_not() {
        let parent = tempfile::tempdir().expect("a folder");
        let live = Scratch::within(parent.path(), "copy-").expect("a folder");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(live.path()).expect("there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{mode:o}");
        }
        fs::write(live.path().join("secret"), "x").expect("written");
        let dead = parent.path().join("copy-dead01");
        fs::create_dir(&dead).expect("made");
        fs::write(dead.join(LOCK), "").expect("written");
        // One that is only just being made has no lock yet.
        let young = parent.path().join("copy-young1");
        fs::create_dir(&young).expect("made");
        let other = parent.path().join("copy-of-mine");
        fs::create_dir(&other).expect("made");
        fs::write(other.join(LOCK), "").expect("written");
        let next = Scratch::within(parent.path(), "copy-").expect("a folder");
        assert!(live.path().join("secret").exists() && next.path().exists());
        assert!(!dead.exists() && young.exists() && other.exists());
        let path = live.path().to_owned();
        drop(live);
        assert!(!path.exists());
    }
}
