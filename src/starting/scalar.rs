//! Words as YAML reads them back, and as Markdown prints them, exactly as they were typed.

use std::fmt::Write;

/// Words that YAML takes for something else than words.
const NOT_WORDS: [&str; 4] = ["null", "true", "false", "nan"];

/// Gives a value as it can stand in a file, in `{...}` and `[...]` too: plain where that is read as it is written, or
/// else in quotes.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let is_odd =
        |sign: char| sign.is_control() || matches!(sign, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    // Within double quotes a backslash changes the letter behind it; single quotes leave it alone.
    if text.contains('\\') && !text.chars().any(is_odd) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            odd if is_odd(odd) => drop(write!(quoted, "\\u{:04X}", u32::from(odd))),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(char::is_alphanumeric);
    let ends = text.ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '.' | ')' | '…'));
    let harmless = |sign: char| {
        sign.is_alphanumeric()
            || matches!(sign, ' ' | '.' | '\'' | '’' | '(' | ')' | '/' | '-' | '–' | '+' | '£' | '@' | ':' | '&' | ';')
    };
    begins
        && ends
        && text.chars().all(harmless)
        && ![": ", "  "].iter().any(|signs| text.contains(signs))
        && !NOT_WORDS.contains(&text.to_lowercase().as_str())
}

/// Gives text below a `|`, with its lines this far in; text that cannot stand so is quoted.
pub(super) fn block(text: &str, indent: usize) -> String {
    let text = text.trim_matches('\n');
    let plain = |line: &str| !line.chars().any(char::is_control) && !line.ends_with(' ');
    if text.is_empty() || text.starts_with([' ', '\t']) || !text.lines().all(plain) {
        return scalar(text);
    }
    let mut block = String::from("|");
    for line in text.lines() {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(&" ".repeat(indent));
            block.push_str(line);
        }
    }
    block
}

/// Gives words as a note behind `#`, on one line.
pub(super) fn note(words: &str) -> String {
    let words: String = words.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Gives words that somebody typed as Markdown that prints them as they are.
pub(crate) fn as_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before = None;
    let mut rest = words.chars().peekable();
    while let Some(sign) = rest.next() {
        let next = rest.peek().copied();
        let in_word = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let is_mark_up = match sign {
            '\\' | '`' | '[' | ']' | '<' | '*' | '~' | '{' | '|' => true,
            '_' => !in_word,
            '&' => next.is_some_and(|next| next.is_alphanumeric() || next == '#'),
            '#' | '>' | '+' | '-' | '=' => before.is_none(),
            _ => false,
        };
        if is_mark_up {
            out.push('\\');
        }
        out.push(sign);
        before = Some(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use proptest::prelude::*;

    use super::*;
    use crate::finding::{Log, Place};
    use crate::load::yaml::{self, Value};
    use crate::load::{Context, markdown};

    /// Gives what the program reads in a file: the value of its one field, and the words that it prints.
    fn read_back(file: &str) -> Option<(String, String)> {
        let (log, wanted) = (Log::default(), RefCell::default());
        let cx = Context { source: 0, path: "content/a.yaml", text: file, log: &log, wanted: &wanted };
        let Value::Fields(fields) = yaml::parse(cx)?.value else { return None };
        match &fields.first()?.node.value {
            Value::Text(text) => Some((text.clone(), markdown::line(text, Place::default(), cx).plain())),
            Value::List(items) => match &items.first()?.value {
                Value::Text(text) if items.len() == 1 => Some((text.clone(), String::new())),
                _ => None,
            },
            _ => None,
        }
    }

    /// Gives printed words with the marks that keyboards have.
    fn as_typed(words: &str) -> String {
        let marks = [('’', "'"), ('‘', "'"), ('“', "\""), ('”', "\""), ('–', "--"), ('—', "---"), ('…', "...")];
        marks.iter().fold(words.to_owned(), |words, (curly, typed)| words.replace(*curly, typed))
    }

    // What the loader takes out of every file (a sign that stands for a lost object, say) is typed by nobody.
    proptest! {
        #[test]
        fn any_value_is_read_back_as_it_was_typed(text in "[^\\p{C}\u{85}\u{2028}\u{2029}\u{feff}\u{fffc}\u{fffd}]{1,40}") {
            let (value, _) = read_back(&format!("title: {} # a note\n", scalar(&text))).expect("a value");
            prop_assert_eq!(&value, &text);
            let (value, _) = read_back(&format!("titles: [{}]\n", scalar(&text))).expect("a value");
            prop_assert_eq!(&value, &text);
        }

        #[test]
        fn any_title_is_printed_as_it_was_typed(words in "[a-zA-Z0-9*_\\[\\](){}<>&;:#!?~`'\"\\\\/.,+=|^$%@é£-]{1,8}( [a-zA-Z0-9*_\\[\\](){}<>&;:#!?~`'\"\\\\/.,+=|^$%@é£-]{1,8}){0,4}") {
            let (_, printed) = read_back(&format!("title: {}\n", scalar(&as_markdown(&words)))).expect("a value");
            prop_assert_eq!(as_typed(&printed), as_typed(&words));
        }

        #[test]
        fn any_text_below_a_bar_is_read_back(text in "[^\\p{C}\u{85}\u{2028}\u{2029}\u{feff}\u{fffc}\u{fffd}]{1,20}(\n{1,2}[^\\p{C}\u{85}\u{2028}\u{2029}\u{feff}\u{fffc}\u{fffd}]{1,20}){0,3}") {
            let file = format!("text: {}\nnext: x\n", block(&text, 2));
            let (value, _) = read_back(&file).expect("a value");
            prop_assert_eq!(value.trim_matches('\n'), text.trim_matches('\n'));
        }
    }

    #[test]
    fn values_are_plain_where_they_can_be() {
        for plain in ["Home care: no", "2027-02-11 10:30", "Director of Children's Services", "A & B (2)"] {
            let expected = if plain.contains(": ") { format!("\"{plain}\"") } else { plain.to_owned() };
            assert_eq!(scalar(plain), expected);
        }
        assert_eq!(scalar(r"a\b"), r"'a\b'");
        assert_eq!(scalar("#12"), "\"#12\"");
        assert_eq!(scalar("true"), "\"true\"");
    }
}
