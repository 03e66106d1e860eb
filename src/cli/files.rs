//! Files that officers name.

use std::path::Path;

use crate::app::Failure;
use crate::fs;
use crate::issue::proof::signing::PrivateKey;

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read_file(path).map_err(|error| {
        let why = fs::reason(&error);
        Failure::work(format!("cannot read `{}`: {why}", path.display()))
            .hint("check the name, and that you may read the file")
    })
}

pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read_bytes(path)?)
        .map_err(|_| Failure::work(format!("`{}` is not text", path.display())).hint("check the name"))
}

/// Reads a private key for signing.
pub(super) fn read_key(path: &Path) -> Result<PrivateKey, Failure> {
    Ok(PrivateKey::read(&read_text(path)?)?)
}

/// Writes a file in the place of what is there, all or nothing.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::replace_file(path, bytes)
        .map_err(|error| Failure::work(error.to_string()).hint("name a folder that you may write to"))
}

/// Writes a file that must not be there yet, for the eyes of its owner.
pub(super) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write_secret(path, bytes).map_err(|error| {
        Failure::work(error.to_string()).hint("name a file that is not there yet, in a folder that you may write to")
    })
}
