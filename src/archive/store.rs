//! The few things that the archive asks of a disk, so that tests can make each one of them fail.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the archive's door to the disk, which tests replace by one that fails"
)]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::fs as disk;

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file of its own.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a device or the like, which no archive holds.
    Other,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name alone.
    pub name: String,
    /// What it stands for.
    pub kind: Kind,
}

/// Who may look into a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever the system lets.
    Anyone,
    /// The owner and the group alone, because withheld papers lie in it.
    Staff,
}

/// How a lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// By one writer alone.
    Alone,
    /// By any number of readers.
    Shared,
}

/// A lock that is held until it is dropped or its process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Where an archive lies; paths are relative to its folder, with `/`.
///
/// No call may leave a file or folder half made under a name that was given to `rename` or
/// `exchange`: those two are the only calls by which something new comes to stand in the archive.
pub trait Store: Send + Sync {
    /// Gives the names in a folder, sorted.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;
    /// Opens a file for reading from its start; a link, a pipe or a device is none, and keeps nobody waiting.
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;
    /// Gives the number of bytes of a file.
    fn size(&self, path: &str) -> io::Result<u64>;
    /// Writes a file that must not be there yet, and flushes it to the disk.
    fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Makes a folder that must not be there yet; the empty path is the archive's own folder.
    fn make_folder(&self, path: &str, access: Access) -> io::Result<()>;
    /// Makes a second name of a file, or where that cannot be, a flushed copy.
    fn link_or_copy(&self, from: &str, to: &str) -> io::Result<()>;
    /// Gives a file or folder another path, at which nothing is.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Swaps two folders in one step; of the kind `Unsupported` where that cannot be.
    fn exchange(&self, one: &str, other: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &str) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &str) -> io::Result<()>;
    /// Flushes the names in a folder to the disk, where the system can.
    fn flush_folder(&self, path: &str) -> io::Result<()>;
    /// Takes a lock on a file; of the kind `WouldBlock` when another holds it.
    fn lock(&self, path: &str, hold: Hold) -> io::Result<Lock>;
    /// Gives a path as people should read it.
    fn place(&self, path: &str) -> String;
    /// Gives the name of whoever a path belongs to, where that can be told.
    fn owner(&self, _path: &str) -> Option<String> {
        None
    }
}

/// A folder of the local disk.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Takes a folder, which need not be there yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            self.root.clone()
        } else {
            path.split('/').fold(self.root.clone(), |at, part| at.join(part))
        }
    }
}

impl Store for Disk {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.at(folder))? {
            let entry = entry?;
            let about = entry.file_type()?;
            let kind = match () {
                () if about.is_dir() => Kind::Folder,
                () if about.is_file() => Kind::File,
                () => Kind::Other,
            };
            entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind });
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(open_own(&self.at(path))?))
    }

    fn size(&self, path: &str) -> io::Result<u64> {
        Ok(fs::metadata(self.at(path))?.len())
    }

    fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(self.at(path))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn make_folder(&self, path: &str, access: Access) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(path.is_empty());
        #[cfg(unix)]
        if access == Access::Staff {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o770);
        }
        #[cfg(not(unix))]
        let _ = access;
        let folder = self.at(path);
        let mut above = Vec::new();
        if path.is_empty() {
            // Nobody else flushes the names on the way to the archive's own folder.
            above.extend(folder.ancestors().skip(1).take_while(|above| !above.exists()));
            above.extend(folder.ancestors().skip(1).find(|above| above.exists()));
        }
        builder.create(&folder)?;
        above.iter().try_for_each(|above| flush(above))
    }

    fn link_or_copy(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.at(from), self.at(to));
        match fs::hard_link(&from, &to) {
            Ok(()) => return Ok(()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
                return Err(error);
            }
            Err(_) => {}
        }
        let mut source = open_own(&from)?;
        let mut copy = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut source, &mut copy)?;
        copy.sync_all()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from), self.at(to))
    }

    #[cfg(target_os = "linux")]
    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        renameat_with(CWD, self.at(one), CWD, self.at(other), RenameFlags::EXCHANGE).map_err(|error| match error {
            Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
            error => error.into(),
        })
    }

    #[cfg(not(target_os = "linux"))]
    fn exchange(&self, _: &str, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove_file(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.at(path))
    }

    fn remove_folder(&self, path: &str) -> io::Result<()> {
        fs::remove_dir(self.at(path))
    }

    fn flush_folder(&self, path: &str) -> io::Result<()> {
        flush(&self.at(path))
    }

    fn lock(&self, path: &str, hold: Hold) -> io::Result<Lock> {
        let path = self.at(path);
        let file = match hold {
            Hold::Alone => match open_own(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?,
            },
            Hold::Shared => open_own(&path)?,
        };
        let taken = match hold {
            Hold::Alone => file.try_lock(),
            Hold::Shared => file.try_lock_shared(),
        };
        match taken {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn place(&self, path: &str) -> String {
        self.at(path).display().to_string()
    }

    fn owner(&self, path: &str) -> Option<String> {
        disk::owner(&self.at(path))
    }
}

/// Opens a file for reading. A link is no file of the archive, wherever it leads.
fn open_own(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(disk::not_a_file("a link"));
    }
    disk::open_file(path)
}

#[cfg(unix)]
fn flush(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn flush(_: &Path) -> io::Result<()> {
    Ok(())
}
