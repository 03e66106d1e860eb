//! Which pages say something else than those of the first issue, where on them, and which items are new or changed.
//!
//! Front sheets bear no marks of their pages: their first page says which issue it is. Of papers that are withheld no
//! item tells, so that both editions say the same.

use std::collections::BTreeMap;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::last::Last;
use crate::compose::Marks;
use crate::compose::kept::Revised;
use crate::record::{Document, Page, Record};

/// Lines that are less apart than so many tenths of a point have one bar.
const NEAR: u32 = 90;

/// Gives the marks of a new issue: those of the last one, and what has changed since on `day`, as it is printed.
pub(super) fn marks(last: &Last, new: &Record, day: &str) -> Marks {
    let before = &last.manifest.kept.marks;
    let mut marks = Marks { new_items: before.new_items.clone(), ..Marks::default() };
    marks.changed_items.clone_from(&before.changed_items);
    for item in new.items.iter().filter(|item| last.whole.item(&item.key).is_none()) {
        marks.new_items.insert(item.key.clone());
    }
    for document in new.documents.iter().filter(|document| document.kind != "front-sheet") {
        let old = last.whole.document(&document.key);
        let marked = before.revised.get(&document.key);
        let revised = old.map(|old| revised(old, document, day, marked)).unwrap_or_default();
        let is_new = old.is_none_or(|old| old.withheld && !document.withheld);
        let is_changed = is_new || revised.values().any(|one| one.day == day);
        if let Some(item) = document.item.as_ref().filter(|_| is_changed && !document.withheld) {
            marks.changed_items.insert(item.clone());
        }
        if !revised.is_empty() {
            marks.revised.insert(document.key.clone(), revised);
        }
    }
    let is_there = |key: &String| new.item(key).is_some();
    marks.new_items.retain(is_there);
    marks.changed_items.retain(|key| is_there(key) && !marks.new_items.contains(key));
    marks
}

/// Gives the pages of a document that changed, by number; a page that says what it said keeps its mark.
fn revised(
    old: &Document,
    new: &Document,
    day: &str,
    before: Option<&BTreeMap<String, Revised>>,
) -> BTreeMap<String, Revised> {
    let bars = changed_lines(&old.pages, &new.pages);
    let foreign = new.pages.iter().all(|page| page.lines.is_empty());
    let has_changed = foreign || bars.iter().any(|lines| !lines.is_empty());
    let pages = new.pages.iter().zip(bars).filter(|(page, _)| !page.blank);
    let mark = |(page, bars): (&Page, Vec<(u32, u32)>)| {
        let same = old.pages.iter().any(|old| old.number == page.number && old.says_the_same(page));
        let mark = if same || !has_changed {
            before.and_then(|before| before.get(&page.number)).cloned()
        } else {
            Some(Revised { day: day.to_owned(), bars })
        };
        Some((page.number.clone(), mark?))
    };
    pages.filter_map(mark).collect()
}

/// Gives for each new page where the lines stand in which words are new, or gone.
fn changed_lines(old: &[Page], new: &[Page]) -> Vec<Vec<(u32, u32)>> {
    let words = |page: &Page| -> Vec<(usize, String)> {
        let lines = page.text.split('\n').filter(|line| !line.is_empty()).enumerate();
        lines.flat_map(|(line, words)| words.split_whitespace().map(move |word| (line, word.to_owned()))).collect()
    };
    let mut places = Vec::new();
    let mut input = InternedInput::default();
    input.update_before(old.iter().flat_map(words).map(|(_, word)| word));
    for (index, page) in new.iter().enumerate() {
        places.extend(words(page).into_iter().map(|(line, word)| (index, line, word)));
    }
    input.update_after(places.iter().map(|(.., word)| word.clone()));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut bars: Vec<Vec<(u32, u32)>> = vec![Vec::new(); new.len()];
    for hunk in diff.hunks() {
        let after = hunk.after.start as usize..(hunk.after.end as usize).max(hunk.after.start as usize + 1);
        for (page, line, _) in places.get(after).or_else(|| places.get(places.len().saturating_sub(1)..)).unwrap_or(&[])
        {
            let Some((top, bottom)) = new[*page].lines.get(*line).copied() else { continue };
            match bars[*page].last_mut() {
                Some(bar) if top <= bar.1 + NEAR && bottom + NEAR >= bar.0 => {
                    *bar = (bar.0.min(top), bar.1.max(bottom));
                }
                _ => bars[*page].push((top, bottom)),
            }
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::{Last, Record, marks};
    use crate::record::{Document, Item, Page};

    fn record(pages: &[&str]) -> Record {
        let page = |(index, text): (usize, &&str)| Page {
            number: (index + 1).to_string(),
            matter: text.replace(char::is_whitespace, ""),
            text: (*text).to_owned(),
            lines: (0..).zip(text.split('\n')).map(|(line, _): (u32, _)| (line * 200, line * 200 + 100)).collect(),
            ..Page::default()
        };
        let pages = pages.iter().enumerate().map(page).collect();
        let document = Document { key: "paper".into(), item: Some("item".into()), pages, ..Document::default() };
        let items = vec![Item { key: "item".into(), ..Item::default() }];
        Record { items, documents: vec![document], ..Record::default() }
    }

    #[test]
    fn a_page_keeps_its_mark_until_it_changes_again() {
        let first = Last { whole: record(&["one two\nthree", "four"]), ..Last::default() };
        let second = record(&["one two\nthree 3\nfive", "four"]);
        let marked = marks(&first, &second, "2 October");
        let page = &marked.revised["paper"]["1"];
        assert_eq!((page.day.as_str(), page.bars.as_slice()), ("2 October", &[(200, 300), (400, 500)][..]));
        assert_eq!(marked.revised["paper"].len(), 1);
        assert!(marked.changed_items.contains("item"));

        let mut last = Last { whole: second, ..Last::default() };
        last.manifest.kept.marks = marked;
        let third = marks(&last, &record(&["one two\nthree 3\nfive", "for"]), "9 October");
        let days: Vec<&str> = third.revised["paper"].values().map(|page| page.day.as_str()).collect();
        assert_eq!(days, ["2 October", "9 October"]);
    }

    #[test]
    fn words_that_only_flow_elsewhere_are_no_change() {
        let first = Last { whole: record(&["one two\nthree four"]), ..Last::default() };
        assert_eq!(marks(&first, &record(&["one two three", "four"]), "2 October").revised.len(), 0);
    }
}
