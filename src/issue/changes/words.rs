//! The words of a document one after the other, each with its page, wherever lines and pages end.

use std::borrow::Cow;

use crate::record::Page;

/// Punctuation that is a word of its own in front of or behind a word.
const PUNCTUATION: &str = ".,;:!?…\"'“”‘’«»()[]{}–—•·|*";
/// Lines that a page may repeat at its top, such as the head of a table.
const REPEATED_LINES: usize = 12;

/// A word, number, sum of money or mark of punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As printed.
    pub(super) text: String,
    /// Index of its page.
    pub(super) page: usize,
    /// Whether a space stands before it.
    pub(super) spaced: bool,
    /// Whether a line ended inside it, so that its hyphen may be none of its own.
    pub(super) broken: bool,
    /// Whether it is a number after the word "page".
    pub(super) reference: bool,
}

impl Word {
    /// Gives what words are compared by: hyphens at the ends of lines and the pages that are referred to
    /// make no difference.
    pub(super) fn key(&self) -> Cow<'_, str> {
        if self.reference {
            return Cow::Borrowed("\u{0}page");
        }
        if !self.text.contains(is_hyphen) {
            return Cow::Borrowed(&self.text);
        }
        let mut key = String::with_capacity(self.text.len());
        let mut letters = self.text.chars().peekable();
        let mut last = ' ';
        while let Some(letter) = letters.next() {
            let inside = last.is_alphabetic() && letters.peek().is_some_and(|next| next.is_alphabetic());
            if !is_hyphen(letter) || !inside {
                key.push(letter);
            }
            last = letter;
        }
        Cow::Owned(key)
    }

    /// Tells whether a word of the same key is another word all the same.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.text != other.text && !self.broken && !other.broken && !self.reference
    }

    /// Tells whether it counts as a word rather than as punctuation.
    pub(super) fn counts(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}')
}

/// Gives the words of a document. `heads` leaves out the lines at the top of a page that repeat lines of the
/// page before.
pub(super) fn words(pages: &[Page], heads: &[usize]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut broken = false;
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| !page.blank) {
        for line in lines(page).skip(heads.get(index).copied().unwrap_or(0)) {
            for (place, chunk) in line.split_whitespace().enumerate() {
                let continues = place == 0 && broken && chunk.starts_with(char::is_lowercase);
                if continues && let Some(last) = words.last_mut() {
                    let (core, rest) = chunk.split_at(chunk.trim_end_matches(is_punctuation).len());
                    last.text.push_str(core);
                    last.broken = true;
                    marks(rest, index, &mut words);
                } else {
                    split(chunk, index, &mut words);
                }
                broken = false;
            }
            broken = line.trim_end().ends_with(|letter| is_hyphen(letter) || letter == '\u{ad}')
                && words
                    .last()
                    .is_some_and(|word| word.text.trim_end_matches(is_hyphen).ends_with(char::is_alphabetic));
        }
    }
    for word in &mut words {
        word.text.retain(|letter| letter != '\u{ad}' && !letter.is_control());
    }
    words.retain(|word| !word.text.is_empty());
    find_references(&mut words);
    words
}

/// Gives the lines of a page that are not empty.
fn lines(page: &Page) -> impl Iterator<Item = &str> {
    page.text.lines().filter(|line| !line.trim().is_empty())
}

fn is_punctuation(letter: char) -> bool {
    PUNCTUATION.contains(letter)
}

/// Splits what stands between two spaces into words and punctuation; sums, dates and numbers stay whole.
fn split(chunk: &str, page: usize, words: &mut Vec<Word>) {
    let from = words.len();
    for (at, part) in chunk.split('—').enumerate() {
        if at > 0 {
            marks("—", page, words);
        }
        let core = part.trim_start_matches(is_punctuation);
        marks(&part[..part.len() - core.len()], page, words);
        let end = core.trim_end_matches(is_punctuation).len();
        let (core, rest) = core.split_at(end);
        if !core.is_empty() {
            words.push(glued(core, page));
        }
        marks(rest, page, words);
    }
    if let Some(first) = words.get_mut(from) {
        first.spaced = true;
    }
}

fn marks(marks: &str, page: usize, words: &mut Vec<Word>) {
    words.extend(marks.char_indices().map(|(at, mark)| glued(&marks[at..at + mark.len_utf8()], page)));
}

