//! What of the program itself goes into a pack: its layouts and fonts, which are kept with the issues.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::fonts;
use crate::fs;
use crate::layouts;

/// Gives the program's built-in layouts and fonts by path.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let layouts = layouts::BUILT_IN.iter().map(|(name, text)| (format!("layouts/{name}"), text.as_bytes().to_vec()));
    let fonts = fonts::BUILT_IN.iter().map(|(name, bytes)| (format!("fonts/{name}"), bytes.to_vec()));
    layouts.chain(fonts).collect()
}

/// Gives the SHA-256 over the built-in files, in hexadecimal.
pub(crate) fn hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    let compute = || {
        let mut hash = Sha256::new();
        for (path, bytes) in files() {
            hash.update(path.as_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(&bytes));
        }
        fs::hexadecimal(&hash.finalize())
    };
    HASH.get_or_init(compute).clone()
}
