//! The same words in two places, with small differences.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::together::Together;
use crate::check::passages::{Kind, Passage};
use crate::check::wording::words::{lower, words};
use crate::finding::{Confidence, Finding, Log, Severity, rules};

/// Words that are quoted, or stand by themselves as a list's entry or a line.
struct Quoted<'t> {
    text: usize,
    passage: &'t Passage,
    range: Range<usize>,
    words: Vec<String>,
    /// Whether quotation marks or a quotation's block say that it is one.
    marked: bool,
    /// Whether it is a paragraph of a quotation's block.
    block: bool,
}

/// Fewest words of what is quoted, and of what only stands by itself.
const FEWEST: (usize, usize) = (6, 12);
/// Greatest share, in hundredths, of words by which two forms differ.
const APART: usize = 15;

/// Finds quotations that differ a little.
pub(super) fn two_ways(together: &Together, log: &Log) {
    let all: Vec<Quoted> = together
        .each()
        .enumerate()
        .flat_map(|(text, (passages, _))| passages.iter().flat_map(move |passage| quoted(text, passage)))
        .collect();
    let mut by_end: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, one) in all.iter().enumerate() {
        for key in keys(&one.words) {
            by_end.entry(key).or_default().push(index);
        }
    }
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    within(together, &all, log);
    let mut groups: Vec<&Vec<usize>> = by_end.values().filter(|group| group.len() > 1).collect();
    groups.sort();
    for group in groups {
        // What begins or ends alike in very many places is a form, not a quotation.
        for (at, first) in group.iter().enumerate().take(20) {
            for second in group[at + 1..].iter().take(20) {
                if told.insert((*first, *second)) {
                    compare(together, &all[*first], &all[*second], log);
                }
            }
        }
    }
}

/// Finds words in quotation marks that a longer quotation has with a small difference.
fn within(together: &Together, all: &[Quoted], log: &Log) {
    let blocks: Vec<&Quoted> = all.iter().filter(|one| one.block && one.words.len() > FEWEST.0).collect();
    for short in all.iter().filter(|one| one.marked && !one.block && !blocks.is_empty()) {
        let mut near = blocks.iter().filter(|long| long.words.len() >= short.words.len() + 3);
        let found = near.find_map(|long| Some((long, inside(&short.words, &long.words)?)));
        if let Some((long, (mine, theirs))) = found {
            log.add(apart(together, short, long, &mine, &theirs).confidence(Confidence::Likely));
        }
    }
}

/// Looks for the words of a quotation in a longer one, and gives those by which they differ.
fn inside(short: &[String], long: &[String]) -> Option<(String, String)> {
    let count = short.len();
    if long.windows(count).any(|window| window == short) {
        return None;
    }
    let starts = long.windows(3).enumerate().filter(|(_, window)| *window == &short[..3]).map(|(at, _)| at..long.len());
    let ends =
        long.windows(3).enumerate().filter(|(_, window)| *window == &short[count - 3..]).map(|(at, _)| 0..at + 3);
    let from_start = starts.flat_map(|part| [count, count - 1, count + 1].map(|size| part.start..part.start + size));
    let to_end =
        ends.flat_map(|part| [count, count - 1, count + 1].map(|size| part.end.saturating_sub(size)..part.end));
    from_start.chain(to_end).find_map(|part| differ(short, long.get(part)?))
}

/// Gives what one must share with another to be compared: the first three words, or the last three.
fn keys(words: &[String]) -> [String; 2] {
    [format!("<{}", words[..3].join(" ")), format!("{}>", words[words.len() - 3..].join(" "))]
}

fn compare(together: &Together, first: &Quoted, second: &Quoted, log: &Log) {
    // An entry and what it quotes itself are no two forms.
    if std::ptr::eq(first.passage, second.passage)
        && first.range.start < second.range.end
        && second.range.start < first.range.end
    {
        return;
    }
    let marked = first.marked || second.marked;
    // Within one paper, lines that are alike are lines of a form.
    if !marked && first.text == second.text {
        return;
    }
    let Some((mine, theirs)) = differ(&first.words, &second.words) else { return };
    let finding = apart(together, first, second, &mine, &theirs);
    log.add(if marked {
        finding.confidence(Confidence::Likely)
    } else {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    });
}

fn apart(together: &Together, first: &Quoted, second: &Quoted, mine: &str, theirs: &str) -> Finding {
    let message = format!("the same words stand elsewhere with `{theirs}` for `{mine}`");
    Finding::new(&rules::QUOTED_TWO_WAYS, together.place(first.passage, first.range.clone()), message)
        .also(together.place(second.passage, second.range.clone()), "here")
        .help("look up the words, and write them alike in both places")
}

