//! What fields hold.

use lopdf::{Document, Object};

use super::Field;
use crate::pdf::objects::{resolve, text};
use crate::pdf::streams;

/// Flags of fields by their position (ISO 32000-1, tables 226, 228 and 230).
const MULTILINE: u32 = 13;
const PASSWORD: u32 = 14;
const PUSH_BUTTON: u32 = 17;
const COMBO: u32 = 18;
const COMB: u32 = 25;

/// Options of a list that are looked at.
const MOST_OPTIONS: usize = 2_000;

/// What kind of field it is, as far as it holds something that is to be seen.
pub(super) enum Kind {
    /// Words on one line.
    Line,
    /// Words on several lines.
    Lines,
    /// Words with a box for each sign, so many in all.
    Comb(usize),
    /// One of several, of which only that shows.
    Combo,
    /// Several, of which some are chosen.
    List,
    /// A box to tick, or one of several buttons.
    Box,
}

impl Kind {
    /// Gives the kind; nothing for buttons to press, signatures and passwords, which show nothing that was filled in.
    pub(super) fn of(field: &Field) -> Option<Self> {
        match field.entry(b"FT")?.as_name().ok()? {
            b"Tx" if field.flag(PASSWORD) => None,
            b"Tx" if field.flag(MULTILINE) => Some(Self::Lines),
            b"Tx" => {
                let most = match field.entry(b"MaxLen") {
                    Some(Object::Integer(most)) => {
                        usize::try_from(*most).ok().filter(|most| (1..=1_000).contains(most))
                    }
                    _ => None,
                };
                Some(most.filter(|_| field.flag(COMB)).map_or(Self::Line, Self::Comb))
            }
            b"Ch" => Some(if field.flag(COMBO) { Self::Combo } else { Self::List }),
            b"Btn" if !field.flag(PUSH_BUTTON) => Some(Self::Box),
            _ => None,
        }
    }
}

/// What was filled in.
pub(super) enum Value {
    /// Words.
    Text(String),
    /// Options of a list, with those that are chosen.
    Options(Vec<(String, bool)>),
    /// The state of a box, and what it is called where several share a name.
    State(Vec<u8>),
}

impl Value {
    /// Reads what a field holds; nothing where it says nothing of it.
    pub(super) fn of(field: &Field, kind: &Kind) -> Option<Self> {
        let pdf = field.pdf;
        let value = field.entry(b"V");
        match kind {
            Kind::Box => match value? {
                Object::Name(name) => Some(Self::State(name.clone())),
                Object::String(bytes, _) => Some(Self::State(bytes.clone())),
                _ => None,
            },
            Kind::List => {
                let chosen = texts(pdf, value);
                let options = options(field);
                let is_chosen = |(export, shown): &(String, String)| chosen.contains(export) || chosen.contains(shown);
                if options.is_empty() {
                    return Some(Self::Options(chosen.into_iter().map(|text| (text, true)).collect()));
                }
                let all = options.into_iter().map(|option| {
                    let chosen = is_chosen(&option);
                    (option.1, chosen)
                });
                Some(Self::Options(all.collect()))
            }
            Kind::Combo => {
                let chosen = texts(pdf, value).into_iter().next()?;
                let shown = options(field).into_iter().find(|(export, _)| *export == chosen);
                Some(Self::Text(shown.map_or(chosen, |(_, shown)| shown)))
            }
            Kind::Line | Kind::Lines | Kind::Comb(_) => texts(pdf, value)
                .into_iter()
                .next()
                .or_else(|| rich(&texts(pdf, field.entry(b"RV")).into_iter().next()?))
                .map(Self::Text),
        }
    }

    /// Gives what was filled in, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Options(options) => {
                let chosen = options.iter().filter(|(_, chosen)| *chosen).map(|(text, _)| text.as_str());
                chosen.collect::<Vec<_>>().join(", ")
            }
            Self::State(state) => text(state),
        }
    }
}

/// Gives the texts of a value: one, or several of a list.
fn texts(pdf: &Document, value: Option<&Object>) -> Vec<String> {
    let one = |object: &Object| match resolve(pdf, object)? {
        Object::String(bytes, _) => Some(text(bytes)),
        Object::Name(name) => Some(text(name)),
        Object::Stream(stream) => streams::decode(pdf, stream).map(|bytes| text(&bytes)),
        Object::Integer(number) => Some(number.to_string()),
        Object::Real(number) => Some(number.to_string()),
        _ => None,
    };
    match value.and_then(|value| resolve(pdf, value)) {
        Some(Object::Array(items)) => items.iter().take(MOST_OPTIONS).filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Gives the options of a list: what each is called in the file, and what it shows.
fn options(field: &Field) -> Vec<(String, String)> {
    let pdf = field.pdf;
    let Some(Object::Array(items)) = field.entry(b"Opt") else { return Vec::new() };
    let one = |item: &Object| {
        let mut texts = texts(pdf, Some(item)).into_iter();
        let export = texts.next()?;
        let shown = texts.next().unwrap_or_else(|| export.clone());
        Some((export, shown))
    };
    items.iter().take(MOST_OPTIONS).filter_map(one).collect()
}

/// Gives what rich text says, without how it looks.
fn rich(xhtml: &str) -> Option<String> {
    let document = roxmltree::Document::parse(xhtml).ok()?;
    let mut words = String::new();
    for node in document.descendants() {
        if matches!(node.tag_name().name(), "p" | "br") && !words.is_empty() {
            words.push('\n');
        }
        words.push_str(node.text().filter(|_| node.is_text()).unwrap_or_default());
    }
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}
