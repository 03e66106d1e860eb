//! Lists, tables and headings that were pasted or mistyped, so that Markdown sees a paragraph.

/// Says what a paragraph looks like, and how that is written.
pub(super) fn looks_like(paragraph: &str) -> Option<(&'static str, &'static str)> {
    // Lines that the writer has broken on purpose are meant as they stand.
    if paragraph.lines().any(|line| line.ends_with('\\')) {
        return None;
    }
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    let count = |test: fn(&str) -> bool| lines.iter().filter(|line| test(line)).count();
    if count(is_bullet) > 0 || count(is_dash) > 1 || count(is_unspaced) > 1 {
        return Some((
            "this looks like a list, but is none",
            "begin each entry with `- `, with an empty line before the list",
        ));
    }
    // A list right below a text begins at 1, or is taken for more of the text.
    let entry = |pair: &&[&str]| is_numbered(pair[1]) && (pair[0].ends_with(':') || is_numbered(pair[0]));
    if lines.windows(2).any(|pair| entry(&pair)) {
        return Some(("this looks like a list, but is none", "put an empty line before the list"));
    }
    if count(is_lettered) > 1 {
        return Some((
            "this looks like a list, but is none",
            "begin each entry with `1. `; the numbers and letters are set by the program",
        ));
    }
    if count(is_numbered_paragraph) > 1 {
        return Some((
            "these look like lines of their own, but run together",
            "put an empty line between them, or `\\` at the end of each",
        ));
    }
    let is_row = |line: &&str| line.starts_with('|');
    let only = |line: &&str| line.ends_with('|') && line.matches('|').count() > 2;
    if lines.windows(2).any(|pair| pair.iter().all(is_row))
        || lines.len() == 1 && lines.iter().all(|l| is_row(l) && only(l))
    {
        return Some((
            "this looks like a table, but is none",
            "put an empty line before it, and a line such as |---|---| below the first row",
        ));
    }
    if count(|line| line.contains('\t')) > 1 {
        return Some((
            "this looks like a table, but is none",
            "write | between its cells, and a line such as |---|---| below the first row",
        ));
    }
    let first = lines.first().copied().unwrap_or_default();
    let after = first.trim_start_matches('#');
    if after.len() < first.len() && after.starts_with(char::is_alphabetic) {
        return Some(("this looks like a heading, but is none", "put a space behind the #"));
    }
    (first.len() - after.len() > 6)
        .then_some(("this looks like a heading, but is none", "write # for a section and ## for what stands in it"))
}

/// What is said of a heading in bold.
pub(super) const BOLD_HEADING: (&str, &str) = (
    "this looks like a heading, but is none",
    "write `## ` before it in place of the stars, and an empty line below it",
);

/// Tells whether a paragraph, or its first line, is all in bold, as headings are that were pasted.
pub(super) fn is_bold_heading(paragraph: &str) -> bool {
    let first = paragraph.lines().next().unwrap_or_default().trim().trim_end_matches(['\\', ':']).trim_end();
    let inner = ["**", "__"].iter().find_map(|sign| first.strip_prefix(sign)?.strip_suffix(sign));
    inner.is_some_and(|inner| {
        !inner.is_empty()
            && inner.len() <= 100
            && !inner.contains("**")
            && !inner.contains("__")
            && !inner.ends_with(['.', '!', '?'])
    })
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '▪', '◦', '·', '‣', '●', '○', '■', '□', '➢', '❖', '✓'])
        || line.starts_with(|c: char| ('\u{f000}'..='\u{f0ff}').contains(&c))
}

/// Dashes, and the letters that Word's bullets turn into.
fn is_dash(line: &str) -> bool {
    ["– ", "— ", "§ ", "o ", "Ø ", "ü ", "§\t", "o\t", "Ø\t", "ü\t", "-\t", "*\t"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

/// `-words`, `*words` or `1.words`.
fn is_unspaced(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = match digits {
        0 => line.strip_prefix('-').or_else(|| line.strip_prefix('*').filter(|rest| !rest.contains('*'))),
        1 | 2 => line[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    behind.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// `4. …` or `4) …`.
fn is_numbered(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && [". ", ") "].iter().any(|mark| line[digits..].starts_with(mark))
}

/// `(a) …`, `a) …`, `(i) …`, `(1) …` or `a. …`.
fn is_lettered(line: &str) -> bool {
    let open = line.strip_prefix('(').unwrap_or(line);
    let Some(end) = open.find([')', '.']) else { return false };
    let (mark, rest) = (&open[..end], &open[end + 1..]);
    let all = |test: fn(&u8) -> bool| mark.bytes().all(|byte| test(&byte));
    let letters = all(u8::is_ascii_lowercase) || all(u8::is_ascii_uppercase);
    let point = open[end..].starts_with('.');
    let roman = mark.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let is_mark = letters && (!point || mark.len() == 1 || roman) || all(u8::is_ascii_digit) && line.starts_with('(');
    (1..=4).contains(&mark.len()) && is_mark && rest.starts_with([' ', '\t'])
}

/// `1.1 …`.
fn is_numbered_paragraph(line: &str) -> bool {
    let mark = line.split([' ', '\t']).next().unwrap_or_default().trim_end_matches('.');
    let parts: Vec<&str> = mark.split('.').collect();
    line.len() > mark.len()
        && (2..=4).contains(&parts.len())
        && parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{is_bold_heading, looks_like};

    #[test]
    fn knows_pasted_lists_tables_and_headings() {
        for text in ["• note\n• comment", "(a) one\n(b) two", "– one\n– two", "| a | b |\n| c | d |", "#Findings"]
        {
            assert!(looks_like(text).is_some(), "{text}");
        }
        for text in [
            "It asks for:\n4. one",
            "It asks\n4. one\n7. two",
            "A. one\nB. two",
            "i. one\nii. two",
            "(1) one\n(2) two",
            "1.1 One\n1.2 Two",
            "1.One\n2.Two",
            "-one\n-two",
            "*one\n*two",
            "o one\no two",
            "§ one\n§ two",
            "\u{f0a7} one",
            "Words\n| a | b |\n| c | d |",
            "| a | b |",
            "Ward\tHomes\nQuay\t88",
            "####### Findings",
        ] {
            assert!(looks_like(text).is_some(), "{text}");
        }
        for text in ["**Findings**", "**Findings:**", "**Findings**\nWe found", "__Findings__"] {
            assert!(is_bold_heading(text), "{text}");
        }
        for text in ["**Withdrawn.**", "**Bold** words", "**a** and **b**", "Words"] {
            assert!(!is_bold_heading(text), "{text}");
        }
        for text in [
            "It met in the year\n20. That was",
            "Words – and more\nwords.",
            "(a) only one",
            "#1 of 3",
            "A | B",
            "see (a) above\nand (b) below",
            "i) one\\\nii) two",
            "*One* and\n*two* more",
        ] {
            assert!(looks_like(text).is_none(), "{text}");
        }
    }
}
