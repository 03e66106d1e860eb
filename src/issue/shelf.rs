//! The issues of a council, as they stand in its archive.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha512};

use super::IssueFailure;
use super::chain::head::HeldHead;
use super::chain::keys::{self, Change};
use super::chain::looked::{self, Signing};
use super::chain::{self, LastProof};
use super::contents::{FINDINGS, Kept, MANIFEST, PROOFS, PUBLIC, SOURCES, WHOLE, json};
use super::gate::{Before, Told};
use super::last::Last;
use super::manifest::{self, Manifest, Program};
use super::prepare::Made;
use super::program;
use super::proof::Proof;
use super::proof::signing::{PrivateKey, Random, sign_record};
use super::time::Time;
use super::withhold;
use crate::archive::{self, Archive, ArchiveFailure, ArchivedFile, Removal, Side, User, Verification, Writer};
use crate::fs;
use crate::record::{self, Record};

mod proofs;
mod recover;

pub(crate) use recover::Warning;

/// Folder of the meetings under which is kept what belongs to no meeting: the programs that made issues, the council's
/// key.
pub(super) const PROGRAMS: &str = "boardpack/";

/// The issues of a council.
pub struct Shelf {
    folder: PathBuf,
}

/// A meeting with its issues.
#[derive(Debug, Serialize)]
pub(crate) struct Meeting {
    /// Id of the meeting.
    pub(crate) meeting: String,
    /// Its issues in order.
    pub(crate) issues: Vec<Entry>,
}

/// An issue, in short.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    /// Number, from 1.
    pub(crate) number: u32,
    /// When it was issued, in coordinated universal time.
    pub(crate) issued: String,
    /// What was said of it.
    pub(crate) message: String,
    /// Who issued it.
    pub(crate) by: String,
}

/// A record whose time was given rather than taken from the clock.
#[derive(Debug, Serialize)]
pub(crate) struct GivenTime {
    /// Id of the meeting.
    pub(crate) meeting: String,
    /// Number of the issue; none where it is the meeting's removal.
    pub(crate) issue: Option<u32>,
    /// The time, in coordinated universal time.
    pub(crate) time: String,
    /// Why it was given.
    pub(crate) why: String,
}

/// An issue that is to be kept.
pub struct NewIssue<'a> {
    /// The issue.
    pub made: &'a Made,
    /// The files that it was made from.
    pub inputs: &'a BTreeMap<String, Vec<u8>>,
    /// Findings at the time.
    pub findings: &'a [Told],
    /// Whoever issues it: not published.
    pub by: &'a str,
    /// The private key to sign its proofs with.
    pub key: Option<&'a PrivateKey>,
    /// What gives random numbers for its proofs.
    pub random: Random,
}

/// Gives the id under which a program's own files are kept.
fn program_id(program: &Program) -> String {
    format!("{PROGRAMS}{}", program.built_in.get(..16).unwrap_or(&program.built_in))
}

impl Shelf {
    /// Gives the issues in the archive in a folder, which need not be there yet.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Gives the archive; nothing while nothing has been issued.
    pub(super) fn archive(&self) -> Result<Option<Archive>, IssueFailure> {
        Ok(if fs::is_empty(&self.folder) { None } else { Some(Archive::open(&self.folder)?) })
    }

    fn of(&self, meeting: &str) -> Result<Archive, IssueFailure> {
        Ok(self.archive()?.ok_or_else(|| ArchiveFailure::NoMeeting { meeting: meeting.to_owned() })?)
    }

    fn issues(&self, meeting: &str) -> Result<Vec<Entry>, IssueFailure> {
        let Some(archive) = self.archive()? else { return Ok(Vec::new()) };
        let issues = archive.meeting(Side::Whole, meeting)?.map(entries).unwrap_or_default();
        for entry in &issues {
            SCHEMAS.iter().try_for_each(|(path, _)| is_known(&archive, meeting, entry.number, path))?;
        }
        Ok(issues)
    }

