//! Names of glyphs: the predefined encodings of ISO 32000-1, annex D, and the Adobe Glyph List.

use read_fonts::ps::agl;
use read_fonts::ps::encoding::PredefinedEncoding;

/// A line each of 256 names: `MacRomanEncoding`, `WinAnsiEncoding`, `MacExpertEncoding`.
static TABLES: &str = include_str!("encodings.txt");

/// Codes that Mac OS has beyond `MacRomanEncoding` (ISO 32000-1, table 115).
const MAC_OS: [(&str, u32); 16] = [
    ("notequal", 173),
    ("infinity", 176),
    ("lessequal", 178),
    ("greaterequal", 179),
    ("partialdiff", 182),
    ("summation", 183),
    ("product", 184),
    ("pi", 185),
    ("integral", 186),
    ("Omega", 189),
    ("radical", 195),
    ("approxequal", 197),
    ("Delta", 198),
    ("lozenge", 215),
    ("Euro", 219),
    ("apple", 240),
];

/// Gives the 256 names of a predefined encoding.
pub(crate) fn table(name: &[u8]) -> Option<Vec<&'static str>> {
    let line = match name {
        b"MacRomanEncoding" => 0,
        b"WinAnsiEncoding" => 1,
        b"MacExpertEncoding" => 2,
        _ => return None,
    };
    Some(TABLES.lines().nth(line)?.split(' ').collect())
}

/// Gives the name of a code in `StandardEncoding`.
pub(crate) fn standard(code: u8) -> &'static str {
    PredefinedEncoding::Standard.name(code)
}

/// Gives the code of a glyph in the Mac OS encoding.
pub(crate) fn mac_os_code(name: &str) -> Option<u32> {
    if let Some((_, code)) = MAC_OS.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    let place = TABLES.lines().next()?.split(' ').position(|known| known == name && known != ".notdef")?;
    u32::try_from(place).ok()
}

/// Gives the text of a name in the Adobe Glyph List itself, not of names formed by rule.
pub(crate) fn listed(name: &str) -> Option<String> {
    let hex = |rest: &str| rest.len() >= 4 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let formed = name.strip_prefix("uni").is_some_and(hex) || name.strip_prefix('u').is_some_and(hex);
    if name.len() > 64 || formed || name.contains(['.', '_']) {
        return None;
    }
    let text: String = agl::name_to_chars(name).collect();
    (!text.is_empty()).then_some(text)
}

/// Gives the text of a name, listed or formed by rule, as viewers find it.
pub(crate) fn text(name: &str) -> Option<String> {
    let text: String = agl::name_to_chars(name).take(64).collect();
    (!text.is_empty()).then_some(text)
}

/// Whether a name is one of the font Zapf Dingbats.
pub(crate) fn is_dingbat(name: &str) -> bool {
    let number = name.strip_prefix('a').filter(|digits| !digits.is_empty() && !digits.starts_with('0'));
    number.and_then(|digits| digits.parse::<u32>().ok()).is_some_and(|number| (1..=206).contains(&number))
}

/// Whether a name is one of the standard fonts of letters (ISO 32000-1, 9.6.2.2).
pub(crate) fn is_standard_font(name: &[u8]) -> bool {
    let known = ["Courier", "Helvetica", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"];
    let text = String::from_utf8_lossy(name);
    let family = text.strip_suffix("Oblique").unwrap_or(&text);
    let family = family.strip_suffix("Bold").unwrap_or(family).trim_end_matches('-');
    known.contains(&family) || known.contains(&text.as_ref())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn knows_glyph_names() {
        let names = ["A", "eacute", "space", "uni00A3", "u1F600", "a.sc", "seven", "f_f_i", "g12", "", "."];
        let texts = names.map(|name| text(name).unwrap_or_default());
        assert_eq!(texts, ["A", "é", " ", "£", "\u{1F600}", "a", "7", "ffi", "", "", ""]);
    }
}
