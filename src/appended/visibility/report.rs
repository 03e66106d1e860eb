//! Puts what was found on pages into words, without repeating what should not be read.

use std::collections::{BTreeMap, BTreeSet};

use super::hidden::Reason;
use super::links::Tells;
use super::personal::Private;
use super::pictures::Seen;
use super::scene::{Picture, Scene, centimetres};
use crate::appended::facts::{Remark, Subject};

/// Words that a hint shows the beginnings of.
const HINTED: usize = 2;

/// Places and bookmarks that a message names.
const PLACES: usize = 4;
const BOOKMARKS: usize = 5;

/// Says that not all of a page could be followed.
pub(crate) const TOO_COMPLEX: &str =
    "too complex to be looked into, so that hidden text and private details may have been missed";

/// Signs of a host that a message gives.
const LONGEST: usize = 80;

/// What was found on a page: how often, and the centimetres from the left and the top at which the first begins.
#[derive(Debug)]
struct Spot {
    count: usize,
    at: (f64, f64),
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    hidden: BTreeMap<Reason, (String, BTreeMap<u32, Spot>)>,
    covered: BTreeMap<u32, Spot>,
    masked: BTreeMap<u32, Spot>,
    unsaid: BTreeMap<u32, (usize, String)>,
    bookmarks: Vec<(String, Option<u32>)>,
    seen: Seen,
    private: BTreeMap<Private, (BTreeSet<String>, usize, BTreeSet<u32>)>,
    links: BTreeMap<Tells, BTreeSet<u32>>,
    coarse: Vec<(u32, Picture)>,
    scanned: BTreeSet<u32>,
    blank: BTreeSet<u32>,
    cut: BTreeSet<u32>,
}

impl Report {
    /// Notes hidden words of a page, with the centimetres from the left and the top at which the first begins.
    pub(crate) fn hide(&mut self, page: u32, reason: Reason, words: &[String], at: (f64, f64)) {
        let (first, pages) = self.hidden.entry(reason).or_default();
        if first.is_empty() {
            *first = hint(words);
        }
        pages.insert(page, Spot { count: words.len(), at });
    }

    /// Notes parts of a page's pictures that are covered, and where the first cover begins.
    pub(crate) fn cover(&mut self, page: u32, count: usize, at: (f64, f64)) {
        self.covered.insert(page, Spot { count, at });
    }

    /// Notes pictures of a page of which a mask keeps a part from view, and where the first stands.
    pub(crate) fn mask(&mut self, page: u32, count: usize, at: (f64, f64)) {
        self.masked.insert(page, Spot { count, at });
    }

    /// Notes which parts of its pictures a page shows.
    pub(crate) fn note_pictures(&mut self, scene: &Scene, page: u32) {
        self.seen.note(scene, page);
    }

    /// Notes words of a page that are only said in the place of others.
    pub(crate) fn say_unseen(&mut self, page: u32, words: &[String]) {
        let (count, first) = self.unsaid.entry(page).or_default();
        if *count == 0 {
            *first = hint(words);
        }
        *count += words.len();
    }

    /// Notes a bookmark that says what no page says, and the page to which it leads.
    pub(crate) fn name_unseen(&mut self, title: String, page: Option<u32>) {
        self.bookmarks.push((title, page));
    }

    /// Notes a private matter of a page.
    pub(crate) fn expose(&mut self, page: u32, kind: Private, masked: String) {
        let (all, count, pages) = self.private.entry(kind).or_default();
        all.insert(masked);
        *count += 1;
        pages.insert(page);
    }

    /// Notes what a link of a page gives away.
    pub(crate) fn link(&mut self, page: u32, told: Tells) {
        self.links.entry(told).or_default().insert(page);
    }

    /// Notes a picture that is too coarse.
    pub(crate) fn blur(&mut self, page: u32, picture: Picture) {
        self.coarse.push((page, picture));
    }

    /// Notes a page that is a picture of its text.
    pub(crate) fn scan(&mut self, page: u32) {
        self.scanned.insert(page);
    }

    /// Notes an empty page.
    pub(crate) fn empty(&mut self, page: u32) {
        self.blank.insert(page);
    }

    /// Notes a page that could not be followed to its end.
    pub(crate) fn give_up(&mut self, page: u32) {
        self.cut.insert(page);
    }

