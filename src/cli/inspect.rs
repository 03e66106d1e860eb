//! `boardpack inspect`

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::{Findings, Format, Stop, out, report};
use crate::appended::Facts;
use crate::build;
use crate::finding::{Finding, FindingEntry, Log, Sources};

/// Points in a millimetre.
const MILLIMETRE: f64 = 72.0 / 25.4;

/// Shows what is in other people's files, before they are appended.
#[derive(Args)]
pub(super) struct Inspect {
    /// PDF files, pictures and office documents
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    findings: Findings,
}

/// One file in the JSON document.
#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    facts: Option<&'a Facts>,
    findings: Vec<FindingEntry>,
}

impl Inspect {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), Stop> {
        let log = Log::default();
        let mut sources = Sources::default();
        let receiver = super::receiver(workspace);
        let mut looked = Vec::new();
        for path in &self.files {
            looked.push((path, build::inspect(&receiver, Path::new(""), path, &mut sources, &log)));
        }
        if self.findings.format == Format::Json {
            json(&looked, &log, &sources)?;
        } else {
            if self.findings.format == Format::Human {
                for (path, facts) in &looked {
                    facts.as_ref().map_or(Ok(()), |facts| show(path, facts))?;
                }
            }
            report::findings(&log, &sources, &self.findings, |_| true)?;
        }
        let wrong =
            |finding: &Finding| finding.is_error() || (self.findings.deny_warnings && report::is_warning(finding));
        if log.sorted().iter().any(wrong) { Err(Stop::Findings) } else { Ok(()) }
    }
}

fn json(looked: &[(&String, Option<Facts>)], log: &Log, sources: &Sources) -> Result<(), Stop> {
    let all = log.sorted();
    let files: Vec<Entry> = looked
        .iter()
        .map(|(path, facts)| {
            let own = all.iter().filter(|finding| finding.place().is_some_and(|at| sources.path(at) == path.as_str()));
            Entry { path, facts: facts.as_ref(), findings: own.map(|one| FindingEntry::of(one, sources)).collect() }
        })
        .collect();
    let document = serde_json::json!({ "schema_version": 1, "files": files });
    out(&serde_json::to_string_pretty(&document).unwrap_or_default())
}

fn show(path: &str, facts: &Facts) -> Result<(), Stop> {
    let pages = if facts.pages == 1 { "1 page".to_owned() } else { format!("{} pages", facts.pages) };
    out(&format!("{path}\n  {:<10} {}, {pages}", "Format", facts.format))?;
    let line =
        |name: &str, words: String| if words.is_empty() { Ok(()) } else { out(&format!("  {name:<10} {words}")) };
    let sizes = facts.sizes.iter().map(|size| {
        let (width, height) = (size.width / MILLIMETRE, size.height / MILLIMETRE);
        let times = if facts.sizes.len() > 1 { format!(" ({})", size.pages) } else { String::new() };
        format!("{width:.0} × {height:.0} mm{times}")
    });
    line("Sizes", sizes.collect::<Vec<_>>().join(", "))?;
    if facts.format.contains("PDF") {
        line("Tags", if facts.tagged { "yes" } else { "none" }.to_owned())?;
        line("Language", facts.language.clone().unwrap_or_else(|| "not declared".to_owned()))?;
        line("Claims", if facts.claims.is_empty() { "nothing".to_owned() } else { facts.claims.join(", ") })?;
    }
    let fonts = facts.fonts.iter().map(|font| {
        let embedded = if font.embedded { "" } else { ", not embedded" };
        let readable = if font.readable { "" } else { ", cannot be read aloud" };
        format!("{} ({}{embedded}{readable})", font.name, font.kind)
    });
    line("Fonts", fonts.collect::<Vec<_>>().join(", "))?;
    let counts = facts.counts.iter().map(|(what, number)| format!("{number} {what}"));
    line("Contains", counts.collect::<Vec<_>>().join(", "))?;
    let metadata: Vec<String> = facts.metadata.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    if !metadata.is_empty() {
        out(&format!("  {:<10} (left out of packs)", "Metadata"))?;
        metadata.iter().try_for_each(|entry| out(&format!("    {entry}")))?;
    }
    out("")
}
