//! Reads content streams: operators with their operands, inline images as one operator.

/// Deepest nesting of arrays and dictionaries that is read.
const DEPTH: usize = 24;

/// An operand of an operator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    /// A number.
    Number(f64),
    /// A name, without its slash and with `#xx` resolved.
    Name(Vec<u8>),
    /// A string, decoded.
    Text(Vec<u8>),
    /// An array.
    Array(Vec<Operand>),
    /// A dictionary, in the order of the stream.
    Dict(Vec<(Vec<u8>, Operand)>),
    /// True or false.
    Truth(bool),
    /// Null, and what cannot be read.
    Null,
}

impl Operand {
    /// Gives the value of a key of a dictionary.
    pub(crate) fn key(&self, key: &[u8]) -> Option<&Operand> {
        match self {
            Operand::Dict(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Gives a name.
    pub(crate) fn name(&self) -> Option<&[u8]> {
        match self {
            Operand::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Gives a number.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Operand::Number(value) => Some(*value),
            _ => None,
        }
    }
}

/// What the spelling of a stream breaks (ISO 19005-2, 6.1.6 and 6.1.13).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Spelling {
    /// A hexadecimal string with an odd number of digits, or with other characters.
    pub(crate) bad_hex: bool,
    /// A string over 32767 bytes.
    pub(crate) long_text: bool,
    /// A name over 127 bytes.
    pub(crate) long_name: bool,
    /// A number out of range.
    pub(crate) number: bool,
    /// Something that is not closed, or nested too deep.
    pub(crate) broken: bool,
}

/// Reads the operators of a stream one after the other.
pub(crate) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    /// What was broken so far.
    pub(crate) spelling: Spelling,
}

enum Token<'a> {
    Value(Operand),
    Word(&'a [u8]),
    CloseArray,
    CloseDict,
}

impl<'a> Lexer<'a> {
    /// Begins at the start of a decoded stream.
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, spelling: Spelling::default() }
    }

    /// Gives the next operator and fills in its operands; an inline image is `BI` with its dictionary.
    pub(crate) fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            match self.token(0)? {
                Token::Value(value) => operands.push(value),
                Token::Word(b"BI") => {
                    let dict = self.image();
                    operands.clear();
                    operands.push(dict);
                    return Some(b"BI");
                }
                Token::Word(word) => return Some(word),
                Token::CloseArray | Token::CloseDict => self.spelling.broken = true,
            }
        }
    }

    fn image(&mut self) -> Operand {
        let mut entries = Vec::new();
        let mut key = None;
        while let Some(token) = self.token(1) {
            match (token, key.take()) {
                (Token::Word(b"ID"), _) => {
                    self.skip_image();
                    return Operand::Dict(entries);
                }
                (Token::Value(value), Some(name)) => entries.push((name, value)),
                (Token::Value(Operand::Name(name)), None) => key = Some(name),
                _ => self.spelling.broken = true,
            }
        }
        self.spelling.broken = true;
        Operand::Dict(entries)
    }

    /// Goes past the data of an inline image: to an `EI` between blanks with readable operators behind it.
    fn skip_image(&mut self) {
        let mut from = self.at + 1;
        while let Some(found) = self.data.get(from..).and_then(|rest| rest.windows(2).position(|pair| pair == b"EI")) {
            let place = from + found;
            let before = self.data.get(place.wrapping_sub(1)).is_none_or(|byte| is_blank(*byte));
            let rest = self.data.get(place + 2..).unwrap_or_default();
            let after = rest.first().is_none_or(|byte| is_blank(*byte));
            let readable = rest.iter().take(12).all(|byte| is_blank(*byte) || (32..127).contains(byte));
            if before && after && readable {
                self.at = place + 2;
                return;
            }
            from = place + 1;
        }
        self.spelling.broken = true;
        self.at = self.data.len();
    }

    fn token(&mut self, depth: usize) -> Option<Token<'a>> {
        self.skip_blanks();
        let first = *self.data.get(self.at)?;
        let token = match first {
            b'/' => Token::Value(Operand::Name(self.name())),
            b'(' => Token::Value(Operand::Text(self.literal())),
            b'<' if self.data.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Token::Value(self.dict(depth))
            }
            b'<' => Token::Value(Operand::Text(self.hex())),
            b'>' if self.data.get(self.at + 1) == Some(&b'>') => {
                self.at += 2;
                Token::CloseDict
            }
            b'[' => {
                self.at += 1;
                Token::Value(self.array(depth))
            }
            b']' => {
                self.at += 1;
                Token::CloseArray
            }
            b'{' | b'}' | b')' | b'>' => {
                self.at += 1;
                Token::Word(self.data.get(self.at - 1..self.at)?)
            }
            _ => self.word(),
        };
        Some(token)
    }

    fn word(&mut self) -> Token<'a> {
        let start = self.at;
        while self.data.get(self.at).is_some_and(|byte| is_regular(*byte)) {
            self.at += 1;
        }
        let word = self.data.get(start..self.at).unwrap_or_default();
        match word {
            b"true" => Token::Value(Operand::Truth(true)),
            b"false" => Token::Value(Operand::Truth(false)),
            b"null" => Token::Value(Operand::Null),
            _ => match number(word) {
                Some((value, whole)) => {
                    self.spelling.number |= out_of_range(value, whole);
                    Token::Value(Operand::Number(value))
                }
                None => Token::Word(word),
            },
        }
    }

    fn array(&mut self, depth: usize) -> Operand {
        let mut items = Vec::new();
        if depth >= DEPTH {
            self.spelling.broken = true;
            return Operand::Null;
        }
        loop {
            match self.token(depth + 1) {
                Some(Token::Value(value)) => items.push(value),
                Some(Token::CloseArray) => return Operand::Array(items),
                Some(Token::Word(_) | Token::CloseDict) => self.spelling.broken = true,
                None => {
                    self.spelling.broken = true;
                    return Operand::Array(items);
                }
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Operand {
        let mut entries = Vec::new();
        let mut key = None;
        if depth >= DEPTH {
            self.spelling.broken = true;
            return Operand::Null;
        }
        loop {
            match (self.token(depth + 1), key.take()) {
                (Some(Token::Value(value)), Some(name)) => entries.push((name, value)),
                (Some(Token::Value(Operand::Name(name))), None) => key = Some(name),
                (Some(Token::CloseDict), _) => return Operand::Dict(entries),
                (Some(_), _) => self.spelling.broken = true,
                (None, _) => {
                    self.spelling.broken = true;
                    return Operand::Dict(entries);
                }
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(&byte) = self.data.get(self.at).filter(|byte| is_regular(**byte)) {
            self.at += 1;
            let pair =
                self.data.get(self.at..self.at + 2).and_then(|pair| Some((hex_digit(pair[0])?, hex_digit(pair[1])?)));
            match (byte, pair) {
                (b'#', Some((high, low))) => {
                    name.push(high * 16 + low);
                    self.at += 2;
                }
                _ => name.push(byte),
            }
        }
        self.spelling.long_name |= name.len() > 127;
        name
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut half = None;
        loop {
            let Some(&byte) = self.data.get(self.at) else {
                self.spelling.broken = true;
                break;
            };
            self.at += 1;
            match (byte, hex_digit(byte)) {
                (b'>', _) => break,
                (_, Some(digit)) => match half.take() {
                    Some(high) => text.push(high * 16 + digit),
                    None => half = Some(digit),
                },
                _ => self.spelling.bad_hex |= !is_blank(byte),
            }
        }
        if let Some(high) = half {
            self.spelling.bad_hex = true;
            text.push(high * 16);
        }
        self.spelling.long_text |= text.len() > 32767;
        text
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1_usize;
        loop {
            let Some(&byte) = self.data.get(self.at) else {
                self.spelling.broken = true;
                break;
            };
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text),
                b'(' => {
                    open += 1;
                    text.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
        self.spelling.long_text |= text.len() > 32767;
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(&byte) = self.data.get(self.at) else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.data.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.data.get(self.at) {
                        Some(&digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push(u8::try_from(value & 0xFF).unwrap_or_default());
            }
            other => text.push(other),
        }
    }

    fn skip_blanks(&mut self) {
        while let Some(&byte) = self.data.get(self.at) {
            if byte == b'%' {
                while self.data.get(self.at).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }
}

fn number(word: &[u8]) -> Option<(f64, bool)> {
    if !word.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')) {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')) {
        return None;
    }
    let whole = !text.contains('.');
    match text.parse() {
        Ok(value) => Some((value, whole)),
        Err(_) => text.bytes().any(|byte| byte.is_ascii_digit()).then_some((0.0, whole)),
    }
}

fn out_of_range(value: f64, whole: bool) -> bool {
    if whole {
        !(-2_147_483_648.0..=2_147_483_647.0).contains(&value)
    } else {
        value.abs() > 3.403e38 || (value != 0.0 && value.abs() < 1.175e-38)
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
