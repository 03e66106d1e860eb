//! Numbers that stay: after a late change every page that did not change keeps the number that
//! members have written on.
//!
//! A paper that has grown goes on with 10A, 10B behind its last page; one that has shrunk leaves
//! numbers unused; a late paper is 36A and on, or follows at the end. Numbers of items stay alike: a
//! late one is 5A. No number that was ever printed is given to anything else.

use std::collections::{BTreeMap, BTreeSet};

use super::sheets::common;
use crate::compose::number::Number;
use crate::record::{Document, Item, Page, Record};

/// What the pages of a new issue are numbered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbering {
    /// What is printed on each page of the whole pack, in order.
    pub(crate) pages: Vec<String>,
    /// Numbers that earlier issues have used and this one does not, in order.
    pub(crate) unused: Vec<String>,
}

/// Where papers that were not in the last issue get their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Late {
    /// Behind the page that they follow, as 36A and on.
    Between,
    /// After the last page, leaving out so many numbers for the front sheet of a supplement.
    AtTheEnd(u32),
}

/// Numbers the pages of a new pack so that those of the last issue stay. `retired` are numbers that
/// still earlier issues have used.
pub(crate) fn pages(last: &Record, new: &Record, retired: &[String], late: Late) -> Numbering {
    let printed = last.pages().map(|page| &page.number).chain(retired);
    let mut taken: BTreeSet<Number> = printed.map(|number| Number::of(number)).collect();
    let mut end = taken.iter().map(|number| number.whole).max().unwrap_or(0);
    if let Late::AtTheEnd(before) = late {
        end += before;
    }
    let known = documents(last, new);
    let last_known = known.iter().rposition(Option::is_some);
    let mut pages: Vec<Number> = Vec::new();
    for (index, document) in new.documents.iter().enumerate() {
        let before = pages.last().cloned().unwrap_or_default();
        let at_the_end = late != Late::Between || last_known.is_none_or(|known| index > known);
        let own = match known[index] {
            Some(old) => aligned(&old.pages, &document.pages, &before, &mut taken),
            None if at_the_end => (document.pages.iter())
                .map(|_| {
                    end += 1;
                    Number::whole(end)
                })
                .collect(),
            None => behind(before, document.pages.len(), &mut taken),
        };
        taken.extend(own.iter().cloned());
        pages.extend(own);
    }
    let used: BTreeSet<&Number> = pages.iter().collect();
    let unused = taken.iter().filter(|number| !used.contains(number)).map(ToString::to_string).collect();
    Numbering { pages: pages.iter().map(ToString::to_string).collect(), unused }
}

/// Gives the highest whole number that any issue has used.
pub(crate) fn end(last: &Record, retired: &[String]) -> u32 {
    let printed = last.pages().map(|page| &page.number).chain(retired);
    printed.map(|number| Number::of(number).whole).max().unwrap_or(0)
}

/// Gives for each new document the one of the last issue that it is: of the same key, or else, where a file
/// got another name, of the same kind and title.
fn documents<'a>(last: &'a Record, new: &Record) -> Vec<Option<&'a Document>> {
    let mut free: Vec<&Document> = last.documents.iter().collect();
    let mut known: Vec<Option<&Document>> = vec![None; new.documents.len()];
    let tests: [fn(&Document, &Document) -> bool; 2] =
        [|old, new| old.key == new.key, |old, new| old.kind == new.kind && old.title == new.title];
    for test in tests {
        for (place, document) in known.iter_mut().zip(&new.documents).filter(|(place, _)| place.is_none()) {
            if let Some(index) = free.iter().position(|old| test(old, document)) {
                *place = Some(free.remove(index));
            }
        }
    }
    known
}

