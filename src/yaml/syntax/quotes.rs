//! Quotes that are not closed, and text behind those that are.

use granit_parser::ErrorKind;

use super::Trouble;
use super::lines::{Line, Lines};
use super::slips::in_quotes;

/// Finds the quote that was left open: it is closed by the next one in the file, however far away.
pub(super) fn unclosed(kind: &ErrorKind, lines: &Lines, here: usize) -> Option<Trouble> {
    let possible = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey
            | ErrorKind::DocumentIndicatorInQuotedScalar
    );
    if !possible {
        return None;
    }
    let reach = if matches!(kind, ErrorKind::UnclosedQuotedScalar) { lines.all.len() - 1 } else { here };
    let opens = lines.all[..=reach.min(lines.all.len() - 1)].iter().enumerate().find(|(_, line)| is_open(line));
    let (index, line) = opens?;
    // Quotes may go on over lines; those of a field do not.
    let field_below = lines.all[index + 1..=reach].iter().any(|below| below.field().is_some() || below.is_entry());
    let quote = line.value.chars().next()?;
    if !field_below && !matches!(kind, ErrorKind::UnclosedQuotedScalar) {
        return None;
    }
    let range = line.range(line.value_at..line.value_at + 1);
    let help = match quote {
        '\'' => "add `'` at the end of the text; if it begins with an apostrophe, put it in double quotes: \"'…\"",
        _ => "add `\"` at the end of the text",
    };
    Some(Trouble::new(range, format!("the quote `{quote}` is not closed"), help))
}

fn is_open(line: &Line) -> bool {
    let Some(quote) = line.value.chars().next().filter(|sign| matches!(sign, '"' | '\'')) else { return false };
    !line.in_text && end(line.value, quote).is_none()
}

/// Gives the byte of the quote that closes a value.
fn end(value: &str, quote: char) -> Option<usize> {
    let mut signs = value.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        if quote == '"' && sign == '\\'
            || quote == '\'' && sign == '\'' && signs.peek().is_some_and(|(_, c)| *c == '\'')
        {
            signs.next();
        } else if sign == quote {
            return Some(at);
        }
    }
    None
}

/// Finds text behind the closing quote of a value.
pub(super) fn goes_on(line: &Line) -> Option<Trouble> {
    let quote = line.value.chars().next()?;
    let end = end(line.value, quote)?;
    let behind = &line.value[end + 1..];
    if behind.trim() == "," && !line.text.trim_start().starts_with(['"', '\'']) {
        let at = line.value_at + end + 1;
        let message = "a comma stands behind the closing quote";
        return Some(Trouble::new(line.range(at..at + 1), message, "take the comma away"));
    }
    let goes_on = !behind.trim().is_empty() && !behind.trim_start().starts_with(['#', ',', ']', '}', ':']);
    if !goes_on {
        return unknown_escape(line, quote, end);
    }
    let apostrophe = quote == '\'' && behind.starts_with(char::is_alphabetic);
    let at = line.value_at + end;
    let (message, help) = if apostrophe {
        let inner = line.value[1..].trim_end_matches('\'').replace('"', "\\\"");
        ("an apostrophe ends the text in single quotes", format!("use double quotes: \"{inner}\""))
    } else {
        ("text goes on behind the closing quote", in_quotes(line))
    };
    Some(Trouble::new(line.range(at..at + 1), message, help))
}

fn unknown_escape(line: &Line, quote: char, end: usize) -> Option<Trouble> {
    let inner = &line.value[1..end];
    let mut signs = inner.char_indices();
    while let Some((at, sign)) = signs.next() {
        if quote != '"' || sign != '\\' {
            continue;
        }
        let (_, next) = signs.next()?;
        if !"0abtnvfre \"/\\N_LPxuU\t".contains(next) {
            let at = line.value_at + 1 + at;
            let message = "`\\` has a meaning of its own in double quotes";
            let help = "put the text in single quotes: '…'; in a path, write slashes";
            return Some(Trouble::new(line.range(at..at + 1), message, help));
        }
    }
    None
}
