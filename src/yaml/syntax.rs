//! Says what breaks the rules of YAML, in words of somebody who has never heard of them.
//!
//! The parser says where it gave up; the cause often stands lines before. So the text around that place is looked at
//! for what people usually slip on ([`slips`]), and only where nothing is found does the kind of error speak. The
//! parser's own words never reach anybody.

use std::ops::Range;

use granit_parser::ErrorKind;

mod lines;
mod quotes;
mod shape;
mod slips;

use lines::Lines;

/// What is wrong, where, and what to do.
pub(super) struct Trouble {
    pub(super) message: String,
    pub(super) help: String,
    pub(super) range: Range<usize>,
}

impl Trouble {
    fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), range }
    }
}

/// Explains an error of the parser at a byte of the text.
pub(super) fn explain(kind: &ErrorKind, text: &str, at: usize) -> Trouble {
    let lines = Lines::new(text);
    let here = lines.holding(at);
    let near = |found: fn(&lines::Line) -> Option<Trouble>| lines.around(here).find_map(found);
    quotes::unclosed(kind, &lines, here)
        .or_else(|| shape::indented_otherwise(kind, &lines, here))
        .or_else(|| near(slips::spacing))
        .or_else(|| slips::value(kind, &lines, here, at))
        .or_else(|| shape::misplaced(kind, &lines, here))
        .unwrap_or_else(|| by_kind(kind, &lines, at))
}

/// Explains by the kind of error alone.
fn by_kind(kind: &ErrorKind, lines: &Lines, at: usize) -> Trouble {
    let end = lines.text[at..].chars().next().filter(|c| *c != '\n').map_or(at, |c| at + c.len_utf8());
    let (message, help) = match kind {
        ErrorKind::BlockEntryInFlowCollection | ErrorKind::PlainScalarStartsWithDashFlowIndicator => (
            "a hyphen cannot begin an entry inside brackets",
            "write `[one, two]`, or the entries on lines below, each behind `- `",
        ),
        ErrorKind::RecursionLimitExceeded => ("lists and fields are nested too deep", "use fewer levels"),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ("a bracket is not closed", "add `]` or `}`, or write the entries on lines below, each behind `- `")
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => (
            "a comma or the closing bracket is missing before this",
            "put commas between the entries, and close the bracket",
        ),
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
            ("this bracket closes nothing that is open", "write `[…]` or `{…}`, or put the text in quotes: \"…\"")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => ("a tab is used where spaces are needed", "type spaces in its place"),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (
            "`\\` has a meaning of its own in double quotes",
            "put the text in single quotes: '…'; in a path, write slashes",
        ),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            ("a colon stands inside text that is not in quotes", "put the whole text in quotes: \"…\"")
        }
        ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a line of `---` or `...` stands inside quotes", "indent the line, or write the text below `|`")
        }
        ErrorKind::UnexpectedCharacter { .. } => {
            ("a value cannot begin with this sign", "put the value in quotes: \"…\"")
        }
        _ => (
            "the file cannot be understood from here on",
            "look at the line shown and the one before it: indentation, quotes, brackets and colons",
        ),
    };
    Trouble::new(at..end, message, help)
}