    /// Gives what is to be said.
    pub(crate) fn remarks(self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut say = |subject, pages: BTreeSet<u32>, message: String| {
            if !pages.is_empty() {
                remarks.push(Remark { subject, pages: pages.into_iter().collect(), message });
            }
        };
        for (reason, (first, spots)) in self.hidden {
            let subject = if reason.is_of_an_edge() { Subject::CutOff } else { Subject::Covered };
            say(subject, spots.keys().copied().collect(), covered(reason, &first, &spots));
        }
        let parts: usize = self.covered.values().map(|spot| spot.count).sum();
        let pages = self.covered.keys().copied().collect();
        say(Subject::Covered, pages, covered_pictures(parts, &self.covered));
        let pages = self.masked.keys().copied().collect();
        let places = places(&self.masked, ["picture", "pictures"]);
        let message =
            "a mask keeps a part of a picture from view, and whoever takes the picture out of the file sees it";
        say(Subject::Covered, pages, format!("{message}: {places}"));
        if let Some((count, least, pages)) = self.seen.cut() {
            say(Subject::Cropped, pages, cut_pictures(count, least));
        }
        say(Subject::Unsaid, self.unsaid.keys().copied().collect(), unsaid(&self.unsaid));
        if !self.bookmarks.is_empty() {
            let pages = self.bookmarks.iter().filter_map(|(_, page)| *page).collect();
            say(Subject::Unsaid, pages, unsaid_bookmarks(&self.bookmarks));
        }
        say(Subject::Covered, self.cut, TOO_COMPLEX.to_owned());
        say(
            Subject::Scanned,
            self.scanned,
            "its text is only a picture, in which search and screen readers find nothing".to_owned(),
        );
        say(Subject::Blank, self.blank, "nothing is to be seen".to_owned());
        let pages = self.coarse.iter().map(|(page, _)| *page).collect();
        say(Subject::Coarse, pages, coarse(&self.coarse));
        for (kind, (masked, count, pages)) in self.private {
            say(Subject::Personal, pages, personal(kind, count, masked.first().map_or("", String::as_str)));
        }
        for (told, pages) in self.links {
            let (subject, message) = match told {
                Tells::Email(masked, private) => {
                    let whose = if private {
                        "an e-mail address at a private provider"
                    } else {
                        "the e-mail address of a person"
                    };
                    (Subject::Personal, format!("a link holds {whose} that the page does not show: `{masked}`"))
                }
                Tells::Inside(host, why) => {
                    (Subject::LinkedInside, format!("a link {}: `{}`", why.said(), plain(&host)))
                }
            };
            say(subject, pages, message);
        }
        remarks
    }
}

fn covered(reason: Reason, first: &str, spots: &BTreeMap<u32, Spot>) -> String {
    let count = spots.values().map(|spot| spot.count).sum::<usize>();
    let (words, lies, has, was) =
        if count == 1 { ("word", "lies", "has", "is") } else { ("words", "lie", "have", "are") };
    let how = match reason {
        Reason::Shape => format!("{lies} under filled shapes"),
        Reason::Picture => format!("{lies} under pictures"),
        Reason::Colour => format!("{has} the colour of what is behind"),
        Reason::Invisible => format!("{was} not painted"),
        Reason::Unshown => format!("{lies} where the picture shows nothing"),
        Reason::Outside => format!("{lies} outside the visible page"),
        Reason::Clipped => format!("{was} cut off from view"),
        Reason::Tiny => format!("{was} too small to be seen"),
    };
    let first = if first.is_empty() { String::new() } else { format!(", such as `{first}`") };
    format!("{count} {words} {how} and can be copied out{first}: {}", places(spots, ["word", "words"]))
}

fn covered_pictures(parts: usize, spots: &BTreeMap<u32, Spot>) -> String {
    let (parts, are) = if parts == 1 { ("part", "is") } else { ("parts", "are") };
    let places = places(spots, ["part", "parts"]);
    format!(
        "{parts} of a picture {are} only covered, and whoever takes the picture out of the file sees what is there: {places}"
    )
}

fn cut_pictures(count: usize, least: f64) -> String {
    let part = (least * 100.0).round();
    let shows = if part < 1.0 { "nothing".to_owned() } else { format!("{part:.0} %") };
    match count {
        1 => format!("only {shows} of a picture shows, and the rest of it can be taken out of the file"),
        count => format!(
            "{count} pictures show only in part, one of them {shows}, and the rest can be taken out of the file"
        ),
    }
    .replace("only nothing of a picture shows", "nothing of a picture shows")
}

/// Says how many there are on which page, and where the first of each begins.
fn places(spots: &BTreeMap<u32, Spot>, [one, many]: [&str; 2]) -> String {
    let place = |(page, spot): (&u32, &Spot)| {
        let (left, top) = (spot.at.0.max(0.0), spot.at.1.max(0.0));
        let word = if spot.count == 1 { one } else { many };
        format!("{} {word} on page {page}, {left:.0} cm from the left and {top:.0} cm from the top", spot.count)
    };
    let named: Vec<String> = spots.iter().take(PLACES).map(place).collect();
    let rest = spots.len().saturating_sub(PLACES);
    let more = match rest {
        0 => String::new(),
        1 => "; and on 1 more page".to_owned(),
        rest => format!("; and on {rest} more pages"),
    };
    format!("{}{more}", named.join("; "))
}

