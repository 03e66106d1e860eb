//! What YAML leaves out of a value, or joins in it, though nothing is wrong with the file.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::ScalarStyle;

use super::{Context, place};
use crate::finding::Finding;

crate::finding::rule! {
    /// YAML gives some signs a meaning: what follows ` #` is a note, `\` in double quotes changes the letter behind
    /// it, and lines that do not stand below `|` are joined to one. Where that looks as if it was not meant, the
    /// message says what would be lost. Put the value in quotes, or the text below `|`.
    READ_OTHERWISE = "M0030", Sources, Warning, "words that are read otherwise than they were typed";
}

/// Records notes behind `#` that look like a part of the text; `short` has the values that are no text below `|`, from end to start.
pub(super) fn report(short: &BTreeMap<usize, usize>, comments: &[Range<usize>], cx: Context) {
    let starts: std::collections::BTreeSet<usize> = short.values().copied().collect();
    for comment in comments {
        let note = cx.text.get(comment.clone()).unwrap_or_default();
        let before = cx.text[..comment.start].trim_end_matches([' ', '\t']);
        let help = if let Some(start) = short.get(&before.len()).filter(|_| goes_on(note)) {
            let value = cx.text.get(*start..comment.end).unwrap_or_default();
            if value.contains(['\n', '"']) {
                "put the whole value in quotes; if it is a note, write it on a line of its own".to_owned()
            } else {
                format!("write \"{value}\" with its quotes; if it is a note, write it on a line of its own")
            }
        } else if before.ends_with('\n') && heads_text(before, comment.end, &starts, cx.text) {
            "put `|` behind the colon, so that all lines below belong to the text".to_owned()
        } else {
            continue;
        };
        let message = format!("`{}` is taken for a note and not printed", note.trim_end());
        cx.log.add(Finding::new(&READ_OTHERWISE, place(comment, cx), message).help(help));
    }
}

/// Tells whether a note is rather the rest of the value before it: `#5`, `# 5`, `#MeToo`.
fn goes_on(note: &str) -> bool {
    let words = note.trim_start_matches('#');
    words.starts_with(|c: char| !c.is_whitespace()) && !words.is_empty()
        || words.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Tells whether a line between `name:` and its text is rather a heading of that text.
fn heads_text(before: &str, end: usize, starts: &std::collections::BTreeSet<usize>, text: &str) -> bool {
    let is_note = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let Some(above) = before.lines().rev().find(|line| !is_note(line)) else { return false };
    let mut at = end;
    for line in text[end..].split_inclusive('\n') {
        if !is_note(&line) {
            at += line.len() - line.trim_start().len();
            return above.trim_end().ends_with(':') && starts.contains(&at);
        }
        at += line.len();
    }
    false
}

/// Records what quotes and folding make of a value.
pub(super) fn report_value(text: &str, style: ScalarStyle, range: &Range<usize>, cx: Context) {
    let written = cx.text.get(range.clone()).unwrap_or_default();
    let finding = |message: String| Finding::new(&READ_OTHERWISE, place(range, cx), message);
    if style == ScalarStyle::DoubleQuoted && has_path(written) {
        let message = format!("`\\` in double quotes changes what is behind it: this reads `{}`", shown(text));
        cx.log.add(finding(message).help("write slashes, or put the value in single quotes: '…'"));
    }
    if let Some(name) = field_without_space(written).filter(|_| style == ScalarStyle::Plain) {
        let message = format!("`{name}:` is read as a part of the text, because no space follows the colon");
        cx.log.add(finding(message).help(format!("write `{name}: …`")));
    }
    if style != ScalarStyle::Literal && joins_entries(written) {
        let message = "the lines of a list or table are joined to one here".to_owned();
        cx.log.add(finding(message).help("put `|` behind the colon, and the lines below it"));
    }
}

/// Gives the name in `name:value`; times, and links of all kinds, are left alone.
fn field_without_space(written: &str) -> Option<&str> {
    let (name, value) = written.split_once([':', '：', '﹕'])?;
    let is_name = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_link =
        value.starts_with('/') || matches!(name, "mailto" | "tel" | "person" | "post" | "body" | "urn" | "doi");
    (is_name && !is_link && (value.starts_with(|c: char| !c.is_whitespace()) || !written.contains(':'))).then_some(name)
}

fn shown(text: &str) -> String {
    text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Tells whether a drive or a server stands in text: `S:\new`, `\\server`.
fn has_path(written: &str) -> bool {
    let inner = written.trim_matches('"');
    let drive = |at: usize| {
        let before = &inner.as_bytes()[..at];
        before.len() >= 2
            && before[at - 1] == b':'
            && before[at - 2].is_ascii_alphabetic()
            && before.get(at.wrapping_sub(3)).is_none_or(|sign| !sign.is_ascii_alphanumeric())
            && !inner[at + 1..].starts_with('\\')
    };
    inner.starts_with("\\\\")
        && !inner.starts_with("\\\\\\\\")
        && inner.len() > 2
        && inner.as_bytes()[2].is_ascii_alphanumeric()
        || inner.match_indices('\\').any(|(at, _)| drive(at))
}

/// Tells whether two lines that follow each other both begin as entries of a list or rows of a table.
fn joins_entries(written: &str) -> bool {
    let entries: Vec<bool> = written.lines().map(|line| begins_entry(line.trim_start())).collect();
    entries.windows(2).any(|pair| pair[0] && pair[1])
}

fn begins_entry(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits) && [". ", ") "].iter().any(|mark| line[digits..].starts_with(mark));
    numbered || ["- ", "* ", "| ", "|-", "|:", "• "].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_the_rest_of_a_value() {
        for note in ["#5", "#214 of the residents", "#MeToo", "# 3, Mill Lane", "#£5"] {
            assert!(goes_on(note), "{note}");
        }
        for note in ["# ask the clerk", "#", "##", "#  see 5"] {
            assert!(!goes_on(note), "{note}");
        }
    }

    #[test]
    fn paths_in_double_quotes_are_known() {
        for written in [r#""S:\new\report.pdf""#, r#""see C:\temp""#, r#""\\server""#] {
            assert!(has_path(written), "{written}");
        }
        for written in [r#""one\ntwo""#, r#""S:\\new""#, r#""Note:\nwords""#, r#""\\\\server""#, r#""a""#] {
            assert!(!has_path(written), "{written}");
        }
    }
}
