//! Why a disk would not do, in plain words, and what to do about it.

use std::io;
use std::path::Path;

use thiserror::Error;

/// Why a disk would not do, as far as a program can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Nothing is there.
    Missing,
    /// Somebody else's rights.
    NotAllowed,
    /// No room is left.
    Full,
    /// The disk can only be read.
    ReadOnly,
    /// The program has as many files open as it may.
    TooManyOpen,
    /// The disk itself says that it cannot.
    Failing,
    /// A link, a pipe or a device, where a file is wanted.
    NotAFile,
    /// Something else.
    Other,
}

impl Cause {
    /// Gives the cause of an error.
    pub(crate) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::NotAllowed,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ if is_of(error, Errno::TooManyOpen) => Self::TooManyOpen,
            _ if is_of(error, Errno::Failing) => Self::Failing,
            _ if error.get_ref().and_then(|inner| inner.downcast_ref::<NotAFile>()).is_some() => Self::NotAFile,
            _ => Self::Other,
        }
    }

    /// Says what to do, in the imperative; nothing where the cause cannot be told.
    pub(crate) fn remedy(self) -> Option<&'static str> {
        Some(match self {
            Self::NotAllowed => "work as its owner, or have the owner let you",
            Self::Full => "make room on the disk",
            Self::ReadOnly => "have the disk made writable",
            Self::TooManyOpen => "let programs open more files at once (`ulimit -n 1024`)",
            Self::Failing => "copy what is there to another disk now, and have this one looked at",
            Self::NotAFile => "put the file itself there in its place, from a backup",
            Self::Missing | Self::Other => return None,
        })
    }
}

#[derive(Debug, Error)]
#[error("it is {0}, not a file")]
struct NotAFile(&'static str);

/// Gives the error of reading what is something else than a file, such as a link.
pub(crate) fn not_a_file(what: &'static str) -> io::Error {
    io::Error::other(NotAFile(what))
}

/// Says why an operation failed, in plain words.
pub(crate) fn reason(error: &io::Error) -> String {
    match Cause::of(error) {
        Cause::Missing => "it does not exist".into(),
        Cause::NotAllowed => "you are not allowed to".into(),
        Cause::Full => "the disk is full".into(),
        Cause::ReadOnly => "the disk is read-only".into(),
        Cause::TooManyOpen => "this program has as many files open as it may".into(),
        Cause::Failing => "the disk reports a fault".into(),
        Cause::NotAFile | Cause::Other => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

#[derive(Clone, Copy)]
enum Errno {
    TooManyOpen,
    Failing,
}

#[cfg(unix)]
fn is_of(error: &io::Error, errno: Errno) -> bool {
    use rustix::io::Errno as Number;

    let numbers: &[Number] = match errno {
        Errno::TooManyOpen => &[Number::MFILE, Number::NFILE],
        Errno::Failing => &[Number::IO],
    };
    numbers.iter().any(|number| error.raw_os_error() == Some(number.raw_os_error()))
}

#[cfg(not(unix))]
fn is_of(_: &io::Error, _: Errno) -> bool {
    false
}

/// Gives the name of whoever a file or folder belongs to, or the folder nearest above it that can be seen.
#[cfg(unix)]
pub(crate) fn owner(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;

    let uid = path.ancestors().find_map(|path| std::fs::symlink_metadata(path).ok())?.uid();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    Some(name.unwrap_or_else(|| format!("user {uid}")))
}

#[cfg(not(unix))]
pub(crate) fn owner(_: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_is_told_that_can_be_seen() {
        for (error, words) in [
            (io::ErrorKind::PermissionDenied.into(), "you are not allowed to"),
            (io::ErrorKind::StorageFull.into(), "the disk is full"),
            (not_a_file("a link"), "it is a link, not a file"),
            #[cfg(unix)]
            (io::Error::from_raw_os_error(24), "this program has as many files open as it may"),
            #[cfg(unix)]
            (io::Error::from_raw_os_error(5), "the disk reports a fault"),
        ] {
            assert_eq!(reason(&error), words);
            assert!(Cause::of(&error).remedy().is_some(), "{words}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_is_not_there_belongs_to_whoever_has_the_folder_above_it() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(owner(folder.path()).is_some());
        assert_eq!(owner(&folder.path().join("a/b")), owner(folder.path()));
    }
}
