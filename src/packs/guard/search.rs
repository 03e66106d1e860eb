//! Searches finished files: what they say and where, and their names.

use std::collections::BTreeSet;

use super::read::{self, Carrier};
use crate::appended::visibility::PageWords;
use crate::fs::has_ending;
use crate::packs::workers::side_by_side;
use crate::secrets::{Form, Secret};

/// A secret in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// Index of the secret.
    pub(super) secret: usize,
    pub(super) carrier: Carrier,
    /// Index of the page, from 0, where it is on one.
    pub(super) page: Option<usize>,
}

/// A file that was searched.
#[derive(Debug, Default)]
pub(super) struct Searched {
    /// Its path.
    pub(super) path: String,
    pub(super) hits: BTreeSet<Hit>,
    /// Whether it could be read.
    pub(super) is_read: bool,
    /// What was read of each page.
    pub(super) pages: Vec<PageWords>,
}

/// Searches files.
pub(super) fn all<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>, secrets: &[&Secret]) -> Vec<Searched> {
    let files: Vec<_> = files.collect();
    side_by_side(&files, |(path, bytes)| Some(one(path, bytes, secrets))).unwrap_or_default()
}

fn one(path: &str, bytes: &[u8], secrets: &[&Secret]) -> Searched {
    let mut searched = Searched { path: path.to_owned(), is_read: true, ..Searched::default() };
    searched.say(path, Carrier::Name, None, secrets);
    if has_ending(path, &["pdf"]) {
        match read::everything(bytes) {
            Some(sayings) => {
                for saying in &sayings.all {
                    searched.say(&saying.text, saying.carrier, saying.page, secrets);
                }
                searched.pages = sayings.pages;
            }
            None => searched.is_read = false,
        }
    } else {
        match serde_json::from_slice(bytes) {
            Ok(value) => searched.value(&value, secrets),
            Err(_) => searched.say(&String::from_utf8_lossy(bytes), Carrier::Inside, None, secrets),
        }
    }
    searched
}

impl Searched {
    fn say(&mut self, text: &str, carrier: Carrier, page: Option<usize>, secrets: &[&Secret]) {
        let form = Form::of(text);
        for (secret, _) in secrets.iter().enumerate().filter(|(_, secret)| secret.find(&form).is_some()) {
            self.hits.insert(Hit { secret, carrier, page });
        }
    }

    fn value(&mut self, value: &serde_json::Value, secrets: &[&Secret]) {
        match value {
            serde_json::Value::String(text) => self.say(text, Carrier::Inside, None, secrets),
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.value(item, secrets)),
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    self.say(key, Carrier::Inside, None, secrets);
                    self.value(value, secrets);
                }
            }
            _ => {}
        }
    }
}