fn unsaid(pages: &BTreeMap<u32, (usize, String)>) -> String {
    let count: usize = pages.values().map(|(count, _)| count).sum();
    let first = pages.values().next().map_or("", |(_, first)| first);
    let words = if count == 1 { "1 word".to_owned() } else { format!("{count} words") };
    format!(
        "{words} that no page shows can be copied out and read aloud, as text that stands for other text: `{first}`"
    )
}

fn unsaid_bookmarks(bookmarks: &[(String, Option<u32>)]) -> String {
    let titles: Vec<String> =
        bookmarks.iter().take(BOOKMARKS).map(|(title, _)| format!("“{}”", title.replace('`', "'"))).collect();
    let more = bookmarks.len().saturating_sub(BOOKMARKS);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let what = if bookmarks.len() == 1 { "a bookmark says" } else { "bookmarks say" };
    format!("{what} what no page says: {}{more}", titles.join(", "))
}

/// Gives the beginnings of the first words.
fn hint(words: &[String]) -> String {
    let telling: Vec<&String> = words.iter().filter(|word| word.chars().count() > 2).collect();
    let telling = if telling.is_empty() { words.iter().collect() } else { telling };
    telling.into_iter().take(HINTED).map(|word| masked(word)).collect::<Vec<_>>().join(" ")
}

fn masked(word: &str) -> String {
    let shown = match word.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let start = word.chars().take(shown).map_while(|char| match char {
        digit if digit.is_ascii_digit() => Some('#'),
        '\u{FFFD}' => None,
        '`' => Some('\''),
        other => (!other.is_control()).then_some(other),
    });
    start.chain(['…']).collect()
}

/// Gives a host as it can be told: without signs that would disturb the line.
fn plain(host: &str) -> String {
    host.chars().filter(|sign| !sign.is_control() && *sign != '`').take(LONGEST).collect()
}

fn coarse(pictures: &[(u32, Picture)]) -> String {
    let dpi = |picture: &Picture| picture.dpi.floor();
    let worst = pictures.iter().map(|(_, picture)| picture).min_by(|a, b| a.dpi.total_cmp(&b.dpi));
    let Some(worst) = worst else { return String::new() };
    let size = format!("{} by {} cm", centimetres(worst.width), centimetres(worst.height));
    match pictures {
        [_] => format!("a picture of {size} has only {} dots per inch", dpi(worst)),
        many => format!("{} pictures have few dots per inch, the coarsest {} at {size}", many.len(), dpi(worst)),
    }
}

fn personal(kind: Private, count: usize, first: &str) -> String {
    let (one, many) = match kind {
        Private::Address => ("e-mail address at a private provider", "e-mail addresses at private providers"),
        Private::Mobile => ("mobile telephone number", "mobile telephone numbers"),
        Private::Insurance => ("National Insurance number", "National Insurance numbers"),
        Private::Birth => ("date of birth", "dates of birth"),
        Private::Account => ("sort code with an account number", "sort codes with account numbers"),
        Private::Home => ("address where somebody lives", "addresses where somebody lives"),
    };
    let first = match (first, count) {
        ("", _) => String::new(),
        (first, 1) => format!(": `{first}`"),
        (first, _) => format!(", such as `{first}`"),
    };
    format!("it shows {count} {}{first}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{Report, masked};
    use crate::appended::visibility::hidden::Reason;
    use crate::appended::visibility::personal::Private;

    #[test]
    fn masks_words() {
        assert_eq!(["John", "Smith", "of", "07700", "a`bcd"].map(masked), ["J…", "Sm…", "…", "##…", "a'…"]);
    }

    #[test]
    fn gathers_pages() {
        let mut report = Report::default();
        for page in [3, 1] {
            report.hide(page, Reason::Shape, &["Jonathan".to_owned(), "Smith".to_owned()], (2.5, 4.0));
        }
        report.expose(2, Private::Mobile, "07… …23".to_owned());
        let remarks = report.remarks();
        assert_eq!(remarks[0].pages, [1, 3]);
        let expected = "4 words lie under filled shapes and can be copied out, such as `Jo… Sm…`: \
                        2 words on page 1, 2 cm from the left and 4 cm from the top; \
                        2 words on page 3, 2 cm from the left and 4 cm from the top";
        assert_eq!(remarks[0].message, expected);
        assert_eq!(remarks[1].message, "it shows 1 mobile telephone number: `07… …23`");
    }
}