    /// Gives all meetings that have issues.
    pub(crate) fn meetings(&self) -> Result<Vec<Meeting>, IssueFailure> {
        let Some(archive) = self.archive()? else { return Ok(Vec::new()) };
        let all = archive.meetings(Side::Whole)?.into_iter().filter(|meeting| !is_program(&meeting.id));
        let meetings: Vec<Meeting> =
            all.map(|meeting| Meeting { meeting: meeting.id.clone(), issues: entries(meeting) }).collect();
        for meeting in &meetings {
            let mut issues = meeting.issues.iter();
            issues.try_for_each(|entry| is_known(&archive, &meeting.meeting, entry.number, MANIFEST))?;
        }
        Ok(meetings)
    }

    /// Gives the number of an issue that must be there: the last one when none is named.
    pub(crate) fn number(&self, meeting: &str, wanted: Option<u32>) -> Result<u32, IssueFailure> {
        self.keeps(meeting)?;
        let issues = self.issues(meeting)?;
        let meeting = meeting.to_owned();
        let Some(last) = issues.last() else { return Err(ArchiveFailure::NoMeeting { meeting }.into()) };
        match wanted {
            Some(issue) if !issues.iter().any(|entry| entry.number == issue) => {
                let issues_there = last.number;
                Err(ArchiveFailure::NoIssue { meeting, issue, issues_there }.into())
            }
            wanted => Ok(wanted.unwrap_or(last.number)),
        }
    }

    /// Gives what the last issue of a meeting says of itself, where there is one.
    pub(crate) fn manifest(&self, meeting: &str) -> Result<Option<Manifest>, IssueFailure> {
        match self.issues(meeting)?.last() {
            Some(last) => Ok(Some(self.manifest_of(meeting, last.number)?)),
            None => Ok(None),
        }
    }

    /// Gives what each issue of a meeting says of itself, the first one first.
    pub(crate) fn manifests(&self, meeting: &str) -> Result<Vec<Manifest>, IssueFailure> {
        self.issues(meeting)?.iter().map(|entry| self.manifest_of(meeting, entry.number)).collect()
    }

    /// Gives what an issue says of itself.
    pub(crate) fn manifest_of(&self, meeting: &str, number: u32) -> Result<Manifest, IssueFailure> {
        self.json(meeting, number, MANIFEST)
    }

    /// Gives the last issue of a meeting, as the next one needs it.
    pub fn last(&self, meeting: &str) -> Result<Option<Last>, IssueFailure> {
        let last = self.issues(meeting)?.last().map(|last| last.number);
        let Some(number) = last else { return Ok(None) };
        Ok(Some(withhold::redacted(self.issue(meeting, number)?, &self.taken_back()?)))
    }

    /// Gives an issue, as the one after it needs it.
    pub(super) fn issue(&self, meeting: &str, number: u32) -> Result<Last, IssueFailure> {
        let (whole, public) = (self.json(meeting, number, WHOLE)?, self.json(meeting, number, PUBLIC)?);
        Ok(Last { manifest: self.manifest_of(meeting, number)?, whole, public, ..Last::default() })
    }

    /// Reads plain data from a file of an issue.
    pub(crate) fn json<T: DeserializeOwned>(&self, meeting: &str, number: u32, path: &str) -> Result<T, IssueFailure> {
        let bytes = self.of(meeting)?.read(Side::Whole, meeting, number, path)?;
        serde_json::from_slice(&bytes).map_err(|error| IssueFailure::NotUnderstood {
            meeting: meeting.to_owned(),
            number,
            path: path.to_owned(),
            why: error.to_string(),
        })
    }

    /// Reads a file of an issue.
    pub(crate) fn file(&self, meeting: &str, number: u32, path: &str) -> Result<Vec<u8>, IssueFailure> {
        Ok(self.of(meeting)?.read(Side::Whole, meeting, number, path)?)
    }

    /// Gives the files of an issue.
    pub(crate) fn files(&self, meeting: &str, number: u32) -> Result<Vec<ArchivedFile>, IssueFailure> {
        Ok(self.of(meeting)?.files(Side::Whole, meeting, number)?)
    }

