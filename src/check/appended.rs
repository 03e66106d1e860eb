//! What was found in appended files, said to the officer who appends them.

use crate::appended::{Facts, Remark, Subject};
use crate::finding::{Finding, Log, Place, Rule, rules};
use crate::model::Appended;

pub(crate) mod pages;

/// Share of its size below which a page is hard to read.
const HARD_TO_READ: f64 = 0.70;
/// How many pages and ranges a message names.
const MOST_NAMED: usize = 12;

/// Makes a finding of each remark; `place` is where the agenda names the file. Personal data of what is `withheld` is
/// only told of: it is not published.
pub(crate) fn remarks(appended: &Appended, facts: &Facts, place: Place, withheld: bool, log: &Log) {
    for remark in once(facts) {
        let message = format!("`{}`: {}", appended.name(), words(remark));
        log.add(finding(remark, message, place, appended.description.is_some(), withheld).about(&appended.file));
    }
}

/// Makes a finding of each remark on a file that no agenda names; `place` is the file itself.
pub(crate) fn remarks_of_file(facts: &Facts, place: Place, log: &Log) {
    once(facts).for_each(|remark| log.add(finding(remark, words(remark), place, false, false)));
}

fn finding(remark: &Remark, message: String, place: Place, described: bool, withheld: bool) -> Finding {
    let finding = Finding::new(rule(remark.subject), place, message).help(help(remark.subject, described));
    let passes = match remark.subject {
        Subject::Commented
        | Subject::Unshown
        | Subject::Spoken
        | Subject::Reckoned
        | Subject::Recoloured
        | Subject::Redrawn
        | Subject::Cropped => true,
        Subject::Personal | Subject::LinkedInside => withheld,
        _ => false,
    };
    if passes { finding.passing() } else { finding }
}

/// Gives the remarks of a file; what breaks both standards is said once.
fn once(facts: &Facts) -> impl Iterator<Item = &Remark> {
    let archival = |remark: &Remark| {
        let same = |other: &Remark| other.subject == Subject::Archiving && other.message == remark.message;
        facts.remarks.iter().any(same)
    };
    facts.remarks.iter().filter(move |remark| {
        !(matches!(remark.subject, Subject::Accessibility | Subject::Unicode) && archival(remark))
    })
}

/// Gives what a remark says, with its pages.
pub(crate) fn words(remark: &Remark) -> String {
    let on = if remark.pages.is_empty() { String::new() } else { format!(" ({})", in_words(&remark.pages)) };
    format!("{}{on}", remark.message)
}

/// Finds pages that are reduced so much that they are hard to read: the number of each in its file,
/// and the scale at which it is set.
pub(crate) fn small_print(appended: &Appended, scales: &[(u32, f64)], place: Place, log: &Log) {
    let small: Vec<&(u32, f64)> = scales.iter().filter(|(_, scale)| *scale < HARD_TO_READ).collect();
    let Some(least) = small.iter().map(|(_, scale)| *scale).min_by(f64::total_cmp) else { return };
    let pages: Vec<u32> = small.iter().map(|(page, _)| *page).collect();
    let message =
        format!("`{}` is reduced to {:.0} % of its size ({})", appended.name(), least * 100.0, in_words(&pages));
    log.add(
        Finding::new(&rules::SMALL_PRINT, place, message)
            .help("ask for the pages on smaller sheets, or in parts, unless they can be read as they are"),
    );
}

fn rule(subject: Subject) -> &'static Rule {
    match subject {
        Subject::Mended | Subject::Recoloured => &rules::MENDED,
        Subject::Untagged => &rules::UNTAGGED,
        Subject::Scanned => &rules::SCANNED,
        Subject::Blank => &rules::BLANK,
        Subject::Accessibility => &rules::NOT_ACCESSIBLE,
        Subject::Archiving | Subject::Unicode => &rules::NOT_ARCHIVAL,
        Subject::Dropped => &rules::DROPPED,
        Subject::Covered | Subject::CutOff | Subject::Cropped => &rules::COVERED_TEXT,
        Subject::Unsaid => &rules::UNSAID,
        Subject::Hidden => &rules::HIDDEN_LAYER,
        Subject::Comments => &rules::COMMENTS,
        Subject::Fields => &rules::EMPTY_FIELDS,
        Subject::Redrawn | Subject::Stale => &rules::FIELDS_REDRAWN,
        Subject::Unfinished | Subject::Commented | Subject::Unshown | Subject::Spoken | Subject::Reckoned => {
            &rules::UNFINISHED
        }
        Subject::Lost => &rules::LOST,
        Subject::Substituted => &rules::FONT_REPLACED,
        Subject::Coarse => &rules::COARSE,
        Subject::Personal => &rules::PERSONAL,
        Subject::LinkedInside => &rules::LINKED_INSIDE,
    }
}

