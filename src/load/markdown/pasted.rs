//! Lists, tables and headings that were pasted or mistyped, so that Markdown sees a paragraph.

/// Says what a paragraph looks like, and how that is written.
pub(super) fn looks_like(paragraph: &str) -> Option<(&'static str, &'static str)> {
    // Lines that the writer has broken on purpose are meant as they stand.
    if paragraph.lines().any(|line| line.ends_with('\\')) {
        return None;
    }
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    let count = |test: fn(&str) -> bool| lines.iter().filter(|line| test(line)).count();
    if count(is_bullet) > 0 || count(is_dash) > 1 {
        return Some(("a list", "begin each entry with `- `, with an empty line before the list"));
    }
    if count(is_lettered) > 1 {
        return Some(("a list", "begin each entry with `1. `; the numbers and letters are set by the program"));
    }
    if lines.len() > 1 && lines.iter().all(|line| line.starts_with('|')) {
        return Some(("a table", "put a line such as |---|---| below the first row"));
    }
    let first = lines.first().copied().unwrap_or_default();
    let after = first.trim_start_matches('#');
    if after.len() < first.len() && after.starts_with(char::is_alphabetic) {
        return Some(("a heading", "put a space behind the #"));
    }
    None
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '▪', '◦', '·', '‣', '●', '○', '\u{f0b7}'])
}

fn is_dash(line: &str) -> bool {
    line.starts_with("– ") || line.starts_with("— ")
}

/// `(a) …`, `a) …` or `(i) …`.
fn is_lettered(line: &str) -> bool {
    let open = line.strip_prefix('(').unwrap_or(line);
    let Some((mark, rest)) = open.split_once(')') else { return false };
    (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_lowercase()) && rest.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::looks_like;

    #[test]
    fn knows_pasted_lists_tables_and_headings() {
        for text in ["• note\n• comment", "(a) one\n(b) two", "– one\n– two", "| a | b |\n| c | d |", "#Findings"]
        {
            assert!(looks_like(text).is_some(), "{text}");
        }
        for text in [
            "Words – and more\nwords.",
            "(a) only one",
            "#1 of 3",
            "A | B",
            "see (a) above\nand (b) below",
            "i) one\\\nii) two",
        ] {
            assert!(looks_like(text).is_none(), "{text}");
        }
    }
}
