//! Reading sources and writing outputs; the only door to the disk.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the door to the disk")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use walkdir::WalkDir;

use crate::finding::Rule;

pub(crate) mod cache;
mod cause;
mod open;
mod readers;
mod scratch;
mod tree;
mod write;

pub(crate) use cause::{Cause, not_a_file, owner, reason};
pub(crate) use open::{open_file, read_file};
pub(crate) use readers::Readers;
pub(crate) use scratch::{ISSUE_COPY, OFFICE_RUN, Scratch, sweep_temporary};
pub use tree::TreeTally;
pub(crate) use tree::{Tree, TreeFailure};
pub(crate) use write::{
    WriteFailure, make_parent, remove_file, remove_folder, replace_file, replace_folder, write_all, write_new,
    write_secret,
};

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] =
    &[&TOO_MUCH, &UNREADABLE, &NOT_UTF8, &TOO_LARGE, &open::NOT_A_FILE, &open::LEADS_OUT];

/// How many bytes a source may have.
const LARGEST_SOURCE: u64 = 4 * 1024 * 1024;

/// How many bytes a layout or a font may have; the largest fonts, of Chinese, have 20 MB.
const LARGEST_OF_FOLDER: u64 = 64 * 1024 * 1024;

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

impl Problem {
    fn of(path: &str, rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { path: path.to_owned(), rule, message: message.into(), help: help.into(), shown: None }
    }
}

/// Files of a folder, sorted, and what could not be listed.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Paths below the workspace, with `/`.
    pub(crate) files: Vec<String>,
    /// What could not be listed.
    pub(crate) problems: Vec<Problem>,
}

crate::finding::rule! {
    /// A file of the workspace could not be opened or read: it may be missing, a folder where a file is
    /// expected, a link that leads round in a circle, or closed to you. Nothing is built from a workspace
    /// that cannot be read whole, because a pack must never leave a paper out silently.
    UNREADABLE = "F0001", Files, Error, guarded, "a file cannot be read";
}

/// Lists all files below a folder of the workspace, following links that lead to somewhere in the workspace.
pub(crate) fn list(root: &Path, folder: &str) -> Listing {
    let start = root.join(folder);
    if fs::symlink_metadata(&start).is_err() {
        return Listing::default();
    }
    let listing = RefCell::new(Listing::default());
    let tell = |problem| listing.borrow_mut().problems.push(problem);
    let shown = |path: &Path| slashed(root, path).unwrap_or_else(|| path.display().to_string());
    let entries = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter().filter_entry(|entry| {
        let is_led_out = entry.path_is_symlink() && open::leads_out(root, entry.path());
        if is_led_out {
            let what = if entry.file_type().is_dir() { "folder" } else { "file" };
            tell(open::led_out(&shown(entry.path()), what));
        }
        !is_led_out
    });
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {
                listing.borrow_mut().problems.extend(folder_called_source(root, entry.path()));
            }
            Ok(entry) => match (slashed(root, entry.path()), open::special(entry.file_type())) {
                (Some(path), None) => listing.borrow_mut().files.push(path),
                (_, Some(what)) => tell(open::not_a_file(&shown(entry.path()), what)),
                (None, None) => {
                    let message = "the name of the file is not UTF-8";
                    tell(Problem::of(&shown(entry.path()), &UNREADABLE, message, "rename the file"));
                }
            },
            Err(error) => {
                let path = error.path().map_or_else(|| folder.to_owned(), shown);
                let help = "remove the link, or give yourself the right to read it";
                tell(Problem::of(&path, &UNREADABLE, not_listed(&error), help));
            }
        }
    }
    listing.into_inner()
}

/// Says why something could not be listed.
fn not_listed(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "a link leads back to a folder above it".to_owned();
    }
    match error.io_error() {
        Some(io) if io.kind() == io::ErrorKind::NotFound => "the link leads to nothing".to_owned(),
        io => format!("cannot be listed: {}", io.map_or_else(|| error.to_string(), reason)),
    }
}

/// Tells of a folder that is called as sources are, so that its file is missed.
fn folder_called_source(root: &Path, folder: &Path) -> Option<Problem> {
    let path = slashed(root, folder).filter(|path| has_ending(path, &["yaml", "yml"]))?;
    let message = format!("`{}` is a folder, not a file", path.rsplit('/').next().unwrap_or(&path));
    let help = "move what is in it to the folder above, and remove it";
    Some(Problem::of(&path, &UNREADABLE, message, help))
}

fn slashed(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// Tells whether a path ends in one of these endings, in any case.
pub(crate) fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|wanted| ending.eq_ignore_ascii_case(wanted))
}

