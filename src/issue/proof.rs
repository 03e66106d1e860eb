//! Proof of what was published: a leaf for each file of an issue, chained from issue to issue, and signed where the
//! council has a key.
//!
//! The leaf of a file is the SHA-256 of the text `SALT HASH PATH`: a random number of 32 bytes and the SHA-256 of the
//! file's bytes, both in small hexadecimal digits, and the path, with one space between them. The leaves stand in the
//! statement, which is signed and which the next proof names; paths, hashes and salts stand beside it, and can be
//! taken out where the path or the hash is itself what must not be told. Nobody can guess them from the leaves.
//!
//! What is signed, and what the next proof has the SHA-256 of, is the statement as JSON without spaces or line ends,
//! with its fields in the order in which it is written: what `jq -cj .statement` gives.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fs;
use signing::{PrivateKey, PublicKey, Random, Signed};

mod first;
pub(crate) mod known;
pub mod signing;

/// Version of the schema; grows when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 2;

/// The proof of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What is signed.
    pub statement: Statement,
    /// Signature over the statement, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signed>,
    /// The files, by path; one that was taken back is not among them.
    pub files: Vec<ProvedFile>,
    /// SHA-256 of a proof of the first schema.
    #[serde(skip)]
    first: Option<String>,
}

/// What a proof says of an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
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
    /// The leaf of each file in hexadecimal, sorted.
    pub leaves: Vec<String>,
    /// SHA-256 of the statement of the issue before it; of the whole file where that is of the first schema.
    pub previous: Option<String>,
    /// SHA-256 of the last tombstone that there was in the archive.
    pub tombstone: Option<String>,
}

/// A file of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvedFile {
    /// Path below what is published, or in the whole issue.
    pub path: String,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// What keeps its leaf from being guessed, 32 bytes in hexadecimal.
    pub salt: String,
}

/// Why a proof does not hold, or a key cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ProofFailure {
    /// The private key cannot be read.
    #[error("the key cannot be read: an Ed25519 private key in PEM form is expected")]
    Key,
    /// The public key cannot be read.
    #[error("the key cannot be read: an Ed25519 public key is expected, in PEM form or as 64 hexadecimal digits")]
    PublicKey,
    /// No random numbers.
    #[error("this machine gives no random numbers")]
    NoRandom,
    /// The file is no proof.
    #[error("the file is none that boardpack writes: {0}")]
    NotAProof(String),
    /// The file is of a schema that is not known.
    #[error("the file is of version {0} of its schema, which this version of boardpack does not know")]
    OtherVersion(u64),
    /// A field that nobody knows.
    #[error("the file has a field `{0}`, which is neither signed nor known")]
    Stray(String),
    /// Another algorithm.
    #[error("the signature is of the kind `{0}`; `Ed25519` is expected")]
    OtherAlgorithm(String),
    /// The signature is not right.
    #[error("the signature does not fit what it stands below: one of them was altered")]
    BadSignature,
    /// A key that does not follow from the one before it.
    #[error("the council's key was exchanged: the key before it did not sign the change")]
    KeyNotPassedOn,
    /// A file that the statement does not have.
    #[error("the proof lists `{0}`, which does not fit what is signed: it was altered or added")]
    NoLeaf(String),
}

impl ProofFailure {
    /// Says what to do.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::Key | Self::PublicKey => "make a key with `boardpack archive key`, or leave `--sign` out",
            Self::KeyNotPassedOn => "sign with the key that is the council's now; `boardpack archive key` shows it",
            Self::NoRandom => "try again on another machine",
            Self::OtherVersion(_) => "use the version of boardpack that made the file, or a newer one",
            _ => "take the file from where it was published again, or restore it from a backup",
        }
    }
}

impl ProvedFile {
    fn leaf(&self) -> String {
        fs::sha256(format!("{} {} {}", self.salt, self.sha256, self.path).as_bytes())
    }

