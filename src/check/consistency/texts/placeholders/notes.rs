//! What stands in brackets to be filled in, and notes to oneself there.

use super::{Left, TO_FILL};
use crate::check::wording::words::{Word, is_among, words};

/// The brackets that are looked into.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];

/// From how long on what stands in brackets is a text of its own.
const LONGEST: usize = 60;

/// How long a note may be that begins in capitals.
const LONGEST_SHOUTED: usize = 240;

/// From how many words in capitals on square brackets hold a note to somebody: what is added to a quotation has fewer.
const SHOUTED: usize = 3;

/// What somebody who writes a paper is to do about it.
const VERBS: &str = "check confirm add update complete insert amend provide advise supply verify chase draft";

/// What only a writer does, who says no more.
const WRITING: &str = "check confirm verify chase insert add amend draft update";

/// What a writer does with a figure or a name.
const CHECKING: &str = "check confirm verify chase insert add";

/// Who acts in their own right: `(Council to confirm)` may be an action that the text gives.
const BODIES: &str = "Council Cabinet Committee Board Members Officers Panel Leader Chair Director Scrutiny Group Team";

/// Finds placeholders and notes in brackets.
pub(super) fn in_brackets(text: &str) -> Vec<Left> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices() {
        let Some((_, closing)) = BRACKETS.iter().find(|(opening, _)| *opening == sign) else { continue };
        let start = at + sign.len_utf8();
        let Some(length) = text[start..].find(*closing).filter(|length| *length <= LONGEST_SHOUTED) else { continue };
        let inside = text[start..start + length].trim();
        let shouted = sign == '[' && is_shouted(inside);
        if let Some(is_sure) = shouted.then_some(true).or_else(|| judge(sign, inside).filter(|_| length <= LONGEST)) {
            found.push(Left { range: at..start + length + closing.len_utf8(), is_sure });
        }
    }
    found
}

/// Tells whether words begin in capitals, as notes of writers to each other do: `LEGAL TO CONFIRM before it goes out`.
fn is_shouted(inside: &str) -> bool {
    let loud = |word: &Word| word.text.len() > 1 && word.text.chars().all(char::is_uppercase);
    words(inside).iter().take_while(|word| loud(word)).count() >= SHOUTED
}

/// Tells whether what stands in brackets was left behind, and whether that is sure.
fn judge(sign: char, inside: &str) -> Option<bool> {
    let small = inside.to_lowercase();
    let first = small.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    // `[name redacted]` is left out on purpose.
    let hidden = ["redacted", "withheld", "removed", "omitted", "supplied"].iter().any(|word| small.ends_with(word));
    if hidden || small.is_empty() {
        return None;
    }
    let blank = small.chars().all(|sign| matches!(sign, '_' | '?' | '•' | ' '));
    let fill =
        is_among(TO_FILL, first) && !(sign == '(' && matches!(first, "name" | "date" | "number" | "amount" | "title"));
    let all = words(inside);
    let filled = match sign {
        '[' => blank || fill || small.starts_with("to be "),
        '{' => fill,
        '«' => all.len() == 1,
        _ => small == "?" || small == "??" || matches!(first, "insert" | "placeholder"),
    };
    if filled {
        return Some(true);
    }
    if let Some(is_sure) = note(&all) {
        return Some(is_sure);
    }
    if sign != '(' {
        return None;
    }
    match to_be(&all)? {
        "added" | "inserted" | "checked" | "drafted" | "supplied" => Some(true),
        "confirmed" | "completed" | "updated" | "provided" | "determined" | "advised" => Some(false),
        _ => None,
    }
}

/// Tells whether words are a note on who is to see to it, and whether that is sure: `Paula to check`, `PC to confirm
/// figure`, `check with Paula`; `NHS to provide funds` may be what the text is about.
fn note(all: &[Word]) -> Option<bool> {
    if let [first, with, name, ..] = all
        && first.text.eq_ignore_ascii_case("check")
        && with.text == "with"
        && name.is_capital()
    {
        return Some(true);
    }
    let to = all.iter().position(|word| word.text == "to")?;
    let (who, behind) = (&all[..to], &all[to + 1..]);
    let body = who.iter().any(|word| is_among(BODIES, word.text));
    let named = (1..=2).contains(&who.len()) && who[0].is_capital() && !body;
    let verb = behind.first().filter(|word| named && behind.len() <= 4 && is_among(VERBS, word.text))?;
    let writing = if behind.len() == 1 { WRITING } else { CHECKING };
    Some(is_among(writing, verb.text))
}

/// Gives what is to be done at the end of words: `figures to be added`.
fn to_be<'t>(all: &[Word<'t>]) -> Option<&'t str> {
    match all {
        [.., to, be, last] if to.text == "to" && be.text == "be" && all.len() <= 5 => Some(last.text),
        _ => None,
    }
}
