//! Headings: that they have words, and are meant as headings.

use std::ops::Range;

use super::Reader;
use crate::model::text::{Inline, each_part, plain};

crate::finding::rule! {
    /// A heading is a bookmark of the pack, and what screen readers jump to, so it needs words (PDF/UA-1, 7.4.2).
    EMPTY_HEADING = "T0022", Text, Error, "a heading without words";
}

impl Reader<'_> {
    /// Tells whether a heading has words; records one that only the line below it has made.
    pub(super) fn check_heading(&self, content: &[Inline], range: &Range<usize>) -> bool {
        let written = self.text[range.clone()].trim();
        let mut linked = false;
        each_part(content, &mut |part| linked |= matches!(part, Inline::Link(_)));
        if plain(content).trim().is_empty() && !linked {
            if written.contains("![") {
                return false; // The picture that stood there is told of.
            }
            let finding = self.finding(&EMPTY_HEADING, range, "this heading has no words");
            self.cx.log.add(finding.help("write them behind the #, or delete the line"));
            return false;
        }
        if !written.starts_with('#') {
            let line = written.lines().next_back().unwrap_or_default();
            let message = format!("the line of `{}` makes a heading of the text above it", &line[..line.len().min(3)]);
            let help = "put an empty line between them for a line across the page; write `# ` before a heading";
            self.doubt(range, &message, help);
        }
        let opening = written.len() - written.trim_start_matches('#').len();
        let closing = written.len() - written.trim_end_matches('#').len();
        if opening > 0 && closing > 0 && closing != opening && written[..written.len() - closing].ends_with(' ') {
            self.doubt(range, "`#` at the end of a heading is not printed", "write \\# if it is a part of the heading");
        }
        true
    }
}