/// Gives the words by which two passages differ, where nearly all others are the same.
fn differ(first: &[String], second: &[String]) -> Option<(String, String)> {
    let lengths = (first.len(), second.len());
    let most = lengths.0.max(lengths.1);
    if first == second || lengths.0.abs_diff(lengths.1) * 5 > most {
        return None;
    }
    if strsim::generic_levenshtein(&first.to_vec(), &second.to_vec()) * 100 > most * APART {
        return None;
    }
    let start = first.iter().zip(second).take_while(|(a, b)| a == b).count();
    let left = lengths.0.min(lengths.1) - start;
    let end = first.iter().rev().zip(second.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    // One more word on each side where one form has none there.
    let empty = start + end == lengths.0.min(lengths.1);
    let (from, behind) =
        if empty && start > 0 { (start - 1, end) } else { (start, end.saturating_sub(usize::from(empty))) };
    let mine = &first[from..lengths.0 - behind];
    let theirs = &second[from..lengths.1 - behind];
    // Other figures, or other opposites, are other statements.
    let figure = |words: &[String]| {
        words
            .iter()
            .any(|word| word.chars().any(|letter| letter.is_ascii_digit()) || matches!(word.as_str(), "not" | "no"))
    };
    (!figure(mine) && !figure(theirs)).then(|| (mine.join(" "), theirs.join(" ")))
}

/// Gives what a passage quotes, and itself where it stands by itself.
fn quoted(text: usize, passage: &Passage) -> Vec<Quoted<'_>> {
    let mut all: Vec<Quoted> = in_marks(&passage.words)
        .into_iter()
        .filter_map(|range| taken(text, passage, range, (true, false)).filter(|one| one.words.len() >= FEWEST.0))
        .collect();
    let block = passage.kind == Kind::Quote;
    let line = matches!(passage.kind, Kind::Entry(_) | Kind::Line | Kind::Heading(_)) && passage.words.len() < 500;
    if block || line {
        let fewest = if block { FEWEST.0 } else { FEWEST.1 };
        all.extend(
            taken(text, passage, 0..passage.words.len(), (block, block)).filter(|one| one.words.len() >= fewest),
        );
    }
    all
}

fn taken(text: usize, passage: &Passage, range: Range<usize>, (marked, block): (bool, bool)) -> Option<Quoted<'_>> {
    let written = &passage.words[range.clone()];
    // What is left out or put in is said.
    let changed = written.contains(['…', '[', ']']) || written.contains("...");
    let words = words(written).iter().map(|word| lower(word.text)).collect();
    (!changed).then_some(Quoted { text, passage, range, words, marked, block })
}

/// Gives what stands between quotation marks.
fn in_marks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(['“', '"']).map(|at| from + at) {
        let sign = text[open..].chars().next().unwrap_or('"');
        let start = open + sign.len_utf8();
        let close = if sign == '“' { '”' } else { '"' };
        let Some(end) = text[start..].find(close).map(|at| start + at) else { break };
        found.push(start..end);
        from = end + close.len_utf8();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        words(text).iter().map(|word| lower(word.text)).collect()
    }

    fn between(first: &str, second: &str) -> Option<(String, String)> {
        differ(&split(first), &split(second))
    }

    #[test]
    fn small_differences_are_found() {
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(
            between(
                "Decision making and the recording of rationale with respect of children's placements",
                "Decision making and the recording of rationale with respect to children's placements."
            ),
            pair("of", "to")
        );
        assert_eq!(
            between(
                "so that each child knows early where they will live",
                "so that each child knows where they will live"
            ),
            pair("knows early", "knows")
        );
    }

    #[test]
    fn equal_words_other_figures_and_other_statements_are_left_alone() {
        let one = "Children speak warmly of the adults who look after them";
        assert_eq!(between(one, "children speak warmly of the adults, who look after them"), None);
        assert_eq!(
            between(
                "note the report of 12 May and the plan that follows",
                "note the report of 13 May and the plan that follows"
            ),
            None
        );
        assert_eq!(between(one, "Children speak of the staff who look after their homes"), None);
        assert_eq!(
            between("the report is to be published in the spring", "the report is not to be published in the spring"),
            None
        );
    }

    #[test]
    fn words_of_a_longer_quotation_are_compared() {
        let long =
            split("The works would secure the optimum viable use of this exceptional building. We ask for more.");
        let looked = |text: &str| inside(&split(text), &long);
        assert_eq!(
            looked("would secure the optimal viable use of this exceptional building"),
            Some(("optimal".to_owned(), "optimum".to_owned()))
        );
        assert_eq!(looked("would secure the optimum viable use of this exceptional building"), None);
        assert_eq!(looked("would secure the end of the long dispute between them"), None);
    }

    #[test]
    fn words_in_marks_are_taken() {
        let text = "They said “we can wait” and \"we know\".";
        let all: Vec<&str> = in_marks(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(all, ["we can wait", "we know"]);
    }
}
