//! `boardpack archive verify`

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::archive::Verification;
use crate::cli::report::counted;
use crate::cli::{Stop, below, out, read_bytes};
use crate::issue::proof::Proof;
use crate::issue::shelf::{GivenTime, Shelf};

/// Checks every file against what was written down of it when it was issued.
#[derive(Args)]
pub(super) struct Verify {
    /// Check files that somebody holds against this proof
    #[arg(long, value_name = "FILE", requires = "files")]
    proof: Option<PathBuf>,
    /// The files that somebody holds
    #[arg(value_name = "FILE", requires = "proof")]
    files: Vec<PathBuf>,
    /// As a JSON document
    #[arg(long)]
    json: bool,
}

/// What `--json` shows.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    report: &'a Verification,
    given_times: &'a [GivenTime],
}

impl Verify {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        match &self.proof {
            Some(proof) => self.against(&below(workspace, proof), workspace),
            None => self.archive(folder),
        }
    }

    fn archive(&self, folder: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let report = shelf.verify().map_err(Stop::of)?;
        let given_times = shelf.given_times().unwrap_or_default();
        if self.json {
            let document = Report { report: &report, given_times: &given_times };
            out(&serde_json::to_string_pretty(&document).unwrap_or_default())?;
        } else {
            for fault in &report.faults {
                eprintln!("fault: {}: {}\n  = help: {}\n", fault.place, fault.wrong, fault.remedy);
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
            match report.faults.len() {
                0 => out(&format!("{line}: all as they were issued"))?,
                count => out(&format!("{line}: {}", counted(count, "fault")))?,
            }
            for GivenTime { meeting, issue, time, why } in &given_times {
                let record = issue.map_or_else(|| "removal".to_owned(), |issue| format!("issue {issue}"));
                out(&format!("  {meeting}, {record}: the time {time} was given, and is not the clock's: {why}"))?;
            }
        }
        if report.faults.is_empty() { Ok(()) } else { Err(Stop::Faults) }
    }

    fn against(&self, proof: &Path, workspace: &Path) -> Result<(), Stop> {
        let bytes = read_bytes(proof)?;
        let proof = Proof::read(&bytes).map_err(|failure| {
            Stop::Failure(format!("{failure}\n  = help: take the proof from the council's website again"))
        })?;
        let signed = proof.signature.as_ref().map_or_else(
            || "not signed".to_owned(),
            |signature| format!("signed with the key {}", signature.public_key),
        );
        let given =
            proof.given_time.as_ref().map_or_else(String::new, |why| format!(" (time given, not the clock's: {why})"));
        out(&format!("{}, issue {}, {}{given}: {signed}", proof.meeting, proof.issue, proof.issued))?;
        let mut strangers = 0;
        for file in &self.files {
            let paths = proof.paths_of(&read_bytes(&below(workspace, file))?).join(", ");
            if paths.is_empty() {
                strangers += 1;
                out(&format!("  {}: is not in this issue, or was altered", file.display()))?;
            } else {
                out(&format!("  {}: as it was issued ({paths})", file.display()))?;
            }
        }
        if strangers == 0 { Ok(()) } else { Err(Stop::Faults) }
    }
}
