//! Runs of capitalised words, as names of bodies, posts and things are.

use std::ops::Range;

use crate::check::passages::Passage;
use crate::check::wording::words::{Word, gap, lower, words};

/// Small words inside names, which do not count.
pub(super) const SMALL: [&str; 6] = ["and", "of", "for", "the", "on", "to"];

/// A run of capitalised words.
pub(super) struct Run {
    /// Its words that count, in small letters.
    pub(super) tokens: Vec<String>,
    /// Where each of them stands.
    pub(super) places: Vec<Range<usize>>,
    /// The number behind the last token, and where it ends.
    pub(super) number: Option<(String, usize)>,
}

impl Run {
    /// Takes the possessive from the last word: `the Board's view` is about the Board.
    fn without_owner(&mut self, text: &str) {
        let (Some(token), Some(place)) = (self.tokens.last_mut(), self.places.last_mut()) else { return };
        let Some(owner) = token.strip_suffix("'s").map(str::to_owned) else { return };
        let written = &text[place.clone()];
        place.end -= written.len() - written.trim_end_matches(['s', '\'', '’']).len();
        *token = owner;
    }
}

/// The runs of capitalised words of a passage.
pub(super) type Runs<'r> = (&'r Passage, Vec<Run>);

/// Gives the runs of capitalised words, with the small words between them: `Board of Health and Care (2)`.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let all = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if all[at].is_capital() {
            let (run, end) = run_at(text, &all, at);
            found.push(run);
            at = end;
        }
        at += 1;
    }
    found
}

/// Reads the run that begins at a word; gives it with the index of its last word.
fn run_at(text: &str, all: &[Word], at: usize) -> (Run, usize) {
    let mut run = Run { tokens: Vec::new(), places: Vec::new(), number: None };
    let mut end = at;
    loop {
        let token = lower(all[end].text);
        if !SMALL.contains(&token.as_str()) {
            run.tokens.push(token);
            run.places.push(all[end].range());
        }
        let Some(next) = next_of_run(text, all, end) else { break };
        end = next;
    }
    let behind = all.get(end + 1).filter(|word| is_number(word.text) && matches!(gap(text, all, end), "(" | ""));
    run.number = behind.map(|word| {
        let closed = text[word.end()..].starts_with(')') && gap(text, all, end) == "(";
        (word.text.to_owned(), word.end() + usize::from(closed))
    });
    if run.number.is_none() {
        run.without_owner(text);
    }
    (run, end)
}

/// Gives the next capitalised word of a run, behind small words.
fn next_of_run(text: &str, all: &[Word], end: usize) -> Option<usize> {
    let small = |word: &Word| SMALL[..4].contains(&word.text);
    let mut next = end + 1;
    // `the Board and the Panel` are two names.
    let two = |at: usize| at > end + 1 && all[at - 1].text == "and";
    while next < all.len() && small(&all[next]) && !two(next) && matches!(gap(text, all, next - 1), "" | "&") {
        next += 1;
    }
    (next < all.len() && all[next].is_capital() && matches!(gap(text, all, next - 1), "" | "&")).then_some(next)
}

/// Tells whether a word is the number of a body.
pub(super) fn is_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}
