//! Reads the operations of a page's content, each with its range of bytes, so that single ones
//! can be taken out or put in and all others stay as they are.
//!
//! Whatever cannot be read is passed over: viewers do so too. (ISO 32000-1, 7.8.2 and 8.9.7.)

use std::ops::Range;

mod spelling;
mod superfluous;

pub(crate) use spelling::Spelling;
pub(crate) use superfluous::superfluous;

/// How deep arrays and dictionaries may be nested.
const DEEPEST: u32 = 32;

/// Operands kept of one operation: as many as the largest character map puts before one operator.
const MOST_OPERANDS: usize = 1 << 18;

/// A value before an operator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    /// Null.
    Null,
    /// True or false.
    Boolean(bool),
    /// A number, whole or not.
    Number(f64),
    /// A name, without its slash and with `#` escapes resolved.
    Name(Vec<u8>),
    /// A string, decoded.
    String(Vec<u8>),
    /// An array.
    Array(Vec<Operand>),
    /// A dictionary, in the order of its keys.
    Dictionary(Vec<(Vec<u8>, Operand)>),
}

impl Operand {
    /// Gives the number.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Gives the name.
    pub(crate) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Gives the value of a key of a dictionary.
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Self> {
        match self {
            Self::Dictionary(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// One operation of a content stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation<'a> {
    /// Operator; `BI` for a whole inline image, whose dictionary is the only operand.
    pub(crate) operator: &'a [u8],
    /// Operands in order.
    pub(crate) operands: Vec<Operand>,
    /// Bytes from the first operand to the end of the operator (of `EI` for an inline image).
    pub(crate) range: Range<usize>,
    /// Bytes of the data of an inline image; empty otherwise.
    pub(crate) data: Range<usize>,
    /// Whether all that it opens is closed: if not, some viewers take what follows for a part of it.
    pub(crate) closed: bool,
}

impl Operation<'_> {
    /// Gives a number among the operands.
    pub(crate) fn number(&self, index: usize) -> Option<f64> {
        self.operands.get(index).and_then(Operand::number)
    }

    /// Gives a name among the operands.
    pub(crate) fn name(&self, index: usize) -> Option<&[u8]> {
        self.operands.get(index).and_then(Operand::name)
    }
}

/// Gives the operations of a content stream in order.
pub(crate) fn operations(bytes: &[u8]) -> Operations<'_> {
    Operations { bytes, at: 0, unclosed: false, passed_over: Vec::new(), spelling: Spelling::default() }
}

/// The operations of a content stream.
#[derive(Debug, Clone)]
pub(crate) struct Operations<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the present operation has an array or dictionary that is not closed.
    unclosed: bool,
    /// Comments so far, and signs between operations that begin nothing.
    passed_over: Vec<Range<usize>>,
    spelling: Spelling,
}

/// What stands next in a content stream.
enum Token<'a> {
    Operand(Operand),
    Operator(&'a [u8]),
    /// `]` or `>>` where none was opened, or a byte that begins nothing.
    Stray,
}

impl<'a> Iterator for Operations<'a> {
    type Item = Operation<'a>;

    fn next(&mut self) -> Option<Operation<'a>> {
        let mut operands = Vec::new();
        let mut start = None;
        loop {
            self.skip_space();
            let from = self.at;
            match self.token(0)? {
                Token::Operand(operand) => {
                    start.get_or_insert(from);
                    if operands.len() < MOST_OPERANDS {
                        operands.push(operand);
                    }
                }
                Token::Operator(b"BI") => return Some(self.inline_image(from)),
                Token::Operator(operator) => {
                    let range = start.unwrap_or(from)..self.at;
                    let closed = self.is_closed();
                    return Some(Operation { operator, operands, range, data: 0..0, closed });
                }
                Token::Stray => {
                    self.spelling.broken = true;
                    self.passed_over.push(from..self.at);
                }
            }
        }
    }
}

