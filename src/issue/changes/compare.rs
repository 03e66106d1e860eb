//! Compares two versions of a document word by word, and page by page for what has no words.

use std::collections::BTreeMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::likeness;
use super::words::{self, Word};
use super::{Difference, Hunk, PagePair};
use crate::record::Page;

/// Words up to which two differences are told as one.
const BETWEEN: usize = 4;
/// Words that are shown before and behind a difference.
const CONTEXT: usize = 6;
/// Words from which a document with little in common with its old version is called rewritten.
const LONG: usize = 200;
/// Words from which documents are judged by a sample of them before they are compared.
const VERY_LONG: usize = 5_000;
/// Words beyond which documents are not compared word by word.
const TOO_LONG: usize = 500_000;

/// Gives what differs between two versions of a document, or nothing.
pub(super) fn versions(old: &[Page], new: &[Page]) -> Option<Difference> {
    let contents = |pages: &[Page]| -> Vec<String> {
        pages.iter().filter(|page| !page.blank).map(|page| page.content.clone()).collect()
    };
    let on_screen = differs_on_screen(old, new);
    if contents(old) == contents(new) {
        return on_screen.then(|| Difference { on_screen, ..Difference::default() });
    }
    let mut difference = in_words(old, new);
    (difference.looks, difference.restyled) = looks(old, new);
    difference.on_screen = on_screen;
    (difference.is_in_print() || difference.restyled || on_screen || difference.references > 0).then_some(difference)
}

impl Difference {
    /// Tells whether words or pictures differ.
    pub(super) fn is_in_print(&self) -> bool {
        !self.hunks.is_empty() || self.rewritten || !self.looks.is_empty()
    }
}

/// Tells whether links or words that are read aloud differ, on pages that say the same otherwise.
fn differs_on_screen(old: &[Page], new: &[Page]) -> bool {
    let known = |page: &Page| !page.on_screen.is_empty();
    let pairs = || old.iter().zip(new);
    old.len() == new.len()
        && pairs().all(|(old, new)| old.text == new.text)
        && pairs().any(|(old, new)| known(old) && known(new) && old.on_screen != new.on_screen)
}

/// Compares the words, with or without heads of tables that pages repeat: where fewer words differ.
fn in_words(old: &[Page], new: &[Page]) -> Difference {
    let plain = Comparison::of(words::words(old, &[]), words::words(new, &[]));
    let heads = (words::repeated_heads(old), words::repeated_heads(new));
    let changed = plain.changed();
    let comparison = if changed == 0 || heads.0.iter().chain(&heads.1).all(|lines| *lines == 0) {
        plain
    } else {
        let without = Comparison::of(words::words(old, &heads.0), words::words(new, &heads.1));
        if without.changed() < changed { without } else { plain }
    };
    comparison.difference(old, new)
}

/// Two streams of words and the ranges of them that differ.
struct Comparison {
    old: Vec<Word>,
    new: Vec<Word>,
    /// None when too little is the same to tell.
    ranges: Option<Vec<Ranges>>,
    references: usize,
}

/// Ranges of the old and the new words, of which one may be empty.
type Ranges = (Range<usize>, Range<usize>);

impl Comparison {
    fn of(old: Vec<Word>, new: Vec<Word>) -> Self {
        let longest = old.len().max(new.len());
        if longest > TOO_LONG || (longest > VERY_LONG && likeness::of_words(&old, &new) < 0.05) {
            let ranges = if old == new { Some(Vec::new()) } else { None };
            return Self { old, new, ranges, references: 0 };
        }
        let (ranges, references) = ranges(&old, &new);
        let ranges = merged(ranges, &old, &new);
        let mut comparison = Self { old, new, ranges: Some(ranges), references };
        let (deleted, inserted) = comparison.counts();
        let total = comparison.old.len() + comparison.new.len();
        if total > 2 * LONG && (deleted + inserted) * 5 > total * 4 {
            comparison.ranges = None;
        }
        comparison
    }

    /// Gives how many words are gone and new.
    fn counts(&self) -> (usize, usize) {
        let count = |words: &[Word]| words.iter().filter(|word| word.counts()).count();
        match &self.ranges {
            None => (count(&self.old), count(&self.new)),
            Some(ranges) => ranges.iter().fold((0, 0), |(deleted, inserted), (old, new)| {
                (deleted + count(&self.old[old.clone()]), inserted + count(&self.new[new.clone()]))
            }),
        }
    }

    fn changed(&self) -> usize {
        match &self.ranges {
            None => self.old.len() + self.new.len(),
            Some(ranges) => ranges.iter().map(|(old, new)| old.len() + new.len()).sum(),
        }
    }

    fn difference(&self, old_pages: &[Page], new_pages: &[Page]) -> Difference {
        let (deleted, inserted) = self.counts();
        let hunks = self.ranges.iter().flatten().map(|ranges| self.hunk(ranges, old_pages, new_pages)).collect();
        Difference {
            rewritten: self.ranges.is_none(),
            deleted,
            inserted,
            hunks,
            references: self.references,
            ..Difference::default()
        }
    }

    fn hunk(&self, (old, new): &Ranges, old_pages: &[Page], new_pages: &[Page]) -> Hunk {
        // Without words of its own a side stands where its next word is, or its last.
        let page = |words: &[Word], at: usize, pages: &[Page]| {
            let word = words.get(at).or(words.last());
            word.and_then(|word| pages.get(word.page)).or(pages.first()).map(|page| page.number.clone())
        };
        let before = &self.new[new.start.saturating_sub(CONTEXT)..new.start];
        let after = &self.new[new.end..(new.end + CONTEXT).min(self.new.len())];
        Hunk {
            old_page: page(&self.old, old.start, old_pages),
            new_page: page(&self.new, new.start, new_pages),
            before: words::text(before).trim_start().to_owned(),
            deleted: words::text(&self.old[old.clone()]),
            inserted: words::text(&self.new[new.clone()]),
            after: words::text(after),
        }
    }
}

