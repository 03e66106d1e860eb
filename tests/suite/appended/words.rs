//! Pages say the same, letter for letter, in the same order and places.

use super::other::{Book, joined};
use super::{ANNUAL_REPORT, Place, SAMPLES, sample, samples};
use crate::pdf::{Pdf, squeeze};

#[test]
fn every_letter_of_the_samples_is_in_the_pack_at_its_place() {
    let (pack, first) = (samples().pack(), samples().first_pages());
    let mut letters = 0;
    for (path, first) in SAMPLES.iter().zip(first) {
        let file = Book::read(&sample(path));
        for page in 0..file.len() {
            let (was, is) = (file.letters(page), pack.letters(first + page));
            let (said, says) = (joined(&was), joined(&is));
            assert!(says.starts_with(&said), "{path}, page {}:\n{said}\n{says}", page + 1);
            let place = Place::of(file.size(page), pack.size(first + page));
            for (was, is) in was.iter().zip(&is) {
                let (x, y) = (place.left + was.x * place.scale, place.top + was.y * place.scale);
                let far = (x - is.x).abs().max((y - is.y).abs());
                assert!(far < 0.1, "{path}, page {}: `{}` is {far} points from its place", page + 1, was.text);
            }
            letters += was.len();
        }
    }
    assert!(letters > 40_000, "{letters} letters");
}

#[test]
fn heads_name_title_and_page_of_the_file_and_feet_the_page_of_the_pack() {
    let (pack, first) = (samples().pack(), samples().first_pages());
    for (path, first) in SAMPLES.iter().zip(first) {
        let (file, name) = (Book::read(&sample(path)), path.rsplit('/').next().expect("a name"));
        for page in 0..file.len() {
            let stamps = pack.text(first + page)[file.text(page).len()..].to_owned();
            let head = if file.len() == 1 {
                squeeze(&format!("Sample {name}"))
            } else {
                squeeze(&format!("Sample {name} · page {} of {}", page + 1, file.len()))
            };
            assert!(stamps.contains(&head), "{path}: {stamps} does not say {head}");
            assert!(stamps.contains(&format!("Page{}", first + page + 1)), "{path}: {stamps}");
            assert_eq!(stamps.contains("AgendaItem"), page == 0, "{path}: {stamps}");
        }
    }
}

#[test]
fn the_reader_of_the_other_tests_reads_appended_pages_too() {
    let pages = Pdf::read(samples().bytes("public")).pages();
    let first = samples().first_pages()[0];
    let file = Book::read(&sample(ANNUAL_REPORT));
    for page in [3, 9, 20] {
        let words = squeeze(&pages[first + page]);
        let middle: String = file.text(page).chars().skip(40).take(20).collect();
        assert!(words.contains(&middle), "page {}: `{middle}` is not in\n{words}", page + 1);
    }
}