    /// Tells whether hash and salt are what their names say.
    fn is_well_formed(&self) -> bool {
        [&self.salt, &self.sha256].iter().all(|digits| signing::bytes::<32>(digits).is_some())
    }
}

impl Statement {
    /// Gives what is signed.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Proof {
    /// Gives the proof of files by path; what the statement says besides its leaves is given.
    pub(crate) fn over<'a>(
        statement: Statement,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        random: Random,
    ) -> Result<Self, ProofFailure> {
        let proved = |(path, bytes): (&str, &[u8])| {
            let mut salt = [0; 32];
            random(&mut salt)?;
            Ok(ProvedFile { path: path.to_owned(), sha256: fs::sha256(bytes), salt: fs::hexadecimal(&salt) })
        };
        let mut files = files.into_iter().map(proved).collect::<Result<Vec<_>, ProofFailure>>()?;
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let mut leaves: Vec<String> = files.iter().map(ProvedFile::leaf).collect();
        leaves.sort();
        let statement = Statement { schema_version: SCHEMA_VERSION, leaves, ..statement };
        Ok(Self { statement, signature: None, files, first: None })
    }

    /// Reads a proof, and holds its signature and its files against the statement.
    pub fn read(bytes: &[u8]) -> Result<Self, ProofFailure> {
        match known::version(&known::document(bytes)?) {
            Some(1) => first::read(bytes),
            Some(version) if version == u64::from(SCHEMA_VERSION) => {
                let proof: Self = known::read(bytes)?;
                proof.check()?;
                Ok(proof)
            }
            Some(other) => Err(ProofFailure::OtherVersion(other)),
            None => Err(ProofFailure::NotAProof("it has no `schema_version`".to_owned())),
        }
    }

    fn check(&self) -> Result<(), ProofFailure> {
        if let Some(signed) = &self.signature {
            signed.key(&self.statement.bytes())?;
        }
        let ascending = self.files.is_sorted_by(|one, other| one.path < other.path);
        if !ascending || !self.statement.leaves.is_sorted_by(|one, other| one < other) {
            let why = "its files and leaves are not in order, or stand there twice";
            return Err(ProofFailure::NotAProof(why.to_owned()));
        }
        let fits =
            |file: &&ProvedFile| file.is_well_formed() && self.statement.leaves.binary_search(&file.leaf()).is_ok();
        match self.files.iter().find(|file| !fits(file)) {
            Some(file) => Err(ProofFailure::NoLeaf(file.path.clone())),
            None => Ok(()),
        }
    }

    /// Gives the proof as it is kept and published.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// Signs the proof.
    pub fn sign(&mut self, key: &PrivateKey) {
        self.signature = Some(key.sign(&self.statement.bytes()));
    }

    /// Gives the key that the proof is signed with; none for one that is not signed.
    pub fn key(&self) -> Option<PublicKey> {
        self.signature.as_ref().and_then(|signed| PublicKey::read(&signed.public_key).ok())
    }

    /// Gives what the next proof names this one by.
    pub(crate) fn link(&self) -> String {
        self.first.clone().unwrap_or_else(|| fs::sha256(&self.statement.bytes()))
    }

    /// Tells whether another proof is of the same issue and files.
    pub(crate) fn proves_as(&self, other: &Self) -> bool {
        let about =
            |proof: &Self| (proof.statement.meeting.clone(), proof.statement.issue, proof.statement.issued.clone());
        let files = |proof: &Self| -> Vec<(String, String)> {
            proof.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect()
        };
        about(self) == about(other) && files(self) == files(other)
    }

    /// Tells whether it was made by the earlier versions whose proofs have no leaves.
    pub(crate) fn is_of_the_first_schema(&self) -> bool {
        self.first.is_some()
    }

    /// Gives the proof without what it says of these files, so that nothing can be known of them. The statement and
    /// its signature stay as they are; one of the first schema, in which all is signed, gives way to its own hash.
    pub(crate) fn without(&self, paths: &[&str]) -> Vec<u8> {
        if let Some(sha256) = &self.first {
            return first::stub(&self.statement, sha256);
        }
        let mut proof = self.clone();
        proof.files.retain(|file| !paths.contains(&file.path.as_str()));
        proof.to_json()
    }

    /// Gives how many files of the issue the proof does not name any more.
    pub(crate) fn taken_back(&self) -> usize {
        self.statement.leaves.len().saturating_sub(self.files.len())
    }

    /// Gives the paths of the files that have these bytes.
    pub(crate) fn paths_of(&self, bytes: &[u8]) -> Vec<&str> {
        let hash = fs::sha256(bytes);
        self.files.iter().filter(|file| file.sha256 == hash).map(|file| file.path.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof() -> Proof {
        let statement = Statement {
            meeting: "board/2026-09-16".into(),
            issue: 2,
            issued: "2026-09-11T09:00:00Z".into(),
            previous: Some(fs::sha256(b"{}")),
            ..Statement::default()
        };
        Proof::over(statement, [("pack.pdf", &b"%PDF"[..]), ("a.json", &b"{}"[..])], signing::random).expect("a proof")
    }

    fn signed() -> Proof {
        let mut proof = proof();
        proof.sign(&PrivateKey::new().expect("a key"));
        proof
    }

    fn read(text: &str) -> Result<Proof, ProofFailure> {
        Proof::read(text.as_bytes())
    }

    #[test]
    fn a_signed_proof_holds_until_it_is_altered() {
        let proof = signed();
        assert_eq!(Proof::read(&proof.to_json()), Ok(proof.clone()));
        let json = String::from_utf8(proof.to_json()).expect("text");
        assert_eq!(read(&json.replace("\"issue\": 2", "\"issue\": 3")), Err(ProofFailure::BadSignature));
        assert_eq!(read(&json.replace("pack.pdf", "pick.pdf")), Err(ProofFailure::NoLeaf("pick.pdf".into())));
        let other = json.replace("\"algorithm\": \"Ed25519\"", "\"algorithm\": \"none\"");
        assert_eq!(read(&other), Err(ProofFailure::OtherAlgorithm("none".into())));
    }

    #[test]
    fn what_is_neither_signed_nor_known_is_refused() {
        let json = String::from_utf8(signed().to_json()).expect("text");
        for before in ["\"files\"", "\"meeting\"", "\"algorithm\"", "\"path\""] {
            let added = json.replacen(before, &format!("\"note\": \"genuine\", {before}"), 1);
            assert_eq!(read(&added), Err(ProofFailure::Stray("note".into())), "{before}");
        }
        let other = json.replace("\"schema_version\": 2", "\"schema_version\": 99");
        assert_eq!(read(&other), Err(ProofFailure::OtherVersion(99)));
        let twice = json.replacen("\"issue\": 2", "\"issue\": 2, \"issue\": 2", 1);
        assert!(matches!(read(&twice), Err(ProofFailure::NotAProof(_))));
        assert!(matches!(read("%PDF"), Err(ProofFailure::NotAProof(_))));
    }

    #[test]
    fn a_file_is_found_by_its_bytes_until_it_is_taken_back() {
        let proof = signed();
        assert_eq!(proof.paths_of(b"%PDF"), ["pack.pdf"]);
        assert!(proof.paths_of(b"%PDF ").is_empty());
        let json = proof.without(&["pack.pdf"]);
        let less = Proof::read(&json).expect("it still holds");
        assert_eq!(less.link(), proof.link());
        assert!(less.paths_of(b"%PDF").is_empty() && less.taken_back() == 1);
        let text = String::from_utf8(json).expect("text");
        assert!(!text.contains("pack.pdf") && !text.contains(&fs::sha256(b"%PDF")));
    }

    #[test]
    fn no_two_files_of_the_same_bytes_have_leaves_that_tell_so() {
        let (one, other) = (proof(), proof());
        assert!(one.statement.leaves.iter().all(|leaf| !other.statement.leaves.contains(leaf)));
        assert_ne!(one.link(), other.link());
    }
}
