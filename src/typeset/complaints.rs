//! What Typst says of generated sources and layouts, said of the YAML or the layout's line.

use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::Sheets;
use crate::finding::{Finding, Place};
use crate::layouts::LAYOUT_BROKEN;
use crate::render::literal::place_before;

/// Makes findings of Typst's errors.
pub(super) fn findings(diagnostics: &[SourceDiagnostic], sheets: &Sheets) -> Vec<Finding> {
    diagnostics.iter().map(|diagnostic| finding(diagnostic, sheets)).collect()
}

crate::finding::rule! {
    /// The typesetter refused the text at the place shown; its own words are in the message.
    NOT_TYPESET = "L0003", Layouts, Error, pages, guarded, "text that cannot be typeset";
}

fn finding(diagnostic: &SourceDiagnostic, sheets: &Sheets) -> Finding {
    let trace = diagnostic.trace.iter().map(|point| DiagSpan::from(point.span));
    let spans: Vec<DiagSpan> = std::iter::once(diagnostic.span).chain(trace).collect();
    let place = spans.iter().find_map(|span| source_place(*span, sheets));
    let layout = spans.iter().find_map(|span| layout_place(*span, sheets));
    let line = spans.iter().find_map(|span| layout_line(*span, sheets));
    let message = &diagnostic.message;
    let hints = diagnostic.hints.iter().map(|hint| hint.v.as_str()).filter(|hint| !hint.contains("http"));
    let hints: Vec<&str> = hints.collect();
    let finding = match (place, layout, line) {
        // Where the error itself is comes first, then the calls that led there.
        (text, Some(layout), _) if text.is_none() || source_place(diagnostic.span, sheets).is_none() => {
            let finding = Finding::new(&LAYOUT_BROKEN, layout, format!("the layout has an error: {message}"));
            text.into_iter().fold(finding, |finding, text| finding.also(text, "while setting this text"))
        }
        (Some(text), _, line) => {
            let by = line.map_or(String::new(), |line| format!(" (in {line})"));
            Finding::new(&NOT_TYPESET, text, format!("the text cannot be typeset: {message}{by}"))
        }
        (None, _, line) => {
            let at = line.unwrap_or_else(|| "layouts".to_owned());
            let mut finding = Finding::new(&LAYOUT_BROKEN, Place::default(), format!("{at}: {message}"));
            finding.labels.clear();
            finding
        }
    };
    if hints.is_empty() { finding.help("mend the text or the layout named") } else { finding.help(hints.join("; ")) }
}

/// Gives the source that a span in generated code came from.
fn source_place(span: DiagSpan, sheets: &Sheets) -> Option<Place> {
    let id = span.id()?;
    let path = id.vpath().get_without_slash();
    if path.starts_with("layouts/") {
        return None;
    }
    let source = sheets.source(id).ok()?;
    let range = sheets.range(span)?;
    place_before(source.text(), range.start + 1)
}

/// Gives the place of a span in one of the workspace's own layouts.
fn layout_place(span: DiagSpan, sheets: &Sheets) -> Option<Place> {
    let id = span.id()?;
    let source = *sheets.press.layouts.get(id.vpath().get_without_slash().strip_prefix("layouts/")?)?;
    let range = sheets.range(span)?;
    let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Some(Place { source, start: byte(range.start), end: byte(range.end) })
}

/// Gives file and line of a span in a layout.
fn layout_line(span: DiagSpan, sheets: &Sheets) -> Option<String> {
    let id = span.id()?;
    let path = id.vpath().get_without_slash();
    if !path.starts_with("layouts/") {
        return None;
    }
    let source = sheets.source(id).ok()?;
    let line = source.lines().byte_to_line(sheets.range(span)?.start)? + 1;
    Some(format!("{path}:{line}"))
}
