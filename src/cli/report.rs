//! Findings as people and machines read them.

use super::{Findings, Format, Stop, out};
use crate::build::pack_file::FindingEntry;
use crate::finding::{Confidence, Finding, Log, Severity, Sources};

mod human;

/// Shows the findings that `concern` what was asked for; tells whether any stands in the way.
pub(super) fn findings(
    log: &Log,
    sources: &Sources,
    how: &Findings,
    concern: impl Fn(&Finding) -> bool,
) -> Result<bool, Stop> {
    let findings: Vec<Finding> = log.sorted().into_iter().filter(concern).collect();
    match how.format {
        Format::Json => json(&findings, sources)?,
        Format::Concise => findings.iter().try_for_each(|finding| out(&concise(finding, sources)))?,
        Format::Github => findings.iter().try_for_each(|finding| out(&github(finding, sources)))?,
        Format::Human => human::show(&findings, sources, how.full)?,
    }
    Ok(findings.iter().any(|finding| finding.is_error() || (how.deny_warnings && is_warning(finding))))
}

/// Shows, to people, the errors that leave nothing to answer from; tells whether there are any.
pub(super) fn stopped(log: &Log, sources: &Sources) -> Result<bool, Stop> {
    let errors: Vec<Finding> = log.sorted().into_iter().filter(Finding::stops_build).collect();
    human::show(&errors, sources, true)?;
    Ok(!errors.is_empty())
}

pub(super) fn is_warning(finding: &Finding) -> bool {
    finding.severity == Severity::Warning
}

fn json(findings: &[Finding], sources: &Sources) -> Result<(), Stop> {
    let entries: Vec<FindingEntry> = findings.iter().map(|finding| FindingEntry::of(finding, sources)).collect();
    let document = serde_json::json!({ "schema_version": 1, "findings": entries });
    out(&serde_json::to_string_pretty(&document).unwrap_or_default())
}

fn at(finding: &Finding, sources: &Sources) -> Option<(String, usize, usize)> {
    let place = finding.place()?;
    let position = sources.position(place);
    Some((sources.path(place).to_owned(), position.line, position.column))
}

fn concise(finding: &Finding, sources: &Sources) -> String {
    let place = at(finding, sources).map_or(String::new(), |(path, line, column)| format!("{path}:{line}:{column}: "));
    format!("{place}{}[{}]: {}{}", finding.severity.word(), finding.rule.code, finding.message, doubt(finding))
}

/// Says how sure a finding is, unless it is certain.
fn doubt(finding: &Finding) -> String {
    match finding.confidence {
        Confidence::Certain => String::new(),
        confidence => format!(" ({})", confidence.word()),
    }
}

fn github(finding: &Finding, sources: &Sources) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = at(finding, sources)
        .map_or(String::new(), |(path, line, column)| format!(" file={path},line={line},col={column},"));
    let separator = if place.is_empty() { " " } else { "" };
    let message = format!(
        "{}{}{}",
        finding.message,
        doubt(finding),
        finding.help.as_ref().map_or(String::new(), |help| format!(" ({help})"))
    );
    format!(
        "::{word}{place}{separator}title={}::{}",
        finding.rule.code,
        message.replace('%', "%25").replace('\n', "%0A")
    )
}

/// Gives a number of things in words.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
