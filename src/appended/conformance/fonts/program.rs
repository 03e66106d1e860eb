//! The program of a font: which kind the file gives, and whether that kind fits the font.

use lopdf::Dictionary;

use super::cff::Cff;
use super::sfnt::Sfnt;
use super::type1::Type1;
use crate::pdf::reader::PdfReader;

/// The program of a font.
pub(crate) enum Program {
    /// It is not in the file, or not of a kind that fits the font.
    Missing,
    /// It is in the file and cannot be read.
    Damaged,
    /// TrueType.
    TrueType(Vec<u8>),
    /// Compact Font Format, bare or out of OpenType.
    Cff(Vec<u8>),
    /// Type 1.
    Type1(Box<Type1>),
}

impl Program {
    /// Reads the program that fits a font of this subtype.
    pub(crate) fn read<'a>(reader: &PdfReader<'a>, descriptor: Option<&'a Dictionary>, subtype: &[u8]) -> Self {
        let Some(descriptor) = descriptor else { return Self::Missing };
        let plain: &[u8] = match subtype {
            b"Type1" | b"MMType1" => b"FontFile",
            b"TrueType" | b"CIDFontType2" => b"FontFile2",
            _ => b"",
        };
        if let Some(stream) = reader.stream(descriptor, plain) {
            let Ok(data) = reader.decode(stream) else { return Self::Damaged };
            return if plain == b"FontFile" { type1(&data) } else { true_type(data) };
        }
        let Some(stream) = reader.stream(descriptor, b"FontFile3") else { return Self::Missing };
        let fits: &[&[u8]] = match subtype {
            b"Type1" | b"MMType1" => &[b"Type1C", b"OpenType"],
            b"CIDFontType0" => &[b"CIDFontType0C", b"OpenType"],
            _ => &[b"OpenType"],
        };
        if !reader.name(&stream.dict, b"Subtype").is_some_and(|kind| fits.contains(&kind)) {
            return Self::Missing;
        }
        let Ok(data) = reader.decode(stream) else { return Self::Damaged };
        if data.starts_with(b"OTTO") {
            return match Sfnt::cff(&data) {
                Some(table) => cff(table.to_vec()),
                None => Self::Damaged,
            };
        }
        match subtype {
            b"TrueType" | b"CIDFontType2" => true_type(data),
            _ => cff(data),
        }
    }

    /// Whether it is in the file.
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self, Self::Missing | Self::Damaged)
    }
}

fn type1(data: &[u8]) -> Program {
    Type1::open(data).map_or(Program::Damaged, |font| Program::Type1(Box::new(font)))
}

fn true_type(data: Vec<u8>) -> Program {
    if Sfnt::open(&data).is_some() { Program::TrueType(data) } else { Program::Damaged }
}

fn cff(data: Vec<u8>) -> Program {
    if Cff::open(&data).is_some() { Program::Cff(data) } else { Program::Damaged }
}
