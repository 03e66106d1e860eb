//! Findings as people and machines read them.

use serde_json::{Value, json};

use super::{CliError, Findings, Format, ui};
use crate::app::{Failure, Issued, News, Refused, Report};
use crate::finding::{Confidence, Finding, FindingEntry, Severity, Sources};
use crate::issue::gate::{Entry, State};

mod gate;
mod human;

/// A finding with the texts in which it has its place.
#[derive(Clone, Copy)]
struct Shown<'a> {
    finding: &'a Finding,
    sources: &'a Sources,
}

impl<'a> From<&'a Entry> for Shown<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self { finding: &entry.finding, sources: &entry.sources }
    }
}

impl Findings {
    /// Says what was done: to people as the answer, beside a document for machines.
    pub(super) fn tell(&self, line: &str) -> Result<(), CliError> {
        if self.is_json() {
            ui::say(line);
            return Ok(());
        }
        ui::out(line)
    }
}

/// Gives the findings that nobody has accepted.
fn open(report: &Report) -> Vec<Shown<'_>> {
    let entries = report.gate.entries().iter();
    entries.filter(|entry| entry.state != State::Accepted).map(Shown::from).collect()
}

/// Shows what was found, and in a document for machines the failure that came of it, if one did.
pub(super) fn show(report: &Report, how: &Findings, failure: Option<&Failure>) -> Result<(), CliError> {
    let mut document = document(report);
    if let Some(failure) = failure {
        document["failure"] = json!(failure);
    }
    show_with(report, how, &document)
}

/// Shows what was found at an issue, and in a document for machines the issue itself.
pub(super) fn issued(issued: &Issued, news: &News, how: &Findings) -> Result<(), CliError> {
    let mut document = document(&news.report);
    let Issued { meeting, number, .. } = issued;
    document["issue"] = json!({ "meeting": meeting, "issue": number, "pages": news.pages });
    show_with(&news.report, how, &document)
}

fn show_with(report: &Report, how: &Findings, document: &Value) -> Result<(), CliError> {
    let shown = open(report);
    match how.format {
        Format::Json => ui::json(document)?,
        Format::Concise => shown.iter().try_for_each(|one| ui::out(concise(*one)))?,
        Format::Github => shown.iter().try_for_each(|one| ui::out(github(*one)))?,
        Format::Human if report.publication.is_some() => gate::show(report, how.full),
        Format::Human => human::show(&shown, how.full),
    }
    waiting(report.gate.waiting(), &shown, how);
    Ok(())
}

/// Shows why something was refused, and gives that.
pub(super) fn refused(refused: Refused, how: &Findings) -> CliError {
    let Refused { report, failure } = refused;
    let shown = report.map_or(Ok(()), |report| show(&report, how, failure.as_ref()));
    shown.err().unwrap_or_else(|| failure.map_or(CliError::Findings, CliError::Failure))
}

/// The same for a meeting that could be issued but for what was found.
pub(super) fn not_issued(why: Refused, how: &Findings) -> CliError {
    let meeting = why.report.as_ref().filter(|_| why.failure.is_none()).and_then(|report| report.publication.clone());
    let error = refused(why, how);
    if let Some(meeting) = meeting.flatten() {
        ui::say(format!("{meeting}: not issued"));
    }
    error
}

/// Says how many findings wait until what was not understood is mended.
fn waiting(held: usize, shown: &[Shown], how: &Findings) {
    if held > 0 && how.format != Format::Json {
        let causes = shown.iter().filter(|one| one.finding.is_cause()).count();
        let until = if causes == 1 { "this is mended" } else { "these are mended" };
        let wait = if held == 1 { "waits" } else { "wait" };
        ui::say(format!("{} {wait} until {until}", counted(held, "finding")));
    }
}

/// Shows findings to people beside an answer, on one line each; tells whether there are any.
pub(super) fn in_brief(report: &Report) -> bool {
    let shown = open(report);
    for one in &shown {
        ui::say(concise(*one));
    }
    !shown.is_empty()
}

/// Stops where there was nothing to be looked at, and no finding has said so.
pub(super) fn not_nothing(is_nothing: bool) -> Result<(), CliError> {
    if !is_nothing {
        return Ok(());
    }
    ui::say(
        "there is no meeting here yet, so none was looked at\n  = help: write content/bodies/BODY/MEETING/agenda.yaml",
    );
    Err(CliError::Findings)
}

/// Gives what was found as a document for machines.
fn document(report: &Report) -> Value {
    let (gate, shown) = (&report.gate, open(report));
    let errors = Errors::of(&shown);
    let errors = json!({ "building": errors.building, "publishing": errors.publishing });
    if report.publication.is_none() {
        let entries: Vec<FindingEntry> = shown.iter().map(|one| FindingEntry::of(one.finding, one.sources)).collect();
        return json!({ "schema_version": 1, "findings": entries, "errors": errors, "waiting": gate.waiting() });
    }
    let told = |accepted| {
        let entries = gate.entries().iter().filter(|entry| (entry.state == State::Accepted) == accepted);
        entries.map(Entry::told).collect::<Vec<_>>()
    };
    json!({
        "schema_version": 1,
        "findings": told(false),
        "accepted": told(true),
        "summary": gate.counts(),
        "errors": errors,
        "waiting": gate.waiting(),
    })
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
