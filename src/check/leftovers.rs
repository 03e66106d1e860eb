//! What programs leave in a text that nobody wrote: errors of office programs, and paths of the machine.

use std::ops::Range;

/// What spreadsheets print in the place of a value, without the sign before it.
const SHEET_ERRORS: [&str; 13] = [
    "REF!",
    "DIV/0!",
    "NAME?",
    "VALUE!",
    "NULL!",
    "NUM!",
    "N/A",
    "SPILL!",
    "CALC!",
    "FIELD!",
    "BLOCKED!",
    "CONNECT!",
    "GETTING_DATA",
];

/// What word processors print where a field or a reference is lost, besides `Error!` with words behind it.
const FIELD_ERRORS: [&str; 4] = [
    "Error: Reference source not found",
    "Error: No text of specified style",
    "No table of contents entries found",
    "No table of figures entries found",
];

/// Numbers of the errors that LibreOffice prints as `Err:502`.
const NUMBERED: std::ops::RangeInclusive<u32> = 501..=540;

/// Beginnings of paths of a machine that have no drive.
const ROOTS: [&str; 5] = ["/home/", "/Users/", "/mnt/", "/media/", "/var/folders/"];

/// Gives the errors that an office program has printed in a text, in their order.
pub(super) fn office_errors(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = text.match_indices('#').filter_map(|(at, _)| of_sheet(text, at)).collect();
    found.extend(text.match_indices("Err:").filter_map(|(at, _)| numbered(text, at)));
    found.extend(text.match_indices("Error! ").filter_map(|(at, _)| of_field(text, at)));
    for error in FIELD_ERRORS {
        found.extend(text.match_indices(error).map(|(at, error)| at..at + error.len()));
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Gives an error of a spreadsheet that begins here, or the run of `#` that stands for a figure too wide for its cell.
fn of_sheet(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, rest) = (&text[..at], &text[at + 1..]);
    if before.ends_with('#') || before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let error = SHEET_ERRORS.iter().find(|error| rest.starts_with(**error)).map(|error| 1 + error.len());
    let run = 1 + rest.len() - rest.trim_start_matches('#').len();
    let length = error.or_else(|| (run >= 3).then_some(run))?;
    (!text[at + length..].starts_with(char::is_alphanumeric)).then(|| at..at + length)
}

/// Gives an error such as `Err:502` that begins here.
fn numbered(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at + "Err:".len()..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let known = digits == 3 && rest[..digits].parse().is_ok_and(|number| NUMBERED.contains(&number));
    (known && !text[..at].ends_with(char::is_alphanumeric)).then(|| at..at + "Err:".len() + digits)
}

/// Gives the sentence of a lost field: what Word prints is `Error!`, and a sentence behind it.
fn of_field(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at + "Error! ".len()..];
    let begins = rest.starts_with(char::is_uppercase) && !text[..at].ends_with(char::is_alphanumeric);
    let end = rest.find(['.', '\n', '\t']).unwrap_or(rest.len()).min(60);
    let end = (0..=end).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0);
    begins.then(|| at..at + "Error! ".len() + end)
}

/// Gives the paths of somebody's machine or of a network drive in a text, in their order.
pub(super) fn machine_paths(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let starts = text.match_indices(['/', '\\', ':']).filter_map(|(at, _)| start_of_path(text, at));
    for start in starts {
        if found.last().is_none_or(|last| start >= last.end) {
            found.push(start..end_of_path(text, start));
        }
    }
    found
}

