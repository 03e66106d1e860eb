//! Values written as Typst literals: the only way by which data reaches Typst.

use std::fmt::Write;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use minijinja::value::{Enumerator, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, Output, State, Value};
use serde::{Deserialize, Serialize};

use super::node::{Node, json_of, words_of, write_block};
use crate::finding::Place;
use crate::model::Text;

/// A value for a layout.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Data {
    /// Nothing.
    None,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A string.
    Text(String, Place),
    /// A day.
    Day(NaiveDate),
    /// Rich text.
    Content(Vec<Node>),
    /// An array.
    List(Vec<Data>),
    /// A dictionary.
    Fields(Vec<(String, Data)>),
}

impl Data {
    /// Makes a dictionary.
    pub(crate) fn fields<const N: usize>(fields: [(&str, Data); N]) -> Self {
        Self::Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Makes a string without a place in the sources.
    pub(crate) fn string(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Place::default())
    }

    /// Makes a string with its place.
    pub(crate) fn text(text: &Text) -> Self {
        Self::Text(text.value.clone(), text.place)
    }

    /// Makes a value, or nothing.
    pub(crate) fn option<T>(value: Option<T>, make: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::None, make)
    }

    /// Gives the words of rich text.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Content(nodes) => words_of(nodes),
            _ => String::new(),
        }
    }

    /// Makes an array.
    pub(crate) fn list<T>(values: impl IntoIterator<Item = T>, make: impl FnMut(T) -> Self) -> Self {
        Self::List(values.into_iter().map(make).collect())
    }

    /// Adds a field to a dictionary.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: Self) -> Self {
        if let Self::Fields(fields) = &mut self {
            fields.push((name.to_owned(), value));
        }
        self
    }

    /// Writes the value as Typst code.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::None => out.push_str("none"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => drop(write!(out, "{value}")),
            Self::Number(value) => drop(write!(out, "{value:?}")),
            Self::Text(text, place) => string(text, *place, out),
            Self::Day(day) => {
                let (year, month, day) = (day.year(), day.month(), day.day());
                let _ = write!(out, "datetime(year: {year}, month: {month}, day: {day})");
            }
            Self::Content(nodes) => write_block(nodes, out),
            Self::List(values) => {
                out.push('(');
                for value in values {
                    value.write(out);
                    out.push_str(", ");
                }
                out.push(')');
            }
            Self::Fields(fields) if fields.is_empty() => out.push_str("(:)"),
            Self::Fields(fields) => {
                out.push_str("(\n");
                for (name, value) in fields {
                    string(name, Place::default(), out);
                    out.push_str(": ");
                    value.write(out);
                    out.push_str(",\n");
                }
                out.push(')');
            }
        }
    }
}

impl Data {
    /// Gives the value as JSON, without places in the sources; `picture` says how a picture is named there.
    pub(crate) fn json(&self, picture: &dyn Fn(&str) -> String) -> serde_json::Value {
        match self {
            Self::None => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Integer(value) => (*value).into(),
            Self::Number(value) => (*value).into(),
            Self::Text(text, _) => text.as_str().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Content(nodes) => json_of(nodes, picture),
            Self::List(values) => values.iter().map(|value| value.json(picture)).collect(),
            Self::Fields(fields) => fields.iter().map(|(name, value)| (name.clone(), value.json(picture))).collect(),
        }
    }
}

/// Writes a string literal, behind a comment with its place when it has one.
pub fn string(text: &str, place: Place, out: &mut String) {
    comment(place, out);
    bare_string(text, out);
}

/// Writes the comment that tells a place, unless there is none.
pub(crate) fn comment(place: Place, out: &mut String) {
    if place != Place::default() {
        let _ = write!(out, "/*@{}:{}-{}*/", place.source, place.start, place.end);
    }
}

/// Writes a string literal.
pub(crate) fn bare_string(text: &str, out: &mut String) {
    out.push('"');
    let mut last = ' ';
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            // Typst sets a tab as nothing, which would join the words around it.
            '\t' => out.push(' '),
            // So that only the comments of places begin so.
            '*' if last == '/' => out.push_str("\\u{2a}"),
            character if character.is_control() => drop(write!(out, "\\u{{{:x}}}", u32::from(character))),
            character => out.push(character),
        }
        last = character;
    }
    out.push('"');
}

/// Finds the place whose comment stands last before `at` in generated source.
pub(crate) fn place_before(source: &str, at: usize) -> Option<Place> {
    let mut end = at.min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let start = source[..end].rfind("/*@")?;
    let inner = source[start + 3..].split("*/").next()?;
    let (file, range) = inner.split_once(':')?;
    let (first, last) = range.split_once('-')?;
    Some(Place { source: file.parse().ok()?, start: first.parse().ok()?, end: last.parse().ok()? })
}

/// The formatter of templates: every value is written as a literal.
pub(crate) fn format(out: &mut Output, _state: &mut State, value: &Value) -> Result<(), Error> {
    let mut code = String::new();
    if let Some(data) = value.downcast_object_ref::<Data>() {
        data.write(&mut code);
    } else if let Some(text) = value.as_str() {
        string(text, Place::default(), &mut code);
    } else if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "the value does not exist"));
    } else if value.is_none() {
        code.push_str("none");
    } else {
        let _ = write!(code, "{value}");
    }
    out.write_str(&code).map_err(|_| Error::new(ErrorKind::WriteFailure, "the template's output cannot be written"))
}

impl Object for Data {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match &**self {
            Self::Fields(_) => ObjectRepr::Map,
            Self::List(_) => ObjectRepr::Seq,
            _ => ObjectRepr::Plain,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match &**self {
            Self::Fields(fields) => {
                let key = key.as_str()?;
                fields.iter().find(|(name, _)| name == key).map(|(_, value)| Value::from_object(value.clone()))
            }
            Self::List(values) => values.get(key.as_usize()?).map(|value| Value::from_object(value.clone())),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match &**self {
            Self::Fields(fields) => {
                Enumerator::Values(fields.iter().map(|(name, _)| Value::from(name.as_str())).collect())
            }
            Self::List(values) => Enumerator::Seq(values.len()),
            _ => Enumerator::NonEnumerable,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        match &**self {
            Self::None | Self::Bool(false) => false,
            Self::Text(text, _) => !text.is_empty(),
            Self::List(values) => !values.is_empty(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_in_text_are_not_taken_for_places() {
        let mut code = String::new();
        let place = Place { source: 3, start: 10, end: 20 };
        string("/*@9:1-2*/ \"\\", place, &mut code);
        assert_eq!(code, "/*@3:10-20*/\"/\\u{2a}@9:1-2*/ \\\"\\\\\"");
        assert_eq!(place_before(&code, code.len()), Some(place));
    }
}
