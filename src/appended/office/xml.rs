//! XML of office files, read as a stream.

use std::io::BufRead;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// How deep tags may stand in each other; real files stay below a hundred.
const DEEPEST: usize = 256;

/// A tag that is open, by its name without the prefix.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tag {
    /// Name without the prefix.
    pub(crate) name: String,
    /// Prefix with its colon; empty when there is none.
    pub(crate) prefix: String,
    /// Where in the part the tag begins, in bytes.
    pub(crate) start: usize,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// Gives the value of an attribute by its name without the prefix.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Gives the values of all attributes of a name, whatever their prefixes.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.attributes.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Tells whether an attribute has a value.
    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// Tells whether an on-off tag of Office Open XML is on (`ST_OnOff`).
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.get("val"), Some("0" | "false" | "off"))
    }
}

/// What is met while reading. The tags that are open are given beside it, the innermost last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Met<'a> {
    /// The last of the open tags opens.
    Open,
    /// Text in the last of the open tags.
    Text(&'a str),
    /// The last of the open tags closes.
    Close,
}

/// Walks through XML; false when it cannot be read to its end.
///
/// What a file holds a second time for older programs (`mc:Fallback`) is passed over.
pub(crate) fn walk(source: impl BufRead, mut see: impl FnMut(&[Tag], Met)) -> bool {
    let mut passed_over = 0_usize;
    visit(source, |open, met, _| match met {
        Met::Open if passed_over > 0 || is_fallback(open) => passed_over += 1,
        Met::Close if passed_over > 0 => passed_over -= 1,
        met if passed_over == 0 => see(open, met),
        _ => {}
    })
}

/// Visits everything in XML with the bytes at which it stands; false when it cannot be read to its end.
///
/// The end of a tag that is closed at once stands behind it and is empty.
pub(crate) fn visit(source: impl BufRead, mut see: impl FnMut(&[Tag], Met, Range<usize>)) -> bool {
    let mut reader = Reader::from_reader(source);
    let mut open: Vec<Tag> = Vec::new();
    let mut buffer = Vec::new();
    let mut start = 0;
    loop {
        buffer.clear();
        let Ok(event) = reader.read_event_into(&mut buffer) else { return false };
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let at = start..end;
        match event {
            Event::Eof => return open.is_empty(),
            Event::Start(event) => {
                if open.len() >= DEEPEST {
                    return false;
                }
                open.push(tag(&event, start));
                see(&open, Met::Open, at);
            }
            Event::Empty(event) => {
                open.push(tag(&event, start));
                see(&open, Met::Open, at);
                see(&open, Met::Close, end..end);
                open.pop();
            }
            Event::End(_) => {
                see(&open, Met::Close, at);
                open.pop();
            }
            Event::Text(text) => see(&open, Met::Text(&text.xml10_content()), at),
            Event::CData(text) => see(&open, Met::Text(&text.xml10_content()), at),
            Event::GeneralRef(name) => {
                let text = match name.resolve_char_ref() {
                    Ok(Some(char)) => char.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).unwrap_or(" ").to_owned(),
                };
                see(&open, Met::Text(&text), at);
            }
            _ => {}
        }
        start = end;
    }
}

fn is_fallback(open: &[Tag]) -> bool {
    matches!(open, [.., around, last] if last.name == "Fallback" && around.name == "AlternateContent")
}

fn tag(event: &BytesStart, start: usize) -> Tag {
    let mut attributes = event.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
        (name, value)
    });
    let prefix = event.name().prefix().map_or_else(String::new, |prefix| format!("{}:", prefix.as_ref()));
    Tag { name: event.local_name().as_ref().to_owned(), prefix, start, attributes: attributes.collect() }
}

/// Tells whether any of the open tags has a name.
pub(crate) fn within(open: &[Tag], name: &str) -> bool {
    open.iter().any(|tag| tag.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_text_and_fallbacks_passed_over() {
        let xml = "<a:x b='1 &lt; 2'>A &amp; B&#x21;<mc:AlternateContent><mc:Fallback><y>no</y></mc:Fallback>\
                   <z/></mc:AlternateContent></a:x>";
        let mut text = String::new();
        let mut names = Vec::new();
        assert!(walk(xml.as_bytes(), |open, met| match met {
            Met::Open => names.push(open.last().map(|tag| (tag.name.clone(), tag.get("b").map(str::to_owned)))),
            Met::Text(words) => text.push_str(words),
            Met::Close => {}
        }));
        assert_eq!(text, "A & B!");
        assert_eq!(names[0], Some(("x".into(), Some("1 < 2".into()))));
        assert_eq!(names.len(), 3);
    }

    #[test]
    fn damaged_and_deep_xml_is_refused() {
        assert!(!walk("<a><b></a>".as_bytes(), |_, _| {}));
        assert!(!walk("<a>".as_bytes(), |_, _| {}));
        assert!(!walk("<a>".repeat(5000).as_bytes(), |_, _| {}));
    }
}
