//! Finds text that runs into its neighbour or over the edge of the page.
//!
//! Typst clips nothing and warns of nothing when a word is wider than its column. So the finished
//! pages are looked at: no run of text may reach beyond the page, nor lie over another on the
//! same baseline.

use std::collections::BTreeSet;

use typst::World;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::Page;

use super::Sheets;
use crate::finding::{Finding, Place};
use crate::render::literal::place_before;

/// What to do about a word, or a table, that is too wide.
const HELP: &str = "break the word with a space or hyphen, or, for a wide table, write `landscape: true` in the paper";

/// How far runs may overlap: kerning and italics lean a little.
const TOLERANCE: f64 = 2.0;
/// Share of its size by which a run may be lower and still be on the same line.
const SAME_LINE: f64 = 0.4;
/// How near to the edge of the page text may come.
const EDGE: f64 = 8.0;

struct Run {
    left: f64,
    right: f64,
    baseline: f64,
    size: f64,
    text: String,
    span: Span,
}

crate::finding::rule! {
    /// A word is wider than the column it stands in. Break the word, or give the column more width with
    /// `columns`.
    OVERFLOW = "L0004", Layouts, Error, pages, guarded, "a cell or line that does not fit";
}

pub(super) fn find(pages: &[Page], sheets: &Sheets) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let (mut told, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for page in pages {
        let mut runs = Vec::new();
        gather(&page.frame, Point::zero(), &mut runs);
        let width = page.frame.width().to_pt();
        runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
        let mut reported = f64::NEG_INFINITY;
        for (index, run) in runs.iter().enumerate() {
            // What follows on the line is pushed out by the same word.
            if run.baseline - reported < run.size * SAME_LINE {
                continue;
            }
            let lower = runs[index + 1..].iter().take_while(|next| next.baseline - run.baseline < run.size * SAME_LINE);
            // Of two runs that overlap, the left one is the one that is too wide.
            let too_wide = lower
                .filter(|next| overlaps(run, next))
                .map(|next| if next.left < run.left { next } else { run })
                .next()
                .or_else(|| (run.right > width - EDGE).then_some(run));
            if let Some(run) = too_wide
                && let Some(place) = place(run.span, sheets)
            {
                reported = run.baseline;
                // The cells of one table are told of once: they have one remedy.
                if !told.insert((page.number, place.source)) || !seen.insert(place) {
                    continue;
                }
                let shown: String = run.text.trim().chars().take(40).collect();
                let message = format!("`{shown}` is wider than the space it stands in (page {})", page.number);
                findings.push(Finding::new(&OVERFLOW, place, message).help(HELP));
            }
        }
    }
    findings
}

fn overlaps(run: &Run, next: &Run) -> bool {
    let shared = run.right.min(next.right) - run.left.max(next.left);
    shared > TOLERANCE && !is_raised(run, next)
}

/// A footnote's mark or an exponent may stand over its neighbour.
fn is_raised(run: &Run, next: &Run) -> bool {
    let (small, large) = if run.size < next.size { (run.size, next.size) } else { (next.size, run.size) };
    small < 0.7 * large
}

fn gather(frame: &Frame, at: Point, runs: &mut Vec<Run>) {
    for (position, item) in frame.items() {
        let here = at + *position;
        match item {
            FrameItem::Group(group) => {
                // Turned or scaled parts are drawings; only moved ones are text to be compared.
                let transform = group.transform;
                if transform.sx.is_one() && transform.sy.is_one() {
                    let moved = Point::new(here.x + transform.tx, here.y + transform.ty);
                    gather(&group.frame, moved, runs);
                }
            }
            // A hyphen alone stands for nothing that anybody wrote.
            FrameItem::Text(text) if !text.text.trim_matches(['\u{ad}', '-', ' ']).is_empty() => {
                if let Some(run) = run(text, here) {
                    runs.push(run);
                }
            }
            _ => {}
        }
    }
}

fn run(text: &TextItem, at: Point) -> Option<Run> {
    let width: Abs = text.width();
    let left = at.x.to_pt();
    Some(Run {
        left,
        right: left + width.to_pt(),
        baseline: at.y.to_pt(),
        size: text.size.to_pt(),
        text: text.text.to_string(),
        span: text.glyphs.first()?.span.0,
    })
}

fn place(span: Span, sheets: &Sheets) -> Option<Place> {
    use typst::WorldExt;
    let id = span.id()?;
    let path = id.vpath().get_without_slash();
    if path.starts_with("layouts/") {
        return None;
    }
    let source = sheets.source(id).ok()?;
    place_before(source.text(), sheets.range(span)?.start + 1)
}