fn glued(text: &str, page: usize) -> Word {
    Word { text: text.to_owned(), page, spaced: false, broken: false, reference: false }
}

/// Marks the numbers in "page 7", "Pages 7 - 36" and "pp. 7 to 9": they follow the pages of the pack.
fn find_references(words: &mut [Word]) {
    // Whether a number at this place would be a page: after "page", after a range's first page, after its dash.
    let (mut after_page, mut after_number) = (false, false);
    for word in words {
        let number = word.text.strip_suffix(|letter: char| letter.is_ascii_uppercase()).unwrap_or(&word.text);
        let is_range = word.text.split_once(['-', '–']).is_some_and(|(first, last)| digits(first) && digits(last));
        if after_page && (digits(number) || is_range) {
            word.reference = true;
            (after_page, after_number) = (false, true);
        } else if after_number && matches!(word.text.as_str(), "-" | "–" | "to" | "and") {
            (after_page, after_number) = (true, false);
        } else if word.text == "." && after_page {
            // "p. 7"
        } else {
            after_page = ["page", "pages", "p", "pp"].iter().any(|name| word.text.eq_ignore_ascii_case(name));
            after_number = false;
        }
    }
}

fn digits(text: &str) -> bool {
    (1..6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Gives for each page how many lines at its top repeat lines of the page before.
///
/// A table that goes on over a page repeats its head. Where the page ends is no change, so neither is where
/// the head stands.
pub(super) fn repeated_heads(pages: &[Page]) -> Vec<usize> {
    let mut heads = vec![0; pages.len()];
    let mut before: Vec<&str> = Vec::new();
    for (head, page) in heads.iter_mut().zip(pages).filter(|(_, page)| !page.blank) {
        let here: Vec<&str> = lines(page).collect();
        let repeats = |from: usize| {
            let same = before[from..].iter().zip(&here).take(REPEATED_LINES).take_while(|(a, b)| a == b);
            same.count()
        };
        let most = (0..before.len()).map(repeats).max().unwrap_or(0);
        if most < here.len() {
            *head = most;
        }
        before = here;
    }
    heads
}

/// Gives words as text, each behind the space that it has.
pub(super) fn text(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if word.spaced {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        Page { number: "1".into(), text: text.into(), ..Page::default() }
    }

    fn texts(pages: &[&str]) -> Vec<String> {
        let pages: Vec<Page> = pages.iter().map(|text| page(text)).collect();
        words(&pages, &[]).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn sums_dates_and_numbers_are_whole_and_punctuation_is_apart() {
        assert_eq!(
            texts(&["It cost £1,250.50 (see 1.10), 3.5% up—in 2026-27."]),
            ["It", "cost", "£1,250.50", "(", "see", "1.10", ")", ",", "3.5%", "up", "—", "in", "2026-27", "."]
        );
        assert_eq!(text(&words(&[page("It  cost\n£5 (five).")], &[])).trim(), "It cost £5 (five).");
    }

    #[test]
    fn words_broken_at_the_end_of_a_line_or_page_are_one() {
        let broken = words(&[page("the inter-"), page("national long-term, well-\nknown plan")], &[]);
        let keys: Vec<_> = broken.iter().map(Word::key).collect();
        assert_eq!(keys, ["the", "international", "longterm", ",", "wellknown", "plan"]);
        assert_eq!(broken[1].page, 0);
        let whole = words(&[page("long-term longterm")], &[]);
        assert!(whole[0].differs(&whole[1]), "a hyphen within a line is one");
    }

    #[test]
    fn pages_that_are_referred_to_are_known() {
        let found: Vec<String> = words(&[page("see page 7, Pages 7 - 36 and pp. 3–4; 12 pages in 2026")], &[])
            .into_iter()
            .filter(|word| word.reference)
            .map(|word| word.text)
            .collect();
        assert_eq!(found, ["7", "7", "36", "3–4"]);
    }

    #[test]
    fn heads_of_tables_are_found_again() {
        let pages = [page("Plan\n\nNo.\nAction\n1\nDo"), page("No.\nAction\n2\nAct"), page("No.\nAction\n3\nEnd")];
        assert_eq!(repeated_heads(&pages), [0, 2, 2]);
    }
}
