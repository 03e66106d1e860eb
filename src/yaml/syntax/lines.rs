//! The lines of a file, each with its indentation, the name of its field and its value.

use std::ops::Range;

/// How many lines above the one where the parser stopped are looked at.
const ABOVE: usize = 3;

pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) all: Vec<Line<'a>>,
}

pub(super) struct Line<'a> {
    /// First byte in the file.
    pub(super) start: usize,
    /// The line without its end.
    pub(super) text: &'a str,
    /// White space before its first sign, in bytes.
    pub(super) indent: usize,
    /// Where the name or value begins, behind `- `, in bytes of the line.
    pub(super) body_at: usize,
    /// Name of the field, when there is one.
    pub(super) name: Option<&'a str>,
    /// What stands behind `name: `, or all behind `- `.
    pub(super) value: &'a str,
    /// Where the value begins, in bytes of the line.
    pub(super) value_at: usize,
    /// The line belongs to a text below `|` or `>`.
    pub(super) in_text: bool,
}

impl<'a> Line<'a> {
    fn new(start: usize, text: &'a str) -> Self {
        let indent = text.len() - text.trim_start_matches([' ', '\t', '\u{a0}']).len();
        let mut body_at = indent;
        while text[body_at..].starts_with("- ") {
            body_at += text[body_at..].len() - text[body_at + 1..].trim_start_matches(' ').len();
        }
        if &text[body_at..] == "-" {
            body_at += 1;
        }
        let body = &text[body_at..];
        let colon = body.find(": ").or_else(|| body.ends_with(':').then(|| body.len() - 1));
        let named = colon.filter(|colon| {
            let name = &body[..*colon];
            !name.is_empty()
                && !name.starts_with(['"', '\'', '[', '{', '#', '“', '*', '&', '!', '|', '>', '@', '`', '%'])
        });
        let value_at = named.map_or(body_at, |colon| {
            let behind = &body[colon + 1..];
            body_at + colon + 1 + behind.len() - behind.trim_start_matches(' ').len()
        });
        let value = text[value_at..].trim_end();
        Self { start, text, indent, body_at, name: named.map(|colon| &body[..colon]), value, value_at, in_text: false }
    }

    /// Gives the range of some bytes of the line in the file.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    /// Gives the range of what stands on the line.
    pub(super) fn whole(&self) -> Range<usize> {
        self.range(self.indent..self.text.trim_end().len().max(self.indent))
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn is_note(&self) -> bool {
        !self.in_text && self.text.trim_start().starts_with('#')
    }

    pub(super) fn is_entry(&self) -> bool {
        self.body_at > self.indent
    }

    /// Gives the name when it is one that fields have, rather than words before a colon.
    pub(super) fn field(&self) -> Option<&'a str> {
        self.name.filter(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        })
    }

    /// Tells whether a text begins on the line below: `text: |`.
    pub(super) fn opens_text(&self) -> bool {
        let head = self.value.split(" #").next().unwrap_or_default().trim_end();
        head.starts_with(['|', '>'])
            && head[1..].bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'))
    }

    /// Gives the column, from 1, at which the name or value begins.
    pub(super) fn column(&self) -> usize {
        self.text[..self.body_at].chars().count() + 1
    }
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut all = Vec::new();
        let mut start = 0;
        // The column of what a text belongs to, and that of its first line when it is known.
        let mut open: Option<(usize, Option<usize>)> = None;
        for whole in text.split_inclusive('\n') {
            let mut line = Line::new(start, whole.trim_end_matches(['\n', '\r']));
            start += whole.len();
            if let Some((belongs_to, first)) = open
                && !line.is_blank()
            {
                if line.indent > belongs_to && first.is_none_or(|first| line.indent >= first) {
                    line.in_text = true;
                    open = Some((belongs_to, first.or(Some(line.indent))));
                } else {
                    open = None;
                }
            }
            if open.is_none() && line.opens_text() {
                let belongs_to = if line.name.is_some() { line.body_at } else { line.indent };
                open = Some((belongs_to, None));
            }
            all.push(line);
        }
        if all.is_empty() {
            all.push(Line::new(0, ""));
        }
        Self { text, all }
    }

    /// Gives the index of the line that holds a byte.
    pub(super) fn holding(&self, at: usize) -> usize {
        self.all.iter().rposition(|line| line.start <= at).unwrap_or(0)
    }

    /// Gives the line itself, the ones above that are no text, and the one below.
    pub(super) fn around(&self, here: usize) -> impl Iterator<Item = &Line<'a>> {
        let above = self.above(here).take(ABOVE);
        self.all.get(here).into_iter().chain(above).chain(self.all.get(here + 1)).filter(|line| !line.in_text)
    }

    /// Gives the lines above that say something and are neither notes nor in a text, the nearest first.
    pub(super) fn above(&self, here: usize) -> impl Iterator<Item = &Line<'a>> {
        self.all[..here.min(self.all.len())]
            .iter()
            .rev()
            .filter(|line| !line.is_blank() && !line.is_note() && !line.in_text)
    }
}