/// Gives the record with the keys that its items had in the last issue: one that only got another title is
/// still the same.
pub(crate) fn with_known_keys(last: &Record, new: &Record) -> Record {
    let mut renamed = new.clone();
    let names: BTreeMap<&str, &str> = (new.items.iter().zip(matched(last, new)))
        .filter_map(|(item, old)| Some((item.key.as_str(), old?.key.as_str())))
        .collect();
    let known = |key: &mut String| {
        if let Some(name) = names.get(key.as_str()) {
            (*name).clone_into(key);
        }
    };
    renamed.items.iter_mut().for_each(|item| known(&mut item.key));
    renamed.documents.iter_mut().filter_map(|document| document.item.as_mut()).for_each(known);
    renamed
}

/// Gives so many numbers that follow a number and belong to nothing else.
fn behind(number: Number, count: usize, taken: &mut BTreeSet<Number>) -> Vec<Number> {
    let mut last = number;
    let mut next = || {
        loop {
            last = last.with_next_letter();
            if taken.insert(last.clone()) {
                return last.clone();
            }
        }
    };
    (0..count).map(|_| next()).collect()
}

/// Numbers the pages of a document: those that did not change as they were, the others in their order.
fn aligned(old: &[Page], new: &[Page], before: &Number, taken: &mut BTreeSet<Number>) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    let anchors = common(old, new, |a, b| !a.blank && !b.blank && a.says_the_same(b));
    for (at_old, at_new) in anchors.into_iter().chain([(old.len(), new.len())]) {
        let wanted = at_new - from_new;
        let free = old[from_old..at_old].iter().take(wanted).map(|page| Number::of(&page.number));
        numbers.extend(free);
        let missing = at_new - numbers.len();
        let last = numbers.last().unwrap_or(before).clone();
        numbers.extend(behind(last, missing, taken));
        if let Some(page) = old.get(at_old) {
            numbers.push(Number::of(&page.number));
        }
        (from_old, from_new) = (at_old + 1, at_new + 1);
    }
    numbers.truncate(new.len());
    numbers
}

/// Gives the numbers of a new agenda's items by key, so that those of the last issue stay.
pub(crate) fn items(last: &Record, new: &Record) -> BTreeMap<String, String> {
    let known: Vec<Option<&Item>> = matched(last, new);
    let mut taken: BTreeSet<Number> = last.items.iter().map(|item| Number::of(&item.number)).collect();
    let mut end = taken.iter().map(|number| number.whole).max().unwrap_or(0);
    let last_known = known.iter().rposition(Option::is_some);
    let mut numbers = BTreeMap::new();
    let mut before = Number::default();
    for (index, item) in new.items.iter().enumerate() {
        let number = match known[index] {
            Some(old) => Number::of(&old.number),
            None if last_known.is_none_or(|known| index > known) => {
                end += 1;
                Number::whole(end)
            }
            None => behind(before, 1, &mut taken).remove(0),
        };
        before = number.clone();
        numbers.insert(item.key.clone(), number.to_string());
    }
    numbers
}

