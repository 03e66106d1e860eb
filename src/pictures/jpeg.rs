//! JPEG: its segments are sorted into picture and metadata; the image data is not touched.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;

use super::exif::{self, sensible};
use super::profile::{self, Channels};
use super::traces::{self, Trace};
use super::{Kind, Picture, Turn, Unusable, raster, within_bounds, words};

/// Passes over the picture that a file may make; more would only be there to waste time.
const MOST_SCANS: usize = 100;

/// Quality of the JPEG that a CMYK picture becomes, which loses no more than print does.
const QUALITY: u8 = 92;

pub(super) fn prepare(bytes: &[u8], turn: Turn) -> Result<Picture, Unusable> {
    let mut file = Segments::default();
    file.read(bytes)?;
    let (width, height, channels) = file.frame.ok_or(Unusable::Damaged)?;
    within_bounds(width.into(), height.into())?;
    let orientation = file.orientation.unwrap_or(1);
    let sideways = orientation >= 5;
    let colours = match channels {
        1 => Channels::Grey,
        _ => Channels::Rgb,
    };
    let has_profile = !file.profile.is_empty();
    let keep_profile = channels != 4 && has_profile && profile::fits(&file.whole_profile(), colours);
    let dpi = file.dpi.map(|(across, down)| if sideways { (down, across) } else { (across, down) });
    let mut picture = Picture {
        ending: "jpg",
        bytes: file.write(if turn == Turn::Allowed { orientation } else { 1 }, keep_profile),
        width: u32::from(if sideways { height } else { width }),
        height: u32::from(if sideways { width } else { height }),
        dpi,
        removed: words(&file.traces),
        changed: Vec::new(),
    };
    let (image, _) = raster::decode(&picture.bytes, Kind::Jpeg)?;
    if has_profile && !keep_profile && channels != 4 {
        picture.changed.push(raster::PROFILE_DROPPED.to_owned());
    }
    if channels == 4 {
        picture.changed.push(raster::FROM_CMYK.to_owned());
    }
    if channels == 4 || (turn == Turn::Baked && orientation != 1) {
        let profile = keep_profile.then(|| file.whole_profile());
        picture.bytes = encode(&raster::upright(image, orientation), dpi, profile)?;
    }
    Ok(picture)
}

fn encode(image: &DynamicImage, dpi: Option<(f64, f64)>, profile: Option<Vec<u8>>) -> Result<Vec<u8>, Unusable> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(Cursor::new(&mut bytes), QUALITY);
    if let Some((across, down)) = dpi {
        encoder.set_pixel_density(image::codecs::jpeg::PixelDensity {
            density: (raster::whole(across), raster::whole(down)),
            unit: image::codecs::jpeg::PixelDensityUnit::Inches,
        });
    }
    if let Some(profile) = profile {
        image::ImageEncoder::set_icc_profile(&mut encoder, profile).map_err(|_| Unusable::Damaged)?;
    }
    encoder.encode_image(image).map_err(|_| Unusable::Damaged)?;
    Ok(bytes)
}

/// The segments of a file, sorted.
#[derive(Debug, Default)]
struct Segments<'a> {
    /// The head without its small preview, if there is one (JFIF).
    head: Option<[u8; 18]>,
    /// Parts of the colour profile with their number, as whole segments.
    profile: Vec<(u8, &'a [u8])>,
    /// Whether the numbers mean RGB or YCC (Adobe).
    adobe: Option<&'a [u8]>,
    /// Everything that the picture itself needs.
    body: Vec<&'a [u8]>,
    /// Width, height and number of channels.
    frame: Option<(u16, u16, u8)>,
    scans: usize,
    orientation: Option<u8>,
    dpi: Option<(f64, f64)>,
    traces: BTreeSet<Trace>,
}

impl<'a> Segments<'a> {
    fn read(&mut self, bytes: &'a [u8]) -> Result<(), Unusable> {
        let mut at = 2;
        loop {
            let start = at;
            if *bytes.get(at).ok_or(Unusable::CutOff)? != 0xFF {
                return Err(Unusable::Damaged);
            }
            while bytes.get(at) == Some(&0xFF) {
                at += 1;
            }
            let marker = *bytes.get(at).ok_or(Unusable::CutOff)?;
            at += 1;
            match marker {
                0xD9 => return self.end(&bytes[at..]),
                0x01 | 0xD0..=0xD7 => continue,
                0x00 | 0xD8 => return Err(Unusable::Damaged),
                _ => {}
            }
            let length = bytes.get(at..at + 2).ok_or(Unusable::CutOff)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            if length < 2 {
                return Err(Unusable::Damaged);
            }
            let content = bytes.get(at + 2..at + length).ok_or(Unusable::CutOff)?;
            // Fill bytes before the marker are left out.
            let whole = &bytes[(at - 2).max(start)..at + length];
            at += length;
            if marker == 0xDA {
                at = self.scan(bytes, at - whole.len(), at)?;
            } else {
                self.segment(marker, whole, content)?;
            }
        }
    }

