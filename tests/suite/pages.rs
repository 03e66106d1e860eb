//! Pages of the sample council's packs: numbers, ranges, blanks and stamps (DOMAIN.md, section 2).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::sample::{Pack, packs};

const BLANK: &str = "This page is intentionally left blank";

fn number(value: &Value, field: &str) -> u64 {
    value[field].as_u64().unwrap_or_else(|| panic!("{field} is a number in {value}"))
}

fn odd(number: u64) -> bool {
    number % 2 == 1
}

/// Gives the numbers of the pages that a document fills with text, its blank not among them.
fn filled(pack: &Pack, document: &Value) -> Vec<u64> {
    let first = number(document, "first_page");
    if document["kind"] != "placeholder" {
        return (first..=number(document, "last_page")).collect();
    }
    // A placeholder has pages of its own, beginning where the withheld paper does.
    let has_text = |page: &u64| pack.labels.contains(&page.to_string()) && !pack.page(*page).contains(BLANK);
    (first..=number(document, "last_page")).take_while(has_text).collect()
}

#[test]
fn the_sample_council_has_packs_of_both_editions() {
    let count = |edition: &str| packs().iter().filter(|pack| pack.name.ends_with(edition)).count();
    assert!(count("/public") >= 9, "{} public packs", count("/public"));
    assert!(count("/private") >= 3, "{} private packs", count("/private"));
}

#[test]
fn every_document_starts_on_an_odd_page_and_a_blank_follows_an_odd_count() {
    for pack in packs() {
        let mut next = 1;
        for document in pack.documents() {
            let (first, last) = (number(document, "first_page"), number(document, "last_page"));
            assert!(odd(first), "{}: {document}", pack.name);
            assert!(
                first == next && last >= first,
                "{}: pages {next} to {first} belong to nothing: {document}",
                pack.name
            );
            if document["kind"] == "placeholder" {
                assert!(!odd(last), "{}: a placeholder's range counts the blank: {document}", pack.name);
            } else {
                assert_eq!(document["blank_after"], odd(last), "{}: {document}", pack.name);
            }
            next = last + u64::from(odd(last)) + 1;
        }
        assert_eq!(number(&pack.file, "last_page"), next - 1, "{}", pack.name);
    }
}

/// Tells whether a line is the foot of a page, with the tab of its item beside it or not.
fn is_foot(line: &str, label: &str) -> bool {
    line.split(" | ").next() == Some(&format!("Page {label}"))
}

#[test]
fn labels_of_the_pdf_equal_the_numbers_printed_at_the_foot() {
    for pack in packs() {
        assert_eq!(pack.labels.len(), pack.pages.len(), "{}", pack.name);
        for (label, text) in pack.labels.iter().zip(&pack.pages) {
            let feet: Vec<&str> = text.lines().filter(|line| is_foot(line, label)).collect();
            assert_eq!(feet.len(), 1, "{}, page {label}:\n{text}", pack.name);
        }
        let numbers: Vec<u64> = pack.labels.iter().map(|label| label.parse().expect("a number")).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{}: {numbers:?}", pack.name);
        let last = number(&pack.file, "last_page");
        assert!(numbers.iter().all(|page| *page <= last), "{}: {numbers:?}", pack.name);
        for (index, page) in numbers.iter().enumerate() {
            assert_eq!(odd(*page), index % 2 == 0, "{}: page {page} is on the wrong side of its sheet", pack.name);
        }
        if pack.name.ends_with("/private") {
            assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "{}", pack.name);
        }
    }
}

#[test]
fn blank_pages_say_so_and_bear_their_meeting_and_a_number_and_nothing_else() {
    for pack in packs() {
        let filled: BTreeSet<u64> = pack.documents().flat_map(|document| filled(pack, document)).collect();
        for (label, text) in pack.labels.iter().zip(&pack.pages) {
            if filled.contains(&label.parse().expect("a number")) {
                assert!(!text.contains(BLANK), "{}, page {label}:\n{text}", pack.name);
            } else {
                let (words, meeting) = (text.replace("Private edition | ", ""), meeting(pack));
                assert_eq!(words, format!("{BLANK}\n{meeting}\nPage {label}"), "{}", pack.name);
                assert_eq!(words != *text, pack.name.ends_with("/private"), "{}, page {label}", pack.name);
            }
        }
    }
}

