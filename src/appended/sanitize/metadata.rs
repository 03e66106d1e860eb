//! What a file says of itself: title, author, language, claims. None of it goes into a pack.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

use super::Facts;
use super::pages::Page;
use crate::appended::facts::Size;
use crate::pdf::objects::{dictionary, get, get_dictionary, get_name, get_stream, get_text};
use crate::pdf::streams;

/// Reads what a file says of itself.
pub(super) fn facts(pdf: &Document, pages: &[Page]) -> Facts {
    let mut facts = Facts {
        format: format!("PDF {}", pdf.version),
        pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        sizes: sizes(pages),
        ..Facts::default()
    };
    if pdf.was_encrypted() {
        facts.format.push_str(", encrypted");
    }
    let Ok(catalog) = pdf.catalog() else { return facts };
    facts.tagged = get_dictionary(pdf, catalog, b"StructTreeRoot").is_some_and(|root| root.has(b"K"));
    facts.language =
        get_text(pdf, catalog, b"Lang").map(|lang| lang.trim().to_owned()).filter(|lang| is_language(lang));
    if let Some(info) = pdf.trailer.get(b"Info").ok().and_then(|info| dictionary(pdf, info)) {
        for (key, value) in info {
            if let Some(Object::String(bytes, _)) = crate::pdf::objects::resolve(pdf, value) {
                let text = crate::pdf::objects::text(bytes);
                let name = String::from_utf8_lossy(key).into_owned();
                if !text.trim().is_empty() {
                    facts.metadata.insert(name, text.trim().chars().take(300).collect());
                }
            }
        }
    }
    if let Some(xmp) = get_stream(pdf, catalog, b"Metadata").and_then(|stream| streams::decode(pdf, stream)) {
        let xmp = String::from_utf8_lossy(&xmp);
        facts.claims = claims(&xmp);
        facts.metadata.extend(people(&xmp));
    }
    for (kind, number) in annotations(pdf, pages) {
        facts.counts.insert(kind, number);
    }
    facts
}

/// Tells whether a language tag can be one (RFC 5646, in outline).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let word = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    word(first, 2..=3) && first.bytes().all(|byte| byte.is_ascii_alphabetic()) && parts.all(|part| word(part, 1..=8))
}

fn sizes(pages: &[Page]) -> Vec<Size> {
    let mut sizes: Vec<Size> = Vec::new();
    for face in pages.iter().map(Page::face) {
        let same = |size: &&mut Size| (size.width - face.width).abs() < 1.0 && (size.height - face.height).abs() < 1.0;
        if let Some(size) = sizes.iter_mut().find(same) {
            size.pages += 1;
        } else if sizes.len() < 50 {
            sizes.push(Size { width: face.width, height: face.height, pages: 1 });
        }
    }
    sizes
}

fn annotations(pdf: &Document, pages: &[Page]) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for page in pages {
        let Some(Object::Array(items)) = get(pdf, page.dict, b"Annots") else { continue };
        for dict in items.iter().filter_map(|item| dictionary(pdf, item)) {
            let kind = match get_name(pdf, dict, b"Subtype") {
                Some(b"Link") | None => continue,
                Some(b"Widget") => "form fields".to_owned(),
                Some(kind) => format!("{} annotations", String::from_utf8_lossy(kind)),
            };
            *counts.entry(kind).or_default() += 1;
        }
    }
    counts
}

/// Gives the value of a property of XMP, written as element or attribute.
fn property<'a>(xmp: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = xmp;
    while let Some(at) = rest.find(name) {
        let after = &rest[at + name.len()..];
        if let Some(value) = after.strip_prefix("=\"").or_else(|| after.strip_prefix("='")) {
            return value.split(['"', '\'']).next();
        }
        if let Some(value) = after.strip_prefix('>') {
            return value.split('<').next();
        }
        rest = after;
    }
    None
}

fn claims(xmp: &str) -> Vec<String> {
    let mut claims = Vec::new();
    if let Some(part) = property(xmp, "pdfaid:part") {
        let level = property(xmp, "pdfaid:conformance").unwrap_or_default();
        claims.push(format!("PDF/A-{part}{}", level.to_ascii_lowercase()));
    }
    if let Some(part) = property(xmp, "pdfuaid:part") {
        claims.push(format!("PDF/UA-{part}"));
    }
    claims
}

/// Gives who and where, as XMP names them.
fn people(xmp: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, word) in [
        ("photoshop:AuthorsPosition", "Position"),
        ("xmpMM:DocumentID", "Document id"),
        ("stRef:filePath", "Path of a source file"),
        ("exif:GPSLatitude", "Latitude"),
        ("exif:GPSLongitude", "Longitude"),
    ] {
        if let Some(value) = property(xmp, name).map(str::trim).filter(|value| !value.is_empty()) {
            found.insert(word.to_owned(), value.chars().take(300).collect());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{claims, is_language};

    #[test]
    fn reads_claims_in_both_ways_of_writing() {
        let attributes = "<rdf:Description pdfaid:part=\"2\" pdfaid:conformance=\"A\"/>";
        let elements =
            "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>";
        assert_eq!(claims(attributes), ["PDF/A-2a"]);
        assert_eq!(claims(elements), ["PDF/A-3b", "PDF/UA-1"]);
    }

    #[test]
    fn knows_languages() {
        assert!(["en", "en-GB", "cy", "zh-Hant-TW"].into_iter().all(is_language));
        assert!(!["", "English", "en_GB", "(en)"].into_iter().any(is_language));
    }
}
