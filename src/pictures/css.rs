//! Style sheets of drawings: addresses and remarks are taken out.

/// A style sheet or style attribute as it may be kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tidy {
    /// The style without remarks, imports and addresses that lead out of the drawing.
    pub(crate) text: String,
    /// Whether something led out of the drawing.
    pub(crate) led_out: bool,
}

/// Takes remarks, imports, and addresses that lead out of the drawing from a style.
pub(super) fn tidy(style: &str) -> Tidy {
    let (text, imported) = without_imports(&without_remarks(style));
    let (text, addressed) = without_addresses(&text);
    Tidy { text, led_out: imported || addressed }
}

fn without_remarks(style: &str) -> String {
    let mut text = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    text + rest
}

fn without_imports(style: &str) -> (String, bool) {
    let mut text = String::with_capacity(style.len());
    let mut rest = style;
    let mut found = false;
    while let Some(at) = position(rest, "@import") {
        found = true;
        text.push_str(&rest[..at]);
        let import = &rest[at..];
        rest = import.find([';', '}']).map_or("", |end| &import[end + 1..]);
    }
    (text + rest, found)
}

/// Puts `none` for `url(…)` that does not name a part of the drawing itself.
fn without_addresses(style: &str) -> (String, bool) {
    let mut text = String::with_capacity(style.len());
    let mut rest = style;
    let mut found = false;
    while let Some(at) = position(rest, "url(") {
        let (before, address) = rest.split_at(at);
        text.push_str(before);
        let end = address.find(')').map_or(address.len(), |end| end + 1);
        let (address, after) = address.split_at(end);
        if address[4..].trim_start_matches([' ', '\t', '\r', '\n', '"', '\'']).starts_with('#') {
            text.push_str(address);
        } else {
            found = true;
            text.push_str("none");
        }
        rest = after;
    }
    (text + rest, found)
}

/// Finds ASCII letters in any case.
fn position(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn only_parts_of_the_drawing_are_referred_to() {
        let style = "@import url(http://a.example/f.css); /* by J. */ .a{fill:URL( '#g' );mask:url(x.svg#m)}";
        let tidy = tidy(style);
        assert_eq!(tidy.text, "  .a{fill:URL( '#g' );mask:none}");
        assert!(tidy.led_out);
        assert!(!super::tidy("fill:url(#a);stroke:red").led_out);
        assert_eq!(super::tidy("a /* b").text, "a ");
        assert_eq!(super::tidy("é url(").text, "é none");
    }
}
