//! Mark-up that was not understood, and would be printed as it stands.

use crate::finding::{Finding, Place};
use crate::load::Context;
use crate::model::Text;

/// Signs that are left of a picture, a link or a name, and what to write.
const SIGNS: [(&str, &str); 7] = [
    ("![", "write a picture as ![what it shows](file.png), in a paragraph of its own"),
    ("](", "write a link as [words](https://…), without spaces in the address"),
    ("] (http", "take away the space between `]` and `(`"),
    ("] (www", "take away the space between `]` and `(`, and begin the address with https://"),
    ("{#", "put the name at the start of its paragraph, or at the end of its heading"),
    ("{.", "put the braces at the start of the paragraph, or at the end of the heading"),
    ("~~", "write ~~ on both sides, without spaces between them and the words"),
];

/// Records what is left of mark-up in finished words.
pub(super) fn report(words: &str, place: Place, cx: Context) {
    let source = cx.text.get(place.start as usize..place.end as usize).unwrap_or_default();
    // What the writer has put a backslash before is meant.
    let typed = |sign: &str| source.find(sign).is_some_and(|at| !source[..at].ends_with('\\'));
    let left = SIGNS.into_iter().find(|(sign, _)| words.contains(sign) && typed(sign));
    let help = "write *slanted* or **bold**, without spaces inside the stars";
    let pairs = [("==", marked(words)), ("**", stars(words))];
    let pair = || pairs.into_iter().find(|(sign, is)| *is && typed(sign)).map(|(sign, _)| (sign, help));
    if let Some((sign, help)) = left.or_else(pair) {
        cx.log.add(printed(sign, place, cx).help(help));
    }
}

/// Records mark-up in a field that is printed as it is written.
pub(in crate::load) fn report_plain(text: &Text, cx: Context) {
    let signs = ["](", "![", "{#", "**", "~~"];
    let is = |sign: &&str| text.value.contains(*sign) && (*sign != "**" || text.value.matches("**").count() > 1);
    if let Some(sign) = signs.into_iter().find(is) {
        cx.log.add(printed(sign, text.place, cx).help("take the signs away: this field is printed as it is written"));
    }
}

crate::finding::rule! {
    /// Signs of a link, a picture, a name in braces or an emphasis stand in words that are none: a space is in the
    /// wrong place, or the field is printed as it is written. Write it as the help says; put a backslash before
    /// the sign if it is meant to be printed.
    MARKUP_LEFT = "T0020", Text, Warning, "mark-up that would be printed as it stands";
}

fn printed(sign: &str, place: Place, cx: Context) -> Finding {
    let place = place.of(sign, cx.text);
    Finding::new(&MARKUP_LEFT, place, format!("`{sign}` is not understood here, and would be printed"))
}

/// `==words==`.
fn marked(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    text.match_indices("==").any(|(at, _)| {
        let inner = &text[at + 2..];
        inner.starts_with(is_word) && inner.find("==").is_some_and(|end| inner[..end].ends_with(is_word))
    })
}

/// `** words **`, and `**words` that is never closed; a note below a table may begin with two stars.
fn stars(text: &str) -> bool {
    let mut found = text.match_indices("**").map(|(at, _)| at);
    let (Some(first), Some(second)) = (found.next(), found.next()) else { return false };
    let inner = &text[first + 2..second];
    inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty()
}

/// Puts boxes in the place of `[ ]` and, at the start of a text, of `[x]`.
pub(super) fn boxes(text: &str, at_start: bool) -> Option<String> {
    let ticked = ["[x]", "[X]"].iter().any(|sign| {
        at_start && text.strip_prefix(sign).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\u{a0}']))
    });
    if !ticked && !text.contains("[ ]") {
        return None;
    }
    let text = if ticked { format!("☑{}", &text[3..]) } else { text.to_owned() };
    let others = text.contains("[ ]");
    let text = text.replace("[ ]", "☐");
    Some(if others { text.replace("[x]", "☑").replace("[X]", "☑") } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_printed_as_boxes() {
        for (typed, printed) in
            [("[ ] open", "☐ open"), ("[x] done", "☑ done"), ("Yes [x] No [ ]", "Yes ☑ No ☐"), ("[X]", "☑")]
        {
            assert_eq!(boxes(typed, true).as_deref(), Some(printed));
        }
        assert_eq!(boxes("the x-axis [x] is", false), None);
        assert_eq!(boxes("[xi] is", true), None);
    }

    #[test]
    fn pairs_of_signs_are_told_from_single_ones() {
        for text in ["a ==word== b", "== not=="] {
            assert_eq!(marked(text), text.starts_with('a'), "{text}");
        }
        assert!(stars("a ** bold ** b"));
        for text in ["Ward A** and Ward B**", "** Estimated", "2**3 and 4**5"] {
            assert!(!stars(text), "{text}");
        }
    }
}
