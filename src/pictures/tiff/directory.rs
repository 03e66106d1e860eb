//! The directories of a TIFF file (TIFF 6.0, section 2), each of which describes a page.

use std::collections::BTreeSet;

use super::super::Unusable;
use super::super::exif::sensible;

/// Tags that are only looked at to say what they tell.
pub(super) const XMP: u16 = 700;
pub(super) const IPTC: u16 = 33723;
pub(super) const PHOTOSHOP: u16 = 34377;
/// Colour profile.
pub(super) const PROFILE: u16 = 34675;

const SUBFILE: u16 = 254;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const FILL_ORDER: u16 = 266;
const STRIP_OFFSETS: u16 = 273;
const ORIENTATION: u16 = 274;
const ROWS_PER_STRIP: u16 = 278;
const STRIP_LENGTHS: u16 = 279;
const ACROSS: u16 = 282;
const DOWN: u16 = 283;
const T4_OPTIONS: u16 = 292;
const UNIT: u16 = 296;
const COLOUR_MAP: u16 = 320;
const TILE_OFFSETS: u16 = 324;
const TILE_LENGTHS: u16 = 325;

/// One directory.
#[derive(Debug)]
pub(super) struct Directory {
    big_endian: bool,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    tag: u16,
    /// Bytes that one value takes.
    size: usize,
    count: usize,
    /// Where the values stand.
    at: usize,
}

/// What a page is like.
#[derive(Debug)]
pub(super) struct Page {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) orientation: u8,
    pub(crate) dpi: Option<(f64, f64)>,
    /// Whether it is a preview or a mask of another page.
    pub(crate) is_extra: bool,
    /// Whether 0 is white.
    pub(crate) inverted: bool,
    /// Red, green and blue of each colour, when samples are numbers of colours.
    pub(crate) palette: Option<Vec<[u8; 3]>>,
    compression: u32,
    reversed: bool,
    /// Options of a fax: the lowest bit says that lines build on each other.
    pub(crate) fax_options: u32,
    pub(crate) rows_per_strip: u32,
}

impl Page {
    /// Tells whether it is packed as fax machines do (CCITT T.4).
    pub(super) fn is_fax(&self) -> bool {
        self.compression == 3
    }
}

/// Reads all directories of a file.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<Vec<Directory>, Unusable> {
    let big_endian = bytes.starts_with(b"MM");
    if bytes.get(2..4).is_some_and(|version| version.contains(&43)) {
        return Err(Unusable::Packing("BigTIFF".into()));
    }
    let mut directories = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = number(bytes, 4, 4, big_endian).ok_or(Unusable::CutOff)?;
    while next != 0 {
        if directories.len() >= most {
            return Err(Unusable::TooManyPages(most));
        }
        if !seen.insert(next) {
            return Err(Unusable::Damaged);
        }
        let start = usize::try_from(next).map_err(|_| Unusable::Damaged)?;
        let count = number(bytes, start, 2, big_endian).ok_or(Unusable::CutOff)? as usize;
        let entries = (0..count).filter_map(|index| entry(bytes, start + 2 + 12 * index, big_endian)).collect();
        directories.push(Directory { big_endian, entries });
        next = number(bytes, start + 2 + 12 * count, 4, big_endian).ok_or(Unusable::CutOff)?;
    }
    Ok(directories)
}

fn entry(bytes: &[u8], at: usize, big_endian: bool) -> Option<Entry> {
    let tag = u16::try_from(number(bytes, at, 2, big_endian)?).ok()?;
    let size: usize = match number(bytes, at + 2, 2, big_endian)? {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    };
    let count = number(bytes, at + 4, 4, big_endian)? as usize;
    let length = size.checked_mul(count)?;
    let at = if length <= 4 { at + 8 } else { number(bytes, at + 8, 4, big_endian)? as usize };
    (at.checked_add(length)? <= bytes.len()).then_some(Entry { tag, size, count, at })
}

fn number(bytes: &[u8], at: usize, size: usize, big_endian: bool) -> Option<u32> {
    let field = bytes.get(at..at.checked_add(size)?)?;
    let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
    Some(if big_endian { field.iter().fold(0, add) } else { field.iter().rev().fold(0, add) })
}

impl Directory {
    fn find(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }

