//! Findings with the lines of the sources.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Errors, Shown, concise, counted, doubt, head};
use crate::cli::ui;
use crate::finding::{Finding, Label, Place, Severity, Sources};

/// What is said of each finding at the gate.
const AT_THE_GATE: &str = "nothing is published until this is mended, or accepted by itself with a reason";

/// What is said of those that cannot be accepted.
const FIRM: &str = "nothing is published until this is mended";

/// Findings of one rule that are shown with their lines however many others there are.
const MANY: usize = 5;

/// Of a rule with more of them, those that are.
const SHOWN: usize = 3;

/// Findings of one rule in one file that are shown at all, unless all are wanted in full.
const LISTED: usize = 50;

/// Findings after which the end of the list says how many there are of each rule.
const COUNTED: usize = 20;

/// Shows findings with the lines of the sources; of a rule with many, most on one line each, and those beyond
/// [`LISTED`] in a file only by their number, unless all are wanted in `full`.
pub(super) fn show(shown: &[Shown], full: bool) {
    ui::beside(|to| write(shown, full, to));
}

fn write(shown: &[Shown], full: bool, stderr: &mut dyn Write) -> io::Result<()> {
    let colour = ui::is_seen() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let sorted = Sorted::of(shown, full);
    for one in sorted.full {
        writeln!(stderr, "{}\n", renderer.render(&[group(one)]))?;
    }
    for (first, rest) in sorted.brief.values().filter_map(|rest| Some((rest.first()?, rest))) {
        let rule = first.finding.rule;
        writeln!(stderr, "{} more of {} ({}); `--full` shows their lines as well:", rest.len(), rule.code, rule.title)?;
        for one in rest {
            writeln!(stderr, "{}", brief(*one))?;
        }
        writeln!(stderr)?;
    }
    for hint in &sorted.hints {
        let help = hint.finding.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        writeln!(stderr, "{}{help}", concise(*hint))?;
    }
    if !sorted.hints.is_empty() {
        writeln!(stderr)?;
    }
    for ((code, source), (one, count)) in &sorted.more {
        let path = one.sources.all().get(*source as usize).map_or("", |file| &file.path);
        let more = if *count == 1 { "1 more like it".to_owned() } else { format!("{count} more like it") };
        writeln!(stderr, "and {more} in {path}: {code}, {}; `--full` shows all", one.finding.rule.title)?;
    }
    if !sorted.more.is_empty() {
        writeln!(stderr)?;
    }
    sum(shown, stderr)
}

/// Findings by how much is shown of them.
struct Sorted<'a> {
    /// With the lines of the sources.
    full: Vec<Shown<'a>>,
    /// On one line below others of their code.
    brief: BTreeMap<&'static str, Vec<Shown<'a>>>,
    /// On one line: there may be many hints on language, and their words need no lines around them.
    hints: Vec<Shown<'a>>,
    /// Not at all, since there are so many of their code in their file: one of them, and their number.
    more: BTreeMap<(&'static str, u32), (Shown<'a>, usize)>,
}