    /// Reads the files below a folder of an issue, by path from there.
    pub(crate) fn read_below(
        &self,
        meeting: &str,
        number: u32,
        folder: &str,
    ) -> Result<BTreeMap<String, Vec<u8>>, IssueFailure> {
        let archive = self.of(meeting)?;
        let mut files = BTreeMap::new();
        for file in archive.files(Side::Whole, meeting, number)? {
            if let Some(path) = file.path.strip_prefix(folder) {
                files.insert(path.to_owned(), archive.read(Side::Whole, meeting, number, &file.path)?);
            }
        }
        Ok(files)
    }

    /// Reads what the public may have of an issue, without what was taken back.
    pub(crate) fn public_files(&self, meeting: &str, number: u32) -> Result<BTreeMap<String, Vec<u8>>, IssueFailure> {
        Ok(self.of(meeting)?.read_public(meeting, number)?)
    }

    /// Reads the files that an issue was made from, by path below the workspace.
    pub(crate) fn inputs(&self, meeting: &str, number: u32) -> Result<BTreeMap<String, Vec<u8>>, IssueFailure> {
        self.read_below(meeting, number, SOURCES)
    }

    /// Reads the layouts and fonts of the program that made an issue.
    pub(crate) fn program(&self, program: &Program) -> Result<BTreeMap<String, Vec<u8>>, IssueFailure> {
        self.read_below(&program_id(program), 1, "")
    }

    /// Gives what was found at an issue, and which files have changed since.
    pub(crate) fn before(
        &self,
        meeting: &str,
        number: u32,
        root: &Path,
        inputs: &BTreeSet<String>,
    ) -> Result<Before, IssueFailure> {
        let findings = self.json(meeting, number, FINDINGS)?;
        Ok(Before { issue: number, findings, changed: self.changed(meeting, number, root, inputs)? })
    }

    /// Tells whether files of the workspace are not those that an issue was made from.
    pub(crate) fn has_changed(
        &self,
        meeting: &str,
        number: u32,
        root: &Path,
        inputs: &BTreeSet<String>,
    ) -> Result<bool, IssueFailure> {
        Ok(!self.changed(meeting, number, root, inputs)?.is_empty())
    }

