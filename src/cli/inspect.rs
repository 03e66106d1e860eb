//! `boardpack inspect`

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::here::Here;
use super::{CliError, Findings, Format, report, ui};
use crate::app;
use crate::appended::Facts;
use crate::assemble::Claims;
use crate::finding::{Finding, FindingEntry, Log, Sources};
use crate::packs::{self, Inspected};

/// Points in a millimetre.
const MILLIMETRE: f64 = 72.0 / 25.4;

/// Shows what is in other people's files, before they are appended.
#[derive(Args)]
pub(super) struct Inspect {
    /// PDF files, pictures and office documents
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    pub(super) findings: Findings,
}

/// One file in the JSON document.
#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    facts: Option<&'a Facts>,
    /// What a pack with the file may claim; nothing where the file cannot be appended.
    claims: Option<ClaimsEntry>,
    /// The same where the agenda describes the file's pages by `description:`.
    claims_described: Option<ClaimsEntry>,
    /// What stands in the way of more.
    obstacles: Vec<String>,
    /// All of that in a sentence.
    answer: String,
    findings: Vec<FindingEntry>,
}

/// What a pack may claim.
#[derive(Serialize)]
struct ClaimsEntry {
    pdf_ua: Option<&'static str>,
    pdf_a: Option<&'static str>,
}

impl ClaimsEntry {
    fn of(claims: Claims) -> Self {
        Self { pdf_ua: claims.accessible.then_some(ACCESSIBLE), pdf_a: archival(claims) }
    }
}

const ACCESSIBLE: &str = "PDF/UA-1";

/// Gives the level of PDF/A that a pack may claim.
fn archival(claims: Claims) -> Option<&'static str> {
    claims.archival.then_some(if claims.readable { "PDF/A-2a" } else { "PDF/A-2b" })
}

/// Reasons that an answer names.
const REASONS: usize = 3;

/// Answers what becomes of a pack with this file in it.
fn answer(inspected: Option<&Inspected>) -> String {
    let Some(one) = inspected else { return "this file cannot be appended".to_owned() };
    let kept = |claims: Claims| -> Vec<&str> {
        claims.accessible.then_some(ACCESSIBLE).into_iter().chain(archival(claims)).collect()
    };
    let (bare, described) = (kept(one.claims), kept(one.described));
    let stays = if bare.is_empty() {
        "with this file the pack claims no standard".to_owned()
    } else {
        format!("with this file the pack stays {}", bare.join(" and "))
    };
    let if_described = match described.iter().find(|standard| !bare.contains(standard)) {
        Some(standard) => format!(", and {standard} as well if the agenda describes its pages by `description:`"),
        None => String::new(),
    };
    let obstacles = one.obstacles();
    if obstacles.is_empty() {
        return format!("{stays}{if_described}");
    }
    let more = obstacles.len().saturating_sub(REASONS);
    let more = if more == 0 { String::new() } else { format!("; and {more} more") };
    let stands = obstacles.into_iter().take(REASONS).collect::<Vec<_>>().join("; ");
    format!("{stays}{if_described}; in the way of more: {stands}{more}")
}

/// Sums several files up: their pages, what keeps a pack from what, and what a pack of them all may claim.
fn total(looked: &[(&String, Option<Inspected>)]) -> String {
    let taken: Vec<&Inspected> = looked.iter().filter_map(|(_, inspected)| inspected.as_ref()).collect();
    let pages: u32 = taken.iter().map(|one| one.facts.pages).sum();
    let refused = match looked.len() - taken.len() {
        0 => String::new(),
        1 => ", 1 of them cannot be appended".to_owned(),
        number => format!(", {number} of them cannot be appended"),
    };
    let whole = taken.iter().filter(|one| one.described == Claims::ALL).count();
    let all = taken.iter().fold(Claims::ALL, |all, one| Claims {
        accessible: all.accessible && one.described.accessible,
        archival: all.archival && one.described.archival,
        readable: all.readable && one.described.readable,
    });
    let claims: Vec<&str> = all.accessible.then_some(ACCESSIBLE).into_iter().chain(archival(all)).collect();
    let claims = if claims.is_empty() { "no standard".to_owned() } else { claims.join(" and ") };
    format!(
        "{} files{refused}, {pages} pages: {whole} of them leave a pack PDF/UA-1 and PDF/A-2a once described; a pack of them all claims {claims}",
        looked.len()
    )
}

