//! A folder of files that is brought up to date as a whole: only what differs is written, and a kill at any point leaves
//! what the next run completes.
//!
//! New files come first, then those that changed, which may link to them, then what is gone goes. A marker in the
//! folder says that it is ours, and lists its files; it says "unfinished" for as long as the folder may not be as it
//! says, and lists what was there and what is to come, so that nothing is ever left behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::write::{STAGING, WriteFailure, make_parent, put, write_flushed};
use super::{Readers, Scratch, read_file, sha256};

/// Version of the marker's schema.
const SCHEMA_VERSION: u32 = 1;

/// A folder that is being brought up to date.
pub(crate) struct Tree {
    root: PathBuf,
    marker: &'static str,
    staging: Scratch,
    state: State,
    /// Files that the folder is to have.
    wanted: BTreeMap<String, Stamp>,
    /// Those of them that are written aside.
    staged: BTreeSet<String>,
    /// Held until the end.
    _lock: File,
}

/// What the marker says.
#[derive(Serialize, Deserialize)]
struct State {
    schema_version: u32,
    unfinished: bool,
    /// What the last run wanted to know at the next.
    notes: serde_json::Value,
    files: BTreeMap<String, Stamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    sha256: String,
    bytes: u64,
}

/// What became of the files.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TreeTally {
    /// Files that the folder has.
    pub files: usize,
    /// Bytes that they have together.
    pub bytes: u64,
    /// Files that are new, or others than before.
    pub written: usize,
    /// Files that went.
    pub removed: usize,
}

/// Why a folder could not be brought up to date.
#[derive(Debug, Error)]
pub enum TreeFailure {
    /// The folder is somebody else's.
    #[error("`{folder}` holds `{name}`, which this program did not write there")]
    Foreign {
        /** The folder. */
        folder: String,
        /** What is in it. */
        name: String,
    },
    /// Another run is at it.
    #[error("another boardpack is writing into `{folder}`")]
    Busy {
        /** The folder. */
        folder: String,
    },
    /// A newer program wrote it.
    #[error("`{folder}` was written by a newer boardpack")]
    Newer {
        /** The folder. */
        folder: String,
    },
    /// The disk.
    #[error(transparent)]
    Write(#[from] WriteFailure),
}

impl Tree {
    /// Opens a folder that is ours by a marker of this name, is empty, or is not there yet.
    pub(crate) fn open(root: &Path, marker: &'static str) -> Result<Self, TreeFailure> {
        let folder = || root.display().to_string();
        let doing = |action: &'static str| move |error: io::Error| WriteFailure::new(action, root, &error);
        let bytes = match read_file(&root.join(marker)) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(doing("read the marker in")(error).into()),
        };
        let lock = format!("{marker}.lock");
        if bytes.is_none()
            && let Some(name) = stranger(root, &lock)
        {
            return Err(TreeFailure::Foreign { folder: folder(), name });
        }
        Readers::Everybody.make_folders(root).map_err(doing("make the folder"))?;
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(root.join(lock));
        let lock = lock.map_err(doing("write into"))?;
        if lock.try_lock().is_err() {
            return Err(TreeFailure::Busy { folder: folder() });
        }
        // Read again under the lock: the run before may just have ended.
        let bytes = read_file(&root.join(marker)).ok();
        let fresh = State {
            schema_version: SCHEMA_VERSION,
            unfinished: true,
            notes: serde_json::Value::Null,
            files: BTreeMap::new(),
        };
        let state = match bytes.map(|bytes| serde_json::from_slice::<State>(&bytes)) {
            None => fresh,
            Some(Ok(state)) if state.schema_version <= SCHEMA_VERSION => state,
            Some(Ok(_)) => return Err(TreeFailure::Newer { folder: folder() }),
            Some(Err(_)) => return Err(TreeFailure::Foreign { folder: folder(), name: marker.to_owned() }),
        };
        let staging = Scratch::within(root, STAGING).map_err(doing("write into"))?;
        let tree = Self {
            root: root.to_owned(),
            marker,
            staging,
            state,
            wanted: BTreeMap::new(),
            staged: BTreeSet::new(),
            _lock: lock,
        };
        tree.write_state()?;
        Ok(tree)
    }

    /// Gives what the last run noted; nothing where it did not finish.
    pub(crate) fn notes(&self) -> Option<&serde_json::Value> {
        (!self.state.unfinished).then_some(&self.state.notes)
    }

    /// Takes away at once what is gone, and forgets what the last run noted.
    pub(crate) fn remove_now(&mut self, is_gone: impl Fn(&str) -> bool) -> Result<(), TreeFailure> {
        self.state.unfinished = true;
        self.state.notes = serde_json::Value::Null;
        self.write_state()?;
        let gone: Vec<String> = self.state.files.keys().filter(|path| is_gone(path)).cloned().collect();
        for path in &gone {
            self.remove(path)?;
        }
        self.flush();
        Ok(())
    }