    /// Gives the paths of files that are others than those that an issue was made from, or only in one of the two.
    fn changed(
        &self,
        meeting: &str,
        number: u32,
        root: &Path,
        inputs: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, IssueFailure> {
        let kept: BTreeMap<String, String> = (self.files(meeting, number)?.into_iter())
            .filter_map(|file| Some((file.path.strip_prefix(SOURCES)?.to_owned(), file.sha512)))
            .collect();
        let differs = |path: &&String| {
            let now = inputs.contains(*path).then(|| fs::read_bytes(root, path).ok()).flatten();
            let now = now.map(|bytes| fs::hexadecimal(&Sha512::digest(&bytes)));
            now.is_none() || now.as_ref() != kept.get(*path)
        };
        Ok(kept.keys().chain(inputs).filter(differs).cloned().collect())
    }

    /// Keeps an issue, and gives its number.
    pub fn add(&self, issue: &NewIssue) -> Result<u32, IssueFailure> {
        let manifest = &issue.made.manifest;
        let (meeting, after) = (manifest.meeting.as_str(), manifest.issue - 1);
        let mut writer = Archive::write(&self.folder)?;
        keys::may_sign(writer.archive(), issue.key)?;
        let mut standing = chain::noted_or_found(writer.archive())?;
        standing.allows(meeting, after)?;
        keep_program(&mut writer, &manifest.program, &manifest.issued)?;
        if let Some(key) = issue.key.filter(|_| standing.key.is_none()) {
            let at = (manifest.issued.as_str(), manifest.given_time.as_ref());
            standing.key = Some(keys::keep(&mut writer, key, &Change::First, at)?);
        }
        let link = |path: &str| -> Result<Option<String>, IssueFailure> {
            let proof = || writer.archive().read(Side::Whole, meeting, after, path);
            if after > 0 { Ok(Some(Proof::read(&proof()?)?.link())) } else { Ok(None) }
        };
        let previous = [link(PROOFS[0])?, link(PROOFS[1])?];
        let tombstone = writer.archive().last_tombstone()?.map(|stone| fs::sha256(&stone));
        let NewIssue { made, inputs, random, .. } = *issue;
        let findings = json(&issue.findings);
        let (mut files, proofs) = Kept { made, inputs, findings, previous, tombstone, random }.files()?;
        for (path, mut proof) in PROOFS.into_iter().zip(proofs) {
            if let Some(key) = issue.key {
                proof.sign(key);
            }
            files.insert(path.to_owned(), proof.to_json());
            // The public proof comes last, and is what the meeting stands for.
            standing.meetings.insert(meeting.to_owned(), LastProof { issue: manifest.issue, proof: proof.link() });
        }
        let given = manifest.given_time.as_ref().map_or_else(String::new, |why| format!(" (time given: {why})"));
        let reason = manifest.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        let message = format!("issue {}{given}{reason}", manifest.issue);
        let number = writer.add(
            meeting,
            archive::NewIssue {
                created: manifest.issued.clone(),
                message: message.clone(),
                public_message: message,
                user: user(issue.by),
                public_user: user(PUBLISHER),
                files,
                expected_version: after,
            },
        )?;
        standing.note(&mut writer);
        Ok(number)
    }

    /// Removes a meeting with all of its issues; the record of that stays.
    pub(crate) fn remove(
        &self,
        meeting: &str,
        reason: &str,
        by: &str,
        time: &Time,
        key: Option<&PrivateKey>,
    ) -> Result<(), IssueFailure> {
        let removal = Removal {
            reason: reason.to_owned(),
            public_reason: reason.to_owned(),
            when: time.stamp(),
            given_time: time.given.clone(),
            who: user(by),
            public_who: user(PUBLISHER),
        };
        let mut writer = Archive::write(&self.folder)?;
        keys::may_sign(writer.archive(), key)?;
        let mut standing = chain::noted_or_found(writer.archive())?;
        let seal = |stone: Vec<u8>| {
            let signed = key.map(|key| sign_record(&stone, key).unwrap_or_default());
            signed.unwrap_or(stone)
        };
        writer.remove_sealed(meeting, &removal, &seal)?;
        standing.meetings.remove(meeting);
        standing.tombstone = writer.archive().last_tombstone()?.map(|stone| fs::sha256(&stone));
        standing.note(&mut writer);
        Ok(())
    }

    /// Gives the papers that were public in some issue of a meeting, by key.
    pub(crate) fn public_papers(&self, meeting: &str) -> Result<BTreeSet<String>, IssueFailure> {
        let mut papers = BTreeSet::new();
        for entry in self.issues(meeting)? {
            // What an issue lost by erasure is known from the others, or not at all.
            let record: Record = self.json(meeting, entry.number, PUBLIC).unwrap_or_default();
            let open =
                record.documents.into_iter().filter(|document| !document.withheld && document.kind != "front-sheet");
            papers.extend(open.map(|document| document.key));
        }
        Ok(papers)
    }

    /// Opens the archive, which must be there, for writing.
    pub(crate) fn writer(&self, meeting: &str) -> Result<Writer, IssueFailure> {
        self.of(meeting)?;
        Ok(Archive::write(&self.folder)?)
    }

    /// Gives the records whose times were given rather than taken from the clock. One that cannot be read is
    /// left to [`Shelf::verify`].
    pub(crate) fn given_times(&self) -> Result<Vec<GivenTime>, IssueFailure> {
        let Some(archive) = self.archive()? else { return Ok(Vec::new()) };
        let meetings = self.meetings()?;
        let all = meetings.iter().flat_map(|meeting| meeting.issues.iter().map(move |entry| (meeting, entry)));
        let issues = all.filter_map(|(meeting, entry)| {
            let manifest = self.manifest_of(&meeting.meeting, entry.number).ok()?;
            let (meeting, issue, time) = (manifest.meeting, Some(manifest.issue), manifest.issued);
            Some(GivenTime { meeting, issue, time, why: manifest.given_time? })
        });
        let stones = archive.tombstones(Side::Whole).unwrap_or_default().into_iter();
        let removals = stones.filter_map(|stone| {
            Some(GivenTime { meeting: stone.meeting, issue: None, time: stone.removed, why: stone.given_time? })
        });
        Ok(issues.chain(removals).collect())
    }

    /// Checks everything in the archive: every byte, what the proofs say, and what others hold the head of.
    pub(crate) fn verify(&self, others: &[HeldHead]) -> Result<(Verification, Signing), IssueFailure> {
        let Some(archive) = self.archive()? else { return Ok(Default::default()) };
        for meeting in self.meetings().or_else(left_to_verifying)? {
            self.issues(&meeting.meeting).or_else(left_to_verifying)?;
        }
        let mut verification = archive.verify()?;
        match looked::look(&archive, others) {
            Ok((faults, signing)) => {
                verification.faults.extend(faults);
                Ok((verification, signing))
            }
            // Of the proofs of an archive that cannot be listed nothing can be said.
            Err(_) if !verification.faults.is_empty() => Ok((verification, Signing::default())),
            Err(failure) => Err(failure),
        }
    }
}

/// Who stands in the public root as having issued: no officer's name is published.
pub(super) const PUBLISHER: &str = "boardpack";

pub(super) fn user(name: &str) -> User {
    User { name: name.to_owned(), address: None }
}

/// Files of an issue that are read, and the newest version of their schemas that is known. Findings have had none yet.
const SCHEMAS: [(&str, u32); 4] = [
    (MANIFEST, manifest::SCHEMA_VERSION),
    (WHOLE, record::SCHEMA_VERSION),
    (PUBLIC, record::SCHEMA_VERSION),
    (FINDINGS, 0),
];

/// Finds a file of an issue that a newer program made. One that cannot be read is left to whoever needs it.
fn is_known(archive: &Archive, meeting: &str, number: u32, path: &str) -> Result<(), IssueFailure> {
    #[derive(Deserialize)]
    struct Schema {
        schema_version: u64,
    }
    let Ok(bytes) = archive.read(Side::Whole, meeting, number, path) else { return Ok(()) };
    let Ok(Schema { schema_version: found }) = serde_json::from_slice(&bytes) else { return Ok(()) };
    let known = SCHEMAS.iter().find(|(file, _)| *file == path).map_or(0, |(_, known)| *known);
    if found <= u64::from(known) {
        return Ok(());
    }
    Err(IssueFailure::Newer { meeting: meeting.to_owned(), number, path: path.to_owned(), found, known })
}

/// Passes over what is damaged, but not over what a newer program made.
fn left_to_verifying<T: Default>(failure: IssueFailure) -> Result<T, IssueFailure> {
    match failure {
        IssueFailure::Newer { .. } | IssueFailure::Archive(ArchiveFailure::OtherFormat { .. }) => Err(failure),
        _ => Ok(T::default()),
    }
}

/// Tells whether under the id of a meeting a program's own files are kept.
pub(super) fn is_program(id: &str) -> bool {
    id.starts_with(PROGRAMS)
}

fn entries(meeting: archive::Meeting) -> Vec<Entry> {
    let entry = |issue: archive::Issue| Entry {
        number: issue.version,
        issued: issue.created,
        message: issue.message,
        by: issue.user.name,
    };
    meeting.issues.into_iter().map(entry).collect()
}

/// Keeps the layouts and fonts of the program, once for all issues that it makes.
fn keep_program(writer: &mut Writer, program: &Program, at: &str) -> Result<(), IssueFailure> {
    let id = program_id(program);
    if writer.archive().meeting(Side::Whole, &id)?.is_some() {
        return Ok(());
    }
    let message = format!("layouts and fonts of {}", program.version);
    let issue = archive::NewIssue {
        created: at.to_owned(),
        message: message.clone(),
        public_message: message,
        user: user(&program.version),
        public_user: user(PUBLISHER),
        files: program::files(),
        expected_version: 0,
    };
    writer.add(&id, issue)?;
    Ok(())
}
