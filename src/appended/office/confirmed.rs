//! Whether a file is what its name says, by its first bytes and by what is in it.

use super::failure::OfficeFailure;
use super::kind::{Build, Kind, is_rtf};
use super::package::Package;

/// How Microsoft Office began its files up to 2003.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

impl Kind {
    /// Gives the kind by the bytes where LibreOffice can be given them, and says what is wrong otherwise.
    ///
    /// Rich text that is named `.doc`, which Word itself has always opened, passes as rich text.
    pub(crate) fn confirmed(self, bytes: &[u8]) -> Result<Self, OfficeFailure> {
        if bytes.is_empty() {
            return Err(OfficeFailure::Empty);
        }
        let other = |found, ending| Err(OfficeFailure::NotOffice { expected: self.described(), found, ending });
        if is_rtf(bytes) {
            return if matches!(self, Self::Doc | Self::Rtf) {
                Ok(Self::Rtf)
            } else {
                other(Self::Rtf.described(), Some(Self::Rtf.ending()))
            };
        }
        if bytes.starts_with(OLE) {
            return match self.build() {
                _ if holds_utf16(bytes, "EncryptedPackage") => Err(OfficeFailure::Encrypted),
                Build::Ole => Ok(self),
                _ => match Self::of_bytes(bytes) {
                    Some(kind) => other(kind.described(), Some(kind.ending())),
                    None => other("a file of Microsoft Office up to 2003", None),
                },
            };
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            let (found, ending) = guess(bytes);
            return other(found, ending);
        }
        let mut package = Package::open(bytes).ok_or(OfficeFailure::Damaged)?;
        package.weigh()?;
        if package.is_encrypted() {
            return Err(OfficeFailure::Encrypted);
        }
        match package.kind() {
            Some(kind) if kind == self => Ok(self),
            Some(kind) => other(kind.described(), Some(kind.ending())),
            None => other("a ZIP archive of another kind", None),
        }
    }

    /// Gives the kind of an office file by its bytes alone.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        if is_rtf(bytes) {
            return Some(Self::Rtf);
        }
        if bytes.starts_with(OLE) {
            let streams = [("WordDocument", Self::Doc), ("PowerPoint Document", Self::Ppt), ("Workbook", Self::Xls)];
            return streams.into_iter().find(|(name, _)| holds_utf16(bytes, name)).map(|(_, kind)| kind);
        }
        Package::open(bytes)?.kind()
    }
}

fn holds_utf16(bytes: &[u8], words: &str) -> bool {
    let wanted: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Gives what a file is that is none of office, and how its name should end.
fn guess(bytes: &[u8]) -> (&'static str, Option<&'static str>) {
    let start = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(start).trim_start().to_lowercase();
    if start.starts_with(b"%PDF-") {
        ("a PDF", Some("pdf"))
    } else if text.starts_with("<!doctype html") || text.starts_with("<html") {
        ("a web page", None)
    } else if !start.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        ("plain text", None)
    } else {
        ("none, or damaged", None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_bytes_are_named() {
        let failure =
            |name: &str, bytes: &[u8]| Kind::of(name).map(|kind| kind.confirmed(bytes).map_err(|e| e.to_string()));
        assert_eq!(failure("a.doc", b"{\\rtf1 x}"), Some(Ok(Kind::Rtf)));
        assert_eq!(failure("a.docx", b""), Some(Err("the file is empty".into())));
        let said = "its name says that it is an Excel workbook, but it is a PDF";
        assert_eq!(failure("a.xlsx", b"%PDF-1.7"), Some(Err(said.into())));
        let help = |bytes: &[u8]| Kind::Xlsx.confirmed(bytes).map_err(|failure| failure.help());
        assert_eq!(help(b"%PDF-1.7"), Err("call the file `.pdf`, which it is".into()));
        assert_eq!(failure("a.odt", b"PK\x03\x04"), Some(Err("the file is damaged and cannot be unpacked".into())));
    }
}
