//! Rich text as layouts and other formatters take it: words, and calls of a layout's functions around them.

use std::borrow::Cow;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::literal::Data;
use crate::finding::Place;

/// A part of rich text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Node {
    /// Words, with their place in the sources.
    Words(String, Place),
    /// What a function of the layouts makes.
    Call(Call),
}

/// A call of a function of the layouts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Call {
    function: Cow<'static, str>,
    arguments: Vec<(Option<Cow<'static, str>>, Data)>,
    body: Option<Vec<Node>>,
}

impl Call {
    /// Begins a call without arguments and body.
    pub(crate) fn of(function: &'static str) -> Self {
        Self { function: function.into(), arguments: Vec::new(), body: None }
    }

    /// Adds an argument that is known by its position.
    #[must_use]
    pub(crate) fn argument(mut self, value: Data) -> Self {
        self.arguments.push((None, value));
        self
    }

    /// Adds an argument that is known by its name.
    #[must_use]
    pub(crate) fn named(mut self, name: &'static str, value: Data) -> Self {
        self.arguments.push((Some(name.into()), value));
        self
    }

    /// Sets what the function is put around.
    #[must_use]
    pub(crate) fn around(mut self, body: Vec<Node>) -> Self {
        self.body = Some(body);
        self
    }

    fn write(&self, out: &mut String) {
        out.push('#');
        out.push_str(&self.function);
        if !self.arguments.is_empty() || self.body.is_none() {
            out.push('(');
            for (index, (name, value)) in self.arguments.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                if let Some(name) = name {
                    let _ = write!(out, "{name}: ");
                }
                value.write(out);
            }
            out.push(')');
        }
        if let Some(body) = &self.body {
            write_block(body, out);
        }
    }

    fn json(&self, picture: &dyn Fn(&str) -> String) -> Value {
        let mut call = Map::from_iter([("is".to_owned(), json!(self.function))]);
        let is_path = |index: usize| self.function == "picture" && index == 0;
        let mut of = Vec::new();
        for (index, (name, value)) in self.arguments.iter().enumerate() {
            let value = match value {
                Data::Text(path, _) if is_path(index) => json!(picture(path)),
                value => value.json(picture),
            };
            match name {
                Some(name) => drop(call.insert(name.clone().into_owned(), value)),
                None => of.push(value),
            }
        }
        if !of.is_empty() {
            call.insert("of".to_owned(), of.into());
        }
        if let Some(body) = &self.body {
            call.insert("text".to_owned(), json_of(body, picture));
        }
        call.into()
    }
}

impl From<Call> for Node {
    fn from(call: Call) -> Self {
        Self::Call(call)
    }
}

/// Writes rich text as a content block of Typst.
pub(super) fn write_block(nodes: &[Node], out: &mut String) {
    out.push('[');
    for node in nodes {
        match node {
            Node::Words(text, place) => super::scripts::words(text, *place, out),
            Node::Call(call) => call.write(out),
        }
    }
    out.push(']');
}

/// Gives the words of rich text alone.
pub(super) fn words_of(nodes: &[Node]) -> String {
    let words = |node: &Node| match node {
        Node::Words(text, _) => text.clone(),
        Node::Call(call) => {
            let of = call.arguments.iter().map(|(_, value)| value.plain()).collect::<String>();
            of + &call.body.as_deref().map(words_of).unwrap_or_default()
        }
    };
    nodes.iter().map(words).collect()
}

/// Gives rich text as JSON: a string for words, an object for each call.
pub(super) fn json_of(nodes: &[Node], picture: &dyn Fn(&str) -> String) -> Value {
    let json = |node: &Node| match node {
        Node::Words(text, _) => Value::from(text.as_str()),
        Node::Call(call) => call.json(picture),
    };
    nodes.iter().map(json).collect()
}
