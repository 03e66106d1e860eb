//! Changes to the text of a part: stretches of it that give way to other text, all else as it was.

use std::cmp::Reverse;
use std::fmt::Write;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Changes to the text of a part, in any order.
#[derive(Debug, Default)]
pub(crate) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts other text in the place of a stretch.
    pub(crate) fn replace(&mut self, at: Range<usize>, text: impl Into<String>) {
        self.0.push((at, text.into()));
    }

    /// Takes a stretch out.
    pub(crate) fn drop(&mut self, at: Range<usize>) {
        self.replace(at, "");
    }

    /// Gives the text with its changes; none when nothing changes. What lies within a stretch that gives
    /// way changes no more.
    pub(crate) fn apply(mut self, text: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        // Of two changes to one stretch the later one counts.
        self.0.reverse();
        self.0.sort_by_key(|(at, _)| (at.start, Reverse(at.end)));
        let mut edited = String::with_capacity(text.len());
        let mut done = 0;
        for (at, with) in &self.0 {
            if at.start < done {
                continue;
            }
            edited.push_str(text.get(done..at.start)?);
            edited.push_str(with);
            done = at.end;
        }
        edited.push_str(text.get(done..)?);
        Some(edited)
    }
}

/// Gives a start tag with other attributes: `set` names them as they stand in the file, with the value
/// or with none to be without. Nothing when it is no tag.
pub(crate) fn with_attributes(tag: &str, set: &[(&str, Option<&str>)]) -> Option<String> {
    let mut reader = Reader::from_str(tag);
    let (start, end): (BytesStart, _) = match reader.read_event().ok()? {
        Event::Start(start) => (start, ">"),
        Event::Empty(start) => (start, "/>"),
        _ => return None,
    };
    let mut text = format!("<{}", start.name().as_ref());
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref();
        if !set.iter().any(|(name, _)| *name == key) {
            let quote = if attribute.value.contains('"') { '\'' } else { '"' };
            let _ = write!(text, " {key}={quote}{}{quote}", attribute.value);
        }
    }
    for (name, value) in set {
        if let Some(value) = value {
            let _ = write!(text, " {name}=\"{}\"", escaped(value));
        }
    }
    text.push_str(end);
    Some(text)
}

/// Gives text as it stands in XML.
pub(crate) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_changes_win() {
        let mut edits = Edits::default();
        edits.replace(2..6, "x");
        edits.replace(4..5, "y");
        edits.drop(2..6);
        edits.replace(7..7, "+");
        assert_eq!(edits.apply("0123456789").as_deref(), Some("016+789"));
        assert_eq!(Edits::default().apply("abc"), None);
    }

    #[test]
    fn attributes_are_set_and_removed() {
        let tag = "<p:a x='1' y=\"a &amp; &quot;b\" z='q\"'/>";
        let set = with_attributes(tag, &[("x", None), ("n", Some("<2>"))]);
        assert_eq!(set.as_deref(), Some("<p:a y=\"a &amp; &quot;b\" z='q\"' n=\"&lt;2&gt;\"/>"));
    }
}
