//! `boardpack archive key`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::{Failure, told_to_everybody};
use crate::cli::files::{read_key, write_secret};
use crate::cli::here::Here;
use crate::cli::time::GivenTime;
use crate::cli::{CliError, ui};
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
    #[arg(long, value_name = "WORDS", requires = "file", conflicts_with = "replace", value_parser = crate::cli::options::words)]
    old_key_lost: Option<String>,
    #[command(flatten)]
    time: GivenTime,
}

impl Key {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        let Some(file) = self.file.as_ref().map(|file| here.below(file)) else { return show(&shelf) };
        let old = self.replace.as_deref().map(read_key).transpose()?;
        let change = match (&old, &self.old_key_lost) {
            (Some(old), _) => Some(Change::SignedBy(old)),
            (None, Some(why)) => {
                told_to_everybody("--old-key-lost", why, here.session()?.project().secrets())?;
                Some(Change::OldKeyLost(why))
            }
            (None, None) => None,
        };
        let key = if change.is_some() && file.exists() { read_key(&file)? } else { new(&file)? };
        if let Some(change) = change {
            here.recover()?;
            let records = shelf.council_keys()?;
            if records.last().is_some_and(|last| last.statement.public_key == key.public().hexadecimal()) {
                ui::out("it is the council's key already; nothing is left to do")?;
                return print(&key.public());
            }
            let time = self.time.time()?;
            shelf.change_key(&key, &change, &time)?;
            ui::out("it is the council's key from now on")?;
        }
        print(&key.public())
    }
}

fn new(file: &Path) -> Result<PrivateKey, CliError> {
    let key = PrivateKey::new()?;
    write_secret(file, key.to_pem()?.as_bytes())?;
    ui::out(format!("private key -> {}", file.display()))?;
    Ok(key)
}

/// Shows the key that the archive publishes, and those before it.
fn show(shelf: &Shelf) -> Result<(), CliError> {
    let records = shelf.council_keys()?;
    let Some(last) = records.last() else {
        let help = "make a key with `boardpack archive key FILE`; the first `issue --sign FILE` publishes it";
        return Err(Failure::work("the council has no key in this archive").hint(help).into());
    };
    print(&last.key()?)?;
    for KeyRecord { statement, .. } in &records {
        let lost = statement.old_key_lost.as_ref();
        let lost = lost.map_or_else(String::new, |why| format!(", without the key before it: {why}"));
        ui::out(format!("{} since {}{lost}", statement.public_key, statement.since))?;
    }
    Ok(())
}

fn print(key: &PublicKey) -> Result<(), CliError> {
    ui::out(format!(
        "public key   {}\nfingerprint  {}\n{}",
        key.hexadecimal(),
        key.fingerprint(),
        key.to_pem().trim_end()
    ))
}