    /// Gives the bytes of a tag, if it has any.
    pub(super) fn content<'a>(&self, bytes: &'a [u8], tag: u16) -> Option<&'a [u8]> {
        let entry = self.find(tag)?;
        bytes.get(entry.at..entry.at + entry.size * entry.count).filter(|content| !content.is_empty())
    }

    /// Gives the whole numbers of a tag.
    fn numbers(&self, bytes: &[u8], tag: u16) -> Vec<u32> {
        let Some(entry) = self.find(tag).filter(|entry| entry.size <= 4) else {
            return Vec::new();
        };
        (0..entry.count)
            .filter_map(|index| number(bytes, entry.at + index * entry.size, entry.size, self.big_endian))
            .collect()
    }

    fn number(&self, bytes: &[u8], tag: u16) -> Option<u32> {
        let entry = self.find(tag).filter(|entry| entry.size <= 4 && entry.count > 0)?;
        number(bytes, entry.at, entry.size, self.big_endian)
    }

    fn fraction(&self, bytes: &[u8], tag: u16) -> Option<f64> {
        let entry = self.find(tag).filter(|entry| entry.size == 8 && entry.count == 1)?;
        let part = |at| number(bytes, at, 4, self.big_endian).map(f64::from);
        Some(part(entry.at)? / part(entry.at + 4)?)
    }

    pub(super) fn page(&self, bytes: &[u8]) -> Page {
        let subfile = self.number(bytes, SUBFILE).unwrap_or(0);
        let photometric = self.number(bytes, PHOTOMETRIC);
        let orientation = self.number(bytes, ORIENTATION).and_then(|value| u8::try_from(value).ok());
        Page {
            width: self.number(bytes, WIDTH).unwrap_or(0),
            height: self.number(bytes, HEIGHT).unwrap_or(0),
            orientation: orientation.filter(|value| (1..=8).contains(value)).unwrap_or(1),
            dpi: self.dpi(bytes),
            is_extra: subfile & 5 != 0 || photometric == Some(4),
            inverted: photometric == Some(0),
            palette: (photometric == Some(3)).then(|| self.palette(bytes)),
            compression: self.number(bytes, COMPRESSION).unwrap_or(1),
            reversed: self.number(bytes, FILL_ORDER) == Some(2),
            fax_options: self.number(bytes, T4_OPTIONS).unwrap_or(0),
            rows_per_strip: self.number(bytes, ROWS_PER_STRIP).unwrap_or(u32::MAX).max(1),
        }
    }

    fn dpi(&self, bytes: &[u8]) -> Option<(f64, f64)> {
        let scale = match self.number(bytes, UNIT) {
            Some(1) => return None,
            Some(3) => 2.54,
            _ => 1.0,
        };
        sensible(self.fraction(bytes, ACROSS)? * scale, self.fraction(bytes, DOWN)? * scale)
    }

    fn palette(&self, bytes: &[u8]) -> Vec<[u8; 3]> {
        let map = self.numbers(bytes, COLOUR_MAP);
        let third = map.len() / 3;
        let channel = |index: usize| map[index].to_be_bytes()[2];
        (0..third).map(|index| [channel(index), channel(third + index), channel(2 * third + index)]).collect()
    }

    /// Gives where the strips or tiles stand, each with its length.
    pub(super) fn strips(&self, bytes: &[u8]) -> Vec<(usize, usize)> {
        let list = |offsets, lengths| self.numbers(bytes, offsets).into_iter().zip(self.numbers(bytes, lengths));
        let strips = list(STRIP_OFFSETS, STRIP_LENGTHS).chain(list(TILE_OFFSETS, TILE_LENGTHS));
        strips.map(|(offset, length)| (offset as usize, length as usize)).collect()
    }

    /// Rewrites what the reader does not know in terms that it does: bits in reverse order, numbers
    /// of colours, and white as 0. Page keeps what was so.
    pub(super) fn make_readable(&self, bytes: &mut [u8], page: &Page) {
        // JPEG has no order of bits.
        if page.reversed && !matches!(page.compression, 6 | 7) {
            for (offset, length) in self.strips(bytes) {
                if let Some(strip) = bytes.get_mut(offset..offset.saturating_add(length)) {
                    for byte in strip {
                        *byte = byte.reverse_bits();
                    }
                }
            }
        }
        if (page.inverted || page.palette.is_some())
            && let Some(entry) = self.find(PHOTOMETRIC).filter(|entry| entry.size == 2 && entry.count > 0)
            && let Some(field) = bytes.get_mut(entry.at..entry.at + 2)
        {
            field.copy_from_slice(if self.big_endian { &[0, 1] } else { &[1, 0] });
        }
    }
}
