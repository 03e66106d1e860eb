//! Proofs of the first schema, which earlier versions made: all files stand in what is signed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::signing::Signed;
use super::{Proof, ProofFailure, ProvedFile, Statement, known};
use crate::fs;

/// A proof as it was written.
#[derive(Serialize, Deserialize)]
struct FirstProof {
    schema_version: u32,
    meeting: String,
    issue: u32,
    issued: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given_time: Option<String>,
    files: BTreeMap<String, String>,
    previous: Option<String>,
    /// SHA-256 of the whole proof, in the place of its files and its signature, where some of them were taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    withheld: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<Signed>,
}

/// Reads a proof, and holds its signature against it.
pub(super) fn read(bytes: &[u8]) -> Result<Proof, ProofFailure> {
    let mut first: FirstProof = known::read(bytes)?;
    let signature = first.signature.take();
    if let Some(signed) = &signature {
        let mut without = serde_json::to_vec_pretty(&first).unwrap_or_default();
        without.push(b'\n');
        signed.key(&without)?;
    }
    let FirstProof { schema_version, meeting, issue, issued, given_time, files, previous, withheld, .. } = first;
    let leaves = Vec::new();
    let files = files.into_iter().map(|(path, sha256)| ProvedFile { path, sha256, salt: String::new() }).collect();
    Ok(Proof {
        statement: Statement { schema_version, meeting, issue, issued, given_time, leaves, previous, tombstone: None },
        signature,
        files,
        first: Some(withheld.unwrap_or_else(|| fs::sha256(bytes))),
    })
}

/// Gives what stands in the place of a proof, of which all was signed together, when a file of it is taken back.
pub(super) fn stub(statement: &Statement, sha256: &str) -> Vec<u8> {
    let Statement { schema_version, meeting, issue, issued, given_time, previous, .. } = statement.clone();
    let (files, withheld) = (BTreeMap::new(), Some(sha256.to_owned()));
    let stub =
        FirstProof { schema_version, meeting, issue, issued, given_time, files, previous, withheld, signature: None };
    let mut json = serde_json::to_vec_pretty(&stub).unwrap_or_default();
    json.push(b'\n');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  "schema_version": 1,
  "meeting": "board/2026-09-16",
  "issue": 2,
  "issued": "2026-09-11T09:00:00Z",
  "files": {
    "pack.pdf": "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027"
  },
  "previous": null,
  "signature": {
    "algorithm": "Ed25519",
    "public_key": "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8",
    "signature": "c543ca61d41ebe125fb9f3fe9b13bbdb442c6efa182070648cbc43839011c9472e5fd486d07ef22dd3f9de743b14608f19774394372265e7fed2b200f29f0708"
  }
}
"#;

    #[test]
    fn a_proof_of_the_first_schema_is_read_and_held_against_its_signature() {
        let proof = Proof::read(FILE.as_bytes()).expect("a proof");
        assert_eq!((proof.statement.issue, proof.files.len()), (2, 1));
        assert_eq!(proof.paths_of(b"%PDF"), ["pack.pdf"]);
        assert_eq!(proof.link(), fs::sha256(FILE.as_bytes()));
        let stub = proof.without(&["pack.pdf"]);
        assert!(!String::from_utf8_lossy(&stub).contains("pack.pdf"));
        let stub = Proof::read(&stub).expect("a stub");
        assert_eq!((stub.link(), stub.statement.issue, stub.files.len()), (proof.link(), 2, 0));
        let altered = FILE.replace("\"issue\": 2", "\"issue\": 3");
        assert_eq!(Proof::read(altered.as_bytes()), Err(ProofFailure::BadSignature));
        let added = FILE.replace("\"issue\": 2", "\"note\": \"genuine\",\n  \"issue\": 2");
        assert_eq!(Proof::read(added.as_bytes()), Err(ProofFailure::Stray("note".to_owned())));
    }
}