/// Gives what each page says of its meeting: the words at the head of the second page of a pack.
fn meeting(pack: &Pack) -> String {
    let heads = [
        ("cabinet", "Cabinet"),
        ("council", "Council"),
        ("education", "Scrutiny Board 2"),
        ("health", "Scrutiny Board 5"),
    ];
    let (_, body) = heads.iter().find(|(start, _)| pack.name.starts_with(start)).expect("a body of the sample");
    let date = pack.name.split('/').nth(1).expect("a date");
    let date = chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").expect("a date");
    format!("{body}, {}", date.format("%-d %B %Y"))
}

#[test]
fn every_page_but_the_first_says_which_meeting_it_is_for_and_those_of_items_which_item() {
    for pack in packs() {
        let meeting = meeting(pack);
        let words = |page: u64| pack.page(page).replace('\n', " ");
        for document in pack.documents() {
            let first = number(document, "first_page");
            for page in filled(pack, document) {
                let said = words(page);
                assert!(page == 1 || said.contains(&meeting), "{}, page {page}:\n{said}", pack.name);
                let Some(item) = document["item"].as_str() else { continue };
                let item = if page == first { format!("Item {item}") } else { format!("Item {item} · ") };
                assert!(said.contains(&item), "{}, page {page}:\n{said}", pack.name);
            }
        }
    }
}

#[test]
fn page_numbers_stand_at_one_height_out_of_reach_of_a_printers_edge() {
    let millimetres = 72.0 / 25.4;
    for pack in packs() {
        let pdf = crate::pdf::Pdf::read(&pack.bytes);
        for (index, ((width, height), label)) in pdf.sizes().into_iter().zip(&pack.labels).enumerate() {
            // Large sheets get printed small, with a larger number.
            let growth = (f64::min(width, height) / 297.0 / millimetres).max(1.0);
            let foot = pdf.lines_of(index).into_iter().find(|(_, words)| *words == format!("Page {label}"));
            let (line, _) = foot.unwrap_or_else(|| panic!("{}: page {label} has no number", pack.name));
            let line = line / growth / millimetres;
            assert!((line - 9.0).abs() < 0.3, "{}, page {label}: {line:.2} mm", pack.name);
        }
    }
}

#[test]
fn stamps_stand_on_the_first_page_of_each_paper_and_nowhere_else() {
    for pack in packs() {
        let mut expected: BTreeMap<u64, String> = BTreeMap::new();
        let mut last = "";
        for document in pack.documents() {
            let Some(item) = document["item"].as_str() else { continue };
            // The first paper of an item is its beginning; those behind it say only where they belong.
            let stamp = if item == last { format!("Item {item}") } else { format!("Agenda Item {item}") };
            expected.insert(number(document, "first_page"), stamp);
            last = item;
        }
        for (label, text) in pack.labels.iter().zip(&pack.pages) {
            let is_stamp = |part: &&str| {
                let number = part.trim_start_matches("Agenda ").strip_prefix("Item ");
                number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()) && !number.contains(' '))
            };
            let found: Vec<&str> = text.lines().flat_map(|line| line.split(" | ")).filter(is_stamp).collect();
            let wanted: Vec<&String> = expected.get(&label.parse().expect("a number")).into_iter().collect();
            assert_eq!(found, wanted, "{}, page {label}:\n{text}", pack.name);
        }
    }
}