impl<'a> Operations<'a> {
    /// Gives what was passed over so far: comments, also those within operations, and signs that begin nothing.
    pub(crate) fn passed_over(self) -> Vec<Range<usize>> {
        self.passed_over
    }

    /// Gives what the spelling of all that was read so far breaks.
    pub(crate) fn spelling(&self) -> Spelling {
        Spelling { broken: self.spelling.broken || self.unclosed, ..self.spelling }
    }

    /// Tells whether all that the operation just read opens is closed.
    fn is_closed(&mut self) -> bool {
        let unclosed = std::mem::take(&mut self.unclosed);
        self.spelling.broken |= unclosed;
        !unclosed
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek(0) {
            if byte == b'%' {
                let start = self.at;
                while self.peek(0).is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.at += 1;
                }
                self.passed_over.push(start..self.at);
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn token(&mut self, depth: u32) -> Option<Token<'a>> {
        self.skip_space();
        let first = self.peek(0)?;
        let operand = match first {
            b'/' => Operand::Name(self.name()),
            b'(' => Operand::String(self.literal_string()),
            b'[' | b'<' if depth >= DEEPEST && (first == b'[' || self.peek(1) == Some(b'<')) => {
                self.at += 1;
                self.unclosed = true;
                return Some(Token::Stray);
            }
            b'<' if self.peek(1) == Some(b'<') => {
                self.at += 2;
                Operand::Dictionary(self.dictionary(depth + 1))
            }
            b'<' => Operand::String(self.hex_string()),
            b'[' => {
                self.at += 1;
                Operand::Array(self.array(depth + 1))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number(),
            b']' | b')' | b'{' | b'}' | b'>' => {
                self.at += 1;
                return Some(Token::Stray);
            }
            _ => {
                let start = self.at;
                self.skip_regular();
                return Some(match &self.bytes[start..self.at] {
                    b"true" => Token::Operand(Operand::Boolean(true)),
                    b"false" => Token::Operand(Operand::Boolean(false)),
                    b"null" => Token::Operand(Operand::Null),
                    operator => Token::Operator(operator),
                });
            }
        };
        Some(Token::Operand(operand))
    }

    fn skip_regular(&mut self) {
        while self.peek(0).is_some_and(is_regular) {
            self.at += 1;
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let start = self.at;
        self.skip_regular();
        let written = &self.bytes[start..self.at];
        let mut name = Vec::with_capacity(written.len());
        let mut index = 0;
        while index < written.len() {
            let escaped = written.get(index + 1..index + 3).and_then(|digits| Some((hex(digits[0])?, hex(digits[1])?)));
            match escaped {
                Some((high, low)) if written[index] == b'#' => {
                    name.push(high * 16 + low);
                    index += 3;
                }
                _ => {
                    name.push(written[index]);
                    index += 1;
                }
            }
        }
        self.spelling.long_name |= name.len() > 127;
        name
    }

    fn number(&mut self) -> Operand {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9')) {
            self.at += 1;
        }
        let written = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        // As viewers do: "--5" and "5-3" occur in the wild.
        let sign = if written.starts_with('-') { -1.0 } else { 1.0 };
        let digits = written.trim_start_matches(['+', '-']);
        let digits = digits.split(['+', '-']).next().unwrap_or_default();
        let value = sign * digits.parse::<f64>().unwrap_or(0.0);
        self.spelling.number(written, value, self.peek(0));
        Operand::Number(value)
    }

    fn literal_string(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut string = Vec::new();
        let mut open = 1_u32;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        self.spelling.long_text |= string.len() > 32767;
                        return string;
                    }
                }
                b'\\' => {
                    self.escaped(&mut string);
                    continue;
                }
                _ => {}
            }
            string.push(byte);
        }
        self.spelling.broken = true;
        string
    }

    fn escaped(&mut self, string: &mut Vec<u8>) {
        let Some(byte) = self.peek(0) else { return };
        self.at += 1;
        match byte {
            b'n' => string.push(b'\n'),
            b'r' => string.push(b'\r'),
            b't' => string.push(b'\t'),
            b'b' => string.push(8),
            b'f' => string.push(12),
            b'\r' => {
                if self.peek(0) == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek(0) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                string.push(u8::try_from(code & 0xFF).unwrap_or(0));
            }
            other => string.push(other),
        }
    }

    fn hex_string(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut string = Vec::new();
        let mut half = None;
        loop {
            let Some(byte) = self.peek(0) else {
                self.spelling.broken = true;
                break;
            };
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else {
                self.spelling.bad_hex |= !is_space(byte);
                continue;
            };
            match half.take() {
                Some(high) => string.push(high * 16 + digit),
                None => half = Some(digit),
            }
        }
        if let Some(high) = half {
            self.spelling.bad_hex = true;
            string.push(high * 16);
        }
        self.spelling.long_text |= string.len() > 32767;
        string
    }

    fn array(&mut self, depth: u32) -> Vec<Operand> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek(0) == Some(b']') {
                self.at += 1;
                return items;
            }
            match self.token(depth) {
                Some(Token::Operand(operand)) => items.push(operand),
                // An operator inside an array: the array was never closed.
                Some(Token::Operator(operator)) => {
                    self.at -= operator.len();
                    self.unclosed = true;
                    return items;
                }
                Some(Token::Stray) => self.spelling.broken = true,
                None => {
                    self.unclosed = true;
                    return items;
                }
            }
        }
    }

    fn dictionary(&mut self, depth: u32) -> Vec<(Vec<u8>, Operand)> {
        let mut entries = Vec::new();
        let mut key: Option<Vec<u8>> = None;
        loop {
            self.skip_space();
            if self.peek(0) == Some(b'>') {
                self.at += 1;
                if self.peek(0) == Some(b'>') {
                    self.at += 1;
                } else {
                    self.unclosed = true;
                }
                return entries;
            }
            match self.token(depth) {
                Some(Token::Operand(operand)) => match (key.take(), operand) {
                    (Some(name), value) => entries.push((name, value)),
                    (None, Operand::Name(name)) => key = Some(name),
                    (None, _) => self.spelling.broken = true,
                },
                Some(Token::Operator(operator)) => {
                    self.at -= operator.len();
                    self.unclosed = true;
                    return entries;
                }
                Some(Token::Stray) => self.spelling.broken = true,
                None => {
                    self.unclosed = true;
                    return entries;
                }
            }
        }
    }

    fn inline_image(&mut self, from: usize) -> Operation<'a> {
        let mut entries = Vec::new();
        let mut key: Option<Vec<u8>> = None;
        loop {
            match self.token(1) {
                Some(Token::Operand(operand)) => match (key.take(), operand) {
                    (Some(name), value) => entries.push((name, value)),
                    (None, Operand::Name(name)) => key = Some(name),
                    (None, _) => self.spelling.broken = true,
                },
                Some(Token::Operator(b"ID")) | None => break,
                Some(_) => self.spelling.broken = true,
            }
        }
        if self.peek(0).is_some_and(is_space) {
            self.at += 1;
        }
        let start = self.at.min(self.bytes.len());
        let dictionary = Operand::Dictionary(entries);
        let data = start..self.image_end(start, plain_length(&dictionary));
        let range = from..self.at;
        self.unclosed |= !self.bytes[data.end..range.end].ends_with(b"EI");
        let closed = self.is_closed();
        Operation { operator: &b"BI"[..], operands: vec![dictionary], range, data, closed }
    }

    /// Finds the `EI` after an image's data, moves past it, and gives the end of the data.
    fn image_end(&mut self, start: usize, length: Option<usize>) -> usize {
        let mut at = start.saturating_add(length.unwrap_or(0));
        while at < self.bytes.len() {
            let found = self.bytes[at..].windows(2).position(|pair| pair == b"EI").map(|found| at + found);
            let Some(found) = found else { break };
            let before = found == start || self.bytes.get(found - 1).copied().is_some_and(is_space) || length.is_some();
            let after = self.bytes.get(found + 2).copied().is_none_or(|byte| !is_regular(byte));
            // Picture data can hold these letters by chance, but hardly text after them.
            let rest = &self.bytes[(found + 2).min(self.bytes.len())..(found + 18).min(self.bytes.len())];
            let text = rest.iter().all(|byte| is_space(*byte) || (0x20..0x7F).contains(byte));
            if before && after && text {
                self.at = found + 2;
                let space = usize::from(found > start && is_space(self.bytes[found - 1]));
                return found - space;
            }
            at = found + 1;
        }
        self.at = self.bytes.len();
        self.at
    }
}

