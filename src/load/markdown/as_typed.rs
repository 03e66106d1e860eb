//! Signs within words that Markdown would take for mark-up, though they are meant as they stand.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::Reader;

crate::finding::rule! {
    /// A hyphen, a number with a point, `>` or a row of hyphens at the start of a line makes a list, a quotation or a
    /// heading. In the place shown it may have come there by chance, such as by a line that was broken before it.
    /// Put a backslash before the sign if it is a part of the text.
    TAKEN_FOR_MARKUP = "T0021", Text, Warning, "a sign that changes what stands around it";
}

impl Reader<'_> {
    /// Gives the sign of an emphasis that is none: the stars of A*A*A, the tildes of ~5 to ~10.
    pub(super) fn typed_sign(&self, tag: &Tag, range: &Range<usize>) -> Option<&'static str> {
        let written = self.text.get(range.clone())?;
        let before = self.text[..range.start].trim_end_matches('*').chars().next_back();
        let after = self.text[range.end..].chars().next();
        let goes_on = |sign: Option<char>| written.starts_with('*') && sign.is_some_and(char::is_alphanumeric);
        let in_word = goes_on(before);
        match tag {
            Tag::Emphasis if in_word || goes_on(after) => Some("*"),
            Tag::Strong if in_word => Some("**"),
            Tag::Strikethrough if !written.starts_with("~~") => Some("~"),
            _ => None,
        }
    }

    /// Gives the text of backticks that begin or end within a word, as apostrophes do.
    pub(super) fn typed_code(&self, range: &Range<usize>) -> Option<&str> {
        let before = self.text[..range.start].chars().next_back();
        let after = self.text[range.end..].chars().next();
        let in_word = [before, after].into_iter().flatten().any(char::is_alphanumeric);
        self.text.get(range.clone()).filter(|_| in_word)
    }

    /// Gives hyphens and points that stand for a line to be filled in, and an apostrophe before a decade.
    pub(super) fn typed_punctuation(&self, text: &str, range: &Range<usize>) -> Option<&str> {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        match text {
            _ if !text.is_empty() && text.chars().all(|sign| matches!(sign, '–' | '—' | '…')) => {
                let written = self.text.get(range.clone())?;
                let sign = written.chars().next().filter(|sign| written.chars().all(|other| other == *sign))?;
                let run = |text: &str, rest: &str| text.len() - rest.len();
                let around = run(before, before.trim_end_matches(sign)) + run(after, after.trim_start_matches(sign));
                (around + written.len() > 3).then_some(written)
            }
            // The first of the two backslashes of \\server\folder is taken for one that makes the other a sign.
            _ if text.starts_with('\\') && before.ends_with('\\') => {
                let free =
                    before.strip_suffix('\\')?.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '\\');
                let named = text[1..].starts_with(char::is_alphanumeric) && text[1..].contains('\\');
                self.text.get(range.start - 1..range.end).filter(|written| free && named && written[1..] == *text)
            }
            "‘" => {
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                (digits == 2 && after[2..].starts_with('s')).then_some("’")
            }
            _ => None,
        }
    }

    /// Records a line that ends early because of spaces at its end, once in a text.
    pub(super) fn spaces_at_end(&mut self, range: &Range<usize>) {
        if self.told_spaces || self.text[range.clone()].starts_with('\\') {
            return;
        }
        self.told_spaces = true;
        let help = "delete the spaces, or write `\\` in their place to end the line there";
        self.doubt(range, "spaces at the end of this line break it there", help);
    }

    /// Records a sign that changes what stands around it, and may not be meant to.
    pub(super) fn doubt(&self, range: &Range<usize>, message: &str, help: &str) {
        self.cx.log.add(self.finding(&TAKEN_FOR_MARKUP, range, message).help(help));
    }
}

/// Writes one line of text so that no sign at its start makes a list, a heading or a quotation of it.
pub(super) fn as_one_paragraph(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains('\n') {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = |mark: usize| text[mark..].is_empty() || text[mark..].starts_with([' ', '\t']);
    if (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']) && behind(digits + 1) {
        return Some(format!("{}\\{}", &text[..digits], &text[digits..]));
    }
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    let heading = (1..=6).contains(&hashes) && behind(hashes);
    let entry = text.starts_with(['-', '+', '*']) && behind(1);
    (heading || entry || text.starts_with('>')).then(|| format!("\\{text}"))
}

/// Gives words, path and caption of a picture whose file name has spaces, which Markdown does not take for one.
pub(super) fn spaced_picture(written: &str) -> Option<(&str, &str, &str)> {
    let (words, rest) = written.trim().strip_prefix("![")?.split_once("](")?;
    let inner = rest.strip_suffix(')')?.trim();
    let quote = ['"', '“', '”'];
    let (path, caption) = match inner.strip_suffix(quote).and_then(|inner| inner.split_once([' ']).map(|_| inner)) {
        Some(inner) => {
            let at = inner.find(quote)?;
            (&inner[..at], inner[at..].trim_start_matches(quote))
        }
        None => (inner, ""),
    };
    let path = path.trim();
    let is_picture = path.contains(' ') && path.contains('.') && !path.contains(['\n', '<', '>', '"', '(', ')']);
    (is_picture && !words.contains(['[', ']', '\n'])).then_some((words, path, caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_may_have_spaces_in_their_names() {
        assert_eq!(spaced_picture("![A chart](Chart 1.png)"), Some(("A chart", "Chart 1.png", "")));
        assert_eq!(spaced_picture("![A](Chart 1 b.png “Trams”)"), Some(("A", "Chart 1 b.png", "Trams")));
        for text in ["![A](a.png)", "![A] (a b.png)", "see ![A](a b.png)", "![A](a b.png) and", "![A](<a b.png>)"] {
            assert_eq!(spaced_picture(text), None, "{text}");
        }
    }

    #[test]
    fn one_line_is_no_list() {
        for (text, escaped) in [
            ("1. One", Some("1\\. One")),
            ("- One", Some("\\- One")),
            ("# One", Some("\\# One")),
            (">5", Some("\\>5")),
            ("2026", None),
            ("#5", None),
            ("-5", None),
            ("One", None),
        ] {
            assert_eq!(as_one_paragraph(text).as_deref(), escaped, "{text}");
        }
    }
}