fn help(subject: Subject, described: bool) -> &'static str {
    match subject {
        Subject::Mended | Subject::Recoloured => "look at its pages in the pack, or ask for another copy",
        Subject::Untagged if !described => {
            "ask for a tagged PDF; until then write `description:` with what the pages say, for those who cannot see them"
        }
        Subject::Untagged => "ask for a tagged PDF; until then its pages are read out as the `description:` says",
        Subject::Scanned => "ask for the file that was printed, or run text recognition on the scan",
        Subject::Blank => "leave the pages out with `pages:`, or see whether something is missing",
        Subject::Accessibility => "ask for an accessible PDF; the pack does not claim PDF/UA-1 with this one",
        Subject::Archiving => "have the PDF saved anew as PDF/A; the pack does not claim PDF/A-2 with this one",
        Subject::Unicode => "have the PDF saved anew as PDF/A; the pack claims a lower level of PDF/A-2 with this one",
        Subject::Dropped => "see whether anything is missing; append what matters as a file of its own",
        Subject::Covered => "have it removed from the file itself, not only covered, if it is not to be published",
        Subject::CutOff | Subject::Cropped => {
            "have it removed from the file itself, not only cut off, if it is not to be published"
        }
        Subject::Unsaid => "have it removed from the file's tags or bookmarks if it is not to be published",
        Subject::Hidden => "switch the layers on in the file if they are to show",
        Subject::Comments => "have it removed from the file, unless it is meant for everybody",
        Subject::Fields => "print the form to PDF from the program in which it was filled in, and append that",
        Subject::Redrawn | Subject::Stale => "compare the fields in the pack with the form as its author sees it",
        Subject::Unfinished => "accept or reject the changes, fill in what is open, and save the file again",
        Subject::Lost => "export it as PDF in the program that it was written with, and append that",
        Subject::Commented => "see whether they are settled, and delete them in the file",
        Subject::Unshown => "show it in the file if it is for the reader; if not, it can stay, or be deleted there",
        Subject::Spoken => "nothing need be done, unless the notes are for the reader",
        Subject::Reckoned => "see whether what is printed is right, or write it into the file as plain text",
        Subject::Substituted => "look at its pages in the pack; lay the font into the folder fonts/, or ask for a PDF",
        Subject::LinkedInside => "have the link taken out of the file, or let it lead to what everybody may read",
        Subject::Coarse => "ask for the pictures in a better quality",
        Subject::Personal => {
            "see whether it may be published; if not, have it removed from the file, or withhold the paper"
        }
    }
}

/// Names pages in words: "page 3", "pages 3, 7 to 9".
pub(crate) fn in_words(pages: &[u32]) -> String {
    let mut sorted = pages.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for page in sorted {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => ranges.push((page, page)),
        }
    }
    let word = if matches!(ranges[..], [(first, last)] if first == last) { "page" } else { "pages" };
    let more = ranges.len().saturating_sub(MOST_NAMED);
    let names: Vec<String> = ranges
        .iter()
        .take(MOST_NAMED)
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    let rest = if more == 0 { "" } else { " and others" };
    format!("{word} {}{rest}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn pages_are_named_in_ranges() {
        assert_eq!(in_words(&[3]), "page 3");
        assert_eq!(in_words(&[9, 3, 7, 8]), "pages 3, 7 to 9");
        assert_eq!(in_words(&[1, 2]), "pages 1, 2");
        let many: Vec<u32> = (0..30).map(|page| page * 2 + 1).collect();
        assert!(in_words(&many).ends_with("23 and others"), "{}", in_words(&many));
    }
}