/// Gives the length of an uncompressed inline image's data.
fn plain_length(dictionary: &Operand) -> Option<usize> {
    let get = |short: &[u8], long: &[u8]| dictionary.get(short).or_else(|| dictionary.get(long));
    if get(b"F", b"Filter").is_some() {
        return None;
    }
    let width = get(b"W", b"Width")?.number()?;
    let height = get(b"H", b"Height")?.number()?;
    let mask = matches!(get(b"IM", b"ImageMask"), Some(Operand::Boolean(true)));
    let bits = if mask { 1.0 } else { get(b"BPC", b"BitsPerComponent")?.number()? };
    let channels = match get(b"CS", b"ColorSpace") {
        None | Some(Operand::Array(_)) => 1.0,
        Some(Operand::Name(name)) => match &name[..] {
            b"G" | b"DeviceGray" => 1.0,
            b"RGB" | b"DeviceRGB" => 3.0,
            b"CMYK" | b"DeviceCMYK" => 4.0,
            _ => return None,
        },
        Some(_) => return None,
    };
    let length = (width * channels * bits / 8.0).ceil() * height;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded just before")]
    (0.0..1e9).contains(&length).then_some(length as usize)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::{Operand, operations};

    fn names(bytes: &[u8]) -> Vec<String> {
        operations(bytes).map(|operation| String::from_utf8_lossy(operation.operator).into_owned()).collect()
    }

    #[test]
    fn gives_operators_with_their_ranges() {
        let bytes = b"q 1 0 0 -1.5 0 842 cm /Fm#31 Do\nQ";
        let all: Vec<_> = operations(bytes).collect();
        assert_eq!(all.len(), 4);
        assert_eq!(&bytes[all[1].range.clone()], b"1 0 0 -1.5 0 842 cm");
        assert_eq!(all[1].number(3), Some(-1.5));
        assert_eq!(all[2].name(0), Some(&b"Fm1"[..]));
    }

    #[test]
    fn reads_strings_and_dictionaries() {
        let all: Vec<_> = operations(b"/P <</MCID 3 /A [1 (x\\051\\(y\\))]>> BDC [<4a4> 2 (a(b)c)] TJ").collect();
        assert_eq!(all[0].operands[1].get(b"MCID"), Some(&Operand::Number(3.0)));
        let Operand::Array(items) = &all[1].operands[0] else { panic!("no array") };
        assert_eq!(items[0], Operand::String(b"J@".to_vec()));
        assert_eq!(items[2], Operand::String(b"a(b)c".to_vec()));
    }

    #[test]
    fn passes_over_inline_images() {
        assert_eq!(names(b"BI /W 2 /H 1 /BPC 8 /CS /RGB ID \x01EI Q\xFF EI Q q"), ["BI", "Q", "q"]);
        assert_eq!(names(b"BI /W 9 /H 9 /F /Fl ID \x78\x9c EI\x80 x\nEI\nQ"), ["BI", "Q"]);
    }

    #[test]
    fn survives_what_is_broken() {
        assert_eq!(names(b"[ 1 2 Tj ] >> ) Q"), ["Tj", "Q"]);
        assert_eq!(names(b"<< /A << /B"), Vec::<String>::new());
        assert!(names(&b"[".repeat(100_000)).is_empty());
        assert!(names(&b"<<".repeat(100_000)).is_empty());
        assert_eq!(names(b"BI /W 1"), ["BI"]);
    }
}