/// Gives the ranges of words that differ, in order, and how many references to pages are others.
fn ranges(old: &[Word], new: &[Word]) -> (Vec<Ranges>, usize) {
    let mut input: InternedInput<std::borrow::Cow<str>> = InternedInput::default();
    input.update_before(old.iter().map(Word::key));
    input.update_after(new.iter().map(Word::key));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    let mut ranges: Vec<Ranges> = Vec::new();
    let mut references = 0;
    let (mut at_old, mut at_new) = (0, 0);
    let end = std::iter::once((old.len()..old.len(), new.len()..new.len()));
    let hunks = diff.hunks().map(|hunk| (place(&hunk.before), place(&hunk.after)));
    for (before, after) in hunks.chain(end) {
        // Words with the same key may still be others.
        for (here, there) in (at_old..before.start).zip(at_new..after.start) {
            references += usize::from(old[here].reference && old[here].text != new[there].text);
            if old[here].differs(&new[there]) {
                ranges.push((here..here + 1, there..there + 1));
            }
        }
        (at_old, at_new) = (before.end, after.end);
        if !before.is_empty() || !after.is_empty() {
            ranges.push((before, after));
        }
    }
    (ranges, references)
}

fn place(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Joins differences that only a few words part.
fn merged(ranges: Vec<Ranges>, old: &[Word], new: &[Word]) -> Vec<Ranges> {
    let mut merged: Vec<Ranges> = Vec::new();
    for (before, after) in ranges {
        if let Some((last_old, last_new)) = merged.last_mut() {
            let between = new[last_new.end..after.start].iter().filter(|word| word.counts()).count();
            let full_stop = new[last_new.end..after.start].iter().any(|word| word.text == ".");
            if between < BETWEEN && !(full_stop && between > 0) {
                (last_old.end, last_new.end) = (before.end, after.end);
                continue;
            }
        }
        merged.push((before, after));
    }
    debug_assert!(merged.iter().all(|(before, after)| before.end <= old.len() && after.end <= new.len()));
    merged
}

/// Gives the pages that have the same words but other pictures, and pages without words that are on one side alone;
/// and whether other pages look otherwise that say and picture the same.
fn looks(old: &[Page], new: &[Page]) -> (Vec<PagePair>, bool) {
    let shown = |pages: &[Page]| -> Vec<Page> { pages.iter().filter(|page| !page.blank).cloned().collect() };
    let (old, new) = (shown(old), shown(new));
    let number = |page: &Page| Some(page.number.clone());
    let (mut looks, mut restyled) = (Vec::new(), false);
    let by_look = matches(&keys(&old, |page| page.content.clone()), &keys(&new, |page| page.content.clone()));
    for (before, after) in gaps(&by_look, old.len(), new.len()) {
        let (before, after) = (&old[before], &new[after]);
        let pairs: BTreeMap<usize, usize> =
            matches(&keys(before, words_of), &keys(after, words_of)).into_iter().collect();
        let taken: Vec<usize> = pairs.values().copied().collect();
        for (index, page) in before.iter().enumerate() {
            match pairs.get(&index) {
                // Where the pages that it refers to are others, that is why it looks otherwise.
                Some(other) if references(page) != references(&after[*other]) => {}
                Some(other) if page.says_the_same(&after[*other]) => restyled = true,
                Some(other) => looks.push(PagePair { old: number(page), new: number(&after[*other]) }),
                None if page.text.trim().is_empty() => looks.push(PagePair { old: number(page), new: None }),
                None => {}
            }
        }
        let new_alone =
            after.iter().enumerate().filter(|(index, page)| !taken.contains(index) && page.text.trim().is_empty());
        looks.extend(new_alone.map(|(_, page)| PagePair { old: None, new: number(page) }));
    }
    (looks, restyled)
}

fn keys(pages: &[Page], key: impl Fn(&Page) -> String) -> Vec<String> {
    pages.iter().map(key).collect()
}

fn words_of(page: &Page) -> String {
    words::words(std::slice::from_ref(page), &[]).iter().map(|word| word.key().into_owned() + " ").collect()
}

fn references(page: &Page) -> Vec<String> {
    let words = words::words(std::slice::from_ref(page), &[]);
    words.into_iter().filter(|word| word.reference).map(|word| word.text).collect()
}

/// Gives the pairs of indices of what is the same in both lists, in order.
fn matches(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let mut input: InternedInput<&str> = InternedInput::default();
    input.update_before(old.iter().map(String::as_str));
    input.update_after(new.iter().map(String::as_str));
    let diff = Diff::compute(Algorithm::Myers, &input);
    let mut pairs = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let end = std::iter::once((old.len()..old.len(), new.len()..new.len()));
    for (before, after) in diff.hunks().map(|hunk| (place(&hunk.before), place(&hunk.after))).chain(end) {
        pairs.extend((at_old..before.start).zip(at_new..after.start));
        (at_old, at_new) = (before.end, after.end);
    }
    pairs
}

/// Gives the ranges between pairs.
fn gaps(pairs: &[(usize, usize)], old: usize, new: usize) -> Vec<Ranges> {
    let mut gaps = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    for (here, there) in pairs.iter().copied().chain([(old, new)]) {
        if here > at_old || there > at_new {
            gaps.push((at_old..here, at_new..there));
        }
        (at_old, at_new) = (here + 1, there + 1);
    }
    gaps
}

#[cfg(test)]
mod tests;
