//! Which pages stand where: `pages:`, files used twice, odd pages and blanks, and the same bytes each time.

use super::made::{Made, size};
use super::other::Item;
use super::{Built, LETTER, agenda, build, run, sample, workspace};
use crate::sandbox::Sandbox;

/// Makes a file of so many pages; page 3 draws a box at 3, 3.
fn numbered(pages: usize) -> Vec<u8> {
    let mut made = Made::default();
    for page in 1..=pages {
        made.page(&size(200, 140), &format!("{page} {page} 77 55 re f"));
    }
    made.bytes()
}

/// Gives the numbers in their file of the pages on the sheets from this one on.
fn numbers(built: &Built, first: usize, count: usize) -> Vec<usize> {
    let pack = built.pack();
    let number = |sheet: usize| {
        let (content, _) = pack.content(&Item::Dict(pack.page(sheet)));
        let text = String::from_utf8(content).expect("it is text");
        let (before, _) = text.split_once(" 77 55 re").expect("the box is there");
        before.rsplit([' ', '\n']).next().expect("a number").parse().expect("a number")
    };
    (first..first + count).map(number).collect()
}

#[test]
fn pages_stand_in_the_order_in_which_they_are_named() {
    let entry = "{file: a.pdf, title: Plan, description: Boxes, pages: \"3-, 1\"}";
    let built = build(&workspace(&[("a.pdf", numbered(5))], &[&[entry]]));
    let first = built.first_pages()[0];
    assert_eq!(numbers(&built, first, 4), [3, 4, 5, 1]);
    for (sheet, page) in [3, 4, 5, 1].iter().enumerate() {
        let text = built.pack().text(first + sheet);
        assert!(text.contains(&format!("Plan·page{page}of5")), "{text}");
    }
    let document = &built.documents("public")[1];
    assert_eq!(
        document["last_page"].as_u64().expect("a number") - document["first_page"].as_u64().expect("a number"),
        3
    );
}

#[test]
fn a_file_can_stand_behind_two_items() {
    let items: [&[&str]; 2] = [
        &["{file: a.pdf, title: Whole, description: Boxes}"],
        &["{file: a.pdf, title: Part, description: Boxes, pages: 2}"],
    ];
    let built = build(&workspace(&[("a.pdf", numbered(3))], &items));
    let first = built.first_pages();
    assert_eq!((numbers(&built, first[0], 3), numbers(&built, first[1], 1)), (vec![1, 2, 3], vec![2]));
    let titles: Vec<String> = built.pack().bookmarks().into_iter().map(|(_, title, _)| title).collect();
    assert!(["Whole", "Part"].iter().all(|title| titles.contains(&(*title).to_owned())), "{titles:?}");
}

#[test]
fn appended_papers_begin_on_odd_pages_and_odd_counts_are_followed_by_a_blank() {
    let entries: Vec<String> = (1..=4)
        .map(|count| format!("{{file: a.pdf, title: Plan {count}, description: Boxes, pages: \"1-{count}\"}}"))
        .collect();
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    let built = build(&workspace(&[("a.pdf", numbered(4))], &[&entries]));
    let documents: Vec<_> =
        built.documents("public").into_iter().filter(|document| document["kind"] == "appended").collect();
    assert_eq!(documents.len(), 4);
    let pack = built.pack();
    for (document, count) in documents.iter().zip(1..) {
        let number = |field: &str| document[field].as_u64().expect("a number");
        assert_eq!(number("last_page") + 1 - number("first_page"), count, "{document}");
        assert_eq!(number("first_page") % 2, 1, "{document}");
        assert_eq!(document["blank_after"], count % 2 == 1, "{document}");
        if count % 2 == 1 {
            let after = pack.text(usize::try_from(number("last_page")).expect("small"));
            assert!(after.starts_with("Thispageisintentionallyleftblank"), "{after}");
        }
    }
}

#[test]
fn pages_that_are_not_there_are_named_at_the_words_that_ask_for_them() {
    for (pages, words) in [("6", "no page 6"), ("\"1-9\"", "no page 6"), ("\"2, 7-\"", "no page 7")] {
        let entry = format!("{{file: a.pdf, title: Plan, pages: {pages}}}");
        let outcome = run(&workspace(&[("a.pdf", numbered(5))], &[&[&entry]]), "check");
        assert_eq!(outcome.code, Some(1), "{pages}: {}", outcome.stdout);
        assert!(
            outcome.stdout.contains("error[A0004]") && outcome.stdout.contains(words),
            "{pages}: {}",
            outcome.stdout
        );
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let files = || [("letter.pdf", sample(LETTER)), ("a.pdf", numbered(2))];
    let items: [&[&str]; 2] = [
        &["{file: letter.pdf, title: Letter}", "{file: a.pdf, title: Plan}"],
        &["{file: letter.pdf, title: The letter again, pages: 2}"],
    ];
    let (one, other) = (workspace(&files(), &items), workspace(&files(), &items));
    let first = build(&one).files;
    let again = other.command(&["build"]).env("RAYON_NUM_THREADS", "1").env("TZ", "Asia/Tokyo").output();
    assert!(again.expect("the program starts").status.success());
    let second = other.files("out/board/2026-09-16");
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(*bytes == second[path], "{path} differs");
    }
    agenda(&other, &[&["{file: letter.pdf, title: Letter, pages: 1}"]]);
    assert!(build(&other).files.values().all(|bytes| !first.values().any(|before| before == bytes)), "ids differ");
}

#[test]
fn an_empty_workspace_knows_nothing_of_appended_files() {
    let sandbox = Sandbox::base();
    assert!(build(&sandbox).files.keys().all(|path| !path.contains("appended")));
}
