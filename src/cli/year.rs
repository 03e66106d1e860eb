//! `boardpack year`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::options::{ArchiveFolder, Findings};
use super::{CliError, files, now, report, ui};
use crate::app::Failure;
use crate::fs;

/// Gives the year of a body in figures.
#[derive(Args)]
pub(super) struct Year {
    /// The body, such as scrutiny
    #[arg(value_name = "BODY")]
    body: String,
    /// The municipal year, such as 2026-27
    #[arg(value_name = "YEAR")]
    year: String,
    /// How it is given
    #[arg(long, value_enum, default_value_t = Format::Pdf)]
    format: Format,
    /// The file to write; in out/ when none is named, and on standard output for json and csv
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    archive: ArchiveFolder,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page to print
    Pdf,
    /// A table of the meetings, for spreadsheets
    Csv,
    /// A JSON document
    Json,
}

impl Year {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let today = now()?.date_naive();
        let here = self.archive.of(workspace);
        let session = here.reading()?;
        let year = session.year(&self.body, &self.year, today).map_err(refused)?;
        let bytes = match self.format {
            Format::Json => serde_json::to_vec_pretty(&year).unwrap_or_default(),
            Format::Csv => year.csv(),
            Format::Pdf => session.year_pdf(&year).map_err(refused)?,
        };
        let named = self.out.as_deref().map(|out| here.below(out));
        let usual = || here.below(Path::new("out")).join(format!("{}-{}.pdf", self.body, self.year));
        let Some(path) = named.or_else(|| (self.format == Format::Pdf).then(usual)) else {
            return ui::out(String::from_utf8_lossy(&bytes).trim_end());
        };
        fs::make_parent(&path, fs::Readers::Everybody).map_err(|error| Failure::work(error.to_string()))?;
        files::write(&path, &bytes)?;
        ui::out(format!("{}: {} meetings", path.display(), year.meetings.len()))
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

fn refused(refused: crate::app::Refused) -> CliError {
    report::refused(refused, &Findings::HUMAN)
}
