//! Reads standing orders.

use std::collections::BTreeMap;

use globset::Glob;

use super::Context;
use super::fields::{Fields, Read, list};
use super::yaml::Node;
use crate::finding::{Finding, Place, did_you_mean};
use crate::load::fields::BAD_VALUE;
use crate::model::orders::{Longest, StandingOrders};
use crate::model::{PaperKind, Text};

impl Read for StandingOrders {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "`standing_orders`", cx)?;
        let orders = Self {
            longest: by_kind(&fields, "longest", cx, longest),
            file_names: by_kind(&fields, "file_names", cx, file_name),
            items: fields.list("required_items"),
            sections: by_kind(&fields, "required_sections", cx, |node, cx| Some(list(node, cx))),
            fields: by_kind(&fields, "required_fields", cx, |node, cx| Some(known_fields(node, cx))),
        };
        fields.close();
        Some(orders)
    }
}

/// Reads what is said of each kind of paper.
fn by_kind<T>(
    fields: &Fields,
    name: &'static str,
    cx: Context,
    read: impl Fn(&Node, Context) -> Option<T>,
) -> BTreeMap<String, T> {
    let Some(inner) = fields.node(name).and_then(|node| Fields::open(node, "a part of `standing_orders`", cx)) else {
        return BTreeMap::new();
    };
    let known = |kind: &str, place: Place| {
        let known = PaperKind::WORDS.contains(&kind);
        if !known {
            let help = did_you_mean(kind, PaperKind::WORDS)
                .unwrap_or_else(|| format!("write one of: {}", PaperKind::WORDS.join(", ")));
            cx.log.add(Finding::new(&BAD_VALUE, place, format!("`{kind}` is not a kind of paper")).help(help));
        }
        known
    };
    let entries = inner.entries().iter().filter(|field| known(&field.name, field.place));
    entries.filter_map(|field| Some((field.name.clone(), read(&field.node, cx)?))).collect()
}

fn longest(node: &Node, cx: Context) -> Option<Longest> {
    let pages = u32::read(node, cx)?;
    if pages == 0 {
        cx.log.add(
            Finding::new(&BAD_VALUE, node.place, "a paper has at least one page")
                .help("write the greatest number of pages, or remove the line"),
        );
        return None;
    }
    Some(Longest { pages, place: node.place })
}

fn file_name(node: &Node, cx: Context) -> Option<Text> {
    let text = Text::read(node, cx)?;
    if Glob::new(&text.value).is_err() {
        cx.log.add(
            Finding::new(&BAD_VALUE, text.place, format!("`{}` is not a pattern of file names", text.value))
                .help("write the name without its ending, with * for what may be anything, such as report-*"),
        );
        return None;
    }
    Some(text)
}

fn known_fields(node: &Node, cx: Context) -> Vec<Text> {
    let names: Vec<Text> = list(node, cx);
    for name in &names {
        if !StandingOrders::FIELDS.contains(&name.value.as_str()) {
            let help = did_you_mean(&name.value, StandingOrders::FIELDS)
                .unwrap_or_else(|| format!("write one of: {}", StandingOrders::FIELDS.join(", ")));
            let message = format!("`{}` is not a field that can be required", name.value);
            cx.log.add(Finding::new(&BAD_VALUE, name.place, message).help(help));
        }
    }
    names
}
