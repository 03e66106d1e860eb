//! Keys and signatures: Ed25519 (RFC 8032), with keys in the forms that OpenSSL reads.

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{ProofFailure, known};
use crate::fs;

/// The one algorithm of signatures.
const ALGORITHM: &str = "Ed25519";

/// What fills 32 bytes with random numbers.
pub(crate) type Random = fn(&mut [u8; 32]) -> Result<(), ProofFailure>;

/// Fills bytes with random numbers of this machine.
pub(crate) fn random(bytes: &mut [u8; 32]) -> Result<(), ProofFailure> {
    getrandom::fill(bytes).map_err(|_| ProofFailure::NoRandom)
}

/// A private key.
pub struct PrivateKey(SigningKey);

impl PrivateKey {
    /// Makes a new key.
    pub(crate) fn new() -> Result<Self, ProofFailure> {
        let mut seed = [0; 32];
        random(&mut seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads a key in PEM form (PKCS #8, version 1 or 2).
    pub fn read(pem: &str) -> Result<Self, ProofFailure> {
        SigningKey::from_pkcs8_pem(pem).map(Self).map_err(|_| ProofFailure::Key)
    }

    /// Gives the key in PEM form: PKCS #8 of version 1, since OpenSSL 3.0 does not read version 2.
    pub(crate) fn to_pem(&self) -> Result<String, ProofFailure> {
        let bytes = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        let pem = bytes.to_pkcs8_pem(LineEnding::LF).map_err(|_| ProofFailure::Key)?;
        Ok(pem.to_string())
    }

    /// Gives the public key that belongs to it.
    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes.
    pub(crate) fn sign(&self, bytes: &[u8]) -> Signed {
        Signed {
            algorithm: ALGORITHM.to_owned(),
            public_key: self.public().hexadecimal(),
            signature: fs::hexadecimal(&self.0.sign(bytes).to_bytes()),
        }
    }
}

/// A public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a key in PEM form or in hexadecimal digits.
    pub(crate) fn read(text: &str) -> Result<Self, ProofFailure> {
        let text = text.trim();
        let key = VerifyingKey::from_public_key_pem(text).ok();
        let of_digits = || VerifyingKey::from_bytes(&bytes(&text.to_ascii_lowercase())?).ok();
        key.or_else(of_digits).map(Self).ok_or(ProofFailure::PublicKey)
    }

    /// Gives the 32 bytes of the key in hexadecimal digits, as proofs bear them.
    pub fn hexadecimal(&self) -> String {
        fs::hexadecimal(self.0.as_bytes())
    }

    /// Gives the key in PEM form.
    pub(crate) fn to_pem(self) -> String {
        self.0.to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Gives the SHA-256 of the key as OpenSSL writes it (`openssl pkey -pubin -outform DER`).
    pub(crate) fn fingerprint(&self) -> String {
        let der = self.0.to_public_key_der().map(|der| der.as_bytes().to_vec()).unwrap_or_default();
        format!("SHA256:{}", fs::sha256(&der))
    }
}

/// An Ed25519 signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// `Ed25519`.
    pub algorithm: String,
    /// The public key, 32 bytes in hexadecimal.
    pub public_key: String,
    /// The signature, 64 bytes in hexadecimal.
    pub signature: String,
}

impl Signed {
    /// Gives the key with which these bytes were signed, if the signature fits them.
    pub(crate) fn key(&self, signed: &[u8]) -> Result<PublicKey, ProofFailure> {
        if self.algorithm != ALGORITHM {
            return Err(ProofFailure::OtherAlgorithm(self.algorithm.clone()));
        }
        let key = bytes(&self.public_key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let signature = bytes(&self.signature).map(|bytes| Signature::from_bytes(&bytes));
        match key.zip(signature) {
            Some((key, signature)) if key.verify_strict(signed, &signature).is_ok() => Ok(PublicKey(key)),
            _ => Err(ProofFailure::BadSignature),
        }
    }
}

/// Signs a record that is a JSON object: the signature becomes one of its fields, over the object without it, as JSON
/// without spaces and with its fields sorted (`jq -cjS 'del(.signature)'`).
pub(crate) fn sign_record(record: &[u8], key: &PrivateKey) -> Result<Vec<u8>, ProofFailure> {
    let mut document = known::document(record)?;
    let signed = key.sign(document.to_string().as_bytes());
    document["signature"] = serde_json::to_value(signed).map_err(|_| ProofFailure::BadSignature)?;
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    Ok(bytes)
}

/// Gives the key that a record is signed with, if the signature fits; none where it is not signed.
pub(crate) fn key_of_record(record: &[u8]) -> Result<Option<PublicKey>, ProofFailure> {
    let mut document = known::document(record)?;
    let signature = document.as_object_mut().and_then(|fields| fields.remove("signature"));
    let Some(signature) = signature else { return Ok(None) };
    let signed: Signed = serde_json::from_value(signature).map_err(|_| ProofFailure::BadSignature)?;
    signed.key(document.to_string().as_bytes()).map(Some)
}

/// Reads bytes in small hexadecimal digits.
pub(super) fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if digits.len() != 2 * N || !digits.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).ok()?;
    }
    // No number may be written in two ways, as with `+1` or capital letters.
    (fs::hexadecimal(&bytes) == digits).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_with_a_key_is_told_from_all_else() {
        let key = PrivateKey::new().expect("a key");
        let signed = key.sign(b"words");
        assert_eq!(signed.key(b"words"), Ok(key.public()));
        assert_eq!(signed.key(b"word"), Err(ProofFailure::BadSignature));
        let other = Signed { algorithm: "none".to_owned(), ..signed };
        assert_eq!(other.key(b"words"), Err(ProofFailure::OtherAlgorithm("none".to_owned())));
    }

    #[test]
    fn a_record_bears_its_signature_as_a_field() {
        let key = PrivateKey::new().expect("a key");
        let plain = br#"{"why": "over", "meeting": {"id": "board/2019-09-16", "issues": 2}}"#;
        let signed = sign_record(plain, &key).expect("a record");
        assert_eq!(key_of_record(&signed), Ok(Some(key.public())));
        assert_eq!(key_of_record(plain), Ok(None));
        let text = String::from_utf8(signed).expect("text");
        assert_eq!(key_of_record(text.replace("over", "even").as_bytes()), Err(ProofFailure::BadSignature));
        // In whatever order the fields stand, the same is signed.
        let sorted = r#"{"meeting":{"id":"board/2019-09-16","issues":2},"why":"over"}"#;
        assert_eq!(known::document(plain).map(|document| document.to_string()), Ok(sorted.to_owned()));
    }

    #[test]
    fn keys_are_read_in_every_form_that_they_are_written_in() {
        let key = PrivateKey::new().expect("a key");
        let again = PrivateKey::read(&key.to_pem().expect("PEM")).expect("a key");
        let public = key.public();
        assert_eq!(again.public(), public);
        for text in [public.to_pem(), public.hexadecimal(), public.hexadecimal().to_uppercase()] {
            assert_eq!(PublicKey::read(&text), Ok(public));
        }
        let second = key.0.to_pkcs8_pem(LineEnding::LF).expect("PKCS #8 of version 2");
        assert_eq!(PrivateKey::read(&second).map(|key| key.public()), Ok(public));
        assert_eq!(PublicKey::read("no key"), Err(ProofFailure::PublicKey));
        assert_eq!(PrivateKey::read("no key").err(), Some(ProofFailure::Key));
    }
}