impl Inspect {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let (log, how) = (crate::rules::log(), &self.findings);
        let mut sources = Sources::default();
        let here = Here::at(workspace, Path::new("archive"));
        let receiver = here.env()?.receiver(&here.root);
        let mut looked = Vec::new();
        for path in &self.files {
            looked.push((path, packs::inspect(&receiver, Path::new(""), path, &mut sources, &log)));
        }
        let found = app::Report::loose(&log, &sources, how.deny_warnings);
        if how.is_json() {
            json(&looked, &log, &sources)?;
        } else {
            let is_human = how.format == Format::Human;
            for (path, inspected) in looked.iter().filter(|_| is_human) {
                inspected.as_ref().map_or(Ok(()), |inspected| show(path, &inspected.facts))?;
            }
            report::show(&found, how, None)?;
            if is_human {
                answers(&looked)?;
            }
        }
        if found.is_stopped(Finding::is_error) { Err(CliError::Findings) } else { Ok(()) }
    }
}

/// Ends with the question that was asked: what becomes of a pack with these files?
fn answers(looked: &[(&String, Option<Inspected>)]) -> Result<(), CliError> {
    if let [(_, one)] = looked {
        return ui::out(answer(one.as_ref()));
    }
    for (path, one) in looked {
        ui::out(format!("{path}: {}", answer(one.as_ref())))?;
    }
    ui::out(total(looked))
}

fn json(looked: &[(&String, Option<Inspected>)], log: &Log, sources: &Sources) -> Result<(), CliError> {
    let all = log.sorted();
    let files: Vec<Entry> = looked
        .iter()
        .map(|(path, inspected)| {
            let own = all.iter().filter(|finding| finding.place().is_some_and(|at| sources.path(at) == path.as_str()));
            Entry {
                path,
                facts: inspected.as_ref().map(|one| &one.facts),
                claims: inspected.as_ref().map(|one| ClaimsEntry::of(one.claims)),
                claims_described: inspected.as_ref().map(|one| ClaimsEntry::of(one.described)),
                obstacles: inspected.as_ref().map(Inspected::obstacles).unwrap_or_default(),
                answer: answer(inspected.as_ref()),
                findings: own.map(|one| FindingEntry::of(one, sources)).collect(),
            }
        })
        .collect();
    let document = serde_json::json!({ "schema_version": 1, "files": files, "total": total(looked) });
    ui::json(&document)
}

/// Writes a date of a PDF so that people can read it (ISO 32000-1, 7.9.4); other values stay as they are.
fn readable(value: &str) -> String {
    let digits: String =
        value.strip_prefix("D:").unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    let date = digits.get(..8).and_then(|date| chrono::NaiveDate::parse_from_str(date, "%Y%m%d").ok());
    let Some(date) = date else { return value.to_owned() };
    let time = digits.get(8..12).map(|time| format!(", {}.{}", &time[..2], &time[2..])).unwrap_or_default();
    format!("{}{time}", date.format("%-d %B %Y"))
}

fn show(path: &str, facts: &Facts) -> Result<(), CliError> {
    let pages = if facts.pages == 1 { "1 page".to_owned() } else { format!("{} pages", facts.pages) };
    ui::out(format!("{path}\n  {:<10} {}, {pages}", "Format", facts.format))?;
    let line =
        |name: &str, words: String| if words.is_empty() { Ok(()) } else { ui::out(format!("  {name:<10} {words}")) };
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
    let metadata: Vec<String> =
        facts.metadata.iter().map(|(name, value)| format!("{name}: {}", readable(value))).collect();
    if !metadata.is_empty() {
        ui::out(format!("  {:<10} (left out of packs)", "Metadata"))?;
        metadata.iter().try_for_each(|entry| ui::out(format!("    {entry}")))?;
    }
    ui::out("")
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn writes_dates_for_people() {
        assert_eq!(readable("D:20270305232300Z"), "5 March 2027, 23.23");
        assert_eq!(readable("D:20270305"), "5 March 2027");
        assert_eq!(readable("D:2027"), "D:2027");
        assert_eq!(readable("Docks"), "Docks");
    }
}