impl<'a> Sorted<'a> {
    /// Sorts findings; errors are always in full, but for those beyond [`LISTED`].
    fn of(shown: &[Shown<'a>], full: bool) -> Self {
        let is_hint = |finding: &Finding| finding.severity == Severity::Info && finding.rule.is_brief;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for one in shown.iter().filter(|one| !one.finding.is_error()) {
            *counts.entry(one.finding.rule.code).or_default() += 1;
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut listed: BTreeMap<(&str, u32), usize> = BTreeMap::new();
        let mut sorted = Self { full: Vec::new(), brief: BTreeMap::new(), hints: Vec::new(), more: BTreeMap::new() };
        for one in shown {
            let code = one.finding.rule.code;
            let of_file = (code, one.finding.place().map_or(u32::MAX, |place| place.source));
            let before = listed.entry(of_file).or_default();
            *before += 1;
            if !full && *before > LISTED {
                sorted.more.entry(of_file).or_insert((*one, 0)).1 += 1;
            } else if full || one.finding.is_error() {
                sorted.full.push(*one);
            } else if is_hint(one.finding) {
                sorted.hints.push(*one);
            } else {
                let before = seen.entry(code).or_default();
                *before += 1;
                if counts[code] > MANY && *before > SHOWN {
                    sorted.brief.entry(code).or_default().push(*one);
                } else {
                    sorted.full.push(*one);
                }
            }
        }
        sorted
    }
}

/// Gives a finding on a line below the name of its rule.
fn brief(one: Shown) -> String {
    format!("{}{}{}", head(one), one.finding.message, doubt(one.finding))
}

/// Says how many findings there are, of many also of which rules.
fn sum(shown: &[Shown], to: &mut dyn Write) -> io::Result<()> {
    if shown.len() > COUNTED {
        for line in table(shown) {
            writeln!(to, "{line}")?;
        }
        writeln!(to)?;
    }
    let count = |severity| shown.iter().filter(|one| one.finding.severity == severity).count();
    let (errors, warnings) = (Errors::of(shown), count(Severity::Warning));
    if count(Severity::Error) + warnings == 0 {
        return Ok(());
    }
    let worst = shown.iter().map(|one| one.finding.severity).max();
    let first = shown.iter().find(|one| Some(one.finding.severity) == worst).map_or("", |one| one.finding.rule.code);
    let (errors, warnings) = (errors.words(), counted(warnings, "warning"));
    writeln!(to, "{errors}, {warnings}; `boardpack explain {first}` tells more")?;
    let gate: Vec<&Shown> = shown.iter().filter(|one| one.finding.is_at_the_gate()).collect();
    let firm = gate.iter().filter(|one| one.finding.rule.is_firm).count();
    let or = match (gate.len(), firm) {
        (held, firm) if held == firm => String::new(),
        (1, _) => ", or accepted with a reason".to_owned(),
        (_, 0) => ", or accepted one by one".to_owned(),
        _ => format!(", or accepted one by one ({firm} cannot be accepted)"),
    };
    match gate.len() {
        0 => Ok(()),
        1 => writeln!(to, "1 stands in the way of publishing until it is mended{or}"),
        held => writeln!(to, "{held} stand in the way of publishing until they are mended{or}"),
    }
}

/// Gives the number of findings of each rule, a line each.
fn table(shown: &[Shown]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for one in shown {
        let rule = one.finding.rule;
        counts.entry(rule.code).or_insert((rule.title, 0)).1 += 1;
    }
    let width = counts.values().map(|(title, _)| title.chars().count()).max().unwrap_or(0);
    let digits = counts.values().map(|(_, count)| count.to_string().len()).max().unwrap_or(0);
    counts.iter().map(|(code, (title, count))| format!("{code}  {title:width$}  {count:>digits$}")).collect()
}

fn group(Shown { finding, sources }: Shown<'_>) -> Group<'_> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = format!("{}{}", finding.message, doubt(finding));
    let mut group = Group::with_title(level.primary_title(title).id(finding.rule.code));
    for (index, label) in finding.labels.iter().enumerate() {
        // Labels of one file share a snippet, that of the first.
        let of_file = |other: &&Label| other.place.source == label.place.source;
        if finding.labels[..index].iter().any(|earlier| of_file(&earlier)) {
            continue;
        }
        let Some(source) = sources.get(label.place.source) else { continue };
        if source.text.is_empty() {
            group = group.element(Origin::path(source.path.as_str()));
            continue;
        }
        let spans: Vec<_> = finding.labels[index..].iter().filter(of_file).collect();
        let (first_line, lines) = around(&spans, sources, &source.text);
        let text = &source.text[lines.clone()];
        let mut snippet = Snippet::source(text).line_start(first_line).path(source.path.as_str());
        for (number, one) in spans.into_iter().enumerate() {
            let kind = if index + number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let std::ops::Range { start, end } = span(one, &source.text);
            let within = start - lines.start..end - lines.start;
            snippet = snippet.annotation(kind.span(within).label(one.text.as_deref()));
        }
        group = group.element(snippet);
    }
    if finding.is_at_the_gate() {
        group = group.element(Level::NOTE.message(if finding.rule.is_firm { FIRM } else { AT_THE_GATE }));
    }
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// Gives the lines that labels lie in, and the number of the first: a renderer given a long text reads all of it.
fn around(labels: &[&Label], sources: &Sources, text: &str) -> (usize, std::ops::Range<usize>) {
    let spans = labels.iter().map(|label| span(label, text));
    let (start, end) = spans.fold((text.len(), 0), |(start, end), span| (start.min(span.start), end.max(span.end)));
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    let place = Place {
        start: u32::try_from(start).unwrap_or(u32::MAX),
        ..labels.first().map_or(Place::default(), |label| label.place)
    };
    (sources.position(place).line, start..end)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(code: &str, count: u32) -> Vec<Finding> {
        let rule = crate::rules::all().find(code).expect("a rule");
        let place = |at| Place { start: at, end: at, ..Place::default() };
        (0..count).map(|at| Finding::new(rule, place(at), format!("finding {at}"))).collect()
    }

    fn shown<'a>(findings: &'a [Finding], sources: &'a Sources) -> Vec<Shown<'a>> {
        findings.iter().map(|finding| Shown { finding, sources }).collect()
    }

    #[test]
    fn of_a_rule_with_more_than_five_three_are_shown_with_their_lines() {
        let mut all = findings("N0011", 5);
        all.extend(findings("N0022", 6));
        let sources = Sources::default();
        let all = shown(&all, &sources);
        let sorted = Sorted::of(&all, false);
        assert_eq!((sorted.full.len(), sorted.hints.len()), (5 + 3, 0));
        let rest: Vec<&str> = sorted.brief["N0022"].iter().map(|one| one.finding.message.as_str()).collect();
        assert_eq!(rest, ["finding 3", "finding 4", "finding 5"]);
        assert_eq!(sorted.brief.len(), 1);
        assert_eq!(Sorted::of(&all, true).full.len(), all.len());
    }

    #[test]
    fn errors_are_always_shown_with_their_lines() {
        let all = findings("N0002", 40);
        assert_eq!(Sorted::of(&shown(&all, &Sources::default()), false).full.len(), 40);
    }

    #[test]
    fn beyond_fifty_of_a_rule_in_a_file_they_are_only_counted() {
        for code in ["N0002", "N0022", "H0001"] {
            let all = findings(code, 12_000);
            let sources = Sources::default();
            let all = shown(&all, &sources);
            let sorted = Sorted::of(&all, false);
            let listed = sorted.full.len() + sorted.brief.values().map(Vec::len).sum::<usize>() + sorted.hints.len();
            assert_eq!((listed, sorted.more[&(code, 0)].1), (50, 11_950));
            assert_eq!(Sorted::of(&all, true).full.len(), 12_000);
        }
    }

    #[test]
    fn more_than_twenty_findings_are_counted_by_rule() {
        let mut all = findings("N0022", 12);
        all.extend(findings("N0011", 8));
        let told = |findings: &[Finding]| {
            let mut bytes = Vec::new();
            sum(&shown(findings, &Sources::default()), &mut bytes).expect("memory can be written");
            String::from_utf8(bytes).expect("text")
        };
        let last = "0 errors, 20 warnings; `boardpack explain N0022` tells more\n";
        assert_eq!(told(&all), last);
        all.extend(findings("N0023", 1));
        let expected = "\
            N0011  a report to follow                                  8\n\
            N0022  a report that does not list its background papers  12\n\
            N0023  how long background papers stay open                1\n\n";
        assert_eq!(told(&all), format!("{expected}{last}"));
    }
}
