//! Kinds of office files, by the endings of their names.

/// What LibreOffice opens a file as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Running text: Writer.
    Text,
    /// Spreadsheets: Calc.
    Sheets,
    /// Presentations: Impress.
    Slides,
}

/// How a file is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
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
pub(crate) enum Kind {
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

/// Endings of templates, shows and files with macros, which are built and printed as their plain kinds are.
const ALIKE: &[(&str, Kind)] = &[
    ("docm", Kind::Docx),
    ("dotx", Kind::Docx),
    ("dotm", Kind::Docx),
    ("xlsm", Kind::Xlsx),
    ("xltx", Kind::Xlsx),
    ("xltm", Kind::Xlsx),
    ("pptm", Kind::Pptx),
    ("ppsx", Kind::Pptx),
    ("ppsm", Kind::Pptx),
    ("potx", Kind::Pptx),
    ("potm", Kind::Pptx),
    ("ott", Kind::Odt),
    ("ots", Kind::Ods),
    ("otp", Kind::Odp),
    ("dot", Kind::Doc),
    ("xlt", Kind::Xls),
    ("pps", Kind::Ppt),
    ("pot", Kind::Ppt),
];

impl Kind {
    /// Gives the kind that a file's name says by its ending, in any case.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let plain = KINDS.iter().find(|row| row.1.eq_ignore_ascii_case(ending)).map(|row| row.0);
        plain.or_else(|| ALIKE.iter().find(|(alike, _)| alike.eq_ignore_ascii_case(ending)).map(|(_, kind)| *kind))
    }

    fn row(self) -> &'static Row {
        KINDS.iter().find(|row| row.0 == self).unwrap_or(&KINDS[0])
    }

    /// Gives the ending in small letters.
    pub(crate) fn ending(self) -> &'static str {
        self.row().1
    }

    /// Gives what LibreOffice opens it as.
    pub(crate) fn family(self) -> Family {
        self.row().2
    }

    /// Gives how it is built.
    pub(crate) fn build(self) -> Build {
        self.row().3
    }

    /// Gives the kind that a file of an old format becomes, so that it can be looked into.
    pub(crate) fn readable(self) -> Self {
        match (self.build(), self.family()) {
            (Build::Ooxml | Build::Odf, _) => self,
            (_, Family::Text) => Self::Odt,
            (_, Family::Sheets) => Self::Ods,
            (_, Family::Slides) => Self::Odp,
        }
    }

    /// Gives its name in prose, with the article.
    pub(crate) fn described(self) -> &'static str {
        self.row().4
    }

    /// Gives LibreOffice's name of the filter to open it with.
    pub(crate) fn filter(self) -> Option<&'static str> {
        self.row().5
    }
}

/// Tells whether bytes begin as rich text does.
pub(crate) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}
