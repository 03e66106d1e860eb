//! `boardpack archive verify`

use std::path::{Path, PathBuf};

use chrono::SecondsFormat;
use clap::Args;
use serde::Serialize;

use crate::app::Failure;
use crate::archive::{Fault, Verification};
use crate::cli::files::{read_bytes, read_text};
use crate::cli::here::Here;
use crate::cli::report::counted;
use crate::cli::{CliError, ui};
use crate::fs;
use crate::issue::chain::head::HeldHead;
use crate::issue::chain::looked::Signing;
use crate::issue::chain::{keys, timestamp};
use crate::issue::proof::Proof;
use crate::issue::proof::signing::PublicKey;
use crate::issue::shelf::GivenTime;

/// What to do about a reply that stamps nothing of the archive.
const STAMP: &str = "name with --countersigned the file that was stamped, or take the reply that belongs to it";

/// Checks every file against what was written down of it when it was issued.
#[derive(Args)]
pub(super) struct Verify {
    /// Check files that somebody holds against this proof
    #[arg(long, value_name = "FILE", requires = "files")]
    proof: Option<PathBuf>,
    /// The council's public key, in a PEM file or as 64 digits; the one that the archive publishes if none is named
    #[arg(long, value_name = "KEY", requires = "proof")]
    key: Option<String>,
    /// Check as well that all is still there that this file names: a head of the chain, countersigned or not
    #[arg(long, value_name = "FILE", conflicts_with = "proof")]
    countersigned: Vec<PathBuf>,
    /// Say which head of the chain a time-stamping authority has stamped with this reply (RFC 3161)
    #[arg(long, value_name = "FILE.tsr", conflicts_with = "proof")]
    timestamp: Vec<PathBuf>,
    /// The files that somebody holds
    #[arg(value_name = "FILE", requires = "proof")]
    files: Vec<PathBuf>,
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// What `--json` shows.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    verification: &'a Verification,
    signing: &'a Signing,
    given_times: &'a [GivenTime],
}

