//! Reads standing orders.

use globset::Glob;

use super::Context;
use super::fields::{Fields, Read};
use super::yaml::Node;
use super::yaml::record::{Checked, Slot};
use super::yaml::schema::{self, Definitions, Object, Schema};
use crate::finding::{Finding, did_you_mean};
use crate::model::orders::{ByKind, Longest, StandingOrders};
use crate::model::{PaperKind, Text};
use crate::yaml::fields::BAD_VALUE;

impl Checked for StandingOrders {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        let cx = fields.context();
        self.file_names.0.retain(|_, name| is_pattern(name, cx));
        self.fields.values().flat_map(|names| &names.0).for_each(|name| known_field(name, cx));
        Some(self)
    }

    fn refine(object: &mut Object) {
        let names = schema::list(schema::words(Self::FIELDS));
        object.narrow("required_fields", schema::of_each(&names, &PaperKind::WORDS));
    }
}

impl<T: Read> Slot for ByKind<T> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        let cx = fields.context();
        let inner = fields.node(name).and_then(|node| Fields::open(node, "a part of `standing_orders`", cx));
        let entries = inner.iter().flat_map(Fields::entries);
        let known = entries.filter(|field| {
            let known = PaperKind::WORDS.contains(&field.name.as_str());
            if !known {
                let message = format!("`{}` is not a kind of paper", field.name);
                cx.log.add(Finding::new(&BAD_VALUE, field.place, message).help(one_of(&field.name, &PaperKind::WORDS)));
            }
            known
        });
        Self(known.filter_map(|field| Some((field.name.clone(), T::read(&field.node, cx)?))).collect())
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.of_each::<T>(name, &PaperKind::WORDS, about);
    }
}

impl Read for Longest {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let pages = u32::read(node, cx)?;
        if pages == 0 {
            cx.log.add(
                Finding::new(&BAD_VALUE, node.place, "a paper has at least one page")
                    .help("write the greatest number of pages, or remove the line"),
            );
            return None;
        }
        Some(Self { pages, place: node.place })
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::whole(1, u32::MAX)
    }
}

/// Tells whether the names of files can be held against a pattern.
fn is_pattern(name: &Text, cx: Context) -> bool {
    let is = Glob::new(&name.value).is_ok();
    if !is {
        cx.log.add(
            Finding::new(&BAD_VALUE, name.place, format!("`{}` is not a pattern of file names", name.value))
                .help("write the name without its ending, with * for what may be anything, such as report-*"),
        );
    }
    is
}

fn known_field(name: &Text, cx: Context) {
    if !StandingOrders::FIELDS.contains(&name.value.as_str()) {
        let message = format!("`{}` is not a field that can be required", name.value);
        let help = one_of(&name.value, &StandingOrders::FIELDS);
        cx.log.add(Finding::new(&BAD_VALUE, name.place, message).help(help));
    }
}

/// Says which words there are in place of an unknown one.
fn one_of(word: &str, words: &[&str]) -> String {
    did_you_mean(word, words.iter().copied()).unwrap_or_else(|| format!("write one of: {}", words.join(", ")))
}
