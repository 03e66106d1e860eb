//! What the dictionaries of a font must declare (ISO 19005-2, 6.2.11.2, 6.2.11.3 and 6.2.11.6).

use lopdf::{Dictionary, Object};

use super::cmap::collection;
use super::program::Program;
use super::sfnt::Sfnt;
use super::{Font, Glyphs, names, sets};
use crate::pdf::reader::PdfReader;

/// Checks the dictionaries of a font and of its descendant.
pub(crate) fn check<'a>(
    reader: &PdfReader<'a>,
    dict: &'a Dictionary,
    descendant: Option<&'a Dictionary>,
    font: &mut Font<'a>,
) {
    let subtype = reader.name(dict, b"Subtype").unwrap_or_default();
    for part in std::iter::once(dict).chain(descendant) {
        let own = reader.name(part, b"Subtype").unwrap_or_default();
        if reader.name(part, b"Type") != Some(b"Font") || own.is_empty() {
            font.archiving.push("is not described as a font".to_owned());
        }
        let name = reader.name(part, b"BaseFont");
        if own != b"Type3" && name.is_none() {
            font.archiving.push("has no name".to_owned());
        }
        if name.is_some_and(|name| std::str::from_utf8(name).is_err()) {
            font.archiving.push("has a name with characters that cannot be read".to_owned());
        }
        file_kind(reader, part, font);
    }
    match subtype {
        b"Type0" => match descendant {
            Some(descendant) => composite(reader, descendant, font),
            None => font.faults.push("is damaged".to_owned()),
        },
        b"Type1" | b"MMType1" | b"TrueType" | b"Type3" => simple(reader, dict, font),
        _ => font.archiving.push("is of a kind that is not known".to_owned()),
    }
    if subtype == b"TrueType" {
        true_type(reader, dict, font);
    }
    sets::check(reader, descendant.unwrap_or(dict), font);
}

fn file_kind<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary, font: &mut Font<'a>) {
    let Some(descriptor) = reader.dict(dict, b"FontDescriptor") else { return };
    let program =
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"].into_iter().find_map(|key| reader.stream(descriptor, key));
    let kind = program.and_then(|stream| reader.name(&stream.dict, b"Subtype"));
    if kind.is_some_and(|kind| !matches!(kind, b"Type1C" | b"CIDFontType0C" | b"OpenType")) {
        font.archiving.push("has a program of a kind that is not known".to_owned());
    }
}

fn simple<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary, font: &mut Font<'a>) {
    let first = reader.int(dict, b"FirstChar");
    let last = reader.int(dict, b"LastChar");
    let widths = reader.array(dict, b"Widths").and_then(|list| i64::try_from(list.len()).ok());
    let whole = match (first, last, widths) {
        (Some(first), Some(last), Some(widths)) => last.checked_sub(first).is_some_and(|span| span == widths - 1),
        _ => false,
    };
    // One of the fourteen standard fonts may lack them, and is then not embedded in any case.
    let may_lack = matches!(font.program, Program::Missing) && reader.name(dict, b"Subtype") == Some(b"Type1");
    if !whole && !may_lack {
        font.archiving.push("does not give the widths of its characters".to_owned());
    }
}

fn composite<'a>(reader: &PdfReader<'a>, descendant: &'a Dictionary, font: &mut Font<'a>) {
    let Glyphs::Composite(composite) = &font.glyphs else { return };
    let mut faults: Vec<String> = composite.codes.faults.iter().map(|fault| (*fault).to_owned()).collect();
    if !composite.codes.identity {
        let own = collection(reader, descendant);
        let fits = match (&composite.codes.collection, &own) {
            (Some(map), Some(own)) => map.0 == own.0 && map.1 == own.1 && own.2 <= map.2,
            _ => false,
        };
        if !fits {
            faults.push("has a map of its codes made for other characters".to_owned());
        }
    }
    let own = reader.name(descendant, b"Subtype").unwrap_or_default();
    if !matches!(own, b"CIDFontType0" | b"CIDFontType2") {
        faults.push("is damaged".to_owned());
    }
    let mapped = match reader.key(descendant, b"CIDToGIDMap") {
        Some(Object::Stream(_)) => true,
        Some(Object::Name(name)) => name == b"Identity",
        _ => false,
    };
    if own == b"CIDFontType2" && font.program.is_there() && !mapped {
        faults.push("does not say which shape belongs to which character".to_owned());
    }
    font.faults.extend(faults);
}

fn true_type<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary, font: &mut Font<'a>) {
    let flags = reader.dict(dict, b"FontDescriptor").and_then(|dict| reader.int(dict, b"Flags")).unwrap_or(0);
    let symbolic = flags & 4 != 0;
    let program = match &font.program {
        Program::TrueType(data) => Sfnt::open(data),
        _ => None,
    };
    let encoding = reader.key(dict, b"Encoding");
    let base = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(Object::Dictionary(dict)) => reader.name(dict, b"BaseEncoding"),
        _ => None,
    };
    let differences = match encoding {
        Some(Object::Dictionary(dict)) => reader.array(dict, b"Differences"),
        _ => None,
    };
    let maps = program.as_ref().map(|font| (font.maps(), font.has_map(3, 0), font.has_map(3, 1)));
    let mut faults = Vec::new();
    if symbolic {
        if base.is_some() {
            faults.push("is one of symbols, yet its letters are given as if it were one of text");
        }
        if maps.is_some_and(|(count, symbols, _)| count != 1 && !symbols) {
            faults.push("is one of symbols without a map of them");
        }
    } else {
        if maps.is_some_and(|(count, symbols, _)| count <= usize::from(symbols)) {
            faults.push("has no map of its letters");
        }
        let usual = matches!(base, Some(b"MacRomanEncoding" | b"WinAnsiEncoding"));
        let named = differences.is_none_or(|list| {
            let all = list.iter().filter_map(|name| reader.get(name).as_name().ok());
            let known = all.map(String::from_utf8_lossy).all(|name| names::listed(&name).is_some());
            known && maps.is_some_and(|(_, _, unicode)| unicode)
        });
        if !usual || !named {
            faults.push("gives its letters in a way that is not allowed");
        }
    }
    font.faults.extend(faults.into_iter().map(str::to_owned));
}