/// Gives where the path begins of which this sign is the first that tells: the colon of a drive or of `file:`, the two
/// strokes of a server, the stroke of a root.
fn start_of_path(text: &str, at: usize) -> Option<usize> {
    let (before, rest) = (&text[..at], &text[at..]);
    let inside =
        |before: &str| before.ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '/' | '\\' | '.'));
    if let Some(behind) = rest.strip_prefix(':') {
        let drive = before.chars().next_back().filter(char::is_ascii_alphabetic)?;
        let own = &before[..before.len() - drive.len_utf8()];
        if is_drive(behind) && !inside(own) {
            return Some(own.len());
        }
        let scheme = |name: &str| {
            let start = before.len().checked_sub(name.len())?;
            before.get(start..).is_some_and(|word| word.eq_ignore_ascii_case(name)).then_some(start)
        };
        let start = ["file", "smb"].into_iter().find_map(scheme)?;
        return (behind.starts_with("//") && !inside(&before[..start])).then_some(start);
    }
    if rest.starts_with(r"\\") && !inside(before) {
        let server: &str = rest[2..].split('\\').next().unwrap_or_default();
        let share = rest[2 + server.len()..].strip_prefix('\\').is_some_and(|share| share.starts_with(is_of_name));
        return (share && !server.is_empty() && server.chars().all(is_of_name)).then_some(at);
    }
    let root = ROOTS.iter().find(|root| rest.starts_with(**root)).filter(|_| !inside(before))?;
    let name: &str = rest[root.len()..].split(|sign| !is_of_name(sign)).next().unwrap_or_default();
    (!name.is_empty() && rest[root.len() + name.len()..].starts_with('/')).then_some(at)
}

/// Tells whether what stands behind a letter and a colon is a path: `\Users`, or `/Users/` with a second stroke.
fn is_drive(rest: &str) -> bool {
    let name = |rest: &str| rest.starts_with(is_of_name);
    match rest.strip_prefix('\\') {
        Some(rest) => name(rest.trim_start_matches('\\')),
        None => rest
            .strip_prefix('/')
            .is_some_and(|rest| name(rest) && rest.trim_start_matches(is_of_name).starts_with('/')),
    }
}

fn is_of_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.' | '$' | '~')
}

/// Gives where a path ends: at white space, or at a sign that no path has.
fn end_of_path(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let end = rest.find(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '<' | '>' | '|' | ')' | ']' | ';'));
    start + rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ':', '’', '”', '\'']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(found: Vec<Range<usize>>, text: &str) -> Vec<&str> {
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn errors_of_office_programs_are_found() {
        let text = "Cost #REF! and #DIV/0!, share #N/A; #NAME? Err:502 ####\nsee Error! Reference source not found. \
            Error! Bookmark not defined. Error: Reference source not found";
        let errors = [
            "#REF!",
            "#DIV/0!",
            "#N/A",
            "#NAME?",
            "Err:502",
            "####",
            "Error! Reference source not found",
            "Error! Bookmark not defined",
            "Error: Reference source not found",
        ];
        assert_eq!(of(office_errors(text), text), errors);
    }

    #[test]
    fn what_only_looks_like_an_error_is_left_alone() {
        for text in [
            "#REFORM and #NAMES, issue#REF!, item ## 3, #1, C## and A####B",
            "Err:600, MyErr:502 and Err:5021",
            "Error! is what he cried, and an Error in the sum",
            "N/A, REF! and NAME? stand alone",
        ] {
            assert_eq!(of(office_errors(text), text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn paths_of_machines_are_found() {
        let text = r"Saved as C:\Users\anna\Budget.xlsx, (S:\Finance\Q2) or \\fs01\share\q.docx; file:///home/x.odt and
            FILE://fs01/x.odt, smb://fs02/x, C:/Users/anna/x.pdf, /home/anna/report.odt. /Users/anna/x.docx";
        let paths = [
            r"C:\Users\anna\Budget.xlsx",
            r"S:\Finance\Q2",
            r"\\fs01\share\q.docx",
            "file:///home/x.odt",
            "FILE://fs01/x.odt",
            "smb://fs02/x",
            "C:/Users/anna/x.pdf",
            "/home/anna/report.odt",
            "/Users/anna/x.docx",
        ];
        assert_eq!(of(machine_paths(text), text), paths);
    }

    #[test]
    fn what_only_looks_like_a_path_is_left_alone() {
        for text in [
            "https://www.testford.example/home/care/index.html and http://x.example/Users/a/b",
            "Ratio 3:1, at 10:30, section B:/2, and/or, he/she, 1/2",
            "residential/home/day care, at home/work, /home/ alone, profile://x",
            r"a\b, \alpha, TeX:\LaTeX{} is C:\ alone, \\ ends",
            "the M:/N boundary and Part A: /x",
        ] {
            let found = of(machine_paths(text), text);
            assert_eq!(found, Vec::<&str>::new(), "{text}");
        }
    }
}
