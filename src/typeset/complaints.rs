//! What Typst says of generated sources and layouts, said of the YAML or the layout's line.

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::Sheets;
use crate::finding::{Finding, Place, rules};
use crate::render::literal::place_before;

/// Makes findings of Typst's errors.
pub(super) fn findings(diagnostics: &[SourceDiagnostic], sheets: &Sheets) -> Vec<Finding> {
    diagnostics.iter().map(|diagnostic| finding(diagnostic, sheets)).collect()
}

fn finding(diagnostic: &SourceDiagnostic, sheets: &Sheets) -> Finding {
    let trace = diagnostic.trace.iter().map(|point| DiagSpan::from(point.span));
    let spans: Vec<DiagSpan> = std::iter::once(diagnostic.span).chain(trace).collect();
    let place = spans.iter().find_map(|span| source_place(*span, sheets));
    let layout = spans.iter().find_map(|span| layout_line(*span, sheets));
    let message = &diagnostic.message;
    let hints: Vec<&str> =
        diagnostic.hints.iter().map(|hint| hint.v.as_str()).filter(|hint| !hint.contains("http")).collect();
    let weight = if diagnostic.severity == Severity::Warning { "warning: " } else { "" };
    let finding = match (place, layout) {
        (Some(place), layout) => {
            let by = layout.map_or(String::new(), |layout| format!(" (in {layout})"));
            Finding::new(&rules::NOT_TYPESET, place, format!("the text cannot be typeset: {weight}{message}{by}"))
        }
        (None, layout) => {
            let at = layout.unwrap_or_else(|| "layouts".to_owned());
            let mut finding = Finding::new(&rules::LAYOUT_BROKEN, Place::default(), format!("{at}: {weight}{message}"));
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