impl Verify {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        match &self.proof {
            Some(proof) => self.against(&here.below(proof), here),
            None => self.archive(here),
        }
    }

    fn archive(&self, here: &Here) -> Result<(), CliError> {
        if !here.archive.exists() {
            return Err(Failure::work(format!(
                "there is no archive in `{}`, so nothing was checked",
                here.archive.display()
            ))
            .hint("name its folder with --archive; it is made when a meeting is first issued")
            .into());
        }
        let shelf = here.shelf();
        let mut heads = shelf.heads().unwrap_or_default();
        let mut others = Vec::new();
        for file in &self.countersigned {
            let bytes = read_bytes(&here.below(file))?;
            others.push(HeldHead::read(&bytes)?);
            heads.push(bytes);
        }
        let (mut report, signing) = shelf.verify(&others)?;
        let mut stamps = Vec::new();
        for file in &self.timestamp {
            match stamped(&read_bytes(&here.below(file))?, &heads) {
                Ok(stamp) => stamps.push(stamp),
                Err(wrong) => {
                    report.faults.push(Fault { place: file.display().to_string(), wrong, remedy: STAMP.to_owned() });
                }
            }
        }
        let given_times = shelf.given_times().unwrap_or_default();
        if self.json {
            let document = Report { verification: &report, signing: &signing, given_times: &given_times };
            ui::json(&document)?;
        } else {
            for fault in &report.faults {
                ui::say(format!("fault: {}: {}\n  = help: {}\n", fault.place, fault.wrong, fault.remedy));
            }
            let meetings = shelf.meetings().unwrap_or_default();
            let issues: usize = meetings.iter().map(|meeting| meeting.issues.len()).sum();
            let line = format!(
                "{}, {}, {} files, {} MB",
                counted(meetings.len(), "meeting"),
                counted(issues, "issue"),
                report.tally.files,
                report.tally.bytes.div_ceil(1_000_000)
            );
            for gap in &report.withheld {
                ui::out(super::withheld(gap, false))?;
            }
            match report.faults.len() {
                0 => ui::out(format!("{line}: all as they were issued{}", signed(&signing, issues)))?,
                count => ui::out(format!("{line}: {}", counted(count, "fault")))?,
            }
            for (when, why) in &signing.old_keys_lost {
                ui::out(format!("  the council's key was changed on {when} without the old one: {why}"))?;
            }
            for HeldHead { head, by } in &others {
                let by = by.as_ref().map_or_else(String::new, |(name, seen, key)| {
                    format!(", countersigned by {name} on {seen} with the key {}", key.hexadecimal())
                });
                ui::out(format!("  held against the head of {}{by}", head.made))?;
            }
            for stamp in &stamps {
                ui::out(format!("  {stamp}"))?;
            }
            for GivenTime { meeting, issue, time, why } in &given_times {
                let record = issue.map_or_else(|| "removal".to_owned(), |issue| format!("issue {issue}"));
                ui::out(format!("  {meeting}, {record}: the time {time} was given, and is not the clock's: {why}"))?;
            }
        }
        if report.faults.is_empty() { Ok(()) } else { Err(CliError::Faults) }
    }

    fn against(&self, proof: &Path, here: &Here) -> Result<(), CliError> {
        let proof = Proof::read(&read_bytes(proof)?)?;
        let due = self.due(&proof, here)?;
        let (is_good, signed) = match (proof.key(), due) {
            (Some(key), Some(due)) if key == due => {
                (true, format!("signed by the council's key {}", key.hexadecimal()))
            }
            (Some(key), Some(_)) => {
                (false, format!("signed with {}, which is not the council's key", key.hexadecimal()))
            }
            (None, Some(_)) => (false, "not signed, though the council signs".to_owned()),
            (Some(key), None) => {
                let key = key.hexadecimal();
                (
                    true,
                    format!("signed with the key {key}; name the council's with --key to know whether it is that one"),
                )
            }
            (None, None) => (true, "unsigned, chained".to_owned()),
        };
        let said = &proof.statement;
        let given =
            said.given_time.as_ref().map_or_else(String::new, |why| format!(" (time given, not the clock's: {why})"));
        ui::out(format!("{}, issue {}, {}{given}: {signed}", said.meeting, said.issue, said.issued))?;
        let mut strangers = 0;
        for file in &self.files {
            let paths = proof.paths_of(&read_bytes(&here.below(file))?).join(", ");
            if paths.is_empty() {
                strangers += 1;
                ui::out(format!("  {}: is not in this issue, or was altered", file.display()))?;
            } else if is_good {
                ui::out(format!("  {}: as it was issued ({paths})", file.display()))?;
            } else {
                ui::out(format!("  {}: is in this proof, which is not the council's ({paths})", file.display()))?;
            }
        }
        if strangers == 0 && is_good { Ok(()) } else { Err(CliError::Faults) }
    }

    /// Gives the key that a proof should be signed with: the one that is named, else the one that the archive publishes.
    fn due(&self, proof: &Proof, here: &Here) -> Result<Option<PublicKey>, CliError> {
        if let Some(key) = &self.key {
            let text = if Path::new(key).is_file() { read_text(Path::new(key))? } else { key.clone() };
            return Ok(Some(PublicKey::read(&text)?));
        }
        let records = here.shelf().council_keys()?;
        Ok(keys::due(&records, &proof.statement.meeting, proof.statement.issue)?)
    }
}

/// Says which of the heads a reply of a time-stamping authority has stamped, and when.
fn stamped(reply: &[u8], heads: &[Vec<u8>]) -> Result<String, String> {
    let stamp = timestamp::reply(reply).map_err(|failure| failure.to_string())?;
    let stamped = heads.iter().find(|head| fs::sha256(head) == stamp.sha256);
    let head = stamped.ok_or("is of another file than a head of this archive")?;
    let head = HeldHead::read(head).map_err(|failure| failure.to_string())?.head;
    let authority = stamp.authority.map_or_else(String::new, |name| format!(" by {name}"));
    let at = stamp.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(format!(
        "the head of {} was stamped at {at}{authority}, number {}, as the reply says; `openssl ts -verify` checks its signature",
        head.made, stamp.serial
    ))
}

/// Says who signed what was issued.
fn signed(signing: &Signing, issues: usize) -> String {
    match (&signing.council_key, signing.unsigned) {
        (None, _) if issues == 0 => String::new(),
        (None, _) => ", unsigned, chained".to_owned(),
        (Some(key), 0) => format!(", signed by the council's key {key}"),
        (Some(key), before) => {
            let before = counted(before, "earlier issue");
            format!(", signed by the council's key {key} ({before} unsigned, chained)")
        }
    }
}
