//! The characters that the glyph names and encodings of simple fonts stand for.

use lopdf::{Dictionary, Document, Object};

use crate::pdf::objects::{get, get_array, get_name, resolve};

/// The character of each byte of a simple font, where it is known.
pub(crate) type Table = [Option<char>; 256];

/// Reads the encoding of a simple font. (ISO 32000-1, 9.6.6.)
pub(crate) fn table(pdf: &Document, font: &Dictionary) -> Box<Table> {
    let (base, differences) = match get(pdf, font, b"Encoding") {
        Some(Object::Name(name)) => (Some(&name[..]), None),
        Some(Object::Dictionary(dict)) => (get_name(pdf, dict, b"BaseEncoding"), get_array(pdf, dict, b"Differences")),
        _ => (None, None),
    };
    let mut table = encoding(base.unwrap_or(b"StandardEncoding"));
    let mut code = 0_i64;
    for item in differences.unwrap_or_default() {
        match resolve(pdf, item) {
            Some(Object::Integer(start)) => code = *start,
            Some(Object::Name(name)) => {
                if let Some(place) = usize::try_from(code).ok().and_then(|code| table.get_mut(code)) {
                    *place = character(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}

/// Gives the table of an encoding that PDF knows by name.
///
/// The library hands out its tables only through the dictionaries of fonts.
fn encoding(name: &[u8]) -> Box<Table> {
    let nothing = Document::new();
    let name = if matches!(name, b"WinAnsiEncoding" | b"MacRomanEncoding") { name } else { b"StandardEncoding" };
    let font =
        Dictionary::from_iter([("Type", Object::Name(b"Font".to_vec())), ("Encoding", Object::Name(name.to_vec()))]);
    let mut table = Box::new([None; 256]);
    if let Ok(encoding) = font.get_font_encoding(&nothing) {
        for (byte, place) in (0..=u8::MAX).zip(table.iter_mut()) {
            *place = encoding.bytes_to_string(&[byte]).ok().and_then(|text| text.chars().next());
        }
    }
    table
}

/// Gives the character of a glyph's name.
fn character(name: &[u8]) -> Option<char> {
    let text = std::str::from_utf8(name).ok()?;
    let stem = text.split('.').next().filter(|stem| !stem.is_empty())?;
    if let [letter] = stem.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        return Some(char::from(*letter));
    }
    listed(stem.as_bytes()).or_else(|| {
        let digits = stem.strip_prefix("uni").and_then(|digits| digits.get(..4)).or_else(|| stem.strip_prefix('u'))?;
        let long = (4..=6).contains(&digits.len());
        u32::from_str_radix(digits, 16).ok().filter(|_| long).and_then(char::from_u32)
    })
}

/// Looks a name up in the Adobe glyph list.
fn listed(name: &[u8]) -> Option<char> {
    let nothing = Document::new();
    let differences = Object::Array(vec![Object::Integer(0), Object::Name(name.to_vec())]);
    let encoding = Dictionary::from_iter([("Differences", differences)]);
    let font =
        Dictionary::from_iter([("Type", Object::Name(b"Font".to_vec())), ("Encoding", Object::Dictionary(encoding))]);
    let text = font.get_font_encoding(&nothing).ok()?.bytes_to_string(&[0]).ok()?;
    text.chars().next()
}

#[cfg(test)]
mod tests {
    use super::{character, encoding};

    #[test]
    fn knows_glyph_names() {
        let names = ["A", "eacute", "space", "uni00A3", "u1F600", "a.sc", "seven", "g12", "", "."];
        let found = names.map(|name| character(name.as_bytes()));
        let expected =
            [Some('A'), Some('é'), Some(' '), Some('£'), Some('\u{1F600}'), Some('a'), Some('7'), None, None, None];
        assert_eq!(found, expected);
    }

    #[test]
    fn knows_encodings() {
        assert_eq!(encoding(b"WinAnsiEncoding")[0xA3], Some('£'));
        assert_eq!(encoding(b"MacRomanEncoding")[0x8E], Some('é'));
        assert_eq!(encoding(b"of mine")[0x41], Some('A'));
    }
}
