//! Reads what the council's file has besides plain fields.

use std::collections::BTreeMap;

use serde_json::json;

use super::Context;
use super::fields::{Fields, Read, one_of, written};
use super::walk::paths;
use super::yaml::record::Checked;
use super::yaml::schema::{self, Definitions, Schema};
use super::yaml::{Node, Value};
use crate::finding::Finding;
use crate::load::markdown::NO_ALTERNATIVE;
use crate::model::Text;
use crate::model::agenda::Item;
use crate::model::council::{Colour, Council, Language, Look, Month, Points, Rating, Scale};
use crate::model::dates::{DateFormat, MinuteFormat, TimeFormat};
use crate::model::front::{Signatory, WrittenSignatory};
use crate::yaml::fields::{BAD_VALUE, WRONG_SHAPE};

const MONTHS: [(&str, u32); 12] = [
    ("January", 1),
    ("February", 2),
    ("March", 3),
    ("April", 4),
    ("May", 5),
    ("June", 6),
    ("July", 7),
    ("August", 8),
    ("September", 9),
    ("October", 10),
    ("November", 11),
    ("December", 12),
];

impl Checked for Council {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        without_papers(self.standing.as_written(), fields.context());
        // A phrase is told of by its key.
        if let Some(Value::Fields(phrases)) = fields.node("phrases").map(|node| &node.value) {
            for field in phrases {
                self.phrases.entry(field.name.clone()).and_modify(|phrase| phrase.place = field.place);
            }
        }
        Some(self)
    }
}

/// Finds papers of standing items, which every agenda names for itself.
pub(super) fn without_papers(standing: &BTreeMap<String, Item>, cx: Context) {
    for paper in standing.values().flat_map(Item::all_papers) {
        cx.log.add(
            Finding::new(&WRONG_SHAPE, paper.place, "a standing item cannot have papers")
                .help("name the papers in the agenda, beside `standing:`"),
        );
    }
}

impl Read for Signatory {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self::Post(Text::read(node, cx)?));
        }
        let WrittenSignatory { name, post, address } = WrittenSignatory::read(node, cx)?;
        Some(Self::Written { name, post, address })
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        schema::any([schema::text(), WrittenSignatory::schema(definitions)])
    }
}

impl Checked for Look {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        let cx = fields.context();
        self.logo = self.logo.and_then(|text| {
            let value = paths::resolve(cx, &text.value, text.place)?;
            cx.wanted.borrow_mut().push((value.clone(), text.place));
            Some(Text { value, place: text.place })
        });
        if let (Some(logo), None) = (&self.logo, &self.logo_text) {
            cx.log.add(
                Finding::new(&NO_ALTERNATIVE, logo.place, "the logo has no alternative text")
                    .help("add `logo_text:` with the words that a screen reader should say"),
            );
        }
        Some(self)
    }
}

impl Read for Language {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let text = Text::read(node, cx)?;
        let (language, region) = text.value.split_once('-').unwrap_or((&text.value, "GB"));
        let lower = language.bytes().all(|byte| byte.is_ascii_lowercase()) && (2..=3).contains(&language.len());
        if lower && region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Some(Self(text.value));
        }
        cx.log.add(
            Finding::new(&BAD_VALUE, text.place, format!("`{}` is not a language tag", text.value))
                .help("write en-GB for British English, or cy-GB for Welsh"),
        );
        None
    }

    fn schema(_: &mut Definitions) -> Schema {
        json!({ "type": "string", "pattern": "^[a-z]{2,3}(-[A-Z]{2})?$" })
    }
}

impl Read for Month {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        one_of(node, &MONTHS, cx).map(Self)
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::words(MONTHS.map(|(name, _)| name))
    }
}

impl Read for Points {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let size = f64::read(node, cx)?;
        if (8.0..=24.0).contains(&size) {
            return Some(Self(size));
        }
        cx.log.add(
            Finding::new(&BAD_VALUE, node.place, format!("{size} pt cannot be used for body text"))
                .help("write a size from 8 to 24"),
        );
        None
    }

    fn schema(_: &mut Definitions) -> Schema {
        json!({ "type": ["number", "string"], "minimum": 8, "maximum": 24, "pattern": "^(8|9|1[0-9]|2[0-3])([.][0-9]*)?$|^24$" })
    }
}

impl Read for Colour {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let text = written(node, "a colour", cx)?;
        let digits = text.strip_prefix('#').unwrap_or("");
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(Self(text.to_owned()));
        }
        cx.log.add(
            Finding::new(&BAD_VALUE, node.place, format!("`{text}` is not a colour"))
                .help("write six hexadecimal digits in quotes, such as \"#1d4f63\""),
        );
        None
    }

    fn schema(_: &mut Definitions) -> Schema {
        json!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" })
    }
}

/// Learns a format from an example.
fn example<T>(node: &Node, what: &str, cx: Context, learn: fn(&str) -> Option<T>) -> Option<T> {
    let text = Text::read(node, cx)?;
    let learnt = learn(&text.value);
    if learnt.is_none() {
        cx.log.add(
            Finding::new(
                &BAD_VALUE,
                text.place,
                format!("`{}` is not an example that a format can be learnt from", text.value),
            )
            .help(format!("write {what}")),
        );
    }
    learnt
}

/// Formats that are learnt from examples, and what to write for them.
macro_rules! examples {
    ($($format:ty: $what:literal, $pattern:literal;)*) => {
        $( impl Read for $format {
            fn read(node: &Node, cx: Context) -> Option<Self> {
                example(node, $what, cx, Self::from_example)
            }

            fn schema(_: &mut Definitions) -> Schema {
                schema::pattern($pattern)
            }
        } )*
    };
}

examples! {
    DateFormat: "any date as the council writes it", "[0-9]";
    TimeFormat: "any time as the council writes it, such as 10.30 am", "[0-9]";
    MinuteFormat: "a minute number such as 12 or 12/26", "[0-9]";
}

impl Read for Scale {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let scale = Fields::open(node, "`ratings`", cx)?;
        let one = |id: &str, node| Some(Rating { id: id.to_owned(), ..Rating::read(node, cx)? });
        Some(Self(scale.entries().iter().filter_map(|field| one(&field.name, &field.node)).collect()))
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        schema::by_id(&Rating::schema(definitions))
    }
}
