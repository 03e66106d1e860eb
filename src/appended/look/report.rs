//! Puts what was found on pages into words, without repeating what should not be read.

use std::collections::{BTreeMap, BTreeSet};

use super::hidden::Reason;
use super::personal::Private;
use super::scene::{Picture, centimetres};
use crate::appended::facts::{Remark, Subject};

/// Words that a hint shows the beginnings of.
const HINTED: usize = 2;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Report {
    hidden: BTreeMap<Reason, (usize, String, BTreeSet<u32>)>,
    private: BTreeMap<Private, (BTreeSet<String>, usize, BTreeSet<u32>)>,
    coarse: Vec<(u32, Picture)>,
    scanned: BTreeSet<u32>,
    blank: BTreeSet<u32>,
    cut: BTreeSet<u32>,
}

impl Report {
    /// Notes hidden words of a page.
    pub fn hide(&mut self, page: u32, reason: Reason, words: &[String]) {
        let (count, first, pages) = self.hidden.entry(reason).or_default();
        if *count == 0 {
            *first = hint(words);
        }
        *count += words.len();
        pages.insert(page);
    }

    /// Notes a private matter of a page.
    pub fn expose(&mut self, page: u32, kind: Private, masked: String) {
        let (all, count, pages) = self.private.entry(kind).or_default();
        all.insert(masked);
        *count += 1;
        pages.insert(page);
    }

    /// Notes a picture that is too coarse.
    pub fn blur(&mut self, page: u32, picture: Picture) {
        self.coarse.push((page, picture));
    }

    /// Notes a page that is a picture of its text.
    pub fn scan(&mut self, page: u32) {
        self.scanned.insert(page);
    }

    /// Notes an empty page.
    pub fn empty(&mut self, page: u32) {
        self.blank.insert(page);
    }

    /// Notes a page that could not be followed to its end.
    pub fn give_up(&mut self, page: u32) {
        self.cut.insert(page);
    }

    /// Gives what is to be said.
    pub fn remarks(self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut say = |subject, pages: BTreeSet<u32>, message: String| {
            if !pages.is_empty() {
                remarks.push(Remark { subject, pages: pages.into_iter().collect(), message });
            }
        };
        for (reason, (count, first, pages)) in self.hidden {
            say(Subject::Covered, pages, covered(reason, count, &first));
        }
        let cut = "too complex to be looked into, so that hidden text and private details may have been missed";
        say(Subject::Covered, self.cut, cut.to_owned());
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
        remarks
    }
}

fn covered(reason: Reason, count: usize, first: &str) -> String {
    let (words, lies, has, was) =
        if count == 1 { ("word", "lies", "has", "is") } else { ("words", "lie", "have", "are") };
    let how = match reason {
        Reason::Shape => format!("{lies} under filled shapes"),
        Reason::Picture => format!("{lies} under pictures"),
        Reason::Colour => format!("{has} the colour of what is behind"),
        Reason::Invisible => format!("{was} not painted"),
        Reason::Outside => format!("{lies} outside the visible page"),
        Reason::Clipped => format!("{was} cut off from view"),
        Reason::Tiny => format!("{was} too small to be seen"),
    };
    let first = if first.is_empty() { String::new() } else { format!(", the first `{first}`") };
    format!("{count} {words} {how} and can be copied out{first}")
}

/// Gives the beginnings of the first words.
fn hint(words: &[String]) -> String {
    words.iter().take(HINTED).map(|word| masked(word)).collect::<Vec<_>>().join(" ")
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
    use crate::appended::look::hidden::Reason;
    use crate::appended::look::personal::Private;

    #[test]
    fn masks_words() {
        assert_eq!(["John", "Smith", "of", "07700", "a`bcd"].map(masked), ["J…", "Sm…", "…", "##…", "a'…"]);
    }

    #[test]
    fn gathers_pages() {
        let mut report = Report::default();
        for page in [3, 1] {
            report.hide(page, Reason::Shape, &["Jonathan".to_owned(), "Smith".to_owned()]);
        }
        report.expose(2, Private::Mobile, "07… …23".to_owned());
        let remarks = report.remarks();
        assert_eq!(remarks[0].pages, [1, 3]);
        assert_eq!(remarks[0].message, "4 words lie under filled shapes and can be copied out, the first `Jo… Sm…`");
        assert_eq!(remarks[1].message, "it shows 1 mobile telephone number: `07… …23`");
    }
}
