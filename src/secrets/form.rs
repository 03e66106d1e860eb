//! A text in the form in which secrets are compared: its letters, digits and few other signs, and what stands between.

use super::letters;

/// What stands between two signs of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing that can be seen.
    Nothing,
    /// A hyphen or an apostrophe, also at a line's end.
    Joint,
    /// A line's end, with no more than spaces.
    Line,
    /// Spaces.
    Space,
    /// Another sign, such as a full stop or a slash, without spaces.
    Sign,
    /// The end of a sentence or of a part of one.
    Stop,
    /// Anything else, such as a comma and a space.
    Other,
}

/// A letter, a digit or a sign that counts, as it is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) letter: char,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Whether a capital begins here, behind a small letter.
    pub(super) is_hump: bool,
    /// Whether it is part of an address or a file's name, in which words are run together.
    pub(super) is_in_address: bool,
    /// Bytes of the text that it stands for.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A text in the form in which it is compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    pub(super) signs: Vec<Sign>,
}

/// What was seen between two signs.
#[derive(Debug, Default)]
struct Between {
    space: Space,
    joints: u32,
    /// Whether a space stands before a joint.
    apart: bool,
    /// Whether a sentence or a part of one may end.
    stop: bool,
    others: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    #[default]
    Nowhere,
    Within,
    Line,
}

impl Between {
    fn add(&mut self, character: char) {
        match character {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.space = Space::Line,
            _ if character.is_whitespace() => self.space = self.space.max(Space::Within),
            _ if is_joint(character) => {
                self.apart |= self.space > Space::Nowhere;
                self.joints += 1;
            }
            _ => {
                self.stop |= matches!(character, '.' | '!' | '?' | ':' | ';');
                self.others += 1;
            }
        }
    }

    fn gap(&self) -> Gap {
        match (self.others, self.joints, self.space) {
            (0, 0, Space::Nowhere) => Gap::Nothing,
            (0, 0, Space::Within) => Gap::Space,
            (0, 0, Space::Line) => Gap::Line,
            (0, 1, Space::Nowhere | Space::Line) if !self.apart => Gap::Joint,
            (1, 0, Space::Nowhere) => Gap::Sign,
            (_, _, Space::Within | Space::Line) if self.stop => Gap::Stop,
            _ => Gap::Other,
        }
    }
}

/// Tells whether a sign joins the parts of a word: a hyphen, an apostrophe.
fn is_joint(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{58A}' | '\u{1806}'
            | '\'' | '`' | '´' | '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2035}' | '\u{2B9}'..='\u{2BF}' | '\u{FF07}'
    )
}

impl Form {
    /// Gives the form of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut writing = Writing { text, signs: Vec::with_capacity(text.len()), ..Writing::default() };
        let mut read = 0;
        let (mut token_end, mut is_in_address) = (0, false);
        for (start, character) in text.char_indices() {
            if start < read {
                continue;
            }
            if start >= token_end {
                let token = text[start..].split(char::is_whitespace).next().unwrap_or_default();
                (token_end, is_in_address) = (start + token.len().max(1), is_address(token));
            }
            read = start + character.len_utf8();
            let escaped = if is_in_address && character == '%' { escaped(&text[start..]) } else { None };
            if let Some((letters, length)) = escaped {
                read = start + length;
                letters.chars().for_each(|letter| writing.add(letter, start, read, true));
            } else {
                writing.add(character, start, read, is_in_address);
            }
        }
        Self { signs: writing.signs }
    }
}

/// A form as it is written.
#[derive(Default)]
struct Writing<'a> {
    text: &'a str,
    signs: Vec<Sign>,
    between: Between,
    was_small: bool,
}

impl Writing<'_> {
    /// Adds a character that stands at these bytes of the text.
    fn add(&mut self, character: char, start: usize, end: usize, is_in_address: bool) {
        if letters::is_unseen(character) {
            return;
        }
        let is_capital = character.is_uppercase() && self.was_small;
        let sign = |letter| Sign { letter, gap: Gap::Nothing, is_hump: is_capital, is_in_address, start, end };
        let before = self.signs.len();
        if character.is_ascii_alphanumeric() {
            self.push(sign(character.to_ascii_lowercase()));
        } else if let Some(point) = point(self.text, start, character) {
            match point {
                Point::Decimal => self.push(sign('.')),
                Point::Thousands => {}
            }
        } else if matches!(character, '£' | '€' | '$' | '%') {
            self.push(sign(character));
        } else if character.is_ascii() || is_joint(character) || matches!(character, '™' | '℠' | '…') {
            self.between.add(character);
        } else {
            letters::plain(character).filter(|letter| is_letter(*letter)).for_each(|letter| self.push(sign(letter)));
            if self.signs.len() == before {
                self.between.add(character);
            }
        }
        self.was_small = character.is_lowercase();
    }

    fn push(&mut self, sign: Sign) {
        let gap = std::mem::take(&mut self.between).gap();
        let is_hump = sign.is_hump && gap == Gap::Nothing;
        self.signs.push(Sign { gap, is_hump, ..sign });
    }
}

/// Gives the letters for which an address has numbers, as in `%20`, and how many bytes these take.
fn escaped(text: &str) -> Option<(String, usize)> {
    let byte = |three: &[u8]| match three {
        [b'%', digits @ ..] => u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok(),
        _ => None,
    };
    let bytes: Vec<u8> = text.as_bytes().chunks_exact(3).map_while(byte).collect();
    (!bytes.is_empty()).then(|| (String::from_utf8_lossy(&bytes).into_owned(), 3 * bytes.len()))
}

/// Tells whether words without a space between them are an address or a file's name.
fn is_address(token: &str) -> bool {
    let letters =
        |words: &str, count: usize| words.chars().take_while(|letter| letter.is_alphanumeric()).count() >= count;
    token.contains(['@', '_', '\\'])
        || token.contains("://")
        || token
            .match_indices('.')
            .any(|(at, _)| token[..at].ends_with(char::is_alphanumeric) && letters(&token[at + 1..], 2))
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter)
}

/// What a sign between digits is.
enum Point {
    Decimal,
    Thousands,
}

/// Tells what a sign between two digits is for.
fn point(text: &str, at: usize, sign: char) -> Option<Point> {
    if !matches!(sign, '.' | ',' | '·' | '\u{2019}' | '\'' | '\u{66B}' | '\u{66C}') {
        return None;
    }
    let digit_before = text[..at].chars().next_back().is_some_and(char::is_numeric);
    let behind = text[at + sign.len_utf8()..].chars();
    let digits = behind.take(4).take_while(|letter| letter.is_numeric()).count();
    match sign {
        _ if !digit_before || digits == 0 => None,
        ',' | '\u{66C}' | '\u{2019}' | '\'' if digits == 3 => Some(Point::Thousands),
        '\u{2019}' | '\'' => None,
        _ => Some(Point::Decimal),
    }
}
