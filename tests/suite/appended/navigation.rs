//! Links and bookmarks of appended files lead where they led.

use super::made::{Made, size};
use super::other::{Book, Entries, Item, joined};
use super::{ANNUAL_REPORT, LETTER, Place, SAMPLES, build, sample, samples, workspace};

/// Gives the links of a page.
fn links(book: &Book, page: usize) -> Vec<Entries> {
    let mut links = book.annotations(page);
    links.retain(|link| link["Subtype"].name() == "Link");
    links
}

fn address(book: &Book, link: &Entries) -> Option<String> {
    let address = book.entry(&book.entry(link, "A").entries(), "URI").words();
    (!address.is_empty()).then_some(address)
}

/// Gives the left, bottom, right and top of a link.
fn rect(book: &Book, link: &Entries) -> [f64; 4] {
    let corners = book.entry(link, "Rect").list();
    std::array::from_fn(|index| corners[index].number())
}

/// Gives the index in the pack of a sample's first page.
fn first_of(path: &str) -> usize {
    samples().first_pages()[SAMPLES.iter().position(|sample| *sample == path).expect("it is a sample")]
}

#[test]
fn links_of_samples_lead_to_the_same_places_from_the_same_places() {
    let pack = samples().pack();
    let (mut inside, mut outside) = (0, 0);
    for path in [ANNUAL_REPORT, LETTER] {
        let (file, first) = (Book::read(&sample(path)), first_of(path));
        for page in 0..file.len() {
            let (was, is) = (links(&file, page), links(&pack, first + page));
            let place = Place::of(file.size(page), pack.size(first + page));
            let (height, sheet) = (file.size(page).1, pack.size(first + page).1);
            for link in &was {
                let [left, bottom, right, top] = rect(&file, link);
                let moved =
                    |x: f64, y: f64| (place.left + x * place.scale, sheet - place.top - (height - y) * place.scale);
                let ((left, bottom), (right, top)) = (moved(left, bottom), moved(right, top));
                let near = |other: [f64; 4]| {
                    other.iter().zip([left, bottom, right, top]).all(|(one, other)| (one - other).abs() < 0.5)
                };
                let twin = is.iter().find(|other| near(rect(&pack, other)));
                let twin = twin.unwrap_or_else(|| panic!("{path}, page {}: a link is gone: {link:?}", page + 1));
                assert!(
                    !pack.entry(twin, "Contents").words().is_empty(),
                    "{path}: a link says where it leads: {twin:?}"
                );
                if let Some(address) = address(&file, link) {
                    assert_eq!(super::navigation::address(&pack, twin), Some(address), "{path}, page {}", page + 1);
                    outside += 1;
                    continue;
                }
                let (aim, down) = file.aim_of(link).expect("it leads to a page");
                let (there, below) = pack.aim_of(twin).expect("it leads to a page");
                assert_eq!(there, first + aim, "{path}, page {}", page + 1);
                let place = Place::of(file.size(aim), pack.size(there));
                let expected = place.top + down.clamp(0.0, file.size(aim).1) * place.scale;
                assert!((below - expected).abs() < 1.0, "{path}: {below} in place of {expected}");
                inside += 1;
            }
        }
    }
    assert!(inside > 60 && outside >= 2, "{inside} links inside, {outside} links outside");
}

#[test]
fn contents_of_the_annual_report_lead_to_the_pages_with_their_headings() {
    let (pack, file, first) = (samples().pack(), Book::read(&sample(ANNUAL_REPORT)), first_of(ANNUAL_REPORT));
    let mut checked = 0;
    for page in 1..3 {
        let letters = pack.letters(first + page);
        let sheet = pack.size(first + page).1;
        for link in links(&pack, first + page).iter().filter(|link| address(&pack, link).is_none()) {
            let [left, bottom, right, top] = rect(&pack, link);
            let mut under = letters.clone();
            under.retain(|letter| {
                let y = sheet - letter.y;
                letter.x > left - 1.0 && letter.x < right && y > bottom - 1.0 && y < top + 1.0
            });
            let words = joined(&under);
            let heading = words.trim_end_matches(|letter: char| letter.is_ascii_digit() || ". …·".contains(letter));
            let (aim, _) = pack.aim_of(link).expect("it leads to a page");
            if heading.chars().filter(|letter| letter.is_alphabetic()).count() > 5 {
                assert!(pack.text(aim).contains(heading), "`{heading}` is not on page {} of the pack", aim + 1);
                checked += 1;
            }
        }
    }
    assert!(checked > 10, "{checked} entries of {} pages", file.len());
}

