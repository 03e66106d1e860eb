//! Reading sources and writing outputs; the only door to the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::finding::{Rule, rules};

mod readers;
mod scratch;
mod write;

pub use readers::Readers;
pub use scratch::{ISSUE_COPY, OFFICE_RUN, Scratch, sweep_temporary};
pub use write::{WriteFailure, make_parent, replace_file, replace_folder, write_all, write_secret};

/// How many bytes a source may have.
const LARGEST_SOURCE: u64 = 4 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug)]
pub struct Problem {
    /// Path below the workspace.
    pub path: String,
    /// Rule to report it under.
    pub rule: &'static Rule,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Text of the file as far as it can be shown, and the byte at which the problem is.
    pub shown: Option<(String, usize)>,
}

/// Files of a folder, sorted, and what could not be listed.
#[derive(Debug, Default)]
pub struct Listing {
    /// Paths below the workspace, with `/`.
    pub files: Vec<String>,
    /// What could not be listed.
    pub problems: Vec<Problem>,
}

/// Lists all files below a folder of the workspace, following links.
pub fn list(root: &Path, folder: &str) -> Listing {
    let mut listing = Listing::default();
    let start = root.join(folder);
    if !start.exists() {
        return listing;
    }
    for entry in WalkDir::new(&start).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {
                listing.problems.extend(folder_called_source(root, entry.path()));
            }
            Ok(entry) => match slashed(root, entry.path()) {
                Some(path) => listing.files.push(path),
                None => listing.problems.push(Problem {
                    path: entry.path().display().to_string(),
                    rule: &rules::UNREADABLE,
                    message: "the name of the file is not UTF-8".into(),
                    help: "rename the file".into(),
                    shown: None,
                }),
            },
            Err(error) => {
                let path = error.path().map_or_else(
                    || folder.to_owned(),
                    |path| slashed(root, path).unwrap_or_else(|| path.display().to_string()),
                );
                let message = if error.loop_ancestor().is_some() {
                    "a link leads back to a folder above it".to_owned()
                } else {
                    match error.io_error() {
                        Some(io) if io.kind() == io::ErrorKind::NotFound => "the link leads to nothing".to_owned(),
                        io => format!("cannot be listed: {}", io.map_or_else(|| error.to_string(), reason)),
                    }
                };
                listing.problems.push(Problem {
                    path,
                    rule: &rules::UNREADABLE,
                    message,
                    help: "remove the link, or give yourself the right to read it".into(),
                    shown: None,
                });
            }
        }
    }
    listing
}

/// Tells of a folder that is called as sources are, so that its file is missed.
fn folder_called_source(root: &Path, folder: &Path) -> Option<Problem> {
    let path = slashed(root, folder).filter(|path| has_ending(path, &["yaml", "yml"]))?;
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    Some(Problem {
        path,
        rule: &rules::UNREADABLE,
        message: format!("`{name}` is a folder, not a file"),
        help: "move what is in it to the folder above, and remove it".into(),
        shown: None,
    })
}

fn slashed(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// Tells whether a path ends in one of these endings, in any case.
pub fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|wanted| ending.eq_ignore_ascii_case(wanted))
}

/// Says why an operation failed, in plain words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".into(),
        io::ErrorKind::PermissionDenied => "you are not allowed to".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// Reads a file of the workspace.
pub fn read_bytes(root: &Path, path: &str) -> Result<Vec<u8>, Problem> {
    let full = root.join(path);
    let problem = |message: String, help: &str| Problem {
        path: path.to_owned(),
        rule: &rules::UNREADABLE,
        message,
        help: help.to_owned(),
        shown: None,
    };
    let about = fs::metadata(&full).map_err(|error| {
        problem(
            format!("`{path}` cannot be read: {}", reason(&error)),
            "check the name, and that you may read the file",
        )
    })?;
    if about.is_dir() {
        return Err(problem(format!("`{path}` is a folder, not a file"), "name a file in it"));
    }
    fs::read(&full).map_err(|error| {
        problem(format!("`{path}` cannot be read: {}", reason(&error)), "check that you may read the file")
    })
}

