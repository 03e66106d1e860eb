//! Findings as people and machines read them.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Findings, Format, Stop, out};
use crate::build::pack_file::FindingEntry;
use crate::finding::{Confidence, Finding, Label, Log, Severity, Sources};

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
        Format::Human => human(&findings, sources)?,
    }
    Ok(findings.iter().any(|finding| finding.is_error() || (how.deny_warnings && is_warning(finding))))
}

/// Shows, to people, the errors that leave nothing to answer from; tells whether there are any.
pub(super) fn stopped(log: &Log, sources: &Sources) -> Result<bool, Stop> {
    let errors: Vec<Finding> = log.sorted().into_iter().filter(Finding::stops_build).collect();
    human(&errors, sources)?;
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

fn human(findings: &[Finding], sources: &Sources) -> Result<(), Stop> {
    let mut stderr = std::io::stderr().lock();
    let colour = super::stderr_is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let is_hint = |finding: &&Finding| finding.severity == Severity::Info && finding.rule.code.starts_with('H');
    for finding in findings.iter().filter(|finding| !is_hint(finding)) {
        let written = writeln!(stderr, "{}\n", renderer.render(&[group(finding, sources)]));
        written.map_err(Stop::from)?;
    }
    // There may be many hints, and their words need no lines around them.
    let hints: Vec<&Finding> = findings.iter().filter(is_hint).collect();
    for hint in &hints {
        let help = hint.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        writeln!(stderr, "{}{help}", concise(hint, sources))?;
    }
    if !hints.is_empty() {
        writeln!(stderr)?;
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let worst = findings.iter().map(|finding| finding.severity).max();
        let first =
            findings.iter().find(|finding| Some(finding.severity) == worst).map_or("", |finding| finding.rule.code);
        writeln!(
            stderr,
            "{}, {}; `boardpack explain {first}` tells more",
            counted(errors, "error"),
            counted(warnings, "warning")
        )?;
    }
    Ok(())
}

/// Gives a number of things in words.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn group<'a>(finding: &'a Finding, sources: &'a Sources) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = format!("{}{}", finding.message, doubt(finding));
    let mut group = Group::with_title(level.primary_title(title).id(finding.rule.code));
    for (index, label) in finding.labels.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        // Labels of one file share a snippet, that of the first.
        let first_of_file = finding.labels[..index].iter().all(|earlier| earlier.place.source != label.place.source);
        if let (true, Some(source)) = (first_of_file, sources.get(label.place.source)) {
            if source.text.is_empty() {
                group = group.element(Origin::path(source.path.as_str()));
                continue;
            }
            let mut snippet = Snippet::source(source.text.as_str()).path(source.path.as_str());
            let same_file =
                finding.labels.iter().skip(index + 1).filter(|other| other.place.source == label.place.source);
            snippet = snippet.annotation(kind.span(span(label, &source.text)).label(label.text.as_deref()));
            for other in same_file {
                snippet = snippet
                    .annotation(AnnotationKind::Context.span(span(other, &source.text)).label(other.text.as_deref()));
            }
            group = group.element(snippet);
        }
    }
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// Gives a label's bytes, cut to the first line so that long texts are not printed whole.
fn span(label: &Label, text: &str) -> std::ops::Range<usize> {
    let clamp = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = clamp(label.place.start);
    let end = clamp(label.place.end).max(start);
    let first_line = text[start..end].find('\n').map_or(end, |newline| start + newline);
    start..first_line
}
