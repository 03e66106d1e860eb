//! Taking a published paper back: what goes, the record that stays, and what later issues are held to.
//!
//! What goes is found by the paper, by its bytes, and by words, in every public file of every issue of every meeting.
//! The record for everyone names no title and no file. Packs can be made again byte for byte, so that a plain hash would
//! let anybody test a guess: what is recorded of the bytes is hashed with a key that stays in the whole root.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use super::IssueFailure;
use super::chain;
use super::chain::keys;
use super::contents::json;
use super::proof::ProofFailure;
use super::proof::signing::{PrivateKey, key_of_record, sign_record};
use super::shelf::{PUBLISHER, Shelf, user};
use super::time::Time;
use crate::archive::{Archive, Fault, Gap, Hole, TakingBack, Withheld, Writer};
use crate::finding::Place;
use crate::fs;
use crate::secrets::{Secret, Secrets};

pub(super) mod hold;
mod outputs;
mod plan;
mod redacted;

pub(crate) use hold::look;
pub(crate) use outputs::clear;
pub(crate) use plan::{Plan, Wanted, is_about_changes};
pub(super) use redacted::redacted;

/// Version of the schema of the record for everyone; grows when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// A paper of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// Id of the meeting.
    pub(crate) meeting: String,
    /// Key of the paper.
    pub(crate) paper: String,
}

/// What staff keep of something that was taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Particulars {
    /// The papers.
    pub(crate) papers: Vec<Taken>,
    /// Words that no later issue may publish.
    pub(crate) words: Vec<String>,
    /// Why, for everyone.
    pub(crate) reason: String,
    /// Why, for staff.
    pub(crate) note: Option<String>,
    /// Whoever took it back.
    pub(crate) by: String,
    /// On what ground in law it was erased.
    pub(crate) law: Option<String>,
    /// Who made sure that nobody had asked for it (Freedom of Information Act 2000, section 77).
    pub(crate) requests: Option<String>,
    /// Why the time was given rather than taken from the clock.
    pub(crate) given_time: Option<String>,
    /// The key of the hashes.
    salt: String,
    /// Hashes of the papers' own files.
    sources: BTreeSet<String>,
}

/// What everyone may know of something that was taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Notice {
    schema_version: u32,
    record: u32,
    withheld: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_time: Option<String>,
    by: String,
    reason: String,
    /// Whether the council does not hold it any more either.
    erased: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<String>,
    meetings: Vec<NoticeOf>,
    /// Hash, with a key that the council keeps, of what was taken back.
    keyed_hash: String,
    /// SHA-256 of the record before this one.
    previous: Option<String>,
}

/// What everyone may know of what was taken back from a meeting's issues.
#[derive(Debug, Serialize, Deserialize)]
struct NoticeOf {
    meeting: String,
    issues: Vec<u32>,
    files: usize,
    /// SHA-256 of the public proof of the meeting's last issue.
    last_proof: Option<String>,
}

/// Who takes something back, when and why.
#[derive(Clone)]
pub(crate) struct Order<'a> {
    /// When.
    pub(crate) time: &'a Time,
    /// Why, for everyone.
    pub(crate) reason: &'a str,
    /// Why, for staff.
    pub(crate) note: Option<&'a str>,
    /// The officer, for staff.
    pub(crate) by: &'a str,
    /// The council, for everyone.
    pub(crate) office: &'a str,
    /// The council's key, where it signs.
    pub(crate) key: Option<&'a PrivateKey>,
    /// The ground in law of erasing it, and who made sure that nobody had asked for it.
    pub(crate) erase: Option<(&'a str, &'a str)>,
}

/// A record of something that was taken back.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Number, time and files.
    pub(crate) record: Withheld,
    /// What else is recorded.
    pub(crate) particulars: Particulars,
}

impl Kept {
    /// Gives the day on which it was taken back.
    pub(crate) fn day(&self) -> NaiveDate {
        let time = DateTime::parse_from_rfc3339(&self.record.when);
        time.map(|time| time.date_naive()).unwrap_or_default()
    }
}

impl Particulars {
    fn keyed(&self, digest: &str) -> String {
        keyed(&self.salt, digest)
    }

    /// Tells whether a file is that of a paper that was taken back, by its SHA-512.
    pub(crate) fn has_source(&self, digest: &str) -> bool {
        self.sources.contains(&self.keyed(digest))
    }
}

fn keyed(salt: &str, text: &str) -> String {
    fs::sha256(format!("{salt}{}", fs::sha256(text.as_bytes())).as_bytes())
}

fn new_salt() -> Result<String, IssueFailure> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|_| ProofFailure::NoRandom)?;
    Ok(fs::hexadecimal(&salt))
}

/// Gives the records of what was taken back.
pub(crate) fn records(archive: &Archive) -> Result<Vec<Kept>, IssueFailure> {
    let kept = |record: Withheld| {
        let particulars =
            serde_json::from_value(record.record.clone()).map_err(|error| IssueFailure::NotUnderstood {
                meeting: "tombstones".into(),
                number: record.number,
                path: "the record of what was taken back".into(),
                why: error.to_string(),
            })?;
        Ok(Kept { record, particulars })
    };
    archive.withheld()?.into_iter().map(kept).collect()
}