    /// Keeps a scan with the image data behind its head.
    fn scan(&mut self, bytes: &'a [u8], start: usize, mut at: usize) -> Result<usize, Unusable> {
        self.scans += 1;
        if self.scans > MOST_SCANS {
            return Err(Unusable::Damaged);
        }
        loop {
            let next = bytes[at..].iter().position(|byte| *byte == 0xFF).ok_or(Unusable::CutOff)?;
            at += next;
            match bytes.get(at + 1).ok_or(Unusable::CutOff)? {
                0x00 | 0xD0..=0xD7 => at += 2,
                0xFF => at += 1,
                _ => break,
            }
        }
        self.body.push(&bytes[start..at]);
        Ok(at)
    }

    fn segment(&mut self, marker: u8, whole: &'a [u8], content: &'a [u8]) -> Result<(), Unusable> {
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                if self.frame.is_some() {
                    return Err(Unusable::Damaged);
                }
                self.frame(marker, content)?;
                self.body.push(whole);
            }
            0xC4 | 0xDB | 0xDD => self.body.push(whole),
            0xE0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => self.jfif(content),
            0xE1 if content.starts_with(b"Exif\0") => {
                let learnt = exif::read(content.get(6..).unwrap_or_default());
                self.orientation.get_or_insert(learnt.orientation);
                self.dpi = self.dpi.or(learnt.dpi);
                self.traces.extend(learnt.traces);
            }
            0xE1 => self.traces.extend(traces::in_xmp(content)),
            0xE2 if content.starts_with(b"ICC_PROFILE\0") && content.len() > 14 => {
                self.profile.push((content[12], whole));
            }
            0xE2 if content.starts_with(b"MPF\0") => {
                self.traces.insert(Trace::Preview);
            }
            0xED => self.traces.extend(traces::in_iptc(content)),
            0xEE if content.starts_with(b"Adobe") && content.len() == 12 => self.adobe = Some(whole),
            0xFE => {
                self.traces.insert(Trace::Description);
            }
            _ => {
                self.traces.insert(Trace::Other);
            }
        }
        Ok(())
    }

    fn frame(&mut self, marker: u8, content: &[u8]) -> Result<(), Unusable> {
        let [depth, high, low, left, right, channels, ..] = *content else {
            return Err(Unusable::Damaged);
        };
        match marker {
            0xC0..=0xC2 if depth == 8 => {}
            0xC9..=0xCB => return Err(Unusable::Packing("JPEG with arithmetic coding".into())),
            _ => return Err(Unusable::Packing("JPEG of a rare kind".into())),
        }
        if !matches!(channels, 1 | 3 | 4) {
            return Err(Unusable::Packing("JPEG with an odd number of channels".into()));
        }
        self.frame = Some((u16::from_be_bytes([left, right]), u16::from_be_bytes([high, low]), channels));
        Ok(())
    }

    fn jfif(&mut self, content: &[u8]) {
        if content.len() > 14 {
            self.traces.insert(Trace::Preview);
        }
        let mut head = *b"\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
        head[9..16].copy_from_slice(&content[5..12]);
        self.head = Some(head);
        let number = |at: usize| f64::from(u16::from_be_bytes([content[at], content[at + 1]]));
        let scale = match content[7] {
            1 => 1.0,
            2 => 2.54,
            _ => return,
        };
        self.dpi = sensible(number(8) * scale, number(10) * scale).or(self.dpi);
    }

    /// Looks at what stands behind the picture: phones put videos there, and croppers leave the rest.
    fn end(&mut self, behind: &[u8]) -> Result<(), Unusable> {
        if behind.iter().any(|byte| !matches!(byte, 0 | 0xFF | b'\r' | b'\n' | b' ')) {
            self.traces.insert(Trace::Behind);
        }
        if self.scans == 0 { Err(Unusable::Damaged) } else { Ok(()) }
    }

    fn whole_profile(&self) -> Vec<u8> {
        let mut parts = self.profile.clone();
        parts.sort_by_key(|(number, _)| *number);
        parts.iter().flat_map(|(_, whole)| whole[18..].iter().copied()).collect()
    }

    fn write(&self, orientation: u8, keep_profile: bool) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8];
        if let Some(head) = &self.head {
            bytes.extend(head);
        }
        if orientation != 1 {
            let data = exif::only_orientation(orientation);
            bytes.extend([0xFF, 0xE1, 0]);
            bytes.push(u8::try_from(data.len() + 8).unwrap_or(u8::MAX));
            bytes.extend(b"Exif\0\0");
            bytes.extend(data);
        }
        bytes.extend(self.adobe.unwrap_or_default());
        if keep_profile {
            for (_, part) in &self.profile {
                bytes.extend(*part);
            }
        }
        for part in &self.body {
            bytes.extend(*part);
        }
        bytes.extend([0xFF, 0xD9]);
        bytes
    }
}
