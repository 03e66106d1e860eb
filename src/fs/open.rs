//! Opening: only what is a file, and of a workspace only what lies in it.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::{Problem, reason};
use crate::fs::UNREADABLE;

/// Opens a file for reading. What is no file is not opened, since a pipe may never end, and a device may do something
/// when it is opened; the error says what it is.
pub(crate) fn open_file(path: &Path) -> io::Result<File> {
    is_file(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // What was exchanged for a pipe meanwhile is not waited for.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    is_file(&file.metadata()?)?;
    Ok(file)
}

/// Reads a file, as [`open_file`] opens it.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_file(about: &fs::Metadata) -> io::Result<()> {
    match no_file(about.file_type()) {
        None => Ok(()),
        Some(what) => Err(super::not_a_file(what)),
    }
}

/// Says what is neither a file nor a link to one.
fn no_file(kind: FileType) -> Option<&'static str> {
    match kind {
        kind if kind.is_file() => None,
        kind if kind.is_dir() => Some("a folder"),
        kind => Some(special(kind).unwrap_or("a link")),
    }
}

/// Says what is neither a file nor a folder nor a link.
pub(super) fn special(kind: FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    (!kind.is_file() && !kind.is_dir() && !kind.is_symlink()).then_some("a device")
}

/// Opens a file of the workspace, and gives how many bytes it has.
pub(super) fn open_in(root: &Path, path: &str) -> Result<(File, u64), Problem> {
    let full = root.join(path);
    let cannot = |error: io::Error| {
        let message = format!("`{path}` cannot be read: {}", reason(&error));
        Problem::of(path, &UNREADABLE, message, "check the name, and that you may read the file")
    };
    if leads_out(root, &full) {
        return Err(led_out(path, "file"));
    }
    let kind = fs::metadata(&full).map_err(cannot)?.file_type();
    if kind.is_dir() {
        let message = format!("`{path}` is a folder, not a file");
        return Err(Problem::of(path, &UNREADABLE, message, "name a file in it"));
    }
    if let Some(what) = special(kind) {
        return Err(not_a_file(path, what));
    }
    let file = open_file(&full).map_err(cannot)?;
    let length = file.metadata().map_err(cannot)?.len();
    Ok((file, length))
}

/// Tells whether a path leads out of a workspace by a link; one that leads nowhere does not. No path of a file that is
/// named from where the program was started, without a workspace, leads out of anything.
pub(super) fn leads_out(root: &Path, full: &Path) -> bool {
    if root.as_os_str().is_empty() {
        return false;
    }
    match (fs::canonicalize(root), fs::canonicalize(full)) {
        (Ok(root), Ok(full)) => !full.starts_with(root),
        _ => false,
    }
}

crate::finding::rule! {
    /// In the place of a file lies a named pipe, a socket or a device. Reading one may never end, so it is not even
    /// opened. Remove it from the workspace, or put the file that is meant in its place.
    NOT_A_FILE = "F0011", Files, Error, guarded, "something that is not a file";
}

/// Tells of what is neither a file nor a folder.
pub(super) fn not_a_file(path: &str, what: &str) -> Problem {
    let message = format!("`{path}` is {what}, not a file");
    Problem::of(path, &NOT_A_FILE, message, "remove it, or put the file that is meant in its place")
}

crate::finding::rule! {
    /// A symbolic link leads to a file or folder outside the workspace. What is read is printed and published, and a
    /// link is easily followed to what nobody meant to publish; nor would a copy of the workspace hold it. Copy the
    /// file itself into the workspace, in the place of the link. Links within the workspace are followed.
    LEADS_OUT = "F0012", Files, Error, guarded, "a link that leads out of the workspace";
}

/// Tells of a link that leads out of the workspace.
pub(super) fn led_out(path: &str, what: &str) -> Problem {
    let message = format!("`{path}` leads to a {what} outside the workspace");
    let help = format!("copy the {what} itself into the workspace, in the place of the link");
    Problem::of(path, &LEADS_OUT, message, help)
}
