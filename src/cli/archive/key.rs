//! `boardpack archive key`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::time::GivenTime;
use crate::cli::{Stop, below, out, read_key, told_to_everybody, write_secret};
use crate::issue::chain::keys::{Change, KeyRecord};
use crate::issue::proof::signing::{PrivateKey, PublicKey};
use crate::issue::shelf::Shelf;

/// Shows the council's public key, makes a private key for signing, or changes the council's.
#[derive(Args)]
pub(super) struct Key {
    /// File for a new private key, which must not be there yet; keep it where only you can read it
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Make the key in FILE, which is made if it is not there, the council's; the old key in this file signs that
    #[arg(long, value_name = "OLD", requires = "file")]
    replace: Option<PathBuf>,
    /// The same where the old key is lost, with the reason, which stays to be read by everybody
    #[arg(long, value_name = "WORDS", requires = "file", conflicts_with = "replace", value_parser = crate::cli::words)]
    old_key_lost: Option<String>,
    #[command(flatten)]
    time: GivenTime,
}

impl Key {
    pub(super) fn run(&self, folder: &Path, workspace: &Path) -> Result<(), Stop> {
        let shelf = Shelf::at(folder);
        let Some(file) = self.file.as_ref().map(|file| below(workspace, file)) else { return show(&shelf) };
        let old = self.replace.as_deref().map(read_key).transpose()?;
        let change = match (&old, &self.old_key_lost) {
            (Some(old), _) => Some(Change::SignedBy(old)),
            (None, Some(why)) => {
                let project = crate::packs::open(workspace, crate::cli::receiver(workspace), &crate::rules::log());
                told_to_everybody("--old-key-lost", why, project.secrets())?;
                Some(Change::OldKeyLost(why))
            }
            (None, None) => None,
        };
        let key = if change.is_some() && file.exists() { read_key(&file)? } else { new(&file)? };
        if let Some(change) = change {
            super::recover(&shelf)?;
            let records = shelf.council_keys().map_err(Stop::of)?;
            if records.last().is_some_and(|last| last.statement.public_key == key.public().hexadecimal()) {
                out("it is the council's key already; nothing is left to do")?;
                return print(&key.public());
            }
            let time = self.time.time()?;
            shelf.change_key(&key, &change, &time).map_err(Stop::of)?;
            out("it is the council's key from now on")?;
        }
        print(&key.public())
    }
}

fn new(file: &Path) -> Result<PrivateKey, Stop> {
    let key = PrivateKey::new().map_err(Stop::of)?;
    write_secret(file, key.to_pem().map_err(Stop::of)?.as_bytes())?;
    out(&format!("private key -> {}", file.display()))?;
    Ok(key)
}

/// Shows the key that the archive publishes, and those before it.
fn show(shelf: &Shelf) -> Result<(), Stop> {
    let records = shelf.council_keys().map_err(Stop::of)?;
    let Some(last) = records.last() else {
        let help = "make a key with `boardpack archive key FILE`; the first `issue --sign FILE` publishes it";
        return Err(Stop::Failure(format!("the council has no key in this archive\n  = help: {help}")));
    };
    print(&last.key().map_err(Stop::of)?)?;
    for KeyRecord { statement, .. } in &records {
        let lost = statement.old_key_lost.as_ref();
        let lost = lost.map_or_else(String::new, |why| format!(", without the key before it: {why}"));
        out(&format!("{} since {}{lost}", statement.public_key, statement.since))?;
    }
    Ok(())
}

fn print(key: &PublicKey) -> Result<(), Stop> {
    out(&format!("public key   {}\nfingerprint  {}\n{}", key.hexadecimal(), key.fingerprint(), key.to_pem().trim_end()))
}
