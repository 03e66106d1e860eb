//! What people usually slip on in one line: spaces, dashes, and signs at the start of a value.

use granit_parser::ErrorKind;

use super::Trouble;
use super::lines::{Line, Lines};

/// Finds a tab, a missing space or a sign that looks like another.
pub(super) fn spacing(line: &Line) -> Option<Trouble> {
    white_space(line).or_else(|| dash(line)).or_else(|| colon(line)).or_else(|| bar(line))
}

fn white_space(line: &Line) -> Option<Trouble> {
    if let Some(tab) = line.text[..line.indent].find('\t') {
        let range = line.range(tab..tab + 1);
        return Some(Trouble::new(range, "a tab is used where spaces are needed", "indent with spaces"));
    }
    let behind = |sign: &str| line.text.find(sign).map(|at| at + 1);
    let behind_dash = || behind("-\u{a0}").filter(|at| *at == line.indent + 1);
    let hard = line.text[..line.indent].find('\u{a0}').or_else(|| behind(":\u{a0}")).or_else(behind_dash)?;
    let range = line.range(hard..hard + '\u{a0}'.len_utf8());
    let message = "a non-breaking space stands where a space is needed";
    Some(Trouble::new(range, message, "delete it and type a space"))
}

fn dash(line: &Line) -> Option<Trouble> {
    let body = &line.text[line.indent..];
    let first = body.chars().next()?;
    let range = line.range(line.indent..line.indent + first.len_utf8());
    if matches!(first, '–' | '—' | '•' | '·' | '▪' | '‐' | '‑' | '−') {
        let message = "this is not the sign that lists begin with";
        return Some(Trouble::new(range, message, "type a hyphen and a space: `- `"));
    }
    if body.starts_with("* ") || body.starts_with("+ ") {
        let message = "this is not the sign that lists begin with";
        return Some(Trouble::new(range, message, "type a hyphen and a space: `- `"));
    }
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && body[digits..].starts_with(". ") && body.contains(": ") {
        let message = "the entries of a list do not begin with a number here";
        return Some(Trouble::new(range, message, "type a hyphen and a space in its place: `- `"));
    }
    let behind = body.strip_prefix('-')?;
    behind
        .starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'' | '[' | '{'))
        .then(|| Trouble::new(range, "a space is missing behind the hyphen", "write `- ` before each entry of a list"))
}

fn colon(line: &Line) -> Option<Trouble> {
    let body = &line.text[line.body_at..];
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let (name, behind) = (&body[..end], &body[end..]);
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let at = line.body_at + end;
    if let Some(other) = behind.trim_start().chars().next().filter(|c| matches!(c, '：' | '﹕' | '∶' | 'ː' | ';' | '='))
        && line.name.is_none()
    {
        let at = at + behind.len() - behind.trim_start().len();
        let message = format!("`{other}` stands where a colon is needed");
        return Some(Trouble::new(line.range(at..at + other.len_utf8()), message, format!("write `{name}: …`")));
    }
    let value = behind.strip_prefix(':')?;
    if value.is_empty() || value.starts_with([' ', '/', '\u{a0}', ':', '\t']) {
        return None;
    }
    let message = "a space is missing behind the colon";
    Some(Trouble::new(line.range(at..at + 1), message, format!("write `{name}: {}`", short(value))))
}

fn bar(line: &Line) -> Option<Trouble> {
    let sign = line.value.chars().next().filter(|sign| matches!(sign, '|' | '>'))?;
    if line.opens_text() || line.is_note() {
        return None;
    }
    let at = line.value_at;
    let message = format!("text stands behind `{sign}`, on the same line");
    let help = format!("put the text on the lines below, indented, or leave the `{sign}` out");
    Some(Trouble::new(line.range(at..at + 1), message, help))
}

/// Finds a value that begins with a sign of its own, or holds a colon, on the line or the one above.
pub(super) fn value(kind: &ErrorKind, lines: &Lines, here: usize, at: usize) -> Option<Trouble> {
    let above = lines.above(here).take(1);
    let near = lines.all.get(here).into_iter().chain(above).filter(|line| !line.in_text && !line.is_note());
    let near: Vec<&Line> = near.collect();
    let sign = near.iter().copied().filter(|line| !line.value.is_empty()).find_map(first_sign);
    sign.or_else(|| {
        // The colon at which the parser stopped may be that of a field, when the line above is at fault.
        let own = |line: &&Line| line.field().is_some_and(|name| at <= line.start + line.body_at + name.len());
        let colon = || near.iter().take_while(|line| !own(line)).find_map(|line| inner_colon(kind, line));
        super::shape::without_bar(lines, here).or_else(colon)
    })
}

