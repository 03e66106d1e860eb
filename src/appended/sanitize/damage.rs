//! What became of a file on its way here, and what of it is lost for that.

use std::collections::BTreeSet;

use lopdf::{Document, Object, Stream};

use super::Refusal;
use crate::pdf::content::operations;
use crate::pdf::streams;

/// Bytes at the end of a file among which it says where its index is.
const TAIL: usize = 2048;
/// Bytes at its head among which a file made for the web says how long it is.
const HEAD: usize = 1024;
/// Fewest line ends of a file, and replaced characters, from which they tell how it was sent.
const FEW: usize = 100;
const FEWEST_REPLACED: usize = 8;

/// How a file came here, as far as its bytes tell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Way {
    /// Its end is missing.
    pub(super) cut_off: bool,
    /// It was sent or saved as if it were text.
    as_text: bool,
    /// Its index had to be made anew.
    pub(super) rebuilt: bool,
}

impl Way {
    /// Looks at the bytes of a file.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
        let ends = find(tail, b"startxref").or_else(|| find(tail, b"%%EOF")).is_some();
        Self { cut_off: !ends || is_shorter_than_said(bytes), as_text: was_text(bytes), rebuilt: false }
    }

    /// Tells whether parts of the file that are missing or broken are more than an oddity of its maker.
    pub(super) fn is_doubtful(self) -> bool {
        self.cut_off || self.as_text || self.rebuilt
    }

    /// Gives why a file cannot be used of which this is lost.
    pub(super) fn refusal(self, lost: &str) -> Refusal {
        let why = if self.as_text {
            format!("it was sent or saved as text, and {lost}")
        } else if self.cut_off {
            format!("it was cut off, and {lost}")
        } else {
            lost.to_owned()
        };
        Refusal::Damaged { why }
    }

    /// Tells whether what a stream holds is spoilt.
    pub(super) fn spoils(self, pdf: &Document, stream: &Stream) -> bool {
        let packed = streams::filters(pdf, &stream.dict);
        let picture = |filter: &Vec<u8>| matches!(&filter[..], b"DCTDecode" | b"JPXDecode" | b"JBIG2Decode" | b"DCT");
        self.is_doubtful() && (streams::breaks_off(pdf, stream) || self.as_text && packed.iter().any(picture))
    }
}

/// Counts the parts that a file names and does not have.
pub(super) fn parts_lost(pdf: &Document) -> usize {
    let mut lost = BTreeSet::new();
    for object in pdf.objects.values() {
        let mut waiting = vec![object];
        while let Some(object) = waiting.pop() {
            match object {
                Object::Reference(id) if !pdf.objects.contains_key(id) => drop(lost.insert(*id)),
                Object::Array(items) => waiting.extend(items),
                Object::Dictionary(dict) => waiting.extend(dict.iter().map(|(_, value)| value)),
                Object::Stream(stream) => waiting.extend(stream.dict.iter().map(|(_, value)| value)),
                _ => {}
            }
        }
    }
    lost.len()
}

/// Says how many pages are lost.
pub(super) fn pages_lost(lost: &BTreeSet<u32>, pages: usize) -> String {
    let first = lost.first().copied().unwrap_or_default();
    match (lost.len(), pages) {
        (_, 1) => "its only page is lost".to_owned(),
        (1, pages) => format!("1 of {pages} pages is lost: page {first}"),
        (number, pages) if number == pages => format!("all of its {pages} pages are lost"),
        (number, pages) => format!("{number} of {pages} pages are lost, the first of them page {first}"),
    }
}

/// Tells whether contents that break off are all there nevertheless: they end as contents do.
pub(super) fn end_well(bytes: &[u8]) -> bool {
    let (mut states, mut in_text, mut end, mut count) = (0_i64, false, 0, 0_u32);
    for operation in operations(bytes) {
        end = operation.range.end;
        count += 1;
        match operation.operator {
            b"q" => states += 1,
            b"Q" => states -= 1,
            b"BT" => in_text = true,
            b"ET" => in_text = false,
            _ => {}
        }
    }
    count > 0 && states == 0 && !in_text && bytes[end..].iter().all(u8::is_ascii_whitespace)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Tells whether a file made for the web has fewer bytes than it says.
fn is_shorter_than_said(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let Some(at) = find(head, b"/Linearized") else { return false };
    let Some(length) = find(&head[at..], b"/L ").map(|length| &head[at + length + 3..]) else { return false };
    let digits: String = length
        .iter()
        .skip_while(|byte| **byte == b' ')
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    digits.parse::<usize>().is_ok_and(|length| length > bytes.len() + TAIL)
}

/// Tells whether a file with packed contents has the traces of being sent as text: replaced characters, every
/// line end made into two bytes, or no byte above those of English text.
fn was_text(bytes: &[u8]) -> bool {
    let packed = ["FlateDecode", "DCTDecode"].iter().any(|filter| find(bytes, filter.as_bytes()).is_some());
    if !packed {
        return false;
    }
    let replaced = bytes.windows(3).filter(|three| *three == [0xEF, 0xBF, 0xBD]).count();
    let (mut ends, mut alone, mut before) = (0, 0, 0);
    for byte in bytes {
        if *byte == b'\n' {
            ends += 1;
            alone += usize::from(before != b'\r');
        }
        before = *byte;
    }
    let seven_bits =
        bytes.is_ascii() && find(bytes, b"ASCII85Decode").is_none() && find(bytes, b"ASCIIHexDecode").is_none();
    replaced >= FEWEST_REPLACED && replaced * 200 > bytes.len() || ends >= FEW && alone == 0 || seven_bits
}

#[cfg(test)]
mod tests {
    use super::{Way, end_well};

    #[test]
    fn tells_how_a_file_came() {
        let whole = b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF\n";
        assert!(!Way::of(whole).is_doubtful() && Way::of(&whole[..12]).cut_off);
        let packed = |ends: &str| format!("%PDF-1.7 /FlateDecode \u{e9}{}startxref", ends.repeat(200)).into_bytes();
        assert!(Way::of(&packed("\r\n")).as_text && !Way::of(&packed("\n")).as_text);
        assert!(Way::of(&packed("\u{FFFD}")).as_text);
        assert!(Way::of(b"%PDF-1.7 /Linearized 1 /L 99999 /H 1 startxref").cut_off);
    }

    #[test]
    fn knows_whole_contents() {
        assert!(end_well(b"q 0 0 9 9 re f Q\n"));
        assert!(
            !end_well(b"q 0 0 9 9 re f") && !end_well(b"BT (a) Tj") && !end_well(b"0 0 9 9 re f (b") && !end_well(b"")
        );
    }
}
