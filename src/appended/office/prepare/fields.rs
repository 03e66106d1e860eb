//! What becomes of fields that an office program fills in anew on the day and the machine of the conversion.

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is filled in anew: page numbers, links, tables of contents, forms.
    Live,
    /// What it showed when the file was last saved stays as text.
    Frozen,
    /// As before, and of a path only the file's own name stays.
    Path,
}

/// Fields of Word that LibreOffice would fill in from this machine, the file's properties or conditions
/// (ECMA-376, part 1, 17.16.5).
const RECKONED: &[&str] = &[
    "DATE",
    "TIME",
    "PRINTDATE",
    "SAVEDATE",
    "CREATEDATE",
    "EDITTIME",
    "REVNUM",
    "FILESIZE",
    "NUMWORDS",
    "NUMCHARS",
    "USERNAME",
    "USERINITIALS",
    "USERADDRESS",
    "AUTHOR",
    "LASTSAVEDBY",
    "TITLE",
    "SUBJECT",
    "KEYWORDS",
    "COMMENTS",
    "DOCPROPERTY",
    "DOCVARIABLE",
    "INFO",
    "IF",
    "COMPARE",
    "QUOTE",
    "INCLUDETEXT",
    "DATABASE",
    "DDE",
    "DDEAUTO",
    "AUTOTEXT",
    "AUTOTEXTLIST",
];

/// Gives what becomes of a field of Word by its instruction.
pub(crate) fn fate(instruction: &str) -> Fate {
    let name = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
    match name.as_str() {
        "FILENAME" | "TEMPLATE" => Fate::Path,
        name if RECKONED.contains(&name) => Fate::Frozen,
        _ => Fate::Live,
    }
}

/// Gives the last name of a path; none when the text is no path.
pub(crate) fn last_of_path(text: &str) -> Option<&str> {
    let text = text.trim();
    text.contains(['/', '\\']).then(|| text.rsplit(['/', '\\']).next().unwrap_or_default())
}

/// Tells whether text is the path of a file or begins with one.
pub(crate) fn is_path(text: &str) -> bool {
    text.contains('\\') || text.contains("://") || text.starts_with(['/', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_in_any_case() {
        assert_eq!(fate(" date \\@ \"d MMMM yyyy\" "), Fate::Frozen);
        assert_eq!(fate("FILENAME \\p"), Fate::Path);
        assert_eq!(fate(" PAGE "), Fate::Live);
        assert_eq!(fate(""), Fate::Live);
    }

    #[test]
    fn of_a_path_the_last_name_stays() {
        assert_eq!(last_of_path("H:\\Finance\\x.docx"), Some("x.docx"));
        assert_eq!(last_of_path("file:///a/b.odt"), Some("b.odt"));
        assert_eq!(last_of_path("report.docx"), None);
        assert_eq!(last_of_path("/a/"), Some(""));
    }
}
