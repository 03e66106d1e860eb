//! A store that fails at the n-th call that changes something.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use boardpack::archive::{Access, Disk, Entry, Hold, Lock, Store};

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fails {
    /// It and every later one, as if the process were dead; a write leaves half of its bytes.
    Killed,
    /// It alone, as on a disk that was full for a moment; a write leaves half of its bytes.
    Full,
    /// It and every later one that changes something, with nothing done.
    ReadOnly,
}

/// The store.
pub struct Faulty {
    disk: Disk,
    at: usize,
    fails: Fails,
    exchanges: bool,
    calls: AtomicUsize,
    dead: AtomicBool,
    /// Below what nothing can be read, and the system's number of the error.
    unreadable: Option<(String, i32)>,
}

impl Faulty {
    pub fn new(folder: &Path, at: usize, fails: Fails, exchanges: bool) -> Self {
        let (calls, dead) = (AtomicUsize::new(0), AtomicBool::new(false));
        Self { disk: Disk::new(folder), at, fails, exchanges, calls, dead, unreadable: None }
    }

    /// Has reading anything below a folder fail with an error of the system.
    pub fn unreadable(mut self, below: &str, number: i32) -> Self {
        self.unreadable = Some((below.to_owned(), number));
        self
    }

    /// Makes one that never fails and, as nobody pulls its plug, spares the flushing.
    pub fn healthy(folder: &Path) -> Self {
        Self::new(folder, usize::MAX, Fails::Killed, true)
    }

    fn write_unflushed(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        fs::OpenOptions::new().write(true).create_new(true).open(self.disk.place(path))?.write_all(bytes)
    }

    /// Tells whether the n-th call came at all.
    pub fn struck(&self) -> bool {
        self.calls.load(Ordering::SeqCst) > self.at
    }

    fn reading(&self, path: &str) -> io::Result<()> {
        if let Some((below, number)) = &self.unreadable
            && path.strip_prefix(below.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        {
            return Err(io::Error::from_raw_os_error(*number));
        }
        if self.dead.load(Ordering::SeqCst) && self.fails == Fails::Killed {
            return Err(io::Error::other("killed"));
        }
        Ok(())
    }

    fn changing(&self) -> io::Result<()> {
        self.reading("")?;
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        let dead = self.dead.load(Ordering::SeqCst) && self.fails != Fails::Full;
        if call != self.at && !dead {
            return Ok(());
        }
        self.dead.store(true, Ordering::SeqCst);
        Err(match self.fails {
            Fails::Killed => io::Error::other("killed"),
            Fails::Full => io::ErrorKind::StorageFull.into(),
            Fails::ReadOnly => io::ErrorKind::ReadOnlyFilesystem.into(),
        })
    }
}

impl Store for Faulty {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.reading(folder)?;
        self.disk.list(folder)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        self.reading(path)?;
        self.disk.open(path)
    }

    fn size(&self, path: &str) -> io::Result<u64> {
        self.reading(path)?;
        self.disk.size(path)
    }

    fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.changing().inspect_err(|_| {
            if self.fails != Fails::ReadOnly && self.calls.load(Ordering::SeqCst) == self.at + 1 {
                let _ = self.write_unflushed(path, &bytes[..bytes.len() / 2]);
            }
        })?;
        self.write_unflushed(path, bytes)
    }

    fn make_folder(&self, path: &str, access: Access) -> io::Result<()> {
        self.changing()?;
        self.disk.make_folder(path, access)
    }

    fn link_or_copy(&self, from: &str, to: &str) -> io::Result<()> {
        self.changing()?;
        self.disk.link_or_copy(from, to)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.changing()?;
        self.disk.rename(from, to)
    }

    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        if !self.exchanges {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.changing()?;
        self.disk.exchange(one, other)
    }

    fn remove_file(&self, path: &str) -> io::Result<()> {
        self.changing()?;
        self.disk.remove_file(path)
    }

    fn remove_folder(&self, path: &str) -> io::Result<()> {
        self.changing()?;
        self.disk.remove_folder(path)
    }

    fn flush_folder(&self, path: &str) -> io::Result<()> {
        self.changing()?;
        fs::metadata(self.disk.place(path)).map(|_| ())
    }

    fn lock(&self, path: &str, hold: Hold) -> io::Result<Lock> {
        self.changing()?;
        self.disk.lock(path, hold)
    }

    fn place(&self, path: &str) -> String {
        self.disk.place(path)
    }

    fn owner(&self, path: &str) -> Option<String> {
        self.disk.owner(path)
    }
}
