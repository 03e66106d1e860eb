//! The language of words by their script, so that they are read aloud in it (WCAG 2.2, 3.1.2).
//!
//! A script that several languages share stands for the one that most readers of councils' papers mean by it; where
//! that is wrong, `{lang=..}` before the paragraph says better. Latin letters say nothing.

use super::literal::{bare_string, comment, string};
use crate::finding::Place;

/// The languages of scripts: first and last character, and the language's tag.
const SCRIPTS: [(char, char, &str); 19] = [
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{400}', '\u{52f}', "ru"),
    ('\u{530}', '\u{58f}', "hy"),
    ('\u{590}', '\u{5ff}', "he"),
    ('\u{600}', '\u{6ff}', "ar"),
    ('\u{900}', '\u{97f}', "hi"),
    ('\u{980}', '\u{9ff}', "bn"),
    ('\u{a00}', '\u{a7f}', "pa"),
    ('\u{a80}', '\u{aff}', "gu"),
    ('\u{b80}', '\u{bff}', "ta"),
    ('\u{c00}', '\u{c7f}', "te"),
    ('\u{d80}', '\u{dff}', "si"),
    ('\u{e00}', '\u{e7f}', "th"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{1200}', '\u{137f}', "am"),
    ('\u{3040}', '\u{30ff}', "ja"),
    ('\u{3400}', '\u{9fff}', "zh"),
    ('\u{ac00}', '\u{d7af}', "ko"),
    ('\u{1f00}', '\u{1fff}', "el"),
];

/// Letters that only one of the languages of the Arabic or Cyrillic script has.
const LETTERS: [(&str, &str); 3] = [("ٹڈڑںےھہ", "ur"), ("پچژگ", "fa"), ("іїєґ", "uk")];

/// Symbols and single letters of formulas are no language.
const LEAST: usize = 3;

/// Writes words in content, those in another script as of the language that is mostly written in it.
pub(super) fn words(text: &str, place: Place, code: &mut String) {
    for (language, part) in parts(text) {
        if let Some(language) = language {
            in_language(language, code);
        }
        // The comment comes first: nothing may part the sign from the literal.
        comment(place, code);
        code.push('#');
        bare_string(part, code);
        if language.is_some() {
            code.push(']');
        }
    }
}

/// Begins words of a language.
fn in_language(tag: &str, code: &mut String) {
    code.push_str("#in-language(");
    string(tag, Place::default(), code);
    code.push_str(")[");
}

/// Parts words where the script changes: each part with its language, or none where it is the council's.
fn parts(text: &str) -> Vec<(Option<&'static str>, &str)> {
    if text.is_ascii() || !text.chars().any(|letter| script(letter).is_some()) {
        return vec![(None, text)];
    }
    let mut parts: Vec<(Option<&'static str>, usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let own = script(letter);
        match parts.last_mut() {
            // What stands between the words of a language belongs to it.
            Some(last) if last.0 == own || (own.is_none() && !letter.is_alphabetic() && last.0.is_some()) => {
                last.2 = end;
            }
            _ => parts.push((own, at, end)),
        }
    }
    let language = |(own, start, end): (Option<&'static str>, usize, usize)| {
        let words = &text[start..end];
        let enough = words.chars().filter(|letter| script(*letter).is_some()).count() >= LEAST;
        (own.filter(|_| enough).map(|own| nearer(own, words)), words)
    };
    parts.into_iter().map(language).collect()
}

fn script(letter: char) -> Option<&'static str> {
    let found = SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&letter));
    found.filter(|_| letter.is_alphabetic()).map(|(_, _, language)| *language)
}

fn nearer(script: &'static str, words: &str) -> &'static str {
    let has = |letters: &str| words.chars().any(|letter| letters.contains(letter));
    let of_script = |language: &str| match script {
        "ar" => language != "uk",
        "ru" => language == "uk",
        _ => false,
    };
    LETTERS.iter().find(|(letters, language)| of_script(language) && has(letters)).map_or(script, |(_, found)| *found)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn words_in_other_scripts_are_told_apart_with_what_stands_between_them() {
        assert_eq!(parts("Zoë’s report – 9 %"), [(None, "Zoë’s report – 9 %")]);
        assert_eq!(parts("a β test"), [(None, "a "), (None, "β "), (None, "test")], "a letter of a formula");
        assert_eq!(parts("Say: ਜੇ ਤੁਹਾਨੂੰ ਇਹ, then."), [(None, "Say: "), (Some("pa"), "ਜੇ ਤੁਹਾਨੂੰ ਇਹ, "), (None, "then.")]);
    }

    #[test]
    fn letters_tell_languages_of_one_script_apart() {
        let language = |text: &'static str| parts(text)[0].0;
        assert_eq!(language("اگر آپ کو یہ معلومات"), Some("ur"));
        assert_eq!(language("إذا كنتم ترغبون"), Some("ar"));
        assert_eq!(language("Якщо вам потрібна"), Some("uk"));
        assert_eq!(language("Если вам нужна"), Some("ru"));
    }
}
