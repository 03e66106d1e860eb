//! Braces before a paragraph and behind a heading: `{#label number=4.2 .unnumbered}`.

use pulldown_cmark::CowStr;

use crate::finding::{Finding, Place};
use crate::load::Context;
use crate::model::Text;
use crate::model::text::{Attributes, Inline};

/// Gives the attributes of a heading, which the Markdown reader has found already.
pub(super) fn heading_attributes(
    id: Option<&str>,
    classes: &[CowStr],
    pairs: &[(CowStr, Option<CowStr>)],
    place: Place,
    cx: Context,
) -> Attributes {
    let mut attributes =
        Attributes { label: id.map(|label| Text { value: label.to_owned(), place }), ..Attributes::default() };
    for class in classes {
        set_class(&mut attributes, class, place, cx);
    }
    for (key, value) in pairs {
        set_pair(&mut attributes, key, value.as_deref().unwrap_or(""), place, cx);
    }
    attributes
}

/// Takes the braces from the start of a paragraph, when there are any.
pub(super) fn take_paragraph_attributes(content: &mut Vec<Inline>, cx: Context) -> Attributes {
    let mut attributes = Attributes::default();
    let Some(Inline::Text(first)) = content.first_mut() else {
        return attributes;
    };
    let Some(inner) = first.value.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
        return attributes;
    };
    if !inner.0.starts_with(['#', '.']) && !inner.0.starts_with("number") {
        return attributes;
    }
    let place = first.place;
    for word in inner.0.split_whitespace() {
        if word == "#" {
            unknown(word, place, cx);
        } else if let Some(label) = word.strip_prefix('#') {
            attributes.label = Some(Text { value: label.to_owned(), place });
        } else if let Some(class) = word.strip_prefix('.') {
            set_class(&mut attributes, class, place, cx);
        } else {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            set_pair(&mut attributes, key, value, place, cx);
        }
    }
    let rest = inner.1.trim_start().to_owned();
    if rest.is_empty() {
        content.remove(0);
    } else {
        first.value = rest;
    }
    attributes
}

fn set_class(attributes: &mut Attributes, class: &str, place: Place, cx: Context) {
    match class {
        "numbered" => attributes.numbered = true,
        "unnumbered" => attributes.unnumbered = true,
        _ => unknown(&format!(".{class}"), place, cx),
    }
}

fn set_pair(attributes: &mut Attributes, key: &str, value: &str, place: Place, cx: Context) {
    if key == "number" && !value.is_empty() {
        attributes.number = Some(Text { value: value.trim_matches(['"', '“', '”']).to_owned(), place });
    } else {
        unknown(key, place, cx);
    }
}

crate::finding::rule! {
    /// Attributes in braces are {#label}, {number=4.2}, {.numbered} for headings and {.unnumbered} for
    /// paragraphs.
    BAD_NUMBERING = "T0013", Text, Error, guarded, "attributes that cannot be read";
}

fn unknown(word: &str, place: Place, cx: Context) {
    cx.log.add(
        Finding::new(&BAD_NUMBERING, place, format!("`{word}` is not an attribute"))
            .help("write {#label}, {number=4.2}, {.numbered} or {.unnumbered}"),
    );
}
