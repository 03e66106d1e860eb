//! `boardpack archive countersign`

use std::path::PathBuf;

use clap::Args;

use crate::cli::here::Here;
use crate::cli::time::GivenTime;
use crate::cli::{CliError, files, ui};
use crate::issue::chain::head::Head;

/// Signs the head of another council's chain, so that nobody can say later that it was otherwise.
#[derive(Args)]
pub(super) struct Countersign {
    /// The head, as `archive head` of the other council wrote it
    #[arg(value_name = "HEAD")]
    head: PathBuf,
    /// Sign with the private key in this file
    #[arg(long, value_name = "FILE")]
    sign: PathBuf,
    /// Who countersigns, such as "Testford Town Council"
    #[arg(long, value_name = "NAME", value_parser = crate::cli::options::words)]
    by: String,
    /// File to write, for the other council and to be kept
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    time: GivenTime,
}

impl Countersign {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let head = Head::read(&files::read_bytes(&here.below(&self.head))?)?;
        let key = files::read_key(&self.sign)?;
        let time = self.time.time()?;
        let meetings = head.statement.archive.meetings.len();
        let signed = head.countersign(&key, &self.by, &time);
        let file = here.below(&self.out);
        files::write(&file, &signed)?;
        ui::out(format!("head of {meetings} meetings, countersigned -> {}", file.display()))
    }
}