    /// Keeps all files below a path as they are; tells whether they are there.
    pub(crate) fn keep(&mut self, below: &str) -> bool {
        if self.state.unfinished {
            return false;
        }
        let from = below.to_owned();
        let own = self.state.files.range(from..).take_while(|(path, _)| path.starts_with(below));
        let own: Vec<(String, Stamp)> = own.map(|(path, stamp)| (path.clone(), stamp.clone())).collect();
        let there = own.iter().all(|(path, stamp)| self.length(path) == Some(stamp.bytes));
        if there {
            self.wanted.extend(own.iter().cloned());
        }
        there && !own.is_empty()
    }

    /// Has a file in the folder with these bytes.
    pub(crate) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), TreeFailure> {
        let stamp = Stamp { sha256: sha256(bytes), bytes: bytes.len() as u64 };
        let before = self.state.files.get(path);
        let is_there = if self.state.unfinished {
            self.length(path) == Some(stamp.bytes) && read_file(&self.root.join(path)).is_ok_and(|found| found == bytes)
        } else {
            before == Some(&stamp) && self.length(path) == Some(stamp.bytes)
        };
        if before.is_none() && super::is_there(&self.root.join(path)) {
            let folder = self.root.display().to_string();
            return Err(TreeFailure::Foreign { folder, name: path.to_owned() });
        }
        if !is_there {
            let aside = self.staging.path().join(path);
            super::write::remove_file(&aside).ok();
            write_flushed(&aside, bytes, Readers::Everybody, false)?;
            self.staged.insert(path.to_owned());
        }
        self.wanted.insert(path.to_owned(), stamp);
        Ok(())
    }

    /// Puts all in its place, and notes something for the next run.
    pub(crate) fn finish(mut self, notes: serde_json::Value) -> Result<TreeTally, TreeFailure> {
        let gone: Vec<String> =
            self.state.files.keys().filter(|path| !self.wanted.contains_key(*path)).cloned().collect();
        let bytes = self.wanted.values().map(|stamp| stamp.bytes).sum();
        let (written, removed) = (self.staged.len(), gone.len());
        let tally = TreeTally { files: self.wanted.len(), bytes, written, removed };
        if self.state.unfinished || written + removed > 0 {
            let before: BTreeSet<String> = self.state.files.keys().cloned().collect();
            self.state.unfinished = true;
            let to_come = self.wanted.iter().map(|(path, stamp)| (path.clone(), stamp.clone()));
            self.state.files.extend(to_come.collect::<Vec<_>>());
            self.flush();
            self.write_state()?;
            let (changed, new): (Vec<&String>, Vec<&String>) =
                self.staged.iter().partition(|path| before.contains(*path));
            for path in new.into_iter().chain(changed) {
                self.place(path)?;
            }
            gone.iter().try_for_each(|path| self.remove(path))?;
            self.flush();
        }
        self.state.files = std::mem::take(&mut self.wanted);
        self.state.unfinished = false;
        self.state.notes = notes;
        self.write_state()?;
        Ok(tally)
    }

    fn length(&self, path: &str) -> Option<u64> {
        fs::symlink_metadata(self.root.join(path)).ok().filter(fs::Metadata::is_file).map(|about| about.len())
    }

    fn place(&self, path: &str) -> Result<(), TreeFailure> {
        let to = self.root.join(path);
        make_parent(&to, Readers::Everybody)?;
        let moved = fs::rename(self.staging.path().join(path), &to);
        Ok(moved.map_err(|error| WriteFailure::new("put in its place", &to, &error))?)
    }

    fn remove(&self, path: &str) -> Result<(), TreeFailure> {
        let file = self.root.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(WriteFailure::new("remove", &file, &error).into());
            }
            _ => {}
        }
        // Folders that it leaves empty go with it.
        let above = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        let _ = above.map(|folder| fs::remove_dir(self.root.join(folder))).take_while(Result::is_ok).count();
        Ok(())
    }

    fn write_state(&self) -> Result<(), TreeFailure> {
        let mut bytes = serde_json::to_vec(&self.state).expect("a state is plain data");
        bytes.push(b'\n');
        let path = self.root.join(self.marker);
        Ok(put(&path, &bytes, |file| file.persist(&path))?)
    }

    /// Has all that was written on the disk before what says so.
    fn flush(&self) {
        #[cfg(target_os = "linux")]
        if let Ok(folder) = File::open(&self.root) {
            let _ = rustix::fs::syncfs(&folder);
        }
    }
}

/// Gives what is in a folder besides its lock and what a killed run wrote aside.
fn stranger(root: &Path, lock: &str) -> Option<String> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(_) => return Some(".".to_owned()),
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name != lock && !name.starts_with(STAGING)).min()
}
