//! Names with their abbreviations: `Local Government Association (LGA)` and `LGA` are one.

use std::collections::BTreeMap;

use crate::check::passages::Passage;
use crate::check::wording::words::{Word, lower};

/// Words that give no letter to an abbreviation.
const SMALL: [&str; 7] = ["of", "the", "and", "for", "in", "on", "to"];

/// The abbreviations that texts explain, by the words that they stand for.
#[derive(Default)]
pub(super) struct Shortened(BTreeMap<Vec<String>, String>);

impl Shortened {
    /// Gathers them from passages.
    pub(super) fn of<'p>(passages: impl Iterator<Item = &'p Passage>) -> Self {
        let mut all = BTreeMap::new();
        for passage in passages.filter(|passage| passage.words.contains('(')) {
            let words = crate::check::wording::words::words(&passage.words);
            for at in 0..words.len() {
                if let Some(from) = explained(&passage.words, &words, at) {
                    let long = words[from..at].iter().map(|word| lower(word.text)).collect();
                    all.insert(long, lower(words[at].text));
                }
            }
        }
        Self(all)
    }

    /// Gives the words of a passage in small letters, with the abbreviation in the place of the last of those that it
    /// stands for, and nothing for the others.
    pub(super) fn put_for(&self, words: &[Word]) -> Vec<Option<String>> {
        let mut put: Vec<Option<String>> = words.iter().map(|word| Some(lower(word.text))).collect();
        for (long, short) in &self.0 {
            for from in 0..(words.len() + 1).saturating_sub(long.len()) {
                let here = from..from + long.len();
                if put[here.clone()].iter().map(Option::as_deref).eq(long.iter().map(|word| Some(word.as_str()))) {
                    put[here.clone()].fill(None);
                    let told = put.get(here.end).is_some_and(|next| next.as_ref() == Some(short));
                    if let Some(last) = put.get_mut(here.end - 1).filter(|_| !told) {
                        *last = Some(short.clone());
                    }
                }
            }
        }
        put
    }
}

/// Gives the index of the first of the words that an abbreviation in brackets stands for.
fn explained(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let word = words[at];
    let capitals = (2..=6).contains(&word.text.len()) && word.text.bytes().all(|byte| byte.is_ascii_uppercase());
    let bracketed = text[..word.at].ends_with('(') && text[word.end()..].starts_with(')');
    if !(capitals && bracketed) {
        return None;
    }
    let mut letters = word.text.chars().rev().peekable();
    let mut from = at;
    while letters.peek().is_some() {
        from = from.checked_sub(1)?;
        if SMALL.contains(&words[from].text) {
            continue;
        }
        words[from].text.starts_with(letters.next()?).then_some(())?;
    }
    Some(from)
}
