//! Single papers that were made before: after a late change only those that differ are typeset again.
//!
//! A paper is known by the hash of everything that goes into it: the program, its fonts, what is given to
//! the typesetter, and the pages of the file that it appends. Whatever is wrong with the folder, a paper
//! is then simply made again.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "what was made is kept beside the workspace")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::fs::{Readers, hexadecimal, make_parent, read_file, replace_file, sha256};

/// How long a paper that nobody asks for is kept.
const UNUSED: Duration = Duration::from_hours(24 * 60);

/// Length of the hash before the bytes of a paper.
const HASH: usize = 64;

/// A folder of papers.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Uses a folder, which is made when it is needed; papers unused for long are removed from it.
    pub(super) fn at(folder: &Path) -> Self {
        let cache = Self { folder: folder.to_owned() };
        cache.sweep();
        cache
    }

    /// Gives what a paper is known by.
    pub(super) fn key<'a>(files: &BTreeMap<String, Vec<u8>>, besides: impl IntoIterator<Item = &'a [u8]>) -> String {
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update(bytes.len().to_le_bytes());
            hash.update(bytes);
        };
        for (path, bytes) in files {
            add(path.as_bytes());
            add(bytes);
        }
        besides.into_iter().for_each(add);
        hexadecimal(&hash.finalize())
    }

    /// Gives a paper that was made before; nothing when what is there is not whole.
    pub(super) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(key);
        let kept = read_file(&path).ok()?;
        let (hash, pdf) = kept.split_at_checked(HASH)?;
        if sha256(pdf).as_bytes() != hash {
            return None;
        }
        // That it was used is noted at most once a day.
        let age = fs::metadata(&path).and_then(|about| about.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > Duration::from_hours(24)) {
            let _ = fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        }
        Some(pdf.to_vec())
    }

    /// Keeps a paper, if the disk lets it.
    pub(super) fn put(&self, key: &str, pdf: &[u8]) {
        let kept = [sha256(pdf).as_bytes(), pdf].concat();
        let path = self.folder.join(key);
        if make_parent(&path, Readers::Owner).is_ok() {
            let _ = replace_file(&path, &kept);
        }
    }

    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|time| time.elapsed().ok());
            if age.is_some_and(|age| age > UNUSED) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_that_is_not_whole_is_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(folder.path());
        let key = Cache::key(&BTreeMap::from([("a".to_owned(), b"b".to_vec())]), [&b"c"[..]]);
        assert_ne!(key, Cache::key(&BTreeMap::from([("a".to_owned(), b"bc".to_vec())]), [&b""[..]]));
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"%PDF");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"%PDF"[..]));
        fs::write(folder.path().join(&key), b"short").expect("written");
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"%PDF");
        let mut bytes = fs::read(folder.path().join(&key)).expect("read");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(folder.path().join(&key), bytes).expect("written");
        assert_eq!(cache.get(&key), None);
    }
}
