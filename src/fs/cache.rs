//! What was made before, kept beside the workspace: after a late change only what differs is made again.
//!
//! An entry is known by the hash of everything that goes into it, the program among it. Whatever is wrong with the
//! folder, the entry is then simply made again: it may be deleted at any time, and two programs may use it at once.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "what was made is kept beside the workspace")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Readers, hexadecimal, make_parent, read_file, replace_file, sha256};

/// How long an entry that nobody asks for is kept.
const UNUSED: Duration = Duration::from_hours(24 * 60);

/// How many bytes the folder may hold; what was not used for longest goes first.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// Length of the hash before an entry.
const HASH: usize = 64;

/// From what an entry was made. Entries of different shelves have different keys, whatever else they share, so that
/// nothing made from something withheld can be taken for something public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// From what everybody may have.
    Public,
    /// From something withheld too.
    Private,
    /// From the bytes of one file and nothing else.
    File,
}

/// What an entry is known by.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key(String);

/// A folder of entries.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    folder: PathBuf,
    /// What sets this program apart from others, which may make something else of the same.
    program: String,
}

impl Cache {
    /// Uses a folder, if it is there; entries unused for long are removed from it.
    pub(crate) fn at(folder: &Path, program: &str) -> Self {
        let cache = Self { folder: folder.to_owned(), program: program.to_owned() };
        cache.sweep(LARGEST);
        cache
    }

    /// Gives what is known by these parts.
    pub(crate) fn key<'a>(&self, shelf: Shelf, parts: impl IntoIterator<Item = &'a [u8]>) -> Key {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        };
        add(self.program.as_bytes());
        parts.into_iter().for_each(add);
        let shelf = match shelf {
            Shelf::Public => "public",
            Shelf::Private => "private",
            Shelf::File => "file",
        };
        Key(format!("{shelf}-{}", hexadecimal(&hash.finalize())))
    }

    /// Gives an entry: what is known of its bytes, and these. Nothing when what is there is not whole.
    pub(crate) fn get<About: DeserializeOwned>(&self, key: &Key) -> Option<(About, Vec<u8>)> {
        let path = self.folder.join(&key.0);
        let mut kept = read_file(&path).ok()?;
        let (hash, rest) = kept.split_at_checked(HASH)?;
        if sha256(rest).as_bytes() != hash {
            return None;
        }
        let line = rest.iter().position(|byte| *byte == b'\n')?;
        let about = serde_json::from_slice(&rest[..line]).ok()?;
        kept.drain(..=HASH + line);
        // That it was used is noted at most once a day.
        let age = fs::metadata(&path).and_then(|about| about.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > Duration::from_hours(24)) {
            let _ = fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        }
        Some((about, kept))
    }

    /// Makes the folder, if the disk lets it: where there is none, nothing is kept.
    pub(crate) fn begin(folder: &Path) {
        let _ = make_parent(&folder.join("entry"), Readers::Owner);
    }

    /// Keeps an entry, if the disk lets it.
    pub(crate) fn put(&self, key: &Key, about: &impl Serialize, bytes: &[u8]) {
        if !self.folder.is_dir() {
            return;
        }
        let Ok(mut rest) = serde_json::to_vec(about) else { return };
        rest.push(b'\n');
        rest.extend_from_slice(bytes);
        let kept = [sha256(&rest).as_bytes(), &rest].concat();
        let path = self.folder.join(&key.0);
        let _ = replace_file(&path, &kept);
    }

    fn sweep(&self, largest: u64) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let about = |entry: fs::DirEntry| {
            let about = entry.metadata().ok()?;
            Some((about.modified().ok()?.elapsed().unwrap_or_default(), about.len(), entry.path()))
        };
        let mut entries: Vec<(Duration, u64, PathBuf)> = entries.flatten().filter_map(about).collect();
        entries.sort();
        let mut held = 0;
        for (age, bytes, path) in entries {
            held += bytes;
            if age > UNUSED || held > largest {
                let _ = fs::remove_file(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_is_not_whole_is_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(folder.path(), "1");
        let key = cache.key(Shelf::Public, [&b"a"[..], b"b", b"c"]);
        let get = || cache.get::<u32>(&key);
        assert_ne!(key, cache.key(Shelf::Public, [&b"a"[..], b"bc", b""]));
        assert_ne!(key, cache.key(Shelf::Private, [&b"a"[..], b"b", b"c"]));
        assert_ne!(key, Cache::at(folder.path(), "2").key(Shelf::Public, [&b"a"[..], b"b", b"c"]));
        assert_eq!(get(), None);
        cache.put(&key, &7, b"%PDF");
        assert_eq!(get(), Some((7, b"%PDF".to_vec())));
        fs::write(folder.path().join(&key.0), b"short").expect("written");
        assert_eq!(get(), None);
        cache.put(&key, &7, b"%PDF");
        let mut bytes = fs::read(folder.path().join(&key.0)).expect("read");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(folder.path().join(&key.0), bytes).expect("written");
        assert_eq!(get(), None);
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(folder.path(), "1");
        let keys = [b"old", b"new"].map(|name| cache.key(Shelf::File, [&name[..]]));
        for (key, hours) in keys.iter().zip([2, 1]) {
            cache.put(key, &(), &[0; 1000]);
            let file = fs::File::options().append(true).open(folder.path().join(&key.0)).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_hours(hours)).expect("its time");
        }
        cache.sweep(1500);
        assert_eq!(keys.map(|key| cache.get::<()>(&key).is_some()), [false, true]);
    }
}
