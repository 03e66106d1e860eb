//! What is looked for: the form of a secret, and when a text says it.

use std::ops::Range;

use super::form::{Form, Gap, Sign};
use super::letters::is_unspaced;

/// Letters from which on a word is found within others.
const WITHIN_WORDS: usize = 12;
/// The same, where words are run together.
const WITHIN_ADDRESSES: usize = 8;
/// Letters of a word from which on it is found when a space or another sign stands in it.
const SPLIT: usize = 8;
/// The same, where a line ends in it.
const BROKEN: usize = 6;
/// Letters of a word from which on its plural counts.
const PLURAL: usize = 6;
/// Letters and digits from which on an amount is found without the sign of its currency.
const AMOUNT: usize = 5;
/// Digits from which on a figure is found when spaces stand between its thousands.
const SPACED_FIGURE: usize = 5;
/// Letters of a word from which on a full stop and a space behind it end a sentence.
const SENTENCE: usize = 4;

/// The form of a secret.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    letters: Vec<Letter>,
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    sign: char,
    /// What stands before it in the secret.
    gap: Gap,
    /// Letters of its word.
    word: usize,
}

impl Wanted {
    pub(super) fn of(words: &str) -> Self {
        let mut signs = Form::of(words).signs;
        let amount = signs.first().is_some_and(|sign| is_currency(sign.letter));
        if amount && signs.len() > AMOUNT {
            signs.remove(0);
        }
        let mut letters: Vec<Letter> = Vec::new();
        // A joint in the secret may be left out, or be a space.
        let begins = |sign: &Sign| sign.gap != Gap::Nothing;
        let mut rest = &signs[..];
        while let Some(first) = rest.first() {
            let word = 1 + rest[1..].iter().take_while(|sign| !begins(sign)).count();
            letters.push(Letter { sign: first.letter, gap: first.gap, word });
            letters.extend(rest[1..word].iter().map(|sign| Letter { sign: sign.letter, gap: Gap::Nothing, word }));
            rest = &rest[word..];
        }
        Self { letters }
    }

    /// Gives how much there is of it: one of a script without spaces counts as two.
    pub(super) fn length(&self) -> usize {
        self.letters.iter().map(|letter| 1 + usize::from(is_unspaced(letter.sign))).sum()
    }

    /// Gives the bytes of the first words of a text that say it.
    pub(super) fn find(&self, text: &Form) -> Option<Range<usize>> {
        let signs = &text.signs;
        let first = self.letters.first()?;
        let last_start = signs.len().checked_sub(self.letters.len())?;
        let says =
            |at: &usize| signs[*at].letter == first.sign && self.is_at(signs, *at) && self.stands_alone(signs, *at);
        let at = (0..=last_start).find(says)?;
        let currency = at.checked_sub(1).map(|before| signs[before]).filter(|before| is_currency(before.letter));
        let start = currency.filter(|_| first.sign.is_numeric()).map_or(signs[at].start, |sign| sign.start);
        Some(start..signs[at + self.letters.len() - 1].end)
    }

    fn is_at(&self, signs: &[Sign], at: usize) -> bool {
        let here = &signs[at..at + self.letters.len()];
        if self.letters.iter().zip(here).any(|(wanted, sign)| wanted.sign != sign.letter) {
            return false;
        }
        (1..self.letters.len()).all(|index| self.fits(here, index))
    }

    /// Tells whether what stands before a letter in the text may stand there in the secret.
    fn fits(&self, here: &[Sign], index: usize) -> bool {
        let (wanted, gap) = (self.letters[index], here[index].gap);
        if wanted.gap != Gap::Nothing {
            let sentence = self.letters[index - 1].word >= SENTENCE;
            return gap != Gap::Stop || !sentence || matches!(wanted.gap, Gap::Stop | Gap::Other);
        }
        let before = here[index - 1].letter;
        let figures = wanted.sign.is_numeric() && before.is_numeric();
        if is_mark(wanted.sign) || is_mark(before) {
            return matches!(gap, Gap::Nothing | Gap::Space | Gap::Line);
        }
        match gap {
            Gap::Nothing => true,
            Gap::Joint => !figures || wanted.word >= SPACED_FIGURE,
            Gap::Line if wanted.word >= BROKEN => true,
            Gap::Space if figures => wanted.word >= SPACED_FIGURE,
            Gap::Line | Gap::Space | Gap::Sign => wanted.word >= SPLIT || self.is_spaced_out(here, index),
            Gap::Stop | Gap::Other => false,
        }
    }