/// Reads a file of the workspace.
pub(crate) fn read_bytes(root: &Path, path: &str) -> Result<Vec<u8>, Problem> {
    read_all(path, &mut open::open_in(root, path)?.0)
}

fn read_all(path: &str, file: &mut fs::File) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| {
        let message = format!("`{path}` cannot be read: {}", reason(&error));
        Problem::of(path, &UNREADABLE, message, "check that you may read the file")
    })?;
    Ok(bytes)
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
            let message = format!("`{path}` changed while it was read");
            let help = "wait until it has been saved, then try again";
            problems.push(Problem::of(path, &UNREADABLE, message, help));
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

crate::finding::rule! {
    /// The file may have 512 MB, and 5,000 pages of it can be appended; reading it may take only so much time
    /// and memory. Files beyond this are rarely what a pack needs. Name the pages that are wanted by `pages:`
    /// in a copy that has only them, or have it saved smaller.
    TOO_MUCH = "A0003", Appended, Error, pages, guarded, "a file that is too large or takes too much work";
}

/// Reads a file of the workspace that may have so many bytes.
pub(crate) fn read_at_most(root: &Path, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
    let (mut file, length) = open::open_in(root, path)?;
    if length > most {
        let name = path.rsplit('/').next().unwrap_or(path);
        let message = format!("`{name}` has {} MB; a file may have {}", length / 1_048_576, most / 1_048_576);
        let help = "have it saved smaller, or append only the part that is wanted";
        return Err(Problem::of(path, &TOO_MUCH, message, help));
    }
    read_all(path, &mut file)
}

crate::finding::rule! {
    /// Sources are read as UTF-8, with or without a byte order mark. Files saved by older programs may be
    /// in another encoding, such as Windows-1252. Open the file in your editor and save it as UTF-8.
    NOT_UTF8 = "F0002", Files, Error, guarded, "a file is not UTF-8";
}

crate::finding::rule! {
    /// A source may have 4 MB. Papers are far smaller; a file of this size is nearly always
    /// something else with the ending .yaml.
    TOO_LARGE = "F0004", Files, Error, guarded, "a file is too large";
}

/// Reads a source of the workspace as text.
pub(crate) fn read_text(root: &Path, path: &str) -> Result<String, Problem> {
    let (mut file, length) = open::open_in(root, path)?;
    if length > LARGEST_SOURCE {
        let message = format!("the file has {} MB; a source may have 4", length / 1_048_576);
        let help = "move it out of content/, or give it another ending than .yaml";
        return Err(Problem::of(path, &TOO_LARGE, message, help));
    }
    let bytes = read_all(path, &mut file)?;
    if is_utf16(&bytes) {
        let message = "the file is saved as UTF-16, which Notepad calls Unicode";
        return Err(Problem::of(path, &NOT_UTF8, message, SAVE_AS_UTF8));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let message = "the file is not UTF-8 text from here on";
        let shown = Some((String::from_utf8_lossy(error.as_bytes()).into_owned(), good));
        Problem { shown, ..Problem::of(path, &NOT_UTF8, message, SAVE_AS_UTF8) }
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

/// Reads the files of a folder of the workspace in which layouts or fonts can be overridden.
pub(crate) fn read_folder(
    root: &Path,
    folder: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> (BTreeMap<String, Vec<u8>>, Vec<Problem>) {
    let mut listing = list(root, folder);
    let mut files = BTreeMap::new();
    for path in listing.files.into_iter().filter(|path| is_wanted(path)) {
        match read_at_most(root, &path, LARGEST_OF_FOLDER) {
            Ok(bytes) => {
                files.insert(path, bytes);
            }
            Err(problem) => listing.problems.push(problem),
        }
    }
    (files, listing.problems)
}

/// Tells whether a folder holds exactly these files.
pub(crate) fn holds(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> bool {
    let listing = list(folder, "");
    let there: BTreeSet<&String> = listing.files.iter().collect();
    listing.problems.is_empty()
        && there.into_iter().eq(files.keys())
        && files.iter().all(|(path, bytes)| read_file(&folder.join(path)).is_ok_and(|found| found == *bytes))
}

/// Tells whether a path leads to a file; what cannot be asked is none.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Tells whether a folder has nothing in it, or is not there.
pub(crate) fn is_empty(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Tells whether anything is there, be it a link that leads nowhere.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Gives the SHA-256 of bytes in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;

    hexadecimal(&sha2::Sha256::digest(bytes))
}

/// Gives bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
