//! Types of elements of a structure tree.

/// The standard types (ISO 32000-1, 14.8.4).
const STANDARD: [&str; 49] = [
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// Gives the standard type of a name, if it is one.
pub(crate) fn standard_type(name: &[u8]) -> Option<&'static str> {
    STANDARD.into_iter().find(|standard| standard.as_bytes() == name)
}

/// Tells whether a type is standard.
pub(crate) fn is_standard(name: &[u8]) -> bool {
    standard_type(name).is_some()
}
