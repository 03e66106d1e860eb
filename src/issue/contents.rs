//! Which files an issue is kept as: below `public/` what anybody may have, beside it everything else.

use std::collections::BTreeMap;

use serde::Serialize;

use super::manifest::Manifest;
use super::prepare::Made;
use super::proof::signing::Random;
use super::proof::{Proof, ProofFailure, Statement};
use crate::packs::MODELS;

/// Path of what an issue says of itself.
pub(crate) const MANIFEST: &str = "issue.json";
/// Path of what was found.
pub(crate) const FINDINGS: &str = "findings.json";
/// Path of the record of the whole pack.
pub(crate) const WHOLE: &str = "record.json";
/// Path of the record of the public pack.
pub(crate) const PUBLIC: &str = "public/record.json";
/// Path of what has changed since the last issue.
const CHANGES: &str = "changes.json";
/// Path of what everybody may know of the issue itself.
const PUBLIC_MANIFEST: &str = "public/issue.json";
/// Path of what everybody may know of the changes.
const PUBLIC_CHANGES: &str = "public/changes.json";
/// Path of the proof over all files, and of that over the public ones.
pub(crate) const PROOFS: [&str; 2] = ["proof.json", "public/proof.json"];
/// Folder of the inputs.
pub(crate) const SOURCES: &str = "sources/";
/// Folder of what the public may have.
pub(crate) const PUBLIC_FOLDER: &str = "public/";

/// Files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// An issue with all that is kept of it.
pub(crate) struct Kept<'a> {
    /// The issue.
    pub(crate) made: &'a Made,
    /// The files that it was made from, by path below the workspace.
    pub(crate) inputs: &'a BTreeMap<String, Vec<u8>>,
    /// Findings at the time, as they are kept.
    pub(crate) findings: Vec<u8>,
    /// What the proofs of the last issue are named by, in the order of [`PROOFS`].
    pub(crate) previous: [Option<String>; 2],
    /// SHA-256 of the last tombstone.
    pub(crate) tombstone: Option<String>,
    /// What gives random numbers.
    pub(crate) random: Random,
}

impl Kept<'_> {
    /// Gives the files by path, with proofs that are not signed yet.
    pub(crate) fn files(self) -> Result<(Files, [Proof; 2]), ProofFailure> {
        let mut files = self.made.output.files.clone();
        files.extend(for_the_public(self.made));
        files.insert(MANIFEST.into(), json(&self.made.manifest));
        files.insert(WHOLE.into(), json(self.made.whole()));
        files.insert(FINDINGS.into(), self.findings);
        if let Some(changes) = &self.made.changes {
            files.insert(CHANGES.into(), json(&changes.whole));
        }
        files.extend(self.made.reports.clone());
        files.extend(self.inputs.iter().map(|(path, bytes)| (format!("{SOURCES}{path}"), bytes.clone())));
        let Manifest { meeting, issue, issued, given_time, .. } = &self.made.manifest;
        let statement = |previous: &Option<String>| Statement {
            meeting: meeting.clone(),
            issue: *issue,
            issued: issued.clone(),
            given_time: given_time.clone(),
            previous: previous.clone(),
            tombstone: self.tombstone.clone(),
            ..Statement::default()
        };
        let all = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let public = all.clone().filter_map(|(path, bytes)| Some((path.strip_prefix(PUBLIC_FOLDER)?, bytes)));
        let [before, before_public] = &self.previous;
        let proofs = [
            Proof::over(statement(before), all, self.random)?,
            Proof::over(statement(before_public), public, self.random)?,
        ];
        Ok((files, proofs))
    }
}

/// Tells whether a file of an issue is one of its packs, or lies beside them in the folder for outputs.
pub(crate) fn is_beside_packs(path: &str) -> bool {
    let for_the_archive = [MANIFEST, FINDINGS, WHOLE, PUBLIC, CHANGES, PUBLIC_MANIFEST, PUBLIC_CHANGES];
    !path.starts_with(SOURCES)
        && !path.starts_with(MODELS)
        && !for_the_archive.contains(&path)
        && !PROOFS.contains(&path)
}

/// Gives what the public may have of an issue besides its packs and reports.
pub(super) fn for_the_public(made: &Made) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::from([
        (PUBLIC_MANIFEST.to_owned(), json(&made.manifest.public())),
        (PUBLIC.to_owned(), json(&made.output.public)),
    ]);
    files.extend(made.output.models.clone());
    if let Some(changes) = &made.changes {
        files.insert(PUBLIC_CHANGES.to_owned(), json(&changes.public));
    }
    files
}

pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(value).unwrap_or_default();
    json.push(b'\n');
    json
}
