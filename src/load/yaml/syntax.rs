//! Puts the YAML parser's words into those of somebody who has never heard of its grammar.
//!
//! The parser says where it gave up; the cause often stands a line earlier. So the lines around
//! that place are looked at for the usual slips first.

use std::ops::Range;

/// What is wrong, what to do, and where, when it is elsewhere than the parser says.
pub(super) struct Trouble {
    pub(super) message: String,
    pub(super) help: &'static str,
    pub(super) range: Option<Range<usize>>,
}

/// Explains a message about the text at a byte.
pub(super) fn explain(message: &str, text: &str, at: usize) -> Trouble {
    if let Some(key) = message.strip_prefix("duplicate mapping key: ") {
        let key = key.split(',').next().unwrap_or(key);
        return Trouble {
            message: format!("field `{key}` is written twice"),
            help: "keep one of the two",
            range: None,
        };
    }
    if let Some((words, help, range)) = slip(text, at) {
        return Trouble { message: words.to_owned(), help, range: Some(range) };
    }
    let (words, help) = if message.contains("mapping values are not allowed") {
        ("a colon stands inside text that is not in quotes", "put the whole text in quotes: \"…\"")
    } else if message.contains("trailing content after") {
        ("text goes on behind the closing quote", "put the whole text in double quotes: \"…\"")
    } else if message.contains("from_str_multiple") || message.contains("multiple documents") {
        return Trouble {
            message: "a line of `---` parts the file in two".to_owned(),
            help: "remove the line; one file holds one thing",
            range: None,
        };
    } else if message.contains("comments must be separated") {
        ("a line of text begins too far to the left", "indent all text below `|` by the same number of spaces")
    } else if message.contains("anchor") || message.contains("recursive") || message.contains("alias") {
        (
            "an anchor (`&name`) or alias (`*name`) cannot be used",
            "write the text out, or put it in quotes if `*` or `&` is meant as such",
        )
    } else if message.contains("budget") || message.contains("limit") || message.contains("exceed") {
        ("the file repeats or nests more than a source may", "write the text out instead of repeating anchors")
    } else if message.contains("unexpected character") || message.contains("cannot start any token") {
        ("a character cannot stand here", "put the text in quotes: \"…\"")
    } else {
        (
            "the file cannot be understood from here on",
            "look at the line shown and the one before it: indentation, quotes, brackets and colons",
        )
    };
    Trouble { message: format!("{words} ({message})"), help, range: None }
}

/// Looks for a usual slip in the line at a byte, the two before it and the one after it.
fn slip(text: &str, at: usize) -> Option<(&'static str, &'static str, Range<usize>)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push((start, line.trim_end_matches(['\n', '\r'])));
        start += line.len();
    }
    let here = lines.iter().rposition(|(start, _)| *start <= at).unwrap_or(0);
    let around = [here, here + 1, here.wrapping_sub(1), here.wrapping_sub(2)];
    around.into_iter().filter_map(|index| lines.get(index)).find_map(|(start, line)| {
        let (words, help, range) = slip_of(line)?;
        Some((words, help, start + range.start..start + range.end))
    })
}

fn slip_of(line: &str) -> Option<(&'static str, &'static str, Range<usize>)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t', '\u{a0}']).len();
    let body = &line[indent..];
    if let Some(tab) = line[..indent].find('\t') {
        return Some(("a tab is used where spaces are needed", "indent with spaces", tab..tab + 1));
    }
    let hard_space = |at: usize| {
        (
            "a non-breaking space stands where a space is needed",
            "delete it and type a space",
            at..at + '\u{a0}'.len_utf8(),
        )
    };
    if let Some(at) = line[..indent].find('\u{a0}') {
        return Some(hard_space(at));
    }
    if let Some(at) = line.find(":\u{a0}") {
        return Some(hard_space(at + 1));
    }
    let dash = body.chars().next().filter(|first| matches!(first, '–' | '—' | '•'));
    if let Some(dash) = dash {
        return Some((
            "this is not the sign that lists begin with",
            "type a hyphen and a space: `- `",
            indent..indent + dash.len_utf8(),
        ));
    }
    if body.starts_with('-') && body[1..].starts_with(char::is_alphabetic) {
        return Some((
            "a space is missing behind the hyphen",
            "write `- ` before each entry of a list",
            indent..indent + 1,
        ));
    }
    let value = body.find(": ").map(|colon| colon + 2);
    if let Some(value) = value.filter(|value| body[*value..].starts_with(['“', '”', '‘', '’'])) {
        let quote = indent + value;
        return Some((
            "curly quotes do not count as quotes here",
            "use straight quotes: \"…\"",
            quote..quote + '“'.len_utf8(),
        ));
    }
    let name_end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let missing = body.starts_with(|c: char| c.is_ascii_lowercase())
        && body[name_end..].starts_with(':')
        && !body[name_end + 1..].is_empty();
    if missing && !body[name_end + 1..].starts_with([' ', '/', '\u{a0}']) {
        return Some((
            "a space is missing behind the colon",
            "write `name: value`",
            indent + name_end..indent + name_end + 1,
        ));
    }
    let value = value.map(|value| &body[value..])?;
    if value.starts_with('[') && !value.contains(']') {
        let open = line.len() - value.len();
        return Some(("the bracket `[` is not closed", "add `]`, or write the list with `- ` below", open..open + 1));
    }
    if value.starts_with('{') && !value.contains('}') {
        let open = line.len() - value.len();
        return Some(("the brace `{` is not closed", "add `}`, or write the fields on lines below", open..open + 1));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::slip_of;

    #[test]
    fn knows_the_usual_slips() {
        for line in [
            "\ttitle: x",
            "  \u{a0}label: x",
            "label:\u{a0}x",
            "– title: x",
            "  -standing: x",
            "title: “x: y”",
            "issued:2026-09-08",
            "authors: [lind",
            "withheld: {paragraphs: [3]",
        ] {
            assert!(slip_of(line).is_some(), "{line}");
        }
        for line in [
            "title: x",
            "- title: x",
            "  text: |",
            "authors: [a, b]",
            "https://x.example",
            "words – words",
            "",
            "10:30",
        ] {
            assert!(slip_of(line).is_none(), "{line}");
        }
    }
}