/// Reads files of the workspace as they are at one moment: a file that changes meanwhile is a problem.
pub fn read_at_once<'a>(
    root: &Path,
    paths: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<String, Vec<u8>>, Vec<Problem>> {
    let stamp = |path: &str| fs::metadata(root.join(path)).ok().map(|about| (about.len(), about.modified().ok()));
    let (mut files, mut stamps, mut problems) = (BTreeMap::new(), Vec::new(), Vec::new());
    for path in paths {
        stamps.push((path, stamp(path)));
        match read_bytes(root, path) {
            Ok(bytes) => {
                files.insert(path.clone(), bytes);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let same_length = |path: &str, length: u64| files.get(path).is_none_or(|bytes| bytes.len() as u64 == length);
    for (path, before) in stamps {
        let whole = before.as_ref().is_some_and(|(length, _)| same_length(path, *length));
        if files.contains_key(path) && (!whole || stamp(path) != before) {
            problems.push(Problem {
                path: path.clone(),
                rule: &rules::UNREADABLE,
                message: format!("`{path}` changed while it was read"),
                help: "wait until it has been saved, then try again".into(),
                shown: None,
            });
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Reads a file of the workspace that may have so many bytes.
pub fn read_at_most(root: &Path, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
    if let Ok(about) = fs::metadata(root.join(path))
        && about.is_file()
        && about.len() > most
    {
        let name = path.rsplit('/').next().unwrap_or(path);
        return Err(Problem {
            path: path.to_owned(),
            rule: &rules::TOO_MUCH,
            message: format!("`{name}` has {} MB; a file may have {}", about.len() / 1_048_576, most / 1_048_576),
            help: "have it saved smaller, or append only the part that is wanted".into(),
            shown: None,
        });
    }
    read_bytes(root, path)
}

/// Reads a source of the workspace as text.
pub fn read_text(root: &Path, path: &str) -> Result<String, Problem> {
    if let Ok(about) = fs::metadata(root.join(path))
        && about.len() > LARGEST_SOURCE
    {
        return Err(Problem {
            path: path.to_owned(),
            rule: &rules::TOO_LARGE,
            message: format!("the file has {} MB; a source may have 4", about.len() / 1_048_576),
            help: "move it out of content/, or give it another ending than .yaml".into(),
            shown: None,
        });
    }
    let bytes = read_bytes(root, path)?;
    if is_utf16(&bytes) {
        return Err(Problem {
            path: path.to_owned(),
            rule: &rules::NOT_UTF8,
            message: "the file is saved as UTF-16, which Notepad calls Unicode".into(),
            help: SAVE_AS_UTF8.into(),
            shown: None,
        });
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        Problem {
            path: path.to_owned(),
            rule: &rules::NOT_UTF8,
            message: "the file is not UTF-8 text from here on".into(),
            help: SAVE_AS_UTF8.into(),
            shown: Some((String::from_utf8_lossy(error.as_bytes()).into_owned(), good)),
        }
    })
}

/// What to do with a file in another encoding.
const SAVE_AS_UTF8: &str = "save it as UTF-8 (in Notepad: File, Save as, Encoding: UTF-8)";

/// Tells whether a text is saved with two bytes to a character: a mark at its start says so, or every second byte of
/// its beginning is nought, as no other text has it.
fn is_utf16(bytes: &[u8]) -> bool {
    /// Pairs of bytes that are looked at.
    const BEGINNING: usize = 64;
    let (pairs, _) = bytes.as_chunks::<2>();
    let half = |index: usize| {
        let noughts = pairs.iter().take(BEGINNING).filter(|pair| pair[index] == 0 && pair[1 - index] != 0).count();
        noughts > 1 && noughts * 2 > pairs.len().min(BEGINNING)
    };
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || half(0) || half(1)
}

/// Reads every file of a folder of the workspace that layouts or fonts can be overridden in.
pub fn read_folder(root: &Path, folder: &str) -> (BTreeMap<String, Vec<u8>>, Vec<Problem>) {
    let mut listing = list(root, folder);
    let mut files = BTreeMap::new();
    for path in listing.files {
        match read_bytes(root, &path) {
            Ok(bytes) => {
                files.insert(path, bytes);
            }
            Err(problem) => listing.problems.push(problem),
        }
    }
    (files, listing.problems)
}

/// Tells whether a folder has nothing in it, or is not there.
pub fn is_empty(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Gives the folder that a path means, from where the program was started.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Gives the SHA-256 of bytes in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;

    hexadecimal(&sha2::Sha256::digest(bytes))
}

/// Gives bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
