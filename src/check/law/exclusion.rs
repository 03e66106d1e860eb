//! The item on the exclusion of the press and public.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::days::published;
use super::shown::{Grounds, Shown};
use crate::check::wording::sentences::clauses;
use crate::check::wording::titles::Wording;
use crate::finding::{Finding, Log};
use crate::model::Workspace;
use crate::model::withheld::part_of;
use crate::resolve::{Item, Meeting};

pub(in crate::check) mod needless;

crate::finding::rule! {
    /// The public can only be excluded by a resolution which names the business and the paragraphs of Schedule 12A
    /// (Local Government Act 1972, section 100A(4) and (5)); for confidential information the law itself excludes
    /// them (section 100A(2)), and the item says so. Put an item `Exclusion of the press and public` into the
    /// public business.
    NO_EXCLUSION = "N0005", Law, Error, issue, guarded,
    "private business without an item on the exclusion of the public";
    "NP6: Local Government Act 1972, section 100A(4) and (5); SI 2012/2089, regulation 4"
}

/// NP6: an item on the exclusion of the press and public stands in the public business when there is private business
/// (Local Government Act 1972, section 100A(4) and (5); of an executive SI 2012/2089, regulation 4).
pub(in crate::check) fn no_exclusion(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        let Some(first) = meeting.items().find(|item| is_secret(item)) else { continue };
        if excluding(meeting).is_empty() {
            let message = "there is private business, but no item on the exclusion of the press and public";
            log.add(Finding::new(&NO_EXCLUSION, first.place, message).help(
                "add an item `Exclusion of the press and public` that names the private items and their paragraphs",
            ));
        }
    }
}

/// Gives the items on exclusion that stand in the public business and are not withdrawn.
fn excluding<'a, 'm>(meeting: &'m Meeting<'a>) -> Vec<&'m Item<'a>> {
    meeting.items().filter(|item| !item.private && item.withdrawn.is_none() && item.is_exclusion()).collect()
}

/// Tells whether an item is private business that is still to be considered.
fn is_secret(item: &Item) -> bool {
    item.private && item.withdrawn.is_none()
}

crate::finding::rule! {
    /// The resolution states the description of the exempt information in terms of Schedule 12A, and so the item
    /// names each paragraph on which a private item or a withheld paper relies. A paper that is withheld behind a
    /// public item can have its paragraph named in the text of that item, where it speaks of exclusion.
    EXCLUSION_PARAGRAPH = "N0015", Law, Error, issue, guarded,
    "an exclusion of the public that does not name a paragraph";
    "NP6: Local Government Act 1972, section 100A(5)(b); SI 2012/2089, regulation 4"
}

/// NP6: the item names every paragraph of Schedule 12A on which something is withheld (section 100A(5)). A paper
/// behind a public item may have its paragraphs named there, where exclusion is spoken of.
pub(in crate::check) fn exclusion_paragraph(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        let excluding = excluding(meeting);
        let named: BTreeSet<u8> = excluding.iter().flat_map(|item| paragraphs(&item.words())).collect();
        let nothing = named.is_empty() && !excluding.is_empty();
        // Private business without any exclusion has a finding already.
        let looked_at = meeting.items().filter(|item| !item.private || !excluding.is_empty());
        for (item, grounds, paragraph) in looked_at.flat_map(|item| unnamed(item, &named)) {
            let (what, place) = (&grounds.name, excluding.first().map_or(item.place, |first| first.place));
            let message = if nothing {
                "the item on the exclusion of the public names no paragraph of Schedule 12A".to_owned()
            } else {
                format!("the exclusion of the public does not name paragraph {paragraph}, on which `{what}` relies")
            };
            log.add(
                Finding::new(&EXCLUSION_PARAGRAPH, place, message)
                    .also(grounds.withheld.place, format!("paragraph {paragraph} is relied on here"))
                    .help(format!(
                        "name it in the text, as “paragraph {paragraph} of Part {} of Schedule 12A”",
                        part_of(paragraph)
                    )),
            );
        }
    }
}

/// Gives the paragraphs on which papers of an item rely and that neither the exclusion nor the item itself names.
fn unnamed<'a, 'm>(item: &'m Item<'a>, named: &BTreeSet<u8>) -> Vec<(&'m Item<'a>, Grounds<'a>, u8)> {
    let own = Some(item.words()).filter(|words| words.to_lowercase().contains("exclu"));
    let own = own.map(|words| paragraphs(&words)).unwrap_or_default();
    let mut all = Vec::new();
    for grounds in item.grounds() {
        let missing = grounds.withheld.paragraphs.iter().filter(|one| !named.contains(one) && !own.contains(one));
        all.extend(missing.map(|paragraph| (item, grounds.clone(), *paragraph)));
    }
    all
}