    /// Tells whether all letters of the word around a letter stand apart.
    fn is_spaced_out(&self, here: &[Sign], index: usize) -> bool {
        let starts = |at: &usize| self.letters[*at].gap != Gap::Nothing;
        let start = (1..=index).rev().find(starts).unwrap_or(0);
        let end = start + self.letters[index].word;
        end - start >= 3 && here[start + 1..end].iter().all(|sign| matches!(sign.gap, Gap::Space | Gap::Sign))
    }

    /// Tells whether it is no part of other words or of another figure.
    fn stands_alone(&self, signs: &[Sign], at: usize) -> bool {
        let end = at + self.letters.len();
        if is_within_figure(signs, at) || is_within_figure(signs, end) {
            return false;
        }
        let within = if signs[at].is_in_address { WITHIN_ADDRESSES } else { WITHIN_WORDS };
        let runs_together = signs[at + 1..end].iter().all(|sign| sign.gap == Gap::Nothing);
        let letters = |letters: &[Letter]| letters.iter().filter(|letter| letter.sign.is_alphabetic()).count();
        // Long words may be parts of others, and so may several that are run together.
        let is_long = |word: &[Letter]| letters(if runs_together { &self.letters } else { word }) >= within;
        let (first, last) = (self.letters[0], self.letters[self.letters.len() - 1]);
        let begins = is_long(&self.letters[..first.word]) || self.is_free(signs, at);
        let plural = || {
            let s = signs.get(end).is_some_and(|sign| sign.letter == 's' && sign.gap == Gap::Nothing);
            s && last.word >= PLURAL && last.sign.is_alphabetic() && self.is_free(signs, end + 1)
        };
        let ends = is_long(&self.letters[self.letters.len() - last.word..]) || self.is_free(signs, end) || plural();
        begins && ends && !self.goes_on(signs, at)
    }

    /// Tells whether a word may begin or end before a sign.
    fn is_free(&self, signs: &[Sign], at: usize) -> bool {
        let Some(sign) = signs.get(at).filter(|_| at > 0) else { return true };
        let (before, length) = (signs[at - 1], self.length());
        let figure = before.letter.is_numeric();
        sign.gap != Gap::Nothing
            || (sign.is_hump && length >= SPLIT)
            || [sign.letter, before.letter].into_iter().any(|letter| is_unspaced(letter) || is_mark(letter))
            || (figure != sign.letter.is_numeric() && length > 3 + usize::from(figure))
    }

    /// Tells whether a short word that is spaced out is only a part of another one.
    fn goes_on(&self, signs: &[Sign], at: usize) -> bool {
        let end = at + self.letters.len();
        let is_spaced_out = signs[at + 1..end].iter().all(|sign| sign.gap == Gap::Space);
        if self.letters.len() >= BROKEN || self.letters.len() < 2 || !is_spaced_out {
            return false;
        }
        let apart = |at: usize| signs.get(at).is_none_or(|sign| sign.gap != Gap::Nothing);
        let before = at > 0 && signs[at].gap == Gap::Space && (at == 1 || apart(at - 1));
        before || (signs.get(end).is_some_and(|sign| sign.gap == Gap::Space) && apart(end + 1))
    }
}

/// Tells whether a figure goes on through a place.
fn is_within_figure(signs: &[Sign], at: usize) -> bool {
    let Some((before, after)) = at.checked_sub(1).and_then(|before| Some((signs[before], signs.get(at)?))) else {
        return false;
    };
    let part = |sign: &Sign| sign.letter.is_numeric() || sign.letter == '.';
    after.gap == Gap::Nothing && part(&before) && part(after)
}

fn is_mark(letter: char) -> bool {
    is_currency(letter) || letter == '%'
}

fn is_currency(letter: char) -> bool {
    matches!(letter, '£' | '€' | '$')
}
