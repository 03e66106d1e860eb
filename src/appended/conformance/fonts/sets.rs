//! Lists of the glyphs of a subset, which must be whole where there are any (ISO 19005-2, 6.2.11.4.2).

use std::collections::HashSet;

use lopdf::Dictionary;

use super::cff::Cff;
use super::program::Program;
use super::sfnt::Sfnt;
use super::{Font, Glyphs};
use crate::pdf::content::{Operand, operations};
use crate::pdf::reader::PdfReader;

const FAULT: &str = "has a list of its characters that is not whole";

/// Checks `CharSet` and `CIDSet` of the descriptor of a font.
pub(crate) fn check<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary, font: &mut Font<'a>) {
    let name = reader.name(dict, b"BaseFont").unwrap_or_default();
    let subset = name.get(..7).is_some_and(|tag| tag[..6].iter().all(u8::is_ascii_uppercase) && tag[6] == b'+');
    let Some(descriptor) = reader.dict(dict, b"FontDescriptor").filter(|_| subset && font.program.is_there()) else {
        return;
    };
    let whole = match reader.name(dict, b"Subtype") {
        Some(b"Type1" | b"MMType1") => reader.text(descriptor, b"CharSet").is_none_or(|list| names_whole(list, font)),
        Some(b"CIDFontType0" | b"CIDFontType2") => match reader.stream(descriptor, b"CIDSet") {
            Some(stream) => reader.decode(stream).is_ok_and(|bits| cids_whole(&bits, reader, dict, font)),
            None => true,
        },
        _ => true,
    };
    if !whole {
        font.faults.push(FAULT.to_owned());
    }
}

fn names_whole(list: &[u8], font: &Font) -> bool {
    // The names stand for themselves, so that an operator must be lent to them.
    let lent = [list, b" Do"].concat();
    let names = operations(&lent).next().map(|operation| operation.operands).unwrap_or_default();
    let names = names.iter().filter_map(Operand::name);
    let mut listed: HashSet<_> = names.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let mut own: HashSet<String> = match &font.program {
        Program::Type1(font) => font.widths.keys().cloned().collect(),
        Program::Cff(data) => Cff::open(data).map(|font| font.names().into_keys().collect()).unwrap_or_default(),
        _ => return true,
    };
    own.remove(".notdef");
    listed.remove(".notdef");
    own == listed
}

fn cids_whole<'a>(bits: &[u8], reader: &PdfReader<'a>, dict: &'a Dictionary, font: &Font) -> bool {
    let Glyphs::Composite(composite) = &font.glyphs else { return true };
    let listed = |cid: u32| {
        let byte = usize::try_from(cid / 8).ok().and_then(|place| bits.get(place));
        byte.is_some_and(|byte| byte & (0x80 >> (cid % 8)) != 0)
    };
    let last = u32::try_from(bits.len().saturating_mul(8)).unwrap_or(u32::MAX).min(1 << 17);
    match &font.program {
        Program::Cff(data) => {
            let Some(program) = Cff::open(data) else { return false };
            if composite.glyphs_are_cids() {
                let count = program.glyphs();
                return (1..count).all(listed) && (count..last).all(|cid| !listed(cid));
            }
            let own = program.all_cids();
            own.iter().all(|cid| listed(*cid)) && (1..last).all(|cid| !listed(cid) || own.contains(&cid))
        }
        Program::TrueType(data) => {
            let Some(program) = Sfnt::open(data) else { return false };
            let map = reader.stream(dict, b"CIDToGIDMap").and_then(|stream| reader.decode(stream).ok());
            match map {
                None => {
                    let count = program.glyphs();
                    (1..count).all(listed) && (count..last).all(|cid| !listed(cid))
                }
                Some(map) => mapped(&map, program.glyphs(), last, listed),
            }
        }
        _ => true,
    }
}

/// All CIDs that the map gives a shape are listed, and no others.
fn mapped(map: &[u8], glyphs: u32, last: u32, listed: impl Fn(u32) -> bool) -> bool {
    let glyph = |cid: u32| {
        let place = usize::try_from(cid).ok()? * 2;
        Some(u32::from(*map.get(place)?) << 8 | u32::from(*map.get(place + 1)?))
    };
    let count = u32::try_from(map.len() / 2).unwrap_or(u32::MAX).min(1 << 17);
    let shapes = (1..count).all(|cid| glyph(cid).is_none_or(|glyph| glyph == 0 || glyph >= glyphs) || listed(cid));
    shapes && (1..last).all(|cid| !listed(cid) || glyph(cid).is_some_and(|glyph| glyph < glyphs))
}