static PARAGRAPHS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bparagraphs?(?:\(s\))?\s+((?:(?:[1-7]|1[2-8])\b|,|and|or|to|&|–|-|\s)+)")
        .expect("the pattern is sound")
});

/// Gives the paragraphs of Part 1 or 4 that words name: "paragraphs 1, 2 and 5", "paragraphs 1 to 3".
pub(super) fn paragraphs(words: &str) -> BTreeSet<u8> {
    let found = PARAGRAPHS.captures_iter(words).flat_map(|found| listed(&found[1]));
    found.filter_map(|number| number.parse().ok()).collect()
}

/// Gives the numbers of a list, "3, 5 to 7 and 9A", with those between the ends of its spans.
fn listed(words: &str) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut runs = false;
    for part in words.replace(['–', '-'], " to ").replace([',', '&'], " ").split_whitespace() {
        if !part.starts_with(|first: char| first.is_ascii_digit()) {
            runs = part.eq_ignore_ascii_case("to");
            continue;
        }
        let last = numbers.last().and_then(|last| last.parse::<u32>().ok());
        if let (true, Some(first), Ok(end)) = (runs, last, part.parse::<u32>()) {
            numbers.extend((first + 1..end.min(first + 100)).map(|number| number.to_string()));
        }
        numbers.push(part.to_uppercase());
        runs = false;
    }
    numbers
}

static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:agenda\s+)?items?\s+((?:[0-9]+[A-Z]?\b|,|and|to|&|–|-|\s)+)").expect("the pattern is sound")
});

crate::finding::rule! {
    /// The resolution identifies the business to which it applies. The item on exclusion names each private item by a
    /// reference to its label (best, since the number is then always right), by its number or its title; or it says
    /// that the public is excluded from all private business.
    EXCLUSION_ITEM = "N0016", Law, Warning, guarded, "an exclusion of the public that does not name an item";
    "NP6: Local Government Act 1972, section 100A(5)(a)"
}

/// NP6: the item names the business from which the public is excluded (section 100A(5)(a)): by reference, number or
/// title, or all private business at once.
pub(in crate::check) fn exclusion_item(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    for (meeting, body, _) in published(meetings) {
        let excluding = excluding(meeting);
        let Some(first) = excluding.first() else { continue };
        let words = excluding.iter().map(|item| item.words()).collect::<Vec<_>>().join(" ");
        let wording = Wording::of(&workspace.council, body);
        let references: BTreeSet<String> = excluding.iter().flat_map(|item| item.references()).collect();
        if at_once(&words) {
            continue;
        }
        for item in meeting.items().filter(|item| is_secret(item) && !item.is_among(&references)) {
            let title = item.title.plain();
            if !numbers(&words).contains(&item.number) && !has_title(&wording, &words, &title) {
                let message = format!("the exclusion of the public does not name item `{title}`");
                log.add(
                    Finding::new(&EXCLUSION_ITEM, first.place, message)
                        .also(item.place, "the private item")
                        .help("name it by a reference to its label, or by its title"),
                );
            }
        }
    }
}

/// Tells whether words speak of all private business.
fn at_once(words: &str) -> bool {
    let words = words.to_lowercase();
    ["private business", "private items", "items of private", "private part", "private session"]
        .iter()
        .any(|all| words.contains(all))
}

/// Gives the numbers of items that words name.
fn numbers(words: &str) -> BTreeSet<String> {
    NUMBERS.captures_iter(words).flat_map(|found| listed(&found[1])).collect()
}

/// Tells whether words hold a title, or a sentence that is likely about it.
fn has_title(wording: &Wording, words: &str, title: &str) -> bool {
    let mut parts = clauses(words).into_iter().flat_map(|clause| words[clause].split(':'));
    words.to_lowercase().contains(&title.to_lowercase())
        || parts.any(|part| part.split_whitespace().count() < 20 && wording.speaks_of(part, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_read_in_the_ways_in_which_they_are_written() {
        let read = |words: &str| paragraphs(words).into_iter().collect::<Vec<_>>();
        assert_eq!(read("within paragraph 3 of Part 1 of Schedule 12A"), [3]);
        assert_eq!(read("paragraphs 1, 2 and 5; and paragraph(s) 7 of"), [1, 2, 5, 7]);
        assert_eq!(read("Paragraphs 1 to 3 and 5"), [1, 2, 3, 5]);
        assert_eq!(read("paragraphs 12 and 14 of Part 4 of Schedule 12A"), [12, 14]);
        assert!(read("paragraph 10 of Part 2, and section 3").is_empty());
    }

    #[test]
    fn items_are_read_by_their_numbers() {
        let read = |words: &str| numbers(words).into_iter().collect::<Vec<_>>();
        assert_eq!(read("from items 7, 8 and 9A, since"), ["7", "8", "9A"]);
        assert_eq!(read("from items 10 to 12"), ["10", "11", "12"]);
        assert!(read("within the item").is_empty());
    }
}
