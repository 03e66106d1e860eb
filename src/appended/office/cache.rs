//! Converted files, kept by what they were made from.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "what was converted is kept beside the workspace"
)]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::failure::OfficeFailure;
use super::kind::Kind;
use crate::fs::read_file;

/// Folder of the workspace that holds converted files.
pub(crate) const FOLDER: &str = "content/.converted";

const WRITING: &str = ".writing-";
const DAY: u64 = 86_400;

/// What was made of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// What is printed.
    Pdf,
    /// A file of an old format, written anew so that it can be looked into.
    Readable(Kind),
}

impl Made {
    fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Readable(kind) => kind.ending(),
        }
    }

    /// Tells whether bytes are whole.
    fn is_whole(self, bytes: &[u8]) -> bool {
        match self {
            Self::Pdf => is_pdf(bytes),
            Self::Readable(_) => super::package::Package::open(bytes).is_some(),
        }
    }
}

/// The folder of converted files.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Gives the cache of a workspace, whose folder is made when first written to.
    pub(crate) fn below(workspace: &Path) -> Self {
        Self { folder: workspace.join(FOLDER) }
    }

    /// Gives what was made for a key; none also when what is there is not whole.
    pub(crate) fn get(&self, key: &str, made: Made) -> Option<Vec<u8>> {
        read_file(&self.path(key, made)).ok().filter(|bytes| made.is_whole(bytes))
    }

    /// Keeps what was made, so that a killed run leaves either the whole file or none.
    pub(crate) fn put(&self, key: &str, made: Made, bytes: &[u8]) -> Result<(), OfficeFailure> {
        let folder = &self.folder;
        fs::create_dir_all(folder).map_err(|error| OfficeFailure::disk("make the folder", folder, &error))?;
        self.remove_leftovers();
        let path = self.path(key, made);
        let failure = |error: std::io::Error| OfficeFailure::disk("keep the converted file", &path, &error);
        let mut file = tempfile::Builder::new().prefix(WRITING).tempfile_in(folder).map_err(failure)?;
        file.write_all(bytes).map_err(failure)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644)).map_err(failure)?;
        }
        file.as_file().sync_all().map_err(failure)?;
        file.persist(&path).map_err(|error| failure(error.error))?;
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn path(&self, key: &str, made: Made) -> PathBuf {
        self.folder.join(format!("{key}.{}", made.ending()))
    }

    /// Removes what killed runs left behind more than a day ago, so that a run under way is left alone.
    fn remove_leftovers(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let ours = entry.file_name().to_string_lossy().starts_with(WRITING);
            let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|time| time.elapsed().ok());
            if ours && age.is_some_and(|age| age.as_secs() > DAY) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Gives the name under which the PDF made from a file with these settings is kept: 64 hexadecimal digits.
pub(crate) fn key(settings: &[&str], bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    for setting in settings {
        hash.update(setting.as_bytes());
        hash.update([0]);
    }
    hash.update(bytes);
    hash.finalize().iter().fold(String::with_capacity(64), |mut digits, byte| {
        let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
        digits.push(digit(byte >> 4));
        digits.push(digit(byte & 15));
        digits
    })
}

/// Tells whether bytes begin and end as a PDF does.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(1024)..];
    bytes.starts_with(b"%PDF-") && end.windows(5).any(|window| window == b"%%EOF")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_pdf_is_not_taken() {
        assert!(is_pdf(b"%PDF-1.7\n%%EOF\n"));
        assert!(!is_pdf(b"%PDF-1.7\n"));
        assert!(!is_pdf(b""));
    }

    #[test]
    fn settings_do_not_run_into_each_other() {
        assert_ne!(key(&["a", "bc"], b""), key(&["ab", "c"], b""));
        assert_eq!(key(&[], b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
