//! `boardpack style`: the design, for a council to change.

use std::path::Path;

use clap::{Args, Subcommand};

use super::here::Here;
use super::{CliError, new, ui};
use crate::starting::style;

/// Looks after the design.
#[derive(Args)]
pub(super) struct Style {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Write the built-in layouts, phrases and templates of new files into layouts/, to be changed
    ///
    /// What is there already stays as it is. A file that you remove is taken from the program again.
    Export(Export),
}

#[derive(Args)]
struct Export {
    /// Names of files, such as phrases.yaml or new/report.yaml.jinja; all when left out
    names: Vec<String>,
}

impl Style {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let Verb::Export(Export { names }) = &self.verb;
        let laid = style::export(&Here::at(workspace, Path::new("archive")).root, names).map_err(new::failure)?;
        for path in &laid.written {
            ui::out(format!("wrote {path}"))?;
        }
        for path in &laid.there {
            ui::say(format!("{path} is there already, and stays as it is"));
        }
        ui::say("remove the files that you do not change: those of the program are newer then, after an update");
        Ok(())
    }
}
