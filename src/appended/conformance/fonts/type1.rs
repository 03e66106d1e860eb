//! Type 1 programs: names, built-in encoding and widths, read without running them.

use std::collections::HashMap;

/// Most glyphs read.
const MOST: usize = 20_000;

/// A Type 1 program.
#[derive(Debug, Default)]
pub(crate) struct Type1 {
    /// Widths in thousandths by name; none when a width is not readable.
    pub(crate) widths: HashMap<String, Option<f64>>,
    /// Names of codes when the program has an encoding of its own; the standard one otherwise.
    pub(crate) encoding: Option<HashMap<u8, String>>,
}

impl Type1 {
    /// Reads a program; none when it has no glyphs.
    pub(crate) fn open(data: &[u8]) -> Option<Self> {
        // Headers of segments, as files on a disk have them, are not allowed (ISO 32000-1, 9.9).
        let mark = find(data, b"eexec", 0).filter(|_| data.first() != Some(&0x80))?;
        let clear = data.get(..mark)?;
        let private = private(data.get(mark + 5..)?);
        let scale = matrix(clear).unwrap_or(0.001) * 1000.0;
        let widths = glyphs(&private, scale)?;
        Some(Self { widths, encoding: encoding(clear) })
    }

    /// Gives the name of a code in the built-in encoding.
    pub(crate) fn name(&self, code: u8) -> Option<&str> {
        match &self.encoding {
            Some(own) => own.get(&code).map(String::as_str),
            None => Some(super::names::standard(code)),
        }
    }
}

/// Decrypts what follows `eexec`, whether binary or in hexadecimal digits.
fn private(data: &[u8]) -> Vec<u8> {
    let start = data.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(0);
    let data = data.get(start..).unwrap_or_default();
    let hex = data.iter().take(4).all(u8::is_ascii_hexdigit);
    let bytes = if hex { from_hex(data) } else { data.to_vec() };
    decrypt(&bytes, 55665, 4)
}

fn from_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

fn decrypt(data: &[u8], key: u16, skipped: usize) -> Vec<u8> {
    let mut key = key;
    let plain: Vec<u8> = data
        .iter()
        .map(|byte| {
            let clear = byte ^ key.to_be_bytes()[0];
            key = u16::from(*byte).wrapping_add(key).wrapping_mul(52845).wrapping_add(22719);
            clear
        })
        .collect();
    plain.get(skipped..).unwrap_or_default().to_vec()
}

fn matrix(clear: &[u8]) -> Option<f64> {
    let at = find(clear, b"/FontMatrix", 0)?;
    let open = at + clear.get(at..)?.iter().position(|byte| matches!(byte, b'[' | b'{'))?;
    let text: String = clear.get(open + 1..)?.iter().take(40).map(|byte| char::from(*byte)).collect();
    text.split_ascii_whitespace().next()?.parse().ok()
}

/// Reads `dup 65 /A put` of the encoding; none for the standard encoding.
fn encoding(clear: &[u8]) -> Option<HashMap<u8, String>> {
    let at = find(clear, b"/Encoding", 0)?;
    let rest = clear.get(at..)?;
    let text: String = rest.iter().take(64_000).map(|byte| char::from(*byte)).collect();
    let text = text.replace('/', " /");
    let mut words = text.split_ascii_whitespace().skip(1).peekable();
    if words.peek() == Some(&"StandardEncoding") {
        return None;
    }
    let mut found = HashMap::new();
    let mut last = "";
    while let Some(word) = words.next() {
        if last == "dup"
            && let (Ok(code), Some(name)) = (word.parse::<u8>(), words.peek().and_then(|next| next.strip_prefix('/')))
        {
            found.insert(code, name.to_owned());
        }
        if matches!(word, "readonly" | "def") && !found.is_empty() {
            break;
        }
        last = word;
    }
    Some(found)
}

/// Reads `/A 120 RD …` of the charstrings.
fn glyphs(private: &[u8], scale: f64) -> Option<HashMap<String, Option<f64>>> {
    let skipped = find(private, b"/lenIV", 0)
        .and_then(|at| word(private, at + 6).0.parse::<i64>().ok())
        .map_or(Some(4), |length| usize::try_from(length).ok());
    let mut at = find(private, b"/CharStrings", 0)? + 12;
    let mut found = HashMap::new();
    while found.len() < MOST {
        let Some(slash) = private.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'/')) else { break };
        let (name, after) = word(private, at + slash + 1);
        let (length, after) = word(private, after);
        let Ok(length) = length.parse::<usize>() else {
            at += slash + 1;
            continue;
        };
        let (_, after) = word(private, after);
        let Some(code) = private.get(after + 1..(after + 1).saturating_add(length)) else { break };
        let plain = match skipped {
            Some(skipped) => decrypt(code, 4330, skipped),
            None => code.to_vec(),
        };
        found.insert(name, width(&plain).map(|width| width * scale));
        at = after + 1 + length;
    }
    (!found.is_empty()).then_some(found)
}

/// Gives the width of a charstring, which `hsbw` or `sbw` sets first of all.
fn width(code: &[u8]) -> Option<f64> {
    let mut stack: Vec<f64> = Vec::new();
    let mut at = 0;
    while at < code.len().min(200) {
        let first = *code.get(at)?;
        at += 1;
        match first {
            32..=246 => stack.push(f64::from(first) - 139.0),
            247..=250 => {
                stack.push((f64::from(first) - 247.0) * 256.0 + f64::from(*code.get(at)?) + 108.0);
                at += 1;
            }
            251..=254 => {
                stack.push(-(f64::from(first) - 251.0) * 256.0 - f64::from(*code.get(at)?) - 108.0);
                at += 1;
            }
            255 => {
                stack.push(f64::from(i32::from_be_bytes(code.get(at..at + 4)?.try_into().ok()?)));
                at += 4;
            }
            13 => return stack.get(1).copied(),
            12 => {
                let second = *code.get(at)?;
                at += 1;
                match second {
                    7 => return stack.get(2).copied(),
                    12 => {
                        let below = stack.pop()?;
                        let above = stack.pop()?;
                        stack.push(above / below);
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    None
}

fn word(data: &[u8], from: usize) -> (String, usize) {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let mut start = from;
    while data.get(start).is_some_and(blank) {
        start += 1;
    }
    let mut end = start;
    while data.get(end).is_some_and(|byte| !blank(byte) && !matches!(byte, b'/' | b'[' | b'{')) && end - start < 128 {
        end += 1;
    }
    (data.get(start..end).unwrap_or_default().iter().map(|byte| char::from(*byte)).collect(), end)
}

fn find(data: &[u8], what: &[u8], from: usize) -> Option<usize> {
    data.get(from..)?.windows(what.len()).position(|window| window == what).map(|place| from + place)
}
