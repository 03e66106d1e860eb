//! Pictures inside other files, such as PDF: what they tell besides the picture goes, the picture stays byte for byte.
//!
//! Unlike a picture that is a paper of its own, such a picture is shown by what the file around it says of
//! colours and which side is up, and may be of kinds and in states that only its reader knows. So no more
//! is asked of it than where its parts begin and end.

use std::ops::Range;

/// Gives a JPEG without what it tells of camera, place and people; none when nothing of that is in it.
pub(crate) fn jpeg_without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let dropped = jpeg_metadata(bytes);
    if dropped.is_empty() {
        return None;
    }
    let mut clean = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for at in dropped {
        clean.extend(&bytes[done..at.start]);
        done = at.end;
    }
    clean.extend(&bytes[done..]);
    Some(clean)
}

/// Gives the stretches of a JPEG that are no part of the picture, in order: notes of all kinds, small
/// previews, and what stands behind its end. (ITU-T T.81, annex B.)
pub(crate) fn jpeg_metadata(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut dropped = Vec::new();
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return dropped;
    }
    let mut at = 2;
    loop {
        // Readers pass over what stands between segments.
        let Some(start) = next(bytes, at) else {
            dropped.push(at..bytes.len());
            break;
        };
        if start > at {
            dropped.push(at..start);
        }
        let (marker, content) = (bytes[start + 1], start + 4);
        match marker {
            0xD9 => {
                dropped.push(start + 2..bytes.len());
                break;
            }
            0x00 | 0x01 | 0xD0..=0xD8 => {
                at = start + 2;
                continue;
            }
            _ => {}
        }
        let length =
            bytes.get(start + 2..content).map_or(0, |length| usize::from(u16::from_be_bytes([length[0], length[1]])));
        let end = (start + 2 + length.max(2)).min(bytes.len());
        if tells(marker, bytes.get(content..end).unwrap_or_default()) {
            dropped.push(start..end);
        }
        at = if marker == 0xDA { end_of_scan(bytes, end) } else { end };
    }
    dropped.retain(|at| !at.is_empty());
    dropped
}

/// Gives where the next marker stands, without the fill bytes before it.
fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + bytes.get(from..)?.iter().position(|byte| *byte == 0xFF)?;
    while bytes.get(at + 1) == Some(&0xFF) {
        at += 1;
    }
    (at + 1 < bytes.len()).then_some(at)
}

fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some(marker) = next(bytes, at) {
        if !matches!(bytes[marker + 1], 0x00 | 0xD0..=0xD7) {
            return marker;
        }
        at = marker + 2;
    }
    bytes.len()
}

/// Tells whether a segment is no part of the picture. Kept are the head without a preview, and what says how
/// the colours are meant (Adobe); a colour profile counts only in the file around the picture.
fn tells(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xE0 => !(content.starts_with(b"JFIF\0") && content.len() == 14),
        0xEE => !(content.starts_with(b"Adobe") && content.len() == 12),
        0xE1..=0xEF | 0xFE => true,
        _ => false,
    }
}

/// Boxes of JPEG 2000 that hold notes. (ISO/IEC 15444-1, annex I, and 15444-2, annex M.)
const NOTES: [&[u8; 4]; 8] = [b"xml ", b"uuid", b"uinf", b"jp2i", b"mp7b", b"asoc", b"lbl ", b"free"];

/// Gives a JPEG 2000 picture with its notes blotted out; none when there are none.
///
/// Nothing moves, as parts of it may be named by where they stand.
pub(crate) fn jpeg_2000_without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.to_vec();
    if bytes.starts_with(&[0xFF, 0x4F]) {
        blot_comments(&mut clean, 0);
    }
    let mut at = 0;
    while let Some(head) = bytes.get(at..at + 8).filter(|_| !bytes.starts_with(&[0xFF, 0x4F])) {
        let kind = &head[4..8];
        let (size, start) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => (bytes.len() - at, 8),
            1 => (long(bytes, at + 8), 16),
            size => (size as usize, 8),
        };
        let end = at.saturating_add(size).min(bytes.len());
        if end < at + start {
            break;
        }
        if NOTES.iter().any(|name| kind == *name) {
            clean[at + 4..at + 8].copy_from_slice(b"free");
            clean[at + start..end].fill(0);
        } else if kind == b"jp2c" {
            blot_comments(&mut clean, at + start);
        }
        at = end;
    }
    (clean != bytes).then_some(clean)
}