#[test]
fn bookmarks_of_samples_hang_below_those_of_their_papers() {
    let bookmarks = samples().pack().bookmarks();
    for path in SAMPLES {
        let (file, first) = (Book::read(&sample(path)), first_of(path));
        let title = format!("Sample {}", path.rsplit('/').next().expect("a name"));
        let at = bookmarks.iter().position(|(_, words, _)| *words == title);
        let at = at.unwrap_or_else(|| panic!("no bookmark `{title}` in {bookmarks:?}"));
        let (depth, _, page) = bookmarks[at];
        assert_eq!(page, first, "{path}");
        let below: Vec<(usize, String, usize)> = bookmarks[at + 1..]
            .iter()
            .take_while(|(other, _, _)| *other > depth)
            .map(|(other, words, page)| (other - depth - 1, words.clone(), page - first))
            .collect();
        assert_eq!(below, file.bookmarks(), "{path}");
    }
}

/// Makes a file of three pages: page 1 links to pages 2 and 3, to the web, and where it should not.
fn linking() -> Vec<u8> {
    let mut made = Made::default();
    let links = [
        "/Dest [8 0 R /XYZ 0 100 null]",
        "/A << /S /GoTo /D (third) >>",
        "/A << /S /URI /URI (https://www.example.org/a?b=c) >>",
        "/A << /S /URI /URI (javascript:alert\\(1\\)) >>",
        "/A << /S /URI /URI (file:///etc/passwd) >>",
        "/A << /S /Launch /F (cmd.exe) >>",
        "/A << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "/A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>",
    ];
    let annots: String =
        links.iter().map(|link| format!("<< /Type /Annot /Subtype /Link /Rect [10 10 50 30] {link} >> ")).collect();
    let list = made.add(format!("[{annots}]"));
    made.page(&format!("{} /Annots {list} 0 R", size(200, 140)), "0 0 9 9 re f");
    for _ in 0..2 {
        made.page(&size(200, 140), "0 0 9 9 re f");
    }
    assert_eq!((made.next(), list), (10, 3), "pages are objects 5, 7 and 9");
    made.catalog += "/Names << /Dests << /Names [(third) [9 0 R /Fit]] >> >>";
    let bytes = made.bytes();
    String::from_utf8(bytes).expect("it is text").replace("/Dest [8 0 R", "/Dest [7 0 R").into_bytes()
}

/// Gives where the links of a page lead: to the web, or to a page by its index.
fn aims(book: &Book, page: usize) -> (Vec<String>, Vec<usize>) {
    let links = links(book, page);
    let outside = links.iter().filter_map(|link| address(book, link)).collect();
    (outside, links.iter().filter_map(|link| Some(book.aim_of(link)?.0)).collect())
}

#[test]
fn links_stay_within_their_copy_and_unsafe_ones_are_gone() {
    let papers: [&[&str]; 2] = [
        &["{file: a.pdf, title: First, description: Boxes}"],
        &["{file: a.pdf, title: Second, description: Boxes, pages: \"3, 1\"}"],
    ];
    let built = build(&workspace(&[("a.pdf", linking())], &papers));
    let (pack, first) = (built.pack(), built.first_pages());
    let web = vec!["https://www.example.org/a?b=c".to_owned()];
    // Other links are those of the stamps, back to the agenda on the first page.
    let (outside, mut inside) = aims(&pack, first[0]);
    inside.retain(|page| *page >= first[0]);
    assert_eq!((outside, inside), (web.clone(), vec![first[0] + 1, first[0] + 2]));
    // Page 2 is not in the second copy, so what led there is gone; page 3 is its first page.
    let (outside, mut inside) = aims(&pack, first[1] + 1);
    inside.retain(|page| *page >= first[0]);
    assert_eq!((outside, inside), (web, vec![first[1]]));
    for words in ["javascript", "passwd", "cmd.exe", "alert", "other.pdf"] {
        assert!(!format!("{:?}", pack.objects()).contains(words), "{words} is in the pack");
    }
    for words in ["a script", "another file", "private or unsafe address", "a program"] {
        assert!(built.findings.contains(words), "`{words}` is not in\n{}", built.findings);
    }
}

#[test]
fn a_null_is_no_link() {
    let made = Made::page_with(&format!("{} /Annots [null 99 0 R << >>]", size(200, 140)), "0 0 9 9 re f");
    let built = build(&workspace(&[("a.pdf", made)], &[&["{file: a.pdf, title: A, description: A box}"]]));
    let annotations = built.pack().annotations(built.first_pages()[0]);
    assert!(annotations.iter().all(|link| link["Subtype"] == Item::Name("Link".to_owned())), "{annotations:?}");
}