/// Gives the ranges printed on the front sheet, in their order.
fn printed_ranges(pack: &Pack) -> Vec<(u64, u64)> {
    let front = pack.documents().next().expect("a front sheet");
    let text: String = filled(pack, front).into_iter().map(|page| pack.page(page).replace('\n', " ") + " ").collect();
    let range = |rest: &str| {
        let (first, last) = rest.split_once(')')?.0.split_once(" - ")?;
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    text.split("(Pages ").skip(1).map(|rest| range(rest).unwrap_or_else(|| panic!("{}: {rest}", pack.name))).collect()
}

#[test]
fn ranges_on_the_front_sheet_equal_those_of_the_pack_file() {
    for pack in packs() {
        let printed = printed_ranges(pack);
        let mut left = printed.iter();
        for item in pack.items().filter(|item| !item["pages"].is_null()) {
            let (first, last) = (number(&item["pages"], "first"), number(&item["pages"], "last"));
            // An item with parts prints a range for each part; together they make the item's.
            let mut next = first;
            while next <= last {
                let (from, to) = *left.next().unwrap_or_else(|| panic!("{}: no range for {item}", pack.name));
                assert!(from == next && to <= last, "{}: {from} - {to} printed for {item}", pack.name);
                assert!(odd(from) && !odd(to), "{}: {from} - {to}", pack.name);
                next = to + 1;
            }
        }
        assert_eq!(left.next(), None, "{}: {printed:?}", pack.name);
    }
}

/// Tells whether a placeholder stands in the place of a withheld document.
fn is_behind(document: &str, placeholder: &str) -> bool {
    document.strip_prefix(placeholder).is_some_and(|rest| rest.starts_with('-'))
}

#[test]
fn public_and_private_edition_agree_on_every_page_number() {
    let mut compared = 0;
    for private in packs().iter().filter(|pack| pack.name.ends_with("/private")) {
        let public =
            packs().iter().find(|pack| pack.name == format!("{}/public", private.meeting)).expect("a public pack");
        compared += 1;
        assert_eq!(public.file["last_page"], private.file["last_page"], "{}", private.meeting);
        for (one, other) in public.items().zip(private.items()) {
            for field in ["number", "title", "pages", "private", "withheld"] {
                assert_eq!(one[field], other[field], "{}: {field} of an item", private.meeting);
            }
        }
        assert_eq!(public.items().count(), private.items().count(), "{}", private.meeting);
        for document in public.documents() {
            let id = document["id"].as_str().expect("an id");
            let twin = private
                .documents()
                .find(|other| other["id"].as_str().is_some_and(|other| other == id || is_behind(other, id)))
                .expect("the same document");
            assert_eq!(document["first_page"], twin["first_page"], "{}: {document}", private.meeting);
            if document["kind"] != "placeholder" {
                let mut twin = twin.clone();
                // How long the whole file is, of which some pages may be withheld, is for officers.
                twin.as_object_mut().expect("fields").remove("source_pages");
                assert_eq!(*document, twin, "{}", private.meeting);
                for page in filled(public, document) {
                    let front = document["kind"] == "front-sheet";
                    assert!(
                        front || public.page(page) == private.page(page),
                        "{}: page {page} differs",
                        private.meeting
                    );
                }
            }
        }
    }
    assert!(compared >= 3, "{compared} meetings with two editions");
}

#[test]
fn single_papers_bear_the_numbers_that_they_have_in_the_pack() {
    for pack in packs() {
        for document in pack.documents().filter(|document| !document["file"].is_null()) {
            let path = format!("{}/{}", pack.name, document["file"].as_str().expect("a path"));
            let Some(bytes) = crate::sample::outputs().get(&path) else {
                // Public papers stand in the public folder only.
                assert!(pack.name.ends_with("/private") && document["withheld"] == false, "{path} is missing");
                continue;
            };
            let pdf = crate::pdf::Pdf::read(bytes);
            let expected: Vec<String> = filled(pack, document).iter().map(ToString::to_string).collect();
            assert_eq!(pdf.labels(), expected, "{path}");
            for (label, text) in pdf.labels().iter().zip(pdf.pages()) {
                assert!(text.lines().any(|line| is_foot(line, label)), "{path}, page {label}:\n{text}");
            }
        }
    }
}
