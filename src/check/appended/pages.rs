//! What stands on the pages of appended files and nobody meant to print: errors of office programs, paths of a
//! machine, placeholders.

use std::collections::BTreeMap;
use std::ops::Range;

use super::in_words;
use crate::check::consistency::texts::placeholders::left_on_page;
use crate::check::leftovers::{machine_paths, office_errors};
use crate::finding::{Confidence, Finding, Log, Place, Rule};
use crate::model::Appended;

/// How many different words of one kind are told of; a finding says how many others there are.
const MOST: usize = 12;
/// How many signs of them are told.
const LONGEST: usize = 60;

/// Words that were found, each with the pages on which they stand, once for each time.
type Found = BTreeMap<String, Vec<u32>>;

crate::finding::rule! {
    /// A page shows what a spreadsheet or a word processor prints where a figure, a name or a reference is lost, such
    /// as `#REF!`, `#DIV/0!`, `Err:502` or `Error! Reference source not found`, or `####` where a figure is too wide
    /// for its cell. Mend it in the program that the file was made with, and save it again.
    OFFICE_ERROR = "A0042", Appended, Warning, pages, gate, "an error that an office program printed on a page";
}

crate::finding::rule! {
    /// A page shows where a file lies on somebody's machine or on a drive of the council, such as `C:\Users\...`,
    /// `\\server\share` or `file:///...`. It tells names that nobody needs, and readers cannot follow it. Headers and
    /// footers often hold one. Have it taken out of the file.
    MACHINE_PATH = "A0043", Appended, Warning, pages, gate, "a path of somebody's machine on a page";
}

crate::finding::rule! {
    /// A page shows what looks like a placeholder or a note to oneself that was left behind, such as `[insert name]`,
    /// `XX` or `(Paula to check)`. Of what the council writes, C0035 tells the same. Have the file finished, or
    /// accept the finding where the words are meant so.
    PLACEHOLDER_PRINTED = "A0044", Appended, Warning, pages, gate, "a placeholder on a page of a file";
}

/// Finds what stands on the pages of a file and nobody meant to print. `pages` are the numbers of its pages with their
/// words, `place` is where the agenda names it, or the file itself, which then is not `named` again.
pub(crate) fn words<'w>(
    appended: &Appended,
    pages: impl Iterator<Item = (u32, &'w str)>,
    place: Place,
    named: bool,
    log: &Log,
) {
    let (mut errors, mut paths, mut placeholders) = (Found::new(), Found::new(), Found::new());
    for (page, text) in pages {
        let of_programs = office_errors(text);
        let of_machines = machine_paths(text);
        let is_told = |range: &Range<usize>| {
            let mut told = of_programs.iter().chain(&of_machines);
            told.any(|other| range.start < other.end && other.start < range.end)
        };
        let left = left_on_page(text).into_iter().filter(|range| !is_told(range)).collect();
        for (found, ranges) in [(&mut placeholders, left), (&mut errors, of_programs), (&mut paths, of_machines)] {
            for range in ranges {
                found.entry(shown(&text[range])).or_default().push(page);
            }
        }
    }
    let name = if named { format!("`{}`: ", appended.name()) } else { String::new() };
    let told = |found, rule, what, help| tell(appended, found, &Kind { rule, what, help, name: &name }, place, log);
    let help = "mend it in the program that the file was made with, and save it again";
    told(errors, &OFFICE_ERROR, "is an error that an office program printed", help);
    let help = "have it taken out of the file: it tells of somebody's machine, and leads nowhere";
    told(paths, &MACHINE_PATH, "is a path on somebody's machine", help);
    let help = "have the file finished, or accept the finding where the words are meant";
    told(placeholders, &PLACEHOLDER_PRINTED, "looks like a placeholder that was left behind", help);
}

/// What is said of words of one kind.
struct Kind<'a> {
    rule: &'static Rule,
    what: &'static str,
    help: &'static str,
    /// Name of the file, where it is not the place.
    name: &'a str,
}

/// Records a finding for each of the words.
fn tell(appended: &Appended, found: Found, kind: &Kind, place: Place, log: &Log) {
    let others: Vec<u32> = found.values().skip(MOST).flatten().copied().collect();
    let count = found.len().saturating_sub(MOST);
    let finding = |message: String| {
        let finding = Finding::new(kind.rule, place, message).help(kind.help).about(&appended.file);
        log.add(finding.confidence(Confidence::Likely));
    };
    for (words, pages) in found.into_iter().take(MOST) {
        let times = if pages.len() > 1 { format!(", {} times", pages.len()) } else { String::new() };
        finding(format!("{}`{words}` {}{times} ({})", kind.name, kind.what, in_words(&pages)));
    }
    if count > 0 {
        finding(format!("{}{count} more such words ({})", kind.name, in_words(&others)));
    }
}

/// Gives words of a file as they can be told: on one line, without signs that would disturb it.
fn shown(words: &str) -> String {
    let plain = |sign: char| {
        !sign.is_control() && sign != '`' && !matches!(sign, '\u{200b}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = clean.chars().filter(|sign| plain(*sign)).take(LONGEST).collect();
    if clean.chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}
