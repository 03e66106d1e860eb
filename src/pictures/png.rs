//! PNG: chunks that make the picture are kept as they are, all others are left out.

use std::collections::BTreeSet;
use std::io::Cursor;

use super::exif::{self, sensible};
use super::profile::{self, Channels};
use super::traces::{self, Trace};
use super::{Kind, MOST_BYTES, Picture, Unusable, raster, within_bounds, words};

/// Chunks that a picture is shown by (PNG, third edition, clause 11).
const KEPT: [&[u8; 4]; 12] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs"];

/// Bytes that an unpacked colour profile may have; those of printers have two million.
const MOST_PROFILE: usize = 8 * 1024 * 1024;

pub(super) fn prepare(bytes: &[u8]) -> Result<Picture, Unusable> {
    let mut file = Chunks { orientation: 1, ..Chunks::default() };
    file.read(bytes)?;
    let header = file.header.ok_or(Unusable::Damaged)?;
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let (width, height) = (number(0), number(4));
    within_bounds(width.into(), height.into())?;
    let (depth, colours) = (header[8], if header[9] & 2 == 0 { Channels::Grey } else { Channels::Rgb });
    let whole = file.write(true);
    let profile = profile(&whole);
    let keep_profile = profile.as_ref().is_some_and(|profile| profile::fits(profile, colours));
    let mut changed = Vec::new();
    if file.has_profile && !keep_profile {
        changed.push(raster::PROFILE_DROPPED.to_owned());
    }
    let clean = if file.has_profile && !keep_profile { file.write(false) } else { whole };
    let (mut image, _) = raster::decode(&clean, Kind::Png)?;
    let erased = raster::clear_unseen(&mut image);
    if erased {
        file.traces.insert(Trace::Erased);
    }
    let profile = profile.filter(|_| keep_profile);
    let mut picture = if file.orientation != 1 || depth == 16 || erased {
        raster::to_png(image, file.orientation, profile, file.dpi)?
    } else {
        Picture { ending: "png", bytes: clean, width, height, dpi: file.dpi, removed: Vec::new(), changed: Vec::new() }
    };
    picture.removed = words(&file.traces);
    picture.changed = changed;
    Ok(picture)
}

/// Unpacks the colour profile, if it is sound.
fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let limits = ::png::Limits { bytes: MOST_PROFILE + usize::try_from(MOST_BYTES / 8).ok()? };
    let reader = ::png::Decoder::new_with_limits(Cursor::new(bytes), limits).read_info().ok()?;
    let profile = reader.info().icc_profile.as_ref()?;
    (profile.len() <= MOST_PROFILE).then(|| profile.to_vec())
}

/// The chunks of a file, sorted.
#[derive(Debug, Default)]
struct Chunks<'a> {
    /// Those kept, whole.
    kept: Vec<&'a [u8]>,
    header: Option<&'a [u8]>,
    has_profile: bool,
    orientation: u8,
    dpi: Option<(f64, f64)>,
    traces: BTreeSet<Trace>,
}

impl<'a> Chunks<'a> {
    fn read(&mut self, bytes: &'a [u8]) -> Result<(), Unusable> {
        let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n").ok_or(Unusable::Damaged)?;
        loop {
            let length = rest.first_chunk::<4>().ok_or(Unusable::CutOff)?;
            let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unusable::Damaged)?;
            let whole = rest.get(..length.saturating_add(12)).ok_or(Unusable::CutOff)?;
            rest = &rest[whole.len()..];
            let (name, content) = (&whole[4..8], &whole[8..8 + length]);
            self.chunk(name, content);
            if KEPT.iter().any(|kept| name == *kept) {
                self.kept.push(whole);
            }
            if name == b"IEND" {
                break;
            }
        }
        // What stands behind the end may be the picture before it was cropped (CVE-2023-21036).
        if rest.iter().any(|byte| *byte != 0) {
            self.traces.insert(Trace::Behind);
        }
        Ok(())
    }

    fn chunk(&mut self, name: &[u8], content: &'a [u8]) {
        match name {
            b"IHDR" if content.len() == 13 => self.header = self.header.or(Some(content)),
            b"iCCP" => self.has_profile = true,
            b"pHYs" => {
                if let [a, b, c, d, e, f, g, h, 1] = *content {
                    let dots = |metre: [u8; 4]| f64::from(u32::from_be_bytes(metre)) * 0.0254;
                    self.dpi = sensible(dots([a, b, c, d]), dots([e, f, g, h]));
                }
            }
            b"eXIf" => {
                let learnt = exif::read(content);
                self.orientation = learnt.orientation;
                self.traces.extend(learnt.traces);
            }
            b"tIME" => {
                self.traces.insert(Trace::Date);
            }
            b"tEXt" | b"zTXt" | b"iTXt" => self.traces.extend(in_text(content)),
            b"acTL" | b"fcTL" | b"fdAT" => {
                self.traces.insert(Trace::Animation);
            }
            b"hIST" | b"sPLT" | b"cICP" | b"mDCV" | b"cLLI" => {}
            _ if KEPT.iter().any(|kept| name == *kept) => {}
            _ => {
                self.traces.insert(Trace::Other);
            }
        }
    }

    fn write(&self, with_profile: bool) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
        for whole in &self.kept {
            if with_profile || &whole[4..8] != b"iCCP" {
                bytes.extend(*whole);
            }
        }
        bytes
    }
}

/// Says what a text chunk tells, by its keyword.
fn in_text(content: &[u8]) -> BTreeSet<Trace> {
    let keyword = content.split(|byte| *byte == 0).next().unwrap_or_default();
    BTreeSet::from([match keyword {
        b"Author" | b"Copyright" | b"Artist" => Trace::Author,
        b"Creation Time" | b"date:create" | b"date:modify" | b"date:timestamp" => Trace::Date,
        b"Software" => Trace::Program,
        b"Title" | b"Description" | b"Comment" => Trace::Description,
        b"Source" => Trace::Camera,
        b"mxfile" | b"mxGraphModel" => Trace::Source,
        b"XML:com.adobe.xmp" => return traces::in_xmp(content),
        keyword if keyword.starts_with(b"Raw profile type") => Trace::Other,
        keyword if keyword.starts_with(b"Thumb::") => Trace::Paths,
        _ => Trace::Other,
    }])
}
