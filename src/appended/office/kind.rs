//! What kind of office file a name says, and whether the bytes agree.

use super::failure::OfficeFailure;
use super::package::Package;

/// What LibreOffice opens a file as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Running text: Writer.
    Text,
    /// Spreadsheets: Calc.
    Sheets,
    /// Presentations: Impress.
    Slides,
}

/// How a file is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// Office Open XML, ISO/IEC 29500: Microsoft Office since 2007.
    Ooxml,
    /// OpenDocument, ISO/IEC 26300.
    Odf,
    /// Compound files: Microsoft Office up to 2003.
    Ole,
    /// Rich Text Format.
    Rtf,
}

/// A kind of office file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Word document.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Excel workbook.
    Xlsx,
    /// OpenDocument spreadsheet.
    Ods,
    /// PowerPoint presentation.
    Pptx,
    /// OpenDocument presentation.
    Odp,
    /// Word document up to 2003.
    Doc,
    /// Excel workbook up to 2003.
    Xls,
    /// PowerPoint presentation up to 2003.
    Ppt,
    /// Rich text.
    Rtf,
}

/// A kind with its ending, family, build, name, and the filter that LibreOffice must open it with.
type Row = (Kind, &'static str, Family, Build, &'static str, Option<&'static str>);

/// Every kind. The filter is left to LibreOffice for compound files, of which each ending had several formats.
const KINDS: &[Row] = &[
    (Kind::Docx, "docx", Family::Text, Build::Ooxml, "a Word document", Some("MS Word 2007 XML")),
    (Kind::Odt, "odt", Family::Text, Build::Odf, "an OpenDocument text", Some("writer8")),
    (Kind::Xlsx, "xlsx", Family::Sheets, Build::Ooxml, "an Excel workbook", Some("Calc MS Excel 2007 XML")),
    (Kind::Ods, "ods", Family::Sheets, Build::Odf, "an OpenDocument spreadsheet", Some("calc8")),
    (
        Kind::Pptx,
        "pptx",
        Family::Slides,
        Build::Ooxml,
        "a PowerPoint presentation",
        Some("Impress MS PowerPoint 2007 XML"),
    ),
    (Kind::Odp, "odp", Family::Slides, Build::Odf, "an OpenDocument presentation", Some("impress8")),
    (Kind::Doc, "doc", Family::Text, Build::Ole, "an old Word document", None),
    (Kind::Xls, "xls", Family::Sheets, Build::Ole, "an old Excel workbook", None),
    (Kind::Ppt, "ppt", Family::Slides, Build::Ole, "an old PowerPoint presentation", None),
    (Kind::Rtf, "rtf", Family::Text, Build::Rtf, "a rich text", Some("Rich Text Format")),
];

impl Kind {
    /// Gives the kind that a file's name says by its ending, in any case.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        KINDS.iter().find(|row| row.1.eq_ignore_ascii_case(ending)).map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        KINDS.iter().find(|row| row.0 == self).unwrap_or(&KINDS[0])
    }

    /// Gives the ending in small letters.
    pub fn ending(self) -> &'static str {
        self.row().1
    }

    /// Gives what LibreOffice opens it as.
    pub fn family(self) -> Family {
        self.row().2
    }

    /// Gives how it is built.
    pub fn build(self) -> Build {
        self.row().3
    }

    /// Gives its name in prose, with the article.
    pub fn described(self) -> &'static str {
        self.row().4
    }

    /// Gives LibreOffice's name of the filter to open it with.
    pub fn filter(self) -> Option<&'static str> {
        self.row().5
    }

    /// Gives the kind by the bytes where LibreOffice can be given them, and says what is wrong otherwise.
    ///
    /// Rich text that is named `.doc`, which Word itself has always opened, passes as rich text.
    pub fn confirmed(self, bytes: &[u8]) -> Result<Self, OfficeFailure> {
        if bytes.is_empty() {
            return Err(OfficeFailure::Empty);
        }
        let other = |found| Err(OfficeFailure::NotOffice { expected: self.described(), found });
        if is_rtf(bytes) {
            return if matches!(self, Self::Doc | Self::Rtf) { Ok(Self::Rtf) } else { other(Self::Rtf.described()) };
        }
        if bytes.starts_with(OLE) {
            return match self.build() {
                _ if holds_utf16(bytes, "EncryptedPackage") => Err(OfficeFailure::Encrypted),
                Build::Ole => Ok(self),
                _ => other("a file of Microsoft Office up to 2003"),
            };
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return other(guess(bytes));
        }
        let mut package = Package::open(bytes).ok_or(OfficeFailure::Damaged)?;
        package.weigh()?;
        if package.is_encrypted() {
            return Err(OfficeFailure::Encrypted);
        }
        match package.kind() {
            Some(kind) if kind == self => Ok(self),
            Some(kind) => other(kind.described()),
            None => other("a ZIP archive of another kind"),
        }
    }
}

const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Tells whether bytes begin as rich text does.
pub fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

fn holds_utf16(bytes: &[u8], words: &str) -> bool {
    let wanted: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn guess(bytes: &[u8]) -> &'static str {
    let start = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(start).trim_start().to_lowercase();
    if start.starts_with(b"%PDF-") {
        "a PDF"
    } else if text.starts_with("<!doctype html") || text.starts_with("<html") {
        "a web page"
    } else if !start.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        "plain text"
    } else {
        "none, or damaged"
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
        assert_eq!(failure("a.odt", b"PK\x03\x04"), Some(Err("the file is damaged and cannot be unpacked".into())));
    }
}
