//! The text of a page as it stands on the paper, whatever the order in which its content shows it.

use super::scene::{Glyph, Scene};

/// Part of an em between two glyphs from which on a space stands between them.
const SPACE: f64 = 0.16;
/// Part of an em between two glyphs from which on they are in different columns.
const COLUMN: f64 = 1.0;
/// Lines below each line of a column that are given with it.
const BELOW: usize = 2;

/// A run of glyphs on one line of one column.
struct Run {
    left: f64,
    baseline: f64,
    size: f64,
    text: String,
    /// Whether other runs stand beside it.
    beside: bool,
}

/// Gives the upright text of a page by its lines from the top, and each column's part of a line with those below it.
pub(super) fn as_it_stands(scene: &Scene) -> (String, String) {
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    let mut upright: Vec<&Glyph> = scene.glyphs.iter().filter(|glyph| is_upright(glyph)).collect();
    upright.sort_by(|a, b| b.origin.1.total_cmp(&a.origin.1));
    for glyph in upright {
        match lines.last_mut() {
            Some(line) if (line[0].origin.1 - glyph.origin.1).abs() < 0.4 * line[0].size() => line.push(glyph),
            _ => lines.push(vec![glyph]),
        }
    }
    let runs: Vec<Run> = lines.into_iter().flat_map(|line| runs(line, &scene.text)).collect();
    let mut text = String::new();
    for (index, run) in runs.iter().enumerate() {
        let same_line = index > 0 && (runs[index - 1].baseline - run.baseline).abs() < 0.01;
        text.push(if same_line { ' ' } else { '\n' });
        text.push_str(&run.text);
    }
    (text, columns(&runs))
}

fn is_upright(glyph: &Glyph) -> bool {
    glyph.up.1 > 0.0 && glyph.along.1.abs() <= 0.05 * glyph.along.0.abs().max(1e-6)
}

/// Gives the runs of a line from left to right.
fn runs(mut line: Vec<&Glyph>, text: &str) -> Vec<Run> {
    line.sort_by(|a, b| a.origin.0.total_cmp(&b.origin.0));
    let mut runs: Vec<Run> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in line {
        let words = text.get(glyph.text.clone()).unwrap_or_default();
        let size = glyph.size().max(1e-6);
        let gap = last.map(|last| glyph.origin.0 - last.point(1.0, 0.0).0);
        // Letters that are set twice to look bold count once.
        let again =
            last.is_some_and(|last| last.char == glyph.char && (glyph.origin.0 - last.origin.0).abs() < 0.1 * size);
        match runs.last_mut() {
            Some(_) if again => continue,
            Some(run) if gap.is_some_and(|gap| gap < COLUMN * size) => {
                if gap.is_some_and(|gap| gap > SPACE * size) {
                    run.text.push(' ');
                }
                run.text.push_str(words);
            }
            _ => runs.push(Run {
                left: glyph.origin.0,
                baseline: glyph.origin.1,
                size,
                text: words.to_owned(),
                beside: false,
            }),
        }
        last = Some(glyph);
    }
    let (several, baseline) = (runs.len() > 1, runs.first().map_or(0.0, |run| run.baseline));
    for run in &mut runs {
        (run.beside, run.baseline) = (several, baseline);
    }
    runs
}

/// Gives each run that has others beside it with the runs below it that begin where it does.
fn columns(runs: &[Run]) -> String {
    let below = |at: usize| {
        let run = &runs[at];
        let near = |other: &Run| {
            let down = run.baseline - other.baseline;
            down > 0.5 * run.size && down < 3.0 * run.size
        };
        let candidates = runs.iter().enumerate().skip(at + 1).take(200);
        candidates
            .filter(|(_, other)| near(other) && (other.left - run.left).abs() < 1.5 * run.size)
            .map(|(index, _)| index)
            .next()
    };
    let mut text = String::new();
    for (index, run) in runs.iter().enumerate() {
        let mut next = below(index);
        if !run.beside && next.is_none_or(|next| !runs[next].beside) {
            continue;
        }
        text.push_str("\n\n");
        text.push_str(&run.text);
        for _ in 0..BELOW {
            let Some(at) = next else { break };
            text.push('\n');
            text.push_str(&runs[at].text);
            next = below(at);
        }
    }
    text
}
