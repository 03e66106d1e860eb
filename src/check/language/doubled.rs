//! Words and punctuation that stand twice, and spaces before punctuation.

use std::ops::Range;

/// Words that may well stand twice: "what he had had", "he said that that was so".
const MAY_REPEAT: [&str; 6] = ["had", "that", "very", "no", "so", "hear"];
/// Small words that begin with a capital twice only by mistake; other names may be double, such as "Wagga Wagga".
const NO_NAMES: [&str; 16] =
    ["the", "of", "and", "to", "in", "an", "for", "on", "is", "be", "by", "with", "at", "it", "this", "we"];

/// Finds words that stand twice, with the second of them in the range.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut last: Option<Range<usize>> = None;
    for (start, chunk) in text.split_inclusive(char::is_whitespace).scan(0, |at, part| {
        let start = *at;
        *at += part.len();
        Some((start, part.trim_end()))
    }) {
        if chunk.is_empty() {
            continue;
        }
        let word = chunk.trim_end_matches(|char: char| !char.is_alphanumeric());
        if let Some(before) = last.take()
            && repeats(&text[before.clone()], word)
        {
            found.push(before.start..start + word.len());
        }
        let solid = chunk.chars().all(char::is_alphabetic);
        last = solid.then_some(start..start + chunk.len());
    }
    found
}

fn repeats(first: &str, second: &str) -> bool {
    let same =
        first.eq_ignore_ascii_case(second) || (!first.is_ascii() && first.to_lowercase() == second.to_lowercase());
    let lower = if same { first.to_lowercase() } else { String::new() };
    if !same || MAY_REPEAT.contains(&lower.as_str()) {
        return false;
    }
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    !(capital(first) && capital(second)) || NO_NAMES.contains(&lower.as_str())
}

/// What is wrong with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It stands twice, or beside another one.
    Twice,
    /// A space stands before it.
    Space,
}

/// Finds marks that stand twice or behind a space.
pub(super) fn marks(text: &str) -> Vec<(Range<usize>, Fault)> {
    let mut found = Vec::new();
    let near = |two: &[u8]| is_mark(two[1].into()) && (two[0] == b' ' || is_mark(two[0].into()));
    let spaced = |two: &[u8]| two[0] == b' ' && matches!(two[1], b'?' | b'!');
    if !text.as_bytes().windows(2).any(|two| near(two) || spaced(two)) {
        return found;
    }
    let all: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| all.get(index).map(|(_, char)| *char);
    let mut index = 0;
    while let Some((start, char)) = all.get(index).copied() {
        let run = all[index..].iter().take_while(|(_, other)| is_mark(*other)).count();
        if run > 0 {
            let end = all.get(index + run).map_or(text.len(), |(end, _)| *end);
            if is_doubled(&text[start..end]) && !is_inside(index.checked_sub(1).and_then(at), at(index + run)) {
                found.push((start..end, Fault::Twice));
            }
            index += run;
        } else if char == ' ' && index > 0 {
            let spaced = at(index + 1).is_some_and(|mark| matches!(mark, ',' | '.' | ';' | ':' | '?' | '!'));
            let alone = at(index + 2).is_none_or(|after| after == ' ');
            let ratio = at(index - 1).is_some_and(char::is_numeric) && at(index + 3).is_some_and(char::is_numeric);
            if spaced && alone && !ratio && at(index - 1).is_some_and(|before| before != ' ') {
                let end = all.get(index + 2).map_or(text.len(), |(end, _)| *end);
                found.push((start..end, Fault::Space));
                index += 1;
            }
            index += 1;
        } else {
            index += 1;
        }
    }
    found
}

fn is_mark(char: char) -> bool {
    matches!(char, ',' | '.' | ';' | ':')
}

/// Tells whether a run of marks is one too many. Three stops and more are dots; "etc.," and "e.g.:" are right.
fn is_doubled(run: &str) -> bool {
    let stops = run.bytes().filter(|byte| *byte == b'.').count();
    run.len() > 1 && !(stops >= 3 && stops == run.len()) && !(run.len() == 2 && run.starts_with('.') && run != "..")
}

/// Tells whether marks stand inside a path or a program's text: `a::b`, `../x`.
fn is_inside(before: Option<char>, after: Option<char>) -> bool {
    let code = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || matches!(char, '/' | '\\' | '-'));
    after == Some('/') || (code(before) && code(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|range| &text[range]).collect()
    }

    fn faults(text: &str) -> Vec<&str> {
        marks(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn words_that_stand_twice_are_found() {
        assert_eq!(twice("To note the the report, and and to"), ["the the", "and and"]);
        assert_eq!(twice("The the Board. of of, a\na"), ["The the", "of of", "a\na"]);
        assert_eq!(twice("set out in in."), ["in in"]);
    }

    #[test]
    fn words_that_may_stand_twice_are_not() {
        for text in
            ["He had had it", "Wagga Wagga", "the. The", "see it, it is", "10 10", "A A", "co-op op", "(the) the"]
        {
            assert!(twice(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn marks_that_stand_twice_or_behind_a_space_are_found() {
        assert_eq!(faults("one,, two.. Three ;; four,. five;, six"), [",,", "..", ";;", ",.", ";,"]);
        assert_eq!(faults("one , two . Three"), [" ,", " ."]);
        assert_eq!(marks("one ,")[0], (3..5, Fault::Space));
    }

    #[test]
    fn marks_that_are_right_are_not() {
        for text in
            ["etc., and e.g.: so", "Name: ......", "wait ... and", "1 : 2", "../a a::b", ".yaml and .5", "a .md", "…."]
        {
            assert!(faults(text).is_empty(), "{text}: {:?}", faults(text));
        }
    }
}
