//! Reads the council's file, and what bodies and agendas share with it.

use std::collections::BTreeMap;

use super::Context;
use super::fields::{Fields, Read, one_of, written};
use super::walk::paths;
use super::yaml::{Node, Value};
use crate::finding::Finding;
use crate::load::fields::{BAD_VALUE, WRONG_SHAPE};
use crate::load::markdown::NO_ALTERNATIVE;
use crate::model::Text;
use crate::model::agenda::Item;
use crate::model::council::{Council, Look, Rating};
use crate::model::dates::{DateFormat, Formats, MinuteFormat, TimeFormat};
use crate::model::front::{Access, Front, Signatory};
use crate::model::notice::Nation;

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

/// Shapes that a rating can have.
pub(super) const SHAPES: [(&str, &str); 6] = [
    ("circle", "circle"),
    ("square", "square"),
    ("triangle", "triangle"),
    ("diamond", "diamond"),
    ("cross", "cross"),
    ("ring", "ring"),
];

/// Reads the file of `kind: council`.
pub(super) fn read(fields: &Fields, cx: Context) -> Council {
    Council {
        name: fields.need("name"),
        website: fields.get("website"),
        address: fields.get("address"),
        language: fields.get::<Text>("language").and_then(|text| language(text, cx)).unwrap_or_else(|| "en-GB".into()),
        look: fields.node("look").map(|node| look(node, cx)).unwrap_or_default(),
        formats: fields.node("formats").map(|node| formats(node, cx)).unwrap_or_default(),
        year_starts: fields.node("municipal_year_starts").and_then(|node| one_of(node, &MONTHS, cx)).unwrap_or(5),
        nation: fields.node("nation").and_then(|node| one_of(node, &Nation::KEYS, cx)).unwrap_or_default(),
        closed_days: fields.list("closed_days"),
        notice: fields.or_default("notice"),
        rules: fields.node("rules").map(|node| super::notice::rule_changes(node, cx)).unwrap_or_default(),
        orders: fields.or_default("standing_orders"),
        front: front(fields, cx).into(),
        standing: fields.node("standing").map(|node| standing(node, cx)).unwrap_or_default().into(),
        ratings: fields.node("ratings").map(|node| ratings(node, cx)).unwrap_or_default(),
        phrases: fields.node("phrases").map(|node| phrases(node, cx)).unwrap_or_default(),
        words: fields.list("words"),
        abbreviations: fields.node("abbreviations").map(|node| abbreviations(node, cx)).unwrap_or_default(),
        reading_ease: fields.get("reading_ease"),
        public_contacts: fields.list("public_contacts"),
        place: fields.place(),
    }
}

/// Reads notices, notes, access, signatory and contact, where any of them stands.
pub(super) fn front(fields: &Fields, cx: Context) -> Front {
    Front {
        signatory: fields.node("signatory").and_then(|node| signatory(node, cx)),
        contact: fields.get("contact"),
        notices: fields.list("notices"),
        notes: fields.has("notes").then(|| fields.list("notes")),
        notes_add: fields.list("notes_add"),
        access: fields.has("access").then(|| fields.list("access")),
    }
}

impl Read for Access {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a paragraph about access", cx)?;
        let access = Self { title: fields.need("title"), text: fields.need("text") };
        fields.close();
        Some(access)
    }
}

fn signatory(node: &Node, cx: Context) -> Option<Signatory> {
    if let Value::Text(_) = node.value {
        return Some(Signatory::Post(Text::read(node, cx)?));
    }
    let fields = Fields::open(node, "a signatory", cx)?;
    let signatory =
        Signatory::Written { name: fields.need("name"), post: fields.get("post"), address: fields.get("address") };
    fields.close();
    Some(signatory)
}

fn look(node: &Node, cx: Context) -> Look {
    let Some(fields) = Fields::open(node, "`look`", cx) else {
        return Look::default();
    };
    let usual = Look::default();
    let logo = fields.get::<Text>("logo").and_then(|text| {
        let value = paths::resolve(cx, &text.value, text.place)?;
        cx.wanted.borrow_mut().push((value.clone(), text.place));
        Some(Text { value, place: text.place })
    });
    let logo_text: Option<Text> = fields.get("logo_text");
    if let (Some(logo), None) = (&logo, &logo_text) {
        cx.log.add(
            Finding::new(&NO_ALTERNATIVE, logo.place, "the logo has no alternative text")
                .help("add `logo_text:` with the words that a screen reader should say"),
        );
    }
    let look = Look {
        logo,
        logo_text,
        accent: fields.node("accent").and_then(|node| colour(node, cx)).unwrap_or(usual.accent),
        font: fields.get("font"),
        size: fields.node("size").and_then(|node| size(node, cx)).unwrap_or(usual.size),
    };
    fields.close();
    look
}