/// Gives the words that nothing public may hold since they were taken back.
pub(crate) fn words(records: &[Kept]) -> Secrets {
    let secret = |kept: &Kept, words: &String| {
        let papers = kept.particulars.papers.iter().map(|taken| taken.paper.clone()).collect();
        let file = format!("record {} of what was taken back", kept.record.number);
        Secret::new(words, Place::default(), &file, papers)
    };
    Secrets::gathered(records.iter().flat_map(|kept| kept.particulars.words.iter().map(|words| secret(kept, words))))
}

impl Shelf {
    /// Gives the records of what was taken back.
    pub(crate) fn taken_back(&self) -> Result<Vec<Kept>, IssueFailure> {
        self.archive()?.map_or(Ok(Vec::new()), |archive| records(&archive))
    }

    /// Gives what was taken back of an issue.
    pub(crate) fn gaps(&self, meeting: &str, number: u32) -> Result<Vec<Gap>, IssueFailure> {
        let gaps = self.taken_back()?.into_iter().flat_map(|kept| kept.record.gaps());
        Ok(gaps.filter(|gap| gap.meeting == meeting && gap.issue == number).collect())
    }

    /// Gives the paths of an issue's files that were taken back.
    pub(crate) fn holes(&self, meeting: &str, number: u32) -> Result<BTreeSet<String>, IssueFailure> {
        let holes = self.taken_back()?.into_iter().flat_map(|kept| kept.record.holes);
        let own = holes.filter(|hole| hole.meeting == meeting && hole.issue == number);
        Ok(own.map(|hole| hole.path).collect())
    }

    /// Takes back what is planned, and gives the number of the record.
    pub(crate) fn take_back(writer: &mut Writer, plan: &Plan, order: &Order) -> Result<u32, IssueFailure> {
        let before = writer.archive().withheld()?;
        let number = before.last().map_or(1, |record| record.number + 1);
        let previous = match number {
            1 => None,
            number => Some(fs::sha256(&writer.archive().withheld_in_public(number - 1)?)),
        };
        let salt = new_salt()?;
        let line = |hole: &Hole| format!("{}\n{}\n{}\n{}\n", hole.meeting, hole.issue, hole.path, hole.sha512);
        let list = plan.holes.iter().map(|(hole, _)| line(hole)).collect::<Vec<_>>().concat();
        let notice = Notice {
            schema_version: SCHEMA_VERSION,
            record: number,
            withheld: order.time.stamp(),
            given_time: order.time.given.clone(),
            by: order.office.to_owned(),
            reason: order.reason.to_owned(),
            erased: order.erase.is_some(),
            law: order.erase.map(|(law, _)| law.to_owned()),
            meetings: plan.notices(writer.archive())?,
            keyed_hash: keyed(&salt, &list),
            previous,
        };
        let particulars = Particulars {
            papers: plan.papers.iter().cloned().collect(),
            words: plan.words.clone(),
            reason: order.reason.to_owned(),
            note: order.note.map(str::to_owned),
            by: order.by.to_owned(),
            law: order.erase.map(|(law, _)| law.to_owned()),
            requests: order.erase.map(|(_, requests)| requests.to_owned()),
            given_time: order.time.given.clone(),
            sources: plan.sources.iter().map(|digest| keyed(&salt, digest)).collect(),
            salt,
        };
        let public = json(&notice);
        let public = order.key.map_or(Ok(public.clone()), |key| sign_record(&public, key))?;
        // What cannot be noted now must not stand in the way.
        let standing = chain::noted_or_found(writer.archive()).ok();
        let order = TakingBack {
            when: order.time.stamp(),
            who: user(order.by),
            public_who: user(PUBLISHER),
            holes: plan.holes.clone(),
            erase: order.erase.is_some(),
            public,
            private: serde_json::to_value(&particulars).unwrap_or_default(),
        };
        let number = writer.take_back(&order)?;
        if let Some(mut standing) = standing {
            standing.tombstone = writer.archive().last_tombstone()?.map(|stone| fs::sha256(&stone));
            standing.note(writer);
        }
        Ok(number)
    }

    /// Tells whether the last record of what was taken back waits for the signature of a council that signs.
    pub(crate) fn waits_for_signature(archive: &Archive) -> Result<bool, IssueFailure> {
        let Some(last) = archive.withheld()?.last().map(|record| record.number) else { return Ok(false) };
        let is_signed = key_of_record(&archive.withheld_in_public(last)?)?.is_some();
        Ok(!is_signed && !keys::records(archive)?.is_empty())
    }
}

/// Holds the records for everyone against one another.
pub(super) fn faults(archive: &Archive) -> Result<Vec<Fault>, IssueFailure> {
    let mut faults = Vec::new();
    let mut previous = None;
    for record in archive.withheld()? {
        let bytes = archive.withheld_in_public(record.number)?;
        let notice: Option<Notice> = serde_json::from_slice(&bytes).ok();
        if notice.is_none_or(|notice| notice.previous != previous || notice.record != record.number) {
            let place = format!("record {} of what was taken back", record.number);
            let wrong = "does not follow the record before it".to_owned();
            faults.push(Fault { place, wrong, remedy: "restore it from a backup".to_owned() });
        }
        previous = Some(fs::sha256(&bytes));
    }
    Ok(faults)
}