/// Gives for each new item the one of the last issue that it is: of the same key, with a paper in
/// common, or else with a title that is nearly the same.
pub(crate) fn matched<'a>(last: &'a Record, new: &Record) -> Vec<Option<&'a Item>> {
    let mut free: Vec<&Item> = last.items.iter().collect();
    let mut known: Vec<Option<&Item>> = vec![None; new.items.len()];
    let tests: [fn(&Item, &Item) -> bool; 3] = [
        |old, new| old.key == new.key,
        |old, new| old.documents.iter().any(|key| new.documents.contains(key)),
        |old, new| strsim::jaro_winkler(&old.title.to_lowercase(), &new.title.to_lowercase()) > 0.93,
    ];
    for test in tests {
        for (place, item) in known.iter_mut().zip(&new.items).filter(|(place, _)| place.is_none()) {
            if let Some(index) = free.iter().position(|old| test(old, item)) {
                *place = Some(free.remove(index));
            }
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pack in words: `a:xyz.` is the document `a` with pages x, y and z and a blank one.
    fn pack(words: &str, numbers: Option<&[String]>) -> Record {
        let mut record = Record::default();
        let mut count = 0;
        for word in words.split(' ') {
            let (key, pages) = word.split_once(':').expect("a key");
            let pages = pages.chars().map(|letter| {
                count += 1;
                let number = numbers.map_or_else(|| count.to_string(), |numbers| numbers[count - 1].clone());
                Page { number, blank: letter == '.', content: letter.to_string(), ..Page::default() }
            });
            let pages = pages.collect();
            record.documents.push(Document {
                key: key.to_owned(),
                title: key.to_owned(),
                pages,
                ..Document::default()
            });
        }
        record
    }

    fn numbered(last: &str, new: &str, late: Late) -> (String, String) {
        let numbering = pages(&pack(last, None), &pack(new, None), &[], late);
        (numbering.pages.join(" "), numbering.unused.join(" "))
    }

    #[test]
    fn what_did_not_change_keeps_its_number() {
        let between = |last, new| numbered(last, new, Late::Between);
        let words = |pages: &str, unused: &str| (pages.to_owned(), unused.to_owned());
        assert_eq!(between("a:xy b:uvw.", "a:xy b:uvw."), words("1 2 3 4 5 6", ""));
        // grown at its end, then by more than the blank page holds
        assert_eq!(between("a:xyz. b:uv", "a:xyzs b:uv"), words("1 2 3 4 5 6", ""));
        assert_eq!(between("a:xyz. b:uv", "a:xyzst. b:uv"), words("1 2 3 4 4A 4B 5 6", ""));
        // a page put in: those behind it keep their numbers
        assert_eq!(between("a:wxyz b:uv", "a:wxsyz. b:uv"), words("1 2 2A 3 4 4A 5 6", ""));
        // shrunk, withdrawn
        assert_eq!(between("a:wxyz b:uv", "a:wx b:uv"), words("1 2 5 6", "3 4"));
        assert_eq!(between("a:wx b:yz c:uv", "a:wx c:uv"), words("1 2 5 6", "3 4"));
        // late papers: between others, at the end, in a supplement with a sheet of two pages
        assert_eq!(between("a:wx c:uv", "a:wx b:st c:uv"), words("1 2 2A 2B 3 4", ""));
        assert_eq!(between("a:wx c:uv", "a:wx c:uv d:st"), words("1 2 3 4 5 6", ""));
        assert_eq!(numbered("a:wx c:uv", "a:wx b:st c:uv", Late::AtTheEnd(2)), words("1 2 7 8 3 4", ""));
        // moved
        assert_eq!(between("a:wx b:st c:uv", "a:wx c:uv b:st"), words("1 2 5 6 3 4", ""));
    }

    #[test]
    fn no_number_is_given_twice_over_many_issues() {
        let first = pack("a:wx b:st c:uv", None);
        let second = pages(&first, &pack("a:wx c:uv", None), &[], Late::Between);
        let second_pack = pack("a:wx c:uv", Some(&second.pages));
        let third = pages(&second_pack, &pack("a:wx n:gh c:uv m:kl", None), &second.unused, Late::Between);
        assert_eq!(third.pages.join(" "), "1 2 2A 2B 5 6 7 8");
        assert_eq!(third.unused, ["3", "4"]);
    }

    #[test]
    fn items_keep_their_numbers() {
        let record = |words: &str| Record {
            items: words
                .split(' ')
                .enumerate()
                .map(|(index, key)| {
                    let (key, title) = (key.to_owned(), format!("{key} {key} {key}"));
                    Item { key, title, number: (index + 1).to_string(), ..Item::default() }
                })
                .collect(),
            ..Record::default()
        };
        let numbers = items(&record("apologies interests budget"), &record("apologies flood interests budget parking"));
        let of = |key: &str| numbers[key].as_str();
        assert_eq!(
            [of("apologies"), of("flood"), of("interests"), of("budget"), of("parking")],
            ["1", "1A", "2", "3", "4"]
        );
    }
}