fn long(bytes: &[u8], at: usize) -> usize {
    let number = bytes.get(at..at + 8).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    number.map_or(0, |number| usize::try_from(u64::from_be_bytes(number)).unwrap_or(usize::MAX))
}

/// Blots out the comments at the head of a codestream (ISO/IEC 15444-1, A.9.2).
fn blot_comments(bytes: &mut [u8], start: usize) {
    let mut at = start + 2;
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4).and_then(|head| <&[u8; 4]>::try_from(head).ok())
    {
        // The head ends where the first tile or the end of the picture begins.
        if matches!(marker, 0x90 | 0x93 | 0xD9) {
            return;
        }
        let end = (at + 2 + usize::from(u16::from_be_bytes([high, low])).max(2)).min(bytes.len());
        if marker == 0x64 && at + 6 <= end {
            bytes[at + 6..end].fill(b' ');
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;

    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    }

    fn jpeg() -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_fn(40, 30, |x, y| {
            image::Rgb([x * 6, y * 8, 90].map(|value| u8::try_from(value).unwrap_or(255)))
        });
        JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&picture).expect("it can be written");
        bytes
    }

    #[test]
    fn a_jpeg_keeps_its_picture_and_nothing_else() {
        let plain = jpeg();
        assert_eq!(jpeg_without_metadata(&plain), None);
        let adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01");
        let notes = [
            segment(0xE1, b"Exif\0\0MARK"),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0MARK"),
            segment(0xE2, b"MPF\0MARK"),
            segment(0xED, b"Photoshop 3.0\0MARK"),
            segment(0xE0, b"JFXX\0MARK"),
            segment(0xEC, b"MARK"),
            segment(0xFE, b"MARK"),
            b"MARK".to_vec(),
        ];
        let marked = [&plain[..2], &notes.concat(), &adobe, &plain[2..], b"MARK"].concat();
        let clean = jpeg_without_metadata(&marked).expect("it has notes");
        assert_eq!(clean, [&plain[..2], &adobe, &plain[2..]].concat());
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("a picture").to_rgb8();
        assert_eq!(pixels(&clean), pixels(&plain));
    }

    #[test]
    fn damaged_jpegs_do_not_stop_it() {
        let marked = [&[0xFF, 0xD8][..], &segment(0xE1, b"Exif\0\0MARK"), &jpeg()[2..]].concat();
        for end in 0..marked.len() {
            let clean = jpeg_without_metadata(&marked[..end]).unwrap_or_else(|| marked[..end].to_vec());
            assert!(!clean.windows(4).any(|window| window == b"MARK"), "cut at {end}");
        }
    }

    #[test]
    fn notes_of_jpeg_2000_are_blotted_out() {
        let boxed = |kind: &[u8; 4], content: &[u8]| {
            let size = u32::try_from(content.len() + 8).expect("a short box").to_be_bytes();
            [&size[..], kind, content].concat()
        };
        let stream = |comment: &[u8]| {
            [
                &[0xFF, 0x4F][..],
                &segment(0x51, b"sizes"),
                &segment(0x64, &[b"\0\x01", comment].concat()),
                &segment(0x90, b"tile"),
            ]
            .concat()
        };
        let file = |notes: &[u8], comment: &[u8]| {
            [boxed(b"jP  ", b"\r\n\x87\n"), boxed(b"xml ", notes), boxed(b"jp2c", &stream(comment))].concat()
        };
        let clean = jpeg_2000_without_metadata(&file(b"MARK", b"MARK")).expect("it has notes");
        assert!(!clean.windows(4).any(|window| window == b"MARK"));
        assert_eq!(clean.len(), file(b"MARK", b"MARK").len());
        assert_eq!(jpeg_2000_without_metadata(&stream(b"    ")), None);
        assert!(jpeg_2000_without_metadata(&stream(b"MARK")).is_some());
    }
}
