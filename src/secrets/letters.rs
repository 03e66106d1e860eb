//! Letters as they are compared: without case, accents, ligatures, and marks that cannot be seen.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of other scripts, in lower case, that look like Latin ones in lower or upper case.
const LOOK_ALIKES: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('ҽ', 'e'),
    ('н', 'h'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ӏ', 'l'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('α', 'a'),
    ('β', 'b'),
    ('ϲ', 'c'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('ϳ', 'j'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'n'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'y'),
    ('χ', 'x'),
    ('ζ', 'z'),
    ('օ', 'o'),
    ('ѐ', 'e'),
    ('ı', 'i'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ø', 'o'),
    ('ł', 'l'),
    ('đ', 'd'),
    ('ħ', 'h'),
    ('ŧ', 't'),
];

/// Gives the letters, digits and other signs that a character stands for.
pub(super) fn plain(character: char) -> impl Iterator<Item = char> {
    let decomposed = std::iter::once(character).nfkd().filter(|part| !is_accent(*part));
    decomposed.flat_map(char::to_lowercase).flat_map(|letter| {
        let pair = match letter {
            'ß' => ['s', 's'],
            'æ' => ['a', 'e'],
            'œ' => ['o', 'e'],
            _ => return [Some(like(letter)).filter(|letter| !is_accent(*letter)), None].into_iter().flatten(),
        };
        pair.map(Some).into_iter().flatten()
    })
}

fn like(letter: char) -> char {
    LOOK_ALIKES.iter().find(|(other, _)| *other == letter).map_or(letter, |(_, latin)| *latin)
}

/// Tells whether a mark above or below a letter is left out of the comparison: those of European scripts, and the
/// points of Hebrew and Arabic. Those of Indian scripts are vowels.
fn is_accent(mark: char) -> bool {
    is_combining_mark(mark)
        && matches!(u32::from(mark),
            0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670
            | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// Tells whether a character stands in a text without being seen: soft hyphens, joiners, marks of direction, choices of
/// shape.
pub(super) fn is_unseen(character: char) -> bool {
    is_accent(character)
        || matches!(u32::from(character),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB
            | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A | 0xE_0000..=0xE_0FFF)
        || (character.is_control() && !character.is_whitespace())
}

/// Tells whether a letter belongs to a script that is written without spaces.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter),
        0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1100..=0x11FF | 0x2E80..=0xA4CF | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}
