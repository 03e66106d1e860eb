//! Who may read what is written: everybody, or its owner alone.
//!
//! A folder that lets its group write and hands its group on (`chmod g+ws`) belongs to a team: what is written below
//! it is for the team to read and to replace. Where a system knows no such rights, as Windows, the folder's own rule.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Who may read a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Everybody whom the umask lets.
    Everybody,
    /// Its owner, and the group where a team shares the folder that it lies in.
    Owner,
}

impl Readers {
    /// Makes a folder in one that is there; one that is there already keeps its rights.
    pub(super) fn make_folder(self, path: &Path) -> io::Result<()> {
        let shared = path.parent().is_some_and(is_shared);
        #[cfg_attr(not(unix), allow(unused_mut))]
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        if self == Self::Owner {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        match builder.create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
            made => made?,
        }
        self.settle(path, shared, true)
    }

    /// Makes the folders that are missing on the way to a folder, and it.
    pub(super) fn make_folders(self, path: &Path) -> io::Result<()> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.make_folders(parent)?;
        }
        self.make_folder(path)
    }

    /// Makes a new file in a folder.
    pub(super) fn make_file(self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if self == Self::Owner {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(path)?;
        self.settle(path, path.parent().is_some_and(is_shared), false)?;
        Ok(file)
    }

    /// Lets the group of a shared folder in, and makes sure that nobody else is.
    #[cfg(unix)]
    pub(super) fn settle(self, path: &Path, shared: bool, is_folder: bool) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;

        let mode = |path: &Path| fs::metadata(path).map(|about| about.permissions().mode());
        let team = match (shared, is_folder) {
            (false, _) => 0,
            (true, false) => 0o060,
            (true, true) => 0o2070,
        };
        let before = mode(path)? & 0o7777;
        let let_in = || fs::set_permissions(path, fs::Permissions::from_mode(before | team));
        match if before & team == team { Ok(()) } else { let_in() } {
            Err(error) if self == Self::Owner => return Err(error),
            // What is for everybody is no worse where the team cannot replace it.
            _ => {}
        }
        let others = if shared { 0o007 } else { 0o077 };
        if self == Self::Owner && mode(path)? & others != 0 {
            return Err(io::Error::other(
                "this disk lets others read it; name a folder on one that keeps who may read a file",
            ));
        }
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn settle(self, _: &Path, _: bool, _: bool) -> io::Result<()> {
        Ok(())
    }
}

/// Tells whether a team shares a folder.
#[cfg(unix)]
pub(super) fn is_shared(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::metadata(folder).is_ok_and(|about| about.permissions().mode() & 0o2020 == 0o2020)
}

#[cfg(not(unix))]
pub(super) fn is_shared(_: &Path) -> bool {
    false
}
