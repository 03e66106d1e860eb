//! `boardpack archive`: what has been issued, and whether it is whole.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::here::{Here, warn};
use super::options::{ArchiveFolder, Outputs};
use super::report::counted;
use super::{CliError, Findings, ui};
use crate::app::{Failure, Issued};
use crate::archive::Gap;
use crate::fs;
use crate::packs;

mod countersign;
mod find;
mod get;
mod head;
mod key;
mod letter;
mod list;
mod rebuild;
mod release;
mod remove;
mod repair;
mod retention;
mod show;
mod verify;
mod withhold;

/// Looks after what has been issued.
#[derive(Args)]
pub(super) struct Archive {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    place: ArchiveFolder,
}

#[derive(Subcommand)]
enum Verb {
    /// List the issues of all meetings, or of a body or a year
    List(list::List),
    /// Show an issue: when, why, and which files it holds
    Show(show::Show),
    /// Write the files of an issue into a folder
    Get(get::Get),
    /// Say of which issue of which meeting a file is that somebody holds
    Find(find::Find),
    /// Check every file against what was written down of it when it was issued
    ///
    /// With --proof, check instead whether files that somebody holds are those of an issue.
    Verify(verify::Verify),
    /// Write a letter of one page that says how anybody can check a pack without this program
    Letter(letter::Letter),
    /// Write the head of the chain into a small file, for others to hold, countersign or time-stamp
    ///
    /// It names the last proof of every meeting. Whoever holds it can show later that an issue was cut off or
    /// exchanged: `archive verify --countersigned FILE`.
    Head(head::Head),
    /// Sign the head of another council's chain
    Countersign(countersign::Countersign),
    /// Make an issue again from its own sources, and compare
    Rebuild(rebuild::Rebuild),
    /// Finish what a run that was cut off has begun
    Repair(repair::Repair),
    /// Publish a paper that was withheld, with its page numbers
    Release(release::Release),
    /// Take a published paper back: out of every public file, now, and a placeholder in its place
    ///
    /// For the call at ten at night. What holds the paper goes from the public root, in all issues of all
    /// meetings, and a record that names neither title nor file stays. Then the next issue is made, with a
    /// placeholder on the same page numbers. The council's own archive keeps the paper, restricted, unless
    /// it is erased. Copies that others have downloaded cannot be called back.
    Withhold(withhold::Withhold),
    /// List what must be kept until when, and withheld papers that are due to be looked at again
    Retention(retention::Retention),
    /// Remove a meeting whose time of keeping is over; a record of that stays
    ///
    /// Before that, what should never have been public is taken back with `boardpack archive withhold`.
    Remove(remove::Remove),
    /// Show the council's public key, make a private key for signing, or change the council's
    ///
    /// The first issue that is signed publishes the key in the archive. From then on everything is signed with it.
    Key(key::Key),
}

impl Archive {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let here = self.place.of(workspace);
        match &self.verb {
            // What writes into the archive finishes it before it decides anything.
            Verb::Repair(_) | Verb::Key(_) | Verb::Countersign(_) => {}
            Verb::Release(_) | Verb::Withhold(_) | Verb::Remove(_) | Verb::Head(_) => here.recover()?,
            _ => warn(&here.shelf().warnings()),
        }
        match &self.verb {
            Verb::List(verb) => verb.run(&here),
            Verb::Show(verb) => verb.run(&here),
            Verb::Get(verb) => verb.run(&here),
            Verb::Letter(verb) => verb.run(&here),
            Verb::Head(verb) => verb.run(&here),
            Verb::Countersign(verb) => verb.run(&here),
            Verb::Find(verb) => verb.run(&here),
            Verb::Verify(verb) => verb.run(&here),
            Verb::Rebuild(verb) => verb.run(&here),
            Verb::Repair(verb) => verb.run(&here),
            Verb::Release(verb) => verb.run(&here),
            Verb::Withhold(verb) => verb.run(&here),
            Verb::Retention(verb) => verb.run(&here),
            Verb::Remove(verb) => verb.run(&here),
            Verb::Key(verb) => verb.run(&here),
        }
    }

    pub(super) fn is_json(&self) -> bool {
        match &self.verb {
            Verb::List(verb) => verb.json,
            Verb::Show(verb) => verb.json,
            Verb::Verify(verb) => verb.json,
            Verb::Withhold(verb) => verb.json,
            _ => false,
        }
    }
}

/// An issue that is in the archive, and the folder that its packs belong in.
pub(super) struct Packs<'a> {
    issued: &'a Issued,
    archive: &'a Path,
    folder: PathBuf,
}

impl<'a> Packs<'a> {
    pub(super) fn of(issued: &'a Issued, here: &'a Here, outputs: &Outputs) -> Self {
        Self { issued, archive: &here.archive, folder: outputs.folder(here).join(&issued.meeting) }
    }

    /// Writes the packs in the place of those that are there.
    pub(super) fn write(&self) -> Result<(), CliError> {
        let number = self.issued.number;
        fs::replace_folder(&self.folder, &self.issued.files, packs::readers).map_err(|error| {
            let help = format!("issue {number} is kept in the archive; mend that, and run the same command again");
            CliError::from(Failure::work(error.to_string()).hint(help))
        })
    }

    /// Says where everything is.
    pub(super) fn tell(&self, how: &Findings) -> Result<(), CliError> {
        how.tell(&format!("  kept in  {}", self.archive.display()))?;
        how.tell(&format!("  packs in {}", self.folder.display()))
    }

    /// Completes an issue that the same command has made already: writes its packs where they are not.
    pub(super) fn complete(&self, how: &Findings) -> Result<(), CliError> {
        let Issued { meeting, number, files, .. } = self.issued;
        let complete = format!("{meeting}: issue {number} is complete");
        if how.is_json() {
            let issue = serde_json::json!({ "meeting": meeting, "issue": number });
            ui::json(&serde_json::json!({ "schema_version": 1, "issue": issue }))?;
        }
        if fs::holds(&self.folder, files) {
            return how.tell(&format!("{complete}, as this command made it; nothing is left to do"));
        }
        self.write()?;
        how.tell(&format!("{complete}; its packs were not in the folder for outputs, and are written now"))?;
        self.tell(how)
    }
}

/// Says what was taken back of an issue, to somebody who gets what is left of it or the whole.
fn withheld(gap: &Gap, whole: bool) -> String {
    let what = match (whole, gap.erased) {
        (_, true) => "erased",
        (true, false) => "restricted: it was taken back from the public, and may not be passed on",
        (false, false) => "withheld",
    };
    let files = counted(usize::try_from(gap.files).unwrap_or_default(), "file");
    format!("{}, issue {}: {files} {what} since {} (record {})", gap.meeting, gap.issue, gap.since, gap.record)
}
