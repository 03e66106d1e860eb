//! `boardpack archive`: what has been issued, and whether it is whole.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::Stop;

mod find;
mod get;
mod key;
mod list;
mod rebuild;
mod release;
mod remove;
mod repair;
mod retention;
mod show;
mod verify;

/// Where the archive is.
#[derive(Args)]
pub(super) struct Place {
    /// Folder of the archive
    #[arg(long, global = true, value_name = "FOLDER", default_value = "archive")]
    archive: PathBuf,
}

impl Place {
    pub(super) fn folder(&self, workspace: &Path) -> PathBuf {
        super::below(workspace, &self.archive)
    }
}

/// Looks after what has been issued.
#[derive(Args)]
pub(super) struct Archive {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    place: Place,
}

#[derive(Subcommand)]
enum Verb {
    /// List the issues of all meetings
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
    /// Make an issue again from its own sources, and compare
    Rebuild(rebuild::Rebuild),
    /// Finish what a run that was cut off has begun
    Repair(repair::Repair),
    /// Publish a paper that was withheld, with its page numbers
    Release(release::Release),
    /// List what must be kept until when, and withheld papers that are due to be looked at again
    Retention(retention::Retention),
    /// Remove a meeting whose time of keeping is over; a record of that stays
    Remove(remove::Remove),
    /// Show the council's public key, make a private key for signing, or change the council's
    ///
    /// The first issue that is signed publishes the key in the archive. From then on everything is signed with it.
    Key(key::Key),
}

impl Archive {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let folder = self.place.folder(workspace);
        match &self.verb {
            Verb::List(verb) => verb.run(&folder),
            Verb::Show(verb) => verb.run(&folder),
            Verb::Get(verb) => verb.run(&folder, workspace),
            Verb::Find(verb) => verb.run(&folder, workspace),
            Verb::Verify(verb) => verb.run(&folder, workspace),
            Verb::Rebuild(verb) => verb.run(&folder),
            Verb::Repair(verb) => verb.run(&folder),
            Verb::Release(verb) => verb.run(&folder, workspace),
            Verb::Retention(verb) => verb.run(&folder),
            Verb::Remove(verb) => verb.run(&folder, workspace),
            Verb::Key(verb) => verb.run(&folder, workspace),
        }
    }
}
