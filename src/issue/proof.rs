//! Proof of what was published: the hashes of an issue's files, chained from issue to issue, and signed
//! where the council has a key.
//!
//! Anybody who holds a PDF can hold it against the proof, with this program or with `sha256sum`.

use std::collections::BTreeMap;

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fs;

/// Version of the schema; grows when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// The hashes of an issue's files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Version of the schema.
    pub schema_version: u32,
    /// Id of the meeting.
    pub meeting: String,
    /// Number of the issue, from 1.
    pub issue: u32,
    /// When it was issued, in coordinated universal time.
    pub issued: String,
    /// Why that time was given rather than taken from the clock; none where the clock gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_time: Option<String>,
    /// SHA-256 of each file in hexadecimal, by path.
    pub files: BTreeMap<String, String>,
    /// SHA-256 of the proof of the issue before it, as that file lies in the archive.
    pub previous: Option<String>,
    /// Signature over all of this, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signed>,
}

/// An Ed25519 signature (RFC 8032).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// `Ed25519`.
    pub algorithm: String,
    /// The public key, 32 bytes in hexadecimal.
    pub public_key: String,
    /// The signature, 64 bytes in hexadecimal.
    pub signature: String,
}

/// Why a proof does not hold, or a key cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ProofFailure {
    /// The key cannot be read.
    #[error("the key cannot be read: an Ed25519 private key in PEM form is expected")]
    Key,
    /// No random numbers.
    #[error("this machine gives no random numbers for a key")]
    NoRandom,
    /// The file is no proof.
    #[error("the file is not a proof of this program: {0}")]
    NotAProof(String),
    /// The signature is not right.
    #[error("the signature does not fit the proof: one of them was altered")]
    BadSignature,
}

impl Proof {
    /// Gives the proof of files, by path below what is published.
    pub fn of<'a>(
        (meeting, issue, issued): (&str, u32, &str),
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        previous: Option<&[u8]>,
    ) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            meeting: meeting.to_owned(),
            issue,
            issued: issued.to_owned(),
            given_time: None,
            files: files.into_iter().map(|(path, bytes)| (path.to_owned(), fs::sha256(bytes))).collect(),
            previous: previous.map(fs::sha256),
            signature: None,
        }
    }

    /// Reads a proof, and holds its signature against it.
    pub fn read(bytes: &[u8]) -> Result<Self, ProofFailure> {
        let proof: Self = serde_json::from_slice(bytes).map_err(|error| ProofFailure::NotAProof(error.to_string()))?;
        proof.check()?;
        Ok(proof)
    }

    /// Gives the proof as it is kept and published.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// Signs the proof with a private key in PEM form.
    pub fn sign(&mut self, pem: &str) -> Result<(), ProofFailure> {
        let key = SigningKey::from_pkcs8_pem(pem).map_err(|_| ProofFailure::Key)?;
        self.signature = Some(Signed {
            algorithm: "Ed25519".to_owned(),
            public_key: fs::hexadecimal(key.verifying_key().as_bytes()),
            signature: fs::hexadecimal(&key.sign(&self.signed_bytes()).to_bytes()),
        });
        Ok(())
    }

    /// Gives what is signed: the proof as JSON without its signature.
    fn signed_bytes(&self) -> Vec<u8> {
        Self { signature: None, ..self.clone() }.to_json()
    }

    fn check(&self) -> Result<(), ProofFailure> {
        let Some(signed) = &self.signature else { return Ok(()) };
        let key = bytes(&signed.public_key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let signature = bytes(&signed.signature).map(|bytes| Signature::from_bytes(&bytes));
        match key.zip(signature) {
            Some((key, signature)) if key.verify_strict(&self.signed_bytes(), &signature).is_ok() => Ok(()),
            _ => Err(ProofFailure::BadSignature),
        }
    }

    /// Gives the paths of the files that have these bytes.
    pub fn paths_of(&self, bytes: &[u8]) -> Vec<&str> {
        let hash = fs::sha256(bytes);
        self.files.iter().filter(|(_, known)| **known == hash).map(|(path, _)| path.as_str()).collect()
    }
}

/// Makes a new private key in PEM form.
pub fn new_key() -> Result<String, ProofFailure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| ProofFailure::NoRandom)?;
    let pem = SigningKey::from_bytes(&seed).to_pkcs8_pem(LineEnding::LF).map_err(|_| ProofFailure::Key)?;
    Ok(pem.to_string())
}

/// Reads bytes in hexadecimal digits.
fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if digits.len() != 2 * N || !digits.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof() -> Proof {
        Proof::of(("board/2026-09-16", 2, "2026-09-11T09:00:00Z"), [("pack.pdf", &b"%PDF"[..])], Some(b"{}"))
    }

    #[test]
    fn a_signed_proof_holds_until_it_is_altered() {
        let key = new_key().expect("a key");
        let mut proof = proof();
        proof.sign(&key).expect("a signature");
        assert_eq!(Proof::read(&proof.to_json()), Ok(proof.clone()));
        let altered = String::from_utf8(proof.to_json()).expect("text").replace("\"issue\": 2", "\"issue\": 3");
        assert_eq!(Proof::read(altered.as_bytes()), Err(ProofFailure::BadSignature));
        assert_eq!(proof.sign("no key"), Err(ProofFailure::Key));
    }

    #[test]
    fn a_file_is_found_by_its_bytes() {
        assert_eq!(proof().paths_of(b"%PDF"), ["pack.pdf"]);
        assert!(proof().paths_of(b"%PDF ").is_empty());
        assert!(matches!(Proof::read(b"%PDF"), Err(ProofFailure::NotAProof(_))));
    }
}
