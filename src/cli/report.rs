//! Findings as people and machines read them.

use super::{Findings, Format, Stop, out};
use crate::finding::{Confidence, Finding, FindingEntry, Log, Severity, Sources};

mod gate;
mod human;

pub(super) use gate::{gate, reading};

/// A finding with the texts in which it has its place.
#[derive(Clone, Copy)]
struct Shown<'a> {
    finding: &'a Finding,
    sources: &'a Sources,
}

/// Shows the findings that `concern` what was asked for; tells whether any stands in the way.
pub(super) fn findings(
    log: &Log,
    sources: &Sources,
    how: &Findings,
    concern: impl Fn(&Finding) -> bool,
) -> Result<bool, Stop> {
    let findings: Vec<Finding> = log.sorted().into_iter().filter(&concern).collect();
    let held = log.held().iter().filter(|finding| concern(finding)).count();
    let shown: Vec<Shown> = findings.iter().map(|finding| Shown { finding, sources }).collect();
    match how.format {
        Format::Json => json(&shown, held)?,
        Format::Concise => shown.iter().try_for_each(|one| out(&concise(*one)))?,
        Format::Github => shown.iter().try_for_each(|one| out(&github(*one)))?,
        Format::Human => human::show(&shown, how.full)?,
    }
    waiting(held, &shown, how);
    Ok(shown.iter().any(|one| one.finding.is_error() || (how.deny_warnings && is_warning(one.finding))))
}

/// Says how many findings wait until what was not understood is mended.
fn waiting(held: usize, shown: &[Shown], how: &Findings) {
    if held > 0 && how.format != Format::Json {
        let causes = shown.iter().filter(|one| one.finding.is_cause()).count();
        let until = if causes == 1 { "this is mended" } else { "these are mended" };
        let wait = if held == 1 { "waits" } else { "wait" };
        eprintln!("{} {wait} until {until}", counted(held, "finding"));
    }
}

/// Shows, to people, the errors that leave nothing to answer from; tells whether there are any.
pub(super) fn stopped(log: &Log, sources: &Sources) -> Result<bool, Stop> {
    let errors: Vec<Finding> = log.sorted().into_iter().filter(Finding::stops_build).collect();
    let shown: Vec<Shown> = errors.iter().map(|finding| Shown { finding, sources }).collect();
    human::show(&shown, true)?;
    Ok(!errors.is_empty())
}

/// Shows findings to people beside an answer, on one line each; tells whether there are any.
pub(super) fn in_brief(log: &Log, sources: &Sources, wanted: impl Fn(&Finding) -> bool) -> bool {
    let findings: Vec<Finding> = log.sorted().into_iter().filter(wanted).collect();
    for finding in &findings {
        eprintln!("{}", concise(Shown { finding, sources }));
    }
    !findings.is_empty()
}

pub(super) fn is_warning(finding: &Finding) -> bool {
    finding.severity == Severity::Warning
}

fn json(shown: &[Shown], held: usize) -> Result<(), Stop> {
    let entries: Vec<FindingEntry> = shown.iter().map(|one| FindingEntry::of(one.finding, one.sources)).collect();
    let errors = Errors::of(shown);
    let document = serde_json::json!({
        "schema_version": 1,
        "findings": entries,
        "errors": { "building": errors.building, "publishing": errors.publishing },
        "waiting": held,
    });
    out(&serde_json::to_string_pretty(&document).unwrap_or_default())
}

/// How many errors there are, by what they stand in the way of.
struct Errors {
    building: usize,
    publishing: usize,
}

impl Errors {
    fn of(shown: &[Shown]) -> Self {
        let errors = || shown.iter().map(|one| one.finding).filter(|finding| finding.is_error());
        let building = errors().filter(|finding| finding.stops_writing()).count();
        Self { building, publishing: errors().count() - building }
    }

    fn words(&self) -> String {
        let stand = |count| if count == 1 { "stands" } else { "stand" };
        let all = |count, of| format!("{} {} in the way of {of}", counted(count, "error"), stand(count));
        match (self.building, self.publishing) {
            (0, 0) => counted(0, "error"),
            (building, 0) => all(building, "building"),
            (0, publishing) => all(publishing, "publishing"),
            (building, publishing) => format!(
                "{}: {building} {} in the way of building, {publishing} of publishing",
                counted(building + publishing, "error"),
                stand(building)
            ),
        }
    }
}

fn at(Shown { finding, sources }: Shown) -> Option<(String, usize, usize)> {
    let place = finding.place()?;
    let position = sources.position(place);
    Some((sources.path(place).to_owned(), position.line, position.column))
}

/// Gives the place of a finding as it stands at the head of a line.
fn head(one: Shown) -> String {
    at(one).map_or(String::new(), |(path, line, column)| format!("{path}:{line}:{column}: "))
}

fn concise(one: Shown) -> String {
    let (place, finding) = (head(one), one.finding);
    format!("{place}{}[{}]: {}{}", finding.severity.word(), finding.rule.code, finding.message, doubt(finding))
}

/// Says how sure a finding is, unless it is certain.
fn doubt(finding: &Finding) -> String {
    match finding.confidence {
        Confidence::Certain => String::new(),
        confidence => format!(" ({})", confidence.word()),
    }
}

fn github(one: Shown) -> String {
    let finding = one.finding;
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = at(one).map_or(String::new(), |(path, line, column)| format!(" file={path},line={line},col={column},"));
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
