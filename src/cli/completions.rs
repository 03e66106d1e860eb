//! `boardpack completions`

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

use super::CliError;

/// Prints a completion script.
#[derive(Args)]
pub(super) struct Completions {
    /// Your shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, command: &mut Command) -> Result<(), CliError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, command, "boardpack", &mut script);
        Ok(io::stdout().lock().write_all(&script)?)
    }
}
