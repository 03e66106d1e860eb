//! YAML to a tree in which every key and value knows its place and is kept as it was written.
//!
//! `1.10`, `10.30` and `NO` are numbers and a truth value to YAML; to an officer they are text.
//! So scalars are taken from the source by their place rather than from their YAML type.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use super::Context;
use crate::finding::{Finding, Place, rules};

mod syntax;

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing was written.
    Nothing,
    /// Text, as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Fields in their order.
    Fields(Vec<Field>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Place of the name.
    pub place: Place,
    /// Value.
    pub node: Node,
}

impl Node {
    /// Gives the place from its first byte to the last of what it holds.
    pub fn extent(&self) -> Place {
        match &self.value {
            Value::List(items) => items.iter().fold(self.place, |place, item| place.to(item.extent())),
            Value::Fields(fields) => {
                let first = fields.first().map_or(self.place, |field| field.place);
                let start = first.start.min(self.place.start);
                fields
                    .iter()
                    .fold(Place { start, ..first }, |place, field| place.to(field.place).to(field.node.extent()))
            }
            _ => self.place,
        }
    }
}

/// Reads a file's text; on a syntax error records a finding and gives nothing.
pub fn parse(cx: Context) -> Option<Node> {
    if let Some((at, character)) =
        cx.text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        let place = Place { source: cx.source, start: to_u32(at), end: to_u32(at + character.len_utf8()) };
        cx.log.add(control_character(character, place));
        return None;
    }
    let mut options = serde_yaml::Options::default();
    options.with_snippet = false;
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(cx.text, options) {
        Ok(root) => Some(node(&root, cx)),
        Err(error) => {
            cx.log.add(syntax_finding(&error, cx));
            None
        }
    }
}

fn syntax_finding(error: &serde_yaml::Error, cx: Context) -> Finding {
    let place = error.location().map_or(Place { source: cx.source, start: 0, end: 0 }, |at| error_place(at, cx));
    let full = error.without_snippet().to_string();
    let message = full.split(" at line ").next().unwrap_or(&full);
    let trouble = syntax::explain(message, cx.text, place.start as usize);
    let place = trouble.range.map_or(place, |range| Place {
        source: cx.source,
        start: to_u32(range.start),
        end: to_u32(range.end),
    });
    Finding::new(&rules::BAD_YAML, place, trouble.message).help(trouble.help)
}

/// Places an error that may know only its line and column.
fn error_place(location: Location, cx: Context) -> Place {
    let start = location.span().byte_offset().map_or_else(
        || {
            let line = usize::try_from(location.line()).unwrap_or(1).max(1);
            let column = usize::try_from(location.column()).unwrap_or(1).max(1);
            let line_start: usize = cx.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let rest = &cx.text[line_start.min(cx.text.len())..];
            line_start + rest.chars().take(column - 1).map(char::len_utf8).sum::<usize>()
        },
        |offset| usize::try_from(offset).unwrap_or(0),
    );
    let start = start.min(cx.text.len());
    let end = cx.text[start..].chars().next().map_or(start, |first| start + first.len_utf8());
    Place { source: cx.source, start: to_u32(start), end: to_u32(end) }
}

fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn place(location: Location, cx: Context) -> Place {
    let span = location.span();
    let start = usize::try_from(span.byte_offset().unwrap_or(0)).unwrap_or(0).min(cx.text.len());
    let length = usize::try_from(span.byte_len().unwrap_or(0)).unwrap_or(0);
    let end = (start + length).min(cx.text.len());
    Place { source: cx.source, start: to_u32(start), end: to_u32(end) }
}

fn node(raw: &Spanned<Raw>, cx: Context) -> Node {
    let here = place(raw.defined, cx);
    let value = match &raw.value {
        Raw::Nothing => Value::Nothing,
        Raw::AsWritten => {
            let written = &cx.text[here.start as usize..here.end as usize];
            Value::Text(written.trim().to_owned())
        }
        Raw::Text(text) => {
            let text = text.replace('\r', "");
            check_characters(&text, here, cx);
            Value::Text(text)
        }
        Raw::List(items) => Value::List(items.iter().map(|item| node(item, cx)).collect()),
        Raw::Fields(fields) => Value::Fields(
            fields
                .iter()
                .map(|(key, value)| {
                    let key_place = place(key.defined, cx);
                    let end = key_place.start + to_u32(key.value.len());
                    Field {
                        name: key.value.clone(),
                        place: Place { end: key_place.end.max(end.min(to_u32(cx.text.len()))), ..key_place },
                        node: node(value, cx),
                    }
                })
                .collect(),
        ),
    };
    Node { place: here, value }
}

/// Records characters that cannot be printed, or that turn the direction of the text around them.
fn check_characters(text: &str, place: Place, cx: Context) {
    let forbidden = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    if let Some(character) = text.chars().find(forbidden) {
        cx.log.add(control_character(character, place));
    }
}

fn control_character(character: char, place: Place) -> Finding {
    let message = format!("the text holds the character U+{:04X}, which cannot be printed", u32::from(character));
    Finding::new(&rules::CONTROL_CHARACTER, place, message)
        .help("delete it; it is often left behind by copying from another program")
}

/// A value as serde delivers it; what YAML takes for a number or truth value is read as written.
enum Raw {
    Nothing,
    AsWritten,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Fields(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("text, a list or fields")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = access.next_entry()? {
            fields.push(field);
        }
        Ok(Raw::Fields(fields))
    }
}
