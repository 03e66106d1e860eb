//! Reads character maps: which bytes make a code, and which text a code stands for.
//! (ISO 32000-1, 9.7.5 and 9.10.3.)

use std::collections::BTreeMap;

use crate::pdf::content::{Operand, operations};

/// Entries kept of one map.
const MOST: usize = 70_000;

/// A character map.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CMap {
    /// Ranges of codes: number of bytes, first and last.
    spaces: Vec<(usize, u32, u32)>,
    texts: BTreeMap<u32, String>,
    /// Ranges of codes with the UTF-16 text of the first.
    ranges: Vec<(u32, u32, Vec<u16>)>,
    /// Ranges of codes with the character identifier of the first.
    identifiers: Vec<(u32, u32, u32)>,
}

impl CMap {
    /// Reads a map; of what is broken, as much as can be read.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        for operation in operations(bytes) {
            let operands = &operation.operands;
            match operation.operator {
                b"endcodespacerange" => map.spaces.extend(operands.chunks_exact(2).filter_map(|pair| {
                    let low = string(&pair[0])?;
                    Some((low.len(), code(low), code(string(&pair[1])?)))
                })),
                b"endbfchar" => map.texts(operands),
                b"endbfrange" => map.text_ranges(operands),
                b"endcidchar" => map.identifiers.extend(operands.chunks_exact(2).filter_map(|pair| {
                    let at = code(string(&pair[0])?);
                    Some((at, at, whole(&pair[1])?))
                })),
                b"endcidrange" => {
                    map.identifiers.extend(operands.chunks_exact(3).filter_map(|three| {
                        Some((code(string(&three[0])?), code(string(&three[1])?), whole(&three[2])?))
                    }));
                }
                _ => {}
            }
            if map.spaces.len() + map.texts.len() + map.ranges.len() + map.identifiers.len() > MOST {
                break;
            }
        }
        map.spaces.truncate(64);
        map.ranges.sort_by_key(|range| range.0);
        map.identifiers.sort_unstable();
        map
    }

    fn texts(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let (Some(from), Some(to)) = (string(&pair[0]), string(&pair[1])) {
                self.texts.insert(code(from), String::from_utf16_lossy(&units(to)));
            }
        }
    }

    fn text_ranges(&mut self, operands: &[Operand]) {
        for three in operands.chunks_exact(3) {
            let (Some(low), Some(high)) = (string(&three[0]), string(&three[1])) else { continue };
            match &three[2] {
                Operand::String(to) => self.ranges.push((code(low), code(high), units(to))),
                Operand::Array(items) => {
                    for (at, item) in (code(low)..=code(high)).zip(items) {
                        if let Some(to) = string(item) {
                            self.texts.insert(at, String::from_utf16_lossy(&units(to)));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Gives the text of a code.
    pub(crate) fn text(&self, code: u32) -> Option<String> {
        let listed = self.texts.get(&code).cloned();
        listed.or_else(|| {
            let (low, _, units) = covering(&self.ranges, code, |range| (range.0, range.1))?;
            let mut units = units.clone();
            let last = units.last_mut()?;
            *last = last.wrapping_add(u16::try_from(code - low).ok()?);
            Some(String::from_utf16_lossy(&units))
        })
    }

    /// Gives the character identifier of a code.
    pub(crate) fn identifier(&self, code: u32) -> Option<u32> {
        let (low, _, first) = covering(&self.identifiers, code, |range| (range.0, range.1))?;
        Some(first.saturating_add(code - low))
    }

    /// Gives how many bytes the next code has.
    pub(crate) fn length(&self, bytes: &[u8]) -> Option<usize> {
        let within = |(length, low, high): &(usize, u32, u32)| {
            bytes.get(..*length).is_some_and(|start| (*low..=*high).contains(&code(start)))
        };
        self.spaces.iter().filter(|space| space.0 > 0 && within(space)).map(|space| space.0).min()
    }
}

/// Finds the range that covers a code, among ranges in order.
fn covering<T>(ranges: &[T], code: u32, ends: impl Fn(&T) -> (u32, u32)) -> Option<&T> {
    let after = ranges.partition_point(|range| ends(range).0 <= code);
    ranges[..after].iter().rev().take(8).find(|range| ends(range).1 >= code)
}

fn string(operand: &Operand) -> Option<&[u8]> {
    match operand {
        Operand::String(bytes) => Some(bytes),
        _ => None,
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats to integers saturate")]
fn whole(operand: &Operand) -> Option<u32> {
    operand.number().map(|number| number as u32)
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(64).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::CMap;

    #[test]
    fn reads_every_kind_of_entry() {
        let map = CMap::read(
            b"1 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange
              2 beginbfchar <01> <0041> <02> <00660069> endbfchar
              2 beginbfrange <10> <1f> <0061> <20> <21> [<0078> <0079>] endbfrange
              1 begincidrange <8000> <80ff> 5 endcidrange",
        );
        let texts = [1, 2, 0x12, 0x21, 0x22].map(|code| map.text(code));
        assert_eq!(texts.map(Option::unwrap_or_default), ["A", "fi", "c", "y", ""]);
        assert_eq!(map.identifier(0x8003), Some(8));
        assert_eq!([map.length(&[1, 2]), map.length(&[0x80, 2]), map.length(&[0x80])], [Some(1), Some(2), None]);
    }

    #[test]
    fn survives_ranges_without_end() {
        let map = CMap::read(b"<00000000> <ffffffff> <0000> endbfrange <00> <ffffffff> [<0041>] endbfrange");
        assert_eq!(map.text(0).as_deref(), Some("A"));
        assert_eq!(map.text(0xFFFF_FFFF), None);
    }
}
