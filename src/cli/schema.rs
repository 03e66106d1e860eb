//! `boardpack schema`

use std::path::PathBuf;

use clap::Args;

use super::{CliError, ui};
use crate::app::Failure;
use crate::fs;
use crate::load::schema;

/// Prints the JSON Schema of a kind of file.
#[derive(Args)]
pub(super) struct Schema {
    /// What stands behind `kind:` in the file, such as report; all kinds are listed when none is given
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(schema::kinds()))]
    kind: Option<String>,
    /// Write the schemas of all kinds to this folder, each named by its kind: report.json
    #[arg(long, value_name = "FOLDER", conflicts_with = "kind")]
    out: Option<PathBuf>,
}

impl Schema {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let text = |kind: &str| schema::of_kind(kind).map(|schema| format!("{schema:#}")).unwrap_or_default();
        let Some(folder) = &self.out else {
            return ui::out(self.kind.as_deref().map_or_else(|| schema::kinds().join("\n"), text));
        };
        let name = |kind: &str| format!("{kind}.json");
        let files = schema::kinds().iter().map(|kind| (name(kind), (text(kind) + "\n").into_bytes()));
        // What an earlier run wrote makes way.
        for kind in schema::kinds() {
            let _ = fs::remove_file(&folder.join(name(kind)));
        }
        fs::write_all(folder, &files.collect())
            .map_err(|error| Failure::work(error.to_string()).hint("name a folder that you may write to"))?;
        Ok(())
    }
}