fn first_sign(line: &Line) -> Option<Trouble> {
    let value = line.value;
    let sign = value.chars().next()?;
    let range = line.range(line.value_at..line.value_at + sign.len_utf8());
    match sign {
        '[' | '{' => bracket(line, sign),
        '"' | '\'' => super::quotes::goes_on(line),
        '*' | '&' | '!' | '@' | '`' | '%' => {
            let shown = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
            let message = format!("a value cannot begin with {shown}, unless it stands in quotes");
            Some(Trouble::new(range, message, in_quotes(line)))
        }
        ',' | ']' | '}' => {
            let message = format!("a value cannot begin with `{sign}`");
            Some(Trouble::new(range, message, in_quotes(line)))
        }
        '-' | '?' if line.name.is_some() && (value.len() == 1 || value[1..].starts_with(' ')) => {
            let message = format!("a value cannot begin with `{sign} `, unless it stands in quotes");
            let help = match sign {
                '-' => "put the entries of a list on the lines below, each behind `- `".to_owned(),
                _ => in_quotes(line),
            };
            Some(Trouble::new(range, message, help))
        }
        _ => None,
    }
}

fn bracket(line: &Line, open: char) -> Option<Trouble> {
    let close = if open == '[' { ']' } else { '}' };
    let range = line.range(line.value_at..line.value_at + 1);
    if let Some(note) = line.value.find(" #").filter(|at| !line.value[..*at].contains(close)) {
        let at = line.value_at + note + 1;
        let message = format!("what follows ` #` is a note, so the `{open}` is not closed");
        return Some(Trouble::new(line.range(at..at + 1), message, "put the value with the `#` in quotes: \"…\""));
    }
    let depth = |c: char| match c {
        '[' | '{' => 1,
        ']' | '}' => -1,
        _ => 0,
    };
    let mut level = 0;
    let end = line.value.char_indices().find(|(_, c)| {
        level += depth(*c);
        level == 0
    });
    let Some((end, closing)) = end else {
        let message = format!("the `{open}` is not closed");
        let help = format!(
            "add `{close}`; lines that go on with it are indented; text that begins with `{open}` needs quotes"
        );
        return Some(Trouble::new(range, message, help));
    };
    if closing != close {
        let range = line.range(line.value_at + end..line.value_at + end + 1);
        return Some(Trouble::new(range, format!("`{open}` is closed by `{closing}`"), format!("write `{close}`")));
    }
    let behind = line.value[end + 1..].trim();
    if behind == "," && line.name.is_some() {
        return Some(Trouble::new(range, format!("a comma stands behind the `{close}`"), "take the comma away"));
    }
    if !behind.is_empty() && !behind.starts_with(['#', ',', ']', '}']) {
        let message = format!("text goes on behind the `{close}`");
        return Some(Trouble::new(range, message, in_quotes(line)));
    }
    let inner = &line.value[1..end];
    (open == '{' && inner.matches(": ").count() > inner.matches(',').count() + 1).then(|| {
        Trouble::new(range, "a comma is missing between the fields in `{…}`", "write `{name: value, name: value}`")
    })
}

fn inner_colon(kind: &ErrorKind, line: &Line) -> Option<Trouble> {
    let is_key =
        matches!(kind, ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::MappingValueNotAllowed);
    if let Some(words) = line.name.filter(|_| is_key && line.field().is_none()) {
        let at = line.body_at + words.len();
        let whole = Line { name: None, value: line.text[line.body_at..].trim_end(), ..*line };
        let message = "a colon stands inside text that is not in quotes";
        return Some(Trouble::new(line.range(at..at + 1), message, in_quotes(&whole)));
    }
    if line.name.is_none() || line.value.starts_with(['"', '\'', '[', '{', '|', '>', '#']) {
        return None;
    }
    let words = line.value.split(" #").next().unwrap_or_default();
    let at = line.value_at + words.find(": ").or_else(|| words.ends_with(':').then(|| words.len() - 1))?;
    let message = "a colon stands inside text that is not in quotes";
    let help = if line.value.starts_with(['“', '”', '‘', '’']) {
        "curly quotes do not count as quotes here: use straight ones, \"…\"".to_owned()
    } else if words.ends_with(':') {
        format!("{}; if more follows below, put `|` in the place of the text, and all of it below", in_quotes(line))
    } else {
        in_quotes(line)
    };
    Some(Trouble::new(line.range(at..at + 1), message, help))
}

/// Shows how the line is written with its value in quotes.
pub(super) fn in_quotes(line: &Line) -> String {
    let value = line.value;
    if value.chars().count() > 70 {
        return "put the whole text in quotes: \"…\"".to_owned();
    }
    let quoted = match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => format!("\"{value}\""),
        (true, false) => format!("'{value}'"),
        (true, true) => format!("'{}'", value.replace('\'', "''")),
    };
    match line.name {
        Some(name) => format!("put the whole text in quotes: {name}: {quoted}"),
        None => format!("put the whole text in quotes: {quoted}"),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
