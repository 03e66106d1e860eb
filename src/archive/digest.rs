//! SHA-512, which OCFL names files by, and SHA-256, which proofs name them by.

use std::io::{self, Read};

use sha2::{Digest, Sha256, Sha512};

use crate::fs::hexadecimal;

/// How many bytes are read at once.
const BLOCK: usize = 128 * 1024;

/// Gives the SHA-512 of bytes in hexadecimal digits.
pub(super) fn sha512(bytes: &[u8]) -> String {
    hexadecimal(&Sha512::digest(bytes))
}

/// Reads to the end, and gives the SHA-512 and the number of bytes without holding them.
pub(super) fn sha512_of(source: impl Read) -> io::Result<(String, u64)> {
    hash_of::<Sha512>(source)
}

/// Reads to the end, and gives the SHA-256 without holding the bytes.
pub(super) fn sha256_of(source: impl Read) -> io::Result<String> {
    hash_of::<Sha256>(source).map(|(hash, _)| hash)
}

fn hash_of<D: Digest>(mut source: impl Read) -> io::Result<(String, u64)> {
    let mut state = D::new();
    let mut block = vec![0; BLOCK];
    let mut length = 0;
    loop {
        match source.read(&mut block) {
            Ok(0) => return Ok((hexadecimal(&state.finalize()), length)),
            Ok(read) => {
                state.update(&block[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
