//! Rich text: only counted, as its words may be in any of many encodings.

use super::{Notes, Tally};

/// Looks through rich text.
pub fn look(bytes: &[u8], notes: &mut Notes) {
    let (mut changes, mut comments, mut hidden) = (Tally::default(), Tally::default(), Tally::default());
    for word in control_words(bytes) {
        match word {
            b"revised" | b"deleted" => changes.add("", ""),
            b"annotation" => comments.add("", ""),
            b"v" => hidden.add("", ""),
            _ => {}
        }
    }
    notes.changes(&changes);
    notes.comments(&comments);
    notes.hidden_text(&hidden);
}

/// Gives the control words that switch something on: `\v`, but not `\v0`.
fn control_words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\\').skip(1).filter_map(|rest| {
        let end = rest.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(rest.len());
        let off = rest.get(end) == Some(&b'0');
        (end > 0 && !off).then(|| &rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switched_off_words_are_passed_over() {
        let words: Vec<&[u8]> = control_words(br"{\rtf1 \v a\v0 \deleted b}").collect();
        assert_eq!(words, [&b"rtf"[..], b"v", b"deleted"]);
    }
}
