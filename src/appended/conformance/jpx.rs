//! JPEG 2000 pictures (ISO 19005-2, 6.2.8.3).

use super::faults::Faults;

#[derive(Default)]
struct Header {
    channels: u16,
    depth: u8,
    depths: bool,
    /// Method, approximation and enumerated colour space of each colour specification.
    colours: Vec<(u8, u8, Option<u32>)>,
}

/// Checks the header of a JPEG 2000 picture; `coloured` when the file gives its colour space.
pub(crate) fn check(faults: &mut Faults, data: &[u8], coloured: bool) {
    let Some(header) = header(data) else {
        faults.archiving("it has a JPEG 2000 picture that is damaged or of a kind that is not allowed");
        return;
    };
    let depth = (header.depth & 0x7F) + 1;
    let allowed = matches!(header.channels, 1 | 3 | 4) && !header.depths && header.depth != 255 && depth <= 38;
    if !allowed {
        faults.archiving("it has a JPEG 2000 picture with a number or depth of channels that is not allowed");
    }
    if coloured {
        return;
    }
    let best: Vec<_> = header.colours.iter().filter(|(_, approximation, _)| *approximation == 1).collect();
    let chosen = match (best.as_slice(), header.colours.as_slice()) {
        ([one], _) => Some(*one),
        ([], [one]) => Some(one),
        _ => None,
    };
    let sound = chosen.is_some_and(|(method, _, space)| {
        matches!(method, 1..=3) && !matches!(space, Some(12 | 19)) && (*method != 1 || space.is_some())
    });
    if !sound {
        faults.archiving("it has a JPEG 2000 picture whose colours are given in a way that is not allowed");
    }
}

fn header(data: &[u8]) -> Option<Header> {
    if data.get(4..8) != Some(b"jP  ") {
        return None;
    }
    let (_, body) = boxes(data).find(|(kind, _)| kind == b"jp2h")?;
    let mut header = Header::default();
    for (kind, body) in boxes(body).take(64) {
        match &kind {
            b"ihdr" => {
                header.channels = u16::from_be_bytes([*body.get(8)?, *body.get(9)?]);
                header.depth = *body.get(10)?;
            }
            b"bpcc" => header.depths = true,
            b"colr" => {
                let space = body.get(3..7).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
                let method = *body.first()?;
                header.colours.push((method, *body.get(2)?, space.filter(|_| method == 1)));
            }
            _ => {}
        }
    }
    Some(header)
}

fn boxes(data: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let kind: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let (start, end) = match length {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(rest.get(8..16)?.try_into().ok()?)).ok()?),
            length => (8, usize::try_from(length).ok()?),
        };
        let body = rest.get(start..end)?;
        rest = rest.get(end..)?;
        Some((kind, body))
    })
}
