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
    if !inner.0.starts_with(['#', '.']) && !WORDS.iter().any(|word| inner.0.starts_with(word)) {
        return attributes;
    }
    let place = first.place;
    read(inner.0, &mut attributes, place, cx);
    if attributes.width.is_some() || attributes.full {
        cx.log.add(
            Finding::new(&BAD_NUMBERING, place, "`width` and `full` are for pictures")
                .help("put them behind a picture: ![words for those who cannot see it](map.png){width=60%}"),
        );
    }
    let rest = inner.1.trim_start().to_owned();
    if rest.is_empty() {
        content.remove(0);
    } else {
        first.value = rest;
    }
    if let Some(language) = attributes.language.clone() {
        let words = std::mem::take(content);
        content.push(Inline::Language(language, words));
    }
    attributes
}

/// What attributes may begin with besides `#` and `.`.
const WORDS: [&str; 4] = ["number", "lang=", "width=", "full"];

/// Takes the braces from behind a picture that stands alone: `![words](map.png){full}`.
pub(super) fn take_picture_attributes(content: &mut Vec<Inline>, cx: Context) -> Attributes {
    let mut attributes = Attributes::default();
    if let [Inline::Link(_), Inline::Text(behind)] = &content[..]
        && let Some(inner) = behind.value.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
    {
        read(inner, &mut attributes, behind.place, cx);
        content.truncate(1);
    }
    attributes
}

fn read(inner: &str, attributes: &mut Attributes, place: Place, cx: Context) {
    for word in inner.split_whitespace() {
        if word == "#" {
            unknown(word, place, cx);
        } else if let Some(label) = word.strip_prefix('#') {
            attributes.label = Some(Text { value: label.to_owned(), place });
        } else if let Some(class) = word.strip_prefix('.') {
            set_class(attributes, class, place, cx);
        } else {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            set_pair(attributes, key, value, place, cx);
        }
    }
}

fn set_class(attributes: &mut Attributes, class: &str, place: Place, cx: Context) {
    match class {
        "numbered" => attributes.numbered = true,
        "unnumbered" => attributes.unnumbered = true,
        _ => unknown(&format!(".{class}"), place, cx),
    }
}

fn set_pair(attributes: &mut Attributes, key: &str, value: &str, place: Place, cx: Context) {
    let value = value.trim_matches(['"', '“', '”']);
    let percent = value.strip_suffix('%').and_then(|number| number.parse::<u8>().ok());
    match key {
        "number" if !value.is_empty() => attributes.number = Some(Text { value: value.to_owned(), place }),
        "lang" if is_language(value) => attributes.language = Some(value.to_owned()),
        "width" if percent.is_some_and(|percent| (5..=100).contains(&percent)) => attributes.width = percent,
        "full" if value.is_empty() => attributes.full = true,
        _ => unknown(key, place, cx),
    }
}

/// Tells whether a word is the tag of a language, such as `cy` or `cy-GB`.
fn is_language(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').unwrap_or((tag, "GB"));
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    (2..=3).contains(&language.len()) && letters(language) && region.len() == 2 && letters(region)
}

crate::finding::rule! {
    /// Attributes in braces are {#label}, {number=4.2}, {.numbered} for headings, {.unnumbered} and {lang=cy} for
    /// paragraphs, and {width=60%} and {full} behind pictures.
    BAD_NUMBERING = "T0013", Text, Error, guarded, "attributes that cannot be read";
}

fn unknown(word: &str, place: Place, cx: Context) {
    cx.log.add(Finding::new(&BAD_NUMBERING, place, format!("`{word}` is not an attribute")).help(
        "write {#label}, {number=4.2}, {.numbered}, {.unnumbered}, {lang=cy}; for pictures {width=60%} or {full}",
    ));
}