fn language(text: Text, cx: Context) -> Option<String> {
    let (language, region) = text.value.split_once('-').unwrap_or((&text.value, "GB"));
    let lower = language.bytes().all(|byte| byte.is_ascii_lowercase()) && (2..=3).contains(&language.len());
    if lower && region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(text.value);
    }
    cx.log.add(
        Finding::new(&BAD_VALUE, text.place, format!("`{}` is not a language tag", text.value))
            .help("write en-GB for British English, or cy-GB for Welsh"),
    );
    None
}

fn size(node: &Node, cx: Context) -> Option<f64> {
    let size = f64::read(node, cx)?;
    if (8.0..=24.0).contains(&size) {
        return Some(size);
    }
    cx.log.add(
        Finding::new(&BAD_VALUE, node.place, format!("{size} pt cannot be used for body text"))
            .help("write a size from 8 to 24"),
    );
    None
}

fn colour(node: &Node, cx: Context) -> Option<String> {
    let text = written(node, "a colour", cx)?;
    let digits = text.strip_prefix('#').unwrap_or("");
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(text.to_owned());
    }
    cx.log.add(
        Finding::new(&BAD_VALUE, node.place, format!("`{text}` is not a colour"))
            .help("write six hexadecimal digits in quotes, such as \"#1d4f63\""),
    );
    None
}

fn formats(node: &Node, cx: Context) -> Formats {
    let Some(fields) = Fields::open(node, "`formats`", cx) else {
        return Formats::default();
    };
    let usual = Formats::default();
    let date = |name| example(&fields, name, "any date as the council writes it", cx, DateFormat::from_example);
    let time = "any time as the council writes it, such as 10.30 am";
    let formats = Formats {
        date: date("date").unwrap_or(usual.date),
        day: date("day").unwrap_or(usual.day),
        compact: date("compact").unwrap_or(usual.compact),
        issued: date("issued"),
        minutes: date("minutes"),
        briefing_note: date("briefing_note"),
        work_programme: date("work_programme"),
        time: example(&fields, "time", time, cx, TimeFormat::from_example).unwrap_or(usual.time),
        minute: example(&fields, "minute", "a minute number such as 12 or 12/26", cx, MinuteFormat::from_example)
            .unwrap_or(usual.minute),
    };
    fields.close();
    formats
}

fn example<T>(fields: &Fields, name: &'static str, what: &str, cx: Context, learn: fn(&str) -> Option<T>) -> Option<T> {
    let text: Text = fields.get(name)?;
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

/// Reads standing items by id.
pub(super) fn standing(node: &Node, cx: Context) -> BTreeMap<String, Item> {
    let Some(fields) = Fields::open(node, "`standing`", cx) else {
        return BTreeMap::new();
    };
    let items: BTreeMap<String, Item> =
        fields.entries().iter().filter_map(|field| Some((field.name.clone(), Item::read(&field.node, cx)?))).collect();
    for paper in items.values().flat_map(Item::all_papers) {
        cx.log.add(
            Finding::new(&WRONG_SHAPE, paper.place, "a standing item cannot have papers")
                .help("name the papers in the agenda, beside `standing:`"),
        );
    }
    items
}

/// Reads a rating scale.
pub(super) fn ratings(node: &Node, cx: Context) -> Vec<Rating> {
    let Some(scale) = Fields::open(node, "`ratings`", cx) else {
        return Vec::new();
    };
    let one = |id: &str, node: &Node| {
        let fields = Fields::open(node, "a rating", cx)?;
        let rating = Rating {
            id: id.to_owned(),
            word: fields.need("word"),
            meaning: fields.or_default("meaning"),
            shape: fields.node("shape").and_then(|node| one_of(node, &SHAPES, cx)).unwrap_or("circle").to_owned(),
            colour: fields.node("colour").and_then(|node| colour(node, cx)).unwrap_or_else(|| "#5a5a5a".into()),
        };
        fields.close();
        Some(rating)
    };
    scale.entries().iter().filter_map(|field| one(&field.name, &field.node)).collect()
}

fn abbreviations(node: &Node, cx: Context) -> BTreeMap<String, Text> {
    let Some(fields) = Fields::open(node, "`abbreviations`", cx) else {
        return BTreeMap::new();
    };
    (fields.entries().iter()).filter_map(|field| Some((field.name.clone(), Text::read(&field.node, cx)?))).collect()
}

fn phrases(node: &Node, cx: Context) -> BTreeMap<String, Text> {
    let Some(fields) = Fields::open(node, "`phrases`", cx) else {
        return BTreeMap::new();
    };
    (fields.entries().iter())
        .filter_map(|field| Some((field.name.clone(), Text { place: field.place, ..Text::read(&field.node, cx)? })))
        .collect()
}
